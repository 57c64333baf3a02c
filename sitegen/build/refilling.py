"""Pages of entries whose bodies were edited, made from what the last build kept of them: the frame of the page, and where links lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
import msgspec

from sitegen.build import errors, manifest, output, theme, views
from sitegen.build.digests import digest_of
from sitegen.build.manifest import FileDigests, Manifest, PageRecord
from sitegen.build.parse_files import parsed_file
from sitegen.build.result import BuildResult, Options, Written
from sitegen.build.stat_signature import signature_of
from sitegen.build.store import Store
from sitegen.content.read import Source
from sitegen.layouts import Layouts
from sitegen.model import Body, Entry
from sitegen.pages import urls
from sitegen.pages.bodies import fill
from sitegen.pages.views import EntryPage
from sitegen.problems import Problem, stops_a_build

BODY_EDITED = "its text in {file} was edited"


@dataclass(frozen=True, slots=True)
class _Refilled:
    """An entry's page with its new body."""

    file: str
    known: FileDigests
    problems: tuple[Problem, ...]
    "notes of the file by itself"
    trace: PageRecord
    "as it was"
    made_of: bytes
    view: EntryPage


def build(root: Path, options: Options, store: Store, before: Manifest, edited: Mapping[str, bytes]) -> BuildResult | None:
    """*edited* are the new bytes of entries; None where one of them shows something else to other pages too."""
    folder = options.output
    traced = {page.path: page for page in before.pages}
    refilled: list[_Refilled] = []
    for file, data in edited.items():
        one = _refilled(file, data, before, traced, store, folder)
        if one is None:
            return None
        refilled.append(one)
    try:
        layouts = Layouts(theme.layouts(root), theme.own_layouts(root))
        pages = {one.trace.path: layouts.render(one.trace.layout, one.view) for one in refilled if one.made_of != one.trace.made_of}
        changed = _written(root, folder, pages, traced)
        after = _after(before, refilled, pages, folder)
        manifest.save(store, folder, after)
    except theme.ThemeError:
        return None
    except jinja2.TemplateError as error:
        return BuildResult((*before.problems, errors.layout_problem(error)), None, parsed=len(edited))
    except OSError as error:
        ended = errors.disk_problem(root, folder, error)
        return BuildResult((*before.problems, ended), None, parsed=len(edited), is_torn=True)
    why = {one.trace.path: BODY_EDITED.format(file=one.file) for one in refilled if one.trace.path in pages}
    return BuildResult(after.problems, Written((), changed, len(before.pages) - len(changed), ()), before.entries, why, len(edited))


def _refilled(file: str, data: bytes, before: Manifest, traced: Mapping[str, PageRecord], store: Store, folder: Path) -> _Refilled | None:
    parsed = parsed_file(Source(file, file.split("/")[1], data), digest_of(data), None)
    fact = parsed.told.fact
    if not isinstance(fact, Entry) or parsed.shown != before.content[file].shown or stops_a_build(parsed.told.problems):
        return None
    trace = traced.get(urls.output_path(urls.entry_path(fact.id)))
    if trace is None or trace.kept is None or not isinstance(parsed.body, Body):
        return None
    frame = store.value(manifest.frames_space(folder), trace.path, trace.kept)
    if frame is None:
        return None
    try:
        kept = views.KeptFrame.of(frame)
        body = fill(parsed.body, kept.leads)
        view = kept.page(views.site_of(before.site), body)
    except (KeyError, ValueError, msgspec.MsgspecError):
        return None
    made_of = views.digest(trace.layout, digest_of(before.site), kept.frame, body)
    return _Refilled(file, FileDigests(parsed.digest, parsed.shown), parsed.told.problems, trace, made_of, view)


def _written(root: Path, folder: Path, pages: Mapping[str, bytes], traced: Mapping[str, PageRecord]) -> tuple[str, ...]:
    """Paths of those that differ from what was there. Raises OSError."""
    differing = [path for path, data in pages.items() if digest_of(data) != traced[path].written]
    noted = output.noted(root, folder)
    output.begin(root, folder, noted, ())
    plain: set[str] = set()
    for path in differing:
        output.refuse_links(folder, path, plain)
        output.put(f"{folder}/{path}", pages[path])
    output.finish(root, folder, noted, noted.paths)
    return tuple(sorted(differing))


def _after(before: Manifest, refilled: list[_Refilled], pages: Mapping[str, bytes], folder: Path) -> Manifest:
    new = {one.trace.path: _trace(one, pages.get(one.trace.path), folder) for one in refilled}
    own = before.own_problems | {one.file: one.problems for one in refilled}
    return msgspec.structs.replace(
        before,
        content=before.content | {one.file: one.known for one in refilled},
        own_problems={file: problems for file, problems in own.items() if problems},
        pages=[new.get(page.path, page) for page in before.pages],
    )


def _trace(one: _Refilled, data: bytes | None, folder: Path) -> PageRecord:
    if data is None:
        return one.trace
    return msgspec.structs.replace(
        one.trace, made_of=one.made_of, written=digest_of(data), signature=signature_of(f"{folder}/{one.trace.path}", follows_link=False)
    )
