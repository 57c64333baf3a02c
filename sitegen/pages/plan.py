"""Which pages a site has. Each is made when it is asked for, so that a preview makes one and a build makes all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sitegen.dates import Date
from sitegen.model import StaticPage
from sitegen.pages import entries, feeds, reports, terms, timelines, urls
from sitegen.pages.bodies import filled
from sitegen.pages.edition import Edition
from sitegen.pages.views import Head, NotFoundPage, RedirectPage, StaticPageView, View
from sitegen.problems import Problem, did_you_mean, problem
from sitegen.timeline.model import LinkedEntry, Redirect
from sitegen.timeline.threads import by_year


@dataclass(frozen=True, slots=True)
class Page:
    """An address, a view, and the layout that makes bytes of it."""

    address: str
    layout: str
    view: View


@dataclass(frozen=True, slots=True)
class DataFile:
    """An address and its bytes."""

    address: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Plan:
    makers: dict[str, Callable[[], Page | DataFile]]
    "by address, without the base path, in the addresses' order"

    def __iter__(self) -> Iterator[Page | DataFile]:
        return (make() for make in self.makers.values())


def plan(edition: Edition) -> Plan:
    makers: dict[str, Callable[[], Page | DataFile]] = {}

    def page(address: str, layout: str, make_view: Callable[[], View]) -> None:
        makers[address] = lambda: Page(address, layout, make_view())

    def data(address: str, make_bytes: Callable[[], bytes]) -> None:
        makers[address] = lambda: DataFile(address, make_bytes())

    timeline = edition.timeline
    _timeline_pages(edition, page)
    for linked in timeline.entries:
        page(urls.entry_path(linked.entry.id), "entry.html", partial(entries.entry_page, edition, linked))
    _term_pages(edition, page)
    if timeline.reports:
        page("/articles/", "reports.html", partial(reports.reports_page, edition))
    for report in timeline.reports:
        page(urls.article_path(report.article.id), "report.html", partial(reports.report_page, edition, report))
    for static in timeline.pages:
        page(f"/{static.id}/", "page.html", partial(_static_page, edition, static))
    _files(edition, data, [address for address in makers if address != "/404.html"])
    page("/404.html", "404.html", partial(_not_found_page, edition))
    for redirect in timeline.redirects:
        page(f"/{redirect.folder}/{redirect.old}/", "redirect.html", partial(_redirect_page, edition, redirect))
    return Plan(dict(sorted(makers.items())))


def missing_assets(edition: Edition) -> Iterator[Problem]:
    """Pictures and links that lead to a file which assets/ doesn't hold."""
    names = edition.assets
    for file, body in edition.timeline.bodies.items():
        for reference in body.references:
            name = reference.target.removeprefix("/assets/").partition("#")[0]
            if reference.kind == "address" and reference.target.startswith("/assets/") and name not in names:
                yield problem(file, reference.spot, f"assets/ holds no “{name}”", did_you_mean(name, names) or f"save it as assets/{name}")
    for linked in edition.timeline.entries:
        image = linked.entry.image
        if image and image.src.text not in names:
            hint = did_you_mean(image.src.text, names) or f"save it as assets/{image.src.text}"
            yield problem(linked.entry.file, image.src.spot, f"assets/ holds no “{image.src.text}”", hint)


def _timeline_pages(edition: Edition, page: Callable[[str, str, Callable[[], View]], None]) -> None:
    years = by_year(edition.timeline.entries, edition.timeline.settings.order)
    months = [(year.year, month) for year in years for month in year.months]
    page("/", "timeline.html", partial(timelines.home, edition, years))
    for index, year in enumerate(years):
        page(urls.year_path(year.year), "timeline.html", partial(timelines.year_page, edition, years, index))
    for index, (number, month) in enumerate(months):
        page(urls.month_path(number, month.month), "timeline.html", partial(timelines.month_page, edition, months, index))


def _term_pages(edition: Edition, page: Callable[[str, str, Callable[[], View]], None]) -> None:
    timeline = edition.timeline
    if timeline.people:
        page("/people/", "terms.html", partial(terms.terms_page, edition, "people", timeline.people))
    if timeline.places:
        page("/places/", "terms.html", partial(terms.terms_page, edition, "places", timeline.places))
    if timeline.tags:
        page("/tags/", "terms.html", partial(terms.terms_page, edition, "tags", timeline.tags))
    for term in edition.terms.values():
        if term.name.has_page:
            page(urls.name_path(term.name), "term.html", partial(terms.term_page, edition, term))


def _files(edition: Edition, data: Callable[[str, Callable[[], bytes]], None], addresses: list[str]) -> None:
    """What no layout makes; *addresses* are the pages that a sitemap tells."""
    timeline = edition.timeline
    with_feeds = [("/", timeline.settings.title, timeline.entries)]
    with_feeds += [
        (urls.name_path(term.name), f"{timeline.settings.title}: {term.name.text}", term.entries)
        for term in edition.terms.values()
        if term.name.has_page
    ]
    for folder, title, its_entries in with_feeds:
        data(f"{folder}feed.json", partial(_json_feed, edition, title, folder, its_entries))
        if edition.urls.base_url:
            data(f"{folder}feed.atom", partial(_atom_feed, edition, title, folder, its_entries))
    if edition.urls.base_url:
        changed: dict[str, Date | None] = {urls.entry_path(e.entry.id): e.entry.updated or e.entry.added for e in timeline.entries}
        told = [(address, changed.get(address)) for address in sorted(addresses)]
        for address, sitemap in feeds.sitemaps(edition, told).items():
            data(address, partial(bytes, sitemap))
    data("/robots.txt", partial(feeds.robots, edition))
    data("/.nojekyll", bytes)
    for asset in edition.assets.values():
        data(asset.path, partial(bytes, asset.data))


def _atom_feed(edition: Edition, title: str, folder: str, its_entries: tuple[LinkedEntry, ...]) -> bytes:
    return feeds.atom(edition, feeds.feed(title, folder, its_entries))


def _json_feed(edition: Edition, title: str, folder: str, its_entries: tuple[LinkedEntry, ...]) -> bytes:
    return feeds.json_feed(edition, feeds.feed(title, folder, its_entries))


def _static_page(edition: Edition, static: StaticPage) -> StaticPageView:
    head = edition.head(static.title, f"/{static.id}/", description=edition.plain(static.brief, static.file))
    return StaticPageView(edition.site, head, static.title, filled(edition, static.file))


def _not_found_page(edition: Edition) -> NotFoundPage:
    """Stands at every address that isn't there, so it has none of its own."""
    return NotFoundPage(edition.site, Head(edition.words["not_found"], index=False))


def _redirect_page(edition: Edition, redirect: Redirect) -> RedirectPage:
    target = f"/{redirect.folder}/{redirect.new}/"
    return RedirectPage(edition.site, edition.head(redirect.new, target), edition.urls.href(target))
