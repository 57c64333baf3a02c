"""Whether a date is past or future, by the verb that governs it: “said on Wednesday”, “will begin on Wednesday”."""

from typing import Final, Literal

from sitegen.ingest.timex.tense_words import (
    DECLINED,
    FUTURE,
    INTENTIONS,
    NOT_PAST,
    PARTICIPLES,
    PAST,
    PERFECT,
    POSTPONED,
    PROMISES,
    SCHEDULED,
    SCHEDULED_AFTER_PLURAL,
    SENTENCE_STARTERS,
)
from sitegen.ingest.timex.typed_tokens import KINDS, TypedTokens

Direction = Literal["past", "future", "either", ""]
"either: “had been due on 6 April” leaves it open; empty: no verb shows it"

_REACH: Final = 40
"tokens searched on each side"

_MAX_DATELINE: Final = 12
_MARKS_OF_DATELINES: Final = frozenset(KINDS[kind] for kind in ("NAME", "COMMA", "DOT", "LEFT", "RIGHT", "SLASH", "MARK"))
_BEFORE_NOUNS: Final = frozenset(["THE", "A", "OUR", "S", "THIS", "THAT", "OF"])


def direction(tokens: TypedTokens, first: int, last: int, start: int, end: int) -> Direction:
    """The direction of the date in tokens *first* to *last*: by the nearest verb before it in its sentence (*start* to *end*), else the first after."""
    if tokens.word(last + 1) == "deadline":
        return "future"
    if tokens.kind(first - 1) == "UNTIL":
        return "future" if KINDS["WEEKDAY"] in tokens.kinds[first : last + 1] else "either"
    if (
        first - start < _MAX_DATELINE
        and tokens.kind(last + 1) in ("DASH", "LEFT")
        and set(tokens.kinds[start:first]) <= _MARKS_OF_DATELINES
    ):
        return ""  # the date of a dateline
    if first - start > 1 and tokens.word(first - (2 if tokens.kind(first - 1) in ("ON", "IN", "AT") else 1)) in ("is", "are"):
        return "future"
    return _before(tokens, max(start, first - _REACH), first) or _after(tokens, last + 1, min(end, last + _REACH))


def _before(tokens: TypedTokens, start: int, stop: int) -> Direction:
    has_infinitive = False
    for index in range(stop - 1, start - 1, -1):
        if found := _verb_direction(tokens, index, stop):
            return "future" if has_infinitive and tokens.word(index) in PROMISES else found
        has_infinitive = has_infinitive or (tokens.kind(index) == "TO" and index + 1 < stop and tokens.kind(index + 1) == "WORD")
    return ""


def _after(tokens: TypedTokens, start: int, stop: int) -> Direction:
    return next((found for index in range(start, stop) if (found := _verb_direction(tokens, index, index))), "")


def _verb_direction(tokens: TypedTokens, index: int, stop: int) -> Direction:
    """What the verb at *index* says about a date that begins at *stop*."""
    raw, word = tokens.raw(index), tokens.word(index)
    if raw[0].isupper() and raw not in SENTENCE_STARTERS:
        return ""
    if word in FUTURE:
        return _by_future_verb(tokens, index, word)
    if word in ("is", "are", "was", "were") and tokens.kind(index + 1) == "TO":
        return "future" if word in ("is", "are") else "either"
    if word in SCHEDULED or word in SCHEDULED_AFTER_PLURAL:
        return _by_scheduled_verb(tokens, index, word)
    if word in PARTICIPLES and PERFECT & {tokens.word(index - 1), tokens.word(index - 2)}:
        return "past"
    if word in PAST or (word.endswith("ed") and len(word) > 4 and word not in NOT_PAST):
        return _by_past_verb(tokens, index, stop)
    return ""


def _by_future_verb(tokens: TypedTokens, index: int, word: str) -> Direction:
    before, behind = tokens.word(index - 1), tokens.word(index + 1)
    if "than" in (before, tokens.word(index - 2)) or (word == "won" and behind != "'"):
        return "past" if word == "won" else ""
    if behind == "not" and (word == "could" or (word == "would" and tokens.word(index + 2) in DECLINED)):
        return "past"
    if word == "set" and behind not in ("to", "for"):
        return "past"
    if word in INTENTIONS and (tokens.kind(index - 1) in _BEFORE_NOUNS or (behind not in ("to", "on") and word.endswith(("n", "ns")))):
        return ""
    is_given_up = before in ("originally", "initially") or "had" in (before, tokens.word(index - 2), tokens.word(index - 3))
    return "either" if is_given_up else "future"


def _by_scheduled_verb(tokens: TypedTokens, index: int, word: str) -> Direction:
    """“The rules take effect on Monday”, “the talks begin on Monday”."""
    before, behind = tokens.word(index - 1), tokens.word(index + 1)
    if before in PERFECT:
        return "past"
    if word in ("run", "runs"):
        return "future" if behind in ("out", "through", "until", "till") else ""
    if word in ("come", "comes", "go", "goes", "take", "takes"):
        is_set = behind in ("into", "effect", "place") or (word in ("go", "goes") and behind in ("to", "on"))
        return "future" if is_set and before != "to" else ""
    is_verb = tokens.kind(index - 1) not in _BEFORE_NOUNS and (word in SCHEDULED or (before.endswith("s") and len(before) > 2))
    return "future" if is_verb else ""


def _by_past_verb(tokens: TypedTokens, index: int, stop: int) -> Direction:
    word, before, behind = tokens.word(index), tokens.word(index - 1), tokens.word(index + 1)
    if "have" in (before, tokens.word(index - 2)) and "to" in (tokens.word(index - 2), tokens.word(index - 3)):
        return "either"  # was to have been opened
    if before == "to" or (before == "be" and tokens.word(index - 2) == "to"):
        return "future"
    if word in POSTPONED and {"TO", "UNTIL"} & {tokens.kind(stop - 1), tokens.kind(stop - 2)}:
        return "future"
    if (word, behind) in (("put", "off"), ("put", "back"), ("pushed", "back")):
        return "future"
    return "" if before == "be" else "past"
