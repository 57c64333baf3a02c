"""What the preview shows: the site as it stands in the files, each page made when it is asked for."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

import jinja2
from markupsafe import Markup

from sitegen.build import pipeline
from sitegen.build.pipeline import Edited, Options
from sitegen.problems import Problem, as_text, stops_a_build

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


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(slots=True)
class Preview:
    root: Path
    base_path: str = "/"
    problems: tuple[Problem, ...] = ()
    edited: Edited | None = None
    "the last one without a problem"
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self) -> tuple[Problem, ...]:
        """Reads the site again; where a problem stands in the way, the last good site stays."""
        edited, problems = pipeline.edit(self.root, Options(self.root / "site", with_drafts=True))
        with self._lock:
            self.problems = problems
            if edited is not None:
                self.edited, self.base_path = edited, edited.settings.base_path
        return problems

    def answer(self, target: str) -> Answer:
        """The page at a request's target. Only addresses of the plan are known, so no request reaches the disk."""
        with self._lock:
            return self._answer(unquote(urlsplit(target).path))

    def _answer(self, path: str) -> Answer:
        if self.edited is None:
            return _page(500, _broken(self.problems))
        if not path.startswith(self.base_path):
            return Answer(302, {"Location": self.base_path}) if path == "/" else self._not_found()
        address = "/" + path.removeprefix(self.base_path)
        makers = self.edited.plan.makers
        if address in makers:
            return self._made(address, 200)
        if address + "/" in makers:
            return Answer(302, {"Location": quote(self.base_path + address.removeprefix("/") + "/")})
        return self._not_found()

    def _not_found(self) -> Answer:
        return self._made("/404.html", 404)

    def _made(self, address: str, status: int) -> Answer:
        edited = self.edited
        if edited is None:
            return _page(500, _broken(self.problems))
        try:
            body = pipeline.page_bytes(edited.layouts, edited.plan.makers[address]())
        except jinja2.TemplateError as error:
            return _page(500, _broken((pipeline.layout_problem(error),)))
        suffix = ".html" if address.endswith("/") else PurePosixPath(address).suffix
        return Answer(status, {"Content-Type": CONTENT_TYPES.get(suffix, "application/octet-stream")}, body)

    @property
    def is_broken(self) -> bool:
        return stops_a_build(self.problems)


def _page(status: int, body: bytes) -> Answer:
    return Answer(status, {"Content-Type": CONTENT_TYPES[".html"]}, body)


def _broken(problems: tuple[Problem, ...]) -> bytes:
    """A page that tells what has to be mended before there is a site to show."""
    told = Markup("").join(Markup("<pre>{}</pre>\n").format(as_text(found)) for found in problems if found.severity == "problem")
    page = Markup(
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>There are problems</title></head>\n'
        "<body><h1>There are problems</h1>\n<p>Mend these and load the page again.</p>\n{}</body>\n</html>\n"
    )
    return page.format(told).encode()
