"""Rules for periods that figures are compared with: “the same quarter last year”, “the year-earlier period”."""

from typing import Final

from sitegen.ingest.timex.grammar import RuleMatch, RuleResult, rules
from sitegen.ingest.timex.periods import GRAINS, PER_YEAR
from sitegen.ingest.timex.readings import Offset


def _a_year_ago(found: RuleMatch) -> RuleResult:
    """A year before the previous date and of the same length: a quarter for a quarter, a month for a month."""
    if found.value("year") != "Y":
        return None
    grain = GRAINS.get(str(found.value("unit"))) if found.has("unit") else None
    if grain in PER_YEAR:
        return Offset(grain, -PER_YEAR[grain], "previous")
    return Offset("year", -1, "previous", keeps_grain=True)


_THE_SAME: Final = "THE (?:SAME|CORRESPONDING) (?:PERIOD|TIME|unit=(QUARTER|UNIT))"

COMPARISON_RULES: Final = rules(
    {
        f"{_THE_SAME} (?:OF|IN)? THE? (?:LAST|PREVIOUS) year=UNIT": _a_year_ago,
        f"{_THE_SAME} A? year=UNIT DASH? (?:AGO|EARLIER|BEFORE)": _a_year_ago,
        "(?:THE|A)? year=UNIT DASH (?:AGO|EARLIER) (?:PERIOD|unit=(QUARTER|UNIT))": _a_year_ago,
    }
)
