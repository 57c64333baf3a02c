"""The reference time of an expression, and the result of resolving it."""

import datetime
from dataclasses import dataclass

from sitegen.ingest.timex.periods import CalendarPeriod, day_period
from sitegen.ingest.timex.tense import Direction


@dataclass(frozen=True, slots=True)
class ReferenceTime:
    """What a date is counted from."""

    published: datetime.date
    is_narrative: bool
    previous: CalendarPeriod | None
    "the last date mentioned; in news only if it is near"
    carries_year: bool = False
    "whether, in news, the previous date gives its year to the next"
    direction: Direction = ""
    recent: tuple[CalendarPeriod, ...] = ()
    "the last dates mentioned, latest first: “a day later” counts from the last day, even if a year was mentioned since"
    range_start: CalendarPeriod | None = None
    "the first part of a range: “from June 1” before “to Nov. 30”"
    range_days: int = 0
    "days after which a range ends that begins with a weekday"

    @property
    def base(self) -> CalendarPeriod:
        return self.previous or day_period(self.published)


@dataclass(frozen=True, slots=True)
class Resolution:
    period: CalendarPeriod | None
    "None: an expression that names no period"
    why: str
    "what it was counted from, and in which direction"
    value: str = ""
    "the TIMEX3 value, if it is not the period’s"
    is_doubtful: bool = False
    "whether the words contradict each other"
