"""Dates in reports: cases in cases/ingest/timex.md, the two gold reports where present, and properties of all texts."""

import datetime
import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.dates import parse
from sitegen.ingest.timex import Timex, dates, tag
from sitegen.ingest.timex.first_sets import first_set
from sitegen.ingest.timex.periods import CalendarPeriod, Grain, shifted
from sitegen.ingest.timex.word_kinds import ENTRIES

CASES = Path(__file__).parents[2] / "cases" / "ingest" / "timex.md"
REPORTS = Path(__file__).resolve().parents[4] / "shared" / "articles"
FRIDAY = datetime.date(2023, 4, 7)

CLOCK = r"T(?:\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?|MO|MI|AF|EV|NI)"
DAY = rf"(?:BC)?(?:\d{{4}}|XXXX)-(?:\d\d|XX)-(?:\d\d|XX)(?:{CLOCK}Z?)?"
PERIOD = r"(?:BC)?(?:\d{2,4}|XXXX)|(?:BC)?(?:\d{4}|XXXX)-(?:\d\d|XX|W(?:\d\d|XX)(?:-WE|-[1-7])?|H[12]|Q[1-4]|SP|SU|FA|WI)|FY\d{4}"
LENGTH = r"P(?:T?(?:\d+(?:\.\d+)?|X)(?:DE|CE|ML|WE|[YMWDQHS])|T?\d+(?:\.\d+)?[YMWH]\d+(?:\.\d+)?[MWDS])"
TIMEX3 = re.compile(rf"{DAY}|{PERIOD}|{LENGTH}|XXXX-XX-XX{CLOCK}|(?:PAST|PRESENT|FUTURE)_REF")
"how TIMEX3 writes a value"


def cases() -> list[tuple[str, str, str]]:
    """(title, published and text, expected) of each case."""
    blocks = re.findall(r"^(\S.*)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.\n", CASES.read_text(encoding="utf-8"), re.MULTILINE)
    return [(title, source, expected) for title, source, expected in blocks]


def sentences() -> list[tuple[datetime.date, str, list[str]]]:
    """(published, sentence, “words = value, EDTF” of each expression), of the second part of the cases."""
    published = FRIDAY
    found: list[tuple[datetime.date, str, list[str]]] = []
    for line in CASES.read_text(encoding="utf-8").partition("\n## Sentences")[2].splitlines():
        if line.startswith("Published "):
            published = datetime.date.fromisoformat(line.removeprefix("Published "))
        elif line.startswith("- "):
            found.append((published, line.removeprefix("- "), []))
        elif line.startswith("  "):
            found[-1][2].append(line.strip())
    return found


def shown(expression: Timex) -> str:
    return f"{expression.text} | {expression.type} | {expression.value} | {expression.edtf or '–'}\n"


@pytest.mark.parametrize(("source", "expected"), [pytest.param(source, expected, id=title) for title, source, expected in cases()])
def test_a_text_is_read_as_its_case_says(source: str, expected: str) -> None:
    published, _, text = source.removesuffix("\n").partition("\n")
    assert "".join(map(shown, tag(text, datetime.date.fromisoformat(published)))) == expected


def test_each_case_has_a_title_of_its_own_and_none_is_skipped() -> None:
    titles = [title for title, _, _ in cases()]
    dots = CASES.read_text(encoding="utf-8").splitlines().count(".")
    assert 3 * len(titles) == 3 * len(set(titles)) == dots


@pytest.mark.parametrize(("published", "sentence", "expected"), sentences())
def test_a_sentence_is_read_as_an_annotator_would(published: datetime.date, sentence: str, expected: list[str]) -> None:
    told = tag(sentence, published)
    assert [f"{one.text} = {one.value}" + (f", {one.edtf}" if one.edtf not in (None, one.value) else "") for one in told] == expected


def test_there_are_sentences_of_all_groups() -> None:
    assert len(sentences()) > 150
    assert len({published for published, _, _ in sentences()}) > 4


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("He said so on Wednesday.", "“on Wednesday” before Friday 7 April 2023"),
        ("It will begin on Wednesday.", "“on Wednesday” after Friday 7 April 2023"),
        ("He said so on Friday.", "“on Friday” is Friday 7 April 2023"),
        ("It fell last month.", "“last month” counted from Friday 7 April 2023"),
        ("It fell in February 2022.", "“in February 2022” as written"),
        ("It lasted for two years.", "“two years” is a length of time"),
        ("They meet every Tuesday.", "“every Tuesday” comes again and again"),
        ("He is now in Rome.", "“now” names no day"),
        ("It must end this month.", "“this month” is that of Friday 7 April 2023"),
        ("It ends tonight.", "“tonight” is Friday 7 April 2023"),
        ("It will be ready in June.", "“in June” after Friday 7 April 2023"),
        ("The vote had been due on April 10.", "“on April 10” nearest to Friday 7 April 2023"),
        ("It fell at 9 a.m. yesterday.", "“at 9 a.m. yesterday” counted from Friday 7 April 2023"),
        ("The shop closes at 9 p.m.", "“at 9 p.m.” on Friday 7 April 2023"),
    ],
)
def test_a_reading_says_why(text: str, why: str) -> None:
    assert [expression.why for expression in tag(text, FRIDAY)] == [why]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("On 3 April he left. Later that day he came back.", "“Later that day” is Monday 3 April 2023, told before"),
        ("He left on Monday. Two days later he came back.", "“Two days later” counted from Monday 3 April 2023, told before"),
        ("It runs from 3 May to 10 June.", "“10 June” after Wednesday 3 May 2023, told before"),
        ("He left on Monday. At 9 p.m. he came back.", "“At 9 p.m.” on Monday 3 April 2023, told before"),
    ],
)
def test_a_reading_depends_on_the_dates_before_it(text: str, why: str) -> None:
    assert tag(text, FRIDAY)[-1].why == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It burned down on 03/04/2023, not on 25/03/2023.", "“on 03/04/2023” as written, the day first, as in 25/03/2023"),
        (
            "It burned down on 03/04/2023.",
            "“on 03/04/2023” is ambiguous, 3 April 2023 or 4 March 2023: nothing in the report shows whether the day or the month comes first",
        ),
        (
            "It burned down on 03/04/2023, not on 25/03/2023 or 03/25/2023.",
            "“on 03/04/2023” is ambiguous, 3 April 2023 or 4 March 2023: the report writes both orders",
        ),
        ("It burned down on Monday, 7 June 2015.", "“on Monday, 7 June 2015” as written, though 7 June 2015 is a Sunday"),
        ("It burned down ten years ago this week.", "“ten years ago this week” counted from Sunday 7 May 2023"),
    ],
)
def test_a_doubt_about_a_date_is_said(text: str, why: str) -> None:
    assert tag(text, datetime.date(2023, 5, 7))[0].why == why


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("The fair was held May 5 through May 7.", "May 5 through May 7", "2023-05-05/2023-05-07"),
        ("It ran from May 29-June 2 in Cork.", "May 29-June 2", "2023-05-29/2023-06-02"),
        ("It took place on 1–3 June.", "1–3 June", "2023-06-01/2023-06-03"),
        ("It ran from May 11-13.", "May 11-13", "2023-05-11/2023-05-13"),
        ("It ran from 11 to 13 May.", "11 to 13 May", "2023-05-11/2023-05-13"),
        ("It ran between 1 and 3 June.", "1 and 3 June", "2023-06-01/2023-06-03"),
        ("It ran 29 May to 2 June.", "29 May to 2 June", "2023-05-29/2023-06-02"),
        ("It ran May 29 – June 2, 2022.", "May 29 – June 2, 2022", "2022-05-29/2022-06-02"),
        ("It ran Friday through Sunday.", "Friday through Sunday", "2023-06-16/2023-06-18"),
        ("It ran Monday through Wednesday.", "Monday through Wednesday", "2023-06-12/2023-06-14"),
        ("It ran Sunday through Tuesday.", "Sunday through Tuesday", "2023-06-18/2023-06-20"),
        ("It ran between Friday and Monday.", "Friday and Monday", "2023-06-16/2023-06-19"),
        ("It will run Friday-Sunday.", "Friday-Sunday", "2023-06-23/2023-06-25"),
        ("It ran from Monday, May 1, to Wednesday, May 3.", "Monday, May 1, to Wednesday, May 3", "2023-05-01/2023-05-03"),
        ("It ran from Dec. 29 to Jan. 2.", "Dec. 29 to Jan. 2", "2022-12-29/2023-01-02"),
        ("It ran from 30 May through to 2 June.", "30 May through to 2 June", "2023-05-30/2023-06-02"),
        ("It ran from the 5th to the 7th.", "the 5th to the 7th", "2023-06-05/2023-06-07"),
        ("It ran on the 5th, 6th and 7th of May.", "the 5th, 6th and 7th of May", "2023-05-05/2023-05-07"),
        ("It ran on 5/6 May.", "5/6 May", "2023-05-05/2023-05-06"),
        ("It ran on 5, 6 and 7 May.", "5, 6 and 7 May", "2023-05-05/2023-05-07"),
        ("It ran on May 5, 6, and 7, 2022.", "May 5, 6, and 7, 2022", "2022-05-05/2022-05-07"),
        ("It ran on Friday, Saturday and Sunday.", "Friday, Saturday and Sunday", "2023-06-16/2023-06-18"),
        ("It ran from 2023-06-01 to 2023-06-03.", "2023-06-01 to 2023-06-03", "2023-06-01/2023-06-03"),
    ],
)
def test_a_range_of_days_is_one_period(text: str, words: str, edtf: str) -> None:
    (found,) = dates(text, datetime.date(2023, 6, 20))
    assert (found.text, found.edtf, found.value, found.type) == (words, edtf, edtf, "DATE")
    assert text[found.start : found.end] == words
    assert words in found.why


@pytest.mark.parametrize(
    "text",
    [
        "He came on May 5, and on May 6 he left.",
        "It was seen on 5 and 8 May.",
        "CORK, June 19 – Friday is the last day.",
        "The painter (8 February 1700 – 17 March 1782) was born here.",
        "It was put off from 9 May to 5 May.",
        "Between 9 a.m. on Friday and 5 p.m. on Saturday it rained.",
    ],
)
def test_two_days_that_are_no_range_stay_two(text: str) -> None:
    published = datetime.date(2023, 6, 20)
    assert dates(text, published) == tag(text, published)
    assert len(tag(text, published)) == 2


@pytest.mark.skipif(not REPORTS.exists(), reason="the two gold reports are not here")
@pytest.mark.parametrize("name", ["bakhmut-wire.txt", "bakhmut-reprint.txt"])
def test_every_date_of_the_gold_reports_comes_out(name: str) -> None:
    gold = json.loads((REPORTS / "gold.json").read_text(encoding="utf-8"))["documents"][name]
    text = (REPORTS / name).read_text(encoding="utf-8")
    told = tag(text, datetime.date.fromisoformat(gold["published"]))
    missing = []
    for words, edtf in gold["dates"]:
        start = text.index(words)
        end = start + len(words)
        if not any(expression.start < end and start < expression.end and expression.edtf == edtf for expression in told):
            missing.append((words, edtf))
    assert missing == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("ab", "a"), ("a?b", "ab"), ("(?:a|b)c", "ab"), ("(?P<x>a?){0,3}(b|c?)d", "abcd"), ("a{1,2}b", "a"), ("(?:a?b)?(?:c|d)", "abcd")],
)
def test_a_pattern_knows_its_possible_first_tokens(pattern: str, expected: str) -> None:
    assert first_set(pattern) == set(expected)


# Words that tell dates in any order, and what else may stand in a text.

words = st.sampled_from([*ENTRIES, *map(str.capitalize, ENTRIES)])
others = st.sampled_from(
    [
        "0",
        "31",
        "03/04/2023",
        "31-12-2023",
        "–",
        "(",
        ")",
        ",",
        "99",
        "1999",
        "2199",
        "14:30",
        "25:99",
        "9/11",
        "00/00/0000",
        "9999-99-99",
        "1999-02-30",
        "0s",
        "000s",
        "99th",
        "1,000,000",
        "0.5",
        "İ",
        "\n",
        "9" * 5000,
    ]
)
texts = st.lists(words | others | st.text(max_size=5), max_size=12).map(" ".join)
days = st.dates() | st.sampled_from([datetime.date.min, datetime.date.max, datetime.date(2024, 2, 29)])


@given(texts, days)
@example("1,000,000,000 utc", FRIDAY)
@example("two days later Monday", FRIDAY)
@example("winter last century BC 1 ago", datetime.date.min)
@example("1,000,000 BC", FRIDAY)
@example("every 12 second", FRIDAY)
@example("this month, this century, a winter, the weekend", datetime.date.max)
@example("The weekend in winter", datetime.date(9999, 12, 1))
@example("The weekend", datetime.date.min)
def test_expressions_are_in_order_with_valid_dates(text: str, published: datetime.date) -> None:
    end = 0
    for expression in tag(text, published):
        assert end <= expression.start < expression.end
        assert expression.text == text[expression.start : expression.end]
        assert TIMEX3.fullmatch(expression.value), expression
        if expression.edtf is not None:
            assert parse(expression.edtf).edtf == expression.edtf
            assert expression.type in ("DATE", "TIME")
        end = expression.end


@given(texts, days)
def test_with_ranges_expressions_are_in_order_with_valid_dates(text: str, published: datetime.date) -> None:
    end = 0
    for expression in dates(text, published):
        assert end <= expression.start < expression.end
        assert expression.text == text[expression.start : expression.end]
        assert expression.edtf is None or parse(expression.edtf).edtf == expression.edtf
        end = expression.end


@pytest.mark.parametrize("text", ["", "7" * 1_000_000, "-" * 50_000, "No day is told here.\n" * 100])
def test_a_text_without_dates_has_none(text: str) -> None:
    assert tag(text, FRIDAY) == ()


@pytest.mark.parametrize(("text", "count"), [("Monday ", 2000), ("May 1 to ", 2000), ("2000-", 2000), ("the ", 0), ("Q1 ", 500)])
def test_a_text_of_one_word_is_read_to_its_end(text: str, count: int) -> None:
    assert len(tag(text * 2000, FRIDAY)) >= count


@given(st.dates(datetime.date(1600, 1, 1), datetime.date(2400, 1, 1)), st.integers(-300, 300))
@pytest.mark.parametrize("grain", ["day", "week", "month", "season", "quarter", "half", "year"])
def test_a_shift_and_its_opposite_cancel(grain: Grain, day: datetime.date, count: int) -> None:
    numbers = {"month": day.month, "day": day.month, "week": day.isocalendar().week, "season": 1, "quarter": 1, "half": 2, "year": 0}
    year = day.isocalendar().year if grain == "week" else day.year
    period = CalendarPeriod(grain, year, numbers[grain], day.day if grain == "day" else 0)
    there = shifted(period, count)
    assert there is not None
    assert shifted(there, -count) == period
