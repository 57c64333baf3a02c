"""The text of a file with a problem, to show the line the problem is in."""

import os
from pathlib import Path

from sitegen.content.read import MAX_FILE_BYTES, PRIVATE, decode
from sitegen.files import read_regular


def text_of(root: Path, file: str) -> str | None:
    """None if the file is not text, or is not in the site's folder, also via a link."""
    home, real = Path(os.path.realpath(root)), Path(os.path.realpath(root / file))
    if not real.is_relative_to(home) or PRIVATE & set(real.relative_to(home).parts):
        return None
    try:
        data = read_regular(real, max_bytes=MAX_FILE_BYTES)
        return decode(data) if data is not None else None
    except (OSError, UnicodeDecodeError, ValueError):
        return None
