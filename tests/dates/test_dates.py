"""Dates: the cases in cases/dates.md, word for word, and properties of all dates."""

import datetime
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.dates import MONTHS, SEASONS, Date, DateError, parse

CASES = Path(__file__).parents[1] / "cases" / "dates.md"


def cases() -> list[tuple[str, str, str]]:
    """(title, text, expected) of each case, in the manner of markdown-it-py's fixtures: a title, then two blocks between dots."""
    blocks = re.findall(r"^(\S.*)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.\n", CASES.read_text(encoding="utf-8"), re.MULTILINE)
    return [(title, text.removesuffix("\n"), expected) for title, text, expected in blocks]


def shown(text: str) -> str:
    """What the text is read as, or why not, in the form of the case file."""
    date = date_or_refusal(text)
    if isinstance(date, DateError):
        return f"message: {date.message}\nhint: {date.hint}\n"
    traits = (
        date.shape,
        "exact" if date.is_exact else "",
        "approximate" if date.is_approximate else "",
        "uncertain" if date.is_uncertain else "",
        date.weekday,
    )
    return (
        f"label: {date.label}\n"
        f"extent: {date.earliest or 'open'} to {date.latest or 'open'}\n"
        f"under: {' '.join(str(part) for part in (date.years, date.month, date.day) if part)}\n"
        f"edtf: {date}\n"
        f"is: {', '.join(trait for trait in traits if trait)}\n"
    )


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, expected, id=title) for title, text, expected in cases()])
def test_a_text_is_read_or_refused_as_its_case_says(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_each_case_has_a_title_of_its_own_and_none_is_skipped() -> None:
    titles = [title for title, _, _ in cases()]
    assert len(titles) == len(set(titles)) == CASES.read_text(encoding="utf-8").count("\n.\n") // 3


# Random dates of every shape, as an author may write them.

days = st.dates().map(str)
months = st.dates().map(lambda day: f"{day:%Y}".zfill(4) + f"-{day.month:02}")
years = st.integers(1, 9999).map("{:04}".format)
seasons = st.builds("{:04}-{}".format, st.integers(1, 9998), st.integers(21, 24))
decades = st.integers(0, 999).map("{:03}X".format)
centuries = st.integers(0, 99).map("{:02}XX".format)
unspecified = st.one_of(years.map("{}-XX".format), years.map("{}-XX-XX".format), months.map("{}-XX".format))
points = st.builds(
    "{}{}".format, st.one_of(days, months, years, seasons, decades, centuries, unspecified), st.sampled_from(["", "", "", "?", "~", "%"])
)
zones = st.one_of(
    st.sampled_from(["", "Z", "+03", "-00:00", "+14:00", "-12:00"]),
    st.builds("{}{:02}:{:02}".format, st.sampled_from("+-"), st.integers(0, 11), st.integers(0, 59)),
)
clocks = st.times().map(lambda time: time.isoformat("minutes")) | st.times().map(lambda time: time.isoformat("seconds"))
times = st.builds("{}T{}{}".format, days, clocks, zones)


@st.composite
def closed_ends(draw: st.DrawFn) -> tuple[str, str]:
    """Two ends, the second of which can be at most 60 days later than the first, known as well or worse."""
    first = draw(points)
    latest = parse(first).latest or datetime.date.max
    day = datetime.date.fromordinal(min(latest.toordinal() + draw(st.integers(0, 60)), datetime.date.max.toordinal()))
    year, month = f"{day.year:04}", f"{day.month:02}"
    return first, draw(st.sampled_from([str(day), f"{day}~", f"{year}-{month}", f"{year}-{month}?", year, f"{year[:3]}X", f"{year[:2]}XX"]))


def open_ends(*signs: str) -> st.SearchStrategy[tuple[str, str]]:
    sign = st.sampled_from(signs)
    return st.tuples(points, sign) | st.tuples(sign, points)


intervals = (closed_ends() | open_ends("", "..")).map("/".join)
sets = st.builds(str.format, st.sampled_from(["{}", "[{}]"]), (closed_ends() | open_ends("")).map("..".join))
texts = st.one_of(points, times, intervals, sets)


@given(texts)
def test_what_is_written_of_a_date_reads_back_as_that_date(text: str) -> None:
    date = parse(text)
    assert parse(str(date)) == date
    assert str(parse(str(date))) == str(date)


@given(texts)
def test_a_date_begins_before_it_ends(text: str) -> None:
    date = parse(text)
    assert date.earliest or date.latest
    assert (date.earliest or datetime.date.min) <= (date.latest or datetime.date.max)


@given(texts, texts)
def test_dates_of_all_shapes_sort_by_their_earliest_day(one: str, other: str) -> None:
    first, second = sorted((parse(one), parse(other)), key=lambda date: date.sort_key)
    assert place(first) <= place(second)


def place(date: Date) -> datetime.date:
    day = date.earliest or date.latest
    assert day
    return day


@settings(max_examples=500)
@given(texts)
def test_a_dates_label_sort_order_filter_and_drawn_extent_agree(text: str) -> None:
    """A date’s label, order and extent agree: the first bound that the label names is the earliest day, the last one the latest."""
    date = parse(text)
    assert extent_named_by(date.label) == (date.earliest, date.latest)
    assert date.sort_key[0] == place(date).toordinal()
    if date.month:
        assert (int(date.years), date.month) == (place(date).year, place(date).month)
    if date.day:
        assert date.day == place(date).day


def extent_named_by(label: str) -> tuple[datetime.date | None, datetime.date | None]:
    """(first day, last day) of an English label, read independently of the code that wrote it."""
    plain = re.sub(r"perhaps |about |, (end|beginning) unknown|, \d\d:\d\d.*", "", label)
    if plain.startswith("from "):
        return days_named_by(plain.partition(" ")[2].removesuffix(" on"))[0], None
    if plain.startswith(("until ", "by ")):
        return None, days_named_by(plain.partition(" ")[2])[1]
    plain = re.sub(r"^(one \w+|some time) from ", "", plain)
    first, _, last = plain.partition(" to ")
    if last:
        first = completed(first, last)
    return days_named_by(first)[0], days_named_by(last or first)[1]


def completed(first: str, last: str) -> str:
    """“3” before “7 April 2023” is “3 April 2023”, “April” before “2 May 2023” is “April 2023”."""
    if first.isdecimal() and int(first) <= 31:
        return f"{first} {last.partition(' ')[2]}" if re.match(r"\d+ [A-Z]", last) else first
    return first if re.search(r"\d$|century$|0s$", first) else f"{first} {last.split()[-1]}"


def days_named_by(words: str) -> tuple[datetime.date, datetime.date]:
    if century := re.fullmatch(r"the (\d+)(?:st|nd|rd|th) century", words):
        last_year = 100 * int(century[1]) - 1
        return datetime.date(max(1, last_year - 99), 1, 1), datetime.date(last_year, 12, 31)
    if decade := re.fullmatch(r"the (\d*)0s", words):
        number = int(decade[1] or 0)
        return datetime.date(max(1, 10 * number), 1, 1), datetime.date(10 * number + 9, 12, 31)
    day, unit, year = re.fullmatch(r"(?:the year )?(?:(\d+) )?(?:([A-Za-z]+) )?(\d+)(?:–\d+)?", words).groups()  # type: ignore[union-attr]
    first_month, last_month = months_named_by(unit)
    first = datetime.date(int(year), first_month, int(day or 1))
    following = datetime.date.max if (first.year, last_month) == (9999, 12) else first_of_month(int(year), last_month + 1)
    last = following if following == datetime.date.max else following - datetime.timedelta(days=1)
    return first, first if day else last


def months_named_by(unit: str | None) -> tuple[int, int]:
    """The months that a month's or season's name spans; winter runs to month 14, the next February."""
    if unit is None:
        return 1, 12
    if unit in SEASONS:
        month = 3 * SEASONS.index(unit) + 3
        return month, month + 2
    return MONTHS.index(unit) + 1, MONTHS.index(unit) + 1


def first_of_month(year: int, month: int) -> datetime.date:
    return datetime.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


@given(st.text() | st.text("0123456789-/.[]~?%XTZ:+ ", max_size=24) | st.text("0123-/.~X[]", max_size=14))
@example("2023-04-31T24:00")
@example("[2023....]")
@example("9999-24/9999-24")
def test_any_text_is_one_date_or_a_refusal_with_a_hint(text: str) -> None:
    outcome = date_or_refusal(text)
    if isinstance(outcome, DateError):
        assert all((outcome.message, outcome.hint))
    else:
        assert parse(str(outcome)) == outcome
        assert extent_named_by(outcome.label) == (outcome.earliest, outcome.latest)


@given(st.text("0123456789-/.[]~?%XTZ:+ –", max_size=30))
def test_a_date_that_a_hint_offers_is_one(text: str) -> None:
    outcome = date_or_refusal(text)
    if isinstance(outcome, DateError) and (offered := re.fullmatch(r"write (\S+)|swap its two ends: (\S+)", outcome.hint)):
        assert parse(offered[1] or offered[2])


def date_or_refusal(text: str) -> Date | DateError:
    try:
        return parse(text)
    except DateError as error:
        return error


@pytest.mark.parametrize("text", [" 2023-04-07", "2023-04-07 \n", "\t2023-04-07\u00a0"])
def test_white_space_around_a_date_is_ignored(text: str) -> None:
    assert parse(text) == parse("2023-04-07")


def test_white_space_alone_is_no_date() -> None:
    assert shown(" \n\t") == shown("")


@pytest.mark.parametrize(
    "text",
    [
        "2023-04-07\n2023-04-08",
        "2023-02-29",
        "1900-02-29",
        "٢٠٢٣-٠٤-٠٧",
        "2023-04-07x",
        "2023-04-7",
        "20233-04",
        "2023-04-03/2023-04-07/2023-04-09",
    ],
)
def test_nothing_is_read_that_only_resembles_a_date(text: str) -> None:
    with pytest.raises(DateError):
        parse(text)


@pytest.mark.parametrize(
    "texts",
    [
        ("2023-06-06", "2023-06-06T00:00+03:00", "2023-06-06T02:50+02:00", "2023-06-06T02:51+03:00", "2023-06-06T02:52", "2023-06-07"),
        ("2023-06-06T02:50", "2023-06-06T02:50:30", "2023-06-06T02:51"),
        ("2023-04-29", "[..2023-04]", "2023-05"),
        ("193X", "1930-01-02", "../1939-12-31", "1940"),
        ("2023-06-06T23:59-12:00", "2023-06-07T00:00+14:00"),
    ],
)
def test_dates_sort_in_this_order(texts: tuple[str, ...]) -> None:
    in_reverse = [parse(text) for text in reversed(texts)]
    assert [str(date) for date in sorted(in_reverse, key=lambda date: date.sort_key)] == list(texts)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023-06-06T02:50+03", "2023-06-06T02:50+03:00"),
        ("2023-04-07", "2023-04-07"),
        ("2023-04", "2023-04"),
        ("2023", "2023"),
        ("2023~", ""),
        ("2023-XX", ""),
        ("193X", ""),
        ("2023-21", ""),
        ("2023-04-03/2023-04-07", ""),
        ("[2023-04-03..2023-04-07]", ""),
    ],
)
def test_html_gets_exact_dates_only(text: str, value: str) -> None:
    assert parse(text).html_datetime == value


def test_a_refusal_travels_between_processes() -> None:
    with pytest.raises(DateError) as refused:
        parse("soon")
    copy = pickle.loads(pickle.dumps(refused.value))
    assert (copy.message, copy.hint, str(copy)) == (refused.value.message, refused.value.hint, "“soon” is not a date")


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"])
def test_no_machines_zone_or_language_moves_a_date(zone: str) -> None:
    program = "from sitegen.dates import parse; d = parse('2023-06-06T02:50+03:00'); print(d.label, d.weekday, d.sort_key, d.earliest)"
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        env={"TZ": zone, "LC_ALL": "uk_UA.UTF-8", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    ).stdout
    assert told == "6 June 2023, 02:50 (UTC+3) Tuesday (738677, 1, 10200) 2023-06-06\n"
