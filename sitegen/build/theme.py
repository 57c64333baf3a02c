"""The theme that travels with the package, and what a site's own layouts/ and assets/ replace of it, file by file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen import config
from sitegen.build.inputs import THEME
from sitegen.content.read import NAME_NOT_UTF8, is_utf8, readable
from sitegen.layouts import names
from sitegen.pages.assets import Asset, fingerprinted, line_of_undecodable_url
from sitegen.pages.words import Words, parse
from sitegen.problems import Problem, Spot, problem


class ThemeError(ValueError):
    """A file of the theme can't be read."""

    def __init__(self, told: Problem) -> None:
        super().__init__(told.message)
        self.told = told


@dataclass(frozen=True, slots=True)
class Theme:
    """All that the theme gives to a site, the site's own files in place of the package's."""

    words: Words
    layouts: dict[str, str]
    "text by name"
    assets: dict[str, Asset]
    "by name"
    names: dict[str, frozenset[str]]
    "that stand in each layout or in what it includes"


def load(root: Path, language: str) -> Theme:
    """Raises ThemeError."""
    texts = layouts(root)
    return Theme(words(root, language), texts, fingerprinted(assets(root)), names(texts))


def layouts(root: Path) -> dict[str, str]:
    """Text of each layout by its name."""
    return {name: _text(f"layouts/{name}", path) for name, path in _files(root, "layouts").items() if name.endswith(".html")}


def assets(root: Path) -> dict[str, bytes]:
    """Bytes of each asset by its name: style.css, fonts/serif-latin.woff2."""
    found = {name: _bytes(f"assets/{name}", path) for name, path in _files(root, "assets").items()}
    for name, data in found.items():
        line = line_of_undecodable_url(data) if name.endswith(".css") else None
        if line is not None:
            raise ThemeError(
                problem(f"assets/{name}", Spot(line), "this url() is not UTF-8", "save the file again with the encoding UTF-8")
            )
    return found


def words(root: Path, language: str) -> Words:
    """The interface's text: English first, then what other catalogues say better for this language and this site."""
    catalogues = list(_catalogues(root, language))
    for file, text in catalogues:
        try:
            config.table(text)
        except config.TomlError as error:
            raise ThemeError(config.syntax_problem(file, text, str(error))) from error
    return parse(*(text for _, text in catalogues))


def _catalogues(root: Path, language: str) -> Iterator[tuple[str, str]]:
    """Each one's file and text."""
    names = dict.fromkeys(("en", language.split("-")[0], language))
    for folder in dict.fromkeys((THEME, root)):
        for name in names:
            path = folder / "layouts" / "words" / f"{name}.toml"
            if path.is_file():
                yield f"layouts/words/{name}.toml", _text(f"layouts/words/{name}.toml", path)


def _bytes(file: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ThemeError(problem(file, Spot(), f"this file can’t be read: {error.strerror}", "look at its permissions")) from error


def _text(file: str, path: Path) -> str:
    try:
        return _bytes(file, path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ThemeError(problem(file, Spot(), "this file is not UTF-8", "save it again with the encoding UTF-8")) from error


def _files(root: Path, folder: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for top in (THEME / folder, root / folder):
        for path in sorted(top.rglob("*")):
            if path.is_file() and not path.name.startswith(".") and path.resolve().is_relative_to(top.resolve()):
                name = path.relative_to(top).as_posix()
                if not is_utf8(name):
                    raise ThemeError(problem(f"{folder}/{readable(name)}", Spot(), *NAME_NOT_UTF8))
                found[name] = path
    return dict(sorted(found.items()))
