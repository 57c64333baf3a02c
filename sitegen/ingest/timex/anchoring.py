"""Resolve a reading to a period of the calendar, counted from its reference time."""

import datetime
from dataclasses import replace
from typing import Final

from sitegen.ingest.timex.partial_dates import period_in_year, resolved_partial
from sitegen.ingest.timex.period_labels import period_label
from sitegen.ingest.timex.periods import PER_YEAR, CalendarPeriod, Grain, day_period, enclosing, moved, nth_of_month, shifted
from sitegen.ingest.timex.readings import Ago, Enclosing, NthOfMonth, Offset, OffsetFrom, PartialDate, PartOf, TimexReading, Weekday
from sitegen.ingest.timex.resolution import ReferenceTime, Resolution
from sitegen.ingest.timex.tense import Direction

_WEEK: Final = 7


_LOOKS_BACK: Final = datetime.timedelta(days=61)
"“five years ago in May” is more often before than after this day five years ago"

_OPEN_GRAINS: Final[tuple[Grain, ...]] = ("month", "year")


_UNKNOWN: Final = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "season": "XXXX-XX"}
"TIMEX3 value of a unit whose place in the calendar is unknown"


def resolved(reading: TimexReading, reference: ReferenceTime) -> Resolution:
    match reading:
        case PartialDate():
            return resolved_partial(reading, reference)
        case Weekday():
            return _weekday(reading, reference)
        case Offset():
            return _offset(reading, reference)
        case PartOf(part, whole):
            year = resolved(whole, reference)
            if year.period and isinstance(part, Offset):
                return _ago(Ago("year", year.period.year - reference.published.year, part), reference)
            return Resolution(period_in_year(part, year.period.year), year.why) if year.period and isinstance(part, PartialDate) else year
        case Enclosing(grain, day):
            found = resolved(day, reference)
            return replace(found, period=enclosing(found.period, grain) if found.period else None)
        case OffsetFrom():
            return _offset_from(reading, reference)
        case NthOfMonth():
            return _nth(reading, reference)
        case Ago():
            return _ago(reading, reference)
        case _:
            return Resolution(None, "can't be resolved")


def _offset_from(offset: OffsetFrom, reference: ReferenceTime) -> Resolution:
    found = resolved(offset.day, reference)
    if found.period is None:
        return found
    if isinstance(offset.day, Weekday) or offset.grain == "day":
        return replace(found, period=moved(found.period, offset.grain, offset.count))
    whole = enclosing(found.period, offset.grain)
    return replace(found, period=shifted(whole, offset.count) if whole else None)


def _nth(nth: NthOfMonth, reference: ReferenceTime) -> Resolution:
    month = resolved(nth.month, reference)
    return Resolution(nth_of_month(month.period, nth.number, nth.grain, nth.weekday) if month.period else None, month.why)


def _ago(ago: Ago, reference: ReferenceTime) -> Resolution:
    today = day_period(reference.published)
    why = f"counted from {period_label(today)}"
    then = moved(today, ago.grain, ago.count)
    if then is None or then.first is None:
        return Resolution(None, why)
    then_published = then.first
    if isinstance(ago.part, Weekday):
        return Resolution(_month_of_weekday(ago, ago.part, reference), why)
    if isinstance(ago.part, PartialDate) and ago.part.step is None:
        then_published -= min(_LOOKS_BACK, then_published - datetime.date.min)
    found = resolved(ago.part, ReferenceTime(then_published, is_narrative=False, previous=None))
    return replace(found, why=why)


def _month_of_weekday(ago: Ago, weekday: Weekday, reference: ReferenceTime) -> CalendarPeriod | None:
    """The month, else the year: the text leaves open whether the weekday or its date recurs, and whether it is past or future."""
    directions: tuple[Direction, ...] = ("past", "future")
    days = [
        resolved(weekday, ReferenceTime(reference.published, is_narrative=False, previous=None, direction=way)).period for way in directions
    ]
    then = [moved(day, ago.grain, ago.count) for day in days if day]
    wholes = [{enclosing(day, grain) for day in then if day} for grain in _OPEN_GRAINS]
    return next((whole.pop() for whole in wholes if len(whole) == 1), None)


def _weekday(reading: Weekday, reference: ReferenceTime) -> Resolution:
    if reading.week:
        week = resolved(reading.week, reference)
        return _from(week.period.first, reading.number - 1, week.why) if week.period and week.period.first else week
    base = reference.published
    if (
        (reference.is_narrative or reading.is_anaphoric)
        and reference.previous
        and reference.previous.grain == "day"
        and reference.previous.first
    ):
        base = reference.previous.first
    day = period_label(day_period(base)) + ("" if base == reference.published else ", told before")
    behind = (base.isoweekday() - reading.number) % _WEEK
    if reading.step is None and reference.range_start and reference.range_start.grain == "day" and reference.range_start.first:
        first = reference.range_start.first
        return _from(first, (reading.number - first.isoweekday()) % _WEEK, f"after {period_label(reference.range_start)}, told before")
    if reading.is_weekend:
        ahead = reference.direction == "future" and behind > 1
        begins = _from(base, _WEEK - behind if ahead else -behind, f"{'after' if ahead else 'before'} {day}")
        return replace(begins, period=enclosing(begins.period, "weekend") if begins.period else None)
    if reading.step == 0:
        return _from(base, reading.number - base.isoweekday(), f"in the week of {day}")
    if reading.step == 1 or (reading.step is None and reference.direction == "future" and behind):
        return _from(base, _WEEK - behind, f"after {day}")
    is_over = reading.step is None and reference.direction == "past"
    if (reading.step == -1 and not behind) or (is_over and reference.range_days > behind):
        behind += _WEEK
    return _from(base, -behind, f"before {day}" if behind else f"is {day}")


def _from(base: datetime.date, days: int, why: str) -> Resolution:
    try:
        return Resolution(day_period(base + datetime.timedelta(days=days)), why)
    except OverflowError:
        return Resolution(None, why)


def _offset(offset: Offset, reference: ReferenceTime) -> Resolution:
    from_story = reference.is_narrative and reference.previous is not None and offset.grain in ("year", "month", "week")
    base = reference.base if offset.origin == "previous" or from_story else day_period(reference.published)
    if offset.grain == "quarter" and not offset.count and offset.origin == "previous" and reference.previous is None:
        offset = replace(offset, count=-1)  # people speak of a quarter once it is over
    if offset.count and offset.origin == "previous" and enclosing(base, offset.grain) is None:
        base = next((period for period in reference.recent if enclosing(period, offset.grain)), base)
    why = _counted_from(offset, base, reference)
    if offset.keeps_day:
        return _same_time(offset, base, why)
    is_quarter = offset.grain == "year" and offset.count and base.grain == "quarter" and offset.origin == "previous"
    if is_quarter or (offset.keeps_grain and reference.previous and base.first and base.grain != "day"):
        return Resolution(shifted(base, offset.count * PER_YEAR[base.grain]) if base.grain in PER_YEAR else None, why)
    start = enclosing(base, offset.grain)
    if start is None and not offset.count and not reference.is_narrative and offset.origin == "previous":
        return _offset(replace(offset, origin="published"), reference)
    if start is None:
        return Resolution(None if offset.count else base, why, _unknown(base, offset))
    return Resolution(shifted(start, offset.count) if offset.count else start, why)


def _counted_from(offset: Offset, base: CalendarPeriod, reference: ReferenceTime) -> str:
    origin = period_label(base) + ("" if base == day_period(reference.published) else ", told before")
    if offset.count:
        return f"counted from {origin}"
    return f"is {origin}" if offset.grain == "day" or base.grain == offset.grain else f"is that of {origin}"


def _same_time(offset: Offset, base: CalendarPeriod, why: str) -> Resolution:
    """“that time” is the previous date itself; “a week ago” is a day if the previous date is a day."""
    if not offset.count:
        return Resolution(base, why)
    day = day_period(base.first) if base.first and base.grain == "day" else None
    return Resolution(moved(day, offset.grain, offset.count) if day else None, why)


def _unknown(base: CalendarPeriod, offset: Offset) -> str:
    if base.grain == "month" and offset.grain == "day" and not offset.count:
        return f"{base.year:04}-{base.number:02}-XX"
    return ("BC" if base.year < 0 else "") + _unit_unknown(offset.grain)


def _unit_unknown(grain: Grain) -> str:
    return _UNKNOWN.get(grain, "XXXX")
