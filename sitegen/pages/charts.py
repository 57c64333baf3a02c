"""The density strip: how many entries fall on each day, month or year. Heights grow with the root of the count."""

from collections.abc import Callable, Iterator, Sequence
from math import sqrt

from sitegen.dates.labels import calendar_label
from sitegen.pages import urls
from sitegen.pages.edition import Edition
from sitegen.pages.scale import Ground, Period, Scale
from sitegen.pages.views import Bar, Strip, Tick
from sitegen.timeline.graph import LinkedEntry

WIDTH, HEIGHT = 1000.0, 72.0


def strip(
    edition: Edition, scale: Scale, entries: Sequence[LinkedEntry], href: Callable[[Period], str], current: Period | None = None
) -> Strip | None:
    """None where fewer than two entries can be set side by side. *href* is asked for periods that have entries."""
    counts = scale.counts(entries)
    if counts.total() < 2:
        return None
    ground = _ground(edition, scale)
    most = max(counts.values())
    bars = tuple(
        _bar(edition, empty, period, counts[period], most, href, period == current) if period in counts else empty
        for period, empty in zip(scale.periods, ground.empty, strict=True)
    )
    told = [bar.label for bar in bars if bar.href]
    return Strip(WIDTH, HEIGHT, bars, ground.ticks, _in_words(edition, scale, told, len(entries) - counts.total()))


def page_of(edition: Edition, period: Period) -> str:
    """The address of the page that shows a period: a day's is its month's."""
    year, month, _ = period
    return edition.urls.href(urls.month_path(f"{year:04}", month) if month else urls.years_path(f"{year:04}"))


def _ground(edition: Edition, scale: Scale) -> Ground:
    key = scale.periods[0], scale.periods[-1]
    ground = edition.made.grounds.get(key)
    if ground is None:
        ground = edition.made.grounds[key] = Ground(tuple(_empty_bars(edition, scale)), _ticks(edition, scale))
    return ground


def _empty_bars(edition: Edition, scale: Scale) -> Iterator[Bar]:
    step = WIDTH / len(scale.periods)
    gap = min(step * 0.14, 8.0)
    for index, period in enumerate(scale.periods):
        x, width = _rounded(index * step + gap / 2), _rounded(step - gap)
        yield Bar(x=x, y=HEIGHT - 1, width=width, height=1.0, href="", label=_label(edition, period, 0), is_current=False)


def _bar(edition: Edition, empty: Bar, period: Period, count: int, most: int, href: Callable[[Period], str], is_current: bool) -> Bar:
    height = HEIGHT * sqrt(count / most)
    return Bar(
        x=empty.x,
        y=_rounded(HEIGHT - height),
        width=empty.width,
        height=_rounded(height),
        href=href(period),
        label=_label(edition, period, count),
        is_current=is_current,
    )


def _label(edition: Edition, period: Period, count: int) -> str:
    label = edition.made.labels.get((period, count))
    if label is None:
        entries = edition.words.count("entry", count)
        label = edition.made.labels[period, count] = edition.words["bar"].format(period=_named(edition, period), entries=entries)
    return label


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
            ticks.append(Tick(_rounded(x), _named(edition, (0, 0, day) if scale.unit == "day" else (year, 0, 0)), "middle"))
    if total > 1:
        year, month, _ = last
        same_year = scale.unit == "month" and (first[0] == year or any(tick.text == _named(edition, (year, 0, 0)) for tick in ticks))
        ticks.append(Tick(100.0, _named(edition, (0, month, 0) if same_year else last), "end"))
    return tuple(ticks)


def _in_words(edition: Edition, scale: Scale, told: Sequence[str], unplaced: int) -> str:
    words = edition.words
    more = [words["unplaced"].format(unit=words[f"by_{scale.unit}"], entries=words.count("entry", unplaced))] if unplaced else []
    return words["strip_label"].format(unit=words[f"by_{scale.unit}"], counts=words["list_separator"].join([*told, *more]))


def _named(edition: Edition, period: Period) -> str:
    year, month, day = period
    return calendar_label(edition.words.texts, year, edition.words[f"month_{month}"] if month else "", day)


def _rounded(number: float) -> float:
    return round(number, 2)
