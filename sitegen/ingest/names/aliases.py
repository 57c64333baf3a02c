"""Aliases that a report states itself: “better known as”, an abbreviation in brackets."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sitegen.ingest.names.mentions import NameMention

_KNOWN_AS = re.compile(
    r"\s*[,(–—-]?\s*(?:who\s+is\s+)?(?:(?:better|also|widely|commonly|popularly|formerly|previously|once|usually|simply)\s+(?:known|called)(?:\s+(?:as|simply\s+as))?"
    r"|known\s+(?:\w+\s+)?as|a\.?k\.?a\.?|alias|nicknamed|(?:whose|his|her)\s+real\s+name\s+(?:is|was)|born|née?|formerly|renamed)\s*[“\"‘'(]?\s*",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\(\s*[“\"‘']?")
_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "de", "la"])


def alias_pairs(text: str, mentions: Sequence[NameMention]) -> Iterator[tuple[NameMention, NameMention, str]]:
    """Adjacent mentions that name one entity, with the words between them."""
    for one, other in pairwise(sorted(mentions)):
        between = text[one.end : other.start]
        if one.kind != other.kind or len(between) > 60:
            continue
        if _KNOWN_AS.fullmatch(between) or (
            _BRACKET.fullmatch(between) and _abbreviates(text[other.start : other.end], text[one.start : one.end])
        ):
            yield one, other, " ".join(between.split()).strip(' ,(“"') or "("


def _abbreviates(short: str, long: str) -> bool:
    words = [word for word in re.findall(r"[^\W_]+", long) if word.lower() not in _SMALL]
    letters = [c for c in short if c.isalpha()]
    return len(words) > 1 and len(letters) > 1 and all(c.isupper() for c in letters) and [w[0].upper() for w in words] == letters
