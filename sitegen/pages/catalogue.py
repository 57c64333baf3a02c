"""The interface's texts: one catalogue for each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.toml_reader import read_toml


@dataclass(frozen=True, slots=True)
class Catalogue:
    texts: Mapping[str, str]
    "by key"
    plurals: Mapping[str, tuple[str, str]]
    "singular and plural"

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def count(self, key: str, number: int) -> str:
        """A number with its noun: `2 reports`."""
        one, many = self.plurals[key]
        return f"{number:,} {one if number == 1 else many}"


def parse(*catalogues: str) -> Catalogue:
    """Merge catalogues; later ones override earlier ones. Raises TomlError."""
    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, str]] = {}
    for catalogue in catalogues:
        for key, value in read_toml(catalogue).items():
            if isinstance(value, list):
                plurals[key] = (str(value[0]), str(value[-1]))
            else:
                texts[key] = str(value)
    return Catalogue(texts, plurals)
