"""Tellings by day and month, and below each by stem: which are worth comparing with a new one.

The stems of a day are filed when the day is first asked for, so that what stands costs little until a batch meets it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

from sitegen.ingest.joining.agreement import filed_under, looked_up_under
from sitegen.ingest.joining.story import WHOLE_BIT, Item, Site

_FEWEST_BITS = 5 * WHOLE_BIT
"that the words of both must be worth on this site: two ordinary ones are"
_SHARE = 0.12
"of 1: and of the worth of all its words, for each of both; two tellings that are joined share more than twice that"
_COMMON = 2 * WHOLE_BIT
"what a word says that one telling of four has; it finds nothing"

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

    def like(self, item: Item, site: Site) -> Iterator[Name]:
        """The names of those that may be the same event, by date and words."""
        shared: dict[Name, int] = {}
        for key in dict.fromkeys(looked_up_under(item.when)):
            if key in self._named:
                shared.update(self._shared(key, item, site))
        fewest = max(_FEWEST_BITS, round(_SHARE * site.worth(item.wording)))
        for name, worth in shared.items():
            if worth >= fewest and (self._items[name].wording.has_accounts or worth >= _SHARE * site.worth(self._items[name].wording)):
                yield name

    def _shared(self, key: str, item: Item, site: Site) -> Counter[Name]:
        holders = self._stems.get(key)
        if holders is None:
            holders = self._stems[key] = self._filed(key)
        found: Counter[Name] = Counter()
        for stem in item.wording.stems & holders.keys():
            worth = site.bits(stem)
            for name in holders[stem] if worth >= _COMMON else ():
                found[name] += worth
        return found

    def _filed(self, key: str) -> dict[str, list[Name]]:
        found: defaultdict[str, list[Name]] = defaultdict(list)
        for name in self._named[key]:
            for stem in self._items[name].wording.stems:
                found[stem].append(name)
        return dict(found)
