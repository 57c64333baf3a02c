"""Find the drafts that the editor deleted, so that they are not proposed again.

A report's file only records where in its capture each draft was quoted from. A record that no entry or draft still quotes belongs to a
deleted draft; its event is read again from the capture. Offsets are compared by their overlap, because an older version may have cut
passages differently.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sitegen.content.passages import Folded, Found, locate
from sitegen.dates import Date, parse
from sitegen.ingest.events import Event
from sitegen.ingest.joining import Telling
from sitegen.ingest.joining.wording import Stems, wording
from sitegen.ingest.names import tag
from sitegen.ingest.report_reading import UnreadReport, events_of
from sitegen.model import Account, Article, Drafted, Entry
from sitegen.timeline.names import Names

_MIN_SHARED, _MIN_SHARE = 2, 1 / 4
"words that a deleted draft and a new event must share, and their share of the shorter one's words, for the capture to be read again"


@dataclass(frozen=True, eq=False)
class DeletedDrafts:
    """The deleted drafts of one report."""

    report: UnreadReport
    records: tuple[Drafted, ...]
    kept_dates: frozenset[str]
    "EDTF dates of the entries and drafts that still have an account of the report"
    people: Names
    places: Names

    @cached_property
    def _stems(self) -> tuple[Stems, ...]:
        return tuple(wording(self._telling(record, parse(str(self.report.published)))).stems for record in self.records)

    def may_match(self, stems: Stems) -> bool:
        """Return whether one of them shares enough words with an event to be compared with it."""
        fewest = ((mine, min(len(mine), len(stems))) for mine in self._stems)
        return any(len(mine & stems) >= min(fewer, max(_MIN_SHARED, _MIN_SHARE * fewer)) for mine, fewer in fewest)

    def tellings(self) -> Iterator[Telling]:
        """Read their events from the capture again."""
        events = events_of(self.report)
        for record in self.records:
            for when in self._days(record, events):
                yield self._telling(record, when)

    def _days(self, record: Drafted, events: Sequence[Event]) -> Collection[Date]:
        """Return the dates it may have; if several events share the same words, without those that the site still has."""
        by_overlap = [(max((_overlap(record, one.start, one.end) for one in event.passages), default=0), event.when) for event in events]
        best = max((overlap for overlap, _ in by_overlap), default=0)
        days = {when.edtf: when for overlap, when in by_overlap if overlap == best > 0}
        left = [when for edtf, when in days.items() if edtf not in self.kept_dates] if len(days) > 1 else []
        return left or days.values() or [parse(f"[..{self.report.published}]")]

    def _telling(self, record: Drafted, when: Date) -> Telling:
        """Describe a record's event by the quoted words and the names in them."""
        text = self.report.text[record.start : record.end]
        mentions = [(mention.kind, " ".join(text[mention.start : mention.end].split())) for mention in tag(text)]
        return Telling(
            articles=(self.report.id,),
            when=when,
            title="",
            quotes=(text,),
            people=frozenset(_name(self.people, name) for kind, name in mentions if kind == "person"),
            places=frozenset(_name(self.places, name) for kind, name in mentions if kind == "place"),
        )


def deleted_drafts(article: Article, text: str, entries: Sequence[Entry], people: Names, places: Names) -> DeletedDrafts | None:
    """*entries* are the entries and drafts with an account of the report; *text* is its capture. None if no draft was deleted."""
    left = list(article.drafted)
    capture = Folded(text)
    quoted = [(entry.id, span) for entry in entries for span in _quoted(entry, article.id, capture)] if left else []
    matches = sorted(
        (-overlap, id, number)
        for number, record in enumerate(left)
        for id, span in quoted
        if (overlap := _overlap(record, span.start, span.end) / max(record.end - record.start, span.end - span.start)) > 0
    )
    matched: set[int] = set()
    claiming: set[str] = set()
    for _, id, number in matches:
        if id not in claiming and number not in matched:
            claiming.add(id)
            matched.add(number)
    gone = tuple(record for number, record in enumerate(left) if number not in matched and record.start < len(text))
    if not gone or article.published is None:
        return None
    report = UnreadReport(article.id, text, article.published.placed_by.first, article.title, article.title)
    return DeletedDrafts(report, gone, frozenset(entry.when.edtf for entry in entries), people, places)


def _quoted(entry: Entry, article: str, capture: Folded) -> Iterator[Found]:
    for account in entry.accounts:
        if isinstance(account, Account) and account.article.text == article:
            places = (locate(passage, capture) for passage in account.passages)
            yield from (place for place in places if isinstance(place, Found))


def _overlap(record: Drafted, start: int, end: int) -> int:
    return max(0, min(record.end, end) - max(record.start, start))


def _name(names: Names, text: str) -> str:
    found = names.find(text)
    return found.text if found else text
