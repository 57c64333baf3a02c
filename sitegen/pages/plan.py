"""Which pages a site has. Each is made when it is asked for, so that a preview makes one and a build makes all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from sitegen.model import Body, StaticPage
from sitegen.pages import annotations, compared, corrections, differences, entries, feeds, reports, terms, timelines, urls
from sitegen.pages.assets import Asset
from sitegen.pages.bodies import Lead, citations, fill, filled, leads
from sitegen.pages.edition import Edition
from sitegen.pages.views import Head, NotFoundPage, RedirectPage, StaticPageView, View
from sitegen.timeline.chronology import by_year
from sitegen.timeline.graph import LinkedEntry, Redirect, Timeline


@dataclass(frozen=True, slots=True)
class Page:
    """An address, a view, and the layout that makes bytes of it."""

    address: str
    layout: str
    view: View
    leads: Mapping[str, Lead] | None = None
    "of an entry: what its body's references lead to"


@dataclass(frozen=True, slots=True)
class DataFile:
    """An address and its bytes."""

    address: str
    data: bytes


Maker = Callable[[Edition], Page | DataFile]


@dataclass(frozen=True, slots=True)
class Plan:
    edition: Edition
    makers: dict[str, Maker]
    "by address, without the base path, in the addresses' order"

    def __iter__(self) -> Iterator[Page | DataFile]:
        return (self.page(address) for address in self.makers)

    def page(self, address: str) -> Page | DataFile:
        """What stands at an address of the plan."""
        return self.makers[address](self.edition)

    def with_bodies(self, timeline: Timeline) -> "Plan":
        """The same pages, of a timeline that differs in bodies and what they link to, and in nothing that other pages show."""
        return replace(self, edition=replace(self.edition, timeline=timeline))


def plan(edition: Edition) -> Plan:
    makers: dict[str, Maker] = {}

    def page(address: str, layout: str, make_view: Callable[[Edition], View]) -> None:
        makers[address] = lambda edition: Page(address, layout, make_view(edition))

    def data(address: str, make_bytes: Callable[[Edition], bytes]) -> None:
        makers[address] = lambda edition: DataFile(address, make_bytes(edition))

    timeline = edition.timeline
    _timeline_pages(edition, page)
    for linked in timeline.entries:
        address = urls.entry_path(linked.entry.id)
        makers[address] = partial(_entry_page, address=address, linked=linked)
    _term_pages(edition, page)
    if timeline.reports:
        page("/articles/", "reports.html", reports.reports_page)
    for report in timeline.reports:
        page(urls.article_path(report.article.id), "report.html", partial(reports.report_page, report=report))
    for pair in edition.compared.values():
        page(urls.compare_path(pair.id), "compare.html", partial(compared.compare_page, pair=pair))
    if corrections.corrected(timeline):
        page(corrections.FOLDER, "corrections.html", corrections.corrections_page)
    for static in timeline.pages:
        page(f"/{static.id}/", "page.html", partial(_static_page, static=static))
    _files(edition, data, [address for address in makers if address != "/404.html"])
    page("/404.html", "404.html", _not_found_page)
    for redirect in timeline.redirects:
        page(f"/{redirect.folder}/{redirect.old}/", "redirect.html", partial(_redirect_page, redirect=redirect))
    return Plan(edition, dict(sorted(makers.items())))


def _timeline_pages(edition: Edition, page: Callable[[str, str, Callable[[Edition], View]], None]) -> None:
    years = by_year(edition.timeline.entries, edition.timeline.settings.order)
    months = [(year.years, month) for year in years for month in year.months]
    page("/", timelines.LAYOUT, partial(timelines.home, years=years))
    for index, year in enumerate(years):
        page(urls.years_path(year.years), timelines.LAYOUT, partial(timelines.year_page, years=years, index=index))
    for index, (number, month) in enumerate(months):
        page(urls.month_path(number, month.month), timelines.LAYOUT, partial(timelines.month_page, months=months, index=index))


def _term_pages(edition: Edition, page: Callable[[str, str, Callable[[Edition], View]], None]) -> None:
    timeline = edition.timeline
    if any(term.name.has_page for term in timeline.people):
        page("/people/", "terms.html", partial(terms.terms_page, section="people", terms=timeline.people))
    if any(term.name.has_page for term in timeline.places):
        page("/places/", "terms.html", partial(terms.terms_page, section="places", terms=timeline.places))
    if timeline.tags:
        page("/tags/", "terms.html", partial(terms.terms_page, section="tags", terms=timeline.tags))
    for term in edition.terms.values():
        if term.name.has_page:
            page(urls.name_path(term.name), terms.LAYOUT, partial(terms.term_page, term=term))


def _files(edition: Edition, data: Callable[[str, Callable[[Edition], bytes]], None], addresses: list[str]) -> None:
    """What no layout makes; *addresses* are the pages that a sitemap tells."""
    timeline = edition.timeline
    with_feeds = [("/", timeline.settings.title, timeline.entries)]
    with_feeds += [
        (urls.name_path(term.name), f"{timeline.settings.title}: {term.name.text}", term.entries)
        for term in edition.terms.values()
        if term.name.has_page
    ]
    for folder, title, its_entries in with_feeds:
        data(f"{folder}feed.json", partial(_json_feed, title=title, folder=folder, its_entries=its_entries))
        if edition.urls.base_url:
            data(f"{folder}feed.atom", partial(_atom_feed, title=title, folder=folder, its_entries=its_entries))
    if edition.urls.base_url:
        drafts = {urls.entry_path(linked.entry.id) for linked in timeline.entries if linked.entry.is_draft}
        for address, sitemap in feeds.sitemaps([address for address in sorted(addresses) if address not in drafts]).items():
            data(address, sitemap)
    if corrections.corrected(timeline):
        data(f"{corrections.FOLDER}feed.json", feeds.corrections_json_feed)
        if edition.urls.base_url:
            data(f"{corrections.FOLDER}feed.atom", feeds.corrections_atom)
    if timeline.reports:
        data("/data/comparisons.json", differences.comparisons_json)
        data("/data/annotations.jsonld", annotations.annotations_jsonld)
    data("/robots.txt", feeds.robots)
    data("/.nojekyll", lambda _: b"")
    for asset in edition.assets.values():
        data(asset.path, partial(_asset, asset=asset))


def _entry_page(edition: Edition, address: str, linked: LinkedEntry) -> Page:
    body = edition.timeline.bodies.get(linked.entry.file, Body())
    its_leads = leads(edition, linked.entry.file, body.references, citations(edition, linked.entry))
    return Page(address, entries.LAYOUT, entries.entry_page(edition, linked, fill(body, its_leads)), its_leads)


def _asset(_: Edition, asset: Asset) -> bytes:
    return asset.data


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
