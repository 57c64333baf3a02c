"""The density strip: how many entries fall on each day, month or year. Heights grow with the root of the count."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import sqrt

from sitegen.pages import urls
from sitegen.pages.edition import Edition
from sitegen.pages.scale import Period, Scale
from sitegen.pages.views import Bar, Strip, Tick
from sitegen.timeline.model import LinkedEntry

WIDTH, HEIGHT = 1000.0, 72.0


def strip(
    edition: Edition, scale: Scale, entries: Sequence[LinkedEntry], href: Callable[[Period], str], current: Period | None = None
) -> Strip | None:
    """None where fewer than two entries can be set side by side. *href* is asked for periods that have entries."""
    counts = scale.counts(entries)
    if counts.total() < 2:
        return None
    step = WIDTH / len(scale.periods)
    gap = min(step * 0.14, 8.0)
    most = max(counts.values())
    bars = []
    for index, period in enumerate(scale.periods):
        count = counts[period]
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
    return Strip(WIDTH, HEIGHT, tuple(bars), _ticks(edition, scale), _in_words(edition, scale, counts, len(entries)))


def page_of(edition: Edition, period: Period) -> str:
    """The address of the page that shows a period: a day's is its month's."""
    year, month, _ = period
    return edition.urls.href(urls.month_path(year, month) if month else urls.year_path(year))


def _ticks(edition: Edition, scale: Scale) -> tuple[Tick, ...]:
    """The first and the last period, and each January or round year between that keeps its distance from both."""
    total = len(scale.periods)
    first, last = scale.periods[0], scale.periods[-1]
    ticks = [Tick(0.0, _named(edition, first), "start")]
    room = 14.0
    for index, (year, month, day) in enumerate(scale.periods):
        x = 100 * index / total
        is_mark = {"day": day in (8, 15, 22), "month": month == 1, "year": year % 10 == 0}[scale.unit]
        if is_mark and ticks[-1].x + room <= x <= 100 - room:
            ticks.append(Tick(_rounded(x), str(day) if scale.unit == "day" else f"{year:04}", "middle"))
    if total > 1:
        same_year = scale.unit == "month" and (first[0] == last[0] or any(tick.text == f"{last[0]:04}" for tick in ticks))
        text = edition.words[f"month_{last[1]}"] if same_year else _named(edition, last)
        ticks.append(Tick(100.0, text, "end"))
    return tuple(ticks)


def _in_words(edition: Edition, scale: Scale, counts: Counter[Period], entries: int) -> str:
    words = edition.words
    told = [
        words["bar"].format(period=_named(edition, period), entries=words.count("entry", counts[period]))
        for period in scale.periods
        if counts[period]
    ]
    unplaced = entries - counts.total()
    if unplaced:
        told.append(words["unplaced"].format(unit=words[f"by_{scale.unit}"], entries=words.count("entry", unplaced)))
    return words["strip_label"].format(unit=words[f"by_{scale.unit}"], counts=", ".join(told))


def _named(edition: Edition, period: Period) -> str:
    year, month, day = period
    name = f"{edition.words[f'month_{month}']} {year:04}" if month else f"{year:04}"
    return f"{day} {name}" if day else name


def _rounded(number: float) -> float:
    return round(number, 2)
