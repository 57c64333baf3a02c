"""Names and descriptions of compared reports, for pages and data."""

from collections.abc import Iterator

from sitegen.model import Article
from sitegen.pages.context import RenderContext
from sitegen.timeline.graph import Report
from sitegen.timeline.independence import TextCount
from sitegen.timeline.quotas import VisibleText, published_text, visible_text
from sitegen.timeline.report_pairs import ReportPair


def named(article: Article) -> str:
    return article.outlet or article.title


def shown_of(context: RenderContext, report: Report) -> VisibleText:
    """The parts of the report's text that may be shown; computed once."""
    found = context.memo.shown.get(report.article.id)
    if found is None:
        found = context.memo.shown[report.article.id] = visible_text(report, context.timeline.comparisons.values())
    return found


def published_of(context: RenderContext, report: Report) -> VisibleText:
    """The same, without what only drafts quote; for data files."""
    has_drafts = any(linked.entry.is_draft for linked in report.entries)
    return published_text(report, context.timeline.comparisons.values()) if has_drafts else shown_of(context, report)


def seen(context: RenderContext, pair: ReportPair) -> str:
    """The comparison's result in words. Reports are named by outlet if the outlets differ."""
    a, b = pair.a.article, pair.b.article
    names = {a.id: named(a), b.id: named(b)} if named(a) != named(b) else {}
    return pair.comparison.sharing.described(context.words.texts, names)


def texts_and_why(context: RenderContext, pair: ReportPair) -> tuple[int, str]:
    """(1 or 2 texts, why): first what the editor declares, then what was detected. Reports are named by their ids."""
    texts, reasons = texts_and_reasons(context, pair, (pair.a.article.id, pair.b.article.id))
    return texts, "; ".join((*reasons, pair.comparison.sharing.described(context.words.texts, {})))


def texts_and_reasons(context: RenderContext, pair: ReportPair, names: tuple[str, str]) -> tuple[int, tuple[str, ...]]:
    """(1 or 2 texts, reasons that the editor declared), with the reports' *names*."""
    a, b = pair.a.article, pair.b.article
    is_one = context.roots[a.id][0] == context.roots[b.id][0] or pair.is_one_text
    return (1 if is_one else 2), tuple(_declared(context, a, b, names)) if is_one else ()


def _declared(context: RenderContext, a: Article, b: Article, names: tuple[str, str]) -> Iterator[str]:
    if b.derived_from and b.derived_from.text == a.id:
        yield context.words["shares_derived"].format(report=names[1], source=names[0])
    elif a.derived_from and a.derived_from.text == b.id:
        yield context.words["shares_derived"].format(report=names[0], source=names[1])
    elif a.origin and a.origin == b.origin:
        yield context.words["shares_origin"].format(report=names[0], source=names[1], origin=a.origin)


def reasons(context: RenderContext, texts: TextCount) -> Iterator[str]:
    """Reasons why reports count as one text, declared and detected."""
    for article, root, reason in texts.why:
        yield context.words[f"shares_{reason}"].format(report=named(article), source=named(root), origin=article.origin)
        pair = context.compared.get((article.id, root.id)) or context.compared.get((root.id, article.id))
        if pair is not None and pair.is_one_text:
            yield seen(context, pair)
