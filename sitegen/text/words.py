"""Split a text into words, ignoring case, punctuation and the spelling variants of different newsrooms.

Each word has two forms. `spelled` folds spelling variants (centre and center, Zelenskiy and Zelenskyy, 1,000 and 1000): texts
with the same sequence of these use the same words. `stem` also drops endings, so that “retreats” matches “retreated”: it finds
words that may belong together, but never shows that two texts are the same.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\bper[ -]cent\b|%|(?:[^\W\d_]\.){2,}|\d[\d.,:]*\d|[^\W_]+(?:[’'ʼ‐‑-][^\W_]+)*", re.IGNORECASE)
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
_LATIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "e", "œ": "e"})
_ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_JOINED = re.compile("[.‐‑-]")
_DOUBLED = re.compile(r"([a-z])\1+")

_SPELLING_VARIANTS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[a-z])[yj]", "i"),  # Zelenskyy, Andrej, analyse, tyre
        (r"ii+", "i"),
        (r"(?<=[a-z]{2}[tb])re(?=[sd]?$)", "er"),  # centre, calibre
        (r"(?<=[a-z]{3})our(?=$|s|ed|ing|able|ite|ful|less|i$)", "or"),  # neighbour
        (r"(?<=[a-z]{3})is(?=e$|e[sdr]$|ers$|ing$|ations?$)", "iz"),  # organise
        (r"(?<=[a-z]{2})ence(?=s?$)", "ense"),  # defence
        (r"(?<=[a-z]{2}[aeiou])ll(?=ed$|ing$|ers?$|ment)", "l"),  # travelled
        (r"(?<=log)ue(?=s?$)", ""),  # dialogue
        (r"(?<=gram)me(?=s?$)", ""),  # programme
        (r"(?<=w)ards$", "ard"),  # towards
        (r"(?<=dg)ement", "ment"),  # judgement
    )
)
_VARIANTS = {
    "grei": "grai", "amidst": "amid", "amongst": "among", "whilst": "while", "sceptic": "skeptic", "sceptical": "skeptical",
    "cheque": "check", "plough": "plow", "aluminium": "aluminum", "practize": "practice", "ageing": "aging",
    "per cent": "percent", "per-cent": "percent", "%": "percent",
}  # fmt: skip
"exceptions, spelled as the rules above leave them"

_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:ations?|ings?|ments?|ed|es|li|e|i|s)$")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FUNCTION_WORDS = _listed(
    """
    a about after again against all also although an and another any are as at be because been before being both but by can could did
    do does during each for from had has have he her hers him his how if in into is it its itself just may me might more most must my
    no nor not of off on once one only or other our out over own she should since so some such than that the their them then there
    these they this those through to too under until up upon us very was we were what when where which while who whom whose why will
    with would yet you your according added asked report reported reports said say saying says tell tells told
    """
)


@dataclass(frozen=True, slots=True)
class WordForm:
    start: int
    "code points into the text"
    end: int
    spelled: str
    stem: str
    is_capital: bool
    "whether it begins with a capital letter"

    @property
    def is_content(self) -> bool:
        """Whether it is more than a function word."""
        return self.spelled not in FUNCTION_WORDS


def words(text: str, start: int = 0, end: int | None = None) -> tuple[WordForm, ...]:
    """The words between two offsets, in order, without punctuation."""
    stop = len(text) if end is None else end
    return tuple(WordForm(*found.span(), *_forms(found[0]), found[0][0].isupper()) for found in _WORD.finditer(text, start, stop))


def number_of_words(text: str, start: int = 0, end: int | None = None) -> int:
    return sum(1 for _ in _WORD.finditer(text, start, len(text) if end is None else end))


def spelled_words(text: str) -> frozenset[str]:
    """The set of words in a text, with spelling variants folded."""
    return frozenset(_forms(word)[0] for word in set(_WORD.findall(text)))


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[str, str]:
    """(spelled, stem)"""
    plain = word.translate(_APOSTROPHES).casefold()
    if not plain.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFD", plain.translate(_LATIN_LETTERS)))
        plain = unicodedata.normalize("NFC", bare)
    if plain[0].isdigit():
        number = plain.replace(",", "")
        return number, number
    owner = plain.removesuffix("'s")
    spelled = _spelled(_JOINED.sub("", owner).replace("'", "")) or owner  # a lone ʼ, which is a letter
    if word[0].isupper():
        spelled = _DOUBLED.sub(r"\1", spelled)
    return spelled + plain[len(owner) :], _ENDING.sub("", spelled)


def _spelled(word: str) -> str:
    for pattern, replacement in _SPELLING_VARIANTS:
        word = pattern.sub(replacement, word)
    return _VARIANTS.get(word, word)


FUNCTION_WORDS = frozenset(map(_spelled, _FUNCTION_WORDS))
"with spelling variants folded, like `spelled`"
