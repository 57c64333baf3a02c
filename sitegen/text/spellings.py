"""Compare the spellings of names: their ids, whether two are the same, and which resemble each other.

Nothing here decides that two names are one person. `name_key` ignores differences of typing; everything else only suggests,
and an editor decides.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

_APOSTROPHES = "'’ʼ‘‛ʻ`´ʹ′＇"
_MIN_SIMILARITY = 0.72  # 0 to 1; “Bakhmt” and “Bakhmut” have 0.92, few unrelated names reach 0.6
_MIN_LETTERS_EDITED = 5  # too many shorter names are one edit apart: Iran and Iraq, Kyiv and Kiev
_CACHE_SIZE = 1 << 14  # reports on one story repeat the same names
_MAX_EDITED_LENGTH = 60  # characters; longer texts aren't names, and the cost of their deletions grows with the square
_PLAIN_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")

_LATIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye", "ж": "zh", "з": "z", "и": "i", "і": "i",
        "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u",
        "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    }
)  # fmt: skip
_UKRAINIAN = re.compile(r"[іїєґ]")
"letters that only Ukrainian has; in Russian, г and и sound different"
_TRANSLITERATIONS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"'(?=e)", "i"),  # Leont'ev, Leontiev
        (r"'", ""),  # Mar'inka, Marinka
        (r"-", " "),  # al-Assad, al Assad
        (r"shch", "sch"),  # Shcherbakov, Scherbakov
        (r"zhzh", "zh"),  # Zaporizhzhia, Zaporizhia
        (r"kh", "h"),  # Akhmed, Ahmed
        (r"ks", "x"),  # Aleksandr, Alexandr
        (r"q", "k"),  # Qasim, Kasim
        (r"ou", "u"),  # Mahmoud, Mahmud
        (r"\bye", "e"),  # Yevgeny, Evgeny
        (r"\biu", "yu"),  # Iurii, Yurii
        (r"(?<=[a-z])[yj]", "i"),  # Sergey, Sergej, Sergei; Zelenskyy, Zelenskiy
        (r"([a-z])\1+", r"\1"),  # Mohammed, Mohamed
        (r"\bm[ou]ham[ae]d\b", "mohamed"),  # Muhammad, Mohammed
    )
)

_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")))


@lru_cache(_CACHE_SIZE)
def slug(name: str) -> str:
    """The id of a name: lower-case letters and digits of any script, joined by single hyphens; may be empty."""
    kept = ""
    for character in _composed(name).lower():
        if _vanishes(character):
            continue
        if character.isalnum() or (_is_mark(character) and kept and kept[-1] != "-"):
            kept += character
        elif kept and kept[-1] != "-":
            kept += "-"
    id = unicodedata.normalize("NFC", kept.removesuffix("-"))  # the project's word
    return f"{id}-name" if is_device(id) else id


def is_device(id: str) -> bool:  # the project's word
    """Whether Windows reserves this name for a device, so that no file or folder can have it.

    Source: Microsoft, "Naming Files, Paths, and Namespaces".
    """
    return id in _DEVICES


def alike_on_disk(ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of ids that are the same name on some disks, the earlier first: strasse and straße, σ and ς, i and ı."""
    if all(map(str.isascii, ids)):
        return
    first: dict[str, str] = {}
    for id in ids:
        before = first.setdefault(unicodedata.normalize("NFC", id.upper().casefold()), id)
        if before != id:
            yield before, id


def is_slug(text: str) -> bool:
    return _PLAIN_SLUG.fullmatch(text) is not None or (text != "" and slug(text) == text)


@lru_cache(_CACHE_SIZE)
def name_key(name: str) -> str:
    """A key that ignores case, and how white space, apostrophes and hyphens were typed."""
    plain = re.sub(r"[^a-z0-9\s]", lambda found: _as_typed(found[0]), _composed(name).casefold())
    return unicodedata.normalize("NFC", " ".join(plain.split()))


@lru_cache(_CACHE_SIZE)
def transliteration_key(name: str) -> str:
    """A key that transliterations of one name into Latin letters share; other scripts are kept."""
    return _skeleton(name_key(name))


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known name most similar to *word*, for “did you mean …?”; the first alphabetically if several are.

    A single word may match part of a longer name: “Zelenski” finds “Volodymyr Zelensky”.
    """
    key = name_key(word)
    best, best_similarity = None, _MIN_SIMILARITY
    for candidate in sorted(set(known)):
        similarity = _similarity(key, name_key(candidate), above=best_similarity)
        if similarity > best_similarity:
            best, best_similarity = candidate, similarity
    return best


class SpellingIndex:
    """An index of known names that finds near misses.

    Each name is indexed under all its forms with one letter deleted, and under the skeleton that its transliterations share,
    so a look-up costs the same however many names are known. The first alphabetically wins.
    Source: deletion neighbourhoods as in SymSpell, https://github.com/wolfgarbe/SymSpell.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        self._by_deletion: dict[str, list[str]] = {}
        self._by_skeleton: dict[str, list[str]] = {}
        for name in sorted(names):
            self._names.setdefault(name_key(name), name)
        for key in self._names:
            self._by_skeleton.setdefault(_skeleton(key), []).append(key)
            for deletion in _deletions(key):
                self._by_deletion.setdefault(deletion, []).append(key)

    def near(self, name: str) -> str | None:
        """Another known name with the same transliteration, or else one that is one edit away.

        An edit adds, drops or replaces a letter, or swaps two. Digits and initials don't count: Brigade 46 is not Brigade 47.
        """
        key = name_key(name)
        for known in self._by_skeleton.get(_skeleton(key), ()):
            if known != key and _letters(key) >= 3:
                return self._names[known]
        for deletion in _deletions(key):
            for known in self._by_deletion.get(deletion, ()):
                if _is_slip(key, known):
                    return self._names[known]
        return None


def _composed(name: str) -> str:
    # The lower case of İ is i with a dot above, which no reader sees and no keyboard types.
    return unicodedata.normalize("NFC", name).replace("İ", "i")


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")


def _vanishes(character: str) -> bool:
    """Whether the character is an apostrophe or invisible: a joiner, a soft hyphen, a variation selector."""
    if character.isascii():
        return character in _APOSTROPHES
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return character in _APOSTROPHES or is_selector or unicodedata.category(character) == "Cf"


def _as_typed(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character == "−" or unicodedata.category(character) == "Pd":
        return "-"
    return "" if _vanishes(character) else character


def _similarity(word: str, known: str, above: float) -> float:
    """0 to 1; 0 for anything that isn't larger than *above*."""
    similarity = _ratio(word, known, above)
    if " " in word or " " not in known:
        return similarity
    return max(similarity, *(0.95 * _ratio(word, part, above) for part in known.split()))


def _ratio(word: str, known: str, above: float) -> float:
    matcher = SequenceMatcher(None, word, known, autojunk=False)
    is_hopeless = matcher.real_quick_ratio() <= above or matcher.quick_ratio() <= above
    return 0.0 if is_hopeless else matcher.ratio()


def _skeleton(key: str) -> str:
    """A key shared by the transliterations of a name into Latin letters and its Cyrillic form; other scripts are kept."""
    if _UKRAINIAN.search(key):
        key = key.replace("г", "h").replace("и", "y")
    bare = re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", unicodedata.normalize("NFD", key.translate(_CYRILLIC)))
    bare = unicodedata.normalize("NFC", bare).translate(_LATIN_LETTERS)
    for pattern, replacement in _TRANSLITERATIONS:
        bare = pattern.sub(replacement, bare)
    return bare


def _letters(key: str) -> int:
    return sum(map(str.isalpha, key))


def _deletions(key: str) -> Iterator[str]:
    """The key, and the key with each character but digits deleted in turn; nothing for names too short or too long."""
    if len(key) > _MAX_EDITED_LENGTH or _letters(key) < _MIN_LETTERS_EDITED:
        return
    yield key
    for position, character in enumerate(key):
        is_repeated = key[position + 1 : position + 2] == character
        if not character.isdigit() and not is_repeated:
            yield key[:position] + key[position + 1 :]


def _is_slip(one: str, other: str) -> bool:
    """Whether they are one edit apart, in a word longer than initials."""
    if one == other or not _is_one_edit(one, other):
        return False
    edited = set(re.findall(r"\w+", one)) ^ set(re.findall(r"\w+", other))
    return not edited or max(map(len, edited)) >= 3


def _is_one_edit(one: str, other: str) -> bool:
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])
