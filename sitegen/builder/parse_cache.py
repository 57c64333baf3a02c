"""The files of content/ as they are now, parsed. Only a file whose bytes have changed is parsed again.

A file whose stat signature proves that it's the same isn't even read; see `stat_signature`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sitegen.builder.bodies import Bodies
from sitegen.builder.parse_files import is_text, parse_files
from sitegen.builder.parsed_file import ParsedFile
from sitegen.builder.scan import Scan
from sitegen.builder.store import Store, state_store
from sitegen.content.parse import FileFacts
from sitegen.content.read import Listed
from sitegen.problems import Problem

DRAFTS = "content/drafts/"


class ParseCache:
    """`look` brings them up to date."""

    def __init__(self, root: Path, *, with_drafts: bool = True, jobs: int = 1, store: Store | None = None) -> None:
        """Bodies of earlier runs are fetched from the *store*."""
        self._root = root
        self._with_drafts = with_drafts
        self.jobs = jobs
        self.store = store or state_store(root)
        self._files: dict[str, ParsedFile] = {}
        "by file, in the files' order"
        self._aside: dict[str, ParsedFile] = {}
        "drafts that an earlier run has parsed, and that are not wanted now"
        self.taken: Mapping[str, ParsedFile] = {}
        "what an earlier run has parsed"
        self._scan = Scan(root, with_drafts=with_drafts)
        self._unreadable: dict[str, Problem] = {}
        self.times_read = self.times_parsed = 0

    @property
    def current(self) -> dict[str, ParsedFile]:
        """A snapshot."""
        return dict(self._files)

    @property
    def facts(self) -> dict[str, FileFacts]:
        return {file: parsed.facts for file, parsed in self._files.items()}

    @property
    def bodies(self) -> Bodies:
        return self.bodies_of(self._files)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Problems in finding and reading the files. Those of a file's content are in `facts`."""
        return (*self._scan.problems, *self._unreadable.values())

    @property
    def kept(self) -> dict[str, ParsedFile]:
        """Parsed files for a later run. A file whose name isn't UTF-8 is left out, and read each time."""
        return {file: parsed for file, parsed in (self._files | self._aside).items() if is_text(file)}

    def take(self, kept: Mapping[str, ParsedFile]) -> None:
        """Start from the files that an earlier run parsed; the next `look` compares them with the disk."""
        self.taken = kept
        self._files = dict(sorted(kept.items()))
        if not self._with_drafts:
            self._aside = {file: one for file, one in self._files.items() if file.startswith(DRAFTS)}
            self._files = {file: one for file, one in self._files.items() if file not in self._aside}

    def bodies_of(self, files: Mapping[str, ParsedFile]) -> Bodies:
        return Bodies(self._root, {file: parsed.body for file, parsed in files.items()}, self.store)

    def look(self, paths: Collection[Path] | None = None) -> frozenset[str]:
        """Update from the disk, and return the files that were added, removed or changed. *paths*: those that may have changed, or None for any."""
        touched = self._scan.touched(paths) if paths is not None else None
        if touched is not None:
            return self._parse(touched)
        self._scan.list_all()
        gone = (self._files.keys() | self._unreadable.keys()) - self._scan.listed.keys()
        for file in gone:
            self._files.pop(file, None)
            self._unreadable.pop(file, None)
        return self._parse(self._scan.changed(self._files)).union(gone)

    def _parse(self, listed: Sequence[Listed]) -> frozenset[str]:
        self.times_read += len(listed)
        self.store.close()
        found = parse_files(self._root, listed, self._files, self.jobs)
        changed = frozenset(file for file, one in found.items() if self._took(file, one))
        if changed:
            self._files = dict(sorted(self._files.items()))  # quick where they are in order already
        return changed

    def _took(self, file: str, found: ParsedFile | Problem) -> bool:
        """Store a parsed file, or its problem, and return whether it is new or differs."""
        before = self._files.get(file)
        if isinstance(found, Problem):
            was = self._unreadable.get(file)
            self._unreadable[file] = found
            self._files.pop(file, None)
            return was != found
        was_unreadable = self._unreadable.pop(file, None) is not None
        is_same = before is not None and before.digest == found.digest
        if before is not None and is_same:
            found = replace(before, signature=found.signature)
        else:
            self.times_parsed += 1
        if before is not None and not is_same and before.facts.fact == found.facts.fact:
            facts = replace(found.facts, fact=before.facts.fact)  # the same object, so that comparing it is quick
            found = replace(found, facts=facts)
        self._files[file] = found
        return was_unreadable or not is_same
