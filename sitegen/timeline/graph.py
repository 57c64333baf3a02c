"""The linked timeline as a graph: entries, names and reports that refer to each other as objects, not by what authors wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sitegen.model import Article, Body, Capture, Entry, PairNotes, Person, Place, Settings, StaticPage

TermKind = Literal["person", "place", "tag"]
Folder = Literal["entries", "people", "places"]
"a part of the site where old addresses redirect"


@dataclass(frozen=True, slots=True)
class Name:
    """A person, a place or a tag. A timeline has one object for all spellings of a name."""

    kind: TermKind
    id: str
    text: str
    has_page: bool = True

    def __hash__(self) -> int:
        """Hash the id only: four times as fast as all fields, and names of different kinds seldom share an id."""
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    entry: Entry
    people: tuple[Name, ...]
    places: tuple[Name, ...]
    tags: tuple[Name, ...]
    location: Name | None
    order: tuple[object, ...] = field(compare=False)
    "sort key of the entry: (date, seq, id)"
    heading: tuple[str, int | None, int | None] = field(compare=False)
    "the year (or decade, or century; see Date.years), month and day on which it begins"

    def names(self, kind: TermKind) -> tuple[Name, ...]:
        return {"person": self.people, "place": self.places, "tag": self.tags}[kind]


Target = LinkedEntry | Name


@dataclass(frozen=True, slots=True)
class Term:
    """A name with its file and the entries that refer to it."""

    name: Name
    file: Person | Place | None
    entries: tuple[LinkedEntry, ...]
    "entries that list the name; oldest first"
    mentions: tuple[LinkedEntry, ...]
    "entries that only link to it in their text; oldest first"
    within: Name | None = None


@dataclass(frozen=True, slots=True)
class Report:
    article: Article
    capture: Capture | None
    entries: tuple[LinkedEntry, ...]
    "entries that cite it; oldest first"


@dataclass(frozen=True, slots=True)
class Redirect:
    folder: Folder
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Timeline:
    settings: Settings
    entries: tuple[LinkedEntry, ...]
    "oldest first"
    people: tuple[Term, ...]
    "sorted by name, like places and tags"
    places: tuple[Term, ...]
    tags: tuple[Term, ...]
    reports: tuple[Report, ...]
    "latest published first"
    pages: tuple[StaticPage, ...]
    bodies: Mapping[str, Body]
    "by file"
    targets: Mapping[tuple[str, str], Target]
    "destinations of [[links]], by file and target"
    backlinks: Mapping[str, tuple[LinkedEntry, ...]]
    "entries that link to an entry, by its id; oldest first"
    redirects: tuple[Redirect, ...]
    comparisons: Mapping[tuple[str, str], PairNotes] = field(default_factory=dict)
    "editors' notes on pairs of reports, by their ids"
