"""What is received to a report: its own paragraphs, and what is known of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from sitegen import dates
from sitegen.ingest.receiving import furniture
from sitegen.ingest.receiving.corrections import corrections_apart, without_marks
from sitegen.ingest.receiving.decode import DecodedPage, cleaned, decoded, decoded_page, refuse_twice_encoded
from sitegen.ingest.receiving.lead import lead_words
from sitegen.ingest.receiving.page import Page, page
from sitegen.ingest.receiving.pageauthors import distinct
from sitegen.ingest.receiving.pagedates import PageDates
from sitegen.ingest.receiving.plain import Plain, plain
from sitegen.ingest.receiving.receive import Received
from sitegen.ingest.receiving.unreadable import UnreadableError
from sitegen.problems import Problem, Spot, note
from sitegen.text.excerpts import excerpt

_LARGEST_TEXT = 2 * 1024**2  # bytes; a long book
_LONGEST_TITLE = 300
_LONGEST_TITLE_FROM_TEXT = 120
_LONGEST_CORRECTION = 200  # characters of it in a note
_SHOWN = 60  # characters of a paragraph in a line for the author
_LOST = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Options:
    """What the author says of all inputs; it wins over what they say themselves. Empty where nothing is said."""

    published: str = ""
    "EDTF, a day or a time"
    outlet: str = ""
    url: str = ""
    origin: str = ""
    latest: date = date.max
    "no report was published later"

    def refusal_of(self, published: dates.Date) -> tuple[str, str] | None:
        """(message, hint) for a day that can't be told to be one of publication yet."""
        day = published.earliest
        if day is None or day <= self.latest:
            return None
        return f"the day of publication, {published.edtf}, lies in the future", "say the right one: --published 2023-04-07"


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is read and not stored yet. Texts are empty where nothing is known."""

    name: str
    "the input as it was given"
    title: str
    published: dates.Date
    "a day or a time"
    text: str
    "the capture: paragraphs, a blank line between two of them, \\n at the end"
    stem: str
    "what its id is made of where no outlet is known"
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
    "whether the title is the input's own; if not, it is made of the day"
    html: bytes | None = None
    "the page as it came"

    @property
    def headline(self) -> str:
        """The title, if the input tells one."""
        return self.title if self.has_headline else ""

    @property
    def first_words(self) -> str:
        """The headline, or else the beginning of the text: what names an event of the report."""
        return self.headline or excerpt(lead_words(self.text), _LONGEST_TITLE_FROM_TEXT)

    @property
    def day(self) -> str:
        """The publication's day as EDTF, without its time: what a report tells has another."""
        return self.published.edtf.partition("T")[0]

    @property
    def capture(self) -> bytes:
        return self.text.encode()

    @property
    def sha256(self) -> str:
        return sha256(self.capture).hexdigest()


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an input holds, before its date is asked for."""

    source: Received
    page: Page | None
    "None for a text file"
    title: str
    "empty where none is told"
    authors: tuple[str, ...]
    own: furniture.Trimmed
    notes: tuple[str, ...] = ()
    "messages about how its bytes were read"

    @property
    def text(self) -> str:
        return "\n\n".join(self.own.paragraphs) + "\n"

    @property
    def sha256(self) -> str:
        """Of the capture's bytes."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Read:
    report: Report
    notes: tuple[Problem, ...]
    lines: tuple[str, ...]
    "what the author should look at, in plain sentences"


def extracted(source: Received) -> Extracted:
    """Raises: UnreadableError."""
    is_html = source.kind == "html"
    markup = decoded_page(source.data, source.charset) if is_html else None
    found = page(markup.text, source.address) if markup else None
    raw = plain(found.text if found else decoded(source.data, source.charset))
    paragraphs = _own(raw, found)
    if not any(character.isalnum() for paragraph in paragraphs for character in paragraph):
        raise UnreadableError("there are no words in this file", "save the report’s text in it")
    title, of_title = without_marks((found.title if found else "") or raw.title)
    paragraphs, corrections = corrections_apart(paragraphs)
    paragraphs, prompts = furniture.prompts_apart(paragraphs)
    own = furniture.trimmed(paragraphs)
    corrections = (*of_title, *corrections)
    own = replace(own, credits=(*corrections, *own.credits), left_out=(*prompts, *own.left_out), corrections=corrections)
    if found and found.teasers:
        own = replace(own, left_out=(*own.left_out, *(text for teaser in found.teasers if teaser.is_in_report for text in teaser.texts)))
    authors = distinct((*(found.authors if found else ()), *raw.authors))
    whole = Extracted(source, found, excerpt(title, _LONGEST_TITLE), authors, own, markup.notes if markup else ())
    if markup:
        _refuse_damage(markup, f"{whole.title}\n{whole.text}")
    if len(whole.text.encode()) > _LARGEST_TEXT:
        raise UnreadableError(f"this report’s text is larger than {_LARGEST_TEXT // 1024**2} MB", "a report is much smaller; split it")
    return whole


def read(found: Extracted, options: Options) -> Read:
    """The report with its date, and what is to be told of it. Raises: UnreadableError where no date is told."""
    name, own, text = found.source.name, found.own, found.text
    told = found.page.dates.until(options.latest) if found.page else None
    published = _published(options, told)
    title = found.title or f"Report of {_day(published)}"
    report = Report(
        name=name,
        title=title,
        published=published,
        text=text,
        stem=found.source.stem,
        outlet=_folded(options.outlet),
        url=options.url or found.source.address,
        authors=found.authors,
        credits=own.credits,
        left_out=own.left_out,
        origin=_folded(options.origin),
        is_fetched=bool(found.source.address),
        has_headline=bool(found.title),
    )
    if found.page:
        report = _with_page(report, found.page, found.source.data, options)
    lines = (*(() if found.title else (_title_line(name, title),)), *_date_lines(name, published, told), *_taken_out(own))
    notes = (
        *(note(name, Spot(), message, "look whether all letters are right") for message in found.notes),
        *_date_notes(name, published, told, options),
        *_text_notes(name, text, own.in_doubt),
        *_page_notes(name, found),
    )
    return Read(report, notes, lines)


def _refuse_damage(markup: DecodedPage, own: str) -> None:
    """Raises: UnreadableError where the report's own words were damaged; what surrounds them may be."""
    if markup.damage and _LOST in own:
        raise markup.damage
    refuse_twice_encoded(own, markup.text)


def _own(raw: Plain, found: Page | None) -> tuple[str, ...]:
    """The paragraphs without the title; of a page, whose text may begin with its headline again or with a subtitle."""
    if not found or not found.title or not raw.title or raw.title.casefold() == found.title.casefold():
        return raw.paragraphs
    return (raw.title, *raw.paragraphs)


def _with_page(report: Report, found: Page, html: bytes, options: Options) -> Report:
    """The report with what its page tells of itself."""
    return replace(
        report,
        outlet=report.outlet or found.outlet,
        url=options.url or found.address or report.url,
        updated=_updated(found, report.published),
        language=found.language,
        html=html,
    )


def _published(options: Options, told: PageDates | None) -> dates.Date:
    """Raises: UnreadableError where no date is told, or one to come."""
    day = options.published or (told.published if told else "")
    if not day:
        raise UnreadableError("no publication date is told", "say it: --published 2023-04-07")
    published = dates.parse(day)
    if refusal := options.refusal_of(published):
        raise UnreadableError(*refusal)
    return published


def _day(published: dates.Date) -> str:
    return dates.parse(published.edtf.partition("T")[0]).label


def _title_line(name: str, title: str) -> str:
    return f"{name} has no title: the report is called “{title}”"


def _date_lines(name: str, published: dates.Date, told: PageDates | None) -> tuple[str, ...]:
    guessed = told is not None and told.is_guess and told.published == published.edtf
    return (f"{name}: published {published}, read from the page’s address or text; look whether it is right",) if guessed else ()


def _date_notes(name: str, published: dates.Date, told: PageDates | None, options: Options) -> tuple[Problem, ...]:
    if told is None or not told.published:
        return ()
    if options.published:
        if dates.parse(told.published).earliest == published.earliest:
            return ()
        return (note(name, Spot(), f"the page says that it was published on {told.published}; {published} is taken, as --published says"),)
    others = ", ".join(f"{claim.edtf} ({claim.kind})" for claim in told.contradictions)
    message = f"the page gives more than one day of publication: {told.published} is used, but it also has {others}"
    return (note(name, Spot(), message, "if another is right, say it: --published 2023-04-07"),) if others else ()


def _updated(found: Page, published: dates.Date) -> str:
    """When the page was changed, where that is later than its publication."""
    updated = dates.parse(found.dates.updated) if found.dates.updated else None
    return updated.edtf if updated and updated.edtf != published.edtf and updated.sort_key >= published.sort_key else ""


def _text_notes(name: str, text: str, in_doubt: str) -> tuple[Problem, ...]:
    notes: list[Problem] = []
    if in_doubt:
        hint = "if so, take it out of the input and read that again"
        notes.append(note(name, Spot(), f"“{in_doubt}” and what follows may be no part of the report, and was kept", hint))
    if lost := text.count(_LOST):
        message = f"{lost} {'character was' if lost == 1 else 'characters were'} lost before this file was written ({_LOST})"
        notes.append(note(name, Spot(), message, "take the text from its source again"))
    return tuple(notes)


def _page_notes(name: str, found: Extracted) -> Iterator[Problem]:
    if found.page and found.page.is_partly_free:
        yield note(
            name,
            Spot(),
            "this page is the free part of a longer report: the rest is for subscribers",
            "if you subscribe, save the whole page from the browser and read that instead",
        )
    if found.page and found.page.may_be_list:
        yield note(
            name,
            Spot(),
            f"this page may be a list of stories: {len(found.page.teasers)} others were left out",
            "give the page of each story instead",
        )
    if found.own.corrections:
        yield note(
            name,
            Spot(),
            f"the outlet corrected this report: “{excerpt(max(found.own.corrections, key=len), _LONGEST_CORRECTION)}”",
            "check what an earlier version of it said",
        )


def _taken_out(own: furniture.Trimmed) -> tuple[str, ...]:
    lines: list[str] = []
    if own.credits:
        lines.append("credits kept apart: " + _listed(own.credits))
    if own.left_out:
        lines.append("left out: " + _listed(own.left_out))
    return tuple(lines)


def _listed(paragraphs: tuple[str, ...]) -> str:
    return ", ".join(f"“{excerpt(paragraph, _SHOWN)}”" for paragraph in paragraphs)


def _folded(text: str) -> str:
    return " ".join(cleaned(text).split())
