"""/#ID, back and forward show the same entry, marked and fully in view."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits, assert_soon
from tests.support.built_sites import example, large

pytestmark = pytest.mark.browser

ENTRIES = [address.split("/")[2] for address in example().pages if re.fullmatch(r"/entries/[^/]+/", address)]

LISTED_AS = ["british-update", "moskalyov-held", "spring-fears", "millions-flee", "russia-invades", "months-of-battle"]
"an exact day, a month, a season, a year, an open end, an open beginning"

FAULT_OF_TARGET = """id => {
    const row = document.getElementById(id);
    if (!row) return 'the entry is not on this page';
    if (!row.matches(':target')) return 'the entry is not the target';
    const paint = one => [one, ...one.querySelectorAll('*')].flatMap(part => ['', '::before', '::after'].map(pseudo => {
        const style = getComputedStyle(part, pseudo);
        return pseudo && style.content === 'none' ? '' : `${style.backgroundColor} ${style.boxShadow} ${style.outlineStyle}`;
    }));
    const others = new Set([...document.querySelectorAll('li.entry')].filter(one => one !== row).flatMap(paint));
    if (others.size && paint(row).every(look => others.has(look))) return 'the entry is not marked';
    const title = row.querySelector('a[href]').getClientRects()[0];
    const when = row.querySelector('.when').firstElementChild.getClientRects()[0];
    for (const [name, box] of [['title', title], ['date', when]]) {
        if (box.top < 0 || box.bottom > innerHeight) return `its ${name} is out of view: ${box.top} to ${box.bottom}`;
        for (const y of [box.top + 2, box.bottom - 2]) {
            const hit = document.elementFromPoint(box.left + 3, y);
            if (!row.contains(hit)) return `its ${name} is under ${hit?.outerHTML.slice(0, 80)}`;
        }
    }
    return '';
}"""


def assert_marked_in_view(page: Page, id_: str) -> None:
    def check() -> None:
        page.evaluate("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))")
        assert page.evaluate(FAULT_OF_TARGET, id_) == "", f"{page.url} at {page.viewport_size}"

    page.wait_for_load_state("load")
    assert_soon(page, check)


def test_an_address_with_an_entrys_id_shows_that_entry(page: Page, root_url: str) -> None:
    for id_ in ENTRIES:
        page.goto("about:blank")
        page.goto(f"{root_url}#{id_}")
        assert_marked_in_view(page, id_)


def test_an_address_with_an_entrys_id_shows_that_entry_on_a_phone(phone: Page, root_url: str) -> None:
    for id_ in ENTRIES[::2]:
        phone.goto("about:blank")
        phone.goto(f"{root_url}#{id_}")
        assert_marked_in_view(phone, id_)


def test_an_address_with_an_entrys_id_shows_that_entry_on_a_year_and_a_month(page: Page, repo_url: str) -> None:
    for path in ("2023/", "2023/04/"):
        page.goto(f"{repo_url}{path}#british-update")
        assert_marked_in_view(page, "british-update")


def test_a_narrow_window_hides_no_entry_under_its_headings(visits: Visits, root_url: str) -> None:
    for width in (320, 820):
        tab = visits.page(viewport={"width": width, "height": 700})
        for id_ in (ENTRIES[1], ENTRIES[-1]):
            tab.goto("about:blank")
            tab.goto(f"{root_url}#{id_}")
            assert_marked_in_view(tab, id_)


def test_back_and_forward_between_two_entries_show_each_again(page: Page, root_url: str) -> None:
    first, second = ENTRIES[0], ENTRIES[-1]
    page.goto(f"{root_url}#{first}")
    page.evaluate("id => { location.hash = id }", second)
    assert_marked_in_view(page, second)
    page.go_back()
    assert_marked_in_view(page, first)
    page.go_forward()
    assert_marked_in_view(page, second)


def test_back_from_an_entrys_page_and_a_reload_show_the_entry_again(tab: Page, repo_url: str) -> None:
    id_ = "peace-conditions"
    tab.goto(f"{repo_url}#{id_}")
    assert_marked_in_view(tab, id_)
    tab.locator(f"#{id_} h4 a").click()
    expect(tab).to_have_url(f"{repo_url}entries/{id_}/")
    tab.go_back()
    expect(tab).to_have_url(f"{repo_url}#{id_}")
    assert_marked_in_view(tab, id_)
    tab.go_forward()
    expect(tab).to_have_url(f"{repo_url}entries/{id_}/")
    tab.go_back()
    tab.reload()
    assert_marked_in_view(tab, id_)


def test_back_to_an_entry_that_was_read_without_its_anchor_keeps_the_place(page: Page, root_url: str) -> None:
    page.goto(root_url)
    link = page.locator("#millions-flee h4 a")
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 0
    link.click()
    expect(page).to_have_url(f"{root_url}entries/millions-flee/")
    page.wait_for_load_state("load")
    page.go_back()
    page.wait_for_function("before => Math.abs(scrollY - before) < 2", arg=before)


def test_an_entrys_page_leads_to_its_place_in_the_timeline(tab: Page, repo_url: str) -> None:
    for id_ in LISTED_AS:
        tab.goto(f"{repo_url}entries/{id_}/")
        tab.locator(f"a[href$='#{id_}']").first.click()
        expect(tab).to_have_url(re.compile(rf"/repo/\d{{4}}/(\d\d/)?#{id_}$"))
        assert_marked_in_view(tab, id_)


def test_an_entry_that_home_no_longer_lists_is_found_on_its_own_page(page: Page, large_url: str) -> None:
    assert 'id="event-007"' not in large().text("/")
    page.goto(large_url)
    page.goto(f"{large_url}#event-007")
    page.wait_for_url(f"{large_url}entries/event-007/")
    expect(page.locator("h1")).to_have_text("Event 7")
    page.go_back()
    expect(page).to_have_url(large_url)


def test_an_entry_that_home_lists_stays_there(page: Page, large_url: str) -> None:
    page.goto(f"{large_url}#event-229")
    assert_marked_in_view(page, "event-229")
    page.goto("about:blank")
    page.goto(f"{large_url}#event-000")
    assert_marked_in_view(page, "event-000")


def test_an_entry_that_a_click_asks_for_is_found_too(page: Page, large_url: str) -> None:
    page.goto(large_url)
    page.evaluate("location.hash = 'event-008'")
    expect(page).to_have_url(f"{large_url}entries/event-008/")


def test_a_fragment_that_is_not_an_entry_id_goes_nowhere(page: Page, large_url: str) -> None:
    page.goto(large_url)
    for fragment in ("_main", "_2023", "no such entry", "%", "%E0%A4%A", "../../elsewhere", "//example.org/", "javascript:alert(1)"):
        page.evaluate("fragment => { location.hash = fragment }", fragment)
        page.wait_for_timeout(50)
        assert page.url.partition("#")[0] == large_url, fragment


def test_letters_of_any_script_are_found(page: Page, odd_url: str) -> None:
    for id_ in ("війна", "café"):
        page.goto("about:blank")
        page.goto(f"{odd_url}#{quote(id_)}")
        assert_marked_in_view(page, id_)
        page.goto(f"{odd_url}entries/{quote(id_)}/")
        page.locator(f"a[href$='#{quote(id_)}']").first.click()
        assert_marked_in_view(page, id_)


def test_an_old_address_redirects_and_keeps_the_fragment(page: Page, odd_url: str) -> None:
    new = f"{odd_url}entries/{quote('café')}/"
    for old in ("cafe", "war-diary"):
        page.goto(odd_url)
        page.goto(f"{odd_url}entries/{old}/#_note-1")
        page.wait_for_url(f"{new}#_note-1")
        expect(page.locator("#_note-1:target")).to_be_attached()
        page.go_back()
        expect(page).to_have_url(odd_url)
    page.goto(f"{odd_url}people/zoe-b/")
    page.wait_for_url(f"{odd_url}people/zoe/")


def test_an_old_id_on_the_timeline_redirects_to_the_entry(page: Page, odd_url: str) -> None:
    page.goto(f"{odd_url}#cafe")
    expect(page).to_have_url(f"{odd_url}entries/{quote('café')}/")


def test_an_old_address_redirects_without_javascript(visits: Visits, odd_url: str) -> None:
    page = visits.page(java_script_enabled=False)
    page.goto(f"{odd_url}entries/cafe/")
    page.wait_for_url(f"{odd_url}entries/{quote('café')}/")
    expect(page.locator("h1")).to_have_text("An accent")
