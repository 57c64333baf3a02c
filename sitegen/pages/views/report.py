"""A report’s page and the list of all reports."""

from dataclasses import dataclass

from markupsafe import Markup

from sitegen.pages.views.common import DateView, Head, Line, Link, SiteView
from sitegen.pages.views.entry import PassageView
from sitegen.pages.views.listing import EntryRow


@dataclass(frozen=True, slots=True)
class TextRun:
    """Some words of a report's text; href leads to the entry that quotes them, or is empty."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class QuotedBy:
    """An entry that rests on a report, with the words it quotes."""

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
class Matrix:
    """Reports of one text: how much of it each two share."""

    reports: tuple[Link, ...]
    rows: tuple[tuple[Link | None, ...], ...]
    "of each report with each: the share, and where the two are compared; None for itself, and for two that are not compared"


@dataclass(frozen=True, slots=True)
class ReportsPage:
    site: SiteView
    head: Head
    heading: str
    lines: tuple[Line, ...]
    matrices: tuple[Matrix, ...]
