"""What a context has made so far for its pages, each piece once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sitegen.pages.scale import EmptyStrip, Period
from sitegen.pages.views import DateView, EntryRow, Line, Link
from sitegen.timeline.model import LinkedEntry
from sitegen.timeline.quoted import Shown

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class EntrySequence:
    """Entries that threads run through, oldest first: all of them, or those that tell one name."""

    label: str
    href: str
    entries: tuple[LinkedEntry, ...]
    positions: Mapping[str, int]
    "of the entries, by id"


@dataclass(frozen=True, slots=True)
class Memo:
    """What many pages show, made so far, each once: by the entry's id where nothing else is told."""

    rows: dict[str, EntryRow] = field(default_factory=dict)
    entry_links: dict[str, Link] = field(default_factory=dict)
    name_links: dict[tuple[str, str], Link] = field(default_factory=dict)
    "by kind and id"
    dates: dict[tuple[str, str, str], DateView] = field(default_factory=dict)
    "by EDTF, the reader's wording, the zone"
    atom_entries: dict[str, str] = field(default_factory=dict)
    "as Atom feeds show it"
    json_items: dict[str, str] = field(default_factory=dict)
    "as JSON feeds show it"
    lines: dict[str, Line] = field(default_factory=dict)
    empty_strips: dict[tuple[Period, Period], EmptyStrip] = field(default_factory=dict)
    "by the first and the last period of their scale"
    bar_labels: dict[tuple[Period, int], str] = field(default_factory=dict)
    "of bars, by period and count"
    shown: dict[str, Shown] = field(default_factory=dict)
    "by the report's id"
    sharing: dict[str, set[str]] = field(default_factory=dict)
    "ids of the reports that share a report's text, and its own, by its id"
    sequences: dict[tuple[str, str], EntrySequence] = field(default_factory=dict)
    "by kind and id of a name, or two empty texts for time"

    def without(self, edited: Collection[str], linking: Collection[str]) -> "Memo":
        """What stands when entries are *edited*, by id: those that link to them may show their titles."""
        others = {*edited, *linking}
        return replace(
            self,
            rows=_copy_without(self.rows, others),
            entry_links=_copy_without(self.entry_links, edited),
            dates=dict(self.dates),
            atom_entries=_copy_without(self.atom_entries, others),
            json_items=_copy_without(self.json_items, others),
            lines=_copy_without(self.lines, edited),
            sequences={},
        )


def _copy_without(known: dict[str, _Value], ids: Collection[str]) -> dict[str, _Value]:
    copy = dict(known)  # in one step: another thread may be adding to it
    for id in ids:
        copy.pop(id, None)
    return copy
