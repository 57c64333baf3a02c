"""What a layout sees: frozen, ready-made, complete.

A page depends on its view and on nothing else. Text is plain unless its type is `Markup`; layouts escape it.
Every `href` is ready for an attribute: it carries the base path, or is a whole address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from sitegen.model import Status

Section = Literal["", "timeline", "people", "places", "tags", "articles"]
NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    "empty for a name that has no page"


@dataclass(frozen=True, slots=True)
class NavLink:
    text: str
    href: str
    section: Section


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share."""

    title: str
    subtitle: str
    language: str
    editor: str
    home: str
    "address of the timeline, which is also the base path: / or /repo/"
    nav: tuple[NavLink, ...]
    footer: tuple[Link, ...]
    feeds: tuple[Link, ...]
    "text is the media type"
    assets: Mapping[str, str]
    "address of each asset by its name"
    words: Mapping[str, str]
    "the interface's text, by key"


@dataclass(frozen=True, slots=True)
class Head:
    title: str
    "the document's own title, without the site's"
    description: str = ""
    canonical: str = ""
    "whole address; empty where the site has no base_url"
    section: Section = ""
    feeds: tuple[Link, ...] = ()
    "this page's own; text is the media type"
    json_ld: Markup = NOTHING
    "safe inside <script>"
    kind: Literal["website", "article", "profile"] = "website"
    "OpenGraph's og:type"
    index: bool = True


@dataclass(frozen=True, slots=True)
class DateView:
    label: str
    "in full: 7 April 2023, about 20 May 2023"
    edtf: str
    datetime: str = ""
    "for <time datetime>; empty where the date is not exact"
    weekday: str = ""
    rail: str = ""
    "the short form beside an entry under its month: 7, 3–7, about 20; empty where the day is not known"
    loose: str = ""
    "where the day is not known: some day in March, some day in 2022"
    time: str = ""
    "02:50 (UTC+3)"
    told: str = ""
    "the reader's wording, from date_text"
    edge: Literal["sharp", "soft", "open"] = "sharp"
    "soft: approximate or uncertain, or one day of several; open: a beginning or an end is not known"
    is_span: bool = False
    "it lasted: an interval"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry wherever it is listed; made once, shared by all lists."""

    id: str
    href: str
    title: str
    date: DateView
    status: Status
    status_word: str
    is_key: bool
    is_draft: bool
    is_graphic: bool
    brief: str
    note: str
    "its first annotation, for the margin"
    people: tuple[Link, ...]
    places: tuple[Link, ...]
    reports: str
    "2 reports, 1 text; empty where it rests on none"
    notes: str
    "2 notes; empty where it has none"
    corrections: str
    filters: Mapping[str, str]
    "ids for the filters, separated by blanks, by person, place, tag, status"


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    href: str
    anchor: str
    rows: tuple[Row, ...]
    "days first, then what is known to the month alone"


@dataclass(frozen=True, slots=True)
class Year:
    number: str
    href: str
    anchor: str
    months: tuple[Month, ...]
    rows: tuple[Row, ...]
    "what is known to the year alone"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a strip, in the units of its view box."""

    x: float
    y: float
    width: float
    height: float
    href: str
    "empty where there is nothing to show"
    label: str
    "April 2023: 9 entries"
    is_current: bool


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    "share of the width, 0 to 100"
    text: str
    align: Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Strip:
    """How many entries fall on each month (or year, or day); heights grow with the root of the count."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    label: str
    "the same in words"


@dataclass(frozen=True, slots=True)
class Choice:
    text: str
    value: str
    "the id that a row's filters hold"
    href: str
    "the page that shows the same without JavaScript; empty where there is none"
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    name: Literal["person", "place", "tag", "status"]
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Home, a year or a month."""

    site: Site
    head: Head
    heading: str
    lede: str
    strip: Strip | None
    statuses: tuple[tuple[Status, str], ...]
    "for the legend: those that occur, with their words"
    has_loose: bool
    "some entry's day is not known: the legend explains the broken line"
    years: tuple[Year, ...]
    filters: tuple[Filter, ...]
    more: tuple[Link, ...]
    "years or months that are not listed here in full"
    around: tuple[Link, ...]
    "the year, the months before and after"
    is_home: bool
    is_partial: bool
    "only the latest and the key entries are listed"
    has_soft: bool = False
    "some date is approximate or open: the legend explains the broken edge"
    has_span: bool = False
    "some entry lasted: the legend explains the bar"


@dataclass(frozen=True, slots=True)
class PassageView:
    anchor: str
    number: int
    quote: str
    speaker: str
    note: str
    original: str
    "the same words on the report's own page, by a text fragment"
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
    language: str = ""
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
class Counted:
    text: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """An entry or a term in one line."""

    title: str
    href: str
    date: DateView | None
    detail: str


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
    within: tuple[Link, ...]
    coordinates: str
    "48.59° N, 38.00° E"
    wikidata: str
    "whole address"
    body: Markup
    count: str
    "9 entries"
    strip: Strip | None
    statuses: tuple[tuple[Status, str], ...]
    has_loose: bool
    years: tuple[Year, ...]
    lines: tuple[Line, ...]
    "the later entries of a long list, in one line each"
    with_people: tuple[Counted, ...]
    with_places: tuple[Counted, ...]
    mentions: tuple[Link, ...]
    "entries that link here without naming it among their people and places"
    contains: tuple[Link, ...]
    "places within this one"
    has_soft: bool = False
    "some date is approximate or open: the legend explains the broken edge"
    has_span: bool = False
    "some entry lasted: the legend explains the bar"


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


View = TimelinePage | EntryPage | TermPage | TermsPage | ReportPage | ReportsPage | StaticPageView | NotFoundPage | RedirectPage
