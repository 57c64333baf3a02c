"""The pairs, in a batch and between it and what stands, that are like enough to be one event."""

from collections.abc import Container, Iterator, Mapping, Sequence

from sitegen.ingest.joining.days import Days
from sitegen.ingest.joining.grouping import Join
from sitegen.ingest.joining.likeness import Likeness, can_be_one, is_enough, likeness, why
from sitegen.ingest.joining.story import Item, Site

Texts = Container[tuple[str, str]]


def joins(
    batch: Sequence[Item], standing: Mapping[str, Item], days: Days[str], site: Site, same_text: Texts
) -> tuple[list[str], list[Join]]:
    """(the ids met, joins, the surest first). The first id's place is the one behind the batch's last, and so on."""
    own: Days[int] = Days()
    for place, item in enumerate(batch):
        own.file(place, item)
    met = [sorted(days.like(item, site)) for item in batch]
    ids = sorted({id for each in met for id in each})
    place_of = {id: len(batch) + number for number, id in enumerate(ids)}
    ranked: list[tuple[tuple[float, int], Join]] = []
    for place, item in enumerate(batch):
        others = [(other, batch[other]) for other in own.like(item, site) if other > place]
        others += [(place_of[id], standing[id]) for id in met[place]]
        ranked += _ranked(place, item, others, site, same_text)
    ranked.sort(key=lambda pair: (pair[0], pair[1].one, pair[1].other))
    return ids, [join for _, join in ranked]


def _ranked(
    place: int, item: Item, others: Sequence[tuple[int, Item]], site: Site, same_text: Texts
) -> Iterator[tuple[tuple[float, int], Join]]:
    for other_place, other in others:
        if not set(item.articles).isdisjoint(other.articles) or not can_be_one(item, other):
            continue
        is_one_text = _share_text(item, other, same_text)
        found = likeness(item, other, site)
        if is_enough(found, item, other, is_one_text=is_one_text):
            yield _surest_first(found), Join(place, other_place, why(found, item, other, is_one_text=is_one_text))


def _surest_first(found: Likeness) -> tuple[float, int]:
    return (-found.of_all, -found.bits)


def _share_text(one: Item, other: Item, same_text: Texts) -> bool:
    return any((a, b) in same_text or (b, a) in same_text for a in one.articles for b in other.articles)
