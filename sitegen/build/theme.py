"""The theme that travels with the package, and what a site's own layouts/ and assets/ replace of it, file by file."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from sitegen.pages.words import Words, parse

PACKAGE = Path(__file__).parent.parent
THEME = PACKAGE / "theme" if (PACKAGE / "theme").is_dir() else PACKAGE.parent
"in an installed package, or in the project's own repository"


class ThemeError(ValueError):
    """A file of the theme can't be read."""

    def __init__(self, file: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.file, self.message, self.hint = file, message, hint


def layouts(root: Path) -> dict[str, str]:
    """Text of each layout by its name."""
    return {name: _text(path) for name, path in _files(root, "layouts").items() if name.endswith(".html")}


def assets(root: Path) -> dict[str, bytes]:
    """Bytes of each asset by its name: style.css, fonts/serif-latin.woff2."""
    return {name: path.read_bytes() for name, path in _files(root, "assets").items()}


def words(root: Path, language: str) -> Words:
    """The interface's text: English first, then what other catalogues say better for this language and this site."""
    try:
        return parse(*_catalogues(root, language))
    except tomllib.TOMLDecodeError as error:
        raise ThemeError("layouts/words", f"a catalogue is no TOML: {error}", 'each line is key = "text"') from error


def _catalogues(root: Path, language: str) -> Iterator[str]:
    names = dict.fromkeys(("en", language.split("-")[0], language))
    for folder in dict.fromkeys((THEME, root)):
        for name in names:
            path = folder / "layouts" / "words" / f"{name}.toml"
            if path.is_file():
                yield _text(path)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ThemeError(str(path), "this file is not UTF-8", "save it again with the encoding UTF-8") from error


def _files(root: Path, folder: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for top in (THEME / folder, root / folder):
        for path in sorted(top.rglob("*")):
            if path.is_file() and not path.name.startswith(".") and path.resolve().is_relative_to(top.resolve()):
                found[path.relative_to(top).as_posix()] = path
    return dict(sorted(found.items()))
