"""Amounts of time as TIMEX3 durations."""

from typing import Final

from sitegen.ingest.timex.grammar import RuleMatch

AMOUNT: Final = "(?:(?:NEARLY|ABOUT|OVER|MORE THAN|AT LEAST){0,3} (?:one=A|n=COUNT|VAGUE|A VAGUE) STRAIGHT?)"
"pattern for “nearly two”, “a”, “a few”"

_TENFOLD: Final = {"DE": 10, "CE": 100}


def fraction(found: RuleMatch) -> float | int:
    """The fraction that “and a half”, “-1/2” or “½” adds to an amount; 0 without one."""
    if not found.has("and_half"):
        return 0
    return float(found.value("and_half")) if found.kind("and_half") == "FRACTION" else 0.5


def duration(count: float | int | str, letters: str) -> str:
    """The TIMEX3 duration: P3D, PT24H, P2.5Y; PXM for “months”. Decades and centuries become years, as in ISO 8601."""
    if letters == "FN":
        letters, count = "W", count if isinstance(count, str) else 2 * count
    if letters == "NI":
        letters = "D"
    if letters in _TENFOLD and not isinstance(count, str):
        letters, count = "Y", _TENFOLD[letters] * count
    if isinstance(count, float) and count == int(count):
        count = int(count)
    if letters == "TH" and count == 0.5:
        return "PT30M"
    return f"PT{count}{letters[1]}" if letters in ("TH", "TM", "TS") else f"P{count}{letters}"
