"""Bytes to files: only what differs is written, only what sitegen wrote is removed, each file whole or not at all."""

import contextlib
import errno
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

import msgspec

from sitegen.build import store
from sitegen.build.manifest import key_of
from sitegen.build.store import Item, Store, Writer, item
from sitegen.files import read_regular, write_all
from sitegen.problems import Problem, Spot, problem

GENERATOR = b'<meta name="generator" content="sitegen">'
"how a page says that we made it"

ALLOWED = {".git", ".gitignore", ".gitkeep", ".gitattributes", ".nojekyll", "CNAME", ".sitegen"}
"what may lie in an output folder without making it foreign"

UNFINISHED = ".sitegen-tmp"
"how the name of a file ends that is being written"

_LEFT_BEHIND = re.compile(rf"\..+\.[0-9]+{re.escape(UNFINISHED)}")

_SPACE = "output"
_WRITTEN = "written"
"paths of what we wrote, and of what an unfinished build is about to write"
_UNFINISHED = "unfinished"
"there while a build writes; after a kill, until the next build has finished"

SOURCES = ("content", "layouts", "assets")


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written to an output folder, as far as it was noted."""

    paths: frozenset[str]
    is_whole: bool
    "the build that wrote last came to its end, and what it noted can be read"
    is_damaged: bool = False
    "what was noted can’t be read"
    is_complete: bool = True
    "all of *paths* were noted"


def refusal(root: Path, folder: Path) -> Problem | None:
    """Why nothing may be written to *folder*: it holds what sitegen didn't write, or it is no place for output."""
    where = shown(root, folder)
    try:
        return store.refusal(root) or _refusal(root, folder, where)
    except OSError as error:
        return problem(where, Spot(), f"this folder can’t be read: {error.strerror}", "look at its permissions")


def _refusal(root: Path, folder: Path, where: str) -> Problem | None:
    """Raises OSError."""
    real, home = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    if folder.exists() and not folder.is_dir():
        return problem(where, Spot(), "the output folder is a file", "name another folder with --output")
    if home.is_relative_to(real) or any(real.is_relative_to(os.path.realpath(home / own)) for own in SOURCES):
        return problem(where, Spot(), "the output folder would lie among the site’s sources", "name another folder with --output")
    inside = real.relative_to(home) if real.is_relative_to(home) else real
    if reserved := {part.lower() for part in inside.parts} & {".git", store.FOLDER}:
        return problem(where, Spot(), f"the output folder would lie in {min(reserved)}/", "name another folder with --output")
    if Path(os.path.abspath(folder)).is_relative_to(root) and inside == real:
        hint = "name the folder that it leads to with --output"
        return problem(where, Spot(), "the output folder is a link that leads out of the site’s folder", hint)
    if not folder.is_dir() or _is_regular(str(output_store(root, folder).file)):
        return None
    foreign = [item.name for item in folder.iterdir() if item.name not in ALLOWED]
    if foreign and not _is_ours(folder / "index.html"):
        hint = "empty it yourself, or name another folder with --output"
        return problem(where, Spot(), f"the output folder holds files that sitegen didn’t write, such as {min(foreign)}", hint)
    return None


def output_store(root: Path, folder: Path) -> Store:
    """What we wrote to *folder*, apart from what can be found out again: if that is damaged, our files are still known as ours."""
    return Store(root / store.FOLDER / f"output-{key_of(folder)}.db")


def noted(root: Path, folder: Path) -> Noted:
    """What earlier builds wrote to *folder*."""
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
    """To be called before the first of *paths* is written: a kill on the way leaves no file that a later build doesn't know as ours.

    Raises OSError.
    """

    def change(writer: Writer) -> None:
        writer.put(_SPACE, (item(_SPACE, _UNFINISHED, b""),))
        if not (before.is_complete and before.paths.issuperset(paths)):
            writer.put(_SPACE, (_written(before.paths.union(paths)),))

    output_store(root, folder).write(change)


def make_folders(folder: Path, paths: Iterable[str]) -> None:
    """Of new files, by one process: two that make folders in one folder wait for each other. Raises OSError."""
    for parent in sorted({path.rpartition("/")[0] for path in paths}):
        try:
            os.mkdir(f"{folder}/{parent}")
        except FileExistsError:
            continue
        except FileNotFoundError:
            os.makedirs(f"{folder}/{parent}", exist_ok=True)


def finish(root: Path, folder: Path, before: Noted, paths: Collection[str]) -> tuple[str, ...]:
    """Removes what earlier builds wrote and this one didn't, and tells what. Raises OSError."""
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
    """Raises OSError where a folder below the output is a link: what it leads to is somebody else's. *plain* are those that are none."""
    link = _link_above(folder, path, plain)
    if link:
        raise OSError(errno.ELOOP, "a link stands here, and sitegen doesn’t write through it", f"{folder}/{link}")


def _link_above(folder: Path, path: str, plain: set[str]) -> str:
    """The folder of *path* that is a link, if there is one."""
    parent = path.rpartition("/")[0]
    while parent and parent not in plain:
        if os.path.islink(f"{folder}/{parent}"):
            return parent
        plain.add(parent)
        parent = parent.rpartition("/")[0]
    return ""


def present_bytes(path: str) -> bytes | None:
    """Of a file of the output; None where there is none, or none that may be read, or a link. Raises OSError."""
    try:
        return read_regular(path, follows_link=False)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            return None
        raise


def put(target: str, data: bytes, *, is_new: bool = False) -> None:
    """The file is whole, before and after, however this ends; a new one may be cut short by a kill. Raises OSError."""
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
    """Whether it was written: a name that is its own from the start takes half the time. Not where something stands there already."""
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
    """Removes what a killed build left of the files that it was writing."""
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
    """Removes files that we wrote, and the folders that they leave empty; nothing that is a link, or lies behind one."""
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
    """Whether *path* leads to something below the folder that it is relative to."""
    return not {"", ".", ".."} & set(path.split("/")) and not os.path.splitdrive(path)[0]


def _is_regular(path: str) -> bool:
    """Whether a file is there, and no link to one."""
    try:
        return S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _is_ours(page: Path) -> bool:
    """Raises OSError."""
    return GENERATOR in (present_bytes(str(page)) or b"")


def _written(paths: Iterable[str]) -> Item:
    return item(_SPACE, _WRITTEN, msgspec.msgpack.encode(sorted(paths)))


def shown(root: Path, folder: Path) -> str:
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
