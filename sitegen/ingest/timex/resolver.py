"""Resolve the expressions of a text in order, each by what came before it."""

import bisect
import datetime
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from sitegen.ingest.timex.date_order import with_date_order
from sitegen.ingest.timex.matching import candidates
from sitegen.ingest.timex.narrative import is_long_before, is_narrative
from sitegen.ingest.timex.normalisation import Timex, normalised
from sitegen.ingest.timex.periods import CalendarPeriod
from sitegen.ingest.timex.readings import (
    Candidate,
    Enclosing,
    NightBefore,
    NthOfMonth,
    Offset,
    OffsetFrom,
    PartialDate,
    TimeOfDay,
    TimexReading,
    Weekday,
)
from sitegen.ingest.timex.resolution import ReferenceTime
from sitegen.ingest.timex.tense import Direction, direction
from sitegen.ingest.timex.typed_tokens import TypedTokens, typed_tokens
from sitegen.text.sentences import sentences

_FAR: Final = 3
"sentences back that “that day” can refer to in news; other dates look back one"

_REMEMBERED: Final = 6
"number of previous dates kept"


def tag(text: str, published: datetime.date) -> tuple[Timex, ...]:
    """All temporal expressions, in order and without overlaps."""
    tokens = typed_tokens(text)
    begins = [bisect.bisect_left(tokens.starts, span.start) for span in sentences(text)]
    found = with_date_order(tokens, candidates(tokens), begins, published)
    return tuple(Resolver(tokens, published, is_narrative(found, published), begins).timexes(found))


class Resolver:
    """One pass through a text, which keeps track of the previous dates."""

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
            expression, period = normalised(self.tokens, candidate, self._reference(candidate, sentence, following))
            yield expression
            self.last = (candidate, period) if period is not None else None
            if period is not None and not self._is_background(candidate, period):
                self.previous, self.previous_sentence, self.previous_candidate = period, sentence, candidate
                self.recent.appendleft((sentence, period))

    def _reference(self, candidate: Candidate, sentence: int, following: Candidate | None) -> ReferenceTime:
        is_near = self.is_narrative or sentence - self.previous_sentence <= (_FAR if _is_anaphoric(candidate.reading) else 1)
        way = self._direction(candidate, sentence)
        return ReferenceTime(
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
        """The first part of the range that the candidate ends: “June 1” before “to Nov. 30”."""
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
        """Whether the previous date’s year applies: “On Jan. 1, 2014, … on Dec. 31”, or “In 2009, … in May”."""
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
        """Whether later dates should not refer to it: a decade, a holiday, or a date after “since”."""
        is_holiday = isinstance(candidate.reading, PartialDate) and bool(candidate.reading.holiday)
        return is_holiday or period.grain in ("decade", "century") or self.tokens.kind(candidate.first - 1) == "SINCE"


def _days_to(one: TimexReading, other: TimexReading) -> int:
    """Days from one weekday to another; 0 for other dates."""
    return (other.number - one.number) % 7 if isinstance(one, Weekday) and isinstance(other, Weekday) else 0


def _is_anaphoric(reading: TimexReading) -> bool:
    """Whether it refers to a previous date: “the following day”, “that night”."""
    match reading:
        case Offset(origin="previous") | Weekday(is_anaphoric=True) | PartialDate(is_anaphoric=True):
            return True
        case TimeOfDay(day=day) if day is not None:
            return _is_anaphoric(day)
        case _:
            return False


def _is_open(reading: TimexReading) -> bool:
    """Whether it may be in the past or in the future."""
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
