"""A site held in memory equals one read from scratch after every edit, and does no needless work."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.builder import parse_store, pipeline, theme
from sitegen.builder.live_site import LiveSite, SiteUpdate
from sitegen.builder.result import BuildOptions
from sitegen.builder.store import state_store
from sitegen.problems import stops_a_build
from tests.support.built_sites import entry, written
from tests.support.random_edits import SITE, RandomEditor, compiled, heal, save


def pages(site: pipeline.RenderableSite) -> dict[str, bytes]:
    return {page.address: pipeline.page_bytes(site.layouts, page) for page in site.routes}


def shown(update: SiteUpdate) -> dict[str, bytes]:
    assert update.site is not None
    return pages(update.site)


def afresh(root: Path) -> tuple[pipeline.RenderableSite | None, tuple[object, ...]]:
    return pipeline.renderable_site(root, BuildOptions(root / "site", with_drafts=True))


def assert_equals_a_fresh_one(root: Path, update: SiteUpdate, step: object = "") -> None:
    site, problems = afresh(root)
    assert update.problems == problems, step
    if site is not None:
        assert update.site is not None
        assert update.kept == (), step
        layouts = compiled(tuple(sorted(theme.layouts(root).items())))
        assert pages(update.site) == pages(replace(site, layouts=layouts)), step


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written(tmp_path, SITE)


@pytest.fixture
def live_site(root: Path) -> LiveSite:
    live_site = LiveSite(root)
    assert live_site.update().problems == ()
    return live_site


def test_the_first_update_reads_everything_and_the_second_nothing(root: Path, live_site: LiveSite) -> None:
    files = len([file for file in SITE if file.startswith("content/")])
    assert (live_site.parse_cache.times_parsed, live_site.times_linked) == (files, 1)
    update = live_site.update()
    assert (live_site.parse_cache.times_parsed, live_site.times_linked) == (files, 1)
    assert not update.changed
    assert_equals_a_fresh_one(root, update)


@pytest.mark.parametrize("is_told", [True, False])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/entries/one.md", "More, see", "Much more, see"),
        ("content/entries/two.md", "A note.", "A note.\n\nA last paragraph, [a path](/entries/one/)."),
        ("content/people/ada.md", "[[one]]", "[[one]] and [[two]]"),
        ("content/pages/about.md", "[[Ada]]", "[[Ada]] and [[Ford]]"),
    ],
)
def test_an_edit_of_a_body_links_nothing(root: Path, live_site: LiveSite, file: str, old: str, new: str, is_told: bool) -> None:
    parsed = live_site.parse_cache.times_parsed
    path = save(root, file, SITE[file].replace(old, new))
    update = live_site.update({path} if is_told else None)
    assert (live_site.parse_cache.times_parsed - parsed, live_site.times_linked) == (1, 1)
    assert update.files == {file}
    assert update.changed.content
    assert_equals_a_fresh_one(root, update)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/entries/two.md", "Two", "The second"),
        ("content/entries/two.md", "A note.", "Another note."),
        ("content/entries/one.md", "First.", "At first."),
        ("content/entries/two.md", "\n---\n", "\nkey: true\nstatus: disputed\n---\n"),
    ],
)
def test_an_edit_of_an_entrys_text_parses_its_file_alone_and_links_nothing(
    root: Path, live_site: LiveSite, file: str, old: str, new: str
) -> None:
    shown(live_site.update())
    parsed = live_site.parse_cache.times_parsed
    update = live_site.update({save(root, file, SITE[file].replace(old, new, 1))})
    assert (live_site.parse_cache.times_parsed - parsed, live_site.times_linked) == (1, 1)
    assert update.files == {file}
    assert_equals_a_fresh_one(root, update)


def test_a_new_title_is_shown_wherever_a_text_links_to_the_entry(root: Path, live_site: LiveSite) -> None:
    shown(live_site.update({save(root, "content/entries/three.md", SITE["content/entries/three.md"].replace("Third.", "As in [[two]]."))}))
    linked = live_site.times_linked
    update = live_site.update({save(root, "content/entries/two.md", SITE["content/entries/two.md"].replace("Two", "The second"))})
    assert live_site.times_linked == linked
    assert b"As in The second." in shown(update)["/"]
    assert_equals_a_fresh_one(root, update)


def test_an_edit_of_a_date_parses_its_file_alone_and_links(root: Path, live_site: LiveSite) -> None:
    parsed = live_site.parse_cache.times_parsed
    update = live_site.update({save(root, "content/entries/two.md", SITE["content/entries/two.md"].replace("2023-04-08", "2023-04-06"))})
    assert (live_site.parse_cache.times_parsed - parsed, live_site.times_linked) == (1, 2)
    assert_equals_a_fresh_one(root, update)


def test_a_save_without_a_change_changes_nothing(root: Path, live_site: LiveSite) -> None:
    parsed = live_site.parse_cache.times_parsed
    update = live_site.update({save(root, "content/entries/two.md", SITE["content/entries/two.md"])})
    assert (live_site.parse_cache.times_parsed - parsed, live_site.times_linked, bool(update.changed)) == (0, 1, False)


def test_a_file_saved_twice_within_a_tick_is_read_twice(root: Path, live_site: LiveSite) -> None:
    path = root / "content/entries/two.md"
    for word in ("Third", "Forth", "Fifth"):
        stat = path.stat()
        path.write_text(SITE["content/entries/two.md"].replace("Two", word))
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert_equals_a_fresh_one(root, live_site.update(), word)


def test_changed_styles_and_scripts_are_reported_separately_from_content(root: Path, live_site: LiveSite) -> None:
    update = live_site.update({save(root, "assets/style.css", "body { color: red }")})
    assert (update.changed.content, update.changed.styles, update.changed.scripts) == (False, True, False)
    update = live_site.update({save(root, "assets/timeline.js", "// mine")})
    assert (update.changed.content, update.changed.styles, update.changed.scripts) == (False, False, True)
    update = live_site.update({save(root, "layouts/page.html", "<p>mine</p>")})
    assert (update.changed.content, update.changed.styles, update.changed.scripts) == (True, False, False)
    update = live_site.update({save(root, "sitegen.toml", 'title = "Another"\nquoted_share = 1\n')})
    assert (update.changed.content, update.changed.styles, update.changed.scripts) == (True, False, False)
    assert_equals_a_fresh_one(root, update)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: [\n---\n",
        entry("Two", "2023-02-30", "New words."),
        entry("Two", "2023-04-08", "To [[nobody]]."),
        entry("Two", "2023-04-08", "To [a page](/entries/none/)."),
        "",
    ],
)
def test_a_broken_file_is_kept_in_its_last_good_form_and_hides_no_other(root: Path, live_site: LiveSite, text: str) -> None:
    path = save(root, "content/entries/two.md", text)
    update = live_site.update({path})
    assert update.kept == ("content/entries/two.md",)
    assert stops_a_build(update.problems)
    assert_equals_a_fresh_one(root, update)
    other = save(root, "content/entries/one.md", SITE["content/entries/one.md"].replace("One", "The first"))
    update = live_site.update({other})
    assert b"The first" in shown(update)["/entries/one/"]
    assert b"Second." in shown(update)["/entries/two/"]
    update = live_site.update({save(root, "content/entries/two.md", SITE["content/entries/two.md"])})
    assert update.kept == ()
    assert_equals_a_fresh_one(root, update)


def test_while_a_file_is_broken_an_edit_of_another_ones_body_links_nothing(root: Path, live_site: LiveSite) -> None:
    live_site.update({save(root, "content/entries/two.md", entry("Two", "2023-04-08", "To [[nobody]]."))})
    linked = live_site.times_linked
    new = SITE["content/entries/one.md"].replace("More, see [[two]] and", "Still more of [[two]] and")
    update = live_site.update({save(root, "content/entries/one.md", new)})
    assert live_site.times_linked == linked
    assert update.kept == ("content/entries/two.md",)
    assert_equals_a_fresh_one(root, update)
    assert b"Still more" in shown(update)["/entries/one/"]
    assert b"Second." in shown(update)["/entries/two/"]
    update = live_site.update({save(root, "content/entries/two.md", SITE["content/entries/two.md"])})
    assert update.kept == ()
    assert_equals_a_fresh_one(root, update)
    assert b"Still more" in shown(update)["/entries/one/"]


def test_a_body_is_not_patched_into_an_outdated_site(root: Path, live_site: LiveSite) -> None:
    before = shown(live_site.update())
    (root / "content/entries/two.md").unlink()
    live_site.update()
    new = SITE["content/entries/three.md"].replace("Third.", "Third. And more.")
    assert shown(live_site.update({save(root, "content/entries/three.md", new)})) == before


def test_a_new_file_that_is_broken_hides_no_other(root: Path, live_site: LiveSite) -> None:
    save(root, "content/entries/new.md", "---\ntitle: [\n---\n")
    update = live_site.update()
    assert (update.kept, stops_a_build(update.problems)) == ((), True)
    save(root, "content/entries/one.md", SITE["content/entries/one.md"].replace("One", "The first"))
    update = live_site.update()
    assert b"The first" in shown(update)["/entries/one/"]


def test_content_that_does_not_link_leaves_the_last_good_site(root: Path, live_site: LiveSite) -> None:
    before = shown(live_site.update())
    (root / "content/entries/two.md").unlink()
    update = live_site.update()
    assert shown(update) == before
    assert update.kept == ("content/entries/one.md",)


def test_a_site_broken_from_the_start_shows_nothing_until_it_is_fixed(tmp_path: Path) -> None:
    root = written(tmp_path, {**SITE, "content/entries/one.md": entry("One", "someday")})
    live_site = LiveSite(root)
    update = live_site.update()
    assert (update.site, stops_a_build(update.problems)) == (None, True)
    update = live_site.update({save(root, "content/entries/one.md", SITE["content/entries/one.md"])})
    assert_equals_a_fresh_one(root, update)


def restarted(root: Path, live_site: LiveSite) -> LiveSite:
    """As another run of the preview would begin."""
    parse_store.save(live_site.parse_cache.store, live_site.parse_cache.kept, live_site.parse_cache.taken)
    again = LiveSite(root)
    again.parse_cache.take(parse_store.load(again.parse_cache.store))
    again.update()
    return again


def test_parsed_files_are_kept_from_run_to_run(root: Path, live_site: LiveSite) -> None:
    cited = [{"url": "https://example.org/", "title": "Elsewhere", "published": "2023-04-07"}]
    save(root, "content/entries/two.md", entry("Two", "2023-04-03..2023-04-07", "Second.", accounts=cited, added="2023-04-08"))
    live_site.update()
    again = restarted(root, live_site)
    assert again.parse_cache.times_parsed == 0
    assert again.parse_cache.facts == live_site.parse_cache.facts
    assert dict(again.parse_cache.bodies) == dict(live_site.parse_cache.bodies)
    assert_equals_a_fresh_one(root, again.update())
    save(root, "content/entries/one.md", SITE["content/entries/one.md"].replace("One", "The first"))
    once_more = restarted(root, again)
    assert once_more.parse_cache.times_parsed == 1
    assert_equals_a_fresh_one(root, once_more.update())


@pytest.mark.parametrize("data", [b"", b"\x93\x01", b"nonsense", b"\x93\x01\xc4\x00\x90", b"\x93\x63\xc4\x00\x90"])
def test_an_invalid_state_is_ignored(root: Path, data: bytes) -> None:
    (root / ".sitegen").mkdir()
    store = state_store(root)
    store.file.write_bytes(data)
    assert parse_store.load(store) == {}


def test_a_state_written_by_other_code_is_ignored(root: Path, live_site: LiveSite, monkeypatch: pytest.MonkeyPatch) -> None:
    store = live_site.parse_cache.store
    parse_store.save(store, live_site.parse_cache.kept, {})
    assert parse_store.load(store).keys() == live_site.parse_cache.facts.keys()
    # The digest of the running program is fixed.
    monkeypatch.setattr(parse_store, "program_digest", lambda: b"of another version")
    assert parse_store.load(store) == {}
    assert not store.is_damaged


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_a_live_site_equals_a_fresh_one(root: Path, seed: int) -> None:
    run(root, seed, 60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_after_very_many_edits_a_live_site_equals_a_fresh_one(root: Path, seed: int) -> None:
    run(root, seed, 200)


def run(root: Path, seed: int, steps: int) -> None:
    live_site, editor = LiveSite(root), RandomEditor(root, seed)
    live_site.update()
    healthy = 0
    for step in range(steps):
        if step % 5 == 4:
            heal(root)
            paths = None
        else:
            paths = editor.edit() | (editor.edit() if editor.chance.random() < 0.2 else set())
        if editor.chance.random() < 0.1:
            live_site, paths = restarted(root, live_site), None
        update = live_site.update(paths if editor.chance.random() < 0.8 else None)
        assert_equals_a_fresh_one(root, update, (seed, step, paths))
        healthy += not stops_a_build(update.problems)
    assert healthy > steps // 5, "most of the edits broke the site, and little was compared"
