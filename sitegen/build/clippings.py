"""Each file of content/ as it was last read, so that only a file whose bytes have changed is parsed again. Bodies stand apart.

A file is taken as unchanged by its size, times and inode where these were old enough to trust when it was read, else by its
digest: a file that is saved twice within one tick of the disk's clock looks the same both times.
Source: git, Documentation/technical/racy-git.txt.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from stat import S_ISREG

from msgspec import MsgspecError

from sitegen.build.bodies import Bodies
from sitegen.build.clipping import Clipping, clippings_sent, put_away, sent, shown_digest
from sitegen.build.crew import Crew, Share, hands_for, shares_of
from sitegen.build.digests import digest_of
from sitegen.build.drawers import Drawers, Filling, Slot
from sitegen.build.looks import Look, look_of
from sitegen.content import read
from sitegen.content.parse import Told, parse_file
from sitegen.content.read import Listed, Source
from sitegen.problems import Problem

FOLDER = Path(".sitegen") / "bodies"
DRAFTS = "content/drafts/"


WORTH_SHARING = 200
"files to parse"

_Found = dict[str, Clipping | Problem]
"files that were read, or why they could not be"


class Clippings:
    """The files of a site's content, drafts included. `look` brings them up to date."""

    def __init__(self, root: Path, *, with_drafts: bool = True, jobs: int = 1) -> None:
        self._root = root
        self._with_drafts = with_drafts
        self.jobs = jobs
        self._clippings: dict[str, Clipping] = {}
        "by file, in the files' order"
        self._aside: dict[str, Clipping] = {}
        "drafts that an earlier run has read, and that are not wanted now"
        self.taken: Mapping[str, Clipping] = {}
        "what an earlier run has read"
        self._listed: dict[str, Listed] = {}
        self._listing_problems: tuple[Problem, ...] = ()
        self._unreadable: dict[str, Problem] = {}
        self.drawers = Drawers(root / FOLDER)
        self.times_read = self.times_parsed = 0
        self._own: _Found = {}
        "what this process has read of a share of the work"

    @property
    def current(self) -> dict[str, Clipping]:
        """As they are now, whatever is read later."""
        return dict(self._clippings)

    @property
    def told(self) -> dict[str, Told]:
        return {file: clipping.told for file, clipping in self._clippings.items()}

    @property
    def bodies(self) -> Bodies:
        """As they are now, too."""
        return bodies_of(self._clippings, self.drawers)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Of finding and reading the files; what is wrong in one of them is its own."""
        return (*self._listing_problems, *self._unreadable.values())

    @property
    def kept(self) -> dict[str, Clipping]:
        """What a later run may take; files whose names are no text are read each time."""
        return {file: clipping for file, clipping in (self._clippings | self._aside).items() if _is_text(file)}

    def take(self, kept: Mapping[str, Clipping], drawers: Drawers) -> None:
        """What an earlier run has read; the next look compares it with the files."""
        self.drawers, self.taken = drawers, kept
        self._clippings = dict(sorted(kept.items()))
        if not self._with_drafts:
            self._aside = {file: one for file, one in self._clippings.items() if file.startswith(DRAFTS)}
            self._clippings = {file: one for file, one in self._clippings.items() if file not in self._aside}

    def look(self, paths: Collection[Path] | None = None) -> frozenset[str]:
        """Files that tell something else than before, or are new, or gone. *paths*: those that may have changed, or None for any."""
        touched = self._touched(paths) if paths is not None else None
        if touched is not None:
            return self._reading(touched)
        listed, self._listing_problems = read.listing(self._root, self._with_drafts)
        self._listed = {one.file: one for one in listed}
        gone = (self._clippings.keys() | self._unreadable.keys()) - self._listed.keys()
        for file in gone:
            self._clippings.pop(file, None)
            self._unreadable.pop(file, None)
        return self._reading([one for one in listed if not self._is_untouched(one)]).union(gone)

    def _reading(self, listed: Sequence[Listed]) -> frozenset[str]:
        self.times_read += len(listed)
        number = hands_for(self.jobs, len(listed), WORTH_SHARING)
        found = self._read(listed) if number == 1 else self._read_by_many(listed, number)
        changed = frozenset(file for file, one in found.items() if self._took(file, one))
        if changed:
            self._clippings = dict(sorted(self._clippings.items()))  # quick where they are in order already
        return changed

    def _read(self, listed: Iterable[Listed]) -> _Found:
        return {one.file: self._clipping(one) for one in listed}

    def _read_by_many(self, listed: Sequence[Listed], number: int) -> _Found:
        """Each process puts the bodies that it makes into a drawer of its own, and tells the rest."""
        # The first one is read here, so that what parsing imports is there before they part.
        found = self._read([listed[0], *(one for one in listed if not _is_text(one.file))])
        shares = shares_of([one for one in listed if one.file not in found], number)
        try:
            with Crew(lambda: self._own_share(shares[0]), [partial(self._share, share) for share in shares[1:]]) as crew:
                _, *messages = crew.step()
            found |= self._own
            for message in messages:
                found |= clippings_sent(message)
            self.drawers.open({one.body.drawer for one in found.values() if isinstance(one, Clipping) and isinstance(one.body, Slot)})
        except (OSError, MsgspecError):  # a process was ended from outside, as where memory is short, or .sitegen/ can't be written to
            return self._read(listed)
        return found

    def _own_share(self, listed: Iterable[Listed]) -> Share:
        """Raises OSError."""
        with closing(Filling(self.drawers.folder)) as filling:
            found = self._read(listed)
            self._own = {file: one if isinstance(one, Problem) else put_away(one, filling) for file, one in found.items()}
            filling.flush()
        yield b""

    def _share(self, listed: Iterable[Listed]) -> Share:
        """Yields nothing that can be read where .sitegen/ can't be written to."""
        with suppress(OSError):
            next(self._own_share(listed))
            yield sent(self._own)
        yield b""

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

    def _clipping(self, listed: Listed) -> Clipping | Problem:
        look = look_of(listed.path)
        found = read.source(listed)
        if isinstance(found, Problem):
            return found
        before = self._clippings.get(listed.file)
        digest = digest_of(found.data)
        if before is not None and before.digest == digest:
            return replace(before, look=look)
        return clipping_of(found, digest, look)

    def _took(self, file: str, found: Clipping | Problem) -> bool:
        """Whether it tells something else than before."""
        before = self._clippings.get(file)
        if isinstance(found, Problem):
            was = self._unreadable.get(file)
            self._unreadable[file] = found
            self._clippings.pop(file, None)
            return was != found
        was_unreadable = self._unreadable.pop(file, None) is not None
        is_same = before is not None and before.digest == found.digest
        if before is not None and is_same:
            found = replace(before, look=found.look)
        else:
            self.times_parsed += 1
        if before is not None and not is_same and before.told.fact == found.told.fact:
            told = replace(found.told, fact=before.told.fact)  # the very same, so that a look at it tells that nothing has changed
            found = replace(found, told=told)
        self._clippings[file] = found
        return was_unreadable or not is_same


def bodies_of(clippings: Mapping[str, Clipping], drawers: Drawers) -> Bodies:
    return Bodies({file: clipping.body for file, clipping in clippings.items()}, drawers)


def _is_text(file: str) -> bool:
    try:
        file.encode()
    except UnicodeEncodeError:
        return False
    return True


def clipping_of(source: Source, digest: bytes, look: Look | None) -> Clipping:
    parsed = parse_file(source)
    told = parsed.told
    return Clipping(told, parsed.body, digest, look, shown_digest(told) if _is_text(source.file) else b"")
