"""Index the names of a site: those of its people and places, and those that only occur in entries and drafts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.content.parse import parse_file
from sitegen.content.read import Source
from sitegen.ingest.entity_resolver import NameFolder
from sitegen.ingest.names.merge import KnownName
from sitegen.model import Entry, Person, Place
from sitegen.text.spellings import name_key
from sitegen.timeline.names import NameFile

FOLDERS: tuple[NameFolder, ...] = ("people", "places")

NameKey = tuple[NameFolder, str]
"a folder, and a name's key in it"


@dataclass(frozen=True, slots=True)
class NameIndex:
    by_key: Mapping[NameKey, NameFile] = field(default_factory=dict)
    "people and places by the keys of their names and spellings, but not of old ids"
    files: Mapping[str, bytes] = field(default_factory=dict)
    "their files' contents, by path"
    without_file: Mapping[NameKey, str] = field(default_factory=dict)
    "names in entries and drafts that have no file of their own"
    ids: Mapping[NameKey, str] = field(default_factory=dict)
    "ids that are taken, with the files that have or had them, or that are where such a file would be"
    points: tuple[tuple[float, float], ...] = ()
    "coordinates of the site's places"

    @property
    def known(self) -> tuple[KnownName, ...]:
        """For `EntityResolver`: first the names with files, then those without."""
        bare = (KnownName("place" if folder == "places" else "person", name) for (folder, _), name in self.without_file.items())
        return (*map(_known, {file.file: file for file in self.by_key.values()}.values()), *bare)

    def points_of(self, places: Iterable[str]) -> tuple[tuple[float, float], ...]:
        found = (self.by_key.get(("places", name_key(place))) for place in places)
        return tuple(point for file in found if file for point in _point(file))


def name_file_ids(root: Path) -> dict[NameKey, str]:
    """The ids for which there are files, readable or not."""
    return {
        (folder, path.stem): path.relative_to(root).as_posix() for folder in FOLDERS for path in _markdown_paths(root / "content" / folder)
    }


def name_index(facts: Iterable[tuple[Source, object]], taken: Mapping[NameKey, str]) -> NameIndex:
    """*facts* are the parsed files; *taken* are the ids of all files that exist, readable or not."""
    by_key: dict[NameKey, NameFile] = {}
    files: dict[str, bytes] = {}
    ids = dict(taken)
    used: dict[NameKey, str] = {}
    for source, fact in sorted(facts, key=lambda one: (one[0].folder == "drafts", one[0].file)):
        if isinstance(fact, Entry):
            for key, name in _used_names(fact):
                used.setdefault(key, name)
        elif source.folder in FOLDERS:
            folder: NameFolder = "people" if source.folder == "people" else "places"
            ids[folder, source.id] = source.file
            if isinstance(fact, (Person, Place)):
                files[source.file] = source.data
                ids.update(((folder, alias.text), source.file) for alias in fact.aliases)
                for word in (fact.name, *(spelling.name for spelling in fact.spellings)):
                    by_key.setdefault((folder, name_key(word.text)), fact)
    bare = {key: name for key, name in sorted(used.items()) if key not in by_key}
    return NameIndex(by_key, files, bare, ids, tuple(point for file in dict.fromkeys(by_key.values()) for point in _point(file)))


def _used_names(entry: Entry) -> Iterator[tuple[NameKey, str]]:
    yield from ((("people", name_key(word.text)), word.text) for word in entry.people)
    yield from ((("places", name_key(word.text)), word.text) for word in entry.places)


def updated(site: NameIndex, files: Mapping[str, bytes], used: Iterable[tuple[NameFolder, str]]) -> NameIndex:
    """Return the index after these files were written and drafts with the *used* names were added."""
    by_key, ids, points = dict(site.by_key), dict(site.ids), dict.fromkeys(site.points)
    for file, data in files.items():
        source = Source(file, file.split("/")[1], data)
        fact = parse_file(source).fact
        if isinstance(fact, (Person, Place)):
            folder: NameFolder = "people" if isinstance(fact, Person) else "places"
            ids[folder, fact.id] = file
            points |= dict.fromkeys(_point(fact))
            for word in (fact.name, *(spelling.name for spelling in fact.spellings)):
                by_key[folder, name_key(word.text)] = fact
    bare = dict(site.without_file) | {(folder, name_key(name)): name for folder, name in used}
    return NameIndex(by_key, {**site.files, **files}, {key: name for key, name in bare.items() if key not in by_key}, ids, tuple(points))


def _markdown_paths(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.suffix == ".md")
    except OSError:
        return


def _known(file: NameFile) -> KnownName:
    spellings = tuple(spelling.name.text for spelling in file.spellings)
    return KnownName(
        "place" if isinstance(file, Place) else file.kind, file.name.text, spellings, (file.id, *(old.text for old in file.aliases))
    )


def _point(file: NameFile) -> Iterator[tuple[float, float]]:
    if isinstance(file, Place) and file.latitude is not None and file.longitude is not None:
        yield file.latitude, file.longitude
