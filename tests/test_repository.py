"""Facts about the repository itself: files, workflows, links."""

import argparse
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SCAFFOLD = ROOT / "sitegen" / "scaffold" / "site"
PUBLISHING = (ROOT / ".github" / "workflows" / "pages.yml", SCAFFOLD / "github" / "workflows" / "pages.yml")
TESTING = ROOT / ".github" / "workflows" / "test.yml"
ENVIRONMENT = "python3 -m venv .venv && . .venv/bin/activate && "
WAYS_IN = ("pip install -e . && sitegen serve", "pip install -e '.[test]' && pytest")

LOCK_FILES = {
    "Pipfile.lock", "bun.lock", "bun.lockb", "npm-shrinkwrap.json", "package-lock.json", "pdm.lock", "pnpm-lock.yaml", "poetry.lock",
    "pylock.toml", "uv.lock", "yarn.lock",
}  # fmt: skip

# Written so that this file holds none of them.
REGISTRIES = re.compile(r"pypi\.(org|python)|python" r"hosted|registry\.(npmjs|yarnpkg)|npm\.pkg\.git" r"hub|crates\.io|proxy\.golang")
MACHINES = re.compile(r"(?<![\w.~:/-])(/(home|Users|root|work|mnt|private|var/folders)/\w|[A-Z]:\\Users\\)")


def committed() -> Iterator[Path]:
    """The files that git keeps or would keep; outside a clone, all files but hidden folders' and caches'."""
    if (ROOT / ".git").exists():
        line = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(line, capture_output=True, text=True, check=True).stdout.split("\0")
        paths = [ROOT / name for name in sorted(set(names)) if name]
    else:
        paths = [path for path in sorted(ROOT.rglob("*")) if not re.search(r"/(\.|__pycache__)", path.relative_to(ROOT.parent).as_posix())]
    yield from (path for path in paths if path.is_file())


def texts() -> Iterator[tuple[str, str]]:
    for path in committed():
        data = path.read_bytes()
        if b"\0" not in data:
            yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", "replace")


def workflow(path: Path) -> dict[str, object]:
    loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # builds only texts, lists and mappings
    assert isinstance(loaded, dict)
    return loaded


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found = workflow(path)["jobs"]
    assert isinstance(found, dict)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def test_no_lock_file_is_committed() -> None:
    assert [path for path in committed() if path.name in LOCK_FILES] == []


def test_no_file_names_a_registrys_host() -> None:
    assert [(file, found[0]) for file, text in texts() for found in REGISTRIES.finditer(text)] == []


def test_no_file_carries_a_path_of_a_machine() -> None:
    assert [(file, found[0]) for file, text in texts() for found in MACHINES.finditer(text)] == []


def test_no_file_of_the_new_site_is_left_out_by_git() -> None:
    kept = {path.relative_to(SCAFFOLD).as_posix() for path in committed() if path.is_relative_to(SCAFFOLD)}
    assert kept == {path.relative_to(SCAFFOLD).as_posix() for path in SCAFFOLD.rglob("*") if path.is_file()}
    assert {"gitignore", "github/workflows/pages.yml", "content/captures/observer-2025-05-12.txt"} <= kept


@pytest.mark.parametrize("way", WAYS_IN)
def test_the_readme_names_both_ways_in(way: str) -> None:
    assert f"```sh\n{ENVIRONMENT}{way}\n```" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_ci_runs_the_commands_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert text.endswith(f"\n{WAYS_IN[1]}\n")
    assert "set -euo pipefail" in text
    assert "\nruff check\nruff format --check\nmypy\nlint-imports\n" in text
    subprocess.run(["bash", "-n", script], check=True)


def test_ci_installs_a_browser_only_where_none_is() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        assert f"command -v {name}" in text
    assert re.search(r"if ! has_browser.*\n(.*\n)*?    apt-get update\n    apt-get install .*chromium\nfi\n", text)


def test_the_test_workflow_runs_the_commands_of_the_readme() -> None:
    assert WAYS_IN[1] in [step.get("run") for step in steps(TESTING)]
    strategy = jobs(TESTING)["test"]["strategy"]
    assert strategy == {"fail-fast": "false", "matrix": {"python": ["3.11", "3.x"]}}


def test_the_test_workflow_tries_the_oldest_and_the_newest_dependencies() -> None:
    job = jobs(TESTING)["dependencies"]
    assert job["strategy"]["matrix"] == {"versions": ["oldest", "newest"]}
    assert job["steps"][-1]["run"] == "python tools/dependencies.py ${{ matrix.versions }}"


@pytest.mark.parametrize("path", [*PUBLISHING, TESTING], ids=["example", "new site", "test"])
def test_a_workflow_may_read_and_no_more_unless_a_job_says_so(path: Path) -> None:
    assert workflow(path)["permissions"] == {"contents": "read"}
    writing = {name: job["permissions"] for name, job in jobs(path).items() if "write" in str(job.get("permissions", ""))}
    assert writing == ({} if path == TESTING else {"deploy": {"pages": "write", "id-token": "write"}})


@pytest.mark.parametrize("path", PUBLISHING, ids=["example", "new site"])
def test_the_job_that_may_write_runs_nothing_of_ours(path: Path) -> None:
    assert [step["uses"].split("@")[0] for step in jobs(path)["deploy"]["steps"]] == ["actions/deploy-pages"]


@pytest.mark.parametrize("path", [*PUBLISHING, TESTING], ids=["example", "new site", "test"])
def test_workflows_use_githubs_own_actions_and_keep_no_credentials(path: Path) -> None:
    for step in steps(path):
        assert "uses" not in step or re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"persist-credentials": "false"}


@pytest.mark.parametrize("path", PUBLISHING, ids=["example", "new site"])
def test_pages_get_their_address_from_pages_itself(path: Path) -> None:
    names = [step.get("uses", step.get("run", "")).split("@")[0] for step in steps(path)]
    order = [
        "actions/checkout",
        "actions/setup-python",
        "actions/configure-pages",
        next(name for name in names if name.startswith("pip install ")),
        "actions/cache",
        'sitegen build --format github --base-url "${{ steps.pages.outputs.base_url }}"',
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    assert names == order
    assert steps(path)[2]["id"] == "pages"
    assert workflow(path)["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


def test_both_publishing_workflows_are_one_but_for_where_sitegen_comes_from() -> None:
    ours, theirs = (jobs(path) for path in PUBLISHING)
    for one in (ours, theirs):
        for step in one["build"]["steps"]:
            if step.get("run", "").startswith("pip install "):
                step["run"] = "pip install"
    assert ours == theirs


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parsers of all commands, `sitegen` itself first."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from commands(below)


def test_the_manual_names_every_command_and_option() -> None:
    from sitegen.cli import parser

    manual = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for command in commands(parser()):
        assert command.prog in manual
        for action in command._actions:
            for option in action.option_strings:
                assert option == "-h" or re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", manual), f"{command.prog} {option}"
            if action.option_strings == ["--format"]:
                assert action.choices is not None
                assert f"--format {'|'.join(action.choices)}" in manual


def test_the_manual_names_no_option_that_is_not_there() -> None:
    from sitegen.cli import parser

    manual = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    known = {option for command in commands(parser()) for action in command._actions for option in action.option_strings}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", manual)) <= known


def test_links_between_the_projects_pages_work() -> None:
    for path in (path for path in committed() if path.suffix == ".md" and path.parent in (ROOT, ROOT / "docs")):
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
            if not re.match(r"https?:|#|mailto:", target):
                assert (path.parent / target.partition("#")[0]).exists(), f"{path.name}: {target}"


def test_the_changelog_has_an_unreleased_section() -> None:
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
