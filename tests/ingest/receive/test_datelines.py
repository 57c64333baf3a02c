"""A dateline is a sentence of its own, so that the first sentence can be quoted without it."""

import pytest

from sitegen.text.sentences import sentences


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
