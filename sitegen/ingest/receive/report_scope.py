"""Find the elements of a page that belong to its own report, as opposed to lists of other reports."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

MAX_CANDIDATES = 500
"elements of one kind that are examined; a page has a few dozen"
MAX_LABEL = 120
"characters of a byline or a date line; longer elements are paragraphs"

_ELSEWHERE = re.compile(
    r"(?:^|(?<!has)(?<!hasnt)(?<!no)(?<!not)(?<!with)(?<!without)(?<!is)[\s_-])(?:related|recommend\w*|teasers?|promos?|trending|popular|most-?(?:read|viewed|shared)|sidebar|comments?|replies"
    r"|newsletter|more-(?:stories|news|on|from|in)|read-?(?:next|more|also)|also-?read|latest|carousel|widgets?|nav|navbar|menu|ticker"
    r"|breaking|outbrain|taboola|advert\w*|sponsored|recirc\w*|weather|clock|today|bio)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEVER = frozenset(("aside", "nav", "figure", "blockquote", "form", "iframe", "noscript", "template"))
_FRAME = frozenset(("header", "footer"))
_ACTION = re.compile(r"(?:share|follow|e-?mail|print|sign|subscribe|listen|comment|save|join|published|posted|updated)\b", re.IGNORECASE)
_CARD = 300  # characters of an element that shows another report: a headline, a date, a few words
_HEADLINE_WORDS = 4
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


class ReportScope:
    """The part of a page that is its own report, located by the headline."""

    def __init__(self, tree: Any) -> None:
        named = _titles(tree)
        self._headline = _headline(tree, named)
        shown = folded(text_of(self._headline)) if self._headline is not None else ""
        self.titles = named | {shown} if shown else named
        self._root = _root(tree, self._headline)
        self._around = frozenset((self._headline, *self._headline.iterancestors())) if self._headline is not None else frozenset()
        self._verdicts: dict[Any, bool] = dict.fromkeys((self._root, *self._around), True)
        "whether an element belongs to the report"

    def elements(self, *tags: str, wanted: Callable[[Any], bool]) -> Iterator[Any]:
        """Elements of the report that are *wanted*, in document order."""
        candidates = islice((element for element in self._root.iter(*tags) if wanted(element)), 10 * MAX_CANDIDATES)
        return islice((element for element in candidates if self._holds(element)), MAX_CANDIDATES)

    def _holds(self, element: Any) -> bool:
        chain = []
        for ancestor in (element, *element.iterancestors()):
            if ancestor in self._verdicts:
                break
            chain.append(ancestor)
        verdict = self._verdicts.get(ancestor, False)
        for one in reversed(chain):
            verdict = verdict and not self._is_elsewhere(one)
            self._verdicts[one] = verdict
        return verdict

    def _is_elsewhere(self, element: Any) -> bool:
        """Whether an element inside the report’s part of the page is something else."""
        in_article = self._root.tag in ("article", "main")
        if element.tag in _NEVER or (element.tag in _FRAME and not in_article) or self._is_other_article(element):
            return True
        if _ELSEWHERE.search(f"{element.get('class') or ''} {element.get('id') or ''}") or _is_card(element):
            return True
        return element.getparent().tag in ("body", "html") and self._is_before_headline(element)

    def _is_before_headline(self, branch: Any) -> bool:
        """Whether a child of the body ends before the one with the headline begins."""
        return any(following in self._around for following in branch.itersiblings())

    def _is_other_article(self, element: Any) -> bool:
        return element.tag == "article" and (self._root.tag == "article" or len(text_of(element)) <= _CARD)


def text_of(element: Any) -> str:
    """The text on one line; of a long element, only its beginning."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        words = piece.split()
        pieces += words
        length += sum(map(len, words)) + len(words)
        if length > 2 * _CARD:
            break
    return " ".join(pieces)


def _titles(tree: Any) -> frozenset[str]:
    """The titles in the page’s head, as folded words."""
    titles = [
        meta.get("content") or "" for meta in tree.iter("meta") if (meta.get("property") or meta.get("name") or "").lower() in _TITLES
    ]
    titles += [text_of(title) for title in islice(tree.iter("title"), 5)]
    return frozenset(words for title in titles[:20] if (words := folded(title[:1000])))


def addresses(tree: Any, address: str = "") -> tuple[str, ...]:
    """The page’s addresses as written, canonical first; *address* is where it was fetched."""
    links = [link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    metas = [
        meta.get("content") or "" for meta in tree.iter("meta") if (meta.get("property") or meta.get("name") or "").lower() in _ADDRESSES
    ]
    return tuple(text.strip() for text in (*links[:5], *metas[:5], address) if text.strip())


def page_key(address: str, base: str = "") -> str:
    """Host and path, which all addresses of a page share; empty without a path, as for a home page."""
    try:
        parts = urlsplit(urldefrag(urljoin(base, address.strip()))[0])
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{parts.netloc.lower().removeprefix('www.')}{path}" if path else ""


def folded(text: str) -> str:
    """The words in lower case, separated by single spaces."""
    return " ".join(re.findall(r"\w+", text.casefold()))


_TITLES = ("og:title", "twitter:title", "dc.title", "title", "headline")
_ADDRESSES = ("og:url", "twitter:url")


def _headline(tree: Any, titles: frozenset[str]) -> Any | None:
    """The longest h1 that matches the title, else such an h2, else the first h1."""
    first, second = list(islice(tree.iter("h1"), 5)), islice(tree.iter("h2"), 20)
    named = [element for element in (*first, *second) if (text := folded(text_of(element))) and any(text in title for title in titles)]
    longest = max(named, key=lambda element: (element.tag == "h1", len(text_of(element))), default=None)
    return longest if longest is not None else next(iter(first), None)


def _root(tree: Any, headline: Any | None) -> Any:
    """The element that contains headline and text."""
    if headline is None:
        return next(tree.iter("article", "main", "body"), tree)
    ancestors = list(headline.iterancestors())
    for ancestor in ancestors:
        if ancestor.tag in ("article", "main") or "article" in (ancestor.get("itemtype") or "").lower():
            return ancestor
    return next((ancestor for ancestor in ancestors if any(len(text_of(p)) > MAX_LABEL for p in ancestor.iter("p"))), tree)


def _is_card(element: Any) -> bool:
    """Whether an element shows another report: a link that reads like a headline, and little else."""
    if element.tag not in ("a", "li", "div", "section", "tr", "p") or len(text_of(element)) > _CARD:
        return False
    links = islice(element.iter("a"), 20)
    return any(_is_headline_link(one) for one in links) or (element.tag == "li" and any(True for _ in element.iter(*_HEADINGS)))


def _is_headline_link(link: Any) -> bool:
    text = text_of(link)
    dated = sum(len(text_of(time).split()) for time in link.iter("time"))
    fewest = 1 if link.getparent().tag in _HEADINGS or any(True for _ in link.iter(*_HEADINGS)) else _HEADLINE_WORDS
    return len(text.split()) - dated > fewest and not _ACTION.match(text)
