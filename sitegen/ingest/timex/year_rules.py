"""Rules for years, and for numbers that are not years."""

from typing import Final

from sitegen.ingest.timex.calendar_rules import is_before_christ, year_of
from sitegen.ingest.timex.grammar import RuleMatch, RuleResult, rules
from sitegen.ingest.timex.readings import Candidate, PartialDate

_YEAR_BEFORE: Final = frozenset(
    ["IN", "SINCE", "UNTIL", "BY", "FROM", "BETWEEN", "DURING", "BEFORE", "AFTER", "EARLY", "LATE", "MID", "CIRCA", "THE", "OF"]
)
_NUMBERED_WORDS: Final = """
no number flight route room page pages p pp extension highway resolution article section box model boeing airbus windows office
channel unit size phone call tel fax postcode
"""
_NUMBERED: Final = frozenset(_NUMBERED_WORDS.split())
"words before a number that is no year"

_COUNTED_WORDS: Final = """
people men women children troops miles feet meters metres tons tonnes percent per km dollars meter metre mile kilometer kilometre
ft m personnel police index
"""
_COUNTED: Final = frozenset(_COUNTED_WORDS.split())
"words after a number that is no year"


_STREETS: Final = frozenset(["avenue", "ave", "boulevard", "blvd", "drive", "lane", "road", "rd", "square", "street", "st", "way"])

_LAST_YEAR: Final = 9999
"the largest of four digits"

_OPENING_QUOTES: Final = frozenset("“‘«\"'")
_CLOSING_QUOTES: Final = frozenset("”’»\"'")


def _year(found: RuleMatch) -> RuleResult:
    year, before = found.number("year"), found.kind_before
    if _is_numbering(found) or _is_count(found, year) or _is_title(found):
        return None
    is_usual = 1500 <= year <= 2060 or before in _YEAR_BEFORE or before in ("LEFT", "DASH")
    return PartialDate("year", year) if is_usual else None


def _is_title(found: RuleMatch) -> bool:
    """“1984” in quotation marks is a title."""
    return found.tokens.raw(found.first - 1) in _OPENING_QUOTES and found.tokens.raw(found.last + 1) in _CLOSING_QUOTES


def _is_house(found: RuleMatch) -> bool:
    """“1600 Linden Avenue”."""
    behind = [found.tokens.word(index) for index in range(found.last + 2, found.last + 4)]
    return found.kind_after == "NAME" and not _STREETS.isdisjoint(behind)


def _is_numbering(found: RuleMatch) -> bool:
    """Whether it is part of a longer number, or numbers a “flight” or a “page”."""
    tokens, before, behind = found.tokens, found.kind_before, found.kind_after
    if found.before in _NUMBERED or _is_house(found):
        return True
    if before in ("MONEY", "NUMBER", "DOT", "SLASH", "DAY") and tokens.is_tight(found.first - 1):
        return True
    is_last = before == "DASH" and tokens.is_tight(found.first - 1)
    if is_last and (tokens.kind(found.first - 2) in ("NAME", "NUMBER", "DAY", "YY") or tokens.word(found.first - 3) in _NUMBERED):
        return True
    is_tight = behind in ("SLASH", "COMMA", "DOT") and tokens.is_tight(found.last)
    return is_tight and tokens.kind(found.last + 2) in ("NUMBER", "DAY", "YY")


def _is_count(found: RuleMatch, year: int) -> bool:
    if (
        found.kind_before in ("NEARLY", "THAN", "LEAST")
        or found.kind_after in ("PERCENT", "UNITS", "UNIT_OF_TIME", "HUNDRED")
        or found.after in _COUNTED
    ):
        return True
    word = found.after
    is_plural = found.kind_after == "WORD" and word.endswith("s") and len(word) > 4 and not word.endswith(("ss", "us"))
    if year % 100 == 0 and year != 2000 and (is_plural or found.kind_before not in _YEAR_BEFORE):
        return True
    return is_plural and not 1800 <= year <= 2060


def _year_of_era(found: RuleMatch) -> RuleResult:
    year = year_of(found)
    return PartialDate("year", year) if year and abs(year) <= _LAST_YEAR else None


def _years(found: RuleMatch) -> RuleResult:
    """“1957-60”, “499–493 BC”: two years."""
    one, other = found.number("year"), found.number("until")
    if found.before in _NUMBERED:
        return None
    if found.kind("until") in ("YY", "DAY"):
        if len(found.word("until")) != 2 and not found.has("era"):
            return None
        other += 0 if found.has("era") else one // 100 * 100
    if is_before_christ(found):
        one, other = -one, -other
    if not -_LAST_YEAR <= one < other <= one + 300:
        return None
    until = found.match.start("until")
    return (found.candidate("year", PartialDate("year", one)), Candidate(until, found.last, PartialDate("year", other)))


def _short_year(found: RuleMatch) -> RuleResult:
    """“since '82”."""
    digits = found.word("year")
    is_year = found.tokens.is_tight(found.first) and len(digits) == 2 and found.kind_before in (*_YEAR_BEFORE, "SEASON", "AND", "OR")
    return PartialDate("year", int(digits) + (1900 if digits > "30" else 2000)) if is_year else None


YEAR_RULES: Final = rules(
    {
        "year=YEAR": _year,
        "(?:CIRCA DOT?)? year=(NUMBER|YEAR|YY|DAY) era=ERA": _year_of_era,
        "era=ERA year=(NUMBER|YEAR|YY|DAY)": _year_of_era,
        "year=YEAR (?:DASH|SLASH) until=(YEAR|YY|DAY)": _years,
        "year=(NUMBER|YEAR|YY) (?:DASH|TO|AND) until=(NUMBER|YEAR|YY|DAY) era=ERA": _years,
        "QUOTE year=(YY|DAY)": _short_year,
    }
)
