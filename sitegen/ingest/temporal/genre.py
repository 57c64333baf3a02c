"""Whether a text narrates (a history, a life): then the last date told anchors the next; in news the publication does."""

import datetime
from collections.abc import Sequence
from typing import Final

from sitegen.ingest.temporal.meanings import Ago, Hour, Meaning, Partial, Reading, Shift, Weekday

_YEARS_BACK: Final = 2
_MANY: Final = 4
_SOME: Final = 2


def is_narrative(readings: Sequence[Reading], published: datetime.date) -> bool:
    """By the dates themselves: full years that lie well back, and few days told from the publication.

    A short text narrates if it begins with such a date and tells none from the publication. “last Wednesday” is told from
    the publication, however much history stands around it.
    """
    meanings = [reading.meaning for reading in readings]
    if any(isinstance(meaning, Weekday) and meaning.turn is not None and not meaning.is_told for meaning in meanings):
        return False
    full = [
        meaning
        for meaning in meanings
        if isinstance(meaning, Partial) and meaning.year is not None and meaning.grain not in ("decade", "century")
    ]
    back = sum(is_long_before(meaning, published) for meaning in full)
    near = sum(map(_is_from_publication, meanings))
    if back >= _MANY:
        return 2 * back > len(full) and back > 2 * near
    dated = [meaning for meaning in meanings if isinstance(meaning, Partial | Weekday | Shift | Hour)]
    begins = bool(dated) and dated[0] in full and is_long_before(dated[0], published) and full[0].grain in ("day", "month")
    return begins and back >= _SOME and back == len(full) and not near


def is_long_before(meaning: Meaning, published: datetime.date) -> bool:
    """Whether it tells a year that lies apart from the publication's."""
    return isinstance(meaning, Partial) and meaning.year is not None and abs(published.year - meaning.year) >= _YEARS_BACK


def _is_from_publication(meaning: Meaning) -> bool:
    if isinstance(meaning, Hour) and meaning.day is not None:
        return _is_from_publication(meaning.day)
    if isinstance(meaning, Partial):
        return meaning.turn is not None
    return isinstance(meaning, Weekday | Ago) or (isinstance(meaning, Shift) and meaning.origin == "published")
