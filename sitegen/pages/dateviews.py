"""A date as a page shows it: never finer than it is known."""

from typing import Literal

from sitegen.date_bounds import bound_label
from sitegen.dates import MONTHS, Bound, Date
from sitegen.pages.views import DateView
from sitegen.pages.words import Words

_HEDGES = {"~": ("about ", ""), "?": ("", "?"), "%": ("about ", "?")}


def date_view(words: Words, date: Date, told: str = "", zone: str = "") -> DateView:
    label, _, time = date.label.partition(", ") if date.shape == "time" else (date.label, "", "")
    is_day_known = date.day is not None
    return DateView(
        label=label,
        edtf=date.edtf,
        datetime=date.html_datetime,
        weekday=date.weekday,
        rail=_rail(date) if is_day_known else "",
        loose="" if is_day_known and date.shape != "set" else _loose(words, date),
        time=_time(time, zone),
        told=told,
        edge=edge(date),
        is_span=date.shape == "interval",
    )


def _rail(date: Date) -> str:
    """The days, under a heading that tells the month of the first; an end is told no finer than it is known."""
    begin, end = date.begin, date.end
    if begin is None or end is None:
        return "" if begin is None else f"after {_day(begin)}" if date.shape == "set" else f"{_day(begin)} –"
    if begin == end:
        return _day(begin)
    if end.day is None or end.year != begin.year:
        return f"{_day(begin)} – {bound_label(end)}"
    if end.month == begin.month:
        return f"{_day(begin)}–{_day(end)}"
    return f"{_day(begin)} – {_day(end)} {MONTHS[end.first.month - 1]}"


def _day(bound: Bound) -> str:
    hedge, doubt = _HEDGES.get(bound.edtf[-1], ("", ""))
    return f"{hedge}{bound.day}{doubt}"


def _loose(words: Words, date: Date) -> str:
    if date.shape == "set" and date.day is not None:
        return words["one_of_these_days"] if date.earliest and date.latest else ""
    if date.shape == "month" and date.is_exact and date.month:
        return words["some_day_in"].format(unit=MONTHS[date.month - 1])
    if date.shape == "year" and date.is_exact:
        return words["some_day_in"].format(unit=date.label)
    return date.label


def _time(time: str, zone: str) -> str:
    """`02:50 (UTC+3)`, or with the zone's own name where the entry tells it and the time has no offset."""
    return f"{time} ({zone})" if time and zone and "(" not in time else time


def edge(date: Date) -> Literal["sharp", "soft", "open"]:
    if date.earliest is None or date.latest is None:
        return "open"
    return "soft" if date.is_approximate or date.is_uncertain or date.shape == "set" else "sharp"
