"""A clause's words made shorter, without what a title can spare: its date, insertions, a role before a name, the last phrases.

A row is the words' places, in order.
"""

import bisect
import re
from collections.abc import Sequence
from itertools import pairwise

from sitegen.ingest.events.attachment import is_in_name
from sitegen.ingest.events.clauses import Clause
from sitegen.ingest.events.lexicon import (
    BEFORE_DATES,
    DETERMINERS,
    DOUBTS,
    HELPERS,
    IRREGULAR,
    PREPOSITIONS,
    RELATIVES,
    SAYING,
    SUBORDINATORS,
    UNCUT,
    WITH_DATES,
)
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.speakers import Mention
from sitegen.ingest.events.told import Told
from sitegen.ingest.events.verbs import is_participle
from sitegen.ingest.events.words import Words

_NEAR = 7  # words
_ADJACENT = frozenset(["over", "around", "about", "throughout"])
WISHED = 90  # characters
_TURNING = frozenset(["if", "unless", "without", "despite", "except"])
_SEPARATING = frozenset([",", "(", ")", "—", "–"])


def dated(words: Words, read: Read, span: tuple[int, int], dates: Sequence[Told]) -> set[int]:
    """The event's date, and when it was said, with what leads there; no other, and none that a sentence needs (“the 1991 agreement”)."""
    found: set[int] = set()
    for date in dates[bisect.bisect_left(dates, span[0], key=_first) : bisect.bisect_left(dates, span[1], key=_first)]:
        if not _is_spared(words, read, date) or _has_other_behind(words, date, span, dates):
            continue
        first = date.first
        if first > span[0] + 1 and _is_near(words, first):
            first -= 2
        while first > span[0] and words.lower[first - 1] in (WITH_DATES if date.when.shape == "interval" else BEFORE_DATES):
            if words.lower[first - 1] in _ADJACENT and first != date.first:
                break
            first -= 1
        if read.clause.link != "folded" and first - 1 > span[0] and _is_of_folded(words, read, first - 1):
            continue
        found.update(range(first, date.last))
        found.update(_marks_around(words, first, date, span))
    return found


def _is_of_folded(words: Words, read: Read, index: int) -> bool:
    """“a study published in June”: nothing is told by “a study published”."""
    verb = read.clause.verb
    return verb is not None and index < verb.first and is_participle(words.lower[index]) and words.lower[index - 1] not in HELPERS


def _is_near(words: Words, first: int) -> bool:
    """“shortly before midnight”."""
    return words.lower[first - 1] in ("before", "after") and words.lower[first - 2] in ("shortly", "just", "soon")


def _has_other_behind(words: Words, date: Told, span: tuple[int, int], dates: Sequence[Told]) -> bool:
    """“closed on Tuesday and again on Thursday”: the one makes no sense without the other."""
    following = next((other for other in dates[bisect.bisect_left(dates, date.last, key=_first) :][:1]), None)
    if following is None or following.first >= span[1] or following.first - date.last > _NEAR:
        return False
    between = words.lower[date.last : following.first]
    has_verb = any(is_participle(word) or word in IRREGULAR or word in HELPERS for word in between)
    return (between[:1] in (["and"], ["or"]) or between[:2] == [",", "not"]) and not has_verb and following.when != date.when


def _first(date: Told) -> int:
    return date.first


def _is_spared(words: Words, read: Read, date: Told) -> bool:
    when, own = date.when, read.when
    is_own = own is None or (when.earliest, when.latest) == (own.earliest, own.latest) or date.first < read.clause.first
    before = words.lower[date.first - 1] if date.first else ""
    is_led = before in BEFORE_DATES or _is_near(words, date.first) or (date.when.shape == "interval" and before in WITH_DATES)
    is_bound = (before in PREPOSITIONS or before in SUBORDINATORS or before in ("until", "till")) and not is_led
    return (
        is_own
        and not words.lower[date.last - 1].endswith("'s")
        and before not in DETERMINERS
        and not is_bound
        and not is_in_name(words, date)
    )


def _marks_around(words: Words, first: int, date: Told, span: tuple[int, int]) -> set[int]:
    """The commas that held a date between them, and the one behind “February 3, 1937,”."""
    lower, last = words.lower, date.last
    if last >= span[1] or lower[last] != ",":
        return set()
    if first > span[0] and lower[first - 1] == ",":
        return {first - 1, last}
    is_inside = "," in lower[date.first : last] or (last + 1 < span[1] and lower[last + 1] in PREPOSITIONS and first > span[0])
    return {last} if is_inside else set()


def aside(words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int]) -> set[int]:
    """Relative clauses inside, with the comma before; not the one that tells it, of which only “, which” is left out."""
    found: set[int] = set()
    for number, read in enumerate(sentence):
        clause = read.clause
        if clause.link != "relative" or clause.first <= span[0] or (clause.last > span[1] and number != place):
            continue
        has_comma = words.lower[clause.first - 1] == ","
        if number == place and _does_itself(words, sentence, clause, span):
            found.update((clause.first - has_comma, clause.first))
        elif number != place and has_comma:
            found.update(range(clause.first - 1, _end(sentence, clause, sentence[place].clause)))
    return found


def _does_itself(words: Words, sentence: Sequence[Read], clause: Clause, span: tuple[int, int]) -> bool:
    """Whether “who went missing” stands behind its noun alone, so that “Two hikers went missing” is a sentence."""
    above = sentence[clause.parent].clause.verb
    is_alone = above is None or not span[0] <= above.head < clause.first
    is_subject = clause.verb is not None and clause.verb.first == clause.first + 1
    return is_alone and is_subject and words.lower[clause.first] in ("which", "who", "that")


def _end(sentence: Sequence[Read], relative: Clause, main: Clause) -> int:
    """Where a relative clause ends, with what is joined to it: “, which opened in 1932 and was rebuilt in 1951,”."""
    core = main.verb.first if main.verb else relative.last
    return max(
        read.clause.last for read in sentence if relative.first <= read.clause.first and read.clause.last <= max(core, relative.last)
    )


def without_insertions(words: Words, kept: list[int], core: int) -> list[int]:
    """Without what stands between two commas and isn't one of a list."""
    commas = [place for place, index in enumerate(kept) if words.lower[index] == ","]
    dropped: set[int] = set()
    for first, last in pairwise(commas):
        inside = [words.lower[index] for index in kept[first + 1 : last]]
        follows = words.lower[kept[last + 1]] if last + 1 < len(kept) else ""
        tells = last < len(kept) and kept[last] > core and inside and inside[0].endswith("ing")
        if (
            not tells
            and first not in dropped
            and follows not in ("and", "or")
            and not any(word in DOUBTS or word in _TURNING or word in ("and", "said") for word in inside)
        ):
            dropped.update(range(first, last + 1))
    return [index for place, index in enumerate(kept) if place not in dropped]


def without_role(words: Words, kept: list[int], names: Sequence[Mention]) -> list[int]:
    """“Ukrainian President Volodymyr Zelensky said” as “Volodymyr Zelensky said”."""
    person = _opening_person(words, kept, names)
    return kept[person[0] :] if person else kept


def surname(words: Words, kept: list[int], names: Sequence[Mention]) -> list[int]:
    person = _opening_person(words, kept, names)
    return kept[person[1] - 1 :] if person else kept


def _opening_person(words: Words, kept: list[int], names: Sequence[Mention]) -> tuple[int, int] | None:
    """Where the first person's name stands, if nothing but a role stands before it."""
    for place in range(min(10, len(kept))):
        start = words.starts[kept[place]]
        if words.lower[kept[place]] in (",", "and", "of") or words.lower[kept[place]] in PREPOSITIONS:
            return None
        for mention in names:
            if mention.kind == "person" and mention.start == start:
                end = place
                while end < len(kept) and words.starts[kept[end]] < mention.end:
                    end += 1
                return place, end
    return None


def cut(words: Words, sentence: Sequence[Read], kept: list[int], spared: int, core: int) -> list[int]:
    """Without its last phrases, as long as none of them turns the sentence (“if”, “not”, “without”); *spared* characters follow."""
    inside = [(read.clause.first, read.clause.verb.head) for read in sentence if read.clause.verb]
    openings = {read.clause.first for read in sentence if read.clause.link in ("when", "after", "before", "cause", "doing")}
    while length(words, kept) + spared > WISHED:
        place = next((place for place in range(len(kept) - 1, 5, -1) if kept[place] in openings or _opens_phrase(words, kept, place)), 0)
        turns = any(words.lower[index] in _TURNING or words.lower[index] in DOUBTS for index in kept[place:])
        is_inside = words.lower[kept[place]] in PREPOSITIONS and any(words.lower[index] in _TURNING for index in kept)
        breaks = any(first < kept[place] <= verb for first, verb in inside) or _is_in_range(words, kept, place)
        if not place or turns or is_inside or breaks or kept[place] <= core:
            return kept
        comma = next((back for back in (1, 2) if words.lower[kept[place - back - 1]] == ","), 0)
        kept = kept[: place - comma - 1] if comma else kept[:place]
    return kept


def _is_in_range(words: Words, kept: list[int], place: int) -> bool:
    """Whether a “from” before waits for a “to” behind."""
    begin = next((back for back in range(place - 1, max(place - 9, 0), -1) if words.lower[kept[back]] in ("from", ",", "to")), 0)
    return words.lower[kept[begin]] == "from" and any(words.lower[index] == "to" for index in kept[place : place + 8])


def _opens_phrase(words: Words, kept: list[int], place: int) -> bool:
    word = words.lower[kept[place]]
    previous, following = words.lower[kept[place - 1]], words.lower[kept[place + 1]] if place + 1 < len(kept) else ""
    if previous in PREPOSITIONS or previous in DETERMINERS or previous in RELATIVES:
        return False
    if word in ("and", "but", "or"):
        return following in HELPERS or following in SAYING or previous == ","
    if following == "by" and is_participle(word):
        return previous not in HELPERS and previous not in ("been", "being", "be") and not previous.endswith("ly")
    return word == "," or (word in PREPOSITIONS and word not in UNCUT)


def length(words: Words, kept: Sequence[int]) -> int:
    """How many characters a row has, or a few less, as `spelled` has it."""
    return sum(words.ends[index] - words.starts[index] + (words.starts[index] > words.ends[index - 1]) for index in kept) - 1


def spelled(words: Words, kept: Sequence[int]) -> str:
    """The words of a row as they stand in the text, without brackets that have become empty."""
    text, behind = "", -2
    for index in kept:
        is_apart = index > 0 and words.starts[index] > words.ends[index - 1]
        text += (" " if text and (is_apart or (index != behind + 1 and words.lower[index][0].isalnum())) else "") + words.text[
            words.starts[index] : words.ends[index]
        ]
        behind = index
    bare = re.sub(r"\s*\((?:\s|and|,)*\)", "", text)
    return re.sub(r"\s+", " ", re.sub(r"\s*,(?=\s*(?:,|if\b|$))", "", bare)).strip(" ,;:")
