"""A sentence as clauses: where each begins, what links it to the one that it hangs on, and its verb.

What has no verb of its own stays with its neighbour. A clause between commas (“Zelensky, who has …, said”) lies inside the one that
goes on behind it.
"""

from dataclasses import dataclass

from sitegen.ingest.events.cuts import BELOW, Link, cuts, opening_link
from sitegen.ingest.events.lexicon import BE_NOW, BE_THEN, SAYING
from sitegen.ingest.events.sight import Sight, sight
from sitegen.ingest.events.verbs import Verb
from sitegen.ingest.events.words import Words

_CLAIMED = frozenset(["lives", "life", "victims", "title", "gold", "silver", "bronze", "victory", "win", "seats", "points"])
_BEING = BE_NOW | BE_THEN | frozenset(["be", "been", "being"])


@dataclass(frozen=True, slots=True)
class Clause:
    first: int
    last: int
    "words, half open; what it encloses lies inside"
    link: Link
    parent: int
    "the clause that it hangs on, by its place in the sentence; -1: none"
    verb: Verb | None
    says: bool
    "whether its verb tells somebody's words"


@dataclass(slots=True)
class _Part:
    first: int
    last: int
    link: Link
    resumes: bool = False
    verbs: tuple[Verb, ...] = ()


def clauses(words: Words, low: int, high: int) -> list[Clause]:
    """The clauses of the sentence, in the order in which they begin."""
    return _joined(words, _parts(sight(words, low, high)))


def _parts(seen: Sight) -> list[_Part]:
    """The sentence cut at each place where a clause opens, with a verb on either side."""
    found = cuts(seen)
    parts = [_Part(seen.low, seen.high, opening_link(seen, found))]
    for cut in found:
        parts[-1].last = cut.place
        parts.append(_Part(cut.place, seen.high, cut.link, cut.resumes))
    for part in parts:
        part.verbs = tuple(verb for verb in seen.verbs if part.first <= verb.head < part.last)
    return _with_verbs(parts)


def _with_verbs(parts: list[_Part]) -> list[_Part]:
    """Parts without a verb go to their neighbours."""
    kept: list[_Part] = []
    for part in parts:
        if kept and (not part.verbs and part.link not in ("speaker", "relative") and not part.resumes):
            kept[-1].last = part.last
        elif kept and len(kept) == 1 and not kept[0].verbs and not (part.resumes or part.link in ("relative", "doing", "speaker")):
            link = part.link if part.link in BELOW else "main"
            kept[0] = _Part(kept[0].first, part.last, link, False, part.verbs)
        else:
            kept.append(part)
    return kept


def _joined(words: Words, parts: list[_Part]) -> list[Clause]:
    """Parts that go on behind an enclosed clause are one clause; each hangs on one before it."""
    made: list[_Part] = []
    parents: list[int] = []
    top = current = 0
    for part in parts:
        if part.resumes and made:
            current = top if made[0].verbs else 0
            owner = made[current]
            owner.last = part.last
            owner.verbs += part.verbs
            continue
        if part.link in ("relative", "doing", "said"):
            parents.append(current if made else -1)
        elif part.link == "speaker":
            parents.append(_top(made, parents))
        elif made:
            parents.append(_teller(words, made, part, _head(made, parents)))
        else:
            parents.append(-1)
        made.append(part)
        current = len(made) - 1
        if part.link not in ("relative",):
            top = len(made) - 1
    if made[0].link != "main" and (main := next((place for place, part in enumerate(made) if part.link == "main"), 0)):
        parents[0], parents[main] = main, -1
    return [_clause(words, part, parent) for part, parent in zip(made, parents, strict=True)]


def _head(made: list[_Part], parents: list[int]) -> int:
    """The nearest clause before that is no relative one."""
    place = len(made) - 1
    while place > 0 and made[place].link in ("relative", "doing"):
        place = parents[place]
    return max(place, 0)


def _top(made: list[_Part], parents: list[int]) -> int:
    """The clause that all others before hang on."""
    place = len(made) - 1
    while place > 0 and parents[place] >= 0:
        place = parents[place]
    return place


def _teller(words: Words, made: list[_Part], part: _Part, head: int) -> int:
    """“X said that …, and predicted that …”: the second hangs on the first, not on what was said."""
    verb = part.verbs[0] if part.verbs else None
    if part.link != "joined" or verb is None or verb.first > part.first + 2 or words.lower[verb.head] not in SAYING:
        return head
    for place in range(head, -1, -1):
        if made[place].link != "said" and any(words.lower[each.head] in SAYING for each in made[place].verbs):
            return place
    return head


def _clause(words: Words, part: _Part, parent: int) -> Clause:
    finite = [verb for verb in part.verbs if verb.is_finite] or list(part.verbs)
    verb = finite[0] if finite else None
    says = any(_is_saying(words, each) for each in finite[:1]) or _according(words, part)
    return Clause(part.first, part.last, part.link, parent, verb, says)


def _is_saying(words: Words, verb: Verb) -> bool:
    """Not “was told”, nor “claimed 88 lives”."""
    takes = words.lower[verb.head].startswith("claim") and any(word in _CLAIMED for word in words.lower[verb.head + 1 : verb.head + 5])
    return words.lower[verb.head] in SAYING and not takes and not _is_passive(words, verb)


def _is_passive(words: Words, verb: Verb) -> bool:
    return (
        verb.first < verb.head
        and not words.lower[verb.head].endswith("ing")
        and any(word in _BEING for word in words.lower[verb.first : verb.head])
    )


def _according(words: Words, part: _Part) -> bool:
    return part.link == "speaker" and words.lower[part.first : part.first + 2] == ["according", "to"]
