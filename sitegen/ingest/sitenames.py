"""The names that a site has, read and written: those of its people's and places' files, and those that only entries and drafts tell."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.content.parse import parse_file
from sitegen.content.read import Source, read
from sitegen.ingest.directory import Folder
from sitegen.ingest.names.merge import Known
from sitegen.ingest.shelf import add_files
from sitegen.ingest.unreadable import UnreadableError
from sitegen.model import Entry, Person, Place
from sitegen.problems import Problem, Spot, note
from sitegen.text.spellings import name_key

NameFile = Person | Place
FOLDERS: tuple[Folder, ...] = ("people", "places")

Key = tuple[Folder, str]
"a name's key among the names of its folder"


@dataclass(frozen=True, slots=True)
class SiteNames:
    by_key: Mapping[Key, NameFile] = field(default_factory=dict)
    "by each spelling's key; an old id is none"
    files: Mapping[str, bytes] = field(default_factory=dict)
    "the files of those, as they are"
    bare: Mapping[Key, str] = field(default_factory=dict)
    "names that entries and drafts tell, and that have no file"
    ids: Mapping[Key, str] = field(default_factory=dict)
    "each id that is taken: the file that has it or had it, or what lies where its file would lie"
    points: tuple[tuple[float, float], ...] = ()
    "where the site's places are"

    @property
    def known(self) -> tuple[Known, ...]:
        """For a `Directory`: what the files tell, then what entries and drafts tell."""
        bare = (Known("place" if folder == "places" else "person", name) for (folder, _), name in self.bare.items())
        return (*map(_known, {file.file: file for file in self.by_key.values()}.values()), *bare)

    def points_of(self, places: Iterable[str]) -> tuple[tuple[float, float], ...]:
        found = (self.by_key.get(("places", name_key(place))) for place in places)
        return tuple(point for file in found if file for point in _point(file))


def site_names(root: Path | None) -> SiteNames:
    """Drafts are read, too. What can't be read is left to a build to tell; its id is taken."""
    if root is None:
        return SiteNames()
    sources = read(root, with_drafts=True)[0]
    lying = {(folder, path.stem): path.relative_to(root).as_posix() for folder in FOLDERS for path in _lying(root / "content" / folder)}
    return names_of(sources, lying)


def names_of(sources: Iterable[Source], lying: Mapping[Key, str]) -> SiteNames:
    """*lying* are ids whose files are there, readable or not."""
    by_key: dict[Key, NameFile] = {}
    files: dict[str, bytes] = {}
    ids = dict(lying)
    told: dict[Key, str] = {}
    for source in sorted(sources, key=lambda source: (source.folder == "drafts", source.file)):
        if source.folder in ("entries", "drafts"):
            for key, name in _told(source):
                told.setdefault(key, name)
        elif source.folder in FOLDERS:
            folder: Folder = "people" if source.folder == "people" else "places"
            ids[folder, source.id] = source.file
            fact = parse_file(source).fact
            if isinstance(fact, (Person, Place)):
                files[source.file] = source.data
                ids.update(((folder, alias.text), source.file) for alias in fact.aliases)
                for word in (fact.name, *(spelling.name for spelling in fact.spellings)):
                    by_key.setdefault((folder, name_key(word.text)), fact)
    bare = {key: name for key, name in sorted(told.items()) if key not in by_key}
    return SiteNames(by_key, files, bare, ids, tuple(point for file in dict.fromkeys(by_key.values()) for point in _point(file)))


def _told(source: Source) -> Iterator[tuple[Key, str]]:
    """The names that an entry or a draft tells."""
    entry = parse_file(source).fact
    if isinstance(entry, Entry):
        yield from ((("people", name_key(word.text)), word.text) for word in entry.people)
        yield from ((("places", name_key(word.text)), word.text) for word in entry.places)


def write_files(root: Path, files: Mapping[str, bytes], standing: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Adds files and extends those that stand; one that was changed since it was read, or can't be written, is left alone with a note."""
    return tuple(found for file, data in files.items() if (found := _write(root, file, data, standing.get(file))))


def _write(root: Path, file: str, data: bytes, before: bytes | None) -> Problem | None:
    try:
        if before is None:
            add_files(root, {file: data})
        elif not _is_replaced((root / file).resolve(), data, before):
            return note(file, Spot(), "this file was changed while reports were read, and is left alone", "run this again")
    except UnreadableError as refusal:
        return note(file, Spot(), refusal.message, refusal.hint)
    except OSError as error:
        return note(file, Spot(), f"this file can’t be written: {error.strerror}", "look at the disk and at the folder’s permissions")
    return None


def _is_replaced(path: Path, data: bytes, before: bytes) -> bool:
    """Raises: OSError."""
    if path.read_bytes() != before:
        return False
    if not os.access(path, os.W_OK):
        raise PermissionError(None, "it may only be read")
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(data)
        shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True


def _lying(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.suffix == ".md")
    except OSError:
        return


def _known(file: NameFile) -> Known:
    spellings = tuple(spelling.name.text for spelling in file.spellings)
    return Known(
        "place" if isinstance(file, Place) else file.kind, file.name.text, spellings, (file.id, *(old.text for old in file.aliases))
    )


def _point(file: NameFile) -> Iterator[tuple[float, float]]:
    if isinstance(file, Place) and file.latitude is not None and file.longitude is not None:
        yield file.latitude, file.longitude
