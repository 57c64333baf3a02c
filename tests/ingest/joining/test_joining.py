"""Tellings of several reports joined: the stories of cases/joining, what stands already, dates that agree, and what always holds.

A case begins with a line that says what it is, and which reports share their text (`one text: wire = reprint`). Then come the tellings,
each as an editor would draft it: `=== report date | title`, the quotes, and who, where and what else is known of it. “joined” has a line
for each event that several reports tell, with its date and the words by which each tells it; nothing else may be joined, but for what
“perhaps” and “missed” allow: the former can be seen either way, the latter is one event, told in words too different to be sure.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.dates import parse
from sitegen.ingest.joining import Group, Joining, Telling
from sitegen.ingest.joining.agreement import agreement, filed_under, is_eve, looked_up_under, more_precise

ROOT = Path(__file__).resolve().parents[3]
CASES = sorted((ROOT / "tests/cases/joining").glob("*.md"))

Pairs = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Case:
    tellings: tuple[Telling, ...]
    one_text: frozenset[tuple[str, str]]
    "pairs of reports"
    lines: dict[str, tuple[str, ...]]
    "by heading: joined, missed, perhaps"


def case(path: Path) -> Case:
    opening, *parts = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    blocks = [tuple(filter(None, part.splitlines())) for part in parts]
    lists = {block[0]: block[1:] for block in blocks if " " not in block[0]}
    same = re.findall(r"^one text: (\S+) = (\S+)$", opening, flags=re.MULTILINE)
    return Case(
        tuple(as_told(*block) for block in blocks if " " in block[0]), frozenset(same), {"joined": (), "missed": (), "perhaps": (), **lists}
    )


def as_told(head: str, *lines: str) -> Telling:
    article, date, title = re.fullmatch(r"(\S+) (\S+) \| (.*)", head).groups()  # type: ignore[union-attr]
    quotes = tuple(line[1:-1] for line in lines if line.startswith("“"))
    known = dict(line.partition(": ")[::2] for line in lines if not line.startswith("“"))
    assert quotes
    assert known.keys() <= {"people", "places", "expected", "dated by its publication"}, head
    people, places = (frozenset(filter(None, known.get(kind, "").split(", "))) for kind in ("people", "places"))
    return Telling((article,), parse(date), title, quotes, people, places, "expected" in known, "dated by its publication" in known)


def pairs(tellings: Sequence[Telling], line: str) -> Pairs:
    """The pairs of one line; where two tellings quote the words, the one of the line's date is meant."""
    date = line.partition(": ")[0]
    places = []
    for article, words in re.findall(r"(\S+) “([^”]*)”", line):
        found = [
            place for place, each in enumerate(tellings) if each.articles == (article,) and any(words in quote for quote in each.quotes)
        ]
        assert found, f"no telling quotes “{words}”"
        places.append(min(found, key=lambda place: str(tellings[place].when) != date))
    return set(combinations(sorted(set(places)), 2))


def joined_pairs(groups: Sequence[Group]) -> Pairs:
    return {pair for group in groups for pair in combinations(group.tellings, 2)}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_tellings_of_one_event_are_joined_and_no_others(path: Path) -> None:
    wanted = case(path)
    tellings = wanted.tellings
    groups = Joining().joined(tellings, wanted.one_text)
    found = joined_pairs(groups)
    must = {pair for line in wanted.lines["joined"] for pair in pairs(tellings, line)}
    may = {pair for heading in ("missed", "perhaps") for line in wanted.lines[heading] for pair in pairs(tellings, line)}
    assert [_shown(tellings, pair) for pair in sorted(must - found)] == [], "one event, in two groups"
    assert [_shown(tellings, pair) for pair in sorted(found - must - may)] == [], "two events, in one group"
    for line in wanted.lines["joined"]:
        first, _ = min(pairs(tellings, line))
        assert {str(group.when) for group in groups if first in group.tellings} == {line.partition(": ")[0]}


def _shown(tellings: Sequence[Telling], pair: tuple[int, int]) -> tuple[str, str]:
    one, other = (f"{tellings[place].articles[0]}: {tellings[place].title}" for place in pair)
    return one, other


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_cases_tell_of_missed_events_honestly(path: Path) -> None:
    """What is listed as missed isn't found: else it belongs to what must be."""
    wanted = case(path)
    found = joined_pairs(Joining().joined(wanted.tellings, wanted.one_text))
    assert [line for line in wanted.lines["missed"] if not pairs(wanted.tellings, line) - found] == []


DAY = parse("2023-04-05")


def telling(
    article: str,
    quote: str,
    when: str = "2023-04-05",
    people: Sequence[str] = (),
    places: Sequence[str] = (),
    is_dated_by_publication: bool = False,
) -> Telling:
    names = frozenset(people), frozenset(places)
    return Telling((article,), parse(when), quote, (quote,), *names, is_dated_by_publication=is_dated_by_publication)


FIRE = telling("wire", "A fire destroyed the ferry terminal in Lomsay and hurt seven passengers", places=["Lomsay"])
FIRE_AGAIN = telling("local", "Seven passengers were hurt when flames destroyed Lomsay’s ferry terminal", places=["Lomsay"])
VOTE = telling("wire", "Parliament passed the budget by three votes")


def test_why_says_what_speaks_for_one_event() -> None:
    (group,) = Joining().joined([FIRE, FIRE_AGAIN], set())
    assert group == Group("", (0, 1), DAY, ("the same day, both name Lomsay, 8 of 8 telling words shared",))


def test_why_says_that_the_reports_share_their_text_whichever_way_it_is_known() -> None:
    for known in (("wire", "local"), ("local", "wire")):
        (group,) = Joining().joined([FIRE, FIRE_AGAIN], {known})
        assert group.why[0].endswith("telling words shared, the reports share their text")


def test_a_standing_entry_that_is_told_again_keeps_its_date() -> None:
    standing = replace(FIRE, when=parse("[2023-04-03..2023-04-07]"))
    (group,) = Joining([("fire", standing)]).joined([FIRE_AGAIN], set())
    assert (group.standing, group.tellings, str(group.when)) == ("fire", (0,), "[2023-04-03..2023-04-07]")
    assert group.why == ("dates that can be one day, both name Lomsay, 8 of 8 telling words shared",)


def test_joined_reports_take_the_more_precise_date() -> None:
    (group,) = Joining().joined([replace(FIRE, when=parse("[2023-04-03..2023-04-07]")), FIRE_AGAIN], set())
    assert group.when == DAY


def test_a_new_event_is_a_group_of_its_own() -> None:
    groups = Joining([("fire", FIRE)]).joined([telling("other", "A court freed the captain of the trawler Mirabel")], set())
    assert groups == (Group("", (0,), DAY, ()),)


def test_a_report_read_again_meets_its_own_drafts() -> None:
    tellings = [FIRE, VOTE]
    joining = Joining([("fire", FIRE), ("vote", VOTE)])
    assert [(group.standing, group.tellings) for group in joining.joined(tellings, set())] == [("fire", (0,)), ("vote", (1,))]


def test_a_report_read_again_meets_a_draft_whose_date_and_title_an_editor_mended() -> None:
    mended = replace(FIRE, when=parse("2023-04-04"), title="Lomsay terminal burns down", articles=("wire", "local"))
    (group,) = Joining([("fire", mended)]).joined([FIRE], set())
    assert (group.standing, str(group.when), group.why) == ("fire", "2023-04-04", ("the entry quotes this report already",))


def test_an_entry_takes_all_that_it_quotes_of_a_report() -> None:
    both = replace(FIRE, quotes=(*FIRE.quotes, *VOTE.quotes))
    assert [group.tellings for group in Joining([("day", both)]).joined([FIRE, VOTE], set())] == [(0, 1)]


def test_a_report_tells_a_standing_entry_once() -> None:
    twice = [FIRE_AGAIN, replace(FIRE_AGAIN, title="Ferry terminal burns", quotes=("Flames destroyed the ferry terminal and hurt seven",))]
    groups = Joining([("fire", FIRE)]).joined(twice, set())
    assert [(group.standing, group.tellings) for group in groups] == [("fire", (0,)), ("", (1,))]


def test_what_one_report_told_apart_stays_apart() -> None:
    assert len(Joining().joined([FIRE, replace(FIRE, title=f"{FIRE.title}, police said")], set())) == 2


def test_an_entry_that_was_added_is_found_by_the_next_batch_under_its_last_telling() -> None:
    joining = Joining()
    joining.add("fire", FIRE)
    assert joining.joined([FIRE_AGAIN], set())[0].standing == "fire"
    joining.add("fire", replace(VOTE, when=parse("2023-05-01")))
    assert joining.joined([FIRE_AGAIN], set())[0].standing == ""


def test_an_entry_with_many_accounts_is_found_by_one_of_them() -> None:
    others = tuple(
        f"{words} at the ferry terminal"
        for words in ("A dog barked all night", "Nobody slept", "Divers searched", "Crowds watched in tears")
    )
    entry = replace(FIRE, articles=tuple("abcde"), quotes=(*FIRE.quotes, *others))
    (group,) = Joining([("fire", entry)]).joined([FIRE_AGAIN], set())
    assert group.standing == "fire"


def test_numbers_that_differ_do_not_separate() -> None:
    more = replace(FIRE_AGAIN, title="", quotes=("Twelve passengers were hurt when flames destroyed Lomsay’s ferry terminal",))
    assert len(Joining().joined([FIRE, more], set())) == 1


@pytest.mark.parametrize("country", [[], ["Norway"]])
def test_places_that_contradict_separate_even_in_one_country(country: list[str]) -> None:
    here = replace(FIRE, places=frozenset(["Lomsay", *country]))
    elsewhere = telling("local", "A fire destroyed the ferry terminal in Kerrin and hurt seven passengers", places=["Kerrin", *country])
    assert len(Joining().joined([here, elsewhere], {("wire", "local")})) == 2


def test_names_that_only_words_tell_separate_too() -> None:
    one = telling("wire", "Shares in Nordal fell 4% in Oslo")
    assert len(Joining().joined([one, telling("local", "Shares in Fjordfisk fell 4% in Oslo")], {("wire", "local")})) == 2


def test_two_statements_of_one_speaker_stay_two() -> None:
    one = telling("wire", "Prime Minister Ana Torvald told reporters that taxes on bread would go", people=["Ana Torvald"])
    other = telling("local", "Prime Minister Ana Torvald told reporters that two schools would get a roof", people=["Ana Torvald"])
    assert len(Joining().joined([one, other], set())) == 2


@pytest.mark.parametrize(
    ("expected", "happened", "count"),
    [
        ("2023-04-05", "2023-04-05", 1),
        ("[2023-04-03..2023-04-09]", "2023-04-05", 1),
        ("2023-04", "2023-04", 2),
        ("2023-04", "2023-04-05", 2),
    ],
)
def test_what_was_expected_is_what_happened_where_both_have_the_day(expected: str, happened: str, count: int) -> None:
    one = replace(FIRE, when=parse(expected), is_expected=True)
    assert len(Joining().joined([one, replace(FIRE_AGAIN, when=parse(happened))], set())) == count


def test_a_day_is_its_month_only_where_the_wording_is_nearly_the_same() -> None:
    month = parse("2023-04")
    assert len(Joining().joined([FIRE, replace(FIRE_AGAIN, when=month)], set())) == 1
    loosely = telling("local", "Passengers still shudder at the flames that destroyed half of the old harbour with its terminal", "2023-04")
    assert len(Joining().joined([FIRE, loosely], set())) == 2


LATER = replace(FIRE_AGAIN, when=parse("2023-04-06"), is_dated_by_publication=True)


def test_a_report_that_tells_no_day_may_tell_of_the_day_before() -> None:
    (group,) = Joining().joined([LATER, FIRE], set())
    assert group.when == DAY
    assert group.why == ("the day before a report that tells no day, both name Lomsay, 8 of 8 telling words shared",)
    assert Joining([("fire", FIRE)]).joined([LATER], set())[0].standing == "fire"


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (replace(LATER, is_dated_by_publication=False), "it tells its day"),
        (replace(LATER, when=parse("2023-04-07")), "two days later"),
        (replace(LATER, when=parse("2023-04-04")), "the day before the event"),
        (replace(LATER, quotes=("Flames destroyed Lomsay’s ferry terminal and hurt nine passengers",), title=""), "other numbers"),
        (replace(LATER, quotes=("Passengers of the ferry to Lomsay wept as seven flags were lowered",), title=""), "other words"),
    ],
)
def test_no_other_report_of_another_day_is_joined(other: Telling, what: str) -> None:
    assert len(Joining().joined([FIRE, other], set())) == 2, what


def test_what_stands_happened_on_the_day_that_it_has() -> None:
    assert Joining([("fire", LATER)]).joined([FIRE], set())[0].standing == ""


AGREE = [
    ("2023-04-05", "2023-04-05", "day"),
    ("2023-04-05", "2023-04-06", ""),
    ("2023-04-05", "2023-04-05T10:00", "day"),
    ("2023-04-05T09:00", "2023-04-05T10:00", "day"),
    ("2023-04-05T01:00", "2023-04-05T20:00", "loose"),
    ("[2023-04-03..2023-04-07]", "2023-04-05", "within"),
    ("[2023-04-03..2023-04-07]", "2023-04-08", ""),
    ("[2023-04-03..2023-04-07]", "[2023-04-07..2023-04-09]", "within"),
    ("2023-04-03/2023-04-07", "2023-04-05", "loose"),
    ("2023-04-03/2023-04-07", "2023-04-03/2023-04-07", "day"),
    ("2023-03", "2023-03", "unit"),
    ("2023-03", "2023-04", ""),
    ("2023-03", "2023-03-31", "loose"),
    ("2023", "2023", "unit"),
    ("2023", "2023-03", ""),
    ("2023", "2023-03-31", ""),
    ("2023-05-20~", "2023-05-20", "loose"),
    ("2023-05~", "2023-05-02", "loose"),
    ("2023-05~", "2023-06-02", ""),
    ("2023-04-05/..", "2023-04-05", "loose"),
    ("2023-04-05/..", "2023-04-09", ""),
    ("[..2023-05]", "[..2023-05]", "unit"),
    ("[..2023-05]", "2023-05-01", ""),
    ("193X", "193X", "unit"),
    ("193X", "1935", ""),
]


@pytest.mark.parametrize(("one", "other", "expected"), AGREE)
def test_dates_agree(one: str, other: str, expected: str) -> None:
    assert agreement(parse(one), parse(other)) == agreement(parse(other), parse(one)) == expected


EDTF = st.sampled_from(
    [
        *sorted({date for one, other, _ in AGREE for date in (one, other)}),
        "2023-21",
        "2022-05?",
        "9999-12-31",
        "0001-01-01",
        "20XX",
        "../2023",
    ]
)


@given(EDTF, EDTF)
def test_dates_that_agree_are_found_by_each_other(one: str, other: str) -> None:
    first, second = parse(one), parse(other)
    if agreement(first, second):
        assert set(looked_up_under(first)) & set(filed_under(second))
        assert set(looked_up_under(second)) & set(filed_under(first))
        assert more_precise(first, second) == more_precise(second, first)


WORDS = (
    "fire",
    "ferry",
    "terminal",
    "Lomsay",
    "Kerrin",
    "seven",
    "12",
    "killed",
    "court",
    "tax",
    "minister",
    "Torvald",
    "Adair",
    "oil",
    "harbour",
)
TELLINGS = st.lists(
    st.builds(
        telling,
        st.sampled_from(["wire", "local", "radio", "blog"]),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
        st.sampled_from(["2023-04-05", "2023-04-06", "[2023-04-03..2023-04-07]", "2023-04", "2023-04-05~", "2023-04-05/.."]),
        st.lists(st.sampled_from(["Ana Torvald", "Ruth Adair"]), max_size=1),
        st.lists(st.sampled_from(["Lomsay", "Kerrin"]), max_size=1),
        st.booleans(),
    ),
    max_size=12,
)
SAME = st.sets(st.sampled_from([("wire", "local"), ("radio", "local"), ("wire", "blog")]))


def content(tellings: Sequence[Telling], groups: Sequence[Group]) -> Counter[tuple[str, str, tuple[str, ...]]]:
    """The groups by what they hold, however the tellings were numbered."""
    return Counter(
        (group.standing, str(group.when), tuple(sorted(map(_written, (tellings[place] for place in group.tellings))))) for group in groups
    )


def _written(each: Telling) -> str:
    return f"{each.articles} {each.when} {each.quotes} {sorted(each.people)} {sorted(each.places)}"


@settings(max_examples=200, deadline=None)
@given(TELLINGS, TELLINGS, SAME, st.randoms(use_true_random=False))
def test_no_order_of_the_reports_changes_the_groups(
    standing: list[Telling], tellings: list[Telling], same: set[tuple[str, str]], chance: object
) -> None:
    entries = [(f"entry-{number}", replace(each, articles=(f"old-{number}",))) for number, each in enumerate(standing)]
    shuffled, others = list(tellings), list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(others)  # type: ignore[attr-defined]
    one = content(tellings, Joining(entries).joined(tellings, same))
    assert one == content(shuffled, Joining(others).joined(shuffled, {(b, a) for a, b in same}))


@settings(max_examples=200, deadline=None)
@given(TELLINGS, TELLINGS, SAME)
def test_each_telling_is_in_one_group_and_each_group_holds_together(
    standing: list[Telling], tellings: list[Telling], same: set[tuple[str, str]]
) -> None:
    entries = {f"entry-{number}": each for number, each in enumerate(standing)}
    groups = Joining(entries.items()).joined(tellings, same)
    assert sorted(place for group in groups for place in group.tellings) == list(range(len(tellings)))
    assert [group.tellings for group in groups] == sorted(group.tellings for group in groups)
    for group in groups:
        members = [tellings[place] for place in group.tellings]
        if group.standing:
            assert group.when == entries[group.standing].when
        else:
            assert len({each.articles for each in members}) == len(members)
            assert len(group.why) == len(members) - 1
            assert all(agree(one, other) for one, other in combinations(members, 2))


@settings(max_examples=100, deadline=None)
@given(TELLINGS, SAME)
def test_a_batch_that_stands_meets_itself_when_it_comes_again(tellings: list[Telling], same: set[tuple[str, str]]) -> None:
    joining = Joining()
    for number, group in enumerate(joining.joined(tellings, same)):
        members = [tellings[place] for place in group.tellings]
        whole = replace(
            members[0],
            articles=tuple(each.articles[0] for each in members),
            when=group.when,
            quotes=tuple(quote for each in members for quote in each.quotes),
            people=frozenset().union(*(each.people for each in members)),
            places=frozenset().union(*(each.places for each in members)),
        )
        joining.add(f"entry-{number}", whole)
    assert all(group.standing for group in joining.joined(tellings, same))


def agree(one: Telling, other: Telling) -> bool:
    first, later = sorted((one, other), key=lambda each: each.when.edtf)
    return bool(agreement(one.when, other.when)) or (later.is_dated_by_publication and is_eve(first.when, later.when))


def test_an_empty_batch_has_no_groups() -> None:
    assert Joining([("fire", FIRE)]).joined([], set()) == ()


def test_a_telling_without_words_stands_alone() -> None:
    silent = [telling("wire", ""), telling("local", "…")]
    assert len(Joining().joined(silent, {("wire", "local")})) == 2
