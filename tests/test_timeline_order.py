"""In which order entries stand, under which headings, and what comes before and after each."""

import re
from collections.abc import Iterable
from itertools import chain, pairwise

import pytest
from finished import entry, large_site
from hypothesis import example, given, settings
from hypothesis import strategies as st
from viewing import Order, dated, listing, term, timeline_of, view

from sitegen import config, dates
from sitegen.model import Entry
from sitegen.pages.views import Year
from sitegen.timeline.model import LinkedEntry, Timeline
from sitegen.timeline.threads import YearOfEntries, by_year, neighbours


def ids(entries: Iterable[LinkedEntry]) -> list[str]:
    return [linked.entry.id for linked in entries]


def headed(years: Iterable[YearOfEntries]) -> list[tuple[str, list[str]]]:
    """Headings with the ids below them, as they stand."""
    found: list[tuple[str, list[str]]] = []
    for year in years:
        found += [(f"{year.year}-{month.month:02}", ids(month.entries)) for month in year.months]
        found += [(str(year.year), ids(year.loose))] if year.loose else []
    return found


def rows(years: Iterable[Year]) -> list[str]:
    return [row.id for year in years for row in chain(*(month.rows for month in year.months), year.rows)]


def test_entries_stand_by_day_then_time_then_seq_then_id() -> None:
    files = {
        **dated(later="2023-04-08", b="2023-04-07", a="2023-04-07", month="2023-04", year="2023", year_before="2022"),
        "entries/noon.md": entry("Noon", "2023-04-07T12:00Z"),
        "entries/dawn.md": entry("Dawn", "2023-04-07T06:00+03:00"),
        "entries/second.md": entry("Second", "2023-04-07", seq="2"),
        "entries/first.md": entry("First", "2023-04-07", seq="1"),
        "entries/minus.md": entry("Before", "2023-04-07", seq="-1"),
    }
    files["entries/year-before.md"] = files.pop("entries/year_before.md")
    expected = ["year-before", "year", "month", "minus", "a", "b", "first", "second", "dawn", "noon", "later"]
    assert ids(timeline_of(files).entries) == expected


def test_an_interval_and_a_set_stand_under_the_month_in_which_they_begin() -> None:
    timeline = timeline_of(
        dated(
            interval="2023-03-30/2023-04-02",
            days="[2023-04-30..2023-05-02]",
            months="2023-02/2023-06",
            after="[2023-05-04..]",
            lasts="2022-12-31/..",
        )
    )
    assert headed(by_year(timeline.entries, "oldest")) == [
        ("2022-12", ["lasts"]),
        ("2023-02", ["months"]),
        ("2023-03", ["interval"]),
        ("2023-04", ["days"]),
        ("2023-05", ["after"]),
    ]


def test_decades_and_open_beginnings_stand_under_the_year_of_their_latest_bound() -> None:
    timeline = timeline_of(
        dated(
            decade="193X",
            century="18XX",
            until="../2023-04-07",
            before="[..2021-05]",
            unknown="/2020",
            winter="2019-24",
            within="192X/1925",
        )
    )
    assert headed(by_year(timeline.entries, "oldest")) == [
        ("1899", ["century"]),
        ("1925", ["within"]),
        ("1939", ["decade"]),
        ("2019", ["winter"]),
        ("2020", ["unknown"]),
        ("2021", ["before"]),
        ("2023", ["until"]),
    ]


def test_days_come_first_then_what_is_known_to_the_month_then_to_the_year() -> None:
    timeline = timeline_of(
        dated(
            year="2023",
            spring="2023-21",
            april="2023-04",
            fifth="2023-04-05",
            seventh="2023-04-07",
            about="2023-04-20~",
            march="2023-03-02",
        )
    )
    assert headed(by_year(timeline.entries, "oldest")) == [
        ("2023-03", ["march"]),
        ("2023-04", ["fifth", "seventh", "about", "april"]),
        ("2023", ["year", "spring"]),
    ]
    assert headed(by_year(timeline.entries, "newest")) == [
        ("2023-04", ["about", "seventh", "fifth", "april"]),
        ("2023-03", ["march"]),
        ("2023", ["spring", "year"]),
    ]


def test_the_order_of_the_settings_is_the_order_of_the_pages() -> None:
    files = dated(a="2022-01-01", b="2022-02-03", c="2022-02-04", d="2023-05-06")
    assert rows(listing(timeline_of(files, "newest"), "/").years) == ["d", "c", "b", "a"]
    assert rows(listing(timeline_of(files, "oldest"), "/").years) == ["a", "b", "c", "d"]
    assert rows(listing(timeline_of(files, "newest"), "/2022/").years) == ["c", "b", "a"]
    assert rows(listing(timeline_of(files, "oldest"), "/2022/02/").years) == ["b", "c"]


def test_newest_first_is_what_a_site_has_that_says_nothing() -> None:
    assert config.parse("sitegen.toml", 'title = "x"')[0].order == "newest"


def test_an_entry_between_two_others_has_both_beside_it() -> None:
    timeline = timeline_of(dated(a="2022", b="2023-01-01", c="2023-01-02"))
    a, b, c = timeline.entries
    assert [(beside.before, beside.after) for beside in (neighbours(timeline.entries, one) for one in (a, b, c))] == [
        (None, b),
        (a, c),
        (b, None),
    ]


STORY = {
    "entries/one.md": entry("One", "2023-01-01", people=["Ada", "Bo"], places=["Here"]),
    "entries/two.md": entry("Two", "2023-01-02", "See [[one]] and [[Bo]].", people=["Ada"], places=["There"]),
    "entries/three.md": entry("Three", "2023-01-03", "After [[two]], [[one]] and again [[one]].", people=["Bo"], places=["Here"]),
    "entries/four.md": entry("Four", "2023-01-04", "[[four]] is itself.", people=["Ada", "Bo", "Cy"], places=["Here", "There"]),
}


def test_threads_lead_before_and_after_in_time_at_each_place_and_with_each_person() -> None:
    page = view(timeline_of(STORY), "/entries/three/")
    threads = [
        (thread.label, thread.before and thread.before.text, thread.after and thread.after.text) for thread in getattr(page, "threads", ())
    ]
    assert threads == [("in time", "Two", "Four"), ("in Here", "One", "Four"), ("with Bo", "One", "Four")]


def test_a_thread_ends_where_nothing_follows_and_is_left_out_where_a_name_stands_once() -> None:
    page = view(timeline_of(STORY), "/entries/four/")
    threads = [
        (thread.label, thread.before and thread.before.text, thread.after and thread.after.text) for thread in getattr(page, "threads", ())
    ]
    assert threads == [
        ("in time", "Three", None),
        ("in Here", "Three", None),
        ("in There", "Two", None),
        ("with Ada", "Two", None),
        ("with Bo", "Three", None),
    ]


def test_a_page_tells_which_entries_link_to_it() -> None:
    timeline = timeline_of(STORY)
    assert {id_: ids(others) for id_, others in timeline.backlinks.items()} == {"one": ["two", "three"], "two": ["three"]}
    assert [link.text for link in getattr(view(timeline, "/entries/one/"), "backlinks", ())] == ["Two", "Three"]


def test_who_appears_with_whom_and_where() -> None:
    timeline = timeline_of(STORY)
    ada, here = term(timeline, "/people/ada/"), term(timeline, "/places/here/")
    assert [(one.text, one.count) for one in ada.with_people] == [("Bo", 2), ("Cy", 1)]
    assert [(one.text, one.count) for one in ada.with_places] == [("Here", 2), ("There", 2)]
    assert [(one.text, one.count) for one in here.with_people] == [("Bo", 3), ("Ada", 2), ("Cy", 1)]
    assert [(one.text, one.count) for one in here.with_places] == [("There", 1)]


def test_a_name_that_is_linked_and_not_listed_is_a_mention() -> None:
    bo = term(timeline_of(STORY), "/people/bo/")
    assert rows(bo.years) == ["four", "three", "one"]
    assert [link.text for link in bo.mentions] == ["Two"]


def large_timeline() -> Timeline:
    files = {path.removeprefix("content/"): text for path, text in large_site().items() if path.startswith("content/")}
    return timeline_of(files)


def test_home_lists_all_up_to_two_hundred() -> None:
    files = dated(**{f"e{number:03}": f"20{number % 20 + 10}-{number % 12 + 1:02}-03" for number in range(200)})
    home = listing(timeline_of(files), "/")
    assert len(rows(home.years)) == 200
    assert not home.is_partial
    assert home.more == ()


def test_beyond_two_hundred_home_lists_the_latest_hundred_and_the_key_ones() -> None:
    timeline = large_timeline()
    home = listing(timeline, "/")
    latest = set(ids(timeline.entries[-100:]))
    key = {linked.entry.id for linked in timeline.entries if linked.entry.key}
    assert key - latest
    assert set(rows(home.years)) == latest | key
    assert home.is_partial
    assert [link.text for link in home.more] == ["2023", "2022", "2021"]


def test_beyond_two_hundred_a_year_lists_the_key_ones_and_its_months() -> None:
    files = {
        f"entries/e{number:03}.md": entry(f"E{number}", f"2023-{number % 12 + 1:02}-03", key=number % 70 == 0) for number in range(201)
    }
    files |= dated(loose="2023")
    timeline = timeline_of(files)
    year = listing(timeline, "/2023/")
    assert sorted(rows(year.years)) == ["e000", "e070", "e140", "loose"]
    assert [link.text for link in year.more][:2] == ["December", "November"]
    assert len(year.more) == 12
    assert sum(len(rows(listing(timeline, f"/2023/{month:02}/").years)) for month in range(1, 13)) == 201


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_a_term_lists_all_its_entries_the_later_ones_in_one_line_each(order: Order) -> None:
    files = {
        f"entries/e{number:03}.md": entry(f"E{number:03}", f"{2000 + number // 12}-{number % 12 + 1:02}-03", people=["Ada"])
        for number in range(130)
    }
    page = term(timeline_of(files, order), "/people/ada/")
    expected = [f"e{number:03}" for number in range(130)][:: -1 if order == "newest" else 1]
    assert rows(page.years) == expected[:100]
    assert [line.title.lower() for line in page.lines] == expected[100:]
    assert page.count == "130 entries"


YEARS = st.integers(1, 9998) | st.integers(1900, 2030)
POINTS = st.one_of(
    st.builds("{:04}".format, YEARS),
    st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{:04}-{}".format, YEARS, st.integers(21, 24)),
    st.builds("{:%Y-%m-%d}".format, st.dates()).map(lambda text: text.rjust(10, "0")),
    st.builds("{:03}X".format, st.integers(0, 999)),
    st.builds("{:02}XX".format, st.integers(0, 99)),
)
HEDGED = st.builds("{}{}".format, POINTS, st.sampled_from(["", "", "?", "~", "%"]))
TIMES = st.builds(
    "{}T{:02}:{:02}{}".format,
    st.dates().map(lambda day: day.isoformat()),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["", "Z", "+03:00", "-11:30", "+14:00"]),
)
SPANS = st.one_of(
    st.builds("{}/{}".format, HEDGED, HEDGED),
    st.builds("../{}".format, HEDGED),
    st.builds("{}/..".format, HEDGED),
    st.builds("/{}".format, HEDGED),
    st.builds("{}/".format, HEDGED),
    st.builds("[{}..{}]".format, POINTS, POINTS),
    st.builds("[..{}]".format, POINTS),
    st.builds("[{}..]".format, POINTS),
)


def readable(text: str) -> bool:
    try:
        dates.parse(text)
    except dates.DateError:
        return False
    return True


DATES = st.one_of(HEDGED, TIMES, SPANS).filter(readable).map(dates.parse)


def linked(number: int, when: dates.Date, seq: int = 0) -> LinkedEntry:
    entry = Entry(f"e{number:03}", f"content/entries/e{number:03}.md", "Title", when, seq=seq)
    return LinkedEntry(entry, (), (), (), None, entry.order, (when.year, when.month, when.day))


def in_order(whens: Iterable[tuple[dates.Date, int]]) -> list[LinkedEntry]:
    return sorted((linked(number, when, seq) for number, (when, seq) in enumerate(whens)), key=lambda one: one.order)


unhurried = settings(deadline=None)

ENTRIES = st.lists(st.tuples(DATES, st.integers(-2, 2)), max_size=25).map(in_order)
ORDERS: st.SearchStrategy[Order] = st.sampled_from(["newest", "oldest"])


@unhurried
@given(ENTRIES, ORDERS)
def test_an_entry_stands_exactly_once(entries: list[LinkedEntry], order: Order) -> None:
    years = by_year(entries, order)
    assert sorted(id_ for _, below in headed(years) for id_ in below) == sorted(ids(entries))
    assert sum(year.count for year in years) == len(entries)
    assert all(year.count for year in years)


@unhurried
@given(ENTRIES, ORDERS)
def test_headings_stand_in_order_each_once(entries: list[LinkedEntry], order: Order) -> None:
    years = by_year(entries, order)
    step = -1 if order == "newest" else 1
    assert all((later.year - earlier.year) * step > 0 for earlier, later in pairwise(years))
    for year in years:
        assert all((later.month - earlier.month) * step > 0 for earlier, later in pairwise(year.months))


@unhurried
@given(ENTRIES, ORDERS)
@example([linked(0, dates.parse("[000X..0001]"))], "newest")
def test_an_entry_stands_under_a_time_that_its_date_can_mean(entries: list[LinkedEntry], order: Order) -> None:
    for year in by_year(entries, order):
        for one in chain(year.loose, *(month.entries for month in year.months)):
            when = one.entry.when
            assert when.earliest is None or when.earliest.year <= year.year
            assert when.latest is None or year.year <= when.latest.year
        for month in year.months:
            for one in month.entries:
                assert one.entry.when.earliest is not None
                assert (one.entry.when.earliest.year, one.entry.when.earliest.month) == (year.year, month.month)


@unhurried
@given(ENTRIES)
def test_oldest_first_is_newest_first_the_other_way_round_under_each_heading(entries: list[LinkedEntry]) -> None:
    newest, oldest = dict(headed(by_year(entries, "newest"))), dict(headed(by_year(entries, "oldest")))
    assert newest.keys() == oldest.keys()
    without_day = {one.entry.id for one in entries if one.entry.when.day is None}
    for heading, below in newest.items():
        days = [id_ for id_ in below if id_ not in without_day]
        loose = [id_ for id_ in below if id_ in without_day]
        assert below == days + loose
        assert oldest[heading] == days[::-1] + loose[::-1]


@unhurried
@given(ENTRIES)
def test_going_from_one_to_the_next_visits_all(entries: list[LinkedEntry]) -> None:
    visited = entries[:1]
    while visited and (following := neighbours(entries, visited[-1]).after) is not None:
        assert neighbours(entries, following).before is visited[-1]
        visited.append(following)
    assert visited == entries


@unhurried
@given(DATES)
def test_the_words_of_a_date_name_the_year_that_it_stands_under(when: dates.Date) -> None:
    years = {int(found) for found in re.findall(r"\b\d{4}\b", when.label)}
    if when.shape in ("time", "day", "month", "year"):
        assert years == {when.year}
