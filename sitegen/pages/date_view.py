"""Dates as pages show them: never more precise than known."""

from typing import Literal

from sitegen.dates import Bound, Date
from sitegen.dates.labels import bound_label, calendar_label, century_label, clock_label
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.views import DateView

_HEDGES = {"~": ("rail_about", ""), "?": ("", "?"), "%": ("rail_about", "?")}


def date_view(words: Catalogue, date: Date, date_text: str = "", zone: str = "") -> DateView:
    is_day_known = date.day is not None
    return DateView(
        label=date.untimed_label_in(words.texts),
        edtf=date.edtf,
        datetime=date.html_datetime,
        weekday=words[f"weekday_{date.placed_by.first.isoweekday()}"] if date.weekday else "",
        rail=_rail(words, date) if is_day_known else "",
        loose="" if is_day_known and date.shape != "set" else _loose(words, date),
        time=_time(clock_label(date.placed_by), zone),
        told=date_text,
        edge=edge(date),
        is_span=date.shape == "interval",
    )


def years_label(words: Catalogue, years: str) -> str:
    """The heading for *years*, which is EDTF: 2023, 1980s, 20th century."""
    if years.isdecimal():
        return calendar_label(words.texts, int(years))
    if years.endswith("XX"):
        return century_label(int(years[:2]) + 1, words.texts, "heading_century")
    return words["heading_decade"].format(decade=int(years.replace("X", "0")))


def _rail(words: Catalogue, date: Date) -> str:
    """The days, for use under the heading of the first day's month; the end may be a month or a year."""
    begin, end = date.begin, date.end
    if begin is None:
        return ""
    first = _day(words, begin)
    if end is None:
        return words["rail_from_on"].format(day=first) if date.shape == "set" else f"{first} –"
    if begin == end:
        return first
    if end.day is None or end.first.year != begin.first.year:
        return f"{first} – {bound_label(end, words.texts)}"
    if end.month == begin.month:
        return f"{first}–{_day(words, end)}"
    return f"{first} – {_day(words, end, words[f'month_{end.month}'])}"


def _day(words: Catalogue, bound: Bound, month: str = "") -> str:
    day = calendar_label(words.texts, month=month, day=bound.day or 0)
    hedge, doubt = _HEDGES.get(bound.edtf[-1], ("", ""))
    return f"{words[hedge].format(day=day) if hedge else day}{doubt}"


def _loose(words: Catalogue, date: Date) -> str:
    if date.shape == "set" and date.day is not None:
        return words["one_of_these_days"] if date.earliest and date.latest else ""
    if date.shape == "month" and date.is_exact:
        return words["some_day_in"].format(unit=words[f"month_{date.month}"])
    label = date.untimed_label_in(words.texts)
    return words["some_day_in"].format(unit=label) if date.shape == "year" and date.is_exact else label


def _time(time: str, zone: str) -> str:
    """`02:50 (UTC+3)`, or with the entry's time zone if the time has no offset."""
    return f"{time} ({zone})" if time and zone and "(" not in time else time


def edge(date: Date) -> Literal["sharp", "soft", "open"]:
    if date.earliest is None or date.latest is None:
        return "open"
    return "soft" if date.is_approximate or date.is_uncertain or date.shape == "set" else "sharp"
