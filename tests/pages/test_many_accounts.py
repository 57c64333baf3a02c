"""An entry with many accounts: its page stays readable, and not every pair is compared."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from tests.support.site_tester import Site

TELLINGS = [
    "Ferries stopped at noon.", "A school sent pupils home.", "Markets lost their roofs.", "Two bridges are shut.", "Gardens lay under mud.",
    "No theatre opened that night.", "Cranes fell into the harbour.", "Books were carried upstairs.", "Trains stood still until dusk.",
    "Apple harvests drowned.", "Bells rang in every chapel.", "Rescuers dug through a tunnel.", "Workers left the quarry early.",
]  # fmt: skip
QUOTES = [telling.removesuffix(".") for telling in TELLINGS]


def alike(number: int) -> str:
    return (
        f"The dam above the valley gave way at dawn, the warden told a crowd of {number} at the town hall. Nobody was in the houses below."
    )


def told_by(root: Path, texts: list[str], quotes: list[str]) -> Site:
    site = Site.new(root)
    accounts = ""
    for number, (text, quote) in enumerate(zip(texts, quotes, strict=True)):
        site.write(f"content/articles/r{number}.md", f"---\ntitle: Report {number}\noutlet: Outlet {number}\npublished: 2023-04-07\n---\n")
        site.write(f"content/captures/r{number}.txt", text + "\n")
        accounts += f"  - article: r{number}\n    passages:\n      - quote: {quote}\n"
    return site.write("content/entries/told.md", f"---\ntitle: Told\ndate: 2023-04-07\naccounts:\n{accounts}---\n")


def compared(site: Site) -> set[str]:
    return {path.split("/")[1] for path in site.output if path.startswith("compare/")}


def blocks(site: Site) -> list[str]:
    return re.findall(r'<h3><a href="/compare/([^"/]*)/', site.output["entries/told/index.html"].decode())


def test_reports_that_have_nothing_in_common_are_not_all_compared(tmp_path: Path) -> None:
    site = told_by(tmp_path, TELLINGS, QUOTES).build().succeeds()
    assert compared(site) == {"r0...r1", "r0...r2", "r1...r2"}
    assert blocks(site) == []
    page = site.output["entries/told/index.html"].decode()
    assert [page.count(quote) for quote in QUOTES] == [1] * 13


@pytest.mark.parametrize("number", [2, 3])
def test_of_few_reports_each_two_are_compared(number: int, tmp_path: Path) -> None:
    site = told_by(tmp_path, TELLINGS[:number], QUOTES[:number]).build().succeeds()
    every = {f"r{one}...r{other}" for one, other in combinations(range(number), 2)}
    assert compared(site) == every
    assert set(blocks(site)) == every


def test_of_many_reports_those_that_share_sentences_are_compared(tmp_path: Path) -> None:
    texts, quotes = [*TELLINGS], [*QUOTES]
    texts[5] = texts[11] = alike(40)
    quotes[5] = quotes[11] = "The dam above the valley gave way at dawn"
    site = told_by(tmp_path, texts, quotes).build().succeeds()
    assert "r11...r5" in compared(site)
    assert blocks(site) == ["r11...r5"]


def test_short_reports_of_one_text_are_found_however_many_accounts_there_are(tmp_path: Path) -> None:
    texts, quotes = [*TELLINGS], [*QUOTES]
    texts[12], quotes[12] = texts[6], quotes[6]
    site = told_by(tmp_path, texts, quotes).build().succeeds()
    assert blocks(site) == ["r12...r6"]


def test_thirty_reports_of_one_text_make_no_page_for_each_two(tmp_path: Path) -> None:
    site = told_by(tmp_path, [alike(number) for number in range(30)], ["The dam above the valley"] * 30).build().succeeds()
    assert 29 <= len(compared(site)) <= 30 * 6
    assert len(blocks(site)) == 3


def test_a_page_of_an_entry_leads_to_the_comparisons_that_it_does_not_show(tmp_path: Path) -> None:
    site = told_by(tmp_path, [alike(number) for number in range(20, 28)], ["The dam above the valley"] * 8).build().succeeds()
    page = site.output["entries/told/index.html"].decode()
    assert len(blocks(site)) == 3
    assert set(re.findall(r'href="/compare/([^"/]*)/', page)) == compared(site)


def test_what_an_editor_compared_comes_first(tmp_path: Path) -> None:
    texts, quotes = [alike(number) for number in range(20, 31)] + TELLINGS[11:], ["The dam above the valley"] * 11 + QUOTES[11:]
    notes = "---\nannotations:\n  - a: Rescuers dug\n    b: Workers left\n    note: Both are true.\n---\n"
    site = told_by(tmp_path, texts, quotes).write("content/comparisons/r11...r12.md", notes).build().succeeds()
    assert blocks(site)[0] == "r11...r12"


def test_a_further_account_removes_no_comparison(tmp_path: Path) -> None:
    before = compared(told_by(tmp_path, TELLINGS[:3], QUOTES[:3]).build().succeeds())
    assert before
    assert before <= compared(told_by(tmp_path, TELLINGS, QUOTES).build().succeeds())
