"""Files of .sitegen/ are replaced whole: whoever reads one sees the old state or the new one, however a build ends."""

import contextlib
import os
from pathlib import Path


def replace_state(file: Path, data: bytes) -> None:
    """Raises OSError; then the old state stands."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(exist_ok=True)
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as error:
        error.filename = str(file)
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
