"""What pins a passage in its capture: its words, and where these stand there more than once, the words beside them."""

from dataclasses import dataclass

_LONGEST_CONTEXT = 200  # characters of a prefix or a suffix
_MOST_OCCURRENCES = 50


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a capture that `content.passages.locate` finds at one place only."""

    start: int
    "code points into the capture"
    quote: str
    "the capture's own characters"
    prefix: str = ""
    suffix: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


def anchor(text: str, start: int, end: int) -> Anchor | None:
    """The words between two offsets, pinned; None where they repeat so often that nothing tells them apart."""
    quote = text[start:end]
    places = _places(text, quote)
    if len(places) == 1:
        return Anchor(start, quote)
    if len(places) > _MOST_OCCURRENCES:
        return None
    for length in range(10, _LONGEST_CONTEXT, 10):
        suffix = text[end : end + length].strip()
        if suffix and sum(text[place + len(quote) :][: 2 * length].lstrip().startswith(suffix) for place in places) == 1:
            return Anchor(start, quote, suffix=suffix)
        prefix = text[max(0, start - length) : start].strip()
        if prefix and sum(text[max(0, place - 2 * length) : place].rstrip().endswith(prefix) for place in places) == 1:
            return Anchor(start, quote, prefix=prefix)
    return None


def _places(text: str, quote: str) -> list[int]:
    """Where the quotation stands, as far as a few more than can be told apart."""
    places: list[int] = []
    place = text.find(quote)
    while place >= 0 and len(places) <= _MOST_OCCURRENCES:
        places.append(place)
        place = text.find(quote, place + 1)
    return places
