"""The words to quote: the shortest clause that tells an event, and all that its meaning hangs on."""

from collections.abc import Iterator, Sequence

from sitegen.ingest.events.lexicon import DOUBTS, JOINERS, KEPT, MONTHS_AND_DAYS, PREPOSITIONS, SPEAKING, SUBORDINATORS, UNFULFILLED
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.words import Words

_CONCEDING = frozenset(["although", "though", "unless", "whereas"])
_CLOSING = {"“": "”", "«": "»", "``": "''", "„": "“"}
_PAIRED = frozenset([*_CLOSING, *_CLOSING.values(), '"'])
_MOST_WORDS = 60
_LONGEST_NOUN = 9  # words


def passage(words: Words, sentence: Sequence[Read], place: int) -> tuple[int, int]:
    """The words, half open, that tell what a clause of the sentence tells."""
    first, last = _bounds(words, sentence, place)
    above = place
    while sentence[above].clause.parent >= 0:
        link = sentence[above].clause.link
        if link in ("when", "after", "before") and sentence[place].by == "own" and above == place:
            break
        if link == "relative" and (noun := _noun_alone(words, sentence, above)) is not None:
            first = min(first, noun)
            break
        above = sentence[above].clause.parent
        if link in ("relative", "if", "speaker") or (link in ("said", "doing") and not _is_plain(words, sentence[above])):
            first = min(first, sentence[above].clause.first)
        if link == "speaker":
            first, last = min(first, sentence[above].clause.first), max(last, sentence[place].clause.last)
        if link == "folded":
            first = _noun_before(words, sentence[above], first)
    is_below = sentence[place].clause.link in ("when", "after", "before") and first == sentence[place].clause.first < last - 1
    span = trimmed(words, first + (is_below and _is_opener(words, first)), last)
    is_told = any(words.lower[index][0].isalnum() for index in range(*span))
    return span if is_told else words.sentences[sentence[0].sentence]


def _bounds(words: Words, sentence: Sequence[Read], place: int) -> tuple[int, int]:
    first, last = sentence[place].clause.first, sentence[place].clause.last
    for below in _below(sentence, place):
        clause = sentence[below].clause
        if clause.first > last + 1 or not _belongs(words, sentence, place, below):
            break
        if clause.last - first > _MOST_WORDS and not _holds_doubt(words, clause.first, clause.last):
            break
        last = max(last, clause.last)
    for below in _below(sentence, place):
        if sentence[below].clause.link == "speaker" and sentence[below].by == "own" and sentence[below].when == sentence[place].when:
            last = max(last, sentence[below].clause.last)
    return first, last


def _below(sentence: Sequence[Read], place: int) -> Iterator[int]:
    """All clauses that hang on one, in order."""
    inside = {place}
    for number, read in enumerate(sentence):
        if read.clause.parent in inside and number != place:
            inside.add(number)
            yield number


def _belongs(words: Words, sentence: Sequence[Read], place: int, below: int) -> bool:
    """Whether a clause below stays in the quotation: not one with another date, nor one that only explains."""
    read, root = sentence[below], sentence[place]
    clause = read.clause
    if clause.link == "said" or (clause.link == "relative" and clause.first == root.clause.last and _tells_which(words, read)):
        return True
    if clause.link == "if":
        return True
    if read.by == "own" and read.when != root.when and clause.first >= root.clause.last:
        return False
    if clause.link in KEPT:
        return True
    if clause.link == "joined" and _is_unfulfilled(words, sentence[clause.parent]) and words.lower[clause.first] == "but":
        return True
    if clause.link == "joined":
        return read.when == root.when or sentence[clause.parent].clause.link == "said" or clause.parent != place
    if clause.last <= root.clause.last:
        return True
    if clause.link == "speaker":
        return words.lower[clause.verb.head] not in SPEAKING if clause.verb else False
    return words.lower[clause.first] in _CONCEDING or _holds_doubt(words, clause.first, clause.last)


def _tells_which(words: Words, read: Read) -> bool:
    """“a law that will raise the pension age by 2030”: the noun says nothing without it."""
    return words.lower[read.clause.first] == "that" and read.kind in ("expected", "general")


def _is_unfulfilled(words: Words, read: Read) -> bool:
    """“had been expected to sign on Friday”, “was due to sing”."""
    verb = read.clause.verb
    return verb is not None and any(word in UNFULFILLED for word in words.lower[verb.first : verb.head + 1])


def _noun_alone(words: Words, sentence: Sequence[Read], place: int) -> int | None:
    """Where the noun begins that a relative clause behind a comma adds to, if it is plain which noun that is."""
    clause = sentence[place].clause
    if words.lower[clause.first - 1] != "," or clause.parent < 0 or clause.says or words.lower[clause.first] == "where":
        return None
    first = _noun_before(words, sentence[clause.parent], clause.first)
    noun = words.lower[first : clause.first - 1]
    is_plain = noun and not any(word in PREPOSITIONS - {"of"} or word in JOINERS or word in (",", "that") for word in noun)
    return first if is_plain and len(noun) <= _LONGEST_NOUN else None


def _holds_doubt(words: Words, first: int, last: int) -> bool:
    return any(word in DOUBTS for word in words.lower[first:last])


def _is_plain(words: Words, above: Read) -> bool:
    """Whether a clause above only says that somebody spoke, so that the speaker's name says as much."""
    clause = above.clause
    return clause.verb is not None and words.lower[clause.verb.head] in SPEAKING and not _holds_doubt(words, clause.first, clause.last)


def _noun_before(words: Words, above: Read, first: int) -> int:
    """Where the noun begins that folded words belong to: behind the clause's verb, else with the clause."""
    clause = above.clause
    if clause.verb and clause.first <= clause.verb.head < first:
        begin = clause.first if first == clause.verb.head + 1 else clause.verb.head + 1
        return begin + (words.lower[begin] in PREPOSITIONS)
    return clause.first


def trimmed(words: Words, first: int, last: int) -> tuple[int, int]:
    """Without what only joined the words to others, and without half a pair of quotation marks."""
    lower = words.lower
    while first < last - 1 and (lower[first] in (",", ";", ":", "--", "–", "—", "that", ")") or (lower[first] in JOINERS - {"nor"})):
        first += 1
    while first < last - 1 and lower[last - 1] in (",", ";", ":", ".", "--", "–", "—", "(", "and", "but", "or", "while"):
        last -= 1
    marks = [index for index in range(first, last) if lower[index] in _PAIRED]
    if len(marks) % 2:
        if marks[0] == first:
            return trimmed(words, first + 1, last)
        if marks[-1] == last - 1:
            return trimmed(words, first, last - 1)
    return first, last


def _is_opener(words: Words, first: int) -> bool:
    """“when”, “after”, “as” at the beginning; never “if”, “unless”, “although”."""
    word, following = words.lower[first], words.lower[first + 1]
    is_dated = following in MONTHS_AND_DAYS or following[0].isdigit() or following in ("last", "early", "late", "then")
    return SUBORDINATORS.get(word) in ("when", "after", "before") and not is_dated
