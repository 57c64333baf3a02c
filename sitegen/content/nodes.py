"""What a front matter is made of: texts, lists and keys, each with its place in the file."""

from typing import NamedTuple

from sitegen.problems import Spot


class FrontMatterError(ValueError):
    """The file has no front matter that can be read."""

    def __init__(self, message: str, hint: str, spot: Spot = Spot()) -> None:  # noqa: B008  # frozen
        super().__init__(message)
        self.message, self.hint, self.spot = message, hint, spot


class Scalar(NamedTuple):
    text: str
    "without white space around it"
    line: int
    column: int


class Sequence(NamedTuple):
    items: tuple["Node", ...]
    line: int
    column: int


class Mapping(NamedTuple):
    pairs: tuple[tuple["Node", "Node"], ...]
    "in the file's order; a key may stand twice"
    line: int
    column: int


Node = Scalar | Sequence | Mapping


def spot_of(node: Node) -> Spot:
    return Spot(node.line, node.column)
