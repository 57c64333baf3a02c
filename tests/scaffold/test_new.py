"""Files written by `sitegen new` parse without a problem, and nothing existing is overwritten."""

import datetime
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from sitegen import cli, config
from sitegen.content.parse import parse
from sitegen.content.read import read
from sitegen.model import Content
from sitegen.problems import Problem, stops_a_build
from sitegen.scaffold import new

TODAY = datetime.date(2023, 4, 8)


def content_of(root: Path) -> tuple[Content, tuple[Problem, ...]]:
    sources, unread = read(root, with_drafts=True)
    content, problems = parse(sources)
    return content, unread + problems


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "my-timeline"
    created = new.new_site(root)
    assert not stops_a_build(created.problems)
    return root


def test_a_new_site_holds_one_of_each(site: Path) -> None:
    content, problems = content_of(site)
    assert problems == ()
    assert len(content.articles) == len(content.captures) == len(content.people) == len(content.places) == len(content.pages) == 1
    assert len(content.entries) == 2
    for entry in content.entries:
        assert entry.passages
        assert entry.footnotes
        assert entry.references
    assert content.articles[0].sha256 is not None


def test_a_new_sites_settings_are_accepted(site: Path) -> None:
    text = (site / "sitegen.toml").read_text(encoding="utf-8")
    settings, problems = config.parse("sitegen.toml", text)
    assert problems == ()
    assert settings.title == "The footbridge of Wendlebrook"
    switched_on = re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE)
    _, problems = config.parse("sitegen.toml", switched_on)
    assert problems == ()
    assert "\nbase_url = " in switched_on


def test_without_its_captures_a_new_site_has_notes_and_no_problem(site: Path) -> None:
    for capture in (site / "content" / "captures").iterdir():
        capture.unlink()
    _, problems = content_of(site)
    assert problems
    assert {found.severity for found in problems} == {"note"}
    assert all(found.message.startswith("can’t check the passages from ") for found in problems)


def test_created_files_are_printed(site: Path, tmp_path: Path) -> None:
    created = new.new_site(tmp_path / "another")
    assert set(created.files) == set(files_below(site))
    assert {".gitignore", ".github/workflows/pages.yml", "README.md", "sitegen.toml", "content/pages/about.md"} <= set(created.files)


def test_captures_drafts_state_and_output_stay_out_of_git(site: Path) -> None:
    subprocess.run(["git", "init", "-q", site], check=True)
    kept_out = ["content/captures/a.txt", "content/drafts/a.md", ".sitegen/state", "site/index.html"]
    kept = ["content/entries/a.md", ".github/workflows/pages.yml", "sitegen.toml", "assets/site/a.png"]
    told = subprocess.run(["git", "-C", site, "check-ignore", *kept_out, *kept], capture_output=True, text=True, check=True)
    assert told.stdout.split() == kept_out


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear editor")
    created = new.new_site(tmp_path)
    assert created.files == ()
    assert [(found.message, found.hint) for found in created.problems] == [
        ("this folder is not empty", "choose an empty or a new folder; nothing was written")
    ]
    assert files_below(tmp_path) == {"letter.txt": b"Dear editor"}


def test_a_file_is_no_folder_for_a_site(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear editor")
    created = new.new_site(path)
    assert created.files == ()
    assert [found.message for found in created.problems] == ["can’t create a site here: Not a directory"]


def test_an_empty_repository_becomes_a_site(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert "sitegen.toml" in new.new_site(tmp_path).files


def test_a_folder_below_a_file_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear editor")
    created = new.new_site(tmp_path / "letter.txt" / "site")
    assert created.files == ()
    assert stops_a_build(created.problems)
    assert files_below(tmp_path) == {"letter.txt": b"Dear editor"}


def test_a_site_that_cannot_be_written_completely_is_removed(tmp_path: Path) -> None:
    too_long = f"content/pages/{'a' * 300}.md"
    created = new.write(tmp_path / "site", {"sitegen.toml": b"", "content/pages/about.md": b"", too_long: b""})
    assert created.files == ()
    assert [(found.file, found.message) for found in created.problems] == [(too_long, "can’t write this file: File name too long")]
    assert list(tmp_path.iterdir()) == []


def test_a_site_made_by_a_published_sitegen_says_where_it_is_found(tmp_path: Path, site: Path) -> None:
    origin = "git+https://example.org/sitegen.git@0123abc"
    new.write(tmp_path / "told", new.site_files(origin))
    told = (tmp_path / "told" / new.WORKFLOW).read_text(encoding="utf-8")
    assert f'  SITEGEN: "{origin}"\n' in told
    assert new.site_files("")[new.WORKFLOW].decode() == told.replace(origin, "")


def test_a_site_that_does_not_say_where_sitegen_is_found_gets_a_note(tmp_path: Path) -> None:
    created = new.new_site(tmp_path)
    workflow = (tmp_path / new.WORKFLOW).read_text(encoding="utf-8")
    if 'SITEGEN: ""' not in workflow:
        assert created.problems == ()
        return
    [found] = created.problems
    assert (found.severity, found.message) == ("note", "the workflow doesn’t say yet where GitHub finds sitegen")
    assert workflow.split("\n")[found.line - 1] == '  SITEGEN: ""'


@pytest.mark.parametrize(
    ("direct_url", "origin"),
    [
        (None, ""),
        ('{"url": "file:///somewhere/sitegen", "dir_info": {"editable": true}}', ""),
        ('{"url": "ssh://git@example.org/sitegen", "vcs_info": {"vcs": "git", "commit_id": "0123abc"}}', ""),
        (
            '{"url": "https://example.org/sitegen", "vcs_info": {"vcs": "git", "commit_id": "0123abc"}}',
            "git+https://example.org/sitegen@0123abc",
        ),
    ],
)
def test_the_origin_is_one_that_others_can_reach(direct_url: str | None, origin: str) -> None:
    assert new.origin(direct_url) == origin


def test_a_new_entry_parses_and_is_of_today(site: Path) -> None:
    created = new.new_entry(site, "  London: Russia  holds the “middle” of Bakhmut ", TODAY)
    assert created == new.Created(("content/entries/london-russia-holds-the-middle-of-bakhmut.md",))
    content, problems = content_of(site)
    assert problems == ()
    entry = next(entry for entry in content.entries if entry.file == created.files[0])
    assert (entry.title, str(entry.when), str(entry.added)) == ("London: Russia holds the “middle” of Bakhmut", "2023-04-08", "2023-04-08")


def test_the_accounts_of_a_new_entry_need_only_their_comment_signs_taken_off(site: Path) -> None:
    [file] = new.new_entry(site, "The bridge opens", TODAY).files
    text = (site / file).read_text(encoding="utf-8")
    text = re.sub(r"^# ?", "", text, flags=re.MULTILINE).replace("the id of a report", "observer-2025-05-12")
    (site / file).write_text(text.replace("words of the report, exactly as in its capture", "takes twenty minutes"), encoding="utf-8")
    content, problems = content_of(site)
    assert problems == ()
    assert any(passage.quote.text == "takes twenty minutes" for entry in content.entries for passage in entry.passages)


@pytest.mark.parametrize(
    "title",
    ["No", "2023", "~x", "[a] b", "- a", "a: b # c", "“a” 'b' \"c\"", "Київ: день", "@a", "a\x07b", "a\nb", "a" * 200],
)
def test_any_title_is_written_so_that_it_is_read_back(site: Path, title: str) -> None:
    [file] = new.new_entry(site, title, TODAY).files
    content, problems = content_of(site)
    assert problems == ()
    assert [entry.title for entry in content.entries if entry.file == file] == [" ".join(title.split())]


def test_a_title_of_bytes_that_are_no_text_is_written_with_question_marks(site: Path) -> None:
    [file] = new.new_entry(site, "caf\udce9 burns", TODAY).files
    content, problems = content_of(site)
    assert problems == ()
    assert [entry.title for entry in content.entries if entry.file == file] == ["caf? burns"]


@pytest.mark.parametrize("title", ["", "!!!", "¿?"])
def test_a_title_without_a_letter_makes_no_id(site: Path, title: str) -> None:
    before = files_below(site)
    created = new.new_entry(site, title, TODAY)
    assert [(found.file, found.message, found.hint) for found in created.problems] == [
        ("content/entries", f"can’t make an id from “{title}”", "use a letter or a digit")
    ]
    assert files_below(site) == before


def test_a_title_too_long_for_a_file_is_refused(site: Path) -> None:
    before = files_below(site)
    [found] = new.new_entry(site, "a" * 300, TODAY).problems
    assert found.hint == "use fewer words"
    assert files_below(site) == before


@pytest.mark.parametrize("file", ["content/entries/2023/the-bridge-opens.md", "content/drafts/the-bridge-opens.md"])
def test_an_entry_id_in_use_is_refused(site: Path, file: str) -> None:
    (site / file).parent.mkdir(parents=True)
    (site / file).write_text("---\ntitle: The bridge opens\ndate: 2023\n---\n")
    before = files_below(site)
    created = new.new_entry(site, "The bridge opens!", TODAY)
    assert [(found.file, found.message) for found in created.problems] == [(file, "the id “the-bridge-opens” is already taken")]
    assert created.problems[0].hint == "choose another title, or continue that entry"
    assert files_below(site) == before


def test_a_new_person_and_a_new_place_parse(site: Path) -> None:
    person = new.new_person(site, "Volodymyr Zelensky")
    place = new.new_place(site, "Bakhmut")
    assert (person.files, place.files) == (("content/people/volodymyr-zelensky.md",), ("content/places/bakhmut.md",))
    content, problems = content_of(site)
    assert problems == ()
    assert "Volodymyr Zelensky" in {found.name.text for found in content.people}
    assert "Bakhmut" in {found.name.text for found in content.places}


def test_a_new_places_comments_are_keys_that_are_accepted(site: Path) -> None:
    [file] = new.new_place(site, "Bakhmut").files
    text = (site / file).read_text(encoding="utf-8")
    (site / file).write_text(re.sub(r"^# ", "", text, flags=re.MULTILINE), encoding="utf-8")
    content, problems = content_of(site)
    assert problems == ()
    [place] = [found for found in content.places if found.file == file]
    assert (place.latitude, place.longitude, place.kind) == (48.59, 38.0, "city")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Marta  Quill", "the id “marta-quill” is already taken"),
        ("QUILL", "this file already has the name “QUILL”"),
    ],
)
def test_a_name_that_a_person_has_is_refused(site: Path, name: str, message: str) -> None:
    before = files_below(site)
    created = new.new_person(site, name)
    assert [(found.file, found.message, found.hint) for found in created.problems] == [
        ("content/people/marta-quill.md", message, "edit that file, and add other spellings to its spellings")
    ]
    assert files_below(site) == before


def test_a_place_may_have_a_persons_name(site: Path) -> None:
    assert new.new_place(site, "Quill").files == ("content/places/quill.md",)


def test_nothing_is_written_over_a_file_that_content_passes_over(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "bakhmut.md"
    elsewhere.write_text("mine")
    (site / "content" / "places" / "bakhmut.md").symlink_to(elsewhere)
    created = new.new_place(site, "Bakhmut")
    assert [found.message for found in created.problems] == ["can’t write this file: File exists"]
    assert elsewhere.read_text() == "mine"


def test_the_commands_named_in_a_new_site_exist(site: Path) -> None:
    told = "".join((site / file).read_text(encoding="utf-8") for file in ("README.md", new.WORKFLOW))
    commands = re.findall(r"(?:^|run: )sitegen (.+)$", told, re.MULTILINE)
    assert len(commands) == 8
    for command in commands:
        assert cli.parser().parse_args(shlex.split(command, comments=True))
