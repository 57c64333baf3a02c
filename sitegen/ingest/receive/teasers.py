"""Find teasers of other stories in a page, each a linked headline with a summary, and remove them from its tree.

They are easiest to find in the tree: text extraction often drops the headlines and keeps the summaries.

"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Any
from urllib.parse import urljoin, urlsplit

from sitegen.ingest.receive.boilerplate import is_heading, is_unrelated, long_words
from sitegen.ingest.receive.page_tree import BLOCKS, HEADINGS, canonical_address, drop, visible_text

_READ_MORE = re.compile(
    r"(?:read|see|view|learn|continue)\b[\w ’']{0,20}\b(?:more|reading|(?:full )?(?:story|article|report))|full (?:story|article)|more",
    re.IGNORECASE,
)
_MAX_KICKER = 120  # characters before a headline
_HEADLINE = range(8, 201)  # characters; anything shorter is a byline, a section or a number
_SUMMARY = range(30, 701)  # characters; a section of the report itself is longer
_NEIGHBOURS = 20  # elements in a line; a link among more is no headline
_MAX_LEVELS = 6  # levels from a “read more” link up to its headline
_MIN_TEASERS = 2
"one linked headline inside a report is a reference"


@dataclass(frozen=True, slots=True)
class Teaser:
    headline: str
    summary: str
    "empty if there is only a headline"
    is_in_report: bool = False
    "whether it was inside the report’s element, not in the margins"

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.headline, self.summary)))


@dataclass(frozen=True, slots=True)
class _TeaserElements:
    elements: tuple[Any, ...]
    "siblings in the tree: one element, or a heading and the elements under it"
    teaser: Teaser
    is_nested: bool
    "whether one element contains headline and summary"


def extract_teasers(tree: Any) -> tuple[Teaser, ...]:  # an lxml tree
    """Remove the teasers from the tree and return them, in the order of the page."""
    if any("LiveBlogPosting" in (script.text or "") for script in tree.iter("script")):
        return ()
    by_parent: defaultdict[Any, list[_TeaserElements]] = defaultdict(list)
    for item in _items(tree):
        by_parent[item.elements[0].getparent()].append(item)
    groups = [items for items in by_parent.values() if _are_teasers(items)]
    removed = {element for items in groups for item in items for element in item.elements}
    known = long_words(" ".join(_prose(tree, removed)))
    found: list[Teaser] = []
    for items in groups:
        unrelated = sum(is_unrelated(item.teaser.summary, known) for item in items)
        if 2 * unrelated >= len(items) or (all(item.is_nested for item in items) and not _goes_on(items[-1].elements[-1], removed)):
            is_in_report = _is_in_report(items[0].elements[0], removed)
            found += [replace(item.teaser, is_in_report=is_in_report) for item in items]
            _remove(items)
    return tuple(found)


def _are_teasers(items: Sequence[_TeaserElements]) -> bool:
    with_summary = sum(len(item.teaser.summary) in _SUMMARY for item in items)
    return len(items) >= _MIN_TEASERS and 2 * with_summary >= len(items) and with_summary >= _MIN_TEASERS


def _items(tree: Any) -> Iterator[_TeaserElements]:
    links = dict(_headlines(tree))
    targets: defaultdict[Any, set[str]] = defaultdict(set)
    for headline, target in links.items():
        for element in (headline, *headline.iterancestors()):
            targets[element].add(target)
    title = visible_text(next(tree.iter("title"), None)).casefold()
    seen: set[Any] = set()
    for headline in links:
        words = visible_text(headline)
        top = _top(headline, targets)
        if top in seen or top.getparent() is None or words.casefold() in title or next(top.iter("h1"), None) is not None:
            continue
        seen.add(top)
        if is_nested := top is not headline:
            elements = (top,)
            summary = visible_text(top).replace(words, "", 1).strip()
        elif headline.tag in HEADINGS:
            elements = (top, *_under(top, targets))
            summary = " ".join(map(visible_text, elements[1:]))
        else:
            continue
        if len(summary) < _SUMMARY.stop:
            yield _TeaserElements(elements, Teaser(words, summary), is_nested)


def _is_in_report(element: Any, removed: set[Any]) -> bool:
    for above in element.iterancestors():
        if above.tag in ("aside", "footer", "nav", "header"):
            return False
        if above.tag in ("article", "main") and any(_prose(above, removed)):
            return True
    return False


def _headlines(tree: Any) -> Iterator[tuple[Any, str]]:
    """(heading or link that is a headline, its target), for links to other pages."""
    here = canonical_address(tree)
    for link in tree.iter("a"):
        target = urljoin(here, (link.get("href") or "").strip()).partition("#")[0]
        if not link.get("href") or link.get("href").startswith(("#", "javascript:", "mailto:")) or _is_same_page(target, here):
            continue
        heading = next((one for one in link.iter(*HEADINGS)), None)
        if heading is None:
            heading = next((one for one in link.iterancestors(*HEADINGS) if 2 * len(visible_text(link)) >= len(visible_text(one))), None)
        if heading is None and _READ_MORE.fullmatch(visible_text(link).rstrip(" .…»›>→")):
            heading = _heading_above(link)
        headline = heading if heading is not None else link if _is_alone(link) or _opens_item(link) else None
        if headline is not None and len(visible_text(headline)) in _HEADLINE:
            yield headline, target


def _is_same_page(target: str, here: str) -> bool:
    return bool(urlsplit(here).path.strip("/")) and urlsplit(target)[1:3] == urlsplit(here)[1:3]


def _heading_above(link: Any) -> Any:
    """The heading of the element that ends with the link and has no other heading, or None."""
    for above in islice(link.iterancestors(), _MAX_LEVELS):
        if len(above) > _NEIGHBOURS:
            break
        if headings := list(above.iter(*HEADINGS)):
            return headings[0] if len(headings) == 1 and len(visible_text(above)) < _SUMMARY.stop else None
    return None


def _is_alone(link: Any) -> bool:
    """Whether a link has no words beside it in its line."""
    element = link
    while element is not None and element.tag not in BLOCKS:
        if any(_beside(element, is_before) for is_before in (True, False)):
            return False
        element = element.getparent()
    return element is not None


def _opens_item(link: Any) -> bool:
    """Whether a list item begins with a link and continues with a sentence."""
    item = link.getparent()
    is_first = item is not None and item.tag == "li" and link.getprevious() is None and not (item.text or "").strip()
    return is_first and (link.tail or "").lstrip(" \n\t\r-–—:|")[:1].isupper()


def _beside(element: Any, is_before: bool) -> bool:
    """Whether there are words before or after an element, up to the next block."""
    neighbours = list(islice(element.itersiblings(preceding=is_before), _NEIGHBOURS))
    inline = list(takewhile(lambda one: one.tag not in BLOCKS, neighbours))
    if len(inline) == _NEIGHBOURS:
        return True
    texts = [text for one in inline for text in (visible_text(one), "" if is_before else one.tail)]
    if not is_before:
        texts.append(element.tail)
    else:
        edges = neighbours[: len(inline) + 1]
        texts += [one.tail for one in edges]
        if len(edges) == len(inline) and (parent := element.getparent()) is not None:
            texts.append(parent.text)
    return any(character.isalnum() for text in texts for character in text or "")


def _top(headline: Any, targets: dict[Any, set[str]]) -> Any:
    """The largest element that begins with the headline, links to no other page, and is short enough for a teaser."""
    top = headline
    longest = _MAX_KICKER + _HEADLINE.stop + _SUMMARY.stop
    for above in headline.iterancestors():
        if len(targets[above]) > 1 or above.tag == "body":
            break
        text = visible_text(above)
        if len(text) > longest or text.find(visible_text(headline)) > _MAX_KICKER:
            break
        top = above
    return top


def _under(heading: Any, targets: dict[Any, set[str]]) -> tuple[Any, ...]:
    """The paragraph under a heading, and a “read more” link."""
    under: list[Any] = []
    for one in heading.itersiblings():
        if one.tag in HEADINGS or one in targets or len(under) == 3:
            break
        if under and visible_text(one) and not _READ_MORE.fullmatch(visible_text(one)):
            break
        under.append(one)
    return tuple(under)


def _goes_on(element: Any, removed: set[Any]) -> bool:
    """Whether the report’s text continues after an element."""
    for above in (element, *element.iterancestors()):
        for one in above.itersiblings():
            if one.tag not in ("footer", "aside", "nav") and one not in removed and any(_prose(one, removed)):
                return True
        if above.tag in ("article", "main"):
            return False
    return False


def _prose(tree: Any, removed: set[Any]) -> Iterator[str]:
    """Paragraphs outside the removed elements."""
    for paragraph in tree.iter("p"):
        if removed.isdisjoint((paragraph, *paragraph.iterancestors())) and len(text := visible_text(paragraph)) > 60:
            yield text


def _remove(items: Sequence[_TeaserElements]) -> None:
    """Remove the items, and the heading that announces them."""
    first = items[0].elements[0]
    above = first.getprevious() if first.getprevious() is not None else first.getparent().getprevious()
    for item in items:
        for element in item.elements:
            drop(element)
    if above is not None and (is_heading(visible_text(above)) or above.tag in HEADINGS):
        drop(above)
