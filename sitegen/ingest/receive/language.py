"""Whether a report is in English: the one language whose dates and events are read."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zA-Z]")
_LOOKED_AT = 20_000  # characters
_MIN_WORDS = 15
"in small letters; of fewer, only the script tells"
# “in”, “is”, “was” and “a” are words of its neighbours, too.
_ENGLISH = frozenset((
    "and", "are", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "his", "it", "its", "not", "of",
    "on", "said", "than", "that", "the", "their", "they", "this", "to", "were", "which", "who", "will", "with", "would",
))  # fmt: skip
_ENOUGH = 0.12
"of 1"


def is_english(text: str) -> bool:
    """Told by the commonest words; a text of too few words passes as English if its letters are Latin."""
    words = _WORD.findall(text[:_LOOKED_AT])
    if sum(1 for word in words if _LATIN.match(word)) * 2 < len(words):
        return False
    small = [word for word in words if word[0].islower()]
    return len(small) < _MIN_WORDS or sum(word in _ENGLISH for word in small) >= _ENOUGH * len(small)
