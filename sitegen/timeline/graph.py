"""Content, linked: every name, report and target resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sitegen.model import Article, Body, Capture, Entry, PairNotes, Person, Place, Settings, StaticPage

TermKind = Literal["person", "place", "tag"]
Folder = Literal["entries", "people", "places"]
"a part of the site in which old addresses lead on"


@dataclass(frozen=True, slots=True)
class Name:
    """A person, a place or a tag: one for all its spellings, and in one timeline one object."""

    kind: TermKind
    id: str
    text: str
    has_page: bool = True

    def __hash__(self) -> int:
        """That of all its fields takes four times as long, and few names of two kinds have one id."""
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    entry: Entry
    people: tuple[Name, ...]
    places: tuple[Name, ...]
    tags: tuple[Name, ...]
    location: Name | None
    order: tuple[object, ...] = field(compare=False)
    "the entry's own, as is the heading, made once for all lists"
    heading: tuple[str, int | None, int | None] = field(compare=False)
    "the year (or decade, or century; see Date.years), month and day that it begins on"

    def names(self, kind: TermKind) -> tuple[Name, ...]:
        return {"person": self.people, "place": self.places, "tag": self.tags}[kind]


Target = LinkedEntry | Name


@dataclass(frozen=True, slots=True)
class Term:
    """A name with all that the timeline tells of it."""

    name: Name
    file: Person | Place | None
    entries: tuple[LinkedEntry, ...]
    "that name it; oldest first"
    mentions: tuple[LinkedEntry, ...]
    "whose text links to it without naming it; oldest first"
    within: Name | None = None


@dataclass(frozen=True, slots=True)
class Report:
    article: Article
    capture: Capture | None
    entries: tuple[LinkedEntry, ...]
    "that rest on it; oldest first"


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
    "by name, as are places and tags"
    places: tuple[Term, ...]
    tags: tuple[Term, ...]
    reports: tuple[Report, ...]
    "latest published first"
    pages: tuple[StaticPage, ...]
    bodies: Mapping[str, Body]
    "by file"
    targets: Mapping[tuple[str, str], Target]
    "what a [[target]] of a file leads to, by file and target"
    backlinks: Mapping[str, tuple[LinkedEntry, ...]]
    "entries whose text links to an entry, by its id; oldest first"
    redirects: tuple[Redirect, ...]
    comparisons: Mapping[tuple[str, str], PairNotes] = field(default_factory=dict)
    "editors' notes on two reports, by their ids"
