"""Find the folder of a site, and the file that holds its settings."""

import re
from pathlib import Path
from stat import S_ISDIR

from sitegen.files import read_regular
from sitegen.toml_reader import TomlError, read_toml

SETTINGS_FILES = ("sitegen.toml", "pyproject.toml")
PYPROJECT_HEADING = re.compile(r"^\[tool\.sitegen\]", re.MULTILINE)


def find_site(start: Path) -> Path | None:
    """The nearest folder, from *start* upward, that holds a site's settings."""
    for folder in (start, *start.parents):
        if settings_file(folder) is not None:
            return folder
    return None


def settings_file(folder: Path) -> str | None:
    """The name of the file in *folder* that holds settings, or None."""
    if _is_there(folder / "sitegen.toml"):
        return "sitegen.toml"
    try:
        pyproject = read_regular(folder / "pyproject.toml") or b""
    except OSError:
        return None
    return "pyproject.toml" if _has_settings(pyproject.decode("utf-8", "replace")) else None


def _is_there(file: Path) -> bool:
    """Whether there is such a file, readable or not; a folder doesn’t count."""
    try:
        return not S_ISDIR(file.lstat().st_mode)
    except OSError:
        return False


def _has_settings(pyproject: str) -> bool:
    """Whether there is a tool.sitegen table, however it is written; if the file isn’t valid TOML, whether it has the heading."""
    if "sitegen" not in pyproject or PYPROJECT_HEADING.search(pyproject):
        return "sitegen" in pyproject
    try:
        tools = read_toml(pyproject).get("tool")
        return isinstance(tools, dict) and "sitegen" in tools
    except TomlError:
        return False
