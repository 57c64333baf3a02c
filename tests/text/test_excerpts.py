"""Excerpts of texts."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import MAX_BRIEF
from sitegen.text.excerpts import excerpt


@given(st.text(), st.integers(5, 50))
def test_an_excerpt_is_short_and_begins_like_its_text(text: str, max_length: int) -> None:
    folded = " ".join(text.split())
    short = excerpt(text, max_length)
    assert len(short) <= max_length
    assert short == folded if len(folded) <= max_length else folded.startswith(short.removesuffix("…"))


def test_a_text_is_cut_after_a_word() -> None:
    assert excerpt("one two, three", 9) == "one two…"
    assert excerpt("word " * 60, MAX_BRIEF) == ("word " * 40).rstrip() + "…"
    assert len(excerpt("word " * 60, MAX_BRIEF)) <= MAX_BRIEF
