"""The main task on real input: ingest two reports of one event, correct and accept the drafts, build the site."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.compare.diff import compare
from sitegen.compare.sharing import ReportText
from sitegen.compare.units import KnownNames

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT.parent / "shared" / "articles"
LEAD = "russian-forces-have-very-likely-seized-the-centre-of-the"

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
        read(reports, name)


def read(reports: Path, name: str) -> None:
    assert main(["ingest", str(reports / f"bakhmut-{name}.txt"), "--published", "2023-04-07", "--outlet", name.title()]) == 0


def read_together(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, list[dict[str, object]]]:
    names = [str(REPORTS / f"bakhmut-{name}.txt") for name in ("wire", "reprint")]
    assert main(["ingest", *names, "--published", "2023-04-07", "--dry-run", "--json", *options]) == 0
    told: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return told


@in_hand
def test_the_two_reports_become_drafts_entries_and_pages(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read_both(REPORTS)
    before = files(site)
    read_both(REPORTS)
    assert files(site) == before
    assert main(["build", "--drafts"]) == 0
    assert "problem" not in capsys.readouterr().err

    draft = site / f"content/drafts/{LEAD}.md"
    text = draft.read_text(encoding="utf-8")
    assert "# “on Friday” is Friday 7 April 2023\ndate: 2023-04-07\n" in text
    draft.write_text(
        text + "London puts Russian forces in the middle of [[Bakhmut]].[^1]\n\n[^1]: Kyiv did not confirm it.\n", encoding="utf-8"
    )
    assert main(["accept", LEAD]) == 0
    assert main(["build"]) == 0

    page = (site / f"site/entries/{LEAD}/index.html").read_text(encoding="utf-8")
    assert "Kyiv did not confirm it." in page
    assert "Russian forces have very likely seized the centre" in page
    assert "Russian forces have very likely seized the center" in page
    assert (site / "site/places/bakhmut/index.html").is_file()
    assert not (site / "site/entries/moscow-says-it-invaded-ukraine").exists(), "a draft is no entry"
    assert main(["build", "--drafts"]) == 0
    assert (site / "site/entries/moscow-says-it-invaded-ukraine/index.html").is_file()


@in_hand
def test_an_entry_gets_the_account_of_a_later_report_and_nothing_else_of_it_changes(site: Path) -> None:
    read(REPORTS, "wire")
    assert main(["accept", LEAD]) == 0
    entry = site / f"content/entries/{LEAD}.md"
    corrected = entry.read_text(encoding="utf-8").replace("title: ", "title:   London says that ", 1) + "Ours.\n"
    entry.write_bytes(corrected.replace("\n", "\r\n").encode())
    before = entry.read_bytes()
    read(REPORTS, "reprint")
    after = entry.read_bytes()
    assert b"  - article: reprint-2023-04-07\r\n" in after
    start = after.index(b"  - article: reprint-2023-04-07\r\n")
    end = after.index(b"added:")
    assert after[:start] + after[end:] == before
    assert main(["build", "--drafts"]) == 0


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
    read(REPORTS, "wire")
    (site / f"content/drafts/{LEAD}.md").unlink()
    read_both(REPORTS)
    drafts = [path.read_text(encoding="utf-8") for path in site.glob("content/drafts/*.md")]
    assert len(drafts) == 7
    assert not any("seized the cent" in draft for draft in drafts), "nor does another report bring it back"


@in_hand
def test_a_missing_day_of_publication_is_asked_for(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(REPORTS / "bakhmut-wire.txt")]) == 1
    assert "--published" in capsys.readouterr().err
    assert not list(site.glob("content/**/*.md"))


@in_hand
def test_all_events_that_a_careful_editor_finds_are_drafted(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = json.loads((REPORTS / "gold.json").read_text(encoding="utf-8"))
    told = read_together(capsys)
    texts = {str(article["id"]): str(article["text"]) for article in told["articles"]}
    for file, document in gold["documents"].items():
        id = f"{file.removesuffix('.txt')}-2023-04-07"
        dates = {(texts[id][at(row, "start") - 40 : at(row, "end") + 40], row["edtf"]) for row in told["dates"] if row["article"] == id}
        for around, value in document["dates"]:
            assert any(near_by(around, words) and edtf == value for words, edtf in dates), around
        for kind, key in (("person", "people"), ("place", "places")):
            rows = [row for row in told["names"] if row["kind"] == kind and any(spot["article"] == id for spot in listed(row, "mentions"))]
            assert set(document[key]) <= {str(name) for row in rows for name in (row["name"], *listed(row, "spellings"))}
        people = {str(row["name"]) for row in told["names"] if row["kind"] == "person"}
        assert people.isdisjoint(document.get("not_people", ()))
    for one, other in gold["same_person"]:
        merged = [set(map(str, listed(row, "spellings"))) for row in told["names"] if row["kind"] == "person"]
        assert any({one, other} <= spellings for spellings in merged), (one, other)


@in_hand
def test_events_in_both_reports_are_one_draft_and_the_others_are_separate(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = json.loads((REPORTS / "gold.json").read_text(encoding="utf-8"))
    told = read_together(capsys)
    assert 6 <= len(told["entries"]) <= 22
    for file, words, other_file, other_words, date in gold["same_event"]:
        (one,) = holders(told, file, words)
        assert [one] == list(holders(told, other_file, other_words))
        assert one["date"] == date
        assert len(listed(one, "accounts")) == 2
    for file, words in gold["only_in_one"]:
        (one,) = holders(told, file, words)
        assert len(listed(one, "accounts")) == 1
    (origin,) = told["origins"]
    assert (origin["texts"], origin["overlap"]) == (1, 1.0)
    assert "all 15 sentences" in str(origin["why"])


@in_hand
def test_each_difference_between_them_is_found_and_classed() -> None:
    gold = json.loads((REPORTS / "gold.json").read_text(encoding="utf-8"))
    wire, reprint = (ReportText(name, (REPORTS / f"bakhmut-{name}.txt").read_text(encoding="utf-8")) for name in ("wire", "reprint"))
    names = {spelling: person[0] for person in gold["same_person"] for spelling in (*person, person[0].split()[-1])}
    rows = compare(wire, reprint, KnownNames(names)).rows
    for difference in gold["differences"]:
        row, *_ = [
            row
            for row in rows
            if row.a
            and row.b
            and difference["wire"] in wire.text[row.a.start : row.a.end]
            and difference["reprint"] in reprint.text[row.b.start : row.b.end]
        ]
        is_trivial = difference["kind"] in ("spelling only", "name variant")
        assert any(change.is_trivial == is_trivial and change.kind in ("spelling", "wording") for change in row.changes), difference
        if is_trivial:
            told = [
                (wire.text[change.a.start : change.a.end], reprint.text[change.b.start : change.b.end])
                for change in row.changes
                if change.kind == "spelling"
            ]
            assert (difference["wire"], difference["reprint"]) in told
        else:
            assert row.kind == "reworded"


def holders(told: dict[str, list[dict[str, object]]], file: str, words: str) -> Iterator[dict[str, object]]:
    """The entries that quote a report where these words of it stand."""
    id = f"{file.removesuffix('.txt')}-2023-04-07"
    text = next(str(article["text"]) for article in told["articles"] if article["id"] == id)
    start = text.index(words)
    for entry in told["entries"]:
        for account in listed(entry, "accounts"):
            passages = listed(account, "passages") if account["article"] == id else []
            if any(at(passage, "start") < start + len(words) and start < at(passage, "end") for passage in passages):
                yield entry
                break


def listed(row: dict[str, object], key: str) -> list[dict[str, object]]:
    value = row[key]
    assert isinstance(value, list)
    return value


def at(row: dict[str, object], key: str) -> int:
    value = row[key]
    assert isinstance(value, int)
    return max(0, value)


def near_by(around: str, words: str) -> bool:
    return " ".join(around.split()) in " ".join(words.split())


def test_the_examples_own_accounts_are_read_and_built_likewise(site: Path) -> None:
    for name in ("wire", "reprint"):
        capture = ROOT / f"content/captures/{name}-2023-04-07.txt"
        assert main(["ingest", str(capture), "--published", "2023-04-07", "--outlet", name.title()]) == 0
        stored = site / f"content/captures/{name}-2023-04-07.txt"
        assert stored.read_bytes() == capture.read_bytes(), "a capture holds nothing but the report's own paragraphs"
    drafts = sorted(path.stem for path in site.glob("content/drafts/*.md"))
    assert 6 <= len(drafts) <= 22
    assert main(["accept", *drafts]) == 0
    assert main(["build"]) == 0
    assert (site / "site/articles/reprint-2023-04-07/index.html").is_file()
