"""Compare two reports sentence by sentence, as far as their texts may be shown."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import combinations, groupby, pairwise

from sitegen.compare.diff import ROW_KINDS, SentenceRow
from sitegen.compare.units import TRIVIAL, ChangeKind, TextChange
from sitegen.content.passages import Folded
from sitegen.model import Account, Annotation, Passage, Word
from sitegen.pages import urls
from sitegen.pages.compare_labels import named, seen, shown_of, texts_and_reasons
from sitegen.pages.context import RenderContext
from sitegen.pages.link_targets import filled
from sitegen.pages.views import NOTHING, ComparedRun, ComparedSentence, ComparedSide, ComparePage, EditorsNote, EntryComparison, Link
from sitegen.text.sentences import Span
from sitegen.timeline.graph import LinkedEntry, Report
from sitegen.timeline.quotas import VisibleText, place_of
from sitegen.timeline.report_pairs import ALWAYS_COMPARED, ReportPair

_BY_IMPORTANCE: tuple[ChangeKind, ...] = ("number", "date", "attribution", "name", "quotation", "wording", "spelling", "punctuation")
"where changes overlap, the first of these kinds is shown"
_GAP = " … "
MAX_COMPARED = 3
"pairs shown on an entry's page; it links to the others"


def compare_page(context: RenderContext, pair: ReportPair) -> ComparePage:
    words = context.words
    names = named(pair.a.article), named(pair.b.article)
    title = _title(context, pair)
    a, b = _shown(context, pair)
    texts, reasons = texts_and_reasons(context, pair, names)
    why = "; ".join((*reasons, seen(context, pair)))
    tally = words["list_separator"].join((words.count("report", 2), *((words.count("text", 1),) if texts == 1 else ())))
    notes = pair.notes.annotations if pair.notes else ()
    places = [_places(pair, annotation) for annotation in notes]
    only = _only(context, pair, names)
    changes = Counter(change.is_trivial for row in pair.comparison.rows for change in row.changes)
    return ComparePage(
        site=context.site,
        head=context.head(title, urls.compare_path(pair.id), description=f"{tally}: {why}", section="articles"),
        title=title,
        a=_side(context, pair, pair.a),
        b=_side(context, pair, pair.b),
        tally=tally,
        why=why,
        counts=_counts(context, pair.comparison.rows, only),
        trivial=f"{changes[True]:,}" if changes[True] else "",
        notes=tuple(_note(context, pair, f"_note-{number}", number, annotation) for number, annotation in enumerate(notes, 1)),
        body=filled(context, pair.notes.file) if pair.notes else NOTHING,
        sentences=tuple(_sentences(context, pair.comparison.rows, a, b, only, places)),
        entries=tuple(context.entry_link(linked) for linked in pair.a.entries if linked in pair.b.entries),
    )


def entry_comparisons(context: RenderContext, linked: LinkedEntry) -> tuple[tuple[EntryComparison, ...], tuple[Link, ...]]:
    """(pairs of an entry's reports, compared in the quoted sentences and their neighbours; links to further pairs).

    With many reports, only pairs that have something in common: those with an editor's notes first, then by how much they share.
    """
    ids = list(dict.fromkeys(account.article.text for account in linked.entry.accounts if isinstance(account, Account)))
    both = [context.compared.get((one, other)) or context.compared.get((other, one)) for one, other in combinations(ids, 2)]
    pairs = [pair for pair in both if pair is not None]
    if len(ids) > ALWAYS_COMPARED:
        pairs = [pair for pair in pairs if pair.notes or pair.has_something_in_common]
        pairs.sort(key=lambda pair: (pair.notes is None, -pair.comparison.sharing.overlap))
    first, more = pairs[:MAX_COMPARED], pairs[MAX_COMPARED:]
    return tuple(_entry_comparison(context, pair, linked) for pair in first), tuple(_to_comparison(context, pair) for pair in more)


def _to_comparison(context: RenderContext, pair: ReportPair) -> Link:
    return Link(_title(context, pair), context.urls.href(urls.compare_path(pair.id)))


def _title(context: RenderContext, pair: ReportPair) -> str:
    return context.words["compared"].format(a=named(pair.a.article), b=named(pair.b.article))


def _entry_comparison(context: RenderContext, pair: ReportPair, linked: LinkedEntry) -> EntryComparison:
    on_a, on_b = (_found(pair, report, _quotations(report, linked)) for report in (pair.a, pair.b))
    names = named(pair.a.article), named(pair.b.article)
    notes = enumerate(pair.notes.annotations if pair.notes else (), 1)
    places = [(number, annotation, _places(pair, annotation)) for number, annotation in notes]
    rows, beside = _quoted_rows(pair, on_a, on_b)
    return EntryComparison(
        title=_title(context, pair),
        href=context.urls.href(urls.compare_path(pair.id)),
        why=seen(context, pair),
        a=_side(context, pair, pair.a),
        b=_side(context, pair, pair.b),
        notes=tuple(
            _note(context, pair, f"_note-{pair.id}-{number}", number, one)
            for number, one, (in_a, in_b) in places
            if _touch(in_a, on_a) or _touch(in_b, on_b)
        ),
        sentences=tuple(_sentences(context, rows, *_shown(context, pair), _only(context, pair, names), (), beside)),
    )


def _quoted_rows(pair: ReportPair, on_a: Sequence[Span], on_b: Sequence[Span]) -> tuple[list[SentenceRow], set[SentenceRow]]:
    """(quoted sentences and their neighbours in either report, the neighbours alone)."""
    rows = pair.comparison.rows
    quoted = {row for row in rows if _touch(row.a, on_a) or _touch(row.b, on_b)}
    if pair.quoted is not None:
        return [row for row in rows if row in quoted], set()
    beside_a = _neighbours({row.a for row in rows if row.a}, {row.a for row in quoted if _touch(row.a, on_a)})
    beside_b = _neighbours({row.b for row in rows if row.b}, {row.b for row in quoted if _touch(row.b, on_b)})
    taken = [row for row in rows if row in quoted or row.a in beside_a or row.b in beside_b]
    return taken, set(taken) - quoted


def _neighbours(sentences: Iterable[Span], quoted: Container[Span | None]) -> set[Span]:
    """The sentences before and after each quoted one."""
    line = sorted(sentences, key=lambda span: span.start)
    return {one for mine, other in pairwise(line) for one, next_to in ((mine, other), (other, mine)) if next_to in quoted}


def _quotations(report: Report, linked: LinkedEntry) -> Iterator[Passage]:
    for account in linked.entry.accounts:
        if isinstance(account, Account) and account.article.text == report.article.id:
            yield from account.passages


def _found(pair: ReportPair, report: Report, quotations: Iterable[Passage]) -> list[Span]:
    """Spans of the quotations in the compared text of a report."""
    if pair.quoted is not None:
        text = pair.quoted[report is pair.b]
        words = (" ".join(one.quote.text.split()) for one in quotations)
        return [Span(start, start + len(one)) for one in words if (start := text.find(one)) >= 0]
    folded = Folded(report.capture.text if report.capture else "")
    return [place for one in quotations if (place := place_of(one, folded)) is not None]


def _shown(context: RenderContext, pair: ReportPair) -> tuple[VisibleText, VisibleText]:
    """The parts of both compared texts that may be shown."""
    if pair.quoted is None:
        return shown_of(context, pair.a), shown_of(context, pair.b)
    a, b = (report.article.publish != "none" for report in (pair.a, pair.b))
    return VisibleText(pair.quoted[0], a, ()), VisibleText(pair.quoted[1], b, ())


def _only(context: RenderContext, pair: ReportPair, names: tuple[str, str]) -> tuple[str, str]:
    """Labels for sentences found only in the first report and only in the second."""
    word = context.words["only_in" if pair.quoted is None else "only_quoted_from"]
    return word.format(name=names[0]), word.format(name=names[1])


def _touch(part: Span | None, places: Iterable[Span]) -> bool:
    return any(_touches(part, place) for place in places)


def runs(of: VisibleText, part: Span, changes: Iterable[tuple[Span, ChangeKind]]) -> Iterator[ComparedRun]:
    """The parts of *part* that may be shown, split where changes begin and end."""
    pieces = of.pieces(part)
    marked = [(span, kind) for span, kind in changes if span.start < span.end]
    for number, piece in enumerate(pieces):
        if piece.start > (pieces[number - 1].end if number else part.start):
            yield ComparedRun("… " if number == 0 else _GAP, None, is_trivial=False)
        inside = [(span, kind) for span, kind in marked if piece.start <= span.start and span.end <= piece.end]
        cuts = sorted({piece.start, piece.end, *(place for span, _ in inside for place in (span.start, span.end))})
        for start, end in pairwise(cuts):
            kinds = [kind for span, kind in inside if span.start <= start and end <= span.end]
            kind = min(kinds, key=_BY_IMPORTANCE.index, default=None)
            yield ComparedRun(of.text[start:end].replace("\n", " "), kind, is_trivial=kind in TRIVIAL)
    if pieces and pieces[-1].end < part.end:
        yield ComparedRun(" …", None, is_trivial=False)


def _sentences(
    context: RenderContext,
    rows: Sequence[SentenceRow],
    a: VisibleText,
    b: VisibleText,
    only: tuple[str, str],
    places: Sequence[tuple[Span | None, Span | None]],
    beside: Container[SentenceRow] = (),
) -> Iterator[ComparedSentence]:
    """Sentences for the page; adjacent ones of which nothing may be shown become one."""
    for is_shown, stretch in groupby(rows, lambda row: any(of.pieces(part) for of, part in ((a, row.a), (b, row.b)) if part)):
        if is_shown:
            yield from (_sentence(context, row, a, b, only, places, is_beside=row in beside) for row in stretch)
        else:
            yield _withheld(context, list(stretch), only, places)


def _sentence(
    context: RenderContext,
    row: SentenceRow,
    a: VisibleText,
    b: VisibleText,
    only: tuple[str, str],
    places: Sequence[tuple[Span | None, Span | None]],
    *,
    is_beside: bool,
) -> ComparedSentence:
    return ComparedSentence(
        kind=row.kind,
        kind_word=_kind_word(context, row, only),
        changes=_change_words(context, row.changes),
        a=tuple(runs(a, row.a, [(change.a, change.kind) for change in row.changes])) if row.a else (),
        b=tuple(runs(b, row.b, [(change.b, change.kind) for change in row.changes])) if row.b else (),
        notes=_standing_on((row,), places),
        is_beside=is_beside,
    )


def _withheld(
    context: RenderContext, rows: Sequence[SentenceRow], only: tuple[str, str], places: Sequence[tuple[Span | None, Span | None]]
) -> ComparedSentence:
    changes = [change for row in rows for change in row.changes]
    counts = _counts(context, rows, only)
    return ComparedSentence("withheld", counts, _change_words(context, changes), (), (), _standing_on(rows, places), is_beside=False)


def _standing_on(rows: Iterable[SentenceRow], places: Sequence[tuple[Span | None, Span | None]]) -> tuple[int, ...]:
    """Numbers of the editor's notes on these sentences."""
    touched = {number for row in rows for number, (on_a, on_b) in enumerate(places, 1) if _touches(row.a, on_a) or _touches(row.b, on_b)}
    return tuple(sorted(touched))


def _kind_word(context: RenderContext, row: SentenceRow, only: tuple[str, str]) -> str:
    words = context.words
    if row.kind in ("added", "left out"):
        return only[row.kind == "added"]
    word = words[f"row_{row.kind}"]
    return words["row_also_moved"].format(kind=word) if row.is_moved and row.kind != "moved" else word


def _change_words(context: RenderContext, changes: Iterable[TextChange]) -> str:
    counted = Counter(change.kind for change in changes if not change.is_trivial)
    return context.words["list_separator"].join(
        context.words.count(f"change_{kind}", counted[kind]) for kind in _BY_IMPORTANCE if counted[kind]
    )


def _counts(context: RenderContext, rows: Iterable[SentenceRow], only: tuple[str, str]) -> str:
    """Number of sentences of each kind."""
    words = context.words
    counted = Counter(row.kind for row in rows)
    parts = [
        f"{words.count('sentence', counted[kind])} {_kind_word(context, SentenceRow(kind, None, None), only)}"
        for kind in ROW_KINDS
        if counted[kind]
    ]
    return words["list_separator"].join(parts)


def _note(context: RenderContext, pair: ReportPair, anchor: str, number: int, annotation: Annotation) -> EditorsNote:
    a, b = _quoted(pair.a, annotation.a), _quoted(pair.b, annotation.b)
    return EditorsNote(
        anchor=anchor,
        number=number,
        kind=annotation.kind,
        kind_word=context.words[f"annotation_{annotation.kind}"],
        a=a,
        b=b,
        note=annotation.note,
        a_original=urls.text_fragment(pair.a.article.url, a),
        b_original=urls.text_fragment(pair.b.article.url, b),
    )


def _quoted(report: Report, word: Word | None) -> str:
    return word.text if word is not None and report.article.publish != "none" else ""


def _places(pair: ReportPair, annotation: Annotation) -> tuple[Span | None, Span | None]:
    return _place(pair, pair.a, annotation.a), _place(pair, pair.b, annotation.b)


def _place(pair: ReportPair, report: Report, word: Word | None) -> Span | None:
    return next(iter(_found(pair, report, (Passage(word),) if word else ())), None)


def _touches(part: Span | None, place: Span | None) -> bool:
    return part is not None and place is not None and part.start < place.end and place.start < part.end


def _side(context: RenderContext, pair: ReportPair, report: Report) -> ComparedSide:
    article = report.article
    return ComparedSide(
        name=named(article),
        title=article.title,
        href=context.urls.href(urls.article_path(article.id)),
        published=context.date(article.published),
        language=article.language,
        original=article.url,
        archived=article.archive_url,
        remark=context.words["quotes_only"].format(name=named(article)) if pair.quoted is None and article.publish != "full" else "",
    )
