"""The preview over HTTP: pages, and a stream of events. Starlette routes, uvicorn serves."""

import asyncio
import errno
import ipaddress
import json
import socket
import sys
from collections.abc import AsyncIterator
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sitegen.serve.preview import OWN_PREFIX, Answer, Preview

MAX_PORTS_TRIED = 20
MAX_PORT = 65535
MAX_STREAMS = 100
"each open page holds a connection, and a process may have as few as 256"
BACKLOG = 64
"waiting connections; fewer than the connections a process may have, because all of them may be accepted at once"
KEEPALIVE_S = 15
"interval between keep-alive comments on an open stream"
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


class Streams:
    """The event streams of all open pages."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wakers: set[asyncio.Event] = set()
        self.has_ended = False

    @property
    def is_full(self) -> bool:
        return len(self._wakers) >= MAX_STREAMS

    def wake(self) -> None:
        """Send pending revisions on all streams. Thread-safe."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_all)

    def end(self) -> None:
        self.has_ended = True
        self.wake()

    def _wake_all(self) -> None:
        for waker in self._wakers:
            waker.set()

    async def messages(self, preview: Preview, number: int) -> AsyncIterator[str]:
        """The events of one stream: one immediately, then one after each revision."""
        self._loop = asyncio.get_running_loop()
        waker = asyncio.Event()
        waker.set()
        self._wakers.add(waker)
        try:
            while not self.has_ended:
                if waker.is_set():
                    waker.clear()
                    number, message = await run_in_threadpool(preview.message, number)
                    yield f"event: revision\nid: {number}\ndata: {json.dumps(message, ensure_ascii=False)}\n\n"
                try:
                    await asyncio.wait_for(waker.wait(), KEEPALIVE_S)
                except TimeoutError:
                    yield ": alive\n\n"
        finally:
            self._wakers.discard(waker)


class LocalOnly:
    """Rejects requests whose Host or Origin is not this machine, so that pages of other sites can't read the preview."""

    def __init__(self, app: ASGIApp, names: frozenset[str], allows_ip_addresses: bool) -> None:
        self._app, self._names, self._allows_ip_addresses = app, names, allows_ip_addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request = Request(scope)
        if not self._is_allowed(request):
            refusal = Response(b"this preview answers only to its own address\n", 403, {**PLAIN, **HEADERS})
            return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)

    def _is_allowed(self, request: Request) -> bool:
        hosts = [f"//{request.headers.get('host', '')}", *request.headers.getlist("origin")]
        try:
            return all(self._is_local_name(urlsplit(host).hostname or "") for host in hosts)
        except ValueError:
            return False

    def _is_local_name(self, name: str) -> bool:
        return name in self._names or (self._allows_ip_addresses and _is_ip_address(name))


def app(preview: Preview, streams: Streams, host: str) -> Starlette:
    async def page(request: Request) -> Response:
        path = request.url.path if not request.scope.get("path") else str(request.scope["path"])
        if request.method == "GET" and path == f"{preview.base_path}{OWN_PREFIX}events":
            if streams.is_full:
                return Response(b"too many windows are open\n", 503, {**PLAIN, **HEADERS, "Retry-After": "5", "Connection": "close"})
            return StreamingResponse(streams.messages(preview, _number(request)), 200, HEADERS, "text/event-stream; charset=utf-8")
        return _response(await run_in_threadpool(preview.answer, path, dict(request.query_params)))

    async def nowhere(request: Request, _: Exception) -> Response:
        return _response(await run_in_threadpool(preview.answer, f"{preview.base_path}_preview/nowhere", {}))

    return Starlette(
        routes=[Route("/{path:path}", page, methods=["GET", "HEAD"])],
        middleware=[Middleware(LocalOnly, names=LOCAL_NAMES | {host.lower()}, allows_ip_addresses=_is_wildcard(host))],
        exception_handlers={404: nowhere},
    )


def _number(request: Request) -> int:
    text = request.headers.get("last-event-id") or request.query_params.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, {**HEADERS, **answer.headers})


def _is_wildcard(host: str) -> bool:
    """Whether the server listens on all interfaces. Other machines may then use its IP address, which no DNS name can imitate."""
    return _is_ip_address(host) and ipaddress.ip_address(host).is_unspecified


def _is_ip_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def bound_listener(host: str, port: int) -> socket.socket | None:
    """A socket listening on *port* or the next free one; None if none is free. Raises OSError if *host* is not this machine."""
    for candidate in range(port, min(port + MAX_PORTS_TRIED, MAX_PORT + 1)) if port else (0,):
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    return None


def is_local(listener: socket.socket) -> bool:
    """Whether only this machine can connect to it."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, kind, protocol)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


class _LoopErrors:
    """Exception handler of the event loop that reports only once that connections can't be accepted."""

    def __init__(self) -> None:
        self._is_reported = False

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not (isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)):
            loop.default_exception_handler(context)
        elif not self._is_reported:
            self._is_reported = True
            print("too many connections are open; close some tabs and try again", file=sys.stderr, flush=True)


class Server(uvicorn.Server):
    """Serves a preview on a listening socket until Ctrl-C or `end`."""

    def __init__(self, preview: Preview, host: str) -> None:
        self._streams = Streams()
        self.wake = self._streams.wake
        "notifies all open pages of new revisions; thread-safe"
        config = uvicorn.Config(
            app(preview, self._streams, host),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
            backlog=BACKLOG,
        )
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(_LoopErrors())
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._streams.end()
        super().handle_exit(sig, frame)

    def end(self) -> None:
        self._streams.end()
        self.should_exit = True
