"""A text file's lines to a title, authors and paragraphs.

Blank lines separate paragraphs. The first line is the title where it stands alone, is short and doesn't end like a
sentence; a byline may stand before it, below it or beside it.
"""

import re
from dataclasses import dataclass

from sitegen.ingest import furniture

_BLANK_LINES = re.compile(r"\n\s*\n")
_SENTENCE_END = (".", "!", "?", "…", "”", '"', ")", "。")


@dataclass(frozen=True, slots=True)
class Plain:
    title: str
    "empty where the text has none"
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    "all that remains, each on one line"


def plain(text: str) -> Plain:
    """The text, which has \\n for every line's end. Some paragraph stays wherever there is a line."""
    lines = paragraphs(text)
    authors: tuple[str, ...] = ()
    title = ""
    while len(lines) > 1:
        if names := furniture.authors(lines[0]):
            authors += names
        elif not title and _is_title(lines):
            title = lines[0]
        else:
            break
        lines = lines[1:]
    return Plain(title, tuple(dict.fromkeys(authors)), lines)


def paragraphs(text: str) -> tuple[str, ...]:
    """Each paragraph on one line; a byline, a credit or a heading on a line of its own is a paragraph too."""
    blocks = ([line.strip() for line in block.split("\n") if line.strip()] for block in _BLANK_LINES.split(text.strip()))
    return tuple(" ".join(lines) for block in blocks if block for lines in _apart(block))


def _is_title(lines: tuple[str, ...]) -> bool:
    return furniture.is_headline(lines[0]) and not furniture.is_credit(lines[0])


def _apart(block: list[str]) -> list[list[str]]:
    """The paragraphs of a block that no blank line parts."""
    if len(block) > 1 and furniture.is_heading(block[0]):
        return [[line] for line in block]
    if 1 < len(block) <= 3 and any(furniture.authors(line) for line in block[:2]) and furniture.is_headline(block[0]):
        return [[line] for line in block]
    behind: list[list[str]] = []
    while len(block) > 1 and furniture.is_credit(block[-1]) and block[-2].endswith(_SENTENCE_END):
        behind.insert(0, [block.pop()])
    return [block, *behind]
