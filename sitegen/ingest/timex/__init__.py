"""Dates in a report: where they stand, what they say, and what day or period that is.

A text becomes tokens of a few kinds (tokens, lexicon); rules over kinds find candidates (the modules in _rules; candidate tries those that
can begin with a word, by first_set, and joins what they find: pieces); each is resolved on the calendar, one after the other (anchoring),
by the publication, the date told before it, or the tense of its verb (tense, verbs), and written as TIMEX3 and as EDTF (values). Dates in
figures are read in the order that the report shows (orders). `tag` gives the expressions as TimeML marks them, `dates` those of a range
of days in one (ranges).
"""

import datetime

from sitegen.ingest.timex.normalisation import Timex
from sitegen.ingest.timex.ranges import with_ranges
from sitegen.ingest.timex.resolver import tag

__all__ = ["Timex", "dates", "tag"]


def dates(text: str, published: datetime.date) -> tuple[Timex, ...]:
    """The temporal expressions of a text; a range of days (“May 5 through May 7”) is one, whose value is an interval."""
    return with_ranges(text, tag(text, published))
