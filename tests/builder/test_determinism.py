"""The same input gives the same bytes on any machine, in any zone, locale, hash seed and number of jobs."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sitegen.pages.urls import output_path
from tests.support.built_sites import HOST, ROOT, example

PLAIN = {"TZ": "UTC", "PYTHONHASHSEED": "0", "LANG": "C"}
ENVIRONMENTS = {
    "Tokyo, seed 1, UTF-8": {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LANG": "C.UTF-8"},
    "Los Angeles, seed 4242, Turkish": {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "4242", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    "Kiritimati, random seed, ASCII": {
        "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "random", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
    },
    "optimised": {"PYTHONOPTIMIZE": "2"},
}  # fmt: skip


def copied(folder: Path, files: Iterable[Path]) -> Path:
    """A copy of some files of the example, made in their order."""
    for path in files:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


def sources() -> list[Path]:
    return [ROOT / "pyproject.toml", *sorted(path for path in (ROOT / "content").rglob("*") if path.is_file())]


def built(site: Path, output: Path, environment: dict[str, str], *options: str) -> dict[str, str]:
    """Digests of all files written by a build in its own process, by path."""
    command = [sys.executable, "-m", "sitegen.cli", "build", "--output", str(output), "--base-url", f"{HOST}/repo/", *options]
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(command, cwd=site, env={**kept, **PLAIN, **environment}, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return digests(output)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("example"), sources())


@pytest.fixture(scope="module")
def expected(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return built(site, tmp_path_factory.mktemp("plain") / "site", {})


@pytest.fixture(scope="module")
def in_environments(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """A build in each environment, two at a time."""
    folder = tmp_path_factory.mktemp("environments")
    with ThreadPoolExecutor(2) as pool:
        futures = {name: pool.submit(built, site, folder / name, changes) for name, changes in ENVIRONMENTS.items()}
    return {name: future.result() for name, future in futures.items()}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_no_zone_seed_or_locale_changes_a_byte(expected: dict[str, str], in_environments: dict[str, dict[str, str]], name: str) -> None:
    assert in_environments[name] == expected


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_no_number_of_jobs_changes_a_byte(site: Path, expected: dict[str, str], tmp_path: Path, jobs: str) -> None:
    assert built(site, tmp_path / "site", {}, "--jobs", jobs) == expected


def test_a_build_in_its_own_process_equals_a_render_in_memory(expected: dict[str, str]) -> None:
    files = example("/repo/").files
    assert expected == {output_path(address): hashlib.sha256(data).hexdigest() for address, data in files.items()}


def test_neither_the_order_of_files_on_the_disk_nor_their_folder_changes_a_byte(expected: dict[str, str], tmp_path: Path) -> None:
    other = copied(tmp_path / "another folder, ü", reversed(sources()))
    entries = other / "content" / "entries"
    (entries / "2023" / "April").mkdir(parents=True)
    for path in sorted(entries.glob("*.md"))[::2]:
        path.rename(entries / "2023" / "April" / path.name)
    assert built(other, tmp_path / "site", {}) == expected


def test_line_ends_and_a_byte_order_mark_change_no_byte(expected: dict[str, str], tmp_path: Path) -> None:
    other = copied(tmp_path / "example", sources())
    for path in sorted((other / "content").rglob("*.md")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert built(other, tmp_path / "site", {}) == expected


def test_a_second_build_writes_nothing(site: Path, expected: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert built(site, output, {}) == expected
    before = {path: path.stat() for path in sorted(output.rglob("*"))}
    assert built(site, output, {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}) == expected
    after = {path: path.stat() for path in sorted(output.rglob("*"))}
    assert [
        path for path in before if (before[path].st_mtime_ns, before[path].st_ino) != (after[path].st_mtime_ns, after[path].st_ino)
    ] == []
    assert before.keys() == after.keys()


def test_the_printed_output_is_the_same(site: Path, tmp_path: Path) -> None:
    said = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "sitegen.cli", "build", "--output", str(tmp_path / "site"), "--explain"]
        shutil.rmtree(tmp_path / "site", ignore_errors=True)
        shutil.rmtree(site / ".sitegen", ignore_errors=True)
        done = subprocess.run(command, cwd=site, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, timeout=60, check=True)
        said.add((done.stdout, done.stderr))
    assert len(said) == 1
