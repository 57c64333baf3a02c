"""What a build was made of, page by page, kept for the next one: a verifying trace.

A page is current where the digest of its view, of its layout with all that this includes, and of the program are those of its
trace, and its file is the one that was written. Source: Mokhov, Mitchell, Peyton Jones, "Build systems à la carte", section 4.2.2.
"""

import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import msgspec

from sitegen.build.store import Store, Writer, item
from sitegen.problems import Problem

FORMAT = 3
"goes up with each change of what stands in the file"

_SPACE = "manifest"
_Signature = tuple[int, int, int, int]


class PageRecord(msgspec.Struct, array_like=True, frozen=True):
    """A page: what it was made of, and what came of it."""

    path: str
    "below the output folder"
    layout: str
    "empty where no layout makes it"
    made_of: bytes
    "digest of its view, or of its bytes where it has none"
    written: bytes
    "digest of its bytes"
    signature: _Signature | None
    "of its file; None where that was so young that it proves nothing"
    kept: bytes | None = None
    "of an entry: digest of the stored item that has the page without its body"


class FileDigests(msgspec.Struct, array_like=True, frozen=True):
    """A file of content/ as this build found it."""

    digest: bytes
    "of its bytes"
    shown: bytes
    "digest of all that other pages see of it"


class Manifest(msgspec.Struct, array_like=True):
    form: int
    program: bytes
    options: tuple[bool, str]
    "with drafts, and the address that the command line gave"
    inputs: dict[str, _Signature | None]
    "every file that a build looks at"
    content: dict[str, FileDigests]
    layouts: dict[str, bytes]
    "digest of each with all that it includes"
    site: bytes
    "what all views share, encoded"
    entries: int
    own_problems: dict[str, tuple[Problem, ...]]
    "notes of each file by itself"
    between: tuple[Problem, ...]
    "notes between files, and of settings and theme"
    pages: list[PageRecord]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All notes, in order."""
        return tuple(sorted({*self.between, *(found for its_own in self.own_problems.values() for found in its_own)}))


def key_of(folder: Path) -> str:
    """Each output folder has a manifest of its own."""
    return blake2b(os.fsencode(os.path.realpath(folder)), digest_size=8).hexdigest()


def load(store: Store, folder: Path) -> Manifest | None:
    """None where there are none that this code can read."""
    try:
        found = msgspec.msgpack.decode(store.value(_SPACE, key_of(folder)) or b"", type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return found if found.form == FORMAT else None


def _nothing(_: Writer) -> None:
    return


def save(store: Store, folder: Path, kept: Manifest, change: Callable[[Writer], object] = _nothing) -> None:
    """*change* is made in the same transaction. Raises OSError. Where a file's name isn't UTF-8, nothing is kept."""
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
    """Where entries' pages are kept without their bodies, by path."""
    return f"frames {key_of(folder)}"
