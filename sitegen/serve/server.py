"""HTTP: requests of this machine's own browser in, pages and a stream of events out. Starlette routes, uvicorn serves."""

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

from sitegen.serve.preview import OWN, Answer, Preview

PORTS_TRIED = 20
HIGHEST_PORT = 65535
MAX_STREAMS = 100
"open pages that are kept up to date; each holds a connection, and a process may have only 256"
BACKLOG = 64
"connections that may wait: those that are accepted at once have to be fewer than a process may have"
ALIVE_S = 15
"after which an open stream says that it is there"
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


class Streams:
    """The pages that are open and wait for news."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bells: set[asyncio.Event] = set()
        self.has_ended = False

    @property
    def are_many(self) -> bool:
        return len(self._bells) >= MAX_STREAMS

    def ring(self) -> None:
        """From any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring_all)

    def end(self) -> None:
        self.has_ended = True
        self.ring()

    def _ring_all(self) -> None:
        for bell in self._bells:
            bell.set()

    async def messages(self, preview: Preview, number: int) -> AsyncIterator[str]:
        """One at once, then one after each revision."""
        self._loop = asyncio.get_running_loop()
        bell = asyncio.Event()
        bell.set()
        self._bells.add(bell)
        try:
            while not self.has_ended:
                if bell.is_set():
                    bell.clear()
                    number, told = await run_in_threadpool(preview.message, number)
                    yield f"event: revision\nid: {number}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"
                try:
                    await asyncio.wait_for(bell.wait(), ALIVE_S)
                except TimeoutError:
                    yield ": alive\n\n"
        finally:
            self._bells.discard(bell)


class FromHere:
    """Lets in what names this machine in Host and Origin; a page of another site can't make its requests do so."""

    def __init__(self, app: ASGIApp, names: frozenset[str], takes_numbers: bool) -> None:
        self._app, self._names, self._takes_numbers = app, names, takes_numbers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request = Request(scope)
        if not self._is_from_here(request):
            refusal = Response(b"this preview answers only to its own address\n", 403, {**PLAIN, **HEADERS})
            return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)

    def _is_from_here(self, request: Request) -> bool:
        hosts = [f"//{request.headers.get('host', '')}", *request.headers.getlist("origin")]
        try:
            return all(self._is_ours(urlsplit(host).hostname or "") for host in hosts)
        except ValueError:
            return False

    def _is_ours(self, name: str) -> bool:
        return name in self._names or (self._takes_numbers and _is_number(name))


def app(preview: Preview, streams: Streams, host: str) -> Starlette:
    async def page(request: Request) -> Response:
        path = request.url.path if not request.scope.get("path") else str(request.scope["path"])
        if request.method == "GET" and path == f"{preview.base_path}{OWN}events":
            if streams.are_many:
                return Response(b"too many windows are open\n", 503, {**PLAIN, **HEADERS, "Retry-After": "5", "Connection": "close"})
            return StreamingResponse(streams.messages(preview, _number(request)), 200, HEADERS, "text/event-stream; charset=utf-8")
        return _response(await run_in_threadpool(preview.answer, path, dict(request.query_params)))

    async def nowhere(request: Request, _: Exception) -> Response:
        return _response(await run_in_threadpool(preview.answer, f"{preview.base_path}_preview/nowhere", {}))

    return Starlette(
        routes=[Route("/{path:path}", page, methods=["GET", "HEAD"])],
        middleware=[Middleware(FromHere, names=LOCAL_NAMES | {host.lower()}, takes_numbers=_is_everywhere(host))],
        exception_handlers={404: nowhere},
    )


def _number(request: Request) -> int:
    text = request.headers.get("last-event-id") or request.query_params.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, {**HEADERS, **answer.headers})


def _is_everywhere(host: str) -> bool:
    """Whether other machines reach it: by a number, which no name of a stranger's can be made to stand for."""
    return _is_number(host) and ipaddress.ip_address(host).is_unspecified


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def listening(host: str, port: int) -> socket.socket | None:
    """At *port* or the next free one; None where none of them is free. Raises OSError where the host is none of this machine's."""
    for candidate in range(port, min(port + PORTS_TRIED, HIGHEST_PORT + 1)) if port else (0,):
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    return None


def is_local(listener: socket.socket) -> bool:
    """Whether no other machine reaches it."""
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


class _Failures:
    """What the event loop does with an error that nothing handles: connections that can't be accepted are reported once."""

    def __init__(self) -> None:
        self._is_told = False

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not (isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)):
            loop.default_exception_handler(context)
        elif not self._is_told:
            self._is_told = True
            print("too many connections are open; close some tabs and try again", file=sys.stderr, flush=True)


class Server(uvicorn.Server):
    """Of a preview, at a socket that listens already. `run` serves until Ctrl-C, or until `end`."""

    def __init__(self, preview: Preview, host: str) -> None:
        self._streams = Streams()
        self.ring = self._streams.ring
        "tells all open pages that there is news; from any thread"
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
        asyncio.get_running_loop().set_exception_handler(_Failures())
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._streams.end()
        super().handle_exit(sig, frame)

    def end(self) -> None:
        self._streams.end()
        self.should_exit = True
