"""Read a single EDTF date: neither an interval nor a set.

Source: ISO 8601-2:2019, level 1; https://www.loc.gov/standards/datetime/.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Literal

Shape = Literal["time", "day", "month", "season", "year", "decade", "century", "interval", "set"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = ("spring", "summer", "autumn", "winter")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DAY = datetime.timedelta(days=1)
_POINT = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?")
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)(Z|[+-][0-9]{2}(?::[0-9]{2})?)?")


class DateError(ValueError):
    """The text is not a date. The message and the hint are worded for its author."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class FormError(Exception):
    """The text has none of the supported forms."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A single date: a whole date, or one end of an interval or a set."""

    edtf: str
    "canonical: 2023-04-07, 2023-05~, 193X, 2023-06-06T02:50+03:00"
    shape: Shape
    "never interval or set"
    first: datetime.date
    "the first day that it can mean"
    last: datetime.date
    "the last day that it can mean"
    second: int | None = None
    "second of the local day, 0 to 86399; None without a time"
    offset: int | None = None
    "minutes east of UTC, -720 to 840; None without a zone"

    @property
    def month(self) -> int | None:
        """1 to 12; None if unknown."""
        return self.first.month if self.shape in ("time", "day", "month") else None

    @property
    def day(self) -> int | None:
        """The day of the month, 1 to 31; None if unknown."""
        return self.first.day if self.shape in ("time", "day") else None


def point(text: str) -> Bound:
    """Read a day or anything less exact.

    Raises: FormError; DateError if the form is right but the calendar has no such date.
    """
    match = _POINT.fullmatch(text)
    if not match:
        raise FormError
    year, month, day = match.groups()
    if "X" in year:
        if month:
            raise FormError
        return _years(text, year)
    if year == "0000":
        raise DateError("there is no year 0000", "years run from 0001 to 9999")
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise FormError
        return Bound(text, "year", datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31))
    if "21" <= month <= "24":
        return _season(text, int(year), int(month), day)
    return _month_or_day(text, int(year), int(month), day)


def time(text: str) -> Bound:
    """Read a day with a time. The day stays the local one, whatever the offset. Raises as `point` does."""
    match = _TIME.fullmatch(text)
    if not match:
        raise FormError
    written_day, clock, hour, minute, second, zone = match.groups()
    day = point(written_day).first
    if hour > "23" or minute > "59" or (second or "00") > "59":
        at_midnight = hour == "24" and minute == (second or "00") == "00" and day < datetime.date.max
        hint = f"midnight belongs to the next day: write {day + _DAY}T00:00{zone or ''}" if at_midnight else "times run from 00:00 to 23:59"
        raise DateError(f"there is no time {clock}", hint)
    seconds = 3600 * int(hour) + 60 * int(minute) + int(second or 0)
    if not zone:
        return Bound(text, "time", day, day, seconds)
    offset = _minutes_east(zone)
    return Bound(f"{written_day}T{clock}{_zone(offset)}", "time", day, day, seconds, offset)


def _years(text: str, digits: str) -> Bound:
    first = max(1, int(digits.replace("X", "0")))  # 000X and 00XX begin with the year 0001
    last = int(digits.replace("X", "9"))
    shape: Shape = "century" if digits.endswith("XX") else "decade"
    return Bound(text, shape, datetime.date(first, 1, 1), datetime.date(last, 12, 31))


def _season(text: str, year: int, number: int, day: str | None) -> Bound:
    if day:
        season = f"{year:04}-{number}"
        raise DateError(f"{season} is a season, so it has no days", f"write {season}, or the month (01 to 12) and the day")
    if number == 24 and year == datetime.MAXYEAR:
        raise DateError("that winter ends after the year 9999", "years run from 0001 to 9999")
    month = 3 * (number - 20)
    last = _last_of_month(year + 1, 2) if month == 12 else _last_of_month(year, month + 2)
    return Bound(text, "season", datetime.date(year, month, 1), last)


def _month_or_day(text: str, year: int, month: int, day: str | None) -> Bound:
    if not 1 <= month <= 12:
        raise DateError(f"there is no month {month:02}", "months run from 01 to 12; 21 to 24 are spring, summer, autumn and winter")
    last = _last_of_month(year, month)
    if day in (None, "XX"):
        return Bound(text, "month", last.replace(day=1), last)
    if not 1 <= int(day) <= last.day:
        name = f"{MONTHS[month - 1]} {year}"
        hint = f"{name} has {last.day} days" if int(day) else f"if the day isn’t known, write {year:04}-{month:02}"
        raise DateError(f"there is no {int(day)} {name}", hint)
    the_day = last.replace(day=int(day))
    return Bound(text, "day", the_day, the_day)


def _last_of_month(year: int, month: int) -> datetime.date:
    return datetime.date(year, 12, 31) if month == 12 else datetime.date(year, month + 1, 1) - _DAY


def _minutes_east(zone: str) -> int:
    """The offset from UTC in minutes: of Z, +03, +05:30."""
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:] or 0)
    offset = (60 * hours + minutes) * (-1 if zone[0] == "-" else 1)
    if minutes > 59 or not -12 * 60 <= offset <= 14 * 60:
        raise DateError(f"there is no offset {zone}", "offsets from UTC run from -12:00 to +14:00")
    return offset


def _zone(offset: int) -> str:
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}" if offset else "Z"
