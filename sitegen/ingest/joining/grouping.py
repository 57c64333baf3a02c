"""Joins, the surest first, to groups that hold together.

A group has at most one telling of a report and at most one standing entry, and none of its tellings contradicts another. A join that
only one pair of many speaks for is not made: else a chain of small likenesses would tie two events together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.ingest.joining.likeness import can_be_one
from sitegen.ingest.joining.story import Item

_OF_ALL_PAIRS = 4
"of so many pairs between two groups one at least must be like enough"


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
    def __init__(self, members: Sequence[Item], standing_from: int, joins: Sequence[Join]) -> None:
        self._members = members
        self._standing_from = standing_from
        self._alike = {frozenset((join.one, join.other)) for join in joins}
        self._of = {place: [place] for place in range(len(members))}
        self._why: dict[int, list[str]] = {place: [] for place in range(len(members))}

    def take(self, join: Join) -> None:
        one, other = self._of[join.one], self._of[join.other]
        if one is other or not self._hold_together(one, other):
            return
        self._why[one[0]] += [*self._why.pop(other[0]), join.why]
        one += other
        self._of.update(dict.fromkeys(other, one))

    def found(self) -> Iterator[Joined]:
        for place, why in self._why.items():
            yield Joined(tuple(sorted(self._of[place])), tuple(why))

    def _hold_together(self, one: list[int], other: list[int]) -> bool:
        pairs = [(a, b) for a in one for b in other]
        if sum(frozenset(pair) in self._alike for pair in pairs) * _OF_ALL_PAIRS < len(pairs):
            return False
        return all(self._can_stand_together(a, b) for a, b in pairs)

    def _can_stand_together(self, a: int, b: int) -> bool:
        one, other = self._members[a], self._members[b]
        if min(a, b) >= self._standing_from:
            return False
        return set(one.articles).isdisjoint(other.articles) and can_be_one(one, other)
