"""Resolving names across many reports: equal to `merge.across`, and the spelling that a draft uses."""

import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.ingest.entity_resolver import EntityResolver
from sitegen.ingest.names.mentions import EntityKind, NameMention
from sitegen.ingest.names.merge import KnownName, NamedEntity, across, blocking_keys, named_entities, same_entity
from sitegen.text.spellings import slug

CASES = (Path(__file__).parents[1] / "cases/spellings.md").read_text(encoding="utf-8")
PAIRS: list[tuple[EntityKind, str, str]] = [
    ("person" if kind == "person" else "place", one, other) for kind, one, other in re.findall(r"(?m)^(person|place): (.+) = (.+)$", CASES)
]
PEOPLE = (
    "Volodymyr Zelenskiy", "Volodymyr Zelenskyy", "Vladimir Zelensky", "Zelenskiy", "Zelenskyy", "Abdel Fattah al-Burhan", "Abdelfattah Burhan", "Abdel Fattah al-Sisi",
    "Abdel Fatah el-Sisi", "Burhan", "Sisi", "Bill Clinton", "William Clinton", "Hillary Clinton", "Clinton", "Joe Biden", "Joseph R. Biden", "Biden", "Xi Jinping", "Jinping Xi",
    "Gerhard Schröder", "Gerhard Schroeder", "Іван Франко", "Леся Українка", "A. B. Smith", "A.B. Smith", "AB Smith", "Hemedti", "John Brown", "John Browne", "Brown",
)  # fmt: skip
PLACES = (
    "Kyiv",
    "Kiev",
    "Odesa",
    "Odessa",
    "Bakhmut",
    "Artyomovsk",
    "U.S.",
    "United States",
    "America",
    "Al-Tanf",
    "Al Tanf",
    "Donetsk",
    "Donetsk province",
)
GROUPS = ("WHO", "the WHO", "Kremlin", "The Kremlin")
KNOWN = (
    KnownName("person", "Volodymyr Zelensky", ("Zelenskyy",), ("volodymyr-zelensky",)),
    KnownName("person", "Bill Clinton", ("Clinton",)),
    KnownName("organisation", "World Health Organisation", ("WHO",)),
    KnownName("place", "Kyiv", (), ("kyiv", "kiev-old")),
)

Told = Sequence[tuple[EntityKind, str]]
words: st.SearchStrategy[tuple[EntityKind, str]] = st.one_of(
    st.tuples(st.just("person"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("place"), st.sampled_from(PLACES)),
    st.tuples(st.just("organisation"), st.sampled_from(GROUPS)),
)
reports = st.lists(st.lists(words, max_size=6), max_size=8)


def report(article: str, told: Told, known: Sequence[KnownName] = ()) -> tuple[NamedEntity, ...]:
    """What a report names that mentions these and says nothing else."""
    text = "\n".join(name for _, name in told)
    starts = [sum(len(name) + 1 for _, name in told[:index]) for index in range(len(told))]
    mentions = [NameMention(start, start + len(name), kind) for start, (kind, name) in zip(starts, told, strict=True)]
    return named_entities(text, mentions, known, article)


def people(*names: str) -> list[tuple[EntityKind, str]]:
    return [("person", name) for name in names]


def places(*names: str) -> list[tuple[EntityKind, str]]:
    return [("place", name) for name in names]


def directory(*told: Told, known: Sequence[KnownName] = ()) -> EntityResolver:
    """Of reports 0, 1, 2 …"""
    found = EntityResolver(known, with_mentions=True)
    for number, names in enumerate(told):
        found.add(str(number), report(str(number), names))
    return found


@given(reports, st.booleans())
def test_the_resolver_equals_comparing_each_name_with_each(told: list[Told], has_site: bool) -> None:
    known = KNOWN if has_site else ()
    assert directory(*told, known=known).named == across(report(str(number), names, known) for number, names in enumerate(told))


def test_spellings_that_are_one_share_a_key() -> None:
    pool: dict[EntityKind, set[str]] = {"person": {*PEOPLE}, "place": {*PLACES}, "organisation": {*GROUPS}}
    for kind, one, other in PAIRS:
        pool[kind] |= {one, other}
    for kind, names in pool.items():
        for one, other in combinations(sorted(names), 2):
            if same_entity(kind, one, other) or same_entity(kind, other, one):
                assert set(blocking_keys(kind, one)) & set(blocking_keys(kind, other)), (one, other)


@given(
    st.lists(
        st.sampled_from(
            ["al-", "Abd", "Kh", "Gh", "Moh", "am", "ed", "iy", "y", "ö", "oe", "ov", "off", " ", " ", "Ali", "Bill", "Jr.", "-"]
        ),
        min_size=2,
        max_size=8,
    )
)
def test_transliterations_of_made_names_share_a_key(pieces: list[str]) -> None:
    name = "".join(pieces)
    swaps = [("kh", "h"), ("gh", "g"), ("iy", "y"), ("ö", "oe"), ("off", "ov"), ("al-", ""), ("Bill", "William"), ("Jr.", "")]
    for old, new in swaps:
        other = name.replace(old, new).strip()
        if same_entity("person", name, other):
            assert set(blocking_keys("person", name)) & set(blocking_keys("person", other))


def test_a_family_name_is_whom_its_own_report_names_in_full() -> None:
    found = directory(people("Serhiy Cherevatyi", "Cherevatyi"), people("Cherevatyi"))
    assert found.name_of("0", "person", "Cherevatyi") == "Serhiy Cherevatyi"
    assert found.name_of("1", "person", "Cherevatyi") == "Cherevatyi"


def test_titles_line_ends_and_typing_change_nothing() -> None:
    found = directory(people("President Xi Jinping"), places("Al-Hasakah"))
    assert found.name_of("0", "person", "President Xi\nJinping") == "Xi Jinping"
    assert found.name_of("0", "person", "XI JINPING") == "Xi Jinping"
    assert found.name_of("1", "place", "al‑hasakah") == "Al-Hasakah"


def test_nobody_is_known_whom_the_report_does_not_name() -> None:
    found = directory(people("Sergei Lavrov"))
    assert found.name_of("0", "person", "Lavrov") == ""
    assert found.name_of("0", "place", "Sergei Lavrov") == ""
    assert found.name_of("other", "person", "Sergei Lavrov") == ""


def test_an_organisation_has_a_name_only_where_the_site_has_its_file() -> None:
    told: Told = [("organisation", "WHO"), ("organisation", "Kremlin")]
    assert [directory(told, known=KNOWN).name_of("0", kind, name) for kind, name in told] == ["World Health Organisation", ""]


def test_the_sites_name_comes_first_whatever_the_reports_write() -> None:
    found = directory(people("Vladimir Zelensky"), people("Zelenskyy"), places("Kiev"), known=KNOWN)
    assert found.name_of("0", "person", "Vladimir Zelensky") == found.name_of("1", "person", "Zelenskyy") == "Volodymyr Zelensky"
    assert found.name_of("2", "place", "Kiev") == "Kyiv"


def test_before_a_name_is_given_the_more_frequent_spelling_wins() -> None:
    found = directory(people("Joe Biden"), people("Joseph R. Biden"), people("Joseph R. Biden", "joseph r. biden"))
    assert found.name_of("0", "person", "Joe Biden") == "Joe Biden"
    assert directory(places("Odessa"), places("Odesa", "Odesa")).name_of("0", "place", "Odessa") == "Odesa"


def test_a_name_once_given_is_kept() -> None:
    found = EntityResolver()
    found.add("a", report("a", places("Odessa")))
    assert found.name_of("a", "place", "Odessa") == "Odessa"
    for article in "bcd":
        found.add(article, report(article, places("Odesa", "Odesa")))
    assert {found.name_of(article, "place", "Odesa") for article in "bcd"} == {"Odessa"}
    assert found.name_of("a", "place", "Odessa") == "Odessa"
    assert [one.name for one in found.named] == ["Odessa"]
    assert found.spellings_of("place", "Odessa") == ("Odessa", "Odesa")


def test_a_report_counts_once() -> None:
    found = directory(places("Kyiv"), places("Kyiv"))
    before = found.named
    found.add("0", report("0", places("Kyiv", "Odesa")))
    assert found.named == before


def test_without_mentions_each_has_its_first() -> None:
    found = EntityResolver()
    for article in ("b", "a"):
        found.add(article, report(article, places("Kyiv", "Kyiv")))
    (one,) = found.named
    assert [spot.article for spot in one.mentions] == ["a"]


@pytest.mark.parametrize("kind", ["person", "place"])
@given(st.lists(st.text(min_size=1, max_size=12), max_size=8))
def test_names_that_are_given_have_addresses_of_their_own(kind: EntityKind, names: list[str]) -> None:
    """Two names with one slug, and names without any, are problems in an entry."""
    told = [(kind, name) for name in names if name.strip()]
    found = EntityResolver(KNOWN)
    for number, one in enumerate(told):
        found.add(str(number), report(str(number), [one]))
    given_names = {found.name_of(str(number), kind, name) for number, (_, name) in enumerate(told)} - {""}
    assert len({slug(name) for name in given_names}) == len(given_names)
    assert "" not in map(slug, given_names)


def test_two_names_with_one_address_are_given_as_the_first() -> None:
    found = directory(places("Al-Tanf"), places("Al Tanf"))
    assert found.name_of("0", "place", "Al-Tanf") == "Al-Tanf"
    assert found.name_of("1", "place", "Al Tanf") == "Al-Tanf"


def test_a_name_whose_address_is_another_names_file_is_left_out() -> None:
    known = (KnownName("person", "Sergei Lavrov", (), ("lavrov", "minister")),)
    found = directory(people("Lavrov"), people("Minister"), people("Sergei Lavrov", "Lavrov"), known=known)
    assert found.name_of("0", "person", "Lavrov") == ""
    assert found.name_of("1", "person", "Minister") == ""
    assert found.name_of("2", "person", "Lavrov") == "Sergei Lavrov"


def test_a_person_who_is_called_as_the_sites_place_is_left_out() -> None:
    """[[Kyiv]] in an entry of the site would no longer be told from the place."""
    found = directory(people("Kyiv"), people("Bill Kyiv", "Kyiv"), known=KNOWN)
    assert found.name_of("0", "person", "Kyiv") == ""
    assert found.name_of("1", "person", "Kyiv") == "Bill Kyiv"


@pytest.mark.parametrize("name", ["…", "—", "x" * 300, "й" * 150])
def test_what_makes_no_address_is_left_out(name: str) -> None:
    assert directory(places(name)).name_of("0", "place", name) == ""


def test_the_places_beside_a_place_are_those_of_its_reports() -> None:
    found = directory(places("Donetsk", "Bakhmut"), places("Donetsk", "Bakhmut", "Kyiv"), places("Rostov"))
    assert found.beside("Donetsk") == ("Bakhmut", "Kyiv")
    assert found.beside("Rostov") == ()


def test_names_bearing_a_spelling_are_all_who_are_spelled_so() -> None:
    found = directory(people("Bill Clinton", "Clinton"), people("Hillary Clinton", "Clinton"))
    assert found.names_bearing("person", "clinton") == ("Bill Clinton", "Hillary Clinton")
