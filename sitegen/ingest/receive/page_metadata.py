"""A page’s metadata: when its report was published, by whom and where."""

import json
import re
from dataclasses import dataclass
from typing import Any

from sitegen.ingest.receive.decode import cleaned
from sitegen.ingest.receive.json_ld import frame, own_reports, take_scripts, texts
from sitegen.ingest.receive.page_authors import AUTHOR_NAMES, page_authors
from sitegen.ingest.receive.page_dates import PageDates, page_dates
from sitegen.ingest.receive.report_scope import ReportScope, addresses

_MAX_CONTENT = 5_000  # characters of a meta element or a title


@dataclass(frozen=True, slots=True)
class PageMetadata:
    dates: PageDates
    authors: tuple[str, ...]
    outlet: str
    "empty if no metadata states it"


def take_metadata(tree: Any, address: str) -> PageMetadata:
    """Read the metadata, and remove from *tree* whatever describes other reports or could mislead the text extraction."""
    scripts = take_scripts(tree)
    scope, places = ReportScope(tree), addresses(tree, address)
    own = own_reports(scripts, scope.titles, places)
    outlet = _outlet(tree, own)
    metadata = PageMetadata(page_dates(tree, own, scope, places), page_authors(tree, own, scope, outlet), outlet)
    _simplify_head(tree)
    _fill_head(tree, frame(scripts, own))
    return metadata


def _outlet(tree: Any, own: list[dict[str, Any]]) -> str:
    metas = [
        meta.get("content") for meta in tree.iter("meta") if (meta.get("property") or meta.get("name") or "").lower() == "og:site_name"
    ]
    publishers = [item["publisher"].get("name") for item in own if isinstance(item.get("publisher"), dict)]
    candidates = (" ".join(cleaned(text).split()) for text in (*metas, *(name for value in publishers for name in texts(value))) if text)
    return next((text for text in candidates if text and not re.match(r"https?://|www\.|@", text)), "")


def _simplify_head(tree: Any) -> None:
    """Remove author elements, which have been read, and cut long values, on which regular expressions take quadratic time."""
    for meta in list(tree.iter("meta")):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in AUTHOR_NAMES:
            meta.drop_tree()
        elif len(meta.get("content") or "") > _MAX_CONTENT:
            meta.set("content", meta.get("content")[:_MAX_CONTENT])
    for title in tree.iter("title"):
        title.text = (title.text or "")[:_MAX_CONTENT]


def _fill_head(tree: Any, data: list[dict[str, Any]]) -> None:
    """Add JSON-LD and a placeholder author, without which trafilatura searches the whole page for one."""
    head = tree.find(".//head")
    if head is None:
        return
    head.append(head.makeelement("meta", {"name": "author", "content": "Some Body"}))
    if data:
        script = head.makeelement("script", {"type": "application/ld+json"})
        script.text = json.dumps({"@context": "https://schema.org", "@graph": data})
        head.append(script)
