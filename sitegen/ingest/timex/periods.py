"""Periods of the calendar (a day, a week, a month …) and steps between them. Years before Christ are negative: -480 is 480 BC."""

import datetime
from dataclasses import dataclass, replace
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

Grain = Literal["century", "decade", "year", "fiscal", "half", "quarter", "season", "month", "week", "weekend", "day"]

GRAINS: Final[dict[str, Grain]] = {
    "D": "day",
    "W": "week",
    "M": "month",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
    "WE": "weekend",
    "Q": "quarter",
}
"grain by the letter of its TIMEX3 unit"

SEASONS: Final = ("SP", "SU", "FA", "WI")
_FINENESS: Final = {
    "century": 0,
    "decade": 1,
    "year": 2,
    "fiscal": 2,
    "half": 3,
    "quarter": 4,
    "season": 4,
    "month": 5,
    "week": 6,
    "weekend": 7,
    "day": 8,
}
_STEPS: Final = {"day": "days", "week": "weeks", "weekend": "weeks", "month": "months", "year": "years", "fiscal": "years"}


PER_YEAR: Final[dict[str, int]] = {"week": 52, "month": 12, "season": 4, "quarter": 4, "half": 2, "year": 1, "fiscal": 1}
"how many make a year"


_MONTHS: Final = {"century": 1200, "decade": 120, "year": 12, "fiscal": 12, "half": 6, "quarter": 3, "season": 3, "month": 1}
_DAYS: Final = {"week": 6, "weekend": 1}
"how many days follow the first"

_A_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarPeriod:
    grain: Grain
    year: int
    "a week’s ISO year; the first year of a decade or century; the year in which a winter begins"
    number: int = 0
    "number of the half, quarter, season (spring is 1), month or ISO week; for a day, its month"
    day: int = 0

    @property
    def first(self) -> datetime.date | None:
        """None before year 1 and after 9999."""
        if not datetime.MINYEAR <= self.year <= datetime.MAXYEAR:
            return None
        match self.grain:
            case "day" | "month":
                return datetime.date(self.year, self.number, self.day or 1)
            case "week":
                return _weekday(self.year, self.number, 1)
            case "weekend":
                return _weekday(self.year, self.number, 6)
            case "season":
                return datetime.date(self.year, 3 * self.number, 1)
            case "quarter" | "half":
                return datetime.date(self.year, _MONTHS[self.grain] * (self.number - 1) + 1, 1)
            case _:
                return datetime.date(self.year, 1, 1)

    @property
    def last(self) -> datetime.date | None:
        first = self.first
        if first is None:
            return None
        if self.grain in _MONTHS:
            months = first.month - 1 + _MONTHS[self.grain]
            year = first.year + months // 12
            return datetime.date.max if year > datetime.MAXYEAR else datetime.date(year, months % 12 + 1, 1) - _A_DAY
        return first + min(_DAYS.get(self.grain, 0) * _A_DAY, datetime.date.max - first)


def _weekday(year: int, week: int, day: int) -> datetime.date | None:
    """None after the end of the year 9999."""
    try:
        return datetime.date.fromisocalendar(year, week, day)
    except ValueError:
        return None


def is_finer(one: Grain, other: Grain) -> bool:
    return _FINENESS[one] > _FINENESS[other]


def day_period(day: datetime.date) -> CalendarPeriod:
    return CalendarPeriod("day", day.year, day.month, day.day)


def period_of(day: datetime.date, grain: Grain) -> CalendarPeriod:
    """The period of a grain that contains the day; the weekend of its week."""
    match grain:
        case "day":
            return day_period(day)
        case "week" | "weekend":
            iso = day.isocalendar()
            return CalendarPeriod(grain, iso.year, iso.week)
        case "month":
            return CalendarPeriod("month", day.year, day.month)
        case "quarter":
            return CalendarPeriod("quarter", day.year, (day.month + 2) // 3)
        case "half":
            return CalendarPeriod("half", day.year, (day.month + 5) // 6)
        case "season":
            return CalendarPeriod("season", day.year - (day.month < 3), (day.month - 3) % 12 // 3 + 1)
        case "decade":
            return CalendarPeriod("decade", day.year // 10 * 10)
        case "century":
            return CalendarPeriod("century", day.year // 100 * 100)
        case _:
            return CalendarPeriod(grain, day.year)


def enclosing(period: CalendarPeriod, grain: Grain) -> CalendarPeriod | None:
    """The period of a coarser grain that contains it; None if the grain is finer."""
    if period.grain == grain:
        return period
    if period.grain == "fiscal" and grain == "year":
        return CalendarPeriod("year", period.year)
    if is_finer(period.grain, grain) and period.first:
        return period_of(period.first, grain)
    if period.year < 0 and is_finer(period.grain, grain) and grain in ("year", "decade", "century"):
        size = {"year": 1, "decade": 10, "century": 100}[grain]
        return CalendarPeriod(grain, -(-period.year // size * size))
    return None


def nth_of_month(month: CalendarPeriod, number: int, grain: Grain, weekday: int) -> CalendarPeriod | None:
    """The nth (-1: last) day, weekday, week or weekend of a month. A week belongs to the month of its Thursday, as in ISO 8601."""
    first, last = month.first, month.last
    if first is None or last is None:
        return None
    weekday = {"week": 4, "weekend": 6}.get(grain, weekday)
    days = [first + datetime.timedelta(days=count) for count in range((last - first).days + 1)]
    days = [day for day in days if not weekday or day.isoweekday() == weekday]
    if not -len(days) <= number - (number > 0) < len(days):
        return None
    return period_of(days[number - (number > 0)], grain)


def moved(day: CalendarPeriod, grain: Grain, count: int) -> CalendarPeriod | None:
    """The day that many days, weeks, months or years later; None outside the calendar."""
    if day.first is None or grain not in _STEPS:
        return None
    try:
        return period_of(day.first + relativedelta(**{_STEPS[grain]: count}), "day")  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None


def shifted(period: CalendarPeriod, count: int) -> CalendarPeriod | None:
    """The period of the same grain that many later, or earlier if negative; None outside the calendar."""
    if period.year < 0:
        return replace(period, year=period.year + count) if period.grain == "year" else None
    first = period.first
    if first is None:
        return None
    try:
        match period.grain:
            case "decade" | "century":
                moved = replace(period, year=period.year + count * (10 if period.grain == "decade" else 100))
                return moved if 0 < moved.year < 9900 else None
            case "half" | "quarter" | "season":
                return period_of(first + relativedelta(months=count * (6 if period.grain == "half" else 3)), period.grain)
            case grain:
                return period_of(first + relativedelta(**{_STEPS[grain]: count}), grain)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
