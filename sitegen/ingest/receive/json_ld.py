"""Find the JSON-LD objects that describe a page's own report. Pages often list other reports beside it.

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
"keys of parts of the report, which have dates of their own"
_LISTS = frozenset((
    "itemListElement", "hasPart", "mentions", "relatedLink", "isBasedOn", "citation", "blogPost", "subjectOf",
))  # fmt: skip
"keys that list other reports"
_MAX_DEPTH = 20  # levels
_MAX_OBJECTS = 2000
_MAX_LENGTH = 4_000_000  # characters of one script
_COMMA_BEFORE_END = re.compile(r",(?=\s*[\]}])")
_ALIKE = 0.7  # share of a headline’s words


def take_scripts(tree: Any) -> list[Any]:
    """Parse the JSON-LD of a page and remove its elements from the tree. Broken scripts are skipped."""
    found = []
    for script in [one for one in tree.iter("script") if "ld+json" in (one.get("type") or "")]:
        found.append(_parsed(script.text or ""))
        script.drop_tree()
    return found


def _parsed(text: str) -> object:
    """None for broken JSON. Two common mistakes are repaired: commas before a closing bracket, and comments around the script."""
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
    """The page’s own reports: by address or headline, else the only one that does not say which it is."""
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
    """Authors, with references by @id resolved."""
    people = author if isinstance(author, list) else [author]
    return [known.get(one["@id"], one) if isinstance(one, dict) and isinstance(one.get("@id"), str) else one for one in people]


def _has_type(item: dict[str, Any], form: re.Pattern[str]) -> bool:
    return any(form.search(kind) for kind in texts(item.get("@type")))


def frame(scripts: list[Any], own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A summary of the JSON-LD for the text extraction: the outlet, and the page’s own report."""
    outlets = [item for item, is_listed in islice(_objects(scripts, 0, is_listed=False), _MAX_OBJECTS)
               if not is_listed and _has_type(item, _FRAME_TYPE) and isinstance(item.get("name"), str)]  # fmt: skip
    kept = ("@type", "headline", "articleBody", "publisher")
    return [{key: item[key] for key in kept if key in item} for item in own] + [
        {"@type": item["@type"], "name": item["name"]} for item in outlets[:20]
    ]


def texts(value: object) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _objects(data: object, depth: int, *, is_listed: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each object, and whether another object lists it."""
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
    """Whether the headline is the page’s. If the object has another address, it must match word for word."""
    headlines = [folded(headline) for headline in _headlines(item)]
    if places and any(page_key(address, base) for address in _says_where(item)):
        return any(headline in titles for headline in headlines)
    return any(_is_like(headline, title) for headline in headlines for title in titles)


def _says_which(item: dict[str, Any], titles: frozenset[str], places: set[str], base: str) -> bool:
    """Whether an object names another report than the page’s own."""
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
    """Whether most words of the shorter one are in the other."""
    one, other = set(headline.split()), set(title.split())
    shorter = min(len(one), len(other))
    return headline == title or (shorter >= 3 and len(one & other) >= _ALIKE * shorter)
