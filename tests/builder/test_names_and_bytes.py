"""Names and bytes that no page can hold are problems, in a build and in the preview."""

import json
import os
from pathlib import Path

import pytest

from sitegen.builder.live_site import LiveSite
from tests.support.site_tester import Site

ENTRY = "---\ntitle: A bridge opens\ndate: 2023-04-07\n---\nIt opened.\n"


def site(root: Path) -> Site:
    return Site.new(root).write("content/entries/bridge.md", ENTRY)


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("url", [b"url(\xff.png)", b'url("pictures/caf\xe9.png")', b"url( 'a\xc3.png' )"])
def test_a_url_of_a_stylesheet_that_is_not_utf8_is_a_problem(url: bytes, tmp_path: Path) -> None:
    one = site(tmp_path).write("assets/own.css", b"p { color: red }\nbody { background: " + url + b" }\n").build().fails()
    assert one.err.startswith("assets/own.css:2:1: this url() is not valid UTF-8\n")
    assert "hint: " in one.err


def test_a_stylesheet_may_hold_other_bytes_elsewhere(tmp_path: Path) -> None:
    site(tmp_path).write("assets/own.css", b"/* caf\xe9 */\n").build().succeeds()


@pytest.mark.parametrize("file", [b"assets/\xff.png", b"assets/caf\xe9/a.png", b"layouts/\xfe.html"])
def test_a_file_name_that_is_not_utf8_is_a_problem(file: bytes, tmp_path: Path) -> None:
    one = site(tmp_path)
    write(tmp_path / os.fsdecode(file), b"x")
    found = json.loads(one.build("--format", "json").out)["problems"]
    assert found[0]["file"].startswith(file.decode("utf-8", "backslashreplace").removesuffix("/a.png"))
    assert one.status == 1


@pytest.mark.parametrize("line", ["updated = " + "9" * 5_000, "updated = 0x" + "f" * 5_000, "updated = " + "[" * 5_000])
def test_a_catalogue_beyond_the_limits_of_toml_is_a_problem(line: str, tmp_path: Path) -> None:
    one = site(tmp_path).write("layouts/words/en.toml", line).build().fails()
    assert one.err.startswith("layouts/words/en.toml:1:")


@pytest.mark.parametrize("file", [b"assets/own.css", b"assets/\xff.png"])
def test_the_preview_reports_invalid_bytes_and_shows_the_last_good_site(file: bytes, tmp_path: Path) -> None:
    live_site = LiveSite(site(tmp_path).root)
    assert live_site.update().problems == ()
    path = write(tmp_path / os.fsdecode(file), b"a { background: url(\xff) }")
    update = live_site.update([path])
    assert [one.file for one in update.problems] == [file.decode("utf-8", "backslashreplace")]
    assert update.site is not None
    path.unlink()
    assert live_site.update([path]).problems == ()


ALIKE = [("strasse", "straße"), ("λόγοσ", "λόγος"), ("kiz", "kız"), ("ſea", "sea")]


@pytest.mark.parametrize(("one_id", "other_id"), ALIKE)
@pytest.mark.parametrize("folder", ["entries", "pages", "articles"])
def test_ids_that_are_one_folder_on_some_disks_are_a_problem(one_id: str, other_id: str, folder: str, tmp_path: Path) -> None:
    one = site(tmp_path)
    for id in (one_id, other_id):
        one.write(f"content/{folder}/{id}.md", ENTRY if folder == "entries" else "---\ntitle: A page\n---\n")
    assert "are the same folder name on some disks\n" in one.build().fails().err


@pytest.mark.parametrize(("one_name", "other_name"), [("Kiz", "Kız"), ("Isparta", "ısparta")])
@pytest.mark.parametrize("key", ["people", "places", "tags"])
def test_names_whose_addresses_are_one_folder_are_a_problem(one_name: str, other_name: str, key: str, tmp_path: Path) -> None:
    one = site(tmp_path)
    for number, name in enumerate((one_name, other_name)):
        one.write(f"content/entries/e{number}.md", f"---\ntitle: A\ndate: 2023\n{key}: [{name}]\n---\n")
    assert "have addresses that are the same folder name on some disks\n" in one.build().fails().err
    one.remove("content/entries/e1.md").build().succeeds()


@pytest.mark.parametrize(("one_id", "other_id"), ALIKE)
def test_files_of_names_whose_addresses_are_one_folder_are_a_problem(one_id: str, other_id: str, tmp_path: Path) -> None:
    one = (
        site(tmp_path)
        .write(f"content/people/{one_id}.md", "---\nname: Ann\n---\n")
        .write(f"content/people/{other_id}.md", "---\nname: Ben\n---\n")
    )
    assert "have addresses that are the same folder name on some disks\n" in one.build().fails().err


@pytest.mark.parametrize("id", ["con", "nul", "aux", "prn", "com1", "lpt9"])
@pytest.mark.parametrize("folder", ["entries", "pages", "people"])
def test_a_device_of_windows_is_no_id(id: str, folder: str, tmp_path: Path) -> None:
    one = site(tmp_path).write(f"content/{folder}/{id}.md", "---\ntitle: A\nname: A\ndate: 2023\n---\n").build().fails()
    assert f"content/{folder}/{id}.md:1:1: “{id}” can’t be an id: on Windows, it is the name of a device\n" in one.err


def test_a_name_like_a_device_has_another_address(tmp_path: Path) -> None:
    one = site(tmp_path).write("content/entries/a.md", "---\ntitle: A\ndate: 2023\npeople: [Con]\ntags: [aux, COM1, console]\n---\n")
    output = one.build().succeeds().output
    for path in ("people/con-name", "tags/aux-name", "tags/com1-name", "tags/console"):
        assert f"{path}/index.html" in output
    one.write("content/entries/b.md", "---\ntitle: B\ndate: 2023\naliases: [nul]\n---\n").build().fails()


@pytest.mark.parametrize("key", ["tags", "people", "places"])
def test_an_entry_has_at_most_200_names_of_a_kind(key: str, tmp_path: Path) -> None:
    def names(number: int) -> str:
        return f"---\ntitle: A\ndate: 2023\n{key}:\n" + "".join(f"  - n{one}x\n" for one in range(number)) + "---\n"

    one = site(tmp_path).write("content/entries/a.md", names(201)).build().fails()
    assert f"content/entries/a.md:205:5: “{key}” has 201 names\n" in one.err
    assert " names in " not in one.write("content/entries/a.md", names(200)).build().succeeds().err


@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2066", "\u2069"])
def test_no_page_or_feed_holds_an_open_bidi_mark_of_a_title_or_a_name(mark: str, tmp_path: Path) -> None:
    article = f"---\ntitle: A {mark}report\noutlet: The {mark}Post\nurl: https://example.org/a\npublished: 2023-04-07\n---\n"
    entry = f"---\ntitle: A {mark}bridge\ndate: 2023-04-07\npeople: ['Ann {mark}Bell']\ntags: ['x{mark}y']\naccounts:\n  - article: r\n---\nIt opened.\n"
    one = site(tmp_path).write("content/articles/r.md", article).write("content/entries/e.md", entry).build().succeeds()
    assert [file for file, data in one.output.items() if mark.encode() in data or json.dumps(mark)[1:-1].encode() in data] == []
    assert b"A bridge" in one.output["feed.atom"]
    assert b"A report" in one.output["articles/r/index.html"]


def test_a_quotation_keeps_the_marks_of_its_capture(tmp_path: Path) -> None:
    quote = "the \u202ebridge is open"
    article = "---\ntitle: A report\noutlet: The Post\nurl: https://example.org/a\npublished: 2023-04-07\n---\n"
    entry = f"---\ntitle: A\ndate: 2023-04-07\naccounts:\n  - article: r\n    passages:\n      - quote: {quote}\n---\n"
    one = site(tmp_path).write("content/articles/r.md", article).write("content/captures/r.txt", f"Today {quote}.\n")
    one.write("content/entries/e.md", entry).build().succeeds()
