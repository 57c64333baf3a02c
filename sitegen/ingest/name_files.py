"""Write spellings and coordinates found in reports to content/people and content/places.

Only for names in entries and drafts, and without changing what the files already say. A spelling is written only if it can mean a single name,
so that it never causes a problem in a build: not if another name of the site has it, if two of the names share it, or if a [[link]] could
confuse a person with a place. `within` is never written, because it would name a place that may be deleted with its draft.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.content.entries import MAX_ID_BYTES
from sitegen.content.parse import parse_file
from sitegen.content.read import Source
from sitegen.editing.extend import with_coordinates, with_spellings
from sitegen.editing.yaml_writer import YamlValue, front_matter
from sitegen.ingest.entity_resolver import EntityResolver, folder_of
from sitegen.ingest.geocoding import certain_location
from sitegen.ingest.names.gazetteer import Location
from sitegen.ingest.names.mentions import EntityKind
from sitegen.ingest.names.person_names import is_family_name_of, parts
from sitegen.ingest.site_index.name_index import NameIndex, NameKey
from sitegen.model import Person, Place
from sitegen.problems import Problem, Spot, note
from sitegen.text.spellings import name_key, slug
from sitegen.timeline.names import NameFile

UsedName = tuple[EntityKind, str]
"a name in an entry or draft"

_MAX_POINTS = 200  # of the site's places; more would only slow the search
_WORDS_FOR = {"city": ("city", "town", "village", "capital"), "region": ("region", "province", "state", "oblast"), "country": ("country",)}
"what an editor may call a place of each kind in the gazetteer"


@dataclass(frozen=True, slots=True)
class NameFileChanges:
    """Name files to write, by their paths in the site's folder."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    existing: Mapping[str, bytes] = field(default_factory=dict)
    "the current content of those that exist; a file that has changed since must not be replaced"
    notes: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = ()
    "one for each file, with the additions to it"


def name_file_changes(site: NameIndex, used: Collection[UsedName], entities: EntityResolver) -> NameFileChanges:
    names = sorted({_as_called(one, site, entities) for one in used})
    names = list({(folder_of(kind), slug(name)): (kind, name) for kind, name in reversed(names)}.values())[::-1]
    owners = _Owners(site, names, entities)
    found = [_name_file(site, one, owners.spellings(one), entities) for one in names]
    files = [one for one in found if isinstance(one, _ChangedFile)]
    return NameFileChanges(
        files={one.file: one.data for one in files},
        existing={one.file: site.files[one.file] for one in files if one.file in site.files},
        notes=tuple(one for one in found if isinstance(one, Problem)),
        lines=tuple(f"{one.file}: {one.what}" for one in files),
    )


@dataclass(frozen=True, slots=True)
class _ChangedFile:
    file: str
    data: bytes
    what: str


class _Owners:
    """Decides whom each spelling belongs to: a file of the site, a name without a file, or a name that is new."""

    def __init__(self, site: NameIndex, used: Sequence[UsedName], entities: EntityResolver) -> None:
        self._entities = entities
        self._of: dict[NameKey, str] = {key: file.file for key, file in site.by_key.items()}
        for (folder, id), file in site.ids.items():
            self._of.setdefault((folder, name_key(id)), file)
        for folder, key in (*site.without_file, *((folder_of(kind), name_key(name)) for kind, name in used)):
            self._of.setdefault((folder, key), key)
        self._wanted = {one: tuple(_worth_writing(one, entities)) for one in used}
        self._wishes = Counter(name_key(name) for names in self._wanted.values() for name in names)

    def spellings(self, used: UsedName) -> tuple[str, ...]:
        """Return the spellings to write into the name's file."""
        return tuple(name for name in self._wanted[used] if self._is_its_own(used, name))

    def _is_its_own(self, used: UsedName, spelling: str) -> bool:
        kind, name = used
        folder, key = folder_of(kind), name_key(spelling)
        own = self._of[folder, name_key(name)]
        other = ("people" if folder == "places" else "places", key)
        if self._wishes[key] > 1 or other in self._of or self._of.get((folder, key), own) != own:
            return False
        bearers = map(name_key, self._entities.names_bearing(kind, spelling))
        return all(self._of.get((folder, bearer), bearer) == own for bearer in bearers if bearer != key)


def _as_called(used: UsedName, site: NameIndex, entities: EntityResolver) -> UsedName:
    """Return the name under which the site, or else the resolver, knows a name in an entry."""
    kind, name = used
    file = site.by_key.get((folder_of(kind), name_key(name)))
    if file is not None:
        return "place" if isinstance(file, Place) else file.kind, file.name.text
    bearers = entities.names_bearing(kind, name)
    return (kind, bearers[0]) if len(bearers) == 1 else used


def _worth_writing(used: UsedName, entities: EntityResolver) -> Iterator[str]:
    """Yield its other spellings: full names, family names and nicknames, but no given name on its own."""
    kind, name = used
    found = entities.spellings_of(kind, name)
    whole = [spelling for spelling in (name, *found) if len(parts(spelling)) > 1]
    seen = {name_key(name)}
    for spelling in found:
        key = name_key(spelling)
        if key in seen or not _is_name(spelling) or (kind == "person" and _is_given_name(spelling, whole)):
            continue
        seen.add(key)
        yield spelling


def _is_name(spelling: str) -> bool:
    """Return whether this can be a name with an id of its own, unlike “the president”."""
    id = slug(spelling)
    is_written_small = spelling == spelling.lower() != spelling.upper()
    return bool(id) and len(id.encode()) <= MAX_ID_BYTES and not is_written_small and not spelling.lower().startswith("the ")


def _is_given_name(spelling: str, whole: Iterable[str]) -> bool:
    words = parts(spelling)
    if len(words) > 1:
        return False
    return any(words[0] in parts(name)[:-1] and not is_family_name_of(spelling, name) for name in whole)


def _name_file(site: NameIndex, used: UsedName, spellings: Sequence[str], entities: EntityResolver) -> _ChangedFile | Problem | None:
    """Return the file with its additions, a note if it can't be written, or None if nothing is new."""
    kind, name = used
    existing = site.by_key.get((folder_of(kind), name_key(name)))
    where = _location(site, used, existing, entities)
    if existing is not None:
        return _extended(site.files[existing.file], existing, spellings, where)
    return _new(site, used, spellings, where, entities.merges(kind, name)) if kind != "organisation" and (spellings or where) else None


def _location(site: NameIndex, used: UsedName, file: NameFile | None, entities: EntityResolver) -> Location | None:
    kind, name = used
    if kind != "place" or (isinstance(file, Place) and file.latitude is not None):
        return None
    around = [file.within.text] if isinstance(file, Place) and file.within else []
    beside = (*around, *entities.beside(name))
    points = tuple(dict.fromkeys((*site.points_of(beside), *site.points[:_MAX_POINTS])))
    found = certain_location(name, beside, points)
    return found if found and (file is None or not file.kind or file.kind.lower() in _WORDS_FOR[found.kind]) else None


def _extended(data: bytes, existing: NameFile, spellings: Sequence[str], where: Location | None) -> _ChangedFile | Problem | None:
    before = data.decode()
    text = with_spellings(existing.file, before, spellings)
    if isinstance(text, str) and where:
        text = with_coordinates(existing.file, text, where.latitude, where.longitude)
    if isinstance(text, Problem):
        return text
    known = {name_key(word.text) for word in (existing.name, *(spelling.name for spelling in existing.spellings))}
    new = [spelling for spelling in spellings if name_key(spelling) not in known]
    return _ChangedFile(existing.file, text.encode(), _summary(new, where)) if text != before else None


def _new(
    site: NameIndex, used: UsedName, spellings: Sequence[str], where: Location | None, merges: Sequence[str]
) -> _ChangedFile | Problem | None:
    kind, name = used
    folder, id = folder_of(kind), slug(name)
    if not _is_name(name):
        return None
    if taken := site.ids.get((folder, id)):
        hint = f"if they are the same, add this there: {_summary(spellings, where)}"
        return note(taken, Spot(), f"“{name}” gets no file, because its id, {id}, belongs to this one", hint)
    file = f"content/{folder}/{id}.md"
    fields: dict[str, YamlValue] = {"name": name, "spellings": list(spellings)}
    if where:
        fields |= {"latitude": f"{where.latitude:.4f}", "longitude": f"{where.longitude:.4f}"}
    data = front_matter(fields, {"spellings": merges, "latitude": [where.why] if where else []}).encode()
    read = parse_file(Source(file, folder, data))
    is_whole = isinstance(read.fact, (Person, Place)) and read.fact.name.text == name and not read.problems
    return _ChangedFile(file, data, _summary(spellings, where)) if is_whole else None


def _summary(spellings: Sequence[str], where: Location | None) -> str:
    written = ["spellings " + ", ".join(spellings)] if spellings else []
    return "; ".join([*written, *([f"at {where.latitude:.2f}, {where.longitude:.2f}, {where.why}"] if where else [])])
