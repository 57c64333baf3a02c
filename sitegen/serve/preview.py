"""What the preview shows: the site as it stands in the files, each page made when it is asked for."""

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

from sitegen.build import errors, pipeline, source_text
from sitegen.build.newsroom import Changed, Look, Newsroom
from sitegen.build.pipeline import Edited
from sitegen.problems import Problem, Spot, code_frame, problem, stops_a_build
from sitegen.serve import drafts, sources
from sitegen.serve.revisions import Revisions

CONTENT_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
OWN = "_preview/"
"where the preview's own addresses begin, below the base path"
CLIENT = Path(__file__).parent / "client"
MOST_RECENT = 8
"pages whose layouts are tried again as soon as a layout is saved"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class State:
    """What is shown and told at one moment; requests see one, or the one after it."""

    edited: Edited | None
    problems: tuple[Problem, ...]
    "of the content; those that only making a page brings up are apart"
    kept: tuple[str, ...]
    base_path: str


class Preview:
    def __init__(self, root: Path, *, follows: bool = False, is_local: bool = True) -> None:
        """*is_local*: whether only this machine can ask it."""
        self.root = root
        self._is_local = is_local
        self.newsroom = Newsroom(root)
        self.revisions = Revisions()
        self.on_news: Callable[[], None] = lambda: None
        "called after each new revision, from any thread"
        self._follows = follows
        self._state = State(None, (), (), "/")
        self._failed: dict[str, Problem] = {}
        "by address: why the page that was asked for last could not be made"
        self._good_layouts: Edited | None = None
        "the site as it was when a layout was changed last, and all pages could be made"
        self._recent: deque[str] = deque(maxlen=MOST_RECENT)
        self._failure: Problem | None = None
        "an error that nothing handles, until a look at the files succeeds"
        self._lock = threading.Lock()
        self._client = {path.name: path.read_bytes() for path in CLIENT.glob("*.*") if path.suffix in (".js", ".css")}

    @property
    def base_path(self) -> str:
        return self._state.base_path

    @property
    def edited(self) -> Edited | None:
        return self._state.edited

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is to be told, in order."""
        failure = (self._failure,) if self._failure else ()
        return pipeline.in_order((*self._state.problems, *self._failed.values(), *failure))

    @property
    def kept(self) -> tuple[str, ...]:
        return self._state.kept

    @property
    def is_broken(self) -> bool:
        return stops_a_build(self.problems)

    def knows(self, path: Path) -> bool:
        """Whether a file of content/ was there at the last look; of other files there are few, and all are as if they had been."""
        file = path.relative_to(self.root).as_posix()
        return not file.startswith("content/") or file in self.newsroom.parse_cache.current

    def refresh(self, paths: Collection[Path] | None = None) -> bool:
        """Looks at the files, or at those of *paths* that may have changed. Whether there is anything new to show or to tell."""
        shown = self._state  # held until all is told, since it takes its time to let go of it
        is_collecting = gc.isenabled()
        gc.disable()  # ten thousand new objects, none of them garbage
        try:
            is_news = self._look(paths)
            if is_news:
                self.on_news()
        finally:
            if is_collecting:
                gc.enable()
        del shown
        return is_news

    def fail(self, error: Exception) -> None:
        """Report *error*, which a look at the files raised, and keep showing the last good site. The next look is at all files."""
        found = _unhandled(error)
        with self._lock:
            self.newsroom.forget()
            if found == self._failure:
                return
            self._failure = found
            self.revisions.add(Changed())
        self.on_news()

    def _look(self, paths: Collection[Path] | None) -> bool:
        with self._lock:
            before = self.problems, self._state.kept
            look = self.newsroom.look(paths)
            self._take(look)
            self._failure = None
            is_news = bool(look.changed) or (self.problems, self._state.kept) != before
            if is_news:
                self.revisions.add(look.changed, self._followed(look) if self._follows else "")
        return is_news

    def _take(self, look: Look) -> None:
        old, edited = self._state.edited, look.edited
        if old is not None and edited is not None and old.layouts is not edited.layouts and not self._failed:
            self._good_layouts = old
        base_path = (edited.settings if edited is not None else self.newsroom.settings).base_path
        self._state = State(edited, look.problems, look.kept, base_path)
        if edited is not None and (self._failed or (old is not None and old.layouts is not edited.layouts)):
            tried = {*self._failed, *self._recent}
            self._failed = {}
            for address in tried & edited.plan.makers.keys():
                self._rendered(edited, address)

    def _followed(self, look: Look) -> str:
        """The address of an entry that was saved."""
        makers = look.edited.plan.makers if look.edited else {}
        saved = (file for file in sorted(look.files) if file.startswith(("content/entries/", "content/drafts/")))
        return next((address for file in saved if (address := f"/entries/{PurePosixPath(file).stem}/") in makers), "")

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        """What stands at a request's path. Only addresses of the plan and a few of the preview's own are known: nothing reaches the disk."""
        state = self._state
        if path.startswith(f"{state.base_path}{OWN}"):
            return self._own(state, path.removeprefix(f"{state.base_path}{OWN}"), query)
        if state.edited is None:
            return self._page(200, drafts.first_page(state.problems))
        if path + "/" == state.base_path:
            return Answer(302, {"Location": state.base_path})
        if not path.startswith(state.base_path):
            return Answer(302, {"Location": state.base_path}) if path == "/" else self._made(state.edited, "/404.html", 404)
        address = "/" + path.removeprefix(state.base_path)
        makers = state.edited.plan.makers
        if address in makers:
            if address.endswith("/") and address not in self._recent:
                self._recent.append(address)
            return self._made(state.edited, address, 200)
        if address + "/" in makers:
            return Answer(302, {"Location": quote(state.base_path + address.removeprefix("/") + "/")})
        return self._made(state.edited, "/404.html", 404)

    def _own(self, state: State, name: str, query: Mapping[str, str]) -> Answer:
        if name in self._client:
            return Answer(200, {"Content-Type": CONTENT_TYPES[PurePosixPath(name).suffix]}, self._client[name])
        if name == "sources":
            path = query.get("path", "")
            address = "/" + path.removeprefix(state.base_path) if path.startswith(state.base_path) else path
            found = sources.of_page(self.root, state.edited, address, is_local=self._is_local)
            return Answer(200, {"Content-Type": CONTENT_TYPES[".json"]}, found)
        if state.edited is None:
            return self._page(200, drafts.first_page(state.problems))
        if name == "drafts/":
            return self._page(200, drafts.page(state.edited))
        return self._made(state.edited, "/404.html", 404)

    def _made(self, edited: Edited, address: str, status: int) -> Answer:
        revision, told = self.revisions.latest, self._failed
        body = self._rendered(edited, address)
        if set(self._failed.values()) - set(told.values()):
            self.revisions.add(Changed())
            self.on_news()
        suffix = ".html" if address.endswith("/") else PurePosixPath(address).suffix
        if body is None:
            return self._page(500, drafts.first_page((self._failed[address],) if address in self._failed else ()))
        if suffix == ".html":
            body = self._with_script(body, revision)
        return Answer(status, {"Content-Type": CONTENT_TYPES.get(suffix, "application/octet-stream")}, body)

    def _rendered(self, edited: Edited, address: str) -> bytes | None:
        """A page's bytes; where a layout is wrong, as the layouts before it made them, and None where there are none."""
        try:
            body = pipeline.page_bytes(edited.layouts, edited.plan.page(address))
        except jinja2.TemplateError as error:
            found = errors.layout_problem(error)
            if self._failed.get(address) != found:
                self._failed = {**self._failed, address: found}
            return self._with_good_layouts(edited, address)
        return body

    def _with_good_layouts(self, edited: Edited, address: str) -> bytes | None:
        if self._good_layouts is None:
            return None
        try:
            return pipeline.page_bytes(self._good_layouts.layouts, edited.plan.page(address))
        except jinja2.TemplateError:
            return None

    def _page(self, status: int, body: bytes) -> Answer:
        return Answer(status, {"Content-Type": CONTENT_TYPES[".html"]}, self._with_script(body, self.revisions.latest))

    def _with_script(self, page: bytes, revision: int) -> bytes:
        """A build's page with one script and one stylesheet more."""
        insertion = Markup(
            '<link rel="stylesheet" href="{base}_preview/preview.css">'
            '<script src="{base}_preview/preview.js" data-revision="{revision}" data-events="{base}_preview/events" data-base="{base}" defer></script>'
        ).format(base=self.base_path, revision=revision)
        return page.replace(b"</head>", insertion.encode() + b"</head>", 1)

    def message(self, number: int) -> tuple[int, dict[str, object]]:
        """The latest revision's number, and what a page of revision *number* is told."""
        with self._lock:
            revision, problems, state = self.revisions.since(number), self.problems, self._state
        changed = revision.changed
        told: dict[str, object] = {
            "revision": revision.number,
            "changed": {"content": changed.content, "styles": changed.styles, "scripts": changed.scripts},
            "problems": [self._told(found) for found in problems if found.severity == "problem"],
            "notes": sum(found.severity == "note" for found in problems),
            "kept": list(state.kept),
            "follow": revision.follow,
            "drafts": len(drafts.drafts_of(state.edited)) if state.edited else 0,
        }
        return revision.number, told | ({"first": True} if state.edited is None else {})

    def _told(self, found: Problem) -> dict[str, object]:
        text = source_text.text_of(self.root, found.file)
        frame = "\n".join(code_frame(text, found.line, found.column)) if text is not None else ""
        keys = ("file", "line", "column", "severity", "message", "hint")
        return {key: getattr(found, key) for key in keys} | {"frame": frame}


def _unhandled(error: Exception) -> Problem:
    """An error that is a fault of the program itself."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    message = f"sitegen failed on what was saved last: {type(error).__name__}: {error}{where}"
    return problem("content", Spot(), message, "undo the last edit; this is a fault in sitegen: please report it")
