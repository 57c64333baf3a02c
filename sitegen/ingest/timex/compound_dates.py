"""Merge a date written in two parts: “October” “last year”, “10 a.m.” “on Monday”, “Sunday” “(7 June 2015)”, “ten years ago” “this week”."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sitegen.ingest.timex.grammar import compiled
from sitegen.ingest.timex.periods import Grain
from sitegen.ingest.timex.readings import (
    Ago,
    AmbiguousDate,
    Candidate,
    Duration,
    NthOfMonth,
    Offset,
    PartialDate,
    PartOf,
    TimeOfDay,
    TimexReading,
    VagueReference,
    Weekday,
)
from sitegen.ingest.timex.typed_tokens import KINDS, TypedTokens

_OF: Final = compiled("(?:OF|COMMA|IN)?$")
_ON: Final = compiled("(?:ON|COMMA|OF)? THE?$")
_AT: Final = compiled("COMMA? (?:AT|BY)?$")
_APART: Final = compiled("(?:COMMA|LEFT|COMMA LEFT)? THE?$")
_A: Final = compiled("(?:COMMA|LEFT|DASH)? A?$")
_AGO: Final = compiled("COMMA? (?:ON|IN|AT)? THE?$")
_AGO_ON: Final = compiled("(?:ON A?)?$")
_IN: Final = compiled("COMMA? IN$")
_MAX_GAP: Final = 3
_CLOSING: Final = frozenset(["COMMA", "DOT", "RIGHT", "BREAK", "DASH", "MARK", ""])
_SPAN: Final = re.compile(r"P(\d{1,4})Y")
_COMMA: Final = KINDS["COMMA"]

_NEAR: Final = frozenset(["day", "week", "weekend", "month", "year"])
_YEARS: Final[dict[Grain, int]] = {"year": 1, "decade": 10, "century": 100}


def merged(tokens: TypedTokens, found: Sequence[Candidate]) -> list[Candidate]:
    pieces: list[Candidate] = []
    for candidate in found:
        is_near = bool(pieces) and candidate.first - pieces[-1].last - 1 <= _MAX_GAP
        whole = _one_date(tokens, pieces[-1], candidate) if is_near else None
        if whole is not None:
            pieces[-1] = Candidate(pieces[-1].first, _closed(tokens, pieces[-1], candidate), whole)
        else:
            pieces.append(candidate)
    return pieces


def _closed(tokens: TypedTokens, one: Candidate, other: Candidate) -> int:
    """The last token, including the closing bracket if one was opened between the two parts."""
    is_open = any(tokens.kind(index) == "LEFT" for index in range(one.last + 1, other.first))
    return other.last + 1 if is_open and tokens.kind(other.last + 1) == "RIGHT" else other.last


def _one_date(tokens: TypedTokens, one: Candidate, other: Candidate) -> TimexReading | None:
    between = tokens.kinds[one.last + 1 : other.first]
    return (
        _with_ago(tokens, one, other, between)
        or _with_weekday(tokens, one, other, between)
        or _with_hour(tokens, one, other, between)
        or _of_year(one.reading, other.reading, between)
    )


def _of_year(left: TimexReading, right: TimexReading, between: str) -> TimexReading | None:
    """“October” “of last year”."""
    return PartOf(left, right) if isinstance(left, PartialDate) and _is_part(left) and _is_year(right) and _OF.match(between) else None


def _with_hour(tokens: TypedTokens, one: Candidate, other: Candidate, between: str) -> TimexReading | None:
    """“10 a.m.” “on Monday”, “Monday” “at 10 a.m.”, “overnight” “on Monday”."""
    left, right = one.reading, other.reading
    if isinstance(left, TimeOfDay) and _is_free(tokens, one) and is_day(right) and _ON.match(between):
        return replace(left, day=right)
    if isinstance(left, TimeOfDay) and is_free(left) and _ON.match(between) and isinstance(right, TimeOfDay) and right.day is not None:
        return _clock_in_part(left, right)
    if is_day(left) and isinstance(right, TimeOfDay) and _AT.match(between):
        is_its_night = not between and tokens.kind(other.last) == "OVERNIGHT"
        return replace(right, day=left) if is_its_night or is_free(right) else None
    return None


def _clock_in_part(clock: TimeOfDay, part: TimeOfDay) -> TimeOfDay | None:
    """“6:45” “tomorrow evening”."""
    hours, _, minutes = clock.clock.removeprefix("T").partition(":")
    if not minutes or part.clock[1:] not in ("MO", "AF", "EV", "NI"):
        return None
    is_late = part.clock != "TMO" and int(hours) < 12
    return replace(clock, clock=f"T{int(hours) + 12 if is_late else int(hours):02}:{minutes}", day=part.day)


def _with_weekday(tokens: TypedTokens, one: Candidate, other: Candidate, between: str) -> TimexReading | None:
    """“Sunday night” “7th June 2015”, “Sunday” “(June 7, 2015)”, “7 June 2015” “, a Sunday”."""
    if _APART.match(between) and (weekday := _weekday(one.reading)):
        day = _on_weekday(other.reading, weekday)
        return replace(one.reading, day=day) if day and isinstance(one.reading, TimeOfDay) else day
    is_aside = bool(between) and _A.match(between) and tokens.kind(other.last + 1) in _CLOSING
    if not is_aside or not isinstance(other.reading, Weekday) or not (weekday := _weekday(other.reading)):
        return None
    if isinstance(one.reading, TimeOfDay):
        day = _on_weekday(one.reading.day, weekday)
        return replace(one.reading, day=day) if day else None
    return _on_weekday(one.reading, weekday)


def _weekday(reading: TimexReading) -> int:
    """The weekday if the reading is only a weekday, or a time on one; else 0."""
    day = reading.day if isinstance(reading, TimeOfDay) else reading
    is_alone = isinstance(day, Weekday) and not day.is_weekend and day.week is None and not day.is_anaphoric
    return day.number if is_alone and isinstance(day, Weekday) else 0


def _is_plain(weekday: Weekday) -> bool:
    return weekday == Weekday(weekday.number)


def _on_weekday(date: TimexReading | None, weekday: int) -> PartialDate | AmbiguousDate | None:
    """The day of a month, with the weekday added if it has none yet."""
    match date:
        case AmbiguousDate(day_first, month_first):
            return replace(date, day_first=replace(day_first, weekday=weekday), month_first=replace(month_first, weekday=weekday))
        case PartialDate(grain="day", weekday=0) if date.number:
            return replace(date, weekday=weekday)
        case _:
            return None


def _with_ago(tokens: TypedTokens, one: Candidate, other: Candidate, between: str) -> TimexReading | None:
    """“ten years ago” “this week”, “this week” “in 1953”, “ten years this week since”: that week of the other year."""
    left, right = one.reading, other.reading
    if isinstance(left, Ago) and isinstance(left.part, Weekday) and isinstance(right, PartialDate) and _APART.match(between):
        return replace(left, part=right) if _on_weekday(right, left.part.number) and right.year is None else None
    if isinstance(left, VagueReference) and _is_ago(tokens, one) and _AGO_ON.match(between) and is_day(right):
        return left
    if (
        _is_this(tokens, one)
        and isinstance(left, Offset)
        and isinstance(right, PartialDate)
        and right.grain == "year"
        and _IN.match(between)
    ):
        return PartOf(left, right)
    if isinstance(left, Duration) and tokens.kind(other.last + 1) == "SINCE" and (span := _SPAN.fullmatch(left.value)):
        return _ago(Offset("year", -int(span[1]), "published"), right) if _AGO_ON.match(between) else None
    if isinstance(left, Offset) and _is_ago(tokens, one) and _AGO.match(between):
        return _ago(left, right) if not (isinstance(right, Weekday) and _COMMA in between) else None
    if isinstance(right, Offset) and _is_ago(tokens, other) and _AGO.match(between) and not isinstance(left, Weekday):
        return _ago(right, left)
    return None


def _ago(ago: Offset, part: TimexReading) -> TimexReading | None:
    """The part beside “ten years ago”, as seen from that time."""
    if isinstance(part, TimeOfDay):
        day = _ago(ago, part.day) if part.day else None
        return replace(part, day=day) if day else None
    if ago.grain == "week":
        return replace(part, week=replace(ago, keeps_day=False)) if isinstance(part, Weekday) and _is_plain(part) else None
    if isinstance(part, Weekday) and not part.is_anaphoric:
        return _counted(ago, part)
    if isinstance(part, PartialDate) and part.year is None and not part.is_anaphoric and ago.grain != "month":
        return _counted(ago, part) if part.number or part.holiday else None
    is_near = isinstance(part, Offset) and part.origin == "published" and abs(part.count) <= 1 and part.grain in _NEAR
    return _counted(ago, part) if is_near and isinstance(part, Offset) else None


def _counted(ago: Offset, part: PartialDate | Weekday | Offset) -> Ago | None:
    if ago.grain == "month":
        return Ago("month", ago.count, part)
    return Ago("year", ago.count * _YEARS[ago.grain], part) if ago.grain in _YEARS else None


def _is_this(tokens: TypedTokens, candidate: Candidate) -> bool:
    """“this day”, “this week”, “this month”."""
    return tokens.kind(candidate.first) == "THIS" and isinstance(candidate.reading, Offset) and candidate.reading.grain in _NEAR


def _is_ago(tokens: TypedTokens, candidate: Candidate) -> bool:
    return tokens.kind(candidate.last) == "AGO"


def _is_part(reading: PartialDate) -> bool:
    is_whole = reading.grain in ("day", "month", "season", "quarter", "half")
    return reading.year is None and reading.step is None and is_whole


def _is_year(reading: TimexReading) -> bool:
    return isinstance(reading, Offset | PartialDate) and reading.grain in ("year", "fiscal")


def is_free(hour: TimeOfDay) -> bool:
    """Whether a time of day may belong to a day named beside it."""
    return hour.day is None or (isinstance(hour.day, Offset) and hour.day.origin == "previous" and hour.day.count == 0)


def _is_free(tokens: TypedTokens, candidate: Candidate) -> bool:
    return isinstance(candidate.reading, TimeOfDay) and (is_free(candidate.reading) or tokens.kind(candidate.last) == "OVERNIGHT")


def is_day(reading: TimexReading) -> bool:
    return isinstance(reading, Weekday | AmbiguousDate) or (
        isinstance(reading, PartialDate | Offset | NthOfMonth) and reading.grain == "day"
    )
