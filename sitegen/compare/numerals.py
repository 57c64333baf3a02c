"""Find numbers, in figures or in words, and their values: seven is 7, 1.5 million is 1,500,000."""

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.text.words import WordForm, words

_CURRENCIES = "$€£¥₴₽₺"
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "m": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_VAGUE = "dozen dozens scores hundreds thousands millions billions half quarter"
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_WEAK = "one first second half quarter"
"words that often aren't numbers; they count as one only if another number replaces them"


def _spelled(listed: str) -> list[str]:
    return [word.spelled for word in words(listed)]


_VALUES = dict(zip(_spelled(_ONES), range(20), strict=True)) | dict(zip(_spelled(_TENS), range(20, 100, 10), strict=True))
_COMPOUND = {
    f"{ten}{one}": tens + ones for ten, tens in _VALUES.items() if tens >= 20 for one, ones in _VALUES.items() if 0 < ones < 10
}  # twenty-five, its hyphen folded
_ALL = _VALUES | _COMPOUND
_NAMED = {form: form for form in (*_spelled(_VAGUE), *_spelled(_ORDINALS))}
_NAMED |= {form: f"{number}th" for number, form in enumerate(_spelled(_ORDINALS), start=3)} | {"1st": "1th", "2nd": "2th", "3rd": "3th"}
WEAK = frozenset(_spelled(_WEAK))


@dataclass(frozen=True, slots=True)
class Number:
    start: int
    "code points into the text; includes a currency sign"
    end: int
    count: int
    "words"
    key: str
    "the same however the number is written"


def number_at(text: str, found: Sequence[WordForm], index: int) -> Number | None:
    """The number that begins at the word at *index*, if any."""
    word = found[index]
    if not word.spelled[0].isdigit() and word.spelled not in _ALL and word.spelled not in _NAMED:
        return None
    stop, key = _read(found, index)
    start, end = word.start, found[stop - 1].end
    if start and text[start - 1] in _CURRENCIES:
        start -= 1
        key = text[start] + key
    if stop < len(found) and found[stop].spelled == "percent":
        end, key, stop = found[stop].end, key + "%", stop + 1
    return Number(start, end, stop - index, key)


def _read(found: Sequence[WordForm], index: int) -> tuple[int, str]:
    """(index after the number, its key)"""
    first = found[index].spelled
    value = _value(first)
    if value is None:
        return index + 1, _NAMED.get(first, first)
    total, current, stop, last = 0.0, value, index + 1, value
    while stop < len(found):
        spelled = found[stop].spelled
        scale = _SCALES.get(spelled)
        if scale == 100:
            current *= 100
        elif scale:
            total, current = total + current * scale, 0.0
        elif spelled in _ALL and _goes_on(last, _ALL[spelled]):
            current += _ALL[spelled]
        elif not (spelled == "and" and last >= 100 and stop + 1 < len(found) and found[stop + 1].spelled in _ALL):
            break
        last = float(scale) if scale else float(_ALL.get(spelled, last))
        stop += 1
    return stop, f"{total + current:.12g}"


def _value(spelled: str) -> float | None:
    """None for words that aren't plain numbers, such as the route 0506 or 10:30."""
    if spelled in _ALL:
        return float(_ALL[spelled])
    is_plain = (
        spelled.replace(".", "", 1).isdecimal()
        and spelled.isascii()
        and (spelled[0] != "0" or spelled.startswith(("0.",)) or spelled == "0")
    )
    return float(spelled) if is_plain else None


def _goes_on(last: float, value: float) -> bool:
    """Whether the next word continues the number with a lower order: two hundred five, thirty two."""
    return last >= 100 or (20 <= last < 100 and last % 10 == 0 and 0 < value < 10)
