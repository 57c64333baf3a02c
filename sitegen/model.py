"""The nouns of a site, as its files tell them: one frozen type for each kind of file.

Nothing here is linked yet: names, reports and targets are what the author wrote, each with its spot,
so that `timeline.link` can say where a mistake stands.
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
    "where the settings begin in it"
    title: str = "Timeline"
    subtitle: str = ""
    base_url: str = ""
    "absolute, without a slash at its end; empty where none is set"
    language: str = "en"
    "BCP 47"
    zone: str = ""
    "IANA"
    order: Literal["newest", "oldest"] = "newest"
    "which entry a list begins with"
    editor: str = ""
    quoted_share: float | None = None
    "share of a report's words that the site may show, 0 to 1"
    search: bool = True
    preview_editor: str = "vscode://file/{file}:{line}:{column}"
    "where a click in the preview leads that opens a file"

    @property
    def base_path(self) -> str:
        """`/`, or `/repo/` for a site that lives below its host's root."""
        path = urlsplit(self.base_url).path.strip("/")
        return f"/{path}/" if path else "/"


@dataclass(frozen=True, slots=True)
class Word:
    """Something an author wrote, and where: a name, an id, a target."""

    text: str
    spot: Spot
    written: str = ""
    "as it stands in the file from its spot on, where that differs from the text; kept of a key's one value"


@dataclass(frozen=True, slots=True)
class Reference:
    """An opening in a body's HTML that is filled when the page is rendered, since it shows what stands elsewhere."""

    kind: Literal["link", "passage", "address"]
    "a [[link]]; a [@passage]; an address of this site inside an attribute, which wants the base path"
    target: str
    "of an address: percent-encoded, and relative to the body's page where it doesn't begin with a slash"
    text: str
    "the wording the author chose; empty: the target's own"
    spot: Spot


Plain = tuple[str | Reference, ...]
"Text without markup, in which a link without words of its own is still open."

MAX_BRIEF = 200
"characters of a first paragraph that other pages show"


@dataclass(frozen=True, slots=True)
class Body:
    """A file's Markdown as HTML, with its references open."""

    pieces: tuple[str | Reference, ...] = ()
    "HTML and openings, in order"

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Reference))


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report, quoted exactly. Source: W3C Web Annotation Data Model, TextQuoteSelector."""

    quote: Word
    id: str = ""
    prefix: str = ""
    suffix: str = ""
    speaker: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """How a stored report tells an entry."""

    article: Word
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A report that is cited and not stored."""

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
    "the name of a file of assets/"
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class Entry:
    """All that an entry shows to other pages; its body stands apart."""

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
    "the first paragraph, unlinked; other pages show at most MAX_BRIEF characters of it"
    note: Plain = ()
    "the body's first annotation, likewise; lists show that of a passage where the body has none"
    footnotes: int = 0
    references: tuple[str, ...] = ()
    "targets of the body's [[links]], each once"

    @property
    def order(self) -> tuple[object, ...]:
        return (self.when.sort_key, self.seq, self.id)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(p for account in self.accounts if isinstance(account, Account) for p in account.passages)


@dataclass(frozen=True, slots=True)
class Drafted:
    """Where a draft was quoted from, so that one that the editor deleted is known when another report tells it. Nothing else of it is kept."""

    start: int
    "code points into the capture: the passage that tells it"
    end: int
    is_named: bool = False
    "whether the file names the draft and its day, too, as sitegen once wrote it"


@dataclass(frozen=True, slots=True)
class Article:
    """A report: what is known of it. Its text is a capture."""

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
    """An editor's note on how two reports put something: on a passage of each, or of one that the other has nothing of."""

    a: Word | None
    "words of the first report"
    b: Word | None
    "of the second"
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
    """A report's own text."""

    file: str
    text: str
    sha256: str
    "of the file's bytes, in hexadecimal"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that content/ tells, file by file, unlinked."""

    entries: tuple[Entry, ...] = ()
    articles: tuple[Article, ...] = ()
    comparisons: tuple[PairNotes, ...] = ()
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    pages: tuple[StaticPage, ...] = ()
    bodies: Mapping[str, Body] = field(default_factory=dict)
    "by the file that holds it"
    references: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)
    "of the bodies that have some, by file"
    captures: Mapping[str, Capture] = field(default_factory=dict)
    "by the report's id"
    unread: frozenset[str] = frozenset()
    "ids of files that tell nothing, because of a problem that is told already"
