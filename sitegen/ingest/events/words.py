"""A report as words: where each stands, in lower case, inside a quotation or not."""

import re
from dataclasses import dataclass

from sitegen.text.sentences import sentences

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[’'‑-][^\W\d_]+)*|\d+(?:[.,:]\d+)*(?:[^\W\d_]+)?|``|''|--|[^\w\s]",
)
_OPENING = frozenset(["“", "«", "„", "``"])
_LONGEST_DATELINE = 16  # words
_CLOSING = frozenset(["”", "»", "''"])


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of a text; a sentence is a range of them."""

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    "lower case, with a straight apostrophe"
    quoted: list[bool]
    sentences: list[tuple[int, int]]
    "half open ranges of words"
    opens_line: list[bool]
    "of each sentence: whether it is the first of its line"

    def is_capital(self, index: int) -> bool:
        return self.text[self.starts[index]].isupper()

    def at(self, offset: int) -> int:
        """The first word that ends behind an offset."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self.ends[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return low


def behind_dateline(words: Words, low: int, high: int) -> int:
    """The sentence's first word behind “KYIV, April 7 (Reuters) - ”; its own first word where it has no dateline; *high* where it is one."""
    has_capitals = False
    for index in range(low, min(high, low + _LONGEST_DATELINE)):
        word = words.text[words.starts[index] : words.ends[index]]
        if word in ("-", "--", "–", "—"):
            return index + 1 if has_capitals and (index + 3 < high or index + 1 == high) else low
        has_capitals = has_capitals or (len(word) > 2 and word.isupper()) or word == "("
        if not (word[0].isupper() or word[0].isdigit() or word in (",", "(", ")", ".", "/", "|")):
            return low
    return low


def words(text: str) -> Words:
    found = [match.span() for match in _WORD.finditer(text)]
    starts = [start for start, _ in found]
    ends = [end for _, end in found]
    lower = [text[start:end].lower().replace("’", "'") for start, end in found]
    ranges: list[tuple[int, int]] = []
    opens: list[bool] = []
    first, behind = 0, 0
    for span in sentences(text):
        last = first
        while last < len(starts) and starts[last] < span.end:
            last += 1
        if last > first:
            ranges.append((first, last))
            opens.append(not ranges[:-1] or "\n" in text[behind : span.start])
        first, behind = last, span.end
    return Words(text, starts, ends, lower, _quoted(text, starts, ends, lower), ranges, opens)


def _quoted(text: str, starts: list[int], ends: list[int], lower: list[str]) -> list[bool]:
    """A quotation ends at its mark, at the latest with its line."""
    inside, quoted, behind = False, [], 0
    for index, word in enumerate(lower):
        if inside and "\n" in text[behind : starts[index]]:
            inside = False
        behind = ends[index]
        if word in _OPENING:
            inside = True
        elif word in _CLOSING:
            inside = False
        elif word == '"':
            inside = not inside
        quoted.append(inside)
    return quoted
