"""The result of parsing Markdown, and how both readers put it together."""

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.model import MAX_BRIEF, Body, Plain, Reference

Piece = str | Reference


@dataclass(frozen=True, slots=True)
class ParsedMarkdown:
    body: Body
    brief: Plain = ()
    "the first paragraph"
    note: Plain = ()
    "the first footnote"
    footnotes: int = 0
    "how many are shown"


def merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """*pieces* with neighbouring strings joined and empty ones dropped."""
    found: list[Piece] = []
    run: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            run.append(piece)
        else:
            found += ("".join(run), piece)
            run.clear()
    return tuple(filter(None, (*found, "".join(run))))


def plain(pieces: Iterable[Piece]) -> Plain:
    """Unescaped *pieces* of a paragraph, cut well beyond a brief's length. Citations are dropped, with the space before them."""
    found: list[Piece] = []
    length = 0
    for piece in pieces:
        if length > 2 * MAX_BRIEF:
            break
        if isinstance(piece, str):
            length += len(piece)
            found.append(piece)
        elif piece.kind == "link":
            length += len(piece.text or piece.target)
            found.append(piece)
        elif found and isinstance(found[-1], str):
            last = found[-1].rstrip()
            length -= len(found[-1]) - len(last)
            found[-1] = last
    return merged(found)
