"""Which of many texts may share sentences, seen at a glance: neighbouring words that two of them have, and few others.

It costs some microseconds a word, and leaves so few pairs that these can be aligned. Whether two texts are one it does not say.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W_]{4,}")
_STEM = 5
"letters, so that endings and most newsrooms' spellings don't count"
_FEWEST = 4
_SHARE = 0.04
"of 1: of the shorter text's neighbours, so many must stand in both"
_MOST_HOLDERS = 60
"texts; neighbours that more of them have are a phrase of the season"
_MOST_LIKELY = 12
"others for each text, those that share most with it"


def likely_pairs(texts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """By their places, the lower first, in order."""
    neighbours = [_neighbours(text) for text in texts]
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, held in enumerate(neighbours):
        for pair in held:
            holders[pair].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if 1 < len(places) <= _MOST_HOLDERS:
            shared.update((one, other) for number, one in enumerate(places) for other in places[number + 1 :])
    return tuple(sorted(_likeliest(shared, [len(held) for held in neighbours])))


def _neighbours(text: str) -> set[tuple[str, str]]:
    stems = [word[:_STEM] for word in _WORD.findall(text.casefold())]
    return set(pairwise(stems))


def _likeliest(shared: Counter[tuple[int, int]], sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    taken: Counter[int] = Counter()
    for (one, other), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        is_enough = count >= max(_FEWEST, _SHARE * min(sizes[one], sizes[other]))
        if is_enough and min(taken[one], taken[other]) < _MOST_LIKELY:
            taken.update((one, other))
            yield one, other
