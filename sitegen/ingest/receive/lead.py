"""A report’s lead: its first full sentence, and how it is anchored in the capture."""

import re

from sitegen.ingest.anchors import Anchor, anchor
from sitegen.text.sentences import Span, sentences

_SENTENCE_END = re.compile(r"[.!?…。！？।۔][\"'”’»)\]]*$")
_MAX_LEAD = 600  # characters; anything longer is no sentence of a report
_LOOKED_AT = 20  # paragraphs at the beginning


def lead(text: str) -> Anchor | None:
    """The lead of a capture; None if its words are too repetitive to anchor."""
    span = _span(text)
    return anchor(text, span.start, span.end)


def lead_words(text: str) -> str:
    """The words of the lead, for a title."""
    span = _span(text)
    return text[span.start : span.end]


def _span(text: str) -> Span:
    """The first sentence with a sentence’s end, which a dateline lacks; else the first line’s."""
    first: Span | None = None
    beginning = "\n\n".join(text.split("\n\n", _LOOKED_AT)[:_LOOKED_AT])
    for span in sentences(beginning):
        first = first or span
        if _SENTENCE_END.search(text[max(span.start, span.end - 10) : span.end]) and any(map(str.isalpha, text[span.start : span.end])):
            return _bounded(text, span)
    return _bounded(text, first or Span(0, len(text.rstrip())))


def _bounded(text: str, span: Span) -> Span:
    """Cut after a word if it is too long for a sentence."""
    if span.end - span.start <= _MAX_LEAD:
        return span
    cut = text[span.start : span.start + _MAX_LEAD]
    words = cut.rsplit(None, 1)[0] if len(cut.split(None, 1)) > 1 else cut
    return Span(span.start, span.start + len(words.rstrip()))
