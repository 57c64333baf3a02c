"""Collect what `ingest --json` prints. Offsets are code points into a report's text."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from sitegen.compare.sharing import ReportText
from sitegen.ingest.draft import Draft, QuotedAccount
from sitegen.ingest.entity_resolver import EntityResolver
from sitegen.ingest.names.merge import NamedEntity
from sitegen.ingest.near_duplicates import TextOverlap, every_pair
from sitegen.ingest.propose import Extension
from sitegen.ingest.receive.received_report import ReceivedReport
from sitegen.ingest.report_reading import ReportReading


@dataclass(slots=True)
class JsonOutput:
    reports: dict[str, ReceivedReport] = field(default_factory=dict)
    "by id, including those that the site already had"
    readings: list[ReportReading] = field(default_factory=list)
    entities: EntityResolver | None = None
    "names across all of them; None if none was read"
    entries: list[dict[str, object]] = field(default_factory=list)
    overlaps: list[TextOverlap] = field(default_factory=list)

    def add_proposals(self, drafts: Iterable[Draft], extensions: Iterable[Extension]) -> None:
        self.entries += map(_drafted, drafts)
        self.entries += map(_extended, extensions)

    def as_json(self) -> dict[str, object]:
        texts = [ReportText(id, report.text) for id, report in self.reports.items()]
        return {
            "articles": [_article(id, report) for id, report in self.reports.items()],
            "dates": [{"article": reading.id, **asdict(date)} for reading in self.readings for date in reading.dates],
            "names": [_name(name) for name in self.entities.named] if self.entities else [],
            "entries": self.entries,
            "origins": [asdict(origin) for origin in every_pair(texts, self.overlaps)],
        }


def _article(id: str, report: ReceivedReport) -> dict[str, object]:
    return {
        "id": id,
        "title": report.title,
        "outlet": report.outlet or None,
        "published": report.published.edtf,
        "origin": report.origin or None,
        "text": report.text,
    }


def _name(name: NamedEntity) -> dict[str, object]:
    return {
        "kind": name.kind,
        "name": name.name,
        "spellings": name.spellings,
        "mentions": [{"article": spot.article, "start": spot.start, "end": spot.end} for spot in name.mentions],
    }


def _drafted(draft: Draft) -> dict[str, object]:
    return {
        "id": draft.id,
        "date": draft.when.edtf,
        "title": draft.title,
        "status": draft.status,
        "people": draft.people,
        "places": draft.places,
        "accounts": list(_accounts(draft.accounts)),
    }


def _extended(one: Extension) -> dict[str, object]:
    """Return an existing entry with its new accounts only."""
    existing = one.existing
    return {
        "id": one.id,
        "date": existing.when.edtf,
        "title": existing.title,
        "status": "expected" if existing.is_expected else "reported",
        "people": sorted(existing.people),
        "places": sorted(existing.places),
        "accounts": list(_accounts(one.new)),
    }


def _accounts(accounts: Iterable[QuotedAccount]) -> Iterator[dict[str, object]]:
    for account in accounts:
        anchors = [quotation.anchor for quotation in account.quotations]
        yield {
            "article": account.article,
            "passages": [{"quote": anchor.quote, "start": anchor.start, "end": anchor.end} for anchor in anchors],
        }
