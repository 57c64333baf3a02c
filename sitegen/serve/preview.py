"""The preview: the site as its files are now, each page made when it is requested."""

import gc
import threading
import traceback
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from sitegen.builder import errors, pipeline, source_text
from sitegen.builder.live_site import ChangedParts, LiveSite, SiteUpdate
from sitegen.builder.pipeline import RenderableSite
from sitegen.problems import Problem, Spot, code_frame, problem, stops_a_build
from sitegen.serve import preview_pages, source_map
from sitegen.serve.revisions import Revisions

CONTENT_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
OWN_PREFIX = "_preview/"
"prefix of the preview's own addresses, below the base path"
CLIENT = Path(__file__).parent / "client"
MAX_RECENT = 8
"recently requested pages, which are rendered again as soon as a layout is saved"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class PreviewState:
    """The site and its problems at one moment; a request uses one state throughout."""

    site: RenderableSite | None
    problems: tuple[Problem, ...]
    "without those that only rendering a page reveals"
    kept: tuple[str, ...]
    base_path: str


class Preview:
    def __init__(self, root: Path, *, follows: bool = False, is_local: bool = True) -> None:
        """*is_local*: whether only this machine can connect."""
        self.root = root
        self._is_local = is_local
        self.live_site = LiveSite(root)
        self.revisions = Revisions()
        self.on_revision: Callable[[], None] = lambda: None
        "called after each new revision, from any thread"
        self._follows = follows
        self._state = PreviewState(None, (), (), "/")
        self._page_problems: dict[str, Problem] = {}
        "by address: why a page could not be rendered"
        self._good_layouts: RenderableSite | None = None
        "the site before its layouts last changed, if no page had a problem then"
        self._recent: deque[str] = deque(maxlen=MAX_RECENT)
        self._crash: Problem | None = None
        "an unexpected error, until the next update succeeds"
        self._lock = threading.Lock()
        self._client = {path.name: path.read_bytes() for path in CLIENT.glob("*.*") if path.suffix in (".js", ".css")}

    @property
    def base_path(self) -> str:
        return self._state.base_path

    @property
    def site(self) -> RenderableSite | None:
        return self._state.site

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems and notes, sorted."""
        failure = (self._crash,) if self._crash else ()
        return pipeline.in_order((*self._state.problems, *self._page_problems.values(), *failure))

    @property
    def kept(self) -> tuple[str, ...]:
        return self._state.kept

    @property
    def is_broken(self) -> bool:
        return stops_a_build(self.problems)

    def knows(self, path: Path) -> bool:
        """Whether a file was there at the last update; assumed of all files outside content/, which are few."""
        file = path.relative_to(self.root).as_posix()
        return not file.startswith("content/") or file in self.live_site.parse_cache.current

    def refresh(self, paths: Collection[Path] | None = None) -> bool:
        """Update the site: from *paths*, which may have changed, or from all files. Returns whether pages or problems changed."""
        shown = self._state  # deallocating the old site is slow, so it is kept until the revision is announced
        is_collecting = gc.isenabled()
        gc.disable()  # an update makes thousands of objects, none of them garbage
        try:
            has_changed = self._update(paths)
            if has_changed:
                self.on_revision()
        finally:
            if is_collecting:
                gc.enable()
        del shown
        return has_changed

    def fail(self, error: Exception) -> None:
        """Report *error*, raised by `refresh`, and keep showing the last good site. The next update checks everything."""
        found = _unhandled(error)
        with self._lock:
            self.live_site.forget()
            if found == self._crash:
                return
            self._crash = found
            self.revisions.add(ChangedParts())
        self.on_revision()

    def _update(self, paths: Collection[Path] | None) -> bool:
        with self._lock:
            before = self.problems, self._state.kept
            update = self.live_site.update(paths)
            self._take(update)
            self._crash = None
            has_changed = bool(update.changed) or (self.problems, self._state.kept) != before
            if has_changed:
                self.revisions.add(update.changed, self._followed(update) if self._follows else "")
        return has_changed

    def _take(self, update: SiteUpdate) -> None:
        old, site = self._state.site, update.site
        if old is not None and site is not None and old.layouts is not site.layouts and not self._page_problems:
            self._good_layouts = old
        base_path = (site.settings if site is not None else self.live_site.settings).base_path
        self._state = PreviewState(site, update.problems, update.kept, base_path)
        if site is not None and (self._page_problems or (old is not None and old.layouts is not site.layouts)):
            tried = {*self._page_problems, *self._recent}
            self._page_problems = {}
            for address in tried & site.routes.endpoints.keys():
                self._rendered(site, address)

    def _followed(self, update: SiteUpdate) -> str:
        """The address of a saved entry."""
        endpoints = update.site.routes.endpoints if update.site else {}
        saved = (file for file in sorted(update.files) if file.startswith(("content/entries/", "content/drafts/")))
        return next((address for file in saved if (address := f"/entries/{PurePosixPath(file).stem}/") in endpoints), "")

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        """Answer a request. Only the site's addresses and a few of the preview's own are known, so no request reaches the disk."""
        state = self._state
        if path.startswith(f"{state.base_path}{OWN_PREFIX}"):
            return self._own_answer(state, path.removeprefix(f"{state.base_path}{OWN_PREFIX}"), query)
        if state.site is None:
            return self._page(200, preview_pages.problems_page(state.problems))
        if path + "/" == state.base_path:
            return Answer(302, {"Location": state.base_path})
        if not path.startswith(state.base_path):
            return Answer(302, {"Location": state.base_path}) if path == "/" else self._page_answer(state.site, "/404.html", 404)
        address = "/" + path.removeprefix(state.base_path)
        endpoints = state.site.routes.endpoints
        if address in endpoints:
            if address.endswith("/") and address not in self._recent:
                self._recent.append(address)
            return self._page_answer(state.site, address, 200)
        if address + "/" in endpoints:
            return Answer(302, {"Location": quote(state.base_path + address.removeprefix("/") + "/")})
        return self._page_answer(state.site, "/404.html", 404)

    def _own_answer(self, state: PreviewState, name: str, query: Mapping[str, str]) -> Answer:
        if name in self._client:
            return Answer(200, {"Content-Type": CONTENT_TYPES[PurePosixPath(name).suffix]}, self._client[name])
        if name == "sources":
            path = query.get("path", "")
            address = "/" + path.removeprefix(state.base_path) if path.startswith(state.base_path) else path
            found = source_map.source_map(self.root, state.site, address, is_local=self._is_local)
            return Answer(200, {"Content-Type": CONTENT_TYPES[".json"]}, found)
        if state.site is None:
            return self._page(200, preview_pages.problems_page(state.problems))
        if name == "drafts/":
            return self._page(200, preview_pages.drafts_page(state.site))
        return self._page_answer(state.site, "/404.html", 404)

    def _page_answer(self, site: RenderableSite, address: str, status: int) -> Answer:
        revision, known = self.revisions.latest, self._page_problems
        body = self._rendered(site, address)
        if set(self._page_problems.values()) - set(known.values()):
            self.revisions.add(ChangedParts())
            self.on_revision()
        suffix = ".html" if address.endswith("/") else PurePosixPath(address).suffix
        if body is None:
            return self._page(500, preview_pages.problems_page((self._page_problems[address],) if address in self._page_problems else ()))
        if suffix == ".html":
            body = self._with_script(body, revision)
        return Answer(status, {"Content-Type": CONTENT_TYPES.get(suffix, "application/octet-stream")}, body)

    def _rendered(self, site: RenderableSite, address: str) -> bytes | None:
        """A page's bytes. If its layout fails, they are rendered with the last good layouts, and None without those."""
        try:
            body = pipeline.page_bytes(site.layouts, site.routes.page(address))
        except jinja2.TemplateError as error:
            found = errors.layout_problem(error)
            if self._page_problems.get(address) != found:
                self._page_problems = {**self._page_problems, address: found}
            return self._with_good_layouts(site, address)
        return body

    def _with_good_layouts(self, site: RenderableSite, address: str) -> bytes | None:
        if self._good_layouts is None:
            return None
        try:
            return pipeline.page_bytes(self._good_layouts.layouts, site.routes.page(address))
        except jinja2.TemplateError:
            return None

    def _page(self, status: int, body: bytes) -> Answer:
        return Answer(status, {"Content-Type": CONTENT_TYPES[".html"]}, self._with_script(body, self.revisions.latest))

    def _with_script(self, page: bytes, revision: int) -> bytes:
        """The page a build would write, plus one script and one stylesheet."""
        insertion = Markup(
            '<link rel="stylesheet" href="{base}_preview/preview.css">'
            '<script src="{base}_preview/preview.js" data-revision="{revision}" data-events="{base}_preview/events" data-base="{base}" defer></script>'
        ).format(base=self.base_path, revision=revision)
        return page.replace(b"</head>", insertion.encode() + b"</head>", 1)

    def message(self, number: int) -> tuple[int, dict[str, object]]:
        """The latest revision's number, and the message for a page of revision *number*."""
        with self._lock:
            revision, problems, state = self.revisions.since(number), self.problems, self._state
        changed = revision.changed
        message: dict[str, object] = {
            "revision": revision.number,
            "changed": {"content": changed.content, "styles": changed.styles, "scripts": changed.scripts},
            "problems": [self._as_message(found) for found in problems if found.severity == "problem"],
            "notes": sum(found.severity == "note" for found in problems),
            "kept": list(state.kept),
            "follow": revision.follow,
            "drafts": len(preview_pages.drafts(state.site)) if state.site else 0,
        }
        return revision.number, message | ({"first": True} if state.site is None else {})

    def _as_message(self, found: Problem) -> dict[str, object]:
        text = source_text.text_of(self.root, found.file)
        frame = "\n".join(code_frame(text, found.line, found.column)) if text is not None else ""
        keys = ("file", "line", "column", "severity", "message", "hint")
        return {key: getattr(found, key) for key in keys} | {"frame": frame}


def _unhandled(error: Exception) -> Problem:
    """The problem to show for an error in sitegen itself."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    message = f"sitegen crashed on the last edit: {type(error).__name__}: {error}{where}"
    return problem("content", Spot(), message, "undo the last edit; this is a bug in sitegen, please report it")
