"""The theme: the package's layouts, assets and words, each file replaced by the site's own file of the same name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.builder.inputs import THEME
from sitegen.content.read import NAME_NOT_UTF8, files_below, is_utf8, readable, unreadable
from sitegen.files import read_regular
from sitegen.pages.assets import Asset, fingerprinted, line_of_undecodable_url
from sitegen.pages.catalogue import Catalogue, parse
from sitegen.problems import Problem, Spot, problem
from sitegen.render import names_in_layouts
from sitegen.toml_reader import TomlError, read_toml, toml_problem


class ThemeError(ValueError):
    """A file of the theme can't be read, or is invalid."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Theme:
    """The package's files, overridden by the site's."""

    words: Catalogue
    layouts: dict[str, str]
    "text by name"
    assets: dict[str, Asset]
    "by name"
    names: dict[str, frozenset[str]]
    "all names that occur in each layout or in what it includes"
    own: frozenset[str]
    "names of the site's own layouts"


def load(root: Path, language: str) -> Theme:
    """Raises ThemeError."""
    texts = layouts(root)
    return Theme(words(root, language), texts, fingerprinted(assets(root)), names_in_layouts(texts), own_layouts(root))


def layouts(root: Path) -> dict[str, str]:
    """The text of each layout, by name."""
    return {name: _text(f"layouts/{name}", path) for name, path in _files(root, "layouts").items() if name.endswith(".html")}


def own_layouts(root: Path) -> frozenset[str]:
    """Names of the layouts in the site's own layouts/."""
    if (root / "layouts").resolve() == (THEME / "layouts").resolve():
        return frozenset()
    return frozenset(name for name, path in _files(root, "layouts").items() if path.is_relative_to(root / "layouts"))


def assets(root: Path) -> dict[str, bytes]:
    """The bytes of each asset, by name: style.css, fonts/serif-latin.woff2."""
    found = {name: _bytes(f"assets/{name}", path) for name, path in _files(root, "assets").items()}
    for name, data in found.items():
        line = line_of_undecodable_url(data) if name.endswith(".css") else None
        if line is not None:
            raise ThemeError(problem(f"assets/{name}", Spot(line), "this url() is not valid UTF-8", "save the file again as UTF-8"))
    return found


def words(root: Path, language: str) -> Catalogue:
    """The interface's text: the English catalogue, overridden by those of the language and of the site."""
    catalogues = list(_catalogues(root, language))
    known: dict[str, object] = {}
    for file, text in catalogues:
        try:
            values = read_toml(text)
        except TomlError as error:
            raise ThemeError(toml_problem(file, text, str(error))) from error
        for key, value in values.items():
            if key in known and (unknown := _placeholders(value) - _placeholders(known[key])):
                raise ThemeError(_unknown_placeholder(file, text, key, min(unknown), _placeholders(known[key])))
        known = values | known
    return parse(*(text for _, text in catalogues))


def _placeholders(value: object) -> set[str]:
    """The placeholders in a text or a pair of texts; an unmatched brace counts as one."""
    return set(re.findall(r"\{[^{}]*\}|[{}]", str(value)))


def _unknown_placeholder(file: str, text: str, key: str, unknown: str, allowed: set[str]) -> Problem:
    line = next((number for number, line in enumerate(text.split("\n"), 1) if line.split("=")[0].strip() == key), 1)
    hint = f"this text can use {', '.join(sorted(allowed))}" if allowed else "this text has no placeholders"
    return problem(file, Spot(line), f"“{key}” has an unknown placeholder: {unknown}", hint)


def _catalogues(root: Path, language: str) -> Iterator[tuple[str, str]]:
    """File and text of each, in order of priority: later ones override earlier ones."""
    names = dict.fromkeys(("en", language.split("-")[0], language))
    for folder in dict.fromkeys((THEME, root)):
        for name in names:
            path = folder / "layouts" / "words" / f"{name}.toml"
            if path.is_file():
                yield f"layouts/words/{name}.toml", _text(f"layouts/words/{name}.toml", path)


def _bytes(file: str, path: Path) -> bytes:
    try:
        return read_regular(path) or b""
    except OSError as error:
        raise ThemeError(unreadable(file, error)) from error


def _text(file: str, path: Path) -> str:
    try:
        return _bytes(file, path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ThemeError(problem(file, Spot(), "this file is not valid UTF-8", "save it again as UTF-8")) from error


def _files(root: Path, folder: str) -> dict[str, Path]:
    """Raises ThemeError."""
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for home in dict.fromkeys((THEME, root)):
        for file, path in files_below(home, folder, _is_hidden, problems):
            if is_utf8(file):
                found[file.removeprefix(f"{folder}/")] = Path(path)
            else:
                problems.append(problem(readable(file), Spot(), *NAME_NOT_UTF8))
    if problems:
        raise ThemeError(*problems)
    return dict(sorted(found.items()))


def _is_hidden(name: str) -> bool:
    return name.startswith(".")
