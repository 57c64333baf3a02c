"""Detect English reports. Dates and events are read in English only."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zA-Z]")
_LOOKED_AT = 20_000  # characters
_MIN_WORDS = 15
"in lower case; with fewer, only the script counts"
# “in”, “is”, “was” and “a” are also words of neighbouring languages.
_ENGLISH = frozenset((
    "and", "are", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "his", "it", "its", "not", "of",
    "on", "said", "than", "that", "the", "their", "they", "this", "to", "were", "which", "who", "will", "with", "would",
))  # fmt: skip
_ENOUGH = 0.12
"of 1"


def is_english(text: str) -> bool:
    """Judge by the most common words. A short text counts as English if its letters are Latin."""
    words = _WORD.findall(text[:_LOOKED_AT])
    if sum(1 for word in words if _LATIN.match(word)) * 2 < len(words):
        return False
    small = [word for word in words if word[0].islower()]
    return len(small) < _MIN_WORDS or sum(word in _ENGLISH for word in small) >= _ENOUGH * len(small)
