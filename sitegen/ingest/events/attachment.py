"""Which date of a clause dates it: not those that belong to a noun, to a comparison, or to a clause folded into it."""

from itertools import pairwise
from typing import Literal

from sitegen.dates import Date
from sitegen.ingest.events.clauses import Clause
from sitegen.ingest.events.lexicon import (
    ARTICLES,
    AWAITED,
    CALLING,
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
from sitegen.ingest.events.told import Told
from sitegen.ingest.events.verbs import is_participle
from sitegen.ingest.events.words import Words

_NO_NOUN = (
    PREPOSITIONS | HELPERS | DETERMINERS | JOINERS | RELATIVES | frozenset(SUBORDINATORS) | PRONOUNS | SAYING | frozenset(["that", "to"])
)


_HEARING = frozenset(
    ["judge", "court", "panel", "committee", "parliament", "tribunal", "magistrate", "magistrates", "jury", "council", "congress", "board"]
)
"who appears before these on Friday, does so then"
_ABOUT = frozenset(["on", "about", "of", "over", "after", "before", "since", "from", "to", "for", "into", "against", "behind"])

Role = Literal["when", "by", "since", "folded", "noun", "compared"]
"when: dates the clause; by: a deadline; since: when it began; folded: “the plane lost in June”; noun: “the 1991 agreement”"


def role(words: Words, clause: Clause, date: Told) -> Role:
    """What a date does in the clause in which it stands."""
    lower = words.lower
    before = lower[date.first - 1] if date.first > clause.first else ""
    first = lower[date.first]
    if before == "since" or first == "since":
        return "since" if _goes_on(words, clause, date) else "compared"
    if (
        before in ("than", "until", "till")
        or (before == "from" and date.when.shape != "interval")
        or (before in ("to", "with") and _compares(words, clause, date))
        or _is_level(words, clause, date)
        or "same" in lower[max(clause.first, date.first - 2) : date.first]
    ):
        return "compared"
    if before == "before" and lower[date.first - 2] in ("shortly", "just", "minutes", "hours", "hour", "long"):
        return "when"
    if before in ("by", "before") and not lower[date.last - 1].endswith("%"):
        return "by"
    if is_in_name(words, date) or _is_of_noun(words, clause, date):
        return "noun"
    if before == "for" and date.first > clause.first + 1 and not _is_set_for(words, clause, date):
        return "noun"
    if _is_of_awaited(words, clause, date):
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


def _is_set_for(words: Words, clause: Clause, date: Told) -> bool:
    """“is due for Friday”, “is planning a march for Friday”, “a meeting scheduled for Friday”; not “its forecast for the year”."""
    if clause.verb and words.lower[clause.verb.head] in AWAITED | CALLING:
        return True
    return words.lower[date.first - 2] in AWAITED and (date.first < 3 or words.lower[date.first - 3] not in ARTICLES)


def _is_level(words: Words, clause: Clause, date: Told) -> bool:
    """“from 23% in February”, “against 12 in 2020”: the date of what is compared with; not “from 13% on Friday”."""
    has_number = False
    if date.when.shape in ("day", "time"):
        return False
    for index in range(date.first - 1, max(clause.first, date.first - 9) - 1, -1):
        word = words.lower[index]
        if word in ("from", "than", "against", "with"):
            return has_number
        if word in (",", "to", "and", "that") or word in HELPERS:
            return False
        has_number = has_number or word[0].isdigit() or word in ("percent", "%")
    return False


def _is_of_awaited(words: Words, clause: Clause, date: Told) -> bool:
    """“tax cuts before the vote in June”: the date of what comes after the deed."""
    for index in range(date.first - 2, max(clause.first, date.first - 8), -1):
        word = words.lower[index]
        if word in ("before", "following") or words.lower[index : index + 2] == ["ahead", "of"]:
            return words.lower[index + 1] in DETERMINERS | {"of"} and words.lower[index + 2] not in _HEARING
        if word in (",", "and", "that") or (clause.verb and index == clause.verb.head):
            return False
    return False


def _is_of_noun(words: Words, clause: Clause, date: Told) -> bool:
    """“has claimed responsibility for the attack on Friday”: a perfect has no past day, so the noun has it."""
    verb = clause.verb
    if verb is None or verb.tense != "perfect" or date.when.shape != "day" or words.lower[date.first - 1] != "on":
        return False
    return any(word in PREPOSITIONS for word in words.lower[verb.head + 1 : date.first - 1])


def _is_within(words: Words, date: Told) -> bool:
    """“died in the floods of July 2021”: the date of what it happened in is its own."""
    before = words.lower[max(date.first - 5, 0) : date.first - 1]
    return any(one in ("in", "during") and other == "the" for one, other in pairwise(before[:-1]))


def is_in_name(words: Words, date: Told) -> bool:
    """“the 1991 agreement”, “Monday's closing price”, “the loss of 2007”, “a June 1 deadline”."""
    before = words.lower[date.first - 1] if date.first else ""
    behind = words.lower[date.last] if date.last < len(words.lower) else ""
    ending = words.lower[date.last - 1]
    opening = words.lower[date.first]
    if before == "of" and ending not in ("today", "yesterday"):
        return not _is_within(words, date)
    is_before_noun = bool(behind) and behind[0].isalpha() and behind not in _NO_NOUN
    if "-" in ending and is_before_noun:
        return True
    if ending.endswith("'s") and before in _ABOUT:
        return True
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
    if (opening := _inserted(words, clause, date)) is not None:
        return opening
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


def _inserted(words: Words, clause: Clause, date: Told) -> int | None:
    """Where “built in 1958” begins in “The dam, built in 1958, supplies the city”."""
    behind = words.lower[date.last] if date.last < len(words.lower) else ""
    for index in range(date.first - 1, max(clause.first + 1, date.first - 9), -1):
        word = words.lower[index]
        if word == ",":
            return None
        if words.lower[index - 1] == ",":
            is_inside = behind == "," or (clause.verb is not None and clause.verb.is_finite and clause.verb.head < index)
            return index if is_inside and is_participle(word) and word not in NO_VERB and not words.is_capital(index) else None
    return None
