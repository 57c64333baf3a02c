"""The density strip: how many entries fall on each day, month or year. Heights grow with the root of the count."""

import calendar
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from sitegen.pages import urls
from sitegen.pages.edition import Edition
from sitegen.pages.views import Bar, Strip, Tick
from sitegen.timeline.model import LinkedEntry

WIDTH, HEIGHT = 1000.0, 72.0
MOST_MONTHS = 120
"a longer span is drawn by years"

Unit = Literal["day", "month", "year"]
Period = tuple[int, int, int]
"year, month (0 for a year), day (0 for a month)"


@dataclass(frozen=True, slots=True)
class _Scale:
    unit: Unit
    periods: tuple[Period, ...]
    counts: Counter[Period]
    unplaced: int
    "entries that are not known to the unit"


def strip(edition: Edition, entries: Sequence[LinkedEntry], href: Callable[[Period], str], current: Period | None = None) -> Strip | None:
    """None where there are fewer than two entries to set side by side."""
    if len(entries) < 2:
        return None
    scale = _scale(entries)
    if not scale.counts:
        return None
    step = WIDTH / len(scale.periods)
    gap = min(step * 0.14, 8.0)
    most = max(scale.counts.values())
    bars = []
    for index, period in enumerate(scale.periods):
        count = scale.counts[period]
        height = HEIGHT * sqrt(count / most)
        bars.append(
            Bar(
                x=_rounded(index * step + gap / 2),
                y=_rounded(HEIGHT - height if count else HEIGHT - 1),
                width=_rounded(step - gap),
                height=_rounded(height if count else 1.0),
                href=href(period) if count else "",
                label=edition.words["bar"].format(period=_named(edition, period), entries=edition.words.count("entry", count)),
                is_current=period == current and bool(count),
            )
        )
    return Strip(WIDTH, HEIGHT, tuple(bars), _ticks(edition, scale), _in_words(edition, scale))


def page_of(edition: Edition, period: Period) -> str:
    """The address of the page that shows a period: a day's is its month's."""
    year, month, _ = period
    return edition.urls.href(urls.month_path(year, month) if month else urls.year_path(year))


def _scale(entries: Sequence[LinkedEntry]) -> _Scale:
    dates = [linked.entry.when for linked in entries]
    months = [(when.year, when.month) for when in dates if when.month]
    years = [when.year for when in dates]
    first, last = (min(months), max(months)) if months else ((min(years), 1), (max(years), 1))
    span = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    if not months or span > MOST_MONTHS:
        counts = Counter((year, 0, 0) for year in years)
        return _Scale("year", tuple((year, 0, 0) for year in range(min(years), max(years) + 1)), counts, 0)
    if span == 1:
        year, month = first
        counts = Counter((year, month, when.day) for when in dates if when.month and when.day)
        days = calendar.monthrange(year, month)[1]
        return _Scale("day", tuple((year, month, day) for day in range(1, days + 1)), counts, len(dates) - counts.total())
    counts = Counter((year, month, 0) for year, month in months)
    start = first[0] * 12 + first[1] - 1
    periods = tuple((number // 12, number % 12 + 1, 0) for number in range(start, start + span))
    return _Scale("month", periods, counts, len(dates) - counts.total())


def _ticks(edition: Edition, scale: _Scale) -> tuple[Tick, ...]:
    """The first and the last period, and each January or round year between that keeps its distance from both."""
    total = len(scale.periods)
    first, last = scale.periods[0], scale.periods[-1]
    ticks = [Tick(0.0, _named(edition, first), "start")]
    room = 14.0
    for index, (year, month, day) in enumerate(scale.periods):
        x = 100 * index / total
        is_mark = {"day": day in (8, 15, 22), "month": month == 1, "year": year % 10 == 0}[scale.unit]
        if is_mark and ticks[-1].x + room <= x <= 100 - room:
            ticks.append(Tick(_rounded(x), str(day) if scale.unit == "day" else str(year), "middle"))
    if total > 1:
        same_year = scale.unit == "month" and (first[0] == last[0] or any(tick.text == str(last[0]) for tick in ticks))
        text = edition.words[f"month_{last[1]}"] if same_year else _named(edition, last)
        ticks.append(Tick(100.0, text, "end"))
    return tuple(ticks)


def _in_words(edition: Edition, scale: _Scale) -> str:
    words = edition.words
    told = [
        words["bar"].format(period=_named(edition, period), entries=words.count("entry", scale.counts[period]))
        for period in scale.periods
        if scale.counts[period]
    ]
    if scale.unplaced:
        told.append(words["unplaced"].format(unit=words[f"by_{scale.unit}"], entries=words.count("entry", scale.unplaced)))
    return words["strip_label"].format(unit=words[f"by_{scale.unit}"], counts=", ".join(told))


def _named(edition: Edition, period: Period) -> str:
    year, month, day = period
    name = f"{edition.words[f'month_{month}']} {year}" if month else str(year)
    return f"{day} {name}" if day else name


def _rounded(number: float) -> float:
    return round(number, 2)
