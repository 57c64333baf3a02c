"""The pairs, in a batch and between it and what stands, that are like enough to be one event."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sitegen.ingest.joining.days import Days, Name
from sitegen.ingest.joining.grouping import Join
from sitegen.ingest.joining.likeness import Likeness, can_be_one, is_enough, likeness, why
from sitegen.ingest.joining.story import Item, Site

Texts = Container[tuple[str, str]]

_MOST_LOOKED_AT, _MOST_COMPARED = 120, 12
"the likest of a telling, and those of them that neither date nor place keep apart; standing ones as many again"


def joins(
    batch: Sequence[Item], standing: Mapping[str, Item], days: Days[str], site: Site, same_text: Texts
) -> tuple[list[str], list[Join]]:
    """(the ids met, joins, the surest first). The first id's place is the one behind the batch's last, and so on."""
    own: Days[int] = Days()
    for place, item in enumerate(batch):
        own.file(place, item)
    met = [list(_comparable(item, ((id, standing[id]) for id in days.like(item, site)))) for item in batch]
    ids = sorted({id for each in met for id in each})
    place_of = {id: len(batch) + number for number, id in enumerate(ids)}
    pairs = {(place, place_of[id]) for place, each in enumerate(met) for id in each}
    for place, item in enumerate(batch):
        alike = _comparable(item, ((other, batch[other]) for other in own.like(item, site)))
        pairs.update((min(place, other), max(place, other)) for other in alike)
    members = [*batch, *(standing[id] for id in ids)]
    ranked = [found for pair in pairs if (found := _ranked(pair, members, site, same_text))]
    ranked.sort(key=lambda found: (found[0], found[1].one, found[1].other))
    return ids, [join for _, join in ranked]


def _comparable(item: Item, likest: Iterable[tuple[Name, Item]]) -> Iterator[Name]:
    """Those that may be one event with it."""
    looked_at = islice(likest, _MOST_LOOKED_AT)
    able = (name for name, other in looked_at if set(item.articles).isdisjoint(other.articles) and can_be_one(item, other))
    return islice(able, _MOST_COMPARED)


def _ranked(pair: tuple[int, int], members: Sequence[Item], site: Site, same_text: Texts) -> tuple[tuple[float, int], Join] | None:
    one, other = members[pair[0]], members[pair[1]]
    is_one_text = _share_text(one, other, same_text)
    found = likeness(one, other, site)
    if not is_enough(found, one, other, is_one_text=is_one_text):
        return None
    return _surest_first(found), Join(*pair, why(found, one, other, is_one_text=is_one_text))


def _surest_first(found: Likeness) -> tuple[float, int]:
    return (-found.of_all, -found.bits)


def _share_text(one: Item, other: Item, same_text: Texts) -> bool:
    return any((a, b) in same_text or (b, a) in same_text for a in one.articles for b in other.articles)
