"""Temporal expressions in a report: where they are, and which day, period or duration each means.

The text is split into tokens, each of one kind (`typed_tokens`, `word_kinds`). Rules are patterns over these kinds (the `_rules` modules,
in the syntax of `grammar`); what they match becomes candidates (`matching`), and a date in two parts becomes one (`compound_dates`,
`nights`). Ambiguous dates in figures are settled for the whole report (`date_order`). The resolver then goes through the candidates in
order and counts each from its reference time (`anchoring`): the publication, the date mentioned before, or whichever the tense of its
verb allows (`tense`). The result is written as TIMEX3 and EDTF (`normalisation`).

`tag` returns the expressions as TimeML marks them; `dates` also joins a range of days into one expression (`ranges`).

"""

import datetime

from sitegen.ingest.timex.normalisation import Timex
from sitegen.ingest.timex.ranges import with_ranges
from sitegen.ingest.timex.resolver import tag

__all__ = ["Timex", "dates", "tag"]


def dates(text: str, published: datetime.date) -> tuple[Timex, ...]:
    """The temporal expressions of a text. A range of days (“May 5 through May 7”) is one expression whose value is an interval."""
    return with_ranges(text, tag(text, published))
