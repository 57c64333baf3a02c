"""Fetch an address: http and https only, with limits on time and size."""

import http.client
import queue
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import IO, Any
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

import sitegen
from sitegen.content.frontmatter import is_web_address
from sitegen.content.read import MAX_FILE_BYTES
from sitegen.ingest.receive.decode import cleaned
from sitegen.ingest.receive.unreadable import UnreadableError

TIMEOUT_SECONDS = 20
"for everything: DNS, redirects, the last byte"

_CHUNK = 64 * 1024
_MAX_HEADER_BYTES = 256 * 1024
"of one response, including interim ones (100 Continue)"
_ADDRESS_HINT = "an address looks like https://example.org/report"


@dataclass(frozen=True, slots=True)
class FetchedPage:
    address: str
    "after redirects"
    data: bytes
    media_type: str
    "text/html"
    charset: str
    "empty if the server does not state it"


def fetched_page(address: str, seconds: float = TIMEOUT_SECONDS) -> FetchedPage:
    """Fetch an address.

    Raises: UnreadableError. Runs in a thread, because a server that sends a byte now and then outlasts every socket timeout.

    """
    arrived: queue.SimpleQueue[FetchedPage | UnreadableError] = queue.SimpleQueue()
    threading.Thread(target=lambda: arrived.put(_tried(address, seconds)), daemon=True).start()
    try:
        found = arrived.get(timeout=seconds)
    except queue.Empty:
        raise UnreadableError(f"no whole answer came within {seconds:g} seconds", "try again, or save the page from a browser") from None
    if isinstance(found, UnreadableError):
        raise found
    return found


def is_address(text: str) -> bool:
    """Whether a text is a complete http(s) address that can be stored and fetched."""
    try:
        return is_web_address(text) and text == cleaned(text)
    except ValueError:
        return False


def _tried(address: str, seconds: float) -> FetchedPage | UnreadableError:
    try:
        return _answer(_ascii(address), seconds)
    except UnreadableError as refusal:
        return refusal
    except urllib.error.HTTPError as error:
        error.close()
        return UnreadableError(f"the server answered {error.code} {error.reason}", "look whether the address opens in a browser")
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        return UnreadableError(f"this address doesn’t answer: {reason}", "look whether it opens in a browser, and save the page there")
    except ValueError as error:
        return UnreadableError(f"this is not a web address: {error}", _ADDRESS_HINT)


def _answer(address: str, seconds: float) -> FetchedPage:
    request = urllib.request.Request(address, headers={"User-Agent": f"sitegen/{sitegen.__version__}", "Accept-Encoding": "identity"})  # noqa: S310  # the opener knows http and https only
    with _opener().open(request, timeout=seconds) as response:
        headers: Message = response.headers
        announced = headers.get("Content-Length", "").strip()
        data = _body(response, int(announced) if announced.isdecimal() and len(announced) < 20 else 0)
        final = urldefrag(response.url)[0]
        return FetchedPage(final, data, headers.get_content_type(), headers.get_content_charset("") if headers.get("Content-Type") else "")


def _body(response: IO[bytes], announced: int) -> bytes:
    too_large = UnreadableError(
        f"this page is larger than {MAX_FILE_BYTES // 1024**2} MB", "a report is much smaller; save its text in a file"
    )
    if announced > MAX_FILE_BYTES:
        raise too_large
    data = bytearray()
    while chunk := response.read(_CHUNK):
        data += chunk
        if len(data) > MAX_FILE_BYTES:
            raise too_large
    if len(data) < announced:
        raise UnreadableError(f"the answer broke off after {len(data)} of {announced} bytes", "try again")
    return bytes(data)


def _ascii(address: str) -> str:
    """The address as sent to the server. Raises: ValueError, UnreadableError."""
    parts = urlsplit(address)
    if parts.username is not None or parts.password is not None:
        raise UnreadableError("an address with a name or a password in it is not fetched", "save the page from a browser")
    if not parts.hostname:
        raise UnreadableError("this address names no host", _ADDRESS_HINT)
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    host = f"[{host}]" if ":" in host else host
    network = f"{host}:{parts.port}" if parts.port is not None else host
    safe = "/%:=&?~+!$,;'@()*[]"
    return urlunsplit((parts.scheme, network, quote(parts.path, safe) or "/", quote(parts.query, safe), ""))


class _Headers:
    """A response’s headers, limited in size."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self._left = _MAX_HEADER_BYTES

    def readline(self, limit: int = -1) -> bytes:
        line = self.file.readline(limit)
        self._left -= len(line)
        if self._left < 0:
            raise UnreadableError(
                f"the server’s headers are larger than {_MAX_HEADER_BYTES // 1024} kB", "look whether the address opens in a browser"
            )
        return line

    def close(self) -> None:
        self.file.close()


class _Response(http.client.HTTPResponse):
    """Limits interim responses, which http.client skips for as long as a server sends them."""

    def begin(self) -> None:
        source = self.fp
        headers: Any = _Headers(source)
        self.fp = headers
        try:
            super().begin()
        finally:
            if self.fp is headers:
                self.fp = source


class _Connection(http.client.HTTPConnection):
    response_class = _Response


class _SecureConnection(http.client.HTTPSConnection):
    response_class = _Response


class _Http(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Connection, req)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_SecureConnection, req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https only."""

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage
    ) -> http.client.HTTPResponse | None:
        target = headers.get("Location", "")
        if urlsplit(target).scheme.lower() not in ("http", "https", ""):
            fp.close()
            raise UnreadableError(
                f"the server leads to {target}, which is no http or https address", "look whether the address opens in a browser"
            )
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _opener() -> urllib.request.OpenerDirector:
    """An opener without handlers for file:, ftp: and data: addresses."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        _Http(),
        _Https(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener
