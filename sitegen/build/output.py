"""Bytes to files: only what differs is written, only what sitegen wrote is removed, each file whole or not at all."""

import contextlib
import errno
import json
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.drawers import BINARY
from sitegen.build.traces import key_of
from sitegen.problems import Problem, Spot, problem

GENERATOR = b'<meta name="generator" content="sitegen">'
"how a page says that we made it"

ALLOWED = {".git", ".gitignore", ".gitkeep", ".gitattributes", ".nojekyll", "CNAME", ".sitegen"}
"what may lie in an output folder without making it foreign"

UNFINISHED = ".sitegen-tmp"
"how the name of a file ends that is being written"


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written to an output folder, as far as it was noted."""

    paths: frozenset[str]
    is_whole: bool
    "the build that wrote last came to its end"


def refusal(root: Path, folder: Path) -> Problem | None:
    """Why nothing may be written to *folder*: it holds what sitegen didn't write, or it is no place for output."""
    where = shown(root, folder)
    if folder.exists() and not folder.is_dir():
        return problem(where, Spot(), "the output folder is a file", "name another folder with --output")
    if root.resolve().is_relative_to(folder.resolve()) or any(
        folder.resolve().is_relative_to((root / own).resolve()) for own in ("content", "layouts", "assets")
    ):
        return problem(where, Spot(), "the output folder would lie among the site’s sources", "name another folder with --output")
    if not folder.is_dir() or _manifest(root, folder).is_file():
        return None
    foreign = [item.name for item in folder.iterdir() if item.name not in ALLOWED]
    if foreign and not _is_ours(folder / "index.html"):
        hint = "empty it yourself, or name another folder with --output"
        return problem(where, Spot(), f"the output folder holds files that sitegen didn’t write, such as {min(foreign)}", hint)
    return None


def noted(root: Path, folder: Path) -> Noted:
    """What earlier builds wrote to *folder*."""
    return Noted(_noted(_manifest(root, folder)), not _unfinished(root, folder).exists())


def begin(root: Path, folder: Path, before: Noted, paths: Collection[str]) -> None:
    """To be called before the first of *paths* is written: a kill on the way leaves no file that a later build doesn't know as ours.

    Raises OSError.
    """
    _unfinished(root, folder).parent.mkdir(parents=True, exist_ok=True)
    _unfinished(root, folder).touch()
    if not before.paths.issuperset(paths):
        _note(_manifest(root, folder), before.paths.union(paths))


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
    if stale:
        _note(_manifest(root, folder), paths)
    _unfinished(root, folder).unlink(missing_ok=True)
    return removed


def refuse_links(folder: Path, path: str, plain: set[str]) -> None:
    """Raises OSError where a folder below the output is a link: what it leads to is somebody else's. *plain* are those that are none."""
    parent = path.rpartition("/")[0]
    while parent and parent not in plain:
        if os.path.islink(f"{folder}/{parent}"):
            raise OSError(errno.ELOOP, "a link stands here, and sitegen doesn’t write through it", f"{folder}/{parent}")
        plain.add(parent)
        parent = parent.rpartition("/")[0]


def present_bytes(path: str) -> bytes | None:
    """None where there is no such file, or none that may be read. Raises OSError."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None


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
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | only | BINARY, 0o666)
    try:
        done = os.write(descriptor, data)
        while done < len(data):
            done += os.write(descriptor, data[done:])
    except OSError as error:
        error.filename = path
        raise
    finally:
        os.close(descriptor)


def _sweep(folder: Path, paths: Iterable[str]) -> None:
    """Removes what a killed build left of the files that it was writing."""
    for parent in {(folder / path).parent for path in paths}:
        if parent.is_dir() and parent.resolve().is_relative_to(folder.resolve()):
            for left in parent.glob(f".*{UNFINISHED}"):
                left.unlink(missing_ok=True)


def _prune(folder: Path, stale: Iterable[str]) -> tuple[str, ...]:
    """Removes files that we wrote, and the folders that they leave empty."""
    removed: list[str] = []
    for path in sorted(stale):
        target = folder / path
        if not target.resolve().is_relative_to(folder.resolve()):
            continue
        if target.is_file():
            target.unlink()
            removed.append(path)
        for parent in target.parents:
            if parent == folder or (parent.is_dir() and any(parent.iterdir())):
                break
            if parent.is_dir():
                parent.rmdir()
    return tuple(removed)


def _is_ours(page: Path) -> bool:
    return page.is_file() and GENERATOR in page.read_bytes()


def _manifest(root: Path, folder: Path) -> Path:
    """Where we note what we wrote to *folder*."""
    return root / ".sitegen" / f"written-{key_of(folder)}.json"


def _unfinished(root: Path, folder: Path) -> Path:
    """Stands there while a build is writing; if it was killed, until the next one has come to its end."""
    return root / ".sitegen" / f"unfinished-{key_of(folder)}"


def _noted(manifest: Path) -> frozenset[str]:
    try:
        paths = json.loads(manifest.read_bytes())["paths"]
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return frozenset()
    return frozenset(path for path in paths if isinstance(path, str)) if isinstance(paths, list) else frozenset()


def _note(manifest: Path, paths: Iterable[str]) -> None:
    put(str(manifest), json.dumps({"paths": sorted(paths)}, ensure_ascii=False).encode())


def shown(root: Path, folder: Path) -> str:
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
