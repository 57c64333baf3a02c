"""The store returns each value as it was written, or none."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sitegen.builder.store import Store, Writer, item, state_store

SPACE = "things"


def put(store: Store, **values: bytes) -> None:
    store.write(lambda writer: writer.put(SPACE, [item(SPACE, name, value) for name, value in values.items()]))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def test_a_value_is_read_back_in_its_space_and_by_its_digest(root: Path) -> None:
    put(state_store(root), one=b"1", other=b"", big=b"x" * 100_000)
    store = state_store(root)
    assert dict(store.values(SPACE)) == {"one": b"1", "other": b"", "big": b"x" * 100_000}
    assert store.names(SPACE) == {"one", "other", "big"}
    assert (store.value(SPACE, "one"), store.value(SPACE, "none"), store.value("elsewhere", "one")) == (b"1", None, None)
    digest = item(SPACE, "one", b"1")[1]
    assert (store.value(SPACE, "one", digest), store.value(SPACE, "other", digest)) == (b"1", None)
    assert not store.is_damaged


def test_reading_makes_no_file(root: Path) -> None:
    assert dict(state_store(root).values(SPACE)) == {}
    assert list(root.iterdir()) == []


def test_a_value_is_replaced_and_deleted_and_a_space_cleared(root: Path) -> None:
    store = state_store(root)
    put(store, one=b"1", two=b"2", three=b"3")
    put(store, one=b"new")
    store.write(lambda writer: writer.delete(SPACE, ["two", "unknown"]))
    assert dict(store.values(SPACE)) == {"one": b"new", "three": b"3"}
    store.write(lambda writer: writer.clear(SPACE))
    assert dict(store.values(SPACE)) == {}


def test_a_value_under_the_name_of_another_is_damaged(root: Path) -> None:
    store = state_store(root)
    store.write(lambda writer: writer.put(SPACE, [("other", *item(SPACE, "one", b"1")[1:])]))
    assert (store.value(SPACE, "other"), store.is_damaged) == (None, True)


def test_a_change_that_fails_leaves_everything_as_it_was(root: Path) -> None:
    store = state_store(root)
    put(store, one=b"1")

    def fail(writer: Writer) -> None:
        writer.clear(SPACE)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(fail)
    assert dict(store.values(SPACE)) == {"one": b"1"}
    put(store, two=b"2")
    assert dict(store.values(SPACE)) == {"one": b"1", "two": b"2"}


def test_a_store_that_was_removed_while_it_was_open_is_made_again(root: Path) -> None:
    store = state_store(root)
    put(store, one=b"1")
    store.file.unlink()
    put(store, two=b"2")
    assert dict(state_store(root).values(SPACE)) == {"two": b"2"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_store_that_was_closed_can_be_read_on_both_sides_of_a_fork(root: Path) -> None:
    store = state_store(root)
    put(store, one=b"1")
    store.close()
    process = os.fork()
    if not process:
        os._exit(0 if store.value(SPACE, "one") == b"1" else 1)
    assert store.value(SPACE, "one") == b"1"
    assert os.waitpid(process, 0)[1] == 0
    put(store, two=b"2")
    assert store.names(SPACE) == {"one", "two"}


def test_a_folder_in_its_place_is_an_error(root: Path) -> None:
    store = state_store(root)
    store.file.mkdir(parents=True)
    assert dict(store.values(SPACE)) == {}
    with pytest.raises(OSError, match=r"state\.db") as raised:
        put(store, one=b"1")
    assert raised.value.errno in (errno.EISDIR, errno.EPERM)


WRITES = """
import sys
from pathlib import Path
from sitegen.builder.store import item, state_store
store = state_store(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    values = [item("things", str(one), b"%d" % number * 3000) for one in range(200)]
    store.write(lambda writer: writer.put("things", values))
"""
"""Each write replaces 200 values, by the same number."""


def writing(root: Path, times: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", WRITES, str(root), str(times)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def assert_is_of_one_write(store: Store) -> None:
    assert len({value for _, value in store.values(SPACE)}) <= 1
    assert len(store.names(SPACE)) in (0, 200)
    assert not store.is_damaged


@pytest.mark.parametrize("times", [6, pytest.param(150, marks=pytest.mark.slow)])
def test_a_kill_at_any_moment_leaves_a_whole_write(root: Path, times: int) -> None:
    chance = random.Random(times)
    for _ in range(times):
        process = writing(root, 1_000_000)
        time.sleep(chance.random() / 10)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert_is_of_one_write(state_store(root))


def test_two_writers_and_a_reader_wait_for_each_other(root: Path) -> None:
    processes = [writing(root, 30) for _ in range(2)]
    while any(process.poll() is None for process in processes):
        assert_is_of_one_write(state_store(root))
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0]
    assert_is_of_one_write(state_store(root))
