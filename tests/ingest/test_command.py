"""Ingest stores each report once and never changes existing files."""

import json
import os
from hashlib import sha256
from pathlib import Path
from unittest.mock import ANY

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitegen.cli import main
from sitegen.content.passages import Folded, Found, locate
from sitegen.ingest.pipeline import IngestResult
from sitegen.problems import Problem
from tests.support.ingest_runs import BRIDGE, DAY, REPORT, as_json, content_of, files, ingested, messages, stored

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "articles"
needs_articles = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the two agency reports are not part of the repository: ../shared/articles"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "Norden bridge.txt"
    path.parent.mkdir()
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    return root


# What is stored


def test_a_report_becomes_an_article_a_capture_and_a_draft(site: Path, report: Path) -> None:
    found = ingested(site, report, published=DAY, outlet="Example  News", origin="Norden wire", url="https://news.example/bridge")
    capture = "The bridge in Norden was opened on Friday, the council said.\n\n“It is safe,” said Mayor Anna Berg. She crossed it first.\n"
    assert stored(found) == ["stored content/articles/example-news-2023-04-07.md"]
    assert found.problems == []
    assert {name: data.decode() for name, data in files(site).items()} == {
        "articles/example-news-2023-04-07.md": (
            "---\n"
            "title: Bridge in Norden opens again\n"
            "outlet: Example News\n"
            "url: https://news.example/bridge\n"
            "published: 2023-04-07\n"
            "origin: Norden wire\n"
            f"sha256: {sha256(capture.encode()).hexdigest()}\n"
            "# kept by sitegen, so that a draft that you delete stays deleted\n"
            "drafted:\n"
            "  - 0-41\n"
            "---\n"
        ),
        "captures/example-news-2023-04-07.txt": capture,
        "drafts/bridge-in-norden-opens-again.md": (
            "---\n"
            "title: Bridge in Norden opens again\n"
            "# “on Friday” is Friday 7 April 2023\n"
            "date: 2023-04-07\n"
            "status: reported\n"
            "places:\n"
            "  - Norden\n"
            "accounts:\n"
            "  - article: example-news-2023-04-07\n"
            "    passages:\n"
            "      - speaker: the council\n"
            "        quote: The bridge in Norden was opened on Friday\n"
            "---\n"
        ),
    }
    assert content_of(site)[1] == ()


def test_a_web_page_is_stored_with_its_metadata(site: Path, tmp_path: Path) -> None:
    page = tmp_path / "saved.html"
    page.write_bytes(BRIDGE)
    found = ingested(site, page)
    assert messages(found) == []
    written = files(site)
    assert written["captures/example-news-2023-04-07.html"] == BRIDGE
    assert (
        written["articles/example-news-2023-04-07.md"]
        .decode()
        .startswith(
            "---\n"
            "title: Bridge reopens in Norden\n"
            "outlet: Example News\n"
            "url: https://news.example/bridge\n"
            "published: 2023-04-07T09:12+03:00\n"
            "updated: 2023-04-08T10:00+03:00\n"
            "authors:\n"
            "  - Jane Doe\n"
            "  - John Smith\n"
            "credits:\n"
            '  - "(Reporting by Jane Doe; Editing by John Smith)"\n'
            "language: en-GB\n"
        )
    )
    capture = written["captures/example-news-2023-04-07.txt"].decode()
    assert capture.startswith("The bridge over the Leda")
    assert "She crossed it first.\n\nWhat comes next\n\nLorries must wait until May.\n\nCars pass now." in capture
    for boilerplate in ("Home", "Must Read", "Sign up", "All rights", "Reporting by", "changed by a script", "elsewhere.example"):
        assert boilerplate not in capture
    assert b"date: 2023-04-07\n" in written["drafts/bridge-reopens-in-norden.md"]
    assert content_of(site)[1] == ()


def test_a_report_without_a_title_is_named_by_its_day(site: Path) -> None:
    lead = "The bridge in Norden was opened on Friday, three months after a barge had hit one of its piers, the council of the town said in a statement."
    found = ingested(site, "-", published=DAY, stdin=f"NORDEN, April 7 (Example) - {lead} Nobody crossed it.\n\nMore follows.".encode())
    title = "Report of 7 April 2023"
    assert stored(found) == ["stored content/articles/report-2023-04-07.md", f"- has no title: the report is called “{title}”"]
    content, problems = content_of(site)
    assert problems == ()
    assert content.articles[0].title == title
    assert content.entries[0].title == "The bridge in Norden was opened, the council said"
    assert content.entries[0].passages[0].quote.text in lead


def test_removed_text_is_reported_and_kept(site: Path) -> None:
    text = f"{REPORT}\n(Reporting by Jane Doe)\n\nMust Read\n\nSix ways to cook a turnip\n"
    found = ingested(site, "-", published=DAY, stdin=text.encode())
    assert stored(found)[1:] == [
        "credits kept apart: “(Reporting by Jane Doe)”",
        "left out: “Must Read”, “Six ways to cook a turnip”",
    ]
    article = content_of(site)[0].articles[0]
    assert article.credits == ("(Reporting by Jane Doe)",)
    assert article.left_out == ("Must Read", "Six ways to cook a turnip")


def test_what_may_be_no_part_of_a_report_is_kept_and_noted(site: Path) -> None:
    text = f"{REPORT}\nRelated\n\nBarge hits bridge\n\nThe council will meet again.\n\nNobody knows when.\n"
    found = ingested(site, "-", published=DAY, stdin=text.encode())
    assert messages(found) == ["note: “Related” and what follows may be no part of the report, and was kept"]


def test_lost_characters_are_noted(site: Path) -> None:
    found = ingested(site, "-", published=DAY, stdin=REPORT.replace("“", "\N{REPLACEMENT CHARACTER}").encode())
    assert messages(found) == ["note: 1 character was lost before this file was written (\N{REPLACEMENT CHARACTER})"]


def test_a_draft_is_dated_by_the_day_and_not_by_the_hour(site: Path, report: Path) -> None:
    ingested(site, report, published="2023-04-07T23:50-04:00")
    content, problems = content_of(site)
    assert problems == ()
    assert str(content.articles[0].published) == "2023-04-07T23:50-04:00"
    assert str(content.entries[0].when) == "2023-04-07"


def test_a_lead_found_twice_is_anchored_by_the_following_words(site: Path) -> None:
    found = ingested(
        site, "-", published=DAY, stdin=b"Bridge opens\n\nThe Leda bridge opened. It is safe.\n\nThe Leda bridge opened. It is new.\n"
    )
    passage = content_of(site)[0].entries[0].passages[0]
    assert (passage.quote.text, passage.suffix) == ("The Leda bridge opened", ". It is sa")
    assert messages(found) == []
    assert content_of(site)[1] == ()


def test_words_that_can_not_be_pinned_are_not_quoted(site: Path) -> None:
    ingested(site, "-", published=DAY, stdin=b"Bridge opens\n\n" + b"The bridge opened. " * 2000)
    content, problems = content_of(site)
    assert content.entries[0].passages == ()
    assert problems == ()


# Dates


def test_without_a_publication_date_one_is_asked_for(site: Path, report: Path) -> None:
    found = ingested(site, report)
    assert found.problems == [Problem(str(report), 1, 1, "no publication date is told", "say it: --published 2023-04-07")]
    assert stored(found) == []
    assert files(site) == {}


@pytest.mark.parametrize(
    ("published", "message", "hint"),
    [
        ("2023-04", "April 2023 is not a single day", "give the day of publication: --published 2023-04-07"),
        ("2023-04-01/2023-04-07", "1 to 7 April 2023 is not a single day", "give the day of publication: --published 2023-04-07"),
        ("2023-02-30", "there is no 30 February 2023", "February 2023 has 28 days"),
    ],
)
def test_a_publication_date_is_a_day(site: Path, report: Path, published: str, message: str, hint: str) -> None:
    found = ingested(site, report, published=published)
    assert found.problems == [Problem("--published", 1, 1, message, hint)]
    assert files(site) == {}


def test_the_option_wins_over_the_page_and_that_is_said(site: Path, tmp_path: Path) -> None:
    page = tmp_path / "saved.htm"
    page.write_bytes(BRIDGE)
    found = ingested(site, page, published="2023-04-06")
    assert messages(found) == [
        "note: the page says that it was published on 2023-04-07T09:12+03:00; 2023-04-06 is taken, as --published says"
    ]
    assert str(content_of(site)[0].articles[0].published) == "2023-04-06"


def test_an_option_that_agrees_with_the_page_is_no_contradiction(site: Path) -> None:
    assert messages(ingested(site, "-", published=DAY, stdin=BRIDGE)) == []


# Once, and nothing of the editor's


def test_reading_a_report_again_changes_nothing(site: Path, report: Path) -> None:
    ingested(site, report, published=DAY)
    (site / "content/drafts/bridge-in-norden-opens-again.md").unlink()
    article = site / "content/articles/norden-bridge-2023-04-07.md"
    article.write_text(article.read_text() + "The editor's note.\n")
    before = files(site)
    found = ingested(site, report)
    assert stored(found) == [f"nothing new: {report} is already stored as content/articles/norden-bridge-2023-04-07.md"]
    assert found.problems == []
    assert files(site) == before


def test_a_report_is_known_by_its_fingerprint_where_captures_are_not_there(site: Path, report: Path) -> None:
    ingested(site, report, published=DAY)
    (site / "content/captures/norden-bridge-2023-04-07.txt").unlink()
    assert stored(ingested(site, report)) == [f"nothing new: {report} is already stored as content/articles/norden-bridge-2023-04-07.md"]


def test_two_files_of_one_report_are_one(site: Path, report: Path) -> None:
    other = report.with_name("copy.txt")
    other.write_bytes(b"\xef\xbb\xbf" + report.read_bytes().replace(b"\n", b"\r\n"))
    found = ingested(site, report, other, published=DAY)
    assert stored(found) == [
        "stored content/articles/norden-bridge-2023-04-07.md",
        f"nothing new: {other} is already stored as content/articles/norden-bridge-2023-04-07.md",
    ]
    assert len(as_json(found)["articles"]) == len(as_json(found)["entries"]) == 1


def test_a_reprint_of_the_same_words_in_another_outlet_is_a_report_of_its_own(site: Path, report: Path) -> None:
    ingested(site, report, published=DAY, outlet="Wire")
    found = ingested(site, report, published=DAY, outlet="Gazette")
    assert stored(found) == ["stored content/articles/gazette-2023-04-07.md"]
    assert messages(ingested(site, report, outlet="Courier")) == ["problem: no publication date is told"]


def test_another_report_of_the_same_outlet_and_day_has_a_number(site: Path) -> None:
    for number, id in ((1, "wire-2023-04-07"), (2, "wire-2023-04-07-2"), (3, "wire-2023-04-07-3")):
        found = ingested(site, "-", published=DAY, outlet="Wire", stdin=f"Bridge opens\n\nIt was opened {number} times.".encode())
        assert stored(found) == [f"stored content/articles/{id}.md"]
    assert content_of(site)[1] == ()


def test_a_report_that_was_changed_at_its_address_is_stored_beside_the_first(site: Path) -> None:
    url = "https://news.example/bridge"
    ingested(site, "-", published=DAY, outlet="Wire", url=url, stdin=REPORT.encode())
    found = ingested(site, "-", published=DAY, outlet="Wire", url=url, stdin=REPORT.replace("first", "last").encode())
    assert stored(found) == [
        "stored content/articles/wire-2023-04-07-2.md",
        "content/articles/wire-2023-04-07.md has the same address but a different text; both are kept",
    ]


@pytest.mark.parametrize("folder", ["entries", "entries/2023", "drafts", "drafts/later"])
def test_the_id_of_an_entry_or_a_draft_is_not_reused(site: Path, report: Path, folder: str) -> None:
    mine = site / "content" / folder / "bridge-in-norden-opens-again.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("---\ntitle: Mine\ndate: 2020\n---\n")
    found = ingested(site, report, published=DAY)
    assert [entry["id"] for entry in as_json(found)["entries"]] == ["bridge-in-norden-opens-again-2"]
    assert mine.read_text() == "---\ntitle: Mine\ndate: 2020\n---\n"


def test_an_address_that_was_published_once_is_not_given_again(site: Path, report: Path) -> None:
    (site / "content/entries").mkdir(parents=True)
    (site / "content/permalinks.txt").write_text("/articles/norden-bridge-2023-04-07/\n/entries/bridge-in-norden-opens-again/\n")
    (site / "content/entries/b.md").write_text("---\ntitle: B\ndate: 2020\naliases: [bridge-in-norden-opens-again-2]\n---\n")
    found = ingested(site, report, published=DAY)
    assert stored(found) == ["stored content/articles/norden-bridge-2023-04-07-2.md"]
    assert [entry["id"] for entry in as_json(found)["entries"]] == ["bridge-in-norden-opens-again-3"]


@pytest.mark.parametrize("kept", [["captures"], ["captures", "drafts"], ["drafts"]])
def test_a_run_that_was_killed_is_completed_by_the_next(site: Path, report: Path, kept: list[str]) -> None:
    ingested(site, report, published=DAY)
    whole = files(site)
    for name in whole:
        if name.partition("/")[0] not in kept:
            (site / "content" / name).unlink()
    (site / "content/captures/.norden-bridge-2023-04-07.txt.1.tmp").write_text("half a")
    assert stored(ingested(site, report, published=DAY)) == ["stored content/articles/norden-bridge-2023-04-07.md"]
    (site / "content/captures/.norden-bridge-2023-04-07.txt.1.tmp").unlink()
    assert files(site) == whole


def test_a_file_that_can_not_be_written_leaves_nothing_half_stored(site: Path, report: Path) -> None:
    (site / "content").mkdir()
    (site / "content/drafts").write_text("no folder")
    found = ingested(site, report, published=DAY)
    assert messages(found) == ["problem: content/drafts/bridge-in-norden-opens-again.md can’t be written: its folder is a file"]
    assert list(files(site)) == ["drafts"]
    assert found.lines == []
    assert found.summary == []


def test_a_folder_that_leads_out_of_the_site_is_not_written_to(site: Path, report: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "content").mkdir()
    (site / "content/captures").symlink_to(tmp_path / "elsewhere")
    found = ingested(site, report, published=DAY)
    assert messages(found) == [
        "problem: content/captures/norden-bridge-2023-04-07.txt can’t be written: its folder is a link that points outside the site’s folder"
    ]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_dry_run_writes_nothing_and_needs_no_site(report: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    found = ingested(None, report, report, published=DAY, dry_run=True)
    assert stored(found) == [
        "would store content/articles/norden-bridge-2023-04-07.md",
        f"nothing new: {report} is already stored as content/articles/norden-bridge-2023-04-07.md",
    ]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_dry_run_proposes_what_a_run_writes(site: Path, report: Path) -> None:
    dry = ingested(site, report, published=DAY, dry_run=True)
    assert not (site / "content").exists()
    assert as_json(ingested(site, report, published=DAY)) == as_json(dry)


def test_json_has_reports_and_drafts_with_offsets_into_the_capture() -> None:
    found = as_json(ingested(None, "-", published=DAY, origin="Norden wire", dry_run=True, stdin=REPORT.encode()))
    text = "The bridge in Norden was opened on Friday, the council said.\n\n“It is safe,” said Mayor Anna Berg. She crossed it first.\n"
    title, quote = "Bridge in Norden opens again", "The bridge in Norden was opened on Friday"
    id = "report-2023-04-07"
    passage = {"quote": quote, "start": 0, "end": len(quote)}
    friday = {"article": id, "start": 35, "end": 41, "text": "Friday", "type": "DATE", "value": DAY, "edtf": DAY, "why": ANY}
    assert found == {
        "articles": [{"id": id, "title": title, "outlet": None, "published": DAY, "origin": "Norden wire", "text": text}],
        "dates": [friday],
        "names": [
            {"kind": "place", "name": "Norden", "spellings": ["Norden"], "mentions": [{"article": id, "start": 14, "end": 20}]},
            {"kind": "person", "name": "Anna Berg", "spellings": ["Anna Berg"], "mentions": [{"article": id, "start": 87, "end": 96}]},
        ],
        "entries": [
            {
                "id": "bridge-in-norden-opens-again",
                "date": DAY,
                "title": title,
                "status": "reported",
                "people": [],
                "places": ["Norden"],
                "accounts": [{"article": id, "passages": [passage]}],
            }
        ],
        "origins": [],
    }


def test_json_has_a_stored_report_without_proposing_it_again(site: Path, report: Path) -> None:
    ingested(site, report, published=DAY)
    found = as_json(ingested(site, report, dry_run=True))
    assert [row["id"] for row in found["articles"]] == ["norden-bridge-2023-04-07"]
    assert len(found["dates"]) == 1
    assert found["entries"] == []


# Inputs that can't be read


def test_each_bad_input_is_a_problem_and_the_others_are_read(site: Path, report: Path, tmp_path: Path) -> None:
    bad = {
        "empty.txt": (b"\n", "this file is empty"),
        "binary.txt": (bytes(range(256)), "this is no text: it holds bytes that no letter has"),
        "cyrillic.txt": ("Міст".encode("cp1251"), "this file is not UTF-8: byte 0xf1 can’t stand here"),
        "script.html": (b"<html><body><script>document.write('Hello, world')</script></body></html>", "there is no text in this page"),
        "stars.txt": (b"* * *\n\n---", "there are no words in this file"),
        "large.txt": (b"a " * (11 * 1024**2), "this file is larger than 20 MB"),
    }
    for name, (data, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    found = ingested(
        site, tmp_path, *(tmp_path / name for name in bad), tmp_path / "gone.txt", "ftp://news.example/x", report, published=DAY
    )
    assert [(problem.file, problem.message) for problem in found.problems] == [
        (str(tmp_path), "this is a folder"),
        *((str(tmp_path / name), message) for name, (_, message) in bad.items()),
        (str(tmp_path / "gone.txt"), "there is no such file"),
        ("ftp://news.example/x", "there is no such file"),
    ]
    assert all(problem.hint for problem in found.problems)
    assert stored(found) == ["stored content/articles/norden-bridge-2023-04-07.md"]


def test_a_file_whose_name_is_no_text_is_read_and_named_as_far_as_it_can_be(site: Path, report: Path) -> None:
    odd = report.with_name(os.fsdecode(b"br\xfccke.txt"))
    report.rename(odd)
    found = ingested(site, odd, odd.with_name("\udcff"), published=DAY)
    assert stored(found) == ["stored content/articles/br-cke-2023-04-07.md"]
    assert json.dumps([*found.lines, found.problems[0].file], ensure_ascii=False).encode()


@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "device"])
def test_a_pipe_or_a_device_is_refused_and_the_others_are_read(site: Path, report: Path, tmp_path: Path, kind: str) -> None:
    given = Path("/dev/zero") if kind == "device" else tmp_path / "pipe"
    if kind != "device":
        os.mkfifo(given)
    if kind == "link to a pipe":
        (link := tmp_path / "link.txt").symlink_to(given)
        given = link
    found = ingested(site, given, report, published=DAY)
    assert [(problem.file, problem.message) for problem in found.problems] == [
        (str(given), "this file is a pipe or a device, and could go on for ever")
    ]
    assert len(stored(found)) == 1


@pytest.mark.parametrize("charset", ["punycode", "undefined", "idna", "zlib"])
def test_a_page_that_names_no_charset_of_text_stops_nothing(site: Path, report: Path, tmp_path: Path, charset: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html lang=en><meta charset={charset}><p>Åsa Bræmer crossed the bridge on Thursday.</p>", encoding="utf-8")
    found = ingested(site, page, report, published=DAY)
    assert messages(found) == [f"note: the charset “{charset}” is unknown here; the page was read as UTF-8"]
    assert sum(line.startswith("stored ") for line in found.lines) == 2


def test_a_page_with_two_publication_days_is_stored_with_a_note_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(BRIDGE.replace(b"<head>", b'<head><meta property="og:url" content="https://news.example/2023/03/01/bridge">'))
    assert main(["ingest", str(page), "--dry-run", "--json"]) == 0
    (told,) = [one for one in json.loads(capsys.readouterr().out)["problems"] if "more than one day" in one["message"]]
    assert told["severity"] == "note"
    assert "2023-03-01 (address)" in told["message"]


def test_a_page_with_a_future_date_is_dated_by_its_other_dates(site: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(BRIDGE.replace(b"<head>", b'<head><meta name="publishdate" content="2099-01-01">'))
    assert as_json(ingested(site, page))["articles"][0]["published"] == "2023-04-07T09:12+03:00"


def test_a_page_in_utf_16_is_known_as_a_page(site: Path) -> None:
    found = ingested(site, "-", stdin=BRIDGE.decode().encode("utf-16"))
    assert found.lines[0] == "stored content/articles/example-news-2023-04-07.md"


FRAME = "<html lang=en><meta charset=utf-8><title>Bridge</title><article><p>{own}</p></article><footer><p>{frame}</p></footer></html>"
OWN = "Åsa Bræmer crossed the bridge in Norden on Thursday, the council said, three months after a barge had hit it."


@pytest.mark.parametrize("frame", [b"Copyright \xc3\x82\xc2\xa9 2023 \xc3\x82\xc2\xa9", b"\xa9 2023", b"\xff\xfe \x80"])
def test_damage_outside_a_reports_own_text_is_no_problem(site: Path, tmp_path: Path, frame: bytes) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(FRAME.format(own=OWN, frame="FRAME").encode().replace(b"FRAME", frame))
    found = ingested(site, page, published=DAY)
    assert messages(found) == []
    assert content_of(site)[0].captures["page-2023-04-07"].text == OWN + "\n"


@pytest.mark.parametrize(("damaged", "column"), [(OWN.replace("Å", "Ã…").replace("æ", "Ã¦"), 68), (OWN.replace("Å", "\udce5"), 68)])
def test_damage_in_a_reports_own_text_is_a_problem_where_it_is(site: Path, tmp_path: Path, damaged: str, column: int) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(FRAME.format(own=damaged, frame="© Example — 2023").encode(errors="surrogateescape"))
    (problem,) = ingested(site, page, published=DAY).problems
    assert (problem.severity, problem.line, problem.column) == ("problem", 1, column)
    assert problem.hint


def test_a_name_that_no_file_can_have_is_a_problem(site: Path) -> None:
    assert messages(ingested(site, "a\x00b", published=DAY)) == ["problem: this file can’t be read: embedded null byte"]


@pytest.mark.parametrize("data", [("桥" * 8_000_000).encode("utf-16"), b"It rained. " * 200_000], ids=["UTF-16", "UTF-8"])
def test_a_text_that_is_longer_than_any_report_is_refused(site: Path, data: bytes) -> None:
    assert messages(ingested(site, "-", published=DAY, stdin=data)) == ["problem: this report’s text is larger than 2 MB"]


@pytest.mark.parametrize(("outlet", "id"), [("a long name " * 50, "a-long-name-" * 6 + "a-long"), ("橋" * 200, "橋" * 26)])
def test_a_long_outlet_makes_an_id_that_a_file_can_have(site: Path, outlet: str, id: str) -> None:
    assert stored(ingested(site, "-", published=DAY, outlet=outlet, stdin=REPORT.encode())) == [
        f"stored content/articles/{id}-2023-04-07.md"
    ]
    assert content_of(site)[1] == ()


def test_one_address_is_not_given_to_two_reports(site: Path, report: Path) -> None:
    found = ingested(site, report, report, published=DAY, url="https://news.example/")
    assert found.problems == [Problem("--url", 1, 1, "one address can’t belong to 2 reports", "ingest them one by one")]


@pytest.mark.parametrize("url", ["news.example", "javascript:alert(1)", "https://[", "https://a b"])
def test_an_address_that_is_none_is_refused(site: Path, report: Path, url: str) -> None:
    found = ingested(site, report, published=DAY, url=url)
    assert found.problems == [Problem("--url", 1, 1, f"“{url}” is not a web address", "it must begin with https:// or http://")]


# Whatever a report holds, its files are read without a problem


HOSTILE = [
    "Title: \"a\", 'b' # c\n\nkey: value\n\n---\n\nmore: [\n",
    "---\ntitle: x\n---\n\nA bridge.",
    "null\n\n~\n\nyes.",
    "- a\n\n? b\n\n: c. & d * e ! f | g > h % i @ j ` k",
    "{title: x}\n\n[1, 2]. \\n \\u0000 \\",
    "2023-04-07\n\n0x1F. 1e3. .inf",
    "\u202eeltit sdrawkcab\n\nשלום עולם. مرحبا.",
    "👩‍👩‍👧🏳️‍🌈\n\n👩‍👩‍👧 came. 👩‍👩‍👧 left.",
    "A\u0085b\u2028c\u2029d\ufeff\n\n\u200b\u200be.\u00a0f.",
    "\x1b[31mRed\x1b[0m title of a long line that is there\n\n\x07A bell. \x08",
    "a" * 1_000_000,
    "a " * 500_000,
    "a. " * 300_000,
    "Title\n\n" + "«" * 1000 + "a" * 1000 + "é" * 1000 + ".",
    "[[Bakhmut]] [@x] <script>alert(1)</script>\n\n![x](javascript:y) [^1]. ---",
    "Same.\n\nSame.\n\nSame.",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:15].encode("unicode_escape").decode() for text in HOSTILE])
def test_a_hostile_report_is_stored_and_read_back(site: Path, text: str) -> None:
    found = ingested(site, "-", published=DAY, outlet=text[:50], origin=text[:50], stdin=text.encode())
    assert all(message.startswith("note: this report is not in English") for message in messages(found))
    content, problems = content_of(site)
    assert problems == ()
    _agree(found, content.articles[0].id, site)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text(), st.text(max_size=20))
@example("A\n\nB.\n\n(Reporting by A B)", "x\ud800y", "\ud800")
@example("Reporting by A B", "\ufeff", "~")
def test_any_text_is_stored_and_read_back_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str, outlet: str, origin: str) -> None:
    root = tmp_path_factory.mktemp("site")
    data = text.encode("utf-8", "surrogatepass")
    found = ingested(root, "-", published=DAY, outlet=outlet, origin=origin, stdin=data)
    content, problems = content_of(root)
    assert problems == ()
    if found.lines:
        _agree(found, content.articles[0].id, root)
        assert stored(ingested(root, "-", stdin=data)) == [
            f"nothing new: - is already stored as content/articles/{content.articles[0].id}.md"
        ]
    else:
        assert len(messages(found)) == 1
        assert content.articles == ()


def _agree(found: IngestResult, id: str, root: Path) -> None:
    """What was read is what the files tell."""
    assert found.json_output
    report = found.json_output.reports[id]
    content, _ = content_of(root)
    article = content.articles[0]
    assert (article.title, article.outlet, article.origin) == (report.title, report.outlet, report.origin)
    assert (article.credits, article.left_out, article.authors) == (report.credits, report.left_out, report.authors)
    assert content.captures[id].text == report.text
    assert article.sha256
    assert article.sha256.text == content.captures[id].sha256
    for passage in (passage for entry in content.entries for passage in entry.passages):
        assert isinstance(locate(passage, Folded(report.text)), Found)


# The two agency reports


@needs_articles
def test_the_two_reports_are_read_as_a_careful_editor_would(site: Path) -> None:
    gold = json.loads((ARTICLES / "gold.json").read_text(encoding="utf-8"))["documents"]
    found = ingested(site, *(ARTICLES / name for name in sorted(gold)), published=DAY)
    assert messages(found) == []
    content, problems = content_of(site)
    assert problems == ()
    articles = {article.id: article for article in content.articles}
    for name, expected in gold.items():
        article = articles[f"{Path(name).stem}-2023-04-07"]
        capture = content.captures[article.id].text
        assert article.title == expected.get("title", article.title)
        assert all(words not in capture for words in (*expected["boilerplate"], *expected.get("not_people", ())))
        assert all(words in capture for words, _ in expected["dates"])
        assert str(article.published) == expected["published"]
        assert article.credits + article.left_out
    wire = articles["bakhmut-wire-2023-04-07"]
    assert wire.title == "Report of 7 April 2023"
    assert len(wire.title) <= 120
    assert len(wire.credits) == 1
    assert wire.credits[0].startswith("(Additional reporting by")
    before = files(site)
    assert ingested(site, *(ARTICLES / name for name in gold)).problems == []
    assert files(site) == before
