"""The files of content/, as bytes: the one place where content is read from the disk."""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.problems import Problem, Spot, note, problem

LARGEST_FILE = 20 * 1024 * 1024
"bytes; more is no report that a person wrote"

FOLDERS = {
    "articles": ".md",
    "captures": ".txt",
    "drafts": ".md",
    "entries": ".md",
    "pages": ".md",
    "people": ".md",
    "places": ".md",
}
"the folders that are read, and the files that count there"

LEFT_ALONE = {"captures": (".html", ".htm"), "comparisons": (".md",)}
"files that belong there and that this stage has no use for"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of content/ and its bytes."""

    file: str
    "relative to the site's folder, with forward slashes"
    folder: str
    "the folder of content/ that it stands in"
    data: bytes

    @property
    def id(self) -> str:
        return unicodedata.normalize("NFC", self.file.rsplit("/", 1)[-1].rsplit(".", 1)[0])


def read(root: Path, with_drafts: bool) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """All files of content/ that count, ordered by their paths."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for folder, suffix in FOLDERS.items():
        if folder == "drafts" and not with_drafts:
            continue
        for path in _files(root, root / "content" / folder, problems):
            file = path.relative_to(root).as_posix()
            if path.suffix == suffix:
                data = _bytes(path, file, problems)
                if data is not None:
                    sources.append(Source(file, folder, data))
            elif path.suffix not in LEFT_ALONE.get(folder, ()):
                problems.append(note(file, Spot(), "this file is not read", f"content/{folder}/ holds files that end in {suffix}"))
    return tuple(sorted(sources, key=lambda source: source.file)), tuple(problems)


def _files(root: Path, folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """The folder's files, below it too; editors' temporary files and what begins with a dot are passed over."""
    try:
        found = sorted(os.scandir(folder), key=lambda item: item.name)
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(
            problem(folder.relative_to(root).as_posix(), Spot(), f"this folder can’t be read: {error.strerror}", "look at its permissions")
        )
        return
    for item in found:
        path = Path(item.path)
        if item.name.startswith((".", "#")) or item.name.endswith(("~", ".tmp", ".swp")):
            continue
        if item.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            file = path.relative_to(root).as_posix()
            problems.append(problem(file, Spot(), "this link leads out of the site’s folder", "copy what it leads to"))
        elif item.is_dir():
            yield from _files(root, path, problems)
        elif item.is_file():
            yield path


def _bytes(path: Path, file: str, problems: list[Problem]) -> bytes | None:
    try:
        if path.stat().st_size > LARGEST_FILE:
            problems.append(
                problem(
                    file, Spot(), f"this file is larger than {LARGEST_FILE // 1024**2} MB", "a report or an entry is much smaller; split it"
                )
            )
            return None
        return path.read_bytes()
    except OSError as error:
        problems.append(problem(file, Spot(), f"this file can’t be read: {error.strerror}", "look at its permissions"))
        return None
