"""Split a text file into title, authors and paragraphs.

Blank lines separate paragraphs. The first line is the title if it is a paragraph of its own, is short and does not end like a sentence; a byline may
come before, below or beside it.
"""

import re
from dataclasses import dataclass

from sitegen.ingest.receive.boilerplate import is_heading, is_headline
from sitegen.ingest.receive.credits import authors as authors_of
from sitegen.ingest.receive.credits import is_credit
from sitegen.ingest.receive.outlet_corrections import is_correction

_BLANK_LINES = re.compile(r"\n\s*\n")
_MAX_CREDIT_LINES = 6
_SENTENCE_END = (".", "!", "?", "…", "”", '"', ")", "。")


@dataclass(frozen=True, slots=True)
class PlainText:
    title: str
    "empty if the text has none"
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    "the rest, each on one line"


def plain_text(text: str) -> PlainText:
    """Split a text with \\n line endings. At least one paragraph is kept."""
    lines = paragraphs(text)
    authors: tuple[str, ...] = ()
    title = ""
    while len(lines) > 1:
        if names := authors_of(lines[0]):
            authors += names
        elif not title and _is_title(lines):
            title = lines[0]
        else:
            break
        lines = lines[1:]
    return PlainText(title, tuple(dict.fromkeys(authors)), lines)


def paragraphs(text: str) -> tuple[str, ...]:
    """Each paragraph on one line. Bylines, credits and headings on their own lines are paragraphs too."""
    blocks = ([line.strip() for line in block.split("\n") if line.strip()] for block in _BLANK_LINES.split(text.strip()))
    return tuple(" ".join(lines) for block in blocks if block for lines in _block_paragraphs(block))


def _is_title(lines: tuple[str, ...]) -> bool:
    return is_headline(lines[0]) and not is_credit(lines[0])


def _block_paragraphs(block: list[str]) -> list[list[str]]:
    """The paragraphs of a block without blank lines."""
    if len(block) > 1 and is_heading(block[0]):
        return [[line] for line in block]
    if 1 < len(block) <= 3 and any(authors_of(line) for line in block[:2]) and is_headline(block[0]):
        return [[line] for line in block]
    own = block
    behind: list[list[str]] = []
    while lines := _credit_lines(own):
        own, behind = own[:-lines], [own[-lines:], *behind]
    return [own, *behind]


def _credit_lines(block: list[str]) -> int:
    """How many lines at the end of a block form one credit or correction after the end of a sentence."""
    for lines in range(1, min(_MAX_CREDIT_LINES, len(block) - 1) + 1):
        text = " ".join(block[-lines:])
        if block[-lines - 1].endswith(_SENTENCE_END) and (is_credit(text) or is_correction(text)):
            return lines
    return 0
