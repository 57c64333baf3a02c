"""The nodes of front matter: texts, lists and mappings, each with its place in the file."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sitegen.model import Word
from sitegen.problems import Spot


class FrontMatterError(ValueError):
    """The front matter is missing, or can't be read."""

    def __init__(self, message: str, hint: str, spot: Spot = Spot()) -> None:  # noqa: B008  # frozen
        super().__init__(message)
        self.message, self.hint, self.spot = message, hint, spot


class Scalar(NamedTuple):
    text: str
    "without white space around it"
    line: int
    column: int
    written: str = ""
    "its source in the file, if that differs from the text: in quotation marks, or over several lines"
    comment: Spot | None = None
    "the # after a text without quotation marks, which may have been meant as part of it"


class Sequence(NamedTuple):
    items: tuple["Node", ...]
    line: int
    column: int


class Mapping(NamedTuple):
    pairs: tuple[tuple["Node", "Node"], ...]
    "in the order of the file; a key may occur twice"
    line: int
    column: int


_WRITTEN = {'"': re.compile(r"\\(?:x..|u.{4}|U.{8}|\n|.)|\S"), "'": re.compile(r"''|\S")}
_PLAIN = re.compile(r"\S")
_BLANK = re.compile(r"\\(?:[tnvfrNLP_ \t\n]|x(?:09|0[aA]|20|85|[aA]0)|u(?:0009|000[aA]|0020|00[aA]0|20[02][0-9a-fA-F]|202[fF]|3000))")
"escapes for white space within double quotation marks"

Node = Scalar | Sequence | Mapping


def spot_of(node: Node) -> Spot:
    return Spot(node.line, node.column)


def spot_within(word: Word, offset: int) -> Spot:
    """The spot in the file of the character at *offset* of a word's text."""
    written, at = word.written, offset
    if written:
        number = sum(not character.isspace() for character in word.text[:offset])
        found = next(islice(_characters(written), number, None), None)
        at = found.start() if found else 0
    line_start = written.rfind("\n", 0, at) + 1
    line = word.spot.line + written.count("\n", 0, at)
    return Spot(line, at - line_start + 1 if line_start else word.spot.column + at)


def _characters(written: str) -> Iterator[re.Match[str]]:
    """The source of each character of a YAML text, without white space: '' and \\u00e9 are one character."""
    start = written.find("\n") if written[0] in "|>" else int(written[0] in "\"'")
    form = _WRITTEN.get(written[0], _PLAIN)
    return (found for found in form.finditer(written, start) if not _BLANK.fullmatch(found[0]))
