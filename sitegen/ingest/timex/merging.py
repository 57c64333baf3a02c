"""One date in two pieces: “October” “last year”, “10 a.m.” “on Monday”, “Sunday” “(7 June 2015)”, “ten years ago” “this week”."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sitegen.ingest.timex.grammar import compiled
from sitegen.ingest.timex.periods import CalendarPeriod, Grain, shifted
from sitegen.ingest.timex.readings import (
    Ago,
    AmbiguousDate,
    Candidate,
    Duration,
    NightBefore,
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
_INTO_NIGHT: Final = compiled("(?:THE DAYPART|OVERNIGHT) (?:WORD|TO)$")
_OF_NIGHT: Final = compiled("(?:THE DAYPART|OVERNIGHT) COMMA? (?:FROM|BETWEEN|OF|ON|IN)? THE?$")
_MAX_OPENING: Final = 5
_ENDING: Final = frozenset(["TO", "DASH", "SLASH", "UNTIL"])
_MAX_GAP: Final = 3
_CLOSING: Final = frozenset(["COMMA", "DOT", "RIGHT", "BREAK", "DASH", "MARK", ""])
_SPAN: Final = re.compile(r"P(\d{1,4})Y")
_COMMA: Final = KINDS["COMMA"]
_WEEK: Final = 7
_YEARS_OF_BOTH_LENGTHS: Final = [2023, 2024]

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
    """The last token, with the bracket that was opened between the two."""
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
    """Of a weekday alone, or of an hour on it; 0 for all else."""
    day = reading.day if isinstance(reading, TimeOfDay) else reading
    is_alone = isinstance(day, Weekday) and not day.is_weekend and day.week is None and not day.is_anaphoric
    return day.number if is_alone and isinstance(day, Weekday) else 0


def _is_plain(weekday: Weekday) -> bool:
    return weekday == Weekday(weekday.number)


def _on_weekday(date: TimexReading | None, weekday: int) -> PartialDate | AmbiguousDate | None:
    """A day of a month that has no weekday yet, on one."""
    match date:
        case AmbiguousDate(day_first, month_first):
            return replace(date, day_first=replace(day_first, weekday=weekday), month_first=replace(month_first, weekday=weekday))
        case PartialDate(grain="day", weekday=0) if date.number:
            return replace(date, weekday=weekday)
        case _:
            return None


def _with_ago(tokens: TypedTokens, one: Candidate, other: Candidate, between: str) -> TimexReading | None:
    """“ten years ago” “this week”, “this week” “in 1953”: the week of that year, not of this one; so is “ten years this week since”."""
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
    """What stands beside “ten years ago”, seen from that day."""
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


def with_nights(tokens: TypedTokens, found: Sequence[Candidate]) -> list[Candidate]:
    """“overnight from Tuesday to Wednesday”, “Tuesday night into Wednesday”, “in the night to Wednesday”: one night each."""
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
    """“to”, “into”, “into early”, and the “and” of “between”."""
    joiner = one.last + 1
    if other.first != joiner + 1 and not (other.first == joiner + 2 and tokens.kind(joiner + 1) == "EARLY"):
        return False
    is_between = tokens.kind(joiner) == "AND" and tokens.kind(one.first - 1) == "BETWEEN"
    return tokens.kind(joiner) in _ENDING or tokens.word(joiner) == "into" or is_between


def _begins_night(tokens: TypedTokens, one: Candidate, into: TimexReading) -> int | None:
    """The first token of a night that begins with a candidate, and ends the day after; None for no night."""
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
    """Whether a day is, as far as the words say, the day after another."""
    if isinstance(one, Weekday) and isinstance(other, Weekday):
        return other.number == one.number % _WEEK + 1
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return not one.number or any((day.number, day.day) == (other.number, other.day) for day in _days_after(one, other))
    return isinstance(one, Weekday | PartialDate | Offset)


def _days_after(one: PartialDate, other: PartialDate) -> Iterator[CalendarPeriod]:
    """The day after a date, in the year of either; where none is told, in a common and a leap year."""
    told = one.year or other.year
    for year in [told] if told else _YEARS_OF_BOTH_LENGTHS:
        if one.day <= calendar.monthrange(year, one.number)[1] and (day := shifted(CalendarPeriod("day", year, one.number, one.day), 1)):
            yield day


def _is_part(reading: PartialDate) -> bool:
    is_whole = reading.grain in ("day", "month", "season", "quarter", "half")
    return reading.year is None and reading.step is None and is_whole


def _is_year(reading: TimexReading) -> bool:
    return isinstance(reading, Offset | PartialDate) and reading.grain in ("year", "fiscal")


def is_free(hour: TimeOfDay) -> bool:
    """Whether an hour may belong to a day that is told beside it."""
    return hour.day is None or (isinstance(hour.day, Offset) and hour.day.origin == "previous" and hour.day.count == 0)


def _is_free(tokens: TypedTokens, candidate: Candidate) -> bool:
    return isinstance(candidate.reading, TimeOfDay) and (is_free(candidate.reading) or tokens.kind(candidate.last) == "OVERNIGHT")


def is_day(reading: TimexReading) -> bool:
    return isinstance(reading, Weekday | AmbiguousDate) or (
        isinstance(reading, PartialDate | Offset | NthOfMonth) and reading.grain == "day"
    )
