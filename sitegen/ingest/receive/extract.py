"""Extract a report from an input: its text first, then its date and metadata."""

from dataclasses import replace

from sitegen import dates
from sitegen.ingest.receive import boilerplate
from sitegen.ingest.receive.author_names import distinct_names
from sitegen.ingest.receive.decode import DecodedPage, cleaned, decoded, decoded_page, refuse_twice_encoded
from sitegen.ingest.receive.input_bytes import ReceivedInput
from sitegen.ingest.receive.outlet_corrections import without_corrections, without_title_marks
from sitegen.ingest.receive.page_dates import PageDates
from sitegen.ingest.receive.plain_text import PlainText, plain_text
from sitegen.ingest.receive.received_report import DatedReport, ExtractedReport, ReceivedReport, ReportOptions
from sitegen.ingest.receive.report_notes import LOST, date_lines, date_notes, left_out_lines, page_notes, text_notes, title_line
from sitegen.ingest.receive.unreadable import UnreadableError
from sitegen.ingest.receive.web_page import WebPage, web_page
from sitegen.problems import Spot, note
from sitegen.text.excerpts import excerpt

_MAX_TEXT = 2 * 1024**2  # bytes; a long book
_MAX_TITLE = 300


def extracted_report(source: ReceivedInput) -> ExtractedReport:
    """Raises: UnreadableError."""
    is_html = source.kind == "html"
    markup = decoded_page(source.data, source.charset) if is_html else None
    found = web_page(markup.text, source.address) if markup else None
    raw = plain_text(found.text if found else decoded(source.data, source.charset))
    paragraphs = _own(raw, found)
    if not any(character.isalnum() for paragraph in paragraphs for character in paragraph):
        raise UnreadableError("there are no words in this file", "save the report’s text in it")
    title, of_title = without_title_marks((found.title if found else "") or raw.title)
    paragraphs, corrections = without_corrections(paragraphs)
    paragraphs, prompts = boilerplate.without_prompts(paragraphs)
    own = boilerplate.trimmed(paragraphs)
    corrections = (*of_title, *corrections)
    own = replace(own, credits=(*corrections, *own.credits), left_out=(*prompts, *own.left_out), corrections=corrections)
    if found and found.teasers:
        own = replace(own, left_out=(*own.left_out, *(text for teaser in found.teasers if teaser.is_in_report for text in teaser.texts)))
    authors = distinct_names((*(found.authors if found else ()), *raw.authors))
    whole = ExtractedReport(source, found, excerpt(title, _MAX_TITLE), authors, own, markup.notes if markup else ())
    if markup:
        _refuse_damage(markup, f"{whole.title}\n{whole.text}")
    if len(whole.text.encode()) > _MAX_TEXT:
        raise UnreadableError(f"this report’s text is larger than {_MAX_TEXT // 1024**2} MB", "a report is much smaller; split it")
    return whole


def dated_report(found: ExtractedReport, options: ReportOptions) -> DatedReport:
    """The report with its publication date, and notes for the author. Raises: UnreadableError if there is no date."""
    name, own, text = found.source.name, found.own, found.text
    page_dates = found.page.dates.until(options.latest) if found.page else None
    published = _published(options, page_dates)
    title = found.title or f"Report of {_day(published)}"
    report = ReceivedReport(
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
    lines = (*(() if found.title else (title_line(name, title),)), *date_lines(name, published, page_dates), *left_out_lines(own))
    notes = (
        *(note(name, Spot(), message, "look whether all letters are right") for message in found.notes),
        *date_notes(name, published, page_dates, options),
        *text_notes(name, text, own.in_doubt),
        *page_notes(name, found),
    )
    return DatedReport(report, notes, lines)


def _refuse_damage(markup: DecodedPage, own: str) -> None:
    """Raises: UnreadableError if the report’s own text is damaged; the rest of the page may be."""
    if markup.damage and LOST in own:
        raise markup.damage
    refuse_twice_encoded(own, markup.text)


def _own(raw: PlainText, found: WebPage | None) -> tuple[str, ...]:
    """The paragraphs without the title. On a page, the text may repeat the headline or begin with a subtitle."""
    if not found or not found.title or not raw.title or raw.title.casefold() == found.title.casefold():
        return raw.paragraphs
    return (raw.title, *raw.paragraphs)


def _with_page(report: ReceivedReport, found: WebPage, html: bytes, options: ReportOptions) -> ReceivedReport:
    """Add what the page says about its report."""
    return replace(
        report,
        outlet=report.outlet or found.outlet,
        url=options.url or found.address or report.url,
        updated=_updated(found, report.published),
        language=found.language,
        html=html,
    )


def _published(options: ReportOptions, page_dates: PageDates | None) -> dates.Date:
    """Raises: UnreadableError if there is no date, or one in the future."""
    day = options.published or (page_dates.published if page_dates else "")
    if not day:
        raise UnreadableError("no publication date is told", "say it: --published 2023-04-07")
    published = dates.parse(day)
    if refusal := options.refusal_of(published):
        raise UnreadableError(*refusal)
    return published


def _day(published: dates.Date) -> str:
    return dates.parse(published.edtf.partition("T")[0]).label


def _updated(found: WebPage, published: dates.Date) -> str:
    """When the page was last changed, if later than its publication."""
    updated = dates.parse(found.dates.updated) if found.dates.updated else None
    return updated.edtf if updated and updated.edtf != published.edtf and updated.sort_key >= published.sort_key else ""


def _folded(text: str) -> str:
    return " ".join(cleaned(text).split())
