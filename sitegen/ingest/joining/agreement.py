"""Whether two dates can mean one day, and how surely; and the days and months that a date is looked for under.

An entry dated by one day among several may have happened on any of them, so it agrees with each. What lasted from one day to another
is not what happened on a day between. A month, or a date that is only about right, leaves so much open that the wording must decide.
A report that tells no day is dated by its publication, and may tell of the day before.
"""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from sitegen.dates import Date, parse

Agreement = Literal["", "eve", "loose", "unit", "within", "day"]
"""how surely two dates are one

day: the same day, or one span of days. within: a day and the days it is among, or two such sets that overlap. unit: the same month, season,
year or longer span. loose: a day and its month; an approximate date; a day and what began on it. eve: a day and that of the publication after it. Empty: they contradict.
"""

_LONGEST_SET = 14
"days: one among more is as good as a month"
_LONGEST_LOOSE = 31
"days: in a season or a year too much happens"
_HEDGES = str.maketrans("", "", "?~%")
_HOURS_APART = 6 * 3600
"seconds: what happened twice on one day, rather than two clocks for one event"


def agreement(one: Date, other: Date) -> Agreement:
    """The same whichever comes first."""
    return _agreement(one.edtf, other.edtf)  # texts are much cheaper keys than dates


@lru_cache(maxsize=65536)
def _agreement(first: str, second: str) -> Agreement:
    one, other = parse(first), parse(second)
    if _is_about(one) or _is_about(other):
        return "loose" if _bare(one) == _bare(other) or (_meet(one, other) and _are_short(one, other)) else ""
    if one.edtf == other.edtf:
        return "unit" if _days(one) > _LONGEST_SET else "day"
    if _is_day(one) and _is_day(other):
        if one.earliest != other.earliest:
            return ""
        return "loose" if _are_hours_apart(one, other) else "day"
    if _is_among(one) and _is_among(other):
        return "within" if _meet(one, other) else ""
    if _begins_with(one, other) or _begins_with(other, one):
        return "loose"
    is_loose = (_is_day(one) or _is_day(other)) and _meet(one, other)
    return "loose" if is_loose and _are_short(one, other) else ""


def is_eve(one: Date, other: Date) -> bool:
    """Whether one is the day before the other."""
    if one.earliest is None or other.earliest is None or not (_is_day(one) and _is_day(other)):
        return False
    return other.earliest - one.earliest == datetime.timedelta(days=1)


def eve_of(date: Date) -> Iterator[str]:
    """The key of the day before a day."""
    if date.earliest is not None and date.earliest > datetime.date.min and _is_day(date):
        yield _day(date.earliest - datetime.timedelta(days=1))


def filed_under(date: Date) -> Iterator[str]:
    """Keys under which a date stands."""
    if date.earliest is None or date.latest is None:
        yield from (_day(bound) for bound in (date.earliest or date.latest,) if bound)
    elif _days(date) <= _LONGEST_SET:
        yield from map(_day, _each_day(date))
    elif _are_short(date):
        yield from _months(date)
    else:
        yield _bare(date)


def looked_up_under(date: Date) -> Iterator[str]:
    """Keys under which every date stands that may agree with it."""
    yield from filed_under(date)
    if _are_short(date):
        yield from _months(date)
        yield from map(_day, _each_day(date))


def more_precise(one: Date, other: Date) -> Date:
    """Of dates that agree; of equals the first by its text."""
    return min(one, other, key=lambda date: (_days(date), date.shape != "time", _is_about(date), date.edtf))


def _days(date: Date) -> int:
    if date.earliest is None or date.latest is None:
        return datetime.date.max.toordinal()
    return date.latest.toordinal() - date.earliest.toordinal() + 1


def _is_about(date: Date) -> bool:
    return date.is_approximate or date.is_uncertain


def _is_day(date: Date) -> bool:
    return date.shape in ("day", "time") and _days(date) == 1


def _is_among(date: Date) -> bool:
    """Whether it is one day, known or among a few."""
    return _is_day(date) or (date.shape == "set" and _days(date) <= _LONGEST_SET)


def _are_short(*dates: Date) -> bool:
    return all(_days(date) <= _LONGEST_LOOSE for date in dates)


def _bare(date: Date) -> str:
    """Without what says that it is about right, or in doubt."""
    return date.edtf.translate(_HEDGES)


def _meet(one: Date, other: Date) -> bool:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    return one.earliest <= other.latest and other.earliest <= one.latest


def _begins_with(lasting: Date, other: Date) -> bool:
    """“Since Monday”, and Monday."""
    return lasting.shape == "interval" and lasting.latest is None and _is_day(other) and lasting.earliest == other.earliest


def _are_hours_apart(one: Date, other: Date) -> bool:
    if one.placed_by.second is None or other.placed_by.second is None or one.placed_by.offset != other.placed_by.offset:
        return False
    return abs(one.placed_by.second - other.placed_by.second) > _HOURS_APART


def _each_day(date: Date) -> Iterator[datetime.date]:
    if date.earliest is not None:
        for more in range(_days(date)):
            yield date.earliest + datetime.timedelta(days=more)


def _months(date: Date) -> Iterator[str]:
    if date.earliest is None or date.latest is None:
        return
    first, last = (bound.year * 12 + bound.month - 1 for bound in (date.earliest, date.latest))
    for month in range(first, last + 1):
        yield f"month {month // 12:04}-{month % 12 + 1:02}"


def _day(day: datetime.date) -> str:
    return f"day {day.isoformat()}"
