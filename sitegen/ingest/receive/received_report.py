"""A report on its way into the site: extracted from its input, then dated."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sitegen import dates
from sitegen.ingest.receive import boilerplate
from sitegen.ingest.receive.input_bytes import ReceivedInput
from sitegen.ingest.receive.lead import lead_words
from sitegen.ingest.receive.web_page import WebPage
from sitegen.problems import Problem
from sitegen.text.excerpts import excerpt

_MAX_TITLE_FROM_TEXT = 120


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Options that apply to all inputs and override what they say themselves. Empty if not given."""

    published: str = ""
    "EDTF, a day or a time"
    outlet: str = ""
    url: str = ""
    origin: str = ""
    latest: date = date.max
    "reports cannot be published later"

    def refusal_of(self, published: dates.Date) -> tuple[str, str] | None:
        """(message, hint) if the publication date is in the future."""
        day = published.earliest
        if day is None or day <= self.latest:
            return None
        return f"the day of publication, {published.edtf}, lies in the future", "say the right one: --published 2023-04-07"


@dataclass(frozen=True, slots=True)
class ReceivedReport:
    """A report that has been read but not stored. Texts are empty if unknown."""

    name: str
    "the input as given"
    title: str
    published: dates.Date
    "a day or a time"
    text: str
    "the capture: paragraphs separated by blank lines, \\n at the end"
    stem: str
    "base of its id if the outlet is unknown"
    outlet: str = ""
    url: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    language: str = ""
    origin: str = ""
    is_fetched: bool = False
    has_headline: bool = True
    "whether the title is the input’s own, rather than made from the date"
    html: bytes | None = None
    "the page as received"

    @property
    def headline(self) -> str:
        """The title, if the input has one."""
        return self.title if self.has_headline else ""

    @property
    def first_words(self) -> str:
        """The headline, or else the beginning of the text; it names an event of the report."""
        return self.headline or excerpt(lead_words(self.text), _MAX_TITLE_FROM_TEXT)

    @property
    def day(self) -> str:
        """The publication day as EDTF, without a time."""
        return self.published.edtf.partition("T")[0]

    @property
    def capture(self) -> bytes:
        return self.text.encode()

    @property
    def sha256(self) -> str:
        return sha256(self.capture).hexdigest()


@dataclass(frozen=True, slots=True)
class ExtractedReport:
    """The content of an input, before its date is determined."""

    source: ReceivedInput
    page: WebPage | None
    "None for a text file"
    title: str
    "empty if there is none"
    authors: tuple[str, ...]
    own: boilerplate.TrimmedReport
    notes: tuple[str, ...] = ()
    "messages about how its bytes were read"

    @property
    def text(self) -> str:
        return "\n\n".join(self.own.paragraphs) + "\n"

    @property
    def sha256(self) -> str:
        """Digest of the capture."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class DatedReport:
    report: ReceivedReport
    notes: tuple[Problem, ...]
    lines: tuple[str, ...]
    "what the author should check, in plain sentences"
