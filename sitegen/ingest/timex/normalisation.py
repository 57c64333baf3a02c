"""Write a resolved candidate as a TIMEX3 expression with its EDTF date."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from sitegen.ingest.timex.anchoring import resolved
from sitegen.ingest.timex.period_labels import period_label
from sitegen.ingest.timex.periods import CalendarPeriod, day_period, shifted
from sitegen.ingest.timex.readings import (
    AmbiguousDate,
    Candidate,
    Duration,
    ExactTime,
    NightBefore,
    Offset,
    Recurrence,
    TimeOfDay,
    TimexReading,
    VagueReference,
)
from sitegen.ingest.timex.resolution import ReferenceTime, Resolution
from sitegen.ingest.timex.typed_tokens import TypedTokens
from sitegen.ingest.timex.values import edtf, edtf_time, timex_value

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
MakeTimex = Callable[[TimexType, str, str | None, str], "Timex"]
_PREPOSITIONS: Final = frozenset(["at", "by", "during", "from", "in", "on", "since", "until"])
_NOWHERE: Final = ReferenceTime(datetime.date.min, is_narrative=False, previous=None)
"for dates that need no reference time"


@dataclass(frozen=True, slots=True)
class Timex:
    """A temporal expression. TIMEX3 is the tag that TimeML marks them with."""

    start: int
    "code points, half open"
    end: int
    text: str
    type: TimexType
    value: str
    "TIMEX3 value: 2023-04-05, 2023-W14, P3D"
    edtf: str | None
    "the period it names; None for durations, sets, and expressions like “now”"
    why: str
    "how it was read: “on Wednesday” before Friday 7 April 2023"


def normalised(tokens: TypedTokens, candidate: Candidate, reference: ReferenceTime) -> tuple[Timex, CalendarPeriod | None]:
    """The expression, and the period that later dates may refer to."""
    start, end = tokens.starts[candidate.first], tokens.ends[candidate.last]
    quoted = f"“{_with_preposition(tokens, candidate)}”"

    def timex(kind: TimexType, value: str, when: str | None, why: str) -> Timex:
        return Timex(start, end, tokens.text[start:end], kind, value, when, f"{quoted} {why}")

    if unanchored := _unanchored(timex, candidate.reading):
        return unanchored, None
    match candidate.reading:
        case TimeOfDay() as hour:
            return _hour(timex, hour, reference)
        case NightBefore(into):
            return _night(timex, resolved(into, reference))
        case Offset("day", 0, "published") if reference.is_narrative:
            return timex("DATE", "PRESENT_REF", None, "names no day"), None
        case reading:
            found = resolved(reading, reference)
            if found.period is None:
                return timex("DATE", found.value or "XXXX-XX-XX", None, found.why), None
            when = _doubted(edtf(found.period, candidate.is_approximate, candidate.side, reference.published), found)
            return timex("DATE", found.value or timex_value(found.period), when, found.why), found.period


def _unanchored(timex: MakeTimex, reading: TimexReading) -> Timex | None:
    """Expressions that are not counted from anything, or could be either of two days."""
    match reading:
        case Duration(value):
            return timex("DURATION", value, None, "is a length of time")
        case Recurrence(value):
            return timex("SET", value, None, "comes again and again")
        case VagueReference(value):
            return timex("DATE", value, None, "names no day")
        case ExactTime(value):
            return timex("TIME", value, edtf_time(value), "as written")
        case AmbiguousDate() as ambiguous:
            return _ambiguous(timex, ambiguous, "")
        case TimeOfDay(day=AmbiguousDate() as ambiguous) as hour:
            return _ambiguous(timex, ambiguous, hour.clock)
        case _:
            return None


def _hour(timex: MakeTimex, hour: TimeOfDay, reference: ReferenceTime) -> tuple[Timex, CalendarPeriod | None]:
    if hour.is_open:
        return timex("TIME", f"XXXX-XX-XX{hour.clock}", None, "names no day"), None
    found = (
        resolved(hour.day, reference)
        if hour.day is not None
        else Resolution(reference.base, f"on {period_label(reference.base)}{', told before' if reference.previous else ''}")
    )
    period = found.period
    if period is None or period.grain != "day" or period.first is None:
        return timex("TIME", f"XXXX-XX-XX{hour.clock}", None, "on a day that isn't told"), None
    day = day_period(period.first)
    value = timex_value(day) + hour.clock
    when = _doubted(edtf_time(value + hour.zone), found)
    return timex("TIME", value + ("Z" if hour.zone == "Z" else ""), when, found.why), day


def _doubted(when: str | None, found: Resolution) -> str | None:
    """“Monday, 7 June 2015” is uncertain: that day was a Sunday."""
    return f"{when.partition('T')[0]}?" if when and found.is_doubtful else when


def _night(timex: MakeTimex, found: Resolution) -> tuple[Timex, CalendarPeriod | None]:
    """TIMEX3 has no night across two dates, so the value is the evening’s; the EDTF date has both days."""
    evening = shifted(found.period, -1) if found.period and found.period.grain == "day" else None
    if found.period is None or evening is None:
        return timex("TIME", "XXXX-XX-XXTNI", None, "on a day that isn't told"), None
    return timex("TIME", f"{timex_value(evening)}TNI", f"{evening.first}/{found.period.first}", found.why), found.period


def _ambiguous(timex: MakeTimex, ambiguous: AmbiguousDate, clock: str) -> Timex:
    """The interval between the two possible days, because sitegen’s dates have no EDTF list."""
    days = [resolved(partial, _NOWHERE).period for partial in (ambiguous.day_first, ambiguous.month_first)]
    first, last = sorted(day.first for day in days if day and day.first)
    names = " or ".join(period_label(day).partition(" ")[2] for day in days if day)
    why = "the report writes both orders" if ambiguous.is_mixed else "nothing in the report shows whether the day or the month comes first"
    return timex("TIME" if clock else "DATE", f"{first.year:04}-XX-XX{clock}", f"[{first}..{last}]", f"is ambiguous, {names}: {why}")


def _with_preposition(tokens: TypedTokens, candidate: Candidate) -> str:
    first = candidate.first - 1 if tokens.word(candidate.first - 1) in _PREPOSITIONS else candidate.first
    return " ".join(tokens.text[tokens.starts[first] : tokens.ends[candidate.last]].split())
