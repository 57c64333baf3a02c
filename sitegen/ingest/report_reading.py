"""What one report tells: its dates, whom and what it names, its events. Pure, so that several processes can share the work."""

import datetime
from dataclasses import dataclass

from sitegen.dates import parse
from sitegen.ingest import names, temporal
from sitegen.ingest.events import Event, Passage, events
from sitegen.ingest.names.merge import Named, named
from sitegen.ingest.near_duplicates import TextFingerprint, fingerprint
from sitegen.ingest.receiving.language import is_english
from sitegen.ingest.receiving.lead import lead
from sitegen.text.sharing import Text

MAX_EVENTS = 40
"of a report; an editor looks at each draft"


@dataclass(frozen=True, slots=True)
class UnreadReport:
    """A report before it is read."""

    id: str
    text: str
    published: datetime.date
    title: str
    headline: str
    "empty: the report has none, and its title is made of its first sentence"


@dataclass(frozen=True, slots=True)
class ReportReading:
    id: str
    dates: tuple[temporal.Expression, ...]
    names: tuple[Named, ...]
    "merged within the report"
    events: tuple[Event, ...]
    "the first ones that it tells"
    unread_events: int
    "how many more it tells"
    in_english: bool
    fingerprint: TextFingerprint
    "of its text, to be compared with others"


def report_reading(report: UnreadReport) -> ReportReading:
    """Of a report that is not in English nothing is read: it is one event, of the day of its publication."""
    texts_fingerprint = fingerprint(Text(report.id, report.text))
    if not is_english(report.text):
        return ReportReading(report.id, (), (), _day_of_publication(report), 0, in_english=False, fingerprint=texts_fingerprint)
    mentions = names.tag(report.text)
    found = named(report.text, mentions, article=report.id)
    dates = temporal.dates(report.text, report.published)
    told = events(report.text, report.published, dates, mentions, report.headline)
    return ReportReading(
        report.id, dates, found, told[:MAX_EVENTS], max(0, len(told) - MAX_EVENTS), in_english=True, fingerprint=texts_fingerprint
    )


def events_of(report: UnreadReport) -> tuple[Event, ...]:
    """The events of its reading alone, in less time."""
    if not is_english(report.text):
        return _day_of_publication(report)
    dates = temporal.dates(report.text, report.published)
    return events(report.text, report.published, dates, names.tag(report.text), report.headline)


def _day_of_publication(report: UnreadReport) -> tuple[Event, ...]:
    first = lead(report.text)
    passages = (Passage(first.start, first.end, ""),) if first else ()
    when = parse(report.published.isoformat())
    return (Event(when, report.title, "reported", (), (), passages, "the report is not in English; this is the day of its publication"),)
