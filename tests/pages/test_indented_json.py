"""Indented JSON equals that of the standard library."""

import json

from hypothesis import given
from hypothesis import strategies as some

from sitegen.pages.indented_json import JsonValue, indented

VALUES: some.SearchStrategy[JsonValue] = some.recursive(
    some.text() | some.integers(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_indented_json_equals_the_standard_librarys(value: JsonValue) -> None:
    assert indented(value, "  ") == json.dumps(value, ensure_ascii=False, indent=2)


def test_a_margin_precedes_each_line_but_the_first() -> None:
    assert indented({"a": ["b"]}, " ", "\n  ") == '{\n   "a": [\n    "b"\n   ]\n  }'
