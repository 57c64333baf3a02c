"""Reports: their own pages and their index."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from sitegen.content.passages import Folded, Found, locate
from sitegen.model import Account, Passage
from sitegen.pages import urls
from sitegen.pages.bodies import filled
from sitegen.pages.comparing import named, reasons
from sitegen.pages.edition import Edition
from sitegen.pages.entries import passage_view
from sitegen.pages.views import NOTHING, Line, Link, Matrix, PassageView, QuotedBy, ReportPage, ReportsPage, TextRun
from sitegen.timeline.graph import LinkedEntry, Report
from sitegen.timeline.independence import TextCount, shared_text_groups, text_count


def report_page(edition: Edition, report: Report) -> ReportPage:
    article, words = report.article, edition.words
    its_texts = _texts(edition, report)
    is_hidden = article.publish == "none"
    path = urls.article_path(article.id)
    return ReportPage(
        site=edition.site,
        head=edition.head(article.title, path, description=_described(edition, report), section="articles"),
        title=article.title,
        outlet=article.outlet,
        kind_word=words[f"kind_{article.kind}"],
        authors=words["list_separator"].join(article.authors),
        published=edition.date(article.published),
        updated=edition.date(article.updated),
        retrieved=edition.date(article.retrieved),
        language=article.language,
        original=article.url,
        archived=article.archive_url,
        credits=() if is_hidden else article.credits,
        left_out=() if is_hidden else article.left_out,
        origin=article.origin,
        derived_from=_link(edition, article.derived_from.text) if article.derived_from else None,
        derivations=tuple(_link(edition, id) for id in edition.derivations.get(article.id, ())),
        compared=tuple(_compared(edition, article.id)),
        texts=edition.reports_phrase(its_texts) if its_texts.reports > 1 else "",
        texts_why="; ".join(reasons(edition, its_texts)),
        sha256=article.sha256.text if article.sha256 else "",
        notes=NOTHING if is_hidden else filled(edition, article.file),
        entries=tuple(QuotedBy(edition.row(linked), tuple(_passage_views(edition, report, linked))) for linked in report.entries),
        count=words.count("entry", len(report.entries)),
        paragraphs=tuple(_paragraphs(edition, report)),
        is_verified=report.capture is not None,
    )


def reports_page(edition: Edition) -> ReportsPage:
    words = edition.words
    return ReportsPage(
        site=edition.site,
        head=edition.head(words["nav_articles"], "/articles/", section="articles"),
        heading=words["nav_articles"],
        lines=tuple(
            Line(
                report.article.title,
                edition.urls.href(urls.article_path(report.article.id)),
                edition.date(report.article.published),
                " · ".join(part for part in (report.article.outlet, words.count("entry", len(report.entries))) if part),
            )
            for report in edition.timeline.reports
        ),
        matrices=tuple(_matrix(edition, group) for group in shared_text_groups(_sharing(edition))),
    )


def _compared(edition: Edition, id: str) -> Iterator[Link]:
    """The other report of each comparison, and where the two stand side by side."""
    for pair in edition.compared.values():
        if id in (pair.a.article.id, pair.b.article.id):
            other = pair.b if pair.a.article.id == id else pair.a
            yield Link(named(other.article), edition.urls.href(urls.compare_path(pair.id)))


def _sharing(edition: Edition) -> Iterator[tuple[str, str]]:
    """Pairs of reports that share text, as declared or as seen."""
    yield from ((id, root) for id, (root, reason) in edition.roots.items() if reason)
    yield from (ids for ids, pair in edition.compared.items() if pair.is_one_text)


def _matrix(edition: Edition, group: tuple[str, ...]) -> Matrix:
    def cell(one: str, other: str) -> Link | None:
        pair = edition.compared.get((one, other)) or edition.compared.get((other, one))
        is_declared = one != other and edition.roots[one][0] == edition.roots[other][0]
        href = edition.urls.href(urls.compare_path(pair.id)) if pair else ""
        if pair is not None and pair.quoted is None:
            return Link(f"{pair.comparison.sharing.overlap:.0%}", href)
        return Link(edition.words["declared"], href) if is_declared else None

    return Matrix(tuple(_link(edition, id) for id in group), tuple(tuple(cell(one, other) for other in group) for one in group))


def _texts(edition: Edition, report: Report) -> TextCount:
    """Of the report, and of all that share its text."""
    kin = edition.made.kin
    if not kin:  # of all reports at once
        for id, (root, _) in edition.roots.items():
            kin.setdefault(root, set()).add(id)
        kin.update({id: set(kin[root]) for id, (root, _) in edition.roots.items()})
        for one, other in edition.apart:
            kin[one].add(other)
            kin[other].add(one)
    return text_count([edition.articles[id] for id in sorted(kin[report.article.id])], edition.roots, edition.articles, apart=edition.apart)


def _described(edition: Edition, report: Report) -> str:
    article = report.article
    published = article.published.label_in(edition.words.texts) if article.published else ""
    parts = (article.outlet, published, edition.words.count("entry", len(report.entries)))
    return edition.words["list_separator"].join(part for part in parts if part)


def _link(edition: Edition, id: str) -> Link:
    article = edition.articles[id]
    return Link(article.outlet or article.title, edition.urls.href(urls.article_path(id)))


def _passages(report: Report, linked: LinkedEntry) -> Iterator[tuple[int, Passage]]:
    """The passages that an entry quotes from the report, each with its number on the entry's page."""
    number = 0
    for account in linked.entry.accounts:
        if isinstance(account, Account):
            for passage in account.passages:
                number += 1
                if account.article.text == report.article.id:
                    yield number, passage


def _passage_views(edition: Edition, report: Report, linked: LinkedEntry) -> Iterator[PassageView]:
    if report.article.publish != "none":
        for number, passage in _passages(report, linked):
            view = passage_view(edition, report.article, passage, number)
            yield replace(view, anchor=f"_{linked.entry.id}{view.anchor}")  # each entry numbers its own


def _paragraphs(edition: Edition, report: Report) -> Iterator[tuple[TextRun, ...]]:
    """The capture's paragraphs, cut where quotations begin and end; where two overlap, the earlier entry has the words."""
    if report.article.publish != "full" or report.capture is None:
        return
    text = report.capture.text
    quoted = _quoted_spans(edition, report)
    start = 0
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        if paragraph.strip():
            yield tuple(_runs(text, start, end, quoted))
        start = end + 2


def _quoted_spans(edition: Edition, report: Report) -> list[tuple[int, int, str]]:
    """(start, end, href) of each quotation, in order, none overlapping."""
    if report.capture is None:
        return []
    folded = Folded(report.capture.text)
    spans: list[tuple[int, int, str]] = []
    for linked in report.entries:
        href = edition.urls.href(urls.entry_path(linked.entry.id))
        for _, passage in _passages(report, linked):
            place = locate(passage, folded)
            if isinstance(place, Found):
                spans.append((place.start, place.end, href))
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
