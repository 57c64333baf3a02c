"""The theme that travels with the package, and what a site's own layouts/ and assets/ replace of it, file by file."""

from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
THEME = PACKAGE / "theme" if (PACKAGE / "theme").is_dir() else PACKAGE.parent
"in an installed package, or in the project's own repository"



def layouts(root: Path) -> dict[str, str]:
    """Text of each layout by its name."""
    return {name: path.read_text(encoding="utf-8") for name, path in _files(root, "layouts").items() if name.endswith(".html")}


def assets(root: Path) -> dict[str, bytes]:
    """Bytes of each asset by its name: style.css, fonts/serif-latin.woff2."""
    return {name: path.read_bytes() for name, path in _files(root, "assets").items()}


def catalogues(root: Path, language: str) -> Iterator[str]:
    """English first; then each catalogue that says it better for this language and this site."""
    names = dict.fromkeys(("en", language.split("-")[0], language))
    for folder in dict.fromkeys((THEME, root)):
        for name in names:
            path = folder / "layouts" / "words" / f"{name}.toml"
            if path.is_file():
                yield path.read_text(encoding="utf-8")


def _files(root: Path, folder: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for top in (THEME / folder, root / folder):
        for path in sorted(top.rglob("*")):
            if path.is_file() and not path.name.startswith(".") and path.resolve().is_relative_to(top.resolve()):
                found[path.relative_to(top).as_posix()] = path
    return dict(sorted(found.items()))
