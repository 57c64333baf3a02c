"""Readings of temporal expressions before they are resolved: one type for each way to refer to a time."""

from dataclasses import dataclass
from typing import Literal

from sitegen.ingest.timex.periods import Grain

OffsetOrigin = Literal["published", "previous"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """Some parts of a date: “7 April 2023”, “April”, “the 21st”, “the third quarter”."""

    grain: Grain
    year: int | None = None
    "negative: BC; None: not named"
    number: int = 0
    "as in CalendarPeriod; for a day its month, or 0 if not named"
    day: int = 0
    holiday: str = ""
    weekday: int = 0
    "named beside the day, Monday is 1; 0: not named"
    step: int | None = None
    "-1 last, 0 this, 1 next"
    is_anaphoric: bool = False
    "counted from the previous date: “the following spring”"
    order: Literal["", "day", "month"] = ""
    "in figures: which comes first"
    shown_by: str = ""
    "what showed the order of ambiguous figures: “as in 25/04/2023”"


@dataclass(frozen=True, slots=True)
class Weekday:
    number: int
    "Monday is 1"
    step: int | None = None
    week: "Offset | None" = None
    "“of last week”"
    is_weekend: bool = False
    "“the weekend” that begins on this day"
    is_anaphoric: bool = False
    "counted from the previous date: “that Friday”, “the following Tuesday”"


@dataclass(frozen=True, slots=True)
class Offset:
    """A number of periods from the publication or the previous date: “last week”, “three days ago”, “the following month”."""

    grain: Grain
    count: int
    origin: OffsetOrigin
    keeps_day: bool = False
    "“a week ago” is a day"
    keeps_grain: bool = False
    "“the same quarter last year” is as long as the previous date"


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of another date: “October of last year”, “this day in 1953”."""

    part: "PartialDate | Offset"
    whole: "TimexReading"


@dataclass(frozen=True, slots=True)
class Enclosing:
    """The week or weekend that contains a day: “the week of April 29”."""

    grain: Grain
    day: PartialDate


@dataclass(frozen=True, slots=True)
class OffsetFrom:
    """A number of periods from a named day: “the day after Christmas”, “two weeks from Monday”."""

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
    "Monday is 1; 0: any day"


@dataclass(frozen=True, slots=True)
class Ago:
    """A date some years or months ago: “ten years ago this week”, “five years ago on Friday”."""

    grain: Grain
    "year or month"
    count: int
    "negative"
    part: "PartialDate | Weekday | Offset"


@dataclass(frozen=True, slots=True)
class NightBefore:
    """The night that ends on a day: “overnight from Tuesday to Wednesday”."""

    into: "PartialDate | Weekday | Offset"


@dataclass(frozen=True, slots=True)
class AmbiguousDate:
    """03/04/2023: two days, until something shows which number is the month."""

    day_first: PartialDate
    month_first: PartialDate
    is_dotted: bool = False
    "03.04.2023 puts the day first, unless another date shows otherwise"
    is_mixed: bool = False
    "the report uses both orders"


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A clock time or a part of the day, on a named day or on the previous date’s."""

    clock: str
    "T14:30, TMO"
    day: "TimexReading | None" = None
    zone: str = ""
    "Z, +03:00; empty: not named"
    is_open: bool = False
    "“at night”, on no particular day"


@dataclass(frozen=True, slots=True)
class Duration:
    value: str
    "P3D"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A TIMEX3 SET: “every day”."""

    value: str


@dataclass(frozen=True, slots=True)
class VagueReference:
    value: Literal["PAST_REF", "PRESENT_REF", "FUTURE_REF"]


@dataclass(frozen=True, slots=True)
class ExactTime:
    """A time in figures: 2023-04-07T14:30Z."""

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
    """A span of tokens that may be a temporal expression, and its reading."""

    first: int
    last: int
    "index of the last token, inclusive"
    reading: TimexReading
    is_approximate: bool = False
    "mid-, early, late, about"
    side: Literal["", "earlier", "later"] = ""
    "“earlier this week” ends on the publication day, “later this week” begins on it"
