"""Whole pages: a layout sees the fields of one of these."""

from dataclasses import dataclass

from markupsafe import Markup

from sitegen.model import Status
from sitegen.pages.views.comparison import ComparePage, EntryComparison, Matrix
from sitegen.pages.views.listing import Filter, Legend, Row, Strip, Year
from sitegen.pages.views.shared import Counted, DateView, Head, Line, Link, Site


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Home, a year or a month."""

    site: Site
    head: Head
    heading: str
    lede: str
    strip: Strip | None
    legend: Legend
    years: tuple[Year, ...]
    filters: tuple[Filter, ...]
    more: tuple[Link, ...]
    "years or months that are not listed here in full"
    around: tuple[Link, ...]
    "the year, the months before and after"
    is_home: bool
    is_partial: bool
    "only the latest and the key entries are listed"


@dataclass(frozen=True, slots=True)
class PassageView:
    anchor: str
    number: int
    quote: str
    speaker: str
    note: str
    original: str
    "the same words on the report's own page, by a text fragment"
    archived: str
    "the archived copy"
    is_verified: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    outlet: str
    title: str
    href: str
    "the report's page here; empty for a cited report"
    original: str
    archived: str
    authors: str
    published: DateView | None
    retrieved: DateView | None
    origin: str
    passages: tuple[PassageView, ...]
    language: str
    "of the report, as a BCP 47 tag"


@dataclass(frozen=True, slots=True)
class Thread:
    label: str
    "in time, in Bakhmut, with Volodymyr Zelensky"
    href: str
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    anchor: str
    date: DateView
    kind: str
    text: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class ImageView:
    src: str
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class Cite:
    text: str
    bibtex: str
    csl_json: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    site: Site
    head: Head
    id: str
    title: str
    permalink: str
    date: DateView
    status: Status
    status_word: str
    said_by: str
    "who says so: the passages' speakers; empty where none is named"
    is_draft: bool
    is_key: bool
    is_graphic: bool
    image: ImageView | None
    body: Markup
    people: tuple[Link, ...]
    places: tuple[Link, ...]
    tags: tuple[Link, ...]
    location: Link | None
    reports: str
    reports_why: str
    accounts: tuple[AccountView, ...]
    compared: tuple[EntryComparison, ...]
    compared_further: tuple[Link, ...]
    "to other comparisons of two of its reports"
    threads: tuple[Thread, ...]
    backlinks: tuple[Link, ...]
    corrections: tuple[CorrectionView, ...]
    cite: Cite
    added: DateView | None
    updated: DateView | None
    up: Link
    "the entry in the timeline"


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

    site: Site
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

    site: Site
    head: Head
    heading: str
    lines: tuple[Line, ...]
    "detail: role, and how many entries"


@dataclass(frozen=True, slots=True)
class TextRun:
    """Some words of a report's text; href leads to the entry that quotes them, or is empty."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class QuotedBy:
    """An entry that rests on a report, with the words it quotes."""

    row: Row
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    site: Site
    head: Head
    title: str
    outlet: str
    kind_word: str
    authors: str
    published: DateView | None
    updated: DateView | None
    retrieved: DateView | None
    language: str
    original: str
    archived: str
    credits: tuple[str, ...]
    left_out: tuple[str, ...]
    origin: str
    derived_from: Link | None
    derivations: tuple[Link, ...]
    compared: tuple[Link, ...]
    "with which reports, and where"
    texts: str
    "3 reports, 1 text: it and those that share its text; empty where none is known to"
    texts_why: str
    sha256: str
    notes: Markup
    entries: tuple[QuotedBy, ...]
    count: str
    paragraphs: tuple[tuple[TextRun, ...], ...]
    "the report's own text, only where `publish: full`"
    is_verified: bool
    "the capture stands here, so its passages were compared with it"


@dataclass(frozen=True, slots=True)
class ReportsPage:
    site: Site
    head: Head
    heading: str
    lines: tuple[Line, ...]
    matrices: tuple[Matrix, ...]


@dataclass(frozen=True, slots=True)
class CorrectedEntry:
    title: str
    href: str
    "the correction on the entry's page"
    is_retracted: bool
    correction: CorrectionView


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    site: Site
    head: Head
    heading: str
    corrections: tuple[CorrectedEntry, ...]
    feeds: tuple[Link, ...]
    "text is the media type"


@dataclass(frozen=True, slots=True)
class StaticPageView:
    site: Site
    head: Head
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    site: Site
    head: Head


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """Stands at an old address and leads on, with the #fragment."""

    site: Site
    head: Head
    target: str


View = (
    TimelinePage
    | ComparePage
    | CorrectionsPage
    | EntryPage
    | TermPage
    | TermsPage
    | ReportPage
    | ReportsPage
    | StaticPageView
    | NotFoundPage
    | RedirectPage
)
