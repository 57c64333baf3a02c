"""Read dates in EDTF, the extended date and time format.

A date covers an extent, from the first day that it can mean to the last. Its label, order, headings, filters and charts
all derive from that extent, so they agree. A date without a time is never an instant: no machine's zone can shift it.

Source: ISO 8601-2:2019, level 1, and of level 2 the sets of one ("one day among several");
https://www.loc.gov/standards/datetime/.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sitegen.dates.bounds import WEEKDAYS, Bound, DateError, FormError, Shape, point, time
from sitegen.dates.hints import refusal
from sitegen.dates.labels import ENGLISH, DateWords, bound_label, clock_label


@dataclass(frozen=True, slots=True)
class Date:
    """When something happened, as far as anyone knows. Made by `parse`; equal texts make equal dates."""

    edtf: str
    "canonical form: sets with brackets, offsets with minutes"
    shape: Shape
    earliest: datetime.date | None
    "the first day that it can mean; None: open or unknown beginning"
    latest: datetime.date | None
    "the last day that it can mean; None: open or unknown end"
    begin: Bound | None
    "None: open or unknown; a date of one bound begins and ends with it"
    end: Bound | None
    placed_by: Bound
    "the bound that dates are sorted by: the beginning, or the end if the beginning is open"

    def __str__(self) -> str:
        return self.edtf

    @property
    def label(self) -> str:
        """The date in English: “3 to 7 April 2023”, “about May 2022”, “6 June 2023, 02:50 (UTC+3)”."""
        return self.label_in(ENGLISH)

    def label_in(self, words: DateWords) -> str:
        """The date in the words of a catalogue."""
        label, time = self.untimed_label_in(words), clock_label(self.placed_by)
        return words["date_time"].format(date=label, time=time) if time else label

    def untimed_label_in(self, words: DateWords) -> str:
        """The same label without the time."""
        if self.begin is None or self.end is None:
            return words[self._open_pattern].format(date=bound_label(self.placed_by, words))
        if self.begin == self.end:
            return bound_label(self.begin, words)
        begin, end = bound_label(self.begin, words, before=self.end), bound_label(self.end, words)
        return words[self._span_pattern].format(begin=begin, end=end)

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """(day, 1 with a time or 0 without, seconds since 00:00 by its own clock). Zones are ignored, so the order agrees with the labels."""
        day = (self.placed_by.first if self.begin else self.placed_by.last).toordinal()
        if self.placed_by.second is None:
            return (day, 0, 0)
        return (day, 1, self.placed_by.second)

    @property
    def years(self) -> str:
        """The heading it appears under, as EDTF: a year, or a decade or century if no year is known: 2023, 198X, 19XX."""
        bound = self.placed_by
        if bound.shape in ("decade", "century"):
            return bound.edtf[:4]
        return f"{(bound.first if self.begin else bound.last).year:04}"

    @property
    def is_within_years(self) -> bool:
        """Whether it certainly happened in the year, decade or century of its heading; never true of an interval."""
        if self.shape == "interval" or self.earliest is None or self.latest is None:
            return False
        return f"{self.latest.year:04}".startswith(self.years.rstrip("X"))

    @property
    def month(self) -> int | None:
        """The month of its heading, 1 to 12; None for a less exact date and for an open beginning."""
        return self.begin.month if self.begin else None

    @property
    def day(self) -> int | None:
        """The day of the month it begins on; None for a less exact date."""
        return self.begin.day if self.begin else None

    @property
    def is_exact(self) -> bool:
        """Whether it is a time, day, month or year without a qualifier or an X, so that HTML can express it."""
        return self.shape in ("time", "day", "month", "year") and "X" not in self.edtf and self.edtf[-1] not in "?~%"

    @property
    def html_datetime(self) -> str:
        """The value of <time datetime>; empty if the date is not exact."""
        return self.edtf if self.is_exact else ""

    @property
    def is_approximate(self) -> bool:
        """Whether it, or one end of it, is approximate (~ or %)."""
        return "~" in self.edtf or "%" in self.edtf

    @property
    def is_uncertain(self) -> bool:
        """Whether it, or one end of it, is uncertain (? or %)."""
        return "?" in self.edtf or "%" in self.edtf

    @property
    def weekday(self) -> str:
        """“Friday” for an exact day or time; empty otherwise."""
        return WEEKDAYS[self.placed_by.first.weekday()] if self.day and self.is_exact else ""

    @property
    def _open_pattern(self) -> str:
        """A set happened on one day beside its bound; an interval lasted from or until it."""
        if self.shape == "set":
            return "date_from_on" if self.begin else "date_by"
        if self.begin:
            return "date_end_unknown" if self.edtf.endswith("/") else "date_from"
        return "date_begin_unknown" if self.edtf.startswith("/") else "date_until"

    @property
    def _span_pattern(self) -> str:
        if self.shape == "interval":
            return "date_span"
        is_one_unit = self.begin and self.end and self.begin.shape == self.end.shape
        return f"date_one_{self.placed_by.shape}" if is_one_unit else "date_some_time"


@lru_cache(maxsize=65536)
def parse(text: str) -> Date:
    """The date in *text*. Surrounding white space and the brackets of a set are optional.

    Raises: DateError, with a message and a hint, for anything that is not clearly one date.
    """
    text = text.strip()
    try:
        return _read(text)
    except FormError:
        raise DateError(*refusal(text, _label_of)) from None


def _label_of(text: str) -> str:
    try:
        return _read(text).label
    except FormError:
        return ""


def _read(text: str) -> Date:
    if "/" in text:
        first, _, last = text.partition("/")
        return _spanning(text, "interval", _end(first, open_as=("", "..")), _end(last, open_as=("", "..")))
    if ".." in text:
        inside = text[1:-1] if text.startswith("[") and text.endswith("]") else text
        first, _, last = inside.partition("..")
        return _spanning(f"[{inside}]", "set", _end(first, open_as=("",)), _end(last, open_as=("",)))
    return _single(time(text) if "T" in text else point(text))


def _single(bound: Bound) -> Date:
    return Date(bound.edtf, bound.shape, bound.first, bound.last, bound, bound, bound)


def _spanning(edtf: str, shape: Literal["interval", "set"], begin: Bound | None, end: Bound | None) -> Date:
    if begin is None:
        if end is None:
            raise FormError
        return Date(edtf, shape, None, end.last, None, end, end)
    if end is None:
        return Date(edtf, shape, begin.first, None, begin, None, begin)
    if begin == end:
        return _single(begin)
    if end.last < begin.first:
        swapped = f"{end.edtf}/{begin.edtf}" if shape == "interval" else f"[{end.edtf}..{begin.edtf}]"
        raise DateError(f"{edtf} runs backwards", f"swap its two ends: {swapped}")
    return Date(edtf, shape, begin.first, end.last, begin, end, begin)


def _end(text: str, open_as: tuple[str, ...]) -> Bound | None:
    return None if text in open_as else point(text)
