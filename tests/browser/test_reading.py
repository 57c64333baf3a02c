"""Reading at any width, from the keyboard, and without JavaScript."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, Visits, assert_clipboard
from tests.support.built_sites import example

pytestmark = pytest.mark.browser

KINDS = {
    "home": "",
    "year": "2023/",
    "month": "2023/04/",
    "entry": "entries/british-update/",
    "people": "people/",
    "person": "people/volodymyr-zelensky/",
    "places": "places/",
    "place": "places/bakhmut/",
    "tags": "tags/",
    "tag": "tags/ground-war/",
    "reports": "articles/",
    "report": "articles/wire-2023-04-07/",
    "comparison": "compare/reprint-2023-04-07...wire-2023-04-07/",
    "corrections": "corrections/",
    "static page": "about/",
    "not found": "404.html",
}

WIDER = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth && document.body.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('body *')]
        .filter(one => one.getBoundingClientRect().right > root.clientWidth + 0.5)
        .map(one => one.outerHTML.slice(0, 120));
}"""


def test_every_kind_of_page_is_covered() -> None:
    known = set(example().pages)
    assert {f"/{path}" for path in KINDS.values()} <= known
    assert {page.strip("/").partition("/")[0] for page in known} - {path.partition("/")[0] for path in KINDS.values()} == {"2022", "method"}


def test_no_page_scrolls_sideways(page: Page, root_url: str) -> None:
    for path in KINDS.values():
        page.goto(f"{root_url}{path}")
        for width in (320, 390, 820, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDER) == [], f"/{path} at {width}"


def test_opened_filters_do_not_scroll_a_phone_sideways(visits: Visits, root_url: str) -> None:
    page = visits.page(viewport={"width": 320, "height": 700})
    page.goto(root_url)
    page.locator("details.filters > summary").click()
    assert page.evaluate(WIDER) == []


SHIFT = """() => new Promise(done => {
    const shifts = [];
    new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({type: 'layout-shift', buffered: true});
    document.fonts.ready.then(() => setTimeout(() => done(shifts.map(shift =>
        [shift.value, ...shift.sources.map(source => source.node?.outerHTML?.slice(0, 80) ?? source.node?.textContent)])), 150));
})"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", ["", "entries/british-update/", "people/volodymyr-zelensky/"])
def test_nothing_moves_while_a_page_loads(visits: Visits, root_url: str, viewport: dict[str, int], path: str) -> None:
    page = visits.page(viewport=viewport)
    page.goto(f"{root_url}{path}")
    assert page.evaluate(SHIFT) == []


SEEN_TEXT = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = [];
    while (walker.nextNode()) {
        const words = walker.currentNode.textContent.trim();
        if (words && walker.currentNode.parentElement.checkVisibility({visibilityProperty: true})) seen.push(words);
    }
    return seen;
}"""


def test_all_text_is_readable_without_javascript(visits: Visits, page: Page, root_url: str) -> None:
    plain = visits.page(java_script_enabled=False)
    for kind, path in KINDS.items():
        page.goto(f"{root_url}{path}")
        plain.goto(f"{root_url}{path}")
        without = set(plain.evaluate(SEEN_TEXT))
        assert {words for words in page.evaluate(SEEN_TEXT) if words not in without} <= {"Copy link"}, kind
        assert len(without) > 10, kind


def test_without_javascript_an_address_with_an_id_still_marks_its_entry(visits: Visits, root_url: str) -> None:
    page = visits.page(java_script_enabled=False)
    page.goto(f"{root_url}#peace-conditions")
    assert page.locator("#peace-conditions").evaluate("one => one.matches(':target')")
    box = page.locator("#peace-conditions h4").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < DESKTOP["height"]


def test_without_javascript_every_entry_shows_its_sources_and_notes(visits: Visits, root_url: str) -> None:
    page = visits.page(java_script_enabled=False)
    page.goto(f"{root_url}entries/british-update/")
    for words in ("had seized the Bakhmutka River's west bank", "In neither report does Ukraine confirm it", "An earlier version said"):
        expect(page.get_by_text(words).first).to_be_visible()
    page.locator("details summary").first.click()
    expect(page.locator("details pre").first).to_be_visible()


def test_the_permalink_copies_its_whole_address(visits: Visits, root_url: str) -> None:
    page = visits.page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(root_url)
    link = page.locator("#british-update [data-copy]")
    link.click()
    assert_clipboard(page, f"{root_url}entries/british-update/")
    assert page.url == root_url, "the reader stays where they were"
    expect(page.locator("[role=status]", has_text="Copied")).to_have_count(1)


def test_an_entrys_page_copies_its_published_address(visits: Visits, repo_url: str) -> None:
    page = visits.page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{repo_url}entries/british-update/")
    page.get_by_role("link", name="Copy link").first.click()
    assert_clipboard(page, "https://example.org/repo/entries/british-update/")


def test_where_nothing_may_be_copied_the_permalink_is_followed(visits: Visits, root_url: str) -> None:
    page = visits.page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))")
    page.goto(root_url)
    page.locator("#british-update [data-copy]").click()
    expect(page).to_have_url(f"{root_url}entries/british-update/")


def test_without_javascript_the_permalink_is_a_link(visits: Visits, root_url: str) -> None:
    page = visits.page(java_script_enabled=False)
    page.goto(root_url)
    page.locator("#british-update [data-copy]").click()
    expect(page).to_have_url(f"{root_url}entries/british-update/")


def test_the_first_tab_shows_a_link_past_the_head(page: Page, root_url: str) -> None:
    for kind, path in KINDS.items():
        page.goto(f"{root_url}{path}")
        page.keyboard.press("Tab")
        left, top, width, height = page.evaluate(
            "(({left, top, width, height}) => [left, top, width, height])(document.activeElement.getBoundingClientRect())"
        )
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#_main", kind
        assert min(left, top) >= 0, kind
        assert min(width, height) > 20, kind
        page.keyboard.press("Enter")
        expect(page.locator("#_main"), kind).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("!document.querySelector('header, nav').contains(document.activeElement)"), kind


FOCUSED = """() => {
    const one = document.activeElement;
    if (one === document.body) return null;
    const boxes = [...one.getClientRects()].filter(({width, height}) => width && height);
    const style = getComputedStyle(one);
    const hit = boxes.some(({left, top, width, height}) => one.contains(document.elementFromPoint(left + width / 2, top + height / 2)));
    return {
        name: one.outerHTML.slice(0, 120),
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        isSeen: hit,
    };
}"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", ["", "entries/british-update/"])
def test_the_focus_is_always_seen(visits: Visits, root_url: str, viewport: dict[str, int], path: str) -> None:
    page = visits.page(viewport=viewport)
    page.goto(f"{root_url}{path}")
    stops: list[dict[str, Any]] = []
    for _ in range(250):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    assert len(stops) > 20
    assert [stop["name"] for stop in stops if stop["outline"] < 2] == []
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []
    assert len({stop["name"] for stop in stops}) > len(stops) / 2


def test_a_sidenote_is_reached_from_its_mark_and_leads_back(phone: Page, root_url: str) -> None:
    phone.goto(f"{root_url}entries/british-update/")
    phone.locator("sup.ref a").first.focus()
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile("#_note-1$"))
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.getAttribute('href')") == "#_ref-1"
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile("#_ref-1$"))


def test_a_passage_is_reached_from_the_words_that_cite_it(page: Page, root_url: str) -> None:
    page.goto(f"{root_url}entries/british-update/")
    page.locator("a.cites").first.click()
    expect(page).to_have_url(re.compile("#_passage-bank$"))
    box = page.locator(":target").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < DESKTOP["height"]


def test_a_page_is_complete_while_its_fonts_load(visits: Visits, root_url: str) -> None:
    page = visits.page()
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(root_url, wait_until="domcontentloaded")
    page.wait_for_timeout(300)
    expect(page.locator("#british-update h4")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).visibility") == "visible"
    for route in held:
        route.continue_()
