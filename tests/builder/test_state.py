"""What lies in .sitegen/, and in the output, can be damaged, linked or a pipe: that does no harm, and is told."""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.build import command, remembered
from sitegen.build.outcome import Options, Outcome
from sitegen.build.traces import key_of
from sitegen.pages.urls import output_path
from tests.support.desk import SITE, save
from tests.support.finished import entry, finished, written

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes need a POSIX system")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written(tmp_path / "site of mine", SITE)


def build(root: Path) -> Outcome:
    return command.build(root, Options(root / "site"))


def told(outcome: Outcome, severity: str = "problem") -> set[tuple[str, str]]:
    return {(one.file, one.message) for one in outcome.problems if one.severity == severity}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def is_sound(root: Path) -> bool:
    return snapshot(root / "site") == {output_path(address): data for address, data in finished(root).files.items()}


@pytest.fixture
def alarm() -> Iterator[None]:
    """Ends a build that waits for a pipe."""

    def ring(_: int, __: object) -> None:
        raise AssertionError("this waits for a pipe")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def named(root: Path, name: str) -> str:
    return name.replace("KEY", key_of(root / "site"))


FOLDERS = [".sitegen", ".sitegen/bodies", ".sitegen/frames-KEY", ".sitegen/aside"]
FILES = [".sitegen/parsed", ".sitegen/notebook", ".sitegen/traces-KEY", ".sitegen/written-KEY.json", ".sitegen/unfinished-KEY"]


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("is_first", [True, False], ids=["first build", "later build"])
def test_a_folder_of_the_state_that_is_a_link_is_refused_and_loses_nothing(root: Path, tmp_path: Path, name: str, is_first: bool) -> None:
    precious = written(tmp_path / "precious", {"0123456789abcdef": "mine", "entries.md": "mine too", "bodies/0123456789abcdef": "deeper"})
    before = snapshot(precious)
    if not is_first:
        build(root)
    link = root / named(root, name)
    if link.is_dir():
        shutil.rmtree(link)
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(precious, target_is_directory=True)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited."))
    outcome = build(root)
    assert outcome.written is None
    assert told(outcome) == {(named(root, name), "this is a symbolic link, and sitegen doesn’t follow links here")}
    assert snapshot(precious) == before


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("is_there", [True, False])
def test_a_file_of_the_state_that_is_a_link_is_not_followed(root: Path, tmp_path: Path, name: str, is_there: bool) -> None:
    build(root)
    precious = tmp_path / "precious"
    if is_there:
        precious.write_text("mine")
    link = root / named(root, name)
    link.unlink(missing_ok=True)
    link.symlink_to(precious)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    build(root)
    build(root)
    assert snapshot(tmp_path).get("precious") == (b"mine" if is_there else None)


def test_a_file_of_a_name_that_is_not_ours_stays_in_the_state(root: Path) -> None:
    build(root)
    mine = {"bodies/notes.md": "mine", named(root, "frames-KEY/notes.md"): "mine", "plan.txt": "mine", ".plan.txt.999999999.tmp": "mine"}
    written(root / ".sitegen", mine)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    build(root)
    assert {name: (root / ".sitegen" / name).read_text() for name in mine} == mine


def test_a_file_that_a_killed_build_was_writing_is_removed_and_that_of_a_living_one_stays(root: Path) -> None:
    build(root)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = [f".parsed.{ended.pid}.tmp", f".notebook.{ended.pid}.tmp", named(root, f".traces-KEY.{ended.pid}.tmp")]
    left.append(named(root, f".written-KEY.json.{ended.pid}.sitegen-tmp"))
    living = f".parsed.{os.getpid()}.tmp"
    written(root / ".sitegen", dict.fromkeys([*left, living], "half"))
    build(root)
    assert {name for name in [*left, living] if (root / ".sitegen" / name).exists()} == {living}


def test_a_folder_of_the_output_that_is_a_link_within_it_loses_nothing(root: Path) -> None:
    build(root)
    mine = written(root / "site" / "mine", {"two/index.html": "mine"})
    shutil.rmtree(root / "site" / "entries")
    (root / "site" / "entries").symlink_to(mine, target_is_directory=True)
    for name in ("one", "two", "three"):
        (root / "content" / "entries" / f"{name}.md").unlink()
    save(root, "content/people/ada.md", "---\nname: Ada\n---\n")
    outcome = build(root)
    assert outcome.written is not None, outcome.problems
    assert snapshot(mine) == {"two/index.html": b"mine"}


@pytest.mark.parametrize(
    "path", ["../precious.txt", "/tmp/x", "entries/../../precious.txt", "", ".", "entries//one", "entries/./one/index.html"]
)
def test_only_paths_below_the_output_are_removed(root: Path, path: str) -> None:
    build(root)
    precious = written(root, {"precious.txt": "mine"}) / "precious.txt"
    (root / named(root, ".sitegen/written-KEY.json")).write_text(f'{{"paths": ["{path}"]}}')
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    assert build(root).written is not None
    assert precious.read_text() == "mine"
    assert is_sound(root)


def a_flip(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def a_cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def zeros(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes(len(data) - at)


def no_text(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + b"\xff\xfe\xc3" + data[at + 3 :]


@pytest.mark.parametrize("damage", [a_flip, a_cut, zeros, no_text])
@pytest.mark.parametrize("seed", range(2))
def test_a_damaged_state_is_thrown_away_and_nothing_of_it_is_published(
    root: Path, damage: Callable[[random.Random, bytes], bytes], seed: int
) -> None:
    build(root)
    chance = random.Random(seed)
    for number, path in enumerate(sorted(one for one in (root / ".sitegen").rglob("*") if one.is_file())):
        if not path.exists() or not (data := path.read_bytes()):
            continue
        damaged = damage(chance, data)
        path.write_bytes(damaged)
        save(root, "content/entries/one.md", entry("One", "2023-04-07", f"Edit {number}.", people=[f"Person {number}"]))
        outcome = build(root)
        assert outcome.written is not None, outcome.problems
        assert is_sound(root), path
        if path.name == "parsed" and damaged != data:
            assert (".sitegen/parsed", "this file was damaged, so sitegen made a new one") in told(outcome, "note")
        assert "damaged" not in str(told(build(root), "note"))


def test_one_wrong_bit_in_a_body_is_told_and_not_published(root: Path) -> None:
    build(root)
    for drawer in (root / ".sitegen" / "bodies").iterdir():
        data = drawer.read_bytes()
        assert b"Second" in data
        drawer.write_bytes(data.replace(b"Second", b"Sebond"))
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    outcome = build(root)
    assert (".sitegen/bodies", "this file was damaged, so sitegen made a new one") in told(outcome, "note")
    assert is_sound(root)
    assert told(build(root), "note") == set()


def test_a_preview_takes_no_state_with_a_wrong_bit_in_a_body(root: Path) -> None:
    build(root)
    assert remembered.load(root, checks_bodies=True)[0]
    for drawer in (root / ".sitegen" / "bodies").iterdir():
        drawer.write_bytes(drawer.read_bytes().replace(b"Second", b"Sebond"))
    assert remembered.load(root, checks_bodies=True)[0] == {}


PIPES = [".sitegen/parsed", ".sitegen/notebook", ".sitegen/traces-KEY", ".sitegen/written-KEY.json", ".sitegen/unfinished-KEY"]
REFUSED = [
    "site/index.html",
    "assets/x.png",
    "layouts/term.html",
    "layouts/words/en.toml",
    "content/entries/x.md",
    "content/captures/x.txt",
    "sitegen.toml",
]


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize("name", PIPES)
def test_a_pipe_in_the_state_is_not_waited_for(root: Path, name: str) -> None:
    build(root)
    pipe = root / named(root, name)
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    outcome = build(root)
    assert (outcome.written is not None) == (name != ".sitegen/unfinished-KEY")
    assert name == ".sitegen/unfinished-KEY" or is_sound(root)


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("is_linked", [False, True], ids=["a pipe", "behind a link"])
def test_a_pipe_in_place_of_a_file_is_refused(root: Path, name: str, is_linked: bool) -> None:
    build(root)
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if is_linked:
        os.mkfifo(root / "pipe")
        path.symlink_to(root / "pipe")
    else:
        os.mkfifo(path)
    outcome = build(root)
    if is_linked and name.startswith("site/"):  # the link goes, and what it leads to stays
        assert (outcome.written is not None, path.is_symlink(), (root / "pipe").exists()) == (True, False, True)
        return
    assert (outcome.written, outcome.is_torn) == (None, False)
    assert name in {file for file, message in told(outcome) if "not a regular file" in message}


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin"])
@pytest.mark.parametrize("name", ["assets/x.png", "layouts/x.html", "content/entries/x.md", "sitegen.toml"])
def test_a_link_to_a_device_is_a_problem(root: Path, name: str, target: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target)
    assert {message[:24] for file, message in told(build(root)) if file == name} == {"this symbolic link point"}
