"""README.md and docs/ describe the keys, settings and commands that the program has."""

import re
from pathlib import Path

import pytest

from sitegen import config, dates
from sitegen.content import articles, entries, names, pages
from sitegen.content.parse import parse_file
from sitegen.content.read import Source
from sitegen.model import STATUSES, Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTENT = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """From a heading to the next one of its rank or above."""
    rank, _ = heading.split(" ", 1)
    found = re.search(rf"^{heading}\n(.*?)(?=^#{{1,{len(rank)}}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of tables, their headings left out."""
    lines = [line.strip("|").split(" | ") for line in text.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in line] for line in lines if "`" in line[0]]


def keys(text: str) -> list[str]:
    return [key for row in rows(text) for key in re.findall(r"`([^`]+)`", row[0])]


EXAMPLES = [
    (page, *found.groups())
    for page, text in (("README.md", README), ("docs/content.md", CONTENT))
    for found in re.finditer(r"`content/(\w+)/([\w-]+)\.md`[^\n]*:\n\n```markdown\n(---\n.*?)```", text, re.DOTALL)
]


def test_each_kind_of_file_has_an_example() -> None:
    assert {folder for _, folder, _, _ in EXAMPLES} == {"articles", "entries", "pages", "people", "places"}


@pytest.mark.parametrize(("page", "folder", "id_", "text"), EXAMPLES, ids=[f"{page} {folder}" for page, folder, _, _ in EXAMPLES])
def test_an_example_is_read_without_a_problem(page: str, folder: str, id_: str, text: str) -> None:
    parsed = parse_file(Source(f"content/{folder}/{id_}.md", folder, text.encode()))
    assert parsed.problems == ()
    assert parsed.fact is not None


DATES = [(code, row[1]) for row in rows(section(CONTENT, "## Dates")) for code in re.findall(r"`([^`]+)`", row[0])]


@pytest.mark.parametrize(("written", "label"), DATES)
def test_a_date_is_shown_as_the_manual_says(written: str, label: str) -> None:
    assert dates.parse(written).label == label


def test_the_manual_names_every_setting() -> None:
    assert keys(section(CONTENT, "## Settings")) == list(config.KEYS)


def test_the_manual_names_each_settings_default() -> None:
    told = {row[0].strip("`"): row[2] for row in rows(section(CONTENT, "## Settings"))}
    for key in ("title", "language", "order"):
        assert told[key] == f'`"{getattr(Settings(), key)}"`'
    assert told["search"] == "`true`"


def test_the_manual_names_every_key_of_an_entry() -> None:
    entry = section(CONTENT, "## Entries")
    accounts = section(CONTENT, "### Accounts")
    assert set(keys(entry.partition("###")[0])) == {*entries.KEYS}
    assert set(keys(accounts)) == {*entries.ACCOUNT_KEYS, *entries.PASSAGE_KEYS}
    assert set(re.findall(r"`(\w+)`", accounts.rpartition("An account with `url`")[2])) == {*entries.CITATION_KEYS}
    assert set(keys(section(CONTENT, "### Corrections"))) == {*entries.CORRECTION_KEYS}


def test_the_manual_names_every_key_of_a_report_a_name_and_a_page() -> None:
    assert set(keys(section(CONTENT, "## Reports"))) == {*articles.KEYS}
    assert set(keys(section(CONTENT, "## People and places"))) == {*names.PLACE_KEYS}
    assert pages.KEYS == ("title",)


@pytest.mark.parametrize(
    "choices",
    [STATUSES, entries.CORRECTION_KINDS, articles.KINDS, articles.PUBLISH, names.PERSON_KINDS],
)
def test_the_manual_names_every_choice(choices: tuple[str, ...]) -> None:
    for choice in choices:
        assert f"`{choice}`" in CONTENT
