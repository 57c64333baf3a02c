"""Where footnotes go: markdown-it puts them at the end of a text, we put each after the block that first refers to it.

So a page can show it in the margin, beside that block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sitegen.markdown.syntax import NOTE_END, note_start

if TYPE_CHECKING:
    from markdown_it.token import Token


def footnotes_apart(tokens: Sequence[Token]) -> tuple[list[Token], dict[int, list[Token]]]:
    """The tokens of the text itself, and those of each footnote by its number, from 0."""
    blocks: list[Token] = []
    footnotes: dict[int, list[Token]] = {}
    into = blocks
    for token in tokens:
        match token.type:
            case "footnote_block_open" | "footnote_block_close" | "footnote_anchor":
                pass
            case "footnote_open":
                into = footnotes.setdefault(token.meta["id"], [])
            case "footnote_close":
                into = blocks
            case _:
                into.append(token)
    return blocks, footnotes


def html_with_notes(
    blocks: Sequence[Token], footnotes: Mapping[int, Sequence[Token]], render: Callable[[Sequence[Token]], str]
) -> Iterator[str]:
    """The HTML of each top-level block, followed by the footnotes that no earlier block refers to."""
    shown: set[int] = set()
    start = 0
    for end, token in enumerate(blocks, 1):
        if token.level == 0 and token.nesting <= 0:
            block = blocks[start:end]
            yield render(block)
            yield from _notes(block, footnotes, shown, render)
            start = end


def _notes(
    block: Sequence[Token], footnotes: Mapping[int, Sequence[Token]], shown: set[int], render: Callable[[Sequence[Token]], str]
) -> Iterator[str]:
    for token in block:
        for child in token.children or ():
            if child.type == "footnote_ref" and child.meta["id"] not in shown:
                number = child.meta["id"]
                shown.add(number)
                content = footnotes.get(number, ())
                yield note_start(number + 1)
                yield render(content)
                yield NOTE_END
                yield from _notes(content, footnotes, shown, render)
