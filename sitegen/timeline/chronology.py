"""Put entries in order: the neighbours of each, and lists by year and month."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from sitegen.timeline.graph import LinkedEntry

_order = attrgetter("order")


@dataclass(frozen=True, slots=True)
class Neighbours:
    before: LinkedEntry | None
    after: LinkedEntry | None


@dataclass(frozen=True, slots=True)
class MonthOfEntries:
    month: int
    entries: tuple[LinkedEntry, ...]
    "entries with a day first, then those known only to the month"


@dataclass(frozen=True, slots=True)
class YearOfEntries:
    years: str
    "a year, decade or century: 2023, 198X, 19XX"
    months: tuple[MonthOfEntries, ...]
    loose: tuple[LinkedEntry, ...]
    "happened in it, in an unknown month"
    spans: tuple[LinkedEntry, ...]
    "began in it and lasted, or may have happened outside it"

    @property
    def entries(self) -> tuple[LinkedEntry, ...]:
        return (*(linked for month in self.months for linked in month.entries), *self.loose, *self.spans)


def neighbours(entries: Sequence[LinkedEntry], linked: LinkedEntry, position: int | None = None) -> Neighbours:
    """The entries beside *linked* in a list that contains it, oldest first. *position* saves looking for it."""
    index = bisect_left(entries, linked.order, key=_order) if position is None else position
    return Neighbours(entries[index - 1] if index else None, entries[index + 1] if index + 1 < len(entries) else None)


def by_year(entries: Iterable[LinkedEntry], order: Literal["newest", "oldest"]) -> tuple[YearOfEntries, ...]:
    """Group entries, given oldest first, by the year (or decade, or century) and the month in which they begin."""
    by_heading: dict[str, dict[int | None, list[LinkedEntry]]] = {}
    for linked in entries:
        years, month, _ = linked.heading
        by_heading.setdefault(years, {}).setdefault(month, []).append(linked)
    is_newest_first = order == "newest"
    return tuple(
        YearOfEntries(
            years,
            tuple(
                MonthOfEntries(month, _days_first(months[month], is_newest_first))
                for month in sorted((month for month in months if month is not None), reverse=is_newest_first)
            ),
            _ordered([linked for linked in months.get(None, []) if linked.entry.when.is_within_years], is_newest_first),
            _ordered([linked for linked in months.get(None, []) if not linked.entry.when.is_within_years], is_newest_first),
        )
        for years, months in sorted(by_heading.items(), key=_earliest_then_longest, reverse=is_newest_first)
    )


def _earliest_then_longest(heading: tuple[str, object]) -> tuple[int, int]:
    years, _ = heading
    return int(years.replace("X", "0")), -years.count("X")


def _days_first(entries: Sequence[LinkedEntry], is_newest_first: bool) -> tuple[LinkedEntry, ...]:
    days = [linked for linked in entries if linked.heading[2] is not None]
    loose = [linked for linked in entries if linked.heading[2] is None]
    return _ordered(days, is_newest_first) + _ordered(loose, is_newest_first)


def _ordered(entries: Sequence[LinkedEntry], is_newest_first: bool) -> tuple[LinkedEntry, ...]:
    return tuple(reversed(entries)) if is_newest_first else tuple(entries)
