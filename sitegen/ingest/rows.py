"""What `ingest --json` prints. Offsets are code points into a report's text."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from sitegen.ingest.directory import Directory
from sitegen.ingest.draft import Draft, Told
from sitegen.ingest.names.merge import NamedEntity
from sitegen.ingest.origins import Origin, every_pair
from sitegen.ingest.origins import Report as Text
from sitegen.ingest.proposing import Extension
from sitegen.ingest.reading import Reading
from sitegen.ingest.receive.received_report import ReceivedReport


@dataclass(slots=True)
class Rows:
    """Grows with each batch."""

    reports: dict[str, ReceivedReport] = field(default_factory=dict)
    "by id; those that the site has already, too"
    readings: list[Reading] = field(default_factory=list)
    directory: Directory | None = None
    "who is who over all of them; None: none was read"
    entries: list[dict[str, object]] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    def propose(self, drafts: Iterable[Draft], extensions: Iterable[Extension]) -> None:
        self.entries += map(_drafted, drafts)
        self.entries += map(_extended, extensions)

    def as_json(self) -> dict[str, object]:
        texts = [Text(id, report.text) for id, report in self.reports.items()]
        return {
            "articles": [_article(id, report) for id, report in self.reports.items()],
            "dates": [{"article": reading.id, **asdict(told)} for reading in self.readings for told in reading.dates],
            "names": [_name(name) for name in self.directory.named] if self.directory else [],
            "entries": self.entries,
            "origins": [asdict(origin) for origin in every_pair(texts, self.origins)],
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
    """A standing entry, with the accounts that it gets."""
    standing = one.standing
    return {
        "id": one.id,
        "date": standing.when.edtf,
        "title": standing.title,
        "status": "expected" if standing.is_expected else "reported",
        "people": sorted(standing.people),
        "places": sorted(standing.places),
        "accounts": list(_accounts(one.new)),
    }


def _accounts(accounts: Iterable[Told]) -> Iterator[dict[str, object]]:
    for told in accounts:
        pins = [quotation.pin for quotation in told.quotations]
        yield {"article": told.article, "passages": [{"quote": pin.quote, "start": pin.start, "end": pin.end} for pin in pins]}
