"""Compute the FIRST set of a pattern, so that only the rules that can match at a token are tried there."""

import re
from typing import Final

_PART: Final = re.compile(r"\(\?P<\w+>|\(\?:|\(|\)|\||\{(\d+),?\d*\}|\?|.")


def first_set(pattern: str) -> frozenset[str]:
    """The kinds a pattern can begin with, as characters. Patterns consist of characters, groups, alternatives, ? and {m,n} only."""
    parts = [match[0] for match in _PART.finditer(pattern)]
    return frozenset(_alternatives(parts, 0)[0])


def _alternatives(parts: list[str], index: int) -> tuple[set[str], bool, int]:
    """(first characters, whether it can match nothing, the next index) of the alternatives up to the closing bracket."""
    firsts: set[str] = set()
    may_be_empty = False
    while True:
        found, is_empty, index = _sequence(parts, index)
        firsts |= found
        may_be_empty = may_be_empty or is_empty
        if index >= len(parts) or parts[index] != "|":
            return firsts, may_be_empty, index
        index += 1


def _sequence(parts: list[str], index: int) -> tuple[set[str], bool, int]:
    firsts: set[str] = set()
    is_open = True
    while index < len(parts) and parts[index] not in ("|", ")"):
        if parts[index].startswith("("):
            found, may_be_empty, index = _alternatives(parts, index + 1)
        else:
            found, may_be_empty = {parts[index]}, False
        index += 1
        while index < len(parts) and (parts[index] == "?" or parts[index].startswith("{")):
            may_be_empty = may_be_empty or parts[index] == "?" or parts[index].startswith("{0")
            index += 1
        if is_open:
            firsts |= found
        is_open = is_open and may_be_empty
    return firsts, is_open, index
