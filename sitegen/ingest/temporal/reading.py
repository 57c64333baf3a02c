"""A text's readings: what the rules find, joined where one date is told in two pieces, with the words that qualify it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sitegen.ingest.temporal.beginnings import beginnings
from sitegen.ingest.temporal.calendar_rules import CALENDAR_RULES
from sitegen.ingest.temporal.clock_rules import CLOCK_RULES
from sitegen.ingest.temporal.comparison_rules import COMPARISON_RULES
from sitegen.ingest.temporal.grammar import Found, compiled
from sitegen.ingest.temporal.meanings import Around, Hour, Nth, Partial, Reading, Shift, Weekday, Within
from sitegen.ingest.temporal.periods import GRAINS
from sitegen.ingest.temporal.pieces import is_day, is_free, joined, nights
from sitegen.ingest.temporal.relative_rules import RELATIVE_RULES
from sitegen.ingest.temporal.season_rules import SEASON_RULES
from sitegen.ingest.temporal.span_rules import SPAN_RULES
from sitegen.ingest.temporal.tokens import Tokens
from sitegen.ingest.temporal.verbs import FUTURE, PAST, TIMETABLE
from sitegen.ingest.temporal.week_rules import WEEK_RULES
from sitegen.ingest.temporal.year_rules import YEAR_RULES

_RULES: Final = (*CALENDAR_RULES, *YEAR_RULES, *SEASON_RULES, *RELATIVE_RULES, *WEEK_RULES, *COMPARISON_RULES, *SPAN_RULES, *CLOCK_RULES)
_KINDS: Final = frozenset().union(*(beginnings(rule.pattern.pattern) for rule in _RULES))
_RULES_OF: Final = {kind: tuple(rule for rule in _RULES if kind in beginnings(rule.pattern.pattern)) for kind in _KINDS}
_ANY_OF: Final = {
    kind: re.compile("|".join(re.sub(r"\?P<\w+>", "?:", rule.pattern.pattern) for rule in rules)) for kind, rules in _RULES_OF.items()
}
"the kind that a reading begins with: the rules for it, and all of them as one pattern"

_BEGINNING: Final = re.compile("[" + "".join(sorted(_KINDS)) + "]")

_ROUGH: Final = compiled(
    "(?:THE? VERY? (?:BEGINNING|MIDDLE|END|PART|(?:EARLY|LATTER|FIRST|LAST|FINAL) (?:PART|UNITS)) OF|THE? (?:EARLY|LATE|MID|MIDDLE) (?:IN|ON|DASH|OF)?) THE?$"
)
_ABOUT: Final = compiled("(?:ABOUT|CIRCA DOT?)$")
_SIDE: Final = compiled("side=(EARLIER|LATER) (?:IN|ON)?$")
_WEEK_OF: Final = compiled("THE UNIT OF$")
_ASIDE: Final = compiled("LEFT|RIGHT COMMA? ON?")
_RANGE: Final = compiled("TO|AND|DASH|UNTIL")
_CLAUSE: Final = compiled("(?:WORD|NAME|THE|A|IN|AT|OF|TO|FOR|OUR|NUMBER|S){1,8} ON")
_VERBS: Final = PAST | FUTURE | TIMETABLE
_LONGEST_PREFIX: Final = 6


def readings(tokens: Tokens) -> list[Reading]:
    found = _dated(tokens, nights(tokens, joined(tokens, list(_found(tokens)))))
    free = [0, *(reading.last + 1 for reading in found)]
    return [_qualified(tokens, reading, start) for reading, start in zip(found, free, strict=False)]


def _found(tokens: Tokens) -> Iterator[Reading]:
    """The longest reading at each place, from left to right."""
    position = 0
    while candidate := _BEGINNING.search(tokens.kinds, position):
        here = candidate.start()
        if not _ANY_OF[candidate[0]].match(tokens.kinds, here):
            position = here + 1
            continue
        best: tuple[Reading, ...] = ()
        for rule in _RULES_OF[candidate[0]]:
            match = rule.pattern.match(tokens.kinds, here)
            if match is None or (best and match.end() - 1 <= best[-1].last):
                continue
            answer = rule.read(Found(tokens, match))
            if answer is not None:
                best = answer if isinstance(answer, tuple) else (Reading(here, match.end() - 1, answer),)
        yield from best
        position = best[-1].last + 1 if best else here + 1


def _dated(tokens: Tokens, found: list[Reading]) -> list[Reading]:
    """“9 a.m. (0600 GMT) on Sunday”, “from 2 to 4 p.m. on Sunday”, “at 9 a.m. in a market on Sunday”: the hours are Sunday's."""
    dated: list[Reading] = []
    for reading in reversed(found):
        behind = dated[-1] if dated else None
        meaning = reading.meaning
        if behind and isinstance(meaning, Hour) and is_free(meaning) and _is_of_day_behind(tokens, reading, behind):
            day = behind.meaning.day if isinstance(behind.meaning, Hour) else behind.meaning
            if day is not None and is_day(day):
                reading = replace(reading, meaning=replace(meaning, day=day))
        dated.append(reading)
    return dated[::-1]


def _is_of_day_behind(tokens: Tokens, hour: Reading, behind: Reading) -> bool:
    start, end = hour.last + 1, behind.first
    if _ASIDE.fullmatch(tokens.kinds, start, end):
        return True
    if isinstance(behind.meaning, Hour) and _RANGE.fullmatch(tokens.kinds, start, end):
        return True
    is_clause = isinstance(behind.meaning, Weekday | Partial) and _CLAUSE.fullmatch(tokens.kinds, start, end)
    if not is_clause or (tokens.raw(hour.last).endswith(".") and tokens.raw(start)[0].isupper()):
        return False
    return _VERBS.isdisjoint(tokens.word(index) for index in range(start, end))


def _qualified(tokens: Tokens, reading: Reading, start: int) -> Reading:
    """With “mid-”, “early”, “the end of”, “earlier”, “about” before it; the tokens before start are another reading's."""
    before = tokens.kinds[max(start, reading.first - _LONGEST_PREFIX) : reading.first]
    if isinstance(reading.meaning, Partial | Shift | Within | Nth | Weekday | Hour):
        if side := _SIDE.search(before):
            word = tokens.word(reading.first - len(before) + side.start())
            return replace(reading, first=reading.first - (len(before) - side.start()), side="earlier" if word == "earlier" else "later")
        if rough := _ROUGH.search(before):
            return replace(reading, first=reading.first - (len(before) - rough.start()), is_rough=True)
    if isinstance(reading.meaning, Partial) and reading.meaning.grain == "day" and (week := _WEEK_OF.search(before)):
        first = reading.first - (len(before) - week.start())
        grain = GRAINS.get(str(tokens.value(first + 1)), "day")
        if grain in ("week", "weekend"):
            return replace(reading, first=first, meaning=Around(grain, reading.meaning))
    if isinstance(reading.meaning, Partial) and _ABOUT.search(before):
        return replace(reading, is_rough=True)
    return reading
