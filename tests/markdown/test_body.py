"""Markdown to HTML: the cases in cases/markdown.md, and properties of all texts."""

import re
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from sitegen.markdown.body import read
from sitegen.markdown.parsed import ParsedMarkdown
from sitegen.model import Plain, Reference
from tests.support.time_limit import time_limit

CASES = Path(__file__).parents[1] / "cases" / "markdown.md"
CASE = re.compile(r"^(\S.*)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.\n", re.MULTILINE)
"a title, then two blocks between dots: the text, and what is made of it"


def made(text: str) -> ParsedMarkdown:
    return read("case.md", text, 1)[0]


def shown(text: str) -> str:
    """What is made of a text, as the case file tells it."""
    found, problems = read("case.md", text, 1)
    lines = ["".join(piece if isinstance(piece, str) else placeholder(piece) for piece in found.body.pieces).rstrip("\n")]
    lines += [f"{name}: {plain(words)}" for name, words in (("brief", found.brief), ("note", found.note)) if words]
    lines += [f"{one.line}:{one.column}: {one.severity}: {one.message}" for one in problems]
    return "\n".join(lines).strip("\n") + "\n"


def placeholder(reference: Reference) -> str:
    words = f" | {reference.text}" if reference.text else ""
    return f"⟦{reference.kind} {reference.spot.line}:{reference.spot.column} {reference.target}{words}⟧"


def plain(words: Plain) -> str:
    return "".join(piece if isinstance(piece, str) else f"⟦{piece.text or piece.target}⟧" for piece in words)


def test_a_text_becomes_the_html_of_its_case(updates_golden: bool) -> None:
    text = CASES.read_bytes().decode()
    if updates_golden:
        CASES.write_bytes(CASE.sub(lambda case: f"{case[1]}\n.\n{case[2]}.\n{shown(case[2])}.\n", text).encode())
        text = CASES.read_bytes().decode()
    cases = [case.groups() for case in CASE.finditer(text)]
    assert {title: shown(source) for title, source, _ in cases} == {title: expected for title, _, expected in cases}
    assert len({title for title, _, _ in cases}) == len(cases) == text.count("\n.\n") // 3


def html(text: str) -> str:
    """Filled in, as the pages do it."""
    return "".join(piece if isinstance(piece, str) else str(escape(piece.text or piece.target)) for piece in made(text).body.pieces)


FRAGMENTS = """[[ ]] [ ] ( ) | [^1] [@a] ! ![ ]( < > <script> javascript: // ` * ** _ \\ & &# ; %00 http://x/ a é 😀 " ' = onload= :"""
OTHERS = (
    "[^1]: ",
    "```\n",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "# ",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n| - | - |\n",
    "\x00",
    "\x000\x00",
    "\x07",
    "\u2028",
)

fragments = st.sampled_from([*FRAGMENTS.split(), *OTHERS])
texts = st.one_of(st.text(), st.lists(fragments, max_size=60).map("".join))


@given(texts)
def test_whatever_is_written_the_markup_is_ours(text: str) -> None:
    """Of all elements and attributes none is the author's own, and no address runs."""
    tree = html5lib.parseFragment(re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", "", html(text)), namespaceHTMLElements=False)
    for element in (element for element in tree.iter() if isinstance(element.tag, str)):
        assert element.tag not in ("script", "style", "iframe", "object", "embed", "form", "input", "svg", "math", "base", "link", "meta")
        assert set(element.attrib) <= {
            "href",
            "src",
            "alt",
            "title",
            "id",
            "class",
            "role",
            "rel",
            "loading",
            "start",
            "aria-label",
        }
        for name in ("href", "src"):
            scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", element.get(name, ""))
            assert scheme is None or scheme[1].lower() in ("http", "https", "mailto")


@given(texts)
def test_every_reference_has_its_own_spot(text: str) -> None:
    lines = text.split("\n")
    for reference in made(text).body.references:
        assert lines[reference.spot.line - 1][reference.spot.column - 1 :] != ""
        if reference.kind != "address":
            assert lines[reference.spot.line - 1][reference.spot.column - 1] == "["


@given(texts)
def test_problems_have_spots_in_the_text(text: str) -> None:
    lines = text.split("\n")
    for found in read("case.md", text, 1)[1]:
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1


def test_lines_are_counted_from_the_files_own() -> None:
    found, _ = read("case.md", "\ntext [[Ann]]", 12)
    assert [(one.spot.line, one.spot.column) for one in found.body.references] == [(13, 6)]


def test_of_two_equal_links_each_has_its_own_spot() -> None:
    text = "[[Ann]] `[[Ann]]` [[Ann]]\n\n\\[[Ann]] [[Ann]]\n"
    assert [(one.spot.line, one.spot.column) for one in made(text).body.references] == [(1, 1), (1, 19), (3, 10)]


def test_a_nul_is_no_placeholder() -> None:
    assert made("\x000\x00 and [[Ann]]").body.pieces[0] == "<p>�0� and "
    assert html("<http://x/%000%00>") == '<p><a href="http://x/%000%00" rel="noopener noreferrer">http://x/�0�</a></p>\n'


@pytest.mark.parametrize(
    "text",
    [
        *(
            unit * 40_000
            for unit in ("[", "![", "[^", "^[", "[@", "[[a|", "[a](", "**a", "`", "> ", "- ", "<", "[^1]: ", "&", "a\n", "a\n\n")
        ),
        "[" * 100_000,
        "[a]\n\n" * 5000 + "[a]: x",
        "".join("`" * length + " " for length in range(300)),
        "![a](b) " * 40_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    with time_limit():
        made(text)


def test_the_brief_is_the_first_paragraphs_words() -> None:
    text = "# Heading\n\n> quoted\n\n*First* [words](/x) of\n[[Ann|her]] [@a], `code` ![alt](x.png).[^1]\n\nSecond.\n\n[^1]: Note."
    assert plain(made(text).brief) == "First words of ⟦her⟧, code ."
    assert plain(made(text).note) == "Note."


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("- " * 10 + "lost", 1, 1),
        ("Before.\n\n" + "\n".join("  " * level + f"- item {level}" for level in range(12)), 12, 19),
        ("1. " * 10 + "lost\n\nAfter, lost too.", 1, 1),
        ("Before.\n\n" + "> " * 20 + "lost", 3, 1),
        ("> - " * 7 + "lost", 1, 1),
        ("Noted.[^1]\n\n[^1]: " + "> " * 19 + "lost", 3, 1),
        ("- " * 10 + "```\n" + " " * 20 + "lost\n" + " " * 20 + "```", 1, 1),
    ],
)
def test_a_line_that_is_nested_too_deeply_is_a_problem(text: str, line: int, column: int) -> None:
    _, problems = read("case.md", text, 1)
    assert [(one.line, one.column, one.message) for one in problems] == [(line, column, "this line is nested too deeply to be shown")]


@pytest.mark.parametrize("text", ["- " * 9 + "kept", "> " * 19 + "kept", "> - " * 6 + "kept", "- " * 10 + "\n\nkept", "    " * 12 + "kept"])
def test_what_is_nested_less_deeply_is_shown(text: str) -> None:
    assert read("case.md", text, 1)[1] == ()
    assert "kept" in html(text)


@pytest.mark.parametrize("unit", ['"\n', "> a\n", "1. a\n", "- - - - a\n", "*a", "a | b\n"])
def test_a_text_with_too_many_marks_is_refused_unread(unit: str) -> None:
    found, problems = read("case.md", unit * 100_000, 7)
    assert found.body.pieces == ()
    assert [(one.line, one.message) for one in problems] == [(7, "this text has more than 25000 line breaks and Markdown characters")]


@pytest.mark.parametrize("text", ['"' * 400_000, "'" * 400_000, "Words of plain prose, and more of it " * 20_000, "A line.\n\n" * 5_000])
def test_a_long_text_with_few_marks_is_read(text: str) -> None:
    assert read("case.md", text, 1)[1] == ()


def test_a_cell_is_aligned_by_a_class() -> None:
    made_of = html("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n")
    assert "style" not in made_of
    for tag in ("th", "td"):
        assert re.findall(rf"<{tag}( class=\"[a-z-]+\")?>", made_of) == [
            ' class="align-left"',
            ' class="align-center"',
            ' class="align-right"',
            "",
        ]
