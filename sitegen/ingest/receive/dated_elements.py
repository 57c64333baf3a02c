"""Find the elements of a page that show when its report was published or changed."""

import re
from typing import Any

from sitegen.ingest.receive.date_claims import date_claim
from sitegen.ingest.receive.report_scope import MAX_LABEL, ReportScope, text_of

_PUBLISHED_LABEL = re.compile(r"\b(?:publi\w*|posted|pubdate|issued|first\b)", re.IGNORECASE)
_UPDATED_LABEL = re.compile(r"\b(?:updat\w*|modif\w*|edited|changed|corrected|revised)", re.IGNORECASE)
_PUBLISHED_CLASS = re.compile(r"\b(?:dt-)?published\b", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", "”", '"')
_PARAGRAPHS_ABOVE = 2
"a summary may come above the byline"

_LABEL_WORDS = 10
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|byline|published|posted|pubdate|timestamp|time|meta)(?:$|[\s_-])|publish|postdate", re.IGNORECASE
)


def dated_elements(scope: ReportScope) -> tuple[list[str], list[str], list[str]]:
    """(publication dates, update dates, short texts that show a date), from the report’s own elements."""
    published: list[str] = []
    above: list[str] = []
    below: list[str] = []
    updated: list[str] = []
    shown: list[str] = []
    unlabelled, paragraphs = above, 0
    for element in scope.elements("time", "meta", "span", "abbr", "p", "div", wanted=_may_have_date):
        label, value = _label(element), _machine_date(element)
        is_change = _UPDATED_LABEL.search(label) is not None and not _PUBLISHED_CLASS.search(element.get("class") or "")
        text = text_of(element) if element.tag != "meta" else ""
        if element.tag == "p" and _is_prose(text):
            paragraphs += 1
            unlabelled = above if paragraphs < _PARAGRAPHS_ABOVE else below
        elif value and is_change:
            updated.append(value)
        elif value and _PUBLISHED_LABEL.search(label):
            published.append(value)
        elif value and element.tag == "time" and not _is_in_paragraph(element):
            unlabelled.append(value)
        is_dated = element.tag == "time" or _DATE_CLASS.search(element.get("class") or "") or _PUBLISHED_LABEL.match(text)
        if is_dated and unlabelled is above and len(text) <= MAX_LABEL and not is_change and not _is_in_paragraph(element):
            shown.append(text)
    return published or _first(above or below), updated, shown[:3]


def _may_have_date(element: Any) -> bool:
    return (
        element.tag in ("time", "p", "abbr") or bool(element.get("itemprop")) or _DATE_CLASS.search(element.get("class") or "") is not None
    )


def _first(unlabelled: list[str]) -> list[str]:
    """Of the first two unlabelled times, the earlier is the publication."""
    claims = [(claim, text) for text in unlabelled[:2] if (claim := date_claim("time element", text))]
    return [min(claims, key=lambda pair: pair[0].edtf)[1]] if claims else []


def _machine_date(element: Any) -> str:
    """The element’s machine-readable date; for a time element, else its text."""
    if element.tag == "time":
        title = element.get("title") or ""
        value = element.get("datetime") or element.get("content") or (title if date_claim("time element", title) else "")
        return (value or text_of(element)).strip()
    if element.get("itemprop") or element.tag == "abbr" or re.search(r"\b(?:published|updated)\b", element.get("class") or ""):
        return element.get("content") or element.get("datetime") or element.get("title") or ""
    return ""


def _label(element: Any) -> str:
    """The words that label a date: names of the element, and the text before it."""
    parent, previous = element.getparent(), element.getprevious()
    before = (previous.tail or "" if previous is not None else (parent.text or "") if parent is not None else "").strip()
    if not before and previous is not None and isinstance(previous.tag, str) and previous.tag != "time":
        before = text_of(previous)
    names = [element.get(key) or "" for key in ("itemprop", "class", "pubdate")]
    names += ["pubdate"] if element.get("pubdate") is not None else []
    own = text_of(element)[:30] if element.tag != "meta" else ""
    return re.sub(r"[_-]|(?<=[a-z])(?=[A-Z])", " ", " ".join((*names, before[-40:], own)))


def _is_in_paragraph(element: Any) -> bool:
    """Whether the date is part of a sentence of the report."""
    return any(_is_prose(text_of(one)) for one in (element, *element.iterancestors("p", "li", "td")))


def _is_prose(text: str) -> bool:
    return len(text) > MAX_LABEL or (text.endswith(_SENTENCE_END) and len(text.split()) > _LABEL_WORDS)
