"""Find and read the files of content/."""

import errno
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.files import NotRegularFileError, read_regular
from sitegen.problems import Problem, Spot, did_you_mean, note, problem, stops_a_build

MAX_FILE_BYTES = 20 * 1024 * 1024
"bytes, far more than any report has"

FOLDERS = {
    "articles": ".md",
    "captures": ".txt",
    "comparisons": ".md",
    "drafts": ".md",
    "entries": ".md",
    "pages": ".md",
    "people": ".md",
    "places": ".md",
}
"the folders of content/, and the suffix of the files that are read there"

KEPT = (*FOLDERS, "permalinks.txt")
"names that are expected in content/"

PRIVATE = {".git", ".sitegen"}
"no link may lead into these; .git/config may contain a key"
_SURROGATE = re.compile("[\ud800-\udfff]")

LEFT_ALONE = {"captures": (".html", ".htm")}
"suffixes of files that are expected there but not read"


NAME_NOT_UTF8 = ("the name of this file is not valid UTF-8", "rename it using letters, digits and hyphens")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of content/ and its bytes."""

    file: str
    "relative to the site's folder, with forward slashes"
    folder: str
    "a key of FOLDERS"
    data: bytes

    @property
    def id(self) -> str:
        return id_of(self.file)


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of content/ that is to be read."""

    file: str
    folder: str
    path: str


def id_of(file: str) -> str:
    """The id by which links and addresses name a file of content/."""
    return unicodedata.normalize("NFC", file.rsplit("/", 1)[-1].rsplit(".", 1)[0])


def read(root: Path, with_drafts: bool) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Read all files of content/, ordered by path."""
    listed, problems = listing(root, with_drafts)
    found = [source(one) for one in listed]
    problems += tuple(one for one in found if isinstance(one, Problem))
    return tuple(one for one in found if isinstance(one, Source)), problems


def listing(root: Path, with_drafts: bool) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    """List the files of content/, ordered by path, without opening them."""
    listed: list[Listed] = []
    problems: list[Problem] = []
    if not leads_inside(root, root / "content", problems):
        return (), tuple(problems)
    problems += _strangers(root)
    if stops_a_build(problems):
        return (), tuple(problems)
    for folder, suffix in FOLDERS.items():
        if folder == "drafts" and not with_drafts:
            continue
        for file, path in files_below(root, f"content/{folder}", is_passed_over, problems):
            if counts(file, folder):
                listed.append(Listed(file, folder, path))
            elif Path(file).suffix not in LEFT_ALONE.get(folder, ()):
                problems.append(note(file, Spot(), "this file is ignored", f"files in content/{folder}/ end in {suffix}"))
    return tuple(sorted(listed, key=lambda one: one.file)), tuple(problems)


def counts(file: str, folder: str) -> bool:
    """Whether a file in one of the folders is read, judging by its name."""
    name = file.rsplit("/", 1)[-1]
    return name.endswith(FOLDERS[folder]) and name != FOLDERS[folder] and not is_passed_over(name)


def source(listed: Listed) -> Source | Problem:
    """Read a file."""
    try:
        data = read_regular(listed.path, max_bytes=MAX_FILE_BYTES)
    except OSError as error:
        return unreadable(listed.file, error)
    if data is None:
        message = f"this file is larger than {MAX_FILE_BYTES // 1024**2} MB"
        return problem(listed.file, Spot(), message, "split it into smaller files")
    return Source(listed.file, listed.folder, data)


def unreadable(file: str, error: OSError) -> Problem:
    if isinstance(error, NotRegularFileError):
        return _not_regular(file)
    return problem(file, Spot(), f"can’t read this file: {error.strerror}", "check its permissions")


def _not_regular(file: str) -> Problem:
    return problem(file, Spot(), "this is not a regular file", "sitegen can’t read a pipe or a device; move it somewhere else")


def is_utf8(name: str) -> bool:
    """Whether a file's name is UTF-8 on the disk. Python decodes other bytes as surrogates."""
    return name.isascii() or not _SURROGATE.search(name)


def readable(name: str) -> str:
    """A file's name with each byte that isn't UTF-8 as an escape: `caf\\xe9.md`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def decode(data: bytes) -> str:
    """Text with \\n as the only line end and without a byte-order mark. Raises UnicodeDecodeError."""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _strangers(root: Path) -> Iterator[Problem]:
    """Notes on unknown files and folders in content/, such as a misspelled folder; a problem if content/ can't be read."""
    folder = root / "content"
    try:
        found = sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        yield _unreadable_folder("content", error)
        return
    for path in found:
        if path.name not in KEPT and not is_passed_over(path.name):
            hint = did_you_mean(path.name, KEPT) or "the folders of content/ are " + ", ".join(FOLDERS)
            yield note(f"content/{path.name}", Spot(), "this folder is ignored" if path.is_dir() else "this file is ignored", hint)


def is_passed_over(name: str) -> bool:
    """Whether a name is that of a hidden file or of an editor's temporary file."""
    return name.startswith((".", "#")) or name.endswith(("~", ".tmp", ".swp", "___jb_tmp___", "___jb_old___"))


def files_below(root: Path, folder: str, passes_over: Callable[[str], bool], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """All files below a folder, each as (relative to the site's folder, path). Unreadable ones and links out of the site are added to *problems*."""
    if not leads_inside(root, root / folder, problems):
        return
    try:
        found = sorted(os.scandir(root / folder), key=lambda item: item.name)
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(_unreadable_folder(folder, error))
        return
    for item in found:
        file = f"{folder}/{item.name}"
        if passes_over(item.name) or (item.is_symlink() and not leads_inside(root, Path(item.path), problems)):
            continue
        if item.is_dir():
            yield from files_below(root, file, passes_over, problems)
        elif item.is_file():
            yield file, item.path
        else:
            problems.append(_not_regular(file))


def _unreadable_folder(folder: str, error: OSError) -> Problem:
    if isinstance(error, NotADirectoryError):
        return problem(folder, Spot(), "this is a file, but it should be a folder", "move it somewhere else")
    return problem(folder, Spot(), f"can’t read this folder: {error.strerror}", "check its permissions")


def leads_inside(root: Path, path: Path, problems: list[Problem]) -> bool:
    """Whether *path* is not a link, or a link within the site's folder. Any other link is added to *problems*."""
    if not os.path.islink(path):
        return True
    trouble = _trouble(root, path)
    if trouble is not None:
        problems.append(problem(path.relative_to(root).as_posix(), Spot(), *trouble))
    return trouble is None


def _trouble(root: Path, link: Path) -> tuple[str, str] | None:
    """(message, hint) for a link that isn't allowed; None for one that is."""
    circle = ("this symbolic link leads back to itself", "fix it or delete it")
    try:
        target = link.resolve(strict=True)
    except RuntimeError:  # raised for a loop by Python 3.11 and 3.12
        return circle
    except OSError as error:
        return circle if error.errno == errno.ELOOP else ("this symbolic link points to nothing", "fix it or delete it")
    home = root.resolve()
    if not target.is_relative_to(home):
        return "this symbolic link points outside the site’s folder", "replace it with a copy of what it points to"
    if PRIVATE & set(target.relative_to(home).parts):
        return "this symbolic link points into a private folder", "replace it with a copy of what it points to"
    return circle if link.parent.resolve().is_relative_to(target) else None
