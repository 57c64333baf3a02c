"""Find the spot in the source of a markdown-it token: the token itself has the lines of its block, but no column."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from sitegen.problems import Spot

BlockLines = tuple[int, int]
"the lines of a block, from 0: its first, and the one after its last"


class SpotFinder:
    """Within a block, each search for the same text continues after the previous match."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self._lines = lines
        self._first_line = first_line
        self._continue_at: dict[tuple[str, BlockLines], tuple[int, int]] = {}
        "line and column, by pattern and block"

    def text_spot(self, raw: str, block: BlockLines) -> Spot:
        """The next spot of *raw*, as it is written; the beginning of the block if it is not found."""
        return self._next(re.escape(raw.partition("\n")[0]), block)

    def address_spot(self, address: str, block: BlockLines) -> Spot:
        """The next spot of the address of a link or an image. markdown-it has percent-encoded it, so both forms are tried."""
        forms = "|".join(re.escape(form) for form in dict.fromkeys((address, unquote(address))))
        return self._next(rf"(?:(?<=\]\()|(?<=\]\(<))(?:{forms})(?=[)>\s]|$)", block)

    def _next(self, pattern: str, block: BlockLines) -> Spot:
        line, column = self._continue_at.get((pattern, block), (block[0], 0))
        compiled = re.compile(pattern)
        while line < min(block[1], len(self._lines)):
            found = compiled.search(self._lines[line], column)
            if found is not None:
                self._continue_at[pattern, block] = (line, found.start() + 1)
                return Spot(self._first_line + line, found.start() + 1)
            line, column = line + 1, 0
        return Spot(self._first_line + block[0])
