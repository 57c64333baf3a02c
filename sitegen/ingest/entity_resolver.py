"""Resolve names across all reports: who is who, with the site's own names first.

The result is that of `merge.across`, in linear time: names are indexed by keys that all spellings of a name share, and only names with a
common key are compared. Once a draft has been given a name, the name stays: later variants, however full or frequent, become spellings of it,
unless the site has a name of its own. So add all reports of a batch before asking for names.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sitegen.content.entries import MAX_ID_BYTES
from sitegen.ingest.names.mentions import EntityKind
from sitegen.ingest.names.merge import KnownName, MentionSpan, NamedEntity, blocking_keys, cross_report_reason, in_order, recognised, united
from sitegen.ingest.names.person_names import parts, whole_name
from sitegen.text.spellings import name_key, slug

NameFolder = Literal["people", "places"]

_MAX_ARTICLES = 20  # per place, to find other places named with it; more reports add nothing
_MAX_BESIDE = 40

_Key = tuple[EntityKind, str]


def folder_of(kind: EntityKind) -> NameFolder:
    """Return the folder of content/ for names of this kind; organisations are among the people."""
    return "places" if kind == "place" else "people"


@dataclass(slots=True)
class _Entity:
    """A person, place or organisation that the reports name."""

    names: NamedEntity
    "without mentions"
    first: MentionSpan
    mention_count: int
    "number of mentions"
    spots: list[MentionSpan]
    "empty if mentions aren't kept"
    articles: list[str]
    "the first reports that name it; only for places"
    is_given: bool = False
    "whether a draft has its name"


class EntityResolver:
    """All names in the reports read so far.

    *with_mentions*: keep all mentions, which only --json needs; those of 10,000 reports fill the memory.
    """

    def __init__(self, known: Iterable[KnownName] = (), *, with_mentions: bool = False) -> None:
        self._site = tuple(known)
        self._with_mentions = with_mentions
        self._entities: list[_Entity] = []
        self._uses: dict[str, dict[_Key, int]] = {}
        self._interned: dict[_Key, _Key] = {}
        self._like: dict[_Key, list[int]] = {}
        self._bearing: dict[_Key, list[int]] = {}
        self._site_like: dict[_Key, list[int]] = {}
        self._site_keys: dict[NameFolder, set[str]] = {"people": set(), "places": set()}
        self._addresses: dict[tuple[NameFolder, str], str] = {}
        for number, entry in enumerate(self._site):
            self._file_site(number, entry)

    def add(self, article: str, named: Sequence[NamedEntity]) -> None:
        """Add the names of a report, unless it was added before."""
        if article in self._uses:
            return
        uses = self._uses[article] = {}
        numbers = [(one, self._number(article, one)) for one in in_order([self._recognised(one, named) for one in named])]
        for one, number in numbers:
            for spelling in one.spellings:
                uses.setdefault(self._key(one.kind, spelling), number)
        for one, number in numbers:
            uses.setdefault(self._key(one.kind, one.name), number)

    def name_of(self, article: str, kind: EntityKind, spelling: str) -> str:
        """Return the site-wide name for a spelling in this report.

        Empty if the report has no such name, if it is an organisation without a file, and if it would be a problem in an entry: a name that
        makes no valid id or the id of another name, or that a [[link]] could confuse with one of the other folder.
        """
        words = " ".join(spelling.split())
        key = (kind, name_key(whole_name(words) if kind == "person" else words))
        number = self._uses.get(article, {}).get(key)
        if number is None:
            return ""
        who = self._entities[number]
        if who.names.is_known:
            return who.names.name
        return "" if kind == "organisation" else self._given(who)

    @property
    def named(self) -> tuple[NamedEntity, ...]:
        """All names, merged as by `merge.across`; only with their first mention if mentions aren't kept."""
        return in_order(replace(who.names, mentions=tuple(sorted(who.spots, key=_where)) or (who.first,)) for who in self._entities)

    def names_bearing(self, kind: EntityKind, spelling: str) -> tuple[str, ...]:
        """Return the names of all who have this spelling."""
        return tuple(dict.fromkeys(self._entities[number].names.name for number in self._bearing.get((kind, name_key(spelling)), ())))

    def spellings_of(self, kind: EntityKind, name: str) -> tuple[str, ...]:
        """Return all spellings of a name, in the order of the reports."""
        return tuple(dict.fromkeys(spelling for who in self._called(kind, name) for spelling in who.names.spellings))

    def merges(self, kind: EntityKind, name: str) -> tuple[str, ...]:
        """Explain why its spellings are one name, in a sentence for each merge."""
        reasons = dict.fromkeys(why for who in self._called(kind, name) for why in who.names.why)
        return tuple(why for why in reasons if not why.endswith(": one spelling"))

    def beside(self, place: str) -> tuple[str, ...]:
        """Return other places in the reports that name this place, the most frequent first."""
        articles = dict.fromkeys(article for who in self._called("place", place) for article in who.articles)
        numbers = Counter(
            number for article in articles for number in dict.fromkeys(n for (kind, _), n in self._uses[article].items() if kind == "place")
        )
        names = (self._entities[number].names.name for number, _ in numbers.most_common(_MAX_BESIDE))
        return tuple(name for name in dict.fromkeys(names) if name_key(name) != name_key(place))

    def _file_site(self, number: int, entry: KnownName) -> None:
        folder = folder_of(entry.kind)
        for name in (entry.name, *entry.spellings):
            for key in blocking_keys(entry.kind, name):
                self._site_like.setdefault((entry.kind, key), []).append(number)
        self._site_keys[folder].update(map(name_key, (entry.name, *entry.spellings, *entry.ids)))
        for id in entry.ids or (slug(entry.name),):
            self._addresses.setdefault((folder, id), entry.name)

    def _recognised(self, one: NamedEntity, report: Sequence[NamedEntity]) -> NamedEntity:
        if one.is_known or not self._site:
            return one
        numbers = {
            n for spelling in one.spellings for key in blocking_keys(one.kind, spelling) for n in self._site_like.get((one.kind, key), ())
        }
        return recognised(one, report, [self._site[number] for number in sorted(numbers)]) if numbers else one

    def _number(self, article: str, one: NamedEntity) -> int:
        """Join the name with the first entity that it matches, or add a new one; return the entity's index."""
        candidates = {number for key in _likeness(one) for number in self._like.get((one.kind, key), ())}
        for number in sorted(candidates):
            if why := cross_report_reason(self._entities[number].names, one):
                self._join(number, one, why)
                break
        else:
            number = len(self._entities)
            spots = list(one.mentions) if self._with_mentions else []
            self._entities.append(_Entity(replace(one, mentions=()), one.mentions[0], len(one.mentions), spots, []))
            self._file(number, one)
        articles = self._entities[number].articles
        if one.kind == "place" and len(articles) < _MAX_ARTICLES:
            articles.append(article)
        return number

    def _join(self, number: int, one: NamedEntity, why: str) -> None:
        who = self._entities[number]
        before = who.names
        after = united(before, one, why, (who.mention_count, len(one.mentions)))
        if who.is_given and not after.is_known:
            after = replace(after, name=before.name)
        who.names = after
        who.first = min(who.first, one.mentions[0], key=_where)
        who.mention_count += len(one.mentions)
        if self._with_mentions:
            who.spots += one.mentions
        if after.spellings != before.spellings or after.is_known != before.is_known:
            self._file(number, after, before)

    def _file(self, number: int, after: NamedEntity, before: NamedEntity | None = None) -> None:
        """Index the entity under the keys of *after* that *before* didn't have."""
        old = set(_likeness(before)) if before else set()
        for key in dict.fromkeys(_likeness(after)):
            if key not in old:
                self._like.setdefault((after.kind, key), []).append(number)
        borne = {name_key(name) for name in (*before.spellings, before.name)} if before else set()
        for key in dict.fromkeys(name_key(name) for name in (*after.spellings, after.name)):
            if key not in borne:
                self._bearing.setdefault((after.kind, key), []).append(number)

    def _given(self, who: _Entity) -> str:
        folder, name = folder_of(who.names.kind), who.names.name
        id = slug(name)
        others = self._site_keys["people" if folder == "places" else "places"]
        if not id or len(id.encode()) > MAX_ID_BYTES or not others.isdisjoint((name_key(name), name_key(id))):
            return ""
        owner = self._addresses.setdefault((folder, id), name)
        who.is_given = who.is_given or owner == name
        return owner if slug(owner) == id else ""

    def _called(self, kind: EntityKind, name: str) -> Iterator[_Entity]:
        key = name_key(name)
        return (who for number in self._bearing.get((kind, key), ()) if name_key((who := self._entities[number]).names.name) == key)

    def _key(self, kind: EntityKind, name: str) -> _Key:
        key = (kind, name_key(name))
        return self._interned.setdefault(key, key)


def _likeness(one: NamedEntity) -> Iterator[str]:
    """Yield keys, at least one of which is shared by any two names that `merge.cross_report_reason` could join."""
    for spelling in one.spellings:
        if one.kind != "person" or len(parts(spelling)) > 1:
            yield from blocking_keys(one.kind, spelling)
    if one.is_known:
        yield f"known {one.name}"


def _where(spot: MentionSpan) -> tuple[str, int]:
    return spot.article, spot.start
