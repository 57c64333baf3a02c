"""Pages of people, places and tags."""

from dataclasses import dataclass

from markupsafe import Markup

from sitegen.pages.views.common import Counted, DateView, Head, Line, Link, SiteView
from sitegen.pages.views.listing import Legend, Strip, Year


@dataclass(frozen=True, slots=True)
class SpellingView:
    name: str
    outlet: str
    language: str


@dataclass(frozen=True, slots=True)
class OutletSpelling:
    outlet: str
    spellings: str
    first: DateView | None
    last: DateView | None
    "None where it is the first day, too"


@dataclass(frozen=True, slots=True)
class TermPage:
    """A person, a place or a tag."""

    site: SiteView
    head: Head
    kind_word: str
    "Person, Organisation, Place, Tag, or the author's own word"
    name: str
    role: str
    spellings: tuple[SpellingView, ...]
    by_outlet: tuple[OutletSpelling, ...]
    "which outlet spells a person how; empty where there is one spelling"
    within: tuple[Link, ...]
    coordinates: str
    "48.59° N, 38.00° E"
    wikidata: str
    "whole address"
    body: Markup
    count: str
    "9 entries"
    strip: Strip | None
    legend: Legend
    years: tuple[Year, ...]
    lines: tuple[Line, ...]
    "the later entries of a long list, in one line each"
    with_people: tuple[Counted, ...]
    with_places: tuple[Counted, ...]
    mentions: tuple[Link, ...]
    "entries that link here without naming it among their people and places"
    contains: tuple[Link, ...]
    "places within this one"


@dataclass(frozen=True, slots=True)
class TermsPage:
    """All people, all places, all tags."""

    site: SiteView
    head: Head
    heading: str
    lines: tuple[Line, ...]
    "detail: role, and how many entries"
