"""Render the stale pages of one process's share, and write them once all processes have rendered theirs.

Rendered pages wait in a spool, so a mistake in a layout leaves the last good site as it was, and memory doesn't grow with the site.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
import msgspec

from sitegen.builder import errors, output, view_encoding
from sitegen.builder.bodies import LostBodyError
from sitegen.builder.digests import digest_of
from sitegen.builder.explain import SHOWN, Explainer
from sitegen.builder.manifest import PageRecord, frames_space
from sitegen.builder.page_reads import PageReads
from sitegen.builder.spool import Extent, Spool
from sitegen.builder.stat_signature import StatSignature, signature_of
from sitegen.builder.store import Store, item
from sitegen.builder.worker_pool import ProgressCounter, Share
from sitegen.pages import urls
from sitegen.pages.routes import DataFile, HtmlPage, Routes
from sitegen.problems import Problem, Spot, problem
from sitegen.render import Renderer

_COUNTED_AT_ONCE = 50
"pages"

CURRENT = ""
NEW = "there is no record of an earlier build of it"
FORCED = "sitegen, or a library that it renders with, has changed"
LAYOUT = "its layout {layout}, or one that it includes, has changed"
LOST = "its file was changed or deleted after the last build"


class PageResult(msgspec.Struct, array_like=True):
    """A page that was checked, and rendered if it was stale."""

    record: PageRecord
    "with the signature of the file that is there now"
    why: str
    "it was rendered; empty if its record still held"
    change: str
    "of its file: created, changed, or empty"
    frame: tuple[int, int] | None
    "where in the spool its new frame starts, and its length"


class RenderedShare(msgspec.Struct, array_like=True):
    made: list[PageResult]
    problem: Problem | None
    "a layout that fails, or a full disk"
    is_store_damaged: bool


class WrittenShare(msgspec.Struct, array_like=True):
    """The files that were written, in the order of their pages, up to the first problem."""

    signatures: list[tuple[int, int, int, int] | None]
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class RenderJob:
    """What all processes share."""

    root: Path
    routes: Routes
    layouts: Renderer
    layout_digests: Mapping[str, bytes]
    site: bytes
    "digest of the site view that all views share"
    folder: Path
    before: Mapping[str, PageRecord]
    "records of the last build, by path"
    layouts_before: Mapping[str, bytes]
    is_forced: bool
    "the program has changed, so no record can be trusted"
    store: Store
    stored_frames: frozenset[str]
    "paths of pages whose frames are in the store"
    spools: Sequence[Spool]
    "one for each share"
    explainer: Explainer | None
    "None unless --explain asks for it"
    progress: ProgressCounter


def share(job: RenderJob, number: int, addresses: Sequence[str]) -> Share:
    """The work of one process; *number* is that of its share, from 0."""
    yield from PageWorker(job, number, addresses).share()


class PageWorker:
    def __init__(self, job: RenderJob, number: int, addresses: Sequence[str]) -> None:
        self._job = job
        self._number = number
        self._addresses = addresses
        self._spool = job.spools[number]
        self._frames_space = frames_space(job.folder)
        self._waiting: list[tuple[PageResult, Extent]] = []
        "pages to write"
        self._plain_folders: set[str] = set()
        self._reads = PageReads(job.routes.context.timeline)
        self._parent = os.getppid()

    def share(self) -> Share:
        yield msgspec.msgpack.encode(self._rendered())
        yield msgspec.msgpack.encode(self._written())

    def _rendered(self) -> RenderedShare:
        made: list[PageResult] = []
        found = self._problem_of_rendering(made)
        return RenderedShare(made, found, self._job.store.is_damaged)

    def _problem_of_rendering(self, made: list[PageResult]) -> Problem | None:
        """Renders into *made*."""
        job = self._job
        try:
            for address in self._addresses:
                self._reads.begin()
                page = job.routes.page(address)
                made.append(self._made(page, self._reads.read()))
                if len(made) % _COUNTED_AT_ONCE == 0:
                    job.progress.count(self._number, len(made))
            job.progress.count(self._number, len(made))
            self._spool.flush()
        except jinja2.TemplateError as error:
            return errors.layout_problem(error)
        except OSError as error:
            return errors.disk_problem(job.root, job.folder, error)
        except LostBodyError as error:
            return problem(error.file, Spot(), "this file was changed while the site was being built", "build again")
        return None

    def _made(self, page: HtmlPage | DataFile, reads: bytes) -> PageResult:
        path = urls.output_path(page.address)
        target = f"{self._job.folder}/{path}"
        old = self._job.before.get(path)
        signature = signature_of(target, follows_link=False) if old else None
        frame, kept, new_frame = None, None, None
        if isinstance(page, DataFile):
            layout, made_of = "", digest_of(page.data)
        else:
            layout, frame = page.layout, view_encoding.frame(page.view)
            made_of = view_encoding.digest(layout, self._job.site, frame, getattr(page.view, "body", ""))
            kept, new_frame = self._kept(page, path, frame, old, made_of)
        why = self._why(old, layout, made_of)
        if old is not None and not why:
            if is_as_written(old, signature, target):
                return PageResult(msgspec.structs.replace(old, signature=signature, kept=kept, reads=reads), CURRENT, "", new_frame)
            why = LOST
        data = page.data if isinstance(page, DataFile) else self._job.layouts.render(page.layout, page.view)
        if why == SHOWN and old is not None and self._job.explainer is not None:
            why = self._job.explainer.why(old, data, frame)
        record = PageRecord(path, layout, made_of, digest_of(data), signature, kept, reads)
        return self._put_aside(PageResult(record, why, _change(old, record, target, data), new_frame), data)

    def _put_aside(self, made: PageResult, data: bytes) -> PageResult:
        if made.change:
            output.refuse_links(self._job.folder, made.record.path, self._plain_folders)
            self._waiting.append((made, self._spool.put(data)))
        return made

    def _kept(
        self, page: HtmlPage, path: str, frame: bytes, old: PageRecord | None, made_of: bytes
    ) -> tuple[bytes | None, tuple[int, int] | None]:
        """The digest of an entry page's stored frame, and its place in the spool if it is new."""
        if page.link_targets is None:
            return None, None
        stored = old.kept if old is not None and path in self._job.stored_frames else None
        if stored is not None and old is not None and old.made_of == made_of:
            return stored, None
        _, digest, data = item(self._frames_space, path, view_encoding.KeptFrame(frame, dict(page.link_targets)).as_bytes())
        if digest == stored:
            return stored, None
        extent = self._spool.put(data)
        return digest, (extent.start, extent.length)

    def _why(self, old: PageRecord | None, layout: str, made_of: bytes) -> str:
        """Why a page has to be rendered, as far as the manifest shows."""
        job = self._job
        if old is None:
            return NEW
        if job.is_forced:
            return FORCED
        if layout and job.layout_digests.get(layout) != job.layouts_before.get(layout):
            return LAYOUT.format(layout=layout)
        return SHOWN if (old.layout, old.made_of) != (layout, made_of) else CURRENT

    def _written(self) -> WrittenShare:
        targets: list[str] = []
        found = None
        try:
            for made, extent in self._waiting:
                if self._number and os.getppid() != self._parent:
                    break  # the leader was killed, and another build may be running
                target = f"{self._job.folder}/{made.record.path}"
                output.put(target, self._spool.read(extent), is_new=made.change == "created")
                targets.append(target)
        except OSError as error:
            found = errors.disk_problem(self._job.root, self._job.folder, error)
        return WrittenShare([signature_of(target, follows_link=False) for target in targets], found)


def is_as_written(old: PageRecord, signature: StatSignature | None, target: str) -> bool:
    if old.signature is not None and old.signature == signature:
        return True
    present = output.present_bytes(target)
    return present is not None and digest_of(present) == old.written


def _change(old: PageRecord | None, now: PageRecord, target: str, data: bytes) -> str:
    """The effect of writing *data* to the file: created, changed, or nothing if the file already has that content."""
    if old is not None and old.signature is not None and (old.signature, old.written) == (now.signature, now.written):
        return ""
    present = output.present_bytes(target)
    return "created" if present is None else "changed" if present != data else ""
