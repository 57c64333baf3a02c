"""Read common front matter line by line, which is faster than PyYAML.

It may have keys with plain or quoted texts, lists of texts, and lists of mappings. Front matter with anything else is left to `yaml_nodes`;
both return the same nodes for the same text.
"""

import re
from typing import NamedTuple

from sitegen.content.nodes import Mapping, Node, Scalar, Sequence

_MAX_DEPTH = 8
"nested lists"
_FIRST_LINE = 2
"of the file, below the ---"

_NO_TEXT = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_LINE = re.compile(
    rf"""
    (\ *+) (-\ ++)?
    (?: ([A-Za-z_]{{1,100}}+): (?:\ ++|$) )?
    (?: ([^\W_] [^:#{_NO_TEXT}]*+ (?: (?: :(?=\S) | (?<=\S)\# ) [^:#{_NO_TEXT}]*+ )*+)  # plain: a colon or a number sign within a word
      | "([^"\\{_NO_TEXT}]*+)" \ *+
      | '([^'{_NO_TEXT}]*+)' \ *+
      | \[ ([^]\[{{}}:#?{_NO_TEXT}]*+) \] \ *+
    )?
    """,
    re.VERBOSE,
)
_ITEM = re.compile(r" *+([^\W_][^,]*+)")


class _YamlLine(NamedTuple):
    number: int
    dash: int
    "column of its dash, from 0; -1 without a dash"
    column: int
    "column of its key or its text"
    key: Scalar | None
    value: Node | None
    "None if the key's value is on the lines below"


class _Unusual(Exception):  # noqa: N818  # not an error: `yaml_nodes` reads the text
    pass


def read(text: str) -> Mapping | None:
    """The keys of front matter that begins on its file's second line; None if `yaml_nodes` must read it."""
    try:
        lines = [_line(number, line) for number, line in enumerate(text.split("\n"), _FIRST_LINE) if line]
        if not lines:
            return None
        mapping, end = _mapping(lines, 0, 0, 0)
    except _Unusual:
        return None
    return mapping if end == len(lines) else None


def _line(number: int, line: str) -> _YamlLine:
    found = _LINE.fullmatch(line)
    if found is None:
        raise _Unusual
    indent, dash, key, plain, double, single, flow = found.groups()
    written = found.lastindex or 0
    value: Node | None = None
    if flow is not None:
        value = Sequence(_items(flow, number, found.start(7)), number, found.start(7))
    elif written > 3:
        text = (plain or double or single or "").strip()
        if plain is not None:
            value = Scalar(text, number, found.start(written) + 1)
        else:
            start = found.start(written) - 1
            value = Scalar(text, number, start + 1, line[start : found.end(written) + 1])
    elif key is None:
        raise _Unusual
    column = len(indent) + len(dash or "")
    return _YamlLine(number, len(indent) if dash else -1, column, Scalar(key, number, column + 1) if key else None, value)


def _items(flow: str, number: int, start: int) -> tuple[Scalar, ...]:
    """Texts between brackets; *start* is the first one's column, from 0."""
    items = []
    for item in flow.split(",") if flow else ():
        found = _ITEM.fullmatch(item)
        if found is None:
            raise _Unusual
        items.append(Scalar(found[1].strip(), number, start + found.start(1) + 1))
        start += len(item) + 1
    return tuple(items)


def _mapping(lines: list[_YamlLine], first: int, column: int, depth: int) -> tuple[Mapping, int]:
    """The keys that begin at a column, and the index of the line after them."""
    pairs: list[tuple[Node, Node]] = []
    at = first
    while at < len(lines) and (line := lines[at]).column == column and line.key and (line.dash < 0 or at == first):
        value = line.value
        at += 1
        if value is None:
            if at == len(lines) or lines[at].dash < column or depth == _MAX_DEPTH:
                raise _Unusual
            value, at = _sequence(lines, at, depth + 1)
        pairs.append((line.key, value))
    return Mapping(tuple(pairs), lines[first].number, column + 1), at


def _sequence(lines: list[_YamlLine], first: int, depth: int) -> tuple[Sequence, int]:
    """The items whose dashes are in one column, and the index of the line after them."""
    items: list[Node] = []
    dash, at = lines[first].dash, first
    while at < len(lines) and (line := lines[at]).dash == dash:
        if line.key:
            item: Node
            item, at = _mapping(lines, at, line.column, depth)
            items.append(item)
        elif line.value is not None:
            items.append(line.value)
            at += 1
    return Sequence(tuple(items), lines[first].number, dash + 1), at
