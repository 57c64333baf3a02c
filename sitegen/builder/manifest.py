"""Record how each page was made, so that the next build renders only stale pages.

A page is current if its view, its layout with all includes, and the program have the digests in its record, and its file is the
one that was written: a verifying trace. Source: Mokhov, Mitchell, Peyton Jones, "Build systems à la carte", section 4.2.2.
"""

import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import msgspec

from sitegen.builder.store import Store, Writer, item
from sitegen.problems import Problem

FORMAT = 4
"of the record; incremented with each change"

_SPACE = "manifest"
_Signature = tuple[int, int, int, int]


class PageRecord(msgspec.Struct, array_like=True, frozen=True):
    """The inputs and the output of a page."""

    path: str
    "below the output folder"
    layout: str
    "empty if it has none"
    made_of: bytes
    "digest of its view, or of its bytes if it has no view"
    written: bytes
    "digest of its bytes"
    signature: _Signature | None
    "of its file; None if that was too young"
    kept: bytes | None = None
    "of an entry's page: digest of the stored item with its frame"
    reads: bytes = b""
    "the entries that its view was made from; see `page_reads`"


class FileDigests(msgspec.Struct, array_like=True, frozen=True):
    """Of a file of content/."""

    digest: bytes
    "of its bytes"
    shown: bytes
    "digest of the parts that other pages show"


class Manifest(msgspec.Struct, array_like=True):
    form: int
    program: bytes
    options: tuple[bool, str]
    "--drafts and --base-url"
    inputs: dict[str, _Signature | None]
    "every file that the build depended on"
    content: dict[str, FileDigests]
    layouts: dict[str, bytes]
    "digest of each layout with its includes"
    site: bytes
    "what all views share; see `view_encoding.site_bytes`"
    entries: int
    own_problems: dict[str, tuple[Problem, ...]]
    "notes on each file alone"
    between: tuple[Problem, ...]
    "notes across files, and on settings and theme"
    pages: list[PageRecord]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All notes, in order."""
        return tuple(sorted({*self.between, *(found for its_own in self.own_problems.values() for found in its_own)}))


def key_of(folder: Path) -> str:
    """Each output folder has a manifest of its own."""
    return blake2b(os.fsencode(os.path.realpath(folder)), digest_size=8).hexdigest()


def load(store: Store, folder: Path) -> Manifest | None:
    """The manifest of the last build; None if it is missing, or this version can't read it."""
    try:
        found = msgspec.msgpack.decode(store.value(_SPACE, key_of(folder)) or b"", type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return found if found.form == FORMAT else None


def _nothing(_: Writer) -> None:
    return


def save(store: Store, folder: Path, kept: Manifest, change: Callable[[Writer], object] = _nothing) -> None:
    """Apply *change* in the same transaction. Keeps nothing if a file's name isn't UTF-8. Raises OSError."""
    try:
        data = msgspec.msgpack.encode(kept)
    except UnicodeEncodeError:
        store.write(lambda writer: writer.delete(_SPACE, (key_of(folder),)))
        return

    def save_all(writer: Writer) -> None:
        change(writer)
        writer.put(_SPACE, (item(_SPACE, key_of(folder), data),))

    store.write(save_all)


def frames_space(folder: Path) -> str:
    """The space of the frames of entries' pages, by path."""
    return f"frames {key_of(folder)}"
