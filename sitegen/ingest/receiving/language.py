"""Whether a report is in English: the one language whose dates and events are read."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zA-Z]")
_LOOKED_AT = 20_000  # characters
_FEWEST_WORDS = 15
"in small letters; of fewer, only the script tells"
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "that",
        "was",
        "were",
        "with",
        "from",
        "said",
        "has",
        "had",
        "have",
        "by",
        "for",
        "would",
        "will",
        "not",
        "are",
    ]
)
_ENOUGH = 0.12
"of 1; English news has 0.25 and more of these, other languages of Latin letters below 0.05"


def is_english(text: str) -> bool:
    """Told by the commonest words; a text of too few words passes as English if its letters are Latin."""
    words = _WORD.findall(text[:_LOOKED_AT])
    if sum(1 for word in words if _LATIN.match(word)) * 2 < len(words):
        return False
    small = [word for word in words if word[0].islower()]
    return len(small) < _FEWEST_WORDS or sum(word in _ENGLISH for word in small) >= _ENOUGH * len(small)
