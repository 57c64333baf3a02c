"""Longer and shorter parts of the calendar by name: decades, centuries, seasons, quarters, halves, fiscal years, holidays."""

from typing import Final

from sitegen.ingest.temporal.calendar_rules import is_before_christ, year_of
from sitegen.ingest.temporal.feasts import came_once
from sitegen.ingest.temporal.grammar import Answer, Found, rules
from sitegen.ingest.temporal.meanings import Partial, Reading
from sitegen.ingest.temporal.periods import SEASONS

_OF_SEASON_WORDS: Final = """
offensive campaign counteroffensive season semester months fighting holiday holidays break vacation term thaw rains session
election elections
"""
_OF_SEASON: Final = frozenset(_OF_SEASON_WORDS.split())
"what a season says the time of"

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
"what a half-year has, and a football match hasn't"

_NEARBY: Final = 25
"tokens"

_BEFORE_SEASONS: Final = frozenset(
    ["IN", "DURING", "UNTIL", "SINCE", "BY", "EARLY", "LATE", "MID", "MIDDLE", "OVER", "FROM", "NEXT", "LAST"]
)
_BEFORE_THE_SEASON: Final = _BEFORE_SEASONS | {"FOR", "OF", "THAT", "BEFORE", "AFTER", "TO", "WORD"}


def _decade(found: Found) -> Answer:
    digits = found.word("decade").rstrip("s").rstrip("'")
    year = int(digits)
    if len(digits) == 2 and _is_age(found):
        return None
    if len(digits) == 3:
        return Partial("decade", -year if is_before_christ(found) else year) if found.has("era") else None
    if len(digits) == 2:
        return Partial("decade", year + (1900 if year >= 20 else 2000))
    is_century = year % 100 == 0 and year < 2000 and found.lead not in ("EARLY", "LATE", "MID")
    return Partial("century" if is_century else "decade", year)


def _is_age(found: Found) -> bool:
    """“in his mid-80s”, “temperatures in the low 80s”."""
    before = [found.tokens.kind(index) for index in range(found.first - 3, found.first)]
    return "OUR" in before or found.before in ("low", "high", "upper", "lower")


def _spelled_decade(found: Found) -> Answer:
    return Partial("decade", 1900 + 10 * found.number("decade"))


def _century(found: Found) -> Answer:
    number = found.count("nth")
    if number is None or not 1 <= number <= 22:
        return None
    return Partial("century", -100 * int(number) if is_before_christ(found) else 100 * (int(number) - 1))


def _season(found: Found) -> Answer:
    """“in the spring”; a “spring offensive” is of about that time."""
    number = season_number(found)
    is_named = found.behind in _OF_SEASON
    if found.kind("season") == "FALL":
        is_told = found.has("the") and found.lead in ("IN", "DURING", "BY", "UNTIL", "SINCE", "OVER") and found.kind_behind != "OF"
    elif found.kind_behind == "NAME":
        is_told = False
    else:
        is_told = is_named or found.lead in (_BEFORE_THE_SEASON if found.has("the") else _BEFORE_SEASONS)
    if not is_told:
        return None
    return (Reading(found.first, found.last, Partial("season", None, number), is_rough=is_named),)


def _season_of_year(found: Found) -> Answer:
    return Partial("season", year_of(found), season_number(found))


def season_number(found: Found) -> int:
    """Spring is 1."""
    return SEASONS.index(str(found.value("season"))) + 1


def _quarter(found: Found) -> Answer:
    number = found.count("nth")
    if number is None or not 1 <= number <= 4 or found.behind in ("final", "finals", "century"):
        return None
    return Partial("quarter", year_of(found), int(number))


def _last_part(found: Found) -> Answer:
    """“the last quarter of 2012”, “the last half of” last year."""
    is_half = found.tokens.kind(found.first + 2) == "HALF"
    part = Partial("half" if is_half else "quarter", year_of(found), 2 if is_half else 4)
    if found.has("year"):
        return part
    is_year = found.kind_behind in ("LAST", "THIS", "NEXT", "THAT")
    return (Reading(found.first, found.last - 1, part),) if is_year else None


def _quarters(found: Found) -> Answer:
    """“the first and second quarters of 2012”."""
    one, other = found.count("nth"), found.count("other_nth")
    if found.value("unit") != "Q" or one is None or other is None or not 1 <= one < other <= 4:
        return None
    link = found.match.start("link")
    first = Partial("quarter", year_of(found), int(one))
    return (Reading(found.first, link - 1, first), Reading(link + 1, found.last, Partial("quarter", year_of(found), int(other))))


def _is_about_figures(found: Found) -> bool:
    return any(found.tokens.word(index) in _FIGURES for index in range(found.first - _NEARBY, found.last + _NEARBY))


def _half_of_figures(found: Found) -> Answer:
    """“first-half profit”."""
    is_of_year = found.behind in _FIGURES
    return Partial("half", None, int(found.value("nth"))) if is_of_year else None


def _half(found: Found) -> Answer:
    number = found.count("nth")
    is_of_year = (
        found.has("year")
        or found.kind_behind == "OF"
        or (found.has("unit") and found.value("unit") == "Y")
        or (not found.has("unit") and found.first_kind == "THE" and found.behind != "of" and _is_about_figures(found))
    )
    return Partial("half", year_of(found), int(number)) if number in (1, 2) and is_of_year else None


def _fiscal(found: Found) -> Answer:
    return Partial("fiscal", year_of(found))


def _feast(found: Found) -> Answer:
    name = feast_name(found)
    if found.behind in ("island", "islands", "carol", "carols", "tree", "trees") or (name == "easter" and found.behind == "egg"):
        return None
    year = year_of(found)
    return Partial("day", 2001 if came_once(name) and year is None else year, feast=name)


def feast_name(found: Found) -> str:
    return found.word("feast")


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
        "THE? feast=FEAST (?:(?:OF|COMMA)? year=YEAR)?": _feast,
    }
)
