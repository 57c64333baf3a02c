"""Where a site is, and its settings."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR
from typing import Literal
from urllib.parse import urlsplit

from sitegen.files import read_regular
from sitegen.problems import Problem, Spot, did_you_mean, problem

KEYS = ("title", "subtitle", "base_url", "language", "zone", "order", "editor", "quoted_share", "search", "preview_editor")
TOP = Spot()
FILES = ("sitegen.toml", "pyproject.toml")
_OUT_OF_RANGE = "a number or a date is out of range"
_HEADING = re.compile(r"^\[tool\.sitegen\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Settings:
    file: str = "sitegen.toml"
    spot: Spot = TOP
    "where the settings begin in it"
    title: str = "Timeline"
    subtitle: str = ""
    base_url: str = ""
    "absolute, without a slash at its end; empty where none is set"
    language: str = "en"
    "BCP 47"
    zone: str = ""
    "IANA"
    order: Literal["newest", "oldest"] = "newest"
    "which entry a list begins with"
    editor: str = ""
    quoted_share: float | None = None
    "share of a report's words that the site may show, 0 to 1"
    search: bool = True
    preview_editor: str = "vscode://file/{file}:{line}:{column}"
    "where a click in the preview leads that opens a file"

    @property
    def base_path(self) -> str:
        """`/`, or `/repo/` for a site that lives below its host's root."""
        path = urlsplit(self.base_url).path.strip("/")
        return f"/{path}/" if path else "/"


class TomlError(ValueError):
    """A text can't be read as TOML."""


def table(text: str) -> dict[str, object]:
    """A text of TOML. Raises TomlError, for an integer that is too long and for deep nesting too."""
    try:
        found = tomllib.loads(text)
        too_large = any(not -(2**63) <= number < 2**63 for number in _integers(found))  # TOML's own range
    except tomllib.TOMLDecodeError as error:
        raise TomlError(str(error)) from error
    except RecursionError as error:
        raise TomlError("it is nested too deeply") from error
    except ValueError as error:  # Python reads no integer of more than 4,300 digits, and no 30 February
        raise TomlError(_OUT_OF_RANGE) from error
    if too_large:
        raise TomlError(_OUT_OF_RANGE)
    return found


def _integers(value: object) -> Iterator[int]:
    """All integers of a table, however deep."""
    if isinstance(value, int):
        yield value
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _integers(below)


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
    """Whether something stands there, even if it can't be read; a folder of that name is none."""
    try:
        return not S_ISDIR(file.lstat().st_mode)
    except OSError:
        return False


def _has_settings(pyproject: str) -> bool:
    """Whether there is a [tool.sitegen], however it is written; where the file can't be read, whether its heading stands there."""
    if "sitegen" not in pyproject or _HEADING.search(pyproject):
        return "sitegen" in pyproject
    try:
        tools = table(pyproject).get("tool")
        return isinstance(tools, dict) and "sitegen" in tools
    except TomlError:
        return False


def parse(file: str, text: str) -> tuple[Settings, tuple[Problem, ...]]:
    """Settings from a file's text; what is wrong keeps its default and is told."""
    try:
        settings = table(text)
    except TomlError as error:
        return Settings(file=file), (syntax_problem(file, text, str(error)),)
    heading = _HEADING.search(text)
    for name in ("tool", "sitegen") if file == "pyproject.toml" or heading else ():
        below = settings.get(name)
        settings = below if isinstance(below, dict) else {}
    begin = heading.start() if heading else 0
    problems: list[Problem] = []
    values: dict[str, object] = {}
    for key, value in settings.items():
        spot = _spot_of(text, begin, key)
        refusal = _refusal(key, value)
        if refusal is None:
            values[key] = value
        else:
            problems.append(problem(file, spot, *refusal))
    return _settings(file, _spot_at(text, begin), values), tuple(problems)


def with_base_url(settings: Settings, base_url: str) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings with the address that the command line gave."""
    refusal = _refusal("base_url", base_url)
    if refusal is not None:
        return settings, (problem("--base-url", Spot(), *refusal),)
    return _settings(settings.file, settings.spot, {key: getattr(settings, key) for key in KEYS} | {"base_url": base_url}), ()


def _settings(file: str, spot: Spot, values: Mapping[str, object]) -> Settings:
    fields = dict(values)
    if isinstance(base_url := fields.get("base_url"), str):
        fields["base_url"] = base_url.rstrip("/")
    return Settings(file=file, spot=spot, **fields)  # type: ignore[arg-type]  # each value was checked by its key


def _refusal(key: str, value: object) -> tuple[str, str] | None:
    """What is wrong with a setting, and what to write instead."""
    match key:
        case "title" if value == "":
            return "“title” is empty", "every page shows it; delete the line to use “Timeline”"
        case "title" | "subtitle" | "editor":
            return None if isinstance(value, str) else (f"“{key}” must be text", f'write {key} = "…"')
        case "language":
            fits = isinstance(value, str) and bool(re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value))
            return None if fits else ("“language” must be a language tag", 'for example, language = "en"')
        case "base_url":
            return (
                None
                if isinstance(value, str) and _is_address(value)
                else (
                    "“base_url” must be a full web address without a query or a fragment",
                    'for example, base_url = "https://example.org/timeline/"',
                )
            )
        case "zone":
            return (
                None if isinstance(value, str) and is_zone(value) else (f"unknown time zone “{value}”", 'for example, zone = "Europe/Kyiv"')
            )
        case "order":
            return None if value in ("newest", "oldest") else ("“order” must be “newest” or “oldest”", 'write order = "newest"')
        case "quoted_share":
            fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
            return None if fits else ("“quoted_share” must be a number from 0 to 1", "0.15 means fifteen words in a hundred")
        case "search":
            return None if isinstance(value, bool) else ("“search” must be true or false", "write search = true or search = false")
        case "preview_editor":
            fits = (
                isinstance(value, str)
                and bool(re.match(r"(?!javascript:|data:)[a-z][a-z0-9+.-]*:", value, re.IGNORECASE))
                and "{file}" in value
            )
            return (
                None
                if fits
                else (
                    "“preview_editor” must be an address that contains {file}",
                    'for example, preview_editor = "vscode://file/{file}:{line}"',
                )
            )
        case _:
            return f"unknown setting “{key}”", did_you_mean(key, KEYS) or "the settings are " + ", ".join(KEYS)


def is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # an IPv6 address that isn't closed
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.netloc)
        and not parts.query
        and not parts.fragment
        and not re.search(r"\s|/\.\.?(/|$)", text)
    )


def _spot_of(text: str, begin: int, key: str) -> Spot:
    """Where a key, or a table of its name, stands behind *begin*."""
    found = re.compile(rf"^[ \t]*(\[.*)?[\"']?{re.escape(key)}[\"']?[ \t]*[].=]", re.MULTILINE).search(text, begin)
    return _spot_at(text, found.start() if found else begin)


def _spot_at(text: str, offset: int) -> Spot:
    return Spot(text.count("\n", 0, offset) + 1)


def syntax_problem(file: str, text: str, message: str) -> Problem:
    plain, _, place = message.partition(" (at ")
    numbers = [int(number) for number in re.findall(r"\d+", place)]
    spot = Spot(*numbers) if len(numbers) == 2 else Spot(len(text.rstrip().split("\n")))
    return problem(file, spot, f"invalid TOML: {plain}", 'write each setting as key = "text"')
