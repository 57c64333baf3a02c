"""A title of the report's own words: a short sentence, without the date that stands beside it, and never shorter than its meaning."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sitegen.ingest.events.lexicon import (
    BEFORE_DATES,
    DETERMINERS,
    DOUBTS,
    HELPERS,
    JOINERS,
    LEANING,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
    TELLERS,
    UNCUT,
)
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.speakers import Mention, subject
from sitegen.ingest.events.told import Told
from sitegen.ingest.events.words import Words

_WISHED = 95  # characters
_LONGEST = 118  # where a shorter one would say something else
_TURNING = frozenset(["if", "unless", "without", "despite", "except"])


def title(
    words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int], dates: Sequence[Told], names: Sequence[Mention], speaker: str
) -> str:
    """A sentence for what a clause tells; *span* is what is quoted of it."""
    if quoted := _quotation(words, sentence, place, span, speaker, names):
        return quoted
    content, credit = _content(words, sentence, place, span, speaker, names)
    dropped = (set() if sentence[place].clause.link == "folded" else _dated(words, span, dates)) | _aside(words, sentence, place, span)
    kept = [index for index in content if index not in dropped]
    verb = sentence[place].clause.verb
    core = verb.head if verb else span[0]
    bare = _without_insertions(words, kept, core)
    versions = [version for row in (kept, bare) for version in (row, _without_role(words, row, names), _surname(words, row, names))]
    shortened = [*versions, *(_cut(words, version, credit, core) for version in versions)]
    for bound, rows in ((_WISHED, shortened), (_LONGEST, [*reversed(versions), *shortened[len(versions) :]])):
        for row in rows:
            if len(text := _spelled(words, row) + credit) <= bound:
                return _finished(text)
    return _finished(_about(words, sentence, place, span, names, speaker) or _ellipsis(_spelled(words, min(shortened, key=len))))


def _quotation(words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int], speaker: str, names: Sequence[Mention]) -> str:
    """“The army: “We will not negotiate””, for a quotation that stands alone and is short."""
    behind = next((read.clause for read in sentence if read.clause.link == "speaker" and read.clause.first >= span[0]), None)
    if not speaker or behind is None or words.lower[span[0]] not in ('"', "“", "``") or words.lower[span[0] + 1] in LEANING:
        return ""
    said = words.text[words.starts[span[0] + 1] : words.ends[behind.first - 1]].rstrip("”\"', .")
    text = f"{_finished(_short(words, speaker, names))}: “{said}”"
    return text if len(text) <= _WISHED and not set('“”"') & set(said) else ""


def _content(
    words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int], speaker: str, names: Sequence[Mention]
) -> tuple[list[int], str]:
    """The words of the sentence that tell it, and what gives it to its speaker: “, police said”."""
    behind = next((read.clause for read in sentence if read.clause.link == "speaker" and read.clause.first >= span[0]), None)
    clause = sentence[place].clause
    first, last = span
    if behind and (clause.link == "speaker" or behind.last <= last + 1):
        if words.quoted[first] or words.lower[first] in ('"', "“", "``"):
            return list(range(behind.first, last)), ""
        last = min(last, behind.first)
    is_credited = clause.link == "speaker" or not clause.says
    is_credited = is_credited and (behind is not None or (clause.link == "said" and sentence[clause.parent].clause.first < first))
    credit = f", {_short(words, speaker, names)} said" if speaker and is_credited else ""
    kept = _with_subject(words, sentence, place, (first, last))
    return kept, "" if kept and kept[0] < first else credit


def _short(words: Words, speaker: str, names: Sequence[Mention]) -> str:
    """“Authorities in the occupied areas” as “authorities”; a person without the role."""
    people = [words.text[mention.start : mention.end] for mention in names if mention.kind == "person"]
    if person := next((person for person in people if speaker.endswith(person)), ""):
        return person
    parts = speaker.split()
    end = next((number for number, part in enumerate(parts) if number and part in PREPOSITIONS), len(parts))
    short = " ".join(parts[:end])
    is_common = parts[0].lower() in DETERMINERS | TELLERS or re.search(rf"\b{re.escape(parts[0].lower())}\b", words.text) is not None
    return short[:1].lower() + short[1:] if is_common else short


def _about(words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int], names: Sequence[Mention], speaker: str) -> str:
    """“Vladyslav Selezniov on Bakhmut”, for words that can't be cut."""
    start, end = words.starts[span[0]], words.ends[span[1] - 1]
    if not speaker or not sentence[place].clause.says:
        return ""
    who = _short(words, speaker, names)
    inside = [words.text[mention.start : mention.end] for mention in names if start <= mention.start < end and mention.kind == "place"]
    topics = [name for name in dict.fromkeys(inside) if name not in speaker]
    return f"{who} on {' and '.join(topics[:2])}" if topics else ""


def _with_subject(words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int]) -> list[int]:
    """The words of the clause, with the subject that it leaves to the clause above."""
    first, last = span
    clause = sentence[place].clause
    if clause.link in ("joined", "doing") and clause.parent >= 0 and clause.verb and clause.verb.first <= first + 1:
        above = place
        while sentence[above].clause.link in ("joined", "doing") and sentence[above].clause.parent >= 0:
            above = sentence[above].clause.parent
        begin, end = subject(words, sentence[above])
        return [*range(begin, end), *range(first, last)]
    if clause.link == "said" and words.lower[first] in PRONOUNS and clause.parent >= 0:
        teller = sentence[clause.parent].clause
        return [
            *_with_subject(words, sentence, clause.parent, (max(teller.first, _behind_joiner(words, teller.first)), first)),
            *range(first, last),
        ]
    return list(range(first, last))


def _behind_joiner(words: Words, first: int) -> int:
    return first + 1 if words.lower[first] in JOINERS else first


def _without_insertions(words: Words, kept: list[int], core: int) -> list[int]:
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


def _dated(words: Words, span: tuple[int, int], dates: Sequence[Told]) -> set[int]:
    """The dates with what leads to them; not those that a sentence can't do without (“the 1991 agreement”, “by June”)."""
    found: set[int] = set()
    for date in dates:
        before = words.lower[date.first - 1] if date.first else ""
        if (
            span[0] <= date.first < span[1]
            and before not in DETERMINERS
            and before not in ("by", "of", "than", "until", "for", "from", "to", "between")
        ):
            first = date.first
            while first > span[0] and words.lower[first - 1] in BEFORE_DATES:
                first -= 1
            found.update(range(first, date.last))
    return found


def _aside(words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int]) -> set[int]:
    """Relative clauses inside, with the comma before; not the one that tells it."""
    found: set[int] = set()
    for number, read in enumerate(sentence):
        clause = read.clause
        if clause.link != "relative" or number == place or clause.first <= span[0] or clause.last > span[1]:
            continue
        if words.lower[clause.first - 1] == ",":
            found.update(range(clause.first - 1, clause.last))
    return found


def _without_role(words: Words, kept: list[int], names: Sequence[Mention]) -> list[int]:
    """“Ukrainian President Volodymyr Zelensky said” as “Volodymyr Zelensky said”."""
    person = _opening_person(words, kept, names)
    return kept[person[0] :] if person else kept


def _surname(words: Words, kept: list[int], names: Sequence[Mention]) -> list[int]:
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


def _cut(words: Words, kept: list[int], credit: str, core: int) -> list[int]:
    """Without its last phrases, as long as none of them turns the sentence (“if”, “not”, “without”)."""
    while len(_spelled(words, kept)) + len(credit) > _WISHED:
        place = next((place for place in range(len(kept) - 1, 5, -1) if _opens_phrase(words, kept, place)), 0)
        turns = any(words.lower[index] in _TURNING or words.lower[index] in DOUBTS for index in kept[place:])
        is_inside = words.lower[kept[place]] in PREPOSITIONS and any(words.lower[index] in _TURNING for index in kept)
        if not place or turns or is_inside or kept[place] <= core:
            return kept
        comma = next((back for back in (1, 2) if words.lower[kept[place - back - 1]] == ","), 0)
        kept = kept[: place - comma - 1] if comma else kept[:place]
    return kept


def _opens_phrase(words: Words, kept: list[int], place: int) -> bool:
    word = words.lower[kept[place]]
    if word in ("and", "but", "or"):
        following = words.lower[kept[place + 1]] if place + 1 < len(kept) else ""
        return following in HELPERS or following in SAYING or words.lower[kept[place - 1]] == ","
    return word == "," or (word in PREPOSITIONS and word not in UNCUT)


def _spelled(words: Words, kept: Sequence[int]) -> str:
    text, behind = "", -2
    for index in kept:
        is_apart = index > 0 and words.starts[index] > words.ends[index - 1]
        text += (" " if text and (is_apart or (index != behind + 1 and words.lower[index][0].isalnum())) else "") + words.text[
            words.starts[index] : words.ends[index]
        ]
        behind = index
    return re.sub(r"\s+", " ", re.sub(r"\s*,(?=\s*(?:,|if\b|$))", "", text)).strip(" ,;:")


def _finished(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ellipsis(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"
