"""What a clause is about, so that the same deed is known again where it is told without a date."""

from functools import lru_cache

from sitegen.ingest.events.lexicon import STOP
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.words import Words


class Deed:
    """What a dated clause is about, to be found again where it is told without a date."""

    def __init__(self, words: Words, read: Read) -> None:
        self.read = read
        self.verb = stem(words.lower[read.clause.verb.head]) if read.clause.verb else ""
        self.about = stems(words, read.clause.first, read.clause.last)


def same_deed(words: Words, read: Read, deeds: list[Deed]) -> Read | None:
    if read.clause.verb is None or read.clause.says or read.clause.verb.tense not in ("past", "perfect", "pluperfect"):
        return None
    enough = 2 if read.clause.verb.tense == "pluperfect" else 3
    verb = stem(words.lower[read.clause.verb.head])
    about = stems(words, read.clause.first, read.clause.last)
    best = max(deeds, key=lambda deed: _likeness(verb, about, deed), default=None)
    return best.read if best and _likeness(verb, about, best) >= enough else None


def _likeness(verb: str, about: set[str], deed: Deed) -> int:
    shared = len(about & deed.about)
    return shared + (1 if verb == deed.verb and len(verb) > 2 else 0)


def stems(words: Words, first: int, last: int) -> set[str]:
    """What the words between are about."""
    return {stem(word) for word in words.lower[first:last] if len(word) > 2 and word[0].isalpha() and word not in STOP}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    if word.endswith("'s"):
        word = word[:-2]
    for ending in (
        "ations",
        "ation",
        "ements",
        "ement",
        "ments",
        "ment",
        "ings",
        "ing",
        "ions",
        "ion",
        "ies",
        "ied",
        "ed",
        "es",
        "s",
        "e",
        "y",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)][:7]
    return word[:7]
