"""What a build was made of, page by page, kept in .sitegen/ for the next one: a verifying trace. Deleting it is always safe.

A page is current where the digest of its view, of its layout with all that this includes, and of the program are those of its
trace, and its file is the one that was written. Source: Mokhov, Mitchell, Peyton Jones, "Build systems à la carte", section 4.2.2.
"""

import os
from hashlib import blake2b
from pathlib import Path

import msgspec

from sitegen.build.drawers import Slot, clear_out
from sitegen.build.state import DamagedStateError, damaged, read_state, replace_state
from sitegen.problems import Problem

FORMAT = 3
"goes up with each change of what stands in the file"

_Look = tuple[int, int, int, int]


class Trace(msgspec.Struct, array_like=True, frozen=True):
    """A page: what it was made of, and what came of it."""

    path: str
    "below the output folder"
    layout: str
    "empty where no layout makes it"
    made_of: bytes
    "digest of its view, or of its bytes where it has none"
    written: bytes
    "digest of its bytes"
    look: _Look | None
    "of its file; None where that was so young that it proves nothing"
    kept: Slot | None = None
    "of an entry: what the page is without its body"
    reads: bytes = b""
    "the entries that its view was made of; see `page_reads`"


class Known(msgspec.Struct, array_like=True, frozen=True):
    """A file of content/ as this build found it."""

    digest: bytes
    "of its bytes"
    shown: bytes
    "digest of all that other pages see of it"


class Traces(msgspec.Struct, array_like=True):
    form: int
    program: bytes
    options: tuple[bool, str]
    "with drafts, and the address that the command line gave"
    inputs: dict[str, _Look | None]
    "every file that a build looks at"
    content: dict[str, Known]
    layouts: dict[str, bytes]
    "digest of each with all that it includes"
    site: bytes
    "what all views share, encoded"
    entries: int
    own_problems: dict[str, tuple[Problem, ...]]
    "notes of each file by itself"
    between: tuple[Problem, ...]
    "notes between files, and of settings and theme"
    pages: list[Trace]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All notes, in order."""
        return tuple(sorted({*self.between, *(found for its_own in self.own_problems.values() for found in its_own)}))

    @property
    def drawers(self) -> set[str]:
        """Those that frames lie in."""
        return {page.kept.drawer for page in self.pages if page.kept is not None}


def file_of(root: Path, folder: Path) -> Path:
    """Each output folder has traces of its own."""
    return root / ".sitegen" / f"traces-{key_of(folder)}"


def frames_folder(root: Path, folder: Path) -> Path:
    return root / ".sitegen" / f"frames-{key_of(folder)}"


def key_of(folder: Path) -> str:
    return blake2b(os.fsencode(os.path.realpath(folder)), digest_size=8).hexdigest()


def load(root: Path, folder: Path, notes: list[Problem] | None = None) -> Traces | None:
    """None where there are none that this code can read; *notes* get why."""
    file = file_of(root, folder)
    try:
        found = msgspec.msgpack.decode(read_state(file), type=Traces)
    except OSError:
        return None
    except (DamagedStateError, msgspec.MsgspecError, UnicodeDecodeError):
        if notes is not None:
            notes.append(damaged(file))
        return None
    return found if found.form == FORMAT else None


def save(root: Path, folder: Path, kept: Traces) -> None:
    """The file is whole, before and after, however this ends; frames that it doesn't name are cleared away. Raises OSError.

    Where a file's name is no text, nothing is kept.
    """
    file = file_of(root, folder)
    try:
        replace_state(file, msgspec.msgpack.encode(kept))
    except UnicodeEncodeError:
        file.unlink(missing_ok=True)
        return
    clear_out(frames_folder(root, folder), kept.drawers)
