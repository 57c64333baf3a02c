"""Files of .sitegen/ that hold many pieces of bytes, written once and read a piece at a time: what is large and seldom wanted.

A drawer is filled, closed and never changed again. What says where each piece lies stands in another file, which is replaced
when the drawers are full; a drawer that it doesn't name is nobody's.
"""

import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sitegen.build.state import DamagedStateError, checked, checksum, make_folder, refuse_link
from sitegen.files import BINARY, NO_BLOCK, NO_LINK

_TEMPORARY: int = getattr(os, "O_TEMPORARY", 0)
"on Windows, where a file that is open keeps its name: it is taken away when it is closed"
_ONE_AT_A_TIME = Lock()

_NAME = re.compile("[0-9a-f]{16}")
"what a drawer is called"

_AT_ONCE = 1 << 20
"bytes that are kept back before they are written"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a piece lies."""

    drawer: str
    start: int
    length: int
    "with its checksum, where it has one"


class Filling:
    """A new drawer, open. Processes that are forked from this one may read it, and one of them may fill it."""

    def __init__(self, folder: Path, *, is_passing: bool = False) -> None:
        """A drawer that is *passing* has no name in its folder, and is gone with this process; it needs no checksums. Raises OSError."""
        make_folder(folder)
        self.name = os.urandom(8).hex()
        self._path = folder / self.name
        self.descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | BINARY | (_TEMPORARY * is_passing), 0o666)
        if is_passing and not _TEMPORARY:
            self._path.unlink()
        self._is_passing = is_passing
        self._kept_back: list[bytes] = []
        self._length = self._written = 0

    def put(self, piece: bytes) -> Slot:
        """Raises OSError."""
        parts = (piece,) if self._is_passing else (piece, checksum(piece))
        slot = Slot(self.name, self._length, sum(map(len, parts)))
        self._kept_back += parts
        self._length += slot.length
        if self._length - self._written > _AT_ONCE:
            self.flush()
        return slot

    def flush(self) -> None:
        """Raises OSError."""
        left = memoryview(b"".join(self._kept_back))
        self._kept_back.clear()
        while left:
            try:
                done = os.write(self.descriptor, left)
            except OSError as error:
                error.filename = str(self._path)
                raise
            self._written += done
            left = left[done:]

    def piece(self, slot: Slot) -> bytes:
        """Of what was flushed. Raises EOFError, and DamagedStateError."""
        piece = _piece(self.descriptor, slot)
        return piece if self._is_passing else checked(piece)

    def close(self) -> None:
        os.close(self.descriptor)


class Drawers:
    """The drawers of a folder, opened when a piece is wanted, and open from then on, even if another build takes them away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, int] = {}

    def open(self, names: Iterable[str]) -> None:
        """Raises OSError where one is missing, or is a link, and DamagedStateError where it is no drawer's name."""
        wanted = [name for name in names if name not in self._open]
        if wanted:
            refuse_link(self.folder)
        for name in wanted:
            if not _NAME.fullmatch(name):
                raise DamagedStateError(name)
            self._open[name] = os.open(self.folder / name, os.O_RDONLY | BINARY | NO_BLOCK | NO_LINK)

    def add(self, filling: Filling) -> None:
        self._open[filling.name] = filling.descriptor

    def piece(self, slot: Slot) -> bytes:
        """Raises OSError, EOFError where the drawer is shorter than it should be, and DamagedStateError."""
        self.open((slot.drawer,))
        return checked(_piece(self._open[slot.drawer], slot))

    def size(self) -> int:
        """Bytes of all that are open."""
        return sum(os.fstat(descriptor).st_size for descriptor in self._open.values())

    def close(self) -> None:
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()

    def __del__(self) -> None:
        self.close()


def _piece(descriptor: int, slot: Slot) -> bytes:
    if hasattr(os, "pread"):
        piece = os.pread(descriptor, slot.length, slot.start)
    else:  # only with pread may processes that were forked read on one descriptor
        with _ONE_AT_A_TIME:
            os.lseek(descriptor, slot.start, os.SEEK_SET)
            piece = os.read(descriptor, slot.length)
            os.lseek(descriptor, 0, os.SEEK_END)
    if len(piece) != slot.length:
        raise EOFError(slot.drawer)
    return piece


def clear_out(folder: Path, kept: Collection[str]) -> None:
    """Takes away drawers that nothing names, and nothing else that lies in the folder."""
    try:
        refuse_link(folder)
        found = list(os.scandir(folder))
    except OSError:
        return
    for item in found:
        if item.name not in kept and _NAME.fullmatch(item.name) and item.is_file(follow_symlinks=False):
            try:
                os.unlink(item.path)
            except OSError:
                continue
