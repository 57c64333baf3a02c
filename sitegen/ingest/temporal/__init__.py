"""Dates in a report: where they stand, what they say, and what day or period that is.

A text becomes tokens of a few kinds (tokens, lexicon); rules over kinds find readings (the modules in _rules; reading tries those that
can begin with a word, by beginnings, and joins what they find); each is placed on the calendar, one after the other (anchoring), by the
publication, the date told before it, or the tense of its verb (tense, verbs), and written as TIMEX3 and as EDTF (values).
"""

from sitegen.ingest.temporal.expressions import Expression, tag

__all__ = ["Expression", "tag"]
