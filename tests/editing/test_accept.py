"""Accepting drafts moves all or none, and changes no other byte."""

import datetime
from pathlib import Path

import pytest

from sitegen.editing.accept import Accepted, accept
from sitegen.problems import Problem
from tests.support.ingest_runs import DAY, REPORT, content_of, files, ingested

TODAY = datetime.date(2023, 4, 8)
DRAFT = "---\ntitle: Bridge opens  # a comment\ndate: 2023-04-07\n# another\n---\nIt is open.  \n\n---\n\nadded: no\n"


def drafted(root: Path, **drafts: str) -> Path:
    for id, text in drafts.items():
        path = root / "content" / "drafts" / f"{id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


def accepted(root: Path, *names: str, here: str = "") -> Accepted:
    return accept(root, names, TODAY, root / here)


def test_a_draft_becomes_an_entry_with_one_line_more(tmp_path: Path) -> None:
    found = accepted(drafted(tmp_path, bridge=DRAFT), "bridge")
    assert found == Accepted((), ("accepted content/entries/bridge.md",))
    text = DRAFT.replace("# another\n---\n", "# another\nadded: 2023-04-08\n---\n")
    assert files(tmp_path) == {"entries/bridge.md": text.encode()}


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_and_the_mark_at_the_beginning_stay(tmp_path: Path, ending: str) -> None:
    drafted(tmp_path, bridge="\ufeff" + DRAFT.replace("\n", ending))
    assert accepted(tmp_path, "bridge").problems == ()
    text = DRAFT.replace("# another\n---\n", "# another\nadded: 2023-04-08\n---\n")
    assert files(tmp_path) == {"entries/bridge.md": ("\ufeff" + text.replace("\n", ending)).encode()}


@pytest.mark.parametrize(
    "fields",
    [
        "accounts:\n  - {url: 'https://news.example/', title: |\n      x\n   }\n",
        "accounts:\n  - url: https://news.example/\n    title: >-\n      It is\n\n      open\n\n",
        "tags: [a, b]\n...\n",
        "tags:\n- a\n- b\n",
    ],
)
def test_whatever_the_front_matter_ends_with_the_entry_stays_the_same_or_nothing_moves(tmp_path: Path, fields: str) -> None:
    text = f"---\ntitle: Bridge\ndate: 2023-04-07\n{fields}---\n"
    drafted(tmp_path, bridge=text)
    before = content_of(tmp_path)[0].entries
    if accepted(tmp_path, "bridge").problems:
        assert files(tmp_path) == {"drafts/bridge.md": text.encode()}
        return
    (entry,) = content_of(tmp_path)[0].entries
    assert str(entry.added) == "2023-04-08"
    assert (entry.title, entry.tags, len(entry.accounts)) == (before[0].title, before[0].tags, len(before[0].accounts))


def test_front_matter_that_cannot_be_extended_is_a_problem(tmp_path: Path) -> None:
    found = accepted(drafted(tmp_path, bridge="---\n{title: Bridge, date: 2023-04-07}\n---\n"), "bridge")
    hint = "add the line “added: 2023-04-08” yourself"
    assert found.problems == (Problem("content/drafts/bridge.md", 1, 1, "the date can’t be added to this front matter", hint),)


def test_a_draft_that_says_when_it_was_added_stays_as_it_is(tmp_path: Path) -> None:
    text = "---\ntitle: Bridge\ndate: 2023-04-07\nadded: 2023-01-01\n---\n"
    accepted(drafted(tmp_path, bridge=text), "bridge")
    assert files(tmp_path) == {"entries/bridge.md": text.encode()}


def test_an_unknown_id_is_a_problem_that_suggests_a_close_one(tmp_path: Path) -> None:
    drafted(tmp_path, bridge=DRAFT)
    found = accepted(tmp_path, "brigde", "x")
    assert [(problem.file, problem.message, problem.hint) for problem in found.problems] == [
        ("content/drafts/brigde.md", "no draft has the id “brigde”", "did you mean “bridge”?"),
        ("content/drafts/x.md", "no draft has the id “x”", "the drafts are: bridge"),
    ]


@pytest.mark.parametrize("id", ["", "../drafts/bridge", "/", ".", "..", "bridge\x00", "a/bridge\x00", "br?dge"])
def test_an_id_leads_to_no_other_folder(tmp_path: Path, id: str) -> None:
    drafted(tmp_path, bridge=DRAFT)
    assert len(accepted(tmp_path, id).problems) == 1
    assert files(tmp_path) == {"drafts/bridge.md": DRAFT.encode()}


def test_without_drafts_the_hint_says_how_to_get_some(tmp_path: Path) -> None:
    assert accepted(tmp_path, "bridge").problems[0].hint == "there are no drafts; `sitegen ingest` creates them"


def test_an_entry_is_not_accepted_again(tmp_path: Path) -> None:
    accepted(drafted(tmp_path, bridge=DRAFT), "bridge")
    assert accepted(tmp_path, "bridge").problems == (
        Problem("content/drafts/bridge.md", 1, 1, "“bridge” is already an entry", "there is no draft with this id"),
    )


@pytest.mark.parametrize("entry", ["content/entries/bridge.md", "content/entries/2023/bridge.md", "content/entries/other.md"])
def test_an_id_in_use_is_a_problem_and_nothing_moves(tmp_path: Path, entry: str) -> None:
    drafted(tmp_path, bridge=DRAFT, second=DRAFT)
    (tmp_path / entry).parent.mkdir(parents=True)
    (tmp_path / entry).write_text("---\ntitle: Mine\ndate: 2023\naliases: [bridge]\n---\n")
    before = files(tmp_path)
    found = accepted(tmp_path, "second", "bridge")
    hint = f"{entry} has it; rename the draft"
    assert found == Accepted((Problem("content/drafts/bridge.md", 1, 1, "the id “bridge” is already taken", hint),), ())
    assert files(tmp_path) == before


def test_a_draft_with_a_problem_stops_all_of_them(tmp_path: Path) -> None:
    drafted(tmp_path, bridge=DRAFT, broken="---\ntitle: Bridge\ndate: Friday\n---\n", worse="no front matter")
    before = files(tmp_path)
    found = accepted(tmp_path, "bridge", "broken", "worse")
    assert [(problem.file, problem.line, problem.column) for problem in found.problems] == [
        ("content/drafts/broken.md", 3, 7),
        ("content/drafts/worse.md", 1, 1),
    ]
    assert files(tmp_path) == before


def test_several_drafts_are_accepted_together_and_each_once(tmp_path: Path) -> None:
    found = accepted(drafted(tmp_path, a=DRAFT, b=DRAFT), "b", "a", "b")
    assert found.lines == ("accepted content/entries/b.md", "accepted content/entries/a.md")
    assert sorted(files(tmp_path)) == ["entries/a.md", "entries/b.md"]


@pytest.mark.parametrize(
    ("here", "name"),
    [
        (".", "content/drafts/bridge.md"),
        (".", "./content/drafts/bridge"),
        (".", "content/entries/../drafts/bridge.md"),
        ("content", "drafts/bridge.md"),
        ("content/entries", "../drafts/bridge.md"),
        ("content/drafts", "bridge.md"),
        ("content/drafts", "./bridge"),
        ("content/entries", "content/drafts/bridge.md"),
        ("content/entries", "bridge.md"),
        ("..", "{root}/content/drafts/bridge.md"),
        ("..", "{root}/content/drafts/bridge"),
    ],
)
def test_a_draft_is_named_by_its_file_too(tmp_path: Path, here: str, name: str) -> None:
    root = drafted(tmp_path / "site", bridge=DRAFT)
    (root / "content/entries").mkdir()
    found = accepted(root, name.format(root=root), here=here)
    assert found == Accepted((), ("accepted content/entries/bridge.md",))


def test_a_draft_in_a_folder_of_drafts_is_named_by_its_file(tmp_path: Path) -> None:
    drafted(tmp_path, **{"2023/bridge": DRAFT, "2023/dam": DRAFT, "mill": DRAFT})
    found = accepted(tmp_path, "content/drafts/2023/bridge.md", "mill", "content/drafts/mill.md", "content/drafts/2023/dam")
    assert found.lines == ("accepted content/entries/bridge.md", "accepted content/entries/mill.md", "accepted content/entries/dam.md")


def test_a_path_through_a_link_to_the_site_is_one_of_its_paths(tmp_path: Path) -> None:
    drafted(tmp_path / "site", bridge=DRAFT)
    (tmp_path / "link").symlink_to(tmp_path / "site")
    found = accepted(tmp_path / "site", f"{tmp_path}/link/content/drafts/bridge.md")
    assert found.lines == ("accepted content/entries/bridge.md",)


def test_an_id_comes_before_a_path(tmp_path: Path) -> None:
    drafted(tmp_path, bridge=DRAFT)
    (tmp_path / "bridge").write_text("another file")
    assert accepted(tmp_path, "bridge").lines == ("accepted content/entries/bridge.md",)


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("content/drafts/brigde.md", "no draft has the id “brigde”", "did you mean “bridge”?"),
        ("../bridge.md", "“../bridge.md” is not in content/drafts", "give the draft’s id, or its file in that folder"),
        ("/bridge.md", "“/bridge.md” is not in content/drafts", "give the draft’s id, or its file in that folder"),
        ("note.md", "“note.md” is not in content/drafts", "give the draft’s id, or its file in that folder"),
        ("content/drafts", "“content/drafts” is a folder, not a draft", "name the drafts in it by their ids or files"),
        ("content/drafts/", "“content/drafts/” is a folder, not a draft", "name the drafts in it by their ids or files"),
        ("content/entries/dam.md", "“dam” is already an entry", "only drafts can be accepted"),
        ("brigde.md", "no draft has the id “brigde”", "did you mean “bridge”?"),
    ],
)
def test_a_path_that_is_no_draft_is_a_problem(tmp_path: Path, name: str, message: str, hint: str) -> None:
    root = drafted(tmp_path / "site", bridge=DRAFT)
    (root / "content/entries").mkdir()
    (root / "content/entries/dam.md").write_text("---\ntitle: Dam\ndate: 2023\n---\n")
    (root / "note.md").write_text("mine")
    found = accepted(root, name)
    assert [(problem.message, problem.hint) for problem in found.problems] == [(message, hint)]
    assert "drafts/bridge.md" in files(root)


def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text(DRAFT)
    root = tmp_path / "site"
    (root / "content/drafts").mkdir(parents=True)
    (root / "content/drafts/bridge.md").symlink_to(tmp_path / "mine.md")
    found = accepted(root, "bridge")
    assert found.problems == (
        Problem("content/drafts/bridge.md", 1, 1, "this link points outside the site’s folder", "replace it with a copy of the file"),
    )


def test_a_draft_that_is_too_large_is_a_problem(tmp_path: Path) -> None:
    found = accepted(drafted(tmp_path, bridge=DRAFT + "a" * 20 * 1024**2), "bridge")
    assert found.problems == (Problem("content/drafts/bridge.md", 1, 1, "this file is larger than 20 MB", "an entry is much smaller"),)


def test_an_accept_that_was_killed_is_completed_by_the_next(tmp_path: Path) -> None:
    accepted(drafted(tmp_path, bridge=DRAFT), "bridge")
    whole = files(tmp_path)
    drafted(tmp_path, bridge=DRAFT)
    later = accept(tmp_path, ["bridge"], TODAY + datetime.timedelta(days=1), tmp_path)
    assert later == Accepted((), ("accepted content/entries/bridge.md",))
    assert files(tmp_path) == whole


def test_entries_that_can_not_be_written_leave_the_drafts(tmp_path: Path) -> None:
    drafted(tmp_path, bridge=DRAFT)
    (tmp_path / "content/entries").write_text("no folder")
    found = accepted(tmp_path, "bridge")
    assert [problem.message for problem in found.problems] == ["content/entries/bridge.md can’t be written: its folder is a file"]
    assert (tmp_path / "content/drafts/bridge.md").read_text() == DRAFT


def test_what_ingest_drafts_can_be_accepted(tmp_path: Path) -> None:
    ingested(tmp_path, "-", published=DAY, stdin=REPORT.encode())
    assert accepted(tmp_path, "bridge-in-norden-opens-again").problems == ()
    content, problems = content_of(tmp_path)
    assert problems == ()
    assert [(entry.id, entry.is_draft, str(entry.added)) for entry in content.entries] == [
        ("bridge-in-norden-opens-again", False, "2023-04-08")
    ]
