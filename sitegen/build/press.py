"""The pages that one process of a build makes: it renders those that are stale, and writes them when all others have rendered theirs.

Rendered pages are put aside in a file without a name until then, so that a mistake in a layout leaves the last good site as it is,
and memory doesn't grow with the site.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import jinja2
import msgspec

from sitegen.build import output, traces, troubles, view_encoding
from sitegen.build.bodies import LostBodyError
from sitegen.build.crew import Share, Tally
from sitegen.build.digests import digest_of
from sitegen.build.drawers import Filling, Slot
from sitegen.build.looks import Look, look_of
from sitegen.build.page_reads import PageReads
from sitegen.build.reasons import SHOWN, Reasons
from sitegen.build.traces import Trace
from sitegen.pages import urls
from sitegen.pages.routes import DataFile, HtmlPage, Routes
from sitegen.problems import Problem
from sitegen.render import Renderer

_ASIDE = Path(".sitegen") / "aside"
_COUNTED_AT_ONCE = 50
"pages"

CURRENT = ""
NEW = "there is no record of an earlier build of it"
FORCED = "sitegen, or a library that it renders with, has changed"
LAYOUT = "its layout {layout}, or one that it includes, has changed"
LOST = "its file was changed or deleted after the last build"


class Made(msgspec.Struct, array_like=True):
    """A page after it was looked at."""

    trace: Trace
    "its look is what is there now, or was when its bytes were found to be the same"
    why: str
    "it was rendered; empty where its trace held"
    change: str
    "of its file: created, changed, or empty"


class Rendered(msgspec.Struct, array_like=True):
    made: list[Made]
    problem: Problem | None
    "a layout that can't be filled, or a disk that takes no more"
    is_body_lost: bool = False
    "see LostBodyError"


class Looks(msgspec.Struct, array_like=True):
    """Of the files that were written, in the order of their pages; where there is a problem, of those that came before it."""

    looks: list[tuple[int, int, int, int] | None]
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Order:
    """What all processes work from."""

    root: Path
    routes: Routes
    layouts: Renderer
    layout_digests: Mapping[str, bytes]
    site: bytes
    "digest of what all views share"
    folder: Path
    before: Mapping[str, Trace]
    "of the last build, by path"
    layouts_before: Mapping[str, bytes]
    is_forced: bool
    "the program has changed, so that no trace says what would come out"
    keeps_frames: bool
    "those of the last build are taken over; else they lie in too many drawers"
    reasons: Reasons | None
    "to tell why a page shows something else; None where nobody asks"
    tally: Tally


def share(order: Order, number: int, addresses: Sequence[str]) -> Share:
    """What one process does; *number* is the share's, from 0."""
    with ExitStack() as open_files:
        try:
            aside = open_files.enter_context(closing(Filling(order.root / _ASIDE, is_passing=True)))
            frames = open_files.enter_context(closing(Filling(traces.frames_folder(order.root, order.folder))))
        except OSError as error:
            yield msgspec.msgpack.encode(Rendered([], troubles.disk_problem(order.root, order.folder, error)))
            return
        yield from Press(order, number, addresses, aside, frames).share()


class Press:
    def __init__(self, order: Order, number: int, addresses: Sequence[str], aside: Filling, frames: Filling) -> None:
        """*aside* takes rendered pages until they are written, *frames* what entries' pages are without their bodies."""
        self._order = order
        self._number = number
        self._addresses = addresses
        self._aside = aside
        self._frames = frames
        self._waiting: list[tuple[Made, Slot]] = []
        "what is to be written"
        self._plain_folders: set[str] = set()
        self._reads = PageReads(order.routes.context.timeline)
        self._parent = os.getppid()

    def share(self) -> Share:
        yield msgspec.msgpack.encode(self._rendered())
        yield msgspec.msgpack.encode(self._written())

    def _rendered(self) -> Rendered:
        order, made = self._order, list[Made]()
        try:
            for address in self._addresses:
                self._reads.begin()
                page = order.routes.page(address)
                made.append(self._made(page, self._reads.read()))
                if len(made) % _COUNTED_AT_ONCE == 0:
                    order.tally.count(self._number, len(made))
            order.tally.count(self._number, len(made))
            self._aside.flush()
            self._frames.flush()
        except jinja2.TemplateError as error:
            return Rendered(made, troubles.layout_problem(error))
        except OSError as error:
            return Rendered(made, troubles.disk_problem(order.root, order.folder, error))
        except LostBodyError:
            return Rendered(made, None, is_body_lost=True)
        return Rendered(made, None)

    def _made(self, page: HtmlPage | DataFile, reads: bytes) -> Made:
        path = urls.output_path(page.address)
        target = f"{self._order.folder}/{path}"
        old = self._order.before.get(path)
        look = look_of(target, follows_link=False) if old else None
        if isinstance(page, DataFile):
            layout, made_of, frame, kept = "", digest_of(page.data), None, None
        else:
            layout, frame = page.layout, view_encoding.frame(page.view)
            made_of = view_encoding.digest(layout, self._order.site, frame, getattr(page.view, "body", ""))
            kept = self._kept(page, frame, old, made_of)
        why = self._why(old, layout, made_of)
        if old is not None and not why:
            if is_as_written(old, look, target):
                return Made(msgspec.structs.replace(old, look=look, reads=reads), CURRENT, "")
            why = LOST
        data = page.data if isinstance(page, DataFile) else self._order.layouts.render(page.layout, page.view)
        if why == SHOWN and old is not None and self._order.reasons is not None:
            why = self._order.reasons.why(old, data, frame)
        trace = Trace(path, layout, made_of, digest_of(data), look, kept, reads)
        return self._put_aside(Made(trace, why, _change(old, trace, target, data)), data)

    def _put_aside(self, made: Made, data: bytes) -> Made:
        if made.change:
            output.refuse_links(self._order.folder, made.trace.path, self._plain_folders)
            self._waiting.append((made, self._aside.put(data)))
        return made

    def _kept(self, page: HtmlPage, frame: bytes, old: Trace | None, made_of: bytes) -> Slot | None:
        if page.link_targets is None:
            return None
        if old is not None and old.made_of == made_of and old.kept is not None and self._order.keeps_frames:
            return old.kept
        return self._frames.put(view_encoding.KeptFrame(frame, dict(page.link_targets)).as_bytes())

    def _why(self, old: Trace | None, layout: str, made_of: bytes) -> str:
        """Why a page has to be rendered, as far as traces tell."""
        order = self._order
        if old is None:
            return NEW
        if order.is_forced:
            return FORCED
        if layout and order.layout_digests.get(layout) != order.layouts_before.get(layout):
            return LAYOUT.format(layout=layout)
        return SHOWN if (old.layout, old.made_of) != (layout, made_of) else CURRENT

    def _written(self) -> Looks:
        targets: list[str] = []
        found = None
        try:
            for made, slot in self._waiting:
                if self._number and os.getppid() != self._parent:
                    break  # the leader was killed, and another build may be at work
                target = f"{self._order.folder}/{made.trace.path}"
                output.put(target, self._aside.piece(slot), is_new=made.change == "created")
                targets.append(target)
        except OSError as error:
            found = troubles.disk_problem(self._order.root, self._order.folder, error)
        return Looks([look_of(target, follows_link=False) for target in targets], found)


def is_as_written(old: Trace, look: Look | None, target: str) -> bool:
    if old.look is not None and old.look == look:
        return True
    present = output.present_bytes(target)
    return present is not None and digest_of(present) == old.written


def _change(old: Trace | None, now: Trace, target: str, data: bytes) -> str:
    """What writing *data* does to the file; nothing where it holds them already."""
    if old is not None and old.look is not None and (old.look, old.written) == (now.look, now.written):
        return ""
    present = output.present_bytes(target)
    return "created" if present is None else "changed" if present != data else ""
