"""A telling as joining compares it: the stems of its words, and its names.

Words that say the same of one deed are one stem (“ceasefire”, “truce”), numbers are digits, and days and months are left out: they are
compared as dates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from sitegen.ingest.joining.lexicon import NUMBERS, ROLES, SAME_DEED, TIMES
from sitegen.ingest.joining.tellings import Telling
from sitegen.ingest.names.gazetteer import locate
from sitegen.ingest.names.word_lists import demonyms
from sitegen.text.words import words

Stems = frozenset[str]

_MOST_VERSIONS = 12
"passages of one entry that are compared, the first ones"
_SHORT = 4
"letters of a stem"
_ATTRIBUTION = re.compile(r", (?:[^,]+ said|said [^,]+)$")
"“…, police said”: who tells it, behind what is told"
_OPENS = re.compile(r"[.!?:“\"‘]")
"a mark behind which a sentence may begin"


@dataclass(frozen=True, slots=True)
class Wording:
    """What is kept of a telling."""

    stems: Stems
    passages: tuple[Stems, ...]
    "each passage's own, names and roles included"
    has_accounts: bool
    "whether several reports tell it, each in its own passages"
    proper: Stems
    "of words that the passages write as names"
    people: frozenset[str]
    spots: frozenset[str]
    "places narrower than a region"
    lands: frozenset[str]
    "countries and regions"

    @property
    def versions(self) -> tuple[Stems, ...]:
        """What it is told by: all of its words or, of several accounts, a passage."""
        told = dict.fromkeys(self.passages if self.has_accounts else ())
        return (self.stems, *(passage & self.stems for passage in islice(told, _MOST_VERSIONS)))

    @property
    def names(self) -> frozenset[str]:
        return self.people | self.spots | self.lands


def wording(telling: Telling) -> Wording:
    passages = tuple(map(_stems, telling.quotes))
    whole = _of_people(_stems(_ATTRIBUTION.sub("", telling.title)).union(*passages), telling.people)
    spots = frozenset(place for place in telling.places if _is_spot(place))
    proper = frozenset(stem for quote in telling.quotes for stem in _proper(quote)) & whole
    return Wording(whole, passages, len(telling.articles) > 1, proper, telling.people, spots, telling.places - spots)


def contradict(one: Wording, other: Wording) -> bool:
    """Whether they tell of different places: none that both name, and none that stands in the other's words.

    Two towns of one country are different places; one town is one, whatever countries are named beside it.
    """
    if one.spots & other.spots:
        return False
    return _are_others(one.spots, other.spots, one, other) or _are_others(one.lands, other.lands, one, other)


def name_others(one: Wording, other: Wording) -> bool:
    """Whether each has a name that the other hasn't: shares of one company fell, shares of another rose.

    A name that both have, in whatever spelling, is no other's.
    """
    known = {stem for name in one.names & other.names for stem in _in_order(name)}
    by_words = bool(one.proper - other.stems - known) and bool(other.proper - one.stems - known)
    return by_words or _are_others(one.people, other.people, one, other)


def count_otherwise(one: Wording, other: Wording) -> bool:
    """Whether each has a number that the other hasn't."""
    mine, theirs = (frozenset(stem for stem in each.stems if stem[0].isdigit()) for each in (one, other))
    return bool(mine - theirs) and bool(theirs - mine)


def share_name(one: Wording, other: Wording) -> bool:
    """Whether both name a person or a narrow place, tagged in one of them at least."""
    if one.spots & other.spots or one.people & other.people:
        return True
    return any(_names(other, name) for name in one.spots | one.people) or any(_names(one, name) for name in other.spots | other.people)


def _names(wording: Wording, name: str) -> bool:
    stems = _in_order(name)
    return bool(stems) and wording.proper.issuperset(stems)


def beyond_names(one: Wording, other: Wording) -> int:
    """How many telling words both have that are no names, and no roles either."""
    return len((one.stems & other.stems) - one.proper - other.proper - _roles())


def _are_others(mine: frozenset[str], theirs: frozenset[str], one: Wording, other: Wording) -> bool:
    if not mine or not theirs or mine & theirs:
        return False
    return not any(_tells(other, name) for name in mine) and not any(_tells(one, name) for name in theirs)


def _tells(wording: Wording, name: str) -> bool:
    """Whether a name's last word stands among the words, tagged or not."""
    stems = _in_order(name)
    return bool(stems) and stems[-1] in wording.stems


def _of_people(stems: Stems, people: frozenset[str]) -> Stems:
    """With one stem a person: the given name, the family name and the office are one coincidence, not three."""
    if not people:
        return stems
    names = [_in_order(person) for person in people]
    return stems.difference(_roles(), *(name[:-1] for name in names)) | {name[-1] for name in names if name}


def _stems(text: str) -> Stems:
    return frozenset(_folded(word.spelled, word.stem) for word in words(text) if word.is_content) - _times()


def _proper(quote: str) -> Iterator[str]:
    """Of words with a capital inside a sentence, demonyms and times apart."""
    end = 0
    for word in words(quote):
        starts = word.start == 0 or bool(_OPENS.search(quote, end, word.start))
        end = word.end
        if word.is_capital and not starts and quote[word.start : word.end] not in demonyms():
            yield _folded(word.spelled, word.stem)


@lru_cache(maxsize=16384)
def _in_order(name: str) -> tuple[str, ...]:
    return tuple(_folded(word.spelled, word.stem) for word in words(name))


def _folded(spelled: str, stem: str) -> str:
    """A listed word in any of its forms; short ones only as they are listed, since “plan” and “plane” have one stem."""
    by_spelling, by_stem = _deeds()
    return NUMBERS.get(spelled) or by_spelling.get(spelled) or by_stem.get(stem, stem)


@cache
def _times() -> Stems:
    return frozenset(word.stem for word in words(TIMES))


@cache
def _roles() -> Stems:
    return frozenset(_folded(word.spelled, word.stem) for word in words(ROLES))


@cache
def _deeds() -> tuple[dict[str, str], dict[str, str]]:
    """(by spelling, by stem)"""
    listed = {word.spelled: line.split()[0] for line in SAME_DEED for word in words(line)}
    plurals = {f"{word}s": deed for word, deed in listed.items()}
    stems = {word.stem: listed[word.spelled] for line in SAME_DEED for word in words(line) if len(word.stem) > _SHORT}
    return plurals | listed, stems


@lru_cache(maxsize=16384)
def _is_spot(place: str) -> bool:
    found = locate(place)
    return found is None or found.kind == "city"
