"""Hand bytes from one process of a build to another, or keep them out of memory for a while, in a temporary file without a name."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sitegen.builder.store import FOLDER, make_folder

_BUFFER_SIZE = 1 << 20
"bytes"


@dataclass(frozen=True, slots=True)
class Extent:
    """Where some bytes are in a spool."""

    start: int
    length: int


class Spool:
    """One process writes; processes forked after it was opened may read. It is closed once it is no longer referenced."""

    def __init__(self, root: Path) -> None:
        """In .sitegen/, which is on the same disk as the site. Raises OSError."""
        make_folder(root / FOLDER)
        self._file = tempfile.TemporaryFile(dir=root / FOLDER, buffering=_BUFFER_SIZE)  # noqa: SIM115  # closed with this object
        self._length = 0

    def put(self, data: bytes) -> Extent:
        """Raises OSError."""
        self._file.write(data)
        self._length += len(data)
        return Extent(self._length - len(data), len(data))

    def flush(self) -> None:
        """Make everything that was put readable for other processes. Raises OSError."""
        self._file.flush()

    def read(self, extent: Extent) -> bytes:
        """Raises OSError."""
        if not hasattr(os, "pread"):  # no other process reads there
            self._file.seek(extent.start)
            return bytes(self._file.read(extent.length))
        return os.pread(self._file.fileno(), extent.length, extent.start)

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()
