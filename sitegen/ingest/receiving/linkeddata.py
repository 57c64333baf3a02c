"""A page's JSON-LD: the objects that describe its own report. Lists of other reports are common beside them.

Source: schema.org, NewsArticle.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sitegen.ingest.receiving.pagescope import folded, place

_REPORT_TYPE = re.compile(r"article|report|posting|story", re.IGNORECASE)
_FRAME_TYPE = re.compile(r"website|organization", re.IGNORECASE)
_LISTS = frozenset((
    "itemListElement", "liveBlogUpdate", "hasPart", "mentions", "relatedLink", "isBasedOn", "citation", "comment", "blogPost", "subjectOf",
))  # fmt: skip
"keys under which other reports are named"
_DEEPEST = 20  # levels
_MAX_OBJECTS = 2000
_MAX_LENGTH = 4_000_000  # characters of one script
_ALIKE = 0.7  # share of a headline's words


def take_scripts(tree: Any) -> list[Any]:
    """The JSON-LD of a page, parsed; its elements are removed from the tree. What is broken is left out."""
    found = []
    for script in [one for one in tree.iter("script") if "ld+json" in (one.get("type") or "")]:
        text = script.text or ""
        try:
            found.append(json.loads(text, strict=False) if len(text) <= _MAX_LENGTH else None)
        except (ValueError, RecursionError):
            continue
        finally:
            script.drop_tree()
    return found


def own_reports(scripts: list[Any], titles: frozenset[str], addresses: tuple[str, ...]) -> list[dict[str, Any]]:
    """The objects that are reports and the page's own: by address or headline; else the only one that doesn't say which it is."""
    base = addresses[0] if addresses else ""
    places = {where for address in addresses if (where := place(address, base))}
    objects = list(islice(_objects(scripts, 0, is_listed=False), _MAX_OBJECTS))
    reports = [(item, is_listed) for item, is_listed in objects if any(_REPORT_TYPE.search(kind) for kind in texts(item.get("@type")))]
    named = [item for item, _ in reports if _is_named(item, titles, places, base)]
    if named:
        return named
    open_ones = [item for item, is_listed in reports if not is_listed and not _says_which(item, titles, places, base)]
    return open_ones if len(open_ones) == 1 else []


def frame(scripts: list[Any], own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is said of the outlet, and the text of the page's own report: all that a reader of its text may need."""
    outlets = [item for item, is_listed in islice(_objects(scripts, 0, is_listed=False), _MAX_OBJECTS)
               if not is_listed and any(_FRAME_TYPE.search(kind) for kind in texts(item.get("@type"))) and isinstance(item.get("name"), str)]  # fmt: skip
    kept = ("@type", "headline", "articleBody", "publisher")
    return [{key: item[key] for key in kept if key in item} for item in own] + [
        {"@type": item["@type"], "name": item["name"]} for item in outlets[:20]
    ]


def texts(value: object) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _objects(data: object, depth: int, *, is_listed: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each object, and whether it is named in a list of another."""
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        yield data, is_listed
        for key, value in data.items():
            yield from _objects(value, depth + 1, is_listed=is_listed or key in _LISTS)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value, depth + 1, is_listed=is_listed)


def _is_named(item: dict[str, Any], titles: frozenset[str], places: set[str], base: str) -> bool:
    """Whether an object has an address or the headline of the page."""
    if any(place(address, base) in places for address in _addresses(item)):
        return True
    if _says_where(item) and places and any(place(address, base) for address in _says_where(item)):
        return any(folded(headline) in titles for headline in _headlines(item))
    return any(_is_like(folded(headline), title) for headline in _headlines(item) for title in titles)


def _says_which(item: dict[str, Any], titles: frozenset[str], places: set[str], base: str) -> bool:
    """Whether an object that isn't the page's own names another report."""
    elsewhere = places and any(place(address, base) for address in _says_where(item))
    return bool(elsewhere or (titles and any(map(folded, _headlines(item)))))


def _headlines(item: dict[str, Any]) -> list[str]:
    return [*texts(item.get("headline")), *texts(item.get("name")), *texts(item.get("alternativeHeadline"))]


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
