"""Tellings by day and month, and below each by stem: which are worth comparing with a new one.

The rarest stems are looked up first, and a limited number of tellings is met in all, so that ten thousand tellings of one day, or a
thousand made from one template, cost no more than a few hundred. Which are met depends on the words alone, not on any order.

The stems of a day are filed when the day is first asked for, so that what stands costs little until a batch meets it.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

from sitegen.ingest.joining.agreement import eve_of, filed_under, looked_up_under
from sitegen.ingest.joining.story import WHOLE_BIT, Item, Site

_FEWEST_BITS = 5 * WHOLE_BIT
"that the words of both must be worth on this site: two ordinary ones are"
_SHARE = 0.12
"of 1: and of the worth of all its words, for each of both; two tellings that are joined share more than twice that"
_COMMON = 2 * WHOLE_BIT
"what a word says that one telling of four has; it finds nothing"
_MOST_MET = 3000
"holders of the stems of one telling: a stem that goes beyond finds nothing"

Name = TypeVar("Name", str, int)


class Days(Generic[Name]):
    """Items under names of theirs."""

    def __init__(self) -> None:
        self._items: dict[Name, Item] = {}
        self._named: defaultdict[str, dict[Name, None]] = defaultdict(dict)
        self._stems: dict[str, dict[str, list[Name]]] = {}

    def file(self, name: Name, item: Item) -> None:
        """Files it in the place of the one that has the name, if one has."""
        old = self._items.get(name)
        for key in _filed_under(old) if old else ():
            self._named[key].pop(name, None)
            self._stems.pop(key, None)
        self._items[name] = item
        for key in _filed_under(item):
            self._named[key][name] = None
            self._stems.pop(key, None)

    def like(self, item: Item, site: Site) -> list[Name]:
        """The names of those that may be the same event, by date and words; the likest first."""
        fewest = max(_FEWEST_BITS, round(_SHARE * site.worth(item.wording)))
        ranked = []
        for name, worth in self._shared(item, site).items():
            other = self._items[name].wording
            if worth >= fewest and (other.has_accounts or worth >= _SHARE * site.worth(other)):
                ranked.append((-worth, name))
        return [name for _, name in sorted(ranked)]

    def _shared(self, item: Item, site: Site) -> dict[Name, int]:
        """What the words are worth that each has with the item."""
        found: defaultdict[str, dict[Name, int]] = defaultdict(dict)
        left = _MOST_MET
        for _, stem, key in sorted(self._worth_meeting(item, site)):
            holders = self._holders(key)[stem]
            left -= len(holders)
            if left < 0:
                break
            of_key, worth = found[key], site.bits(stem)
            for name in holders:
                of_key[name] = of_key.get(name, 0) + worth
        shared: dict[Name, int] = {}
        for each in found.values():
            shared.update((name, worth) for name, worth in each.items() if worth > shared.get(name, 0))
        return shared

    def _worth_meeting(self, item: Item, site: Site) -> Iterator[tuple[int, str, str]]:
        """(how many have it, stem, key)"""
        for key in dict.fromkeys((*_filed_under(item), *looked_up_under(item.when))):
            if key in self._named:
                holders = self._holders(key)
                for stem in item.wording.stems & holders.keys():
                    if site.bits(stem) >= _COMMON:
                        yield len(holders[stem]), stem, key

    def _holders(self, key: str) -> dict[str, list[Name]]:
        found = self._stems.get(key)
        if found is None:
            found = self._stems[key] = self._filed(key)
        return found

    def _filed(self, key: str) -> dict[str, list[Name]]:
        found: defaultdict[str, list[Name]] = defaultdict(list)
        for name in self._named[key]:
            for stem in self._items[name].wording.stems:
                found[stem].append(name)
        return dict(found)


def _filed_under(item: Item) -> Iterator[str]:
    yield from filed_under(item.when)
    if item.is_dated_by_publication:
        yield from eve_of(item.when)
