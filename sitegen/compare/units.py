"""A sentence as comparing its words reads it: words, and what stands there for a name, a number, a date or a verb of saying.

Two units with one key say the same, however they are written. What is a name is seen from capitals alone, and from the names that the
site knows; those are one unit with one key for all their spellings.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Literal

from sitegen.compare import reporting_verbs
from sitegen.compare.align import Sentence
from sitegen.compare.date_phrases import When, dates
from sitegen.compare.numerals import WEAK, number_at
from sitegen.compare.quotations import all_quotations
from sitegen.text.sentences import Span
from sitegen.text.spellings import transliteration_key
from sitegen.text.words import WordForm, words

UnitKind = Literal["plain", "name", "number", "date", "saying"]
ChangeKind = Literal["number", "name", "quotation", "date", "attribution", "wording", "spelling", "punctuation"]
TRIVIAL: frozenset[ChangeKind] = frozenset({"spelling", "punctuation"})

_TITLES = frozenset(
    word.spelled
    for word in words(
        """
        president prime minister chancellor secretary foreign defence interior energy finance health spokesman spokeswoman spokesperson general
        colonel major captain lieutenant sergeant admiral mayor governor senator ambassador king queen prince princess pope bishop judge doctor professor
        director chairman chairwoman mr mrs ms dr prof gen col sir lord lady i deputy former vice chief
        """
    )
)
"what stands before a name and is none"
_HEADLINE_CAPITALS = 0.6
"of 1: of a line's words, so many with capitals make a headline that writes All Its Words So"


@dataclass(frozen=True, slots=True)
class TextUnit:
    start: int
    "code points into the text"
    end: int
    kind: UnitKind
    key: str
    count: int
    "words"
    is_telling: bool
    "whether it is more than what holds every sentence together"
    is_weak: bool
    "whether it is a number, or a verb of saying, only where another stands in its place: one, declared"
    is_first: bool
    "in its sentence, so that its capital means nothing"
    quotation: int
    "which one of the text's it stands in; -1: none"


@dataclass(frozen=True, slots=True)
class TextChange:
    kind: ChangeKind
    a: Span
    "in the first text; empty, at its place, for what was added"
    b: Span
    "in the second; empty for what was left out"

    @property
    def is_trivial(self) -> bool:
        return self.kind in TRIVIAL


@dataclass(frozen=True, slots=True)
class Side:
    """One text's sentences that belong together."""

    text: str
    quotations: tuple[Span, ...]
    units: tuple[TextUnit, ...]
    "of all of them, in order"
    bounds: tuple[int, ...]
    "how many of the units belong to the first sentence, to the first two, …"

    def span(self, start: int, stop: int) -> Span:
        """Of the units from *start* to before *stop*; for none of them the place between."""
        if start < stop:
            return Span(self.units[start].start, self.units[stop - 1].end)
        place = self.units[start - 1].end if start else self.units[0].start
        return Span(place, place)


class KnownNames:
    """The names that a site knows, by their spellings."""

    def __init__(self, identities: Mapping[str, str]) -> None:
        """*identities* gives for each spelling whose it is; what stands for whom is anything that is the same for one."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for spelling, identity in sorted(identities.items()):
            forms = tuple(_without_owner(word.spelled) for word in words(spelling))
            if forms:
                self._by_first.setdefault(forms[0], []).append((forms, identity))
        for known in self._by_first.values():
            known.sort(key=lambda name: (-len(name[0]), name))

    def beginning_with(self, words: Collection[str]) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The names, as they are spelled here, whose first word is one of *words*: no other can stand in a text of these words."""
        return tuple(name for first in sorted(self._by_first.keys() & words) for name in self._by_first[first])

    def at(self, forms: Sequence[str], index: int) -> tuple[int, str] | None:
        """(words, identity) of the longest known name that begins there."""
        for known, identity in self._by_first.get(forms[index], ()):
            if tuple(forms[index : index + len(known)]) == known:
                return len(known), identity
        return None


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """What is known of a whole text before its sentences are read."""

    text: str
    quotations: tuple[Span, ...]
    capitals: frozenset[str]
    "see capitals()"


def annotated_text(text: str, always_capital: frozenset[str]) -> AnnotatedText:
    return AnnotatedText(text, all_quotations(text), always_capital)


def capitals(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Words that stand with a capital within a sentence, and never without one: at a sentence's beginning they are names, too."""
    capital: set[str] = set()
    small: set[str] = set()
    for sentence in sentences:
        for number, word in enumerate(sentence.words):
            if not word.is_capital:
                small.add(word.spelled)
            elif number:
                capital.add(_without_owner(word.spelled))
    return frozenset(capital - small)


def units(read: AnnotatedText, sentence: Sentence, known: KnownNames) -> tuple[TextUnit, ...]:
    found = sentence.words
    forms = [_without_owner(word.spelled) for word in found]
    whens = list(dates(read.text, sentence.span.start, sentence.span.end))
    are_names = _names(read, found)
    made: list[TextUnit] = []
    index = 0
    while index < len(found):
        unit = _unit(read, found, forms, index, whens, known, are_names)
        made.append(unit)
        index += unit.count
    return tuple(made)


def _unit(
    read: AnnotatedText,
    found: Sequence[WordForm],
    forms: Sequence[str],
    index: int,
    whens: list[When],
    known: KnownNames,
    are_names: Sequence[bool],
) -> TextUnit:
    word = found[index]
    while whens and whens[0].end <= word.start:
        whens.pop(0)
    if whens and whens[0].start < word.end:
        last = index
        while last + 1 < len(found) and found[last + 1].start < whens[0].end:
            last += 1
        return _made(read, found, index, last - index + 1, "date", f"@{whens[0].key}")
    name = known.at(forms, index)
    if name is not None and any(found[place].is_capital for place in range(index, index + name[0])):
        return _made(read, found, index, name[0], "name", f"={name[1]}")
    number = number_at(read.text, found, index)
    if number is not None:
        unit = _made(read, found, index, number.count, "number", f"#{number.key}", is_weak=word.spelled in WEAK)
        return TextUnit(number.start, number.end, *_rest(unit))
    if reporting_verbs.verb(word.spelled) and not (word.is_capital and index):
        is_weak = word.spelled not in reporting_verbs.ALWAYS and not _is_attributing(read.text, found, index)
        is_according_to = word.spelled == "according" and index + 1 < len(found) and found[index + 1].spelled == "to"
        return _made(read, found, index, 1 + is_according_to, "saying", word.spelled, is_weak=is_weak)
    if are_names[index]:
        return _made(read, found, index, 1, "name", _name_key(forms[index]))
    return _made(read, found, index, 1, "plain", word.spelled)


def _rest(unit: TextUnit) -> tuple[UnitKind, str, int, bool, bool, bool, int]:
    return unit.kind, unit.key, unit.count, unit.is_telling, unit.is_weak, unit.is_first, unit.quotation


def _made(
    read: AnnotatedText, found: Sequence[WordForm], index: int, count: int, kind: UnitKind, key: str, *, is_weak: bool = False
) -> TextUnit:
    start, end = found[index].start, found[index + count - 1].end
    is_telling = kind != "plain" or found[index].is_telling
    return TextUnit(start, end, kind, key, count, is_telling, is_weak, index == 0, _quotation_at(read.quotations, start))


def _quotation_at(spans: Sequence[Span], place: int) -> int:
    number = bisect_right(spans, place, key=attrgetter("start")) - 1
    return number if number >= 0 and place < spans[number].end else -1


def _names(read: AnnotatedText, found: Sequence[WordForm]) -> list[bool]:
    """Of each word, whether its capital makes it one."""
    capitals = sum(word.is_capital for word in found)
    if len(found) >= 4 and capitals > _HEADLINE_CAPITALS * len(found):
        return [False] * len(found)
    return [
        word.is_capital and word.spelled not in _TITLES and word.is_telling and (index > 0 or _without_owner(word.spelled) in read.capitals)
        for index, word in enumerate(found)
    ]


def _is_attributing(text: str, found: Sequence[WordForm], index: int) -> bool:
    """“…,” he claimed; it claimed that …; …, the owner claimed."""
    word = found[index]
    if index + 1 == len(found) or found[index + 1].spelled == "that":
        return True
    behind = text[word.end : found[index + 1].start]
    return any(mark in behind for mark in ',:"“')


def _without_owner(spelled: str) -> str:
    return spelled.removesuffix("'s")


@lru_cache(1 << 14)
def _name_key(form: str) -> str:
    return transliteration_key(form)
