"""Timelines of a few files, and the views of their pages."""

from collections.abc import Mapping
from typing import Literal

from sitegen.builder import theme
from sitegen.builder.inputs import THEME
from sitegen.content.parse import parse
from sitegen.content.read import Source
from sitegen.model import Settings
from sitegen.pages import routes
from sitegen.pages.context import RenderContext
from sitegen.pages.views import TermPage, TimelinePage, View
from sitegen.timeline.graph import Timeline
from sitegen.timeline.link import link
from tests.support.built_sites import entry

Order = Literal["newest", "oldest"]


def timeline_of(files: Mapping[str, str], order: Order = "newest") -> Timeline:
    """Of files by their paths below content/."""
    sources = [Source(f"content/{path}", path.partition("/")[0], text.encode()) for path, text in files.items()]
    content, problems = parse(sources)
    timeline, more = link(Settings(order=order), content)
    assert [one for one in (*problems, *more) if one.severity == "problem"] == []
    return timeline


def dated(**when: str) -> dict[str, str]:
    """Entries by their ids, each with its date."""
    return {f"entries/{id_}.md": entry(id_, date) for id_, date in when.items()}


def view(timeline: Timeline, address: str) -> View:
    context = RenderContext.of(timeline, theme.words(THEME, "en"), {})
    page = routes.routes(context).page(address)
    assert isinstance(page, routes.HtmlPage)
    return page.view


def listing(timeline: Timeline, address: str) -> TimelinePage:
    page = view(timeline, address)
    assert isinstance(page, TimelinePage)
    return page


def term(timeline: Timeline, address: str) -> TermPage:
    page = view(timeline, address)
    assert isinstance(page, TermPage)
    return page
