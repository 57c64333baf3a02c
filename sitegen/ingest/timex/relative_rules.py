"""Rules for dates counted from another date: today, last week, three days ago, the following month, that year."""

from typing import Final

from sitegen.ingest.timex.amounts import AMOUNT, duration, fraction
from sitegen.ingest.timex.calendar_rules import year_of
from sitegen.ingest.timex.grammar import RuleMatch, RuleResult, rules
from sitegen.ingest.timex.periods import GRAINS, Grain
from sitegen.ingest.timex.readings import Candidate, Duration, Offset, OffsetFrom, PartialDate, TimeOfDay, VagueReference, Weekday
from sitegen.ingest.timex.season_rules import holiday_name, season_number
from sitegen.ingest.timex.tense_words import PAST

_STEPS: Final = {"LAST": -1, "AGO": -1, "PAST": -1, "PREVIOUS": -1, "THIS": 0, "SAME": 0, "THAT": 0, "NEXT": 1, "COMING": 1, "FOLLOWING": 1}
_ANAPHORIC: Final = ("PREVIOUS", "FOLLOWING", "SAME", "THAT")
"steps counted from the previous date"


_DAYS: Final = {"YESTERDAY": -1, "TODAY": 0, "TONIGHT": 0, "TOMORROW": 1}
_SPANNING: Final = frozenset(["IN", "OVER", "FOR", "DURING", "WITHIN"])
_BEFORE_WEEKENDS: Final = frozenset(["OVER", "ON", "AT", "DURING", "FOR", "BY", "UNTIL", "SINCE", "IN", "BEFORE", "AFTER"])
_TENFOLD: Final[dict[Grain, int]] = {"decade": 10, "century": 100}
_CLOSING: Final = frozenset(["", "BREAK", "DOT", "COMMA", "RIGHT", "MARK", "AND"])


def _grain(found: RuleMatch) -> Grain | None:
    return GRAINS.get(str(found.value("unit")))


def _step(found: RuleMatch) -> int:
    return _STEPS[found.kind("step")]


def _day(found: RuleMatch) -> RuleResult:
    shift = Offset("day", _DAYS[found.kind("day")], "published")
    return TimeOfDay("TNI", shift) if found.kind("day") == "TONIGHT" else shift


def _day_beyond(found: RuleMatch) -> RuleResult:
    return Offset("day", 2 * _DAYS[found.kind("day")], "published")


def _unit(found: RuleMatch) -> RuleResult:
    """“last week”, “this year”, “next month” are counted from the publication; “the past year” and “over the next week” are durations."""
    grain, step = _grain(found), found.kind("step")
    if grain is None:
        return None
    spans = step in ("PAST", "COMING") or (found.has("the") and (step == "LAST" or found.kind_before in _SPANNING))
    if spans and grain in ("week", "month", "year", "decade", "century"):
        return Duration(duration(1, str(found.value("unit")))) if found.has("the") else None
    if grain == "day":
        return None if step in ("LAST", "PAST", "COMING") else Offset("day", _step(found), "previous" if step == "NEXT" else "published")
    is_anaphoric = found.has("the") and step == "NEXT" and grain in ("week", "month", "year", "decade")
    return Offset(grain, _step(found), "previous" if is_anaphoric else "published")


def _this_past_unit(found: RuleMatch) -> RuleResult:
    grain = _grain(found)
    return Offset(grain, _step(found), "published") if grain else None


def _anaphoric_unit(found: RuleMatch) -> RuleResult:
    """Counted from the previous date: “the following month”, “the same day”, “that week”."""
    grain = _grain(found)
    return Offset(grain, _step(found), "previous") if grain else None


def _current_unit(found: RuleMatch) -> RuleResult:
    grain = _grain(found)
    return Offset(grain, 0, "published") if grain else None


def _latest_unit(found: RuleMatch) -> RuleResult:
    """“the latest quarter”: the last that is over."""
    grain = _grain(found)
    return Offset(grain, -1, "published") if grain not in (None, "day") else None


def _that_time(found: RuleMatch) -> RuleResult:
    is_date = found.kind_before in ("AT", "BY", "SINCE", "UNTIL", "FROM", "BEFORE", "AFTER")
    return Offset("day", 0, "previous", keeps_day=True) if is_date else None


def _season(found: RuleMatch) -> RuleResult:
    return PartialDate("season", None, season_number(found), step=_step(found), is_anaphoric=found.kind("step") in _ANAPHORIC)


def _month(found: RuleMatch) -> RuleResult:
    return PartialDate("month", None, found.number("month"), step=_step(found), is_anaphoric=found.kind("step") in _ANAPHORIC)


def _weekday(found: RuleMatch) -> RuleResult:
    if found.kind("step") == "THAT" and found.kind_before not in ("ON", "BY", "SINCE", "UNTIL"):
        return None  # “said that Friday was”
    return Weekday(found.number("day"), _step(found), is_anaphoric=found.kind("step") in _ANAPHORIC)


def _holiday(found: RuleMatch) -> RuleResult:
    return PartialDate("day", None, holiday=holiday_name(found), step=_step(found))


def _weekday_of_week(found: RuleMatch) -> RuleResult:
    if found.value("unit") != "W":
        return None
    return Weekday(found.number("day"), None, Offset("week", _step(found), "previous" if found.kind("step") in _ANAPHORIC else "published"))


def _weekend(found: RuleMatch) -> RuleResult:
    is_date = found.value("unit") == "WE" and (found.tokens.raw(found.first) == "The" or found.kind_before in _BEFORE_WEEKENDS)
    return Weekday(6, is_weekend=True) if is_date else None


def _ago(found: RuleMatch) -> RuleResult:
    return _counted(found, -1, is_anaphoric=False)


def _half_ago(found: RuleMatch) -> RuleResult:
    """“half a century ago”."""
    months = {"Y": 6, "DE": 60, "CE": 600}.get(str(found.value("unit")))
    is_ago = found.kind("way") == "AGO"
    if months is None:
        return None
    grain: Grain = "year" if months % 12 == 0 else "month"
    count = months // 12 if grain == "year" else months
    return Offset(grain, count if found.kind("way") == "LATER" else -count, "published" if is_ago else "previous")


def _hence(found: RuleMatch) -> RuleResult:
    return _counted(found, 1, is_anaphoric=False)


def _earlier(found: RuleMatch) -> RuleResult:
    """“a day earlier”, “two years later”; but “two days before the vote” is a duration."""
    way = found.kind("way")
    if way in ("BEFORE", "AFTER") and found.kind_after not in _CLOSING and not found.has("that"):
        return _span(found)
    return None if found.kind_after == "THAN" else _counted(found, 1 if way in ("LATER", "AFTER") else -1, is_anaphoric=True)


def _span(found: RuleMatch) -> RuleResult:
    value: float | str | None = found.count("n") if found.has("n") else 1 if found.has("one") else "X"
    if value is None or found.kind("unit") == "SECOND" or (value == "X" and found.kind("unit") != "UNITS"):
        return None
    return (Candidate(found.first, found.match.end("unit") - 1, Duration(duration(value, str(found.value("unit"))))),)


def _counted(found: RuleMatch, sign: int, *, is_anaphoric: bool) -> RuleResult:
    """A number of units from the publication or the previous date; PAST_REF or FUTURE_REF without a number."""
    vague = VagueReference("FUTURE_REF" if sign > 0 else "PAST_REF")
    value = 1 if found.has("one") else found.count("n") if found.has("n") else None
    letters = str(found.value("unit"))
    if value is None:
        return vague
    value += fraction(found)
    if letters in ("TH", "TM", "TS"):
        return Duration(duration(value, letters)) if is_anaphoric else Offset("day", 0, "published")
    if letters == "FN":
        letters, value = "W", 2 * value
    grain = "day" if letters == "NI" else GRAINS.get(letters)
    if found.has("today") and grain in _TENFOLD:
        grain, value = "year", _TENFOLD[grain] * value
    if grain == "year" and value != int(value):
        grain, value = "month", 12 * value
    if grain is None or value != int(value):
        return vague
    return Offset(
        grain,
        sign * int(value),
        "previous" if is_anaphoric else "published",
        keeps_day=(grain == "week" and value == 1) or found.has("today"),
    )


def _unit_before(found: RuleMatch) -> RuleResult:
    """“the day before”, “the year after that”; but not “the day before the vote”, which an event dates."""
    grain = _grain(found)
    if found.kind_after in ("WORD", "NAME", "THE", "A", "OUR", "THIS", "HOLIDAY") and not _has_verb_behind(found):
        return None
    return Offset(grain, 1 if found.kind("way") == "AFTER" else -1, "previous") if grain else None


def _has_verb_behind(found: RuleMatch) -> bool:
    """“the day before was quiet”."""
    return found.after in PAST or found.tokens.word(found.last) == "that"


def _unit_from_holiday(found: RuleMatch) -> RuleResult:
    """“the day after Christmas”."""
    grain = _grain(found)
    holiday = PartialDate("day", year_of(found), holiday=holiday_name(found))
    return OffsetFrom(grain, 1 if found.kind("way") == "AFTER" else -1, holiday) if grain in ("day", "week") else None


def _part_of_unit(found: RuleMatch) -> RuleResult:
    """“the end of the month”, “later in the day”: of the previous date or of the publication."""
    grain = _grain(found)
    return (Candidate(found.first, found.last, Offset(grain, 0, "previous"), is_approximate=found.has("part")),) if grain else None


def _the_unit(found: RuleMatch) -> RuleResult:
    """“ended the day lower”, “the worst of the year”."""
    grain, is_end = _grain(found), found.first_kind in ("END", "ENDED")
    is_closing = found.kind_after in ("COMMA", "DOT", "", "BREAK")
    if grain == "quarter":
        is_it = found.kind_after not in ("OF", "DASH", "NAME")
    elif grain == "day":
        is_it = is_closing or found.first_kind != "FOR"
    else:
        is_it = (is_end and grain in ("week", "month", "year")) or (is_closing and grain == "year")
    return (found.candidate("the_unit", Offset(grain, 0, "previous")),) if grain and is_it else None


def _this_time_last_year(found: RuleMatch) -> RuleResult:
    return Offset("month", 12 * _step(found), "published") if found.value("unit") == "Y" else None


def _now(found: RuleMatch) -> RuleResult:
    return VagueReference("PRESENT_REF")


def _recent(found: RuleMatch) -> RuleResult:
    return None if found.kind_before == "LEAST" else VagueReference("PAST_REF")


def _gone(found: RuleMatch) -> RuleResult:
    """“in those days”, “the other night”."""
    is_date = found.kind("unit") == "" and (found.first_kind == "THE" or found.tokens.word(found.last) == "days")
    return VagueReference("PAST_REF") if is_date and found.kind_after not in ("OF", "AFTER", "BEFORE") else None


def _future(found: RuleMatch) -> RuleResult:
    return VagueReference("FUTURE_REF")


def _past(found: RuleMatch) -> RuleResult:
    is_noun = found.kind_after not in ("WORD", "NUMERAL", "DAY", "UNIT", "UNITS", "VAGUE", "FIRST", "NAME") or found.after in (
        "has",
        "was",
        "is",
    )
    return VagueReference("PAST_REF") if is_noun else None


_STEP: Final = "step=(LAST|NEXT|THIS|COMING|PAST)"
_ANY_STEP: Final = "step=(LAST|NEXT|THIS|COMING|PAST|PREVIOUS|FOLLOWING|SAME|THAT)"
_PART: Final = "THE? VERY? (?:END|BEGINNING|MIDDLE|REST|(?:EARLY|LATTER|FIRST|LAST|FINAL)? PART) OF"

RELATIVE_RULES: Final = rules(
    {
        "day=(TODAY|TONIGHT|TOMORROW|YESTERDAY)": _day,
        "THE? UNIT (?:BEFORE|AFTER) day=(TOMORROW|YESTERDAY)": _day_beyond,
        f"the=THE? {_STEP} unit=ONE_UNIT": _unit,
        "THIS step=(PAST|COMING) unit=ONE_UNIT": _this_past_unit,
        "(?:THE|THIS) step=(PREVIOUS|FOLLOWING|SAME) unit=ONE_UNIT": _anaphoric_unit,
        "THE CURRENT FISCAL? unit=ONE_UNIT": _current_unit,
        "THE (?:LATEST|LEAST RECENT) unit=ONE_UNIT": _latest_unit,
        "THE VERY step=NEXT unit=ONE_UNIT": _anaphoric_unit,
        "step=THAT SAME? unit=ONE_UNIT": _anaphoric_unit,
        "THAT TIME": _that_time,
        f"(?:THE|THIS)? {_ANY_STEP} season=ANY_SEASON": _season,
        f"(?:THE|THIS)? {_STEP} month=MON": _month,
        "THE step=(FOLLOWING|PREVIOUS) month=MON": _month,
        "(?:THE|THIS)? step=(LAST|NEXT|THIS|THAT|COMING|PAST|FOLLOWING|PREVIOUS|SAME) day=WD": _weekday,
        f"(?:THE|THIS)? {_STEP} holiday=HOLIDAY": _holiday,
        "day=WD (?:OF|IN)? THE? step=(LAST|NEXT|THIS|FOLLOWING|PREVIOUS|THAT|SAME) unit=UNIT": _weekday_of_week,
        "THE unit=UNIT": _weekend,
        f"{AMOUNT}? unit=ANY_UNIT and_half=AND_HALF? AGO (?:today=(TODAY|TO THE UNIT))?": _ago,
        "A? HALF DASH? (?:OF|A)? unit=ONE_UNIT way=(AGO|EARLIER|LATER)": _half_ago,
        f"{AMOUNT} unit=ANY_UNIT (?:FROM (?:NOW|TODAY)|HENCE)": _hence,
        "unit=UNITS (?:FROM NOW|HENCE)": _hence,
        f"{AMOUNT}? unit=ANY_UNIT and_half=(AND A HALF)? way=(EARLIER|LATER|BEFORE|AFTER|PREVIOUSLY) that=THAT?": _earlier,
        "THE unit=UNIT way=(BEFORE|AFTER) THAT?": _unit_before,
        "THE unit=UNIT way=(BEFORE|AFTER) holiday=HOLIDAY (?:(?:OF|COMMA)? year=YEAR)?": _unit_from_holiday,
        f"(?:part=({_PART}|(?:EARLY|LATE|MID) IN)|(?:EARLIER|LATER) IN|DURING|UNTIL|WITHIN) THE unit=ONE_UNIT": _part_of_unit,
        "(?:END|ENDED|FOR|OF) the_unit=(THE unit=UNIT)": _the_unit,
        "(?:END|ENDED|FOR|OF|IN) the_unit=(THE unit=QUARTER)": _the_unit,
        "AT? THIS TIME step=(LAST|NEXT) unit=UNIT": _this_time_last_year,
        "AT? THIS TIME A unit=UNIT step=AGO": _this_time_last_year,
        "NOW|CURRENT|THE TIME BEING|AT THE? (?:PRESENT|MOMENT)|AT THIS (?:TIME|MOMENT)|THESE UNITS|PRESENT UNIT|THE PRESENT|TO DATE": _now,
        "THOSE UNITS|THE OTHER (?:UNIT|DAYPART)": _gone,
        "RECENT UNITS?|MORE? RECENTLY": _recent,
        "THE? COMING UNITS|THE WORD? FUTURE|FUTURE|VERY SOON": _future,
        "THE PAST": _past,
    }
)
