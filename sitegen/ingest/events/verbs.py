"""The verbs of a sentence and their tenses, told by helpers and forms alone; no dictionary of all verbs is needed."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sitegen.ingest.events.lexicon import (
    ARTICLES,
    AWAITED,
    BE_THEN,
    BETWEEN,
    DETERMINERS,
    DO_NOW,
    DO_THEN,
    HAVE_NOW,
    HAVE_THEN,
    HELPERS,
    IRREGULAR,
    IRREGULAR_EITHER,
    JOINERS,
    NO_VERB,
    PARTICIPLES,
    PREPOSITIONS,
    PRESENT,
    PRONOUNS,
    RELATIVES,
    SAME_FORM,
    SAYING,
    SCHEDULED,
    SUBORDINATORS,
    WEEKDAYS,
    WILL,
    WOULD,
)
from sitegen.ingest.events.words import Words

Tense = Literal["past", "perfect", "pluperfect", "present", "future", "conditional", "participle"]

_BREAKS = frozenset([",", ";", ":", "--", "–", "—", "(", ")", "that"]) | RELATIVES | frozenset(SUBORDINATORS) | JOINERS


_FORMS = IRREGULAR | IRREGULAR_EITHER | SAME_FORM | PARTICIPLES
_BEFORE_MAY = frozenset(["last", "this", "next", "late", "early", "since", "and", "mid", "-", "until", "of"])
_NO_SUBJECT = PREPOSITIONS | DETERMINERS | JOINERS | HELPERS | BETWEEN
_TAKEN = frozenset(["the", "a", "an", "his", "her", "its", "their", "more", "about", "some"])
_NAMING = frozenset(["named", "called", "dubbed", "nicknamed", "codenamed", "aged", "based"])
_BEHIND_INSERTED = frozenset(["by", "in", "on", "at", "from", "with", "to", "for", "between", "as"])
_BEHIND_OPENING = PREPOSITIONS | DETERMINERS | frozenset(SUBORDINATORS) | frozenset(["what", "why", "how", "that", "to", "only"])
_SET_BY = frozenset(["on", "at", "in", "from", "this", "next", "tomorrow", "later", "for", "again", "today"])
_PREFIXES = ("re", "over", "out", "under", "mis", "fore")


@dataclass(frozen=True, slots=True)
class Verb:
    first: int
    "its helper's place among the words, else its own"
    head: int
    "the word that says what is done"
    tense: Tense

    @property
    def is_finite(self) -> bool:
        return self.tense != "participle"


def verbs(words: Words, low: int, high: int) -> list[Verb]:
    """The verbs between two words, in order."""
    found: list[Verb] = []
    index = low
    lower = words.lower
    while index < high:
        word = lower[index]
        verb: Verb | None = None
        if word in HELPERS:
            verb = None if _is_month(words, index, high) else _helped(words, index, high)
        elif word.endswith("ed") or _root(word) in _FORMS:
            verb = _past(words, index, low, high, found[-1] if found else None)
        elif word.endswith("ing"):
            verb = _doing(words, index, low)
        elif word in PRESENT or ((word[-1] == "s" or word in SCHEDULED) and _looks_present(words, index, low, high, found)):
            verb = _present(words, index, low, high)
        if verb:
            found.append(verb)
            index = max(index, verb.head)
        index += 1
    return found


def _is_month(words: Words, index: int, high: int) -> bool:
    """“May 19”, “in May the level rose”."""
    if words.lower[index] != "may" or not words.is_capital(index):
        return False
    following = words.lower[index + 1] if index + 1 < high else ""
    return following[:1].isdigit() or (index > 0 and words.lower[index - 1] in PREPOSITIONS | _BEFORE_MAY)


def _helped(words: Words, index: int, high: int) -> Verb | None:
    word, lower = words.lower[index], words.lower
    nearest = _behind(words, index, high)
    nearby = lower[nearest] if nearest < high else ""
    is_done = is_participle(nearby)
    if word in WILL or word in WOULD:
        if nearby in ("be", "have") and nearest + 1 < high:
            behind = _behind(words, nearest, high)
            nearest = behind if behind < high and (is_participle(lower[behind]) or lower[behind].endswith("ing")) else nearest
        return Verb(index, min(nearest, high - 1), "future" if word in WILL else "conditional")
    if word in HAVE_NOW or word in HAVE_THEN:
        now = word in HAVE_NOW
        if not is_done:
            return Verb(index, index, "present" if now else "past")
        if nearby == "been":
            behind = _behind(words, nearest, high)
            nearest = behind if behind < high and (is_participle(lower[behind]) or lower[behind].endswith("ing")) else nearest
        return Verb(index, nearest, "perfect" if now else "pluperfect")
    if word in DO_NOW or word in DO_THEN:
        return Verb(index, min(nearest, high - 1), "present" if word in DO_NOW else "past")
    return _being(words, index, nearest, high)


def _being(words: Words, index: int, nearest: int, high: int) -> Verb:
    lower = words.lower
    nearby = lower[nearest] if nearest < high else ""
    now = lower[index] not in BE_THEN
    following = lower[nearest + 1] if nearest + 1 < high else ""
    if nearby == "to" or (nearby in AWAITED and following == "to" and lower[nearest + 2 : nearest + 3] not in (["the"], ["a"])):
        return Verb(index, min(nearest + (2 if following == "to" else 1), high - 1), "future")
    if nearby == "being":
        nearest = _behind(words, nearest, high)
        nearby = lower[nearest] if nearest < high else ""
    is_verb = is_participle(nearby) or nearby.endswith("ing")
    return Verb(index, nearest if is_verb else index, "present" if now else "past")


def _behind(words: Words, index: int, high: int) -> int:
    """The next word that is no adverb."""
    index += 1
    while index < high and (words.lower[index] in BETWEEN or words.lower[index].endswith("ly")):
        index += 1
    return index


@lru_cache(maxsize=20_000)
def _root(word: str) -> str:
    """“retook” as “took”, where that is a form known."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and word.removeprefix(prefix) in _FORMS and word not in _FORMS:
            return word.removeprefix(prefix)
    return word


def is_participle(word: str) -> bool:
    """Whether a form can stand behind “has” or “was”."""
    word = _root(word)
    return (
        word in PARTICIPLES
        or word in ("said", "told")
        or word in IRREGULAR_EITHER
        or word in SAME_FORM
        or (word.endswith("ed") and len(word) > 3)
    )


def _past(words: Words, index: int, low: int, high: int, before: Verb | None) -> Verb | None:
    """A past form without a helper: the verb of a clause, or a participle behind its noun (“the men killed on Friday”)."""
    word, lower = _root(words.lower[index]), words.lower
    if word in NO_VERB or (words.is_capital(index) and index > low) or len(word) < 3:
        return None
    previous = lower[index - 1] if index > low else ""
    if previous == "to" or previous in ARTICLES:
        return None
    if previous in PREPOSITIONS and word not in IRREGULAR:
        return None
    if word in PARTICIPLES:
        return Verb(index, index, "participle") if previous == "," or index == low else None
    if word in IRREGULAR or word in SAYING or previous in PRONOUNS or previous in JOINERS:
        return Verb(index, index, "past")
    following = lower[index + 1] if index + 1 < high else ""
    if index == low and following not in _BEHIND_OPENING:
        return None
    is_behind_comma = previous == "," or (previous.endswith("ly") and index - 2 >= low and lower[index - 2] == ",")
    if (
        index == low
        or _is_in_opening(words, index, low, high)
        or _is_reduced(words, index, high)
        or (
            is_behind_comma
            and word in _NAMING
            and (following in ("“", '"') or following[:1].isdigit() or _has_name(words, index + 1, high))
        )
        or (is_behind_comma and following in _BEHIND_INSERTED and not _is_followed(words, index, high))
    ):
        return Verb(index, index, "participle")
    if (following == "by" and not lower[min(index + 2, high - 1)][0].isdigit()) or _shares_stretch(words, before, index):
        return Verb(index, index, "participle")
    return Verb(index, index, "past")


def _is_reduced(words: Words, index: int, high: int) -> bool:
    """“A study published in June found …”: the verb of the sentence follows, and nothing opens a clause before it."""
    lower = words.lower
    if index + 1 >= high or lower[index + 1] not in _BEHIND_INSERTED:
        return False
    for place in range(index + 2, min(high, index + 12)):
        word = lower[place]
        if word in _BREAKS or word in PRONOUNS or word in ("what", "how", "to", "“", '"'):
            return False
        if word in HELPERS or word in IRREGULAR or word in IRREGULAR_EITHER:
            return lower[place - 1] not in DETERMINERS and lower[place - 1] not in PREPOSITIONS and not words.is_capital(place)
    return False


def _has_name(words: Words, index: int, high: int) -> bool:
    return index < high and words.is_capital(index)


def _is_in_opening(words: Words, index: int, low: int, high: int) -> bool:
    """“Under a plan signed in May, elections would be held”: what an opening phrase is about, with the sentence's verb behind its comma."""
    lower = words.lower
    if lower[low] not in PREPOSITIONS or lower[low + 1] not in DETERMINERS or "," in lower[low:index] or index - low > 8:
        return False
    if any(words.is_capital(place) or lower[place] in DETERMINERS for place in range(low + 2, index)):
        return False
    comma = next((place for place in range(index, min(high, index + 12)) if lower[place] == ","), high)
    return any(lower[place] in HELPERS or _root(lower[place]) in IRREGULAR for place in range(comma + 1, min(high, comma + 14)))


def _is_followed(words: Words, index: int, high: int) -> bool:
    """Whether the clause goes on without another comma: “X, backed by Y, said” against “X, however, fell on Friday.”"""
    return "," not in words.lower[index + 1 : high]


def _shares_stretch(words: Words, before: Verb | None, index: int) -> bool:
    """Whether another finite verb stands before it and nothing between them opens a clause."""
    if before is None or not before.is_finite or words.lower[before.head] in SAYING:
        return False
    return not any(word in _BREAKS for word in words.lower[before.head + 1 : index])


def _doing(words: Words, index: int, low: int) -> Verb | None:
    """“, killing three”, “after killing three”."""
    previous = words.lower[index - 1] if index > low else ","
    if words.is_capital(index) and index > low:
        return None
    return (
        Verb(index, index, "participle")
        if previous in (",", "after", "before", "while", "since", "when") and len(words.lower[index]) > 4
        else None
    )


def _looks_present(words: Words, index: int, low: int, high: int, found: list[Verb]) -> bool:
    """A form in -s between a noun and what it takes: “the dam supplies the city”, “the firm employs 300 people”."""
    word, lower = words.lower[index], words.lower
    if index == low or words.is_capital(index) or not (word in SCHEDULED or (word.endswith("s") and len(word) > 4)):
        return False
    if found and found[-1].is_finite and not any(mark in _BREAKS for mark in lower[found[-1].head + 1 : index]):
        return False
    previous, following = lower[index - 1], lower[index + 1] if index + 1 < high else ""
    if not previous.isalpha() or previous in _NO_SUBJECT:
        return False
    if word in SCHEDULED and not found:
        return following in _SET_BY or following in WEEKDAYS or (index + 1 < high and words.is_capital(index + 1))
    is_form = not word.endswith(("ss", "us", "is", "'s")) and not previous.endswith(("s", "ing")) and index - low > 1
    return is_form and (following in _TAKEN or following[:1].isdigit())


def _present(words: Words, index: int, low: int, high: int) -> Verb | None:
    previous = words.lower[index - 1] if index > low else ""
    if index == low or previous == "to" or previous in DETERMINERS or previous in PREPOSITIONS or (words.is_capital(index)):
        return None
    nearest = _behind(words, index, high)
    if nearest < high and words.lower[nearest] in HELPERS:
        return None
    if (
        previous in ("earlier", "media", "news", "recent", "later")
        or previous.endswith("'s")
        or (previous in ("and", "or") and not words.lower[index].endswith("s"))
    ):
        return None
    return Verb(index, index, "present")
