"""Align the sentences of two texts: find the pairs that are counterparts, whatever their order.

Sentences are compared by the words they share, weighted by rarity, and by runs of words, which few sentences share by
chance. An index from words to sentences finds candidate pairs, and the most similar are accepted first. An editor may have
split a sentence: a leftover sentence counts as a further part of one that is already paired if it adds words that the other
parts lack. Between two aligned neighbours, a weaker match is enough.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

from sitegen.text.sentences import Span, sentences
from sitegen.text.words import WordForm, words

MatchKind = Literal["same", "reworded"]

_MIN_SIMILARITY = 0.4
"0 to 1, over all words of both; below it, one sentence is hardly an edit of the other"
_MIN_SIMILARITY_WITH_RUN = 0.2
"the same, for sentences that share a run of words: “Donetsk is one of four provinces that Russia” with two different endings"
_MIN_SIMILARITY_BETWEEN = 0.25
"the same, if the sentences before and after are counterparts"
_RUN = 5
"length in words; at least one is neither a name nor a function word"
_MIN_PART = 0.6
"0 to 1, over the words of the shorter: a part shares most of its words with the whole"
_MIN_NEW = 0.5
"0 to 1: how much of a further part no other part contains"
_MIN_SHARED = 2
"content words, at least one of them not a name"
_RAREST = 1000
_FUNCTION_WORD = 100
"weights are integers, so that sums don't depend on their order"


@dataclass(frozen=True, slots=True)
class Sentence:
    span: Span
    words: tuple[WordForm, ...]
    content: frozenset[str]
    "stems of its content words"
    plain: frozenset[str]
    "those of them that aren't names"
    runs: frozenset[tuple[str, ...]]
    "each of _RUN stems"


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of each text; one is the counterpart of the other, or of a part of it."""

    a: int
    "index into the first text's sentences"
    b: int
    "index into the second text's sentences"
    kind: MatchKind
    "same: only spelling, case and punctuation differ"
    similarity: float
    "0 to 1, over the words of both"


@dataclass(frozen=True, slots=True)
class Alignment:
    a: tuple[Sentence, ...]
    b: tuple[Sentence, ...]
    pairs: tuple[Pair, ...]
    "in the order of the first text, then of the second; a sentence that was split or merged is in several"


def read_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text with their words; a line of punctuation only is skipped."""
    return tuple(_sentence(span, found) for span in sentences(text) if (found := words(text, span.start, span.end)))


def _sentence(span: Span, found: tuple[WordForm, ...]) -> Sentence:
    content = [word for word in found if word.is_content]
    plain = frozenset(word.stem for word in content if not word.is_capital)
    return Sentence(span, found, frozenset(word.stem for word in content), plain, frozenset(_runs(found)))


def _runs(found: Sequence[WordForm]) -> Iterator[tuple[str, ...]]:
    """Runs that contain more than names and function words."""
    stems = [word.stem for word in found]
    last = -1  # word that is plain and content, seen so far
    for index, word in enumerate(found):
        if word.is_content and not word.is_capital:
            last = index
        start = index - _RUN + 1
        if 0 <= start <= last:
            yield tuple(stems[start : index + 1])


def align(a: Sequence[Sentence], b: Sequence[Sentence]) -> Alignment:
    """Find the counterparts. Symmetric: swapping the texts only swaps the sides of each pair."""
    weights = _weights(a, b)
    heavy = frozenset[str]().union(*(sentence.content for sentence in (*a, *b)))
    mine, theirs = [_bag(sentence, weights, heavy) for sentence in a], [_bag(sentence, weights, heavy) for sentence in b]
    matching = _Matching(mine, theirs)
    candidates = sorted(_candidates(mine, theirs))
    for candidate in candidates:
        if candidate.is_similar:
            matching.take(candidate.a, candidate.b)
    between = [candidate for candidate in candidates if not candidate.is_similar and matching.is_between(candidate.a, candidate.b)]
    for candidate in between:
        matching.take(candidate.a, candidate.b)
    pairs = (Pair(i, j, _kind(a[i], b[j]), _similarity(mine[i], theirs[j])) for i, j in sorted(matching.pairs))
    return Alignment(tuple(a), tuple(b), tuple(pairs))


@dataclass(frozen=True, slots=True)
class _Bag:
    weights: Mapping[str, int]
    "of all its words, by stem"
    light: frozenset[str]
    "stems that are function words in every sentence; they all weigh the same"
    total: int
    content: frozenset[str]
    plain: frozenset[str]
    runs: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class _CandidateMatch:
    """A pair that may match. Sorts by similarity, then by how close the relative positions of both sentences are."""

    dissimilarity: float
    distance: int
    first: int
    a: int
    b: int
    is_similar: bool
    "similar enough to be accepted at any position"


class _Matching:
    """The pairs accepted so far."""

    def __init__(self, mine: Sequence[_Bag], theirs: Sequence[_Bag]) -> None:
        self.mine, self.theirs = mine, theirs
        self.pairs: set[tuple[int, int]] = set()
        self._of_a: defaultdict[int, set[int]] = defaultdict(set)
        self._of_b: defaultdict[int, set[int]] = defaultdict(set)

    def is_between(self, a: int, b: int) -> bool:
        """Whether both are unpaired, and their neighbours on both sides are pairs of their own."""
        is_free = a not in self._of_a and b not in self._of_b
        return is_free and self._is_pair_or_edge(a - 1, b - 1) and self._is_pair_or_edge(a + 1, b + 1)

    def _is_pair_or_edge(self, a: int, b: int) -> bool:
        return (a, b) in self.pairs or (a == b == -1) or (a == len(self.mine) and b == len(self.theirs))

    def take(self, a: int, b: int) -> None:
        """Accept a pair of unpaired sentences, or an unpaired one as a further part of the other."""
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
    """Weights by stem. A word that each text has once is as rare as can be: its counterpart is what we look for."""
    function = {word.stem for sentence in (*a, *b) for word in sentence.words if not word.is_content}
    held = [Counter(stem for sentence in text for stem in {word.stem for word in sentence.words}) for text in (a, b)]
    most = max(len(a), len(b), 1)
    return {
        stem: _FUNCTION_WORD if stem in function else round(_RAREST * log2(1 + most / max(held[0][stem], held[1][stem])) / log2(1 + most))
        for stem in held[0].keys() | held[1].keys()
    }


def _bag(sentence: Sentence, weights: Mapping[str, int], heavy: frozenset[str]) -> _Bag:
    mine = {word.stem: weights[word.stem] for word in sentence.words}
    return _Bag(mine, frozenset(mine.keys() - heavy), sum(mine.values()), sentence.content, sentence.plain, sentence.runs)


def _candidates(mine: Sequence[_Bag], theirs: Sequence[_Bag]) -> Iterator[_CandidateMatch]:
    """The pairs that are similar enough to be considered."""
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
            similarity = 2 * weight / (bag.total + other.total)
            is_part = weight >= _MIN_PART * min(bag.total, other.total)
            is_similar = is_part or _is_similar(bag, other, similarity)
            if (is_similar or similarity >= _MIN_SIMILARITY_BETWEEN) and _shares_enough(bag, other):
                yield _CandidateMatch(-similarity, abs(a * len(theirs) - b * len(mine)), min(a, b), a, b, is_similar)


def _is_similar(one: _Bag, other: _Bag, similarity: float) -> bool:
    return similarity >= _MIN_SIMILARITY or (similarity >= _MIN_SIMILARITY_WITH_RUN and not one.runs.isdisjoint(other.runs))


def _shares_enough(one: _Bag, other: _Bag) -> bool:
    """Whether they share several content words, not only names; sentences with fewer must share them all."""
    shared = one.content & other.content
    if len(shared) < max(1, min(_MIN_SHARED, len(one.content), len(other.content))):
        return False
    return not shared.isdisjoint(one.plain | other.plain) or not (one.plain and other.plain)


def _is_further_part(part: _Bag, whole: _Bag, others: Collection[_Bag]) -> bool:
    covered = {stem for other in others for stem in other.weights}
    new = sum(weight for stem, weight in part.weights.items() if stem in whole.weights and stem not in covered)
    return new >= _MIN_NEW * part.total


def _similarity(one: _Bag, other: _Bag) -> float:
    return 2 * sum(weight for stem, weight in one.weights.items() if stem in other.weights) / max(1, one.total + other.total)


def _kind(one: Sentence, other: Sentence) -> MatchKind:
    is_same = [word.spelled for word in one.words] == [word.spelled for word in other.words]
    return "same" if is_same else "reworded"
