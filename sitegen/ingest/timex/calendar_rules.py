"""Rules for dates and months: “7 April 2023”, “May 19-21”, “on the 21st”, 07/04/2023."""

import calendar
import re
from dataclasses import replace
from typing import Final, Literal

from sitegen.ingest.timex.grammar import RuleMatch, RuleResult, rules
from sitegen.ingest.timex.periods import GRAINS
from sitegen.ingest.timex.readings import AmbiguousDate, Candidate, ExactTime, NthOfMonth, PartialDate, Weekday
from sitegen.ingest.timex.tense_words import PAST

_MONTH_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PREPOSITIONS: Final = frozenset(
    [
        "IN",
        "SINCE",
        "UNTIL",
        "BY",
        "FROM",
        "BETWEEN",
        "DURING",
        "BEFORE",
        "AFTER",
        "EARLY",
        "LATE",
        "MID",
        "MIDDLE",
        "LAST",
        "NEXT",
        "THIS",
        "COMING",
        "EARLIER",
        "LATER",
        "THAN",
    ]
)
_LOOSE_PREPOSITIONS: Final = _PREPOSITIONS | {
    "OF",
    "TO",
    "AND",
    "OR",
    "ON",
    "ABOUT",
    "CIRCA",
    "FOR",
    "OVER",
    "THAT",
    "PREVIOUS",
    "FOLLOWING",
}
_NEWSPAPERS: Final = frozenset(
    ["times", "telegraph", "mirror", "express", "mail", "post", "herald", "star", "independent", "tribune", "mercury"]
)
_ATTACKS: Final = frozenset(["attack", "attacks", "terrorist", "terror", "hijackers", "hijackings", "commission"])


def year_of(found: RuleMatch) -> int | None:
    """The value of the group `year`, negative before Christ."""
    if not found.has("year"):
        return None
    year = found.number("year")
    return -year if is_before_christ(found) else year


def is_before_christ(found: RuleMatch) -> bool:
    return found.word("era").startswith("b")


def _day(found: RuleMatch) -> RuleResult:
    month, day = found.number("month"), found.number("day")
    if not 1 <= day <= _MONTH_DAYS[month - 1]:
        return None
    year = year_of(found)
    if year is None and (month, day) == (9, 11) and found.after in _ATTACKS:
        year = 2001
    return PartialDate("day", year, month, day, weekday=found.number("weekday") if found.has("weekday") else 0)


def _days_of_month(found: RuleMatch) -> RuleResult:
    """“May 19-21”, “8 and 9 April 2023”: two days of one month."""
    one, other = found.number("day"), found.number("until")
    if not 1 <= one < other <= _MONTH_DAYS[found.number("month") - 1]:
        return None
    link = found.match.start("link")
    first = PartialDate("day", year_of(found), found.number("month"), one)
    return (Candidate(found.first, link - 1, first), Candidate(link + 1, found.last, replace(first, day=other)))


def _days_listed(found: RuleMatch) -> RuleResult:
    """“5, 6 and 7 May”, “May 5, 6 and 7, 2022”: one candidate for each day."""
    end = found.match.start("year") if found.has("year") else found.last + 1
    places = [index for index in range(found.first, end) if found.tokens.kind(index) in ("DAY", "NTH")]
    days = [int(found.tokens.value(index)) for index in places]
    if days != sorted(set(days)) or days[-1] > _MONTH_DAYS[found.number("month") - 1]:
        return None
    firsts = [found.first, *places[1:]]
    lasts = [*places[:-1], found.last]
    partials = [PartialDate("day", year_of(found), found.number("month"), day) for day in days]
    return tuple(Candidate(first, last, partial) for first, last, partial in zip(firsts, lasts, partials, strict=True))


def _days_of_year(found: RuleMatch) -> RuleResult:
    """“May 31 to June 2, 2023”: the year applies to both."""
    year = year_of(found)
    one = PartialDate("day", year, found.number("month"), found.number("day"))
    other = PartialDate("day", year, found.number("other_month"), found.number("until"))
    if max(one.day, other.day) > 31 or (one.number, one.day) >= (other.number, other.day):
        return None
    return (found.candidate("one", one), found.candidate("other", other))


def _months_of_year(found: RuleMatch) -> RuleResult:
    """“between April and June 2008”."""
    year, one, other = year_of(found), found.number("month"), found.number("other_month")
    if one >= other:
        return None
    return (found.candidate("one", PartialDate("month", year, one)), found.candidate("other", PartialDate("month", year, other)))


def _month_of_year(found: RuleMatch) -> RuleResult:
    return PartialDate("month", year_of(found), found.number("month"))


def _month(found: RuleMatch) -> RuleResult:
    kind, before = found.kind("month"), found.kind_before_hyphen
    if found.kind_after == "NAME" and before not in _PREPOSITIONS:
        return None  # April Smith
    if kind == "MONTH_SHORT" and before not in _LOOSE_PREPOSITIONS:
        return None
    if kind == "MARCH" and before not in _LOOSE_PREPOSITIONS and not _is_before_a_noun(found):
        return None  # March on the capital, May said
    return None if found.tokens.raw(found.first) == "august" else PartialDate("month", None, found.number("month"))


def _nth_of_month(found: RuleMatch) -> RuleResult:
    """“the first week of April 2023”, “the last Friday in June”."""
    nth = found.kind("nth")
    number = -1 if nth in ("LAST", "FINAL") else found.count("nth")
    grain = GRAINS.get(str(found.value("unit"))) if found.has("unit") else "day"
    if number is None or grain not in ("day", "week", "weekend"):
        return None
    weekday = found.number("day") if found.has("day") else 0
    return NthOfMonth(int(number), grain, PartialDate("month", year_of(found), found.number("month")), weekday)


def _is_before_a_noun(found: RuleMatch) -> bool:
    """“the May election”."""
    is_noun = found.kind_after == "WORD" and found.after not in ("against", "through", "toward", "towards", "into")
    return found.kind_before in ("THE", "A", "OUR", "S") and is_noun


def _weekday(found: RuleMatch) -> RuleResult:
    is_short = found.kind("day") == "WEEKDAY_SHORT"
    if is_short and found.kind_after not in ("COMMA", "RIGHT", "DASH") and found.kind_before not in ("ON", "UNTIL", "SINCE"):
        return None
    if found.before in ("bloody", "black", "super", "holy", "palm", "ruby"):
        return None
    if found.after in _NEWSPAPERS and found.tokens.raw(found.last + 1)[0].isupper():
        return None
    return Weekday(found.number("day"))


def _nth_day(found: RuleMatch) -> RuleResult:
    """“on the 21st”."""
    is_behind = found.kind_before in ("ON", "TO", "FROM", "UNTIL", "BY", "SINCE", "BETWEEN", "AND") or found.has("weekday")
    is_behind = is_behind or (found.kind_before == "OF" and found.tokens.kind(found.first - 2) == "DAYPART")
    is_whole = found.kind_after not in ("NAME", "WORD") or found.after in _AFTER_DAYS
    weekday = found.number("weekday") if found.has("weekday") else 0
    return PartialDate("day", None, 0, found.number("day"), weekday=weekday) if is_behind and is_whole else None


def _iso(found: RuleMatch) -> RuleResult:
    word = found.tokens.raw(found.first)
    year, month, day = int(word[:4]), int(word[5:7]), int(word[8:10])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return ExactTime(word.replace(" ", "T")) if len(word) > 10 else PartialDate("day", year, month, day)


def _numeric(found: RuleMatch) -> RuleResult:
    """07/04/2023 is one of two days, unless only one of them exists."""
    word = found.tokens.raw(found.first)
    one, other, year = (int(part) for part in re.split(r"[./-]", word))
    if year < 100:
        year += 1900 if year > 60 else 2000
    day_first, month_first = _in_figures(year, other, one, "day"), _in_figures(year, one, other, "month")
    if day_first is None or month_first is None or one == other:
        return day_first or month_first
    return AmbiguousDate(replace(day_first, order=""), replace(month_first, order=""), is_dotted="." in word)


def _in_figures(year: int, month: int, day: int, order: Literal["day", "month"]) -> PartialDate | None:
    is_day = year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return PartialDate("day", year, month, day, order="" if month == day else order) if is_day else None


_AFTER_DAYS_WORDS: Final = """
when where while as with because but if so he she it they we i without despite is has have will who which
near shortly amid then
"""
_AFTER_DAYS: Final = PAST | frozenset(_AFTER_DAYS_WORDS.split())
"words after “on the 6th” that can’t be what it counts"

_OF_YEAR: Final = "(?:(?:COMMA|OF|IN|DASH)? year=YEAR)"
_TO: Final = "(DASH|SLASH|TO|AND|UNTIL|OR)"

CALENDAR_RULES: Final = rules(
    {
        f"(?:weekday=WD COMMA? THE?)? month=MON THE? day=MDAY {_OF_YEAR}?": _day,
        f"(?:weekday=WD COMMA?)? THE? day=MDAY (?:OF|DASH)? month=MON {_OF_YEAR}?": _day,
        f"(?:WD COMMA?)? month=MON day=MDAY link={_TO} THE? until=MDAY {_OF_YEAR}?": _days_of_month,
        f"THE? day=MDAY link={_TO} THE? until=MDAY OF? month=MON {_OF_YEAR}?": _days_of_month,
        f"one=(month=MON day=MDAY) {_TO} other=(other_month=MON until=MDAY {_OF_YEAR})": _days_of_year,
        f"one=(day=MDAY month=MON) {_TO} other=(until=MDAY other_month=MON {_OF_YEAR})": _days_of_year,
        "month=MON (?:COMMA|OF|IN)? year=YEAR": _month_of_year,
        "month=MON year=NUMBER era=ERA": _month_of_year,
        f"one=(month=MON) {_TO} other=(other_month=MON OF? year=YEAR)": _months_of_year,
        f"THE? nth=(ORD|LAST|FINAL) (?:unit=UNIT|day=WD) (?:OF|IN) month=MON {_OF_YEAR}?": _nth_of_month,
        "month=MON": _month,
        "day=WD": _weekday,
        "(?:THE|weekday=WD COMMA? THE?) day=NTH": _nth_day,
        f"THE? MDAY (?:COMMA THE? MDAY){{1,4}} COMMA? AND THE? MDAY OF? month=MON {_OF_YEAR}?": _days_listed,
        f"month=MON MDAY (?:COMMA MDAY){{1,4}} COMMA? AND MDAY {_OF_YEAR}?": _days_listed,
        "ISO": _iso,
        "NUMERIC": _numeric,
    }
)
