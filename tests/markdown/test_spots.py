"""Spots of tokens in the source."""

import pytest

from sitegen.markdown.spots import SpotFinder
from sitegen.problems import Spot

LINES = ["[[Ann]] and [[Ann]]", "[[Ann]]", "![](/a%20b) [x](<c d>)"]


def test_each_search_for_a_text_continues_after_the_last() -> None:
    spots = SpotFinder(LINES, 7)
    assert [spots.text_spot("[[Ann]]", (0, 2)) for _ in range(3)] == [Spot(7, 1), Spot(7, 13), Spot(8, 1)]


def test_a_text_over_two_lines_is_found_by_its_first() -> None:
    assert SpotFinder(["one [[Ann", "Lee]]"], 1).text_spot("[[Ann\nLee]]", (0, 2)) == Spot(1, 5)


def test_what_is_not_found_is_given_the_beginning_of_its_block() -> None:
    assert SpotFinder(LINES, 7).text_spot("[[Bob]]", (1, 2)) == Spot(8)


@pytest.mark.parametrize(("address", "column"), [("/a%20b", 5), ("c%20d", 18)])
def test_an_address_is_found_however_it_is_written(address: str, column: int) -> None:
    assert SpotFinder(LINES, 1).address_spot(address, (2, 3)) == Spot(3, column)
