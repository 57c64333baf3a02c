"""Join ranges and lists of days into one period: “from May 5 through May 7”, “5, 6 and 7 May”, “Friday–Sunday”.

TimeML marks the days of a range separately, and so does `tag`. To say when something happened, the whole range is needed.

"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sitegen.ingest.timex.normalisation import Timex
from sitegen.ingest.timex.word_kinds import ENTRIES

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TO: Final = re.compile(r",?\s*(?:[-–—‑−/]|\b(?:up\s+|through\s+)?(?:to|till?|until|through|thru)\b)\s*", re.IGNORECASE)
_AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)
_COMMA_AND: Final = re.compile(r",\s+and\s+", re.IGNORECASE)
_COMMA: Final = re.compile(r",\s+")
_BETWEEN: Final = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_MAX_OPENING: Final = 10
_MAX_LENGTH: Final = datetime.timedelta(days=92)
"a longer one is a life or a reign"

_A_DAY: Final = datetime.timedelta(days=1)


def with_ranges(text: str, expressions: Sequence[Timex]) -> tuple[Timex, ...]:
    """The expressions, with each range or list of days joined into one."""
    return tuple(_with_ranges(text, expressions))


def _with_ranges(text: str, expressions: Sequence[Timex]) -> Iterator[Timex]:
    index = 0
    while index < len(expressions):
        last = _end_of_range(text, expressions, index) or _end_of_list(text, expressions, index)
        yield _whole(text, expressions[index], expressions[last]) if last else expressions[index]
        index = max(index, last) + 1


def _end_of_range(text: str, expressions: Sequence[Timex], index: int) -> int:
    """Index of the range’s last day; 0 if there is no range."""
    if index + 1 == len(expressions):
        return 0
    one, other = expressions[index : index + 2]
    first, last = _day(one), _day(other)
    if first is None or last is None or not _A_DAY <= last - first <= _MAX_LENGTH or _is_weekday(one) is not _is_weekday(other):
        return 0
    between = text[one.end : other.start]
    opening = text[max(0, one.start - _MAX_OPENING) : one.start]
    is_range = _TO.fullmatch(between) or (_AND.fullmatch(between) and _BETWEEN.search(opening))
    return index + 1 if is_range else 0


def _end_of_list(text: str, expressions: Sequence[Timex], index: int) -> int:
    """Index of the last of consecutive days up to an “and”; 0 if there is no list."""
    last = 0
    for place, (one, other) in enumerate(zip(expressions[index:], expressions[index + 1 :], strict=False), start=index):
        first, second = _day(one), _day(other)
        if first is None or second is None or second - first != _A_DAY or _is_weekday(one) is not _is_weekday(other):
            break
        if _AND.fullmatch(text, one.end, other.start) or (place > index and _COMMA_AND.fullmatch(text, one.end, other.start)):
            last = place + 1
            break
        if not _COMMA.fullmatch(text, one.end, other.start):
            break
    return last


def _day(expression: Timex) -> datetime.date | None:
    """None if the expression is not a single day, or has a clock time."""
    edtf = expression.edtf or ""
    return datetime.date.fromisoformat(edtf) if _DAY.fullmatch(edtf) else None


def _is_weekday(expression: Timex) -> bool:
    """Whether a weekday alone names the day."""
    words = expression.text.split()
    kind, _ = ENTRIES.get(words[0].lower().strip(".,"), ("", ""))
    return kind in ("WEEKDAY", "WEEKDAY_SHORT") and not any(word[0].isdigit() for word in words)


def _whole(text: str, one: Timex, other: Timex) -> Timex:
    period = f"{one.edtf}/{other.edtf}"
    quoted, mark, reason = one.why.rpartition("”")
    before = quoted.removesuffix(" ".join(one.text.split()))
    words = " ".join(text[one.start : other.end].split())
    return replace(
        one, end=other.end, text=text[one.start : other.end], type="DATE", value=period, edtf=period, why=f"{before}{words}{mark}{reason}"
    )
