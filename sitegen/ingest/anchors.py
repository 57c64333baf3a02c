"""Anchor a passage in its capture: by its words, and if these occur more than once, by the words before or after.

Source: the Web Annotation Data Model, section 4.2.4 (Text Quote Selector).
"""

from dataclasses import dataclass

_MAX_CONTEXT = 200
"characters of a prefix or a suffix"
_MAX_OCCURRENCES = 50


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that `content.passages.locate` finds in exactly one place of the capture."""

    start: int
    "code points into the capture"
    quote: str
    "as in the capture, to the character"
    prefix: str = ""
    suffix: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


def anchor(text: str, start: int, end: int) -> Anchor | None:
    """Anchor the words between two offsets; None if they repeat and no short context sets them apart."""
    quote = text[start:end]
    places = _places(text, quote)
    if len(places) == 1:
        return Anchor(start, quote)
    if len(places) > _MAX_OCCURRENCES:
        return None
    for length in range(10, _MAX_CONTEXT, 10):
        suffix = text[end : end + length].strip()
        if suffix and sum(text[place + len(quote) :][: 2 * length].lstrip().startswith(suffix) for place in places) == 1:
            return Anchor(start, quote, suffix=suffix)
        prefix = text[max(0, start - length) : start].strip()
        if prefix and sum(text[max(0, place - 2 * length) : place].rstrip().endswith(prefix) for place in places) == 1:
            return Anchor(start, quote, prefix=prefix)
    return None


def _places(text: str, quote: str) -> list[int]:
    """Find where the quotation occurs, and stop once it occurs too often."""
    places: list[int] = []
    place = text.find(quote)
    while place >= 0 and len(places) <= _MAX_OCCURRENCES:
        places.append(place)
        place = text.find(quote, place + 1)
    return places
