"""The view of an entry's page."""

from dataclasses import dataclass

from markupsafe import Markup

from sitegen.model import Status
from sitegen.pages.views.common import DateView, Head, Link, SiteView
from sitegen.pages.views.compare import EntryComparison


@dataclass(frozen=True, slots=True)
class PassageView:
    anchor: str
    number: int
    quote: str
    speaker: str
    note: str
    original: str
    "link to the quotation on the original page, with a text fragment"
    archived: str
    "address of the archived copy"
    is_verified: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    outlet: str
    title: str
    href: str
    "the report's page on this site; empty for a citation"
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
    site: SiteView
    head: Head
    id: str
    title: str
    permalink: str
    date: DateView
    status: Status
    status_word: str
    said_by: str
    "speakers of the passages; empty if none is named"
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
    "to further comparisons of its reports"
    threads: tuple[Thread, ...]
    backlinks: tuple[Link, ...]
    corrections: tuple[CorrectionView, ...]
    cite: Cite
    added: DateView | None
    updated: DateView | None
    up: Link
    "the entry in the timeline"
