"""Shortcuts: what they make equals what markdown-it's own rules make."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.markdown_rules import parser, plain_parser

QUICK, SLOW = parser(), plain_parser()
MARKS = (
    "[", "]", "(", ")", "[[", "]]", "[^1]", "[@a]", "!", "![", "<", ">", "*", "**", "_", "__", "`", "``", "\\", "&", "&amp;", "&#65;", "#", "-", "+", "1.", "=",
    "===", "---", ":", "|", "~", "~~~", "^", "@", "{", "}", "$", "%", '"', "'", "a", "b", "é", "7", "word", "Words",
)  # fmt: skip
PIECES = (
    " ", "  ", "\t", "    ", "\n", "\n", "\n\n", "  \n", "\n> ", "\n- ", "\n  ", "\n    ", "[^1]: ", "[a]: b\n", "| a | b |\n| - | - |\n", "plain words here",
    "Plain words.\nAnd more.\n\n", "https://x.org/a", "[a word](https://x.org/a)", "[Word](https://x.org/a?b=c#d)", "](https://x.org/", "[" * 9, "![" * 9, "\r\n", "\r", "\x00", "\u2028", "\xa0",
)  # fmt: skip
texts = st.lists(st.sampled_from([*MARKS, *PIECES]), max_size=40).map("".join)


@given(texts)
def test_tokens_are_those_of_the_rules_themselves(text: str) -> None:
    quick: dict[str, object] = {"definitions": []}
    slow: dict[str, object] = {"definitions": []}
    assert QUICK.parse(text, quick) == SLOW.parse(text, slow)
    assert quick["definitions"] == slow["definitions"]
