"""Find the mentions of people, places and organisations in a report.

The text is split into tokens (`name_tokens`), runs of capitalised words are labelled by weights (`decoder`), and rules correct the labels
(`tag_rules`, `consistency`). Credits are left out.

"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sitegen.ingest.names.consistency import consistent
from sitegen.ingest.names.credit_lines import credit_lines
from sitegen.ingest.names.decoder import labels, model
from sitegen.ingest.names.features import annotated
from sitegen.ingest.names.name_tokens import name_tokens, runs
from sitegen.ingest.names.tag_rules import EntitySpan, corrected

EntityKind = Literal["person", "place", "organisation"]
_KINDS: dict[str, EntityKind] = {"PER": "person", "LOC": "place", "ORG": "organisation"}
_MAX_LENGTH = 200_000  # characters; a long report has 30,000


@dataclass(frozen=True, slots=True, order=True)
class NameMention:
    start: int
    "code points into the text"
    end: int
    kind: EntityKind


def tag(text: str) -> tuple[NameMention, ...]:
    """The mentions of a report, in order and without overlaps.

    A text longer than any report is tagged in chunks, so that memory stays bounded.

    """
    return tuple(mention for start, end in _stretches(text) for mention in _mentions(text[start:end], start))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Chunks of the text that end with a line, or else with a word."""
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > _MAX_LENGTH:
            cut = text.rfind("\n", start, start + _MAX_LENGTH)
            cut = cut if cut > start else text.rfind(" ", start, start + _MAX_LENGTH)
            end = cut + 1 if cut > start else start + _MAX_LENGTH
        yield start, end
        start = end


def _mentions(text: str, offset: int) -> Iterator[NameMention]:
    found = name_tokens(text)
    stretches = runs(found)
    learned = model()
    report = annotated(found, stretches, learned.words)
    names = [name for start, end in stretches for name in _names(start, labels(report, start, end, learned))]
    left_out = credit_lines(text)
    for name in consistent(corrected(names, report), report):
        start = found.starts[name.start]
        if name.kind in _KINDS and not any(first <= start < behind for first, behind in left_out):
            yield NameMention(offset + start, offset + found.ends[name.end - 1], _KINDS[name.kind])


def _names(start: int, row: list[str]) -> Iterator[EntitySpan]:
    """The names in a run’s label sequence."""
    first = -1
    for index, label in enumerate([*row, "O"]):
        if first >= 0 and label[0] != "I":
            yield EntitySpan(start + first, start + index, row[first][2:])
            first = -1
        if label[0] == "B":
            first = index
