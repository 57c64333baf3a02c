"""Pages of reports and their index."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from sitegen.content.passages import Folded
from sitegen.pages import urls
from sitegen.pages.compare_labels import named, reasons
from sitegen.pages.context import RenderContext
from sitegen.pages.entry_page import passage_view
from sitegen.pages.link_targets import filled
from sitegen.pages.views import NOTHING, Line, Link, Matrix, PassageView, QuotedBy, ReportPage, ReportsPage, TextRun
from sitegen.timeline.graph import Report
from sitegen.timeline.independence import TextCount, shared_text_groups, text_count
from sitegen.timeline.quotas import passages, place_of


def report_page(context: RenderContext, report: Report) -> ReportPage:
    article, words = report.article, context.words
    its_texts = _texts(context, report)
    is_hidden = article.publish == "none"
    path = urls.article_path(article.id)
    return ReportPage(
        site=context.site,
        head=context.head(article.title, path, description=_described(context, report), section="articles"),
        title=article.title,
        outlet=article.outlet,
        kind_word=words[f"kind_{article.kind}"],
        authors=words["list_separator"].join(article.authors),
        published=context.date(article.published),
        updated=context.date(article.updated),
        retrieved=context.date(article.retrieved),
        language=article.language,
        original=article.url,
        archived=article.archive_url,
        credits=() if is_hidden else article.credits,
        left_out=() if is_hidden else article.left_out,
        origin=article.origin,
        derived_from=_link(context, article.derived_from.text) if article.derived_from else None,
        derivations=tuple(_link(context, id) for id in context.derivations.get(article.id, ())),
        compared=tuple(_compared(context, article.id)),
        texts=context.reports_phrase(its_texts) if its_texts.reports > 1 else "",
        texts_why="; ".join(reasons(context, its_texts)),
        sha256=article.sha256.text if article.sha256 else "",
        notes=NOTHING if is_hidden else filled(context, article.file),
        entries=tuple(_quoted_by(context, report)),
        count=words.count("entry", len(report.entries)),
        paragraphs=tuple(_paragraphs(context, report)),
        is_verified=report.capture is not None,
    )


def reports_page(context: RenderContext) -> ReportsPage:
    words = context.words
    return ReportsPage(
        site=context.site,
        head=context.head(words["nav_articles"], "/articles/", section="articles"),
        heading=words["nav_articles"],
        lines=tuple(
            Line(
                report.article.title,
                context.urls.href(urls.article_path(report.article.id)),
                context.date(report.article.published),
                " · ".join(part for part in (report.article.outlet, words.count("entry", len(report.entries))) if part),
            )
            for report in context.timeline.reports
        ),
        matrices=tuple(_matrix(context, group) for group in shared_text_groups(_sharing(context))),
    )


def _compared(context: RenderContext, id: str) -> Iterator[Link]:
    """Links to the report's comparisons, named for the other report."""
    for pair in context.compared.values():
        if id in (pair.a.article.id, pair.b.article.id):
            other = pair.b if pair.a.article.id == id else pair.a
            yield Link(named(other.article), context.urls.href(urls.compare_path(pair.id)))


def _sharing(context: RenderContext) -> Iterator[tuple[str, str]]:
    """Pairs of reports that share text, declared or detected."""
    yield from ((id, root) for id, (root, reason) in context.roots.items() if reason)
    yield from (ids for ids, pair in context.compared.items() if pair.is_one_text)


def _matrix(context: RenderContext, group: tuple[str, ...]) -> Matrix:
    def cell(one: str, other: str) -> Link | None:
        pair = context.compared.get((one, other)) or context.compared.get((other, one))
        is_declared = one != other and context.roots[one][0] == context.roots[other][0]
        href = context.urls.href(urls.compare_path(pair.id)) if pair else ""
        if pair is not None and pair.quoted is None:
            return Link(f"{pair.comparison.sharing.overlap:.0%}", href)
        return Link(context.words["declared"], href) if is_declared else None

    return Matrix(tuple(_link(context, id) for id in group), tuple(tuple(cell(one, other) for other in group) for one in group))


def _texts(context: RenderContext, report: Report) -> TextCount:
    """The texts of the report and of all that share its text."""
    sharing = context.memo.sharing
    if not sharing:  # computed for all reports at once
        for id, (root, _) in context.roots.items():
            sharing.setdefault(root, set()).add(id)
        sharing.update({id: set(sharing[root]) for id, (root, _) in context.roots.items()})
        for one, other in context.apart:
            sharing[one].add(other)
            sharing[other].add(one)
    return text_count(
        [context.articles[id] for id in sorted(sharing[report.article.id])], context.roots, context.articles, apart=context.apart
    )


def _described(context: RenderContext, report: Report) -> str:
    article = report.article
    published = article.published.label_in(context.words.texts) if article.published else ""
    parts = (article.outlet, published, context.words.count("entry", len(report.entries)))
    return context.words["list_separator"].join(part for part in parts if part)


def _link(context: RenderContext, id: str) -> Link:
    article = context.articles[id]
    return Link(named(article), context.urls.href(urls.article_path(id)))


def _quoted_by(context: RenderContext, report: Report) -> Iterator[QuotedBy]:
    views: dict[str, list[PassageView]] = {}
    for linked, number, passage in passages(report) if report.article.publish != "none" else ():
        view = passage_view(context, report.article, passage, number)
        view = replace(view, anchor=f"_{linked.entry.id}{view.anchor}")  # passages are numbered within each entry
        views.setdefault(linked.entry.id, []).append(view)
    for linked in report.entries:
        yield QuotedBy(context.row(linked), tuple(views.get(linked.entry.id, ())))


def _paragraphs(context: RenderContext, report: Report) -> Iterator[tuple[TextRun, ...]]:
    """The capture's paragraphs, split where quotations begin and end."""
    if report.article.publish != "full" or report.capture is None:
        return
    text = report.capture.text
    quoted = _quoted_spans(context, report)
    start = 0
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        if paragraph.strip():
            yield tuple(_runs(text, start, end, quoted))
        start = end + 2


def _quoted_spans(context: RenderContext, report: Report) -> list[tuple[int, int, str]]:
    """(start, end, href) of each quotation in order. Of overlapping ones, the first and longest is kept."""
    if report.capture is None:
        return []
    folded = Folded(report.capture.text)
    spans: list[tuple[int, int, str]] = []
    for linked, _, passage in passages(report):
        place = place_of(passage, folded)
        if place is not None:
            spans.append((place.start, place.end, context.urls.href(urls.entry_path(linked.entry.id))))
    kept: list[tuple[int, int, str]] = []
    for start, end, href in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, href))
    return kept


def _runs(text: str, start: int, end: int, quoted: list[tuple[int, int, str]]) -> Iterator[TextRun]:
    inside = [(max(start, first), min(end, last), href) for first, last, href in quoted if first < end and last > start]
    cuts = sorted({start, end, *(point for first, last, _ in inside for point in (first, last))})
    for first, last in pairwise(cuts):
        index = bisect_right([span[0] for span in inside], first) - 1
        href = inside[index][2] if index >= 0 and first < inside[index][1] else ""
        yield TextRun(" ".join(text[first:last].split("\n")), href)
