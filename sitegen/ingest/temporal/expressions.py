"""The dates of a text, in order."""

import bisect
import datetime
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal

from sitegen.ingest.temporal.anchoring import Anchor, Placed, placed
from sitegen.ingest.temporal.genre import is_long_before, is_narrative
from sitegen.ingest.temporal.meanings import (
    Around,
    Beside,
    EitherOrder,
    Exact,
    Hour,
    Lasting,
    Meaning,
    Night,
    Nth,
    Partial,
    Reading,
    Reference,
    Repeated,
    Shift,
    Weekday,
)
from sitegen.ingest.temporal.orders import settled
from sitegen.ingest.temporal.periods import Period, day_period, shifted
from sitegen.ingest.temporal.reading import readings
from sitegen.ingest.temporal.spoken import spoken
from sitegen.ingest.temporal.tense import Direction, direction
from sitegen.ingest.temporal.tokens import Tokens, tokens
from sitegen.ingest.temporal.values import edtf, edtf_time, timex_value
from sitegen.text.sentences import sentences

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Teller = Callable[[TimexType, str, str | None, str], "Expression"]

_FAR: Final = 3
"sentences over which “that day” refers back in news; other dates look back over one"

_REMEMBERED: Final = 6
"dates told before"

_PREPOSITIONS: Final = frozenset(["at", "by", "during", "from", "in", "on", "since", "until"])

_NOWHERE: Final = Anchor(datetime.date.min, narrates=False, told=None)
"for dates that are whole by themselves"


@dataclass(frozen=True, slots=True)
class Expression:
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


def tag(text: str, published: datetime.date) -> tuple[Expression, ...]:
    """All temporal expressions, in order, none overlapping another."""
    read = tokens(text)
    begins = [bisect.bisect_left(read.starts, span.start) for span in sentences(text)]
    found = settled(read, readings(read), begins, published)
    return tuple(_Telling(read, published, is_narrative(found, published), begins).expressions(found))


class _Telling:
    """One pass through a text: each date is placed by what was told before it."""

    def __init__(self, read: Tokens, published: datetime.date, narrates: bool, begins: Sequence[int]) -> None:
        self.read = read
        self.published = published
        self.narrates = narrates
        self.begins = begins
        self.told: Period | None = None
        self.told_in = -1
        self.told_by: Reading | None = None
        self.recent: deque[tuple[int, Period]] = deque(maxlen=_REMEMBERED)
        self.last: tuple[Reading, Period] | None = None

    def expressions(self, found: Sequence[Reading]) -> Iterator[Expression]:
        for reading, following in zip_longest(found, found[1:]):
            sentence = bisect.bisect_right(self.begins, reading.first) - 1
            expression, period = _expression(self.read, reading, self._anchor(reading, sentence, following))
            yield expression
            self.last = (reading, period) if period is not None else None
            if period is not None and not self._is_background(reading, period):
                self.told, self.told_in, self.told_by = period, sentence, reading
                self.recent.appendleft((sentence, period))

    def _anchor(self, reading: Reading, sentence: int, following: Reading | None) -> Anchor:
        is_near = self.narrates or sentence - self.told_in <= (_FAR if _is_told(reading.meaning) else 1)
        way = self._direction(reading, sentence)
        return Anchor(
            self.published,
            self.narrates,
            self.told if is_near else None,
            self._carries_year(reading, sentence, way),
            way,
            tuple(period for told_in, period in self.recent if sentence - told_in <= _FAR),
            self._begun(reading),
            _days_to(reading.meaning, following.meaning) if following and self._is_range(reading, following) else 0,
        )

    def _begun(self, reading: Reading) -> Period | None:
        """What the range begins with that the reading ends: “June 1” before “to Nov. 30”."""
        return self.last[1] if self.last and self._is_range(self.last[0], reading) else None

    def _is_range(self, one: Reading, other: Reading) -> bool:
        joiner, before = self.read.kind(one.last + 1), self.read.kind(one.first - 1)
        return one.last + 2 == other.first and (joiner in ("TO", "UNTIL", "DASH") or (joiner, before) == ("AND", "BETWEEN"))

    def _direction(self, reading: Reading, sentence: int) -> Direction:
        if not _is_open(reading.meaning):
            return ""
        ends = (*self.begins[sentence + 1 : sentence + 2], len(self.read.starts))
        return direction(self.read, reading.first, reading.last, self.begins[sentence], ends[0])

    def _carries_year(self, reading: Reading, sentence: int, way: Direction) -> bool:
        """“On Jan. 1, 2014, … on Dec. 31”: a year told with its month, or one that opens what is told of it (“In 2009, … in May”)."""
        if self.told_by is None or not isinstance(self.told_by.meaning, Partial) or self.told_by.meaning.year is None:
            return False
        if self.read.kind(reading.first - 1) == "SINCE":
            return False
        meaning = self.told_by.meaning
        opens = self.told_by.first - 1 == self.begins[self.told_in] and self.read.kind(self.told_by.first - 1) == "IN"
        is_far = is_long_before(meaning, self.published)
        runs_on = way == ("past" if self.told_by.meaning.year < self.published.year else "future")
        is_near = sentence == self.told_in or (is_far and runs_on and sentence == self.told_in + 1)
        return is_near and (meaning.grain in ("day", "month") or (meaning.grain == "year" and opens))

    def _is_background(self, reading: Reading, period: Period) -> bool:
        """What a story goes on from is no decade, no holiday, and not what it says “since” of."""
        is_feast = isinstance(reading.meaning, Partial) and bool(reading.meaning.feast)
        return is_feast or period.grain in ("decade", "century") or self.read.kind(reading.first - 1) == "SINCE"


def _days_to(one: Meaning, other: Meaning) -> int:
    """How many days lie between two weekdays; 0 for other dates."""
    return (other.number - one.number) % 7 if isinstance(one, Weekday) and isinstance(other, Weekday) else 0


def _is_told(meaning: Meaning) -> bool:
    """Whether its own words refer to the date told before: “the following day”, “that night”."""
    match meaning:
        case Shift(origin="told") | Weekday(is_told=True) | Partial(is_told=True):
            return True
        case Hour(day=day) if day is not None:
            return _is_told(day)
        case _:
            return False


def _is_open(meaning: Meaning) -> bool:
    """Whether it can lie behind or ahead."""
    match meaning:
        case Weekday(turn=None, week=None) | Partial(year=None, turn=None):
            return True
        case Hour(day=day) if day is not None:
            return _is_open(day)
        case Nth(month=part) | Around(day=part):
            return _is_open(part)
        case Beside(day=part) | Night(into=part):
            return _is_open(part)
        case _:
            return False


def _expression(read: Tokens, reading: Reading, anchor: Anchor) -> tuple[Expression, Period | None]:
    """With the period that later dates may be told from."""
    start, end = read.starts[reading.first], read.ends[reading.last]
    quoted = f"“{_with_preposition(read, reading)}”"

    def told(kind: TimexType, value: str, when: str | None, why: str) -> Expression:
        return Expression(start, end, read.text[start:end], kind, value, when, f"{quoted} {why}")

    if unplaced := _unplaced(told, reading.meaning):
        return unplaced, None
    match reading.meaning:
        case Hour() as hour:
            return _hour(told, hour, anchor)
        case Night(into):
            return _night(told, placed(into, anchor))
        case Shift("day", 0, "published") if anchor.narrates:
            return told("DATE", "PRESENT_REF", None, "names no day"), None
        case meaning:
            found = placed(meaning, anchor)
            if found.period is None:
                return told("DATE", found.value or "XXXX-XX-XX", None, found.why), None
            when = _doubted(edtf(found.period, reading.is_rough, reading.side, anchor.published), found)
            return told("DATE", found.value or timex_value(found.period), when, found.why), found.period


def _unplaced(told: Teller, meaning: Meaning) -> Expression | None:
    """What needs no place on the calendar, or has no single one."""
    match meaning:
        case Lasting(value):
            return told("DURATION", value, None, "is a length of time")
        case Repeated(value):
            return told("SET", value, None, "comes again and again")
        case Reference(value):
            return told("DATE", value, None, "names no day")
        case Exact(value):
            return told("TIME", value, edtf_time(value), "as written")
        case EitherOrder() as either:
            return _either(told, either, "")
        case Hour(day=EitherOrder() as either) as hour:
            return _either(told, either, hour.clock)
        case _:
            return None


def _hour(told: Teller, hour: Hour, anchor: Anchor) -> tuple[Expression, Period | None]:
    if hour.is_open:
        return told("TIME", f"XXXX-XX-XX{hour.clock}", None, "names no day"), None
    found = (
        placed(hour.day, anchor)
        if hour.day is not None
        else Placed(anchor.base, f"on {spoken(anchor.base)}{', told before' if anchor.told else ''}")
    )
    period = found.period
    if period is None or period.grain != "day" or period.first is None:
        return told("TIME", f"XXXX-XX-XX{hour.clock}", None, "on a day that isn't told"), None
    day = day_period(period.first)
    value = timex_value(day) + hour.clock
    when = _doubted(edtf_time(value + hour.zone), found)
    return told("TIME", value + ("Z" if hour.zone == "Z" else ""), when, found.why), day


def _doubted(when: str | None, found: Placed) -> str | None:
    """“Monday, 7 June 2015”, which was a Sunday, is uncertain."""
    return f"{when.partition('T')[0]}?" if when and found.is_doubtful else when


def _night(told: Teller, found: Placed) -> tuple[Expression, Period | None]:
    """Its value is the evening's, as TIMEX3 has no night of two dates; its EDTF has both days."""
    evening = shifted(found.period, -1) if found.period and found.period.grain == "day" else None
    if found.period is None or evening is None:
        return told("TIME", "XXXX-XX-XXTNI", None, "on a day that isn't told"), None
    return told("TIME", f"{timex_value(evening)}TNI", f"{evening.first}/{found.period.first}", found.why), found.period


def _either(told: Teller, either: EitherOrder, clock: str) -> Expression:
    """One of the days from the earlier to the later: EDTF's list of two is more than sitegen's dates know."""
    days = [placed(partial, _NOWHERE).period for partial in (either.day_first, either.month_first)]
    first, last = sorted(day.first for day in days if day and day.first)
    names = " or ".join(spoken(day).partition(" ")[2] for day in days if day)
    why = "the report writes both orders" if either.is_mixed else "nothing in the report shows whether the day or the month comes first"
    return told("TIME" if clock else "DATE", f"{first.year:04}-XX-XX{clock}", f"[{first}..{last}]", f"is ambiguous, {names}: {why}")


def _with_preposition(read: Tokens, reading: Reading) -> str:
    first = reading.first - 1 if read.word(reading.first - 1) in _PREPOSITIONS else reading.first
    return " ".join(read.text[read.starts[first] : read.ends[reading.last]].split())
