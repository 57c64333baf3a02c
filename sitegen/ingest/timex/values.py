"""Write a period as a TIMEX3 value and as EDTF.

Source: TimeML 1.2.1, TIMEX3's attribute value; ISO 8601-2:2019.

"""

import datetime
from typing import Final

from sitegen import dates
from sitegen.ingest.timex.periods import SEASONS, CalendarPeriod

_WRITTEN: Final = {
    "fiscal": "FY{year:04}",
    "year": "{year:04}",
    "half": "{year:04}-H{number}",
    "quarter": "{year:04}-Q{number}",
    "month": "{year:04}-{number:02}",
    "week": "{year:04}-W{number:02}",
    "weekend": "{year:04}-W{number:02}-WE",
    "day": "{year:04}-{number:02}-{day:02}",
}


def timex_value(period: CalendarPeriod) -> str:
    year = abs(period.year)
    era = "BC" if period.year < 0 else ""
    match period.grain:
        case "century":
            return f"{era}{year // 100 - (1 if era else 0):02}"
        case "decade":
            return f"{era}{year // 10:03}"
        case "season":
            return f"{era}{year:04}-{SEASONS[period.number - 1]}"
        case grain:
            return era + _WRITTEN[grain].format(year=year, number=period.number, day=period.day)


def edtf(period: CalendarPeriod, is_approximate: bool, side: str, published: datetime.date) -> str | None:
    """The period as EDTF; None before Christ, which sitegen’s dates don’t cover.

    A day stays exact: “late on Monday” is on Monday.

    """
    first, last = period.first, period.last
    if first is None or last is None or (period.grain == "season" and last == datetime.date.max):
        return None
    if side and period.grain in ("week", "weekend") and first <= published <= last:
        return _interval(first, published) if side == "earlier" else _interval(published, last)
    rough = "~" if is_approximate else ""
    match period.grain:
        case "century":
            return f"{first.year // 100:02}XX{rough}"
        case "decade":
            return f"{first.year // 10:03}X{rough}"
        case "year":
            return f"{first.year:04}{rough}"
        case "fiscal":
            return f"{first.year:04}~"
        case "half" | "quarter":
            return f"{first.year:04}-{first.month:02}{rough}/{last.year:04}-{last.month:02}{rough}"
        case "season":
            return f"{period.year:04}-{20 + period.number}{rough}"
        case "month":
            return f"{first.year:04}-{first.month:02}{rough}"
        case _:
            return _interval(first, last)


def edtf_time(value: str) -> str | None:
    """A TIMEX3 time as EDTF, with or without its zone; only the day if the time is a part of the day or no clock time."""
    for written in (value, value.partition("T")[0]):
        try:
            return dates.parse(written).edtf
        except dates.DateError:
            continue
    return None


def _interval(first: datetime.date, last: datetime.date) -> str:
    return f"{first}" if first == last else f"{first}/{last}"
