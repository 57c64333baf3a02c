"""Bytes to files: only what differs is written, only what sitegen wrote is removed, each file whole or not at all."""

import errno
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from sitegen.problems import Problem, Spot, problem

GENERATOR = b'<meta name="generator" content="sitegen">'
"how a page says that we made it"

ALLOWED = {".git", ".gitignore", ".gitkeep", ".gitattributes", ".nojekyll", "CNAME", ".sitegen"}
"what may lie in an output folder without making it foreign"

UNFINISHED = ".sitegen-tmp"
"how the name of a file ends that is being written"


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to its output folder; paths relative to it."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written to an output folder, as far as it was noted."""

    paths: frozenset[str]
    is_whole: bool
    "the build that noted it came to its end"


def refusal(root: Path, folder: Path) -> Problem | None:
    """Why nothing may be written to *folder*: it holds what sitegen didn't write, or it is no place for output."""
    where = _shown(root, folder)
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


def write(root: Path, folder: Path, pages: Iterable[tuple[str, bytes]]) -> Written:
    """Writes what differs, then removes what earlier builds wrote and this one didn't. Raises OSError.

    All pages are rendered before the first is written, so a mistake in a layout leaves the last good site as it is.
    """
    ready = list(pages)
    paths = {path for path, _ in ready}
    manifest = _manifest(root, folder)
    before = _noted(manifest)
    differing = [(path, data, present is None) for path, data in ready if (present := _bytes(folder / path)) != data]
    _refuse_links(folder, (path for path, _, _ in differing))
    # Noted before anything is written: a kill on the way leaves no file that a later build doesn't know as ours.
    _note(manifest, before.paths | paths, is_whole=False)
    for path, data, is_new in differing:
        if is_new:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
        _replace(folder / path, data)
    if not before.is_whole:
        _sweep(folder, before.paths | paths)
    removed = _prune(folder, before.paths - paths)
    _note(manifest, paths, is_whole=True)
    created = tuple(path for path, _, is_new in differing if is_new)
    changed = tuple(path for path, _, is_new in differing if not is_new)
    return Written(created, changed, len(ready) - len(differing), removed)


def _refuse_links(folder: Path, paths: Iterable[str]) -> None:
    """Raises OSError where a folder below the output is a link: what it leads to is somebody else's."""
    known = {folder}
    for path in paths:
        parent = (folder / path).parent
        while parent not in known:
            if parent.is_symlink():
                raise OSError(errno.ELOOP, "a link stands here, and sitegen doesn’t write through it", str(parent))
            known.add(parent)
            parent = parent.parent


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


def _replace(target: Path, data: bytes) -> None:
    """The file is whole, before and after, however this ends."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
    try:
        temporary.write_bytes(data)
        try:
            temporary.replace(target)
        except FileNotFoundError:  # another build took it for a killed one's
            temporary.write_bytes(data)
            temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        error.filename = str(target)
        raise


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_ours(page: Path) -> bool:
    return page.is_file() and GENERATOR in page.read_bytes()


def _manifest(root: Path, folder: Path) -> Path:
    """Where we note what we wrote to *folder*."""
    key = blake2b(os.fsencode(folder.resolve()), digest_size=8).hexdigest()
    return root / ".sitegen" / f"written-{key}.json"


def _noted(manifest: Path) -> Noted:
    try:
        noted = json.loads(manifest.read_bytes())
        paths, is_whole = noted["paths"], noted["is_whole"]
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return Noted(frozenset(), is_whole=False)
    return Noted(frozenset(path for path in paths if isinstance(path, str)) if isinstance(paths, list) else frozenset(), is_whole is True)


def _note(manifest: Path, paths: Iterable[str], *, is_whole: bool) -> None:
    manifest.parent.mkdir(parents=True, exist_ok=True)
    _replace(manifest, json.dumps({"is_whole": is_whole, "paths": sorted(paths)}, ensure_ascii=False).encode())


def _shown(root: Path, folder: Path) -> str:
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
