"""Dates told from another date: today, last week, three days ago, the following month, that year."""

from typing import Final

from sitegen.ingest.temporal.amounts import AMOUNT, duration, fraction
from sitegen.ingest.temporal.calendar_rules import year_of
from sitegen.ingest.temporal.grammar import Answer, Found, rules
from sitegen.ingest.temporal.meanings import Beside, Hour, Lasting, Partial, Reading, Reference, Shift, Weekday
from sitegen.ingest.temporal.periods import GRAINS, Grain
from sitegen.ingest.temporal.season_rules import feast_name, season_number
from sitegen.ingest.temporal.verbs import PAST

_TURNS: Final = {"LAST": -1, "AGO": -1, "PAST": -1, "PREVIOUS": -1, "THIS": 0, "SAME": 0, "THAT": 0, "NEXT": 1, "COMING": 1, "FOLLOWING": 1}
_TOLD: Final = ("PREVIOUS", "FOLLOWING", "SAME", "THAT")
"turns that count from the date told before"


_DAYS: Final = {"YESTERDAY": -1, "TODAY": 0, "TONIGHT": 0, "TOMORROW": 1}
_SPANNING: Final = frozenset(["IN", "OVER", "FOR", "DURING", "WITHIN"])
_BEFORE_WEEKENDS: Final = frozenset(["OVER", "ON", "AT", "DURING", "FOR", "BY", "UNTIL", "SINCE", "IN", "BEFORE", "AFTER"])
_TENFOLD: Final[dict[Grain, int]] = {"decade": 10, "century": 100}
_CLOSING: Final = frozenset(["", "BREAK", "DOT", "COMMA", "RIGHT", "MARK", "AND"])


def _grain(found: Found) -> Grain | None:
    return GRAINS.get(str(found.value("unit")))


def _turn(found: Found) -> int:
    return _TURNS[found.kind("turn")]


def _day(found: Found) -> Answer:
    shift = Shift("day", _DAYS[found.kind("day")], "published")
    return Hour("TNI", shift) if found.kind("day") == "TONIGHT" else shift


def _day_beyond(found: Found) -> Answer:
    return Shift("day", 2 * _DAYS[found.kind("day")], "published")


def _unit(found: Found) -> Answer:
    """“last week”, “this year”, “next month”: from the publication; but “the past year” and “over the next week” are spans."""
    grain, turn = _grain(found), found.kind("turn")
    if grain is None:
        return None
    spans = turn in ("PAST", "COMING") or (found.has("the") and (turn == "LAST" or found.kind_before in _SPANNING))
    if spans and grain in ("week", "month", "year", "decade", "century"):
        return Lasting(duration(1, str(found.value("unit")))) if found.has("the") else None
    if grain == "day":
        return None if turn in ("LAST", "PAST", "COMING") else Shift("day", _turn(found), "told" if turn == "NEXT" else "published")
    is_told = found.has("the") and turn == "NEXT" and grain in ("week", "month", "year", "decade")
    return Shift(grain, _turn(found), "told" if is_told else "published")


def _this_past_unit(found: Found) -> Answer:
    grain = _grain(found)
    return Shift(grain, _turn(found), "published") if grain else None


def _told_unit(found: Found) -> Answer:
    """“the following month”, “the previous year”, “the same day”, “that week”: from the date told before."""
    grain = _grain(found)
    return Shift(grain, _turn(found), "told") if grain else None


def _current_unit(found: Found) -> Answer:
    grain = _grain(found)
    return Shift(grain, 0, "published") if grain else None


def _latest_unit(found: Found) -> Answer:
    """“the latest quarter”: the last that is over."""
    grain = _grain(found)
    return Shift(grain, -1, "published") if grain not in (None, "day") else None


def _that_time(found: Found) -> Answer:
    is_date = found.kind_before in ("AT", "BY", "SINCE", "UNTIL", "FROM", "BEFORE", "AFTER")
    return Shift("day", 0, "told", keeps_day=True) if is_date else None


def _season(found: Found) -> Answer:
    return Partial("season", None, season_number(found), turn=_turn(found), is_told=found.kind("turn") in _TOLD)


def _month(found: Found) -> Answer:
    return Partial("month", None, found.number("month"), turn=_turn(found), is_told=found.kind("turn") in _TOLD)


def _weekday(found: Found) -> Answer:
    if found.kind("turn") == "THAT" and found.kind_before not in ("ON", "BY", "SINCE", "UNTIL"):
        return None  # “said that Friday was”
    return Weekday(found.number("day"), _turn(found), is_told=found.kind("turn") in _TOLD)


def _feast(found: Found) -> Answer:
    return Partial("day", None, feast=feast_name(found), turn=_turn(found))


def _weekday_of_week(found: Found) -> Answer:
    if found.value("unit") != "W":
        return None
    return Weekday(found.number("day"), None, Shift("week", _turn(found), "told" if found.kind("turn") in _TOLD else "published"))


def _weekend(found: Found) -> Answer:
    is_date = found.value("unit") == "WE" and (found.tokens.raw(found.first) == "The" or found.kind_before in _BEFORE_WEEKENDS)
    return Weekday(6, is_weekend=True) if is_date else None


def _ago(found: Found) -> Answer:
    return _counted(found, -1, is_told=False)


def _half_ago(found: Found) -> Answer:
    """“half a century ago”."""
    months = {"Y": 6, "DE": 60, "CE": 600}.get(str(found.value("unit")))
    is_ago = found.kind("way") == "AGO"
    if months is None:
        return None
    grain: Grain = "year" if months % 12 == 0 else "month"
    count = months // 12 if grain == "year" else months
    return Shift(grain, count if found.kind("way") == "LATER" else -count, "published" if is_ago else "told")


def _hence(found: Found) -> Answer:
    return _counted(found, 1, is_told=False)


def _earlier(found: Found) -> Answer:
    """“a day earlier”, “two years later”; before what follows (“two days before the vote”) it is a span and no date."""
    way = found.kind("way")
    if way in ("BEFORE", "AFTER") and found.kind_behind not in _CLOSING and not found.has("that"):
        return _span(found)
    return None if found.kind_behind == "THAN" else _counted(found, 1 if way in ("LATER", "AFTER") else -1, is_told=True)


def _span(found: Found) -> Answer:
    value: float | str | None = found.count("n") if found.has("n") else 1 if found.has("one") else "X"
    if value is None or found.kind("unit") == "SECOND" or (value == "X" and found.kind("unit") != "UNITS"):
        return None
    return (Reading(found.first, found.match.end("unit") - 1, Lasting(duration(value, str(found.value("unit"))))),)


def _counted(found: Found, sign: int, *, is_told: bool) -> Answer:
    """So many units from the publication or the date told before; without a number only PAST_REF or FUTURE_REF."""
    vague = Reference("FUTURE_REF" if sign > 0 else "PAST_REF")
    value = 1 if found.has("one") else found.count("n") if found.has("n") else None
    letters = str(found.value("unit"))
    if value is None:
        return vague
    value += fraction(found)
    if letters in ("TH", "TM", "TS"):
        return Lasting(duration(value, letters)) if is_told else Shift("day", 0, "published")
    if letters == "FN":
        letters, value = "W", 2 * value
    grain = "day" if letters == "NI" else GRAINS.get(letters)
    if found.has("today") and grain in _TENFOLD:
        grain, value = "year", _TENFOLD[grain] * value
    if grain == "year" and value != int(value):
        grain, value = "month", 12 * value
    if grain is None or value != int(value):
        return vague
    return Shift(
        grain, sign * int(value), "told" if is_told else "published", keeps_day=(grain == "week" and value == 1) or found.has("today")
    )


def _unit_before(found: Found) -> Answer:
    """“the day before”, “the year after that”; “the day before the vote” is told by an event."""
    grain = _grain(found)
    if found.kind_behind in ("WORD", "NAME", "THE", "A", "OUR", "THIS", "FEAST") and not _has_verb_behind(found):
        return None
    return Shift(grain, 1 if found.kind("way") == "AFTER" else -1, "told") if grain else None


def _has_verb_behind(found: Found) -> bool:
    """“the day before was quiet”."""
    return found.behind in PAST or found.tokens.word(found.last) == "that"


def _unit_beside_feast(found: Found) -> Answer:
    """“the day after Christmas”."""
    grain = _grain(found)
    feast = Partial("day", year_of(found), feast=feast_name(found))
    return Beside(grain, 1 if found.kind("way") == "AFTER" else -1, feast) if grain in ("day", "week") else None


def _part_of_unit(found: Found) -> Answer:
    """“the end of the month”, “later in the day”: of the date told before, or of the publication."""
    grain = _grain(found)
    return (Reading(found.first, found.last, Shift(grain, 0, "told"), is_rough=found.has("part")),) if grain else None


def _the_unit(found: Found) -> Answer:
    """“ended the day lower”, “the worst of the year”."""
    grain, is_end = _grain(found), found.first_kind in ("END", "ENDED")
    is_closing = found.kind_behind in ("COMMA", "DOT", "", "BREAK")
    if grain == "quarter":
        is_it = found.kind_behind not in ("OF", "DASH", "NAME")
    elif grain == "day":
        is_it = is_closing or found.first_kind != "FOR"
    else:
        is_it = (is_end and grain in ("week", "month", "year")) or (is_closing and grain == "year")
    return (found.reading("the_unit", Shift(grain, 0, "told")),) if grain and is_it else None


def _this_time_last_year(found: Found) -> Answer:
    return Shift("month", 12 * _turn(found), "published") if found.value("unit") == "Y" else None


def _now(found: Found) -> Answer:
    return Reference("PRESENT_REF")


def _recent(found: Found) -> Answer:
    return None if found.kind_before == "LEAST" else Reference("PAST_REF")


def _gone(found: Found) -> Answer:
    """“in those days”, “the other night”."""
    is_date = found.kind("unit") == "" and (found.first_kind == "THE" or found.tokens.word(found.last) == "days")
    return Reference("PAST_REF") if is_date and found.kind_behind not in ("OF", "AFTER", "BEFORE") else None


def _future(found: Found) -> Answer:
    return Reference("FUTURE_REF")


def _past(found: Found) -> Answer:
    is_noun = found.kind_behind not in ("WORD", "NUMERAL", "DAY", "UNIT", "UNITS", "VAGUE", "FIRST", "NAME") or found.behind in (
        "has",
        "was",
        "is",
    )
    return Reference("PAST_REF") if is_noun else None


_TURN: Final = "turn=(LAST|NEXT|THIS|COMING|PAST)"
_ANY_TURN: Final = "turn=(LAST|NEXT|THIS|COMING|PAST|PREVIOUS|FOLLOWING|SAME|THAT)"
_PART: Final = "THE? VERY? (?:END|BEGINNING|MIDDLE|REST|(?:EARLY|LATTER|FIRST|LAST|FINAL)? PART) OF"

RELATIVE_RULES: Final = rules(
    {
        "day=(TODAY|TONIGHT|TOMORROW|YESTERDAY)": _day,
        "THE? UNIT (?:BEFORE|AFTER) day=(TOMORROW|YESTERDAY)": _day_beyond,
        f"the=THE? {_TURN} unit=ONE_UNIT": _unit,
        "THIS turn=(PAST|COMING) unit=ONE_UNIT": _this_past_unit,
        "(?:THE|THIS) turn=(PREVIOUS|FOLLOWING|SAME) unit=ONE_UNIT": _told_unit,
        "THE CURRENT FISCAL? unit=ONE_UNIT": _current_unit,
        "THE (?:LATEST|LEAST RECENT) unit=ONE_UNIT": _latest_unit,
        "THE VERY turn=NEXT unit=ONE_UNIT": _told_unit,
        "turn=THAT SAME? unit=ONE_UNIT": _told_unit,
        "THAT TIME": _that_time,
        f"(?:THE|THIS)? {_ANY_TURN} season=ANY_SEASON": _season,
        f"(?:THE|THIS)? {_TURN} month=MON": _month,
        "THE turn=(FOLLOWING|PREVIOUS) month=MON": _month,
        "(?:THE|THIS)? turn=(LAST|NEXT|THIS|THAT|COMING|PAST|FOLLOWING|PREVIOUS|SAME) day=WD": _weekday,
        f"(?:THE|THIS)? {_TURN} feast=FEAST": _feast,
        "day=WD (?:OF|IN)? THE? turn=(LAST|NEXT|THIS|FOLLOWING|PREVIOUS|THAT|SAME) unit=UNIT": _weekday_of_week,
        "THE unit=UNIT": _weekend,
        f"{AMOUNT}? unit=ANY_UNIT and_half=AND_HALF? AGO (?:today=(TODAY|TO THE UNIT))?": _ago,
        "A? HALF DASH? (?:OF|A)? unit=ONE_UNIT way=(AGO|EARLIER|LATER)": _half_ago,
        f"{AMOUNT} unit=ANY_UNIT (?:FROM (?:NOW|TODAY)|HENCE)": _hence,
        "unit=UNITS (?:FROM NOW|HENCE)": _hence,
        f"{AMOUNT}? unit=ANY_UNIT and_half=(AND A HALF)? way=(EARLIER|LATER|BEFORE|AFTER|PREVIOUSLY) that=THAT?": _earlier,
        "THE unit=UNIT way=(BEFORE|AFTER) THAT?": _unit_before,
        "THE unit=UNIT way=(BEFORE|AFTER) feast=FEAST (?:(?:OF|COMMA)? year=YEAR)?": _unit_beside_feast,
        f"(?:part=({_PART}|(?:EARLY|LATE|MID) IN)|(?:EARLIER|LATER) IN|DURING|UNTIL|WITHIN) THE unit=ONE_UNIT": _part_of_unit,
        "(?:END|ENDED|FOR|OF) the_unit=(THE unit=UNIT)": _the_unit,
        "(?:END|ENDED|FOR|OF|IN) the_unit=(THE unit=QUARTER)": _the_unit,
        "AT? THIS TIME turn=(LAST|NEXT) unit=UNIT": _this_time_last_year,
        "AT? THIS TIME A unit=UNIT turn=AGO": _this_time_last_year,
        "NOW|CURRENT|THE TIME BEING|AT THE? (?:PRESENT|MOMENT)|AT THIS (?:TIME|MOMENT)|THESE UNITS|PRESENT UNIT|THE PRESENT|TO DATE": _now,
        "THOSE UNITS|THE OTHER (?:UNIT|DAYPART)": _gone,
        "RECENT UNITS?|MORE? RECENTLY": _recent,
        "THE? COMING UNITS|THE WORD? FUTURE|FUTURE|VERY SOON": _future,
        "THE PAST": _past,
    }
)
