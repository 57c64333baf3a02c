"""Tellings by day and month, and below each by stem: which are worth comparing with a new one.

The stems of a day are filed when the day is first asked for, so that what stands costs little until a batch meets it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from sitegen.ingest.joining.agreement import filed_under, looked_up_under
from sitegen.ingest.joining.story import WHOLE_BIT, Item

_FEWEST_BITS = 5 * WHOLE_BIT
"that both words must be worth on this site: two ordinary words are"

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
        for key in filed_under(old.when) if old else ():
            self._named[key].pop(name, None)
            self._stems.pop(key, None)
        self._items[name] = item
        for key in filed_under(item.when):
            self._named[key][name] = None
            self._stems.pop(key, None)

    def like(self, item: Item, bits: Callable[[str], int]) -> Iterator[Name]:
        """The names of those that may be the same event, by date and words."""
        shared: dict[Name, int] = {}
        for key in dict.fromkeys(looked_up_under(item.when)):
            if key in self._named:
                shared.update(self._shared(key, item, bits))
        return (name for name, worth in shared.items() if worth >= _FEWEST_BITS)

    def _shared(self, key: str, item: Item, bits: Callable[[str], int]) -> Counter[Name]:
        holders = self._stems.get(key)
        if holders is None:
            holders = self._stems[key] = self._filed(key)
        found: Counter[Name] = Counter()
        for stem in item.wording.stems & holders.keys():
            worth = bits(stem)
            for name in holders[stem]:
                found[name] += worth
        return found

    def _filed(self, key: str) -> dict[str, list[Name]]:
        found: defaultdict[str, list[Name]] = defaultdict(list)
        for name in self._named[key]:
            for stem in self._items[name].wording.stems:
                found[stem].append(name)
        return dict(found)
