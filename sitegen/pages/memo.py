"""Memoize views and texts that several pages of a render context show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sitegen.pages.scale import EmptyStrip, Period
from sitegen.pages.views import DateView, EntryRow, Line, Link
from sitegen.timeline.graph import LinkedEntry
from sitegen.timeline.quotas import VisibleText

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class EntrySequence:
    """All entries, or those with one name, oldest first; threads link each to the previous and the next."""

    label: str
    href: str
    entries: tuple[LinkedEntry, ...]
    positions: Mapping[str, int]
    "of entries, by id"


@dataclass(frozen=True, slots=True)
class Memo:
    """Computed on first use. Keys are entry ids unless stated otherwise."""

    rows: dict[str, EntryRow] = field(default_factory=dict)
    entry_links: dict[str, Link] = field(default_factory=dict)
    name_links: dict[tuple[str, str], Link] = field(default_factory=dict)
    "by kind and id"
    dates: dict[tuple[str, str, str], DateView] = field(default_factory=dict)
    "by EDTF, date text and time zone"
    atom_entries: dict[str, str] = field(default_factory=dict)
    "XML for Atom feeds"
    json_items: dict[str, str] = field(default_factory=dict)
    "JSON for JSON feeds"
    lines: dict[str, Line] = field(default_factory=dict)
    empty_strips: dict[tuple[Period, Period], EmptyStrip] = field(default_factory=dict)
    "by the first and last period of the scale"
    bar_labels: dict[tuple[Period, int], str] = field(default_factory=dict)
    "by period and count"
    shown: dict[str, VisibleText] = field(default_factory=dict)
    "by report id"
    sharing: dict[str, set[str]] = field(default_factory=dict)
    "by report id: ids of all reports that share its text, itself included"
    sequences: dict[tuple[str, str], EntrySequence] = field(default_factory=dict)
    "by kind and id of a name; two empty strings for all entries"

    def without(self, edited: Collection[str], linking: Collection[str]) -> "Memo":
        """A copy without anything that shows the *edited* entries; *linking* ones may show their titles. Both are ids."""
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
