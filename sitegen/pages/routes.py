"""Map each address of a site to an endpoint. A build calls all endpoints, the preview the one it needs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from sitegen.model import Body, StaticPage
from sitegen.pages import (
    annotations,
    compare_data,
    compare_page,
    corrections_page,
    entry_page,
    feeds,
    report_page,
    term_page,
    timeline_page,
    urls,
)
from sitegen.pages.assets import Asset
from sitegen.pages.context import RenderContext
from sitegen.pages.link_targets import LinkTarget, citations, fill, filled, link_targets
from sitegen.pages.views import Head, NotFoundPage, RedirectPage, StaticPageView, View
from sitegen.timeline.chronology import by_year
from sitegen.timeline.graph import LinkedEntry, Redirect, Timeline


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page that a layout renders from a view."""

    address: str
    layout: str
    view: View
    link_targets: Mapping[str, LinkTarget] | None = None
    "of an entry: targets of its body's references"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that needs no layout."""

    address: str
    data: bytes


Endpoint = Callable[[RenderContext], HtmlPage | DataFile]


@dataclass(frozen=True, slots=True)
class Routes:
    context: RenderContext
    endpoints: dict[str, Endpoint]
    "by address without the base path, in order"

    def __iter__(self) -> Iterator[HtmlPage | DataFile]:
        return (self.page(address) for address in self.endpoints)

    def page(self, address: str) -> HtmlPage | DataFile:
        """The page or file at *address*."""
        return self.endpoints[address](self.context)

    def with_bodies(self, timeline: Timeline) -> "Routes":
        """The same routes for a *timeline* that differs only in bodies and their links."""
        return replace(self, context=replace(self.context, timeline=timeline))


def routes(context: RenderContext) -> Routes:
    endpoints: dict[str, Endpoint] = {}

    def page(address: str, layout: str, make_view: Callable[[RenderContext], View]) -> None:
        endpoints[address] = lambda context: HtmlPage(address, layout, make_view(context))

    def data(address: str, make_bytes: Callable[[RenderContext], bytes]) -> None:
        endpoints[address] = lambda context: DataFile(address, make_bytes(context))

    timeline = context.timeline
    _timeline_pages(context, page)
    for linked in timeline.entries:
        address = urls.entry_path(linked.entry.id)
        endpoints[address] = partial(_entry_page, address=address, linked=linked)
    _term_pages(context, page)
    if timeline.reports:
        page("/articles/", "reports.html", report_page.reports_page)
    for report in timeline.reports:
        page(urls.article_path(report.article.id), "report.html", partial(report_page.report_page, report=report))
    for pair in context.compared.values():
        page(urls.compare_path(pair.id), "compare.html", partial(compare_page.compare_page, pair=pair))
    if corrections_page.corrected(timeline):
        page(corrections_page.FOLDER, "corrections.html", corrections_page.corrections_page)
    for static in timeline.pages:
        page(f"/{static.id}/", "page.html", partial(_static_page, static=static))
    _files(context, data, [address for address in endpoints if address != "/404.html"])
    page("/404.html", "404.html", _not_found_page)
    for redirect in timeline.redirects:
        page(f"/{redirect.folder}/{redirect.old}/", "redirect.html", partial(_redirect_page, redirect=redirect))
    return Routes(context, dict(sorted(endpoints.items())))


def _timeline_pages(context: RenderContext, page: Callable[[str, str, Callable[[RenderContext], View]], None]) -> None:
    years = by_year(context.timeline.entries, context.timeline.settings.order)
    months = [(year.years, month) for year in years for month in year.months]
    page("/", timeline_page.LAYOUT, partial(timeline_page.home, years=years))
    for index, year in enumerate(years):
        page(urls.years_path(year.years), timeline_page.LAYOUT, partial(timeline_page.year_page, years=years, index=index))
    for index, (number, month) in enumerate(months):
        page(urls.month_path(number, month.month), timeline_page.LAYOUT, partial(timeline_page.month_page, months=months, index=index))


def _term_pages(context: RenderContext, page: Callable[[str, str, Callable[[RenderContext], View]], None]) -> None:
    timeline = context.timeline
    if any(term.name.has_page for term in timeline.people):
        page("/people/", "terms.html", partial(term_page.terms_page, section="people", terms=timeline.people))
    if any(term.name.has_page for term in timeline.places):
        page("/places/", "terms.html", partial(term_page.terms_page, section="places", terms=timeline.places))
    if timeline.tags:
        page("/tags/", "terms.html", partial(term_page.terms_page, section="tags", terms=timeline.tags))
    for term in context.terms.values():
        if term.name.has_page:
            page(urls.name_path(term.name), term_page.LAYOUT, partial(term_page.term_page, term=term))


def _files(context: RenderContext, data: Callable[[str, Callable[[RenderContext], bytes]], None], addresses: list[str]) -> None:
    """Routes of files without a layout; *addresses* are the pages for the sitemap."""
    timeline = context.timeline
    with_feeds = [("/", timeline.settings.title, timeline.entries)]
    with_feeds += [
        (urls.name_path(term.name), f"{timeline.settings.title}: {term.name.text}", term.entries)
        for term in context.terms.values()
        if term.name.has_page
    ]
    for folder, title, its_entries in with_feeds:
        data(f"{folder}feed.json", partial(_json_feed, title=title, folder=folder, its_entries=its_entries))
        if context.urls.base_url:
            data(f"{folder}feed.atom", partial(_atom_feed, title=title, folder=folder, its_entries=its_entries))
    if context.urls.base_url:
        drafts = {urls.entry_path(linked.entry.id) for linked in timeline.entries if linked.entry.is_draft}
        for address, sitemap in feeds.sitemaps([address for address in sorted(addresses) if address not in drafts]).items():
            data(address, sitemap)
    if corrections_page.corrected(timeline):
        data(f"{corrections_page.FOLDER}feed.json", feeds.corrections_json_feed)
        if context.urls.base_url:
            data(f"{corrections_page.FOLDER}feed.atom", feeds.corrections_atom)
    if timeline.reports:
        data("/data/comparisons.json", compare_data.comparisons_json)
        data("/data/annotations.jsonld", annotations.annotations_jsonld)
    data("/robots.txt", feeds.robots)
    data("/.nojekyll", lambda _: b"")
    for asset in context.assets.values():
        data(asset.path, partial(_asset, asset=asset))


def _entry_page(context: RenderContext, address: str, linked: LinkedEntry) -> HtmlPage:
    body = context.timeline.bodies.get(linked.entry.file, Body())
    targets = link_targets(context, linked.entry.file, body.references, citations(context, linked.entry))
    return HtmlPage(address, entry_page.LAYOUT, entry_page.entry_page(context, linked, fill(body, targets)), targets)


def _asset(_: RenderContext, asset: Asset) -> bytes:
    return asset.data


def _atom_feed(context: RenderContext, title: str, folder: str, its_entries: tuple[LinkedEntry, ...]) -> bytes:
    return feeds.atom(context, feeds.feed(title, folder, its_entries))


def _json_feed(context: RenderContext, title: str, folder: str, its_entries: tuple[LinkedEntry, ...]) -> bytes:
    return feeds.json_feed(context, feeds.feed(title, folder, its_entries))


def _static_page(context: RenderContext, static: StaticPage) -> StaticPageView:
    head = context.head(static.title, f"/{static.id}/", description=context.plain(static.brief, static.file))
    return StaticPageView(context.site, head, static.title, filled(context, static.file))


def _not_found_page(context: RenderContext) -> NotFoundPage:
    """Served at every missing address, so it has no canonical address."""
    return NotFoundPage(context.site, Head(context.words["not_found"], index=False))


def _redirect_page(context: RenderContext, redirect: Redirect) -> RedirectPage:
    target = f"/{redirect.folder}/{redirect.new}/"
    return RedirectPage(context.site, context.head(redirect.new, target), context.urls.href(target))
