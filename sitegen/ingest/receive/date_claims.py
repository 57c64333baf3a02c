"""Parse dates as pages write them. Each is a claim about the day of publication."""

import datetime
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Literal

from sitegen import dates
from sitegen.ingest.receive.report_scope import MAX_LABEL

ClaimSource = Literal["metadata", "time element", "address", "linked data", "text"]
_PLACEHOLDERS = (datetime.date(1, 1, 1), datetime.date(1970, 1, 1), datetime.date(1900, 1, 1))
"dates that programs write when they know none"

_SAME_INSTANT = datetime.timedelta(hours=1)
_ZONES = (datetime.timedelta(hours=-12), datetime.timedelta(hours=14))
"the range of offsets of all time zones"

_MONTHS = {name: number for number, month in enumerate(dates.MONTHS, 1) for name in (month.casefold(), month[:3].casefold())} | {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WRITTEN = re.compile(
    rf"(?<![\w.])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?\s+{_MONTH},?\s+(?P<year>\d{{4}})"
    rf"|{_MONTH.replace('month', 'month2')}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}}))(?!\w)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?<![\w.])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
"with full stops the day always comes first; with slashes it may not"

_IN_PATH = re.compile(
    rf"/(?:(\d{{4}})/(\d\d?|{'|'.join(_MONTHS)})/(\d\d?)(?![^/_.-])|(\d{{4}})-(\d\d)-(\d\d)(?!\d)|(\d{{4}})(\d\d)(\d\d)(?!\d))",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")
_TWELVE_HOURS = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A publication date that a page states."""

    source: ClaimSource
    day: datetime.date
    moment: datetime.datetime | None
    "with its offset if stated; None: a day without a time"

    @property
    def edtf(self) -> str:
        if self.moment is None:
            return self.day.isoformat()
        return self.moment.replace(tzinfo=None).isoformat(timespec="minutes") + _offset(self.moment)

    @property
    def is_utc(self) -> bool:
        return self.moment is not None and self.moment.utcoffset() == datetime.timedelta()

    def agrees(self, other: "DateClaim") -> bool:
        """Whether both can be the same day, as far as their zones are known."""
        if self.moment is not None and other.moment is not None and self.moment.tzinfo and other.moment.tzinfo:
            return self.day == other.day or abs(self.moment - other.moment) < _SAME_INSTANT
        return self._spans(other.day) or other._spans(self.day)

    def _spans(self, day: datetime.date) -> bool:
        """Whether the instant can fall on this day in the outlet’s zone."""
        if self.moment is None or self.moment.tzinfo is None:
            return self.day == day
        in_utc = self.moment.astimezone(datetime.UTC).replace(tzinfo=None)
        if self.is_utc:
            return (in_utc + _ZONES[0]).date() <= day <= (in_utc + _ZONES[1]).date()
        return day in (self.day, in_utc.date())


def edtf(text: str) -> str:
    """A page’s date as EDTF, to the minute; empty if it is no date. Midnight means a day without a time."""
    claim = date_claim("metadata", text)
    return claim.edtf if claim else ""


def date_claim(source: ClaimSource, text: str) -> DateClaim | None:
    text = text.strip()[:MAX_LABEL]
    moment = _moment(text)
    if moment is None:
        return claim_in_text(text, source)
    return _plausible(claim_of_moment(source, moment))


def claim_of_moment(source: ClaimSource, moment: datetime.datetime) -> DateClaim:
    is_day = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return DateClaim(source, moment.date(), None if is_day else moment)


def _plausible(claim: DateClaim) -> DateClaim | None:
    if claim.day in _PLACEHOLDERS:
        return None
    try:
        dates.parse(claim.edtf)
    except dates.DateError:
        return None
    return claim


def _moment(text: str) -> datetime.datetime | None:
    if epoch := _EPOCH.fullmatch(text):
        return datetime.datetime.fromtimestamp(int(epoch[1]), datetime.UTC)
    if compact := _COMPACT.fullmatch(text):
        text = "{}-{}-{}T{}:{}:{}".format(*compact.groups())
    if _TWELVE_HOURS.search(text):  # which the e-mail format does not know
        return None
    for parse in (datetime.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def claim_in_text(text: str, source: ClaimSource = "text") -> DateClaim | None:
    """The date, if a short text has exactly one full date."""
    days = {day for found in _WRITTEN.finditer(text) if (day := _written_day(found))}
    days |= {day for found in _NUMBERS.finditer(text) if (day := _day(*map(int, found.groups())))}
    days |= {day for found in _DAY_FIRST.finditer(text) if (day := _day(*map(int, found.groups()[::-1])))}
    return _plausible(DateClaim(source, days.pop(), None)) if len(days) == 1 else None


def _written_day(found: re.Match[str]) -> datetime.date | None:
    year, month, day = (found[key] or found[f"{key}2"] for key in ("year", "month", "day"))
    return _day(int(year), _MONTHS[month.casefold()], int(day))


def claim_in_address(address: str) -> DateClaim | None:
    for found in _IN_PATH.finditer(address.split("?")[0]):
        year, month, date = (group for group in found.groups() if group)
        day = _day(int(year), _MONTHS.get(month.casefold()) or int(month), int(date))
        if day and 1900 < day.year < 2100:
            return _plausible(DateClaim("address", day, None))
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _offset(moment: datetime.datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    if not offset:
        return "Z"
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
