"""Periods in English, for the explanations shown to editors."""

from typing import Final

from sitegen import dates
from sitegen.ingest.timex.periods import CalendarPeriod

_ORDINALS: Final = ("", "first", "second", "third", "fourth")


def period_label(period: CalendarPeriod) -> str:
    """“Friday 7 April 2023”, “April 2023”, “480 BC”."""
    first = period.first
    if first is None:
        return f"{-period.year} BC"
    month = f"{dates.MONTHS[first.month - 1]} {first.year}"
    match period.grain:
        case "day":
            return f"{dates.WEEKDAYS[first.weekday()]} {first.day} {month}"
        case "month":
            return month
        case "week" | "weekend":
            return f"the {period.grain} of {first.day} {month}"
        case "half" | "quarter":
            return f"the {_ORDINALS[period.number]} {period.grain} of {period.year}"
        case "fiscal":
            return f"fiscal {period.year}"
        case "season":
            return f"{dates.SEASONS[period.number - 1]} {period.year}"
        case "decade" | "century":
            return f"the {period.year}s"
        case _:
            return f"{period.year}"
