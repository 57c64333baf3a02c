"""Split a report into sentences, with exact offsets.

Each line is a paragraph, as in a capture, and no sentence crosses it. Every mark that could end a sentence is judged by the
words before and after it. In doubt the sentence continues: two sentences quoted as one are still the report's words, but
half a sentence may say something else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"([.!?…‽؟۔।॥։]+)([\"'”’»›“‘)\]}]*)(?=\s|$)|([。！？｡]+)([」』”’）】]*)")
_GAP = re.compile(r"\s*")
_OPENING = re.compile(r"[\"'“”‘’«»‹›„‚(\[{)\]}¿¡*•….–—-]*\s*")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_QUOTES = "\"'”’»›“‘"
_MAX_WORD_LENGTH = 40  # characters examined before a full stop; no abbreviation is longer

_NEVER_LAST = _words(
    """
    adm amb asst atty brig capt cardinal cllr cmdr col cpl det dr fr gen gov hon insp lt maj messrs mgr mr mrs ms msgr mt
    pfc pres prof pvt rep reps rev revd sen sens sgt spc supt treas e.g i.e cf viz vs approx ca
    """
)
"abbreviations that precede a name or an example"

_LAST_OR_NOT = _words(
    """
    ave bldg blvd bros co corp dept dist est etc ft govt inc intl jr ltd natl plc rd sr st univ jan feb aug sept oct nov dec
    mon tues wed thurs fri
    """
)
"abbreviations that end a sentence only if the next word is in _BEGINNERS"

_BEFORE_NUMBERS = _words(
    """
    art arts ch fig figs no nos p par para pp sec vol vols
    """
)

_STATES = _words(
    """
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn tex va
    vt wash wis wyo
    """
)
"American states as newsrooms abbreviate them, after a comma"

_LETTERED = _words(
    """
    article block category class grade group hepatitis level phase plan section type vitamin zone
    """
)
"words before a letter that isn't an initial"

_BEGINNERS = _words(
    """
    a about according after afterwards again all also although among an and another any as asked at because before besides
    both but by despite during each earlier even every few finally first for four from he her here his how however i if in
    instead it its just last late later many meanwhile more most my neither next no nobody none nor not nothing now on once
    one only or other others our over perhaps several she since so some soon still such ten that the their then there these
    they this those though three thus to today tomorrow two under unlike until we what when where whether which while who
    why with within without yesterday yet you your
    """
)
"capitalised words that begin a sentence far more often than a name"

_AFTER_A_CLOCK = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan feb aug sept oct nov dec gmt utc bst est edt cst cdt mst mdt pst pdt cet cest eet eest msk
    ist jst
    """
)

_ATTRIBUTION = re.compile(
    r"(?:[^\W\d_][\w’'.-]*\s+){1,4}?(?:added|asked|asks|cried|demanded|posted|replied|said|says|shouted|told|tweeted|wrote|yelled)\b"
)

_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{2,}(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}"  # the city, in capitals
    r"(?:, [A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3}){0,2}"  # the state, the country
    r"(?:,? (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? [0-9]{1,2}(?:, [0-9]{4})?)?(?: \([^()\n]{2,40}\))?"
    r"|[A-ZÀ-Þ][\w.'’-]+(?:,? [A-ZÀ-Þ][\w.'’-]*){0,5} \((?:Reuters|AP|AFP|UPI|Xinhua|Bloomberg|CNN|dpa|IRIN|BBC)\)"
    r"|\([A-ZÀ-Þ][^()\n]{1,30}\))"  # the agency alone
    r"\s*(?:--?|[–—])(?=\s+[\"'“‘«]?[A-ZÀ-Þ])"
)
"place, day and agency before the first sentence of a report: “ISMAILIA, Egypt, March 29 -”"


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    "code points into the text"
    end: int


def sentences(text: str) -> tuple[Span, ...]:
    """The spans of all sentences, in order, without the white space between them.

    A line without a mark at its end (a headline) is a sentence too, and so is a dateline.
    """
    return tuple(span for line in _LINE.finditer(text) for span in _of_line(text, line.start(), line.end()))


def _of_line(text: str, start: int, end: int) -> Iterator[Span]:
    start = _after_gap(text, start, end)
    if dateline := _DATELINE.match(text, start, end):
        yield Span(start, dateline.end())
        start = _after_gap(text, dateline.end(), end)
    for mark in _END.finditer(text, start, end):
        behind = _after_gap(text, mark.end(), end)
        if behind == end:
            break
        if mark[3] or _ends(text, start, mark, behind, end):
            yield Span(start, mark.end())
            start = behind
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield Span(start, end)


def _ends(text: str, start: int, mark: re.Match[str], behind: int, end: int) -> bool:
    """Whether the sentence from *start* ends with *mark*; the line continues at *behind*."""
    opened = _match_end(_OPENING, text, behind, end)
    if opened == end or text[opened].islower():
        return False
    following = _WORD.match(text, opened, min(end, opened + _MAX_WORD_LENGTH))
    next_word = following[0] if following else ""
    if mark[1] != ".":
        return not (_is_quote(mark[2]) and _is_attribution(text, behind, end, next_word))
    before = _word_before(text, start, mark.start())
    if not before or _is_numbering(text, start, mark.start(), before):
        return False
    if _DOTTED.fullmatch(before):
        return _ends_with_letters(text, start, mark.start(), before, opened, end, next_word)
    return _ends_with_word(text, start, mark.start(), before, next_word)


def _ends_with_letters(text: str, start: int, stop: int, letters: str, opened: int, end: int, next_word: str) -> bool:
    """Whether a sentence ends with U.S., a.m., or the J. of a name."""
    if letters.casefold() in ("a.m", "p.m"):
        return (
            bool(next_word)
            and text[opened - 1] != "("
            and next_word.casefold() not in _AFTER_A_CLOCK
            and not re.match(r"\w+\s+time\b", text[opened : opened + 40])
        )
    if letters.casefold() in _NEVER_LAST:
        return False
    if len(letters) == 1:
        if letters.islower():
            return letters not in _BEFORE_NUMBERS or not next_word[:1].isdigit()
        previous = _word_before(text, start, max(start, stop - 2))
        if previous.casefold() in _LETTERED:
            return True
        if re.match(r"[^\W\d_]\.", text[opened : min(end, opened + 2)]):
            return False
    return next_word.casefold() in _BEGINNERS


def _ends_with_word(text: str, start: int, stop: int, word: str, next_word: str) -> bool:
    folded = word.casefold()
    if folded in _NEVER_LAST:
        return False
    if folded in _BEFORE_NUMBERS:
        return not next_word[:1].isdigit()
    if folded in _LAST_OR_NOT or (
        folded in _STATES and word[0].isupper() and text[max(start, stop - len(word) - 2) : stop].startswith(",")
    ):
        return next_word.casefold() in _BEGINNERS
    return True


def _word_before(text: str, start: int, stop: int) -> str:
    """The word right before *stop*, without quotation marks and brackets: risk in “risk”. and "risk"."""
    words = text[max(start, stop - _MAX_WORD_LENGTH) : stop].split()
    return re.split(r"[\"“‘«‹„(\[{–—/]", words[-1].rstrip(_QUOTES))[-1] if words else ""


def _is_numbering(text: str, start: int, stop: int, before: str) -> bool:
    """Whether a number only numbers the sentence: “1. The first point”."""
    return before.isdigit() and len(before) <= 2 and stop - len(before) == start


def _is_quote(closers: str) -> bool:
    return any(character in _QUOTES for character in closers)


def _is_attribution(text: str, behind: int, end: int, next_word: str) -> bool:
    """Whether an attribution follows, as in “Why?” Smith asked."""
    return next_word.casefold() not in _BEGINNERS and _ATTRIBUTION.match(text, behind, min(end, behind + 120)) is not None


def _after_gap(text: str, start: int, end: int) -> int:
    return _match_end(_GAP, text, start, end)


def _match_end(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = pattern.match(text, start, end)
    return found.end() if found else start
