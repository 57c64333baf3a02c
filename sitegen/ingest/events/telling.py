"""Where what somebody says begins, and where a sentence says who: “X said on Friday Y”, “Y, X said”."""

from sitegen.ingest.events.lexicon import (
    ADDRESSED,
    ADJUNCT_OPENERS,
    DETERMINERS,
    HELPERS,
    PRONOUNS,
    RELATIVES,
    SAYING,
    SUBORDINATORS,
    TIMES_OF_SAYING,
    WHAT_IS_SAID,
)
from sitegen.ingest.events.sight import Sight

CLOSERS = frozenset(["”", "''", '"', "»"])
_STOPS = frozenset([",", ";", ":", ".", "“", '"', "``", "that", "and", "but"])
_MARKS = frozenset([",", ".", ";", "“", '"', "``", ":"])
_SHOWING = frozenset(["showed", "shows"])
_LONGEST_SPEAKER = 14  # words


def said_from(sight: Sight, index: int) -> int | None:
    """Where what is said begins behind a verb of saying, without a “that”; None where no clause follows."""
    end = index
    while end < sight.high and sight.word(end) not in _STOPS:
        end += 1
    if sight.word(end) == "that" and sight.has_verb(end, min(sight.high, end + 16)):
        return None
    start = _behind_hearer(sight, index, end) if sight.word(index - 1) in ADDRESSED else index
    start = _behind_adjuncts(sight, start, end)
    return start if start < sight.next_verb(start) < end else None


def opens_what_is_said(sight: Sight, index: int) -> bool:
    """Whether a “that” opens what is said, or tells which: “said in Kyiv that” against “provinces that”."""
    if sight.word(index - 1) in WHAT_IS_SAID or sight.word(index - 1) in (",", "and"):
        return True
    verb = next((place for place in range(index - 1, sight.low - 1, -1) if sight.is_verb(place)), None)
    return verb is not None and (sight.word(verb) in SAYING or index - verb == 1)


def speaker_from(sight: Sight, index: int) -> int | None:
    """“…, police said on Friday.”, “…,” said the minister: where it begins that says who, up to the sentence's end or a mark.

    A name set beside a role may stand in it: “…,” his lawyer, Jane Otieno, told the court.
    """
    is_quotation = sight.words.quoted[sight.low] and (sight.word(index) in CLOSERS or sight.word(index - 1) in CLOSERS)
    if index >= sight.high or not (is_quotation or sight.has_verb(sight.low, index - 1)):
        return None
    if sight.word(index) in CLOSERS:
        index += 1
    if sight.word(index) in HELPERS:
        return None
    if sight.word(index) == "according" and sight.word(index + 1) == "to":
        return index
    commas = 0
    for place in range(index, min(sight.high, index + _LONGEST_SPEAKER)):
        word = sight.word(place)
        if sight.is_verb(place) and (word in SAYING or word in _SHOWING) and not word.endswith("ing"):
            is_whole = commas == 0 or (commas == 2 and sight.word(place - 1) == ",")
            return index if is_whole and _ends_soon(sight, place + 1) else None
        if word == "," and place > index:
            commas += 1
            continue
        if sight.is_verb(place) or word in (",", ";", "that", "and", "but") or word in RELATIVES or word in SUBORDINATORS:
            return None
    return None


def _ends_soon(sight: Sight, index: int) -> bool:
    """Whether no other finite verb follows before the next mark."""
    for place in range(index, sight.high):
        if sight.word(place) in _MARKS:
            return True
        if (sight.is_verb(place) and sight.by_place[place].is_finite) or sight.word(place) == "that":
            return False
    return True


def _behind_hearer(sight: Sight, index: int, end: int) -> int:
    """“told CNN …”, “told the court …”, “told reporters …”."""
    is_name = sight.words.is_capital
    if index < end and sight.word(index) in DETERMINERS:
        index += 1
        while index < end and not is_name(index) and sight.word(index) not in DETERMINERS and sight.word(index) not in PRONOUNS:
            index += 1
        return index
    if index < end and is_name(index):
        while index < end and is_name(index):
            index += 1
        return index
    return index + 1


def _behind_adjuncts(sight: Sight, index: int, end: int) -> int:
    """“said on Friday in Kyiv the deal was off”: where “the deal” begins."""
    while index < end:
        word = sight.word(index)
        if word.removesuffix("'s") in TIMES_OF_SAYING:
            index += 1
        elif word in ADJUNCT_OPENERS:
            index += 3 if sight.word(index + 1) in DETERMINERS else 2
            while index < end and _goes_on(sight, index) and sight.word(index - 1) not in TIMES_OF_SAYING:
                index += 1
        else:
            return index
    return index


def _goes_on(sight: Sight, index: int) -> bool:
    """Whether a word still belongs to “in New York”, “on April 7”."""
    word = sight.word(index)
    return sight.words.is_capital(index) or word in TIMES_OF_SAYING or word.isdigit()
