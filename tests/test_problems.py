"""The formats of problems: text with a code frame, JSON, and GitHub's workflow commands."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Problem, Spot, as_github, as_text, code_frame, did_you_mean, json_text, note, problem, stops_a_build

FOUND = problem("content/entries/veto.md", Spot(2, 9), "no place is called “Bakhmt”", "did you mean “Bakhmut”?")


def test_a_problem_is_printed_with_its_line_and_hint() -> None:
    assert as_text(FOUND, "---\nplaces: Bakhmt\n---\n") == (
        "content/entries/veto.md:2:9: no place is called “Bakhmt”\n  2 | places: Bakhmt\n    |         ^\n  hint: did you mean “Bakhmut”?"
    )


def test_without_the_files_text_there_is_no_frame() -> None:
    assert as_text(problem("a.md", Spot(), "one")) == "a.md:1:1: one"
    assert as_text(note("a.md", Spot(3, 4), "one", "two")) == "a.md:3:4: note: one\n  hint: two"


@pytest.mark.parametrize(
    ("source", "line", "column", "frame"),
    [
        ("one", 1, 1, ["  1 | one", "    | ^"]),
        ("one", 1, 4, ["  1 | one", "    |    ^"]),
        ("\tone\ttwo", 1, 6, ["  1 |  one two", "    |      ^"]),
        ("a\x07b\x1b[31m", 1, 2, ["  1 | a�b�[31m", "    |  ^"]),
        ("one\n\n three", 2, 1, []),
        ("one", 2, 1, []),
        ("one", 0, 1, []),
        ("", 1, 1, []),
        ("x\n" * 11 + "y", 12, 1, ["  12 | y", "     | ^"]),
        ("a" * 150 + "b" + "c" * 150, 1, 151, ["  1 | " + "a" * 49 + "b" + "c" * 50, "    | " + " " * 49 + "^"]),
        ("a" * 150, 1, 150, ["  1 | " + "a" * 50, "    | " + " " * 49 + "^"]),
        ("a" * 150, 1, 10, ["  1 | " + "a" * 100, "    | " + " " * 9 + "^"]),
    ],
)
def test_a_frame_shows_the_line_around_the_column(source: str, line: int, column: int, frame: list[str]) -> None:
    assert code_frame(source, line, column) == frame


@given(st.text(), st.integers(-1, 10), st.integers(-1, 300))
def test_a_frame_has_two_lines_or_none_and_stays_narrow(source: str, line: int, column: int) -> None:
    frame = code_frame(source, line, column)
    assert len(frame) in (0, 2)
    assert all("\n" not in one and len(one) < 100 + 300 for one in frame)


def test_json_holds_all_fields_of_each_problem() -> None:
    told = json.loads(json_text([FOUND, note("ä.md", Spot(), "“two”")], written=None))
    assert told == {
        "problems": [
            {
                "file": "content/entries/veto.md",
                "line": 2,
                "column": 9,
                "severity": "problem",
                "message": "no place is called “Bakhmt”",
                "hint": "did you mean “Bakhmut”?",
            },
            {"file": "ä.md", "line": 1, "column": 1, "severity": "note", "message": "“two”", "hint": ""},
        ],
        "written": None,
    }


def test_github_gets_workflow_commands() -> None:
    assert as_github(FOUND) == (
        "::error file=content/entries/veto.md,line=2,col=9::no place is called “Bakhmt”%0Ahint: did you mean “Bakhmut”?"
    )
    assert as_github(note("a.md", Spot(), "one")) == "::notice file=a.md,line=1,col=1::one"


def test_what_would_end_a_command_is_escaped() -> None:
    found = problem("content/a,b:c%0A\n.md", Spot(1, 2), "100% of\r\nit: a, b::c", "50%\n, or: less")
    assert as_github(found) == (
        "::error file=content/a%2Cb%3Ac%250A%0A.md,line=1,col=2::100%25 of%0D%0Ait: a, b::c%0Ahint: 50%25%0A, or: less"
    )


@given(st.text(), st.text(), st.text())
def test_a_command_is_one_line_whatever_it_says(file: str, message: str, hint: str) -> None:
    told = as_github(problem(file, Spot(), message, hint))
    assert "\n" not in told
    assert "\r" not in told
    _, properties, _ = told.split("::", 2)
    assert len(properties.split(",")) == 3


def test_notes_stop_nothing() -> None:
    assert not stops_a_build([note("a.md", Spot(), "one")])
    assert stops_a_build([note("a.md", Spot(), "one"), FOUND])
    assert not stops_a_build([])


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("staus", ["status", "title"], "did you mean “status”?"),
        ("STATUS", ["status"], "did you mean “status”?"),
        ("colour", ["title", "date"], ""),
        ("acounts", ["aliases", "accounts"], "did you mean “accounts”?"),
        ("x", [], ""),
        ("", ["a"], ""),
    ],
)
def test_a_word_like_a_known_one_is_proposed(word: str, known: list[str], hint: str) -> None:
    assert did_you_mean(word, known) == hint
    assert did_you_mean(word, reversed(known)) == hint


def test_problems_are_sorted_by_file_line_and_column() -> None:
    found = [Problem("b", 1, 1, "m"), Problem("a", 2, 1, "m"), Problem("a", 1, 2, "m"), Problem("a", 1, 1, "n"), Problem("a", 1, 1, "m")]
    assert sorted(found) == found[::-1]
