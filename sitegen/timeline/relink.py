"""Patch a linked timeline after an edit instead of relinking everything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.timeline.graph import LinkedEntry, Name, Report, Term
from sitegen.timeline.indexes import TimelineIndexes
from sitegen.timeline.targets import Links, TargetIndex


@dataclass(frozen=True, slots=True)
class EntryPatch:
    """Edited entries that keep their ids, names, order and references."""

    entries: tuple[LinkedEntry, ...]
    by_old: dict[int, LinkedEntry]
    "by the identity of the old entry, since hashing an entry is slow"

    @classmethod
    def between(cls, before: Mapping[str, LinkedEntry], now: Mapping[str, LinkedEntry]) -> "EntryPatch":
        """Both have the same files in the same order."""
        pairs = [(old, new) for old, new in zip(before.values(), now.values(), strict=True) if old is not new]
        return cls(
            entries=tuple(new for _, new in pairs),
            by_old={id(old): new for old, new in pairs},
        )

    def links(self, before: Links) -> Links:
        by_old = self.by_old
        return Links({key: by_old.get(id(target), target) for key, target in before.targets.items()}, before.problems)

    def index(self, before: TargetIndex) -> TargetIndex:
        """Replace the edited entries in the index."""
        entries = before.entries | {new.entry.id: new for new in self.entries}
        meanings = {text: self.by_old.get(id(meaning), meaning) for text, meaning in before.meanings.items()}
        return replace(before, entries=entries, meanings=meanings)

    def reports(self, before: Iterable[Report]) -> tuple[Report, ...]:
        """Replace the edited entries in reports; they still cite the same ones."""
        return tuple(
            replace(report, entries=self._listed(report.entries)) if any(id(one) in self.by_old for one in report.entries) else report
            for report in before
        )

    def indexes(self, before: TimelineIndexes, links: Links) -> TimelineIndexes:
        """Replace the edited entries in lists. *links* are the new ones."""
        names, ids = self._referenced(links)
        return TimelineIndexes(
            entries=self._listed(before.entries),
            people=self._terms(before.people, names),
            places=self._terms(before.places, names),
            tags=self._terms(before.tags, names),
            backlinks=before.backlinks | {id: self._listed(before.backlinks[id]) for id in ids if id in before.backlinks},
        )

    def _referenced(self, links: Links) -> tuple[set[Name], set[str]]:
        """Names that the entries list or link to, and the ids of entries that they link to."""
        names: set[Name] = set()
        ids: set[str] = set()
        for linked in self.entries:
            names.update(linked.people, linked.places, linked.tags)
            for text in linked.entry.references:
                target = links.targets.get((linked.entry.file, text))
                if isinstance(target, LinkedEntry):
                    ids.add(target.entry.id)
                elif target is not None:
                    names.add(target)
        return names, ids

    def _terms(self, before: tuple[Term, ...], names: set[Name]) -> tuple[Term, ...]:
        return tuple(
            replace(term, entries=self._listed(term.entries), mentions=self._listed(term.mentions)) if term.name in names else term
            for term in before
        )

    def _listed(self, before: Iterable[LinkedEntry]) -> tuple[LinkedEntry, ...]:
        return tuple([self.by_old.get(id(one), one) for one in before])
