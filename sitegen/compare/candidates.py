"""Find candidate pairs among many texts: those that share pairs of neighbouring words which few other texts have.

This costs microseconds per word, and leaves few enough pairs to align. Only the alignment shows whether they share sentences.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

_WORD = re.compile(r"[^\W_]{4,}")
_STEM = 5
"letters of a word that count, so that endings and most spelling variants don't"
_MIN_SHARED_NEIGHBOURS = 3
_MIN_SHARE = 0.05
"0 to 1: the share of the shorter text's word pairs that both must have"
_MAX_HOLDERS = 60
"texts; word pairs that more texts have are stock phrases"
_MAX_DAYS_APART = 60
_MAX_CANDIDATES = 6
"per text; those that share most with it"


def candidate_pairs(texts: Sequence[str], days: Sequence[int | None]) -> tuple[tuple[int, int], ...]:
    """Sorted pairs of indexes, the lower one first. *days* are ordinals; texts from days far apart can't be edits of each other."""
    order = sorted(range(len(texts)), key=lambda place: (days[place] or -1, place))
    neighbours = [_neighbours(texts[place]) for place in order]
    holders = Counter(chain.from_iterable(neighbours))
    seen: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    shared: list[tuple[int, int, int]] = []
    undated = first = sum(day is None for day in days)  # those come before all others
    for number, held in enumerate(neighbours):
        while first < number and (days[order[number]] or 0) - (days[order[first]] or 0) > _MAX_DAYS_APART:
            first += 1
        content = [seen[pair] for pair in held if 1 < holders[pair] <= _MAX_HOLDERS]
        met = (places for places in content if places and (places[-1] >= first or places[0] < undated))
        near = (places[: bisect_left(places, undated)] + places[bisect_left(places, first) :] for places in met)
        for other, count in Counter(chain.from_iterable(near)).items():
            if count >= max(_MIN_SHARED_NEIGHBOURS, _MIN_SHARE * min(len(held), len(neighbours[other]))):
                one, two = sorted((order[number], order[other]))
                shared.append((-count, one, two))
        for places in content:
            places.append(number)
    return tuple(sorted(_most_similar(shared)))


def _neighbours(text: str) -> set[tuple[str, str]]:
    """About half of all pairs of neighbouring words, sampled by the first letter of the second word, so alike in every text."""
    stems = [word[:_STEM] for word in _WORD.findall(text.casefold())]
    return {pair for pair in pairwise(stems) if ord(pair[1][0]) % 2 == 0}


def _most_similar(shared: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """The strongest pairs of each text. *shared* holds (-count, one, other)."""
    taken: Counter[int] = Counter()
    for _, one, other in sorted(shared):
        if min(taken[one], taken[other]) < _MAX_CANDIDATES:
            taken.update((one, other))
            yield one, other
