"""Joins, the surest first, to groups that hold together.

A group has at most one telling of a report and at most one standing entry, and none of its tellings contradicts another. A join that
only one pair of many speaks for is not made: else a chain of small likenesses would tie two events together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from sitegen.ingest.joining.likeness import can_be_one
from sitegen.ingest.joining.story import Item

_OF_ALL_PAIRS, _ENOUGH_PAIRS = 4, 12
"of so many pairs between two groups one at least must be like enough; so many are enough of any number"


@dataclass(frozen=True, slots=True)
class Join:
    """Two members that are like enough, by their places."""

    one: int
    other: int
    why: str


@dataclass(frozen=True, slots=True)
class Joined:
    members: tuple[int, ...]
    "by place, in order"
    why: tuple[str, ...]
    "of each join"


def grouped(members: Sequence[Item], standing_from: int, joins: Sequence[Join]) -> Iterator[Joined]:
    """All members, each in its group; from a place on they are standing entries. *joins* come the surest first."""
    groups = _Groups(members, standing_from, joins)
    for join in joins:
        groups.take(join)
    return groups.found()


class _Groups:
    """Each group goes by the place of one of its members.

    Groups that contradict each other are remembered: they do so whatever joins them later.
    """

    def __init__(self, members: Sequence[Item], standing_from: int, joins: Sequence[Join]) -> None:
        self._members = members
        self._alike = {(join.one, join.other) for join in joins}
        self._name_of = list(range(len(members)))
        self._places = {place: [place] for place in range(len(members))}
        self._why: dict[int, list[str]] = {place: [] for place in range(len(members))}
        self._articles = {place: set(item.articles) for place, item in enumerate(members)}
        self._standing = {place: place >= standing_from for place in range(len(members))}
        self._apart: dict[int, set[int]] = {place: set() for place in range(len(members))}

    def take(self, join: Join) -> None:
        one, other = self._name_of[join.one], self._name_of[join.other]
        if one == other or other in self._apart[one]:
            return
        if not self._can_stand_together(one, other):
            self._apart[one].add(other)
            self._apart[other].add(one)
        elif self._are_alike(one, other):
            self._unite(one, other, join.why)

    def found(self) -> Iterator[Joined]:
        for name, why in self._why.items():
            yield Joined(tuple(sorted(self._places[name])), tuple(why))

    def _can_stand_together(self, one: int, other: int) -> bool:
        if (self._standing[one] and self._standing[other]) or not self._articles[one].isdisjoint(self._articles[other]):
            return False
        return all(can_be_one(self._members[a], self._members[b]) for a, b in self._pairs(one, other))

    def _are_alike(self, one: int, other: int) -> bool:
        pairs = len(self._places[one]) * len(self._places[other])
        alike = sum((min(pair), max(pair)) in self._alike for pair in self._pairs(one, other))
        return alike >= _ENOUGH_PAIRS or alike * _OF_ALL_PAIRS >= pairs

    def _pairs(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        return product(self._places[one], self._places[other])

    def _unite(self, one: int, other: int, why: str) -> None:
        moved = self._places.pop(other)
        for place in moved:
            self._name_of[place] = one
        self._places[one] += moved
        self._why[one] += [*self._why.pop(other), why]
        self._articles[one] |= self._articles.pop(other)
        self._standing[one] |= self._standing.pop(other)
        for third in self._apart.pop(other):
            self._apart[third].remove(other)
            self._apart[third].add(one)
            self._apart[one].add(third)
