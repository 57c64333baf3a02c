"""The quick reader of plain front matter equals PyYAML, and leaves everything else to it."""

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from sitegen.content import plain_yaml, yaml_nodes
from sitegen.content.nodes import Mapping, Scalar, Sequence

KEYS = ("title", "people", "accounts", "a")
INDENTS = ("", "", "  ", "    ", "      ", " ", "   ")
VALUES = (
    "", "Boris", "two words", "2023-04-07T10:00Z", "https://x.org/a#b", "it's", "7", "null", "AT&T", "a & b", "x *y", "wow !", "say \"so\"", "Київ", "日本", "a\xa0b", "a - b", "end ",
    "a?", "a|b", "a, b", "a]", "a: b", "a:", "a #b", "a#b", "# c", "-", "- x", "? x", "*x", "&x", "!x", "%x", "@x", "|", ">", "~", "=", "...", "---", "..2023",
    '"quoted: text # all"', '"q" ', '""', '"a\\tb"', '"a" b', '"open', "'single: one'", "'it''s'", "''", "'a' # b", "[]", "[ ]", "[a]", "[a, b c ,d]", "[ a,b ]", "[a, ]", "[a, [b]]",
    "[a: b]", "[a:b]", "[a?]", "[a ?]", "['a', b]", "[a'b]", '[a"b"]', "[a] b", "[open", "[a-b, -c]", "[2023..2024]", "[..2023]", "{a: b}", "x\ty", "\ufeffx", "x\ufeff", "x\u2028y", "😀", "e\u0301",
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> str:
    indent = draw(st.sampled_from(INDENTS))
    dash = draw(st.sampled_from(("", "", "- ", "-  ", "-")))
    key = draw(st.sampled_from(("", *(f"{key}: " for key in KEYS), "title:  ", "a:", "B c: ", "é: ", "'q': ")))
    return indent + dash + key + draw(st.sampled_from(VALUES))


def entry(body: list[tuple[str, str]]) -> str:
    """Lines that fit together: keys with a value, or with a list below them."""
    return "\n".join(f"{key}: {value}" if value else f"{key}:\n  - Boris\n  - a: x\n    people:\n    - {key}" for key, value in body)


odd = st.lists(st.one_of(lines(), st.sampled_from(("", " ", "  - Boris", "    title: x", "people:", "  - a: b"))), max_size=8).map(
    "\n".join
)
even = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=5).map(entry)


@given(st.one_of(odd, even, st.tuples(even, odd, even).map("\n".join), st.text("ab:-# \n'\"[],", max_size=30)))
def test_the_quick_reader_equals_pyyaml(text: str) -> None:
    plain = plain_yaml.read(text)
    event("plain" if plain else "left to PyYAML")
    if plain is not None:
        assert plain == yaml_nodes.read(text)


def test_the_usual_forms_are_read() -> None:
    text = "title: \"A: b\"\n\ntags: [a, b c]\naccounts:\n  - article: x\n    passages:\n      - quote: 'y'\n  - url: https://x.org/\n"
    passage = Mapping(((Scalar("quote", 8, 9), Scalar("y", 8, 16, "'y'")),), 8, 9)
    article = ((Scalar("article", 6, 5), Scalar("x", 6, 14)), (Scalar("passages", 7, 5), Sequence((passage,), 8, 7)))
    url = ((Scalar("url", 9, 5), Scalar("https://x.org/", 9, 10)),)
    assert plain_yaml.read(text) == Mapping(
        (
            (Scalar("title", 2, 1), Scalar("A: b", 2, 8, '"A: b"')),
            (Scalar("tags", 4, 1), Sequence((Scalar("a", 4, 8), Scalar("b c", 4, 11)), 4, 7)),
            (Scalar("accounts", 5, 1), Sequence((Mapping(article, 6, 5), Mapping(url, 9, 5)), 6, 3)),
        ),
        2,
        1,
    )


@pytest.mark.parametrize(
    "text",
    ["", "\n", "a", "a:", "a: b: c", "a: b\n  c", "a: |\n  b", "a: &b c", "a: *b", "a: {b: c}", "a: b # c", "a: 'it''s'", 'a: "\\t"', "- a", "a: b\n b: c", "a: \x07b", "? a"],
)  # fmt: skip
def test_what_is_unusual_or_wrong_is_left_to_pyyaml(text: str) -> None:
    assert plain_yaml.read(text) is None


@pytest.mark.parametrize(
    "text",
    ["a: b" + " " * 10**6 + "\t", "a: [" + "b, " * 10**6, "a: " + "b#" * 10**6 + "\t", "a:\n" + "- a:\n" * 10**5, " " * 10**6 + "\t"],
)
def test_hostile_lines_end_at_once(text: str) -> None:
    assert plain_yaml.read(text) is None
