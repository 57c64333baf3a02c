"""Which sentences of two texts are counterparts of each other, wherever they stand.

Sentences are compared by the words they share, each weighed by how rare it is in the longer text, and by runs of words that stand in
both, which few sentences share by chance. An index from words to sentences finds the pairs worth a look; the best are taken first. What is left may still be a part of a sentence that has its
counterpart already, as where an editor split it in two: it is, if it tells words that the other parts don't. A sentence between two
that have counterparts side by side may be told in quite other words.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

from sitegen.text.sentences import Span, sentences
from sitegen.text.words import WordForm, words

Kind = Literal["same", "reworded"]

_MIN_LIKENESS = 0.4
"of 1, by all words of both: what is less alike is hardly one sentence edited"
_MIN_LIKENESS_WITH_RUN = 0.2
"the same, where a run of words stands in both: “Donetsk is one of four provinces that Russia” and two different ends"
_MIN_LIKENESS_BETWEEN = 0.25
"the same, where the sentences before and behind are counterparts, too"
_RUN = 5
"words, one of them more than a name or a function word"
_MIN_PART = 0.6
"of 1, by the words of the shorter: a part has most of its words in the whole"
_MIN_NEW = 0.5
"of 1: how much of a further part no other part tells"
_MIN_SHARED = 2
"words that tell something, one of them more than a name"
_RAREST = 1000
_FUNCTION_WORD = 100
"weights are whole numbers, so that sums are the same in any order"


@dataclass(frozen=True, slots=True)
class Sentence:
    span: Span
    words: tuple[WordForm, ...]
    telling: frozenset[str]
    "stems of the words that are more than what holds every report together"
    plain: frozenset[str]
    "those of them that are no names"
    runs: frozenset[tuple[str, ...]]
    "of a few stems each"


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of each text, one the counterpart of the other or of a part of it."""

    a: int
    "index into the first text's sentences"
    b: int
    "into the second's"
    kind: Kind
    "same: only spelling, case and marks differ"
    likeness: float
    "0 to 1, by the words of both"


@dataclass(frozen=True, slots=True)
class Alignment:
    a: tuple[Sentence, ...]
    b: tuple[Sentence, ...]
    pairs: tuple[Pair, ...]
    "in the first text's order, then the second's; a sentence that was split or merged stands in several"

    @property
    def told_of_a(self) -> frozenset[int]:
        """The first text's sentences that have a counterpart; the others were left out."""
        return frozenset(pair.a for pair in self.pairs)

    @property
    def told_of_b(self) -> frozenset[int]:
        """The second text's sentences that have a counterpart; the others were added."""
        return frozenset(pair.b for pair in self.pairs)


def read_sentences(text: str) -> tuple[Sentence, ...]:
    """A text's sentences with their words; a line of marks alone is none."""
    return tuple(_sentence(span, found) for span in sentences(text) if (found := words(text, span.start, span.end)))


def _sentence(span: Span, found: tuple[WordForm, ...]) -> Sentence:
    telling = [word for word in found if word.is_telling]
    plain = frozenset(word.stem for word in telling if not word.is_capital)
    return Sentence(span, found, frozenset(word.stem for word in telling), plain, frozenset(_runs(found)))


def _runs(found: Sequence[WordForm]) -> Iterator[tuple[str, ...]]:
    """Those that hold more than names and function words."""
    stems = [word.stem for word in found]
    last = -1  # word that is plain and telling, seen so far
    for index, word in enumerate(found):
        if word.is_telling and not word.is_capital:
            last = index
        start = index - _RUN + 1
        if 0 <= start <= last:
            yield tuple(stems[start : index + 1])


def align(a: Sequence[Sentence], b: Sequence[Sentence]) -> Alignment:
    """Swapping the texts swaps the sides of each pair and changes nothing else."""
    weights = _weights(a, b)
    heavy = frozenset[str]().union(*(sentence.telling for sentence in (*a, *b)))
    mine, theirs = [_bag(sentence, weights, heavy) for sentence in a], [_bag(sentence, weights, heavy) for sentence in b]
    chosen = _Chosen(mine, theirs)
    ranked = sorted(_ranked(mine, theirs))
    for rank in ranked:
        if rank.is_like:
            chosen.take(rank.a, rank.b)
    between = [rank for rank in ranked if not rank.is_like and chosen.is_between(rank.a, rank.b)]
    for rank in between:
        chosen.take(rank.a, rank.b)
    pairs = (Pair(i, j, _kind(a[i], b[j]), _likeness(mine[i], theirs[j])) for i, j in sorted(chosen.pairs))
    return Alignment(tuple(a), tuple(b), tuple(pairs))


@dataclass(frozen=True, slots=True)
class _Bag:
    weights: Mapping[str, int]
    "of its words, by stem"
    light: frozenset[str]
    "stems that tell nothing in any sentence; each weighs the same"
    total: int
    telling: frozenset[str]
    plain: frozenset[str]
    runs: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class _Rank:
    """Sorts the likest pair first, of equals the one whose sentences stand at the most similar places."""

    unlikeness: float
    distance: int
    first: int
    a: int
    b: int
    is_like: bool
    "enough to be taken wherever it stands"


class _Chosen:
    """The pairs taken so far."""

    def __init__(self, mine: Sequence[_Bag], theirs: Sequence[_Bag]) -> None:
        self.mine, self.theirs = mine, theirs
        self.pairs: set[tuple[int, int]] = set()
        self._of_a: defaultdict[int, set[int]] = defaultdict(set)
        self._of_b: defaultdict[int, set[int]] = defaultdict(set)

    def is_between(self, a: int, b: int) -> bool:
        """Whether both are free, and each neighbour that they have is a pair."""
        is_free = a not in self._of_a and b not in self._of_b
        return is_free and self._is_pair_or_edge(a - 1, b - 1) and self._is_pair_or_edge(a + 1, b + 1)

    def _is_pair_or_edge(self, a: int, b: int) -> bool:
        return (a, b) in self.pairs or (a == b == -1) or (a == len(self.mine) and b == len(self.theirs))

    def take(self, a: int, b: int) -> None:
        """Takes a pair that is worth it: two sentences still free, or a free one as a further part of the other."""
        if a in self._of_a and b in self._of_b:
            return
        if a in self._of_a:
            is_taken = _is_further_part(self.theirs[b], self.mine[a], [self.theirs[other] for other in self._of_a[a]])
        elif b in self._of_b:
            is_taken = _is_further_part(self.mine[a], self.theirs[b], [self.mine[other] for other in self._of_b[b]])
        else:
            is_taken = True
        if is_taken:
            self.pairs.add((a, b))
            self._of_a[a].add(b)
            self._of_b[b].add(a)


def _weights(a: Sequence[Sentence], b: Sequence[Sentence]) -> Mapping[str, int]:
    """By stem. A word that both texts hold once is as rare as can be: its second use is what is looked for."""
    function = {word.stem for sentence in (*a, *b) for word in sentence.words if not word.is_telling}
    held = [Counter(stem for sentence in text for stem in {word.stem for word in sentence.words}) for text in (a, b)]
    most = max(len(a), len(b), 1)
    return {
        stem: _FUNCTION_WORD if stem in function else round(_RAREST * log2(1 + most / max(held[0][stem], held[1][stem])) / log2(1 + most))
        for stem in held[0].keys() | held[1].keys()
    }


def _bag(sentence: Sentence, weights: Mapping[str, int], heavy: frozenset[str]) -> _Bag:
    mine = {word.stem: weights[word.stem] for word in sentence.words}
    return _Bag(mine, frozenset(mine.keys() - heavy), sum(mine.values()), sentence.telling, sentence.plain, sentence.runs)


def _ranked(mine: Sequence[_Bag], theirs: Sequence[_Bag]) -> Iterator[_Rank]:
    """The pairs that are like enough to be looked at."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, bag in enumerate(theirs):
        for stem in bag.weights.keys() - bag.light:
            holders[stem].append(index)
    for a, bag in enumerate(mine):
        shared: Counter[int] = Counter()
        for stem in bag.weights.keys() & holders.keys():
            weight = bag.weights[stem]
            for b in holders[stem]:
                shared[b] += weight
        for b, heavy in shared.items():
            other = theirs[b]
            weight = heavy + _FUNCTION_WORD * len(bag.light & other.light)
            likeness = 2 * weight / (bag.total + other.total)
            is_part = weight >= _MIN_PART * min(bag.total, other.total)
            is_like = is_part or _is_like(bag, other, likeness)
            if (is_like or likeness >= _MIN_LIKENESS_BETWEEN) and _shares_enough(bag, other):
                yield _Rank(-likeness, abs(a * len(theirs) - b * len(mine)), min(a, b), a, b, is_like)


def _is_like(one: _Bag, other: _Bag, likeness: float) -> bool:
    return likeness >= _MIN_LIKENESS or (likeness >= _MIN_LIKENESS_WITH_RUN and not one.runs.isdisjoint(other.runs))


def _shares_enough(one: _Bag, other: _Bag) -> bool:
    """Several telling words, and not names alone; for a sentence that has fewer, all of them."""
    shared = one.telling & other.telling
    if len(shared) < max(1, min(_MIN_SHARED, len(one.telling), len(other.telling))):
        return False
    return not shared.isdisjoint(one.plain | other.plain) or not (one.plain and other.plain)


def _is_further_part(part: _Bag, whole: _Bag, others: Collection[_Bag]) -> bool:
    told = {stem for other in others for stem in other.weights}
    new = sum(weight for stem, weight in part.weights.items() if stem in whole.weights and stem not in told)
    return new >= _MIN_NEW * part.total


def _likeness(one: _Bag, other: _Bag) -> float:
    return 2 * sum(weight for stem, weight in one.weights.items() if stem in other.weights) / max(1, one.total + other.total)


def _kind(one: Sentence, other: Sentence) -> Kind:
    is_same = [word.spelled for word in one.words] == [word.spelled for word in other.words]
    return "same" if is_same else "reworded"
