"""Views of compared reports."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from sitegen.compare.diff import RowKind
from sitegen.compare.units import ChangeKind
from sitegen.model import AnnotationKind
from sitegen.pages.views.common import DateView, Head, Link, SiteView


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """Some words of a sentence and how they changed."""

    text: str
    change: ChangeKind | None
    "None if unchanged, or a placeholder for words that are not shown"
    is_trivial: bool


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    kind: RowKind | Literal["withheld"]
    "withheld: one or more sentences of which nothing may be shown"
    kind_word: str
    "reworded; moved; only in Wire; for withheld sentences the number of each kind"
    changes: str
    "2 numbers, 1 name: changes that are not trivial"
    a: tuple[ComparedRun, ...]
    "empty if the sentence is not in this report or may not be shown"
    b: tuple[ComparedRun, ...]
    notes: tuple[int, ...]
    "numbers of the editor's notes on it"
    is_beside: bool
    "not quoted itself, but next to a quoted sentence"


@dataclass(frozen=True, slots=True)
class EditorsNote:
    anchor: str
    number: int
    kind: AnnotationKind
    kind_word: str
    a: str
    "quoted from the first report; empty if the note does not quote it"
    b: str
    note: str
    a_original: str
    "link to the quoted words on the original page; empty without an address"
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
    "says that only quotations are shown; empty if the whole text is"


@dataclass(frozen=True, slots=True)
class EntryComparison:
    """How two of an entry's reports differ in the quoted sentences and their neighbours."""

    title: str
    href: str
    "the page that compares the two reports"
    why: str
    a: ComparedSide
    b: ComparedSide
    notes: tuple[EditorsNote, ...]
    "on words that the entry quotes"
    sentences: tuple[ComparedSentence, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    site: SiteView
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
    "entries that quote both"
