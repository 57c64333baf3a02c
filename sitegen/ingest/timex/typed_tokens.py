"""Split a text into words, numbers and marks, each of one kind, so that rules can be patterns over kinds.

The kinds of a text form one string, a character for each token. A regular expression over it matches tokens, and its offsets are token
indexes.

"""

import re
from dataclasses import dataclass
from typing import Final

from sitegen.ingest.timex.holidays import HOLIDAY_PATTERN
from sitegen.ingest.timex.word_kinds import CAPITALISED, ENTRIES, WordValue

_TOKEN = re.compile(
    rf"(?P<HOLIDAY>\b(?:{HOLIDAY_PATTERN})\b)"
    r"|(?P<ISO>\d{4}(?:-\d\d-|/\d\d/)\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d/-]))"
    r"|(?P<CLOCK>\d{1,2}:\d\d(?::\d\d)?(?!\d))"
    r"|(?P<NUMERIC>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])|\d{1,2}\.\d{1,2}\.\d{4}(?!\d)|(?<![\d-])\d{1,2}-\d{1,2}-\d{4}(?![\d-]))"
    r"|(?P<DECADE>\d\d0['’]?s\b|\d{3}0['’]?s\b|\d0['’]?s\b)"
    r"|(?P<NTH>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<NUMBER>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?P<MARKED>\b(?:[aApP]\.\s?[mM]\b\.?|[Bb]\.[Cc]\.(?:[Ee]\.)?|[Aa]\.[Dd]\.|[oO]['’][cC]lock\b))"
    r"|(?P<WORD>[^\W\d_]+)"
    r"|(?P<S>['’]s\b)"
    r"|(?P<BREAK>\n)"
    r"|(?P<MARK>[^\w\s]|_)"
)
_MAX_NUMBER: Final = 15
"digits of the longest number that can be an amount or a year"

_BARE: Final = ("ISO", "CLOCK", "NUMERIC", "DECADE", "NTH", "HOLIDAY", "BREAK", "YEAR", "DAY", "YY", "NUMBER", "NAME", "WORD", "MARK")
_NAMES: Final = tuple(dict.fromkeys([*_BARE, *(kind for kind, _ in ENTRIES.values())]))

KINDS: Final = {name: chr(0xE000 + number) for number, name in enumerate(_NAMES)}
"character by the name of its kind"

_LEXICON: Final = {word: KINDS[kind] for word, (kind, _) in ENTRIES.items()}
_NEEDS_CAPITAL: Final = frozenset(KINDS[kind] for kind in CAPITALISED)
_WORD, _NAME, _MARK = KINDS["WORD"], KINDS["NAME"], KINDS["MARK"]


@dataclass(frozen=True, slots=True)
class TypedTokens:
    text: str
    starts: list[int]
    ends: list[int]
    kinds: str
    "one character for each token, see KINDS"

    def word(self, index: int) -> str:
        """In lower case, with a straight apostrophe; empty outside the text."""
        if not 0 <= index < len(self.starts):
            return ""
        return self.raw(index).lower().replace("’", "'")

    def raw(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.starts) else ""

    def kind(self, index: int) -> str:
        """The name of its kind; empty outside the text."""
        return _NAMES[ord(self.kinds[index]) - 0xE000] if 0 <= index < len(self.starts) else ""

    def value(self, index: int) -> WordValue:
        word = self.word(index)
        if word[:1].isdigit():
            return number(word)
        return ENTRIES[word][1]

    def is_tight(self, index: int) -> bool:
        """Whether the next token follows without a space."""
        return index + 1 < len(self.starts) and self.ends[index] == self.starts[index + 1]


def number(word: str) -> float | int:
    """The number that digits stand for, ordinals included."""
    plain = word.rstrip("stndrh").replace(",", "")
    return float(plain) if "." in plain else int(plain)


def typed_tokens(text: str) -> TypedTokens:
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[str] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        starts.append(start)
        ends.append(end)
        group = match.lastgroup
        if group == "WORD":
            kinds.append(_word_kind(match[0]))
        elif group == "NUMBER":
            kinds.append(KINDS[_number_kind(match[0])])
        elif group == "MARK":
            kinds.append(_LEXICON.get(match[0], _MARK))
        elif group == "MARKED":
            kinds.append(_LEXICON.get(re.sub(r"\s", "", match[0].lower()).replace("’", "'"), _WORD))
        else:
            kinds.append(KINDS[group or ""])
    return TypedTokens(text, starts, ends, "".join(kinds))


def _word_kind(word: str) -> str:
    kind = _LEXICON.get(word) or _LEXICON.get(word.lower())
    is_lower = word[0].islower()
    if kind is None or (is_lower and kind in _NEEDS_CAPITAL):
        return _WORD if is_lower else _NAME
    return kind


def _number_kind(digits: str) -> str:
    if len(digits) > _MAX_NUMBER:
        return "MARK"
    if not digits.isdigit():
        return "NUMBER"
    if len(digits) == 4 and "1000" <= digits <= "2199":
        return "YEAR"
    if len(digits) <= 2 and 1 <= int(digits) <= 31:
        return "DAY"
    return "YY" if len(digits) == 2 else "NUMBER"
