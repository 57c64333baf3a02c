"""Batches of tellings, joined with each other and with what stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from sitegen.ingest.joining.agreement import more_precise
from sitegen.ingest.joining.days import Days
from sitegen.ingest.joining.grouping import grouped
from sitegen.ingest.joining.likeness import told_already
from sitegen.ingest.joining.pairs import Texts, joins
from sitegen.ingest.joining.story import Item, Site
from sitegen.ingest.joining.tellings import Group, Telling
from sitegen.ingest.joining.wording import wording


class Joining:
    """Built once, fed batch after batch. Of what stands it keeps stems and names, no texts."""

    def __init__(self, standing: Iterable[tuple[str, Telling]] = ()) -> None:
        """*standing*: id and telling of each entry and draft."""
        self._standing: dict[str, Item] = {}
        self._of_report: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._counts: Counter[str] = Counter()
        self._days: Days[str] = Days()
        for id, telling in standing:
            self.add(id, telling)

    def add(self, id: str, telling: Telling) -> None:
        """An entry stands now, new or extended; it replaces the one with that id."""
        old = self._standing.get(id)
        if old is not None:
            self._counts.subtract(old.wording.stems)
            for article in old.articles:
                self._of_report[article].pop(id, None)
        item = self._standing[id] = _item(replace(telling, is_dated_by_publication=False))
        self._counts.update(item.wording.stems)
        for article in item.articles:
            self._of_report[article][id] = None
        self._days.file(id, item)

    def joined(self, tellings: Sequence[Telling], same_text: Texts) -> tuple[Group, ...]:
        """The tellings as groups, one an event, in the order of their first ones.

        Which form a group doesn't depend on their order. *same_text* has the pairs of reports known to share their text, in either order.
        A report's tellings are never one new event, since the report told them apart. An entry takes one telling of a report at most;
        where it has that report already, only tellings that it quotes already, but all of these.
        """
        order = sorted(range(len(tellings)), key=lambda index: _by_content(tellings[index]))
        batch = [_item(tellings[index]) for index in order]
        told = [self._told_already(item) for item in batch]
        groups = [*self._told(told, order), *self._new_or_extended(batch, told, order, same_text)]
        return tuple(sorted(groups, key=lambda group: group.tellings))

    def _told_already(self, item: Item) -> str:
        """The id of the entry that quotes this telling of this report, or nothing."""
        found = {id: told_already(item, self._standing[id]) for id in self._of_report.get(item.articles[0], ())}
        return min((id for id, passages in found.items() if passages), key=lambda id: self._unlikeness(item, id, found[id]), default="")

    def _unlikeness(self, item: Item, id: str, passages: int) -> tuple[bool, int, int, str]:
        standing = self._standing[id]
        return (standing.when != item.when, -passages, len(item.wording.stems ^ standing.wording.stems), id)

    def _told(self, told: Sequence[str], order: Sequence[int]) -> Iterator[Group]:
        for id in sorted(set(told) - {""}):
            indexes = sorted(index for index, known in zip(order, told, strict=True) if known == id)
            yield Group(id, tuple(indexes), self._standing[id].when, ("the entry quotes this report already",) * len(indexes))

    def _new_or_extended(self, batch: Sequence[Item], told: Sequence[str], order: Sequence[int], same_text: Texts) -> Iterator[Group]:
        untold = [place for place, id in enumerate(told) if not id]
        items = [batch[place] for place in untold]
        ids, found = joins(items, self._standing, self._days, self._site(batch), same_text)
        members = [*items, *(self._standing[id] for id in ids)]
        for group in grouped(members, len(items), found):
            indexes = tuple(sorted(order[untold[member]] for member in group.members if member < len(items)))
            standing = next((ids[member - len(items)] for member in group.members if member >= len(items)), "")
            when = self._standing[standing].when if standing else reduce(more_precise, (members[member].when for member in group.members))
            if indexes:
                yield Group(standing, indexes, when, group.why)

    def _site(self, batch: Sequence[Item]) -> Site:
        by_report: defaultdict[str, list[Item]] = defaultdict(list)
        for item in batch:
            by_report[item.articles[0]].append(item)

        def told_of(article: str) -> Iterator[Item]:
            yield from (self._standing[id] for id in self._of_report.get(article, ()))
            yield from by_report.get(article, ())

        counts = Counter(stem for item in batch for stem in item.wording.stems)
        return Site(told_of, (self._counts, counts), len(self._standing) + len(batch))


def _item(telling: Telling) -> Item:
    return Item(telling.articles, telling.when, wording(telling), telling.is_expected, telling.is_dated_by_publication)


def _by_content(telling: Telling) -> tuple[object, ...]:
    """An order that no order of the reports changes."""
    return (
        telling.articles,
        telling.when.edtf,
        telling.title,
        telling.quotes,
        sorted(telling.people),
        sorted(telling.places),
        telling.is_expected,
        telling.is_dated_by_publication,
    )
