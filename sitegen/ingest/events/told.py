"""The dates that a report tells, each at its words; two that bound one period are one."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sitegen.dates import Date, DateError, parse
from sitegen.ingest.events.lexicon import WEEKDAYS
from sitegen.ingest.events.words import Words

_BOUNDS = frozenset([("between", "and"), ("from", "to"), ("from", "until"), ("from", "till"), ("from", "through")])
_DAY = datetime.timedelta(days=1)


class Expression(Protocol):
    """What `sitegen.ingest.timex.tag` finds."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def edtf(self) -> str | None: ...
    @property
    def why(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Told:
    """A date in a report, at its words."""

    first: int
    last: int
    "words, half open"
    when: Date
    why: str


def told(words: Words, expressions: Sequence[Expression]) -> list[Told]:
    """The expressions that name a period of the calendar."""
    found: list[Told] = []
    for expression in expressions:
        when = _date(expression.edtf)
        if when is not None:
            date = Told(words.at(expression.start), words.at(expression.end - 1) + 1, when, expression.why)
            if found and (whole := _spanning(words, found[-1], date)):
                found.pop()
                date = whole
            found.append(date)
    return found


def _spanning(words: Words, begin: Told, end: Told) -> Told | None:
    """“between 2015 and 2018”, “from May 19 to 21”, “on May 31 and June 1”, where they are two expressions."""
    before = words.lower[begin.first - 1] if begin.first else ""
    if end.first != begin.last + 1:
        return None
    joiner = words.lower[begin.last]
    last = _behind(words, begin, end)
    is_pair = joiner in ("and", "-", "–") and _is_day_before(begin.when, last)
    if (before, joiner) not in _BOUNDS and not is_pair:
        return None
    try:
        return Told(begin.first, end.last, parse(f"{begin.when.edtf}/{last.edtf}"), f"{begin.why}, {end.why}")
    except DateError:
        return None


def _behind(words: Words, begin: Told, end: Told) -> Date:
    """“from Tuesday to Thursday”: the Thursday behind that Tuesday."""
    first, last = begin.when.earliest, end.when.earliest
    is_weekday = words.lower[end.first : end.last] == [words.lower[end.last - 1]] and words.lower[end.first] in WEEKDAYS
    if first and last and is_weekday and end.when.shape == "day" and abs((last - first).days) > 0:
        return parse((first + (last - first).days % 7 * _DAY).isoformat())
    return end.when


def _is_day_before(begin: Date, end: Date) -> bool:
    return begin.shape == end.shape == "day" and begin.earliest is not None and end.earliest == begin.earliest + _DAY


def _date(edtf: str | None) -> Date | None:
    if edtf is None:
        return None
    try:
        return parse(edtf.partition("T")[0])
    except DateError:
        return None
