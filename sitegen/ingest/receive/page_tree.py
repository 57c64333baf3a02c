"""Read text from the tree of a page, and remove elements from it."""

from collections.abc import Iterator
from typing import Any

from sitegen.ingest.receive.decode import cleaned

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS.union(
    ("h1", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "aside", "header", "footer", "figure", "figcaption"),
    ("main", "blockquote", "table", "tbody", "tr", "td", "body", "nav", "pre", "form", "br", "hr", "time"),
)
_UNREAD = frozenset(("script", "style", "template", "noscript", "svg", "button"))


def drop(element: Any) -> None:
    """Remove an element but keep the text after it, which lxml treats as part of it."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if previous is not None:
        previous.tail = (previous.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def canonical_address(tree: Any) -> str:
    for link in tree.iter("link"):
        if link.get("rel") == "canonical" and link.get("href"):
            return str(link.get("href"))
    return next((str(meta.get("content")) for meta in tree.iter("meta") if meta.get("property") == "og:url" and meta.get("content")), "")


def visible_text(element: Any) -> str:
    if element is None:
        return ""
    return " ".join(cleaned("".join(_pieces(element))).split())


def _pieces(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _UNREAD:
        return
    yield element.text or ""
    for child in element:
        if child.tag in BLOCKS:
            yield " "
        yield from _pieces(child)
        if child.tag in BLOCKS:
            yield " "
        yield child.tail or ""
