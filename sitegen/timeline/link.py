"""Content to timeline: names, reports and [[targets]] resolved, and what doesn't resolve told. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from sitegen.config import Settings
from sitegen.model import Account, Article, Body, Content, Entry, Person, Place, Reference, Word
from sitegen.problems import Problem, problem
from sitegen.text.spellings import closest, slug
from sitegen.timeline import names as naming
from sitegen.timeline.model import Folder, LinkedEntry, Name, Redirect, Report, Target, Term, TermKind, Timeline
from sitegen.timeline.names import Names

PREFIXES: dict[str, TermKind] = {"person": "person", "place": "place"}


@dataclass(slots=True)
class _Index:
    """What a target can mean."""

    entries: dict[str, LinkedEntry]
    aliases: dict[str, str]
    "an entry's old id to its id"
    names: dict[TermKind, Names]
    unread: frozenset[str]
    paths: dict[str, str]
    "addresses of reports and pages by their ids: no [[link]] leads to them, but an author may think so"
    meanings: dict[str, "Target | Refused | None"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A timeline, and what the next one takes over of it where nothing has changed that it rests on."""

    timeline: Timeline
    problems: tuple[Problem, ...]
    content: Content
    entries: dict[str, LinkedEntry]
    "by file"
    name_problems: tuple[Problem, ...]
    index: _Index

    def with_bodies(self, bodies: Mapping[str, Body], changed: Mapping[str, tuple[Reference, ...]]) -> "Linked | None":
        """The same with other bodies, of which those of *changed* files differ, each of which is given with its new references.

        None where one of their links leads nowhere, which a whole linking tells.
        """
        targets = dict(self.timeline.targets)
        problems: list[Problem] = []
        for file, references in changed.items():
            for reference in self.content.references.get(file, ()):
                targets.pop((file, reference.target), None)
            targets.update(_targets_of(file, references, self.index, problems))
        if problems:
            return None
        content = replace(self.content, bodies=bodies, references={**self.content.references, **changed})
        timeline = replace(self.timeline, bodies=bodies, targets=targets)
        return replace(self, content=content, timeline=timeline)


def link(settings: Settings, content: Content) -> tuple[Timeline, tuple[Problem, ...]]:
    linked = link_again(settings, content, None)
    return linked.timeline, linked.problems


def link_again(settings: Settings, content: Content, before: Linked | None) -> Linked:
    """The same as `link`, and quicker: who is who, and entries that are the very same as *before*, are taken over where they still hold."""
    known: dict[str, LinkedEntry] = {}
    if before is not None and _name_the_same(before.content, content):
        names, name_problems, known = before.index.names, before.name_problems, before.entries
    else:
        names, found = naming.gather(content)
        name_problems = tuple(found)
    problems = [*name_problems]
    by_file: dict[str, LinkedEntry] = {}
    for entry in content.entries:
        linked = known.get(entry.file)
        by_file[entry.file] = linked if linked is not None and linked.entry is entry else _linked(entry, names)
    entries = sorted(by_file.values(), key=lambda linked: linked.order)
    by_id = {linked.entry.id: linked for linked in entries}
    redirects, aliases = _redirects(content, names, problems)
    paths = {article.id: f"/articles/{article.id}/" for article in content.articles} | {page.id: f"/{page.id}/" for page in content.pages}
    index = _Index(by_id, aliases, names, content.unread, paths)
    targets: dict[tuple[str, str], Target] = {}
    for file, references in content.references.items():
        targets.update(_targets_of(file, references, index, problems))
    problems += _within_problems(content.places, names["place"])
    backlinks, mentions = _backlinks(entries, targets)
    timeline = Timeline(
        settings=settings,
        entries=tuple(entries),
        people=_terms(names["person"], entries, mentions),
        places=_terms(names["place"], entries, mentions),
        tags=_terms(names["tag"], entries, mentions),
        reports=_reports(content, entries),
        pages=tuple(sorted(content.pages, key=lambda page: page.id)),
        bodies=content.bodies,
        targets=targets,
        backlinks=backlinks,
        redirects=redirects,
    )
    return Linked(timeline, tuple(problems), content, by_file, name_problems, index)


def _name_the_same(before: Content, content: Content) -> bool:
    """Whether the files tell the same people, places and tags, at the same spots."""
    if (before.people, before.places, len(before.entries)) != (content.people, content.places, len(content.entries)):
        return False
    return all(
        old is new or (old.file, old.people, old.places, old.tags) == (new.file, new.people, new.places, new.tags)
        for old, new in zip(before.entries, content.entries, strict=True)
    )


def _linked(entry: Entry, names: Mapping[TermKind, Names]) -> LinkedEntry:
    def found(kind: TermKind, words: Iterable[Word]) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(name for word in words if (name := names[kind].find(word.text)) is not None))

    location = names["place"].find(entry.location.text) if entry.location else None
    when = entry.when
    return LinkedEntry(
        entry=entry,
        people=found("person", entry.people),
        places=found("place", entry.places),
        tags=found("tag", entry.tags),
        location=location,
        order=entry.order,
        heading=(when.year, when.month, when.day),
    )


def _redirects(content: Content, names: Mapping[TermKind, Names], problems: list[Problem]) -> tuple[tuple[Redirect, ...], dict[str, str]]:
    """Old addresses, and the old ids of entries; an old id that is in use is told."""
    redirects: list[Redirect] = []
    folders: tuple[tuple[Folder, tuple[Entry | Person | Place, ...], dict[str, str]], ...] = (
        ("entries", content.entries, {entry.id: entry.file for entry in content.entries}),
        ("people", content.people, _where(names["person"])),
        ("places", content.places, _where(names["place"])),
    )
    for folder, files, taken in folders:
        for file in files:
            for alias in file.aliases:
                if alias.text in taken:
                    hint = "an alias is an id that this file had before and that is free now"
                    problems.append(problem(file.file, alias.spot, f"the alias “{alias.text}” is in use: {taken[alias.text]}", hint))
                    continue
                taken[alias.text] = file.file
                if isinstance(file, Entry) or file.has_page:
                    redirects.append(Redirect(folder, alias.text, file.id))
    return tuple(redirects), {redirect.old: redirect.new for redirect in redirects if redirect.folder == "entries"}


def _where(names: Names) -> dict[str, str]:
    """Who has each id: a file, or a name that entries use."""
    return {id: names.files[id].file if id in names.files else f"“{name.text}”" for id, name in names.by_id.items()}


def _targets_of(
    file: str, references: Iterable[Reference], index: _Index, problems: list[Problem]
) -> Iterator[tuple[tuple[str, str], Target]]:
    for reference in references:
        if reference.kind != "link":
            continue
        meaning = index.meanings.get(reference.target)
        if meaning is None:
            meaning = index.meanings[reference.target] = _meaning(reference, index)
        if not isinstance(meaning, Refused):
            yield (file, reference.target), meaning
        elif meaning.message:
            problems.append(problem(file, reference.spot, meaning.message, meaning.hint))


def _meaning(reference: Reference, index: _Index) -> Target | Refused:
    target = reference.target
    prefix, colon, rest = target.partition(":")
    if colon and prefix in PREFIXES:
        kind, other = PREFIXES[prefix], PREFIXES["place" if prefix == "person" else "person"]
        if index.names[kind].find(rest.strip()) is None and index.names[other].find(rest.strip()) is not None:
            return Refused(f"“{rest.strip()}” is no {kind}, it is a {other}", f"write [[{other}:{rest.strip()}]]")
        return index.names[kind].find(rest.strip()) or _unknown(rest.strip(), f"no {kind}", _spellings(index, kind), index)
    if colon and prefix == "entry":
        return _entry(rest.strip(), index) or _unknown(rest.strip(), "no entry", index.entries, index)
    entry = _entry(target, index)
    if entry is not None:
        return entry
    person, place = index.names["person"].find(target), index.names["place"].find(target)
    if person and place:
        return Refused(f"“{target}” is a person and a place", f"write [[person:{target}]] or [[place:{target}]]")
    known = [*index.entries, *_spellings(index, "person"), *_spellings(index, "place")]
    return person or place or _unknown(target, "no person, place or entry", known, index)


def _entry(id: str, index: _Index) -> LinkedEntry | None:  # the project's word
    return index.entries.get(index.aliases.get(id, id))


def _unknown(target: str, what: str, known: Iterable[str], index: _Index) -> Refused:
    """Nothing is said of a target whose file has a problem of its own."""
    if target in index.unread or slug(target) in index.unread:
        return Refused("", "")
    if target in index.paths:
        return Refused(f"{what} is called “{target}”", f"to a report or a page you link as [words]({index.paths[target]})")
    hint = _did_you_mean(target, known) or "write an entry’s id, or a name as a person, a place or an entry spells it"
    return Refused(f"{what} is called “{target}”", hint)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    near = closest(name, known)
    return f"did you mean “{near}”?" if near else ""


def _spellings(index: _Index, kind: TermKind) -> Iterator[str]:
    for name in index.names[kind].by_id.values():
        yield name.text
        file = index.names[kind].files.get(name.id)
        if file is not None:
            yield from (spelling.name.text for spelling in file.spellings)


def _within_problems(places: Iterable[Place], names: Names) -> Iterator[Problem]:
    for place in places:
        if place.within is None:
            continue
        if names.find(place.within.text) is None:
            known = [name.text for name in names.by_id.values()]
            hint = _did_you_mean(place.within.text, known) or f"write content/places/{slug(place.within.text)}.md"
            yield problem(place.file, place.within.spot, f"no place is called “{place.within.text}”", hint)
        elif place.id in _surroundings(place, names):
            yield problem(
                place.file, place.within.spot, f"“{place.name.text}” lies within itself", "one of the places in the circle has no within"
            )


def _surroundings(place: Place, names: Names) -> list[str]:
    """Ids of what a place lies within, from near to far; ends where a circle closes."""
    around: list[str] = []
    outer = names.find(place.within.text) if place.within else None
    while outer is not None and outer.id not in around:
        around.append(outer.id)
        file = names.files.get(outer.id)
        outer = names.find(file.within.text) if isinstance(file, Place) and file.within else None
    return around


def _backlinks(
    entries: Iterable[LinkedEntry], targets: Mapping[tuple[str, str], Target]
) -> tuple[dict[str, tuple[LinkedEntry, ...]], dict[Name, list[LinkedEntry]]]:
    """Entries that link to an entry, by its id; entries that link to a name without naming it in their lists."""
    to_entries: dict[str, dict[str, LinkedEntry]] = defaultdict(dict)
    to_names: dict[Name, list[LinkedEntry]] = defaultdict(list)
    for linked in entries:
        if not linked.entry.references:
            continue
        listed = {*linked.people, *linked.places}
        found = (targets.get((linked.entry.file, text)) for text in linked.entry.references)
        for target in {id(target): target for target in found}.values():  # one object for each, and an entry's hash is long in the making
            if isinstance(target, LinkedEntry) and target.entry.id != linked.entry.id:
                to_entries[target.entry.id][linked.entry.id] = linked
            elif isinstance(target, Name) and target not in listed:
                to_names[target].append(linked)
    return {id: tuple(by_id.values()) for id, by_id in to_entries.items()}, to_names


def _terms(names: Names, entries: Iterable[LinkedEntry], mentions: Mapping[Name, list[LinkedEntry]]) -> tuple[Term, ...]:
    """Names that an entry tells or links to, or that have a file."""
    told: dict[str, list[LinkedEntry]] = defaultdict(list)
    names_of = attrgetter({"person": "people", "place": "places", "tag": "tags"}[names.kind])
    for linked in entries:
        for name in names_of(linked):
            told[name.id].append(linked)
    return tuple(
        Term(name, names.files.get(name.id), tuple(told[name.id]), tuple(mentions.get(name, ())), _within(names.files.get(name.id), names))
        for name in sorted(names.by_id.values(), key=naming.alphabetical)
    )


def _within(file: Person | Place | None, names: Names) -> Name | None:
    return names.find(file.within.text) if isinstance(file, Place) and file.within else None


def _reports(content: Content, entries: Iterable[LinkedEntry]) -> tuple[Report, ...]:
    resting: dict[str, dict[str, LinkedEntry]] = defaultdict(dict)
    for linked in entries:
        for account in linked.entry.accounts:
            if isinstance(account, Account):
                resting[account.article.text][linked.entry.id] = linked

    def latest_first(article: Article) -> tuple[int, str]:
        return (-article.published.sort_key[0] if article.published else 0, article.id)

    return tuple(
        Report(article, content.captures.get(article.id), tuple(resting[article.id].values()))
        for article in sorted(content.articles, key=latest_first)
    )
