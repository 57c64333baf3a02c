"""The share of a report that the site shows."""

import pytest

from sitegen.text.sentences import Span
from sitegen.timeline.quotas import QuotedShares, visible_text
from tests.support.timelines import timeline_of

TEXT = "The mayor said the bridge was safe. Nobody asked her why it had been shut for nine weeks.\n"


def site(publish: str = "quotes", folder: str = "entries") -> dict[str, str]:
    return {
        "articles/report.md": f"---\ntitle: Report\npublish: {publish}\n---\n",
        "captures/report.txt": TEXT,
        f"{folder}/told.md": "---\ntitle: Told\ndate: 2023\naccounts:\n  - article: report\n    passages:\n      - quote: the bridge was safe\n      - quote: it had been shut\n---\n",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("publish", "sentence", "change"),
    [("quotes", "the bridge was safe", "safe"), ("full", "The mayor said the bridge was safe.", "safe"), ("none", "", "")],
)
def test_only_permitted_text_is_shown(publish: str, sentence: str, change: str) -> None:
    (report,) = timeline_of(site(publish)).reports
    seen = visible_text(report)
    assert seen.within(Span(0, 35)) == sentence
    assert seen.whole(Span(TEXT.index("safe"), TEXT.index("safe") + 4)) == change
    assert seen.whole(Span(0, 9)) == ("The mayor" if publish == "full" else "")


def test_quotations_of_one_sentence_are_separate() -> None:
    (report,) = timeline_of(site()).reports
    assert visible_text(report).within(Span(0, len(TEXT))) == "the bridge was safe … it had been shut"


def test_the_shown_part_of_a_report_is_counted_without_drafts_and_full_reports() -> None:
    assert [one.message for one in QuotedShares().problems(timeline_of(site()))] == ["the site shows 44.4% of this report’s words"]
    assert list(QuotedShares().problems(timeline_of(site(folder="drafts")))) == []
    assert list(QuotedShares().problems(timeline_of(site(publish="full")))) == []
    assert list(QuotedShares().problems(timeline_of(site(publish="none")))) == []


def test_an_editors_comparison_quotes_too() -> None:
    files = {
        **site(),
        "entries/told.md": "---\ntitle: Told\ndate: 2023\n---\n",
        "articles/second.md": "---\ntitle: Second\n---\n",
        "captures/second.txt": TEXT.upper(),
        "comparisons/report...second.md": "---\nannotations:\n  - a: Nobody asked her\n    note: Indeed.\n---\n",
    }
    report, *_ = [one for one in timeline_of(files).reports if one.article.id == "report"]
    assert visible_text(report, timeline_of(files).comparisons.values()).within(Span(36, 60)) == "Nobody asked her"
