"""The main job on real input: reports are read, their drafts corrected and accepted, and the site is built."""

import json
from pathlib import Path

import pytest

from sitegen.cli import main

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT.parent / "shared" / "articles"

in_hand = pytest.mark.skipif(not (REPORTS / "gold.json").is_file(), reason="the two real reports are not beside this checkout")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "sitegen.toml").write_text('title = "Bakhmut"\nbase_url = "https://example.org/bakhmut/"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def read_both(reports: Path) -> None:
    for name in ("wire", "reprint"):
        file = str(reports / f"bakhmut-{name}.txt")
        assert main(["ingest", file, "--published", "2023-04-07", "--outlet", name.title()]) == 0


@in_hand
def test_the_two_reports_become_drafts_entries_and_pages(site: Path) -> None:
    read_both(REPORTS)
    before = files(site)
    read_both(REPORTS)
    assert files(site) == before

    draft = site / "content/drafts/wire-2023-04-07.md"
    text = draft.read_text(encoding="utf-8")
    assert "people:" not in text
    corrected = text.replace("status: reported\n", "status: reported\npeople: [British military intelligence]\nplaces: [Bakhmut]\n")
    draft.write_text(
        corrected + "London puts Russian forces in the middle of [[Bakhmut]].[^1]\n\n[^1]: Kyiv did not confirm it.\n", encoding="utf-8"
    )
    assert main(["accept", "wire-2023-04-07"]) == 0
    assert main(["build"]) == 0

    page = (site / "site/entries/wire-2023-04-07/index.html").read_text(encoding="utf-8")
    assert "Kyiv did not confirm it." in page
    assert "Russian forces have very likely seized the centre" in page
    assert (site / "site/places/bakhmut/index.html").is_file()
    assert not (site / "site/entries/reprint-2023-04-07").exists(), "a draft is no entry"
    assert main(["build", "--drafts"]) == 0
    assert (site / "site/entries/reprint-2023-04-07/index.html").is_file()


@in_hand
def test_what_is_no_part_of_the_reports_is_kept_apart(site: Path) -> None:
    gold = json.loads((REPORTS / "gold.json").read_text(encoding="utf-8"))["documents"]
    read_both(REPORTS)
    for name in ("wire", "reprint"):
        capture = (site / f"content/captures/{name}-2023-04-07.txt").read_text(encoding="utf-8")
        article = (site / f"content/articles/{name}-2023-04-07.md").read_text(encoding="utf-8")
        for words in gold[f"bakhmut-{name}.txt"]["boilerplate"]:
            assert words not in capture
            assert words in article
        for around, _ in gold[f"bakhmut-{name}.txt"]["dates"]:
            assert around in " ".join(capture.split())


@in_hand
def test_a_draft_that_was_deleted_stays_deleted(site: Path) -> None:
    read_both(REPORTS)
    (site / "content/drafts/wire-2023-04-07.md").unlink()
    read_both(REPORTS)
    assert not (site / "content/drafts/wire-2023-04-07.md").exists()


@in_hand
def test_a_missing_day_of_publication_is_asked_for(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(REPORTS / "bakhmut-wire.txt")]) == 1
    assert "--published" in capsys.readouterr().err
    assert not list(site.glob("content/**/*.md"))


def test_the_examples_own_accounts_are_read_and_built_likewise(site: Path) -> None:
    for name in ("wire", "reprint"):
        capture = ROOT / f"content/captures/{name}-2023-04-07.txt"
        assert main(["ingest", str(capture), "--published", "2023-04-07", "--outlet", name.title()]) == 0
        stored = site / f"content/captures/{name}-2023-04-07.txt"
        assert stored.read_bytes() == capture.read_bytes(), "a capture holds nothing but the report's own paragraphs"
        assert main(["accept", f"{name}-2023-04-07"]) == 0
    assert main(["build"]) == 0
    assert (site / "site/articles/reprint-2023-04-07/index.html").is_file()
