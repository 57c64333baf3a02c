"""Load the word lists: given names, titles, countries, cities and other words and phrases that the tagger knows.

Word lists are our own; cities and regions come from GeoNames (CC BY 4.0). A class is a one-letter code used by features. It says what a
word can be, not what it is in a text.

"""

import lzma
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DATA = files("sitegen.ingest.names") / "data"

_CODES = {
    "given": "g", "surname": "n", "title": "t", "honorific": "h", "saying": "v", "before_place": "p", "after_place": "q", "place_head": "l",
    "org_head": "o", "org": "O", "time": "d", "never": "x", "religion": "r", "particle": "k", "connector": "c", "state": "S", "ordinary": "w", "exonym": "e", "club": "b",
}  # fmt: skip
_MAX_PHRASE = 5  # words: “Saint Vincent and the Grenadines”


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    "ISO 3166, or - if it has none"
    name: str
    latitude: float
    longitude: float
    demonyms: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.others)


@dataclass(frozen=True, slots=True)
class Lexicon:
    classes: dict[str, str]
    "a word in lower case: its class codes, sorted"
    phrases: dict[str, str]
    "a phrase in lower case: C country, R region, 1 2 3 city by size, D demonym"
    beginnings: frozenset[str]
    "first words of the phrases with several words"


@cache
def countries() -> tuple[Country, ...]:
    return tuple(_countries((DATA / "countries.txt").read_text(encoding="utf-8")))


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """The word lists by heading."""
    found: dict[str, list[str]] = {}
    for name in ("words.txt", "ordinary.txt"):
        heading: list[str] = []
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                heading = found.setdefault(line.strip("[]"), [])
            elif not line.startswith("#"):
                heading += line.split()
    return {heading: tuple(words) for heading, words in found.items()}


@cache
def demonyms() -> frozenset[str]:
    return frozenset(word for country in countries() for word in country.demonyms)


@cache
def gazetteer_rows() -> tuple[tuple[str, ...], ...]:
    """(kind, name, country, code of the region, latitude, longitude, population, `transliteration_key`s joined by |), largest first."""
    text = lzma.decompress((DATA / "gazetteer.txt.xz").read_bytes()).decode()
    return tuple(tuple(line.split("\t")) for line in text.split("\n") if line)


@cache
def lexicon() -> Lexicon:
    codes: dict[str, set[str]] = {}
    for heading, words in lists().items():
        for word in words if heading in _CODES else ():
            codes.setdefault(word.lower(), set()).add(_CODES[heading])
    phrases = dict(_phrases())
    for name in demonyms():
        phrases[name.lower()] = "D"
    for phrase, code in phrases.items():
        if " " not in phrase:
            codes.setdefault(phrase, set()).add(code)
    beginnings = frozenset(phrase.split(" ", 1)[0] for phrase in phrases if " " in phrase)
    return Lexicon({word: "".join(sorted(found)) for word, found in codes.items()}, phrases, beginnings)


def phrase_marks(lower: tuple[str, ...], lexicon: Lexicon, start: int, end: int) -> dict[int, str]:
    """By index, the code of the phrase that covers a word: with B in front for its first word, I for the others."""
    marks: dict[int, str] = {}
    index = start
    while index < end:
        length = 1
        if lower[index] in lexicon.beginnings:
            for length in range(min(_MAX_PHRASE, end - index), 1, -1):
                code = lexicon.phrases.get(" ".join(lower[index : index + length]))
                if code:
                    marks[index] = "B" + code
                    marks.update((i, "I" + code) for i in range(index + 1, index + length))
                    break
            else:
                length = 1
        index += length
    return marks


def unaccented(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _countries(text: str) -> Iterator[Country]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, name, where, people, others = line.split("|")
            latitude, longitude = map(float, where.split(","))
            yield Country(code, name, latitude, longitude, _split(people), _split(others))


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split(",")) if words else ()


def _phrases() -> Iterator[tuple[str, str]]:
    """Cities and regions, then countries, which take precedence."""
    for line in lzma.decompress((DATA / "phrases.txt.xz").read_bytes()).decode().split("\n"):
        if line:
            yield line[1:], line[0]
    for country in countries():
        for name in country.names:
            yield name.lower(), "C"
