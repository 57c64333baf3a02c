"""/data/comparisons.json: compared reports, sentence by sentence. Contains only text that may be shown, and nothing that only drafts quote."""

import json

from sitegen.compare.diff import SentenceRow
from sitegen.compare.units import TextChange
from sitegen.pages.compare_labels import published_of, texts_and_why
from sitegen.pages.context import RenderContext
from sitegen.text.sentences import Span
from sitegen.timeline.quotas import VisibleText
from sitegen.timeline.report_pairs import ReportPair


def comparisons_json(context: RenderContext) -> bytes:
    """One object for each pair of reports, ordered by their ids."""
    compared = context.compared.values()
    reports = {report.article.id: report for pair in compared for report in (pair.a, pair.b)}
    of = {id: published_of(context, report) for id, report in reports.items()}
    pairs = [_pair(context, pair, *(of[id] for id in pair.ids)) for pair in compared]
    return (json.dumps(pairs, ensure_ascii=False, indent=1) + "\n").encode()


def _pair(context: RenderContext, pair: ReportPair, a: VisibleText, b: VisibleText) -> dict[str, object]:
    texts, why = texts_and_why(context, pair)
    rows = pair.comparison.rows if pair.quoted is None else ()  # offsets refer to captures
    return {
        "articles": [pair.a.article.id, pair.b.article.id],
        "overlap": pair.comparison.sharing.overlap,
        "texts": texts,
        "why": why,
        "pairs": [_row(row, a, b) for row in rows],
    }


def _row(row: SentenceRow, a: VisibleText, b: VisibleText) -> dict[str, object]:
    return {"kind": row.kind, "a": _part(row.a, a), "b": _part(row.b, b), "changes": [_change(change, a, b) for change in row.changes]}


def _part(span: Span | None, of: VisibleText) -> dict[str, object] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": of.within(span)}


def _change(change: TextChange, a: VisibleText, b: VisibleText) -> dict[str, str]:
    return {"kind": change.kind, "a": a.whole(change.a), "b": b.whole(change.b)}
