"""What markdown-it is set up to do."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from sitegen.markdown.syntax import PLAIN_ADDRESS


@given(st.from_regex(PLAIN_ADDRESS, fullmatch=True))
def test_a_plain_address_is_the_same_when_normalized(address: str) -> None:
    assert normalizeLink(address) == address
