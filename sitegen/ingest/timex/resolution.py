"""What an expression is anchored to, and what it is resolved to."""

import datetime
from dataclasses import dataclass

from sitegen.ingest.timex.periods import CalendarPeriod, day_period
from sitegen.ingest.timex.tense import Direction


@dataclass(frozen=True, slots=True)
class ReferenceTime:
    """What a date is told from."""

    published: datetime.date
    is_narrative: bool
    previous: CalendarPeriod | None
    "the last date told; in news only where it is near"
    carries_year: bool = False
    "in news: the date told before gives its year to the next"
    direction: Direction = ""
    recent: tuple[CalendarPeriod, ...] = ()
    "what was told last, the latest first: “a day later” counts from the last day, whatever year was told after it"
    range_start: CalendarPeriod | None = None
    "what a range begins with: “from June 1” of “to Nov. 30”"
    range_days: int = 0
    "days after which a range ends that begins with a weekday"

    @property
    def base(self) -> CalendarPeriod:
        return self.previous or day_period(self.published)


@dataclass(frozen=True, slots=True)
class Resolution:
    period: CalendarPeriod | None
    "None: told, but not to be resolved"
    why: str
    "from what, and which way"
    value: str = ""
    "TIMEX3's, where it is not the period's"
    is_doubtful: bool = False
    "the words contradict each other"
