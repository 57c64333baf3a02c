"""Two reports side by side."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from sitegen.compare.diff import RowKind
from sitegen.compare.units import ChangeKind
from sitegen.model import AnnotationKind
from sitegen.pages.views.shared import DateView, Head, Link, Site


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """Some words of a sentence, and how they were changed."""

    text: str
    change: ChangeKind | None
    "None: they stand in the other report, too; or stand for words that are not shown"
    is_trivial: bool


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    kind: RowKind | Literal["withheld"]
    "withheld: several sentences of which nothing may be shown"
    kind_word: str
    "reworded, moved; only in Wire; of several sentences how many of each kind"
    changes: str
    "2 numbers, 1 name: what changed, trivial changes apart"
    a: tuple[ComparedRun, ...]
    "empty where the sentence has no counterpart here, or may not be shown"
    b: tuple[ComparedRun, ...]
    notes: tuple[int, ...]
    "numbers of the editor's notes that stand on it"
    is_beside: bool
    "whether it only stands beside what is quoted"


@dataclass(frozen=True, slots=True)
class EditorsNote:
    anchor: str
    number: int
    kind: AnnotationKind
    kind_word: str
    a: str
    "quoted from the first report; empty where the note is not on it"
    b: str
    note: str
    a_original: str
    "leads to the quoted words on the report's own page; empty without an address"
    b_original: str


@dataclass(frozen=True, slots=True)
class ComparedSide:
    name: str
    title: str
    href: str
    published: DateView | None
    language: str
    original: str
    archived: str
    remark: str
    "that only quotations of it are shown; empty where all is"


@dataclass(frozen=True, slots=True)
class EntryComparison:
    """How two accounts of one entry differ, in the sentences that the entry quotes and those beside them."""

    title: str
    href: str
    "the two reports side by side"
    why: str
    a: ComparedSide
    b: ComparedSide
    notes: tuple[EditorsNote, ...]
    "that stand on words the entry quotes"
    sentences: tuple[ComparedSentence, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Reports of one text: how much of it each two share."""

    reports: tuple[Link, ...]
    rows: tuple[tuple[Link | None, ...], ...]
    "of each report with each: the share, and where the two are compared; None for itself, and for two that are not compared"


@dataclass(frozen=True, slots=True)
class ComparePage:
    site: Site
    head: Head
    title: str
    a: ComparedSide
    b: ComparedSide
    tally: str
    "2 reports, 1 text"
    why: str
    counts: str
    "12 sentences reworded, 2 the same, 1 only in Wire"
    trivial: str
    "14, the number of spelling and punctuation changes; empty if there are none"
    notes: tuple[EditorsNote, ...]
    body: Markup
    sentences: tuple[ComparedSentence, ...]
    entries: tuple[Link, ...]
    "that rest on both"
