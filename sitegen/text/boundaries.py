"""Find out where a text may be cut: not inside a word or a number, nor between a letter and its marks.

A word is longer here than in `words`, since a part can mean the opposite of the whole: "can’t" and "re-entry" are one word each,
"1,500", "-5" and "€1.5m" one number. Scripts without spaces between words may be cut between any two letters.
"""

import re
import unicodedata

_AROUND = 60
"characters examined on each side"

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf"  # Thai, Lao, Tibetan, Burmese, Khmer, Tai scripts
    "\u2e80-\u30ff\u31f0-\u31ff\u3400-\u9fff\ua980-\ua9df\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U00016fe0-\U00018dff\U0001aff0-\U0003ffff"
)  # Han, kana, Javanese, Tangut
_BLANKS = "[ \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]"
_WORD = re.compile(
    rf"""
    (?: (?<![\w)\]%]) [-‐‑–−+±~≈<>≤≥] )? [$¢-¥\u20a0-\u20cf＄￡￥]? \d{{1,3}} (?:{_BLANKS} \d{{3}} (?!\d))+ (?: [.,] \d+ )?   # 1 500
    | (?: (?<![\w)\]%]) [-‐‑–−+±~≈<>≤≥] (?=[$¢-¥\u20a0-\u20cf＄￡￥]?\d) )?
      (?: [$¢-¥\u20a0-\u20cf＄￡￥] (?=\d) )?
      [^\W{_UNSPACED}]+
      (?: (?: ['’‘ʼ＇&‐‑-] | (?<=\d)[.,:/–−](?=\d) | (?<![^\W{_UNSPACED}]{{2}})\.(?![^\W{_UNSPACED}]{{2}}) ) [^\W{_UNSPACED}]+ )*
      (?: (?<=\d)[%‰°$¢-¥\u20a0-\u20cf] )?
    """,
    re.VERBOSE,
)
_ELIDED = re.compile(r"(?:[cdjlmst]|(?:jus|lors|puis|quoi)?qu|(?:d|n|s)?ell|[dns]?all|un|quest|quell|sant)['’ʼ]", re.IGNORECASE)
"French and Italian words that lose their last letter before a vowel; not n’, which is half a negation"
_PLAIN_NEIGHBOURS = frozenset(' \n\t,;!?()“”"«»…—')
_PLAIN_BEFORE = frozenset((" '", " ‘"))
_PLAIN_BEHIND = frozenset((".", ". ", ".\n", ": ", "’ ", "' ", ".”", '."'))
"common characters beside a word; the fast path for nearly all cuts"


def is_inside_word(text: str, at: int) -> bool:
    """Whether the characters before and at *at* belong to the same word."""
    if not 0 < at < len(text):
        return False
    if text[at].isalpha() and (text[at - 1] in _PLAIN_NEIGHBOURS or text[at - 2 : at] in _PLAIN_BEFORE):
        return False
    if text[at - 1].isalpha() and (text[at] in _PLAIN_NEIGHBOURS or text[at : at + 2] in _PLAIN_BEHIND):
        return False
    left, right = _letters(text[max(0, at - _AROUND) : at]), _letters(text[at : at + _AROUND])
    if unicodedata.category(text[at]).startswith("M"):
        return left != "" and not left[-1].isspace()
    for word in _WORD.finditer(left + right):
        if word.start() < len(left) < word.end():
            return not _ELIDED.fullmatch(word[0], 0, len(left) - word.start())
    return False


def _letters(text: str) -> str:
    """Without combining marks and invisible characters, such as soft hyphens."""
    return (
        text
        if text.isascii()
        else "".join(character for character in text if unicodedata.category(character) not in ("Mn", "Mc", "Me", "Cf"))
    )


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span, extended to whole words at both ends."""
    while is_inside_word(text, start):
        start -= 1
    while is_inside_word(text, end):
        end += 1
    return start, end
