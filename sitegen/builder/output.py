"""Write pages: only those that differ, each whole or not at all, and remove only what sitegen wrote."""

import contextlib
import errno
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

import msgspec

from sitegen.builder import store
from sitegen.builder.manifest import key_of
from sitegen.builder.store import Store, StoreItem, Writer, item
from sitegen.files import read_regular, write_all
from sitegen.problems import Problem, Spot, problem

GENERATOR = b'<meta name="generator" content="sitegen">'
"in each page, to recognise our output"

ALLOWED = {".git", ".gitignore", ".gitkeep", ".gitattributes", ".nojekyll", "CNAME", ".sitegen"}
"files that may be in a folder that isn't ours yet"

UNFINISHED = ".sitegen-tmp"
"suffix of a file that is being written"

_LEFT_BEHIND = re.compile(rf"\..+\.[0-9]+{re.escape(UNFINISHED)}")

_SPACE = "output"
_WRITTEN = "written"
"name of the paths that we wrote, or were about to write"
_UNFINISHED = "unfinished"
"name of an empty value that is there while a build writes, or after it was killed"

SOURCES = ("content", "layouts", "assets")


@dataclass(frozen=True, slots=True)
class Noted:
    """What earlier builds noted of an output folder."""

    paths: frozenset[str]
    is_whole: bool
    "the last build that wrote has finished, and its note can be read"
    is_damaged: bool = False
    "the note can’t be read"
    is_complete: bool = True
    "all paths come from the note"


def refusal(root: Path, folder: Path) -> Problem | None:
    """The problem with writing to *folder*, if any: it contains other files, or can't be an output folder."""
    where = shown(root, folder)
    try:
        return store.refusal(root) or _refusal(root, folder, where)
    except OSError as error:
        return problem(where, Spot(), f"can’t read this folder: {error.strerror}", "check its permissions")


def _refusal(root: Path, folder: Path, where: str) -> Problem | None:
    """Raises OSError."""
    real, home = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    if folder.exists() and not folder.is_dir():
        return problem(where, Spot(), "the output folder is a file", "choose another folder with --output")
    if home.is_relative_to(real) or any(real.is_relative_to(os.path.realpath(home / own)) for own in SOURCES):
        return problem(where, Spot(), "the output folder is among the site’s sources", "choose another folder with --output")
    inside = real.relative_to(home) if real.is_relative_to(home) else real
    if reserved := {part.lower() for part in inside.parts} & {".git", store.FOLDER}:
        return problem(where, Spot(), f"the output folder is inside {min(reserved)}/", "choose another folder with --output")
    if Path(os.path.abspath(folder)).is_relative_to(root) and inside == real:
        hint = "use --output with the folder that it points to"
        return problem(where, Spot(), "the output folder is a symbolic link to a place outside the site’s folder", hint)
    if not folder.is_dir() or _is_regular(str(output_store(root, folder).file)):
        return None
    foreign = [item.name for item in folder.iterdir() if item.name not in ALLOWED]
    if foreign and not _is_ours(folder / "index.html"):
        hint = "empty it yourself or choose another folder with --output"
        return problem(where, Spot(), f"the output folder contains files that sitegen didn’t write, such as {min(foreign)}", hint)
    return None


def output_store(root: Path, folder: Path) -> Store:
    """The record of the files that we wrote to *folder*. It has a file of its own, so that a damaged cache doesn't lose it."""
    return Store(root / store.FOLDER / f"output-{key_of(folder)}.db")


def noted(root: Path, folder: Path) -> Noted:
    """What earlier builds noted of *folder*."""
    kept = output_store(root, folder)
    data = kept.value(_SPACE, _WRITTEN)
    is_unfinished = kept.value(_SPACE, _UNFINISHED) is not None
    try:
        paths = frozenset(msgspec.msgpack.decode(data, type=list[str])) if data is not None else frozenset()
    except (msgspec.MsgspecError, UnicodeDecodeError):
        kept.is_damaged = True
        paths = frozenset()
    return Noted(paths, not (kept.is_damaged or is_unfinished), kept.is_damaged, is_complete=not kept.is_damaged)


def begin(root: Path, folder: Path, before: Noted, paths: Collection[str]) -> None:
    """Note *paths* before the first of them is written, so that after a kill the next build still knows them as ours.

    Raises OSError.
    """

    def change(writer: Writer) -> None:
        writer.put(_SPACE, (item(_SPACE, _UNFINISHED, b""),))
        if not (before.is_complete and before.paths.issuperset(paths)):
            writer.put(_SPACE, (_written(before.paths.union(paths)),))

    output_store(root, folder).write(change)


def make_folders(folder: Path, paths: Iterable[str]) -> None:
    """Make the folders of new files, in one process: several would wait for each other. Raises OSError."""
    for parent in sorted({path.rpartition("/")[0] for path in paths}):
        try:
            os.mkdir(f"{folder}/{parent}")
        except FileExistsError:
            continue
        except FileNotFoundError:
            os.makedirs(f"{folder}/{parent}", exist_ok=True)


def finish(root: Path, folder: Path, before: Noted, paths: Collection[str]) -> tuple[str, ...]:
    """Remove what earlier builds wrote and this one didn't. Returns the removed paths. Raises OSError."""
    if not before.is_whole:
        _sweep(folder, before.paths.union(paths))
    stale = before.paths.difference(paths)
    removed = _prune(folder, stale)

    def change(writer: Writer) -> None:
        writer.delete(_SPACE, (_UNFINISHED,))
        if stale:
            writer.put(_SPACE, (_written(paths),))

    output_store(root, folder).write(change)
    return removed


def refuse_links(folder: Path, path: str, plain: set[str]) -> None:
    """Raises OSError if a folder below the output is a link. *plain* collects those that are not."""
    link = _link_above(folder, path, plain)
    if link:
        raise OSError(errno.ELOOP, "this is a symbolic link, and sitegen doesn’t write through links", f"{folder}/{link}")


def _link_above(folder: Path, path: str, plain: set[str]) -> str:
    """The first folder of *path* that is a link, or an empty text."""
    parent = path.rpartition("/")[0]
    while parent and parent not in plain:
        if os.path.islink(f"{folder}/{parent}"):
            return parent
        plain.add(parent)
        parent = parent.rpartition("/")[0]
    return ""


def present_bytes(path: str) -> bytes | None:
    """Of a file of the output; None if it is missing, unreadable or a link. Raises OSError."""
    try:
        return read_regular(path, follows_link=False)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            return None
        raise


def put(target: str, data: bytes, *, is_new: bool = False) -> None:
    """Replace the file as a whole, or create it; a kill may cut a new one short. Raises OSError."""
    if is_new and _put_new(target, data):
        return
    folder, _, name = target.rpartition("/")
    temporary = f"{folder}/.{name}.{os.getpid()}{UNFINISHED}"
    try:
        try:
            _write(temporary, data)
        except (FileNotFoundError, NotADirectoryError):
            os.makedirs(folder, exist_ok=True)
            _write(temporary, data)
        try:
            os.replace(temporary, target)
        except FileNotFoundError:  # another build took it for a killed one's
            _write(temporary, data)
            os.replace(temporary, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        if error.filename == temporary:
            error.filename = target
        raise


def _put_new(target: str, data: bytes) -> bool:
    """Create the file without a temporary name, in half the time. False if a file already exists."""
    try:
        _write(target, data, os.O_EXCL)
    except FileExistsError:
        return False
    except FileNotFoundError:
        folder = target.rpartition("/")[0]
        try:
            os.mkdir(folder)
        except OSError:
            return False
        _write(target, data, os.O_EXCL)
    except NotADirectoryError:
        return False
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(target)
        raise
    return True


def _write(path: str, data: bytes, only: int = os.O_TRUNC) -> None:
    write_all(path, data, only)


def _sweep(folder: Path, paths: Iterable[str]) -> None:
    """Remove temporary files of killed builds."""
    plain: set[str] = set()
    for parent in {path.rpartition("/")[0] for path in paths if _is_below(path) and not _link_above(folder, path, plain)}:
        try:
            found = list(os.scandir(f"{folder}/{parent}"))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for left in found:
            if _LEFT_BEHIND.fullmatch(left.name) and left.is_file(follow_symlinks=False):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(left.path)


def _prune(folder: Path, stale: Iterable[str]) -> tuple[str, ...]:
    """Remove files that we wrote, and folders left empty; nothing that is a link, or behind one. Returns the paths."""
    removed: list[str] = []
    plain: set[str] = set()
    for path in sorted(stale):
        if not _is_below(path) or _link_above(folder, path, plain):
            continue
        if _is_regular(f"{folder}/{path}"):
            os.unlink(f"{folder}/{path}")
            removed.append(path)
        _remove_empty(folder, path.rpartition("/")[0])
    return tuple(removed)


def _remove_empty(folder: Path, parent: str) -> None:
    while parent:
        try:
            os.rmdir(f"{folder}/{parent}")
        except FileNotFoundError:
            pass
        except OSError:
            return
        parent = parent.rpartition("/")[0]


def _is_below(path: str) -> bool:
    """Whether the relative *path* stays below its folder."""
    return not {"", ".", ".."} & set(path.split("/")) and not os.path.splitdrive(path)[0]


def _is_regular(path: str) -> bool:
    """Whether there is a regular file, and no link to one."""
    try:
        return S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _is_ours(page: Path) -> bool:
    """Raises OSError."""
    return GENERATOR in (present_bytes(str(page)) or b"")


def _written(paths: Iterable[str]) -> StoreItem:
    return item(_SPACE, _WRITTEN, msgspec.msgpack.encode(sorted(paths)))


def shown(root: Path, folder: Path) -> str:
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
