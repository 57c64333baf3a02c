"""Drafts from reports: new entries, further accounts of existing ones, files for names, and the printed summary."""

import re
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import pytest

from sitegen.editing import file_transaction
from sitegen.ingest import command
from sitegen.ingest.command import ingest
from sitegen.ingest.site_index.index import site_index
from sitegen.ingest.summary import SummaryRow, table
from tests.support.ingest_runs import DAY, NOW, as_json, content_of, files, ingested, messages, stored
from tests.support.site_tester import Site

WIRE = """Barge hits bridge in Norden

A barge hit the old bridge over the Leda in Norden on Wednesday and two of its crew were hurt, police said on Friday.

Mayor Anna Berg closed the bridge on Thursday and told reporters that it would not open again before May.

The Wasserwerk company will inspect the piers next Tuesday, Berg said.

The bridge was built in 1882.
"""
LOCAL = """Old bridge closed after barge accident

Two crew members were hurt when a barge hit the old bridge over the Leda in Norden on Wednesday, police said.

Anna Berg, the mayor, closed the bridge on Thursday. "Nobody may cross it before May," Berg told the local paper.

A market was held in Aurich on Thursday.
"""
GERMAN = """Schiff rammt Brücke in Norden

Ein Frachtschiff hat am Mittwoch die alte Brücke über die Leda gerammt. Zwei Menschen wurden verletzt, wie die Polizei am Freitag mitteilte.

Die Bürgermeisterin ließ die Brücke am Donnerstag sperren. Sie soll frühestens im Mai wieder geöffnet werden, hieß es aus dem Rathaus.
"""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("wire", WIRE), ("local", LOCAL), ("german", GERMAN)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    Site.new(root)
    return root


def drafts(root: Path) -> Mapping[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((root / "content/drafts").glob("*.md"))}


def by_date(root: Path) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in content_of(root)[0].entries:
        found.setdefault(str(entry.when), []).append(entry.id)
    return found


# Drafts


ANNIVERSARIES = """Harbour town remembers

The old pier in Kiel collapsed ten years ago on Sunday, the harbour master said on Thursday.

The lighthouse in Wismar burned down 30 years ago this month. A tug sank off Rostock 20 years ago in January.

A year ago today, the ferry port in Sassnitz was closed.
"""
RANGES = """Town plans busy summer

The choir festival in Bremen was held from 2 to 4 June, the town said.

Divers searched the lake near Plön on June 7, 8 and 9.

A chess tournament took place in Emden between 12 and 14 June.

The regatta will run July 7 through July 9 in Kiel.
"""
NIGHTS = """Shelling goes on

Three people were killed in Nikopol on Tuesday night, the governor said.

In the night to Wednesday, drones hit a grain store in Izmail.

Ministers will meet in Vilnius on Monday week.
"""
WEEKDAYS = """Court hears ferry case

The ferry left Dover on Friday (8 January 2016) and sank off Ostend on Saturday evening, 9 January 2016.

The captain was arrested on Monday, 2 February 2015, in Lille.
"""
FIGURES = """Mill fires examined

A mill burned down in Celle on 02/03/2022. Another mill burned down in Uelzen on 03/15/2022.
"""


@pytest.mark.parametrize(
    ("text", "published", "dates"),
    [
        (ANNIVERSARIES, "2023-02-09", ["1993-02", "2003-01", "2013-02", "2022-02-09"]),
        (RANGES, "2022-06-20", ["2022-06-02/2022-06-04", "2022-06-07/2022-06-09", "2022-06-12/2022-06-14", "2022-07-07/2022-07-09"]),
        (NIGHTS, "2023-03-09", ["2023-03-07", "2023-03-07/2023-03-08", "2023-03-20"]),
        (WEEKDAYS, "2016-05-15", ["2015-02-02", "2016-01-08", "2016-01-09"]),
        (FIGURES, "2022-05-20", ["2022-02-03", "2022-03-15"]),
    ],
    ids=["anniversaries", "ranges", "nights", "weekdays", "figures"],
)
def test_a_draft_has_the_date_of_all_its_passages(root: Path, text: str, published: str, dates: list[str]) -> None:
    ingested(root, "-", published=published, stdin=text.encode())
    assert sorted(by_date(root)) == dates


def test_the_words_of_a_range_leave_the_title_together(root: Path) -> None:
    ingested(root, "-", published="2022-06-20", stdin=RANGES.encode())
    titles = {entry.title for entry in content_of(root)[0].entries}
    assert {"Divers searched the lake near Plön", "A chess tournament took place in Emden", "The regatta will run in Kiel"} <= titles


def test_an_ambiguous_date_is_a_draft_of_both_days_that_says_so(root: Path) -> None:
    ingested(root, "-", published="2022-05-20", stdin=b"Mill fire examined\n\nA mill burned down in Celle on 02/03/2022.\n")
    (text,) = drafts(root).values()
    why = "nothing in the report shows whether the day or the month comes first"
    line = f"# “on 02/03/2022” is ambiguous, 2 March 2022 or 3 February 2022: {why}"
    assert f'{line}\ndate: "[2022-02-03..2022-03-02]"\n' in text


def test_each_event_of_a_report_is_a_draft_that_says_how_its_date_was_read(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    assert {"2023-04-05", "2023-04-06", "2023-04-11"} <= set(by_date(root))
    (closed,) = (drafts(root)[id] for id in by_date(root)["2023-04-06"])
    assert "# “on Thursday” before Friday 7 April 2023\ndate: 2023-04-06\n" in closed
    assert "people:\n  - Anna Berg\n" in closed
    (inspected,) = (drafts(root)[id] for id in by_date(root)["2023-04-11"])
    assert "status: expected\n" in inspected
    assert content_of(root)[1] == ()


def test_what_ingest_writes_builds_with_drafts(root: Path, inputs: Path) -> None:
    ingested(root, *sorted(inputs.iterdir()), published=DAY)
    Site(root).build(drafts=True).succeeds()


def test_an_event_in_two_reports_is_one_draft_with_two_accounts(root: Path, inputs: Path) -> None:
    found = ingested(root, inputs / "wire.txt", inputs / "local.txt", published=DAY)
    (hit,) = by_date(root)["2023-04-05"]
    assert drafts(root)[hit].count("  - article:") == 2
    market = next(text for text in drafts(root).values() if "market" in text)
    assert market.count("  - article:") == 1
    assert [(row.report, row.extended > 0) for row in found.summary] == [("wire-2023-04-07", False), ("local-2023-04-07", True)]


def test_a_report_without_a_day_adds_its_account_to_an_event_of_the_day_before(root: Path) -> None:
    told = "A barge hit the old bridge over the Leda in Norden{} and hurt two of its crew.\n"
    ingested(root, "-", published="2023-04-05", outlet="Wire", stdin=told.format(" on Wednesday").encode())
    found = ingested(root, "-", published="2023-04-06", outlet="Local", stdin=told.format("").encode())
    assert [line for line in found.lines if line.startswith("added an account")] != []
    (draft,) = drafts(root).values()
    assert "\ndate: 2023-04-05\n" in draft


def test_a_later_report_adds_its_account_to_the_draft_and_nothing_else_of_it_changes(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    before = drafts(root)
    dry = ingested(root, inputs / "local.txt", published=DAY, dry_run=True)
    assert drafts(root) == before
    found = ingested(root, inputs / "local.txt", published=DAY)
    (hit,) = by_date(root)["2023-04-05"]
    assert f"would add an account of local-2023-04-07 to content/drafts/{hit}.md" in dry.lines
    assert f"added an account of local-2023-04-07 to content/drafts/{hit}.md" in found.lines
    start = before[hit].removesuffix("---\n")
    assert drafts(root)[hit].startswith(f"{start}  - article: local-2023-04-07\n")
    assert as_json(found) == as_json(dry)
    again = files(root)
    assert [line.partition(":")[0] for line in ingested(root, *inputs.glob("[lw]*.txt")).lines] == ["nothing new"] * 2
    assert files(root) == again


def test_an_entry_with_a_full_list_is_left_alone_and_noted(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    (hit,) = by_date(root)["2023-04-05"]
    path = root / f"content/drafts/{hit}.md"
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("accounts:\n")
    quote = rest.partition("quote: ")[2].partition("\n")[0]
    path.write_text(f'{head}accounts: [{{article: wire-2023-04-07, passages: [{{quote: "{quote}"}}]}}]\n---\n', encoding="utf-8")
    before = path.read_bytes()
    found = ingested(root, inputs / "local.txt", published=DAY)
    assert messages(found) == ["note: sitegen can’t extend “accounts” in this file because of the way it is written"]
    assert path.read_bytes() == before
    assert stored(found) == ["stored content/articles/local-2023-04-07.md"]


def test_a_file_with_a_problem_is_reported_and_left_alone(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    draft = root / f"content/drafts/{next(iter(drafts(root)))}.md"
    broken = draft.read_text(encoding="utf-8").replace("title: ", "title: “\n- ", 1)
    draft.write_text(broken, encoding="utf-8")
    found = ingested(root, inputs / "local.txt", published=DAY)
    assert [(one.file, one.severity) for one in found.problems] == [(draft.relative_to(root).as_posix(), "note")]
    assert found.problems[0].message.startswith("this file was skipped because of a problem: ")
    assert draft.read_text(encoding="utf-8") == broken


def test_drafts_of_a_report_whose_file_has_a_problem_are_kept(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    (report,) = (root / "content/articles").iterdir()
    report.write_text(report.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")
    before = set(drafts(root))
    found = ingested(root, inputs / "local.txt", published=DAY)
    assert any(line.startswith("added an account of local-2023-04-07 to ") for line in found.lines)
    assert [line for line in found.lines if line.startswith("drafted ")] == [
        "drafted content/drafts/a-market-was-held-in-aurich.md: A market was held in Aurich (6 April 2023)"
    ]
    assert before < set(drafts(root))


def test_a_deleted_draft_stays_deleted_whichever_report_has_the_event(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    (hit,) = by_date(root)["2023-04-05"]
    (root / f"content/drafts/{hit}.md").unlink()
    found = ingested(root, *sorted(inputs.glob("[lw]*.txt")), published=DAY)
    assert "2023-04-05" not in by_date(root)
    assert "skipped 1 event of local-2023-04-07: its draft was deleted" in found.lines


def records(root: Path) -> list[str]:
    """What the file of the wire's report keeps of its drafts."""
    (file,) = (root / "content/articles").glob("wire*.md")
    return re.findall(r"^  - (.*\d+-\d+)$", file.read_text(encoding="utf-8"), re.MULTILINE)


def with_records(root: Path, change: Callable[[int, int], str]) -> None:
    (file,) = (root / "content/articles").glob("wire*.md")
    text = re.sub(
        r"^  - (\d+)-(\d+)$",
        lambda found: f"  - {change(int(found[1]), int(found[2]))}",
        file.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    file.write_text(text, encoding="utf-8")


def test_a_report_keeps_no_word_of_its_drafts_but_where_they_were_quoted_from(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    assert len(records(root)) == len(drafts(root)) > 1
    assert all(re.fullmatch(r"\d+-\d+", one) for one in records(root))
    capture = (root / "content/captures/wire-2023-04-07.txt").read_text(encoding="utf-8")
    spans = [capture[int(start) : int(end)] for start, end in (one.split("-") for one in records(root))]
    assert all(any(f"quote: {words}" in text for text in drafts(root).values()) for words in spans)


@pytest.mark.parametrize(
    "change",
    [
        lambda start, end: f"{start}-{end - 20}",
        lambda start, end: f"{start + 12}-{end}",
        lambda start, end: f"{max(0, start - 6)}-{end + 9}",
        lambda start, end: f"the-barge 2023-04-05 {start}-{end}",
        lambda start, end: f"the-barge 1999 {start}-{end - 9}",
    ],
)
def test_a_deleted_draft_is_recognised_by_overlap_with_offsets_of_an_older_version(
    root: Path, inputs: Path, change: Callable[[int, int], str]
) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    with_records(root, change)
    (hit,) = by_date(root)["2023-04-05"]
    (root / f"content/drafts/{hit}.md").unlink()
    before = files(root)["articles/wire-2023-04-07.md"]
    found = ingested(root, inputs / "local.txt", published=DAY)
    assert "2023-04-05" not in by_date(root)
    assert "2023-04-06" in by_date(root), "what was not deleted is told further"
    assert "skipped 1 event of local-2023-04-07: its draft was deleted" in found.lines
    assert files(root)["articles/wire-2023-04-07.md"] == before
    is_named = " " in records(root)[0]
    assert messages(found) == ["note: “drafted” still names drafts and their days, including deleted ones"] * is_named


def test_without_a_capture_a_note_says_that_deleted_drafts_may_come_back(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    capture = root / "content/captures/wire-2023-04-07.txt"
    text = capture.read_bytes()
    capture.unlink()
    assert messages(ingested(root, inputs / "german.txt", published=DAY))[:-1] == [], "none was deleted"
    (hit,) = by_date(root)["2023-04-05"]
    (root / f"content/drafts/{hit}.md").unlink()
    before = files(root)["articles/wire-2023-04-07.md"]
    found = ingested(root, inputs / "local.txt", published=DAY, dry_run=True)
    assert [one.file for one in found.problems] == ["content/captures"]
    assert messages(found)[0].startswith("note: the capture of 1 report with deleted drafts is missing: ")
    assert files(root)["articles/wire-2023-04-07.md"] == before
    capture.write_bytes(text)
    found = ingested(root, inputs / "local.txt", published=DAY)
    assert "skipped 1 event of local-2023-04-07: its draft was deleted" in found.lines


def test_of_two_drafts_that_quote_the_same_words_the_deleted_one_stays_deleted(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    (hit,) = by_date(root)["2023-04-05"]
    text = drafts(root)[hit]
    (root / f"content/drafts/{hit}.md").unlink()
    other = text.replace("2023-04-05", "2023-03").replace("title: ", "title: An inquiry into a ")
    Site(root).write("content/drafts/inquiry.md", other)
    first = min(records(root), key=lambda one: int(one.partition("-")[0]))
    (file,) = (root / "content/articles").glob("wire*.md")
    file.write_text(file.read_text(encoding="utf-8").replace(f"  - {first}\n", f"  - {first}\n  - {first}\n"), encoding="utf-8")
    found = ingested(root, inputs / "local.txt", published=DAY)
    assert "2023-04-05" not in by_date(root)
    assert "skipped 1 event of local-2023-04-07: its draft was deleted" in found.lines


def test_an_accepted_draft_that_was_renamed_and_quotes_less_is_not_deleted(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    (hit,) = by_date(root)["2023-04-05"]
    text = drafts(root)[hit]
    (root / f"content/drafts/{hit}.md").unlink()
    Site(root).write("content/entries/barge.md", re.sub(r"(quote: .*?) over the Leda.*", r"\1", text))
    assert not site_index(root).deleted
    found = ingested(root, inputs / "local.txt", published=DAY)
    assert not [line for line in found.lines if line.startswith("skipped ")]


def test_an_accepted_draft_that_was_renamed_with_its_old_id_is_not_deleted(root: Path, inputs: Path) -> None:
    ingested(root, inputs / "wire.txt", published=DAY)
    (hit,) = by_date(root)["2023-04-05"]
    text = drafts(root)[hit]
    (root / f"content/drafts/{hit}.md").unlink()
    Site(root).write("content/entries/barge.md", text.replace("status: reported\n", f"status: confirmed\naliases: [{hit}]\n"))
    ingested(root, inputs / "local.txt", published=DAY)
    assert (root / "content/entries/barge.md").read_text(encoding="utf-8").count("  - article:") == 2


def test_commentary_gives_no_draft_and_that_is_said(root: Path) -> None:
    text = "Why bridges matter\n\nA bridge is more than a road over water. It should be kept. Nobody knows this better than a ferryman.\n"
    found = ingested(root, "-", published=DAY, stdin=text.encode())
    assert found.lines == ["stored content/articles/report-2023-04-07.md", "no draft from -: it has no dated event"]


def test_a_report_that_is_not_in_english_is_one_draft_of_its_day(root: Path, inputs: Path) -> None:
    found = ingested(root, inputs / "german.txt", published=DAY)
    assert messages(found) == [
        "note: this report is not in English, the only language that sitegen reads: it has one draft, dated by its publication"
    ]
    (draft,) = drafts(root).values()
    assert "# the report is not in English; this is the day on which it was published\ndate: 2023-04-07\n" in draft
    assert "quote: Ein Frachtschiff hat am Mittwoch die alte Brücke über die Leda gerammt." in draft


def test_a_draft_names_an_organisation_only_if_the_site_has_its_file(root: Path) -> None:
    report = "Works strike\n\nWorkers of the Volkswagen Group walked out in Emden on Thursday, the Volkswagen Group said.\n"
    ingested(root, "-", published=DAY, stdin=report.encode(), dry_run=True)
    Site(root).write("content/people/vw.md", "---\nname: Volkswagen\nkind: organisation\nspellings: [Volkswagen Group]\n---\n")
    (entry,) = as_json(ingested(root, "-", published=DAY, stdin=report.encode()))["entries"]
    assert entry["people"] == ["Volkswagen"]


# Names


def test_names_in_drafts_get_files_with_spellings_and_coordinates(root: Path) -> None:
    text = (
        "Talks in Cairo\n\nEgyptian President Abdel Fattah al-Sisi met General Abdel Fattah al-Burhan in Cairo on Thursday, officials in Egypt said.\n\n"
        "Sisi told Burhan on Thursday that Egypt would send aid to Port Sudan.\n"
    )
    found = ingested(root, "-", published=DAY, stdin=text.encode())
    written = files(root)
    assert b"latitude: 30.0" in written["places/cairo.md"]
    people = {name: data.decode() for name, data in written.items() if name.startswith("people/")}
    assert not any("Sisi" in text and "Burhan" in text for text in people.values()), "two who share a name stay two"
    assert any(line.startswith("wrote content/places/cairo.md: at 30.0") for line in found.lines)
    Site(root).build(drafts=True).succeeds()


# Batches, processes, faults


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    texts = [
        f"{WIRE.replace('Norden', town)}\nThe mayor of {town} spoke in {town} on Thursday.\n" for town in ("Bonn", "Leer", "Emden", "Jever")
    ]
    names = []
    for number, text in enumerate([*texts, LOCAL, GERMAN] * 3):
        names.append(tmp_path / f"in/report-{number:02}.txt")
        names[-1].write_text(f"{text}\nIt is report {number}.\n", encoding="utf-8")
    for jobs in (1, 3):
        Site.new(tmp_path / str(jobs))
        ingested(tmp_path / str(jobs), *names, published=DAY, jobs=jobs)
    assert files(tmp_path / "1") == files(tmp_path / "3")


def test_reports_of_later_batches_meet_the_drafts_of_earlier_ones(root: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = (inputs / "wire.txt", inputs / "german.txt", inputs / "local.txt")
    # A real batch has more reports than a test should read.
    monkeypatch.setattr(command, "_MAX_INPUTS", 1)
    dry = ingested(root, *names, published=DAY, dry_run=True)
    found = ingested(root, *names, published=DAY)
    (hit,) = by_date(root)["2023-04-05"]
    assert drafts(root)[hit].count("  - article:") == 2
    assert as_json(found) == as_json(dry)
    assert [
        line.replace("would store", "stored").replace("would draft", "drafted") for line in dry.lines if "would store" in line
    ] == stored(found)


def test_progress_is_reported_for_each_input(root: Path, inputs: Path) -> None:
    done: list[int] = []
    with (inputs / "wire.txt").open("rb") as stdin:
        ingest(
            root,
            [str(inputs / "wire.txt"), str(inputs / "gone.txt"), str(inputs / "wire.txt")],
            published=DAY,
            outlet="",
            url="",
            origin="",
            dry_run=True,
            stdin=stdin,
            now=NOW,
            on_done=done.append,
        )
    assert sum(done) == 3


@pytest.mark.parametrize("at", range(13))
def test_a_run_that_is_killed_between_two_writes_is_completed_by_the_next(
    root: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    names = (inputs / "wire.txt", inputs / "local.txt")
    whole = root.with_name("whole")
    Site.new(whole)
    ingested(whole, *names, published=DAY)

    add_file, written = file_transaction.add_file, count()

    def dying(root: Path, file: str, data: bytes) -> bool:
        if next(written) == at:
            raise SystemExit
        return add_file(root, file, data)

    # A real kill cannot be timed between two given writes.
    with monkeypatch.context() as patched:
        patched.setattr("sitegen.editing.file_transaction.add_file", dying)
        with pytest.raises(SystemExit):
            ingested(root, *names, published=DAY)
    ingested(root, *names, published=DAY)
    assert files(root) == files(whole)


# Bad input


@pytest.mark.parametrize("published", ["2023-05-01", "2031-01-01T10:00"])
def test_a_day_of_publication_to_come_is_refused(root: Path, inputs: Path, published: str) -> None:
    found = ingested(root, inputs / "wire.txt", published=published)
    assert messages(found) == [f"problem: the day of publication, {published}, lies in the future"]
    assert files(root) == {}


def test_a_page_of_a_day_to_come_is_refused_and_the_others_are_read(root: Path, inputs: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<html><head><meta property="article:published_time" content="2031-01-01T10:00:00Z"><title>Bridge</title></head>'
        "<body><article><p>The bridge was closed on Friday, the council of the town said in the evening.</p></article></body></html>"
    )
    good = tmp_path / "good.html"
    good.write_text(page.read_text().replace("2031-01-01", "2023-04-01"))
    found = ingested(root, page, good)
    assert [(Path(told.file).name, told.severity) for told in found.problems] == [("page.html", "problem")]
    assert stored(found)[0] == "stored content/articles/good-2023-04-01.md"


# The table


def test_the_table_has_numbers_under_their_headings_and_sums() -> None:
    rows = [SummaryRow("wire-2023-04-07", 13, 7, 14, 8, 0), SummaryRow("local", 2, 5, 9, 1, 3)]
    assert list(table(rows)) == [
        "report           dates  people  places  new  extended",
        "wire-2023-04-07     13       7      14    8         0",
        "local                2       5       9    1         3",
        "2 reports           15      12      23    9         3",
    ]
    assert len(list(table(rows[:1]))) == 2
    assert list(table(rows * 50))[1:] == ["100 reports    750     600    1150  450       150"]
    assert list(table([])) == []
