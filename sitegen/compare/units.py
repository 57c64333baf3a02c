"""Split sentences into units to compare: words, names, numbers, dates and reporting verbs.

Units with the same key mean the same, however they are written. Names are recognised by capitals, or because the site knows
them; a known name is one unit, with one key for all its spellings.
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
"words before a name that aren't part of it"
_HEADLINE_CAPITALS = 0.6
"0 to 1: a line with a larger share of capitalised words is a headline that Capitalises Every Word"


@dataclass(frozen=True, slots=True)
class TextUnit:
    start: int
    "code points into the text"
    end: int
    kind: UnitKind
    key: str
    count: int
    "words"
    is_content: bool
    "whether it is more than a function word"
    is_weak: bool
    "ambiguous words such as “one” or “declared”: they count only if another number or reporting verb replaces them"
    is_first: bool
    "the first of its sentence, so its capital means nothing"
    quotation: int
    "index of the quotation that contains it; -1: none"


@dataclass(frozen=True, slots=True)
class TextChange:
    kind: ChangeKind
    a: Span
    "in the first text; an empty span at its place for an addition"
    b: Span
    "in the second text; likewise for an omission"

    @property
    def is_trivial(self) -> bool:
        return self.kind in TRIVIAL


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of one text that are compared together."""

    text: str
    quotations: tuple[Span, ...]
    units: tuple[TextUnit, ...]
    "of all of them, in order"
    bounds: tuple[int, ...]
    "number of units in the first sentence, in the first two, …"

    def span(self, start: int, stop: int) -> Span:
        """The span of units[start:stop]; an empty one at its place for an empty range."""
        if start < stop:
            return Span(self.units[start].start, self.units[stop - 1].end)
        place = self.units[start - 1].end if start else self.units[0].start
        return Span(place, place)


class KnownNames:
    """The names that a site knows, by their spellings."""

    def __init__(self, identities: Mapping[str, str]) -> None:
        """*identities* maps each spelling to an identity, any text that is the same for all spellings of one name."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for spelling, identity in sorted(identities.items()):
            forms = tuple(_without_owner(word.spelled) for word in words(spelling))
            if forms:
                self._by_first.setdefault(forms[0], []).append((forms, identity))
        for known in self._by_first.values():
            known.sort(key=lambda name: (-len(name[0]), name))

    def beginning_with(self, words: Collection[str]) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The known names whose first word is in *words*; a text made of these words can't contain others."""
        return tuple(name for first in sorted(self._by_first.keys() & words) for name in self._by_first[first])

    def at(self, forms: Sequence[str], index: int) -> tuple[int, str] | None:
        """(number of words, identity) of the longest known name at *index*."""
        for known, identity in self._by_first.get(forms[index], ()):
            if tuple(forms[index : index + len(known)]) == known:
                return len(known), identity
        return None


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with what its sentences need to know of the whole."""

    text: str
    quotations: tuple[Span, ...]
    capitals: frozenset[str]
    "see capitals()"


def annotated_text(text: str, always_capital: frozenset[str]) -> AnnotatedText:
    return AnnotatedText(text, all_quotations(text), always_capital)


def capitals(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Words that are capitalised within a sentence and never lower-case, so that they are names at the start of a sentence, too."""
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
    return unit.kind, unit.key, unit.count, unit.is_content, unit.is_weak, unit.is_first, unit.quotation


def _made(
    read: AnnotatedText, found: Sequence[WordForm], index: int, count: int, kind: UnitKind, key: str, *, is_weak: bool = False
) -> TextUnit:
    start, end = found[index].start, found[index + count - 1].end
    is_content = kind != "plain" or found[index].is_content
    return TextUnit(start, end, kind, key, count, is_content, is_weak, index == 0, _quotation_at(read.quotations, start))


def _quotation_at(spans: Sequence[Span], place: int) -> int:
    number = bisect_right(spans, place, key=attrgetter("start")) - 1
    return number if number >= 0 and place < spans[number].end else -1


def _names(read: AnnotatedText, found: Sequence[WordForm]) -> list[bool]:
    """For each word, whether its capital makes it a name."""
    capitals = sum(word.is_capital for word in found)
    if len(found) >= 4 and capitals > _HEADLINE_CAPITALS * len(found):
        return [False] * len(found)
    return [
        word.is_capital and word.spelled not in _TITLES and word.is_content and (index > 0 or _without_owner(word.spelled) in read.capitals)
        for index, word in enumerate(found)
    ]


def _is_attributing(text: str, found: Sequence[WordForm], index: int) -> bool:
    """Whether the verb attributes: “…,” he claimed; it claimed that …; …, the owner claimed."""
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
