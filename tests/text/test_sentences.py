"""Sentences: the cases in cases/ingest/sentences.md, and properties of all texts."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.sentences import sentences
from tests.support.time_limit import time_limit

CASES = (Path(__file__).parents[1] / "cases" / "ingest" / "sentences.md").read_text(encoding="utf-8")


def cases() -> list[tuple[str, str, str]]:
    """(title, text, its sentences)."""
    return re.findall(r"^(\S.*)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.\n", CASES, re.MULTILINE)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, expected, id=title) for title, text, expected in cases()])
def test_a_text_has_the_sentences_of_its_case(text: str, expected: str) -> None:
    assert "".join(f"{text[span.start : span.end]}\n" for span in sentences(text)) == expected


def test_each_case_has_a_title_of_its_own_and_none_is_skipped() -> None:
    titles = [title for title, _, _ in cases()]
    assert len(titles) == len(set(titles)) == len(re.findall(r"^\.$", CASES, re.MULTILINE)) // 3


words = st.sampled_from(
    [
        "Gen.",
        "U.S.",
        "a.m.",
        "J.",
        "No.",
        "“Why?”",
        "said",
        "Berg",
        "The",
        "open.",
        "5",
        "(so.)",
        '"no".',
        "'so'.",
        '".',
        "•",
        "http://a.b/c.html.",
        "桥。",
        "فتح",
        "…",
        "!",
        "\n",
        "\n\n",
        "。",
        "",
    ]
)


@given(st.text() | st.lists(words).map(" ".join))
def test_spans_are_in_order_within_a_line_and_hold_all_but_white_space(text: str) -> None:
    spans = sentences(text)
    end = 0
    for span in spans:
        assert not text[end : span.start].strip()
        assert span.start < span.end
        assert "\n" not in text[span.start : span.end]
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end
    assert not text[end:].strip()


@pytest.mark.parametrize("unit", ["a", "a.", "A. ", ". ", "“", "x? ", "\n", " ", "。", "U.S. "])
def test_long_input_takes_linear_time(unit: str) -> None:
    with time_limit():
        sentences(unit * 200_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ISMAILIA, Egypt, March 29 - The canal reopened. Ships moved.",
            ["ISMAILIA, Egypt, March 29 -", "The canal reopened.", "Ships moved."],
        ),
        ("WASHINGTON (AP) — Two men died.", ["WASHINGTON (AP) —", "Two men died."]),
        ("Cairo (Reuters) - Egypt said so.", ["Cairo (Reuters) -", "Egypt said so."]),
        ("PARIS, April 7, 2023 (Reuters) -- “No,” he said.", ["PARIS, April 7, 2023 (Reuters) --", "“No,” he said."]),
        ("(AP) — Two men died.", ["(AP) —", "Two men died."]),
        ("NATO - the alliance - said no. It did.", ["NATO - the alliance - said no.", "It did."]),
        ("US-UK talks - They failed.", ["US-UK talks - They failed."]),
        ("It begins at 9 a.m. (0600 GMT) on Monday.", ["It begins at 9 a.m. (0600 GMT) on Monday."]),
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in sentences(text)] == expected
