"""Map what a page shows to the files and lines it comes from."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from sitegen.builder import source_text
from sitegen.builder.pipeline import RenderableSite
from sitegen.content import frontmatter
from sitegen.content.nodes import FrontMatterError
from sitegen.markdown import body
from sitegen.model import Settings
from sitegen.pages import urls
from sitegen.pages.routes import HtmlPage
from sitegen.pages.views import EntryRow, SiteView
from sitegen.timeline.graph import LinkedEntry, Timeline

SourceTarget = dict[str, str | int]
"how to find an element (a selector, a passage's text or a paragraph's number), and its file and line"


def source_map(root: Path, site: RenderableSite | None, address: str, *, is_local: bool) -> bytes:
    """The source map of the page at *address*, as JSON; empty if there is no such page, or no site yet.

    The path of the site's folder, which links to an editor need, is included only for requests from this machine (*is_local*).
    """
    settings = site.settings if site else Settings(file="")
    folder = root.as_posix() if is_local else ""
    targets = list(_targets(root, site, address)) if site else []
    return json.dumps({"root": folder, "editor": settings.preview_editor, "targets": targets}, ensure_ascii=False).encode()


def _targets(root: Path, site: RenderableSite, address: str) -> Iterator[SourceTarget]:
    timeline = site.routes.context.timeline
    page = site.routes.page(address) if address in site.routes.endpoints else None
    if not isinstance(page, HtmlPage):
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
    """Files whose body the page at *address* shows."""
    yield from (linked.entry.file for linked in timeline.entries if urls.entry_path(linked.entry.id) == address)
    yield from (term.file.file for term in (*timeline.people, *timeline.places) if term.file and urls.name_path(term.name) == address)
    yield from (report.article.file for report in timeline.reports if urls.article_path(report.article.id) == address)
    yield from (static.file for static in timeline.pages if f"/{static.id}/" == address)


def _passages(entries: Iterable[LinkedEntry]) -> Iterator[SourceTarget]:
    for linked in entries:
        for passage in linked.entry.passages:
            yield {"passage": passage.quote.text, "file": linked.entry.file, "line": passage.quote.spot.line}


def _paragraphs(root: Path, file: str) -> Iterator[SourceTarget]:
    """The file's current paragraphs, since that is what an editor opens."""
    text = source_text.text_of(root, file)
    if text is None:
        return
    try:
        parts = frontmatter.split(text)
    except FrontMatterError:
        return
    for number, line in enumerate(body.paragraph_lines(parts.body, parts.body_line)):
        yield {"paragraph": number, "within": "main", "file": file, "line": line}


def _rows(view: object) -> Iterator[str]:
    """Ids of all entries that a view lists."""
    if isinstance(view, EntryRow):
        yield view.id
    elif isinstance(view, tuple):
        for one in view:
            yield from _rows(one)
    elif is_dataclass(view) and not isinstance(view, SiteView):
        for one in fields(view):
            yield from _rows(getattr(view, one.name))
