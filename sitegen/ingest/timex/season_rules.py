"""Rules for named parts of the calendar: decades, centuries, seasons, quarters, halves, fiscal years, holidays."""

from typing import Final

from sitegen.ingest.timex.calendar_rules import is_before_christ, year_of
from sitegen.ingest.timex.grammar import RuleMatch, RuleResult, rules
from sitegen.ingest.timex.holidays import happened_once
from sitegen.ingest.timex.periods import SEASONS
from sitegen.ingest.timex.readings import Candidate, PartialDate

_OF_SEASON_WORDS: Final = """
offensive campaign counteroffensive season semester months fighting holiday holidays break vacation term thaw rains session
election elections
"""
_OF_SEASON: Final = frozenset(_OF_SEASON_WORDS.split())
"nouns that a season dates: “spring offensive”"

_FIGURES: Final = frozenset(
    [
        "profit",
        "profits",
        "earnings",
        "net",
        "operating",
        "pretax",
        "sales",
        "revenue",
        "revenues",
        "loss",
        "losses",
        "results",
        "figures",
        "growth",
        "exports",
        "output",
        "economy",
        "recovery",
        "inflation",
        "demand",
        "deliveries",
        "margins",
        "spending",
        "hiring",
    ]
)
"words that a half-year goes with, and the half of a match does not"

_NEARBY: Final = 25
"tokens"

_BEFORE_SEASONS: Final = frozenset(
    ["IN", "DURING", "UNTIL", "SINCE", "BY", "EARLY", "LATE", "MID", "MIDDLE", "OVER", "FROM", "NEXT", "LAST"]
)
_BEFORE_THE_SEASON: Final = _BEFORE_SEASONS | {"FOR", "OF", "THAT", "BEFORE", "AFTER", "TO", "WORD"}


def _decade(found: RuleMatch) -> RuleResult:
    digits = found.word("decade").rstrip("s").rstrip("'")
    year = int(digits)
    if len(digits) == 2 and _is_age(found):
        return None
    if len(digits) == 3:
        return PartialDate("decade", -year if is_before_christ(found) else year) if found.has("era") else None
    if len(digits) == 2:
        return PartialDate("decade", year + (1900 if year >= 20 else 2000))
    is_century = year % 100 == 0 and year < 2000 and found.kind_before_hyphen not in ("EARLY", "LATE", "MID")
    return PartialDate("century" if is_century else "decade", year)


def _is_age(found: RuleMatch) -> bool:
    """“in his mid-80s”, “temperatures in the low 80s”."""
    before = [found.tokens.kind(index) for index in range(found.first - 3, found.first)]
    return "OUR" in before or found.before in ("low", "high", "upper", "lower")


def _spelled_decade(found: RuleMatch) -> RuleResult:
    return PartialDate("decade", 1900 + 10 * found.number("decade"))


def _century(found: RuleMatch) -> RuleResult:
    number = found.count("nth")
    if number is None or not 1 <= number <= 22:
        return None
    return PartialDate("century", -100 * int(number) if is_before_christ(found) else 100 * (int(number) - 1))


def _season(found: RuleMatch) -> RuleResult:
    """“in the spring”; a “spring offensive” is only about that time."""
    number = season_number(found)
    is_named = found.after in _OF_SEASON
    if found.kind("season") == "FALL":
        is_date = (
            found.has("the") and found.kind_before_hyphen in ("IN", "DURING", "BY", "UNTIL", "SINCE", "OVER") and found.kind_after != "OF"
        )
    elif found.kind_after == "NAME":
        is_date = False
    else:
        is_date = is_named or found.kind_before_hyphen in (_BEFORE_THE_SEASON if found.has("the") else _BEFORE_SEASONS)
    if not is_date:
        return None
    return (Candidate(found.first, found.last, PartialDate("season", None, number), is_approximate=is_named),)


def _season_of_year(found: RuleMatch) -> RuleResult:
    return PartialDate("season", year_of(found), season_number(found))


def season_number(found: RuleMatch) -> int:
    """Spring is 1."""
    return SEASONS.index(str(found.value("season"))) + 1


def _quarter(found: RuleMatch) -> RuleResult:
    number = found.count("nth")
    if number is None or not 1 <= number <= 4 or found.after in ("final", "finals", "century"):
        return None
    return PartialDate("quarter", year_of(found), int(number))


def _last_part(found: RuleMatch) -> RuleResult:
    """“the last quarter of 2012”, “the last half of” last year."""
    is_half = found.tokens.kind(found.first + 2) == "HALF"
    part = PartialDate("half" if is_half else "quarter", year_of(found), 2 if is_half else 4)
    if found.has("year"):
        return part
    is_year = found.kind_after in ("LAST", "THIS", "NEXT", "THAT")
    return (Candidate(found.first, found.last - 1, part),) if is_year else None


def _quarters(found: RuleMatch) -> RuleResult:
    """“the first and second quarters of 2012”."""
    one, other = found.count("nth"), found.count("other_nth")
    if found.value("unit") != "Q" or one is None or other is None or not 1 <= one < other <= 4:
        return None
    link = found.match.start("link")
    first = PartialDate("quarter", year_of(found), int(one))
    return (Candidate(found.first, link - 1, first), Candidate(link + 1, found.last, PartialDate("quarter", year_of(found), int(other))))


def _is_about_figures(found: RuleMatch) -> bool:
    return any(found.tokens.word(index) in _FIGURES for index in range(found.first - _NEARBY, found.last + _NEARBY))


def _half_of_figures(found: RuleMatch) -> RuleResult:
    """“first-half profit”."""
    is_of_year = found.after in _FIGURES
    return PartialDate("half", None, int(found.value("nth"))) if is_of_year else None


def _half(found: RuleMatch) -> RuleResult:
    number = found.count("nth")
    is_of_year = (
        found.has("year")
        or found.kind_after == "OF"
        or (found.has("unit") and found.value("unit") == "Y")
        or (not found.has("unit") and found.first_kind == "THE" and found.after != "of" and _is_about_figures(found))
    )
    return PartialDate("half", year_of(found), int(number)) if number in (1, 2) and is_of_year else None


def _fiscal(found: RuleMatch) -> RuleResult:
    return PartialDate("fiscal", year_of(found))


def _holiday(found: RuleMatch) -> RuleResult:
    name = holiday_name(found)
    if found.after in ("island", "islands", "carol", "carols", "tree", "trees") or (name == "easter" and found.after == "egg"):
        return None
    year = year_of(found)
    return PartialDate("day", 2001 if happened_once(name) and year is None else year, holiday=name)


def holiday_name(found: RuleMatch) -> str:
    return found.word("holiday")


SEASON_RULES: Final = rules(
    {
        "THE? QUOTE? decade=DECADE era=ERA?": _decade,
        "THE decade=DECADE_WORD": _spelled_decade,
        "THE? nth=ORD DASH? CENTURY era=ERA?": _century,
        "the=THE? season=ANY_SEASON": _season,
        "THE? season=ANY_SEASON (?:COMMA|OF|IN)? year=YEAR": _season_of_year,
        "THE? season=ANY_SEASON OF? year=NUMBER era=ERA": _season_of_year,
        "(?:THE|OUR)? FISCAL? nth=ORD DASH? QUARTER (?:(?:OF|IN)? FISCAL? year=YEAR|(?:OF|IN) THE UNIT)?": _quarter,
        "THE? FISCAL? nth=ORD link=(AND|TO|OR) other_nth=ORD unit=UNITS (?:(?:OF|IN)? year=YEAR)?": _quarters,
        "nth=(FIRST|SECOND) DASH HALF": _half_of_figures,
        "THE nth=(LAST|FINAL) (?:QUARTER|HALF) OF (?:FISCAL? year=YEAR)?": _last_part,
        "Q nth=DAY (?:(?:OF|IN)? year=YEAR)?": _quarter,
        "(?:THE|OUR)? nth=ORD DASH? HALF (?:(?:OF|IN)? FISCAL? year=YEAR|(?:OF|IN) THE unit=UNIT)?": _half,
        "THE? FISCAL UNIT? year=YEAR": _fiscal,
        "THE? holiday=HOLIDAY (?:(?:OF|COMMA)? year=YEAR)?": _holiday,
    }
)
