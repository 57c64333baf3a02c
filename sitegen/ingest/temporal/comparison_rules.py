"""What figures are compared with: “the same quarter last year”, “the year-earlier period”."""

from typing import Final

from sitegen.ingest.temporal.grammar import Answer, Found, rules
from sitegen.ingest.temporal.meanings import Shift
from sitegen.ingest.temporal.periods import A_YEAR, GRAINS


def _a_year_ago(found: Found) -> Answer:
    """A year before the date told, and as long: a quarter of a quarter, a month of a month."""
    if found.value("year") != "Y":
        return None
    grain = GRAINS.get(str(found.value("unit"))) if found.has("unit") else None
    if grain in A_YEAR:
        return Shift(grain, -A_YEAR[grain], "told")
    return Shift("year", -1, "told", keeps_grain=True)


_THE_SAME: Final = "THE (?:SAME|CORRESPONDING) (?:PERIOD|TIME|unit=(QUARTER|UNIT))"

COMPARISON_RULES: Final = rules(
    {
        f"{_THE_SAME} (?:OF|IN)? THE? (?:LAST|PREVIOUS) year=UNIT": _a_year_ago,
        f"{_THE_SAME} A? year=UNIT DASH? (?:AGO|EARLIER|BEFORE)": _a_year_ago,
        "(?:THE|A)? year=UNIT DASH (?:AGO|EARLIER) (?:PERIOD|unit=(QUARTER|UNIT))": _a_year_ago,
    }
)
