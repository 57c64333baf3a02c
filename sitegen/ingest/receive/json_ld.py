"""A page's JSON-LD: the objects that describe its own report. Lists of other reports are common beside them.

Source: schema.org, NewsArticle.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any

from sitegen.ingest.receive.report_scope import folded, page_key

_REPORT_TYPE = re.compile(r"article|report|posting|story", re.IGNORECASE)
_FRAME_TYPE = re.compile(r"website|organization", re.IGNORECASE)
_PAGE_TYPE = re.compile(r"WebPage|ItemPage")
_PARTS = frozenset(("liveBlogUpdate", "comment"))
"keys under which dates of parts of the report are told"
_LISTS = frozenset((
    "itemListElement", "hasPart", "mentions", "relatedLink", "isBasedOn", "citation", "blogPost", "subjectOf",
))  # fmt: skip
"keys under which other reports are named"
_MAX_DEPTH = 20  # levels
_MAX_OBJECTS = 2000
_MAX_LENGTH = 4_000_000  # characters of one script
_COMMA_BEFORE_END = re.compile(r",(?=\s*[\]}])")
_ALIKE = 0.7  # share of a headline's words


def take_scripts(tree: Any) -> list[Any]:
    """The JSON-LD of a page, parsed; its elements are removed from the tree. What is broken is left out."""
    found = []
    for script in [one for one in tree.iter("script") if "ld+json" in (one.get("type") or "")]:
        found.append(_parsed(script.text or ""))
        script.drop_tree()
    return found


def _parsed(text: str) -> object:
    """None where the script is broken, but for the mistakes that many pages make: commas before a closing bracket, comments around."""
    if len(text) > _MAX_LENGTH:
        return None
    text = text.replace("<![CDATA[", "").replace("]]>", "")
    start = min((at for bracket in "[{" if (at := text.find(bracket)) >= 0), default=0)
    inner = text[start : max(text.rfind(bracket) for bracket in "]}") + 1]
    for form in (text, _COMMA_BEFORE_END.sub("", inner)):
        try:
            return json.loads(form, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def own_reports(scripts: list[Any], titles: frozenset[str], addresses: tuple[str, ...]) -> list[dict[str, Any]]:
    """The objects that are reports and the page's own: by address or headline; else the only one that doesn't say which it is."""
    base = addresses[0] if addresses else ""
    places = {where for address in addresses if (where := page_key(address, base))}
    objects = list(islice(_objects(scripts, 0, is_listed=False), _MAX_OBJECTS))
    reports = [(item, is_listed) for item, is_listed in objects if _has_type(item, _REPORT_TYPE)]
    pages = [item for item, is_listed in objects if not is_listed and _has_type(item, _PAGE_TYPE)]
    own = [
        item
        for item, is_listed in reports
        if _has_address(item, places, base) or (not is_listed and _has_headline(item, titles, places, base))
    ]
    if not own:
        open_ones = [item for item, is_listed in reports if not is_listed and not _says_which(item, titles, places, base)]
        own = open_ones if len(open_ones) == 1 else []
    known = {item["@id"]: item for item, _ in objects if isinstance(item.get("@id"), str) and "name" in item}
    own += [item for item in pages if _has_address(item, places, base)]
    return [{**item, "author": _resolved(item.get("author") or item.get("creator"), known)} for item in own]


def _resolved(author: object, known: dict[str, dict[str, Any]]) -> list[object]:
    """Authors, with those that are named by an @id."""
    people = author if isinstance(author, list) else [author]
    return [known.get(one["@id"], one) if isinstance(one, dict) and isinstance(one.get("@id"), str) else one for one in people]


def _has_type(item: dict[str, Any], form: re.Pattern[str]) -> bool:
    return any(form.search(kind) for kind in texts(item.get("@type")))


def frame(scripts: list[Any], own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is said of the outlet, and the text of the page's own report: all that a reader of its text may need."""
    outlets = [item for item, is_listed in islice(_objects(scripts, 0, is_listed=False), _MAX_OBJECTS)
               if not is_listed and _has_type(item, _FRAME_TYPE) and isinstance(item.get("name"), str)]  # fmt: skip
    kept = ("@type", "headline", "articleBody", "publisher")
    return [{key: item[key] for key in kept if key in item} for item in own] + [
        {"@type": item["@type"], "name": item["name"]} for item in outlets[:20]
    ]


def texts(value: object) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _objects(data: object, depth: int, *, is_listed: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each object, and whether it is named in a list of another."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, dict):
        yield data, is_listed
        for key, value in data.items():
            if key in _PARTS:
                continue
            yield from _objects(value, depth + 1, is_listed=is_listed or key in _LISTS)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value, depth + 1, is_listed=is_listed)


def _has_address(item: dict[str, Any], places: set[str], base: str) -> bool:
    return any(page_key(address, base) in places for address in _addresses(item))


def _has_headline(item: dict[str, Any], titles: frozenset[str], places: set[str], base: str) -> bool:
    """Whether the headline is the page's; where the address is another's, word for word."""
    headlines = [folded(headline) for headline in _headlines(item)]
    if places and any(page_key(address, base) for address in _says_where(item)):
        return any(headline in titles for headline in headlines)
    return any(_is_like(headline, title) for headline in headlines for title in titles)


def _says_which(item: dict[str, Any], titles: frozenset[str], places: set[str], base: str) -> bool:
    """Whether an object that isn't the page's own names another report."""
    elsewhere = places and any(page_key(address, base) for address in _says_where(item))
    return bool(elsewhere or (titles and any(map(folded, _headlines(item)))))


def _headlines(item: dict[str, Any]) -> list[str]:
    return [unescape(text) for key in ("headline", "name", "alternativeHeadline") for text in texts(item.get(key))]


def _says_where(item: dict[str, Any]) -> list[str]:
    main = item.get("mainEntityOfPage")
    pages = main if isinstance(main, list) else [main]
    return [
        *texts(item.get("url")),
        *texts(main),
        *(text for page in pages if isinstance(page, dict) for text in (*texts(page.get("@id")), *texts(page.get("url")))),
    ]


def _addresses(item: dict[str, Any]) -> list[str]:
    return [*_says_where(item), *texts(item.get("@id"))]


def _is_like(headline: str, title: str) -> bool:
    """Whether most words of the shorter one stand in the other, or one holds the other."""
    one, other = set(headline.split()), set(title.split())
    shorter = min(len(one), len(other))
    return headline == title or (shorter >= 3 and len(one & other) >= _ALIKE * shorter)
