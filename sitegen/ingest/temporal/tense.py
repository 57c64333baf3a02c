"""Whether a date lies behind or ahead, by the verb that governs it: “said on Wednesday”, “will begin on Wednesday”."""

from typing import Final, Literal

from sitegen.ingest.temporal.tokens import KINDS, Tokens

Direction = Literal["past", "future", ""]

_FUTURE_WORDS: Final = """
    adjourned ahead aim aimed aims begins booked can could deadline delayed due ends expect expected expects expires falls forthcoming going gonna hope hopes hoping intend
    intended intends likely ll looming may might must opens plan planned planning plans poised postponed prepare prepares preparing projected
    ready rescheduled scheduled set shall should slated starts tentatively upcoming want wants will won would
"""
_PAST_WORDS: Final = """
    ago arose bade beat became been began bent bid bore bought bound bred broke brought built burst came cast caught chose cut dealt did died drew drove
    dug earlier fell felt fled flew flung forgot fought found froze gave got grew heard held hid hit hurt kept killed knew laid lay left lent let lost made meant met
    overthrew paid put quit ran rang read rode rose said sang sank sat saw sent shook shot showed shut since slept sold sought spent split spoke spread sprang
    spun stole stood strode struck stuck stung swam swept swore taught thought threw told took tore understood upheld was wept went were withdrew woke won wore
    wound wrote
"""
_NOT_PAST_WORDS: Final = """
need indeed speed feed seed exceed proceed succeed embed hundred united armed limited sacred breed deed related
"""
_NOT_PAST: Final = frozenset(_NOT_PAST_WORDS.split())
"words in -ed that tell no past"

_FUTURE: Final = frozenset(_FUTURE_WORDS.split())
_PAST: Final = frozenset(_PAST_WORDS.split())

_PROMISES_WORDS: Final = """
agreed asked called decided invited offered ordered pledged promised proposed threatened told urged vowed
"""
_PROMISES: Final = frozenset(_PROMISES_WORDS.split())
"verbs behind which “to leave on Friday” lies ahead, while “on Friday” lies behind"

_SENTENCE_STARTERS: Final = frozenset(["Will", "Was", "Were", "Did"])
_REACH: Final = 40
"tokens looked at on each side"

_LONGEST_DATELINE: Final = 12
_MARKS_OF_DATELINES: Final = frozenset(KINDS[kind] for kind in ("NAME", "COMMA", "DOT", "LEFT", "RIGHT", "SLASH", "MARK"))


def direction(tokens: Tokens, first: int, last: int, start: int, end: int) -> Direction:
    """Of a date from token first to last, by the nearest verb before it in its sentence (tokens start to end), else the first after it."""
    if tokens.word(last + 1) == "deadline":
        return "future"
    if tokens.kind(first - 1) == "UNTIL" and tokens.kind(first) == "WEEKDAY":
        return "future"
    if (
        first - start < _LONGEST_DATELINE
        and tokens.kind(last + 1) in ("DASH", "LEFT")
        and set(tokens.kinds[start:first]) <= _MARKS_OF_DATELINES
    ):
        return ""  # the date of a dateline
    return _before(tokens, max(start, first - _REACH), first) or _after(tokens, last + 1, min(end, last + _REACH))


def _before(tokens: Tokens, start: int, stop: int) -> Direction:
    has_infinitive = False
    for index in range(stop - 1, start - 1, -1):
        if found := _told_by(tokens, index):
            return "future" if has_infinitive and tokens.word(index) in _PROMISES else found
        has_infinitive = has_infinitive or (tokens.kind(index) == "TO" and index + 1 < stop and tokens.kind(index + 1) == "WORD")
    return ""


def _after(tokens: Tokens, start: int, stop: int) -> Direction:
    return next((found for index in range(start, stop) if (found := _told_by(tokens, index))), "")


def _told_by(tokens: Tokens, index: int) -> Direction:
    word = tokens.word(index)
    is_future = word in _FUTURE
    is_past = word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST)
    if not (is_future or is_past):
        return ""
    raw = tokens.raw(index)
    if raw[0].isupper() and raw not in _SENTENCE_STARTERS:
        return ""
    if is_future:
        return "future"
    before = tokens.word(index - 1)
    if before == "to" or (before == "be" and tokens.word(index - 2) == "to"):
        return "future"
    return "" if before == "be" else "past"
