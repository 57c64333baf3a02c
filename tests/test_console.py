"""Terminal output and prompts: control characters from content never reach the terminal."""

from pathlib import Path

import pytest

from sitegen import console
from tests.support.site_tester import Site

ENTRY = "---\ntitle: A bridge opens\ndate: 2023-04-07\n---\nIt opened.\n"
STEERING = ["\x1b[2J", "\x07", "\x7f", "\x9b31m", "\u202e", "\u2066"]


@pytest.mark.parametrize("signs", STEERING)
@pytest.mark.parametrize("out_format", ["text", "json", "github"])
def test_no_name_or_text_controls_the_terminal(signs: str, out_format: str, tmp_path: Path) -> None:
    one = Site.new(tmp_path).write(f"content/entries/b{signs}.md", ENTRY)
    one.write("content/entries/c.md", f"---\ntitle: A\ndate: 2023\npeople: ['Ann{signs}', 'Ann{signs}']\nwrong: {signs}\n---\n")
    one.build("--format", out_format).fails()
    assert signs[0] not in one.out + one.err


@pytest.mark.parametrize("signs", STEERING)
def test_no_report_controls_the_terminal(signs: str, tmp_path: Path) -> None:
    text = f"Bridge{signs} opens\n\nMayor Ann{signs} Bell opened the bridge{signs} in Derby on 7 April 2023.\n"
    one = Site.new(tmp_path).write(f"in{signs}.txt", text)
    for options in ((), ("--dry-run", "--json")):
        one.run("ingest", f"in{signs}.txt", "--published", "2023-04-08", *options)
        assert signs[0] not in one.out + one.err
    one.run("accept", f"x{signs}")
    assert signs[0] not in one.out + one.err


def test_without_a_terminal_nothing_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert console.ask_outlet("report.txt") == ""
    assert capsys.readouterr() == ("", "")
