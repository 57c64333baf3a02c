"""Comparing each sentence of two reports, and classifying the changes."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.compare.align import read_sentences
from sitegen.compare.diff import ROW_KINDS, Comparison, compare
from sitegen.compare.sharing import ReportText
from sitegen.compare.units import KnownNames
from sitegen.text.sentences import Span

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests/cases/comparisons").glob("*.md"))
EXAMPLE = tuple((ROOT / f"content/captures/{name}-2023-04-07.txt").read_text(encoding="utf-8") for name in ("wire", "reprint"))
ZELENSKY = {"Volodymyr Zelenskiy": "z", "Zelenskiy": "z", "Zelenskyy": "z"}


def compared(a: str, b: str, names: dict[str, str] | None = None) -> Comparison:
    return compare(ReportText("a", a), ReportText("b", b), KnownNames(names or {}))


def changes(a: str, b: str, names: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    """The changes in all rows, as (kind, words of a, words of b)."""
    found = [change for row in compared(a, b, names).rows for change in row.changes]
    return [(change.kind, words(a, change.a), words(b, change.b)) for change in found]


def words(text: str, span: Span) -> str:
    return text[span.start : span.end]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case(path: Path) -> None:
    """A case lists all sentences and all changes, except wording, spelling and punctuation: of these it may list some."""
    head, *parts = re.split(r"^=== (\w+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = dict(zip(parts[::2], parts[1::2], strict=True))
    a, b = told["a"], told["b"]
    names = {one.strip(): line.partition("=")[0] for line in re.findall(r"^names: (.+)$", head, re.MULTILINE) for one in line.split("=")}
    found = compared(a, b, names)
    assert f"texts: {found.sharing.texts}\n" in head
    of_a = {sentence.span: number for number, sentence in enumerate(read_sentences(a), start=1)}
    of_b = {sentence.span: number for number, sentence in enumerate(read_sentences(b), start=1)}
    sentences, all_changes = [], []
    for row in found.rows:
        numbers = [str(of_a[row.a])] if row.a else [], [str(of_b[row.b])] if row.b else []
        sentences.append(" ".join((*numbers[0], row.kind, *numbers[1])))
        for change in row.changes:
            line = f"{' '.join(numbers[0] + numbers[1])} {change.kind}: {words(a, change.a)} -> {words(b, change.b)}".strip()
            all_changes.append(line)
    assert sorted(sentences) == sorted(told["sentences"].split("\n")[:-1])
    expected = told["changes"].split("\n")[:-1]
    assert set(expected) <= set(all_changes)
    weighty = re.compile(r"[\d ]+(number|name|quotation|date|attribution):")
    assert sorted(filter(weighty.match, all_changes)) == sorted(filter(weighty.match, expected))


@pytest.mark.parametrize(
    ("a", "b", "change"),
    [
        ("Some 1,200 people fled.", "Some 1200 people fled.", ("spelling", "1,200", "1200")),
        ("At least seven people fled the town.", "At least 7 people fled the town.", ("spelling", "seven", "7")),
        ("It cost the town 1.5 million euros.", "It cost the town 1,500,000 euros.", ("spelling", "1.5 million", "1,500,000")),
        ("It cost the town $15 million.", "It cost the town €15 million.", ("number", "$15 million", "€15 million")),
        ("Prices in the town rose 10 per cent.", "Prices in the town rose 12%.", ("number", "10 per cent", "12%")),
        ("Twenty-five people fled the town.", "Twenty-six people fled the town.", ("number", "Twenty-five", "Twenty-six")),
        ("The vote was held on 7 April in Ostby.", "The vote was held on April 7 in Ostby.", ("spelling", "7 April", "April 7")),
        ("The vote was held in May 2021 in Ostby.", "The vote was held in June 2021 in Ostby.", ("date", "May 2021", "June 2021")),
        ("The vote was held last week in Ostby.", "The vote was held earlier this month in Ostby.", ("date", "last week", "earlier this month")),
        ("The mayor said the bridge was safe.", "The mayor claimed the bridge was safe.", ("attribution", "said", "claimed")),
        ("The mayor says the bridge was safe.", "The mayor said the bridge was safe.", ("wording", "says", "said")),
        ("The bridge was safe, said Anna Berg.", "The bridge was safe, said Anna Bergman.", ("name", "Berg", "Bergman")),
        ("Nobody crossed the bridge, said Anna Berg.", "Nobody crossed the bridge, said Berg.", ("spelling", "Anna Berg", "Berg")),
        ("They met at the United Nations in spring.", "They met at the UN in spring.", ("spelling", "United Nations", "UN")),
        ("The river has burst its banks.", "The river has not burst its banks.", ("wording", "", "not")),
        ("The centre of the town burned.", "The center of the town burned.", ("spelling", "centre", "center")),
        ("Troops hold “the heights” over the town.", 'Troops hold "the heights" over the town.', ("punctuation", "“", '"')),
        ("Troops hold the heights over the town.", "Troops hold “the heights” over the town.", ("quotation", "the heights", "the heights")),
        ("Troops hold the heights over the town.", "Troops hold ‘the heights’ over the town.", ("quotation", "the heights", "the heights")),
        ("“We will hold the town,” he said.", "“We must hold the town,” he said.", ("quotation", "will", "must")),
    ],
)  # fmt: skip
def test_each_change_has_its_kind(a: str, b: str, change: tuple[str, str, str]) -> None:
    assert change in changes(a, b)


def test_spellings_of_a_known_name_are_one_and_other_names_are_others() -> None:
    a, b = "Zelenskiy spoke in Kiev about the bridge.", "Zelenskyy spoke in Kyiv about the bridge."
    assert changes(a, b, {"Kiev": "k", "Kyiv": "k"}) == [("spelling", "Zelenskiy", "Zelenskyy"), ("spelling", "Kiev", "Kyiv")]
    assert changes(a, b) == [("spelling", "Zelenskiy", "Zelenskyy"), ("name", "Kiev", "Kyiv")]


def test_only_spelling_leaves_a_sentence_the_same() -> None:
    found = compared("The centre of the town burned.", "The center of the town burned!")
    assert [(row.kind, [change.kind for change in row.changes]) for row in found.rows] == [("same", ["spelling", "punctuation"])]
    assert all(change.is_trivial for row in found.rows for change in row.changes)


def test_a_verb_that_does_other_things_is_no_attribution() -> None:
    found = changes("Moscow declared annexed four of the provinces.", "Moscow moved to integrate four of the provinces.")
    assert found == [("wording", "declared annexed", "moved to integrate")]


def test_each_difference_of_the_examples_reports_is_found_and_classed() -> None:
    wire, reprint = EXAMPLE
    found = {change: row for row in compared(wire, reprint, ZELENSKY).rows for change in row.changes}
    assert (row_kind := {row.kind for row in found.values()}) <= {"same", "reworded"}, row_kind
    told = [(change.kind, words(wire, change.a), words(reprint, change.b)) for change in found]
    assert ("spelling", "centre", "center") in told
    assert ("spelling", "Zelenskiy", "Zelenskyy") in told
    assert ("date", "Wednesday", "earlier this week") in told
    assert ("attribution", "said", "stressed") in told
    assert any(kind == "wording" and "declared annexed" in a and "legally moved to integrate" in b for kind, a, b in told)
    assert any(kind == "wording" and a == "pull back from this small city" and b == "retreat from the town" for kind, a, b in told)


def test_a_battle_that_comes_later_is_moved() -> None:
    wire, reprint = EXAMPLE
    moved = [words(wire, row.a) for row in compared(wire, reprint, ZELENSKY).rows if row.is_moved and row.a]
    assert [sentence[:30] for sentence in moved] == ["Bakhmut is among the last urba", "Donetsk belongs to the four pr"]


SENTENCES = [
    "The bridge was closed on Monday.", "The bridge was opened on Tuesday, police said.", "Mayor Anna Berg crossed the bridge first.", "Nobody crossed it.",
    "Nobody hurt.", "“Seven boats,” the mayor claimed, “and two barges.”", "Anna Berg, the mayor, was the first of 7 to cross.", "A barge had hit it in January.",
]  # fmt: skip


@given(st.lists(st.sampled_from(SENTENCES), max_size=7), st.lists(st.sampled_from(SENTENCES), max_size=7))
@settings(max_examples=200, deadline=None)
def test_every_sentence_has_its_row(one: list[str], other: list[str]) -> None:
    a, b = " ".join(one), " ".join(other)
    rows = compared(a, b).rows
    assert {row.a for row in rows if row.a} == {sentence.span for sentence in read_sentences(a)}
    assert {row.b for row in rows if row.b} == {sentence.span for sentence in read_sentences(b)}
    for row in rows:
        assert row.kind in ROW_KINDS
        assert (row.a is None) == (row.kind == "added")
        assert (row.b is None) == (row.kind == "left out")
        assert (row.kind in ("same", "moved")) <= all(change.is_trivial for change in row.changes)
    order = [row.a.start for row in rows if row.a]
    assert order == sorted(order)


@given(st.text(max_size=200), st.text(max_size=200))
@example("ʼ", "")
@settings(max_examples=200, deadline=None)
def test_any_text_is_compared(a: str, b: str) -> None:
    for one, other in ((a, b), (a, f"{b} {a}")):
        for row in compared(one, other).rows:
            for change in row.changes:
                assert 0 <= change.a.start <= change.a.end <= len(one)
                assert 0 <= change.b.start <= change.b.end <= len(other)
                assert change.a != change.b or words(one, change.a) != words(other, change.b) or change.kind in ("quotation", "wording")
    assert all(row.kind == "same" and not row.changes for row in compared(a, a).rows if a.isascii() and len(read_sentences(a)) == 1)
