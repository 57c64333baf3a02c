"""The order of entries, their headings and neighbours."""

from collections.abc import Iterable
from itertools import chain, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen import config, dates
from sitegen.model import Entry
from sitegen.pages.views import Year
from sitegen.timeline.chronology import YearOfEntries, by_year, neighbours
from sitegen.timeline.graph import LinkedEntry, Timeline
from tests.support.built_sites import entry, large_site
from tests.support.timelines import Order, dated, listing, term, timeline_of, view


def ids(entries: Iterable[LinkedEntry]) -> list[str]:
    return [linked.entry.id for linked in entries]


def headed(years: Iterable[YearOfEntries]) -> list[tuple[str, list[str]]]:
    """Headings with the ids below them, in order."""
    found: list[tuple[str, list[str]]] = []
    for year in years:
        found += [(f"{year.years}-{month.month:02}", ids(month.entries)) for month in year.months]
        found += [(year.years, ids(year.loose))] if year.loose else []
        found += [(f"{year.years}, spans", ids(year.spans))] if year.spans else []
    return found


def rows(years: Iterable[Year]) -> list[str]:
    return [row.id for year in years for row in chain(*(month.rows for month in year.months), year.rows, year.spans)]


def test_entries_sort_by_day_then_time_then_seq_then_id() -> None:
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


def test_an_interval_and_a_set_are_under_the_month_in_which_they_begin() -> None:
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


def test_decades_have_headings_of_their_own_and_open_beginnings_are_under_their_latest_bound() -> None:
    timeline = timeline_of(
        dated(
            decade="193X",
            century="18XX",
            until="../2023-04-07",
            before="[..2021-05]",
            unknown="/2020",
            winter="2019-24",
            within="192X/1925",
            first="00XX?",
            thirties="[..193X]",
        )
    )
    assert headed(by_year(timeline.entries, "oldest")) == [
        ("00XX", ["first"]),
        ("18XX", ["century"]),
        ("192X, spans", ["within"]),
        ("193X", ["decade"]),
        ("193X, spans", ["thirties"]),
        ("2019, spans", ["winter"]),
        ("2020, spans", ["unknown"]),
        ("2021, spans", ["before"]),
        ("2023, spans", ["until"]),
    ]


def test_an_interval_of_years_is_not_said_to_have_an_unknown_month() -> None:
    timeline = timeline_of(
        dated(war="1618/1648", year="1618", day="1618-05-23", one="[1618..1620]", span="1618-21/1618-22", unsure="1618-XX?")
    )
    assert headed(by_year(timeline.entries, "oldest")) == [
        ("1618-05", ["day"]),
        ("1618", ["unsure", "year"]),
        ("1618, spans", ["one", "war", "span"]),
    ]


def test_a_decade_comes_before_its_years_and_a_century_before_its_decades_the_oldest_first() -> None:
    timeline = timeline_of(dated(a="1979", b="198X", c="1980-01-01", d="1985", e="19XX", f="190X", g="1900"))
    oldest = ["19XX", "190X", "1900", "1979", "198X", "1980", "1985"]
    assert [year.years for year in by_year(timeline.entries, "oldest")] == oldest
    assert [year.years for year in by_year(timeline.entries, "newest")] == oldest[::-1]
    around = [[link.text for link in listing(timeline, address).around] for address in ("/198X/", "/19XX/", "/1980/01/")]
    assert around == [["1980", "1979"], ["1900s"], ["1980"]]


def test_a_decade_has_a_page_that_its_entries_lead_up_to() -> None:
    timeline = timeline_of(dated(mill="198X", war="0300/0476", century="20XX"))
    assert [(page.heading, rows(page.years)) for page in (listing(timeline, f"/{years}/") for years in ("198X", "0300", "20XX"))] == [
        ("1980s", ["mill"]),
        ("300", ["war"]),
        ("21st century", ["century"]),
    ]
    ups = [getattr(view(timeline, f"/entries/{id_}/"), "up", None) for id_ in ("mill", "war")]
    assert [up and up.href for up in ups] == ["/198X/#mill", "/0300/#war"]
    assert listing(timeline, "/198X/").strip is None


def test_a_date_known_to_the_decade_is_under_no_year_on_the_page_and_in_the_strip() -> None:
    timeline = timeline_of(dated(mill="198X", sold="1983", war="0980", century="20XX"))
    home = listing(timeline, "/")
    assert [(year.title, year.anchor, year.rows_title) for year in home.years] == [
        ("21st century", "_20XX", "Year not known"),
        ("1983", "_1983", "Month not known"),
        ("1980s", "_198X", "Year not known"),
        ("980", "_0980", "Month not known"),
    ]
    assert home.strip is not None
    assert [bar.label for bar in home.strip.bars if bar.href] == ["980: 1 entry", "1983: 1 entry"]
    assert home.strip.label.endswith("year not known: 2 entries")
    assert home.strip.ticks[0].text == "980"


def test_a_timeline_of_decades_alone_has_no_strip() -> None:
    assert listing(timeline_of(dated(a="198X", b="19XX")), "/").strip is None


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


def test_newest_first_is_the_default() -> None:
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


def test_previous_and_next_end_with_the_list_and_are_left_out_for_a_name_with_one_entry() -> None:
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


def test_a_page_lists_the_entries_that_link_to_it() -> None:
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


def test_beyond_two_hundred_a_decade_is_reached_from_home_and_lists_all_of_its_entries() -> None:
    files = {path.removeprefix("content/"): text for path, text in large_site().items() if path.startswith("content/")}
    timeline = timeline_of(files | dated(mill="198X", war="1618/1648", **{f"old{number}": "19XX" for number in range(201)}))
    home, century = listing(timeline, "/"), listing(timeline, "/19XX/")
    assert not {"mill", "war"} & set(rows(home.years))
    assert [link.text for link in home.more] == ["2023", "2022", "2021", "1980s", "20th century", "1618"]
    assert [link.href for link in home.more][-3:] == ["/198X/", "/19XX/", "/1618/"]
    assert rows(listing(timeline, "/198X/").years) == ["mill"]
    assert len(rows(century.years)) == 201
    assert (century.is_partial, century.more) == (False, ())


def test_years_before_1000_are_read_without_zeros_and_addressed_with_them() -> None:
    timeline = timeline_of(dated(ash="0079-08-24", flood="0079-08-25", king="0962-02"))
    home, month = listing(timeline, "/"), listing(timeline, "/0079/08/")
    assert [(year.title, year.href, year.anchor) for year in home.years] == [("962", "/0962/", "_0962"), ("79", "/0079/", "_0079")]
    assert (month.heading, month.head.title, [link.text for link in month.around]) == ("August 79", "August 79", ["79", "February 962"])
    assert month.strip is not None
    assert [bar.label for bar in month.strip.bars if bar.href] == ["24 August 79: 1 entry", "25 August 79: 1 entry"]
    assert home.strip is not None
    assert [tick.text for tick in home.strip.ticks if tick.align != "middle"] == ["79", "962"]


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
    return LinkedEntry(entry, (), (), (), None, (when.sort_key, seq, entry.id), (when.years, when.month, when.day))


def in_order(whens: Iterable[tuple[dates.Date, int]]) -> list[LinkedEntry]:
    return sorted((linked(number, when, seq) for number, (when, seq) in enumerate(whens)), key=lambda one: one.order)


unhurried = settings(deadline=None)

ENTRIES = st.lists(st.tuples(DATES, st.integers(-2, 2)), max_size=25).map(in_order)
ORDERS: st.SearchStrategy[Order] = st.sampled_from(["newest", "oldest"])


def bounds(year: YearOfEntries) -> tuple[int, int]:
    """The first and the last year of a heading."""
    return max(1, int(year.years.replace("X", "0"))), int(year.years.replace("X", "9"))


@unhurried
@given(ENTRIES, ORDERS)
def test_an_entry_is_listed_exactly_once(entries: list[LinkedEntry], order: Order) -> None:
    years = by_year(entries, order)
    assert sorted(id_ for _, below in headed(years) for id_ in below) == sorted(ids(entries))
    assert sum(len(year.entries) for year in years) == len(entries)
    assert all(year.entries for year in years)


@unhurried
@given(ENTRIES, ORDERS)
def test_headings_are_in_order_each_once(entries: list[LinkedEntry], order: Order) -> None:
    years = by_year(entries, order)
    step = -1 if order == "newest" else 1
    assert all((bounds(later)[0] - bounds(earlier)[0]) * step >= 0 for earlier, later in pairwise(years))
    assert len({year.years for year in years}) == len(years)
    for year in years:
        assert all((later.month - earlier.month) * step > 0 for earlier, later in pairwise(year.months))


@unhurried
@given(ENTRIES, ORDERS)
@example([linked(0, dates.parse("[000X..0001]"))], "newest")
def test_an_entry_is_under_a_time_that_its_date_can_mean(entries: list[LinkedEntry], order: Order) -> None:
    for year in by_year(entries, order):
        first, last = bounds(year)
        for one in year.entries:
            when = one.entry.when
            assert when.earliest is None or when.earliest.year <= last
            assert when.latest is None or first <= when.latest.year
        for one in year.loose:
            assert one.entry.when.earliest is not None
            assert one.entry.when.latest is not None
            assert first <= one.entry.when.earliest.year <= one.entry.when.latest.year <= last
        for month in year.months:
            for one in month.entries:
                assert one.entry.when.earliest is not None
                assert (one.entry.when.earliest.year, one.entry.when.earliest.month) == (int(year.years), month.month)


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
def test_the_label_of_a_date_names_the_year_of_its_heading(when: dates.Date) -> None:
    if when.shape in ("day", "month", "year"):
        assert when.label.split()[-1] == str(int(when.years))
