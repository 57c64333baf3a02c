"""A site held in memory while its files are edited: the same as one that is read afresh, and no more made anew than needed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.build import parse_store, pipeline, theme
from sitegen.build.newsroom import Look, Newsroom
from sitegen.build.result import Options
from sitegen.build.store import state_store
from sitegen.problems import stops_a_build
from tests.support.desk import SITE, Desk, compiled, heal, save
from tests.support.finished import entry, written


def pages(edited: pipeline.Edited) -> dict[str, bytes]:
    return {page.address: pipeline.page_bytes(edited.layouts, page) for page in edited.plan}


def shown(look: Look) -> dict[str, bytes]:
    assert look.edited is not None
    return pages(look.edited)


def afresh(root: Path) -> tuple[pipeline.Edited | None, tuple[object, ...]]:
    return pipeline.edit(root, Options(root / "site", with_drafts=True))


def assert_equals_a_fresh_one(root: Path, look: Look, step: object = "") -> None:
    edited, problems = afresh(root)
    assert look.problems == problems, step
    if edited is not None:
        assert look.edited is not None
        assert look.kept == (), step
        layouts = compiled(tuple(sorted(theme.layouts(root).items())))
        assert pages(look.edited) == pages(replace(edited, layouts=layouts)), step


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written(tmp_path, SITE)


@pytest.fixture
def newsroom(root: Path) -> Newsroom:
    newsroom = Newsroom(root)
    assert newsroom.look().problems == ()
    return newsroom


def test_the_first_look_reads_all_and_the_second_nothing(root: Path, newsroom: Newsroom) -> None:
    files = len([file for file in SITE if file.startswith("content/")])
    assert (newsroom.parse_cache.times_parsed, newsroom.times_linked) == (files, 1)
    look = newsroom.look()
    assert (newsroom.parse_cache.times_parsed, newsroom.times_linked) == (files, 1)
    assert not look.changed
    assert_equals_a_fresh_one(root, look)


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
def test_an_edit_of_a_body_links_nothing(root: Path, newsroom: Newsroom, file: str, old: str, new: str, is_told: bool) -> None:
    parsed = newsroom.parse_cache.times_parsed
    path = save(root, file, SITE[file].replace(old, new))
    look = newsroom.look({path} if is_told else None)
    assert (newsroom.parse_cache.times_parsed - parsed, newsroom.times_linked) == (1, 1)
    assert look.files == {file}
    assert look.changed.content
    assert_equals_a_fresh_one(root, look)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/entries/two.md", "Two", "The second"),
        ("content/entries/two.md", "A note.", "Another note."),
        ("content/entries/one.md", "First.", "At first."),
        ("content/entries/two.md", "\n---\n", "\nkey: true\nstatus: disputed\n---\n"),
    ],
)
def test_an_edit_of_what_an_entry_says_parses_its_file_alone_and_links_nothing(
    root: Path, newsroom: Newsroom, file: str, old: str, new: str
) -> None:
    shown(newsroom.look())
    parsed = newsroom.parse_cache.times_parsed
    look = newsroom.look({save(root, file, SITE[file].replace(old, new, 1))})
    assert (newsroom.parse_cache.times_parsed - parsed, newsroom.times_linked) == (1, 1)
    assert look.files == {file}
    assert_equals_a_fresh_one(root, look)


def test_a_new_title_is_shown_wherever_a_text_links_to_the_entry(root: Path, newsroom: Newsroom) -> None:
    shown(newsroom.look({save(root, "content/entries/three.md", SITE["content/entries/three.md"].replace("Third.", "As in [[two]]."))}))
    linked = newsroom.times_linked
    look = newsroom.look({save(root, "content/entries/two.md", SITE["content/entries/two.md"].replace("Two", "The second"))})
    assert newsroom.times_linked == linked
    assert b"As in The second." in shown(look)["/"]
    assert_equals_a_fresh_one(root, look)


def test_an_edit_of_a_date_parses_its_file_alone_and_links(root: Path, newsroom: Newsroom) -> None:
    parsed = newsroom.parse_cache.times_parsed
    look = newsroom.look({save(root, "content/entries/two.md", SITE["content/entries/two.md"].replace("2023-04-08", "2023-04-06"))})
    assert (newsroom.parse_cache.times_parsed - parsed, newsroom.times_linked) == (1, 2)
    assert_equals_a_fresh_one(root, look)


def test_a_save_without_a_change_is_none(root: Path, newsroom: Newsroom) -> None:
    parsed = newsroom.parse_cache.times_parsed
    look = newsroom.look({save(root, "content/entries/two.md", SITE["content/entries/two.md"])})
    assert (newsroom.parse_cache.times_parsed - parsed, newsroom.times_linked, bool(look.changed)) == (0, 1, False)


def test_a_file_saved_twice_within_a_tick_is_read_twice(root: Path, newsroom: Newsroom) -> None:
    path = root / "content/entries/two.md"
    for word in ("Third", "Forth", "Fifth"):
        stat = path.stat()
        path.write_text(SITE["content/entries/two.md"].replace("Two", word))
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert_equals_a_fresh_one(root, newsroom.look(), word)


def test_styles_and_scripts_are_told_apart_from_content(root: Path, newsroom: Newsroom) -> None:
    look = newsroom.look({save(root, "assets/style.css", "body { color: red }")})
    assert (look.changed.content, look.changed.styles, look.changed.scripts) == (False, True, False)
    look = newsroom.look({save(root, "assets/timeline.js", "// mine")})
    assert (look.changed.content, look.changed.styles, look.changed.scripts) == (False, False, True)
    look = newsroom.look({save(root, "layouts/page.html", "<p>mine</p>")})
    assert (look.changed.content, look.changed.styles, look.changed.scripts) == (True, False, False)
    look = newsroom.look({save(root, "sitegen.toml", 'title = "Another"\nquoted_share = 1\n')})
    assert (look.changed.content, look.changed.styles, look.changed.scripts) == (True, False, False)
    assert_equals_a_fresh_one(root, look)


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
def test_a_broken_file_is_kept_in_its_last_good_form_and_hides_no_other(root: Path, newsroom: Newsroom, text: str) -> None:
    path = save(root, "content/entries/two.md", text)
    look = newsroom.look({path})
    assert look.kept == ("content/entries/two.md",)
    assert stops_a_build(look.problems)
    assert_equals_a_fresh_one(root, look)
    other = save(root, "content/entries/one.md", SITE["content/entries/one.md"].replace("One", "The first"))
    look = newsroom.look({other})
    assert b"The first" in shown(look)["/entries/one/"]
    assert b"Second." in shown(look)["/entries/two/"]
    look = newsroom.look({save(root, "content/entries/two.md", SITE["content/entries/two.md"])})
    assert look.kept == ()
    assert_equals_a_fresh_one(root, look)


def test_while_a_file_is_broken_an_edit_of_another_ones_body_links_nothing(root: Path, newsroom: Newsroom) -> None:
    newsroom.look({save(root, "content/entries/two.md", entry("Two", "2023-04-08", "To [[nobody]]."))})
    linked = newsroom.times_linked
    new = SITE["content/entries/one.md"].replace("More, see [[two]] and", "Still more of [[two]] and")
    look = newsroom.look({save(root, "content/entries/one.md", new)})
    assert newsroom.times_linked == linked
    assert look.kept == ("content/entries/two.md",)
    assert_equals_a_fresh_one(root, look)
    assert b"Still more" in shown(look)["/entries/one/"]
    assert b"Second." in shown(look)["/entries/two/"]
    look = newsroom.look({save(root, "content/entries/two.md", SITE["content/entries/two.md"])})
    assert look.kept == ()
    assert_equals_a_fresh_one(root, look)
    assert b"Still more" in shown(look)["/entries/one/"]


def test_a_body_is_not_put_into_a_site_that_stayed_behind(root: Path, newsroom: Newsroom) -> None:
    before = shown(newsroom.look())
    (root / "content/entries/two.md").unlink()
    newsroom.look()
    new = SITE["content/entries/three.md"].replace("Third.", "Third. And more.")
    assert shown(newsroom.look({save(root, "content/entries/three.md", new)})) == before


def test_a_new_file_that_is_broken_hides_no_other(root: Path, newsroom: Newsroom) -> None:
    save(root, "content/entries/new.md", "---\ntitle: [\n---\n")
    look = newsroom.look()
    assert (look.kept, stops_a_build(look.problems)) == ((), True)
    save(root, "content/entries/one.md", SITE["content/entries/one.md"].replace("One", "The first"))
    look = newsroom.look()
    assert b"The first" in shown(look)["/entries/one/"]


def test_what_does_not_fit_together_leaves_the_last_good_site(root: Path, newsroom: Newsroom) -> None:
    before = shown(newsroom.look())
    (root / "content/entries/two.md").unlink()
    look = newsroom.look()
    assert shown(look) == before
    assert look.kept == ("content/entries/one.md",)


def test_a_site_that_is_broken_from_the_start_has_nothing_to_show_until_it_is_mended(tmp_path: Path) -> None:
    root = written(tmp_path, {**SITE, "content/entries/one.md": entry("One", "someday")})
    newsroom = Newsroom(root)
    look = newsroom.look()
    assert (look.edited, stops_a_build(look.problems)) == (None, True)
    look = newsroom.look({save(root, "content/entries/one.md", SITE["content/entries/one.md"])})
    assert_equals_a_fresh_one(root, look)


def restarted(root: Path, newsroom: Newsroom) -> Newsroom:
    """As another run of the preview would begin."""
    parse_store.save(newsroom.parse_cache.store, newsroom.parse_cache.kept, newsroom.parse_cache.taken)
    again = Newsroom(root)
    again.parse_cache.take(parse_store.load(again.parse_cache.store))
    again.look()
    return again


def test_what_was_parsed_is_remembered_from_run_to_run(root: Path, newsroom: Newsroom) -> None:
    cited = [{"url": "https://example.org/", "title": "Elsewhere", "published": "2023-04-07"}]
    save(root, "content/entries/two.md", entry("Two", "2023-04-03..2023-04-07", "Second.", accounts=cited, added="2023-04-08"))
    newsroom.look()
    again = restarted(root, newsroom)
    assert again.parse_cache.times_parsed == 0
    assert again.parse_cache.told == newsroom.parse_cache.told
    assert dict(again.parse_cache.bodies) == dict(newsroom.parse_cache.bodies)
    assert_equals_a_fresh_one(root, again.look())
    save(root, "content/entries/one.md", SITE["content/entries/one.md"].replace("One", "The first"))
    once_more = restarted(root, again)
    assert once_more.parse_cache.times_parsed == 1
    assert_equals_a_fresh_one(root, once_more.look())


@pytest.mark.parametrize("data", [b"", b"\x93\x01", b"nonsense", b"\x93\x01\xc4\x00\x90", b"\x93\x63\xc4\x00\x90"])
def test_a_state_that_is_no_state_is_left_alone(root: Path, data: bytes) -> None:
    (root / ".sitegen").mkdir()
    store = state_store(root)
    store.file.write_bytes(data)
    assert parse_store.load(store) == {}


def test_a_state_that_other_code_wrote_is_left_alone(root: Path, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    store = newsroom.parse_cache.store
    parse_store.save(store, newsroom.parse_cache.kept, {})
    assert parse_store.load(store).keys() == newsroom.parse_cache.told.keys()
    monkeypatch.setattr(parse_store, "program_digest", lambda: b"of another version")
    assert parse_store.load(store) == {}
    assert not store.is_damaged


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_it_is_the_same_as_one_read_afresh(root: Path, seed: int) -> None:
    run(root, seed, 60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_after_very_many_edits_too(root: Path, seed: int) -> None:
    run(root, seed, 200)


def run(root: Path, seed: int, steps: int) -> None:
    newsroom, desk = Newsroom(root), Desk(root, seed)
    newsroom.look()
    healthy = 0
    for step in range(steps):
        if step % 5 == 4:
            heal(root)
            paths = None
        else:
            paths = desk.edit() | (desk.edit() if desk.chance.random() < 0.2 else set())
        if desk.chance.random() < 0.1:
            newsroom, paths = restarted(root, newsroom), None
        look = newsroom.look(paths if desk.chance.random() < 0.8 else None)
        assert_equals_a_fresh_one(root, look, (seed, step, paths))
        healthy += not stops_a_build(look.problems)
    assert healthy > steps // 5, "most of the edits broke the site, and little was compared"
