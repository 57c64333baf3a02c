"""Which reports share their text, as their editors declare it or as it is found: an edit of a wire story is no second witness."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.model import Article


@dataclass(frozen=True, slots=True)
class Texts:
    """How many texts some reports are, and why we think so."""

    reports: int
    texts: int
    "fewer than reports where some are known to share their text; equal says only that nothing is known"
    why: tuple[tuple[Article, Article, str], ...] = ()
    "a report, the one it shares its text with, and the reason: derived, origin or found"


def roots(articles: Iterable[Article], found: Iterable[tuple[str, str]] = ()) -> dict[str, tuple[str, str]]:
    """For each report's id, the id of the report that stands for its text, and the reason (empty for that one itself).

    *found* are pairs that share their text whatever is declared, the earlier report first.
    """
    declared = _declared(articles)
    leading = {id: root for id, (root, _) in declared.items()}

    def top(id: str) -> str:
        while leading[id] != id:
            id = leading[id]
        return id

    for earlier, later in found:
        leading[top(later)] = top(earlier)
    return {id: (top(id), "" if top(id) == id else reason or "found") for id, (_, reason) in declared.items()}


def _declared(articles: Iterable[Article]) -> dict[str, tuple[str, str]]:
    by_id = {article.id: article for article in sorted(articles, key=lambda article: article.id)}
    first_of_origin: dict[str, str] = {}
    found: dict[str, tuple[str, str]] = {}
    for article in by_id.values():
        first = _first_in_line(article, by_id)
        if first.id != article.id:
            found[article.id] = (first.id, "derived")
    for article in by_id.values():
        if article.id in found or not article.origin:
            continue
        first_id = first_of_origin.setdefault(article.origin, article.id)
        if first_id != article.id:
            found[article.id] = (first_id, "origin")
    return {id: (found.get(found[id][0], found[id])[0], found[id][1]) if id in found else (id, "") for id in by_id}


def texts(articles: Iterable[Article], all_roots: Mapping[str, tuple[str, str]], by_id: Mapping[str, Article], cited: int = 0) -> Texts:
    """Of the stored reports *articles* and of *cited* others that are not stored."""
    mine = list(articles)
    standing = dict.fromkeys(all_roots[article.id][0] for article in mine)
    why = tuple((article, by_id[root], reason) for article in mine for root, reason in [all_roots[article.id]] if reason)
    return Texts(len(mine) + cited, len(standing) + cited, why)


def _first_in_line(article: Article, by_id: Mapping[str, Article]) -> Article:
    seen = {article.id}
    while article.derived_from and (parent := by_id.get(article.derived_from.text)) is not None and parent.id not in seen:
        article = parent
        seen.add(article.id)
    return article
