"""The density strip: a bar chart of entries by day, month or year. A bar's height is proportional to the square root of its count."""

from collections.abc import Callable, Iterator, Sequence
from math import sqrt

from sitegen.dates.labels import calendar_label
from sitegen.pages import urls
from sitegen.pages.context import RenderContext
from sitegen.pages.scale import EmptyStrip, Period, Scale
from sitegen.pages.views import Bar, Strip, Tick
from sitegen.timeline.graph import LinkedEntry

WIDTH, HEIGHT = 1000.0, 72.0


def strip(
    context: RenderContext, scale: Scale, entries: Sequence[LinkedEntry], href: Callable[[Period], str], current: Period | None = None
) -> Strip | None:
    """None if fewer than two entries can be placed. *href* is called only for periods with entries."""
    counts = scale.counts(entries)
    if counts.total() < 2:
        return None
    empty_strip = _empty_strip(context, scale)
    most = max(counts.values())
    bars = tuple(
        _bar(context, empty, period, counts[period], most, href, period == current) if period in counts else empty
        for period, empty in zip(scale.periods, empty_strip.bars, strict=True)
    )
    labels = [bar.label for bar in bars if bar.href]
    return Strip(WIDTH, HEIGHT, bars, empty_strip.ticks, _in_words(context, scale, labels, len(entries) - counts.total()))


def page_of(context: RenderContext, period: Period) -> str:
    """The address of a period's page; for a day, that of its month."""
    year, month, _ = period
    return context.urls.href(urls.month_path(f"{year:04}", month) if month else urls.years_path(f"{year:04}"))


def _empty_strip(context: RenderContext, scale: Scale) -> EmptyStrip:
    key = scale.periods[0], scale.periods[-1]
    empty_strip = context.memo.empty_strips.get(key)
    if empty_strip is None:
        empty_strip = context.memo.empty_strips[key] = EmptyStrip(tuple(_empty_bars(context, scale)), _ticks(context, scale))
    return empty_strip


def _empty_bars(context: RenderContext, scale: Scale) -> Iterator[Bar]:
    step = WIDTH / len(scale.periods)
    gap = min(step * 0.14, 8.0)
    for index, period in enumerate(scale.periods):
        x, width = _rounded(index * step + gap / 2), _rounded(step - gap)
        yield Bar(x=x, y=HEIGHT - 1, width=width, height=1.0, href="", label=_label(context, period, 0), is_current=False)


def _bar(context: RenderContext, empty: Bar, period: Period, count: int, most: int, href: Callable[[Period], str], is_current: bool) -> Bar:
    height = HEIGHT * sqrt(count / most)
    return Bar(
        x=empty.x,
        y=_rounded(HEIGHT - height),
        width=empty.width,
        height=_rounded(height),
        href=href(period),
        label=_label(context, period, count),
        is_current=is_current,
    )


def _label(context: RenderContext, period: Period, count: int) -> str:
    label = context.memo.bar_labels.get((period, count))
    if label is None:
        entries = context.words.count("entry", count)
        label = context.memo.bar_labels[period, count] = context.words["bar"].format(period=_named(context, period), entries=entries)
    return label


def _ticks(context: RenderContext, scale: Scale) -> tuple[Tick, ...]:
    """Ticks for the first and the last period and, where there is room between them, each January, round year, or 8th, 15th and 22nd."""
    total = len(scale.periods)
    first, last = scale.periods[0], scale.periods[-1]
    ticks = [Tick(0.0, _named(context, first), "start")]
    room = 14.0
    for index, (year, month, day) in enumerate(scale.periods):
        x = 100 * index / total
        is_mark = {"day": day in (8, 15, 22), "month": month == 1, "year": year % 10 == 0}[scale.unit]
        if is_mark and ticks[-1].x + room <= x <= 100 - room:
            ticks.append(Tick(_rounded(x), _named(context, (0, 0, day) if scale.unit == "day" else (year, 0, 0)), "middle"))
    if total > 1:
        year, month, _ = last
        same_year = scale.unit == "month" and (first[0] == year or any(tick.text == _named(context, (year, 0, 0)) for tick in ticks))
        ticks.append(Tick(100.0, _named(context, (0, month, 0) if same_year else last), "end"))
    return tuple(ticks)


def _in_words(context: RenderContext, scale: Scale, labels: Sequence[str], unplaced: int) -> str:
    words = context.words
    more = [words["unplaced"].format(unit=words[f"by_{scale.unit}"], entries=words.count("entry", unplaced))] if unplaced else []
    return words["strip_label"].format(unit=words[f"by_{scale.unit}"], counts=words["list_separator"].join([*labels, *more]))


def _named(context: RenderContext, period: Period) -> str:
    year, month, day = period
    return calendar_label(context.words.texts, year, context.words[f"month_{month}"] if month else "", day)


def _rounded(number: float) -> float:
    return round(number, 2)
