"""A crawl of every page at / and below /repo/: no dead link, no request to another host, no broken policy."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.server import served
from tests.browser.test_reading import WIDER
from tests.pages.test_site_html import site_with
from tests.support.built_sites import BuiltSite, example, large, odd

pytestmark = pytest.mark.browser

SEEN = """() => ({
    ids: [...document.querySelectorAll('[id]')].map(one => one.id),
    links: [...document.querySelectorAll('a, link, script, img, use, source, iframe')]
        .map(one => one.getAttribute('href') ?? one.getAttribute('src'))
        .filter(href => href !== null)
        .map(href => new URL(href, document.baseURI).href),
})"""


@dataclass(frozen=True)
class Walk:
    ids: dict[str, set[str]]
    "by the page's address"
    links: dict[str, set[str]]


def walk(page: Page, start: str, site: BuiltSite) -> Walk:
    """Follows links from home until no page is new; each must answer, and with the address that led there."""
    found = Walk({}, {})
    waiting = [start]
    while waiting:
        address = waiting.pop()
        response = page.goto(address, wait_until="load")
        assert response is not None
        assert response.status == 200, address
        if page.url != address:  # a redirect's script leads on
            continue
        seen = page.evaluate(SEEN)
        found.ids[address], found.links[address] = set(seen["ids"]), set(seen["links"])
        pages = {link.partition("#")[0].partition("?")[0] for link in seen["links"] if link.startswith(start)}
        waiting += [link for link in sorted(pages) if link.endswith("/") and link not in found.ids and link not in waiting]
    return found


@pytest.mark.parametrize("path", [pytest.param("/", marks=pytest.mark.slow), "/repo/"])
def test_a_crawl_of_every_page_finds_no_fault(visits: Visits, page: Page, root_url: str, repo_url: str, path: str) -> None:
    start, site = {"/": (root_url, example("/")), "/repo/": (repo_url, example("/repo/"))}[path]
    found = walk(page, start, site)
    assert {f"/{unquote(address.removeprefix(start))}" for address in found.ids} == set(site.pages) - {"/404.html", *site.redirects}
    assert [link for links in found.links.values() for link in links if dead(link, start, site, found)] == []
    assert visits.faults == []


def dead(link: str, start: str, site: BuiltSite, found: Walk) -> bool:
    """Whether a link within the site leads to no file, or to an anchor that its page doesn't have."""
    if urlsplit(link).hostname != "127.0.0.1":
        return False
    address, _, fragment = link.partition("#")
    address = address.partition("?")[0]
    if not address.startswith(start) or f"/{unquote(address.removeprefix(start))}" not in site.files:
        return True
    return bool(fragment) and address in found.ids and unquote(fragment) not in found.ids[address]


def test_addresses_in_any_script_can_be_crawled(visits: Visits, page: Page, odd_url: str) -> None:
    site = odd("/repo/")
    found = walk(page, odd_url, site)
    assert {f"/{unquote(address.removeprefix(odd_url))}" for address in found.ids} == set(site.pages) - {"/404.html", *site.redirects}
    assert visits.faults == []


def test_a_crawl_of_a_large_site_finds_no_fault(visits: Visits, page: Page, large_url: str) -> None:
    anchors = set(large("/repo/").files)
    for path in ("", "2021/", "2022/03/", "people/ada-long/", "tags/", "entries/event-100/"):
        page.goto(f"{large_url}{path}")
        links = page.evaluate(SEEN)["links"]
        local = {f"/{re.split('[?#]', link.removeprefix(large_url))[0]}" for link in links if link.startswith(large_url)}
        assert local <= anchors
    assert visits.faults == []


def test_hostile_text_runs_nothing_requests_nothing_and_fits_a_phone(visits: Visits) -> None:
    site = site_with("hostile")
    page = visits.page(viewport={"width": 320, "height": 700})
    page.on("dialog", lambda dialog: visits.faults.append(f"{page.url} says {dialog.message}"))
    with served(site) as address:
        for path in site.pages:
            page.goto(f"{address}{quote(path.removeprefix('/'))}")
            assert page.evaluate(WIDER) == [], path
        assert visits.faults == []


@pytest.mark.parametrize("path", ["nowhere/", "entries/nowhere/", "nowhere.html"])
def test_a_missing_page_is_answered_by_the_sites_own_404(page: Page, repo_url: str, visits: Visits, path: str) -> None:
    response = page.goto(f"{repo_url}{path}")
    assert response is not None
    assert response.status == 404
    visits.faults[:] = [fault for fault in visits.faults if "404" not in fault]  # the browser's own word on the page itself
    home = page.locator("main a").first
    assert home.get_attribute("href") == "/repo/"
    home.click()
    expect(page).to_have_url(repo_url)


def test_a_page_requests_only_the_files_it_shows(visits: Visits, repo_url: str) -> None:
    asked: list[str] = []
    page = visits.page()
    page.on("request", lambda request: asked.append(request.url.removeprefix(repo_url)))
    page.goto(repo_url, wait_until="networkidle")
    kinds = sorted(path.rpartition(".")[2] for path in asked)
    assert kinds == ["", "css", "js", "svg", "woff2"]
