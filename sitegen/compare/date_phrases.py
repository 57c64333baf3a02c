"""Find phrases that say when, and recognise the same date written in two ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?"
    r"|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?!\w)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,:]\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\w|[.,:]\d)"
_PART = r"(?:\s+(?:morning|afternoon|evening|night|noon))"
_UNIT = r"(?:minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|decades?|centur(?:y|ies)|spring|summer|autumn|fall|winter)"
_AMOUNT = r"(?:an?|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some|many|a few)"
_WHEN = re.compile(
    "|".join(
        (
            rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?",
            rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?",
            rf"{_MONTH},?(?:\s+of)?\s+{_YEAR}",
            rf"\b(?:(?:[Ee]arli|[Ll]at)er\s+)?(?:[Ll]ast|[Nn]ext|[Tt]his|[Tt]he\s+(?:previous|following|past))\s+"
            rf"(?:{_UNIT}|{_WEEKDAY}|{_MONTH}|morning|afternoon|evening)(?!\w){_PART}?",
            rf"\b{_AMOUNT}\s+{_UNIT}\s+(?:ago|earlier|later|before)\b",
            rf"\b{_WEEKDAY}{_PART}?",
            rf"\b(?:[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight){_PART}?\b",
            rf"(?<![\w$€£]){_YEAR}",
            rf"\b(?!May\b|March\b){_MONTH}",
            r"(?<=[a-z,] )(?:March|May)\b",
            r"\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\b\d{1,2}:\d\d(?!\d)(?:\s?(?:GMT|UTC))?",
            r"\b(?:noon|midnight)\b",
        )
    )
)
_NOTHING = frozenset({"the", "of", "st", "nd", "rd", "th"})


@dataclass(frozen=True, slots=True)
class When:
    start: int
    "code points into the text"
    end: int
    key: str
    "the same however the date is written: 7 April, April 7th"


def dates(text: str, start: int, end: int) -> Iterator[When]:
    return (When(*found.span(), _key(found[0])) for found in _WHEN.finditer(text, start, end))


def _key(text: str) -> str:
    parts = [part for part in re.findall(r"[a-z]+|\d+", text.casefold()) if part not in _NOTHING]
    named = [_MONTH_KEYS.get(part[:3], part) if re.fullmatch(_MONTH, part.capitalize()) else part for part in parts]
    return "".join(sorted(named) if named != parts else named)


_MONTH_KEYS = {name.casefold(): f"m{number:02}" for number, name in enumerate(_MONTHS, start=1)}
