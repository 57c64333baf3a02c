"""A report's lead: the first sentence that tells something, and how it is pinned in the capture."""

import re

from sitegen.ingest.anchors import Anchor, anchor
from sitegen.text.sentences import Span, sentences

_SENTENCE_END = re.compile(r"[.!?…。！？।۔][\"'”’»)\]]*$")
_LONGEST_LEAD = 600  # characters; what is longer is no sentence of a report
_LOOKED_AT = 20  # paragraphs at the beginning


def lead(text: str) -> Anchor | None:
    """The lead of a capture; None where its words repeat so often that none can be pinned."""
    span = _span(text)
    return anchor(text, span.start, span.end)


def lead_words(text: str) -> str:
    """The lead as plain words, for a title."""
    span = _span(text)
    return text[span.start : span.end]


def _span(text: str) -> Span:
    """The first sentence that ends like one, which a dateline doesn't; where none does, the first line's."""
    first: Span | None = None
    beginning = "\n\n".join(text.split("\n\n", _LOOKED_AT)[:_LOOKED_AT])
    for span in sentences(beginning):
        first = first or span
        if _SENTENCE_END.search(text[max(span.start, span.end - 10) : span.end]) and any(map(str.isalpha, text[span.start : span.end])):
            return _bounded(text, span)
    return _bounded(text, first or Span(0, len(text.rstrip())))


def _bounded(text: str, span: Span) -> Span:
    """Cut behind a word where it is too long to be a sentence."""
    if span.end - span.start <= _LONGEST_LEAD:
        return span
    cut = text[span.start : span.start + _LONGEST_LEAD]
    words = cut.rsplit(None, 1)[0] if len(cut.split(None, 1)) > 1 else cut
    return Span(span.start, span.start + len(words.rstrip()))
