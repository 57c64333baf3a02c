"""Reports that share their text, and how much of it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from sitegen.compare.align import Alignment, Sentence, align
from sitegen.compare.sharing import ReportText
from sitegen.ingest.near_duplicates import TextFingerprint, TextOverlap, every_pair, fingerprint, text_overlaps

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/cases/origins"


def report(id: str) -> ReportText:
    path = CASES / f"{id}.txt" if (CASES / f"{id}.txt").is_file() else ROOT / f"content/captures/{id}-2023-04-07.txt"
    return ReportText(id, path.read_text(encoding="utf-8"))


def found(*ids: str) -> tuple[TextOverlap, ...]:
    reports = [report(id) for id in ids]
    return every_pair(reports, shared(reports))


def shared(reports: Sequence[ReportText], known: Sequence[ReportText] = ()) -> list[TextOverlap]:
    texts = {one.id: one.text for one in known}
    return list(text_overlaps(reports, fingerprints(reports), fingerprints(known), texts.__getitem__))


def fingerprints(reports: Iterable[ReportText]) -> list[TextFingerprint]:
    return [fingerprint(one) for one in reports]


PAIRS = [
    # what it is, the reports, texts, least and most overlap, why
    ("an edited wire story", "wire", "reprint", 1, 1, 1, "all 15 sentences of reprint have a counterpart in wire, 2 word for word"),
    ("a changed number", "ferry-wire", "ferry-number", 1, 1, 1, "all 11 sentences of ferry-wire have a counterpart in ferry-number, 10 word for word"),
    ("a shortened copy", "ferry-wire", "ferry-short", 1, 1, 1, "all 4 sentences of ferry-short have a counterpart in ferry-wire"),
    ("half of a merged copy", "ferry-wire", "merged", 1, 0.5, 0.7, "5 of 8 sentences of merged have a counterpart in ferry-wire, 1 word for word"),
    ("its other half", "strike-wire", "merged", 1, 0.5, 0.7, "5 of 8 sentences of strike-wire have a counterpart in merged, 2 word for word"),
    ("a translation", "ferry-wire", "ferry-paraphrase", 1, 1, 1, "all 11 sentences of ferry-wire have a counterpart in ferry-paraphrase"),
    ("two reporters, one event", "ferry-wire", "ferry-other", 2, 0, 0.3, None),
    ("two stories of one town", "ferry-wire", "strike-wire", 2, 0, 0, "no sentence of one was found to have a counterpart in the other"),
    ("two stories", "council", "wire", 2, 0, 0, "no sentence of one was found to have a counterpart in the other"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "one", "other", "texts", "least", "most", "why"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_a_pair(what: str, one: str, other: str, texts: int, least: float, most: float, why: str | None) -> None:
    (origin,) = found(one, other)
    (swapped,) = found(other, one)
    assert origin.articles == (one, other)
    assert (swapped.texts, swapped.overlap) == (origin.texts, origin.overlap)
    assert origin.texts == texts, what
    assert least <= origin.overlap <= most
    assert why is None or origin.why == why


def test_there_is_a_row_for_each_pair() -> None:
    rows = found("ferry-wire", "council", "ferry-short", "strike-wire")
    assert len(rows) == 6
    assert [row.articles for row in rows if row.texts == 1] == [("ferry-wire", "ferry-short")]


def test_two_reporters_who_quote_one_news_conference_have_two_texts() -> None:
    quotes = (
        "“We are searching every house on the river bank tonight,” the fire chief said.",
        "“Nobody should try to drive through the water,” she said.",
        "“It will rise for another two days at least,” she added.",
    )
    one = "The river burst its banks in Norden before dawn. A dam upstream had been opened in haste. " + " ".join(quotes)
    other = "Families slept in a school gym after floods cut off the town. Shops stayed shut. Trains turned back halfway. " + " ".join(
        quotes
    )
    (origin,) = every_pair(reports := [ReportText("one", one), ReportText("other", other)], shared(reports))
    assert origin.overlap == 0.6
    assert origin.texts == 2


def test_a_report_is_compared_with_those_the_site_has_and_they_come_first() -> None:
    (origin,) = shared([report("ferry-short")], [report("council"), report("ferry-wire")])
    assert origin.articles == ("ferry-wire", "ferry-short")


def test_reports_that_share_nothing_are_not_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many reports cost what they share: of 300 stories with words of their own, none is aligned with another."""

    def fail(*_: object) -> None:
        raise AssertionError("aligned")

    # No result shows which reports were aligned.
    monkeypatch.setattr("sitegen.ingest.near_duplicates.align", fail)
    stories = [ReportText(str(n), " ".join(f"word{n}x{m} thing{n}y{m} happened." for m in range(20))) for n in range(300)]
    assert shared(stories) == []


def test_of_very_many_reports_only_those_that_share_something_have_rows() -> None:
    stories = [ReportText(str(n), f"Story {n} tells of thing{n} alone.") for n in range(150)]
    reports = [*stories, report("ferry-wire"), report("ferry-short")]
    assert [row.articles for row in every_pair(reports, shared(reports))] == [("ferry-wire", "ferry-short")]


def test_empty_reports_share_nothing() -> None:
    reports = [ReportText("a", ""), ReportText("b", "— …\n"), ReportText("c", "Yes.")]
    assert all(row.texts == 2 and row.overlap == 0 for row in every_pair(reports, shared(reports)))


def results(company: str, place: str, profit: int, sales: int, chief: str) -> str:
    return (
        f"Net profit at {company}, of {place}, came to {profit} million crowns in the second quarter, the company said.\n\n"
        f"Sales reached {sales} million crowns, helped by a weak currency, chief executive {chief} told reporters.\n\n"
        f"Shares in {company} moved by {profit % 9} percent in early trade in {place}."
    )


def test_a_formula_filled_with_other_names_and_numbers_is_no_shared_text() -> None:
    reports = [
        ReportText("metals", results("Nordal", "Oslo", 1900, 8210, "Kari Aasen")),
        ReportText("salmon", results("Fjordfisk", "Bergen", 902, 4100, "Lars Tveit")),
        ReportText(
            "reprint", results("Nordal", "Oslo", 1900, 8210, "Kari Aasen").replace("came to", "amounted to").replace("8210", "8120")
        ),
    ]
    rows = {row.articles: row for row in every_pair(reports, shared(reports))}
    assert rows["metals", "reprint"].texts == 1
    assert rows["metals", "salmon"].texts == rows["salmon", "reprint"].texts == 2
    assert rows["metals", "salmon"].why.endswith(", but with different names and numbers")


def test_hundreds_of_copies_are_found_and_each_is_aligned_with_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    text = report("ferry-short").text
    copies = [ReportText(f"copy-{n:03}", text.replace("thick fog", f"thick fog {n} miles out")) for n in range(220)]
    aligned = []

    def counted(one: Sequence[Sentence], other: Sequence[Sentence]) -> Alignment:
        aligned.append(1)
        return align(one, other)

    # No result shows how many reports were aligned.
    monkeypatch.setattr("sitegen.ingest.near_duplicates.align", counted)
    rows = shared(copies[:200], copies[200:])
    assert {id for row in rows if row.texts == 1 for id in row.articles[1:]} >= {copy.id for copy in copies[1:200]}
    assert len(aligned) <= 8 * 200
    assert all(row.texts == 1 for row in rows)


def test_no_order_of_the_reports_changes_what_they_share() -> None:
    text = report("ferry-short").text
    copies = [ReportText(f"copy-{n:02}", text.replace("thick fog", f"thick fog {n} miles out")) for n in range(60)]
    one, other = shared(copies), shared(copies[::-1])
    assert {frozenset(row.articles) for row in one} == {frozenset(row.articles) for row in other}


def test_one_sentence_reworded_is_no_shared_text() -> None:
    one = "Police closed the bridge in Leer after a barge hit it on Thursday night, the mayor said."
    other = "Police closed the bridge in Leer after a barge hit a pier on Thursday, its mayor said."
    (reworded,) = shared([ReportText("one", one), ReportText("other", other)])
    (same,) = shared([ReportText("one", one), ReportText("other", one)])
    assert (reworded.texts, same.texts) == (2, 1)
