"""Views of a report's page and of the list of all reports."""

from dataclasses import dataclass

from markupsafe import Markup

from sitegen.pages.views.common import DateView, Head, Line, Link, SiteView
from sitegen.pages.views.entry import PassageView
from sitegen.pages.views.listing import EntryRow


@dataclass(frozen=True, slots=True)
class TextRun:
    """Some words of a report's text; href is the entry that quotes them, or empty."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class QuotedBy:
    """An entry that uses a report, with its quotations."""

    row: EntryRow
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    site: SiteView
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
    "links to comparisons, named for the other report"
    texts: str
    "3 reports, 1 text: the report and those that share its text; empty if there are none"
    texts_why: str
    sha256: str
    notes: Markup
    entries: tuple[QuotedBy, ...]
    count: str
    paragraphs: tuple[tuple[TextRun, ...], ...]
    "the report's text, only with `publish: full`"
    is_verified: bool
    "the site has the capture, so quotations were checked"


@dataclass(frozen=True, slots=True)
class Matrix:
    """How much of their text the reports in a group share, pair by pair."""

    reports: tuple[Link, ...]
    rows: tuple[tuple[Link | None, ...], ...]
    "for each report, its share with each other and the link to the comparison; None for itself and for pairs that are not compared"


@dataclass(frozen=True, slots=True)
class ReportsPage:
    site: SiteView
    head: Head
    heading: str
    lines: tuple[Line, ...]
    matrices: tuple[Matrix, ...]
