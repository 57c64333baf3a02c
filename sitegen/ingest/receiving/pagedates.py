"""The dates that a page tells of itself, to EDTF, with time and zone where they are told."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from sitegen import dates

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article.published", "publish-date",
    "publish_date", "publishdate", "published_time", "pubdate", "parsely-pub-date", "sailthru.date", "citation_publication_date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "article.updated", "last-modified",
    "lastmod", "dcterms.modified", "dc.date.modified",
)  # fmt: skip
_REPORT_TYPE = re.compile(r"article|report|posting|story", re.IGNORECASE)
_DEEPEST = 20  # levels of JSON-LD


@dataclass(frozen=True, slots=True)
class PageDates:
    published: str
    "EDTF; empty where the page doesn't tell"
    updated: str


def page_dates(tree: Any) -> PageDates:  # an lxml tree
    """What structured data, meta elements and time elements say, in this order."""
    told = _by_name(tree)
    linked = list(_linked_data(tree))
    published = [text for item in linked for text in _texts(item.get("datePublished"))] + [told.get(name, "") for name in _PUBLISHED]
    updated = [text for item in linked for text in _texts(item.get("dateModified"))] + [told.get(name, "") for name in _UPDATED]
    return PageDates(_first(published), _first(updated))


def edtf(text: str) -> str:
    """A page's way to write a date, as EDTF to the minute; empty where it is no date. Midnight without more is a day alone."""
    text = text.strip()
    moment = _moment(text)
    if moment is None:
        day = re.match(r"\d{4}-\d\d-\d\d(?![\d])", text)
        candidate = day[0] if day else ""
    elif (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        candidate = moment.date().isoformat()
    else:
        candidate = moment.replace(tzinfo=None).isoformat(timespec="minutes") + _offset(moment)
    try:
        return dates.parse(candidate).edtf
    except dates.DateError:
        return ""


def _moment(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _offset(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _first(candidates: list[str]) -> str:
    return next((date for text in candidates if (date := edtf(text))), "")


def _by_name(tree: Any) -> dict[str, str]:
    """The first content of each name, property or itemprop."""
    told: dict[str, str] = {}
    for element in tree.iter("meta", "time", "span", "abbr"):
        content = element.get("content") or element.get("datetime") or element.get("title") or ""
        for key in ("property", "name", "itemprop"):
            if content and (name := element.get(key)):
                told.setdefault(name.lower(), content)
        if element.tag == "time" and element.get("pubdate") is not None:
            told.setdefault("pubdate", content)
    return told


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD that are reports. Source: schema.org, NewsArticle."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                data = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            yield from (item for item in _objects(data, 0) if any(_REPORT_TYPE.search(kind) for kind in _texts(item.get("@type"))))


def _objects(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _objects(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value, depth + 1)


def _texts(value: object) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
