"""Two reports side by side, an entry's accounts compared, and reports that share their text."""

import pytest

from sitegen.pages.views import ComparedRun, ComparedSentence, ComparePage, EntryComparison, EntryPage, ReportPage, ReportsPage
from tests.pages.test_compare_data import site
from tests.support.timelines import timeline_of, view

NOTES = "---\nannotations:\n  - a: people had crossed it\n    b: people had crossed it\n    kind: dispute\n    note: The numbers differ.\n  - b: A dog swam\n    kind: context\n    note: Odd.\n---\nTwo *tellings*.\n"


def page(publish: str = "full", notes: str = NOTES) -> ComparePage:
    found = view(timeline_of(site(publish, early_late=notes)), "/compare/early...late/")
    assert isinstance(found, ComparePage)
    return found


def marked(runs: tuple[ComparedRun, ...]) -> list[str | tuple[str, str]]:
    return [(run.text, run.change) if run.change else run.text for run in runs]


def crossing(found: ComparePage) -> ComparedSentence:
    return next(sentence for sentence in found.sentences if "number" in sentence.changes)


def test_changed_words_are_marked_by_their_kind() -> None:
    sentence = crossing(page())
    assert (sentence.kind_word, sentence.changes, sentence.notes) == ("reworded, moved", "1 number", (1,))
    assert marked(sentence.a) == [("Seven", "number"), " people had crossed it on Monday."]
    assert marked(sentence.b) == [("Nine", "number"), " people had crossed it on Monday."]


def test_sentences_are_labelled_by_their_change() -> None:
    found = page()
    assert [sentence.kind_word for sentence in found.sentences] == ["reworded", "only in Late", "reworded, moved", "moved", "only in Early"]
    assert (found.title, found.tally) == ("Early and Late, compared", "2 reports, 1 text")
    assert found.why == "3 of 4 sentences of Early have a counterpart in Late, 1 word for word"


@pytest.mark.parametrize(("publish", "a"), [("quotes", [("Seven", "number"), " people had crossed it", " …"]), ("none", [])])
def test_no_more_of_a_report_is_shown_than_may_be(publish: str, a: list[object]) -> None:
    found = page(publish, "---\nannotations: []\n---\n")
    assert marked(crossing(found).a) == a
    shown = " ".join(run.text for sentence in found.sentences for run in (*sentence.a, *sentence.b))
    assert "bridge" not in shown
    assert "weather" not in shown


def test_notes_come_first_with_the_passages_they_are_about() -> None:
    first, second = page().notes
    assert (first.kind_word, first.a, first.b, first.note) == (
        "Dispute",
        "people had crossed it",
        "people had crossed it",
        "The numbers differ.",
    )
    assert (second.number, second.a, second.b) == (2, "", "A dog swam")
    assert first.a_original == "https://example.org/early#:~:text=people%20had%20crossed%20it"
    assert first.b_original == "", "it has no address"
    assert [(one.a or one.b, one.a_original) for one in page("none").notes] == [("", "")] * 2


def on_the_entry(publish: str) -> EntryComparison:
    found = view(timeline_of(site(publish, early_late=NOTES)), "/entries/told/")
    assert isinstance(found, EntryPage)
    (pair,) = found.compared
    return pair


def test_an_entry_compares_the_sentences_that_it_quotes_and_those_beside_them() -> None:
    pair = on_the_entry("full")
    assert pair.href == "/compare/early...late/"
    assert [note.note for note in pair.notes] == ["The numbers differ."]
    told = [
        (sentence.is_beside, "".join(run.text for run in sentence.a), "".join(run.text for run in sentence.b))
        for sentence in pair.sentences
    ]
    assert told == [
        (True, "The mayor said the bridge was safe.", "Mayor Anna Berg claimed the bridge was safe."),
        (False, "Seven people had crossed it on Monday.", "Nine people had crossed it on Monday."),
        (True, "It was shut for nine weeks.", "It was shut for nine weeks."),
    ]
    assert marked(pair.sentences[1].a) == [("Seven", "number"), " people had crossed it on Monday."]


def test_sentences_that_may_not_be_shown_have_their_kind_alone() -> None:
    before, quoted, behind = on_the_entry("quotes").sentences
    assert (before.kind, before.kind_word, before.changes) == ("withheld", "1 sentence reworded", "1 attribution, 1 name, 1 wording")
    assert marked(quoted.a) == [("Seven", "number"), " people had crossed it", " …"]
    assert (behind.kind, behind.kind_word, behind.a, behind.b) == ("withheld", "1 sentence moved", (), ())


def test_sentences_that_may_not_be_shown_are_counted_together() -> None:
    told = [(sentence.kind, sentence.kind_word) for sentence in page("quotes", "---\nannotations: []\n---\n").sentences]
    assert told == [
        ("withheld", "1 sentence reworded, 1 sentence only in Late"),
        ("reworded", "reworded, moved"),
        ("withheld", "1 sentence moved, 1 sentence only in Early"),
    ]
    noted = page("none").sentences
    assert [(sentence.kind, sentence.notes) for sentence in noted] == [("withheld", (1, 2))]


def test_without_a_report_s_text_only_quotations_are_compared_and_nothing_is_claimed_of_the_rest() -> None:
    files = site("quotes", early_late=NOTES.replace("  - b: A dog swam\n    kind: context\n    note: Odd.\n", ""))
    files["entries/told.md"] = files["entries/told.md"].replace(
        "      - quote: Nine", "      - quote: A dog swam across the river\n      - quote: Nine"
    )
    del files["captures/late.txt"]
    found, entry = view(timeline_of(files), "/compare/early...late/"), view(timeline_of(files), "/entries/told/")
    assert isinstance(found, ComparePage)
    assert isinstance(entry, EntryPage)
    told = [(sentence.kind_word, marked(sentence.a), marked(sentence.b)) for sentence in found.sentences]
    assert told == [
        ("quoted only from Late", [], ["A dog swam across the river"]),
        ("reworded", [("Seven", "number"), " people had crossed it"], [("Nine", "number"), " people had crossed it"]),
    ]
    assert [sentence.kind_word for sentence in entry.compared[0].sentences] == [kind_word for kind_word, _, _ in told]
    assert (found.tally, found.a.remark) == ("2 reports", "")
    assert found.why == "the full texts are not available; only the quoted passages are compared"


def test_reports_lead_to_their_comparisons() -> None:
    timeline = timeline_of(site())
    report, reports = view(timeline, "/articles/late/"), view(timeline, "/articles/")
    assert isinstance(report, ReportPage)
    assert isinstance(reports, ReportsPage)
    assert [(link.text, link.href) for link in report.compared] == [("Early", "/compare/early...late/")]
    (matrix,) = reports.matrices
    assert [link.text for link in matrix.reports] == ["Early", "Late"]
    assert [[cell.text if cell else None for cell in row] for row in matrix.rows] == [[None, "75%"], ["75%", None]]


def test_a_report_says_how_many_texts_its_group_has() -> None:
    report = view(timeline_of(site()), "/articles/late/")
    assert isinstance(report, ReportPage)
    assert report.texts == "2 reports, 1 text"
    assert report.texts_why == "Late shares text with Early; 3 of 4 sentences of Early have a counterpart in Late, 1 word for word"
    alone = view(timeline_of({"articles/one.md": "---\ntitle: One\n---\n"}), "/articles/one/")
    assert isinstance(alone, ReportPage)
    assert alone.texts == ""


def test_reports_that_are_declared_one_text_are_in_the_table_without_their_texts() -> None:
    files = {f"articles/{name}.md": f"---\ntitle: {name}\norigin: Wire\n---\n" for name in ("one", "two")}
    reports = view(timeline_of(files), "/articles/")
    assert isinstance(reports, ReportsPage)
    (matrix,) = reports.matrices
    assert [[cell and cell.text for cell in row] for row in matrix.rows] == [[None, "declared"], ["declared", None]]


def test_a_passage_leads_to_the_archived_copy() -> None:
    found = view(timeline_of(site()), "/entries/told/")
    assert isinstance(found, EntryPage)
    assert [passage.archived for account in found.accounts for passage in account.passages] == ["https://archive.example/early", ""]
