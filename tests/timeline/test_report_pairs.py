"""Choosing the pairs of reports to compare."""

from sitegen.timeline.graph import Timeline
from sitegen.timeline.report_pairs import ComparisonMemo
from tests.support.ferry_reports import entry_with_accounts, first_words, reports
from tests.support.timelines import timeline_of


def compared(timeline: Timeline) -> list[tuple[str, str, int]]:
    return [(*ids, pair.comparison.sharing.texts) for ids, pair in ComparisonMemo().pairs(timeline).items()]


def test_reports_that_share_text_are_compared_the_earlier_first() -> None:
    timeline = timeline_of(reports(wire="2023-04-09", number="2023-04-08", other="2023-04-07"))
    assert compared(timeline) == [("number", "wire", 1)]


def test_reports_that_share_an_entry_are_compared_whatever_they_share() -> None:
    timeline = timeline_of(
        reports(wire="2023-04-08", other="2023-04-07")
        | entry_with_accounts(("wire", first_words("wire"), ""), ("other", first_words("other"), ""))
    )
    assert compared(timeline) == [("other", "wire", 2)]


def test_reports_that_the_editor_compares_are_compared() -> None:
    notes = {"comparisons/other...wire.md": f"---\nannotations:\n  - a: {first_words('other')}\n    note: A reporter was there.\n---\n"}
    found = ComparisonMemo().pairs(timeline_of(reports(wire="2023-04-08", other="2023-04-07") | notes))
    assert [(pair.id, pair.notes is not None) for pair in found.values()] == [("other...wire", True)]


def test_without_a_reports_text_its_quotations_are_compared() -> None:
    told = entry_with_accounts(("wire", first_words("wire", 12), ""), ("number", first_words("number", 12), ""))
    files = reports(wire="2023-04-08", number="2023-04-07") | told
    del files["captures/number.txt"]
    (pair,) = ComparisonMemo().pairs(timeline_of(files)).values()
    assert pair.quoted == (first_words("number", 12), first_words("wire", 12))
    assert [(row.kind, row.is_moved) for row in pair.comparison.rows] == [("reworded", False)]
    assert [change.kind for change in pair.comparison.rows[0].changes] == ["number"]
    assert (pair.is_one_text, pair.comparison.sharing.counterparts) == (False, None)


def test_reports_without_their_texts_keep_the_page_that_the_editor_writes_on_them() -> None:
    files = reports(wire="2023-04-08", other="2023-04-07")
    files |= {"comparisons/other...wire.md": "---\nannotations:\n  - a: A ferry\n    note: Whose?\n---\n"}
    for name in ("wire", "other"):
        del files[f"captures/{name}.txt"]
    (pair,) = ComparisonMemo().pairs(timeline_of(files)).values()
    assert (pair.quoted, pair.comparison.rows, pair.notes is not None) == (("", ""), (), True)


def test_without_the_texts_shared_sentences_are_unknown() -> None:
    files = reports(wire="2023-04-08", number="2023-04-07")
    del files["captures/number.txt"]
    assert compared(timeline_of(files)) == []
