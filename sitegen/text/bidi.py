"""Marks that turn the order of letters, kept inside the text that they belong to.

What a text closes itself is how Hebrew and Arabic are written among other scripts. What stays open would turn the words behind it.
Source: Unicode Standard Annex 9, section 2.
"""

import re

_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PAIRS = re.compile("[\u202a\u202b\u202d\u202e]\u202c|[\u2066-\u2068]\u2069")
_DEEPEST = 125
"levels, by the same source"


def contained(text: str) -> str:
    """*text*, without these marks unless each of them is closed in it."""
    if text.isascii() or not _MARKS.search(text):
        return text
    marks = "".join(_MARKS.findall(text))
    for _ in range(_DEEPEST):
        marks, number = _PAIRS.subn("", marks)
        if not marks:
            return text
        if not number:
            break
    return _MARKS.sub("", text)
