"""Entries in lists: rows under years and months, the strip above them, the filters, the legend."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sitegen.model import Status
from sitegen.pages.views.common import DateView, Head, Link, SiteView


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry wherever it is listed; made once, shared by all lists."""

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
    "2 reports, 1 text; empty where it rests on none"
    notes: str
    "2 notes; empty where it has none"
    corrections: str
    filters: Mapping[str, str]
    "ids for the filters, separated by blanks, by person, place, tag, status"


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    href: str
    anchor: str
    rows: tuple[EntryRow, ...]
    "days first, then what is known to the month alone"


@dataclass(frozen=True, slots=True)
class Year:
    """A year, or a decade or a century."""

    title: str
    "2023, 1980s, 20th century"
    href: str
    anchor: str
    months: tuple[Month, ...]
    rows: tuple[EntryRow, ...]
    "what happened in it, nobody knows in which month"
    rows_title: str
    spans: tuple[EntryRow, ...]
    "what began in it and lasted, or may have happened outside of it"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a strip, in the units of its view box."""

    x: float
    y: float
    width: float
    height: float
    href: str
    "empty where there is nothing to show"
    label: str
    "April 2023: 9 entries"
    is_current: bool


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    "share of the width, 0 to 100"
    text: str
    align: Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Strip:
    """How many entries fall on each month (or year, or day); heights grow with the root of the count."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    label: str
    "the same in words"


@dataclass(frozen=True, slots=True)
class Choice:
    text: str
    value: str
    "the id that a row's filters hold"
    href: str
    "the page that shows the same without JavaScript; empty where there is none"
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    name: Literal["person", "place", "tag", "status"]
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the marks mean, for those that the listed entries have."""

    statuses: tuple[tuple[Status, str], ...]
    "with their words"
    has_soft: bool
    "some date is approximate or open"
    has_span: bool
    "some entry lasted"
    has_loose: bool
    "some entry's day is not known"


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
    "years or months that are not listed here in full"
    around: tuple[Link, ...]
    "the year, the months before and after"
    is_home: bool
    is_partial: bool
    "only the latest and the key entries are listed"
