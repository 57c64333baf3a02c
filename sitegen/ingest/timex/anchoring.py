"""Meanings resolved on the calendar: from the publication, or from the date told last."""

import datetime
from dataclasses import dataclass, replace
from typing import Final

from sitegen.ingest.timex.holidays import holiday_date
from sitegen.ingest.timex.period_labels import period_label
from sitegen.ingest.timex.periods import PER_YEAR, CalendarPeriod, Grain, day_period, enclosing, is_finer, moved, nth_of_month, shifted
from sitegen.ingest.timex.readings import Ago, Enclosing, NthOfMonth, Offset, OffsetFrom, PartialDate, PartOf, TimexReading, Weekday
from sitegen.ingest.timex.tense import Direction

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
"TIMEX3's value of a unit that can't be resolved"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a date is told from."""

    published: datetime.date
    is_narrative: bool
    previous: CalendarPeriod | None
    "the last date told; in news only where it is near"
    carries_year: bool = False
    "in news: the date told before gives its year to the next"
    direction: Direction = ""
    recent: tuple[CalendarPeriod, ...] = ()
    "what was told last, the latest first: “a day later” counts from the last day, whatever year was told after it"
    range_start: CalendarPeriod | None = None
    "what a range begins with: “from June 1” of “to Nov. 30”"
    range_days: int = 0
    "days after which a range ends that begins with a weekday"

    @property
    def base(self) -> CalendarPeriod:
        return self.previous or day_period(self.published)


@dataclass(frozen=True, slots=True)
class Resolution:
    period: CalendarPeriod | None
    "None: told, but not to be resolved"
    why: str
    "from what, and which way"
    value: str = ""
    "TIMEX3's, where it is not the period's"
    is_doubtful: bool = False
    "the words contradict each other"


def resolved(reading: TimexReading, anchor: Anchor) -> Resolution:
    match reading:
        case PartialDate():
            return _partial(reading, anchor)
        case Weekday():
            return _weekday(reading, anchor)
        case Offset():
            return _shift(reading, anchor)
        case PartOf(part, whole):
            year = resolved(whole, anchor)
            if year.period and isinstance(part, Offset):
                return _ago(Ago("year", year.period.year - anchor.published.year, part), anchor)
            return Resolution(_period(part, year.period.year), year.why) if year.period and isinstance(part, PartialDate) else year
        case Enclosing(grain, day):
            found = resolved(day, anchor)
            return replace(found, period=enclosing(found.period, grain) if found.period else None)
        case OffsetFrom():
            return _beside(reading, anchor)
        case NthOfMonth():
            return _nth(reading, anchor)
        case Ago():
            return _ago(reading, anchor)
        case _:
            return Resolution(None, "can't be resolved")


def _beside(beside: OffsetFrom, anchor: Anchor) -> Resolution:
    found = resolved(beside.day, anchor)
    if found.period is None:
        return found
    if isinstance(beside.day, Weekday) or beside.grain == "day":
        return replace(found, period=moved(found.period, beside.grain, beside.count))
    whole = enclosing(found.period, beside.grain)
    return replace(found, period=shifted(whole, beside.count) if whole else None)


def _nth(nth: NthOfMonth, anchor: Anchor) -> Resolution:
    month = resolved(nth.month, anchor)
    return Resolution(nth_of_month(month.period, nth.number, nth.grain, nth.weekday) if month.period else None, month.why)


def _ago(ago: Ago, anchor: Anchor) -> Resolution:
    today = day_period(anchor.published)
    why = f"counted from {period_label(today)}"
    then = moved(today, ago.grain, ago.count)
    if then is None or then.first is None:
        return Resolution(None, why)
    then_published = then.first
    if isinstance(ago.part, Weekday):
        return Resolution(_month_of_weekday(ago, ago.part, anchor), why)
    if isinstance(ago.part, PartialDate) and ago.part.step is None:
        then_published -= min(_LOOKS_BACK, then_published - datetime.date.min)
    found = resolved(ago.part, Anchor(then_published, is_narrative=False, previous=None))
    return replace(found, why=why)


def _month_of_weekday(ago: Ago, weekday: Weekday, anchor: Anchor) -> CalendarPeriod | None:
    """Whether the weekday or its date comes round on that day, and whether it is behind or ahead, is open: the month, else the year."""
    directions: tuple[Direction, ...] = ("past", "future")
    days = [resolved(weekday, Anchor(anchor.published, is_narrative=False, previous=None, direction=way)).period for way in directions]
    then = [moved(day, ago.grain, ago.count) for day in days if day]
    wholes = [{enclosing(day, grain) for day in then if day} for grain in _OPEN_GRAINS]
    return next((whole.pop() for whole in wholes if len(whole) == 1), None)


def _partial(partial: PartialDate, anchor: Anchor) -> Resolution:
    if partial.year is not None:
        order = f", the {partial.order} first, {partial.shown_by}" if partial.shown_by else ""
        return _checked(partial, Resolution(_period(partial, partial.year), f"as written{order}"))
    if partial.number or partial.holiday or partial.grain != "day":
        return _checked(partial, _without_year(partial, anchor))
    return _day_of_month(partial, anchor)


def _checked(partial: PartialDate, found: Resolution) -> Resolution:
    """A weekday beside the date that it doesn't fall on makes both doubtful."""
    day = found.period.first if found.period else None
    if not partial.weekday or day is None or day.isoweekday() == partial.weekday:
        return found
    weekday, _, date = period_label(day_period(day)).partition(" ")
    return replace(found, why=f"{found.why}, though {date} is a {weekday}", is_doubtful=True)


def _without_year(partial: PartialDate, anchor: Anchor) -> Resolution:
    is_anaphoric = anchor.previous is not None and (anchor.is_narrative or anchor.carries_year)
    is_anaphoric = partial.is_anaphoric or (is_anaphoric and (anchor.is_narrative or partial.step is None))
    base = anchor.base if is_anaphoric else day_period(anchor.published)
    if base.year < 0:
        return Resolution(_period(partial, base.year), f"in {period_label(base)}, told before")
    candidates = _candidates(partial, base.year, anchor)
    if not candidates:
        return Resolution(None, "is no day of the calendar")
    if anchor.range_start and (period := next((period for period in candidates if _days(anchor.range_start, period) >= 0), None)):
        return Resolution(period, f"after {period_label(anchor.range_start)}, told before")
    if partial.step is not None:
        return _by_step(partial.step, candidates, base)
    if is_anaphoric:
        period = _nearest_previous(candidates, base) if anchor.is_narrative else _of_year(candidates, base.year)
        return Resolution(period, f"near {period_label(base)}, told before")
    return _by_direction(candidates, anchor)


def _candidates(partial: PartialDate, year: int, anchor: Anchor) -> list[CalendarPeriod]:
    """The same date in the years period_of, in order; where a weekday is told, only those that fall on it, if any does.

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


def _period(partial: PartialDate, year: int) -> CalendarPeriod | None:
    """None for a day that the year hasn't."""
    if partial.holiday:
        day = holiday_date(partial.holiday, year) if 1582 < year < 4099 else None
        return day_period(day) if day else None
    period = CalendarPeriod(partial.grain, year, partial.number, partial.day)
    try:
        return period if year < 0 or period.first else None
    except ValueError:
        return None


def _by_step(step: int, candidates: list[CalendarPeriod], base: CalendarPeriod) -> Resolution:
    """“last June”, “this spring”, “next quarter”."""
    first, last = base.first, base.last
    if step == 0:
        return Resolution(next((period for period in candidates if period.year == base.year), None), f"is that of {base.year}")
    if step < 0:
        before = [period for period in candidates if first and period.last and period.last < first]
        return Resolution(before[-1] if before else None, f"before {period_label(base)}")
    after = [period for period in candidates if last and period.first and period.first > last]
    return Resolution(after[0] if after else None, f"after {period_label(base)}")


def _nearest_previous(candidates: list[CalendarPeriod], base: CalendarPeriod) -> CalendarPeriod:
    """In the year that is told; near the month or day that is told."""
    if is_finer(base.grain, "year"):
        return min(candidates, key=lambda period: abs(_days(base, period) - _ONWARD_DAYS))
    return _of_year(candidates, base.year)


def _of_year(candidates: list[CalendarPeriod], year: int) -> CalendarPeriod:
    return min(candidates, key=lambda period: abs(period.year - year))


def _days(one: CalendarPeriod, other: CalendarPeriod) -> int:
    return (other.first - one.first).days if one.first and other.first else 0


def _by_direction(candidates: list[CalendarPeriod], anchor: Anchor) -> Resolution:
    today = day_period(anchor.published)
    past = [period for period in candidates if _days(today, period) <= 0]
    future = [period for period in candidates if period.last and period.last >= anchor.published]
    if anchor.direction == "past" and past:
        return Resolution(past[-1], f"before {period_label(today)}")
    if anchor.direction == "future" and future:
        return Resolution(future[0], f"after {period_label(today)}")
    return Resolution(min(candidates, key=lambda period: abs(_days(today, period))), f"nearest to {period_label(today)}")


def _day_of_month(partial: PartialDate, anchor: Anchor) -> Resolution:
    """“the 21st”, of the month that is told; in news of the month before or after, where the verb or the weekday asks for it."""
    base = anchor.base
    if base.first is None or base.grain not in ("day", "month", "week"):
        return Resolution(None, "of a month that isn't told")
    month = CalendarPeriod("month", base.first.year, base.first.month)
    if anchor.is_narrative or base.grain == "month":
        return Resolution(_in_month(partial, month), f"in the month of {period_label(base)}")
    ways = {"past": (0, -1, -2), "future": (0, 1, 2)}.get(anchor.direction, (0, -1, 1))
    near = [day for way in ways if (other := shifted(month, way)) and (day := _in_month(partial, other))]
    fitting = [day for day in near if _fits(partial, day, anchor)]
    found = next(iter(fitting or near), None)
    return Resolution(
        found, f"in the month of {period_label(base)}" if found and enclosing(found, "month") == month else f"near {period_label(base)}"
    )


def _in_month(partial: PartialDate, month: CalendarPeriod) -> CalendarPeriod | None:
    return _period(replace(partial, number=month.number), month.year)


def _fits(partial: PartialDate, period: CalendarPeriod, anchor: Anchor) -> bool:
    day = period.first
    if day is None or (partial.weekday and day.isoweekday() != partial.weekday):
        return False
    return not (anchor.direction == "past" and day > anchor.published) and not (anchor.direction == "future" and day < anchor.published)


def _weekday(reading: Weekday, anchor: Anchor) -> Resolution:
    if reading.week:
        week = resolved(reading.week, anchor)
        return _from(week.period.first, reading.number - 1, week.why) if week.period and week.period.first else week
    base = anchor.published
    if (anchor.is_narrative or reading.is_anaphoric) and anchor.previous and anchor.previous.grain == "day" and anchor.previous.first:
        base = anchor.previous.first
    day = period_label(day_period(base)) + ("" if base == anchor.published else ", told before")
    behind = (base.isoweekday() - reading.number) % _WEEK
    if reading.step is None and anchor.range_start and anchor.range_start.grain == "day" and anchor.range_start.first:
        first = anchor.range_start.first
        return _from(first, (reading.number - first.isoweekday()) % _WEEK, f"after {period_label(anchor.range_start)}, told before")
    if reading.is_weekend:
        ahead = anchor.direction == "future" and behind > 1
        begins = _from(base, _WEEK - behind if ahead else -behind, f"{'after' if ahead else 'before'} {day}")
        return replace(begins, period=enclosing(begins.period, "weekend") if begins.period else None)
    if reading.step == 0:
        return _from(base, reading.number - base.isoweekday(), f"in the week of {day}")
    if reading.step == 1 or (reading.step is None and anchor.direction == "future" and behind):
        return _from(base, _WEEK - behind, f"after {day}")
    is_over = reading.step is None and anchor.direction == "past"
    if (reading.step == -1 and not behind) or (is_over and anchor.range_days > behind):
        behind += _WEEK
    return _from(base, -behind, f"before {day}" if behind else f"is {day}")


def _from(base: datetime.date, days: int, why: str) -> Resolution:
    try:
        return Resolution(day_period(base + datetime.timedelta(days=days)), why)
    except OverflowError:
        return Resolution(None, why)


def _shift(shift: Offset, anchor: Anchor) -> Resolution:
    from_story = anchor.is_narrative and anchor.previous is not None and shift.grain in ("year", "month", "week")
    base = anchor.base if shift.origin == "previous" or from_story else day_period(anchor.published)
    if shift.grain == "quarter" and not shift.count and shift.origin == "previous" and anchor.previous is None:
        shift = replace(shift, count=-1)  # a quarter is period_label of when it is over
    if shift.count and shift.origin == "previous" and enclosing(base, shift.grain) is None:
        base = next((period for period in anchor.recent if enclosing(period, shift.grain)), base)
    why = _counted_from(shift, base, anchor)
    if shift.keeps_day:
        return _same_time(shift, base, why)
    is_quarter = shift.grain == "year" and shift.count and base.grain == "quarter" and shift.origin == "previous"
    if is_quarter or (shift.keeps_grain and anchor.previous and base.first and base.grain != "day"):
        return Resolution(shifted(base, shift.count * PER_YEAR[base.grain]) if base.grain in PER_YEAR else None, why)
    start = enclosing(base, shift.grain)
    if start is None and not shift.count and not anchor.is_narrative and shift.origin == "previous":
        return _shift(replace(shift, origin="published"), anchor)
    if start is None:
        return Resolution(None if shift.count else base, why, _unknown(base, shift))
    return Resolution(shifted(start, shift.count) if shift.count else start, why)


def _counted_from(shift: Offset, base: CalendarPeriod, anchor: Anchor) -> str:
    origin = period_label(base) + ("" if base == day_period(anchor.published) else ", told before")
    if shift.count:
        return f"counted from {origin}"
    return f"is {origin}" if shift.grain == "day" or base.grain == shift.grain else f"is that of {origin}"


def _same_time(shift: Offset, base: CalendarPeriod, why: str) -> Resolution:
    """“that time” is what was told before; “a week ago” is a day, where a day was told."""
    if not shift.count:
        return Resolution(base, why)
    day = day_period(base.first) if base.first and base.grain == "day" else None
    return Resolution(moved(day, shift.grain, shift.count) if day else None, why)


def _unknown(base: CalendarPeriod, shift: Offset) -> str:
    if base.grain == "month" and shift.grain == "day" and not shift.count:
        return f"{base.year:04}-{base.number:02}-XX"
    return ("BC" if base.year < 0 else "") + _unit_unknown(shift.grain)


def _unit_unknown(grain: Grain) -> str:
    return _UNKNOWN.get(grain, "XXXX")
