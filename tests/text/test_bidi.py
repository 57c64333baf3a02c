"""Marks of writing direction that affect nothing outside their text."""

import pytest

from sitegen.text.bidi import contained


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words", "Plain words"),
        ("Report \u202egpj.exe", "Report gpj.exe"),
        ("Report \u202egpj\u202c.exe", "Report \u202egpj\u202c.exe"),
        ("Open \u2067only", "Open only"),
        ("Closed \u2069 only", "Closed  only"),
        ("Crossed \u2067\u202bשלום\u2069\u202c", "Crossed שלום"),
        ("He wrote \u2067שלום (1)\u2069 there", "He wrote \u2067שלום (1)\u2069 there"),
        ("\u202bمرحبا \u202aBBC\u202c\u202c", "\u202bمرحبا \u202aBBC\u202c\u202c"),
        ("مرحبا\u200f!", "مرحبا\u200f!"),
        ("\u202b" * 200 + "a" + "\u202c" * 200, "a"),
    ],
)
def test_a_text_changes_the_direction_of_nothing_after_it(text: str, expected: str) -> None:
    assert contained(text) == expected
