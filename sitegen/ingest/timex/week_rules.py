"""Rules for days counted in weeks: “Tuesday week”, “a week on Friday”, “a fortnight tomorrow”, “two weeks from Monday”."""

from typing import Final

from sitegen.ingest.timex.amounts import AMOUNT
from sitegen.ingest.timex.duration_rules import is_rate
from sitegen.ingest.timex.grammar import RuleMatch, RuleResult, rules
from sitegen.ingest.timex.readings import Offset, OffsetFrom, Weekday

_WEEK: Final = 7
_WEEKS: Final = {"W": 1, "FN": 2}
_NO_DAY_BEFORE: Final = ("DASH", "S", "SINCE", "AGO")
_WAYS: Final = {"LAST": -1, "NEXT": 1}
_DAYS: Final = {"YESTERDAY": -1, "TODAY": 0, "TOMORROW": 1}
_WEEKDAYS: Final = ("WEEKDAY", "WEEKDAY_SHORT")
_BEFORE_SPANS: Final = frozenset(["IN", "OVER", "FOR", "DURING", "WITHIN", "AFTER", "BEFORE", "EVERY", "THAN"])


def _week_beyond(found: RuleMatch) -> RuleResult:
    """“Tuesday week”, “a week on Friday”: a week after the next Tuesday or Friday; “a week last Friday” is a week before."""
    weeks = _weeks(found)
    if weeks is None or (found.first_kind not in _WEEKDAYS and _is_span(found)):
        return None
    way = _WAYS.get(found.kind("step"), 1)
    return OffsetFrom("week", way * weeks, Weekday(found.number("day"), way))


def _week_beyond_day(found: RuleMatch) -> RuleResult:
    """“a week tomorrow”, “today week”."""
    weeks, days = _weeks(found), _DAYS[found.kind("day")]
    if weeks is None or (found.first_kind not in _DAYS and _is_span(found)):
        return None
    return Offset("day", days + _WEEK * (weeks if days >= 0 else -weeks), "published")


def _weeks(found: RuleMatch) -> int | None:
    letters = str(found.value("unit"))
    value = found.count("n") if found.has("n") else 1
    if value not in (1, 2, 3) or letters not in _WEEKS or found.kind_after in _NO_DAY_BEFORE:
        return None
    return int(value) * _WEEKS[letters]


def _is_span(found: RuleMatch) -> bool:
    """“for a week on Friday”, “twice a week on Friday”."""
    return found.kind_before in _BEFORE_SPANS or found.before in ("been", "be") or is_rate(found)


def _from_weekday(found: RuleMatch) -> RuleResult:
    """“a week from Monday”."""
    value = 1 if found.has("one") else found.count("n") if found.has("n") else None
    if str(found.value("unit")) != "W" or value is None or value != int(value):
        return None
    return OffsetFrom("week", int(value), Weekday(found.number("day"), 1))


WEEK_RULES: Final = rules(
    {
        "day=WD unit=UNIT": _week_beyond,
        "(?:A|n=(ONE|NUMERAL)) unit=(UNIT|UNITS) (?:ON|step=(LAST|NEXT)) day=WD": _week_beyond,
        "day=(TODAY|TOMORROW) unit=UNIT": _week_beyond_day,
        "(?:A|n=(ONE|NUMERAL)) unit=(UNIT|UNITS) FROM? day=(TODAY|TOMORROW|YESTERDAY)": _week_beyond_day,
        f"{AMOUNT} unit=(UNIT|UNITS) FROM (?:THIS|NEXT)? day=WD": _from_weekday,
    }
)
