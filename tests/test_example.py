"""The example site: an annotated timeline whose text is the project's own."""

import re
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.content.parse import parse
from sitegen.content.read import read
from sitegen.model import Content, Settings
from sitegen.timeline.independence import roots
from sitegen.timeline.link import link

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT.parent / "shared" / "articles"
QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')


@pytest.fixture(scope="module")
def content() -> Content:
    sources, problems = read(ROOT, with_drafts=True)
    found, more = parse(sources)
    assert problems + more == ()
    return found


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("’", "").replace("'", ""))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    told = words(text)
    return {tuple(told[start : start + length]) for start in range(len(told) - length + 1)}


def test_the_example_has_at_least_ten_entries_from_2022_to_april_2023(content: Content) -> None:
    assert len(content.entries) >= 10
    latest = [entry.when.latest for entry in content.entries if entry.when.latest]
    assert min(day.year for day in latest) == 2022
    begins = [entry.when.earliest for entry in content.entries if entry.when.earliest]
    assert max(begins).isoformat() == "2023-04-07"


def test_the_example_links_without_a_problem_or_a_note(content: Content) -> None:
    timeline, problems = link(Settings(), content)
    assert problems == ()
    assert {root for root, _ in roots(report.article for report in timeline.reports).values()} == {"wire-2023-04-07"}


def test_every_entry_rests_on_the_reports(content: Content) -> None:
    assert all(entry.passages for entry in content.entries)


def test_both_reports_say_that_they_are_rewritten(content: Content) -> None:
    assert {article.outlet for article in content.articles} == {"Wire", "Reprint"}
    assert all("ewritten for this example" in article.origin for article in content.articles)


def test_the_two_reports_word_the_annexation_each_in_its_own_way(content: Content) -> None:
    wire, reprint = (content.captures[f"{name}-2023-04-07"].text for name in ("wire", "reprint"))
    assert "declared annexed" in wire
    assert "declared annexed" not in reprint
    assert "legally moved to integrate" in reprint
    assert "legally moved to integrate" not in wire


@pytest.mark.skipif(not (REPORTS / "gold.json").is_file(), reason="the two real reports are not beside this checkout")
def test_no_sentence_of_the_real_reports_is_carried_over(content: Content) -> None:
    real = set().union(*(runs(path.read_text(encoding="utf-8"), 6) for path in REPORTS.glob("*.txt")))
    for path in sorted((ROOT / "content").rglob("*.*")):
        shared = runs(path.read_text(encoding="utf-8"), 6) & real
        assert not shared, f"{path.name}: {sorted(' '.join(run) for run in shared)}"


@pytest.mark.skipif(not (REPORTS / "gold.json").is_file(), reason="the two real reports are not beside this checkout")
def test_nobody_is_quoted_in_words_that_the_real_reports_do_not_have(content: Content) -> None:
    real = " ".join(" ".join(words(path.read_text(encoding="utf-8"))) for path in sorted(REPORTS.glob("*.txt")))
    for capture in content.captures.values():
        for quoted in QUOTED.finditer(capture.text):
            assert " ".join(words(quoted[0])) in real, quoted[0]


def test_each_page_says_that_the_reports_are_rewritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["build", "--output", str(tmp_path / "site")]) == 0
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 40
    assert [page for page in pages if "ewritten for this example" not in page.read_text(encoding="utf-8")] == []
