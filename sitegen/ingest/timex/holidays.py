"""Holidays and other named days, and their date in a given year."""

import datetime
from collections.abc import Callable
from typing import Final

from dateutil.easter import easter
from dateutil.relativedelta import MO, SU, TH, relativedelta, weekday


def _fixed(month: int, day: int) -> Callable[[int], datetime.date]:
    return lambda year: datetime.date(year, month, day)


def _nth(month: int, day: weekday, after: int = 0) -> Callable[[int], datetime.date]:
    return lambda year: (
        datetime.date(year, month, 1) + relativedelta(day=31 if day.n and day.n < 0 else 1, weekday=day) + relativedelta(days=after)
    )


def _from_easter(days: int) -> Callable[[int], datetime.date]:
    return lambda year: easter(year) + relativedelta(days=days)


_DAYS: Final[dict[str, Callable[[int], datetime.date]]] = {
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "new year's eve": _fixed(12, 31),
    "new year's day": _fixed(1, 1),
    "new year's": _fixed(1, 1),
    "epiphany": _fixed(1, 6),
    "groundhog day": _fixed(2, 2),
    "valentine's day": _fixed(2, 14),
    "st. patrick's day": _fixed(3, 17),
    "st patrick's day": _fixed(3, 17),
    "april fools' day": _fixed(4, 1),
    "april fool's day": _fixed(4, 1),
    "earth day": _fixed(4, 22),
    "may day": _fixed(5, 1),
    "cinco de mayo": _fixed(5, 5),
    "juneteenth": _fixed(6, 19),
    "canada day": _fixed(7, 1),
    "bastille day": _fixed(7, 14),
    "halloween": _fixed(10, 31),
    "all saints' day": _fixed(11, 1),
    "armistice day": _fixed(11, 11),
    "veterans day": _fixed(11, 11),
    "anzac day": _fixed(4, 25),
    "fourth of july": _fixed(7, 4),
    "martin luther king jr. day": _nth(1, MO(+3)),
    "martin luther king day": _nth(1, MO(+3)),
    "presidents day": _nth(2, MO(+3)),
    "presidents' day": _nth(2, MO(+3)),
    "mother's day": _nth(5, SU(+2)),
    "memorial day": _nth(5, MO(-1)),
    "father's day": _nth(6, SU(+3)),
    "labor day": _nth(9, MO(+1)),
    "labour day": _nth(9, MO(+1)),
    "columbus day": _nth(10, MO(+2)),
    "election day": _nth(11, MO(+1), after=1),
    "thanksgiving day": _nth(11, TH(+4)),
    "thanksgiving": _nth(11, TH(+4)),
    "black friday": _nth(11, TH(+4), after=1),
    "cyber monday": _nth(11, TH(+4), after=4),
    "shrove tuesday": _from_easter(-47),
    "mardi gras": _from_easter(-47),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "maundy thursday": _from_easter(-3),
    "good friday": _from_easter(-2),
    "easter sunday": _from_easter(0),
    "easter monday": _from_easter(1),
    "easter": _from_easter(0),
    "pentecost": _from_easter(49),
}

_ONCE: Final = {"9/11": datetime.date(2001, 9, 11), "d-day": datetime.date(1944, 6, 6)}
"days that happened once"


def holiday_date(name: str, year: int) -> datetime.date | None:
    """The date of a holiday in a year, or None if the name is unknown. Days that happened once keep their own year."""
    if name in _ONCE:
        return _ONCE[name]
    return _DAYS[name](year) if name in _DAYS else None


def happened_once(name: str) -> bool:
    return name in _ONCE


def _pattern(name: str) -> str:
    return (
        "D-Day"
        if name == "d-day"
        else " ".join(word if word in ("of", "de") else word[:1].upper() + word[1:] for word in name.split())
        .replace("'", "['’]")
        .replace(".", r"\.")
    )


HOLIDAY_PATTERN: Final = "|".join(_pattern(name) for name in sorted([*_DAYS, *_ONCE], key=len, reverse=True))
