"""Which reports a site has, which ids are free, and how files are added: whole or not at all, never over another."""

import errno
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sitegen.content.parse import parse_file
from sitegen.content.read import Source
from sitegen.ingest.extract import Report
from sitegen.ingest.unreadable import UnreadableError
from sitegen.model import Article, Entry
from sitegen.text.spellings import slug

_ADDRESS = re.compile(r"^/(?:entries|articles)/([^/]+)/", re.MULTILINE)

_NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"what file systems say that have none"


@dataclass(frozen=True, slots=True)
class Known:
    """A report that the site has, as far as it is needed to recognise it."""

    id: str
    outlet: str
    url: str
    published: str
    "EDTF; empty where it isn't told"
    sha256s: frozenset[str]
    "of its capture: as its front matter says, and as the file is"


@dataclass(slots=True)
class Shelf:
    """The site's reports and ids, those of this run included."""

    root: Path | None
    "None: no site, nothing is known and nothing is written"
    reports: dict[str, Known] = field(default_factory=dict)
    "by id"
    taken: set[str] = field(default_factory=set)
    "ids that stand for something else: entries, their old ids, drafts in folders of their own, addresses once published"

    def same_text(self, digest: str) -> tuple[Known, ...]:
        """The known reports whose text has this SHA-256."""
        return tuple(known for known in self.reports.values() if digest in known.sha256s)

    def same(self, report: Report) -> Known | None:
        """The known report that this one is: its text, unless both name their outlets and these differ, which makes a reprint."""
        return next((known for known in self.same_text(report.sha256) if _is_same(known, report)), None)

    def other_text_of(self, report: Report) -> Known | None:
        """The known report with the same address and another text."""
        return next((known for known in self.reports.values() if report.url and known.url == report.url), None)

    def candidates(self, base: str) -> Iterator[str]:
        """Ids that no other report and no entry has: base, base-2, base-3."""
        number = 1
        while True:
            candidate = base if number == 1 else f"{base}-{number}"
            if candidate not in self.reports and candidate not in self.taken:
                yield candidate
            number += 1

    def add(self, id: str, report: Report) -> None:
        self.reports[id] = Known(id, report.outlet, report.url, report.published.edtf, frozenset((report.sha256,)))


def shelf(root: Path | None) -> Shelf:
    """Raises: OSError."""
    if root is None:
        return Shelf(None)
    content = root / "content"
    reports = {path.stem: _known(root, path) for path in markdown_files(content / "articles")}
    permalinks = content / "permalinks.txt"
    published = _ADDRESS.findall(permalinks.read_text(encoding="utf-8", errors="replace")) if permalinks.is_file() else []
    entries = {id for path in markdown_files(content / "entries") for id in (path.stem, *old_ids(root, path))}
    sorted_away = {path.stem for path in markdown_files(content / "drafts") if path.parent != content / "drafts"}
    return Shelf(root, reports, entries | sorted_away | set(published))


def _is_same(known: Known, report: Report) -> bool:
    if known.url and known.url == report.url:
        return True
    return not known.outlet or not report.outlet or slug(known.outlet) == slug(report.outlet)


def markdown_files(folder: Path) -> Iterator[Path]:
    """The folder's files that end in .md, below it too, by their paths."""
    return (path for path in sorted(folder.rglob("*.md")) if not path.name.startswith((".", "#")) and path.is_file())


def old_ids(root: Path, path: Path) -> tuple[str, ...]:
    """The aliases of an entry's file."""
    if b"aliases" not in path.read_bytes():
        return ()
    entry = _fact(root, path, "entries")
    return tuple(alias.text for alias in entry.aliases) if isinstance(entry, Entry) else ()


def holds(root: Path, files: Mapping[str, bytes]) -> bool:
    """Whether each of the files is missing or holds these bytes already, as after a run that was killed."""
    return all(not os.path.lexists(root / file) or _is_equal(root / file, data) for file, data in files.items())


def add_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Writes each file that isn't there, in their order. When one can't be written, those of this call are taken away again.

    Raises: UnreadableError.
    """
    added: list[Path] = []
    for file, data in files.items():
        try:
            if add_file(root, file, data):
                added.append(root / file)
        except OSError as error:
            for path in added:
                path.unlink(missing_ok=True)
            raise UnreadableError(f"{file} can’t be written: {error.strerror}", _remedy(error)) from error


def add_file(root: Path, file: str, data: bytes) -> bool:
    """Whether the file was written; it isn't where it stands there already. Raises: OSError, FileExistsError where another stands there."""
    path = root / file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, "its folder is a file") from None
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise OSError(None, "its folder is a link that leads out of the site’s folder")
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(data)
        try:
            os.link(beside, path)  # unlike a rename, it never replaces a file
        except FileExistsError:
            if _is_equal(path, data):
                return False
            raise
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS or os.path.lexists(path):
                raise
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True


def _is_equal(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _remedy(error: OSError) -> str:
    return (
        "it was written just now by another program; run this again"
        if isinstance(error, FileExistsError)
        else "look at the disk and at the folder’s permissions; run this again"
    )


def _known(root: Path, path: Path) -> Known:
    article = _fact(root, path, "articles")
    capture = root / "content" / "captures" / f"{path.stem}.txt"
    sums = {sha256(capture.read_bytes()).hexdigest()} if capture.is_file() else set()
    if not isinstance(article, Article):
        return Known(path.stem, "", "", "", frozenset(sums))
    published = article.published.edtf if article.published else ""
    return Known(path.stem, article.outlet, article.url, published, frozenset(sums | ({article.sha256.text} if article.sha256 else set())))


def _fact(root: Path, path: Path, folder: str) -> object:
    return parse_file(Source(path.relative_to(root).as_posix(), folder, path.read_bytes())).fact
