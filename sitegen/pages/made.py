"""What an edition has made so far for its pages, each piece once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sitegen.pages.scale import Ground, Period
from sitegen.pages.views import DateView, Line, Link, Row
from sitegen.timeline.graph import LinkedEntry
from sitegen.timeline.quotas import VisibleText

_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Trail:
    """Entries that threads run through, oldest first: all of them, or those that tell one name."""

    label: str
    href: str
    entries: tuple[LinkedEntry, ...]
    positions: Mapping[str, int]
    "of the entries, by id"


@dataclass(frozen=True, slots=True)
class Made:
    """What many pages show, made so far, each once: by the entry's id where nothing else is told."""

    rows: dict[str, Row] = field(default_factory=dict)
    entry_links: dict[str, Link] = field(default_factory=dict)
    name_links: dict[tuple[str, str], Link] = field(default_factory=dict)
    "by kind and id"
    dates: dict[tuple[str, str, str], DateView] = field(default_factory=dict)
    "by EDTF, the reader's wording, the zone"
    atom: dict[str, str] = field(default_factory=dict)
    "as Atom feeds show it"
    json: dict[str, str] = field(default_factory=dict)
    "as JSON feeds show it"
    lines: dict[str, Line] = field(default_factory=dict)
    grounds: dict[tuple[Period, Period], Ground] = field(default_factory=dict)
    "by the first and the last period of their scale"
    labels: dict[tuple[Period, int], str] = field(default_factory=dict)
    "of bars, by period and count"
    shown: dict[str, VisibleText] = field(default_factory=dict)
    "by the report's id"
    kin: dict[str, set[str]] = field(default_factory=dict)
    "ids of the reports that share a report's text, and its own, by its id"
    trails: dict[tuple[str, str], Trail] = field(default_factory=dict)
    "by kind and id of a name, or two empty texts for time"

    def without(self, edited: Collection[str], linking: Collection[str]) -> "Made":
        """What stands when entries are *edited*, by id: those that link to them may show their titles."""
        others = {*edited, *linking}
        return replace(
            self,
            rows=_left(self.rows, others),
            entry_links=_left(self.entry_links, edited),
            dates=dict(self.dates),
            atom=_left(self.atom, others),
            json=_left(self.json, others),
            lines=_left(self.lines, edited),
            trails={},
        )


def _left(made: dict[str, _One], without: Collection[str]) -> dict[str, _One]:
    left = dict(made)  # at once: a page that is being made meanwhile may add to them
    for id in without:
        left.pop(id, None)
    return left
