"""Nights that begin on one day and end on the next: “overnight from Tuesday to Wednesday”, “Tuesday night into Wednesday”."""

import calendar
import re
from collections.abc import Iterator, Sequence
from typing import Final

from sitegen.ingest.timex.compound_dates import is_day
from sitegen.ingest.timex.grammar import compiled
from sitegen.ingest.timex.periods import CalendarPeriod, shifted
from sitegen.ingest.timex.readings import (
    Candidate,
    NightBefore,
    Offset,
    PartialDate,
    TimeOfDay,
    TimexReading,
    Weekday,
)
from sitegen.ingest.timex.typed_tokens import TypedTokens

_INTO_NIGHT: Final = compiled("(?:THE DAYPART|OVERNIGHT) (?:WORD|TO)$")
_OF_NIGHT: Final = compiled("(?:THE DAYPART|OVERNIGHT) COMMA? (?:FROM|BETWEEN|OF|ON|IN)? THE?$")
_MAX_OPENING: Final = 5
_ENDING: Final = frozenset(["TO", "DASH", "SLASH", "UNTIL"])
_WEEK: Final = 7
_YEARS_OF_BOTH_LENGTHS: Final = [2023, 2024]


def with_nights(tokens: TypedTokens, found: Sequence[Candidate]) -> list[Candidate]:
    """Merge each such night into one candidate; “in the night to Wednesday” is one, too."""
    read: list[Candidate] = []
    for candidate in found:
        night = _night(tokens, read, candidate)
        if night is not None:
            while read and read[-1].last >= night.first:
                read.pop()
        read.append(night or candidate)
    return read


def _night(tokens: TypedTokens, before: Sequence[Candidate], candidate: Candidate) -> Candidate | None:
    into = candidate.reading.day if isinstance(candidate.reading, TimeOfDay) and candidate.reading.clock == "TMO" else candidate.reading
    if not isinstance(into, Weekday | PartialDate | Offset) or not is_day(into):
        return None
    last = before[-1] if before else None
    is_joined = last is not None and _joins_days(tokens, last, candidate)
    if last and is_joined and (first := _begins_night(tokens, last, into)) is not None:
        return Candidate(first, candidate.last, NightBefore(into))
    if tokens.word(candidate.first - 1) not in ("to", "into"):
        return None
    opening = _opening(tokens, candidate.first, _INTO_NIGHT)
    return Candidate(opening, candidate.last, NightBefore(into)) if opening is not None and _is_night(tokens, opening) else None


def _joins_days(tokens: TypedTokens, one: Candidate, other: Candidate) -> bool:
    """“to”, “into”, “into early”, or “and” after “between”."""
    joiner = one.last + 1
    if other.first != joiner + 1 and not (other.first == joiner + 2 and tokens.kind(joiner + 1) == "EARLY"):
        return False
    is_between = tokens.kind(joiner) == "AND" and tokens.kind(one.first - 1) == "BETWEEN"
    return tokens.kind(joiner) in _ENDING or tokens.word(joiner) == "into" or is_between


def _begins_night(tokens: TypedTokens, one: Candidate, into: TimexReading) -> int | None:
    """The first token of a night that begins with *one* and ends on the next day; None if it is no night."""
    hour = one.reading if isinstance(one.reading, TimeOfDay) else None
    day = hour.day if hour else one.reading
    if day is None or not _follows(day, into):
        return None
    if hour or tokens.word(one.last + 1) == "into":
        return one.first if hour is None or hour.clock == "TNI" or tokens.word(one.last + 1) == "into" else None
    opening = _opening(tokens, one.first, _OF_NIGHT)
    return opening if opening is not None and _is_night(tokens, opening) else None


def _opening(tokens: TypedTokens, stop: int, pattern: re.Pattern[str]) -> int | None:
    start = max(0, stop - _MAX_OPENING)
    found = pattern.search(tokens.kinds[start:stop])
    return start + found.start() if found else None


def _is_night(tokens: TypedTokens, first: int) -> bool:
    return "night" in (tokens.word(first), tokens.word(first + 1)) or tokens.kind(first) == "OVERNIGHT"


def _follows(one: TimexReading, other: TimexReading) -> bool:
    """Whether, as far as the words say, the second day is the one after the first."""
    if isinstance(one, Weekday) and isinstance(other, Weekday):
        return other.number == one.number % _WEEK + 1
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return not one.number or any((day.number, day.day) == (other.number, other.day) for day in _days_after(one, other))
    return isinstance(one, Weekday | PartialDate | Offset)


def _days_after(one: PartialDate, other: PartialDate) -> Iterator[CalendarPeriod]:
    """The day after a date, in the year of either; if neither has one, in a common and in a leap year."""
    year_of_either = one.year or other.year
    for year in [year_of_either] if year_of_either else _YEARS_OF_BOTH_LENGTHS:
        if one.day <= calendar.monthrange(year, one.number)[1] and (day := shifted(CalendarPeriod("day", year, one.number, one.day), 1)):
            yield day
