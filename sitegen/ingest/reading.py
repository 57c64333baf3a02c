"""What one report tells: its dates, whom and what it names, its events. Pure, so that several processes can share the work."""

import datetime
from dataclasses import dataclass

from sitegen.dates import parse
from sitegen.ingest import names, timex
from sitegen.ingest.events import Event, Passage, events
from sitegen.ingest.names.merge import NamedEntity, named_entities
from sitegen.ingest.origins import Report, Trace, trace
from sitegen.ingest.receive.language import is_english
from sitegen.ingest.receive.lead import lead

MAX_EVENTS = 40
"of a report; an editor looks at each draft"


@dataclass(frozen=True, slots=True)
class Unread:
    """A report before it is read."""

    id: str
    text: str
    published: datetime.date
    title: str
    headline: str
    "empty: the report has none, and its title is made of its first sentence"


@dataclass(frozen=True, slots=True)
class Reading:
    id: str
    dates: tuple[timex.Timex, ...]
    names: tuple[NamedEntity, ...]
    "merged within the report"
    events: tuple[Event, ...]
    "the first ones that it tells"
    unread_events: int
    "how many more it tells"
    in_english: bool
    trace: Trace
    "of its text, to be compared with others"


def reading(report: Unread) -> Reading:
    """Of a report that is not in English nothing is read: it is one event, of the day of its publication."""
    traced = trace(Report(report.id, report.text))
    if not is_english(report.text):
        return Reading(report.id, (), (), _day_of_publication(report), 0, in_english=False, trace=traced)
    mentions = names.tag(report.text)
    found = named_entities(report.text, mentions, article=report.id)
    dates = timex.dates(report.text, report.published)
    told = events(report.text, report.published, dates, mentions, report.headline)
    return Reading(report.id, dates, found, told[:MAX_EVENTS], max(0, len(told) - MAX_EVENTS), in_english=True, trace=traced)


def events_of(report: Unread) -> tuple[Event, ...]:
    """The events of its reading alone, in less time."""
    if not is_english(report.text):
        return _day_of_publication(report)
    dates = timex.dates(report.text, report.published)
    return events(report.text, report.published, dates, names.tag(report.text), report.headline)


def _day_of_publication(report: Unread) -> tuple[Event, ...]:
    first = lead(report.text)
    passages = (Passage(first.start, first.end, ""),) if first else ()
    when = parse(report.published.isoformat())
    return (Event(when, report.title, "reported", (), (), passages, "the report is not in English; this is the day of its publication"),)
