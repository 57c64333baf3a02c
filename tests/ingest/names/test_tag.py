"""Finding names in reports, and their kinds."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from sitegen.ingest.names import tag
from sitegen.ingest.names.merge import named_entities

REPORTS = Path(__file__).resolve().parents[4] / "shared" / "articles"
"the two reports that came with the work, and what an editor reads in them; not everybody has them"


def told(text: str) -> list[tuple[str, str]]:
    return [(mention.kind, text[mention.start : mention.end]) for mention in tag(text)]


def test_people_and_places_of_a_dateline() -> None:
    text = "ISMAILIA, Egypt, March 29 - Egyptian President Abdel Fattah al-Sisi met Sergei Lavrov in Cairo on Wednesday."
    assert told(text) == [
        ("place", "ISMAILIA"),
        ("place", "Egypt"),
        ("person", "Abdel Fattah al-Sisi"),
        ("person", "Sergei Lavrov"),
        ("place", "Cairo"),
    ]


@pytest.mark.parametrize(
    "text", ["The Russians said nothing.", "A French court and its British judges met on Friday in May.", "Muslims and Christians prayed."]
)
def test_a_demonym_is_no_place(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("country", ["Ukraine", "Belarus", "Kyrgyzstan", "the United Arab Emirates", "Trinidad and Tobago"])
def test_a_country_is_a_place(country: str) -> None:
    assert ("place", country.removeprefix("the ")) in told(f"Officials from {country} left the talks early.")


def test_whom_the_report_calls_mr_is_a_person() -> None:
    assert ("person", "Orlunda") in told("A spokesman said that Mr Orlunda had resigned.")


def test_a_family_name_stays_a_person_when_it_is_an_ordinary_word() -> None:
    assert told("Steve Jobs spoke in San Francisco. Later, critics of Jobs left.")[-1] == ("person", "Jobs")


@pytest.mark.parametrize("title", ["President", "U.S. President", "Egyptian Foreign Minister", "King", "Flanker", "Gen.", "Promoter"])
def test_a_title_is_no_part_of_the_name(title: str) -> None:
    assert ("person", "Tomas Lindqvist") in told(f"{title} Tomas Lindqvist left the talks early.")


@pytest.mark.parametrize("storm", ["Hurricane", "Typhoon", "Cyclone"])
def test_a_storm_is_nobody(storm: str) -> None:
    text = f"{storm} Helena hit the coast of Cuba. Rescuers said that Helena left many people without homes."
    assert [(kind, name) for kind, name in told(text) if kind != "organisation"] == [("place", "Cuba")]


@pytest.mark.parametrize("house", ["Nelson Mandela University", "Chris Hani Hospital", "Konrad Adenauer Foundation"])
def test_a_house_named_after_somebody_is_nobody(house: str) -> None:
    assert [kind for kind, _ in told(f"Students at {house} went home on Monday.") if kind == "person"] == []


def test_a_country_that_people_are_called_too_is_a_place_unless_somebody_is() -> None:
    assert told("Officials in Jordan said that Jordan would join the talks.") == [("place", "Jordan")] * 2
    assert told("Neil Jordan directed the film. Critics praised Jordan.")[-1] == ("person", "Jordan")


def test_towns_that_play_each_other_are_no_places() -> None:
    text = "BASEBALL - RESULTS.\nCHICAGO 4 NEW YORK 2\nBoston 7 DETROIT 3\nATLANTA AT SAN DIEGO\nItaly 2 South Korea 1\n"
    assert [name for kind, name in told(text) if kind == "place"] == ["Italy", "South Korea"]


def test_who_is_ranked_is_a_person_and_the_country_a_place() -> None:
    text = "SKIING - PLACINGS.\n1. Luca Bernasco (Italy) one minute 45 seconds\n2. Oddvar Brenna (Norway) 1:46\n"
    assert told(text) == [("person", "Luca Bernasco"), ("place", "Italy"), ("person", "Oddvar Brenna"), ("place", "Norway")]


def test_the_same_words_read_alike_with_blanks_between_all_signs() -> None:
    assert told("3 - Milan Horvat ( Croatia ) beat Paul Renard ( France ) 6-4 7-6") == told(
        "3 - Milan Horvat (Croatia) beat Paul Renard (France) 6-4 7-6"
    )


def test_a_capital_used_for_its_government_is_a_place() -> None:
    assert ("place", "Kyiv") in told("Much of the region is still controlled by Kyiv’s troops, officials said.")


@pytest.mark.parametrize(
    "credit",
    [
        "(Additional reporting by Tom Balmforth and Ronald Popeski: Writing by Stephen Coates; Editing by Robert Birsel)",
        "(Reporting by Tom Balmforth in Kyiv; editing by Robert Birsel)",
        "Editing by Clarence Fernandez and Mark Heinrich",
        "By Tom Balmforth",
        "Photograph by Mark Heinrich",
    ],
)
def test_whom_credits_name_is_nobody_of_the_story(credit: str) -> None:
    assert [name for kind, name in told(f"Sergei Lavrov spoke in Ankara.\n\n{credit}") if kind == "person"] == ["Sergei Lavrov"]


def test_a_sentence_that_begins_like_a_byline_is_none() -> None:
    assert ("place", "Bakhmut") in told("By Friday the town of Bakhmut had fallen to the attackers")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "12 34 :: --", "\u0000\ufeff", "é" * 100, "A" * 5000, "москва и киев", "مرحبا", "😀 London 😀"]
)
def test_any_text_is_read(text: str) -> None:
    for mention in tag(text):
        assert text[mention.start : mention.end].strip()


def test_mentions_are_in_order_and_never_overlap() -> None:
    text = (
        "Kyiv\nVolodymyr Zelenskiy, the president of Ukraine, met Antony Blinken of the United States.\nZelenskiy said the UN would help."
    )
    found = tag(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert tag(text) == found


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the two reports are not here")
@pytest.mark.parametrize("file", ["bakhmut-wire.txt", "bakhmut-reprint.txt"])
def test_the_two_reports_are_read_as_an_editor_reads_them(file: str) -> None:
    gold = json.loads((REPORTS / "gold.json").read_text(encoding="utf-8"))["documents"][file]
    text = (REPORTS / file).read_text(encoding="utf-8")
    found = named_entities(text, tag(text))
    people = {one.name for one in found if one.kind == "person"}
    places = {spelling for one in found if one.kind == "place" for spelling in one.spellings}
    assert people == set(gold["people"])
    assert set(gold["places"]) <= places


@pytest.mark.slow
def test_a_text_longer_than_any_report_is_read_to_its_end() -> None:
    text = "Sergei Lavrov spoke in Ankara. " * 20_000
    found = tag(text)
    assert {text[mention.start : mention.end] for mention in found} == {"Sergei Lavrov", "Ankara"}
    assert len(found) == 40_000
