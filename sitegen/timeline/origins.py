"""Which reports share their text, as their editors declare it or as it is found: an edit of a wire story is no second witness."""

from collections.abc import Collection, Iterable, Mapping
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


def texts(
    articles: Iterable[Article],
    all_roots: Mapping[str, tuple[str, str]],
    by_id: Mapping[str, Article],
    cited: int = 0,
    apart: Collection[tuple[str, str]] = (),
) -> Texts:
    """Of the stored reports *articles* and of *cited* others that are not stored.

    *apart* are pairs that share text under two roots: a copy merged from two wires, and one of these.
    """
    mine = list(articles)
    standing: dict[str, str] = {}
    for article in mine:
        root = all_roots[article.id][0]
        standing[root] = root if article.id == root else standing.get(root, article.id)
    counted: list[str] = []
    for id in standing.values():
        if not any((id, other) in apart or (other, id) in apart for other in counted):
            counted.append(id)
    why = [(article, by_id[root], reason) for article in mine for root, reason in [all_roots[article.id]] if reason]
    held = {article.id for article in mine}
    why += [(by_id[later], by_id[earlier], "found") for earlier, later in sorted(apart) if earlier in held and later in held]
    return Texts(len(mine) + cited, len(counted) + cited, tuple(why))


def _first_in_line(article: Article, by_id: Mapping[str, Article]) -> Article:
    seen = {article.id}
    while article.derived_from and (parent := by_id.get(article.derived_from.text)) is not None and parent.id not in seen:
        article = parent
        seen.add(article.id)
    return article
