"""A build over the remains of any earlier builds equals a clean one, byte for byte: after edits, damage, lost states and kills.

A slow test removes each check in turn: the same edits must then fail.
"""

import errno
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sitegen import render
from sitegen.builder import (
    command,
    full_build,
    inputs,
    manifest,
    output,
    page_reads,
    page_worker,
    parse_files,
    parse_store,
    pipeline,
    stat_signature,
    theme,
    worker_pool,
)
from sitegen.builder.result import BuildOptions, BuildResult
from sitegen.builder.store import Store
from sitegen.pages.urls import output_path
from sitegen.problems import Problem, stops_a_build
from sitegen.render import Renderer
from tests.support.built_sites import entry, written
from tests.support.random_edits import SITE, RandomEditor, compiled, heal, save

MINE = {"CNAME": b"example.org", "entries/mine.txt": b"mine"}
"somebody else's files in the output folder"


def built(root: Path, jobs: int = 1, *, explains: bool = False) -> BuildResult:
    result = command.build(root, BuildOptions(root / "site", jobs=jobs, explains=explains))
    assert result.written is not None, result.problems
    return result


def test_a_build_with_nothing_changed_parses_renders_and_writes_nothing(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    first, second = built(root), built(root)
    assert second == replace(first, parsed=0, why={}, written=replace(second.written, created=()))  # type: ignore[type-var]
    assert (second.problems, second.entries) == (first.problems, first.entries)


def test_an_edit_of_a_body_parses_one_file_and_renders_one_page(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    time.sleep(0.2)  # until file times are older than a tick of the disk's clock
    built(root)
    file = "content/entries/two.md"
    save(root, file, SITE[file].replace("More.", "More, and more."))
    result = built(root)
    assert (result.parsed, result.why) == (1, {"entries/two/index.html": f"its text in {file} was edited"})


def test_an_edit_of_a_title_parses_one_file_and_renders_the_pages_that_show_it(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    built(root)
    save(root, "content/entries/two.md", SITE["content/entries/two.md"].replace("Two", "The second"))
    result = built(root, explains=True)
    shown = "it shows “The second” (content/entries/two.md), whose title changed"
    assert result.parsed == 1
    assert result.why["entries/two/index.html"] == (
        "its own file content/entries/two.md was edited: title; this changes its head, title and cite"
    )
    assert result.why["entries/one/index.html"] == f"{shown}; this changes its threads"
    assert result.why["people/ada/index.html"] == result.why["feed.json"] == shown
    assert not {"about/index.html", "articles/wire/index.html", "places/ford/index.html", "404.html"} & result.why.keys()


def test_an_edit_of_a_title_makes_only_the_pages_that_read_its_entry(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    time.sleep(0.2)  # until file times are older than a tick of the disk's clock
    built(root)
    made: list[int] = []
    save(root, "content/entries/two.md", SITE["content/entries/two.md"].replace("Two", "The second"))
    outcome = command.build(root, BuildOptions(root / "site", on_pages=lambda _, pages: made.append(pages)))
    assert outcome.written is not None
    assert len(outcome.why) <= made[-1] < outcome.written.unchanged


def test_a_list_shows_the_new_title_that_the_brief_of_a_listed_entry_links_to(tmp_path: Path) -> None:
    linking = entry("Linking", "2023-05-01", "As in [[two]].", people=["Somebody Else"])
    root = written(tmp_path, {**SITE, "content/entries/linking.md": linking})
    time.sleep(0.2)  # as above
    built(root)
    save(root, "content/entries/two.md", SITE["content/entries/two.md"].replace("Two", "The second"))
    built(root)
    assert "As in The second." in (root / "site/people/somebody-else/index.html").read_text()


def test_an_unaffected_page_is_written_again_if_its_file_was_changed(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    time.sleep(0.2)  # as above
    built(root)
    (root / "site/about/index.html").write_text("spoilt")
    save(root, "content/entries/two.md", SITE["content/entries/two.md"].replace("Two", "The second"))
    outcome = built(root)
    assert outcome.written is not None
    assert "about/index.html" in outcome.written.changed


def test_a_reason_names_added_removed_and_changed_entries(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    built(root)
    (root / "content/entries/two.md").unlink()
    written(root, {"content/entries/one.md": SITE["content/entries/one.md"].replace("[[two]]", "[[three]]")})
    written(root, {"content/entries/four.md": SITE["content/entries/two.md"].replace("Two", "Four")})
    why = built(root, explains=True).why
    gone, came = "it no longer shows “Two” (content/entries/two.md)", "it now shows “Four” (content/entries/four.md)"
    assert why["tags/mud/index.html"] == f"{came}, {gone}"
    assert why["people/ada/index.html"] == f"{came}, {gone}, and 1 more"
    save(root, "content/people/ada.md", SITE["content/people/ada.md"].replace("Ada L.", "Ada Lovelace"))
    assert built(root, explains=True).why["people/ada/index.html"].startswith("its own file content/people/ada.md was edited: spellings")
    save(root, "sitegen.toml", SITE["sitegen.toml"].replace("Newsroom", "The newsroom"))
    assert built(root, explains=True).why["about/index.html"] == "something that every page shows has changed: title"


def test_a_layout_that_changes_renders_the_pages_that_use_it(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    built(root)
    written(root, {"layouts/page.html": "<p>mine</p>"})
    result = built(root)
    why = "its layout page.html, or one that it includes, has changed"
    assert (result.parsed, result.why) == (0, {"about/index.html": why})
    written(root, {"layouts/_thread.html": "unused"})
    assert built(root).why == {}


def test_a_changed_output_file_is_written_again(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    built(root)
    page = root / "site/about/index.html"
    good = page.read_bytes()
    page.write_bytes(good[:-1] + b"?")
    result = built(root)
    assert (result.why, page.read_bytes()) == ({"about/index.html": "its file was changed or deleted after the last build"}, good)


def test_a_fresh_checkout_beside_an_older_state_parses_and_renders_nothing(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    built(root)
    for path in sorted((root / "content").rglob("*.*")):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
    result = built(root)
    assert (result.parsed, result.why) == (0, {})


def share_all(patch: pytest.MonkeyPatch, at_once: int = 3) -> None:
    """Share all work between processes. A build does so only from 200 files."""
    patch.setattr(full_build, "WORTH_SHARING", 1)
    patch.setattr(parse_files, "WORTH_SHARING", 1)
    patch.setattr(worker_pool, "_AT_ONCE", at_once)


@pytest.mark.parametrize("jobs", [2, 5])
def test_every_number_of_jobs_makes_the_same_site(tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, together = written(tmp_path / "alone", SITE), written(tmp_path / "together", SITE)
    expected = built(alone, jobs=1)
    share_all(monkeypatch)
    result = built(together, jobs=jobs)
    assert (result.written, result.why, result.parsed) == (expected.written, expected.why, expected.parsed)
    assert snapshot(alone / "site") == snapshot(together / "site")


def test_a_system_without_fork_makes_the_same_site_in_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, without = written(tmp_path / "alone", SITE), written(tmp_path / "without", SITE)
    built(alone, jobs=1)
    share_all(monkeypatch)
    # The tests run only on systems that have fork.
    monkeypatch.setattr(worker_pool, "HAS_FORK", False)
    monkeypatch.delattr(os, "fork")
    built(without, jobs=2)
    assert snapshot(alone / "site") == snapshot(without / "site")


def test_a_problem_found_by_one_process_stops_all_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share_all(monkeypatch)
    root = written(tmp_path, SITE | {"layouts/page.html": "{{ nothing }}"})
    result = command.build(root, BuildOptions(root / "site", jobs=3))
    assert [found.file for found in result.problems if found.severity == "problem"] == ["layouts/page.html"]
    assert not (root / "site").exists()


def test_a_manifest_of_another_format_or_program_is_ignored_and_nothing_is_written_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written(tmp_path, SITE)
    first = built(root)
    save(root, "content/entries/stray.txt", "so that all is looked at")
    # The running program has one digest and one format.
    monkeypatch.setattr(inputs, "program_digest", lambda: b"another")
    assert set(built(root).why.values()) == {page_worker.FORCED}
    monkeypatch.setattr(manifest, "FORMAT", manifest.FORMAT + 1)
    monkeypatch.setattr(parse_store, "FORMAT", parse_store.FORMAT + 1)
    result = built(root)
    assert (set(result.why.values()), result.parsed) == ({page_worker.NEW}, first.parsed)
    assert result.written is not None
    assert (result.written.created, result.written.changed) == ((), ())


ANY_ZONE_BUT_KYIV = "\n_is_known = is_zone\n\n\ndef is_zone(name: str) -> bool:\n    return name != 'Europe/Kyiv' and _is_known(name)\n"


def test_another_program_parses_every_file_again(tmp_path: Path) -> None:
    program = tmp_path / "program"
    for name in ("sitegen", "layouts", "assets"):
        shutil.copytree(inputs.PACKAGE.parent / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
    root = written(tmp_path / "root", SITE | {"content/entries/four.md": entry("Four", "2024-01-01", zone="Europe/Kyiv")})

    def build_with_the_copy() -> int:
        command = [sys.executable, "-m", "sitegen", "build"]
        return subprocess.run(
            command, cwd=root, env=os.environ | {"PYTHONPATH": str(program)}, capture_output=True, timeout=60, check=False
        ).returncode

    assert build_with_the_copy() == 0
    config = program / "sitegen/config.py"
    config.write_text(config.read_text() + ANY_ZONE_BUT_KYIV)
    assert build_with_the_copy() == 1


@pytest.mark.parametrize("edit", ["", "More of it.", "[[Ben]]"])
def test_a_full_disk_at_the_manifest_is_a_problem_and_the_next_build_recovers(
    tmp_path: Path, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written(tmp_path, SITE)
    time.sleep(0.2)
    built(root)
    save(root, "content/entries/two.md", f"{SITE['content/entries/two.md']}{edit}")

    def full(store: Store, folder: Path, *_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(store.file))

    # A disk cannot be filled up between two given writes.
    with monkeypatch.context() as patch:
        patch.setattr(manifest, "save", full)
        result = command.build(root, BuildOptions(root / "site"))
    assert (result.written, result.is_torn) == (None, bool(edit))
    assert [found.file for found in result.problems if found.severity == "problem"] == [".sitegen/state.db"]
    built(root)
    assert snapshot(root / "site") == clean(root, BuildOptions(root / "site"))[0]


class KilledError(BaseException):
    """The process was killed."""


class RandomDamage:
    """Damages the output and the state at random, and leaves the content unchanged."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.chance, self.output = root, chance, root / "site"
        self.older = root.parent / "older"
        self.has_lost = False
        "the list of written files may be incomplete"

    def strike(self) -> None:
        self.chance.choice(
            [self.spoil, self.spoil, self.remove, self.lose_all, self.lose_one, self.keep, self.put_back, self.touch, self.cut]
        )()

    def _some(self, folder: Path) -> Path | None:
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).as_posix() not in MINE)
        return self.chance.choice(files) if files else None

    def spoil(self) -> None:
        path = self._some(self.output)
        if path is not None:
            data = path.read_bytes()
            path.write_bytes(self.chance.choice([b"", data[:-1] + b"?", data + b"more"]))

    def remove(self) -> None:
        path = self._some(self.output)
        if path is not None:
            path.unlink()

    def cut(self) -> None:
        """Truncate a file of the state."""
        path = self._some(self.root / ".sitegen")
        if path is not None:
            self.has_lost = True
            path.write_bytes(path.read_bytes()[: self.chance.randrange(200)])

    def lose_all(self) -> None:
        self.has_lost = True
        shutil.rmtree(self.root / ".sitegen", ignore_errors=True)

    def lose_one(self) -> None:
        self.has_lost = True
        path = self._some(self.root / ".sitegen")
        if path is not None:
            path.unlink()

    def keep(self) -> None:
        shutil.rmtree(self.older, ignore_errors=True)
        if (self.root / ".sitegen").is_dir():
            shutil.copytree(self.root / ".sitegen", self.older)

    def put_back(self) -> None:
        """Restore an older state, as a CI cache may."""
        if self.older.is_dir():
            self.has_lost = True
            shutil.rmtree(self.root / ".sitegen", ignore_errors=True)
            shutil.copytree(self.older, self.root / ".sitegen")

    def touch(self) -> None:
        path = self._some(self.root / "content")
        if path is not None:
            path.touch()


def clean(root: Path, options: BuildOptions) -> tuple[dict[str, bytes] | None, tuple[Problem, ...]]:
    """The output of a build into an empty folder; None if problems stop it."""
    edited, problems = pipeline.renderable_site(root, options)
    if edited is None:
        return None, problems
    layouts = compiled(tuple(sorted(theme.layouts(root).items())))
    return {output_path(page.address): pipeline.page_bytes(layouts, page) for page in edited.routes}, problems


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def killed_after(count: int, patch: pytest.MonkeyPatch) -> None:
    """End the build after *count* files. A real kill cannot be timed like that."""
    put, left = output.put, [count]

    def put_or_end(target: str, data: bytes, *, is_new: bool = False) -> None:
        if not left[0]:
            path = Path(target)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}.1{output.UNFINISHED}").write_bytes(data[:10])
            raise KilledError
        left[0] -= 1
        put(target, data, is_new=is_new)

    patch.setattr(output, "put", put_or_end)


class History:
    """A random history of one site."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.seed, self.chance = root, seed, random.Random(seed)
        self.editor, self.damage = RandomEditor(root, seed), RandomDamage(root, self.chance)
        self.options, self.healthy = BuildOptions(root / "site", jobs=1), 0
        heal(root)
        for folder in (root / "site", root / "other"):
            self._begin(folder)

    def _begin(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        command.build(self.root, BuildOptions(folder, jobs=1))
        written(folder, {name: data.decode() for name, data in MINE.items()})

    def go_on(self, step: int, patch: pytest.MonkeyPatch) -> None:
        """One step. Raises AssertionError where the build doesn't equal a clean one."""
        if step % 5 == 4:
            heal(self.root)
        else:
            for _ in range(self.chance.choice((0, 1, 1, 1, 2))):
                self.editor.edit()
        if self.chance.random() < 0.3:
            self.damage.strike()
        if self.chance.random() < 0.1:
            self._ask_for_another_site()
        if self.chance.random() < 0.15:
            self._be_killed(patch)
            if self.chance.random() < 0.5:
                self.editor.edit()
        options = replace(self.options, jobs=self.chance.choice((1, 1, 1, 2)), explains=self.chance.random() < 0.3)
        before = snapshot(options.output)
        result = self._built(options)
        self._compare(step, options, result, before)

    def _ask_for_another_site(self) -> None:
        match self.chance.randrange(3):
            case 0:
                self.options = replace(self.options, with_drafts=not self.options.with_drafts)
            case 1:
                self.options = replace(self.options, base_url=self.chance.choice(("", "https://example.net", "https://example.org/other/")))
            case _:
                self.options = replace(self.options, output=self.root / self.chance.choice(("site", "other")))
        self.damage.output = self.options.output

    def _be_killed(self, patch: pytest.MonkeyPatch) -> None:
        with patch.context() as killing:
            killed_after(self.chance.randrange(6), killing)
            try:
                command.build(self.root, self.options)
            except KilledError:
                return

    def _built(self, options: BuildOptions) -> BuildResult:
        return command.build(self.root, options)

    def _compare(self, step: int, options: BuildOptions, result: BuildResult, before: dict[str, bytes]) -> None:
        where = (self.seed, step)
        expected, problems = clean(self.root, options)
        after = snapshot(options.output)
        of_the_site = {found for found in result.problems if not found.file.startswith(".sitegen/")}
        if any("sitegen didn’t write" in found.message for found in result.problems):
            assert output.GENERATOR not in before.get("index.html", b""), where
            assert (self.damage.has_lost, after) == (True, before), where
            self._begin(options.output)
            return
        if expected is None or stops_a_build(result.problems):
            assert expected is None, (where, result.problems)
            assert (result.written, of_the_site, after) == (None, set(problems), before), where
            return
        self.healthy += 1
        assert {found for found in of_the_site if "“base_url” is not set" not in found.message} == set(problems), where
        left = after.keys() - expected.keys() - MINE.keys()
        assert not left or (self.damage.has_lost and left <= before.keys()), (where, left)
        for name in left:  # nobody knows any more whose they are
            (options.output / name).unlink()
        for name, data in (expected | MINE).items():
            assert after.get(name) == data, (where, name)


def run(folder: Path, seed: int, steps: int, patch: pytest.MonkeyPatch) -> None:
    # A build shares work only from 200 files.
    patch.setattr(full_build, "WORTH_SHARING", 1)
    patch.setattr(parse_files, "WORTH_SHARING", 8)
    history = History(folder / "a site", seed)
    for step in range(steps):
        history.go_on(step, patch)
    assert history.healthy > steps // 3, "most of the edits broke the site, and little was compared"


def run_all(folder: Path, seeds: Iterable[int], steps: int, patch: pytest.MonkeyPatch) -> None:
    for seed in seeds:
        run(folder / str(seed), seed, steps, patch)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_a_build_equals_a_clean_one(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, seed, 60, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 100 + int(os.environ.get("SITEGEN_TEST_STEPS", "2500")) // 250))
def test_after_very_many_edits_a_build_equals_a_clean_one(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, seed, 250, monkeypatch)


# Each function below removes one check, so that the tests above must fail.


def blind_to_views(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(page_worker, "SHOWN", page_worker.CURRENT)


def blind_to_layouts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Renderer, "digests", lambda _: {})


def blind_to_pieces_of_layouts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(render, "_named_in", lambda _: frozenset())


def blind_to_outputs(patch: pytest.MonkeyPatch) -> None:
    for module in (command, page_worker):
        patch.setattr(module, "signature_of", lambda *_, **__: (1, 1, 1, 1))


def blind_to_times(patch: pytest.MonkeyPatch) -> None:
    """Only a file's size shows a change."""
    patch.setattr(stat_signature, "signature_in", lambda found, _: (found.st_size, 1, 1, 1))
    patch.setattr(inputs, "signature_in", lambda found, _: (found.st_size, 1, 1, 1))


def blind_to_inputs(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(inputs, "current_inputs", lambda _: {})


def blind_to_options(patch: pytest.MonkeyPatch) -> None:
    """Options never differ: neither drafts nor the address."""

    class AnyOptions(tuple[bool, str]):
        __slots__ = ()

        def __eq__(self, _: object) -> bool:
            return True

        __hash__ = tuple.__hash__

    load = manifest.load

    def load_any(*where: Any) -> manifest.Manifest | None:
        found = load(*where)
        if found is not None:
            found.options = AnyOptions(found.options)
        return found

    patch.setattr(manifest, "load", load_any)


def blind_to_what_others_see(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(parse_files, "shown_digest", lambda _: b"the same")


def blind_to_other_pages_that_show_an_entry(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(page_reads, "is_affected", lambda *_: False)


def blind_to_kills(patch: pytest.MonkeyPatch) -> None:
    noted = output.noted
    patch.setattr(output, "noted", lambda *where: output.Noted(noted(*where).paths, is_whole=True))


def blind_to_what_was_planned(patch: pytest.MonkeyPatch) -> None:
    """Nothing is recorded before it is written."""
    patch.setattr(output, "begin", lambda *_: None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "blind",
    [
        blind_to_views,
        blind_to_layouts,
        blind_to_pieces_of_layouts,
        blind_to_outputs,
        blind_to_times,
        blind_to_inputs,
        blind_to_options,
        blind_to_what_others_see,
        blind_to_other_pages_that_show_an_entry,
        blind_to_kills,
        blind_to_what_was_planned,
    ],
)
def test_without_any_one_check_some_edit_is_missed(
    tmp_path: Path, blind: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    blind(monkeypatch)
    with pytest.raises(AssertionError):
        run_all(tmp_path, range(8), 60, monkeypatch)
