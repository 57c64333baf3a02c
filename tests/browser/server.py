"""Serve a built site on loopback as a static host does."""

import mimetypes
import posixpath
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

from tests.support.built_sites import BuiltSite

TYPES = {".atom": "application/atom+xml", ".woff2": "font/woff2", ".js": "text/javascript", ".svg": "image/svg+xml"}


@contextmanager
def served(site: BuiltSite) -> Iterator[str]:
    """Its address, with the base path: http://127.0.0.1:PORT/repo/."""
    server = Server(site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{site.base_path}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: BuiltSite) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = site


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = self.server.site
        path = unquote(self.path.partition("?")[0])
        address = "/" + path.removeprefix(site.base_path) if path.startswith(site.base_path) else ""
        if f"{address}/" in site.files:
            self._send(301, b"", {"Location": quote(f"{path}/")})
        elif address in site.files:
            self._send(200, site.files[address], {"Content-Type": content_type(address)})
        else:
            self._send(404, site.files["/404.html"], {"Content-Type": content_type("/404.html")})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Cache-Control": "max-age=600", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # the base class's name
        """Requests are not news."""


def content_type(address: str) -> str:
    suffix = posixpath.splitext(address)[1] or ".html"
    kind = TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
