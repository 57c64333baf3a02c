"""Filters combine in place and are kept in the address, across back, reload and shared links."""

import re
from typing import TypedDict

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits, assert_soon
from tests.browser.test_deep_links import assert_marked_in_view

pytestmark = pytest.mark.browser


class State(TypedDict):
    rows: list[str]
    "ids of the entries that are to be seen"
    all: int
    wrong: list[str]
    "choices whose count is not the number of shown entries that have them"
    chosen: list[str]
    said: str
    empty: list[str]
    "headings without an entry below"


STATE = """() => {
    const isSeen = one => one.checkVisibility();
    const has = (row, name, value) => row.getAttribute(`data-${name}`).split(' ').includes(value);
    const all = [...document.querySelectorAll('li.entry')];
    const rows = all.filter(isSeen);
    const choices = [...document.querySelectorAll('[data-name][data-value]')];
    return {
        rows: rows.map(row => row.id),
        all: all.length,
        wrong: choices.filter(isSeen).filter(({dataset, textContent}) =>
            Number(textContent.match(/(\\d+)\\s*$/)[1]) !== rows.filter(row => has(row, dataset.name, dataset.value)).length
        ).map(one => one.textContent),
        chosen: choices.filter(one => one.getAttribute('aria-current') === 'true').map(one => `${one.dataset.name}=${one.dataset.value}`),
        said: document.querySelector('.shown [role=status]').textContent,
        empty: [...document.querySelectorAll('h2, h3')].filter(isSeen).filter(heading => {
            const section = heading.closest('.month, .year');
            return section && ![...section.querySelectorAll('li.entry')].some(isSeen);
        }).map(one => one.textContent),
    };
}"""


def state(page: Page) -> State:
    found: State = page.evaluate(STATE)
    return found


def with_values(page: Page, **values: str) -> list[str]:
    """Ids of the entries that have all the values, by the page's data attributes."""
    found: list[str] = page.evaluate(
        """values => [...document.querySelectorAll('li.entry')].filter(row =>
            Object.entries(values).every(([name, value]) => row.getAttribute(`data-${name}`).split(' ').includes(value))
        ).map(row => row.id)""",
        values,
    )
    return found


def choose(page: Page, name: str, value: str) -> None:
    if not page.locator("details.filters").evaluate("one => one.open"):
        page.locator("details.filters > summary").click()
    page.locator(f"[data-name={name}][data-value={value}]").click()


def assert_shown(page: Page, **values: str) -> None:
    """Wait until the page shows the entries with the values, and no others."""
    assert_soon(page, lambda: _assert_shown_now(page, values))


def _assert_shown_now(page: Page, values: dict[str, str]) -> None:
    found = state(page)
    assert found["rows"] == with_values(page, **values)
    assert found["wrong"] == []
    assert found["empty"] == []
    assert sorted(found["chosen"]) == sorted(f"{name}={value}" for name, value in values.items())
    if values:
        assert 0 < len(found["rows"]) < found["all"]
        assert found["said"].startswith(f"{len(found['rows'])} of {found['all']} entries")
    else:
        assert len(found["rows"]) == found["all"]
        assert found["said"] == ""


def test_filters_combine_and_the_address_keeps_them(page: Page, repo_url: str) -> None:
    page.goto(repo_url)
    assert_shown(page)
    choose(page, "place", "bakhmut")
    expect(page).to_have_url(f"{repo_url}?place=bakhmut")
    assert_shown(page, place="bakhmut")
    choose(page, "status", "disputed")
    expect(page).to_have_url(f"{repo_url}?place=bakhmut&status=disputed")
    assert_shown(page, place="bakhmut", status="disputed")


def test_back_forward_and_a_reload_keep_the_filters(page: Page, root_url: str) -> None:
    page.goto(root_url)
    choose(page, "person", "volodymyr-zelensky")
    choose(page, "place", "bakhmut")
    page.reload()
    assert_shown(page, person="volodymyr-zelensky", place="bakhmut")
    page.go_back()
    assert_shown(page, person="volodymyr-zelensky")
    page.go_back()
    assert_shown(page)
    page.go_forward()
    assert_shown(page, person="volodymyr-zelensky")


def test_choosing_a_filter_again_clears_it(page: Page, root_url: str) -> None:
    page.goto(root_url)
    choose(page, "tag", "ground-war")
    choose(page, "place", "bakhmut")
    choose(page, "tag", "ground-war")
    expect(page).to_have_url(f"{root_url}?place=bakhmut")
    assert_shown(page, place="bakhmut")


def test_one_link_shows_all_again(page: Page, root_url: str) -> None:
    page.goto(f"{root_url}?place=bakhmut&person=volodymyr-zelensky")
    page.locator(".shown a").click()
    expect(page).to_have_url(root_url)
    assert_shown(page)
    expect(page.locator(".shown a")).to_be_hidden()


def test_a_shared_address_shows_what_it_names_and_marks_the_entry(page: Page, repo_url: str) -> None:
    page.goto(f"{repo_url}?place=bakhmut")
    id_ = state(page)["rows"][-1]
    page.goto("about:blank")
    page.goto(f"{repo_url}?place=bakhmut#{id_}")
    assert_shown(page, place="bakhmut")
    assert_marked_in_view(page, id_)


def test_back_from_an_entry_keeps_the_filters(page: Page, repo_url: str) -> None:
    page.goto(repo_url)
    choose(page, "place", "bakhmut")
    page.locator("li.entry:visible h4 a").first.click()
    page.wait_for_url(re.compile("/entries/"))
    page.go_back()
    assert_shown(page, place="bakhmut")


def test_a_filter_that_nothing_has_shows_nothing_and_can_be_cleared(page: Page, root_url: str) -> None:
    page.goto(f"{root_url}?person=nobody&place=%3Cscript%3E")
    found = state(page)
    assert found["rows"] == []
    assert found["said"].startswith(f"0 of {found['all']} entries")
    page.locator(".shown a").click()
    assert_shown(page)


def test_an_unknown_key_in_the_address_is_ignored(page: Page, root_url: str) -> None:
    page.goto(f"{root_url}?utm_source=x&place=bakhmut")
    assert_shown(page, place="bakhmut")


def test_a_choice_opens_in_a_new_tab_like_any_link(page: Page, root_url: str) -> None:
    page.goto(root_url)
    page.locator("details.filters > summary").click()
    with page.context.expect_page() as opened:
        page.locator("[data-name=place][data-value=bakhmut]").click(modifiers=["ControlOrMeta"])
    expect(opened.value).to_have_url(f"{root_url}?place=bakhmut")
    assert_shown(opened.value, place="bakhmut")
    assert page.url == root_url


def test_filters_work_from_the_keyboard(page: Page, root_url: str) -> None:
    page.goto(root_url)
    page.locator("details.filters > summary").focus()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.value === 'bakhmut'"):
            break
    page.keyboard.press("Enter")
    assert_shown(page, place="bakhmut")
    assert page.evaluate("document.activeElement.dataset.value") == "bakhmut", "the focus stays where it was"


def test_filters_work_on_a_phone(phone: Page, root_url: str) -> None:
    phone.goto(root_url)
    choose(phone, "place", "bakhmut")
    assert_shown(phone, place="bakhmut")


def test_filters_of_a_large_home_page_cover_the_listed_entries_and_say_so(page: Page, large_url: str) -> None:
    page.goto(large_url)
    choose(page, "tag", "tag-1")
    assert_shown(page, tag="tag-1")
    assert "listed on this page" in page.inner_text("details.filters")


def test_without_javascript_a_filter_leads_to_the_page_that_shows_the_same(visits: Visits, repo_url: str) -> None:
    page = visits.page(java_script_enabled=False)
    page.goto(repo_url)
    page.locator("details.filters > summary").click()
    page.locator("[data-name=place][data-value=bakhmut]").click()
    expect(page).to_have_url(f"{repo_url}places/bakhmut/")
