"""Resolve the [[targets]] of links, and report those that lead nowhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sitegen.model import Reference
from sitegen.problems import Problem, problem
from sitegen.text.spellings import closest, slug
from sitegen.timeline.graph import LinkedEntry, Target, TermKind
from sitegen.timeline.names import Names

PREFIXES: dict[str, TermKind] = {"person": "person", "place": "place"}


@dataclass(frozen=True, slots=True)
class UnresolvedTarget:
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class TargetIndex:
    """Everything that a target can refer to."""

    entries: dict[str, LinkedEntry]
    aliases: dict[str, str]
    "ids of entries by their old ids"
    names: dict[TermKind, Names]
    unread: frozenset[str]
    paths: dict[str, str]
    "addresses of reports and pages by id; a [[link]] can't lead to them, but authors may try"
    meanings: dict[str, Target | UnresolvedTarget] = field(default_factory=dict)
    "resolved so far, by target"


@dataclass(frozen=True, slots=True)
class Links:
    """The links of all texts, resolved."""

    targets: dict[tuple[str, str], Target]
    "by file and target"
    problems: dict[str, tuple[Problem, ...]]
    "broken links, by file"


def resolved_links(references: Mapping[str, Iterable[Reference]], index: TargetIndex) -> Links:
    """*references*, by file."""
    targets: dict[tuple[str, str], Target] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    meanings = index.meanings
    for file, its_references in references.items():
        for reference in its_references:
            if reference.kind != "link":
                continue
            meaning = meanings.get(reference.target)
            if meaning is None:
                meaning = meanings[reference.target] = _meaning(reference, index)
            if not isinstance(meaning, UnresolvedTarget):
                targets[file, reference.target] = meaning
            elif meaning.message:
                problems[file] = (*problems.get(file, ()), problem(file, reference.spot, meaning.message, meaning.hint))
    return Links(targets, problems)


def updated_links(
    before: Links, old: Mapping[str, Iterable[Reference]], new: Mapping[str, Iterable[Reference]], index: TargetIndex
) -> Links:
    """Replace the *old* references of some files by *new* ones. All targets must still mean the same."""
    if not old and not new:
        return before
    targets, problems = dict(before.targets), dict(before.problems)
    for file, references in old.items():
        problems.pop(file, None)
        for reference in references:
            targets.pop((file, reference.target), None)
    found = resolved_links(new, index)
    return Links(targets | found.targets, problems | found.problems)


def closest_hint(name: str, known: Iterable[str]) -> str:
    near = closest(name, known)
    return f"did you mean “{near}”?" if near else ""


def _meaning(reference: Reference, index: TargetIndex) -> Target | UnresolvedTarget:
    target = reference.target
    prefix, colon, rest = target.partition(":")
    if colon and prefix in PREFIXES:
        kind, other = PREFIXES[prefix], PREFIXES["place" if prefix == "person" else "person"]
        if index.names[kind].find(rest.strip()) is None and index.names[other].find(rest.strip()) is not None:
            return UnresolvedTarget(f"“{rest.strip()}” is a {other}, not a {kind}", f"write [[{other}:{rest.strip()}]]")
        return index.names[kind].find(rest.strip()) or _unknown(rest.strip(), f"no {kind}", _spellings(index, kind), index)
    if colon and prefix == "entry":
        return _entry(rest.strip(), index) or _unknown(rest.strip(), "no entry", index.entries, index)
    entry = _entry(target, index)
    if entry is not None:
        return entry
    person, place = index.names["person"].find(target), index.names["place"].find(target)
    if person and place:
        return UnresolvedTarget(f"“{target}” is both a person and a place", f"write [[person:{target}]] or [[place:{target}]]")
    known = [*index.entries, *_spellings(index, "person"), *_spellings(index, "place")]
    return person or place or _unknown(target, "no person, place or entry", known, index)


def _entry(id: str, index: TargetIndex) -> LinkedEntry | None:  # the project's word
    return index.entries.get(index.aliases.get(id, id))


def _unknown(target: str, what: str, known: Iterable[str], index: TargetIndex) -> UnresolvedTarget:
    """The problem of an unknown target; empty if its file couldn't be parsed, which is a problem already."""
    if target in index.unread or slug(target) in index.unread:
        return UnresolvedTarget("", "")
    if target in index.paths:
        return UnresolvedTarget(f"{what} is called “{target}”", f"link to a report or a page with [words]({index.paths[target]})")
    hint = closest_hint(target, known) or "write an entry’s id, or a name that an entry, a person or a place uses"
    return UnresolvedTarget(f"{what} is called “{target}”", hint)


def _spellings(index: TargetIndex, kind: TermKind) -> Iterator[str]:
    for name in index.names[kind].by_id.values():
        yield name.text
        file = index.names[kind].files.get(name.id)
        if file is not None:
            yield from (spelling.name.text for spelling in file.spellings)
