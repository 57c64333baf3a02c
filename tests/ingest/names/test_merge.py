"""Who is who in reports: spellings that are one, look-alikes that are two, and what one report says of its own names."""

import re
from pathlib import Path

import pytest

from sitegen.ingest.names.mentions import EntityKind, NameMention, tag
from sitegen.ingest.names.merge import KnownName, NamedEntity, across, named_entities, same_entity

CASES = (Path(__file__).parents[2] / "cases/spellings.md").read_text(encoding="utf-8")


def pairs(heading: str) -> list[tuple[EntityKind, str, str]]:
    part = CASES.split(f"## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(r"(?m)^(person|place): (.+) = (.+)$", part)
    return [("person" if kind == "person" else "place", one, other) for kind, one, other in found]


def read(text: str, known: tuple[KnownName, ...] = (), article: str = "a") -> tuple[NamedEntity, ...]:
    return named_entities(text, tag(text), known, article)


def people(found: tuple[NamedEntity, ...]) -> dict[str, tuple[str, ...]]:
    return {one.name: one.spellings for one in found if one.kind == "person"}


def told(*mentions: str, known: tuple[KnownName, ...] = ()) -> tuple[NamedEntity, ...]:
    """People of one report that mentions these and says nothing else."""
    text = "\n".join(mentions)
    starts = [sum(len(before) + 1 for before in mentions[:index]) for index in range(len(mentions))]
    return named_entities(
        text, [NameMention(start, start + len(m), "person") for start, m in zip(starts, mentions, strict=True)], known, mentions[0]
    )


def test_there_are_sixty_pairs_of_each() -> None:
    assert len(pairs("One")) >= 60
    assert len(pairs("Two")) >= 60


def test_at_least_95_of_100_spellings_of_one_are_merged() -> None:
    apart = [pair for pair in pairs("One") if not (same_entity(*pair) and same_entity(pair[0], pair[2], pair[1]))]
    assert len(apart) <= 0.05 * len(pairs("One")), apart


@pytest.mark.parametrize(("kind", "one", "other"), pairs("Two"))
def test_look_alikes_stay_two(kind: EntityKind, one: str, other: str) -> None:
    assert same_entity(kind, one, other) == ""
    assert same_entity(kind, other, one) == ""


def test_a_family_name_alone_is_whom_the_report_names_in_full() -> None:
    found = told("Sergei Lavrov", "Mevlut Cavusoglu", "Lavrov", "Zelenskyy", "Volodymyr Zelenskiy")
    assert people(found) == {
        "Sergei Lavrov": ("Sergei Lavrov", "Lavrov"),
        "Mevlut Cavusoglu": ("Mevlut Cavusoglu",),
        "Volodymyr Zelenskiy": ("Volodymyr Zelenskiy", "Zelenskyy"),
    }
    assert any("goes on to call Sergei Lavrov" in why for one in found for why in one.why)


def test_a_given_name_alone_joins_nobody() -> None:
    assert list(people(told("Sergei Lavrov", "Sergei"))) == ["Sergei Lavrov", "Sergei"]


def test_a_family_name_that_two_bear_joins_neither() -> None:
    assert list(people(told("Bill Clinton", "Hillary Clinton", "Clinton"))) == ["Bill Clinton", "Hillary Clinton", "Clinton"]


def test_two_who_share_a_name_part_stay_two() -> None:
    found = people(told("Abdel Fattah al-Burhan", "Abdel Fattah al-Sisi", "Burhan", "Sisi"))
    assert found == {
        "Abdel Fattah al-Burhan": ("Abdel Fattah al-Burhan", "Burhan"),
        "Abdel Fattah al-Sisi": ("Abdel Fattah al-Sisi", "Sisi"),
    }


def test_better_known_as_joins_two_names() -> None:
    text = "General Mohamed Hamdan Dagalo, better known as Hemedti, leads the force. Hemedti said on Friday that Dagalo was his name."
    assert people(read(text)) == {"Mohamed Hamdan Dagalo": ("Mohamed Hamdan Dagalo", "Dagalo", "Hemedti")}


def test_across_reports_a_family_name_alone_joins_nobody() -> None:
    found = across([told("Sergei Lavrov"), told("Lavrov")])
    assert [one.name for one in found] == ["Lavrov", "Sergei Lavrov"]


def test_across_reports_whole_names_join_and_say_why() -> None:
    (one,) = across([told("Volodymyr Zelenskiy", "Zelenskiy"), told("Volodymyr Zelenskyy", "Zelenskyy")])
    assert one.spellings == ("Volodymyr Zelenskiy", "Zelenskiy", "Volodymyr Zelenskyy", "Zelenskyy")
    assert any("transliteration" in why for why in one.why)
    assert len(one.mentions) == 4


def test_mentions_without_a_name_in_them_join_nobody() -> None:
    assert list(people(told("Sergei Lavrov", ","))) == ["Sergei Lavrov", ","]
    assert same_entity("person", "al- Jr.Jr.", "Jr.Jr.") == same_entity("person", "Mr Trump Jr.", "Trump Jr.") == ""


def test_what_the_site_knows_comes_first() -> None:
    known = (KnownName("person", "Volodymyr Zelensky", ("Zelenskiy", "Zelenskyy")),)
    (one,) = read("Zelenskyy told CNN last month that he feared an attack, Zelenskyy said.", known)[:1]
    assert (one.name, one.is_known) == ("Volodymyr Zelensky", True)


def test_a_family_name_that_the_site_knows_is_not_the_reports_other_bearer() -> None:
    known = (KnownName("person", "Bill Clinton", ("Clinton",)),)
    assert people(told("Hillary Clinton", "Clinton", known=known)) == {"Hillary Clinton": ("Hillary Clinton", "Clinton")}
    found = told("Bill Clinton", "Hillary Clinton", "Clinton", known=known)
    assert [(one.name, one.spellings, one.is_known) for one in found] == [
        ("Bill Clinton", ("Bill Clinton",), True),
        ("Hillary Clinton", ("Hillary Clinton",), False),
        ("Clinton", ("Clinton",), False),
    ]
    assert [(one.name, one.is_known) for one in told("Clinton", known=known)] == [("Bill Clinton", True)]


def test_another_known_name_shows_who_is_meant() -> None:
    known = (KnownName("person", "Mohamed Hamdan Dagalo", ("Hemedti",)),)
    text = "General Omar Dagalo, better known as Hemedti, leads the force."
    (one,) = read(text, known)
    assert (one.name, one.is_known) == ("Mohamed Hamdan Dagalo", True)


def test_an_order_of_mentions_changes_no_group() -> None:
    names = ("Sergei Lavrov", "Lavrov", "Antony Blinken", "Blinken", "Zelenskyy")
    assert {tuple(sorted(s)) for s in people(told(*names)).values()} == {tuple(sorted(s)) for s in people(told(*reversed(names))).values()}


def test_a_dateline_in_capitals_names_no_place() -> None:
    text = "ROTTERDAM, June 6 - Dockers in Rotterdam walked out."
    mentions = [NameMention(0, 9, "place"), NameMention(text.index("Rotterdam"), text.index(" walked"), "place")]
    (found,) = named_entities(text, mentions, (), "b")
    assert (found.name, found.spellings) == ("Rotterdam", ("Rotterdam",))
    (shouted,) = named_entities("ROTTERDAM burns", [NameMention(0, 9, "place")], (), "a")
    assert [one.name for one in across([[shouted], [found]])] == ["Rotterdam"]
    assert [one.name for one in across([[found], [shouted]])] == ["Rotterdam"]
