"""Rules for clock times and parts of the day."""

from typing import Final

from sitegen.ingest.timex.grammar import RuleMatch, RuleResult, rules
from sitegen.ingest.timex.readings import Offset, TimeOfDay, TimexReading, Weekday

_BEFORE_HOURS: Final = frozenset(["AT", "BY", "FROM", "UNTIL", "ABOUT", "SINCE", "BEFORE", "AFTER", "BETWEEN", "NEARLY", "TO", "AND"])
_BEFORE_PARTS: Final = frozenset(["IN", "ON", "DURING", "BY", "UNTIL", "OF", "LATE", "EARLY", "LATER", "EARLIER"])
_BEFORE_BARE_PARTS: Final = frozenset(["AT", "BEFORE", "BY", "UNTIL", "SINCE", "AFTER"])
_STEPS: Final = {
    "YESTERDAY": -1,
    "LAST": -1,
    "THIS": 0,
    "TODAY": 0,
    "TOMORROW": 1,
    "FOLLOWING": 1,
    "NEXT": 1,
    "PREVIOUS": -1,
    "BEFORE": -1,
    "SAME": 0,
    "THAT": 0,
}


def _clock(found: RuleMatch) -> RuleResult:
    """“10 a.m. EST”, “10.30pm”, “1430 GMT”, “14:30 local time”."""
    word = found.word("clock")
    hour, _, minute = word.replace(".", ":").partition(":")
    if word.isdigit() and len(word) >= 3:
        hour, minute = word[:-2], word[-2:]
    if not hour.isdigit():
        return None
    minute = minute[:2] or "00"
    half = found.word("half")[:1]
    if int(hour) > (12 if half else 24) or (half and int(hour) == 0) or len(minute) != 2 or int(minute) > 59:
        return None
    hours = int(hour) % 12 + (12 if half == "p" else 0) if half else int(hour)
    zone = str(found.value("zone")) if found.has("zone") else ""
    return TimeOfDay(f"T{hours:02}:{minute}", None, zone)


def _bare_clock(found: RuleMatch) -> RuleResult:
    if found.kind_after in ("YESTERDAY", "TOMORROW", "THIS", "WEEKDAY", "TODAY"):
        return _clock(found)
    is_time = found.kind_before in _BEFORE_HOURS and found.kind_after not in ("PERCENT", "UNITS", "WORD")
    return _clock(found) if is_time or found.kind_before == "AT" else None


def _oclock(found: RuleMatch) -> RuleResult:
    value = found.count("clock")
    if value is None or not 1 <= value <= 12:
        return None
    is_late = found.has("part") and found.value("part") != "MO"
    return TimeOfDay(f"T{int(value) % 12 + 12 if is_late else int(value):02}:00")


def _noon(found: RuleMatch) -> RuleResult:
    return None if found.has("the") and found.kind_after in ("WORD", "NAME") else TimeOfDay(f"T{found.value('clock')}")


def _part(found: RuleMatch, day: TimexReading | None) -> TimeOfDay:
    return TimeOfDay(f"T{found.value('part')}", day)


def _weekday_part(found: RuleMatch) -> RuleResult:
    return _part(found, Weekday(found.number("day"), -1 if found.has("step") else None))


def _published_part(found: RuleMatch) -> RuleResult:
    return _part(found, Offset("day", _STEPS[found.kind("step")], "published"))


def _anaphoric_part(found: RuleMatch) -> RuleResult:
    return _part(found, Offset("day", _STEPS[found.kind("step")], "previous"))


def _part_before(found: RuleMatch) -> RuleResult:
    """“the night before”, but not “the night before the vote”, which an event dates."""
    return _anaphoric_part(found) if found.kind_after not in ("WORD", "NAME", "THE", "A", "OUR", "THIS", "THAT") else None


def _the_part(found: RuleMatch) -> RuleResult:
    """“in the morning”, “on the night of 5 May”."""
    is_open = found.kind_after == "OF"
    if found.kind_before not in _BEFORE_PARTS or (found.value("part") == "NI" and not is_open):
        return None
    return _part(found, None if is_open else Offset("day", 0, "previous"))


def _early_hours(found: RuleMatch) -> RuleResult:
    """“in the early hours of Thursday”."""
    is_time = found.value("unit") == "TH" and found.kind_after in ("OF", "ON") and found.kind_before in ("IN", "ON", "DURING")
    return TimeOfDay("TMO") if is_time else None


def _bare_part(found: RuleMatch) -> RuleResult:
    """“at dawn”, “mid-morning”, “lunchtime on Tuesday”; “at night” is no particular day."""
    if found.value("part") == "NI":
        return (
            TimeOfDay("TNI", is_open=True) if found.kind_before == "AT" and not found.has("mod") and found.word("part") == "night" else None
        )
    behind = found.kind_after
    if behind in ("WORD", "NAME", "DASH"):
        return None
    is_on_a_day = behind == "ON" and found.tokens.kind(found.last + 2) == "WEEKDAY"
    is_date = found.has("mod") or is_on_a_day or found.kind_before in _BEFORE_BARE_PARTS
    return _part(found, Offset("day", 0, "previous")) if is_date else None


def _overnight(found: RuleMatch) -> RuleResult:
    is_adverb = found.kind_after not in ("NAME", "WORD") and found.kind_before not in ("A", "THE")
    return TimeOfDay("TNI", Offset("day", 0, "published")) if is_adverb else None


_ZONE: Final = "(?:LEFT? LOCAL TIME|zone=ZONE TIME?)"

CLOCK_RULES: Final = rules(
    {
        f"clock=(CLOCK|NUMBER|DAY) DOT? half=AMPM {_ZONE}?": _clock,
        f"clock=(CLOCK|YEAR|NUMBER) {_ZONE}": _clock,
        "clock=CLOCK": _bare_clock,
        "clock=(DAY|NUMERAL|ONE) OCLOCK (?:IN THE part=DAYPART)?": _oclock,
        "the=THE? clock=NOON": _noon,
        "(?:EARLY|LATE)? step=LAST? day=WD part=DAYPART": _weekday_part,
        "(?:EARLY|LATE|EARLIER|LATER)? step=(YESTERDAY|TOMORROW|LAST|THIS|TODAY) part=DAYPART": _published_part,
        "(?:THE|THAT|THIS)? step=(FOLLOWING|NEXT|PREVIOUS|SAME|THAT) part=DAYPART": _anaphoric_part,
        "THE (?:EARLY|LATE)? part=DAYPART": _the_part,
        "(?:mod=(EARLY|LATE|MID) DASH?)? part=DAYPART": _bare_part,
        "THE part=DAYPART step=BEFORE": _part_before,
        "THE? EARLY DAYPART? unit=UNITS": _early_hours,
        "OVERNIGHT": _overnight,
    }
)
