"""The page in the preview after a save: new content, the old scroll position, and problems."""

import functools
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Visits, assert_clipboard
from tests.browser.preview_server import CLIENT, Preview, previewed, problem, problems
from tests.browser.test_filters import assert_shown, choose
from tests.support.built_sites import ROOT, BuiltSite, built_site_of, entry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
]  # sixty pages, each with a preview of its own; test_preview has the main ones with the real server

STYLE = (ROOT / "assets" / "style.css").read_text(encoding="utf-8")
SCRIPT = (ROOT / "assets" / "timeline.js").read_text(encoding="utf-8")
LONG = "\n\n".join(
    f"Paragraph {number} of the long entry, with enough words for a line or two of its own on any screen." for number in range(40)
)


def files(**changed: str | None) -> dict[str, str]:
    """Files by name of a site of 40 entries below /repo/, with changed texts; None removes a file."""
    story = {"sitegen.toml": 'title = "A long story"\nbase_url = "https://example.org/repo/"\n'}
    for number in range(40):
        keys: dict[str, Any] = {"people": ["Ada Long"]} if number % 2 else {"places": ["Ford"]}
        story[f"content/entries/event-{number:02}.md"] = entry(
            f"Event {number}", f"2023-{1 + number % 12:02}-{1 + number % 28:02}", f"Number {number}.", **keys
        )
    story["content/entries/long.md"] = entry("A long entry", "2022-01-01", LONG)
    story |= {name: text for name, text in changed.items() if text is not None}
    return {name: text for name, text in story.items() if name not in changed or changed[name] is not None}


@functools.cache
def site(**changed: str | None) -> BuiltSite:
    return built_site_of(files(**changed))


def event(number: int, title: str, **keys: Any) -> dict[str, str]:
    """An entry of the story with another title."""
    name = f"content/entries/event-{number:02}.md"
    return {name: files()[name].replace(f"Event {number}", title)} if not keys else {name: entry(title, **keys)}


NEW = {"content/entries/new.md": entry("Something new", "2023-12-30", "It came in above all others, and takes a few lines.")}


@pytest.fixture
def previews(visits: Visits) -> Iterator[Callable[..., Preview]]:
    """Starts previews of sites, which end after their pages."""
    with ExitStack() as stack:
        yield lambda shown, **fields: stack.enter_context(previewed(shown, **fields))
        for context in visits.contexts:
            context.close()


@pytest.fixture
def preview(previews: Callable[..., Preview]) -> Preview:
    return previews(site())


def opened(page: Page, preview: Preview, path: str = "") -> Page:
    """The page at *path*, once it listens. A mark in its window shows later whether it was reloaded."""
    before = preview.streams
    page.goto(f"{preview.url}{path}")
    page.evaluate("window.isTheSame = true")
    wait_for(page, lambda: preview.streams > before)
    return page


def seen(page: Page, preview: Preview) -> Page:
    """One of many windows with an entry's page, once it gets events."""
    with page.expect_response(lambda response: "/_preview/events" in response.url):
        page.goto(f"{preview.url}entries/event-07/")
    page.evaluate("window.isTheSame = true")
    return page


def wait_for(page: Page, holds: Any) -> None:
    for _ in range(500):
        if holds():
            return
        page.wait_for_timeout(10)
    raise AssertionError("the condition never became true")


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("window.isTheSame === true"))


def top(page: Page, selector: str) -> float:
    return float(page.evaluate("selector => document.querySelector(selector).getBoundingClientRect().top", selector))


def hide(page: Page, is_hidden: bool = True) -> None:
    """Hide the page, as a browser does when another tab is shown."""
    page.evaluate(
        """isHidden => {
            Object.defineProperty(document, 'hidden', {configurable: true, get: () => isHidden});
            document.dispatchEvent(new Event('visibilitychange'));
        }""",
        is_hidden,
    )


def settle(page: Page) -> None:
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


# A save changes the page in place


def test_new_text_appears_without_a_reload(page: Page, preview: Preview) -> None:
    opened(page, preview)
    preview.save(site(**event(7, "Seven, told otherwise")))
    expect(page.locator("#event-07 h4 a")).to_have_text("Seven, told otherwise")
    assert is_the_same(page)
    assert page.title() == "A long story"


def test_title_and_description_in_the_head_change_too(page: Page, preview: Preview) -> None:
    opened(page, preview, "entries/event-07/")
    preview.save(site(**event(7, "Seven, told otherwise")))
    expect(page).to_have_title("Seven, told otherwise · A long story")
    assert page.locator("meta[property='og:title']").get_attribute("content") == "Seven, told otherwise"
    assert page.locator("title").count() == 1
    assert page.locator("head link[rel=stylesheet]").count() == 2
    assert is_the_same(page)


@pytest.mark.parametrize("anchoring", ["auto", "none"], ids=["a browser that anchors too", "one that does not"])
@pytest.mark.parametrize("id_", ["event-30", "long"])
def test_the_entry_at_the_top_of_the_view_stays_where_it_is(tab: Page, preview: Preview, id_: str, anchoring: str) -> None:
    opened(tab, preview)
    tab.evaluate("anchoring => { document.documentElement.style.overflowAnchor = anchoring }", anchoring)
    tab.evaluate("id => scrollBy(0, document.getElementById(id).getBoundingClientRect().top - 120)", id_)
    settle(tab)
    before, scrolled = top(tab, f"#{id_}"), tab.evaluate("scrollY")
    preview.save(site(**NEW))
    tab.locator("#new").wait_for()
    settle(tab)
    assert abs(top(tab, f"#{id_}") - before) < 2
    assert tab.evaluate("scrollY") > scrolled
    preview.save(site())
    tab.locator("#new").wait_for(state="detached")
    settle(tab)
    assert abs(top(tab, f"#{id_}") - before) < 2
    assert is_the_same(tab)


def test_a_paragraph_stays_where_it_is_when_one_is_written_above(tab: Page, preview: Preview) -> None:
    opened(tab, preview, "entries/long/")
    tab.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    paragraph = tab.get_by_text("Paragraph 20 of")
    paragraph.evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 40)")
    before = paragraph.bounding_box()
    longer = LONG.replace("Paragraph 3 of", "One more.\n\nAnd one more.\n\nParagraph 3 of").replace(
        "Paragraph 5 of", "Paragraph 5, now with more words, of"
    )
    preview.save(site(**{"content/entries/long.md": entry("A long entry", "2022-01-01", longer)}))
    tab.get_by_text("And one more.").wait_for()
    settle(tab)
    after = paragraph.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2


def test_a_paragraph_that_is_edited_itself_stays_at_the_top_of_the_view(page: Page, preview: Preview) -> None:
    opened(page, preview, "entries/long/")
    page.get_by_text("Paragraph 20 of").evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 10)")
    before = page.get_by_text("Paragraph 20 of").bounding_box()
    longer = LONG.replace("Paragraph 20 of", "Paragraph 20, mended, and therefore a line longer than it was before somebody mended it, of")
    preview.save(site(**{"content/entries/long.md": entry("A long entry", "2022-01-01", longer)}))
    page.get_by_text("Paragraph 20, mended").wait_for()
    settle(page)
    after = page.get_by_text("Paragraph 20, mended").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2


def test_at_the_top_of_the_page_new_entries_are_visible(page: Page, preview: Preview) -> None:
    opened(page, preview)
    preview.save(site(**NEW))
    page.locator("#new").wait_for()
    assert page.evaluate("scrollY") == 0


def test_the_focus_stays_on_its_link(page: Page, preview: Preview) -> None:
    opened(page, preview)
    page.locator("#event-20 h4 a").focus()
    scrolled = top(page, "#event-20")
    preview.save(site(**NEW, **event(20, "Twenty, told otherwise")))
    page.locator("#new").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Twenty, told otherwise"
    assert abs(top(page, "#event-20") - scrolled) < 2


def test_the_focus_stays_on_a_filter_that_others_come_before(page: Page, previews: Callable[..., Preview]) -> None:
    bea = event(4, "Four", date="2023-05-05", people=["Bea Short"])
    opened(page, preview := previews(site(**bea)))
    page.locator("details.filters > summary").click()
    page.locator("[data-name=person][data-value=bea-short]").focus()
    aaron = [event(number, "By Aaron", date="2023-05-05", people=["Aaron First"]) for number in (6, 8)]
    preview.save(site(**bea, **aaron[0], **aaron[1]))
    page.locator("[data-value=aaron-first]").wait_for()
    people = page.locator("[data-name=person]").evaluate_all("all => all.map(one => one.dataset.value)")
    assert people.index("aaron-first") < people.index("bea-short")
    assert page.evaluate("document.activeElement.dataset.value") == "bea-short"


def test_opened_details_stay_open(page: Page, preview: Preview) -> None:
    opened(page, preview, "entries/event-07/")
    page.locator("summary").first.click()
    preview.save(site(**event(7, "Seven, told otherwise")))
    expect(page.locator("h1")).to_have_text("Seven, told otherwise")
    assert page.locator("details").evaluate_all("all => all.map(one => one.open)") == [True, False]


def test_chosen_filters_apply_to_new_entries(page: Page, preview: Preview) -> None:
    opened(page, preview)
    choose(page, "place", "ford")
    preview.save(site(**event(7, "Seven", date="2023-05-05", places=["Ford"]), **event(8, "Eight", date="2023-05-06", people=["Ada Long"])))
    page.locator("#event-07").wait_for(state="visible")
    assert_shown(page, place="ford")
    assert page.url.endswith("?place=ford")
    choose(page, "place", "ford")
    assert_shown(page)
    page.go_back()
    assert_shown(page, place="ford")
    assert is_the_same(page)


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ((), "Paragraph 2 of the long entry"),
        (("Paragraph 0 of", "First of all.\n\nParagraph 0 of"), "Paragraph 2 of the long entry"),
        (("Paragraph 2 of", "This is Paragraph 2 of"), "Paragraph 2 of the long entry"),
        (("Paragraph 2 of", "Paragraph two of"), ""),
    ],
    ids=["another title", "a paragraph before", "words before", "the words themselves"],
)
def test_selected_words_stay_selected_while_they_are_there(page: Page, preview: Preview, change: tuple[str, str], kept: str) -> None:
    opened(page, preview, "entries/long/")
    select(page, "Paragraph 2 of", 0, len("Paragraph 2 of the long entry"))
    assert page.evaluate("getSelection().toString()") == "Paragraph 2 of the long entry"
    text = LONG.replace(*change) if change else LONG
    preview.save(site(**{"content/entries/long.md": entry("Another title", "2022-01-01", text)}))
    expect(page.locator("h1")).to_have_text("Another title")
    assert page.evaluate("getSelection().toString()") == kept


def test_words_found_in_many_paragraphs_are_not_selected_in_another(page: Page, preview: Preview) -> None:
    opened(page, preview, "entries/long/")
    select(page, "Paragraph 2 of", 15, 29)
    changed = LONG.replace("Paragraph 0 of", "First of all.\n\nParagraph 0 of")
    preview.save(site(**{"content/entries/long.md": entry("A long entry", "2022-01-01", changed)}))
    page.get_by_text("First of all.").wait_for()
    where = page.evaluate("getSelection().toString() && getSelection().anchorNode.data.slice(0, 14)")
    assert where in ("", "Paragraph 2 of")


def select(page: Page, words: str, start: int, end: int) -> None:
    """Characters of the paragraph that begins with *words*."""
    page.evaluate(
        """([words, start, end]) => {
            const found = [...document.querySelectorAll('p')].find(one => one.textContent.startsWith(words)).firstChild;
            getSelection().setBaseAndExtent(found, start, found, end);
        }""",
        [words, start, end],
    )


def test_text_typed_into_a_form_stays(page: Page, previews: Callable[..., Preview]) -> None:
    layout = (ROOT / "layouts" / "page.html").read_text(encoding="utf-8")
    form = layout.replace(
        '<div class="body',
        '<label>Note <input name="note" value="old"></label> <label><input type="checkbox" name="seen"> Seen</label><div class="body',
    )
    about = {"layouts/page.html": form, "content/pages/about.md": "---\ntitle: About\n---\nText.\n"}
    preview = previews(site(**about))
    opened(page, preview, "about/")
    page.locator("[name=note]").fill("mine")
    page.locator("[name=seen]").check()
    preview.save(
        site(
            **{
                **about,
                "layouts/page.html": form.replace('value="old"', 'value="new" class="wide"').replace(
                    'name="seen"', 'name="seen" class="wide"'
                ),
            }
        )
    )
    expect(page.locator(".wide")).to_have_count(2)
    assert page.locator("[name=note]").input_value() == "mine"
    assert page.locator("[name=seen]").is_checked()


def test_a_permalink_still_copies_itself(visits: Visits, preview: Preview) -> None:
    context = visits.context(permissions=["clipboard-read", "clipboard-write"])
    page = opened(context.new_page(), preview, "entries/event-07/")
    preview.save(site(**event(7, "Seven, told otherwise")))
    expect(page.locator("h1")).to_have_text("Seven, told otherwise")
    link = page.locator("[data-copy=label]")
    expect(link).to_have_text("Copy link")
    link.click()
    assert_clipboard(page, "https://example.org/repo/entries/event-07/")
    expect(page.locator("body > [role=status]")).to_have_text(re.compile(r"\w"))


def test_an_entry_that_is_deleted_leaves_the_sites_page_for_that(page: Page, preview: Preview, visits: Visits) -> None:
    opened(page, preview, "entries/event-07/")
    preview.save(site(**{"content/entries/event-07.md": None}))
    expect(page.locator("h1")).not_to_have_text("Event 7")
    assert page.url.endswith("/repo/entries/event-07/")
    assert "404" not in page.inner_text("h1")
    wait_for(page, lambda: preview.asked.count("/_preview/events") == 2 and preview.streams == 1)
    preview.save(site())
    expect(page.locator("h1")).to_have_text("Event 7")
    visits.faults[:] = [fault for fault in visits.faults if "404" not in fault]  # the browser's own word on the page itself


# Styles and scripts


def test_other_styles_are_swapped_without_loading_the_page(page: Page, preview: Preview) -> None:
    opened(page, preview)
    page.evaluate(
        """() => {
            window.bare = 0;
            const look = () => { bare += getComputedStyle(document.body).marginTop !== '0px'; requestAnimationFrame(look); };
            look();
        }"""
    )
    preview.save(site(**{"assets/style.css": STYLE + "\nh1 { color: rgb(1, 2, 3); }\n"}))
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    settle(page)
    assert page.evaluate("bare") == 0
    assert is_the_same(page)
    sheets = page.locator("head link[rel=stylesheet]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(sheets) == 2
    assert sheets[-1] == "/repo/_preview/preview.css"
    assert page.locator("head link[rel=stylesheet][media]").count() == 0


def test_other_scripts_load_the_page_again(page: Page, preview: Preview) -> None:
    opened(page, preview)
    preview.save(site(**{"assets/timeline.js": SCRIPT + "\ndocument.documentElement.dataset.newer = '';\n"}))
    page.locator("html[data-newer]").wait_for()
    assert not is_the_same(page)
    wait_for(page, lambda: preview.streams == 1)
    preview.save(site(**{"assets/timeline.js": SCRIPT + "\ndocument.documentElement.dataset.newer = '';\n"}, **event(7, "Seven")))
    expect(page.locator("#event-07 h4 a")).to_have_text("Seven")


def test_no_script_of_the_preview_writes_markup_or_makes_code() -> None:
    for path in CLIENT.glob("*.js"):
        if path.name != "idiomorph.js":
            assert (
                re.findall(
                    r"innerHTML|outerHTML\s*=|insertAdjacent|document\.write|eval\(|Function\(|style=", path.read_text(encoding="utf-8")
                )
                == []
            ), path.name


def test_third_party_code_ships_with_its_licence() -> None:
    assert "Idiomorph" in (CLIENT / "idiomorph.js").read_text(encoding="utf-8")
    licence = "sitegen/serve/client/LICENSE-idiomorph.txt"
    assert (ROOT / licence).read_text(encoding="utf-8").startswith("Zero-Clause BSD")
    assert licence in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license-files"]


# The stream


def test_a_save_before_the_page_listens_is_not_missed(page: Page, preview: Preview) -> None:
    def saved_meanwhile(route: Route) -> None:
        preview.save(site(**event(7, "Seven, told otherwise")))
        route.continue_()

    page.route("**/_preview/preview.js", saved_meanwhile)
    opened(page, preview)
    expect(page.locator("#event-07 h4 a")).to_have_text("Seven, told otherwise")
    assert is_the_same(page)


def test_a_hidden_tab_listens_to_nothing_and_catches_up_when_it_is_shown(page: Page, preview: Preview) -> None:
    opened(page, preview)
    hide(page)
    wait_for(page, lambda: preview.streams == 0)
    preview.save(site(**event(7, "Seven, told otherwise")))
    page.wait_for_timeout(100)
    assert page.locator("#event-07 h4 a").inner_text() == "Event 7"
    hide(page, False)
    expect(page.locator("#event-07 h4 a")).to_have_text("Seven, told otherwise")
    assert preview.streams == 1
    assert is_the_same(page)


def test_a_page_that_the_browser_kept_listens_again(page: Page, preview: Preview) -> None:
    opened(page, preview)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    wait_for(page, lambda: preview.streams == 0)
    preview.save(site(**event(7, "Seven, told otherwise")))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("#event-07 h4 a")).to_have_text("Seven, told otherwise")


def test_seven_tabs_of_which_one_is_seen_all_work(visits: Visits, preview: Preview) -> None:
    context = visits.context()
    tabs: list[Page] = []
    for _ in range(7):
        for other in tabs:
            hide(other)
        tabs.append(opened(context.new_page(), preview, "entries/event-07/"))
        wait_for(tabs[-1], lambda: preview.streams == 1)
    preview.save(site(**event(7, "Seven, told otherwise")))
    for other in reversed(tabs):
        hide(tabs[-1])
        hide(other, False)
        expect(other.locator("h1")).to_have_text("Seven, told otherwise")
        hide(other)
        assert is_the_same(other)


def test_seven_windows_that_are_all_seen_share_one_stream(visits: Visits, preview: Preview) -> None:
    context = visits.context()
    windows = [seen(context.new_page(), preview) for _ in range(7)]
    wait_for(windows[0], lambda: preview.streams == 1)
    preview.save(site(**event(7, "Seven, told otherwise")))
    for window in windows:
        expect(window.locator("h1")).to_have_text("Seven, told otherwise")
    assert preview.streams == 1
    while len(windows) > 1:  # the first of them holds the stream
        windows.pop(0).close()
        wait_for(windows[0], lambda: preview.streams == 1)
        preview.save(site(**event(7, f"Seven, for {len(windows)}")))
        for window in windows:
            expect(window.locator("h1")).to_have_text(f"Seven, for {len(windows)}")
            assert is_the_same(window)


def test_a_window_opened_later_learns_the_current_state(visits: Visits, preview: Preview) -> None:
    context = visits.context()
    first, second = seen(context.new_page(), preview), context.new_page()

    def saved_meanwhile(route: Route) -> None:
        preview.save(site(**event(7, "Seven, told otherwise")))
        route.continue_()

    second.route("**/_preview/preview.js", saved_meanwhile)
    seen(second, preview)
    for window in (first, second):
        expect(window.locator("h1")).to_have_text("Seven, told otherwise")
        assert is_the_same(window)


def test_windows_that_share_a_stream_all_show_its_loss_and_recover(visits: Visits, preview: Preview) -> None:
    context = visits.context()
    windows = [seen(context.new_page(), preview) for _ in range(3)]
    wait_for(windows[0], lambda: preview.streams == 1)
    preview.stop()
    for window in windows:
        expect(window.locator("#_preview-bar")).to_contain_text("The preview isn’t running")
    preview.site = site(**event(7, "Seven, told otherwise"))
    preview.start()
    for window in windows:
        expect(window.locator("#_preview-bar")).to_be_hidden()
        expect(window.locator("h1")).to_have_text("Seven, told otherwise")
    wait_for(windows[0], lambda: preview.streams == 1)
    visits.faults[:] = [fault for fault in visits.faults if "ERR_" not in fault]  # the browser's own word on the server's end


def test_a_page_without_locks_has_a_stream_of_its_own(visits: Visits, preview: Preview) -> None:
    context = visits.context()
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', {get: () => undefined})")
    windows = [opened(context.new_page(), preview, "entries/event-07/") for _ in range(2)]
    assert preview.streams == 2
    preview.save(site(**event(7, "Seven, told otherwise")))
    for window in windows:
        expect(window.locator("h1")).to_have_text("Seven, told otherwise")


def test_a_lost_connection_is_shown_quietly_and_recovers(page: Page, preview: Preview, visits: Visits) -> None:
    opened(page, preview)
    bar = page.locator("#_preview-bar")
    assert not bar.is_visible()
    preview.stop()
    expect(bar).to_contain_text("The preview isn’t running")
    assert bar.get_attribute("role") == "status"
    preview.site = site(**event(7, "Seven, told otherwise"))
    preview.start()
    expect(bar).to_be_hidden()
    expect(page.locator("#event-07 h4 a")).to_have_text("Seven, told otherwise")
    visits.faults[:] = [fault for fault in visits.faults if "ERR_" not in fault]  # the browser's own word on the server's end


def test_a_server_whose_revisions_restart_reloads_the_page(page: Page, preview: Preview, visits: Visits) -> None:
    preview.save()
    preview.save()
    opened(page, preview)
    preview.stop()
    preview.site = site(**event(7, "Seven, told otherwise"))
    preview.start(revision=1)
    expect(page.locator("#event-07 h4 a")).to_have_text("Seven, told otherwise")
    assert not is_the_same(page)
    wait_for(page, lambda: preview.streams == 1)
    visits.faults[:] = [fault for fault in visits.faults if "ERR_" not in fault]


# Problems


def test_problems_are_shown_over_the_last_good_page_until_they_are_fixed(page: Page, preview: Preview) -> None:
    opened(page, preview)
    overlay = page.get_by_role("alertdialog", name="2 problems")
    said = [problem(hint="did you mean “title”?"), problem("no person is called “Zelinsky”", line=5)]
    preview.save(problems=said)
    overlay.wait_for()
    expect(overlay.get_by_role("heading")).to_have_text("2 problems")
    expect(overlay.get_by_role("listitem")).to_have_count(2)
    words = overlay.inner_text()
    for expected in ("content/entries/veto.md:3:7", "this key is unknown", "hint: did you mean “title”?", "no person is called “Zelinsky”"):
        assert expected in words
    frame = overlay.locator("pre").first
    assert frame.inner_text() == "  3 | title: The veto\n    |       ^"
    assert "mono" in frame.evaluate("one => getComputedStyle(one).fontFamily").lower()
    assert page.locator("#event-07").is_visible()
    preview.save(problems=problems("only one is left"))
    page.get_by_role("alertdialog", name="1 problem").wait_for()
    preview.save(problems=[])
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.locator("#_preview-bar")).to_be_hidden()
    assert is_the_same(page)


def test_problems_are_text_whatever_they_hold(page: Page, preview: Preview) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    opened(page, preview)
    preview.save(problems=[problem(hostile, hint=hostile, frame=f"  3 | {hostile}", file=f"content/entries/{hostile}.md")], kept=[hostile])
    overlay = page.get_by_role("alertdialog")
    overlay.wait_for()
    assert overlay.inner_text().count(hostile) == 4
    assert page.locator("#_preview :is(img, script)").count() == 0
    assert hostile in page.locator("#_preview-bar").inner_text()


def test_escape_folds_the_overlay_into_a_bar_that_unfolds_it(page: Page, preview: Preview) -> None:
    opened(page, preview)
    page.locator("#event-07 h4 a").focus()
    preview.save(problems=problems("one", "two"))
    overlay, bar = page.get_by_role("alertdialog"), page.locator("#_preview-bar")
    overlay.wait_for()
    wait_for(page, lambda: overlay.evaluate("one => one.contains(document.activeElement)"))
    page.keyboard.press("Escape")
    expect(overlay).to_have_count(0)
    expect(page.locator("#event-07 h4 a")).to_be_focused()
    expect(bar).to_contain_text("2 problems")
    preview.save(problems=problems("one", "two", "three"))
    expect(bar).to_contain_text("3 problems")
    assert overlay.count() == 0, "who folded it wants to see the page"
    bar.get_by_role("button").click()
    overlay.wait_for()
    page.get_by_role("button", name="Hide").click()
    expect(overlay).to_have_count(0)
    preview.save(problems=[])
    expect(bar).to_be_hidden()
    preview.save(problems=problems("another"))
    overlay.wait_for()


def test_the_focus_returns_when_all_problems_are_fixed(page: Page, preview: Preview) -> None:
    opened(page, preview)
    page.locator("#event-07 h4 a").focus()
    preview.save(problems=problems("one"))
    page.get_by_role("alertdialog").wait_for()
    preview.save(site(**event(7, "Seven, told otherwise")), problems=[])
    expect(page.locator("#event-07 h4 a")).to_be_focused()


def test_a_problems_place_opens_in_the_editor(page: Page, preview: Preview) -> None:
    opened(page, preview)
    catch_openings(page)
    preview.save(problems=[problem()])
    page.get_by_role("button", name="content/entries/veto.md:3:7").click()
    wait_for(page, lambda: openings(page) == ["editor://open/my%20site/content/entries/veto.md:3:7"])


def test_files_whose_last_good_form_is_shown_are_named(page: Page, preview: Preview) -> None:
    opened(page, preview)
    bar = page.locator("#_preview-bar")
    preview.save(problems=[problem()], kept=["content/entries/veto.md"])
    expect(bar).to_have_text(re.compile("Showing the last good version of content/entries/veto.md$"), use_inner_text=True)
    preview.save(problems=[problem()], kept=[f"content/entries/{number}.md" for number in range(9)])
    expect(bar).to_contain_text("content/entries/0.md, content/entries/1.md, content/entries/2.md and 6 more")
    preview.save(problems=[], kept=[])
    expect(bar).to_be_hidden()


def test_hundreds_of_problems_are_counted_and_the_first_are_shown(page: Page, preview: Preview) -> None:
    opened(page, preview)
    preview.save(problems=problems(*(f"mistake {number}" for number in range(300))))
    overlay = page.get_by_role("alertdialog", name="300 problems")
    overlay.wait_for()
    expect(overlay.get_by_role("listitem")).to_have_count(51)
    expect(overlay).to_contain_text("and 250 more")


def test_a_site_that_started_broken_appears_once_fixed(page: Page, previews: Callable[..., Preview]) -> None:
    stub = b"<!doctype html><html lang=en><head><link rel=icon href=data:,><title>There are problems</title></head><body><p>Mend them.</p></body></html>"
    preview = previews(BuiltSite({"/": stub, "/404.html": stub}, "/repo/", ()))
    preview.said |= {"first": True, "problems": problems("this key is unknown")}
    opened(page, preview)
    page.get_by_role("alertdialog", name="1 problem").wait_for()
    preview.save(first=True, problems=problems("this key is unknown", "and this"))
    page.get_by_role("alertdialog", name="2 problems").wait_for()
    preview.save(site(), first=False, problems=[])
    expect(page.locator("h1")).to_have_text("A long story")
    assert not is_the_same(page)
    assert page.get_by_role("alertdialog").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_overlay_fits_the_screen_and_leaves_paper_alone(visits: Visits, preview: Preview, scheme: Any, width: int) -> None:
    page = visits.page(viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce")
    opened(page, preview)
    long_line = "  3 | title: " + "a very long title " * 12 + "\n    |       ^"
    preview.save(problems=[problem(frame=long_line, file="content/entries/" + "deep/" * 30 + "veto.md")], kept=["content/entries/veto.md"])
    overlay = page.get_by_role("alertdialog")
    overlay.wait_for()
    box = overlay.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] > 60, "some of the page is still to be seen"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert overlay.evaluate("one => one.getAnimations().length") == 0
    dark = overlay.evaluate("one => getComputedStyle(one).backgroundColor.match(/\\d+/g).every(part => part < 80)")
    assert dark == (scheme == "dark")
    page.emulate_media(media="print")
    expect(overlay).to_be_hidden()
    expect(page.locator("#_preview-bar")).to_be_hidden()


# Opening the source in the editor


def catch_openings(page: Page) -> None:
    """Record links to the editor instead of following them."""
    page.evaluate(
        """() => {
            window.openings = [];
            addEventListener('click', event => {
                const link = event.target.closest('a[href^="editor:"], a[href^="vscode:"]');
                if (!link) return;
                event.preventDefault();
                openings.push(link.href);
            });
        }"""
    )


def openings(page: Page) -> list[str]:
    found: list[str] = page.evaluate("openings")
    return found


@pytest.fixture
def sourced(previews: Callable[..., Preview]) -> Preview:
    targets = {
        "/": [{"selector": "#event-07", "file": "content/entries/event-07.md", "line": 1}],
        "/entries/long/": [
            {"selector": "h1", "file": "content/entries/long.md", "line": 2},
            {"paragraph": 2, "within": "main", "file": "content/entries/long.md", "line": 9},
            {"passage": "Words of  another.", "file": "content/entries/long.md", "line": 99},
        ],
    }
    quoting = {"content/entries/long.md": entry("A long entry", "2022-01-01", f"{LONG}\n\n> Words of another.")}
    return previews(site(**quoting), targets=targets)


def test_a_click_with_alt_opens_the_entry_in_the_editor(page: Page, sourced: Preview) -> None:
    opened(page, sourced)
    catch_openings(page)
    page.locator("#event-07 h4 a").click(modifiers=["Alt"])
    wait_for(page, lambda: openings(page) == ["editor://open/my%20site/content/entries/event-07.md:1:1"])
    assert page.url == sourced.url


def test_paragraphs_passages_and_titles_open_in_the_editor(page: Page, sourced: Preview) -> None:
    opened(page, sourced, "entries/long/")
    catch_openings(page)
    for place, line in (("p >> text=Paragraph 2 of", 9), ("blockquote", 99), ("h1", 2)):
        page.locator(place).click(modifiers=["Alt"])
        wait_for(page, lambda line=line: openings(page)[-1:] == [f"editor://open/my%20site/content/entries/long.md:{line}:1"])
    page.get_by_text("Paragraph 3 of").click(modifiers=["Alt"])
    settle(page)
    assert len(openings(page)) == 3


def test_holding_alt_frames_and_names_the_source_that_would_open(page: Page, sourced: Preview) -> None:
    opened(page, sourced)
    frame = page.locator("#_preview-target")
    page.locator("#event-07 .brief").hover()
    assert not frame.is_visible()
    page.keyboard.down("Alt")
    expect(frame).to_have_text("content/entries/event-07.md:1")
    row, box = page.locator("#event-07").bounding_box(), frame.bounding_box()
    assert row is not None
    assert box is not None
    assert (abs(box["y"] - row["y"]), abs(box["width"] - row["width"])) < (2, 2)
    page.locator("#event-08 .brief").hover()
    expect(frame).to_be_hidden()
    page.locator("#event-07 .brief").hover()
    expect(frame).to_be_visible()
    page.keyboard.up("Alt")
    expect(frame).to_be_hidden()


def test_the_keyboard_opens_the_source_of_the_focused_element(page: Page, sourced: Preview) -> None:
    opened(page, sourced)
    catch_openings(page)
    page.locator("#event-07 h4 a").focus()
    page.keyboard.down("Alt")
    expect(page.locator("#_preview-target")).to_have_text("content/entries/event-07.md:1")
    page.keyboard.press("Enter")
    page.keyboard.up("Alt")
    wait_for(page, lambda: openings(page) == ["editor://open/my%20site/content/entries/event-07.md:1:1"])
    assert page.url == sourced.url


def test_the_sources_are_asked_for_once_a_revision_and_not_before_they_are_wanted(page: Page, sourced: Preview) -> None:
    opened(page, sourced)
    catch_openings(page)

    def times() -> int:
        return sourced.asked.count("/_preview/sources")

    assert times() == 0
    for _ in range(2):
        page.locator("#event-07 h4 a").click(modifiers=["Alt"])
    wait_for(page, lambda: len(openings(page)) == 2)
    assert times() == 1
    sourced.save(site(**event(7, "Seven, told otherwise")))
    expect(page.locator("#event-07 h4 a")).to_have_text("Seven, told otherwise")
    page.locator("#event-07 h4 a").click(modifiers=["Alt"])
    wait_for(page, lambda: len(openings(page)) == 3)
    assert times() == 2


@pytest.mark.parametrize("editor", ["javascript:alert(1)//{file}", "data:text/html,{file}", "no address"])
def test_an_editors_address_that_runs_something_is_not_followed(page: Page, sourced: Preview, editor: str) -> None:
    sourced.editor = editor
    opened(page, sourced)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.locator("#event-07 h4 a").click(modifiers=["Alt"])
    wait_for(page, lambda: "/_preview/sources" in sourced.asked)
    settle(page)
    assert page.url == sourced.url


# Following the editor


def test_the_preview_goes_to_the_entry_that_was_saved(page: Page, preview: Preview) -> None:
    opened(page, preview, "entries/event-07/")
    preview.save(site(**event(8, "Eight, told otherwise")), follow="/entries/event-08/")
    page.wait_for_url("**/repo/entries/event-08/")
    expect(page.locator("h1")).to_have_text("Eight, told otherwise")
    wait_for(page, lambda: preview.streams == 1)
    page.evaluate("window.isTheSame = true")
    preview.save(site(**event(8, "Eight")), follow="/entries/event-08/")
    expect(page.locator("h1")).to_have_text("Eight")
    assert is_the_same(page)


def test_a_list_that_holds_the_entry_shows_it_there(page: Page, preview: Preview) -> None:
    opened(page, preview)
    preview.save(site(**event(1, "One, told otherwise")), follow="/entries/event-01/")
    expect(page.locator("#event-01 h4 a")).to_have_text("One, told otherwise")
    expect(page.locator("#event-01")).to_be_in_viewport()
    expect(page.locator("#event-01:target")).to_be_attached()
    assert is_the_same(page)


def test_leaving_the_entry_stops_following(page: Page, preview: Preview) -> None:
    opened(page, preview)
    preview.save(site(**event(1, "One, told otherwise")), follow="/entries/event-01/")
    expect(page.locator("#event-01")).to_be_in_viewport()
    page.goto(f"{preview.url}entries/long/")
    page.wait_for_timeout(200)
    assert page.url.endswith("/entries/long/")


def test_a_phone_shows_the_same(phone: Page, preview: Preview) -> None:
    opened(phone, preview)
    preview.save(site(**event(7, "Seven, told otherwise")), problems=problems("one"))
    expect(phone.locator("#event-07 h4 a")).to_have_text("Seven, told otherwise")
    box = phone.get_by_role("alertdialog").bounding_box()
    assert box is not None
    assert box["width"] <= PHONE["width"]
