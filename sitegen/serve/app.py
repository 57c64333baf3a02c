"""`sitegen serve`: a small HTTP server on this machine, and a watch that reads the site again as files change."""

import argparse
import errno
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from sitegen.problems import Problem
from sitegen.serve import watch
from sitegen.serve.preview import Answer, Preview

PORTS_TRIED = 20
HIGHEST_PORT = 65535
LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}


def serve(root: Path, options: argparse.Namespace, tell: Callable[[tuple[Problem, ...]], None]) -> int:
    """Until Ctrl-C. Exit status 0, or 1 where no port is free."""
    preview = Preview(root)
    before = watch.state(root)
    tell(preview.refresh())
    try:
        server = _server(preview, options.host, options.port)
    except OSError as error:
        print(f"sitegen: {options.host} can’t be listened at: {error.strerror}", file=sys.stderr)
        return 1
    if server is None:
        print(f"sitegen: no port from {options.port} to {options.port + PORTS_TRIED - 1} is free", file=sys.stderr)
        return 1
    port = server.server_address[1]
    address = f"http://{_in_url(options.host)}:{port}{preview.base_path}"
    if port != options.port != 0:
        print(f"port {options.port} is in use")
    print(f"the preview is at {address} (Ctrl-C ends it)", flush=True)
    stop = threading.Event()
    watching = threading.Thread(target=watch.run, args=(preview, options, tell, address, before, stop), daemon=True)
    watching.start()
    if options.open:
        webbrowser.open(address)
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        print()
    finally:
        stop.set()
        server.server_close()
        watching.join(timeout=2)
    return 0


def _server(preview: Preview, host: str, port: int) -> "PreviewServer | None":
    """At *port* or the next free one."""
    for candidate in range(port, min(port + PORTS_TRIED, HIGHEST_PORT + 1)) if port else (0,):
        try:
            return PreviewServer(preview, host, candidate)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    return None


class PreviewServer(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, preview: Preview, host: str, port: int) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), Handler)
        self.preview = preview
        self.names = LOCAL_NAMES | {host}
        "hosts that a request may name; others are somebody else's page trying to read the preview"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is not news; a mistake of ours is."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # handed on as it came


class Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    server_version = "sitegen"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        self._send(self._answer(), with_body=True)

    def do_HEAD(self) -> None:
        self._send(self._answer(), with_body=False)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # the base class's name
        """Requests are not news."""

    def _answer(self) -> Answer:
        if not self._is_from_here():
            return Answer(403, {"Content-Type": "text/plain; charset=utf-8"}, b"this preview answers only to its own address\n")
        try:
            return self.server.preview.answer(self.path)
        except ValueError:
            return Answer(400, {"Content-Type": "text/plain; charset=utf-8"}, b"this is no address\n")

    def _is_from_here(self) -> bool:
        """Host and Origin name this server; a page of another site can't make them do so."""
        hosts = [f"//{self.headers.get('Host', '')}"]
        if "Origin" in self.headers:
            hosts.append(self.headers["Origin"])
        try:
            return all(urlsplit(host).hostname in self.server.names for host in hosts)
        except ValueError:
            return False

    def _send(self, answer: Answer, *, with_body: bool) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
