"""A telling as joining compares it: the stems of its words, its names, and how rare each stem is.

How much a shared stem says depends on how often it is met by chance: in English, on this site, and most of all in the other events of the
two reports. “Bakhmut” tells a story from others and says nothing where each sentence of the story has it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2

from sitegen.ingest.joining.tellings import Telling
from sitegen.ingest.names.gazetteer import locate
from sitegen.ingest.names.lexicon import lists
from sitegen.text.words import Word, words

_BIT = 64
"bits are counted in whole parts, so that sums are the same in any order"
_MOST_BITS = 9
_ORDINARY, _RARE, _NUMBER = 1 / 60, 1 / 1000, 1 / 40
"how often an event of no particular story has a word of English, any other word, or a small number"
_SITE, _STORY = 40, 4
"tellings that these shares, and the site's, count for"
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
        "twenty".split()
    )
}
_TIMES = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November "
    "December today yesterday tomorrow day week weekend month year morning afternoon evening night early late earlier later last next ago"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What is kept of a telling."""

    stems: frozenset[str]
    people: frozenset[str]
    spots: frozenset[str]
    "places narrower than a country or a region"
    names: frozenset[str]
    "all people and places"


def wording(telling: Telling) -> Wording:
    found = {stem for text in (telling.title, *telling.quotes) for stem in _stems(text)}
    for person in telling.people:
        # One stem a person: a given name and a family name are one coincidence.
        *given, family = [word.stem for word in words(person)] or [""]
        found.difference_update(given)
        found.add(family)
    found.discard("")
    spots = frozenset(place for place in telling.places if _is_spot(place))
    return Wording(frozenset(found), telling.people, spots, telling.people | telling.places)


def tells(wording: Wording, name: str) -> bool:
    """Whether a name stands in its words, tagged or not."""
    stems = [word.stem for word in words(name)]
    return bool(stems) and stems[-1] in wording.stems


@dataclass(frozen=True, slots=True)
class Rarity:
    """How often stems are met: on the site, and in other events of the reports that are compared."""

    site: Mapping[str, int]
    tellings: int
    story: Mapping[str, int]
    others: int

    def bits(self, stems: Iterable[str]) -> int:
        """In 64ths."""
        return sum(map(self._bits, stems))

    def _bits(self, stem: str) -> int:
        on_site = (self.site.get(stem, 0) + _SITE * _base(stem)) / (self.tellings + _SITE)
        share = (self.story.get(stem, 0) + _STORY * on_site) / (self.others + _STORY)
        return round(_BIT * min(_MOST_BITS, max(0.0, -log2(share))))


def counted(wordings: Iterable[Wording]) -> Counter[str]:
    return Counter(stem for each in wordings for stem in each.stems)


@lru_cache(maxsize=16384)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_folded(word) for word in words(text) if word.is_telling) - _times()


def _folded(word: Word) -> str:
    return _NUMBERS.get(word.spelled, word.stem)


@cache
def _times() -> frozenset[str]:
    return frozenset(word.stem for word in words(_TIMES))


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(stem for stem in (word.stem for word in words(" ".join(lists()["ordinary"]))))


@lru_cache(maxsize=65536)
def _base(stem: str) -> float:
    if stem.isdigit():
        return _NUMBER if len(stem) < 3 else _RARE
    return _ORDINARY if stem in _ordinary() else _RARE


@lru_cache(maxsize=16384)
def _is_spot(place: str) -> bool:
    found = locate(place)
    return found is None or found.kind == "city"
