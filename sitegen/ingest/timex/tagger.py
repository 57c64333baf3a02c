"""The dates of a text, in order."""

import bisect
import datetime
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal

from sitegen.ingest.timex.anchoring import Anchor, Resolution, resolved
from sitegen.ingest.timex.candidates import candidates
from sitegen.ingest.timex.date_order import with_date_order
from sitegen.ingest.timex.narrative import is_long_before, is_narrative
from sitegen.ingest.timex.period_labels import period_label
from sitegen.ingest.timex.periods import CalendarPeriod, day_period, shifted
from sitegen.ingest.timex.readings import (
    AmbiguousDate,
    Candidate,
    Duration,
    Enclosing,
    ExactTime,
    NightBefore,
    NthOfMonth,
    Offset,
    OffsetFrom,
    PartialDate,
    Recurrence,
    TimeOfDay,
    TimexReading,
    VagueReference,
    Weekday,
)
from sitegen.ingest.timex.tense import Direction, direction
from sitegen.ingest.timex.typed_tokens import TypedTokens, typed_tokens
from sitegen.ingest.timex.values import edtf, edtf_time, timex_value
from sitegen.text.sentences import sentences

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
MakeTimex = Callable[[TimexType, str, str | None, str], "Timex"]

_FAR: Final = 3
"sentences over which “that day” refers back in news; other dates look back over one"

_REMEMBERED: Final = 6
"dates told before"

_PREPOSITIONS: Final = frozenset(["at", "by", "during", "from", "in", "on", "since", "until"])

_NOWHERE: Final = Anchor(datetime.date.min, is_narrative=False, previous=None)
"for dates that are whole by themselves"


@dataclass(frozen=True, slots=True)
class Timex:
    """One temporal expression of a text."""

    start: int
    "code points, half open"
    end: int
    text: str
    type: TimexType
    value: str
    "TIMEX3: 2023-04-05, 2023-W14, P3D"
    edtf: str | None
    "the period that the words name; None for a duration, a set, and what names no day, as “now”"
    why: str
    "“on Wednesday” before Friday 7 April 2023"


def tag(text: str, published: datetime.date) -> tuple[Timex, ...]:
    """All temporal expressions, in order, none overlapping another."""
    tokens = typed_tokens(text)
    begins = [bisect.bisect_left(tokens.starts, span.start) for span in sentences(text)]
    found = with_date_order(tokens, candidates(tokens), begins, published)
    return tuple(Resolver(tokens, published, is_narrative(found, published), begins).timexes(found))


class Resolver:
    """One pass through a text: each date is resolved by what was told before it."""

    def __init__(self, tokens: TypedTokens, published: datetime.date, is_narrative: bool, begins: Sequence[int]) -> None:
        self.tokens = tokens
        self.published = published
        self.is_narrative = is_narrative
        self.begins = begins
        self.previous: CalendarPeriod | None = None
        self.previous_sentence = -1
        self.previous_candidate: Candidate | None = None
        self.recent: deque[tuple[int, CalendarPeriod]] = deque(maxlen=_REMEMBERED)
        self.last: tuple[Candidate, CalendarPeriod] | None = None

    def timexes(self, found: Sequence[Candidate]) -> Iterator[Timex]:
        for candidate, following in zip_longest(found, found[1:]):
            sentence = bisect.bisect_right(self.begins, candidate.first) - 1
            expression, period = _expression(self.tokens, candidate, self._anchor(candidate, sentence, following))
            yield expression
            self.last = (candidate, period) if period is not None else None
            if period is not None and not self._is_background(candidate, period):
                self.previous, self.previous_sentence, self.previous_candidate = period, sentence, candidate
                self.recent.appendleft((sentence, period))

    def _anchor(self, candidate: Candidate, sentence: int, following: Candidate | None) -> Anchor:
        is_near = self.is_narrative or sentence - self.previous_sentence <= (_FAR if _is_anaphoric(candidate.reading) else 1)
        way = self._direction(candidate, sentence)
        return Anchor(
            self.published,
            self.is_narrative,
            self.previous if is_near else None,
            self._carries_year(candidate, sentence, way),
            way,
            tuple(period for told_in, period in self.recent if sentence - told_in <= _FAR),
            self._begun(candidate),
            _days_to(candidate.reading, following.reading) if following and self._is_range(candidate, following) else 0,
        )

    def _begun(self, candidate: Candidate) -> CalendarPeriod | None:
        """What the range begins with that the candidate ends: “June 1” before “to Nov. 30”."""
        return self.last[1] if self.last and self._is_range(self.last[0], candidate) else None

    def _is_range(self, one: Candidate, other: Candidate) -> bool:
        joiner, before = self.tokens.kind(one.last + 1), self.tokens.kind(one.first - 1)
        return one.last + 2 == other.first and (joiner in ("TO", "UNTIL", "DASH") or (joiner, before) == ("AND", "BETWEEN"))

    def _direction(self, candidate: Candidate, sentence: int) -> Direction:
        if not _is_open(candidate.reading):
            return ""
        ends = (*self.begins[sentence + 1 : sentence + 2], len(self.tokens.starts))
        return direction(self.tokens, candidate.first, candidate.last, self.begins[sentence], ends[0])

    def _carries_year(self, candidate: Candidate, sentence: int, way: Direction) -> bool:
        """“On Jan. 1, 2014, … on Dec. 31”: a year told with its month, or one that opens what is told of it (“In 2009, … in May”)."""
        if (
            self.previous_candidate is None
            or not isinstance(self.previous_candidate.reading, PartialDate)
            or self.previous_candidate.reading.year is None
        ):
            return False
        if self.tokens.kind(candidate.first - 1) == "SINCE":
            return False
        reading = self.previous_candidate.reading
        opens = (
            self.previous_candidate.first - 1 == self.begins[self.previous_sentence]
            and self.tokens.kind(self.previous_candidate.first - 1) == "IN"
        )
        is_far = is_long_before(reading, self.published)
        runs_on = way == ("past" if self.previous_candidate.reading.year < self.published.year else "future")
        is_near = sentence == self.previous_sentence or (is_far and runs_on and sentence == self.previous_sentence + 1)
        return is_near and (reading.grain in ("day", "month") or (reading.grain == "year" and opens))

    def _is_background(self, candidate: Candidate, period: CalendarPeriod) -> bool:
        """What a story goes on from is no decade, no holiday, and not what it says “since” of."""
        is_holiday = isinstance(candidate.reading, PartialDate) and bool(candidate.reading.holiday)
        return is_holiday or period.grain in ("decade", "century") or self.tokens.kind(candidate.first - 1) == "SINCE"


def _days_to(one: TimexReading, other: TimexReading) -> int:
    """How many days lie between two weekdays; 0 for other dates."""
    return (other.number - one.number) % 7 if isinstance(one, Weekday) and isinstance(other, Weekday) else 0


def _is_anaphoric(reading: TimexReading) -> bool:
    """Whether its own words refer to the date told before: “the following day”, “that night”."""
    match reading:
        case Offset(origin="previous") | Weekday(is_anaphoric=True) | PartialDate(is_anaphoric=True):
            return True
        case TimeOfDay(day=day) if day is not None:
            return _is_anaphoric(day)
        case _:
            return False


def _is_open(reading: TimexReading) -> bool:
    """Whether it can lie behind or ahead."""
    match reading:
        case Weekday(step=None, week=None) | PartialDate(year=None, step=None):
            return True
        case TimeOfDay(day=day) if day is not None:
            return _is_open(day)
        case NthOfMonth(month=part) | Enclosing(day=part):
            return _is_open(part)
        case OffsetFrom(day=part) | NightBefore(into=part):
            return _is_open(part)
        case _:
            return False


def _expression(tokens: TypedTokens, candidate: Candidate, anchor: Anchor) -> tuple[Timex, CalendarPeriod | None]:
    """With the period that later dates may be told from."""
    start, end = tokens.starts[candidate.first], tokens.ends[candidate.last]
    quoted = f"“{_with_preposition(tokens, candidate)}”"

    def timex(kind: TimexType, value: str, when: str | None, why: str) -> Timex:
        return Timex(start, end, tokens.text[start:end], kind, value, when, f"{quoted} {why}")

    if unanchored := _unanchored(timex, candidate.reading):
        return unanchored, None
    match candidate.reading:
        case TimeOfDay() as hour:
            return _hour(timex, hour, anchor)
        case NightBefore(into):
            return _night(timex, resolved(into, anchor))
        case Offset("day", 0, "published") if anchor.is_narrative:
            return timex("DATE", "PRESENT_REF", None, "names no day"), None
        case reading:
            found = resolved(reading, anchor)
            if found.period is None:
                return timex("DATE", found.value or "XXXX-XX-XX", None, found.why), None
            when = _doubted(edtf(found.period, candidate.is_approximate, candidate.side, anchor.published), found)
            return timex("DATE", found.value or timex_value(found.period), when, found.why), found.period


def _unanchored(timex: MakeTimex, reading: TimexReading) -> Timex | None:
    """What needs no place on the calendar, or has no single one."""
    match reading:
        case Duration(value):
            return timex("DURATION", value, None, "is a length of time")
        case Recurrence(value):
            return timex("SET", value, None, "comes again and again")
        case VagueReference(value):
            return timex("DATE", value, None, "names no day")
        case ExactTime(value):
            return timex("TIME", value, edtf_time(value), "as written")
        case AmbiguousDate() as either:
            return _either(timex, either, "")
        case TimeOfDay(day=AmbiguousDate() as either) as hour:
            return _either(timex, either, hour.clock)
        case _:
            return None


def _hour(timex: MakeTimex, hour: TimeOfDay, anchor: Anchor) -> tuple[Timex, CalendarPeriod | None]:
    if hour.is_open:
        return timex("TIME", f"XXXX-XX-XX{hour.clock}", None, "names no day"), None
    found = (
        resolved(hour.day, anchor)
        if hour.day is not None
        else Resolution(anchor.base, f"on {period_label(anchor.base)}{', told before' if anchor.previous else ''}")
    )
    period = found.period
    if period is None or period.grain != "day" or period.first is None:
        return timex("TIME", f"XXXX-XX-XX{hour.clock}", None, "on a day that isn't told"), None
    day = day_period(period.first)
    value = timex_value(day) + hour.clock
    when = _doubted(edtf_time(value + hour.zone), found)
    return timex("TIME", value + ("Z" if hour.zone == "Z" else ""), when, found.why), day


def _doubted(when: str | None, found: Resolution) -> str | None:
    """“Monday, 7 June 2015”, which was a Sunday, is uncertain."""
    return f"{when.partition('T')[0]}?" if when and found.is_doubtful else when


def _night(timex: MakeTimex, found: Resolution) -> tuple[Timex, CalendarPeriod | None]:
    """Its value is the evening's, as TIMEX3 has no night of two dates; its EDTF has both days."""
    evening = shifted(found.period, -1) if found.period and found.period.grain == "day" else None
    if found.period is None or evening is None:
        return timex("TIME", "XXXX-XX-XXTNI", None, "on a day that isn't told"), None
    return timex("TIME", f"{timex_value(evening)}TNI", f"{evening.first}/{found.period.first}", found.why), found.period


def _either(timex: MakeTimex, either: AmbiguousDate, clock: str) -> Timex:
    """One of the days from the earlier to the later: EDTF's list of two is more than sitegen's dates know."""
    days = [resolved(partial, _NOWHERE).period for partial in (either.day_first, either.month_first)]
    first, last = sorted(day.first for day in days if day and day.first)
    names = " or ".join(period_label(day).partition(" ")[2] for day in days if day)
    why = "the report writes both orders" if either.is_mixed else "nothing in the report shows whether the day or the month comes first"
    return timex("TIME" if clock else "DATE", f"{first.year:04}-XX-XX{clock}", f"[{first}..{last}]", f"is ambiguous, {names}: {why}")


def _with_preposition(tokens: TypedTokens, candidate: Candidate) -> str:
    first = candidate.first - 1 if tokens.word(candidate.first - 1) in _PREPOSITIONS else candidate.first
    return " ".join(tokens.text[tokens.starts[first] : tokens.ends[candidate.last]].split())
