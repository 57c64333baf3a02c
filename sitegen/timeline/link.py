"""Link content into a timeline: resolve names, reports and [[targets]], and report those that don't resolve."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from sitegen.content import comparisons
from sitegen.model import Body, Content, Entry, Person, Place, Reference, Settings, Word
from sitegen.problems import Problem, problem
from sitegen.text.spellings import slug
from sitegen.timeline import names as naming
from sitegen.timeline.graph import Folder, LinkedEntry, Name, Redirect, TermKind, Timeline
from sitegen.timeline.indexes import TimelineIndexes, reports
from sitegen.timeline.names import Names
from sitegen.timeline.relink import EntryPatch
from sitegen.timeline.targets import Links, TargetIndex, closest_hint, resolved_links, updated_links

Finder = Callable[[str], Name | None]
_Position = tuple[tuple[int, int, int], tuple[str, int | None, int | None]]
"a date's sort key, and the year, month and day of its heading"
DISPLAY_FIELDS = ("title", "date_text", "status", "key", "graphic", "updated", "brief", "note", "footnotes")
"fields that lists show, but that affect neither the place of an entry nor any other file"


@dataclass(frozen=True, slots=True)
class LinkState:
    """A timeline, with all that incremental linking can reuse."""

    timeline: Timeline
    problems: tuple[Problem, ...]
    content: Content
    entries: dict[str, LinkedEntry]
    "by file"
    name_problems: tuple[Problem, ...]
    index: TargetIndex
    links: Links
    indexes: TimelineIndexes

    def with_entries(self, edited: Mapping[str, Entry]) -> "LinkState":
        """Replace entries, by file, that differ from the old ones only in their DISPLAY_FIELDS."""
        entries = self.entries | {file: replace(self.entries[file], entry=entry) for file, entry in edited.items()}
        patch = EntryPatch.between(self.entries, entries)
        links = patch.links(self.links)
        indexes = patch.indexes(self.indexes, links)
        timeline = replace(
            self.timeline,
            entries=indexes.entries,
            people=indexes.people,
            places=indexes.places,
            tags=indexes.tags,
            reports=patch.reports(self.timeline.reports),
            targets=links.targets,
            backlinks=indexes.backlinks,
        )
        content = replace(self.content, entries=tuple([edited.get(entry.file, entry) for entry in self.content.entries]))
        index = patch.index(self.index)
        return replace(self, timeline=timeline, content=content, entries=entries, index=index, links=links, indexes=indexes)

    def with_bodies(self, bodies: Mapping[str, Body], changed: Mapping[str, tuple[Reference, ...]]) -> "LinkState | None":
        """Replace the bodies; *changed* holds the new references of each file whose body differs.

        None if one of their links is broken or was, which only `link_incrementally` reports.
        """
        old = {file: self.content.references.get(file, ()) for file in changed}
        links = updated_links(self.links, old, changed, self.index)
        if any(file in self.links.problems or file in links.problems for file in changed):
            return None
        content = replace(self.content, bodies=bodies, references={**self.content.references, **changed})
        timeline = replace(self.timeline, bodies=bodies, targets=links.targets)
        return replace(self, content=content, timeline=timeline, links=links)


def is_display_edit(old: object, new: object) -> bool:
    """Whether both are entries that differ only in their DISPLAY_FIELDS."""
    if not isinstance(old, Entry) or not isinstance(new, Entry):
        return False
    return replace(new, **{name: getattr(old, name) for name in DISPLAY_FIELDS}) == old


def link(settings: Settings, content: Content) -> tuple[Timeline, tuple[Problem, ...]]:
    linked = link_incrementally(settings, content, None)
    return linked.timeline, linked.problems


def link_incrementally(settings: Settings, content: Content, before: LinkState | None) -> LinkState:
    """Like `link`, but reuses *before* for all objects that are still identical."""
    if before is not None and not _name_the_same(before.content, content):
        before = None
    names, name_problems = (before.index.names, before.name_problems) if before else naming.collect_names(content)
    entries = _by_file(content.entries, names, before.entries if before else {})
    problems = [*name_problems]
    redirects, aliases = _redirects(content, names, problems)
    paths = {article.id: f"/articles/{article.id}/" for article in content.articles} | {page.id: f"/{page.id}/" for page in content.pages}
    index = TargetIndex({linked.entry.id: linked for linked in entries.values()}, aliases, names, content.unread, paths)
    links = resolved_links(content.references, index)
    indexes = TimelineIndexes.of(entries.values(), index.names, links)
    problems += [found for file in content.references if file in links.problems for found in links.problems[file]] if links.problems else ()
    problems += _within_problems(content.places, names["place"])
    problems += comparisons.check(content)
    timeline = Timeline(
        settings=settings,
        entries=indexes.entries,
        people=indexes.people,
        places=indexes.places,
        tags=indexes.tags,
        reports=reports(content, indexes.entries),
        pages=tuple(sorted(content.pages, key=lambda page: page.id)),
        bodies=content.bodies,
        targets=links.targets,
        backlinks=indexes.backlinks,
        redirects=redirects,
        comparisons={(notes.a, notes.b): notes for notes in content.comparisons},
    )
    return LinkState(timeline, tuple(problems), content, entries, name_problems, index, links, indexes)


def _name_the_same(before: Content, content: Content) -> bool:
    """Whether both have the same people, places and tags, at the same spots."""
    if (before.people, before.places, len(before.entries)) != (content.people, content.places, len(content.entries)):
        return False
    return all(
        old is new or (old.file, old.people, old.places, old.tags) == (new.file, new.people, new.places, new.tags)
        for old, new in zip(before.entries, content.entries, strict=True)
    )


def _by_file(entries: Iterable[Entry], names: Mapping[TermKind, Names], known: Mapping[str, LinkedEntry]) -> dict[str, LinkedEntry]:
    """Link each entry to its names; an entry in *known* that is identical is reused."""
    finders = {kind: cache(names[kind].find) for kind in names}
    places: dict[str, _Position] = {}
    by_file: dict[str, LinkedEntry] = {}
    for entry in entries:
        linked = known.get(entry.file)
        by_file[entry.file] = linked if linked is not None and linked.entry is entry else _linked(entry, finders, places)
    return by_file


def _linked(entry: Entry, finders: Mapping[TermKind, Finder], places: dict[str, _Position]) -> LinkedEntry:
    when = entry.when
    place = places.get(when.edtf)
    if place is None:
        place = places[when.edtf] = when.sort_key, (when.years, when.month, when.day)
    return LinkedEntry(
        entry=entry,
        people=_found(entry.people, finders["person"]),
        places=_found(entry.places, finders["place"]),
        tags=_found(entry.tags, finders["tag"]),
        location=finders["place"](entry.location.text) if entry.location else None,
        order=(place[0], entry.seq, entry.id),
        heading=place[1],
    )


def _found(words: Iterable[Word], find: Finder) -> tuple[Name, ...]:
    """The names, each once; duplicates are rare."""
    names = [name for word in words if (name := find(word.text)) is not None]
    if len(names) < 2:
        return tuple(names)
    return tuple(names if len(set(map(id, names))) == len(names) else dict.fromkeys(names))


def _redirects(content: Content, names: Mapping[TermKind, Names], problems: list[Problem]) -> tuple[tuple[Redirect, ...], dict[str, str]]:
    """Redirects, and new ids of entries by their old ones; an alias in use becomes a problem."""
    redirects: list[Redirect] = []
    folders: tuple[tuple[Folder, tuple[Entry | Person | Place, ...]], ...] = (
        ("entries", content.entries),
        ("people", content.people),
        ("places", content.places),
    )
    for folder, files in folders:
        moved = [file for file in files if file.aliases]
        taken = _taken(folder, content, names) if moved else {}
        for file in moved:
            for alias in file.aliases:
                if alias.text in taken:
                    hint = "an alias must be an old id of this file that nothing else uses"
                    problems.append(
                        problem(file.file, alias.spot, f"the alias “{alias.text}” is already used by {taken[alias.text]}", hint)
                    )
                    continue
                taken[alias.text] = file.file
                if isinstance(file, Entry) or file.has_page:
                    redirects.append(Redirect(folder, alias.text, file.id))
    return tuple(redirects), {redirect.old: redirect.new for redirect in redirects if redirect.folder == "entries"}


def _taken(folder: Folder, content: Content, names: Mapping[TermKind, Names]) -> dict[str, str]:
    """Ids in use in a part of the site, with what uses each."""
    if folder == "entries":
        return {entry.id: entry.file for entry in content.entries}
    return _where(names["person" if folder == "people" else "place"])


def _where(names: Names) -> dict[str, str]:
    """What uses each id: a file, or a name in entries."""
    return {id: names.files[id].file if id in names.files else f"“{name.text}”" for id, name in names.by_id.items()}


def _within_problems(places: Iterable[Place], names: Names) -> Iterator[Problem]:
    for place in places:
        if place.within is None:
            continue
        if names.find(place.within.text) is None:
            known = [name.text for name in names.by_id.values()]
            hint = closest_hint(place.within.text, known) or f"add content/places/{slug(place.within.text)}.md"
            yield problem(place.file, place.within.spot, f"no place is called “{place.within.text}”", hint)
        elif place.id in _surroundings(place, names):
            yield problem(
                place.file, place.within.spot, f"“{place.name.text}” is within itself", "delete the within of one of the places in the loop"
            )


def _surroundings(place: Place, names: Names) -> list[str]:
    """Ids of the places around a place, from near to far; stops if they form a circle."""
    around: list[str] = []
    outer = names.find(place.within.text) if place.within else None
    while outer is not None and outer.id not in around:
        around.append(outer.id)
        file = names.files.get(outer.id)
        outer = names.find(file.within.text) if isinstance(file, Place) and file.within else None
    return around
