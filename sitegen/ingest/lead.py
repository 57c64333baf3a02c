"""A report's lead: the first sentence that tells something, and how it is pinned in the capture."""

import re
from dataclasses import dataclass

from sitegen.text.sentences import Span, sentences

_SENTENCE_END = re.compile(r"[.!?…。！？।۔][\"'”’»)\]]*$")
_LONGEST_LEAD = 600  # characters; what is longer is no sentence of a report
_LONGEST_CONTEXT = 200  # characters of a suffix
_MOST_OCCURRENCES = 50
_LOOKED_AT = 20  # paragraphs at the beginning


@dataclass(frozen=True, slots=True)
class Lead:
    start: int
    "code points into the capture"
    quote: str
    "the capture's own characters"
    suffix: str = ""
    "the words right behind it, where it stands in the capture more than once"

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


def lead(text: str) -> Lead | None:
    """The lead of a capture; None where its words repeat so often that none can be pinned."""
    span = _span(text)
    quote = text[span.start : span.end]
    places = _places(text, quote)
    if len(places) == 1:
        return Lead(span.start, quote)
    if len(places) > _MOST_OCCURRENCES:
        return None
    for length in range(10, _LONGEST_CONTEXT, 10):
        suffix = text[span.end : span.end + length].strip()
        if sum(text[place + len(quote) :][: 2 * length].lstrip().startswith(suffix) for place in places) == 1:
            return Lead(span.start, quote, suffix)
    return None


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


def _places(text: str, quote: str) -> list[int]:
    """Where the quotation stands, as far as a few more than can be told apart."""
    places: list[int] = []
    place = text.find(quote)
    while place >= 0 and len(places) <= _MOST_OCCURRENCES:
        places.append(place)
        place = text.find(quote, place + 1)
    return places
