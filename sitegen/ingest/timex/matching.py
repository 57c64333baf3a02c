"""Find the candidates of a text: match the rules, merge dates in two parts, and add qualifying words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sitegen.ingest.timex.calendar_rules import CALENDAR_RULES
from sitegen.ingest.timex.clock_rules import CLOCK_RULES
from sitegen.ingest.timex.comparison_rules import COMPARISON_RULES
from sitegen.ingest.timex.compound_dates import is_day, is_free, merged
from sitegen.ingest.timex.duration_rules import DURATION_RULES
from sitegen.ingest.timex.first_sets import first_set
from sitegen.ingest.timex.grammar import RuleMatch, compiled
from sitegen.ingest.timex.nights import with_nights
from sitegen.ingest.timex.periods import GRAINS
from sitegen.ingest.timex.readings import Candidate, Enclosing, NthOfMonth, Offset, PartialDate, PartOf, TimeOfDay, Weekday
from sitegen.ingest.timex.relative_rules import RELATIVE_RULES
from sitegen.ingest.timex.season_rules import SEASON_RULES
from sitegen.ingest.timex.tense_words import FUTURE, PAST, SCHEDULED
from sitegen.ingest.timex.typed_tokens import TypedTokens
from sitegen.ingest.timex.week_rules import WEEK_RULES
from sitegen.ingest.timex.year_rules import YEAR_RULES

_RULES: Final = (
    *CALENDAR_RULES,
    *YEAR_RULES,
    *SEASON_RULES,
    *RELATIVE_RULES,
    *WEEK_RULES,
    *COMPARISON_RULES,
    *DURATION_RULES,
    *CLOCK_RULES,
)
_KINDS: Final = frozenset().union(*(first_set(rule.pattern.pattern) for rule in _RULES))
_RULES_OF: Final = {kind: tuple(rule for rule in _RULES if kind in first_set(rule.pattern.pattern)) for kind in _KINDS}
_ANY_OF: Final = {
    kind: re.compile("|".join(re.sub(r"\?P<\w+>", "?:", rule.pattern.pattern) for rule in rules)) for kind, rules in _RULES_OF.items()
}
"for each kind that a candidate can begin with: its rules, and all of them as one pattern"

_BEGINNING: Final = re.compile("[" + "".join(sorted(_KINDS)) + "]")

_APPROXIMATE: Final = compiled(
    "(?:THE? VERY? (?:BEGINNING|MIDDLE|END|PART|(?:EARLY|LATTER|FIRST|LAST|FINAL) (?:PART|UNITS)) OF|THE? (?:EARLY|LATE|MID|MIDDLE) (?:IN|ON|DASH|OF)?) THE?$"
)
_ABOUT: Final = compiled("(?:ABOUT|CIRCA DOT?)$")
_SIDE: Final = compiled("side=(EARLIER|LATER) (?:IN|ON)?$")
_WEEK_OF: Final = compiled("THE UNIT OF$")
_ASIDE: Final = compiled("LEFT|RIGHT COMMA? ON?")
_RANGE: Final = compiled("TO|AND|DASH|UNTIL")
_CLAUSE: Final = compiled("(?:WORD|NAME|THE|A|IN|AT|OF|TO|FOR|OUR|NUMBER|S){1,8} ON")
_VERBS: Final = PAST | FUTURE | SCHEDULED
_MAX_PREFIX: Final = 6


def candidates(tokens: TypedTokens) -> list[Candidate]:
    found = _with_days(tokens, with_nights(tokens, merged(tokens, list(_found(tokens)))))
    free = [0, *(candidate.last + 1 for candidate in found)]
    return [_with_qualifier(tokens, candidate, start) for candidate, start in zip(found, free, strict=False)]


def _found(tokens: TypedTokens) -> Iterator[Candidate]:
    """The longest match at each position, from left to right."""
    position = 0
    while begin := _BEGINNING.search(tokens.kinds, position):
        here = begin.start()
        if not _ANY_OF[begin[0]].match(tokens.kinds, here):
            position = here + 1
            continue
        best: tuple[Candidate, ...] = ()
        for rule in _RULES_OF[begin[0]]:
            match = rule.pattern.match(tokens.kinds, here)
            if match is None or (best and match.end() - 1 <= best[-1].last):
                continue
            answer = rule.read(RuleMatch(tokens, match))
            if answer is not None:
                best = answer if isinstance(answer, tuple) else (Candidate(here, match.end() - 1, answer),)
        yield from best
        position = best[-1].last + 1 if best else here + 1


def _with_days(tokens: TypedTokens, found: list[Candidate]) -> list[Candidate]:
    """“9 a.m. (0600 GMT) on Sunday”, “from 2 to 4 p.m. on Sunday”, “at 9 a.m. in a market on Sunday”: these hours are on Sunday."""
    results: list[Candidate] = []
    for candidate in reversed(found):
        behind = results[-1] if results else None
        reading = candidate.reading
        if behind and isinstance(reading, TimeOfDay) and is_free(reading) and _is_of_day_behind(tokens, candidate, behind):
            day = behind.reading.day if isinstance(behind.reading, TimeOfDay) else behind.reading
            if day is not None and is_day(day):
                candidate = replace(candidate, reading=replace(reading, day=day))
        results.append(candidate)
    return results[::-1]


def _is_of_day_behind(tokens: TypedTokens, hour: Candidate, behind: Candidate) -> bool:
    start, end = hour.last + 1, behind.first
    if _ASIDE.fullmatch(tokens.kinds, start, end):
        return True
    if isinstance(behind.reading, TimeOfDay) and _RANGE.fullmatch(tokens.kinds, start, end):
        return True
    is_clause = isinstance(behind.reading, Weekday | PartialDate) and _CLAUSE.fullmatch(tokens.kinds, start, end)
    if not is_clause or (tokens.raw(hour.last).endswith(".") and tokens.raw(start)[0].isupper()):
        return False
    return _VERBS.isdisjoint(tokens.word(index) for index in range(start, end))


def _with_qualifier(tokens: TypedTokens, candidate: Candidate, start: int) -> Candidate:
    """Include “mid-”, “early”, “the end of”, “earlier” or “about” in front. Tokens before *start* belong to the previous candidate."""
    before = tokens.kinds[max(start, candidate.first - _MAX_PREFIX) : candidate.first]
    if isinstance(candidate.reading, PartialDate | Offset | PartOf | NthOfMonth | Weekday | TimeOfDay):
        if side := _SIDE.search(before):
            word = tokens.word(candidate.first - len(before) + side.start())
            return replace(
                candidate, first=candidate.first - (len(before) - side.start()), side="earlier" if word == "earlier" else "later"
            )
        if rough := _APPROXIMATE.search(before):
            return replace(candidate, first=candidate.first - (len(before) - rough.start()), is_approximate=True)
    if isinstance(candidate.reading, PartialDate) and candidate.reading.grain == "day" and (week := _WEEK_OF.search(before)):
        first = candidate.first - (len(before) - week.start())
        grain = GRAINS.get(str(tokens.value(first + 1)), "day")
        if grain in ("week", "weekend"):
            return replace(candidate, first=first, reading=Enclosing(grain, candidate.reading))
    if isinstance(candidate.reading, PartialDate) and _ABOUT.search(before):
        return replace(candidate, is_approximate=True)
    return candidate
