"""Each file of content/ as it was last read, so that only a file whose bytes have changed is parsed again.

A file is taken as unchanged by its size, times and inode where these were old enough to trust when it was read, else by its
digest: a file that is saved twice within one tick of the disk's clock looks the same both times.
Source: git, Documentation/technical/racy-git.txt.
"""

import os
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG

from sitegen.content import read
from sitegen.content.parse import Parsed, parse_file
from sitegen.content.read import Listed
from sitegen.problems import Problem

SETTLED_NS = 2_000_000_000
"a change before this is seen in the file's times, on disks that count in two seconds too"

Look = tuple[int, int, int, int]
"size in bytes, times of the last change of content and of status in nanoseconds, inode"


@dataclass(frozen=True, slots=True)
class Clipping:
    parsed: Parsed
    digest: bytes
    look: Look | None
    "None: the file was so young when it was read that its look proves nothing"


class Clippings:
    """The files of a site's content, drafts included. `look` brings them up to date."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._clippings: dict[str, Clipping] = {}
        "by file, in the files' order"
        self._listed: dict[str, Listed] = {}
        self._listing_problems: tuple[Problem, ...] = ()
        self._unreadable: dict[str, Problem] = {}
        self.times_parsed = 0

    @property
    def parsed(self) -> dict[str, Parsed]:
        return {file: clipping.parsed for file, clipping in self._clippings.items()}

    def parsed_of(self, file: str) -> Parsed | None:
        clipping = self._clippings.get(file)
        return clipping.parsed if clipping else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Of finding and reading the files; what is wrong in one of them is its Parsed's."""
        return (*self._listing_problems, *self._unreadable.values())

    @property
    def kept(self) -> dict[str, Clipping]:
        return self._clippings

    def take(self, kept: dict[str, Clipping]) -> None:
        """What an earlier run has read; the next look compares it with the files."""
        self._clippings = dict(sorted(kept.items()))

    def look(self, paths: Collection[Path] | None = None) -> frozenset[str]:
        """Files that tell something else than before, or are new, or gone. *paths*: those that may have changed, or None for any."""
        touched = self._touched(paths) if paths is not None else None
        if touched is not None:
            return self._reading(touched)
        listed, self._listing_problems = read.listing(self._root, with_drafts=True)
        self._listed = {one.file: one for one in listed}
        gone = (self._clippings.keys() | self._unreadable.keys()) - self._listed.keys()
        for file in gone:
            self._clippings.pop(file, None)
            self._unreadable.pop(file, None)
        return self._reading(one for one in listed if not self._is_untouched(one)).union(gone)

    def _reading(self, listed: Iterable[Listed]) -> frozenset[str]:
        changed = frozenset(one.file for one in listed if self._read(one))
        if changed:
            self._clippings = dict(sorted(self._clippings.items()))  # quick where they are in order already
        return changed

    def _touched(self, paths: Iterable[Path]) -> list[Listed] | None:
        """Known files among *paths*; None where the files there are may be others than before."""
        touched: dict[str, Listed] = {}
        for path in paths:
            file = path.relative_to(self._root).as_posix()
            known = self._listed.get(file)
            try:
                is_file = S_ISREG(path.lstat().st_mode)
            except OSError:
                if known is None:
                    continue  # an editor's temporary file, come and gone
                return None
            if known is None and is_file and read.is_passed_over(path.name):
                continue
            if known is None or not is_file:
                return None
            touched[file] = known
        return list(touched.values())

    def _is_untouched(self, listed: Listed) -> bool:
        clipping = self._clippings.get(listed.file)
        return clipping is not None and clipping.look is not None and clipping.look == look_of(listed.path)

    def _read(self, listed: Listed) -> bool:
        """Whether it tells something else than before."""
        look = look_of(listed.path)
        found = read.source(listed)
        before = self._clippings.get(listed.file)
        if isinstance(found, Problem):
            was = self._unreadable.get(listed.file)
            self._unreadable[listed.file] = found
            self._clippings.pop(listed.file, None)
            return was != found
        was_unreadable = self._unreadable.pop(listed.file, None) is not None
        digest = blake2b(found.data, digest_size=16).digest()
        if before is not None and before.digest == digest:
            self._clippings[listed.file] = replace(before, look=look)
            return was_unreadable
        parsed = parse_file(found)
        self.times_parsed += 1
        if before is not None and before.parsed.fact == parsed.fact:
            parsed = replace(parsed, fact=before.parsed.fact)  # the very same, so that a look at it tells that nothing has changed
        self._clippings[listed.file] = Clipping(parsed, digest, look)
        return True


def look_of(path: str) -> Look | None:
    try:
        found = os.stat(path)  # noqa: PTH116  # ten thousand of them, and a Path costs more than the look
    except OSError:
        return None
    if not found.st_mtime_ns < time.time_ns() - SETTLED_NS > found.st_ctime_ns:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
