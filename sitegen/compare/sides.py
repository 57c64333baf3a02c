"""The two sides of a comparison, and what changed between them."""

from dataclasses import dataclass
from typing import Literal

from sitegen.compare.units import TextUnit
from sitegen.text.sentences import Span

ChangeKind = Literal["number", "name", "quotation", "date", "attribution", "wording", "spelling", "punctuation"]
TRIVIAL: frozenset[ChangeKind] = frozenset({"spelling", "punctuation"})


@dataclass(frozen=True, slots=True)
class TextChange:
    kind: ChangeKind
    a: Span
    "in the first text; empty, at its place, for what was added"
    b: Span
    "in the second; empty for what was left out"

    @property
    def is_trivial(self) -> bool:
        return self.kind in TRIVIAL


@dataclass(frozen=True, slots=True)
class Side:
    """One text's sentences that belong together."""

    text: str
    quotations: tuple[Span, ...]
    units: tuple[TextUnit, ...]
    "of all of them, in order"
    bounds: tuple[int, ...]
    "how many of the units belong to the first sentence, to the first two, …"

    def span(self, start: int, stop: int) -> Span:
        """Of the units from *start* to before *stop*; for none of them the place between."""
        if start < stop:
            return Span(self.units[start].start, self.units[stop - 1].end)
        place = self.units[start - 1].end if start else self.units[0].start
        return Span(place, place)
