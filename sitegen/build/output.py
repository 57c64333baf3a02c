"""Bytes to files: only what differs is written, only what sitegen wrote is removed, each file whole or not at all."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from sitegen.problems import Problem, Spot, problem

GENERATOR = b'<meta name="generator" content="sitegen">'
"how a page says that we made it"

ALLOWED = {".git", ".gitignore", ".gitkeep", ".gitattributes", "CNAME", ".sitegen"}
"what may lie in an output folder without making it foreign"


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to its output folder; paths relative to it."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


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
    manifest = _manifest(root, folder)
    before = _written_before(manifest)
    manifest.parent.mkdir(parents=True, exist_ok=True)
    paths = sorted(path for path, _ in ready)
    # Noted before anything is written: a kill on the way leaves no file that a later build doesn't know as ours.
    _replace(manifest, json.dumps(sorted({*before, *paths}), ensure_ascii=False).encode())
    created: list[str] = []
    changed: list[str] = []
    for path, data in ready:
        target = folder / path
        present = _bytes(target)
        if present == data:
            continue
        if present is None:
            target.parent.mkdir(parents=True, exist_ok=True)
        (created if present is None else changed).append(path)
        _replace(target, data)
    removed = _prune(folder, before - set(paths))
    _replace(manifest, json.dumps(paths, ensure_ascii=False).encode())
    return Written(tuple(created), tuple(changed), len(ready) - len(created) - len(changed), removed)


def _prune(folder: Path, stale: set[str]) -> tuple[str, ...]:
    """Removes files that we wrote, and the folders that they leave empty."""
    removed: list[str] = []
    for path in sorted(stale):
        target = folder / path
        if not target.resolve().is_relative_to(folder.resolve()) or not target.is_file():
            continue
        target.unlink()
        removed.append(path)
        for parent in target.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
    return tuple(removed)


def _replace(target: Path, data: bytes) -> None:
    """The file is whole, before and after, however this ends."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
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


def _written_before(manifest: Path) -> set[str]:
    try:
        paths = json.loads(manifest.read_bytes())
    except (FileNotFoundError, ValueError):
        return set()
    return {path for path in paths if isinstance(path, str)} if isinstance(paths, list) else set()


def _shown(root: Path, folder: Path) -> str:
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
