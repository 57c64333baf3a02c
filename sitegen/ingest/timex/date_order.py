"""Decide whether dates in figures put the day or the month first: beside 25/04/2023, 03/04/2023 is 3 April."""

import bisect
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from sitegen.ingest.timex.readings import AmbiguousDate, Candidate, PartialDate, TimeOfDay, TimexReading
from sitegen.ingest.timex.tense import direction
from sitegen.ingest.timex.typed_tokens import TypedTokens

DateOrder = Literal["", "day", "month"]

_MAX_DATELINE: Final = 12
"tokens"


def with_date_order(tokens: TypedTokens, found: Sequence[Candidate], begins: Sequence[int], published: datetime.date) -> list[Candidate]:
    """The candidates, with ambiguous dates settled if anything in the report shows their order.

    *begins* are the indexes of the first token of each sentence.

    """
    if not any(_either(candidate.reading) for candidate in found):
        return list(found)
    read = [_by_itself(tokens, candidate, begins, published) for candidate in found]
    examples: dict[DateOrder, str] = {}
    for candidate in read:
        day = candidate.reading.day if isinstance(candidate.reading, TimeOfDay) else candidate.reading
        if isinstance(day, PartialDate) and day.order:
            examples.setdefault(day.order, tokens.text[tokens.starts[candidate.first] : tokens.ends[candidate.last]])
    return [_by_others(candidate, examples) for candidate in read]


def _either(reading: TimexReading) -> AmbiguousDate | None:
    day = reading.day if isinstance(reading, TimeOfDay) else reading
    return day if isinstance(day, AmbiguousDate) else None


def _with_day(candidate: Candidate, day: PartialDate | AmbiguousDate) -> Candidate:
    return replace(candidate, reading=replace(candidate.reading, day=day) if isinstance(candidate.reading, TimeOfDay) else day)


def _in_order(candidate: Candidate, either: AmbiguousDate, order: DateOrder, shown_by: str) -> Candidate:
    partial = either.day_first if order == "day" else either.month_first
    return _with_day(candidate, replace(partial, order=order, shown_by=shown_by))


def _by_others(candidate: Candidate, examples: dict[DateOrder, str]) -> Candidate:
    either = _either(candidate.reading)
    if either is None or not examples:
        return _with_day(candidate, either.day_first) if either and either.is_dotted else candidate
    if len(examples) > 1:
        return _with_day(candidate, replace(either, is_mixed=True))
    [(order, example)] = examples.items()
    return _in_order(candidate, either, order, f"as in {example}")


def _by_itself(tokens: TypedTokens, candidate: Candidate, begins: Sequence[int], published: datetime.date) -> Candidate:
    """Settle a date by its weekday, by the day of publication if it is a dateline, or by the tense of its verb."""
    either = _either(candidate.reading)
    if either is None:
        return candidate
    days = dict(_days(either))
    checks = (
        (_weekdays(either, days), "by its weekday"),
        (_dateline_days(tokens, candidate, days, published), "by the day of publication"),
        (_possible_days(tokens, candidate, begins, days, published), "by the tense of its verb"),
    )
    for orders, shown_by in checks:
        if len(orders) == 1:
            return _in_order(candidate, either, orders[0], shown_by)
    return candidate


def _days(either: AmbiguousDate) -> Iterator[tuple[DateOrder, datetime.date]]:
    for order, partial in (("day", either.day_first), ("month", either.month_first)):
        yield ("day" if order == "day" else "month"), datetime.date(partial.year or 1, partial.number, partial.day)


def _weekdays(either: AmbiguousDate, days: dict[DateOrder, datetime.date]) -> list[DateOrder]:
    return [order for order, day in days.items() if day.isoweekday() == either.day_first.weekday]


def _dateline_days(
    tokens: TypedTokens, candidate: Candidate, days: dict[DateOrder, datetime.date], published: datetime.date
) -> list[DateOrder]:
    """A dateline is never later than the publication."""
    if not _is_dateline(tokens, candidate):
        return []
    return [order for order, day in days.items() if day == published] or [order for order, day in days.items() if day <= published]


def _is_dateline(tokens: TypedTokens, candidate: Candidate) -> bool:
    """Whether the date is in a short line of its own, or opens a line and a dash follows."""
    start = candidate.first
    while start and tokens.kind(start - 1) != "BREAK" and candidate.first - start < _MAX_DATELINE:
        start -= 1
    end = candidate.last + 1
    while tokens.kind(end) not in ("", "BREAK") and end - start < _MAX_DATELINE:
        end += 1
    is_opening = start == 0 or tokens.kind(start - 1) == "BREAK"
    is_short = tokens.kind(end) in ("", "BREAK") and tokens.kind(end - 1) != "DOT"
    return is_opening and (is_short or tokens.kind(candidate.last + 1) == "DASH")


def _possible_days(
    tokens: TypedTokens, candidate: Candidate, begins: Sequence[int], days: dict[DateOrder, datetime.date], published: datetime.date
) -> list[DateOrder]:
    """The past tense excludes days after the publication, the future tense days before it."""
    sentence = bisect.bisect_right(begins, candidate.first) - 1
    ends = (*begins[sentence + 1 : sentence + 2], len(tokens.starts))
    way = direction(tokens, candidate.first, candidate.last, begins[sentence], ends[0])
    if way == "past":
        return [order for order, day in days.items() if day <= published]
    return [order for order, day in days.items() if day >= published] if way == "future" else []
