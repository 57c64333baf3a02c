"""All files that a build reads, with their stat signatures, to detect that nothing changed. Opens no file and imports little."""

import importlib.util
import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from sitegen.builder.stat_signature import StatSignature, signature_in

PACKAGE = Path(__file__).parent.parent
THEME = PACKAGE / "theme" if (PACKAGE / "theme").is_dir() else PACKAGE.parent
"in an installed package, else in the project's repository"
SETTINGS = ("sitegen.toml", "pyproject.toml")
_OTHER_COMMANDS = {"ingest", "serve", "scaffold"}
_LIBRARIES = ("jinja2", "markdown_it", "markupsafe", "mdit_py_plugins", "msgspec", "yaml")

Inputs = dict[str, StatSignature | None]
"by path; None if the file is too young for its times to prove anything"


def current_inputs(root: Path) -> Inputs | None:
    """None if a folder is a link or can't be read, so that only reading the files can detect changes."""
    inputs: Inputs = {}
    now = time.time_ns()
    try:
        for folder in dict.fromkeys((root / "content", root / "layouts", root / "assets", THEME / "layouts", THEME / "assets")):
            _add(inputs, str(folder), now, suffix="")
        _add(inputs, str(PACKAGE), now, suffix=".py")
    except (OSError, _LinkedFolderError):
        return None
    for path in (*(str(root / name) for name in SETTINGS), *_library_files()):
        try:
            inputs[path] = signature_in(os.stat(path), now)
        except OSError:
            continue
    return inputs


class _LinkedFolderError(Exception):
    """A folder is a link, so its files may be anywhere."""


def _add(inputs: Inputs, folder: str, now_ns: int, suffix: str) -> None:
    try:
        with os.scandir(folder) as opened:
            items = list(opened)
    except FileNotFoundError:
        return
    for item in items:
        if item.is_dir(follow_symlinks=False):
            if suffix and (item.name in _OTHER_COMMANDS or item.name == "__pycache__"):
                continue
            _add(inputs, item.path, now_ns, suffix)
        elif item.is_symlink() and item.is_dir():
            raise _LinkedFolderError(item.path)
        elif item.name.endswith(suffix) and not item.name.startswith("."):
            inputs[item.path] = signature_in(item.stat(), now_ns)


@cache
def program_digest() -> bytes:
    """16 bytes that change with the code of this package, with Python, and with the libraries that pages depend on."""
    from importlib.metadata import version

    libraries = tuple((name, version(name)) for name in ("Jinja2", "MarkupSafe", "markdown-it-py", "mdit-py-plugins", "PyYAML", "msgspec"))
    digest = blake2b(repr((sys.version, libraries)).encode(), digest_size=16)
    code: Inputs = {}
    _add(code, str(PACKAGE), time.time_ns(), suffix=".py")
    for path in sorted(code):
        with open(path, "rb") as file:
            digest.update(path.removeprefix(str(PACKAGE)).encode() + b"\0" + file.read())
    return digest.digest()


def _library_files() -> Iterator[str]:
    """One file of each library that pages depend on; installing another version replaces it."""
    for name in _LIBRARIES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin:
            yield spec.origin
