"""The time scale of a density strip: days of a month, months, or years."""

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sitegen.pages.views import Bar, Tick
from sitegen.timeline.graph import LinkedEntry

MIN_MONTHS, MAX_MONTHS = 12, 120
"a shorter span is padded with earlier months, a longer one is shown in years"

Unit = Literal["day", "month", "year"]
Period = tuple[int, int, int]
"year, month (0 for a year), day (0 for a month)"


@dataclass(frozen=True, slots=True)
class EmptyStrip:
    """A strip without entries; all strips over one scale start from it."""

    bars: tuple[Bar, ...]
    "an empty bar for each period"
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    unit: Unit
    periods: tuple[Period, ...]
    "consecutive"

    def counts(self, entries: Sequence[LinkedEntry]) -> Counter[Period]:
        """Number of entries that begin in each period. Entries not dated to the unit are left out."""
        headings = [linked.heading for linked in entries]
        match self.unit:
            case "year":
                return Counter((int(years), 0, 0) for years, _, _ in headings if years.isdecimal())
            case "month":
                return Counter((int(years), month, 0) for years, month, _ in headings if month)
            case "day":
                return Counter((int(years), month, day) for years, month, day in headings if month and day)


def scale(entries: Sequence[LinkedEntry]) -> Scale:
    """A scale from the first to the last entry, in the unit that suits their span."""
    months = [12 * int(years) + month - 1 for years, month, _ in (linked.heading for linked in entries) if month]
    years = [int(linked.heading[0]) for linked in entries if linked.heading[0].isdecimal()]
    first, last = (min(months), max(months)) if months else (0, 0)
    if not months or last - first >= MAX_MONTHS:
        return Scale("year", tuple((year, 0, 0) for year in range(min(years, default=1), max(years, default=0) + 1)))
    if first == last and set(years) == {first // 12}:
        return days_of(first // 12, first % 12 + 1)
    return Scale("month", tuple(_month(number) for number in range(max(12, min(first, last - MIN_MONTHS + 1)), last + 1)))


def months_of(year: str) -> Scale:
    return Scale("month", tuple((int(year), month, 0) for month in range(1, 13)))


def days_of(year: int, month: int) -> Scale:
    return Scale("day", tuple((year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)))


def _month(number: int) -> Period:
    return number // 12, number % 12 + 1, 0
