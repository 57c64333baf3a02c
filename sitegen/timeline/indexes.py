"""Index the entries by the names, the reports and the other entries that they refer to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from sitegen.model import Account, Article, Content, Person, Place
from sitegen.timeline.graph import LinkedEntry, Name, Report, Target, Term, TermKind
from sitegen.timeline.names import Names, alphabetical
from sitegen.timeline.targets import Links


@dataclass(frozen=True, slots=True)
class TimelineIndexes:
    """Fields of `Timeline` with the same names."""

    entries: tuple[LinkedEntry, ...]
    people: tuple[Term, ...]
    places: tuple[Term, ...]
    tags: tuple[Term, ...]
    backlinks: dict[str, tuple[LinkedEntry, ...]]

    @classmethod
    def of(cls, entries: Iterable[LinkedEntry], names: Mapping[TermKind, Names], links: Links) -> "TimelineIndexes":
        oldest_first = tuple(sorted(entries, key=attrgetter("order")))
        backlinks, mentions = _backlinks(oldest_first, links.targets)
        people, places, tags = (_terms(names[kind], oldest_first, mentions) for kind in ("person", "place", "tag"))
        return cls(oldest_first, people, places, tags, backlinks)


def reports(content: Content, entries: Iterable[LinkedEntry]) -> tuple[Report, ...]:
    resting: dict[str, dict[str, LinkedEntry]] = defaultdict(dict)
    for linked in entries:
        for account in linked.entry.accounts:
            if isinstance(account, Account):
                resting[account.article.text][linked.entry.id] = linked

    def latest_first(article: Article) -> tuple[int, str]:
        return (-article.published.sort_key[0] if article.published else 0, article.id)

    return tuple(
        Report(article, content.captures.get(article.id), tuple(resting[article.id].values()))
        for article in sorted(content.articles, key=latest_first)
    )


def _backlinks(
    entries: Iterable[LinkedEntry], targets: Mapping[tuple[str, str], Target]
) -> tuple[dict[str, tuple[LinkedEntry, ...]], dict[Name, list[LinkedEntry]]]:
    """Entries that link to an entry, by its id; entries that link to a name without listing it."""
    to_entries: dict[str, list[LinkedEntry]] = defaultdict(list)
    to_names: dict[Name, list[LinkedEntry]] = defaultdict(list)
    for linked in entries:
        file = linked.entry.file
        for text in linked.entry.references:
            target = targets.get((file, text))
            if isinstance(target, LinkedEntry):
                if target is not linked:
                    _add(linked, to_entries[target.entry.id])
            elif target is not None and id(target) not in map(id, linked.people) and id(target) not in map(id, linked.places):
                _add(linked, to_names[target])
    return {id: tuple(linking) for id, linking in to_entries.items()}, to_names


def _add(linked: LinkedEntry, linking: list[LinkedEntry]) -> None:
    """Append an entry once; several links of the same entry come one after the other."""
    if not linking or linking[-1] is not linked:
        linking.append(linked)


def _terms(names: Names, entries: Iterable[LinkedEntry], mentions: Mapping[Name, list[LinkedEntry]]) -> tuple[Term, ...]:
    """Names that an entry lists or links to, or that have a file."""
    listing: dict[str, list[LinkedEntry]] = defaultdict(list)
    names_of = attrgetter({"person": "people", "place": "places", "tag": "tags"}[names.kind])
    for linked in entries:
        for name in names_of(linked):
            listing[name.id].append(linked)
    return tuple(
        Term(
            name, names.files.get(name.id), tuple(listing[name.id]), tuple(mentions.get(name, ())), _within(names.files.get(name.id), names)
        )
        for name in sorted(names.by_id.values(), key=alphabetical)
    )


def _within(file: Person | Place | None, names: Names) -> Name | None:
    return names.find(file.within.text) if isinstance(file, Place) and file.within else None
