"""Resolve names: each spelling belongs to one person or place; a second claim to it is a problem."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from sitegen.model import Content, Entry, Person, Place, Word
from sitegen.problems import Problem, note, problem
from sitegen.text.spellings import SpellingIndex, alike_on_disk, name_key, slug
from sitegen.timeline.graph import Name, TermKind

NameFile = Person | Place


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one kind, by any spelling."""

    kind: TermKind
    by_id: dict[str, Name] = field(default_factory=dict)
    by_spelling: dict[str, Name] = field(default_factory=dict)
    "keys are `name_key`s"
    files: dict[str, NameFile] = field(default_factory=dict)
    "by id"

    def find(self, text: str) -> Name | None:
        return self.by_spelling.get(name_key(text)) or self.by_id.get(text)


def collect_names(content: Content) -> tuple[dict[TermKind, Names], tuple[Problem, ...]]:
    """Collect people, places and tags from their files and from entries."""
    problems: list[Problem] = []
    entries = sorted(content.entries, key=attrgetter("file"))
    people, places, tags = Names("person"), Names("place"), Names("tag")
    problems += _from_files(people, content.people)
    problems += _from_files(places, content.places)
    problems += _from_entries(people, entries, lambda entry: entry.people)
    problems += _from_entries(places, entries, lambda entry: entry.places)
    problems += _from_entries(tags, entries, lambda entry: entry.tags)
    return {"person": people, "place": places, "tag": tags}, tuple(problems)


def alphabetical(name: Name) -> tuple[str, str]:
    """Sort key: letters without accents, then the id. The order doesn't depend on the machine."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.text.casefold()) if not unicodedata.combining(c))
    return plain, name.id


def _from_files(names: Names, files: Iterable[NameFile]) -> Iterator[Problem]:
    claimed: dict[str, tuple[NameFile, Word]] = {}
    for file in sorted(files, key=lambda file: file.file):
        name = Name(names.kind, file.id, file.name.text, file.has_page)
        names.by_id[file.id] = name
        names.files[file.id] = file
        for word in (file.name, *(spelling.name for spelling in file.spellings)):
            first, place = claimed.setdefault(name_key(word.text), (file, word))
            if first is not file:
                message = f"the spelling “{word.text}” already belongs to “{first.name.text}”"
                yield problem(
                    file.file,
                    word.spot,
                    message,
                    f"{first.file} has it on line {place.spot.line}; a spelling can belong to only one {names.kind}",
                )
            else:
                names.by_spelling[name_key(word.text)] = name
    for file in names.files.values():
        for alias in file.aliases:
            names.by_spelling.setdefault(name_key(alias.text), names.by_id[file.id])


def _from_entries(names: Names, entries: Iterable[Entry], words_of: Callable[[Entry], tuple[Word, ...]]) -> Iterator[Problem]:
    """Add names without a file, as their first entry spells them; report two with the same address, and note look-alikes."""
    first_use: dict[str, tuple[str, Word]] = {}
    "by id: the file of the entry, and the name in it"
    used_again: set[str] = set()
    known: dict[str, str] = {}
    "ids by the exact text of a name, once its spelling is registered"
    for entry in entries:
        for word in words_of(entry):
            if (id := known.get(word.text)) is not None:
                used_again.add(id)
                continue
            if (name := names.find(word.text)) is not None:
                used_again.add(name.id)
                if name_key(word.text) in names.by_spelling:
                    known[word.text] = name.id
                continue
            id = slug(word.text)
            taken = names.by_id.get(id)
            if taken is None:
                names.by_id[id] = names.by_spelling[name_key(word.text)] = Name(names.kind, id, word.text)
                first_use[id] = entry.file, word
                continue
            where = names.files[id].file if id in names.files else first_use[id][0]
            hint = (
                f"if they are the same, write “{taken.text}” or add “{word.text}” to its spellings"
                if names.kind != "tag"
                else f"write “{taken.text}”"
            )
            yield problem(entry.file, word.spot, f"“{word.text}” and “{taken.text}” ({where}) have the same id, {id}", hint)
            names.by_spelling[name_key(word.text)] = taken
    for before, id in alike_on_disk(names.by_id):
        file, spot = (first_use[id][0], first_use[id][1].spot) if id in first_use else (names.files[id].file, names.files[id].name.spot)
        message = f"“{names.by_id[before].text}” and “{names.by_id[id].text}” have addresses that are the same folder name on some disks"
        yield problem(
            file, spot, message, f"their ids are {before} and {id}; write both the same way, or give one of them a file with a different id"
        )
    if first_use:
        yield from _look_alikes(names, first_use, used_again)


def _look_alikes(names: Names, first_use: dict[str, tuple[str, Word]], used_again: set[str]) -> Iterator[Problem]:
    """Note names without a file that are almost another name.

    Of two without a file, the one that a single entry uses is noted, or the later one if both are. A name used twice is not a typo.
    """
    spellings = [text for file in names.files.values() for text in (file.name.text, *(one.name.text for one in file.spellings))]
    known = SpellingIndex([*spellings, *(word.text for _, word in first_use.values())])
    noted: set[str] = set()
    for id, (file, word) in reversed(first_use.items()):
        near = known.near(word.text)
        other = names.by_spelling[name_key(near)].id if near else ""
        if near and (other in names.files or (other not in noted and id not in used_again)):
            noted.add(id)
            hint = (
                f"did you mean “{near}”? If it is another spelling, add it to {names.files[other].file}"
                if other in names.files
                else f"did you mean “{near}”, as in {first_use[other][0]}?"
            )
            yield note(file, word.spot, f"“{word.text}” has no file of its own", hint)
