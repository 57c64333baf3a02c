"""Matching sentences of two texts in any order and spelling."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.compare.align import Pair, align, read_sentences
from sitegen.compare.quotations import quotations
from sitegen.text.words import words

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/cases/origins"
EXAMPLE = [(ROOT / f"content/captures/{name}-2023-04-07.txt").read_text(encoding="utf-8") for name in ("wire", "reprint")]


def pairs(a: str, b: str) -> list[tuple[int, int, str]]:
    return [(pair.a, pair.b, pair.kind) for pair in align(read_sentences(a), read_sentences(b)).pairs]


def spelled(text: str) -> list[str]:
    return [word.spelled for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The centre of the harbour", "the center of the harbor"),
        ("Zelenskiy’s defence", "Zelenskyy's defense"),
        ("1,000 people organised a counter-offensive", "1000 people organized a counteroffensive"),
        ("10 per cent", "10%"),
        ("the U.S. labour programme", "the US labor program"),
        ("“very likely” travelled", '"very likely" traveled'),
        ("Müller analysed it", "Muller analyzed it"),
    ],
)
def test_spellings_of_two_newsrooms_match(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("four", "for"), ("latter", "later"), ("filled", "filed"), ("will", "will not"), ("7 men", "17 men"), ("said", "says"), ("two", "2")],
)
def test_different_words_do_not_match(one: str, other: str) -> None:
    assert spelled(one) != spelled(other)


def test_only_spelling_makes_a_sentence_the_same() -> None:
    a = "Troops hold the centre. Seven people died in the harbour on Thursday."
    b = "Eight people died in the harbor on Thursday. Troops hold the center."
    assert pairs(a, b) == [(0, 1, "same"), (1, 0, "reworded")]


def test_a_sentence_that_was_split_has_two_counterparts() -> None:
    whole = (
        "The ferry struck a sandbank on its first crossing from Kerrin, and lifeboats took off all passengers while a tug held the vessel."
    )
    parts = "The ferry struck a sandbank on its first crossing from Kerrin. Lifeboats took off all passengers while a tug held the vessel."
    assert pairs(whole, parts) == [(0, 0, "reworded"), (0, 1, "reworded")]
    assert pairs(parts, whole) == [(0, 0, "reworded"), (1, 0, "reworded")]


def test_a_repeated_sentence_has_one_counterpart() -> None:
    a = "The enemy concentrates maximum efforts to capture Bakhmut, the commander said."
    b = "The enemy concentrates maximum efforts to capture Bakhmut, the commander said. A spokesman said the enemy concentrates its efforts."
    assert pairs(a, b) == [(0, 0, "same")]


def test_one_beginning_and_two_ends_are_counterparts() -> None:
    """An edit changes the framing: the sentences share their first words, and few others."""
    a = "Donetsk is one of four provinces that Russia declared annexed last year and is seeking to occupy in what appears to be a shift of aims."
    b = "Donetsk is one of four provinces that Russia has legally moved to integrate, despite vast swathes being held by Kyiv’s troops."
    other = "The weather in the mountains was mild for the season, with little snow and long hours of sun."
    assert pairs(f"{a} {other}", f"{other} {b}") == [(0, 1, "reworded"), (1, 0, "same")]


def test_a_name_in_common_is_no_counterpart() -> None:
    a = "Prime Minister Stephen Harper said the budget will pass."
    b = "Prime Minister Stephen Harper visited a dairy farm near Calgary."
    assert pairs(a, b) == []


def test_each_sentence_of_the_examples_reprint_has_a_counterpart_in_its_wire() -> None:
    found = align(*map(read_sentences, EXAMPLE))
    assert len({pair.b for pair in found.pairs}) == len(found.b) == 15
    assert len(found.a) - len({pair.a for pair in found.pairs}) == 14, "the wire alone tells these"
    four = next(pair for pair in found.pairs if "four provinces" in EXAMPLE[0][slice(*_span(found.a[pair.a].span))])
    assert "legally moved to integrate" in EXAMPLE[1][slice(*_span(found.b[four.b].span))]


def _span(span: object) -> tuple[int, int]:
    return span.start, span.end  # type: ignore[attr-defined]


def test_all_sentences_of_a_loose_paraphrase_are_found_in_their_order() -> None:
    wire, loose = (read_sentences((CASES / f"ferry-{name}.txt").read_text(encoding="utf-8")) for name in ("wire", "paraphrase"))
    found = align(wire, loose)
    assert [(pair.a, pair.b) for pair in found.pairs] == [
        (0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8), (9, 9), (10, 10),
    ]  # fmt: skip
    assert {pair.kind for pair in found.pairs} == {"reworded"}


def test_texts_without_words_have_no_counterparts() -> None:
    assert pairs("", "") == pairs("— …", "“”") == pairs("", "A word.") == []


SENTENCES = [
    "The bridge was closed on Monday.", "The bridge was opened on Monday.", "Mayor Anna Berg crossed the bridge first.",
    "Nobody crossed it.", "Anna Berg, the mayor, was the first to cross.", "A barge had hit one of its piers in January.",
]  # fmt: skip


@given(st.lists(st.sampled_from(SENTENCES), max_size=6), st.lists(st.sampled_from(SENTENCES), max_size=6))
@settings(max_examples=200, deadline=None)
def test_swapping_the_texts_swaps_the_sides(one: list[str], other: list[str]) -> None:
    a, b = read_sentences(" ".join(one)), read_sentences(" ".join(other))
    assert {(pair.a, pair.b, pair.kind, pair.similarity) for pair in align(a, b).pairs} == {
        (pair.b, pair.a, pair.kind, pair.similarity) for pair in align(b, a).pairs
    }


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_its_own_counterpart(text: str, other: str) -> None:
    found = align(read_sentences(text), read_sentences(text))
    assert all(isinstance(pair, Pair) for pair in align(read_sentences(text), read_sentences(other)).pairs)
    assert all(0 <= pair.similarity <= 1 for pair in found.pairs)


def test_quotations_end_with_their_paragraph() -> None:
    text = 'He said "so" and “that «way»”.\n“And more\nhe wrote'
    assert [text[span.start : span.end] for span in quotations(text)] == ["so", "that «way»", "And more"]
