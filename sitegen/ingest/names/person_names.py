"""Compare names of people: transliterations, initials, short forms, the Arabic article.

Names from other scripts are compared loosely, part by part. A given name from a language in Latin script has one spelling, so David Clark
is not David Clarke. Each answer has a reason.

"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from sitegen.ingest.names.transliteration import consonants, is_transliteration, loose_key, strict_key
from sitegen.ingest.names.word_lists import lists
from sitegen.text.spellings import name_key

_LOOSE_ARTICLES = frozenset(["al", "el", "ul", "bin", "ibn", "ben"])
_GENERATIONS = frozenset(["jr", "sr", "ii", "iii", "iv", "junior", "senior"])
_ONE_NAME = tuple(
    frozenset(names.split())
    for names in (
        "volodymyr vladimir uladzimir wladimir", "oleksandr aleksandr alexander alexandr alyaksandr aliaksandr", "serhiy serhii sergei sergey siarhei sergiy", "mykola nikolai nikolay mikalai",
        "mykhailo mikhail mihail michail", "andriy andrii andrei andrey", "oleksiy oleksii aleksei aleksey alexei alexey", "yevhen yevgeny evgeny yevgeniy evgeni", "dmytro dmitry dmitri dmitriy", "petro pyotr petr",
        "pavlo pavel", "ihor igor ihar", "oleh oleg aleh", "kyrylo kirill", "vasyl vasily vasili", "hryhoriy grigory", "olena elena yelena", "svitlana svetlana sviatlana", "valeriy valery valerii valeri",
        "denys denis", "anatoliy anatoly", "vitaliy vitaly vitali", "oleksandra aleksandra", "yahya yehya yehia", "binyamin benjamin", "gamal jamal", "kateryna ekaterina yekaterina", "iryna irina", "joe joseph", "bill william will billy", "bob robert rob bobby", "mike michael", "tony anthony antony",
        "jim james jimmy", "dick richard rick", "tom thomas", "dan daniel danny", "ben benjamin", "ed edward eddie ted", "chris christopher", "steve steven", "matt matthew", "nick nicholas", "greg gregory", "jeff jeffrey", "ken kenneth", "ron ronald",
        "dave david", "sam samuel", "pete peter", "andy andrew", "tim timothy", "larry lawrence", "charlie charles chuck", "kate katherine", "liz elizabeth", "sue susan", "pat patrick", "phil philip", "don donald", "fred frederick", "josh joshua", "jake jacob", "alex alexander", "bernie bernard", "chuck charles", "jon jonathan", "stu stuart", "hugo hugh",
    )
)  # fmt: skip


@lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name in lower case, without leading titles; an article stays with its word: al-burhan."""
    words = re.sub(r"(?<=\w)\.(?=\w)", ". ", name_key_with_stops(name)).replace(",", " ").split()
    while len(words) > 1 and words[0] in _titles():
        words = words[1:]
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in ("al", "el") and len(words) > 2:
            joined[-1] = f"al-{word}"
        elif joined and joined[-1] in ("abd", "abdel", "abdul", "abdal"):
            joined[-1] = "abdul" + re.sub(r"^(?:al|el|ul|ar|as|ash)-", "", word)
        else:
            joined.append(word)
    return tuple(word.rstrip(".") if word.rstrip(".") else word for word in joined)


def whole_name(words: str) -> str:
    """A person’s name as written, without leading titles."""
    typed = words.split()
    while len(typed) > 1 and name_key(typed[0]).rstrip(".") in _titles():
        typed = typed[1:]
    return " ".join(typed)


def name_key_with_stops(name: str) -> str:
    return " ".join(name_key(word) + ("." if word.endswith(".") else "") for word in name.split())


@cache
def _titles() -> frozenset[str]:
    words = {*lists()["title"], *lists()["honorific"]} - {
        "king",
        "guard",
        "rider",
        "judge",
        "major",
        "dean",
        "prince",
        "bishop",
        "pope",
        "marshal",
        "lance",
        "prime",
        "chief",
        "coach",
        "author",
    }
    return frozenset(
        words
        | {
            "foreign",
            "secretary",
            "president",
            "king",
            "queen",
            "pope",
            "prince",
            "princess",
            "bishop",
            "mr",
            "mrs",
            "ms",
            "dr",
            "daw",
            "haji",
            "maulana",
        }
    )


def same_person(one: str, other: str) -> str:
    """Why two full names are one person’s; empty if they need not be."""
    if name_key(one) == name_key(other):
        return "one spelling"
    a, b = parts(one), parts(other)
    if len(a) < 2 or len(b) < 2 or _generation(a) != _generation(b):
        return ""
    a, b = tuple(p for p in a if p not in _GENERATIONS), tuple(p for p in b if p not in _GENERATIONS)
    if len(a) < 2 or len(b) < 2:
        return ""
    if a == b:
        return "the same name, with another title"
    fold = strict_key if a[0] in _western() or b[0] in _western() else loose_key
    if "".join(map(fold, _bare(a))) == "".join(map(fold, _bare(b))):
        return "one name, with other hyphens, accents or transliteration"
    if len(a) == len(b) == 2 and a[::-1] == b and any(p in _east_asian() for p in a):
        return "the family name stands first or last"
    return _middle_names_agree(_bare(a), _bare(b), _is_strict_same if fold is strict_key else is_transliteration)


@lru_cache(maxsize=50_000)
def person_keys(name: str) -> tuple[str, ...]:
    """Blocking keys: names that `same_person` accepts share at least one."""
    exact = f"= {name_key(name)}"
    words = tuple(part for part in parts(name) if part not in _GENERATIONS)
    if len(words) < 2:
        return (exact,)
    bare = _bare(words)
    first, last = bare[0], bare[-1]
    given = [f"given {index}" for index, names in enumerate(_ONE_NAME) if first in names]
    ends = [
        f"{begin} … {end}"
        for begins, end in (
            ((f"strict {strict_key(first)}", *given), f"strict {strict_key(last)}"),
            ((f"loose {consonants(loose_key(first))}", *given), f"loose {consonants(loose_key(last))}"),
        )
        for begin in begins
    ]
    turned = (f"turned {' '.join(sorted(words))}",) if len(words) == 2 else ()
    return (exact, f"strict {''.join(map(strict_key, bare))}", f"loose {''.join(map(loose_key, bare))}", *ends, *turned)


def is_family_name_of(word: str, name: str) -> bool:
    """Whether a short name refers to the person: a family name does, a given name alone does not."""
    whole, asked = parts(name), parts(word)
    if len(whole) < 2 or not asked:
        return False
    if len(asked) > 1:
        return len(asked) < len(whole) and all(is_same_word(x, y, whole) for x, y in zip(reversed(asked), reversed(whole), strict=False))
    last = next((part for part in reversed(whole) if part not in _GENERATIONS), whole[-1])
    if is_same_word(asked[0], last, whole):
        return True
    return whole[0] in _east_asian() and strict_key(asked[0]) == strict_key(whole[0])


def is_same_word(one: str, other: str, name: tuple[str, ...]) -> bool:
    return strict_key(one) == strict_key(other) if name[0] in _western() else is_transliteration(one, other)


def _is_strict_same(one: str, other: str) -> bool:
    return strict_key(one) == strict_key(other)


def _middle_names_agree(a: tuple[str, ...], b: tuple[str, ...], same: Callable[[str, str], bool]) -> str:
    """First and last parts match, and the middle ones of one name are in the other or left out of it."""
    if len(a) < 2 or len(b) < 2 or not same(a[-1], b[-1]):
        return ""
    first = same(a[0], b[0])
    if not first and not _is_one_given_name(a[0], b[0]):
        return ""
    between, other = sorted((a[1:-1], b[1:-1]), key=len)
    if between and len(between) < len(other) and all(len(word) == 1 for word in other):
        return ""
    if between and not all(any(_fits(x, y, same) for y in other) for x in between):
        return ""
    if len(a) != len(b):
        return "the same first and last name; one report leaves out the middle"
    return "transliterations of one name" if first else f"{a[0].title()} and {b[0].title()} are one given name"


def _fits(x: str, y: str, same: Callable[[str, str], bool]) -> bool:
    return same(x, y) or (min(len(x), len(y)) == 1 and x[0] == y[0])


def _is_one_given_name(one: str, other: str) -> bool:
    return any(one in names and other in names for names in _ONE_NAME)


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(word for word in words if word not in _LOOSE_ARTICLES)
    return kept if len(kept) > 1 else words


def _generation(words: tuple[str, ...]) -> str:
    return next((word[:1] + word[-1:] if word in ("junior", "senior") else word for word in words if word in _GENERATIONS), "")


@cache
def _western() -> frozenset[str]:
    return frozenset(lists()["western"])


@cache
def _east_asian() -> frozenset[str]:
    return frozenset(lists()["east_asian"])
