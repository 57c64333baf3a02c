"""Which of many texts may share sentences, seen at a glance: neighbouring words that two of them have, and few others.

It costs some microseconds a word, and leaves so few pairs that these can be aligned. Whether two texts are one it does not say.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

_WORD = re.compile(r"[^\W_]{4,}")
_STEM = 5
"letters, so that endings and most newsrooms' spellings don't count"
_MIN_SHARED_NEIGHBOURS = 3
_MIN_SHARE = 0.05
"of 1: of the shorter text's neighbours, so many must stand in both"
_MAX_HOLDERS = 60
"texts; neighbours that more of them have are a phrase of the season"
_MAX_DAYS_APART = 60
_MAX_CANDIDATES = 6
"others for each text, those that share most with it"


def candidate_pairs(texts: Sequence[str], days: Sequence[int | None]) -> tuple[tuple[int, int], ...]:
    """By their places, the lower first, in order; *days* are ordinals. Texts of days that are far apart are no edits of each other."""
    order = sorted(range(len(texts)), key=lambda place: (days[place] or -1, place))
    neighbours = [_neighbours(texts[place]) for place in order]
    holders = Counter(chain.from_iterable(neighbours))
    seen: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    shared: list[tuple[int, int, int]] = []
    undated = first = sum(day is None for day in days)  # those stand before all others
    for number, held in enumerate(neighbours):
        while first < number and (days[order[number]] or 0) - (days[order[first]] or 0) > _MAX_DAYS_APART:
            first += 1
        telling = [seen[pair] for pair in held if 1 < holders[pair] <= _MAX_HOLDERS]
        met = (places for places in telling if places and (places[-1] >= first or places[0] < undated))
        near = (places[: bisect_left(places, undated)] + places[bisect_left(places, first) :] for places in met)
        for other, count in Counter(chain.from_iterable(near)).items():
            if count >= max(_MIN_SHARED_NEIGHBOURS, _MIN_SHARE * min(len(held), len(neighbours[other]))):
                one, two = sorted((order[number], order[other]))
                shared.append((-count, one, two))
        for places in telling:
            places.append(number)
    return tuple(sorted(_most_similar(shared)))


def _neighbours(text: str) -> set[tuple[str, str]]:
    """Of all pairs of neighbouring words about half, the same ones in every text: those whose second word has such a first letter."""
    stems = [word[:_STEM] for word in _WORD.findall(text.casefold())]
    return {pair for pair in pairwise(stems) if ord(pair[1][0]) % 2 == 0}


def _most_similar(shared: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Of pairs with how much they share, less than nothing: so they stand in order when they are sorted."""
    taken: Counter[int] = Counter()
    for _, one, other in sorted(shared):
        if min(taken[one], taken[other]) < _MAX_CANDIDATES:
            taken.update((one, other))
            yield one, other
