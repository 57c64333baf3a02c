"""Writing the output: only changed files are written, and a failure leaves the last good site.

Nothing that the editor wrote is overwritten or removed; sitegen removes only what it wrote.
"""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.builder import command, output
from sitegen.builder.result import BuildOptions, Written
from sitegen.pages.urls import output_path
from sitegen.problems import Problem
from tests.support.built_sites import built_site, document, entry, written

SITE = {
    "sitegen.toml": 'title = "Outputs"\nbase_url = "https://example.org/"\n',
    "content/entries/one.md": entry("One", "2023-04-07", "First.", people=["Ada"]),
    "content/entries/two.md": entry("Two", "2022-03-01", "Second.", people=["Bo"]),
    "content/pages/about.md": document("Text.", title="About"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written(tmp_path / "a site", SITE)


def build(root: Path, folder: Path | None = None) -> Written:
    result = command.build(root, BuildOptions(folder or root / "site"))
    assert result.written is not None, result.problems
    return result.written


def refused(root: Path, folder: Path | None = None) -> Problem:
    """The problem that kept a build from writing."""
    result = command.build(root, BuildOptions(folder or root / "site"))
    assert result.written is None
    (problem,) = (one for one in result.problems if one.severity == "problem")
    assert problem.hint
    return problem


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def is_sound(root: Path) -> bool:
    """Whether the output equals that of a build into an empty folder."""
    return snapshot(root / "site") == {output_path(address): data for address, data in built_site(root).files.items()}


def test_the_folder_holds_the_rendered_pages_and_nothing_else(root: Path) -> None:
    done = build(root)
    assert (len(done.created), done.changed, done.unchanged, done.removed) == (len(snapshot(root / "site")), (), 0, ())
    assert is_sound(root)


def test_only_changed_files_are_written(root: Path) -> None:
    build(root)
    stamps = {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*") if path.is_file()}
    change(root, "content/pages/about.md", "Text.", "Text.\n\nAnd more.")
    done = build(root)
    assert (done.created, done.changed, done.removed) == ((), ("about/index.html",), ())
    assert [path.relative_to(root / "site").as_posix() for path, stamp in stamps.items() if path.stat().st_mtime_ns != stamp] == [
        "about/index.html"
    ]


def test_an_edit_of_a_body_below_its_first_paragraph_writes_one_page(root: Path) -> None:
    build(root)
    change(root, "content/entries/one.md", "First.", "First.\n\nA second paragraph.")
    assert build(root).changed == ("entries/one/index.html",)


def test_pages_no_longer_planned_are_removed_with_their_empty_folders(root: Path) -> None:
    build(root)
    (root / "content/entries/two.md").unlink()
    done = build(root)
    assert {"entries/two/index.html", "2022/03/index.html", "2022/index.html", "people/bo/index.html", "people/bo/feed.atom"} <= set(
        done.removed
    )
    for gone in ("entries/two", "2022", "people/bo"):
        assert not (root / "site" / gone).exists()
    assert (root / "site/entries/one").is_dir()
    assert is_sound(root)


def test_a_renamed_asset_leaves_nothing_behind(root: Path) -> None:
    written(root, {"assets/style.css": "body { color: black }"})
    build(root)
    written(root, {"assets/style.css": "body { color: red }"})
    done = build(root)
    assert [path for path in done.removed if path.endswith(".css")]
    assert is_sound(root)


def test_foreign_files_in_the_output_are_left_alone(root: Path) -> None:
    build(root)
    mine = {"CNAME": "example.org", "entries/two/mine.txt": "mine", "more/page.html": "<p>mine</p>"}
    written(root / "site", mine)
    (root / "content/entries/two.md").unlink()
    build(root)
    assert {name: (root / "site" / name).read_text() for name in mine} == mine
    assert not (root / "site/entries/two/index.html").exists()


def test_a_foreign_folder_that_is_not_empty_is_refused(root: Path) -> None:
    mine = written(root / "site", {"thesis.txt": "years of work", "index.html": "<p>mine</p>"})
    problem = refused(root)
    assert problem.message == "the output folder contains files that sitegen didn’t write, such as index.html"
    assert snapshot(mine) == {"thesis.txt": b"years of work", "index.html": b"<p>mine</p>"}


@pytest.mark.parametrize("name", [".git/config", ".gitignore", "CNAME", ".nojekyll"])
def test_a_folder_with_files_for_the_host_is_not_foreign(root: Path, name: str) -> None:
    written(root / "site", {name: ""})
    assert "index.html" in build(root).created
    assert (root / "site" / name).exists()


def test_the_output_of_this_repository_holds_a_file_for_git(root: Path) -> None:
    written(root / "site", {".gitignore": "*\n!.gitignore\n"})
    build(root)
    assert (root / "site/.gitignore").read_text() == "*\n!.gitignore\n"


def test_deleting_the_state_is_safe(root: Path) -> None:
    build(root)
    shutil.rmtree(root / ".sitegen")
    done = build(root)
    assert (done.created, done.changed, done.removed) == ((), (), ())
    shutil.rmtree(root / ".sitegen")
    change(root, "content/entries/one.md", "First.", "Changed.")
    assert "entries/one/index.html" in build(root).changed
    assert is_sound(root)


@pytest.mark.parametrize(
    "state", [b"", b"[", b"{}", b"[1, null]", b"\xff\xfe", b'["../../precious.txt", "/etc/hostname", "entries/../../../x"]']
)
def test_a_damaged_list_of_written_files_does_no_harm(root: Path, state: bytes) -> None:
    precious = written(root.parent, {"precious.txt": "keep me"}) / "precious.txt"
    build(root)
    for path in (root / ".sitegen").rglob("*"):
        if path.is_file():
            path.write_bytes(state)
    build(root)
    assert is_sound(root)
    assert precious.read_text() == "keep me"


def test_an_output_beside_the_site_keeps_its_own_state(root: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    build(root, first)
    build(root, second)
    (root / "content/entries/two.md").unlink()
    assert build(root, first).removed == build(root, second).removed
    assert snapshot(first) == snapshot(second)


def test_a_site_built_elsewhere_is_recognised_as_ours(root: Path, tmp_path: Path) -> None:
    build(root)
    copy = shutil.copytree(root, tmp_path / "copy", ignore=shutil.ignore_patterns(".sitegen"))
    assert build(copy).unchanged == len(snapshot(root / "site"))


@pytest.mark.parametrize("folder", [".sitegen", ".sitegen/bodies", ".sitegen/x/y", ".git", ".git/pages", "deep/.git/x", "x/../.sitegen"])
def test_an_output_among_private_files_is_refused(root: Path, folder: str) -> None:
    build(root)
    before = snapshot(root)
    assert refused(root, root / folder).message.startswith("the output folder is inside .")
    assert snapshot(root) == before


@pytest.mark.parametrize("folder", ["content", "content/entries", "layouts", "assets", ".", ".."])
def test_an_output_among_the_sources_is_refused(root: Path, folder: str) -> None:
    before = snapshot(root)
    assert "sources" in refused(root, root / folder).message
    assert snapshot(root) == before


def test_an_output_that_is_a_file_is_refused(root: Path) -> None:
    (root / "site").write_text("a file")
    assert "is a file" in refused(root).message
    assert (root / "site").read_text() == "a file"


def test_a_problem_in_the_content_leaves_the_last_good_site(root: Path) -> None:
    build(root)
    before = snapshot(root)
    change(root, "content/entries/one.md", '"2023-04-07"', '"2023-02-30"')
    assert refused(root).message == "there is no 30 February 2023"
    assert snapshot(root / "site") == {name.removeprefix("site/"): data for name, data in before.items() if name.startswith("site/")}


@pytest.mark.parametrize("layout", ["{{ nothing.of.this }}", "{% if %}", "{% include 'missing.html' %}"])
def test_a_mistake_in_a_layout_leaves_the_last_good_site(root: Path, layout: str) -> None:
    build(root)
    before = snapshot(root / "site")
    change(root, "content/entries/one.md", "First.", "Changed.")
    written(root, {"layouts/term.html": layout})
    assert refused(root).file == "layouts/term.html"
    assert snapshot(root / "site") == before


def failing_after(count: int, error: OSError) -> Callable[..., None]:
    """`output.put`, until *count* files are written."""
    put = output.put
    done: list[str] = []

    def put_or_fail(target: str, data: bytes, *, is_new: bool = False) -> None:
        if len(done) == count:
            raise error
        done.append(target)
        put(target, data, is_new=is_new)

    return put_or_fail


@pytest.mark.parametrize("count", [0, 1, 5])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_is_a_problem_and_the_next_build_recovers(root: Path, monkeypatch: pytest.MonkeyPatch, count: int, code: int) -> None:
    build(root)
    before = snapshot(root / "site")
    change(root, "sitegen.toml", "Outputs", "Other outputs")
    # A full or read-only disk cannot be mounted without the superuser.
    with monkeypatch.context() as patch:
        patch.setattr(output, "put", failing_after(count, OSError(code, os.strerror(code), str(root / "site/index.html"))))
        problem = refused(root)
    assert problem.message == f"can’t write here: {os.strerror(code)}"
    after = snapshot(root / "site")
    assert after.keys() == before.keys(), "no page is missing and nothing is left lying about"
    assert sum(after[name] != before[name] for name in after) <= count
    build(root)
    assert is_sound(root)


def test_a_file_is_never_seen_half_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(root)
    before = snapshot(root / "site")
    change(root, "sitegen.toml", "Outputs", "Other outputs")
    write = output._write

    def write_half(path: str, data: bytes, *how: int) -> None:
        if ".sitegen" not in Path(path).parts:
            write(path, data[: len(data) // 2], *how)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        write(path, data, *how)

    # A disk cannot be filled up in the middle of one file.
    monkeypatch.setattr(output, "_write", write_half)
    refused(root)
    assert snapshot(root / "site") == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_a_problem(root: Path) -> None:
    build(root)
    change(root, "sitegen.toml", "Outputs", "Other outputs")
    (root / "site").chmod(0o555)
    try:
        assert refused(root).message == "can’t write here: Permission denied"
    finally:
        (root / "site").chmod(0o755)
    build(root)
    assert is_sound(root)


KILLED = """
import os, sys
from pathlib import Path
from sitegen.builder import command, output
from sitegen.builder.result import BuildOptions
put, left = output.put, [int(sys.argv[2])]
def put_or_die(target, data, is_new=False):
    if not left[0]:
        folder, _, name = target.rpartition("/")
        os.makedirs(folder, exist_ok=True)
        Path(f"{folder}/.{name}.{os.getpid()}{output.UNFINISHED}").write_bytes(data[:10])
        os._exit(9)
    left[0] -= 1
    put(target, data, is_new=is_new)
output.put = put_or_die
root = Path(sys.argv[1])
command.build(root, BuildOptions(root / "site"))
"""


@pytest.mark.parametrize("count", [0, 1, 12])
@pytest.mark.parametrize("has_site", [True, False], ids=["over a site", "the first time"])
def test_the_next_build_recovers_from_a_kill_between_two_writes(root: Path, count: int, has_site: bool) -> None:
    if has_site:
        build(root)
        (root / "content/entries/two.md").unlink()
        written(root, {"content/entries/three.md": entry("Three", "2024-01-01", people=["Cy"])})
    killed = subprocess.run([sys.executable, "-c", KILLED, str(root), str(count)], timeout=60, check=False)
    assert killed.returncode == 9
    build(root)
    assert is_sound(root)


def test_after_a_kill_a_later_build_knows_every_written_page(root: Path) -> None:
    build(root)
    written(root, {"content/entries/three.md": entry("Three", "2024-01-01")})
    subprocess.run([sys.executable, "-c", KILLED, str(root), "6"], timeout=60, check=False)
    (root / "content/entries/three.md").unlink()
    build(root)
    assert is_sound(root)


LEADER_KILLED = """
import os, sys, time
from pathlib import Path
from sitegen.builder import command, worker_pool, output, full_build
from sitegen.builder.result import BuildOptions
leader, put = os.getpid(), output.put
root = Path(sys.argv[1])
waiting = root / "waiting"
def die_or_put_later(target, data, is_new=False):
    is_page = "/.sitegen/" not in target
    if is_page and os.getpid() == leader:
        while not waiting.exists():
            time.sleep(0.01)
        os._exit(9)
    if is_page:
        waiting.touch()
    while is_page and os.getppid() == leader:
        time.sleep(0.01)
    put(target, data, is_new=is_new)
output.put, full_build.WORTH_SHARING, worker_pool._AT_ONCE = die_or_put_later, 1, 1
command.build(root, BuildOptions(root / "site", jobs=2))
"""


def test_workers_stop_writing_when_their_leader_is_killed(root: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", LEADER_KILLED, str(root)], capture_output=True, timeout=60, check=False)
    assert killed.returncode == 9
    assert (root / "waiting").exists()
    assert sum(path.is_file() for path in (root / "site").rglob("*")) <= 1  # the one that was being written; here all processes have ended
    build(root)
    assert is_sound(root)


RENDERS_FOR_EVER = """
import os, sys, time
from pathlib import Path
from sitegen.builder import command, worker_pool, page_worker, full_build
from sitegen.builder.result import BuildOptions
leader = os.getpid()
root = Path(sys.argv[1])
rendering = root / "rendering"
def render(press, page, reads):
    if os.getpid() == leader:
        while not rendering.exists():
            time.sleep(0.01)
        os._exit(9)
    rendering.touch()
    while True:
        pass
page_worker.PageWorker._made, full_build.WORTH_SHARING, worker_pool._AT_ONCE = render, 1, 1
command.build(root, BuildOptions(root / "site", jobs=2))
"""


def test_workers_stop_rendering_when_their_leader_is_killed(root: Path) -> None:
    command = [sys.executable, "-c", RENDERS_FOR_EVER, str(root)]
    killed = subprocess.run(command, capture_output=True, timeout=60, check=False)  # returns when no process holds the pipes any more
    assert killed.returncode == 9
    assert (root / "rendering").exists()


def test_a_page_replaces_a_folder_and_a_folder_replaces_a_page(root: Path) -> None:
    build(root)
    shutil.rmtree(root / "site/about")
    (root / "site/about").write_text("")
    problem = refused(root)
    assert "can’t write here" in problem.message
    (root / "site/about").unlink()
    (root / "site/robots.txt").unlink()
    (root / "site/robots.txt").mkdir()
    assert "can’t write here" in refused(root).message
    (root / "site/robots.txt").rmdir()
    build(root)
    assert is_sound(root)


def test_a_link_in_the_output_is_never_written_or_removed_through(root: Path, tmp_path: Path) -> None:
    build(root)
    outside = written(tmp_path / "outside", {"index.html": "precious", "two/index.html": "precious too"})
    shutil.rmtree(root / "site/entries")
    (root / "site/entries").symlink_to(outside, target_is_directory=True)
    (root / "site/about/index.html").unlink()
    (root / "site/about/index.html").symlink_to(outside / "index.html")
    (root / "content/entries/two.md").unlink()
    problem = refused(root)
    assert (problem.file, problem.hint) == ("site/entries", "move it or delete it, then build again")
    assert snapshot(outside) == {"index.html": b"precious", "two/index.html": b"precious too"}


@pytest.mark.parametrize("is_there", [True, False])
def test_an_output_that_is_a_link_out_of_the_site_is_refused(root: Path, tmp_path: Path, is_there: bool) -> None:
    build(root)
    elsewhere = tmp_path / "elsewhere"
    if is_there:
        shutil.copytree(root / "site", elsewhere)
    shutil.rmtree(root / "site")
    (root / "site").symlink_to(elsewhere, target_is_directory=True)
    (root / "content/entries/two.md").unlink()
    before = snapshot(elsewhere)
    assert refused(root).message == "the output folder is a symbolic link to a place outside the site’s folder"
    assert snapshot(elsewhere) == before


def test_an_output_that_is_a_link_within_the_site_is_written_where_it_leads(root: Path) -> None:
    elsewhere = root / "public"
    elsewhere.mkdir()
    (root / "site").symlink_to(elsewhere, target_is_directory=True)
    build(root)
    assert (elsewhere / "index.html").is_file()
    (root / "content/entries/two.md").unlink()
    assert build(root).removed
    assert not (elsewhere / "entries/two").exists()


def test_two_builds_at_once_leave_a_sound_site(root: Path) -> None:
    command = [sys.executable, "-m", "sitegen.cli", "build"]
    running = [subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    said = [one.communicate(timeout=60)[1].decode() for one in running]
    assert [one.returncode for one in running] == [0, 0], said
    build(root)
    assert is_sound(root)
