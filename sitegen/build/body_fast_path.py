"""Render the pages of entries after only their bodies were edited, without linking the site.

The last build stored the rest of each entry's page: its frame, and where the references in its body lead. The fast path is taken only
if the edited entry shows all other pages what it showed them before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
import msgspec

from sitegen.build import output, theme, traces, troubles, view_encoding
from sitegen.build.clippings import clipping_of
from sitegen.build.digests import digest_of
from sitegen.build.drawers import Drawers
from sitegen.build.looks import look_of
from sitegen.build.outcome import Options, Outcome, Written
from sitegen.build.traces import Known, Trace, Traces
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
    known: Known
    problems: tuple[Problem, ...]
    "notes on the file by itself"
    trace: Trace
    "of the last build"
    made_of: bytes
    view: EntryPage


def build(root: Path, options: Options, before: Traces, edited: Mapping[str, bytes]) -> Outcome | None:
    """*edited*: the new bytes of entries, by file. None, with nothing written, if other pages or problems may change too."""
    folder = options.output
    traced = {page.path: page for page in before.pages}
    drawers = Drawers(traces.frames_folder(root, folder))
    pages_edited: list[_EditedPage] = []
    for file, data in edited.items():
        one = _edited_page(file, data, before, traced, drawers)
        if one is None:
            return None
        pages_edited.append(one)
    try:
        layouts = Renderer(theme.layouts(root), theme.own_layouts(root))
        pages = {one.trace.path: layouts.render(one.trace.layout, one.view) for one in pages_edited if one.made_of != one.trace.made_of}
        changed = _written(root, folder, pages, traced)
        after = _after(before, pages_edited, pages, folder)
        traces.save(root, folder, after)
    except theme.ThemeError:
        return None
    except jinja2.TemplateError as error:
        return Outcome((*before.problems, troubles.layout_problem(error)), None, parsed=len(edited))
    except OSError as error:
        ended = troubles.disk_problem(root, folder, error)
        return Outcome((*before.problems, ended), None, parsed=len(edited), is_torn=True)
    why = {one.trace.path: BODY_EDITED.format(file=one.file) for one in pages_edited if one.trace.path in pages}
    return Outcome(after.problems, Written((), changed, len(before.pages) - len(changed), ()), before.entries, why, len(edited))


def _edited_page(file: str, data: bytes, before: Traces, traced: Mapping[str, Trace], drawers: Drawers) -> _EditedPage | None:
    clipping = clipping_of(Source(file, file.split("/")[1], data), digest_of(data), None)
    fact = clipping.told.fact
    if not isinstance(fact, Entry) or clipping.shown != before.content[file].shown or stops_a_build(clipping.told.problems):
        return None
    trace = traced.get(urls.output_path(urls.entry_path(fact.id)))
    if trace is None or trace.kept is None or not isinstance(clipping.body, Body):
        return None
    try:
        kept = view_encoding.KeptFrame.of(drawers.piece(trace.kept))
        body = fill(clipping.body, kept.link_targets)
        view = kept.page(view_encoding.site_of(before.site), body)
    except (OSError, EOFError, KeyError, ValueError, msgspec.MsgspecError):
        return None
    made_of = view_encoding.digest(trace.layout, digest_of(before.site), kept.frame, body)
    return _EditedPage(file, Known(clipping.digest, clipping.shown), clipping.told.problems, trace, made_of, view)


def _written(root: Path, folder: Path, pages: Mapping[str, bytes], traced: Mapping[str, Trace]) -> tuple[str, ...]:
    """Write the pages that differ from the last build, and return their paths. Raises OSError."""
    differing = [path for path, data in pages.items() if digest_of(data) != traced[path].written]
    noted = output.noted(root, folder)
    output.begin(root, folder, noted, ())
    plain: set[str] = set()
    for path in differing:
        output.refuse_links(folder, path, plain)
        output.put(f"{folder}/{path}", pages[path])
    output.finish(root, folder, noted, noted.paths)
    return tuple(sorted(differing))


def _after(before: Traces, pages_edited: list[_EditedPage], pages: Mapping[str, bytes], folder: Path) -> Traces:
    new = {one.trace.path: _trace(one, pages.get(one.trace.path), folder) for one in pages_edited}
    own = before.own_problems | {one.file: one.problems for one in pages_edited}
    return msgspec.structs.replace(
        before,
        content=before.content | {one.file: one.known for one in pages_edited},
        own_problems={file: problems for file, problems in own.items() if problems},
        pages=[new.get(page.path, page) for page in before.pages],
    )


def _trace(one: _EditedPage, data: bytes | None, folder: Path) -> Trace:
    if data is None:
        return one.trace
    return msgspec.structs.replace(
        one.trace, made_of=one.made_of, written=digest_of(data), look=look_of(f"{folder}/{one.trace.path}", follows_link=False)
    )
