"""Read inputs as bytes: files, standard input, addresses."""

import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal
from urllib.parse import unquote, urlsplit

from sitegen.content.read import MAX_FILE_BYTES
from sitegen.ingest.receive.fetch import fetched_page
from sitegen.ingest.receive.unreadable import UnreadableError

InputKind = Literal["html", "text"]

STANDARD_INPUT = "-"

_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_HTML_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_SNIFFED = 4096  # bytes; a page declares its type at its beginning


@dataclass(frozen=True, slots=True)
class ReceivedInput:
    """An input’s bytes, with its source and kind."""

    name: str
    "as given, as far as it can be encoded"
    data: bytes
    kind: InputKind
    stem: str
    "a file name without its suffix, from which an id can be made"
    address: str = ""
    "where it was fetched from"
    charset: str = ""
    "as the server states"


def received_input(name: str, stdin: BinaryIO) -> ReceivedInput:
    """Raises: UnreadableError."""
    if name == STANDARD_INPUT:
        return _sized(ReceivedInput(name, data := stdin.read(MAX_FILE_BYTES + 1), _kind("", data), "report"))
    if re.match(r"https?://", name, re.IGNORECASE):
        return _from_address(name)
    return _from_file(name)


def printable(name: str) -> str:
    """An input’s name in UTF-8; file names may contain bytes that are not."""
    return name.encode("utf-8", "replace").decode()


def _from_file(name: str) -> ReceivedInput:
    path = Path(name)
    if _is_pipe_or_device(path):
        raise UnreadableError(
            "this file is a pipe or a device, and could go on for ever", "save the text in a file, or give - and send it to standard input"
        )
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        hint = "only http and https addresses are fetched" if "://" in name else "look at its name and folder"
        raise UnreadableError("there is no such file", hint) from None
    except IsADirectoryError:
        raise UnreadableError("this is a folder", f"name its files: {name.rstrip('/')}/*") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableError(f"this file can’t be read: {reason}", "look at its permissions") from None
    return _sized(ReceivedInput(printable(name), data, _kind(path.suffix, data), path.stem))


def _is_pipe_or_device(path: Path) -> bool:
    """Whether reading could block for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _from_address(name: str) -> ReceivedInput:
    page = fetched_page(name)
    if not page.media_type.startswith("text/") and page.media_type not in (*_HTML_TYPES, "application/octet-stream"):
        raise UnreadableError(f"this is no report that can be read: the server calls it {page.media_type}", "save its text in a file")
    kind: InputKind = "html" if page.media_type in _HTML_TYPES else _kind("", page.data)
    parts = urlsplit(page.address)
    stem = unquote(parts.path).rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0] or parts.hostname or "report"
    return ReceivedInput(printable(name), page.data, kind, stem, page.address, page.charset)


def _kind(suffix: str, data: bytes) -> InputKind:
    return "html" if suffix.lower() in _HTML_SUFFIXES or _HTML_BEGINNING.match(data[:_SNIFFED].replace(b"\x00", b"")) else "text"


def _sized(found: ReceivedInput) -> ReceivedInput:
    if len(found.data) > MAX_FILE_BYTES:
        raise UnreadableError(f"this file is larger than {MAX_FILE_BYTES // 1024**2} MB", "a report is much smaller; split it")
    return found
