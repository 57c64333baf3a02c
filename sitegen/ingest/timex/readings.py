"""What words mean before they are resolved on the calendar: one type for each way to tell a date."""

from dataclasses import dataclass
from typing import Literal

from sitegen.ingest.timex.periods import Grain

OffsetOrigin = Literal["published", "previous"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """“7 April 2023”, “April”, “the 21st”, “the third quarter”: parts of a date, some told."""

    grain: Grain
    year: int | None = None
    "negative: BC; None: not told"
    number: int = 0
    "as CalendarPeriod's; of a day the month, 0 where it isn't told"
    day: int = 0
    holiday: str = ""
    weekday: int = 0
    "told beside the day, Monday is 1; 0: not told"
    step: int | None = None
    "-1 last, 0 this, 1 next"
    is_anaphoric: bool = False
    "“the following spring”: from the date told before"
    order: Literal["", "day", "month"] = ""
    "of a date in figures: which comes first"
    shown_by: str = ""
    "what shows the order, where the figures allow both: “as in 25/04/2023”"


@dataclass(frozen=True, slots=True)
class Weekday:
    number: int
    "Monday is 1"
    step: int | None = None
    week: "Offset | None" = None
    "“of last week”"
    is_weekend: bool = False
    "“the weekend”: the one that this day begins"
    is_anaphoric: bool = False
    "“that Friday”, “the following Tuesday”: from the date told before"


@dataclass(frozen=True, slots=True)
class Offset:
    """“last week”, “three days ago”, “the following month”: so many periods from the publication, or from the date told before."""

    grain: Grain
    count: int
    origin: OffsetOrigin
    keeps_day: bool = False
    "“a week ago” is a day"
    keeps_grain: bool = False
    "“the same quarter last year”: as long as what was told"


@dataclass(frozen=True, slots=True)
class PartOf:
    """“October of last year”, “this day in 1953”: a part of what another date tells."""

    part: "PartialDate | Offset"
    whole: "TimexReading"


@dataclass(frozen=True, slots=True)
class Enclosing:
    """“the week of April 29”: the week or weekend that holds a day."""

    grain: Grain
    day: PartialDate


@dataclass(frozen=True, slots=True)
class OffsetFrom:
    """“the day after Christmas”, “two weeks from Monday”: so many periods from a day that the words name."""

    grain: Grain
    count: int
    day: "PartialDate | Weekday"


@dataclass(frozen=True, slots=True)
class NthOfMonth:
    """“the first week of April”, “the last Friday in June”."""

    number: int
    "-1: the last"
    grain: Grain
    "day, week or weekend"
    month: PartialDate
    weekday: int = 0
    "Monday is 1; 0: the nth of all days"


@dataclass(frozen=True, slots=True)
class Ago:
    """“ten years ago this week”, “five years ago on Friday”: a date seen from so many years or months before the publication."""

    grain: Grain
    "year or month"
    count: int
    "negative"
    part: "PartialDate | Weekday | Offset"


@dataclass(frozen=True, slots=True)
class NightBefore:
    """“overnight from Tuesday to Wednesday”: the night before a day."""

    into: "PartialDate | Weekday | Offset"


@dataclass(frozen=True, slots=True)
class AmbiguousDate:
    """“03/04/2023”: two days, as long as nothing shows which number is the month."""

    day_first: PartialDate
    month_first: PartialDate
    is_dotted: bool = False
    "03.04.2023: the day first, unless another date shows the contrary"
    is_mixed: bool = False
    "the report writes both orders"


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A clock time or a part of the day; the day is told, or that of the date before."""

    clock: str
    "T14:30, TMO"
    day: "TimexReading | None" = None
    zone: str = ""
    "Z, +03:00; empty: not told"
    is_open: bool = False
    "“at night”: of no one day"


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration."""

    value: str
    "P3D"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A set: “every day”."""

    value: str


@dataclass(frozen=True, slots=True)
class VagueReference:
    value: Literal["PAST_REF", "PRESENT_REF", "FUTURE_REF"]


@dataclass(frozen=True, slots=True)
class ExactTime:
    """A moment written in figures: 2023-04-07T14:30Z."""

    value: str


TimexReading = (
    PartialDate
    | Weekday
    | Offset
    | PartOf
    | Enclosing
    | OffsetFrom
    | NthOfMonth
    | Ago
    | NightBefore
    | AmbiguousDate
    | TimeOfDay
    | Duration
    | Recurrence
    | VagueReference
    | ExactTime
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens and what it means."""

    first: int
    last: int
    "the last token's index"
    reading: TimexReading
    is_approximate: bool = False
    "mid-, early, late, about"
    side: Literal["", "earlier", "later"] = ""
    "“earlier this week” ends, “later this week” begins on the publication day"
