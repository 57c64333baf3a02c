"""Summarise a run for the terminal: a line for each result, and a table of the reports."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

from sitegen.ingest.near_duplicates import TextOverlap
from sitegen.ingest.propose import Extension, Proposals
from sitegen.ingest.report_reading import ReportReading

_MAX_ROWS = 40
"with more reports, the table only has the totals"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    report: str
    "ID"
    dates: int
    people: int
    places: int
    new: int
    "drafts for which this is the first report"
    extended: int
    "entries and drafts, also of this run, to which its account was added"


def table(rows: Sequence[SummaryRow]) -> Iterator[str]:
    """Lay out the rows as lines, with numbers right-aligned below their headings."""
    if not rows:
        return
    numbers = [astuple(row)[1:] for row in rows]
    total = (f"{len(rows)} reports", *(sum(column) for column in zip(*numbers, strict=True)))
    shown = [astuple(row) for row in rows] if len(rows) <= _MAX_ROWS else []
    cells = [
        [str(cell) for cell in row] for row in ([field.name for field in fields(SummaryRow)], *shown, *([total] if len(rows) > 1 else []))
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for first, *others in cells:
        yield "  ".join((first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))))


def summary_rows(readings: Iterable[ReportReading], proposals: Proposals, extended: Iterable[Extension]) -> Iterator[SummaryRow]:
    first = Counter(draft.accounts[0].article for draft in proposals.drafts)
    more = Counter(account.article for draft in proposals.drafts for account in draft.accounts[1:])
    more.update(account.article for one in extended for account in one.new)
    for one in readings:
        kinds = Counter(name.kind for name in one.names)
        yield SummaryRow(one.id, len(one.dates), kinds["person"], kinds["place"], first[one.id], more[one.id])


def result_lines(
    proposals: Proposals, extended: Iterable[Extension], files: Mapping[str, str], shared: Iterable[TextOverlap], *, is_dry: bool
) -> Iterator[str]:
    """*files* are the files of entries and drafts by id."""
    for draft in proposals.drafts:
        yield f"{'would draft' if is_dry else 'drafted'} {draft.file}: {draft.title} ({draft.when.label})"
    for one in extended:
        for account in one.new:
            yield f"{'would add' if is_dry else 'added'} an account of {account.article} to {files[one.id]}"
    for article, number in proposals.skipped.items():
        events, drafts = ("1 event", "its draft was") if number == 1 else (f"{number} events", "their drafts were")
        yield f"skipped {events} of {article}: {drafts} deleted"
    for origin in shared:
        if origin.texts == 1:
            yield f"{' and '.join(origin.articles)} are 2 reports and 1 text: {origin.why}"
