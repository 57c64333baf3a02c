"""What stands of a timeline when entries are edited: it is taken over, with the edited ones in the place of what they were."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.timeline.graph import LinkedEntry, Name, Report, Term
from sitegen.timeline.indexes import TimelineIndexes
from sitegen.timeline.targets import Links, TargetIndex


@dataclass(frozen=True, slots=True)
class EntryPatch:
    """Entries that are others than before; each has the id and the names that it had."""

    entries: tuple[LinkedEntry, ...]
    by_old: dict[int, LinkedEntry]
    "by the identity of what they were, since an entry's hash is long in the making"
    keeps_order_and_links: bool
    "whether each stands where it stood, and links to what it linked to"

    @classmethod
    def between(cls, before: Mapping[str, LinkedEntry], now: Mapping[str, LinkedEntry]) -> "EntryPatch":
        """Both by the same files, in the same order."""
        pairs = [(old, new) for old, new in zip(before.values(), now.values(), strict=True) if old is not new]
        return cls(
            entries=tuple(new for _, new in pairs),
            by_old={id(old): new for old, new in pairs},
            keeps_order_and_links=all((old.order, old.entry.references) == (new.order, new.entry.references) for old, new in pairs),
        )

    def links(self, before: Links) -> Links:
        if not self.entries:
            return before
        by_old = self.by_old
        return Links({key: by_old.get(id(target), target) for key, target in before.targets.items()}, before.problems)

    def index(self, before: TargetIndex) -> TargetIndex:
        """Where only the entries themselves are others."""
        entries = before.entries | {new.entry.id: new for new in self.entries}
        meanings = {text: self.by_old.get(id(meaning), meaning) for text, meaning in before.meanings.items()}
        return replace(before, entries=entries, meanings=meanings)

    def reports(self, before: Iterable[Report]) -> tuple[Report, ...]:
        """Where entries rest on what they rested on."""
        return tuple(
            replace(report, entries=self._listed(report.entries)) if any(id(one) in self.by_old for one in report.entries) else report
            for report in before
        )

    def indexes(self, before: TimelineIndexes, links: Links) -> TimelineIndexes:
        """*links* are those of now. Only where entries `keeps_order_and_links`."""
        if not self.entries:
            return before
        names, ids = self._referenced(links)
        return TimelineIndexes(
            entries=self._listed(before.entries),
            people=self._terms(before.people, names),
            places=self._terms(before.places, names),
            tags=self._terms(before.tags, names),
            backlinks=before.backlinks | {id: self._listed(before.backlinks[id]) for id in ids if id in before.backlinks},
        )

    def _referenced(self, links: Links) -> tuple[set[Name], set[str]]:
        """Names that the entries tell or link to, and the ids of entries that they link to."""
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
