"""Rules for durations (“for two years”, “24-hour”) and sets (“every day”, “annual”)."""

from typing import Final

from sitegen.ingest.timex.amounts import duration, fraction
from sitegen.ingest.timex.grammar import RuleMatch, RuleResult, rules
from sitegen.ingest.timex.readings import Duration, Offset, Recurrence

_AFTER_AMOUNTS: Final = frozenset(["PERCENT", "UNITS", "TIMES", "ONCE", "TWICE", "NUMBER", "HUNDRED", "DAY", "YEAR", "YY"])
_RATED: Final = frozenset(["percent", "dollars", "euros", "pounds", "cents", "barrels", "tons", "tonnes", "units", "deaths"])
_TAKING: Final = frozenset(
    ["take", "takes", "took", "taken", "taking", "last", "lasts", "lasted", "spend", "spends", "spent", "wait", "waited"]
)
"verbs that take a duration"

_COUNTED: Final = frozenset(["NUMBER", "NUMERAL", "HUNDRED", "DAY", "YY", "TENS"])
_BEFORE_A_DAY: Final = frozenset(["IN", "FOR", "WITHIN", "THAN", "ABOUT", "AFTER", "NEARLY", "OVER", "HALF"])


_OF_CLOCKS: Final = "SMH"
_OF_CALENDARS: Final = "DWMY"
"unit letters, from the smallest"


def _unit(found: RuleMatch) -> str:
    return "TS" if found.kind("unit") == "SECOND" else str(found.value("unit"))


def _duration(found: RuleMatch) -> RuleResult:
    value = 1 if found.has("one") else found.count("n")
    if value is None or found.kind("unit") == "SECOND" or (found.kind("unit") == "QUARTER" and value != 1):
        return None
    return Duration(duration(value + fraction(found), _unit(found)))


def _the_span(found: RuleMatch) -> RuleResult:
    """“the three months to June”."""
    return _duration(found) if found.kind_after in ("TO", "UNTIL", "ENDED", "END", "THAT", "SINCE", "BEFORE", "AFTER") else None


def _compound(found: RuleMatch) -> RuleResult:
    """“two hours and 15 minutes”, “3 years, 6 months”."""
    many, few = found.count("n"), found.count("m")
    one, other = _unit(found), str(found.value("smaller"))
    is_clock = one.startswith("T")
    sizes = _OF_CLOCKS if is_clock else _OF_CALENDARS
    if many is None or few is None or is_clock != other.startswith("T") or not sizes.find(one[-1]) > sizes.find(other[-1]) >= 0:
        return None
    return Duration(f"P{'T' if is_clock else ''}{many}{one[-1]}{few}{other[-1]}")


def _named_span(found: RuleMatch) -> RuleResult:
    return Duration(str(found.value("span")))


def _whole(found: RuleMatch) -> RuleResult:
    """“all week”, “the whole day”."""
    is_span = found.has("all") or found.word("whole") in ("whole", "entire", "full")
    if is_span and _unit(found) == "Y" and not found.has("all"):
        return Offset("year", 0, "previous")
    return Duration(duration(1, _unit(found))) if is_span and _unit(found) in ("D", "W", "M", "Y") else None


def _weekends(found: RuleMatch) -> RuleResult:
    return Recurrence("XXXX-WXX-WE") if _unit(found) == "WE" and found.kind_before in ("ON", "AT", "DURING") else None


def _a_unit(found: RuleMatch) -> RuleResult:
    """“a year”: a duration, or after an amount the unit of a rate."""
    letters = _unit(found)
    if letters in ("WE", "TM", "ML", "Q"):
        return None
    if is_rate(found):
        return Recurrence(duration(1, letters))
    is_day = letters == "D" and found.first_kind == "A"
    return None if is_day and found.kind_before not in _BEFORE_A_DAY else Duration(duration(1, letters))


def is_rate(found: RuleMatch) -> bool:
    """“20 dollars a week”, “twice a week”."""
    return found.kind_before in _AFTER_AMOUNTS or found.before in _RATED or _is_counted(found)


def _is_counted(found: RuleMatch) -> bool:
    """“30,000 cars a day”."""
    before = [found.tokens.kind(index) for index in (found.first - 2, found.first - 3)]
    return found.kind_before == "WORD" and (found.before.endswith("s") or found.before == "people") and not _COUNTED.isdisjoint(before)


def _half(found: RuleMatch) -> RuleResult:
    return Duration(duration(0.5, _unit(found)))


def _vague(found: RuleMatch) -> RuleResult:
    return None if _unit(found) == "WE" or found.before == "as" else Duration(duration("X", _unit(found)))


def _bare(found: RuleMatch) -> RuleResult:
    """“for months”, “decades of war”; but “the last days of 1989” is a date."""
    is_part = found.kind_before in ("EARLY", "LATTER", "FIRST", "LAST", "FINAL") and found.kind_after == "OF"
    if is_part and found.tokens.kind(found.last + 2) in ("YEAR", "MONTH", "MARCH"):
        return None
    is_span = (
        found.kind_before in ("FOR", "IN", "WITHIN", "AFTER", "OVER", "TO")
        or found.kind_after == "OF"
        or found.before in _TAKING
        or (found.kind_before == "OF" and found.tokens.word(found.first - 2) == "matter")
        or _unit(found) in ("DE", "CE")
    )
    return Duration(duration("X", _unit(found))) if is_span else None


def _unit_long(found: RuleMatch) -> RuleResult:
    """“years-long”, “year-long”."""
    return Duration(duration("X" if found.kind("unit") == "UNITS" else 1, _unit(found)))


def _one_of(found: RuleMatch) -> RuleResult:
    """“the past three years”, “the next few months”."""
    value: float | str | None = found.count("n") if found.has("n") else "X"
    return None if value is None else Duration(duration(value, _unit(found)))


def _every(found: RuleMatch) -> RuleResult:
    count = found.count("n") if found.has("n") else "X" if found.has("vague") else 2 if found.has("other") else 1
    return None if count is None else Recurrence(duration(count, _unit(found)))


def _every_weekday(found: RuleMatch) -> RuleResult:
    is_set = found.first_kind == "EVERY" or found.kind("day") == "WEEKDAYS"
    return Recurrence(f"XXXX-WXX-{found.value('day')}") if is_set else None


def _every_part(found: RuleMatch) -> RuleResult:
    return Recurrence(f"XXXX-XX-XXT{found.value('part')}")


def _every_month(found: RuleMatch) -> RuleResult:
    return Recurrence(f"XXXX-{found.number('month'):02}")


def _every_season(found: RuleMatch) -> RuleResult:
    return Recurrence(f"XXXX-{found.value('season')}")


def _adverb(found: RuleMatch) -> RuleResult:
    is_compound = found.kind_before == "DASH" and found.tokens.is_tight(found.first - 1)
    return None if is_compound else Recurrence(str(found.value("set")))


_HEDGES: Final = "(?:NEARLY|ABOUT|OVER|MORE THAN|AT LEAST){0,3}"
_THE: Final = "(?:THE|THESE|THOSE|OUR)"
_ONE: Final = "unit=(UNIT|CENTURY|QUARTER|UNIT_OF_TIME)"

DURATION_RULES: Final = rules(
    {
        f"{_HEDGES} n=COUNT and_half=AND_HALF? (?:DASH|STRAIGHT|MORE){{0,2}} DASH? STRAIGHT? unit=ANY_UNIT (?:DASH? LONG)?": _duration,
        f"{_HEDGES} n=COUNT (?:STRAIGHT|MORE){{0,2}} unit=UNITS and_half=(AND A HALF)": _duration,
        f"{_HEDGES} one=A STRAIGHT? {_ONE} and_half=(AND A HALF)": _duration,
        f"{_HEDGES} A STRAIGHT? {_ONE} (?:DASH? LONG)?": _a_unit,
        "A? HALF (?:DASH|OF)? A? DASH? unit=(UNIT|CENTURY|UNIT_OF_TIME)": _half,
        "A? VAGUE (?:STRAIGHT|MORE)? unit=UNITS": _vague,
        "NEARLY? unit=UNITS": _bare,
        "unit=(UNIT|UNITS) DASH LONG": _unit_long,
        f"{_THE}? (?:PAST|LAST|NEXT|COMING|PREVIOUS|FOLLOWING|FIRST|FINAL|OPENING) (?:n=COUNT|VAGUE) (?:STRAIGHT|MORE){{0,2}} unit=UNITS": _one_of,
        "THE (?:PAST|FOLLOWING|PREVIOUS) unit=UNITS": _one_of,
        f"{_HEDGES} n=COUNT DASH? unit=(UNIT|UNITS) DASH? OLD": _duration,
        "EVERY n=COUNT? unit=ANY_UNIT": _every,
        "EVERY other=(OTHER|SECOND) unit=ANY_UNIT": _every,
        "EVERY? day=(WD|WEEKDAYS)": _every_weekday,
        "EVERY part=DAYPART": _every_part,
        "EVERY month=MON": _every_month,
        "THE? (?:ORD|LAST|FINAL) (?:WD|UNIT) (?:OF|IN) EVERY unit=(UNIT|QUARTER)": _every,
        "EVERY season=ANY_SEASON": _every_season,
        "set=ADVERB_OF_SET": _adverb,
        "n=COUNT unit=(UNIT|UNITS|UNIT_OF_TIME) (?:AND|COMMA)? m=COUNT smaller=(UNIT|UNITS|UNIT_OF_TIME)": _compound,
        "THE n=COUNT unit=UNITS": _the_span,
        "A? span=LASTING": _named_span,
        "(?:all=ALL|THE whole=STRAIGHT) unit=ONE_UNIT": _whole,
        "unit=UNITS": _weekends,
        "A? unit=(UNIT|UNITS|CENTURY) DASH OLD": _unit_long,
        "EVERY vague=VAGUE unit=UNITS": _every,
        "PER unit=(UNIT|QUARTER|UNIT_OF_TIME|SECOND)": _every,
    }
)
