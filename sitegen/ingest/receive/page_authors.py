"""The authors of a page’s report, from its metadata or its byline."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sitegen.ingest.receive.author_names import MAX_AUTHORS, ROLES, author_names, distinct_names, has_no_capitals
from sitegen.ingest.receive.json_ld import texts
from sitegen.ingest.receive.report_scope import MAX_LABEL, ReportScope, folded, text_of

AUTHOR_NAMES = frozenset((
    "article:author", "og:author", "og:article:author", "atc-metaauthor", "author", "authors", "byl", "byline", "citation_author", "creator",
    "dc.creator", "dc.creator.aut", "dc:creator", "dcterms.creator", "dcterms.creator.aut", "dcsext.author", "parsely-author", "rbauthors",
    "sailthru.author", "shareaholic:article_author_name", "cxenseparse:author",
))  # fmt: skip
"names of meta elements"

_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|by-line|authors?|writers?|contributors?)(?:$|[\s_-])|^url fn\b", re.IGNORECASE)
_NOT_CLASS = re.compile(r"bio|avatar|image|photo|picture|social|follow|comment|twitter|email|location|title|role|job|desc", re.IGNORECASE)
_BYLINE_TAGS = (
    "a",
    "span",
    "p",
    "div",
    "address",
    "li",
    "ul",
    "cite",
    "b",
    "strong",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "header",
    "footer",
)


def page_authors(tree: Any, own_data: Iterable[dict[str, Any]], scope: ReportScope, outlet: str) -> tuple[str, ...]:
    """The names in the page’s metadata, else in its byline."""
    tags = [
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "", meta.get("content") or "") for meta in tree.iter("meta")
    ]
    metas = [content for name, content in tags if name.lower() in AUTHOR_NAMES][:MAX_AUTHORS]
    linked = [name for item in own_data for name in _people(item.get("author"))][:MAX_AUTHORS]
    named = distinct_names(name for text in (*linked, *metas) for name in author_names(text, outlet))
    if named:
        return _in_usual_letters(named, scope, outlet)
    return next((found for pieces in _bylines(scope) if (found := distinct_names(_names_of_pieces(pieces, outlet)))), ())


def _in_usual_letters(found: tuple[str, ...], scope: ReportScope, outlet: str) -> tuple[str, ...]:
    """Names in capitals, replaced by the byline’s spelling if it is not in capitals."""
    if not any(name.isupper() for name in found):
        return found
    shown = {folded(name): name for pieces in _bylines(scope) for name in _names_of_pieces(pieces, outlet) if not name.isupper()}
    return tuple(shown.get(folded(name), name) for name in found)


def _people(author: object) -> Iterator[str]:
    """The names of schema.org Persons; organisations are skipped."""
    for one in author if isinstance(author, list) else [author]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and not any("person" not in kind.lower() for kind in texts(one.get("@type"))):
            given = " ".join(text for key in ("givenName", "additionalName", "familyName") for text in texts(one.get(key)))
            yield from texts(one.get("name")) or [given]


def _bylines(scope: ReportScope) -> Iterator[list[str]]:
    """The texts of elements that name authors, the most reliable kind first."""
    kinds = (_is_itemprop, _is_author_link, _is_author_class)
    elements = list(scope.elements(*_BYLINE_TAGS, wanted=lambda element: any(is_byline(element) for is_byline in kinds)))
    for is_byline in kinds:
        for element in elements:
            if is_byline(element) and len(text_of(element)) <= MAX_LABEL:
                yield _pieces(element)


def _is_itemprop(element: Any) -> bool:
    return "author" in (element.get("itemprop") or "").split()


def _is_author_link(element: Any) -> bool:
    return "author" in (element.get("rel") or "").split()


def _is_author_class(element: Any) -> bool:
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
    return bool(_CLASS.search(named)) and not _NOT_CLASS.search(named)


def _pieces(element: Any) -> list[str]:
    """The texts inside an element; only those of its name, if that is marked."""
    own = next((one for one in element.iter() if "name" in str(one.get("itemprop") or "").split()), None)
    return [" ".join(piece.split()) for piece in (own if own is not None else element).itertext() if piece.strip()]


def _names_of_pieces(pieces: list[str], outlet: str) -> tuple[str, ...]:
    """Names in separate elements, else those in the whole text."""
    found: list[str] = []
    for piece in pieces:
        if not (found and ROLES & set(folded(piece).split())):
            found += (name for name in author_names(piece, outlet) if len(pieces) == 1 or not has_no_capitals(name))
    return tuple(found) or author_names(" ".join(pieces), outlet)
