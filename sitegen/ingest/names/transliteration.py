"""Decide whether two words are transliterations of one: Zelenskiy and Zelenskyy, al-Assad and Assad."""

import re
from functools import lru_cache

from sitegen.ingest.names.word_lists import unaccented

_FOLDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"'(?=e)", "i"), (r"[^a-z]", ""),
        (r"^m[aou]h[aeou]m+[aeiou]d$|^mohd$", "mohamed"), (r"^h[aou]s+(?:ei|ai|ey|ay|e|i)n$", "husein"), (r"^[gqk]h?a[dt]h?+d?h?afi$", "gadafi"),
        (r"^a[bp]d[aeiou]l+", "abdl"), (r"^yo?u?s+[aeiou]f$", "yusuf"), (r"^[ou]th?man$|^osman$", "osman"), (r"^[ou]sama$", "osama"), (r"^[ou]mar$", "omar"),
        (r"^ahm[ae]d$|^akhm[ae]d$", "ahmed"), (r"^s(?:a|aa|ae|ai)?y?e?e?i?d$", "said"), (r"^ibrah[ei]+m$", "ibrahim"), (r"^(?:sul|sol)[ae]?[iy]man$|^sulei?man$", "suleiman"),
        (r"stsch|shch", "sh"), (r"tsch|tch", "ch"), (r"sch", "sh"), (r"dzh|dj", "j"), (r"zhzh|zh", "z"), (r"kh", "h"), (r"gh", "g"), (r"ph", "f"), (r"th", "t"), (r"dh", "d"),
        (r"(?<=[bdfklmnprstvz])[yj]o", "e"), (r"ck|q", "k"), (r"c(?=[aoulrtk])", "k"), (r"ks", "x"), (r"t[sz]", "z"), (r"ou|oo", "u"), (r"ee", "i"),
        (r"eau", "o"), (r"ue", "u"), (r"oe", "o"), (r"ae", "a"),
        (r"^[jy]e|^ie", "e"), (r"^(?:i|j)u", "yu"), (r"^(?:i|j)a(?=[^cnmks]|[ks]h)", "ya"),
        (r"(?:off|ow)$", "ov"), (r"eff$", "ev"), (r"w", "v"), (r"(?:[iyj]o|(?<=[cs]h)o)v$", "ev"), (r"enka$", "enko"),
        (r"(?<=[a-z])[yj]", "i"), (r"ii+", "i"), (r"ie", "e"), (r"([a-z])\1+", r"\1"), (r"ai", "ei"), (r"(?<=[aeiou])h$", ""), (r"(?<=[bcdfgklmnprstvz])h(?=[aeiou])", ""),
    )
)  # fmt: skip
_LETTERS = str.maketrans("łøđıß", "lodis")
_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|an|ar|at|az|ul)-(?=\w)")
_CLOSE_VOWELS = {frozenset("ae"), frozenset("ei"), frozenset("ou")}
_MIN_CONSONANTS = 3
_MIN_LETTERS = 5  # too many shorter words differ in one vowel: Peng and Ping


@lru_cache(maxsize=50_000)
def loose_key(part: str) -> str:
    """The key that transliterations of a word share, without the article; words in other scripts are unchanged."""
    folded = unaccented(_ARTICLE.sub("", part)).translate(_LETTERS)
    for pattern, replacement in _FOLDS:
        folded = pattern.sub(replacement, folded)
    return folded or part


def strict_key(part: str) -> str:
    """A word without accents; ü and ue are the same. Words in other scripts are unchanged."""
    german = (
        part.replace("ü", "ue")
        .replace("ö", "oe")
        .replace("ä", "ae")
        .replace("ø", "oe")
        .replace("å", "aa")
        .replace("ß", "ss")
        .replace("ł", "l")
    )
    return re.sub(r"ue|oe|ae|aa", lambda found: found[0][0], re.sub(r"[^a-z]", "", unaccented(german))) or part


def is_transliteration(one: str, other: str) -> bool:
    """Whether two words are transliterations of one: their keys are equal, or they have the same consonants and interchangeable vowels."""
    a, b = loose_key(one), loose_key(other)
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1 or not a or not b:
        return False
    if consonants(a) != consonants(b) or len(consonants(a)) < _MIN_CONSONANTS or min(len(a), len(b)) < _MIN_LETTERS:
        return False
    return _vowels_agree(a, b)


def consonants(word: str) -> str:
    return re.sub(r"[aeiouy]", "", word)


def _vowels_agree(a: str, b: str) -> bool:
    """Whether vowel groups are in the same places and similar in pairs; one between consonants may be missing once."""
    one, other = re.split(r"[^aeiouy]", a), re.split(r"[^aeiouy]", b)
    if (one[-1] == "") != (other[-1] == "") or (one[0] == "") != (other[0] == ""):
        return False
    missing = 0
    for x, y in zip(one, other, strict=True):
        if x == y or frozenset(x + y) in _CLOSE_VOWELS:
            continue
        if x and y:
            if set(x) & set(y) and max(len(x), len(y)) == 2:
                continue
            return False
        missing += 1
    return missing <= 1
