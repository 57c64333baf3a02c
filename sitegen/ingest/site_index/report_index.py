"""Look up a site's reports by text and address, and find free ids for new ones."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path

from sitegen.content.parse import parse_file
from sitegen.content.read import Source
from sitegen.editing.site_files import markdown_files, published_ids
from sitegen.ingest.receive.received_report import ReceivedReport
from sitegen.model import Article
from sitegen.text.spellings import slug


@dataclass(frozen=True, slots=True)
class StoredReport:
    """The fields of a stored report that identify it."""

    id: str
    outlet: str
    url: str
    published: str
    "EDTF; empty if unknown"
    sha256s: frozenset[str]
    "of its capture: as noted in its front matter, and of the file"


class ReportIndex:
    """The site's reports, including those of this run."""

    def __init__(self, root: Path | None) -> None:
        """*root*: None for a dry run without a site. Raises: OSError."""
        self._ids = published_ids(root, "articles") if root else set()
        "those that a new report can't have: current ids, and ids that were ever published"
        self._numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))
        self._by_digest: defaultdict[str, list[StoredReport]] = defaultdict(list)
        self._by_url: dict[str, StoredReport] = {}
        for path in markdown_files(root / "content" / "articles") if root else ():
            self._put(_stored_report(root, path))  # type: ignore[arg-type]  # there are files, so there is a root

    def same_text(self, digest: str) -> tuple[StoredReport, ...]:
        """Find the reports whose text has this SHA-256."""
        return tuple(self._by_digest.get(digest, ()))

    def same(self, report: ReceivedReport) -> StoredReport | None:
        """Find the same report: one with the same text, except for a reprint in another outlet."""
        return next((stored for stored in self.same_text(report.sha256) if _is_same(stored, report)), None)

    def with_address_of(self, report: ReceivedReport) -> StoredReport | None:
        """Find a report with the same address."""
        return self._by_url.get(report.url)

    def candidates(self, base: str) -> Iterator[str]:
        """Yield ids that no other report has: base, base-2, base-3 …"""
        if base not in self._ids:
            yield base
        yield from (id for number in self._numbers[base] if (id := f"{base}-{number}") not in self._ids)

    def add(self, id: str, report: ReceivedReport) -> None:
        self._put(StoredReport(id, report.outlet, report.url, report.published.edtf, frozenset((report.sha256,))))

    def _put(self, stored: StoredReport) -> None:
        self._ids.add(stored.id)
        for digest in sorted(stored.sha256s):
            self._by_digest[digest].append(stored)
        if stored.url:
            self._by_url.setdefault(stored.url, stored)


def _is_same(stored: StoredReport, report: ReceivedReport) -> bool:
    if stored.url and stored.url == report.url:
        return True
    return not stored.outlet or not report.outlet or slug(stored.outlet) == slug(report.outlet)


def _stored_report(root: Path, path: Path) -> StoredReport:
    article = parse_file(Source(path.relative_to(root).as_posix(), "articles", path.read_bytes())).fact
    capture = root / "content" / "captures" / f"{path.stem}.txt"
    sums = {sha256(capture.read_bytes()).hexdigest()} if capture.is_file() else set()
    if not isinstance(article, Article):
        return StoredReport(path.stem, "", "", "", frozenset(sums))
    published = article.published.edtf if article.published else ""
    return StoredReport(
        path.stem, article.outlet, article.url, published, frozenset(sums | ({article.sha256.text} if article.sha256 else set()))
    )
