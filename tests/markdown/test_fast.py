"""The fast reader gives the same result as markdown-it's rules."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.markdown import fast
from sitegen.markdown.body import read_by_rules

PLAIN = (
    "a", "Words", "word word", "1", "é", " ", " ", "\n", ".", ",", "!", "(", ")", "'", '"', "& ", ">", "|", "-", ":", " *one* ", "**two words**", "`code`", "[[a-target]]", "[[ Some Name | words]]", "[[Over\nlines|two\nmore]]", "[[\xa0a]]",
    "[@a]", "[a link](https://x.org/a)", "[Link](http://x.org?a=b#c)", "\xa0", "\u2028",
)  # fmt: skip
OTHER = (
    "![",
    "&amp;",
    "<",
    "*",
    "**",
    "_",
    "`",
    "``",
    "[",
    "]",
    "\\",
    "[^1]",
    "[^b]",
    "[link](/a/)",
    "*one*",
    "\n\n",
    "\n",
    "  ",
    "\t",
    "\x00",
    "\x0c",
)
lines = st.lists(st.sampled_from((*PLAIN, *PLAIN, *PLAIN, *OTHER)), max_size=5).map("".join)
starts = st.sampled_from(("A", "b", "A", "b", "- A", "- b", "> A", "A[^1]", "- A[^b]", "[^1]: A", "[^b]: b", "1. ", "# ", "  ", "> ", "-"))
blocks = st.tuples(starts, lines, st.sampled_from(("", ".", "a"))).map("".join)
texts = st.lists(st.tuples(blocks, st.sampled_from(("\n\n", "\n\n", "\n\n\n", "\n"))).map("".join), min_size=1, max_size=4).map("".join)


@given(texts)
def test_the_fast_reader_equals_the_rules(source: str) -> None:
    text = fast.read(source, 7)
    if text is not None:
        assert (text, ()) == read_by_rules("content/entries/a.md", source, 7)


def test_what_most_entries_hold_is_read_without_tokens() -> None:
    source = 'She said “yes”, & *he* **did not**.[^1]\nMore in [the paper](https://x.org/a) [@a].\n\n> Quoted "words".\n\n- A `b`\n- In [[b|B]]\n\n[^1]: Why.\n'
    text = fast.read(source, 1)
    assert text is not None
    assert text.body.pieces[0] == (
        '<p>She said “yes”, &amp; <em>he</em> <strong>did not</strong>.'
        '<sup class="ref" id="_ref-1"><a href="#_note-1" role="doc-noteref">1</a></sup>\n'
        'More in <a href="https://x.org/a" rel="noopener noreferrer">the paper</a> '
    )  # fmt: skip
    assert [(one.target, one.text, one.spot.line, one.spot.column) for one in text.body.references] == [("a", "", 2, 38), ("b", "B", 7, 6)]


def test_what_is_unusual_is_left_to_the_rules() -> None:
    for source in (
        "# A",
        "A ![b](c)",
        "A &lt; b",
        "A  \nb",
        "- a\n\n- b",
        "A[^1]",
        "[^1]: a",
        "A *b",
        "1. a",
        "A\n===",
        "[a]: b",
        "A\x00",
        "A b*c*",
    ):
        assert fast.read(source, 1) is None
