"""Syntax shared by both Markdown readers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from sitegen.markdown.syntax import PLAIN_ADDRESS, REFERENCE, is_allowed_address, reference
from sitegen.problems import Spot


@pytest.mark.parametrize(
    ("written", "kind", "target", "text"),
    [
        ("[[Ann]]", "link", "Ann", ""),
        ("[[ Ann\n Lee | her  own\twords ]]", "link", "Ann Lee", "her own words"),
        ("[[@a]]", "link", "@a", ""),
        ("[@a]", "passage", "a", ""),
    ],
)
def test_a_reference_has_its_white_space_folded(written: str, kind: str, target: str, text: str) -> None:
    found = REFERENCE.fullmatch(written)
    assert found is not None
    made = reference(found, Spot(3, 4))
    assert (made.kind, made.target, made.text, made.spot) == (kind, target, text, Spot(3, 4))


@pytest.mark.parametrize("written", ["[[]]", "[[ ]]", "[[|a]]", "[[a|]]", "[[a]", "[a]", "[@a b]", "[@]", "[[a[b]]]"])
def test_nothing_else_is_a_reference(written: str) -> None:
    assert REFERENCE.fullmatch(written) is None


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("https://x.org", True),
        ("HTTP://x.org", True),
        ("mailto:a@x.org", True),
        ("/people/ann/", True),
        ("//x.org", True),
        ("#a:b", True),
        ("javascript:a", False),
        (" JavaScript:a", False),
        ("data:a", False),
        ("file:///a", False),
    ],
)
def test_links_lead_to_few_schemes(address: str, is_allowed: bool) -> None:
    assert is_allowed_address(address) == is_allowed


@given(st.from_regex(PLAIN_ADDRESS, fullmatch=True))
def test_a_plain_address_is_the_same_when_normalized(address: str) -> None:
    assert normalizeLink(address) == address
