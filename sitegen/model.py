"""The content of a site as its files hold it: one frozen type for each kind of file, and the settings.

Nothing here is linked yet. Names, reports and targets are what the author wrote, with their spots, so that `timeline.link`
can report where a mistake is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from sitegen.dates import Date
from sitegen.problems import Spot

Status = Literal["expected", "reported", "disputed", "confirmed", "retracted"]
STATUSES: tuple[Status, ...] = ("expected", "reported", "disputed", "confirmed", "retracted")

CorrectionKind = Literal["clarification", "correction", "retraction"]
ReportKind = Literal["report", "document", "post", "video", "interview"]
Publish = Literal["quotes", "full", "none"]
NameKind = Literal["person", "place"]
AnnotationKind = Literal["framing", "context", "correction", "dispute"]

_TOP = Spot()


@dataclass(frozen=True, slots=True)
class Settings:
    file: str = "sitegen.toml"
    spot: Spot = _TOP
    "where the settings begin in the file"
    title: str = "Timeline"
    subtitle: str = ""
    base_url: str = ""
    "absolute, without a trailing slash; empty if not set"
    language: str = "en"
    "BCP 47"
    zone: str = ""
    "IANA"
    order: Literal["newest", "oldest"] = "newest"
    "the entry that a list begins with"
    editor: str = ""
    quoted_share: float | None = None
    "share of a report's words that the site may show, 0 to 1; None if not set"
    search: bool = True
    preview_editor: str = "vscode://file/{file}:{line}:{column}"
    "address with which the preview opens a file in an editor"

    @property
    def base_path(self) -> str:
        """`/`, or `/repo/` for a site below the root of its host."""
        path = urlsplit(self.base_url).path.strip("/")
        return f"/{path}/" if path else "/"


@dataclass(frozen=True, slots=True)
class Word:
    """A name, an id or a target that an author wrote, and its spot."""

    text: str
    spot: Spot
    written: str = ""
    "its source in the file, if that differs from the text; only for a key with a single value"


@dataclass(frozen=True, slots=True)
class Reference:
    """A gap in the HTML of a body. Rendering fills it in, because it shows content from another file."""

    kind: Literal["link", "passage", "address"]
    "a [[link]]; a [@passage]; an address of this site in an attribute, which needs the base path"
    target: str
    "an address is percent-encoded, and relative to the page of the body unless it begins with a slash"
    text: str
    "the words of the link; empty: the title of the target"
    spot: Spot


Plain = tuple[str | Reference, ...]
"Text without markup; links without words of their own are still references."

MAX_BRIEF = 200
"characters of a first paragraph that other pages show"


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown of a file as HTML, with its references still to fill in."""

    pieces: tuple[str | Reference, ...] = ()
    "HTML and references, in order"

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Reference))


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact quotation from a report. Source: W3C Web Annotation Data Model, TextQuoteSelector."""

    quote: Word
    id: str = ""
    prefix: str = ""
    suffix: str = ""
    speaker: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A stored report of an entry, and the passages quoted from it."""

    article: Word
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A report that is cited but not stored."""

    url: str
    title: str
    outlet: str
    published: Date | None


@dataclass(frozen=True, slots=True)
class Correction:
    date: Date
    kind: CorrectionKind
    text: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    src: Word
    "the name of a file in assets/"
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that other pages need of an entry; its body is separate."""

    id: str
    file: str
    title: str
    when: Date
    date_text: str = ""
    seq: int = 0
    zone: str = ""
    status: Status = "reported"
    people: tuple[Word, ...] = ()
    places: tuple[Word, ...] = ()
    tags: tuple[Word, ...] = ()
    location: Word | None = None
    accounts: tuple[Account | Citation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    added: Date | None = None
    updated: Date | None = None
    aliases: tuple[Word, ...] = ()
    key: bool = False
    graphic: bool = False
    image: Image | None = None
    is_draft: bool = False
    brief: Plain = ()
    "the first paragraph, not linked yet; other pages show at most MAX_BRIEF characters of it"
    note: Plain = ()
    "the first annotation of the body, not linked yet; without one, lists show that of a passage"
    footnotes: int = 0
    references: tuple[str, ...] = ()
    "targets of the [[links]] in the body, each once"

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(p for account in self.accounts if isinstance(account, Account) for p in account.passages)


@dataclass(frozen=True, slots=True)
class Drafted:
    """The source of a draft. It shows that an editor deleted the draft, even when another report has the same event."""

    start: int
    "code points into the capture: where the passage begins"
    end: int
    is_named: bool = False
    "whether the file also names the draft and its day, the old form"


@dataclass(frozen=True, slots=True)
class Article:
    """A report's metadata. Its text is a capture."""

    id: str
    file: str
    title: str
    outlet: str = ""
    url: str = ""
    archive_url: str = ""
    kind: ReportKind = "report"
    published: Date | None = None
    updated: Date | None = None
    retrieved: Date | None = None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    language: str = ""
    origin: str = ""
    derived_from: Word | None = None
    sha256: Word | None = None
    publish: Publish = "quotes"
    drafted: tuple[Drafted, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    name: Word
    outlet: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    file: str
    name: Word
    kind: Literal["person", "organisation"] = "person"
    spellings: tuple[Spelling, ...] = ()
    role: str = ""
    wikidata: str = ""
    has_page: bool = True
    aliases: tuple[Word, ...] = ()
    brief: Plain = ()


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    file: str
    name: Word
    kind: str = ""
    "the author's word: city, river, region"
    spellings: tuple[Spelling, ...] = ()
    role: str = ""
    wikidata: str = ""
    has_page: bool = True
    aliases: tuple[Word, ...] = ()
    brief: Plain = ()
    latitude: float | None = None
    "degrees, -90 to 90"
    longitude: float | None = None
    "degrees, -180 to 180"
    within: Word | None = None


@dataclass(frozen=True, slots=True)
class StaticPage:
    id: str
    file: str
    title: str
    brief: Plain = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """An editor's note on how two reports differ: on a passage of each, or on one that the other report lacks."""

    a: Word | None
    "words of the first report"
    b: Word | None
    "words of the second report"
    note: str
    kind: AnnotationKind


@dataclass(frozen=True, slots=True)
class PairNotes:
    """An editor's notes on how two reports differ."""

    id: str
    "A...B"
    file: str
    a: str
    "id of the earlier report"
    b: str
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """The text of a report."""

    file: str
    text: str
    sha256: str
    "of the file's bytes, in hexadecimal"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything in content/, not linked yet."""

    entries: tuple[Entry, ...] = ()
    articles: tuple[Article, ...] = ()
    comparisons: tuple[PairNotes, ...] = ()
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    pages: tuple[StaticPage, ...] = ()
    bodies: Mapping[str, Body] = field(default_factory=dict)
    "by file"
    references: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)
    "by file; only bodies with references"
    captures: Mapping[str, Capture] = field(default_factory=dict)
    "by the report's id"
    unread: frozenset[str] = frozenset()
    "ids of files that couldn't be parsed; each is a problem already, so links to them aren't reported as unknown"
