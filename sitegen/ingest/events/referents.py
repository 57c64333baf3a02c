"""What “he”, “it” and “their” mean at the beginning of a title: who or what a clause shortly before was about."""

from collections.abc import Sequence

from sitegen.ingest.events.lexicon import NAMELESS, POSSESSIVES, PREPOSITIONS
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.speakers import Mention, person_in, referent, subject
from sitegen.ingest.events.words import Words

_OF_PERSONS = frozenset(["he", "she", "his", "her"])
_OF_MANY = frozenset(["they", "their"])
_OF_ONE = frozenset(["it", "its"])
_MANY = frozenset(["people", "police", "men", "women", "children", "staff", "crew", "media", "both", "all", "some", "many"])
_LONGEST = 60  # characters
_BACK = 2  # sentences


def named(words: Words, body: Sequence[Sequence[Read]], number: int, names: Sequence[Mention], wording: str, headline: str) -> str:
    """A title that names what its opening pronoun means; where the text doesn't tell, it opens with the report's headline."""
    pronoun, _, rest = wording.partition(" ")
    pronoun = pronoun.lower()
    if pronoun in _OF_PERSONS:
        meant = referent(words, body, number, names)
    elif pronoun in _OF_MANY or pronoun in _OF_ONE:
        meant = _thing(words, body, number, names, pronoun in _OF_MANY)
    else:
        return wording
    if not meant:
        return f"{headline}: {wording[:1].lower()}{wording[1:]}" if headline else wording
    if pronoun in POSSESSIVES:
        meant += "’" if meant.endswith("s") else "’s"
    return f"{meant[:1].upper()}{meant[1:]} {rest}"


def _thing(words: Words, body: Sequence[Sequence[Read]], number: int, names: Sequence[Mention], many: bool) -> str:
    """The nearest subject before that is one or many, and for “it” nobody."""
    for before in range(number - 1, max(number - 1 - _BACK, -1), -1):
        for read in body[before]:
            first, last = subject(words, read)
            first = _behind_opening(words, first, last)
            if first >= last or words.lower[first] in NAMELESS | POSSESSIVES or words.quoted[first]:
                continue
            text = words.text[words.starts[first] : words.ends[last - 1]]
            is_somebody = bool(person_in(words, first, last, names))
            is_many = _is_many(words, read, first, last, names)
            if is_many is many and len(text) <= _LONGEST and not is_somebody:
                return text
    return ""


def _behind_opening(words: Words, first: int, last: int) -> int:
    """“For six decades the treaty …”: the treaty, whose clause opens with something else and no comma."""
    if first >= last or words.lower[first] not in PREPOSITIONS:
        return first
    return next((index for index in range(first + 2, last) if words.lower[index] in ("the", "a", "an")), last)


def _is_many(words: Words, read: Read, first: int, last: int, names: Sequence[Mention]) -> bool:
    """“Members” and “Redmoor have” are many, “Brussels” is one."""
    verb = words.lower[read.clause.verb.first] if read.clause.verb else ""
    if verb in ("have", "are", "were"):
        return True
    if last == first + 1 and words.is_capital(first) and words.lower[first].endswith("s"):
        return not any(mention.start == words.starts[first] for mention in names) and verb not in ("has", "is", "was")
    return is_plural(words, first, last)


def is_plural(words: Words, first: int, last: int) -> bool:
    """Whether the words name many: their noun, before “of” and the like, ends so, or two are joined."""
    if "and" in words.lower[first:last]:
        return True
    end = next((index for index in range(first + 1, last) if words.lower[index] in PREPOSITIONS or words.lower[index] == ","), last)
    head = words.lower[end - 1]
    if head in _MANY:
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is", "'s")) and not words.is_capital(end - 1)
