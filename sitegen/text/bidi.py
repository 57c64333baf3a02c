"""Remove bidirectional control characters that a text leaves open.

Balanced ones are how Hebrew and Arabic are written among other scripts. An open one would reorder the words that follow the text.
Source: Unicode Standard Annex 9, section 2.
"""

import re

_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PAIRS = re.compile("[\u202a\u202b\u202d\u202e]\u202c|[\u2066-\u2068]\u2069")
_MAX_DEPTH = 125
"levels of nesting, by the same source"


def contained(text: str) -> str:
    """*text*, unchanged if its bidi controls are balanced, else without any of them."""
    if text.isascii() or not _MARKS.search(text):
        return text
    marks = "".join(_MARKS.findall(text))
    for _ in range(_MAX_DEPTH):
        marks, number = _PAIRS.subn("", marks)
        if not marks:
            return text
        if not number:
            break
    return _MARKS.sub("", text)
