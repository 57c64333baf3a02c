"""Render the pages of entries after only their bodies were edited, without linking the site.

The last build stored the rest of each entry's page: its frame, and where the references in its body lead. The fast path is used only
if other pages show the edited entry as before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
import msgspec

from sitegen.builder import errors, manifest, output, theme, view_encoding
from sitegen.builder.digests import digest_of
from sitegen.builder.manifest import FileDigests, Manifest, PageRecord
from sitegen.builder.parse_files import parsed_file
from sitegen.builder.result import BuildOptions, BuildResult, Written
from sitegen.builder.stat_signature import signature_of
from sitegen.builder.store import Store
from sitegen.content.read import Source
from sitegen.model import Body, Entry
from sitegen.pages import urls
from sitegen.pages.link_targets import fill
from sitegen.pages.views import EntryPage
from sitegen.problems import Problem, stops_a_build
from sitegen.render import Renderer

BODY_EDITED = "its text in {file} was edited"


@dataclass(frozen=True, slots=True)
class _EditedPage:
    """An entry with its new body, and the view of its page."""

    file: str
    known: FileDigests
    problems: tuple[Problem, ...]
    "notes on this file alone"
    record: PageRecord
    "of the last build"
    made_of: bytes
    view: EntryPage


def build(root: Path, options: BuildOptions, store: Store, before: Manifest, edited: Mapping[str, bytes]) -> BuildResult | None:
    """*edited*: the new bytes of entries, by file. None, with nothing written, if other pages or problems may change too."""
    folder = options.output
    recorded = {page.path: page for page in before.pages}
    pages_edited: list[_EditedPage] = []
    for file, data in edited.items():
        one = _edited_page(file, data, before, recorded, store, folder)
        if one is None:
            return None
        pages_edited.append(one)
    try:
        layouts = Renderer(theme.layouts(root), theme.own_layouts(root))
        pages = {one.record.path: layouts.render(one.record.layout, one.view) for one in pages_edited if one.made_of != one.record.made_of}
        changed = _written(root, folder, pages, recorded)
        after = _after(before, pages_edited, pages, folder)
        manifest.save(store, folder, after)
    except theme.ThemeError:
        return None
    except jinja2.TemplateError as error:
        return BuildResult((*before.problems, errors.layout_problem(error)), None, parsed=len(edited))
    except OSError as error:
        ended = errors.disk_problem(root, folder, error)
        return BuildResult((*before.problems, ended), None, parsed=len(edited), is_torn=True)
    why = {one.record.path: BODY_EDITED.format(file=one.file) for one in pages_edited if one.record.path in pages}
    return BuildResult(after.problems, Written((), changed, len(before.pages) - len(changed), ()), before.entries, why, len(edited))


def _edited_page(
    file: str, data: bytes, before: Manifest, recorded: Mapping[str, PageRecord], store: Store, folder: Path
) -> _EditedPage | None:
    parsed = parsed_file(Source(file, file.split("/")[1], data), digest_of(data), None)
    fact = parsed.facts.fact
    if not isinstance(fact, Entry) or parsed.shown != before.content[file].shown or stops_a_build(parsed.facts.problems):
        return None
    record = recorded.get(urls.output_path(urls.entry_path(fact.id)))
    if record is None or record.kept is None or not isinstance(parsed.body, Body):
        return None
    frame = store.value(manifest.frames_space(folder), record.path, record.kept)
    if frame is None:
        return None
    try:
        kept = view_encoding.KeptFrame.of(frame)
        body = fill(parsed.body, kept.link_targets)
        view = kept.page(view_encoding.site_of(before.site), body)
    except (KeyError, ValueError, msgspec.MsgspecError):
        return None
    made_of = view_encoding.digest(record.layout, digest_of(before.site), kept.frame, body)
    return _EditedPage(file, FileDigests(parsed.digest, parsed.shown), parsed.facts.problems, record, made_of, view)


def _written(root: Path, folder: Path, pages: Mapping[str, bytes], recorded: Mapping[str, PageRecord]) -> tuple[str, ...]:
    """Write the pages that differ from the last build, and return their paths. Raises OSError."""
    differing = [path for path, data in pages.items() if digest_of(data) != recorded[path].written]
    noted = output.noted(root, folder)
    output.begin(root, folder, noted, ())
    plain: set[str] = set()
    for path in differing:
        output.refuse_links(folder, path, plain)
        output.put(f"{folder}/{path}", pages[path])
    output.finish(root, folder, noted, noted.paths)
    return tuple(sorted(differing))


def _after(before: Manifest, pages_edited: list[_EditedPage], pages: Mapping[str, bytes], folder: Path) -> Manifest:
    new = {one.record.path: _record(one, pages.get(one.record.path), folder) for one in pages_edited}
    own = before.own_problems | {one.file: one.problems for one in pages_edited}
    return msgspec.structs.replace(
        before,
        content=before.content | {one.file: one.known for one in pages_edited},
        own_problems={file: problems for file, problems in own.items() if problems},
        pages=[new.get(page.path, page) for page in before.pages],
    )


def _record(one: _EditedPage, data: bytes | None, folder: Path) -> PageRecord:
    if data is None:
        return one.record
    return msgspec.structs.replace(
        one.record, made_of=one.made_of, written=digest_of(data), signature=signature_of(f"{folder}/{one.record.path}", follows_link=False)
    )
