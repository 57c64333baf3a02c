"""Every way in which editors and tools save: no save is missed, and nothing is parsed twice."""

import argparse
import gc
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from sitegen.serve import watch
from sitegen.serve.preview import Preview
from tests.support.built_sites import entry, written

PATIENCE_S = 20
OPEN_FILES = Path("/proc/self/fd")
FILE = "content/entries/one.md"
SITE = {
    "sitegen.toml": 'title = "Saved"\n',
    FILE: entry("One", "2023-04-07", "First.\n\nMore."),
    "content/entries/2023/two.md": entry("Two", "2023-04-08", "Second."),
    "content/entries/2023/three.md": entry("Three", "2023-04-09", "Third."),
}
NEW = entry("One", "2023-04-07", "First.\n\nAnother word.")


@dataclass
class Watched:
    """A preview whose files are watched in a thread."""

    preview: Preview
    parsed: int
    revision: int
    said: list[str] = field(default_factory=list)

    def shows(self, words: bytes, address: str = "/entries/one/") -> bool:
        answer = self.preview.answer(address, {})
        return answer.status == 200 and words in answer.body

    def wait_for(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, (self.preview.problems, self.said)
            time.sleep(0.01)

    def settle(self) -> None:
        """Wait for pending file events."""
        time.sleep(0.3)

    @property
    def parsed_again(self) -> int:
        return self.preview.live_site.parse_cache.times_parsed - self.parsed

    @property
    def revisions(self) -> int:
        return self.preview.revisions.latest - self.revision


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written(tmp_path, SITE)


@pytest.fixture
def polls() -> bool:
    return False


@pytest.fixture
def watched(root: Path, polls: bool) -> Iterator[Watched]:
    stop = threading.Event()
    preview = Preview(root, follows=True)
    preview.refresh()
    watched = Watched(preview, preview.live_site.parse_cache.times_parsed, preview.revisions.latest)
    options = argparse.Namespace(poll=polls, follow=True)
    thread = threading.Thread(target=watch.run, args=(preview, options, watched.said.append, "http://here/", stop), daemon=True)
    thread.start()
    time.sleep(0.5)  # the watch begins
    yield watched
    stop.set()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def in_place(path: Path) -> None:
    path.write_text(NEW, encoding="utf-8")


def over_it(path: Path) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(NEW, encoding="utf-8")
    beside.replace(path)


def as_vim_does(path: Path) -> None:
    probe = path.with_name("4913")
    probe.touch()
    probe.unlink()
    swap = path.with_name(f".{path.name}.swp")
    swap.write_bytes(b"\0" * 100)
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(NEW, encoding="utf-8")
    path.with_name(f"{path.name}~").unlink()
    swap.unlink()


def as_emacs_does(path: Path) -> None:
    path.with_name(f"#{path.name}#").write_text("half", encoding="utf-8")
    path.with_name(f".#{path.name}").symlink_to("somebody@somewhere.1")
    shutil.copy(path, path.with_name(f"{path.name}~"))
    path.write_text(NEW, encoding="utf-8")
    path.with_name(f".#{path.name}").unlink()
    path.with_name(f"#{path.name}#").unlink()


def as_jetbrains_does(path: Path) -> None:
    beside = path.with_name(f"{path.name}___jb_tmp___")
    beside.write_text(NEW, encoding="utf-8")
    path.rename(path.with_name(f"{path.name}___jb_old___"))
    beside.rename(path)
    path.with_name(f"{path.name}___jb_old___").unlink()


def as_gedit_does(path: Path) -> None:
    beside = path.with_name(".goutputstream-A1B2C3")
    beside.write_text(NEW, encoding="utf-8")
    beside.rename(path)


def as_sed_does(path: Path) -> None:
    beside = path.with_name("sedA1b2C3")
    beside.write_text(NEW, encoding="utf-8")
    beside.rename(path)


def emptied_and_filled(path: Path) -> None:
    path.write_bytes(b"")
    time.sleep(0.02)
    path.write_text(NEW, encoding="utf-8")


WAYS = [in_place, over_it, as_vim_does, as_emacs_does, as_jetbrains_does, as_gedit_does, as_sed_does, emptied_and_filled]


@pytest.mark.parametrize("save", WAYS)
def test_a_save_parses_one_file_and_is_shown(root: Path, watched: Watched, save: Callable[[Path], None]) -> None:
    save(root / FILE)
    watched.wait_for(lambda: watched.shows(b"Another word."))
    watched.settle()
    assert watched.parsed_again == 1
    assert watched.revisions == 1
    assert watched.preview.problems == ()
    assert watched.preview.live_site.times_linked == 1
    assert watched.said == ["http://here/entries/one/"]


@pytest.mark.parametrize("polls", [True])
def test_polling_finds_a_save(root: Path, watched: Watched) -> None:
    in_place(root / FILE)
    watched.wait_for(lambda: watched.shows(b"Another word."))
    assert watched.parsed_again == 1


def test_editors_own_files_cause_no_revision(root: Path, watched: Watched) -> None:
    for name in (".one.md.swp", "one.md~", "#one.md#", "one.md.tmp", "4913"):
        (root / "content/entries" / name).write_text("x", encoding="utf-8")
        (root / "content/entries" / name).unlink()
    watched.settle()
    assert (watched.parsed_again, watched.revisions) == (0, 0)


def test_a_file_created_empty_and_filled_later_is_shown(root: Path, watched: Watched) -> None:
    path = root / "content/entries/new.md"
    path.touch()
    watched.wait_for(lambda: watched.preview.is_broken)
    assert watched.shows(b"First."), "the others are shown meanwhile"
    path.write_text(entry("Newly written", "2023-05-01"), encoding="utf-8")
    watched.wait_for(lambda: watched.shows(b"Newly written", "/entries/new/"))
    assert watched.preview.problems == ()


def test_a_removal_parses_nothing_and_is_shown(root: Path, watched: Watched) -> None:
    (root / FILE).unlink()
    watched.wait_for(lambda: watched.preview.answer("/entries/one/", {}).status == 404)
    assert watched.parsed_again == 0


def test_a_renamed_folder_is_shown_completely(root: Path, watched: Watched) -> None:
    (root / "content/entries/2023").rename(root / "content/entries/later")
    watched.wait_for(
        lambda: watched.preview.live_site.parse_cache.facts.keys() >= {"content/entries/later/two.md", "content/entries/later/three.md"}
    )
    watched.settle()
    assert watched.shows(b"Second.", "/entries/two/")
    assert watched.parsed_again == 2
    (root / "content/entries/later/two.md").write_text(entry("Two", "2023-04-08", "In the new folder."), encoding="utf-8")
    watched.wait_for(lambda: watched.shows(b"In the new folder.", "/entries/two/"))


def git(root: Path, *words: str) -> None:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", *words]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def test_a_checkout_of_hundreds_of_files_is_one_revision(root: Path, watched: Watched) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "few")
    git(root, "checkout", "-q", "-b", "many")
    written(root, {f"content/entries/many/e{number}.md": entry(f"E {number}", "2023-06-01") for number in range(300)})
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "many")
    watched.wait_for(lambda: watched.shows(b"E 299", "/entries/e299/"))
    git(root, "checkout", "-q", "main")
    watched.wait_for(lambda: watched.preview.answer("/entries/e299/", {}).status == 404)
    watched.settle()
    parsed, revision = watched.parsed_again, watched.revisions
    git(root, "checkout", "-q", "many")
    watched.wait_for(lambda: watched.shows(b"E 299", "/entries/e299/"))
    watched.settle()
    assert (watched.parsed_again - parsed, watched.revisions - revision) == (300, 1)
    assert all(watched.preview.answer(f"/entries/e{number}/", {}).status == 200 for number in range(300))


def moved_away_and_copied_back(content: Path) -> None:
    old = content.with_name("old")
    content.rename(old)
    shutil.copytree(old, content)
    shutil.rmtree(old)


def moved_over(content: Path) -> None:
    new = content.with_name("new")
    shutil.copytree(content, new)
    content.rename(content.with_name("old"))
    new.rename(content)


def removed_and_checked_out(content: Path) -> None:
    shutil.rmtree(content)
    git(content.parent, "checkout", "-q", "--", "content")


@pytest.mark.parametrize("replace", [moved_away_and_copied_back, moved_over, removed_and_checked_out])
def test_a_content_folder_that_was_replaced_is_watched_like_the_first(
    root: Path, watched: Watched, replace: Callable[[Path], None]
) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    replace(root / "content")
    watched.settle()
    (root / FILE).write_text(NEW, encoding="utf-8")
    watched.wait_for(lambda: watched.shows(b"Another word."))


def test_the_watcher_survives_an_unexpected_error(root: Path, watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(paths: object) -> NoReturn:
        raise RecursionError("deep")

    # No known input raises here: each that did is a problem now.
    with monkeypatch.context() as broken:
        broken.setattr(watched.preview.live_site, "_current_configuration", fails)
        (root / FILE).write_text(NEW, encoding="utf-8")
        watched.wait_for(lambda: watched.preview.is_broken)
        assert "RecursionError: deep" in watched.preview.problems[0].message
        assert watched.shows(b"First.")
    watched.wait_for(lambda: watched.shows(b"Another word."))
    assert watched.preview.problems == ()


def test_an_interrupted_update_is_repeated(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = Preview(root)
    preview.refresh()
    (root / FILE).write_text(entry("Another title", "2024-04-07", "Text."), encoding="utf-8")
    # No known input interrupts an update.
    with monkeypatch.context() as broken:
        broken.setattr(preview.live_site, "_check", partial(next, iter(())))
        with pytest.raises(StopIteration) as raised:
            preview.refresh()
    preview.fail(raised.value)
    preview.refresh()
    assert b"Another title" in preview.answer("/entries/one/", {}).body
    assert preview.problems == ()


@pytest.mark.parametrize(("file", "is_one_of_many"), [(FILE, False), ("content/entries/2023/four.md", True), ("layouts/page.html", False)])
def test_an_edit_is_handled_at_once_and_a_new_file_with_those_that_follow(root: Path, file: str, is_one_of_many: bool) -> None:
    preview = Preview(root)
    preview.refresh()
    pending = watch.PendingChanges(preview)
    written(root, {file: NEW})
    pending.add({root / file})
    assert pending.is_ready(is_quiet=False) is not is_one_of_many
    assert pending.is_ready(is_quiet=True)


def test_settings_and_layouts_are_reloaded_without_parsing_a_file(root: Path, watched: Watched) -> None:
    written(root, {"sitegen.toml": 'title = "Renamed"\n'})
    watched.wait_for(lambda: watched.shows(b"Renamed"))
    written(root, {"layouts/entry.html": "<h1>Mine</h1>"})
    watched.wait_for(lambda: watched.shows(b"<h1>Mine</h1>"))
    assert watched.parsed_again == 0


def edit_often(root: Path, preview: Preview, times: int) -> tuple[int, int]:
    """Objects that are alive and files that are open after as many edits, each with its page shown."""
    path = root / FILE
    for number in range(times):
        title = f"One {number % 7}" if number % 3 == 0 else "One"
        path.write_text(entry(title, "2023-04-07", f"First.\n\nEdit {number}."), encoding="utf-8")
        preview.refresh({path})
        assert f"Edit {number}.".encode() in preview.answer("/entries/one/", {}).body
        preview.answer("/", {})
        preview.message(0)
    gc.collect()
    return len(gc.get_objects()), len([*OPEN_FILES.iterdir()]) if OPEN_FILES.is_dir() else 0


@pytest.mark.parametrize("times", [150, pytest.param(1000, marks=pytest.mark.slow)])
def test_edits_in_a_row_leave_neither_objects_nor_open_files(root: Path, times: int) -> None:
    preview = Preview(root)
    preview.refresh()
    objects, files = edit_often(root, preview, 50)
    more_objects, more_files = edit_often(root, preview, times)
    assert more_files <= files
    assert more_objects - objects < 3 * times, "each edit leaves something"
