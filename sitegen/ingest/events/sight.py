"""A sentence with its verbs in sight, to be asked what stands where."""

import bisect
from dataclasses import dataclass

from sitegen.ingest.events.verbs import Verb, verbs
from sitegen.ingest.events.words import Words


@dataclass(frozen=True, slots=True)
class Sight:
    words: Words
    low: int
    high: int
    "the sentence's words, half open"
    verbs: tuple[Verb, ...]
    firsts: tuple[int, ...]
    "where finite verbs begin, in order"
    by_place: dict[int, Verb]
    "each verb under its own place and its helper's"

    def word(self, index: int) -> str:
        """Lower case; empty beyond the sentence."""
        return self.words.lower[index] if self.low <= index < self.high else ""

    def is_verb(self, index: int) -> bool:
        return index in self.by_place and self.by_place[index].head == index

    def has_verb(self, first: int, last: int) -> bool:
        """Whether a finite verb begins between two words."""
        following = bisect.bisect_left(self.firsts, first)
        return following < len(self.firsts) and self.firsts[following] < last

    def next_verb(self, first: int) -> int:
        """Where the next finite verb begins, from a word on; the sentence's end where none does."""
        following = bisect.bisect_left(self.firsts, first)
        return self.firsts[following] if following < len(self.firsts) else self.high


def sight(words: Words, low: int, high: int) -> Sight:
    found = tuple(verbs(words, low, high))
    by_place = {verb.first: verb for verb in found} | {verb.head: verb for verb in found}
    return Sight(words, low, high, found, tuple(verb.first for verb in found if verb.is_finite), by_place)
