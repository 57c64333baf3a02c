"""Damaged, linked or foreign files in .sitegen/ and in the output do no harm and are reported."""

import os
import random
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sitegen.builder import command, output, parse_store
from sitegen.builder.manifest import key_of
from sitegen.builder.parse_cache import ParseCache
from sitegen.builder.result import BuildOptions, BuildResult
from sitegen.builder.store import item, state_store
from sitegen.pages.urls import output_path
from tests.support.built_sites import built_site, entry, written
from tests.support.random_edits import SITE, save

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes need a POSIX system")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written(tmp_path / "site of mine", SITE)


def build(root: Path) -> BuildResult:
    return command.build(root, BuildOptions(root / "site"))


def told(result: BuildResult, severity: str = "problem") -> set[tuple[str, str]]:
    return {(one.file, one.message) for one in result.problems if one.severity == severity}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def is_sound(root: Path) -> bool:
    return snapshot(root / "site") == {output_path(address): data for address, data in built_site(root).files.items()}


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


FILES = [".sitegen/state.db", ".sitegen/state.db-journal", ".sitegen/output-KEY.db", ".sitegen/output-KEY.db-journal"]


@pytest.mark.parametrize("is_first", [True, False], ids=["first build", "later build"])
def test_a_folder_of_the_state_that_is_a_link_is_refused_and_loses_nothing(root: Path, tmp_path: Path, is_first: bool) -> None:
    precious = written(tmp_path / "precious", {"state.db": "mine", "entries.md": "mine too", "bodies/0123456789abcdef": "deeper"})
    before = snapshot(precious)
    if not is_first:
        build(root)
    link = root / ".sitegen"
    if link.is_dir():
        shutil.rmtree(link)
    link.symlink_to(precious, target_is_directory=True)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited."))
    result = build(root)
    assert result.written is None
    assert told(result) == {(".sitegen", "this is a symbolic link, and sitegen doesn’t follow links here")}
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
    mine = {"bodies/notes.md": "mine", "parsed": "mine", "plan.txt": "mine", ".plan.txt.999999999.tmp": "mine"}
    written(root / ".sitegen", mine)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    build(root)
    assert {name: (root / ".sitegen" / name).read_text() for name in mine} == mine


def test_a_folder_of_the_output_that_is_a_link_within_it_loses_nothing(root: Path) -> None:
    build(root)
    mine = written(root / "site" / "mine", {"two/index.html": "mine"})
    shutil.rmtree(root / "site" / "entries")
    (root / "site" / "entries").symlink_to(mine, target_is_directory=True)
    for name in ("one", "two", "three"):
        (root / "content" / "entries" / f"{name}.md").unlink()
    save(root, "content/people/ada.md", "---\nname: Ada\n---\n")
    result = build(root)
    assert result.written is not None, result.problems
    assert snapshot(mine) == {"two/index.html": b"mine"}


@pytest.mark.parametrize(
    "path", ["../precious.txt", "/tmp/x", "entries/../../precious.txt", "", ".", "entries//one", "entries/./one/index.html"]
)
def test_only_paths_below_the_output_are_removed(root: Path, path: str) -> None:
    build(root)
    precious = written(root, {"precious.txt": "mine"}) / "precious.txt"
    store = output.output_store(root, root / "site")
    store.write(lambda writer: writer.put("output", [item("output", "written", msgspec.msgpack.encode([path]))]))
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


def a_swap(chance: random.Random, data: bytes) -> bytes:
    """Two blocks change places."""
    size = chance.choice([16, 512, 4096, 16384])
    one, other = (chance.randrange(max(1, len(data) // size)) * size for _ in range(2))
    one, other = min(one, other), max(one, other)
    if other - one < size:
        return data
    return data[:one] + data[other : other + size] + data[one + size : other] + data[one : one + size] + data[other + size :]


def some_zeros(chance: random.Random, data: bytes) -> bytes:
    at, length = chance.randrange(len(data)), chance.choice([1, 16, 4096])
    return data[:at] + bytes(min(length, len(data) - at)) + data[at + length :]


DAMAGES = [a_flip, a_cut, zeros, no_text, a_swap, some_zeros]
DAMAGED = "this file was damaged, so sitegen made a new one"


def outlive(root: Path, chance: random.Random, number: int) -> None:
    """Damage a file of the state, edit something that many pages show or a body, and build twice."""
    path = chance.choice(sorted((root / ".sitegen").iterdir()))
    path.write_bytes(chance.choice(DAMAGES)(chance, path.read_bytes()))
    if chance.random() < 0.5:
        save(root, "content/entries/one.md", entry("One", "2023-04-07", f"Edit {number}.", people=[f"Person {number}"]))
    else:
        save(root, "content/entries/two.md", entry("Two", "2023-04-08", f"Second.\n\nEdit {number}.", people=["Ada"]))
    result = build(root)
    assert result.written is not None, result.problems
    assert {message for file, message in told(result, "note") if file.startswith(".sitegen")} <= {DAMAGED}
    assert is_sound(root), (path, number)
    assert build(root).written is not None
    assert is_sound(root), (path, number)


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_state_is_discarded_and_never_published(root: Path, seed: int) -> None:
    build(root)
    chance = random.Random(seed)
    for number in range(10):
        outlive(root, chance, number)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_a_thousand_damages_leave_the_clean_builds_bytes(root: Path, seed: int) -> None:
    build(root)
    chance = random.Random(seed)
    for number in range(100):
        outlive(root, chance, number)


def spoil_body(root: Path) -> None:
    file = state_store(root).file
    data = file.read_bytes()
    assert b"With" in data
    file.write_bytes(data.replace(b"With", b"Wiph"))


def test_one_wrong_bit_in_a_body_is_reported_and_not_published(root: Path) -> None:
    build(root)
    spoil_body(root)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    result = build(root)
    assert (".sitegen/state.db", DAMAGED) in told(result, "note")
    assert is_sound(root)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["Newer"]))
    assert told(build(root), "note") == set()
    assert is_sound(root)


def test_a_preview_parses_a_body_with_a_wrong_bit_again(root: Path) -> None:
    build(root)
    sound = dict(parsed(root).bodies)
    spoil_body(root)
    assert dict(parsed(root).bodies) == sound


def parsed(root: Path) -> ParseCache:
    """The state as a preview loads it after a build."""
    parse_cache = ParseCache(root)
    parse_cache.take(parse_store.load(parse_cache.store))
    assert parse_cache.taken
    return parse_cache


def test_a_state_of_another_format_is_replaced_without_a_note(root: Path) -> None:
    build(root)
    connection = sqlite3.connect(state_store(root).file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    result = build(root)
    assert (result.parsed > 5, told(result, "note")) == (True, set())
    assert is_sound(root)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER DELETE ON item BEGIN DELETE FROM item; END",
        "CREATE VIEW v AS SELECT * FROM item",
        "CREATE TABLE other (x)",
    ],
)
def test_a_state_that_holds_more_than_our_table_is_not_used(root: Path, statement: str) -> None:
    build(root)
    connection = sqlite3.connect(state_store(root).file)
    connection.execute(statement)
    connection.close()
    assert state_store(root).names("bodies") == frozenset()
    assert (".sitegen/state.db", DAMAGED) in told(build(root), "note")
    assert is_sound(root)


def test_a_log_that_is_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    build(root)
    precious = tmp_path / "precious"
    precious.write_text("mine")
    file = state_store(root).file
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    for name in ("state.db-wal", "state.db-shm"):
        file.with_name(name).symlink_to(precious)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    outcome = build(root)
    assert (".sitegen/state.db", DAMAGED) in told(outcome, "note")
    assert precious.read_text() == "mine"
    assert is_sound(root)


def test_a_journal_that_names_another_file_deletes_none(root: Path, tmp_path: Path) -> None:
    build(root)
    precious = written(tmp_path / "precious", {"mine": "mine"}) / "mine"
    file = state_store(root).file
    name = os.fsencode(precious)
    # A header with no pages, and the name of a journal of several files. Source: sqlite.org/fileformat2.html, section 3.
    magic = bytes.fromhex("d9d505f920a163d7")
    size = file.stat().st_size // 16384
    header = magic + (0).to_bytes(4, "big") + bytes(4) + size.to_bytes(4, "big") + (512).to_bytes(4, "big") + (16384).to_bytes(4, "big")
    record = (0).to_bytes(4, "big") + name + len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + magic
    file.with_name("state.db-journal").write_bytes(header.ljust(512, b"\0") + record)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    assert build(root).written is not None
    assert precious.read_text() == "mine"
    assert is_sound(root)


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
@pytest.mark.parametrize("name", FILES)
def test_a_pipe_in_the_state_is_not_waited_for(root: Path, name: str) -> None:
    build(root)
    pipe = root / named(root, name)
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    save(root, "content/entries/one.md", entry("One", "2023-04-07", "Edited.", people=["New"]))
    result = build(root)
    assert result.written is not None
    assert is_sound(root)


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
    result = build(root)
    if is_linked and name.startswith("site/"):  # the link goes, and what it leads to stays
        assert (result.written is not None, path.is_symlink(), (root / "pipe").exists()) == (True, False, True)
        return
    assert (result.written, result.is_torn) == (None, False)
    assert name in {file for file, message in told(result) if "not a regular file" in message}


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin"])
@pytest.mark.parametrize("name", ["assets/x.png", "layouts/x.html", "content/entries/x.md", "sitegen.toml"])
def test_a_link_to_a_device_is_a_problem(root: Path, name: str, target: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target)
    assert {message[:24] for file, message in told(build(root)) if file == name} == {"this symbolic link point"}
