"""Who says what is told, in the report's own words."""

from collections.abc import Sequence
from typing import Protocol

from sitegen.ingest.events.lexicon import NAMELESS, OPENING, PREPOSITIONS, RELATIVES, SAYING, SUBORDINATORS, TIMES_OF_SAYING, WEEKDAYS
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.words import Words

_LONGEST = 14  # words
_BACK, _FAR_BACK = 2, 12  # sentences


class Mention(Protocol):
    """What `sitegen.ingest.names.tag` finds."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


def speaker(words: Words, body: Sequence[Sequence[Read]], number: int, place: int, people: Sequence[Mention]) -> str:
    """The speaker of a clause: “he” and “she” are looked up before; empty where the text doesn't say."""
    clause = body[number][place].clause
    if clause.link == "folded" and words.lower[clause.first - 1] == ",":
        return ""
    teller = _teller(words, body[number], place) or _teller_behind(words, body, number)
    if teller is None:
        return _according_to(words, body[number], place)
    first, last = subject(words, teller)
    if first >= last:
        return ""
    if words.lower[first] in ("he", "she"):
        return _looked_up(words, body, number, people)
    if words.lower[first] in NAMELESS:
        return ""
    named = "" if person_in(words, first, last, people) else _apposed(words, teller, last, people)
    return named or words.text[words.starts[first] : words.ends[last - 1]]


def _according_to(words: Words, sentence: Sequence[Read], place: int) -> str:
    """“According to the think tank, prices will rise.”"""
    low, _ = words.sentences[sentence[0].sentence]
    if words.lower[low : low + 2] != ["according", "to"] or sentence[place].clause.link == "joined":
        return ""
    first, last = _noun(words, low + 2, sentence[place].clause.last)
    end = next((index for index in range(first + 1, last) if words.lower[index] in ("published", "released", "seen", "on", "by")), last)
    return words.text[words.starts[first] : words.ends[end - 1]] if end > first else ""


def _apposed(words: Words, teller: Read, last: int, people: Sequence[Mention]) -> str:
    """“His lawyer, Jane Otieno, said”: the name behind the comma."""
    if last + 1 >= len(words.lower) or words.lower[last] != "," or last >= teller.clause.last:
        return ""
    return next(
        (words.text[person.start : person.end] for person in people if person.kind == "person" and person.start == words.starts[last + 1]),
        "",
    )


def _teller(words: Words, sentence: Sequence[Read], place: int) -> Read | None:
    """The clause that says who: itself, one above it, or “…, police said” behind."""
    if sentence[place].clause.says and sentence[place].clause.link not in ("doing",):
        return sentence[place]
    above = place
    while (parent := sentence[above].clause.parent) >= 0:
        if sentence[parent].clause.says and sentence[above].clause.link in ("said", "joined"):
            return sentence[parent]
        above = parent
    around = {place, above}
    return next((read for read in sentence if read.clause.link == "speaker" and read.clause.parent in around), None)


def _teller_behind(words: Words, body: Sequence[Sequence[Read]], number: int) -> Read | None:
    """Who says a quotation that goes on in the next sentence: “… . …,” he said."""
    low, _ = words.sentences[body[number][0].sentence]
    if not words.quoted[low] or number + 1 >= len(body):
        return None
    following, _ = words.sentences[body[number + 1][0].sentence]
    if not words.quoted[following] or words.lower[following] in ("“", '"', "``", "«"):
        return None
    return next((read for read in body[number + 1] if read.clause.link == "speaker"), None)


def subject(words: Words, read: Read) -> tuple[int, int]:
    """The words, half open, that name who does what a clause tells."""
    clause, lower = read.clause, words.lower
    if lower[clause.first : clause.first + 2] == ["according", "to"]:
        return _noun(words, clause.first + 2, clause.last)
    if clause.verb is None:
        return clause.first, clause.first
    if (
        clause.link == "speaker"
        and clause.verb.first <= clause.first + (not lower[clause.first][0].isalpha())
        and lower[clause.verb.head] in SAYING
    ):
        return _noun(words, clause.verb.head + 1, clause.last)
    first = _behind_day(words, clause.first, clause.verb.first)
    for index in range(clause.first, clause.verb.first if first == clause.first else clause.first):
        if (
            lower[index] == ","
            and index - clause.first <= 9
            and (
                lower[clause.first] in PREPOSITIONS
                or lower[index - 1] in OPENING
                or (lower[clause.first].endswith("ly") and lower[clause.first + 1] in SUBORDINATORS)
            )
        ):
            first = index + 1
    while first < clause.verb.first and (
        lower[first] in ("and", "but", ",", "however", "meanwhile", "that", "“", '"', "``", "”", "''")
        or lower[first] in RELATIVES
        or lower[first] in SUBORDINATORS
    ):
        first += 1
    return _noun(words, first, clause.verb.first)


def _behind_day(words: Words, first: int, last: int) -> int:
    """“On Thursday evening Britain's chancellor said”: behind the day."""
    if words.lower[first] != "on" or words.lower[min(first + 1, last)] not in WEEKDAYS:
        return first
    return next((index for index in range(first + 2, last) if words.lower[index] not in TIMES_OF_SAYING), first)


def _noun(words: Words, first: int, last: int) -> tuple[int, int]:
    """Up to the first comma or mark, without adverbs at the end."""
    end = first
    while (
        end < min(last, first + _LONGEST)
        and words.lower[end] not in (",", ";", "“", '"', "(", "--", "–")
        and (words.lower[end] != "." or end + 1 < last)
        and words.lower[end] not in RELATIVES
    ):
        end += 1
    while end > first and (
        (words.lower[end - 1].endswith("ly") and not words.is_capital(end - 1))
        or words.lower[end - 1] in ("also", "later", "then", "still", "on", "has", "have", "had")
    ):
        end -= 1
    return first, end


def _looked_up(words: Words, body: Sequence[Sequence[Read]], number: int, people: Sequence[Mention]) -> str:
    """The person who spoke, else who was told of, last in the two sentences before."""
    return _told_before(words, body, number, people, only_speakers=True) or referent(words, body, number, people)


def referent(words: Words, body: Sequence[Sequence[Read]], number: int, people: Sequence[Mention]) -> str:
    """Whom “he” or “she” means: the person that a clause shortly before was about."""
    return _told_before(words, body, number, people, only_speakers=False)


def _told_before(words: Words, body: Sequence[Sequence[Read]], number: int, people: Sequence[Mention], only_speakers: bool) -> str:
    """Two sentences back at most; further while nobody else is named in between."""
    others: set[str] = set()
    for before in range(number - 1, max(number - 1 - (_BACK if only_speakers else _FAR_BACK), -1), -1):
        low, high = words.sentences[body[before][0].sentence]
        for read in body[before]:
            first, last = subject(words, read)
            if first >= last or words.lower[first] in NAMELESS or (only_speakers and not read.clause.says):
                continue
            named = person_in(words, first, last, people) or _apposed(words, read, last, people)
            if named and number - before > _BACK and not others <= {named.split()[-1]}:
                return ""
            if named or only_speakers:
                return named or words.text[words.starts[first] : words.ends[last - 1]]
        others |= {name.split()[-1] for name in _people_in(words, low, high, people)}
    return ""


def person_in(words: Words, first: int, last: int, people: Sequence[Mention]) -> str:
    """The last person named between two words; empty: nobody."""
    return next(reversed(_people_in(words, first, last, people)), "")


def _people_in(words: Words, first: int, last: int, people: Sequence[Mention]) -> list[str]:
    start, end = words.starts[first], words.ends[last - 1]
    inside = (mention for mention in people if start <= mention.start and mention.end <= end and mention.kind == "person")
    return [words.text[mention.start : mention.end] for mention in inside]
