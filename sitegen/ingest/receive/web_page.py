"""Extract a report's title, text and metadata from a web page.

trafilatura separates the text from navigation and advertisements. It only parses: it loads nothing and runs no scripts. Because it is
slow to import, it is imported when a page is read.

"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.ingest.receive.decode import cleaned
from sitegen.ingest.receive.fetch import is_address
from sitegen.ingest.receive.markup_limits import refuse_many_attributes
from sitegen.ingest.receive.page_dates import PageDates
from sitegen.ingest.receive.page_metadata import PageMetadata, take_metadata
from sitegen.ingest.receive.teasers import Teaser, extract_teasers
from sitegen.ingest.receive.unreadable import UnreadableError

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FIXED_DATES = {"extensive_search": False, "min_date": "1800-01-01", "max_date": "9999-12-31"}
"without these, htmldate reads the clock"

_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "table", "row", "code", "ab", "div", "body", "details", "summary"))
_BREAK = "\n"
_MAX_ELEMENTS = 30_000  # trafilatura takes quadratic time; a news page has a few thousand
_MAX_PARAGRAPHS = 8_000  # likewise justext, which trafilatura calls
_PARAGRAPHS = ("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "option")
_PARAGRAPHS_WITH_TEXT = (
    "div", "tr", "dl", "br", "ul", "form", "table", "center", "caption", "fieldset", "legend", "textarea", "col", "optgroup",
)  # fmt: skip
"elements that are paragraphs if they contain text or text follows them"
_STORIES_OF_A_LIST = 3
_PROSE = re.compile(r"^.{60,}[.!?…。][\"'”’»)\]]*$", re.MULTILINE)
_COLLECTION = re.compile(
    r'"@type"\s*:\s*\[?\s*"(?:CollectionPage|SearchResultsPage)"(?![\s\S]*"@type"\s*:\s*\[?\s*"\w*(?:Article|Posting)")'
)
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*(?:\[\s*)?"?(?:https?://schema\.org/)?false\b', re.IGNORECASE)
"Source: schema.org, isAccessibleForFree, set on the article or on its parts"
_LOCKED = {"article:content_tier": ("locked", "metered"), "isaccessibleforfree": ("false",)}
_CONTROL_REFERENCE = re.compile(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|7f|fff[ef])(?![0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|127|6553[45])(?![0-9]));?", re.IGNORECASE
)
"such as &#8;, which lxml accepts and later rejects"


@dataclass(frozen=True, slots=True)
class WebPage:
    """The content and metadata of a page; fields are empty if the page does not state them."""

    text: str
    "paragraphs separated by blank lines"
    title: str
    outlet: str
    address: str
    "the canonical one"
    authors: tuple[str, ...]
    dates: PageDates
    language: str
    "BCP 47"
    teasers: tuple[Teaser, ...]
    "of other stories, not part of the text"
    may_be_list: bool
    "whether it has other stories and does not call itself an article"
    is_partly_free: bool
    "whether the rest of the report is for subscribers"


@dataclass(frozen=True, slots=True)
class _ParsedPage:
    tree: Any
    "an lxml tree without teasers and JSON-LD"
    json_ld: tuple[str, ...]
    "the text of each JSON-LD script"
    teasers: tuple[Teaser, ...]
    metadata: PageMetadata
    document: Any
    "trafilatura’s result"


def web_page(html: str, address: str = "") -> WebPage:
    """*address* is where it was fetched. Raises: UnreadableError if it has no text."""
    parsed = _parsed(html, address)
    tree, metadata, teasers, found = parsed.tree, parsed.metadata, parsed.teasers, parsed.document
    text = cleaned("".join(_pieces(found.body)))
    if not any(character.isalnum() for character in text):
        raise _no_text()
    is_list = len(teasers) >= _STORIES_OF_A_LIST
    if is_list and (not _PROSE.search(text) or any(map(_COLLECTION.search, parsed.json_ld))):
        raise _list_of_stories(teasers)
    outlet = metadata.outlet or _site_name(found.sitename)
    return WebPage(
        text=text,
        title=_without_outlet(_one_line(found.title), outlet),
        outlet=outlet,
        address=found.url if found.url and is_address(found.url) else "",
        authors=metadata.authors,
        dates=metadata.dates,
        language=_language(tree),
        teasers=teasers,
        may_be_list=is_list and any(meta.get("property") == "og:type" and meta.get("content") == "website" for meta in tree.iter("meta")),
        is_partly_free=any(map(_NOT_FREE.search, parsed.json_ld)) or _has_locked_meta(tree),
    )


def _parsed(html: str, address: str) -> _ParsedPage:
    """Raises: UnreadableError."""
    try:
        import trafilatura
        from lxml.etree import LxmlError  # type: ignore[import-untyped]  # it comes with trafilatura, its stubs don't
    except ImportError as error:
        raise UnreadableError(f"web pages can’t be read here: {error}", "pip install --upgrade trafilatura lxml_html_clean") from error
    html = _CONTROL_REFERENCE.sub("", html)
    refuse_many_attributes(html)
    try:
        tree = trafilatura.load_html(html if "<html" in html[:100_000].lower() else f"<html><body>{html}</body></html>")
        if tree is None:
            raise _no_text()
        _refuse_large(tree)
        json_ld = tuple(script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
        teasers = extract_teasers(tree)
        metadata = take_metadata(tree, address)
        found = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=dict(_FIXED_DATES))
    except UnreadableError:
        raise
    except (ArithmeticError, AssertionError, AttributeError, LookupError, LxmlError, RecursionError, TypeError, ValueError) as error:
        # The page is broken in a way the library does not expect; the other inputs are still read.
        raise UnreadableError(f"this page can’t be parsed ({type(error).__name__})", "save the report’s text in a file") from error
    if not found:
        raise _list_of_stories(teasers) if teasers else _no_text()
    return _ParsedPage(tree, json_ld, teasers, metadata, found)


def _refuse_large(tree: Any) -> None:
    """Raises: UnreadableError."""
    elements = sum(1 for _ in tree.iter())
    paragraphs = sum(1 for _ in tree.iter(*_PARAGRAPHS))
    paragraphs += sum(1 for element in tree.iter(*_PARAGRAPHS_WITH_TEXT) if f"{element.text or ''}{element.tail or ''}".strip())
    for number, limit, name in ((elements, _MAX_ELEMENTS, "elements"), (paragraphs, _MAX_PARAGRAPHS, "paragraphs")):
        if number > limit:
            raise UnreadableError(f"this page has more than {limit:,} {name}", "save the report’s text in a file")


def _has_locked_meta(tree: Any) -> bool:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if (meta.get("content") or "").strip().lower() in _LOCKED.get(name, ()):
            return True
    return False


def _list_of_stories(teasers: tuple[Teaser, ...]) -> UnreadableError:
    message = f"this page is a list of {len(teasers)} stories, not a report"
    return UnreadableError(message, f"give the page of each story instead, such as “{teasers[0].headline}”")


def _no_text() -> UnreadableError:
    return UnreadableError("there is no text in this page", "a script may write it as the page opens: save the text from the browser")


def _pieces(element: Any) -> Iterator[str]:
    """The text of trafilatura’s tree, with blank lines around blocks."""
    around = _BREAK * 2 if element.tag in _BLOCKS else " " if element.tag == "cell" else ""
    yield around
    if element.tag == "lb":
        yield _BREAK
    yield _folded(element.text)
    for child in element:
        yield from _pieces(child)
        yield _folded(child.tail)
    yield around


def _folded(text: str | None) -> str:
    """Collapse white space as HTML does; no-break spaces stay."""
    return re.sub(r"[ \t\n\r\f]+", " ", text or "")


def _one_line(text: str | None) -> str:
    return " ".join(cleaned(text or "").split())


def _site_name(text: str | None) -> str:
    """The page’s name for its site; of an address, the host."""
    name = _one_line(text)
    return re.sub(r"^https?://(?:www\.)?([^/]*).*", r"\1", name)


def _without_outlet(title: str, outlet: str) -> str:
    """“Bridge reopens | Example News” without the outlet."""
    return re.sub(rf"\s+[|•·»–—-]\s+{re.escape(outlet)}$", "", title, flags=re.IGNORECASE) if outlet else title


def _language(tree: Any) -> str:
    """The language of the html element, else of og:locale."""
    root = next(tree.iter("html"), None)
    tags = [root.get("lang"), root.get("xml:lang")] if root is not None else []
    tags += [meta.get("content") for meta in tree.iter("meta") if "og:locale" in (meta.get("property"), meta.get("name"))]
    candidates = ((tag or "").strip().replace("_", "-") for tag in tags)
    return next((tag for tag in candidates if _LANGUAGE.fullmatch(tag)), "")
