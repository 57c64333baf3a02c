"""Reading and parsing content files: no file, whatever its bytes, ends a build."""

import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.parse import READERS, parse, parse_file
from sitegen.content.read import MAX_FILE_BYTES, Source, read
from sitegen.model import Capture, Entry, Person, Settings
from sitegen.problems import Problem
from sitegen.timeline.link import link

FOLDERS = [*READERS, "captures"]


def source(path: str, content: bytes | str) -> Source:
    data = content.encode() if isinstance(content, str) else content
    return Source(f"content/{path}", path.partition("/")[0], data)


def problems_of(path: str, content: bytes | str) -> list[tuple[int, int, str]]:
    return [(found.line, found.column, found.message) for found in dict.fromkeys(parse_file(source(path, content)).problems)]


def spots(path: str, content: bytes | str) -> list[tuple[int, int]]:
    return [(line, column) for line, column, _ in problems_of(path, content)]


def entry_of(content: bytes | str) -> Entry:
    parsed = parse_file(source("entries/some.md", content))
    assert parsed.problems == ()
    assert isinstance(parsed.fact, Entry)
    return parsed.fact


MISTAKES = "---\ntitle: One\ndate: 2023\nstaus: a\nкey😀: b\n---\n\nSee [^a] and\n\t😀 [^b].\n"
SPOTS = [(8, 5), (9, 4), (4, 1), (5, 1)]


@pytest.mark.parametrize(
    "content",
    [MISTAKES.encode(), MISTAKES.replace("\n", "\r\n").encode(), MISTAKES.replace("\n", "\r").encode(), MISTAKES.encode("utf-8-sig")],
    ids=["LF", "CRLF", "CR", "byte-order mark"],
)
def test_spots_are_the_same_however_an_editor_saves(content: bytes) -> None:
    assert spots("entries/some.md", content) == SPOTS


def test_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = "---\ntitle: One\ndate: 2023\n---\nOne,\ntwo.\n\n- three\n"
    for other in (text.replace("\n", "\r\n").encode(), text.replace("\n", "\r").encode(), text.encode("utf-8-sig")):
        assert parse_file(source("entries/some.md", other)) == parse_file(source("entries/some.md", text))


@pytest.mark.parametrize(
    ("data", "spot"),
    [
        (b"---\ntitle: Ol\xe9\n---\n", (2, 10)),
        (b"---\r\ntitle: \xc3\xa9\xe9\r\n---\r\n", (2, 9)),
        (b"\xff\xfe-\x00-\x00", (1, 1)),
        (b"---\ntitle: a\n---\n" + "😀".encode() + b"\xed\xa0\x80", (4, 2)),
        (b"\xc0\x80", (1, 1)),
        (b"abc\xe2\x82", (1, 4)),
        (b"\xef\xbb\xbfabc\xe9", (1, 4)),
        (b"one\rtwo\r\xe9", (3, 1)),
    ],
)
def test_bytes_that_are_not_text_are_a_problem_at_their_spot(data: bytes, spot: tuple[int, int]) -> None:
    assert spots("entries/some.md", data) == [spot]


def test_a_capture_keeps_its_bytes_fingerprint_and_loses_its_line_ends() -> None:
    capture = parse_file(source("captures/wire.txt", b"\xef\xbb\xbfOne.\r\nTwo.\r")).fact
    assert isinstance(capture, Capture)
    assert capture.text == "One.\nTwo.\n"
    assert capture.sha256 == sha256(b"\xef\xbb\xbfOne.\r\nTwo.\r").hexdigest()


def test_an_id_is_composed_however_the_file_system_spells_it() -> None:
    for form in ("NFC", "NFD"):
        parsed = parse_file(source(f"people/{unicodedata.normalize(form, 'zoë-čech')}.md", "---\nname: Zoë Čech\n---\n"))
        assert parsed.problems == ()
        assert isinstance(parsed.fact, Person)
        assert parsed.fact.id == unicodedata.normalize("NFC", "zoë-čech")


def test_one_id_in_two_unicode_forms_is_a_duplicate() -> None:
    files = [source(f"people/{unicodedata.normalize(form, 'zoë')}.md", f"---\nname: Zoë {form}\n---\n") for form in ("NFD", "NFC")]
    _, problems = parse(files)
    assert [found.message for found in problems] == ["the id “zoë” is already taken"]


def test_an_entry_is_read_whole() -> None:
    entry = entry_of(
        "---\ntitle: One\ndate: 2023-04-07T02:50+03:00\ndate_text: on Friday\nseq: 3\nzone: Europe/Kyiv\nstatus: disputed\nkey: true\n"
        "people: [Ann, Ben]\nplaces: [Kyiv]\nlocation: Kyiv\ntags: [war]\nadded: 2023-04-08\nupdated: 2023-04-09\naliases: [old]\n"
        "image: /assets/map.svg\nalt: a map\ncredit: Ann\ngraphic: true\n"
        "accounts:\n  - article: wire\n    passages:\n      - {id: a, quote: words, prefix: b, suffix: c, speaker: Ann, note: heard}\n"
        "  - {url: 'https://example.org/', title: T, outlet: O, published: 2023-04-07}\n"
        "corrections:\n  - {date: 2023-04-09, kind: clarification, text: t, was: w, now: n}\n---\nText [[Ann]] [@a].[^1]\n\n[^1]: Note.\n"
    )
    assert (entry.title, str(entry.when), entry.date_text, entry.seq, entry.zone, entry.status, entry.key) == (
        "One", "2023-04-07T02:50+03:00", "on Friday", 3, "Europe/Kyiv", "disputed", True,
    )  # fmt: skip
    assert [word.text for word in (*entry.people, *entry.places, *entry.tags, *entry.aliases)] == ["Ann", "Ben", "Kyiv", "war", "old"]
    assert entry.location is not None
    assert entry.location.text == "Kyiv"
    assert (str(entry.added), str(entry.updated)) == ("2023-04-08", "2023-04-09")
    assert entry.image is not None
    assert (entry.image.src.text, entry.image.alt, entry.image.credit, entry.graphic) == ("map.svg", "a map", "Ann", True)
    [passage] = entry.passages
    assert (passage.id, passage.quote.text, passage.prefix, passage.suffix, passage.speaker, passage.note) == (
        "a",
        "words",
        "b",
        "c",
        "Ann",
        "heard",
    )
    assert [correction.kind for correction in entry.corrections] == ["clarification"]
    assert (entry.references, entry.footnotes, entry.note) == (("Ann",), 1, ("Note.",))


# What is read of a folder.


def names(root: Path, *, with_drafts: bool = False) -> list[str]:
    sources, _ = read(root, with_drafts)
    return [one.file.removeprefix("content/") for one in sources]


def written(root: Path, *files: str) -> Path:
    for file in files:
        path = root / "content" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return root


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    written(tmp_path, "places/a.md", "entries/b.md", "entries/a/z.md", "captures/c.txt", "articles/c.md", "people/ä.md", "people/z.md")
    assert names(tmp_path) == [
        "articles/c.md",
        "captures/c.txt",
        "entries/a/z.md",
        "entries/b.md",
        "people/z.md",
        "people/ä.md",
        "places/a.md",
    ]


def test_drafts_are_read_only_when_they_are_asked_for(tmp_path: Path) -> None:
    written(tmp_path, "drafts/a.md", "entries/b.md")
    assert names(tmp_path) == ["entries/b.md"]
    assert names(tmp_path, with_drafts=True) == ["drafts/a.md", "entries/b.md"]


def test_what_editors_leave_behind_is_passed_over(tmp_path: Path) -> None:
    written(
        tmp_path, "entries/a.md", "entries/.a.md.swp", "entries/a.md~", "entries/#a.md#", "entries/.#a.md", "entries/x.tmp", "entries/y.swp"
    )
    written(tmp_path, "entries/.git/config", ".DS_Store", "entries/.hidden/b.md", "captures/a.html", "captures/b.htm", "permalinks.txt")
    sources, problems = read(tmp_path, with_drafts=False)
    assert ([one.file for one in sources], problems) == (["content/entries/a.md"], ())


def test_an_empty_folder_has_no_content(tmp_path: Path) -> None:
    assert read(tmp_path, with_drafts=True) == ((), ())


def test_links_within_the_site_are_followed(tmp_path: Path) -> None:
    written(tmp_path, "entries/a.md")
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "b.md").write_text("text", encoding="utf-8")
    (tmp_path / "content" / "entries" / "b.md").symlink_to(tmp_path / "shelf" / "b.md")
    (tmp_path / "content" / "people").symlink_to(tmp_path / "shelf")
    assert names(tmp_path) == ["entries/a.md", "entries/b.md", "people/b.md"]


@pytest.mark.parametrize("link_", ["content/entries/out.md", "content/entries/out", "content/entries", "content"])
def test_links_out_of_the_site_are_not_followed(tmp_path: Path, link_: str) -> None:
    elsewhere = written(tmp_path / "elsewhere", "entries/secret.md") / "content"
    target = {"content": elsewhere, "content/entries/out.md": elsewhere / "entries" / "secret.md"}.get(link_, elsewhere / "entries")
    site = tmp_path / "site"
    (site / link_).parent.mkdir(parents=True)
    (site / link_).symlink_to(target)
    sources, problems = read(site, with_drafts=True)
    assert sources == ()
    assert {found.message for found in problems} == {"this symbolic link points outside the site’s folder"}


def test_the_sites_own_folder_may_be_a_link(tmp_path: Path) -> None:
    written(tmp_path / "site", "entries/a.md")
    (tmp_path / "link").symlink_to(tmp_path / "site")
    assert names(tmp_path / "link") == ["entries/a.md"]


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    written(tmp_path, "captures/a.txt")
    with (tmp_path / "content" / "captures" / "a.txt").open("wb") as file:
        file.truncate(MAX_FILE_BYTES)
    assert names(tmp_path) == ["captures/a.txt"]


def test_a_file_name_that_is_not_text_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "entries"
    folder.mkdir(parents=True)
    try:
        Path(str(folder) + "/caf\udce9.md").write_text("---\ntitle: a\ndate: 2023\n---\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes names that are text only")
    sources, _ = read(tmp_path, with_drafts=False)
    _, problems = parse(sources)
    assert [found.hint for found in problems] == ["rename the file to caf.md"]


# One mistake is one message.


def told(*files: tuple[str, str]) -> list[str]:
    content, problems = parse([source(path, text) for path, text in files])
    _, more = link(Settings(), content)
    return [found.message for found in sorted({*problems, *more})]


UNDATED = (
    "---\ntitle: a\npeople: [Ann Undated]\nplaces: [Undated Hill]\n---\n[[Ann Undated]] on [[Undated Hill]], [[undated]] and [[dated]].\n"
)


def test_an_entry_without_a_date_makes_nobody_unknown() -> None:
    dated = ("entries/dated.md", "---\ntitle: b\ndate: 2023\n---\n[[Ann Undated]], [[undated]] and [[Undated Hill|there]]\n")
    assert told(("entries/undated.md", UNDATED), dated) == ["“date” is missing"]


def test_a_person_that_cannot_be_read_is_not_called_unknown() -> None:
    linking = ("entries/linking.md", "---\ntitle: b\ndate: 2023\n---\n[[Ann Broken]] and [[ann-broken]]\n")
    assert told(("people/ann-broken.md", "---\nname: [\n---\n"), linking) == ["a value is missing here"]


def test_a_report_that_cannot_be_read_is_not_called_unknown() -> None:
    quoting = "---\ntitle: b\ndate: 2023\naccounts:\n  - {article: wire, passages: [{quote: words, id: a}]}\n---\n[@a]\n"
    derived = ("articles/copy.md", "---\ntitle: c\nderived_from: wire\n---\n")
    wire = ("articles/wire.md", "the front matter is missing")
    assert told(wire, derived, ("captures/wire.txt", "other words"), ("entries/quoting.md", quoting)) == ["the front matter is missing"]


def test_a_wrong_account_does_not_make_its_passages_unknown() -> None:
    text = "---\ntitle: b\ndate: 2023\naccounts:\n  - article:\n    passages: [{quote: words, id: a}, {id: b}]\n---\n[@a] [@b]\n"
    assert told(("entries/quoting.md", text)) == ["“article” is empty", "“quote” is missing"]


# Whatever the bytes, a file is read or told.

fragments = st.sampled_from(
    [
        "---\n", "---", "title: ", "title: One\n", "date: ", "date: 2023-04-07\n", "2023", "2023-04-07/..", "people: [", "]\n", "accounts:\n", "  - article: wire\n",
        "    passages:\n", "      - quote: ", "id: a\n", "name: ", "name: Ann\n", "spellings: [{name: A, outlet: B}]\n", "within: Ann\n", "latitude: 1\n", "sha256: ",
        "corrections:\n", "aliases: [a, b]\n", "image: x.png\n", "[[", "]]", "[[Ann]]", "[@a]", "[^1]", "\n[^1]: ", "![", "](", "url: http://[\n", "url: https://x\n",
        "&a ", "*a ", "!!binary ", "? ", ": ", "- ", "{", "}", "[", '"', "'", "|\n", ">\n", "#", "%", "@", "\\", "\n", "\r\n", "\t", "  ", "\x00", "\x07", "\x85",
        "\u2028", "\ufeff", "\udcff", "é", "😀", "a", "zone: ../../etc\n", "date: 9999-12-31/..\n", "seq: 1e9\n", "<<: *a\n",
    ]
)  # fmt: skip
bytes_of_files = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(fragments, max_size=40).map(lambda parts: "".join(parts).encode("utf-8", "surrogateescape")),
    st.lists(fragments, max_size=40).map(
        lambda parts: ("---\ntitle: One\ndate: 2023\nname: Ann\n" + "".join(parts)).encode("utf-8", "replace")
    ),
)


def within_its_lines(found: Problem, data: bytes) -> bool:
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return 1 <= found.line <= len(lines) and 1 <= found.column <= len(lines[found.line - 1]) + 2


@given(st.sampled_from(FOLDERS), bytes_of_files)
def test_no_file_raises_and_its_problems_have_spots_in_it(folder: str, data: bytes) -> None:
    parsed = parse_file(source(f"{folder}/some{'.txt' if folder == 'captures' else '.md'}", data))
    assert [found for found in parsed.problems if not within_its_lines(found, data)] == []
    assert parsed.fact is not None or parsed.problems


@given(st.lists(st.tuples(st.sampled_from(FOLDERS), st.sampled_from("abc"), bytes_of_files), max_size=6))
def test_no_files_together_raise(files: list[tuple[str, str, bytes]]) -> None:
    sources = {f"{folder}/{name}.md": data for folder, name, data in files}
    content, _ = parse([source(path, data) for path, data in sources.items()])
    timeline, _ = link(Settings(), content)
    assert len(timeline.entries) == len(content.entries)
