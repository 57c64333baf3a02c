"""The syntax of rules: patterns over kinds of tokens, each with a function that interprets its match.

In a pattern, a name in capitals is a kind or one of the macros below, and `name=X` captures what X matches. White space is ignored; the
rest is regular-expression syntax.

"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sitegen.ingest.timex.readings import Candidate, TimexReading
from sitegen.ingest.timex.typed_tokens import KINDS, TypedTokens
from sitegen.ingest.timex.word_kinds import WordValue

RuleResult = TimexReading | tuple[Candidate, ...] | None

_NAMED: Final = {
    "MON": "(?:MONTH|MARCH|MONTH_SHORT DOT?)",
    "WD": "(?:WEEKDAY|WEEKDAY_SHORT DOT?)",
    "MDAY": "(?:DAY|NTH)",
    "ORD": "(?:NTH|FIRST|SECOND|ORDINAL|TENS DASH (?:FIRST|SECOND|ORDINAL))",
    "NUMERALS": "(?:(?:NUMBER|DAY|YY|YEAR|NUMERAL|ONE|TENS (?:DASH? (?:NUMERAL|ONE))?) HUNDRED{0,2})",
    "COUNT": "(?:NUMERALS|A? HUNDRED|A? COUPLE OF?)",
    "AND_HALF": "(DASH? AND DASH? A DASH? HALF|DASH? DAY SLASH DAY|FRACTION)",
    "ONE_UNIT": "(?:UNIT|CENTURY|QUARTER)",
    "ANY_UNIT": "(?:UNIT|CENTURY|QUARTER|UNITS|UNIT_OF_TIME|SECOND)",
    "ANY_SEASON": "(?:SEASON|FALL)",
}
"macros: patterns that several rules share"


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A match of a pattern: its tokens and named groups."""

    tokens: TypedTokens
    match: re.Match[str]

    @property
    def first(self) -> int:
        return self.match.start()

    @property
    def last(self) -> int:
        return self.match.end() - 1

    def has(self, name: str) -> bool:
        return name in self.match.re.groupindex and self.match.start(name) >= 0

    def value(self, name: str) -> WordValue:
        """The value of the first token of a group."""
        return self.tokens.value(self.match.start(name))

    def number(self, name: str) -> int:
        return int(self.value(name))

    def word(self, name: str) -> str:
        return self.tokens.word(self.match.start(name)) if self.has(name) else ""

    def kind(self, name: str) -> str:
        return self.tokens.kind(self.match.start(name)) if self.has(name) else ""

    def count(self, name: str) -> float | int | None:
        """The number a group spells, in words or figures."""
        return count(self.tokens, *self.match.span(name))

    def candidate(self, name: str, reading: TimexReading) -> Candidate:
        start, end = self.match.span(name)
        return Candidate(start, end - 1, reading)

    @property
    def first_kind(self) -> str:
        return self.tokens.kind(self.first)

    @property
    def before(self) -> str:
        return self.tokens.word(self.first - 1)

    @property
    def kind_before(self) -> str:
        return self.tokens.kind(self.first - 1)

    @property
    def kind_before_hyphen(self) -> str:
        """The kind before the match, skipping the hyphen of “mid-May”."""
        kind = self.kind_before
        before = self.tokens.kind(self.first - 2)
        return before if kind == "DASH" and before in ("EARLY", "LATE", "MID") else kind

    @property
    def after(self) -> str:
        return self.tokens.word(self.last + 1)

    @property
    def kind_after(self) -> str:
        return self.tokens.kind(self.last + 1)


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    read: Callable[[RuleMatch], RuleResult]


def compiled(pattern: str) -> re.Pattern[str]:
    pattern = re.sub(r"([a-z_]+)=\(", r"(?P<\1>", pattern)
    pattern = re.sub(r"([a-z_]+)=([A-Z_]+)", r"(?P<\1>\2)", pattern)
    while named := re.search(r"(?<![?<])\b(" + "|".join(_NAMED) + r")\b", pattern):
        pattern = pattern[: named.start()] + _NAMED[named[1]] + pattern[named.end() :]
    pattern = re.sub(r"(?<!\?)\b[A-Z][A-Z_]*\b", lambda kind: KINDS[kind[0]], pattern)
    return re.compile(pattern.replace(" ", ""))


def rules(table: dict[str, Callable[[RuleMatch], RuleResult]]) -> tuple[Rule, ...]:
    return tuple(Rule(compiled(pattern), read) for pattern, read in table.items())


def count(tokens: TypedTokens, start: int, end: int) -> float | int | None:
    """“two hundred”, “twenty-five”, “1,500”, “a dozen”; None if it is no number."""
    total: float | int | None = None
    for index in range(start, end):
        kind = tokens.kind(index)
        if kind in ("A", "DASH", "OF", "AND"):
            continue
        value = tokens.value(index)
        if isinstance(value, str):
            return None
        if total is not None:
            value = total * value if kind == "HUNDRED" else total + value
        total = value
    return total
