"""What every page shows of the site: title, navigation, footer, feeds, assets."""

from collections.abc import Iterable, Mapping

from sitegen.pages.assets import Asset
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.urls import Urls
from sitegen.pages.views import Link, NavLink, Section, SiteView
from sitegen.timeline.graph import Term, Timeline

ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"


def site_view(timeline: Timeline, words: Catalogue, its_urls: Urls, assets: Mapping[str, Asset]) -> SiteView:
    settings = timeline.settings
    sections: tuple[tuple[Section, str, bool], ...] = (
        ("timeline", "/", True),
        ("people", "/people/", _have_pages(timeline.people)),
        ("places", "/places/", _have_pages(timeline.places)),
        ("tags", "/tags/", bool(timeline.tags)),
        ("articles", "/articles/", bool(timeline.reports)),
    )
    return SiteView(
        title=settings.title,
        subtitle=settings.subtitle,
        language=settings.language,
        editor=settings.editor,
        home=its_urls.base_path,
        nav=tuple(NavLink(words[f"nav_{section}"], its_urls.href(path), section) for section, path, is_there in sections if is_there),
        footer=(
            *(Link(page.title, its_urls.href(f"/{page.id}/")) for page in timeline.pages),
            *((Link(words["nav_corrections"], its_urls.href("/corrections/")),) if _has_corrections(timeline) else ()),
            *(Link(words["feed_atom" if feed.text == ATOM else "feed_json"], feed.href) for feed in feed_links(its_urls, "/")),
        ),
        feeds=feed_links(its_urls, "/"),
        assets={name: its_urls.file_href(asset.path) for name, asset in assets.items()},
        words=words.texts,
    )


def feed_links(its_urls: Urls, folder: str) -> tuple[Link, ...]:
    """Feeds of a folder. An Atom feed needs base_url."""
    atom = (Link(ATOM, its_urls.href(f"{folder}feed.atom")),) if its_urls.base_url else ()
    return (*atom, Link(JSON_FEED, its_urls.href(f"{folder}feed.json")))


def _have_pages(terms: Iterable[Term]) -> bool:
    return any(term.name.has_page for term in terms)


def _has_corrections(timeline: Timeline) -> bool:
    return any(linked.entry.corrections and not linked.entry.is_draft for linked in timeline.entries)
