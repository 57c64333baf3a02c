"""What a run tells at the terminal: a line for what became of each report, and a table of what was read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

from sitegen.ingest.near_duplicates import TextOverlap
from sitegen.ingest.propose import Extension, Proposals
from sitegen.ingest.report_reading import ReportReading

_MOST_ROWS = 40
"of more reports, only the sums are shown"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    report: str
    "its id"
    dates: int
    people: int
    places: int
    new: int
    "entries drafted, this report being the first to tell them"
    extended: int
    "entries and drafts that got an account of it, be they of this run"


def table(rows: Sequence[SummaryRow]) -> Iterator[str]:
    """Lines; numbers under their headings. Nothing where no report was read."""
    if not rows:
        return
    numbers = [astuple(row)[1:] for row in rows]
    total = (f"{len(rows)} reports", *(sum(column) for column in zip(*numbers, strict=True)))
    shown = [astuple(row) for row in rows] if len(rows) <= _MOST_ROWS else []
    cells = [
        [str(cell) for cell in row] for row in ([field.name for field in fields(SummaryRow)], *shown, *([total] if len(rows) > 1 else []))
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for first, *others in cells:
        yield "  ".join((first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))))


def summary_rows(readings: Iterable[ReportReading], proposals: Proposals, extended: Iterable[Extension]) -> Iterator[SummaryRow]:
    first = Counter(draft.accounts[0].article for draft in proposals.drafts)
    more = Counter(told.article for draft in proposals.drafts for told in draft.accounts[1:])
    more.update(told.article for one in extended for told in one.new)
    for one in readings:
        kinds = Counter(name.kind for name in one.names)
        yield SummaryRow(one.id, len(one.dates), kinds["person"], kinds["place"], first[one.id], more[one.id])


def result_lines(
    proposals: Proposals, extended: Iterable[Extension], files: Mapping[str, str], shared: Iterable[TextOverlap], *, is_dry: bool
) -> Iterator[str]:
    """*files* are those of entries and drafts, by id."""
    for draft in proposals.drafts:
        yield f"{'would draft' if is_dry else 'drafted'} {draft.file}: {draft.title} ({draft.when.label})"
    for one in extended:
        for told in one.new:
            yield f"{'would add' if is_dry else 'added'} an account of {told.article} to {files[one.id]}"
    for article, number in proposals.left_out.items():
        events = "1 event, whose draft was" if number == 1 else f"{number} events, whose drafts were"
        yield f"left out of {article}: {events} deleted"
    for origin in shared:
        if origin.texts == 1:
            yield f"{' and '.join(origin.articles)} are 2 reports and 1 text: {origin.why}"
