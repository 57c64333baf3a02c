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
    "None if it is the first day"


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
    "how outlets spell a person; empty if there is only one spelling"
    within: tuple[Link, ...]
    coordinates: str
    "48.59° N, 38.00° E"
    wikidata: str
    "absolute address"
    body: Markup
    count: str
    "9 entries"
    strip: Strip | None
    legend: Legend
    years: tuple[Year, ...]
    lines: tuple[Line, ...]
    "entries beyond those listed in full"
    with_people: tuple[Counted, ...]
    with_places: tuple[Counted, ...]
    mentions: tuple[Link, ...]
    "entries that link here but do not list it among their people and places"
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
