"""Dates in a report: where they stand, what they say, and what day or period that is.

A text becomes tokens of a few kinds (tokens, lexicon); rules over kinds find readings (calendar_rules, relative_rules, span_rules,
clock_rules; reading joins them); each is placed on the calendar, one after the other (anchoring), by the publication, the date told
before it, or the tense of its verb (tense), and written as TIMEX3 and as EDTF (values).
"""

from sitegen.ingest.temporal.expressions import Expression, tag

__all__ = ["Expression", "tag"]
