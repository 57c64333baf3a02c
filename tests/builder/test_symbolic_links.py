"""Links in content, layouts, assets, catalogues and settings stay within the site; unreadable files stop a build."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen import console
from sitegen.builder import command
from sitegen.builder.result import BuildOptions, BuildResult
from tests.support.built_sites import written
from tests.support.random_edits import SITE, save

OUT = "this symbolic link points outside the site’s folder"
SECRET = "a private key"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    written(tmp_path / "home", {"key": SECRET, "pictures/key.png": SECRET, "pictures/deeper/x.html": SECRET})
    return written(tmp_path / "site of mine", SITE)


def build(root: Path) -> BuildResult:
    return command.build(root, BuildOptions(root / "site"))


def told(result: BuildResult) -> set[tuple[str, str]]:
    return {(one.file, one.message) for one in result.problems if one.severity == "problem"}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def link(root: Path, name: str, target: Path | str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("assets", "pictures"),
        ("assets/pictures", "pictures"),
        ("assets/deep/pictures", "pictures"),
        ("assets/key.png", "pictures/key.png"),
        ("layouts", "pictures/deeper"),
        ("layouts/more", "pictures/deeper"),
        ("layouts/x.html", "pictures/deeper/x.html"),
        ("layouts/words", "pictures"),
        ("layouts/words/en.toml", "key"),
        ("content", "pictures"),
        ("content/entries", "pictures"),
        ("content/entries/one.md", "key"),
        ("sitegen.toml", "key"),
    ],
)
def test_a_link_out_of_the_site_is_a_problem_that_shows_nothing_of_it(
    root: Path, name: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    build(root)
    link(root, name, root.parent / "home" / target)
    before = snapshot(root / "site")
    console.print_problems(root, build(root).problems, "text")
    said = capsys.readouterr().err
    assert f"{name}:1:1: {OUT}\n  hint: " in said
    assert SECRET not in said
    assert snapshot(root / "site") == before


def test_each_link_out_of_the_site_is_a_problem(root: Path) -> None:
    for name in ("assets/a.png", "assets/b.png", "layouts/c.html", "content/entries/d.md"):
        link(root, name, root.parent / "home" / "key")
    assert told(build(root)) >= {("layouts/c.html", OUT), ("content/entries/d.md", OUT)}
    (root / "layouts" / "c.html").unlink()
    assert told(build(root)) >= {("assets/a.png", OUT), ("assets/b.png", OUT), ("content/entries/d.md", OUT)}


def test_a_link_that_replaces_a_file_with_the_same_bytes_is_a_problem(root: Path) -> None:
    build(root)
    entry = root / "content" / "entries" / "one.md"
    elsewhere = written(root.parent / "home", {"one.md": entry.read_text() + "\nMore."}) / "one.md"
    link(root, "content/entries/one.md", elsewhere)
    assert ("content/entries/one.md", OUT) in told(build(root))


@pytest.mark.parametrize("name", ["assets/config.txt", "layouts/x.html", "content/entries/x.md", "sitegen.toml"])
@pytest.mark.parametrize("folder", [".git", ".sitegen"])
def test_a_link_into_a_private_folder_is_a_problem(root: Path, name: str, folder: str) -> None:
    save(root, f"{folder}/config", SECRET)
    link(root, name, root / folder / "config")
    assert told(build(root)) == {(name, "this symbolic link points into a private folder")}


def test_links_within_the_site_are_followed(root: Path) -> None:
    written(root, {"shelf/x.txt": "an asset", "shelf/words.toml": "", "shelf/pictures/y.png": "another"})
    link(root, "assets/x.txt", root / "shelf" / "x.txt")
    link(root, "assets/pictures", root / "shelf" / "pictures")
    link(root, "layouts/words/en.toml", "../../shelf/words.toml")
    assert told(build(root)) == set()
    published = set(snapshot(root / "site").values())
    assert {b"an asset", b"another"} <= published


@pytest.mark.parametrize(
    ("folder", "how"),
    [(folder, "a file") for folder in ("assets", "layouts", "content", "content/people", ".sitegen")]
    + [
        (folder, "a circle")
        for folder in ("assets", "layouts", "content", "content/people", "layouts/words", "assets/pictures", ".sitegen")
    ],
)
def test_a_folder_that_cannot_be_read_is_a_problem_and_the_last_good_site_stays(root: Path, folder: str, how: str) -> None:
    save(root, "assets/picture.png", "a picture")
    build(root)
    before = snapshot(root / "site")
    path = root / folder
    path.parent.mkdir(exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    if how == "a file":
        path.write_text("a file")
    else:
        path.symlink_to(".other")
        (path.parent / ".other").symlink_to(path.name)
    result = build(root)
    assert result.written is None
    assert {file for file, _ in told(result)} == {folder}
    assert snapshot(root / "site") == before


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs a way to give up what the superuser may")
@pytest.mark.parametrize("folder", ["assets", "layouts", "content", "content/people", "layouts/words", ".sitegen", "site"])
def test_a_folder_without_permissions_is_a_problem_and_the_last_good_site_stays(root: Path, folder: str) -> None:
    written(root, {"assets/picture.png": "a picture", "layouts/words/en.toml": ""})
    build(root)
    before = snapshot(root / "site")
    save(root, "content/entries/one.md", SITE["content/entries/one.md"] + "\nMore.\n")
    limited = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    (root / folder).chmod(0)
    try:
        done = subprocess.run(
            [*limited, sys.executable, "-m", "sitegen", "build"], cwd=root, capture_output=True, text=True, timeout=60, check=False
        )
    finally:
        (root / folder).chmod(0o755)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert re.search(f"^{re.escape(folder)}[^:]*:1:1: can’t (read|write) .*: Permission denied$", done.stderr, re.MULTILINE)
    assert snapshot(root / "site") == before


@pytest.mark.parametrize("name", ["x" * 300, "deep/" + "x" * 300, "loop", "file/deeper"])
def test_an_output_that_cannot_be_made_is_a_problem(root: Path, name: str) -> None:
    (root / "loop").symlink_to("loop")
    (root / "file").write_text("a file")
    result = command.build(root, BuildOptions(root / name))
    assert result.written is None
    assert len(told(result)) == 1
