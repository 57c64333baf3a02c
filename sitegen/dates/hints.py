"""Suggest what an author may have meant by a text that is not an EDTF date.

A text that resembles a date is rewritten as the EDTF dates it could mean. Those that `edtf` accepts go into the hint, and the author chooses.
"""

import datetime
import re
from collections.abc import Callable, Iterator

from sitegen.dates.bounds import MONTHS, point

EXAMPLES = (
    "write 2023-04-07, 2023-04, 2023, 2023-05-20~ (about), 2023-04-03/2023-04-07 (from, to) or [2023-04-03..2023-04-07] (one of these days)"
)

Meanings = Iterator[str]

_MAX_LENGTH = 80  # longer texts aren't meant as dates, and hostile ones would cost time
_DASHES = "‐‑‒–—―−"
_SEASON_CODES = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_FILLERS = {"the", "of", "to", "and", "st", "nd", "rd", "th", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_PREFIXES = {
    **dict.fromkeys(("about", "around", "circa", "ca.", "c."), "{}~"),
    **dict.fromkeys(("perhaps", "maybe", "possibly"), "{}?"),
    **dict.fromkeys(("from", "since"), "{}/.."),
    **dict.fromkeys(("until", "till"), "../{}"),
    "by": "[..{}]",
}
_BESIDE = {"before": ("[..{}]", -1), "after": ("[{}..]", 1)}


def refusal(text: str, label_of: Callable[[str], str]) -> tuple[str, str]:
    """(message, hint) for a text that doesn't have the form of a date.

    *label_of* returns the label of a date, or an empty text if it doesn't have the form either. It raises DateError if the
    calendar has no such date; that error then explains the text.
    """
    if not text:
        return "the date is missing", EXAMPLES
    shown = " ".join(text.split())
    if len(text) > _MAX_LENGTH:
        return f"“{shown[:40]}…” is not a date", EXAMPLES
    for reason, meanings in _ATTEMPTS:
        dates = [date for date in dict.fromkeys(meanings(text)) if label_of(date)]
        if len(dates) == 1:
            return f"“{shown}” {reason}", f"write {dates[0]}"
        if dates:
            choices = [f"{date} ({label_of(date)})" for date in dates]
            return f"“{shown}” can mean more than one date", f"write {', '.join(choices[:-1])} or {choices[-1]}"
    for pattern, message, hint in _FORMS_LEFT_OUT:
        if re.fullmatch(pattern, text):
            return message, hint
    return f"“{shown}” is not a date", EXAMPLES


def _years(text: str) -> Meanings:
    """2019-2021, 2019–21, 2023/24, 2011/12."""
    match = re.fullmatch(rf"([0-9]{{4}})\s*([-/{_DASHES}])\s*([0-9]{{2}}|[0-9]{{4}})", text)
    if match:
        first, separator, last = match.groups()
        if separator == "/" and first[2:] < last <= "12":
            yield f"{first}-{last}"
        last = first[:-2] + last if len(last) == 2 else last
        if first < last:
            yield from _spans([first, last])


def _hyphens(text: str) -> Meanings:
    if any(dash in text for dash in _DASHES):
        yield re.sub(rf"[{_DASHES}]", "-", text)


def _two_ends(text: str) -> Meanings:
    ends = re.split(rf"\s+(?:to|until|till|-)\s+|\s*[{_DASHES}]\s*", text)
    if len(ends) == 2:
        yield from _spans(ends)


def _spans(ends: list[str]) -> Meanings:
    """Both readings: an interval, and one day among several."""
    yield "/".join(ends)
    yield f"[{'..'.join(ends)}]"


def _day_or_month_first(text: str) -> Meanings:
    """04/07/2023, 7.4.2023: either number may be the month."""
    match = re.fullmatch(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})", text)
    if match:
        one, _, other, year = match.groups()
        readings = ((one, other), (other, one))
        yield from sorted(f"{year}-{month:0>2}-{day:0>2}" for month, day in readings if int(month) <= 12)


def _year_first(separators: str) -> Callable[[str], Meanings]:
    def meanings(text: str) -> Meanings:
        match = re.fullmatch(rf"([0-9]{{4}})([{separators}])([0-9]{{1,2}})(?:\2([0-9]{{1,2}}))?", text)
        if match:
            year, _, month, day = match.groups()
            if day:
                yield f"{year}-{month:0>2}-{day:0>2}"
            elif int(month) <= 12:
                yield f"{year}-{month:0>2}"

    return meanings


def _digits(text: str) -> Meanings:
    if re.fullmatch(r"[0-9]{8}", text):
        yield f"{text[:4]}-{text[4:6]}-{text[6:]}"


def _words(text: str) -> Meanings:
    """7 April 2023; Friday, April 7th, 2023; 3 to 7 April 2023; spring 2023; the 1930s; the 20th century."""
    tokens = [token for token in re.findall(r"[^\W\d_]+|[0-9]+", text.casefold()) if token not in _FILLERS]
    months = [code for token in tokens if (code := _month_or_season(token))]
    years = [token for token in tokens if re.fullmatch(r"[0-9]{4}", token)]
    days = [token for token in tokens if re.fullmatch(r"[0-9]{1,2}", token)]
    if len(months) == len(years) == 1 and len(tokens) == 2 + len(days) <= 4:
        ends = [f"{years[0]}-{months[0]}-{day:0>2}" for day in days] or [f"{years[0]}-{months[0]}"]
        yield from ends if len(ends) == 1 else _spans(ends)
    elif len(tokens) == 2 and years and tokens[1] == "s":
        yield f"{years[0][:3]}X"
    elif len(tokens) == 2 and days and tokens[1] == "century":
        yield f"{int(days[0]) - 1:02}XX"


def _month_or_season(word: str) -> str:
    for number, month in enumerate(MONTHS, start=1):
        if len(word) >= 3 and month.casefold().startswith(word):
            return f"{number:02}"
    return _SEASON_CODES.get(word, "")


def _prefixed(text: str) -> Meanings:
    """about 2023-05-20, by May 2023, before May 2023 (which excludes May)."""
    prefix = re.match(r"[A-Za-z]+\.?", text)
    word = prefix[0].casefold() if prefix else ""
    rest = text[len(word) :].strip()
    dates = (rest, *_words(rest))
    if word in _PREFIXES:
        yield from (_PREFIXES[word].format(date) for date in dates)
    if word in _BESIDE:
        form, step = _BESIDE[word]
        yield from (form.format(_beside(date, step)) for date in dates if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", date))


def _beside(date: str, step: int) -> str:
    """The day before (-1) or after (1) a day; likewise for months and years. At the ends of the calendar, the date itself.

    Raises: DateError if the calendar has no such date.
    """
    bound = point(date)
    day = bound.first if step < 0 else bound.last
    if day in (datetime.date.min, datetime.date.max) or bound.shape == "season":
        return date
    return f"{day + datetime.timedelta(days=step)}"[: len(date)]


def _spaces(text: str) -> Meanings:
    if re.search(r"\s", text):
        yield re.sub(r"\s", "", text)


def _space_before_time(text: str) -> Meanings:
    match = re.fullmatch(r"([0-9-]{10})\s+([0-9]{1,2}):([0-9:]+)\s*(\S*)", text)
    if match:
        day, hour, minutes, zone = match.groups()
        yield f"{day}T{hour:0>2}:{minutes}{zone}"


def _capitals(text: str) -> Meanings:
    if text.upper() != text:
        yield text.upper()


def _brackets(text: str) -> Meanings:
    inside = text.strip("[]")
    if inside != text:
        yield f"[{inside}]" if ".." in inside else inside


def _dots(text: str) -> Meanings:
    yield re.sub(r"\.{3,}|…", "..", text)


def _sign_on_time(text: str) -> Meanings:
    match = re.fullmatch(r"([0-9-]{10})(T\S+)([?~%])", text)
    if match:
        day, time, sign = match.groups()
        yield day + time
        yield day + sign


def _sign_in_front(text: str) -> Meanings:
    if text[0] in "?~%":
        yield text[1:].strip() + text[0]


def _two_signs(text: str) -> Meanings:
    if text.endswith(("?~", "~?")):
        yield text[:-2] + "%"


def _times_in_span(text: str) -> Meanings:
    if "/" in text or ".." in text:
        without = re.sub(r"T[0-9:Z+-]+", "", text)
        first, _, last = without.partition("/")
        yield first if first == last else without


_ATTEMPTS: tuple[tuple[str, Callable[[str], Meanings]], ...] = (
    ("names two years", _years),
    ("has dashes instead of hyphens", _hyphens),
    ("names two dates", _two_ends),
    ("doesn’t start with the year", _day_or_month_first),
    ("needs two digits for the month and two for the day", _year_first("-")),
    ("has slashes or dots instead of hyphens", _year_first("./")),
    ("has no hyphens", _digits),
    ("is written in words", _words),
    ("is written in words", _prefixed),
    ("has a space instead of a T before the time", _space_before_time),
    ("has spaces in it", _spaces),
    ("needs capital letters", _capitals),
    ("has brackets that it doesn’t need", _brackets),
    ("has too many dots", _dots),
    ("has a time, which can’t be followed by ?, ~ or %", _sign_on_time),
    ("has its ?, ~ or % in front", _sign_in_front),
    ("has both ? and ~", _two_signs),
    ("has times, which an interval or a set can’t have", _times_in_span),
)

_FORMS_LEFT_OUT = (
    (r".*[{}].*", "sets in braces are not supported", "write an entry for each of its dates, or an interval: 2023-04-03/2023-04-07"),
    (r".*,.*", "lists of dates are not supported", "write the first and the last one: [2023-04-03..2023-04-07]"),
    (r"Y.*|-[0-9].*|[0-9]{5,}(-.*)?", "years run from 0001 to 9999", "write the year with four digits: 2023, 0800"),
    (r"(\.\.)?/(\.\.)?|\[?\.\.\]?", "an open date needs a start or an end", "write 2023-04-03/.. or ../2023-04-07"),
    (
        r"[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?",
        "an X can only replace the last digits, with nothing known after them",
        "write 193X, 19XX, 2023-XX or 2023-04-XX",
    ),
    (
        r"[0-9X-]*T.*",
        "a time needs a day, hours and minutes",
        "write 2023-06-06T02:50, with Z or an offset if you know the time zone: 2023-06-06T02:50+03:00",
    ),
)
