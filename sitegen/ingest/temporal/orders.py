"""Whether a report's dates in figures begin with the day or with the month: 03/04/2023 beside 25/04/2023 is 3 April."""

import bisect
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from sitegen.ingest.temporal.meanings import EitherOrder, Hour, Meaning, Partial, Reading
from sitegen.ingest.temporal.tense import direction
from sitegen.ingest.temporal.tokens import Tokens

Order = Literal["", "day", "month"]

_LONGEST_DATELINE: Final = 12
"tokens"


def settled(tokens: Tokens, found: Sequence[Reading], begins: Sequence[int], published: datetime.date) -> list[Reading]:
    """The readings, with one order for ambiguous dates where anything in the report shows it.

    *begins* are the first tokens of the sentences.
    """
    if not any(_either(reading.meaning) for reading in found):
        return list(found)
    read = [_by_itself(tokens, reading, begins, published) for reading in found]
    examples: dict[Order, str] = {}
    for reading in read:
        day = reading.meaning.day if isinstance(reading.meaning, Hour) else reading.meaning
        if isinstance(day, Partial) and day.order:
            examples.setdefault(day.order, tokens.text[tokens.starts[reading.first] : tokens.ends[reading.last]])
    return [_by_others(reading, examples) for reading in read]


def _either(meaning: Meaning) -> EitherOrder | None:
    day = meaning.day if isinstance(meaning, Hour) else meaning
    return day if isinstance(day, EitherOrder) else None


def _with_day(reading: Reading, day: Partial | EitherOrder) -> Reading:
    return replace(reading, meaning=replace(reading.meaning, day=day) if isinstance(reading.meaning, Hour) else day)


def _in_order(reading: Reading, either: EitherOrder, order: Order, shown_by: str) -> Reading:
    partial = either.day_first if order == "day" else either.month_first
    return _with_day(reading, replace(partial, order=order, shown_by=shown_by))


def _by_others(reading: Reading, examples: dict[Order, str]) -> Reading:
    either = _either(reading.meaning)
    if either is None or not examples:
        return _with_day(reading, either.day_first) if either and either.is_dotted else reading
    if len(examples) > 1:
        return _with_day(reading, replace(either, is_mixed=True))
    [(order, example)] = examples.items()
    return _in_order(reading, either, order, f"as in {example}")


def _by_itself(tokens: Tokens, reading: Reading, begins: Sequence[int], published: datetime.date) -> Reading:
    """By the weekday beside it, the publication day of a dateline, or the tense of its verb."""
    either = _either(reading.meaning)
    if either is None:
        return reading
    days = dict(_days(either))
    checks = (
        (_weekdays(either, days), "by its weekday"),
        (_dateline_days(tokens, reading, days, published), "by the day of publication"),
        (_possible_days(tokens, reading, begins, days, published), "by the tense of its verb"),
    )
    for orders, shown_by in checks:
        if len(orders) == 1:
            return _in_order(reading, either, orders[0], shown_by)
    return reading


def _days(either: EitherOrder) -> Iterator[tuple[Order, datetime.date]]:
    for order, partial in (("day", either.day_first), ("month", either.month_first)):
        yield ("day" if order == "day" else "month"), datetime.date(partial.year or 1, partial.number, partial.day)


def _weekdays(either: EitherOrder, days: dict[Order, datetime.date]) -> list[Order]:
    return [order for order, day in days.items() if day.isoweekday() == either.day_first.weekday]


def _dateline_days(tokens: Tokens, reading: Reading, days: dict[Order, datetime.date], published: datetime.date) -> list[Order]:
    """No report has a dateline from after its publication."""
    if not _is_dateline(tokens, reading):
        return []
    return [order for order, day in days.items() if day == published] or [order for order, day in days.items() if day <= published]


def _is_dateline(tokens: Tokens, reading: Reading) -> bool:
    """A short line of its own, or the opening of one up to a dash."""
    start = reading.first
    while start and tokens.kind(start - 1) != "BREAK" and reading.first - start < _LONGEST_DATELINE:
        start -= 1
    end = reading.last + 1
    while tokens.kind(end) not in ("", "BREAK") and end - start < _LONGEST_DATELINE:
        end += 1
    is_opening = start == 0 or tokens.kind(start - 1) == "BREAK"
    is_short = tokens.kind(end) in ("", "BREAK") and tokens.kind(end - 1) != "DOT"
    return is_opening and (is_short or tokens.kind(reading.last + 1) == "DASH")


def _possible_days(
    tokens: Tokens, reading: Reading, begins: Sequence[int], days: dict[Order, datetime.date], published: datetime.date
) -> list[Order]:
    """What is told in the past didn't fall after the publication, what is expected not before it."""
    sentence = bisect.bisect_right(begins, reading.first) - 1
    ends = (*begins[sentence + 1 : sentence + 2], len(tokens.starts))
    way = direction(tokens, reading.first, reading.last, begins[sentence], ends[0])
    if way == "past":
        return [order for order, day in days.items() if day <= published]
    return [order for order, day in days.items() if day >= published] if way == "future" else []
