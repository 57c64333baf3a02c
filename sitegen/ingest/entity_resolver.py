"""Who is who over all reports, read batch after batch: as `merge.across` has it, in a time that grows with the reports alone.

Names are filed under the keys that two spellings of one name share, so that only those are compared. A name that was given to a draft
stands: what joins it later, fuller or more frequent, becomes a spelling of it, unless the site knows them under a name of its own. Until it
is given, it goes on as the reports do. So all reports of a batch are best added before a name is asked for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sitegen.content.entries import LONGEST_ID
from sitegen.ingest.names.mentions import Kind
from sitegen.ingest.names.merge import Known, Named, Spot, in_order, keys, reason_across, recognised, united
from sitegen.ingest.names.variants import parts, whole_name
from sitegen.text.spellings import name_key, slug

NameFolder = Literal["people", "places"]

_MOST_ARTICLES = 20  # whose other places are asked where a place is; more reports of one place tell the same
_MOST_BESIDE = 40

_Key = tuple[Kind, str]


def folder_of(kind: Kind) -> NameFolder:
    """The folder of content/ whose names a name stands among: an organisation is among the people."""
    return "places" if kind == "place" else "people"


@dataclass(slots=True)
class _Entity:
    """One person, place or organisation, as far as the reports have told."""

    face: Named
    "without mentions"
    first: Spot
    times: int
    "how often it is mentioned"
    spots: list[Spot]
    "empty where mentions aren't kept"
    articles: list[str]
    "of a place: the first reports that name it"
    is_given: bool = False


class EntityResolver:
    """Who is who over all reports read so far, the site's own people and places first.

    Mentions are kept only if *with_mentions*: those of 10,000 reports fill the memory, and --json alone tells them.
    """

    def __init__(self, known: Iterable[Known] = (), *, with_mentions: bool = False) -> None:
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

    def add(self, article: str, named: Sequence[Named]) -> None:
        """All that one report names. A report that was added already changes nothing."""
        if article in self._uses:
            return
        uses = self._uses[article] = {}
        numbers = [(one, self._number(article, one)) for one in in_order([self._recognised(one, named) for one in named])]
        for one, number in numbers:
            for spelling in one.spellings:
                uses.setdefault(self._key(one.kind, spelling), number)
        for one, number in numbers:
            uses.setdefault(self._key(one.kind, one.name), number)

    def name_of(self, article: str, kind: Kind, spelling: str) -> str:
        """The site-wide name for a spelling as this report uses it.

        Empty where the report names nobody so, for an organisation that the site has no file of, and for what would be a problem in an
        entry: a name that makes no address or another's, or that a [[link]] could no longer tell from the site's place or person.
        """
        words = " ".join(spelling.split())
        key = (kind, name_key(whole_name(words) if kind == "person" else words))
        number = self._uses.get(article, {}).get(key)
        if number is None:
            return ""
        who = self._entities[number]
        if who.face.is_known:
            return who.face.name
        return "" if kind == "organisation" else self._given(who)

    @property
    def named(self) -> tuple[Named, ...]:
        """All who are named, merged as `merge.across` does. Each has its first mention alone, if mentions aren't kept."""
        return in_order(replace(who.face, mentions=tuple(sorted(who.spots, key=_where)) or (who.first,)) for who in self._entities)

    def names_bearing(self, kind: Kind, spelling: str) -> tuple[str, ...]:
        """The names of all whom a report, or the site, spells so."""
        return tuple(dict.fromkeys(self._entities[number].face.name for number in self._bearing.get((kind, name_key(spelling)), ())))

    def spellings_of(self, kind: Kind, name: str) -> tuple[str, ...]:
        """How the reports spell it, in their order."""
        return tuple(dict.fromkeys(spelling for who in self._called(kind, name) for spelling in who.face.spellings))

    def merges(self, kind: Kind, name: str) -> tuple[str, ...]:
        """Why its spellings are one name: a sentence for each merge of two spellings."""
        reasons = dict.fromkeys(why for who in self._called(kind, name) for why in who.face.why)
        return tuple(why for why in reasons if not why.endswith(": one spelling"))

    def beside(self, place: str) -> tuple[str, ...]:
        """The other places that reports name which name this one, the most frequent first."""
        articles = dict.fromkeys(article for who in self._called("place", place) for article in who.articles)
        numbers = Counter(
            number for article in articles for number in dict.fromkeys(n for (kind, _), n in self._uses[article].items() if kind == "place")
        )
        names = (self._entities[number].face.name for number, _ in numbers.most_common(_MOST_BESIDE))
        return tuple(name for name in dict.fromkeys(names) if name_key(name) != name_key(place))

    def _file_site(self, number: int, entry: Known) -> None:
        folder = folder_of(entry.kind)
        for name in (entry.name, *entry.spellings):
            for key in keys(entry.kind, name):
                self._site_like.setdefault((entry.kind, key), []).append(number)
        self._site_keys[folder].update(map(name_key, (entry.name, *entry.spellings, *entry.ids)))
        for id in entry.ids or (slug(entry.name),):
            self._addresses.setdefault((folder, id), entry.name)

    def _recognised(self, one: Named, report: Sequence[Named]) -> Named:
        if one.is_known or not self._site:
            return one
        numbers = {n for spelling in one.spellings for key in keys(one.kind, spelling) for n in self._site_like.get((one.kind, key), ())}
        return recognised(one, report, [self._site[number] for number in sorted(numbers)]) if numbers else one

    def _number(self, article: str, one: Named) -> int:
        """The number of whom the report names, who is new or joins the first with a reason."""
        candidates = {number for key in _likeness(one) for number in self._like.get((one.kind, key), ())}
        for number in sorted(candidates):
            if why := reason_across(self._entities[number].face, one):
                self._join(number, one, why)
                break
        else:
            number = len(self._entities)
            spots = list(one.mentions) if self._with_mentions else []
            self._entities.append(_Entity(replace(one, mentions=()), one.mentions[0], len(one.mentions), spots, []))
            self._file(number, one)
        articles = self._entities[number].articles
        if one.kind == "place" and len(articles) < _MOST_ARTICLES:
            articles.append(article)
        return number

    def _join(self, number: int, one: Named, why: str) -> None:
        who = self._entities[number]
        before = who.face
        after = united(before, one, why, (who.times, len(one.mentions)))
        if who.is_given and not after.is_known:
            after = replace(after, name=before.name)
        who.face = after
        who.first = min(who.first, one.mentions[0], key=_where)
        who.times += len(one.mentions)
        if self._with_mentions:
            who.spots += one.mentions
        if after.spellings != before.spellings or after.is_known != before.is_known:
            self._file(number, after, before)

    def _file(self, number: int, after: Named, before: Named | None = None) -> None:
        """Under the keys that *before* didn't have."""
        old = set(_likeness(before)) if before else set()
        for key in dict.fromkeys(_likeness(after)):
            if key not in old:
                self._like.setdefault((after.kind, key), []).append(number)
        borne = {name_key(name) for name in (*before.spellings, before.name)} if before else set()
        for key in dict.fromkeys(name_key(name) for name in (*after.spellings, after.name)):
            if key not in borne:
                self._bearing.setdefault((after.kind, key), []).append(number)

    def _given(self, who: _Entity) -> str:
        folder, name = folder_of(who.face.kind), who.face.name
        id = slug(name)
        others = self._site_keys["people" if folder == "places" else "places"]
        if not id or len(id.encode()) > LONGEST_ID or not others.isdisjoint((name_key(name), name_key(id))):
            return ""
        owner = self._addresses.setdefault((folder, id), name)
        who.is_given = who.is_given or owner == name
        return owner if slug(owner) == id else ""

    def _called(self, kind: Kind, name: str) -> Iterator[_Entity]:
        key = name_key(name)
        return (who for number in self._bearing.get((kind, key), ()) if name_key((who := self._entities[number]).face.name) == key)

    def _key(self, kind: Kind, name: str) -> _Key:
        key = (kind, name_key(name))
        return self._interned.setdefault(key, key)


def _likeness(one: Named) -> Iterator[str]:
    """What one has in common with all for whom `merge.reason_across` could have a reason."""
    for spelling in one.spellings:
        if one.kind != "person" or len(parts(spelling)) > 1:
            yield from keys(one.kind, spelling)
    if one.is_known:
        yield f"known {one.name}"


def _where(spot: Spot) -> tuple[str, int]:
    return spot.article, spot.start
