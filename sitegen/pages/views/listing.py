"""Views of listed entries: rows by year and month, the density strip, filters, the legend."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sitegen.model import Status
from sitegen.pages.views.common import DateView, Head, Link, SiteView


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as all lists show it."""

    id: str
    href: str
    title: str
    date: DateView
    status: Status
    status_word: str
    is_key: bool
    is_draft: bool
    is_graphic: bool
    brief: str
    note: str
    "its first annotation, for the margin"
    people: tuple[Link, ...]
    places: tuple[Link, ...]
    reports: str
    "2 reports, 1 text; empty if it has none"
    notes: str
    "2 notes; empty if it has none"
    corrections: str
    filters: Mapping[str, str]
    "ids separated by spaces, by person, place, tag, status"


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    href: str
    anchor: str
    rows: tuple[EntryRow, ...]
    "entries with a day first, then those known only to the month"


@dataclass(frozen=True, slots=True)
class Year:
    """A year, decade or century."""

    title: str
    "2023, 1980s, 20th century"
    href: str
    anchor: str
    months: tuple[Month, ...]
    rows: tuple[EntryRow, ...]
    "entries whose month is not known"
    rows_title: str
    spans: tuple[EntryRow, ...]
    "entries that began in it and lasted, or may lie outside it"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a strip, in units of its view box."""

    x: float
    y: float
    width: float
    height: float
    href: str
    "empty if there are no entries"
    label: str
    "April 2023: 9 entries"
    is_current: bool


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    "percentage of the width"
    text: str
    align: Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Strip:
    """A bar chart of entries by day, month or year."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    label: str
    "the chart in words"


@dataclass(frozen=True, slots=True)
class Choice:
    text: str
    value: str
    "an id in `EntryRow.filters`"
    href: str
    "the page with the same entries, for use without JavaScript; empty if there is none"
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    name: Literal["person", "place", "tag", "status"]
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """Explains the marks that the listed entries use."""

    statuses: tuple[tuple[Status, str], ...]
    "with their words"
    has_soft: bool
    "a date is approximate or open"
    has_span: bool
    "an entry is an interval"
    has_loose: bool
    "an entry's day is not known"


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Home, a year or a month."""

    site: SiteView
    head: Head
    heading: str
    lede: str
    strip: Strip | None
    legend: Legend
    years: tuple[Year, ...]
    filters: tuple[Filter, ...]
    more: tuple[Link, ...]
    "years or months that are not fully listed here"
    around: tuple[Link, ...]
    "the year, and the previous and next month or year"
    is_home: bool
    is_partial: bool
    "only the latest and the key entries are listed"
