"""Explain in a sentence why a page has changed since the last build, for --explain.

The manifest shows that a page differs. Which edited files it shows is found by the addresses in it, now and before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

import msgspec

from sitegen.builder import output, view_encoding
from sitegen.builder.digests import digest_of
from sitegen.builder.manifest import FileDigests, PageRecord, frames_space
from sitegen.builder.parsed_file import ParsedFile
from sitegen.builder.store import Store
from sitegen.content.read import id_of
from sitegen.model import Article, Entry, Person, Place, StaticPage
from sitegen.pages import urls
from sitegen.pages.urls import Urls
from sitegen.pages.views import SiteView
from sitegen.problems import Spot

SHOWN = "something that it shows has changed"
_NAMED = 2
"edits to name before “and 3 more”"
_FOLDERS = {
    "entries": "entries/",
    "drafts": "entries/",
    "articles": "articles/",
    "captures": "articles/",
    "comparisons": "compare/",
    "pages": "",
}
_TOLD_AS = {"when": "date", "brief": "text", "note": "text", "footnotes": "text", "references": "text"}
_NOT_TOLD = {"file", "sha256"}


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A file of content/ that has changed since the last build."""

    file: str
    title: str
    "empty if it has none"
    path: str
    "of its page"
    href: bytes
    fields: tuple[str, ...]
    "fields that changed; empty if unknown, or if the file is new or gone"


@dataclass(frozen=True, slots=True)
class Explainer:
    store: Store
    folder: Path
    edits: tuple[FileEdit, ...]
    shared: tuple[str, ...]
    "changed fields that all pages share"

    def why(self, old: PageRecord, data: bytes, frame: bytes | None) -> str:
        """*data* is the new page; *frame* its view without site and body, None if it has none."""
        if self.shared:
            return f"something that every page shows has changed: {', '.join(self.shared)}"
        its_fields = self._fields(old, frame)
        return self._edited(old, data, frame) + (f"; this changes its {_listed(its_fields)}" if its_fields else "")

    def _edited(self, old: PageRecord, data: bytes, frame: bytes | None) -> str:
        own = next((edit for edit in self.edits if edit.path == old.path), None)
        if own is not None:
            return f"its own file {own.file} was edited" + (f": {', '.join(own.fields)}" if own.fields else "")
        before = output.present_bytes(f"{self.folder}/{old.path}") or b""
        reasons = list(
            _edit_reasons(self.edits, before if digest_of(before) == old.written else data, data, data if frame is None else frame)
        )
        if reasons:
            return _with_rest(reasons[:_NAMED], len(reasons) - _NAMED)
        after = [edit.file for edit in self.edits]
        return f"{SHOWN}, after an edit to {_with_rest(after[:_NAMED], len(after) - _NAMED)}" if after else SHOWN

    def _fields(self, old: PageRecord, frame: bytes | None) -> tuple[str, ...]:
        """Changed fields of an entry's page; other pages are not kept."""
        if old.kept is None or frame is None:
            return ()
        data = self.store.value(frames_space(self.folder), old.path, old.kept)
        try:
            return tuple(view_encoding.KeptFrame.of(data or b"").changed_fields(frame)) or ("body",)
        except (ValueError, msgspec.MsgspecError):
            return ()


def edits(
    known: Mapping[str, FileDigests], older: Mapping[str, ParsedFile], now: Mapping[str, ParsedFile], its_urls: Urls
) -> Iterator[FileEdit]:
    """*known* is from the last build, *older* from the parse cache before this build, *now* from this build."""
    for file in sorted(known.keys() | now.keys()):
        before, after = older.get(file), now.get(file)
        if before is not None and (file not in known or known[file].digest != before.digest):
            before = None
        if file in known and after is not None and known[file].digest == after.digest:
            continue
        path = _path(file)
        title = next((_title(one) for one in (after, before) if one is not None and _title(one)), "")
        its_fields = tuple(_differing(before, after)) if before is not None and after is not None else ()
        yield FileEdit(file, title, urls.output_path(path), its_urls.href(path).encode(), its_fields)


def changes(before: SiteView, now: SiteView) -> Iterator[str]:
    """Names of the fields that differ."""
    return (one.name for one in fields(SiteView) if getattr(before, one.name) != getattr(now, one.name))


def _edit_reasons(its_edits: Sequence[FileEdit], before: bytes, data: bytes, shown: bytes) -> Iterator[str]:
    """New and gone files first, then changed ones. *before* and *data* are the page's bytes, *shown* is the part that is its own."""
    labels = {edit: f"“{edit.title}” ({edit.file})" if edit.title else edit.file for edit in its_edits}
    for edit, label in labels.items():
        if edit.href in shown and edit.href not in before:
            yield f"it now shows {label}"
        elif edit.href in before and edit.href not in data:
            yield f"it no longer shows {label}"
    for edit, label in labels.items():
        if edit.href in shown and edit.href in before:
            yield f"it shows {label}, " + (f"whose {_listed(edit.fields)} changed" if edit.fields else "which was edited")


def _differing(before: ParsedFile, after: ParsedFile) -> Iterator[str]:
    one, other = before.facts.fact, after.facts.fact
    if type(one) is not type(other) or one is None or other is None:
        return iter(())
    names = [field.name for field in fields(one) if _plain(getattr(one, field.name)) != _plain(getattr(other, field.name))]
    return iter(dict.fromkeys(_TOLD_AS.get(name, name) for name in names if name not in _NOT_TOLD) or ("text",))


def _plain(value: object) -> object:
    """Without spots, which move with the lines above them."""
    if isinstance(value, Spot):
        return None
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return [type(value), *(_plain(getattr(value, one.name)) for one in fields(value))]
    return value


def _title(parsed: ParsedFile) -> str:
    match parsed.facts.fact:
        case Entry() | Article() | StaticPage() as fact:
            return fact.title
        case Person() | Place() as fact:
            return fact.name.text
    return ""


def _path(file: str) -> str:
    """Of the file's own page, or of the one that shows most of it."""
    folder = file.split("/")[1]
    return f"/{_FOLDERS.get(folder, f'{folder}/')}{id_of(file)}/"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _with_rest(listed: Sequence[str], more: int) -> str:
    return ", ".join(listed) if more <= 0 else f"{', '.join(listed)}, and {more} more"
