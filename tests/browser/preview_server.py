"""A preview server controlled by a test: it speaks the protocol of `sitegen serve` and sends what the test sets."""

import json
import select
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.browser.server import content_type
from tests.support.built_sites import ROOT, BuiltSite

CLIENT = ROOT / "sitegen" / "serve" / "client"
Said = Mapping[str, object]


@dataclass
class Preview:
    """A site at a revision. Each change is sent to all listening pages."""

    site: BuiltSite
    revision: int = 1
    port: int = 0
    said: dict[str, Any] = field(default_factory=lambda: {"problems": [], "kept": [], "follow": "", "drafts": 0, "first": False})
    targets: dict[str, list[Said]] = field(default_factory=dict)
    "the answers of _preview/sources, by address"
    editor: str = "editor://open/{file}:{line}:{column}"
    streams: int = 0
    "pages that listen now"
    asked: list[str] = field(default_factory=list)
    "addresses of all requests, without the base path"
    is_running: bool = False
    _changes: dict[int, set[str]] = field(default_factory=dict)
    _news: threading.Condition = field(default_factory=threading.Condition)
    _server: "_Server | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.site.base_path}"

    def save(self, site: BuiltSite | None = None, **said: object) -> None:
        """Start the next revision, with another site or other event fields."""
        with self._news:
            self.revision += 1
            self._changes[self.revision] = _differences(self.site, site or self.site)
            self.site = site or self.site
            self.said |= {"follow": "", **said}
            self._news.notify_all()

    def start(self, revision: int | None = None) -> None:
        """Listen at the same port as before, with restarted revision numbers."""
        self.revision = revision or self.revision
        self._server = _Server(self)
        self.port = self._server.server_address[1]
        self.is_running = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        assert self._server is not None
        with self._news:
            self.is_running = False
            self._news.notify_all()
        self._server.shutdown()
        self._server.server_close()

    def message(self, known: int) -> bytes:
        """For a page that has the revision *known*."""
        changed = set().union(*(kinds for number, kinds in self._changes.items() if number > known))
        kinds = {kind: kind in changed for kind in ("content", "styles", "scripts")}
        body = {"revision": self.revision, "changed": kinds, "notes": 0, **self.said}
        return f"event: revision\nid: {self.revision}\ndata: {json.dumps(body)}\n\n".encode()

    def messages(self, known: int, connection: socket.socket) -> Iterator[bytes]:
        with self._news:
            self.streams += 1
        try:
            yield self.message(known)
            told = self.revision
            while self.is_running and not _has_gone(connection):
                with self._news:
                    if self.revision == told:
                        self._news.wait(timeout=0.05)
                if self.revision != told and self.is_running:
                    yield self.message(told)
                    told = self.revision
        finally:
            with self._news:
                self.streams -= 1


@contextmanager
def previewed(site: BuiltSite, **fields: Any) -> Iterator[Preview]:
    preview = Preview(site, **fields)
    preview.start()
    try:
        yield preview
    finally:
        if preview.is_running:
            preview.stop()


def _differences(before: BuiltSite, after: BuiltSite) -> set[str]:
    kinds = {".css": "styles", ".js": "scripts"}
    changed = {address for address in {*before.files, *after.files} if before.files.get(address) != after.files.get(address)}
    return {kinds.get(Path(address).suffix, "content") for address in changed}


def _has_gone(connection: socket.socket) -> bool:
    readable, _, _ = select.select([connection], [], [], 0)
    return bool(readable) and connection.recv(1, socket.MSG_PEEK) == b""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, preview: Preview) -> None:
        super().__init__(("127.0.0.1", preview.port), _Handler)
        self.preview = preview


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        preview = self.server.preview
        parts = urlsplit(self.path)
        address = "/" + unquote(parts.path).removeprefix(preview.site.base_path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        preview.asked.append(address)
        if address == "/_preview/events":
            self._stream(int(query["revision"]))
        elif address == "/_preview/sources":
            told = {"root": "/my site", "editor": preview.editor, "targets": preview.targets.get(query["path"], [])}
            self._send(200, json.dumps(told).encode(), "application/json")
        elif address.startswith("/_preview/"):
            self._send(200, (CLIENT / address.removeprefix("/_preview/")).read_bytes(), content_type(address))
        elif address in preview.site.files:
            self._page(200, address)
        else:
            self._page(404, "/404.html")

    def _page(self, status: int, address: str) -> None:
        preview = self.server.preview
        with preview._news:
            body, base = preview.site.files[address], preview.site.base_path
            added = (
                f'<script src="{base}_preview/preview.js" data-revision="{preview.revision}" data-events="{base}_preview/events"'
                f' data-base="{base}" defer></script><link rel="stylesheet" href="{base}_preview/preview.css">'
            )
        if content_type(address).startswith("text/html"):
            body = body.replace(b"</head>", f"{added}</head>".encode(), 1)
        self._send(status, body, content_type(address))

    def _stream(self, known: int) -> None:
        self._head(200, {"Content-Type": "text/event-stream"})
        try:
            for message in self.server.preview.messages(known, self.connection):
                self.wfile.write(message)
                self.wfile.flush()
        except ConnectionError:
            pass

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self._head(status, {"Content-Type": kind, "Content-Length": str(len(body))})
        self.wfile.write(body)

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # the base class's name
        """Requests are not news."""


def problem(message: str = "this key is unknown", **fields: object) -> Said:
    told: dict[str, object] = {"file": "content/entries/veto.md", "line": 3, "column": 7, "severity": "problem", "message": message}
    return {**told, "hint": "", "frame": "  3 | title: The veto\n    |       ^", **fields}


def problems(*messages: str) -> Sequence[Said]:
    return [problem(message, line=3 + number) for number, message in enumerate(messages)]
