"""Notes for the author on a received report: what to check, and what was left out."""

from collections.abc import Iterator

from sitegen import dates
from sitegen.ingest.receive import boilerplate
from sitegen.ingest.receive.page_dates import PageDates
from sitegen.ingest.receive.received_report import ExtractedReport, ReportOptions
from sitegen.problems import Problem, Spot, note
from sitegen.text.excerpts import excerpt

_MAX_CORRECTION = 200  # characters of it in a note
_SHOWN = 60  # characters of a paragraph in a note
LOST = "\N{REPLACEMENT CHARACTER}"


def title_line(name: str, title: str) -> str:
    return f"{name} has no title: the report is called “{title}”"


def date_lines(name: str, published: dates.Date, page_dates: PageDates | None) -> tuple[str, ...]:
    guessed = page_dates is not None and page_dates.is_guess and page_dates.published == published.edtf
    return (f"{name}: published {published}, read from the page’s address or text; look whether it is right",) if guessed else ()


def date_notes(name: str, published: dates.Date, page_dates: PageDates | None, options: ReportOptions) -> tuple[Problem, ...]:
    if page_dates is None or not page_dates.published:
        return ()
    if options.published:
        if dates.parse(page_dates.published).earliest == published.earliest:
            return ()
        return (
            note(name, Spot(), f"the page says that it was published on {page_dates.published}; {published} is taken, as --published says"),
        )
    others = ", ".join(f"{claim.edtf} ({claim.source})" for claim in page_dates.contradictions)
    message = f"the page gives more than one day of publication: {page_dates.published} is used, but it also has {others}"
    return (note(name, Spot(), message, "if another is right, say it: --published 2023-04-07"),) if others else ()


def text_notes(name: str, text: str, in_doubt: str) -> tuple[Problem, ...]:
    notes: list[Problem] = []
    if in_doubt:
        hint = "if so, take it out of the input and read that again"
        notes.append(note(name, Spot(), f"“{in_doubt}” and what follows may be no part of the report, and was kept", hint))
    if lost := text.count(LOST):
        message = f"{lost} {'character was' if lost == 1 else 'characters were'} lost before this file was written ({LOST})"
        notes.append(note(name, Spot(), message, "take the text from its source again"))
    return tuple(notes)


def page_notes(name: str, found: ExtractedReport) -> Iterator[Problem]:
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
            f"the outlet corrected this report: “{excerpt(max(found.own.corrections, key=len), _MAX_CORRECTION)}”",
            "check what an earlier version of it said",
        )


def left_out_lines(own: boilerplate.TrimmedReport) -> tuple[str, ...]:
    lines: list[str] = []
    if own.credits:
        lines.append("credits kept apart: " + _listed(own.credits))
    if own.left_out:
        lines.append("left out: " + _listed(own.left_out))
    return tuple(lines)


def _listed(paragraphs: tuple[str, ...]) -> str:
    return ", ".join(f"“{excerpt(paragraph, _SHOWN)}”" for paragraph in paragraphs)
