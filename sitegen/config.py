"""Read a site's settings, and check each of them."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from sitegen.model import Settings
from sitegen.problems import Problem, Spot, did_you_mean, problem
from sitegen.site_folder import PYPROJECT_HEADING
from sitegen.toml_reader import TomlError, read_toml, toml_problem

KEYS = ("title", "subtitle", "base_url", "language", "zone", "order", "editor", "quoted_share", "search", "preview_editor")


def parse(file: str, text: str) -> tuple[Settings, tuple[Problem, ...]]:
    """Read settings from the text of a file. A setting with a problem keeps its default."""
    try:
        settings = read_toml(text)
    except TomlError as error:
        return Settings(file=file), (toml_problem(file, text, str(error)),)
    heading = PYPROJECT_HEADING.search(text)
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
    """The settings with the address from the command line."""
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
    """(message, hint) for a value that isn't valid; None for a valid one."""
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
    """Whether the system's database has a time zone of this name."""
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
    """The first line after *begin* with this key, or a table of this name."""
    found = re.compile(rf"^[ \t]*(\[.*)?[\"']?{re.escape(key)}[\"']?[ \t]*[].=]", re.MULTILINE).search(text, begin)
    return _spot_at(text, found.start() if found else begin)


def _spot_at(text: str, offset: int) -> Spot:
    return Spot(text.count("\n", 0, offset) + 1)
