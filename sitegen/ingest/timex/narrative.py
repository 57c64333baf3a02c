"""Whether a text narrates (a history, a life): then the last date told anchors the next; in news the publication does."""

import datetime
from collections.abc import Sequence
from typing import Final

from sitegen.ingest.timex.readings import Ago, Candidate, Offset, PartialDate, TimeOfDay, TimexReading, Weekday

_YEARS_BACK: Final = 2
_MANY: Final = 4
_SOME: Final = 2


def is_narrative(candidates: Sequence[Candidate], published: datetime.date) -> bool:
    """By the dates themselves: full years that lie well back, and few days told from the publication.

    A short text narrates if it begins with such a date and tells none from the publication. “last Wednesday” is told from
    the publication, however much history stands around it.
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
    """Whether it tells a year that lies apart from the publication's."""
    return isinstance(reading, PartialDate) and reading.year is not None and abs(published.year - reading.year) >= _YEARS_BACK


def _is_from_publication(reading: TimexReading) -> bool:
    if isinstance(reading, TimeOfDay) and reading.day is not None:
        return _is_from_publication(reading.day)
    if isinstance(reading, PartialDate):
        return reading.step is not None
    return isinstance(reading, Weekday | Ago) or (isinstance(reading, Offset) and reading.origin == "published")
