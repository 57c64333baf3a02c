"""Merging parsed pieces."""

from sitegen.markdown.parsed import merged, plain
from sitegen.model import MAX_BRIEF, Reference
from sitegen.problems import Spot

LINK = Reference("link", "Ann", "", Spot())
CITATION = Reference("passage", "a", "", Spot())


def test_neighbouring_strings_are_joined_and_empty_ones_dropped() -> None:
    assert merged(["a", "b", LINK, "", LINK, "c", ""]) == ("ab", LINK, LINK, "c")


def test_a_citation_is_dropped_with_the_space_before_it() -> None:
    assert plain(["Said ", CITATION, ".", LINK, CITATION, " left"]) == ("Said.", LINK, " left")


def test_what_is_longer_than_a_brief_is_cut() -> None:
    assert plain(["word " * MAX_BRIEF, " more"]) == ("word " * MAX_BRIEF,)
