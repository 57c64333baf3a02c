"""The command line: output, standard error and exit status."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen import __version__
from tests.support.site_tester import Site

GOOD = "---\ntitle: One\ndate: 2023-04-07\n---\nText.\n"
BAD = "---\ntitle: Two\ndate: 2023-02-30\nstaus: a, 100%\n---\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.new(tmp_path).write("content/entries/one.md", GOOD)


def test_a_good_site_is_built_and_counted(site: Site) -> None:
    site.build().succeeds()
    assert re.fullmatch(r"site/: 1 entry; files: \d+ new, 0 changed, 0 unchanged, 0 removed\n", site.out)
    assert site.err == ""
    site.check("entries/one/index.html", "<h1", "One", "Text.")
    site.write("content/entries/two.md", GOOD).build().succeeds()
    assert re.match(r"site/: 2 entries; files: \d+ new, \d+ changed, \d+ unchanged, 0 removed\n", site.out)


def test_problems_go_to_standard_error_and_nothing_is_written(site: Site) -> None:
    site.write("content/entries/two.md", BAD).build().fails()
    assert site.out == ""
    assert site.err == (
        "content/entries/two.md:3:7: there is no 30 February 2023\n"
        "  3 | date: 2023-02-30\n"
        "    |       ^\n"
        "  hint: February 2023 has 28 days\n"
        "content/entries/two.md:4:1: unknown key “staus”\n"
        "  4 | staus: a, 100%\n"
        "    | ^\n"
        "  hint: did you mean “status”?\n"
        "nothing was written\n"
    )
    assert not (site.root / "site").exists()


def test_a_note_does_not_stop_a_build(site: Site) -> None:
    site.write("content/captures/lost.txt", "text").build().succeeds()
    assert site.err.startswith("content/captures/lost.txt:1:1: note: this capture has no report\n")
    assert "nothing was written" not in site.err


def test_json_is_one_object_on_standard_output(site: Site) -> None:
    site.build("--format", "json").succeeds()
    told = json.loads(site.out)
    assert (told["problems"], site.err) == ([], "")
    assert "entries/one/index.html" in told["written"]["created"]
    site.write("content/entries/two.md", BAD).build("--format", "json").fails()
    told = json.loads(site.out)
    assert told["written"] is None
    assert told["problems"] == [
        {
            "file": "content/entries/two.md",
            "line": 3,
            "column": 7,
            "severity": "problem",
            "message": "there is no 30 February 2023",
            "hint": "February 2023 has 28 days",
        },
        {
            "file": "content/entries/two.md",
            "line": 4,
            "column": 1,
            "severity": "problem",
            "message": "unknown key “staus”",
            "hint": "did you mean “status”?",
        },
    ]


def test_github_gets_problems_as_workflow_commands(site: Site) -> None:
    site.write("content/entries/100%, or: two.md", BAD).build("--format", "github").fails()
    lines = site.out.splitlines()
    assert lines == [
        "::error file=content/entries/100%25%2C or%3A two.md,line=1,col=1::“100%25, or: two” is not a valid id: use lower-case letters, digits and hyphens"
        "%0Ahint: rename the file to 100-or-two.md",
        "::error file=content/entries/100%25%2C or%3A two.md,line=3,col=7::there is no 30 February 2023%0Ahint: February 2023 has 28 days",
        "::error file=content/entries/100%25%2C or%3A two.md,line=4,col=1::unknown key “staus”%0Ahint: did you mean “status”?",
    ]


def test_the_last_good_site_stays_and_the_next_build_recovers(site: Site) -> None:
    good = site.build().succeeds().output
    site.write("content/entries/one.md", BAD).build().fails()
    assert site.output == good
    site.write("content/entries/one.md", GOOD.replace("Text", "Mended")).build("--explain").succeeds()
    site.check("entries/one/index.html", "Mended.")
    assert "entries/one/index.html: its own file content/entries/one.md was edited" in site.out


def test_drafts_are_built_only_when_they_are_asked_for(site: Site) -> None:
    site.write("content/drafts/two.md", GOOD)
    assert "entries/two/index.html" not in site.build().succeeds().output
    assert "entries/two/index.html" in site.build("--drafts").succeeds().output
    site.build().succeeds()
    assert "1 removed" in site.out or "entries/two/index.html" not in site.output


def test_a_command_works_from_any_folder_of_the_site(site: Site) -> None:
    below = Site(site.root / "content" / "entries").build().succeeds()
    assert (site.root / "site" / "index.html").is_file()
    assert str(site.root / "site") in below.out


def test_another_folder_and_another_address_may_be_named(site: Site, tmp_path: Path) -> None:
    site.build("--output", str(tmp_path / "public"), "--base-url", "https://example.com/repo/").succeeds()
    assert site.output == {}
    text = (tmp_path / "public" / "entries" / "one" / "index.html").read_text(encoding="utf-8")
    assert 'rel="canonical" href="https://example.com/repo/entries/one/"' in text


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bild"],
        ["build", "--unknown"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--format", "xml"],
        ["build", "--base-url"],
        ["new"],
        ["new", "entry"],
        ["new", "report", "x"],
        ["ingest"],
        ["accept"],
        ["serve", "--port", "many"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "²"],
        ["serve", "--port", "9" * 5000],
    ],
)
def test_a_line_that_cannot_be_understood_is_usage(site: Site, arguments: list[str]) -> None:
    site.run(*arguments).fails(status=2)
    assert site.out == ""
    assert site.err.startswith("usage: sitegen")
    assert "value: " not in site.err  # argparse's own words, with the name of a function


@pytest.mark.parametrize("arguments", [["build"], ["accept", "one"], ["new", "entry", "One"], ["ingest", "some.txt"]])
def test_outside_a_site_the_command_says_how_to_begin_one(tmp_path: Path, arguments: list[str]) -> None:
    site = Site(tmp_path).run(*arguments).fails(status=2)
    assert site.err == (
        "sitegen: there is no site here: no sitegen.toml, and no pyproject.toml with [tool.sitegen]; create one with `sitegen new site DIR`\n"
    )


def test_help_and_version_are_fine(site: Site) -> None:
    assert site.run("--version").succeeds().out == f"sitegen {__version__}\n"
    assert "build" in site.run("--help").succeeds().out


def in_a_process(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "sitegen.cli", *arguments]
    return subprocess.run(line, cwd=root, capture_output=True, check=False, env={**os.environ, **environment})


def test_a_process_ends_with_the_same_status_and_output(site: Site) -> None:
    good = in_a_process(site.root, "build")
    assert (good.returncode, good.stderr) == (0, b"")
    bad = in_a_process(site.write("content/entries/two.md", BAD).root, "build")
    site.build().fails()
    assert (bad.returncode, bad.stdout.decode(), bad.stderr.decode()) == (1, "", site.err)
    assert in_a_process(site.root, "bild").returncode == 2


def test_what_a_terminal_cannot_show_does_not_end_a_command(site: Site) -> None:
    """A file's name whose bytes are no text, on a terminal that knows ASCII alone."""
    try:
        (site.root / "content/entries/caf\udce9.md").write_text(GOOD, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes names that are text only")
    done = in_a_process(site.root, "build", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1, done.stderr
    assert b"caf\\udce9.md:1:1: \\u201ccaf\\udce9\\u201d is not a valid id" in done.stderr
    told = json.loads(in_a_process(site.root, "build", "--format", "json").stdout)
    assert [found["file"] for found in told["problems"]] == ["content/entries/caf\udce9.md"]


def test_a_closed_pipe_causes_no_traceback(site: Site) -> None:
    line = f"{sys.executable} -m sitegen.cli build --explain | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], cwd=site.root, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr


def test_a_problem_in_a_pipe_is_reported_without_reading_it_again(site: Site) -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("this system has no /dev/zero")
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "ingest", str(endless)], cwd=site.root, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("/dev/zero:1:1: this file is ")


def test_three_similar_notes_are_printed_and_every_problem(site: Site) -> None:
    for number in range(5):
        site.write(f"content/entries/note-{number}.md", f"---\ntitle: N\ndate: 2023-01-01\n---\n\n[^a{number}]: Nothing refers to this.\n")
        site.write(f"content/entries/problem-{number}.md", "---\ntitle: P\ndate: 2023-02-30\n---\n")
    site.run("build").fails()
    assert site.err.count("isn’t shown because nothing refers to it") == 3
    assert site.err.count("  and 2 more like it; --format json lists them all\n") == 1
    assert re.findall(r"problem-\d", site.err) == [f"problem-{number}" for number in range(5)]
    assert site.err.rindex("note-") < site.err.index("problem-")
    site.run("build", "--format", "json").fails()
    assert site.out.count("isn’t shown because nothing refers to it") == 5
