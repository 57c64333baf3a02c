"""Dates as an author writes them, in EDTF: `parse` reads one, `Date` holds it."""

from sitegen.dates.bounds import MONTHS, SEASONS, WEEKDAYS, Bound, DateError, Shape
from sitegen.dates.edtf import Date, parse

__all__ = ["MONTHS", "SEASONS", "WEEKDAYS", "Bound", "Date", "DateError", "Shape", "parse"]
