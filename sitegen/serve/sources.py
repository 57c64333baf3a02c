"""The way back: which file and which line each thing comes from that a page shows."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from sitegen import markdown
from sitegen.build import source_text
from sitegen.build.pipeline import Edited
from sitegen.config import Settings
from sitegen.content import frontmatter
from sitegen.content.nodes import FrontMatterError
from sitegen.pages import urls
from sitegen.pages.plan import Page
from sitegen.pages.views import Row, Site
from sitegen.timeline.model import LinkedEntry, Timeline

Target = dict[str, str | int]


def of_page(root: Path, edited: Edited | None, address: str, *, is_local: bool) -> bytes:
    """As JSON, for the page at *address*; an address that isn't there shows nothing, nor does a site that isn't there yet.

    Where the site's folder lies is for this machine alone (*is_local*): an editor is opened by it.
    """
    settings = edited.settings if edited else Settings(file="")
    folder = root.as_posix() if is_local else ""
    targets = list(_targets(root, edited, address)) if edited else []
    return json.dumps({"root": folder, "editor": settings.preview_editor, "targets": targets}, ensure_ascii=False).encode()


def _targets(root: Path, edited: Edited, address: str) -> Iterator[Target]:
    timeline = edited.plan.edition.timeline
    page = edited.plan.page(address) if address in edited.plan.makers else None
    if not isinstance(page, Page):
        return
    entries = {linked.entry.id: linked for linked in timeline.entries}
    for id in dict.fromkeys(_rows(page.view)):
        yield {"selector": f'[id="{id}"]', "file": entries[id].entry.file, "line": 1}
    yield from _passages(linked for linked in timeline.entries if urls.entry_path(linked.entry.id) == address)
    yield from _passages(
        linked for report in timeline.reports if urls.article_path(report.article.id) == address for linked in report.entries
    )
    for file in _files(timeline, address):
        yield {"selector": "h1", "file": file, "line": 1}
        yield from _paragraphs(root, file)
        yield {"selector": "main", "file": file, "line": 1}


def _files(timeline: Timeline, address: str) -> Iterator[str]:
    """Whose body the page at *address* shows."""
    yield from (linked.entry.file for linked in timeline.entries if urls.entry_path(linked.entry.id) == address)
    yield from (term.file.file for term in (*timeline.people, *timeline.places) if term.file and urls.name_path(term.name) == address)
    yield from (report.article.file for report in timeline.reports if urls.article_path(report.article.id) == address)
    yield from (static.file for static in timeline.pages if f"/{static.id}/" == address)


def _passages(entries: Iterable[LinkedEntry]) -> Iterator[Target]:
    for linked in entries:
        for passage in linked.entry.passages:
            yield {"passage": passage.quote.text, "file": linked.entry.file, "line": passage.quote.spot.line}


def _paragraphs(root: Path, file: str) -> Iterator[Target]:
    """Of the file as it is now, since that is what opens."""
    text = source_text.text_of(root, file)
    if text is None:
        return
    try:
        parts = frontmatter.split(text)
    except FrontMatterError:
        return
    for number, line in enumerate(markdown.paragraph_lines(parts.body, parts.body_line)):
        yield {"paragraph": number, "within": "main", "file": file, "line": line}


def _rows(view: object) -> Iterator[str]:
    """Ids of all entries that a page lists."""
    if isinstance(view, Row):
        yield view.id
    elif isinstance(view, tuple):
        for one in view:
            yield from _rows(one)
    elif is_dataclass(view) and not isinstance(view, Site):
        for one in fields(view):
            yield from _rows(getattr(view, one.name))
