"""Resolve dates that name only some of their parts: “April”, “6 April”, “the 21st”, “last June”."""

from dataclasses import replace
from typing import Final

from sitegen.ingest.timex.holidays import holiday_date
from sitegen.ingest.timex.period_labels import period_label
from sitegen.ingest.timex.periods import CalendarPeriod, day_period, enclosing, is_finer, shifted
from sitegen.ingest.timex.readings import PartialDate
from sitegen.ingest.timex.resolution import ReferenceTime, Resolution

_ONWARD_DAYS: Final = 20
"a narrative moves forward: of two Februaries equally far from the previous date, prefer the later"

_YEARS_OF_A_CYCLE: Final = 8
"29 February recurs within eight years, even across 1900"

_RECENT_DAYS: Final = 31


def resolved_partial(partial: PartialDate, reference: ReferenceTime) -> Resolution:
    if partial.year is not None:
        order = f", the {partial.order} first, {partial.shown_by}" if partial.shown_by else ""
        return _checked(partial, Resolution(period_in_year(partial, partial.year), f"as written{order}"))
    if partial.number or partial.holiday or partial.grain != "day":
        return _checked(partial, _without_year(partial, reference))
    return _day_of_month(partial, reference)


def _checked(partial: PartialDate, found: Resolution) -> Resolution:
    """A date is doubtful if the weekday beside it is another."""
    day = found.period.first if found.period else None
    if not partial.weekday or day is None or day.isoweekday() == partial.weekday:
        return found
    weekday, _, date = period_label(day_period(day)).partition(" ")
    return replace(found, why=f"{found.why}, though {date} is a {weekday}", is_doubtful=True)


def _without_year(partial: PartialDate, reference: ReferenceTime) -> Resolution:
    is_anaphoric = reference.previous is not None and (reference.is_narrative or reference.carries_year)
    is_anaphoric = partial.is_anaphoric or (is_anaphoric and (reference.is_narrative or partial.step is None))
    base = reference.base if is_anaphoric else day_period(reference.published)
    if base.year < 0:
        return Resolution(period_in_year(partial, base.year), f"in {period_label(base)}, told before")
    candidates = _candidates(partial, base.year, reference)
    if not candidates:
        return Resolution(None, "is no day of the calendar")
    if reference.range_start and (period := next((period for period in candidates if _days(reference.range_start, period) >= 0), None)):
        return Resolution(period, f"after {period_label(reference.range_start)}, told before")
    if partial.step is not None:
        return _by_step(partial.step, candidates, base)
    if is_anaphoric:
        period = _nearest_previous(candidates, base) if reference.is_narrative else _of_year(candidates, base.year)
        return Resolution(period, f"near {period_label(base)}, told before")
    return _by_direction(candidates, reference)


def _candidates(partial: PartialDate, year: int, reference: ReferenceTime) -> list[CalendarPeriod]:
    """The same date in the surrounding years, in order; with a weekday, only those that fall on it, if there are any.

    If the date was in the past month, a wrong weekday is likelier than a date of another year.

    """
    reach = _YEARS_OF_A_CYCLE if (partial.number, partial.day) == (2, 29) else 1
    periods = [period for year in range(max(1, year - reach), year + reach + 1) if (period := period_in_year(partial, year))]
    matching = [period for period in periods if period.first and period.first.isoweekday() == partial.weekday]
    today = day_period(reference.published)
    is_recent = reference.direction == "past" and any(-_RECENT_DAYS <= _days(today, period) <= 0 for period in periods)
    if is_recent and all(_days(today, period) > 0 for period in matching):
        return periods
    return matching or periods


def period_in_year(partial: PartialDate, year: int) -> CalendarPeriod | None:
    """None if the year has no such day."""
    if partial.holiday:
        day = holiday_date(partial.holiday, year) if 1582 < year < 4099 else None
        return day_period(day) if day else None
    period = CalendarPeriod(partial.grain, year, partial.number, partial.day)
    try:
        return period if year < 0 or period.first else None
    except ValueError:
        return None


def _by_step(step: int, candidates: list[CalendarPeriod], base: CalendarPeriod) -> Resolution:
    """“last June”, “this spring”, “next quarter”."""
    first, last = base.first, base.last
    if step == 0:
        return Resolution(next((period for period in candidates if period.year == base.year), None), f"is that of {base.year}")
    if step < 0:
        before = [period for period in candidates if first and period.last and period.last < first]
        return Resolution(before[-1] if before else None, f"before {period_label(base)}")
    after = [period for period in candidates if last and period.first and period.first > last]
    return Resolution(after[0] if after else None, f"after {period_label(base)}")


def _nearest_previous(candidates: list[CalendarPeriod], base: CalendarPeriod) -> CalendarPeriod:
    """In the year of the previous date, and near it if it is a month or a day."""
    if is_finer(base.grain, "year"):
        return min(candidates, key=lambda period: abs(_days(base, period) - _ONWARD_DAYS))
    return _of_year(candidates, base.year)


def _of_year(candidates: list[CalendarPeriod], year: int) -> CalendarPeriod:
    return min(candidates, key=lambda period: abs(period.year - year))


def _days(one: CalendarPeriod, other: CalendarPeriod) -> int:
    return (other.first - one.first).days if one.first and other.first else 0


def _by_direction(candidates: list[CalendarPeriod], reference: ReferenceTime) -> Resolution:
    today = day_period(reference.published)
    past = [period for period in candidates if _days(today, period) <= 0]
    future = [period for period in candidates if period.last and period.last >= reference.published]
    if reference.direction == "past" and past:
        return Resolution(past[-1], f"before {period_label(today)}")
    if reference.direction == "future" and future:
        return Resolution(future[0], f"after {period_label(today)}")
    return Resolution(min(candidates, key=lambda period: abs(_days(today, period))), f"nearest to {period_label(today)}")


def _day_of_month(partial: PartialDate, reference: ReferenceTime) -> Resolution:
    """“the 21st” of the previous date’s month; in news also of a neighbouring month, if the verb or the weekday requires it."""
    base = reference.base
    if base.first is None or base.grain not in ("day", "month", "week"):
        return Resolution(None, "of a month that isn't told")
    month = CalendarPeriod("month", base.first.year, base.first.month)
    if reference.is_narrative or base.grain == "month":
        return Resolution(_in_month(partial, month), f"in the month of {period_label(base)}")
    ways = {"past": (0, -1, -2), "future": (0, 1, 2)}.get(reference.direction, (0, -1, 1))
    near = [day for way in ways if (other := shifted(month, way)) and (day := _in_month(partial, other))]
    fitting = [day for day in near if _fits(partial, day, reference)]
    found = next(iter(fitting or near), None)
    return Resolution(
        found, f"in the month of {period_label(base)}" if found and enclosing(found, "month") == month else f"near {period_label(base)}"
    )


def _in_month(partial: PartialDate, month: CalendarPeriod) -> CalendarPeriod | None:
    return period_in_year(replace(partial, number=month.number), month.year)


def _fits(partial: PartialDate, period: CalendarPeriod, reference: ReferenceTime) -> bool:
    day = period.first
    if day is None or (partial.weekday and day.isoweekday() != partial.weekday):
        return False
    return not (reference.direction == "past" and day > reference.published) and not (
        reference.direction == "future" and day < reference.published
    )
