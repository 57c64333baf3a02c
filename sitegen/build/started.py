"""What a process is told that was started, not forked, and how it puts the same site together from what is kept in .sitegen/.

It takes nothing on trust: where files that it reads are not those that the leader has, another build is at work, and it says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sitegen.build import notebook, press, remembered, theme, view_encoding
from sitegen.build.bodies import LostBodyError
from sitegen.build.clippings import bodies_of
from sitegen.build.crew import Share, Tally
from sitegen.build.digests import digest_of
from sitegen.build.press import Order, Rendered
from sitegen.build.reasons import Reasons
from sitegen.build.theme import Theme
from sitegen.build.traces import Trace
from sitegen.content.parse import gather
from sitegen.model import Settings
from sitegen.pages import routes, urls
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.context import RenderContext
from sitegen.render import Renderer
from sitegen.timeline.link import link_incrementally


@dataclass(frozen=True, slots=True)
class Errand:
    root: Path
    folder: Path
    number: int
    "of the share"
    addresses: Sequence[str]
    content: Mapping[str, bytes]
    "digest of each file, in their order"
    settings: Settings
    words: Catalogue
    layout_digests: Mapping[str, bytes]
    site: bytes
    "digest of what all views share, with the assets' addresses"
    before: Mapping[str, Trace]
    "of its pages"
    layouts_before: Mapping[str, bytes]
    is_forced: bool
    keeps_frames: bool
    reasons: Reasons | None


def errand(order: Order, number: int, addresses: Sequence[str], content: Mapping[str, bytes]) -> Errand:
    paths = map(urls.output_path, addresses)
    return Errand(
        root=order.root,
        folder=order.folder,
        number=number,
        addresses=addresses,
        content=content,
        settings=order.routes.context.timeline.settings,
        words=order.routes.context.words,
        layout_digests=order.layout_digests,
        site=order.site,
        before={path: order.before[path] for path in paths if path in order.before},
        layouts_before=order.layouts_before,
        is_forced=order.is_forced,
        keeps_frames=order.keeps_frames,
        reasons=order.reasons,
    )


def share(told: Errand) -> Share:
    try:
        order = _order(told)
    except LostBodyError:
        yield msgspec.msgpack.encode(Rendered([], None, is_body_lost=True))
        return
    yield from press.share(order, told.number, told.addresses)


def _order(told: Errand) -> Order:
    """Raises LostBodyError."""
    try:
        loaded = theme.load(told.root, told.settings.language)
    except theme.ThemeError as error:
        raise LostBodyError(str(error)) from error
    context, layouts = _context(told, loaded), Renderer(loaded.layouts, loaded.own)
    if digest_of(view_encoding.site_bytes(context.site)) != told.site or layouts.digests() != told.layout_digests:
        raise LostBodyError("the theme has changed")
    return Order(
        root=told.root,
        routes=routes.routes(context),
        layouts=layouts,
        layout_digests=told.layout_digests,
        site=told.site,
        folder=told.folder,
        before=told.before,
        layouts_before=told.layouts_before,
        is_forced=told.is_forced,
        keeps_frames=told.keeps_frames,
        reasons=told.reasons,
        tally=Tally(told.number + 1, lambda _, __: None, 0),
    )


def _context(told: Errand, loaded: Theme) -> RenderContext:
    kept, drawers = remembered.load(told.root)
    its_own = {file: kept[file] for file, digest in told.content.items() if file in kept and kept[file].digest == digest}
    if len(its_own) < len(told.content):
        raise LostBodyError("what .sitegen/ remembers has changed")
    content, _ = gather({file: one.told for file, one in its_own.items()}, bodies_of(its_own, drawers))
    linked = link_incrementally(told.settings, content, None)
    return RenderContext.of(linked.timeline, told.words, loaded.assets, notebook.load(told.root).compared)
