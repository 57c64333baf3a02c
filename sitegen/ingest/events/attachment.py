"""Which date of a clause dates it: not those that belong to a noun, to a comparison, or to a clause folded into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sitegen.dates import Date, DateError, parse
from sitegen.ingest.events.clauses import Clause
from sitegen.ingest.events.lexicon import (
    AWAITED,
    COMPARING,
    DETERMINERS,
    HELPERS,
    JOINERS,
    NO_VERB,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING,
    SPOKEN_OF,
    SUBORDINATORS,
)
from sitegen.ingest.events.verbs import is_participle
from sitegen.ingest.events.words import Words

_NO_NOUN = (
    PREPOSITIONS | HELPERS | DETERMINERS | JOINERS | RELATIVES | frozenset(SUBORDINATORS) | PRONOUNS | SAYING | frozenset(["that", "to"])
)


Role = Literal["when", "by", "since", "folded", "noun", "compared"]
"when: dates the clause; by: a deadline; since: when it began; folded: “the plane lost in June”; noun: “the 1991 agreement”"


class Expression(Protocol):
    """What `sitegen.ingest.temporal.tag` finds."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def edtf(self) -> str | None: ...
    @property
    def why(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Told:
    """A date in a report, at its words."""

    first: int
    last: int
    "words, half open"
    when: Date
    why: str


def told(words: Words, expressions: Sequence[Expression]) -> list[Told]:
    """The expressions that name a period of the calendar."""
    found: list[Told] = []
    for expression in expressions:
        when = _date(expression.edtf)
        if when is not None:
            date = Told(words.at(expression.start), words.at(expression.end - 1) + 1, when, expression.why)
            if found and (whole := _spanning(words, found[-1], date)):
                found.pop()
                date = whole
            found.append(date)
    return found


def _spanning(words: Words, begin: Told, end: Told) -> Told | None:
    """“between 2015 and 2018”, “from May 19 to 21”, where they are two expressions."""
    before = words.lower[begin.first - 1] if begin.first else ""
    if end.first != begin.last + 1 or (before, words.lower[begin.last]) not in (("between", "and"), ("from", "to"), ("from", "until")):
        return None
    try:
        return Told(begin.first, end.last, parse(f"{begin.when.edtf}/{end.when.edtf}"), f"{begin.why}, {end.why}")
    except DateError:
        return None


def _date(edtf: str | None) -> Date | None:
    if edtf is None:
        return None
    try:
        return parse(edtf.partition("T")[0])
    except DateError:
        return None


def role(words: Words, clause: Clause, date: Told) -> Role:
    """What a date does in the clause in which it stands."""
    lower = words.lower
    before = lower[date.first - 1] if date.first > clause.first else ""
    behind = lower[date.last] if date.last < len(lower) else ""
    first = lower[date.first]
    if before == "since" or first == "since":
        return "since" if _goes_on(words, clause, date) else "compared"
    if (
        before in ("than", "until", "till")
        or (before == "from" and date.when.shape != "interval")
        or (before in ("to", "with") and _compares(words, clause, date))
    ):
        return "compared"
    if before == "by" and not lower[date.last - 1].endswith("%"):
        return "by"
    if _names(words, date, before, behind):
        return "noun"
    if before == "for" and lower[date.first - 2] not in AWAITED and date.first > clause.first + 1:
        return "noun"
    if clause.verb and any(word in SPOKEN_OF for word in lower[clause.verb.head : date.first - 1]):
        return "noun"
    if folded_from(words, clause, date) is not None:
        return "folded"
    return "when"


def _goes_on(words: Words, clause: Clause, date: Told) -> bool:
    near = words.lower[max(clause.first, date.first - 8) : date.first]
    return not any(word in COMPARING for word in near) and clause.verb is not None and clause.verb.tense in ("perfect", "pluperfect")


def _compares(words: Words, clause: Clause, date: Told) -> bool:
    return any(word.startswith(("compar", "equal", "similar")) for word in words.lower[max(clause.first, date.first - 12) : date.first])


def _names(words: Words, date: Told, before: str, behind: str) -> bool:
    """“the 1991 agreement”, “Monday's closing price”, “the loss of 2007”, “a June 1 deadline”."""
    ending = words.lower[date.last - 1]
    opening = words.lower[date.first]
    if before in ("of",) and ending not in ("today", "yesterday"):
        return True
    is_before_noun = bool(behind) and behind[0].isalpha() and behind not in _NO_NOUN
    if opening.isdigit() and date.when.shape == "year" and before not in PREPOSITIONS and before.isalpha():
        return is_before_noun or words.is_capital(date.first - 1)
    if opening in ("the", "this", "last", "next", "a", "an"):
        return (ending.endswith("'s") and opening != "last") and is_before_noun
    if before in ("the", "a", "an", "its", "his", "their", "our") or before in ("for",):
        return is_before_noun and words.lower[max(date.first - 2, 0)] not in ("in", "at", "during", "on")
    return False


def _is_reported(words: Words, verb: int, when: Date) -> bool:
    """“reported a loss in the first quarter”, “reported losing money in 2009”: the date belongs to what is reported."""
    is_quarter = when.shape == "interval" and when.begin is not None and when.begin.shape == "month"
    return is_quarter or (when.shape == "year" and words.lower[verb + 1].endswith("ing"))


def folded_from(words: Words, clause: Clause, date: Told) -> int | None:
    """Where the words begin that a folded date belongs to; None: it isn't folded.

    In “the jets ordered in 2009” a participle stands between the clause's verb and the date, without a helper.
    """
    verb = clause.verb
    if verb is None:
        return None
    if clause.says and date.first > verb.head + 1 and _is_reported(words, verb.head, date.when):
        return verb.head + 1
    for index in range(date.first - 1, max(clause.first, date.first - 7) - 1, -1):
        word = words.lower[index]
        if index in (verb.head, verb.head + 1) or word in (",", "and", "(", ")"):
            return None
        if is_participle(word) and word not in NO_VERB and index > clause.first:
            previous = words.lower[index - 1]
            return (
                None
                if previous in HELPERS or previous in DETERMINERS or previous in PREPOSITIONS or previous in ("to", "been", "be")
                else index
            )
    return None
