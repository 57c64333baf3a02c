"""Distinguish narratives (histories, biographies) from news. In a narrative the previous date is the reference time, in news the publication."""

import datetime
from collections.abc import Sequence
from typing import Final

from sitegen.ingest.timex.readings import Ago, Candidate, Offset, PartialDate, TimeOfDay, TimexReading, Weekday

_YEARS_BACK: Final = 2
_MANY: Final = 4
_SOME: Final = 2


def is_narrative(candidates: Sequence[Candidate], published: datetime.date) -> bool:
    """Judge by the dates themselves: many full dates long past, and few counted from the publication.

    A short text is a narrative if it opens with such a date and counts none from the publication. “last Wednesday” is always counted from
    the publication, however much history surrounds it.

    """
    readings = [candidate.reading for candidate in candidates]
    if any(isinstance(reading, Weekday) and reading.step is not None and not reading.is_anaphoric for reading in readings):
        return False
    full = [
        reading
        for reading in readings
        if isinstance(reading, PartialDate) and reading.year is not None and reading.grain not in ("decade", "century")
    ]
    back = sum(is_long_before(reading, published) for reading in full)
    near = sum(map(_is_from_publication, readings))
    if back >= _MANY:
        return 2 * back > len(full) and back > 2 * near
    dated = [reading for reading in readings if isinstance(reading, PartialDate | Weekday | Offset | TimeOfDay)]
    begins = bool(dated) and dated[0] in full and is_long_before(dated[0], published) and full[0].grain in ("day", "month")
    return begins and back >= _SOME and back == len(full) and not near


def is_long_before(reading: TimexReading, published: datetime.date) -> bool:
    """Whether its year is at least two years from the publication’s."""
    return isinstance(reading, PartialDate) and reading.year is not None and abs(published.year - reading.year) >= _YEARS_BACK


def _is_from_publication(reading: TimexReading) -> bool:
    if isinstance(reading, TimeOfDay) and reading.day is not None:
        return _is_from_publication(reading.day)
    if isinstance(reading, PartialDate):
        return reading.step is not None
    return isinstance(reading, Weekday | Ago) or (isinstance(reading, Offset) and reading.origin == "published")
