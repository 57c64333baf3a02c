"""Write dates in words, with the patterns and names of a catalogue: English, or another one.

A catalogue maps keys to patterns, such as `date_day_month_year = "{day} {month} {year}"`.
"""

from collections.abc import Mapping

from sitegen.dates.bounds import MONTHS, SEASONS, WEEKDAYS, Bound

DateWords = Mapping[str, str]

ENGLISH: DateWords = {
    **{f"month_{number}": name for number, name in enumerate(MONTHS, 1)},
    **{f"season_{number}": name for number, name in enumerate(SEASONS, 1)},
    **{f"weekday_{number}": name for number, name in enumerate(WEEKDAYS, 1)},
    "date_year": "{year}",
    "date_the_year": "the year {year}",
    "date_month": "{month}",
    "date_month_year": "{month} {year}",
    "date_day": "{day}",
    "date_day_month": "{day} {month}",
    "date_day_month_year": "{day} {month} {year}",
    "date_decade": "the {decade}s",
    "date_century": "the {ordinal} century",
    "ordinal": "{number}th",
    "ordinal_1": "{number}st",
    "ordinal_2": "{number}nd",
    "ordinal_3": "{number}rd",
    "date_time": "{date}, {time}",
    "date_perhaps": "perhaps {date}",
    "date_about": "about {date}",
    "date_perhaps_about": "perhaps about {date}",
    "date_span": "{begin} to {end}",
    "date_from": "from {date}",
    "date_until": "until {date}",
    "date_end_unknown": "from {date}, end unknown",
    "date_begin_unknown": "until {date}, beginning unknown",
    "date_from_on": "from {date} on",
    "date_by": "by {date}",
    "date_one_day": "one day from {begin} to {end}",
    "date_one_month": "one month from {begin} to {end}",
    "date_one_season": "one season from {begin} to {end}",
    "date_one_year": "one year from {begin} to {end}",
    "date_one_decade": "one decade from {begin} to {end}",
    "date_one_century": "one century from {begin} to {end}",
    "date_some_time": "some time from {begin} to {end}",
}

_HEDGES = {"?": "date_perhaps", "~": "date_about", "%": "date_perhaps_about"}


def calendar_label(words: DateWords, year: int | str = 0, month: str = "", day: int = 0) -> str:
    """`7 April 2023`, or as many of its parts as are given; at least one must be."""
    parts = {"day": day, "month": month, "year": year}
    key = "_".join(["date", *(part for part, value in parts.items() if value)])
    return words[key].format_map(parts)


def bound_label(bound: Bound, words: DateWords = ENGLISH, before: Bound | None = None) -> str:
    """The label without the time. *before* is the end of the same span: the parts that both share are written there only."""
    label = _unhedged(bound, words, before)
    hedge = _HEDGES.get(bound.edtf[-1])
    return words[hedge].format(date=label) if hedge else label


def clock_label(bound: Bound) -> str:
    """`02:50 (UTC+3)`; empty for a date without a time."""
    if bound.second is None:
        return ""
    minutes, seconds = divmod(bound.second, 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if bound.offset is None:
        return clock
    if bound.offset == 0:
        return f"{clock} (UTC)"
    hours, rest = divmod(abs(bound.offset), 60)
    return f"{clock} (UTC{'+' if bound.offset > 0 else '−'}{hours}" + (f":{rest:02})" if rest else ")")


def century_label(number: int, words: DateWords, pattern: str = "date_century") -> str:
    ending = f"ordinal_{number % 10}"
    ordinal = words[ending if ending in words and not 11 <= number % 100 <= 13 else "ordinal"].format(number=number)
    return words[pattern].format(ordinal=ordinal)


def _unhedged(bound: Bound, words: DateWords, before: Bound | None) -> str:
    if bound.shape == "century":
        return century_label(bound.first.year // 100 + 1, words)
    if bound.shape == "decade":
        return words["date_decade"].format(decade=bound.first.year // 10 * 10)
    year, month, day = _year(bound), _month_or_season(bound, words), bound.day or 0
    if before and bound.shape == "year" and bound.first.year <= 31 and before.month:  # “3 to 7 April 80” is five days
        return words["date_the_year"].format(year=year)
    if before and month and year == _year(before) and _month_or_season(before, words):
        year = ""
        if day and before.day and bound.month == before.month:
            month = ""
    return calendar_label(words, year, month, day)


def _month_or_season(bound: Bound, words: DateWords) -> str:
    if bound.shape == "season":
        return words[f"season_{bound.first.month // 3}"]
    return words[f"month_{bound.month}"] if bound.month else ""


def _year(bound: Bound) -> str:
    """2023, or both years of a winter: 2023–24, 1999–2000."""
    year, last = bound.first.year, bound.last.year
    if bound.shape != "season" or year == last:
        return str(year)
    return f"{year}–{last % 100:02}" if year >= 1000 and year // 100 == last // 100 else f"{year}–{last}"
