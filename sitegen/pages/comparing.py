"""How two compared reports are named and described on pages and in data."""

from collections.abc import Iterator

from sitegen.model import Article
from sitegen.pages.edition import Edition
from sitegen.timeline.graph import Report
from sitegen.timeline.independence import TextCount
from sitegen.timeline.quotas import VisibleText, published_text, visible_text
from sitegen.timeline.report_pairs import ReportPair


def named(article: Article) -> str:
    return article.outlet or article.title


def shown_of(edition: Edition, report: Report) -> VisibleText:
    """How much of the report's text may be shown; looked up once for all pages."""
    found = edition.made.shown.get(report.article.id)
    if found is None:
        found = edition.made.shown[report.article.id] = visible_text(report, edition.timeline.comparisons.values())
    return found


def published_of(edition: Edition, report: Report) -> VisibleText:
    """The same without what drafts alone quote, for data."""
    has_drafts = any(linked.entry.is_draft for linked in report.entries)
    return published_text(report, edition.timeline.comparisons.values()) if has_drafts else shown_of(edition, report)


def seen(edition: Edition, pair: ReportPair) -> str:
    """What was found, in words: with the outlets' names where these tell the two apart."""
    a, b = pair.a.article, pair.b.article
    names = {a.id: named(a), b.id: named(b)} if named(a) != named(b) else {}
    return pair.comparison.sharing.described(edition.words.texts, names)


def texts_and_why(edition: Edition, pair: ReportPair) -> tuple[int, str]:
    """(1 or 2, why): what the editor declares comes first, then what is seen. Reports are named by their ids."""
    texts, reasons = texts_and_reasons(edition, pair, (pair.a.article.id, pair.b.article.id))
    return texts, "; ".join((*reasons, pair.comparison.sharing.described(edition.words.texts, {})))


def texts_and_reasons(edition: Edition, pair: ReportPair, names: tuple[str, str]) -> tuple[int, tuple[str, ...]]:
    """(1 or 2, what is declared); the reports are called by the *names*."""
    a, b = pair.a.article, pair.b.article
    is_one = edition.roots[a.id][0] == edition.roots[b.id][0] or pair.is_one_text
    return (1 if is_one else 2), tuple(_declared(edition, a, b, names)) if is_one else ()


def _declared(edition: Edition, a: Article, b: Article, names: tuple[str, str]) -> Iterator[str]:
    if b.derived_from and b.derived_from.text == a.id:
        yield edition.words["shares_derived"].format(report=names[1], source=names[0])
    elif a.derived_from and a.derived_from.text == b.id:
        yield edition.words["shares_derived"].format(report=names[0], source=names[1])
    elif a.origin and a.origin == b.origin:
        yield edition.words["shares_origin"].format(report=names[0], source=names[1], origin=a.origin)


def reasons(edition: Edition, texts: TextCount) -> Iterator[str]:
    """Why some of the reports are one text, as declared and as seen."""
    for article, root, reason in texts.why:
        yield edition.words[f"shares_{reason}"].format(report=named(article), source=named(root), origin=article.origin)
        pair = edition.compared.get((article.id, root.id)) or edition.compared.get((root.id, article.id))
        if pair is not None and pair.is_one_text:
            yield seen(edition, pair)
