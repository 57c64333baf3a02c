"""Meanings placed on the calendar: from the publication, or from the date told last."""

import datetime
from dataclasses import dataclass, replace
from typing import Final

from sitegen.ingest.temporal.feasts import feast_day
from sitegen.ingest.temporal.meanings import Ago, Around, Beside, Meaning, Nth, Partial, Shift, Weekday, Within
from sitegen.ingest.temporal.periods import A_YEAR, Grain, Period, day_period, is_finer, moved, nth_of_month, shifted, widened
from sitegen.ingest.temporal.spoken import spoken
from sitegen.ingest.temporal.tense import Direction

_WEEK: Final = 7
_ONWARD_DAYS: Final = 20
"a story runs forward: of two Februaries as far from what was told before, the later one is meant"

_YEARS_OF_A_CYCLE: Final = 8
"within them 29 February comes again, over 1900 too"

_LOOKS_BACK: Final = datetime.timedelta(days=61)
"“five years ago in May” lies sooner before than after this day five years ago"

_OPEN_GRAINS: Final[tuple[Grain, ...]] = ("month", "year")

_RECENT_DAYS: Final = 31

_UNKNOWN: Final = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "season": "XXXX-XX"}
"TIMEX3's value of a unit that can't be placed"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a date is told from."""

    published: datetime.date
    narrates: bool
    told: Period | None
    "the last date told; in news only where it is near"
    carries_year: bool = False
    "in news: the date told before gives its year to the next"
    direction: Direction = ""
    recent: tuple[Period, ...] = ()
    "what was told last, the latest first: “a day later” counts from the last day, whatever year was told after it"
    after: Period | None = None
    "what a range begins with: “from June 1” of “to Nov. 30”"
    lasts: int = 0
    "days after which a range ends that begins with a weekday"

    @property
    def base(self) -> Period:
        return self.told or day_period(self.published)


@dataclass(frozen=True, slots=True)
class Placed:
    period: Period | None
    "None: told, but not to be placed"
    why: str
    "from what, and which way"
    value: str = ""
    "TIMEX3's, where it is not the period's"
    is_doubtful: bool = False
    "the words contradict each other"


def placed(meaning: Meaning, anchor: Anchor) -> Placed:
    match meaning:
        case Partial():
            return _partial(meaning, anchor)
        case Weekday():
            return _weekday(meaning, anchor)
        case Shift():
            return _shift(meaning, anchor)
        case Within(part, whole):
            year = placed(whole, anchor)
            if year.period and isinstance(part, Shift):
                return _ago(Ago("year", year.period.year - anchor.published.year, part), anchor)
            return Placed(_period(part, year.period.year), year.why) if year.period and isinstance(part, Partial) else year
        case Around(grain, day):
            found = placed(day, anchor)
            return replace(found, period=widened(found.period, grain) if found.period else None)
        case Beside():
            return _beside(meaning, anchor)
        case Nth():
            return _nth(meaning, anchor)
        case Ago():
            return _ago(meaning, anchor)
        case _:
            return Placed(None, "can't be placed")


def _beside(beside: Beside, anchor: Anchor) -> Placed:
    found = placed(beside.day, anchor)
    if found.period is None:
        return found
    if isinstance(beside.day, Weekday) or beside.grain == "day":
        return replace(found, period=moved(found.period, beside.grain, beside.count))
    whole = widened(found.period, beside.grain)
    return replace(found, period=shifted(whole, beside.count) if whole else None)


def _nth(nth: Nth, anchor: Anchor) -> Placed:
    month = placed(nth.month, anchor)
    return Placed(nth_of_month(month.period, nth.number, nth.grain, nth.weekday) if month.period else None, month.why)


def _ago(ago: Ago, anchor: Anchor) -> Placed:
    today = day_period(anchor.published)
    why = f"counted from {spoken(today)}"
    then = moved(today, ago.grain, ago.count)
    if then is None or then.first is None:
        return Placed(None, why)
    then_published = then.first
    if isinstance(ago.part, Weekday):
        return Placed(_month_of_weekday(ago, ago.part, anchor), why)
    if isinstance(ago.part, Partial) and ago.part.turn is None:
        then_published -= min(_LOOKS_BACK, then_published - datetime.date.min)
    found = placed(ago.part, Anchor(then_published, narrates=False, told=None))
    return replace(found, why=why)


def _month_of_weekday(ago: Ago, weekday: Weekday, anchor: Anchor) -> Period | None:
    """Whether the weekday or its date comes round on that day, and whether it is behind or ahead, is open: the month, else the year."""
    directions: tuple[Direction, ...] = ("past", "future")
    days = [placed(weekday, Anchor(anchor.published, narrates=False, told=None, direction=way)).period for way in directions]
    then = [moved(day, ago.grain, ago.count) for day in days if day]
    wholes = [{widened(day, grain) for day in then if day} for grain in _OPEN_GRAINS]
    return next((whole.pop() for whole in wholes if len(whole) == 1), None)


def _partial(partial: Partial, anchor: Anchor) -> Placed:
    if partial.year is not None:
        order = f", the {partial.order} first, {partial.shown_by}" if partial.shown_by else ""
        return _checked(partial, Placed(_period(partial, partial.year), f"as written{order}"))
    if partial.number or partial.feast or partial.grain != "day":
        return _checked(partial, _without_year(partial, anchor))
    return _day_of_month(partial, anchor)


def _checked(partial: Partial, found: Placed) -> Placed:
    """A weekday beside the date that it doesn't fall on makes both doubtful."""
    day = found.period.first if found.period else None
    if not partial.weekday or day is None or day.isoweekday() == partial.weekday:
        return found
    weekday, _, date = spoken(day_period(day)).partition(" ")
    return replace(found, why=f"{found.why}, though {date} is a {weekday}", is_doubtful=True)


def _without_year(partial: Partial, anchor: Anchor) -> Placed:
    is_told = anchor.told is not None and (anchor.narrates or anchor.carries_year)
    is_told = partial.is_told or (is_told and (anchor.narrates or partial.turn is None))
    base = anchor.base if is_told else day_period(anchor.published)
    if base.year < 0:
        return Placed(_period(partial, base.year), f"in {spoken(base)}, told before")
    candidates = _candidates(partial, base.year, anchor)
    if not candidates:
        return Placed(None, "is no day of the calendar")
    if anchor.after and (period := next((period for period in candidates if _days(anchor.after, period) >= 0), None)):
        return Placed(period, f"after {spoken(anchor.after)}, told before")
    if partial.turn is not None:
        return _turned(partial.turn, candidates, base)
    if is_told:
        period = _nearest_told(candidates, base) if anchor.narrates else _of_year(candidates, base.year)
        return Placed(period, f"near {spoken(base)}, told before")
    return _by_direction(candidates, anchor)


def _candidates(partial: Partial, year: int, anchor: Anchor) -> list[Period]:
    """The same date in the years around, in order; where a weekday is told, only those that fall on it, if any does.

    A wrong weekday is likelier than a date of next year in a report of what happened this month.
    """
    reach = _YEARS_OF_A_CYCLE if (partial.number, partial.day) == (2, 29) else 1
    periods = [period for year in range(max(1, year - reach), year + reach + 1) if (period := _period(partial, year))]
    matching = [period for period in periods if period.first and period.first.isoweekday() == partial.weekday]
    today = day_period(anchor.published)
    is_recent = anchor.direction == "past" and any(-_RECENT_DAYS <= _days(today, period) <= 0 for period in periods)
    if is_recent and all(_days(today, period) > 0 for period in matching):
        return periods
    return matching or periods


def _period(partial: Partial, year: int) -> Period | None:
    """None for a day that the year hasn't."""
    if partial.feast:
        day = feast_day(partial.feast, year) if 1582 < year < 4099 else None
        return day_period(day) if day else None
    period = Period(partial.grain, year, partial.number, partial.day)
    try:
        return period if year < 0 or period.first else None
    except ValueError:
        return None


def _turned(turn: int, candidates: list[Period], base: Period) -> Placed:
    """“last June”, “this spring”, “next quarter”."""
    first, last = base.first, base.last
    if turn == 0:
        return Placed(next((period for period in candidates if period.year == base.year), None), f"is that of {base.year}")
    if turn < 0:
        before = [period for period in candidates if first and period.last and period.last < first]
        return Placed(before[-1] if before else None, f"before {spoken(base)}")
    after = [period for period in candidates if last and period.first and period.first > last]
    return Placed(after[0] if after else None, f"after {spoken(base)}")


def _nearest_told(candidates: list[Period], base: Period) -> Period:
    """In the year that is told; near the month or day that is told."""
    if is_finer(base.grain, "year"):
        return min(candidates, key=lambda period: abs(_days(base, period) - _ONWARD_DAYS))
    return _of_year(candidates, base.year)


def _of_year(candidates: list[Period], year: int) -> Period:
    return min(candidates, key=lambda period: abs(period.year - year))


def _days(one: Period, other: Period) -> int:
    return (other.first - one.first).days if one.first and other.first else 0


def _by_direction(candidates: list[Period], anchor: Anchor) -> Placed:
    today = day_period(anchor.published)
    past = [period for period in candidates if _days(today, period) <= 0]
    future = [period for period in candidates if period.last and period.last >= anchor.published]
    if anchor.direction == "past" and past:
        return Placed(past[-1], f"before {spoken(today)}")
    if anchor.direction == "future" and future:
        return Placed(future[0], f"after {spoken(today)}")
    return Placed(min(candidates, key=lambda period: abs(_days(today, period))), f"nearest to {spoken(today)}")


def _day_of_month(partial: Partial, anchor: Anchor) -> Placed:
    """“the 21st”, of the month that is told; in news of the month before or after, where the verb or the weekday asks for it."""
    base = anchor.base
    if base.first is None or base.grain not in ("day", "month", "week"):
        return Placed(None, "of a month that isn't told")
    month = Period("month", base.first.year, base.first.month)
    if anchor.narrates or base.grain == "month":
        return Placed(_in_month(partial, month), f"in the month of {spoken(base)}")
    ways = {"past": (0, -1, -2), "future": (0, 1, 2)}.get(anchor.direction, (0, -1, 1))
    near = [day for way in ways if (other := shifted(month, way)) and (day := _in_month(partial, other))]
    fitting = [day for day in near if _fits(partial, day, anchor)]
    found = next(iter(fitting or near), None)
    return Placed(found, f"in the month of {spoken(base)}" if found and widened(found, "month") == month else f"near {spoken(base)}")


def _in_month(partial: Partial, month: Period) -> Period | None:
    return _period(replace(partial, number=month.number), month.year)


def _fits(partial: Partial, period: Period, anchor: Anchor) -> bool:
    day = period.first
    if day is None or (partial.weekday and day.isoweekday() != partial.weekday):
        return False
    return not (anchor.direction == "past" and day > anchor.published) and not (anchor.direction == "future" and day < anchor.published)


def _weekday(meaning: Weekday, anchor: Anchor) -> Placed:
    if meaning.week:
        week = placed(meaning.week, anchor)
        return _from(week.period.first, meaning.number - 1, week.why) if week.period and week.period.first else week
    base = anchor.published
    if (anchor.narrates or meaning.is_told) and anchor.told and anchor.told.grain == "day" and anchor.told.first:
        base = anchor.told.first
    day = spoken(day_period(base)) + ("" if base == anchor.published else ", told before")
    behind = (base.isoweekday() - meaning.number) % _WEEK
    if meaning.turn is None and anchor.after and anchor.after.grain == "day" and anchor.after.first:
        first = anchor.after.first
        return _from(first, (meaning.number - first.isoweekday()) % _WEEK, f"after {spoken(anchor.after)}, told before")
    if meaning.is_weekend:
        ahead = anchor.direction == "future" and behind > 1
        begins = _from(base, _WEEK - behind if ahead else -behind, f"{'after' if ahead else 'before'} {day}")
        return replace(begins, period=widened(begins.period, "weekend") if begins.period else None)
    if meaning.turn == 0:
        return _from(base, meaning.number - base.isoweekday(), f"in the week of {day}")
    if meaning.turn == 1 or (meaning.turn is None and anchor.direction == "future" and behind):
        return _from(base, _WEEK - behind, f"after {day}")
    is_over = meaning.turn is None and anchor.direction == "past"
    if (meaning.turn == -1 and not behind) or (is_over and anchor.lasts > behind):
        behind += _WEEK
    return _from(base, -behind, f"before {day}" if behind else f"is {day}")


def _from(base: datetime.date, days: int, why: str) -> Placed:
    try:
        return Placed(day_period(base + datetime.timedelta(days=days)), why)
    except OverflowError:
        return Placed(None, why)


def _shift(shift: Shift, anchor: Anchor) -> Placed:
    from_story = anchor.narrates and anchor.told is not None and shift.grain in ("year", "month", "week")
    base = anchor.base if shift.origin == "told" or from_story else day_period(anchor.published)
    if shift.grain == "quarter" and not shift.count and shift.origin == "told" and anchor.told is None:
        shift = replace(shift, count=-1)  # a quarter is spoken of when it is over
    if shift.count and shift.origin == "told" and widened(base, shift.grain) is None:
        base = next((period for period in anchor.recent if widened(period, shift.grain)), base)
    why = _counted_from(shift, base, anchor)
    if shift.keeps_day:
        return _same_time(shift, base, why)
    is_quarter = shift.grain == "year" and shift.count and base.grain == "quarter" and shift.origin == "told"
    if is_quarter or (shift.keeps_grain and anchor.told and base.first and base.grain != "day"):
        return Placed(shifted(base, shift.count * A_YEAR[base.grain]) if base.grain in A_YEAR else None, why)
    start = widened(base, shift.grain)
    if start is None and not shift.count and not anchor.narrates and shift.origin == "told":
        return _shift(replace(shift, origin="published"), anchor)
    if start is None:
        return Placed(None if shift.count else base, why, _unknown(base, shift))
    return Placed(shifted(start, shift.count) if shift.count else start, why)


def _counted_from(shift: Shift, base: Period, anchor: Anchor) -> str:
    origin = spoken(base) + ("" if base == day_period(anchor.published) else ", told before")
    if shift.count:
        return f"counted from {origin}"
    return f"is {origin}" if shift.grain == "day" or base.grain == shift.grain else f"is that of {origin}"


def _same_time(shift: Shift, base: Period, why: str) -> Placed:
    """“that time” is what was told before; “a week ago” is a day, where a day was told."""
    if not shift.count:
        return Placed(base, why)
    day = day_period(base.first) if base.first and base.grain == "day" else None
    return Placed(moved(day, shift.grain, shift.count) if day else None, why)


def _unknown(base: Period, shift: Shift) -> str:
    if base.grain == "month" and shift.grain == "day" and not shift.count:
        return f"{base.year:04}-{base.number:02}-XX"
    return ("BC" if base.year < 0 else "") + _unit_unknown(shift.grain)


def _unit_unknown(grain: Grain) -> str:
    return _UNKNOWN.get(grain, "XXXX")
