"""Read one report: its dates, names and events. Pure, so that processes can share the work."""

import datetime
from dataclasses import dataclass

from sitegen.compare.sharing import ReportText
from sitegen.dates import parse
from sitegen.ingest import names, timex
from sitegen.ingest.events import Event, Passage, events
from sitegen.ingest.names.merge import NamedEntity, named_entities
from sitegen.ingest.near_duplicates import TextFingerprint, fingerprint
from sitegen.ingest.receive.language import is_english
from sitegen.ingest.receive.lead import lead

MAX_EVENTS = 40
"per report, because an editor looks at each draft"


@dataclass(frozen=True, slots=True)
class UnreadReport:
    """A report before it is read."""

    id: str
    text: str
    published: datetime.date
    title: str
    headline: str
    "empty if the report has none; its title is then made from its first sentence"


@dataclass(frozen=True, slots=True)
class ReportReading:
    id: str
    dates: tuple[timex.Timex, ...]
    names: tuple[NamedEntity, ...]
    "merged within the report"
    events: tuple[Event, ...]
    "up to MAX_EVENTS, the first ones"
    unread_events: int
    "how many more there are"
    in_english: bool
    fingerprint: TextFingerprint
    "for comparing its text with others"


def report_reading(report: UnreadReport) -> ReportReading:
    """A report that isn't in English has one event, on the day of its publication."""
    texts_fingerprint = fingerprint(ReportText(report.id, report.text))
    if not is_english(report.text):
        return ReportReading(report.id, (), (), _day_of_publication(report), 0, in_english=False, fingerprint=texts_fingerprint)
    mentions = names.tag(report.text)
    found = named_entities(report.text, mentions, article=report.id)
    dates = timex.dates(report.text, report.published)
    found_events = events(report.text, report.published, dates, mentions, report.headline)
    return ReportReading(
        report.id,
        dates,
        found,
        found_events[:MAX_EVENTS],
        max(0, len(found_events) - MAX_EVENTS),
        in_english=True,
        fingerprint=texts_fingerprint,
    )


def events_of(report: UnreadReport) -> tuple[Event, ...]:
    """Read only the events, which takes less time."""
    if not is_english(report.text):
        return _day_of_publication(report)
    dates = timex.dates(report.text, report.published)
    return events(report.text, report.published, dates, names.tag(report.text), report.headline)


def _day_of_publication(report: UnreadReport) -> tuple[Event, ...]:
    first = lead(report.text)
    passages = (Passage(first.start, first.end, ""),) if first else ()
    when = parse(report.published.isoformat())
    return (
        Event(when, report.title, "reported", (), (), passages, "the report is not in English; this is the day on which it was published"),
    )
