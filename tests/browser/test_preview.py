"""`sitegen serve` in a browser: the page shows what is saved on disk."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.test_preview_client import catch_openings, is_the_same, openings, wait_for
from tests.support.built_sites import ROOT, entry, written

pytestmark = pytest.mark.browser

FILES = {
    "sitegen.toml": 'title = "A short story"\npreview_editor = "editor://open/{file}:{line}"\n',
    "content/entries/first.md": entry("The first", "2023-04-01", "How it began.", people=["Ada Long"]),
    "content/entries/second.md": entry("The second", "2023-04-02", "How it went on.\n\nAnd on.", people=["Ada Long"]),
}


@contextmanager
def serving(root: Path, *options: str) -> Iterator[str]:
    """The preview's address; Ctrl-C ends it."""
    command = [sys.executable, "-m", "sitegen", "serve", "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+/", line)))
        try:
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


Opened = Callable[..., Page]


@pytest.fixture
def opened(visits: Visits, tmp_path: Path) -> Iterator[Opened]:
    """Opens a page of the site in the test's folder, served by `sitegen serve`. Pages are closed before their servers."""
    with ExitStack() as stack:

        def open_page(path: str = "", *options: str) -> Page:
            address = stack.enter_context(serving(tmp_path, *options))
            page = visits.page()
            with page.expect_response(lambda response: "/_preview/events" in response.url):
                page.goto(f"{address}{path}")
            page.evaluate("window.isTheSame = true")
            return page

        yield open_page
        for context in visits.contexts:
            context.close()


def test_saved_text_appears_in_place(opened: Opened, tmp_path: Path) -> None:
    written(tmp_path, FILES)
    page = opened("entries/second/")
    body = tmp_path / "content/entries/second.md"
    body.write_text(FILES["content/entries/second.md"].replace("And on.", "And on, until it ended."))
    expect(page.get_by_text("And on, until it ended.")).to_be_visible()
    body.write_text(FILES["content/entries/second.md"].replace("The second", "The last"))
    expect(page).to_have_title("The last · A short story")
    expect(page.locator("h1")).to_have_text("The last")
    (tmp_path / "sitegen.toml").write_text(FILES["sitegen.toml"].replace("short", "long"))
    expect(page).to_have_title("The last · A long story")
    assert is_the_same(page)


def test_seven_visible_windows_show_a_save(opened: Opened, tmp_path: Path) -> None:
    written(tmp_path, FILES)
    first = opened("entries/second/")
    windows = [first, *(first.context.new_page() for _ in range(6))]
    for window in windows[1:]:
        window.goto(first.url)
    (tmp_path / "content/entries/second.md").write_text(FILES["content/entries/second.md"].replace("And on.", "And on, until it ended."))
    for window in windows:
        expect(window.get_by_text("And on, until it ended.")).to_be_visible()


def test_a_problem_is_shown_over_the_last_good_page_until_it_is_fixed(opened: Opened, tmp_path: Path) -> None:
    written(tmp_path, FILES)
    page = opened("entries/second/")
    file = tmp_path / "content/entries/second.md"
    file.write_text(FILES["content/entries/second.md"].replace("title:", "titel: x\ntitle:"))
    overlay = page.get_by_role("alertdialog")
    expect(overlay).to_contain_text("content/entries/second.md:2:1")
    expect(overlay).to_contain_text("unknown key “titel”")
    expect(overlay.locator("pre").first).to_have_text("  2 | titel: x\n    | ^", use_inner_text=True)
    expect(page.locator("#_preview-bar")).to_contain_text("Showing the last good version of content/entries/second.md")
    expect(page.locator("h1")).to_have_text("The second")
    file.write_text(FILES["content/entries/second.md"])
    expect(overlay).to_have_count(0)
    expect(page.locator("#_preview-bar")).to_be_hidden()
    assert is_the_same(page)


def test_a_start_with_a_problem_shows_it_and_then_the_site(opened: Opened, tmp_path: Path) -> None:
    written(tmp_path, {**FILES, "sitegen.toml": 'titel = "A short story"\n'})
    page = opened()
    expect(page.get_by_role("alertdialog")).to_contain_text("sitegen.toml:1:1")
    written(tmp_path, FILES)
    expect(page.locator("h1")).to_have_text("A short story")
    expect(page.get_by_role("alertdialog")).to_have_count(0)


def test_styles_are_swapped_and_scripts_load_the_page_again(opened: Opened, tmp_path: Path) -> None:
    theme = {f"assets/{name}": (ROOT / "assets" / name).read_text(encoding="utf-8") for name in ("style.css", "timeline.js")}
    written(tmp_path, {**FILES, **theme})
    page = opened()
    (tmp_path / "assets/style.css").write_text(theme["assets/style.css"] + "\nh1 { color: rgb(1, 2, 3); }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert is_the_same(page)
    (tmp_path / "assets/timeline.js").write_text(theme["assets/timeline.js"] + "\ndocument.documentElement.dataset.newer = '';\n")
    page.locator("html[data-newer]").wait_for()
    assert not is_the_same(page)


def test_a_deleted_entry_leaves_the_page_that_says_so(opened: Opened, tmp_path: Path, visits: Visits) -> None:
    written(tmp_path, FILES)
    page = opened("entries/second/")
    (tmp_path / "content/entries/second.md").unlink()
    expect(page.locator("h1")).to_have_text("Page not found")
    written(tmp_path, FILES)
    expect(page.locator("h1")).to_have_text("The second")
    visits.faults[:] = [fault for fault in visits.faults if "404" not in fault]  # the browser's own word on the page itself


def test_what_is_clicked_with_alt_opens_at_its_line(opened: Opened, tmp_path: Path) -> None:
    written(tmp_path, FILES)
    page = opened("entries/second/")
    catch_openings(page)
    page.get_by_text("And on.").click(modifiers=["Alt"])
    lines = FILES["content/entries/second.md"].split("\n")
    place = quote((tmp_path / "content/entries/second.md").as_posix())
    wait_for(page, lambda: openings(page) == [f"editor://open{place}:{lines.index('And on.') + 1}"])


def test_a_draft_is_marked_and_a_saved_entry_is_followed(opened: Opened, tmp_path: Path) -> None:
    written(tmp_path, FILES)
    page = opened("entries/second/", "--follow")
    written(tmp_path, {"content/drafts/third.md": entry("The third", "2023-04-03", "Perhaps.")})
    page.wait_for_url("**/entries/third/")
    expect(page.locator(".banner")).to_be_visible()
    page.goto(re.sub("entries/third/$", "", page.url))
    expect(page.locator("#third .flags")).to_be_visible()


def test_drafts_are_reached_from_the_keyboard_while_there_are_some(opened: Opened, tmp_path: Path) -> None:
    draft = "content/drafts/third.md"
    written(tmp_path, {**FILES, draft: entry("The third", "2023-04-03", "Perhaps.")})
    page = opened("entries/second/")
    link = page.get_by_role("link", name="1 draft", exact=True)
    expect(link).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Drafts")
    expect(link).to_be_hidden()
    page.go_back()
    written(tmp_path, {"content/drafts/fourth.md": entry("The fourth", "2023-04-04", "Perhaps.")})
    expect(page.get_by_role("link", name="2 drafts", exact=True)).to_be_visible()
    for name in (draft, "content/drafts/fourth.md"):
        (tmp_path / name).unlink()
    expect(page.locator("#_preview-drafts")).to_be_hidden()


def test_a_page_reconnects_to_a_restarted_preview(visits: Visits, tmp_path: Path) -> None:
    written(tmp_path, FILES)
    with serving(tmp_path) as address:
        page = visits.page()
        with page.expect_response(lambda response: "/_preview/events" in response.url):
            page.goto(address)
    expect(page.locator("#_preview-bar")).to_contain_text("The preview isn’t running")
    written(tmp_path, {"content/entries/third.md": entry("The third", "2023-04-03", "In the meantime.")})
    with serving(tmp_path, "--port", str(urlsplit(address).port)):
        expect(page.locator("#third")).to_be_visible()
        expect(page.locator("#_preview-bar")).to_be_hidden()
        page.close()
    visits.faults[:] = [fault for fault in visits.faults if "ERR_" not in fault]  # the browser's own word on the server's end
