"""Events that a page gets when files are saved, and the sources of its parts."""

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from sitegen import config
from sitegen.builder.live_site import ChangedParts
from sitegen.model import Settings
from sitegen.serve.preview import Preview
from sitegen.serve.revisions import Revisions
from tests.serve.test_server import PATIENCE_S, SITE, ask, serving
from tests.support.built_sites import document, entry, written

Message = dict[str, object]


class Stream:
    """An open stream of events."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self._answer = answer

    def message(self) -> Message:
        lines: list[str] = []
        while line := self._answer.readline().decode().rstrip("\n"):
            lines.append(line)
        if lines[0].startswith(":"):
            return self.message()
        fields = dict(line.split(": ", 1) for line in lines)
        told = json.loads(fields["data"])
        assert isinstance(told, dict)
        assert (fields["event"], fields["id"]) == ("revision", str(told["revision"]))
        return told


@contextmanager
def events(port: int, revision: int) -> Iterator[Stream]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    connection.request("GET", f"/repo/_preview/events?revision={revision}")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")
    assert "Access-Control-Allow-Origin" not in answer.headers
    try:
        yield Stream(answer)
    finally:
        answer.close()
        connection.close()


def revision_of(port: int, path: str = "/repo/") -> int:
    found = re.search(
        rb'<script src="/repo/_preview/preview\.js" data-revision="(\d+)" data-events="/repo/_preview/events" data-base="/repo/" defer>',
        ask(port, path).body,
    )
    assert found
    return int(found[1])


def test_a_page_gets_an_event_at_once_and_after_each_save(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with serving(root, "--port", "0") as running:
        first = revision_of(running.port)
        with events(running.port, first) as stream:
            told = stream.message()
            assert told == {
                "revision": first,
                "changed": {"content": False, "styles": False, "scripts": False},
                "problems": [],
                "notes": 0,
                "kept": [],
                "drafts": 1,
                "follow": "",
            }
            written(root, {"content/entries/one.md": entry("One", "2023-04-07", "Edited.")})
            told = stream.message()
            assert (told["revision"], told["changed"]) == (first + 1, {"content": True, "styles": False, "scripts": False})
            assert running.shows(b"Edited.", "/repo/entries/one/")
            written(root, {"content/entries/one.md": entry("One", "2023-02-30", "Broken.")})
            told = stream.message()
            assert told["kept"] == ["content/entries/one.md"]
            assert isinstance(told["problems"], list)
            assert told["problems"][0] == {
                "file": "content/entries/one.md",
                "line": 3,
                "column": 7,
                "severity": "problem",
                "message": told["problems"][0]["message"],
                "hint": told["problems"][0]["hint"],
                "frame": '  3 | date: "2023-02-30"\n    |       ^',
            }
            assert running.shows(b"Edited.", "/repo/entries/one/")
        with events(running.port, first) as stream:
            assert stream.message()["changed"] == {"content": True, "styles": False, "scripts": False}, "a save before the connection"


def test_seven_open_streams_get_events_and_end_with_the_preview(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with serving(root, "--port", "0") as running:
        streams = [events(running.port, 0) for _ in range(7)]
        open_ones = [stream.__enter__() for stream in streams]
        for stream in open_ones:
            assert stream.message()["changed"] == {"content": True, "styles": True, "scripts": True}
        written(root, {"assets/style.css": "body { color: red }"})
        for stream in open_ones:
            assert stream.message()["changed"] == {"content": False, "styles": True, "scripts": False}
    assert running.process.returncode == 0


def test_a_first_start_with_a_problem_is_marked_until_it_is_fixed(tmp_path: Path) -> None:
    root = written(tmp_path, {**SITE, "content/entries/one.md": entry("One", "someday")})
    with serving(root, "--port", "0") as running, events(running.port, revision_of(running.port, "/repo/any/")) as stream:
        assert stream.message()["first"] is True
        written(root, {"content/entries/one.md": entry("One", "2023-04-07")})
        told = stream.message()
        assert "first" not in told
        assert told["problems"] == []


def test_a_layouts_problem_is_reported_when_a_page_is_requested(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with serving(root, "--port", "0") as running, events(running.port, revision_of(running.port)) as stream:
        stream.message()
        assert ask(running.port, "/repo/about/").status == 200
        written(root, {"layouts/page.html": "{{ nothing.here }}"})
        told = stream.message()
        assert [found["file"] for found in told["problems"] if isinstance(told["problems"], list)] == ["layouts/page.html"]  # type: ignore[attr-defined]
        written(root, {"layouts/page.html": "<h1>Mended</h1>"})
        assert stream.message()["problems"] == []
        assert running.shows(b"<h1>Mended</h1>", "/repo/about/")


def test_following_leads_to_the_entry_that_was_saved(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with serving(root, "--port", "0", "--follow") as running, events(running.port, revision_of(running.port)) as stream:
        assert stream.message()["follow"] == ""
        written(root, {"content/drafts/maybe.md": entry("Maybe", "2023-04-09", "Edited.")})
        assert stream.message()["follow"] == "/entries/maybe/"


def test_a_program_reads_a_line_for_each_revision(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with serving(root, "--port", "0", "--format", "json") as running:
        written(root, {"content/entries/one.md": entry("One", "2023-02-30", "Broken.")})
        running.wait_for(lambda: len([line for line in running.said if line.startswith("{")]) == 2, "no line")
        lines = [json.loads(line) for line in running.said if line.startswith("{")]
        assert lines[0]["problems"] == []
        assert [found["line"] for found in lines[1]["problems"]] == [3]
        assert lines[1]["revision"] == lines[0]["revision"] + 1


def test_a_page_has_the_sources_of_its_parts(tmp_path: Path) -> None:
    long = entry(
        "Three",
        "2023-05-01",
        "First.\n\n> Quoted.\n\n- one\n- two\n\nLast.[^1]\n\n[^1]: A note.",
        accounts=[{"article": "wire", "passages": [{"quote": "took the west bank"}]}],
    )
    files = {
        "content/entries/three.md": long,
        "content/articles/wire.md": document("Notes.", title="A wire"),
        "content/captures/wire.txt": "They took the west bank.\n",
    }
    with serving(written(tmp_path, {**SITE, **files}), "--port", "0") as running:
        for path in ("/entries/three/", "/repo/entries/three/"):
            told = json.loads(ask(running.port, f"/repo/_preview/sources?path={quote(path)}").body)
            assert (told["root"], told["editor"]) == (tmp_path.as_posix(), Settings().preview_editor)
            file = "content/entries/three.md"
            assert {"passage": "took the west bank", "file": file, "line": 4} in told["targets"]
            assert {"selector": "h1", "file": file, "line": 1} in told["targets"]
            assert [one["line"] for one in told["targets"] if "paragraph" in one] == [6, 8, 13]
        told = json.loads(ask(running.port, "/repo/_preview/sources?path=/").body)
        assert {"selector": '[id="війна"]', "file": "content/entries/війна.md", "line": 1} in told["targets"]
        for path in ("/nowhere/", "", "/../secret.txt", "/feed.json"):
            assert json.loads(ask(running.port, f"/repo/_preview/sources?path={path}").body)["targets"] == []


def test_a_page_lists_the_drafts(tmp_path: Path) -> None:
    with serving(written(tmp_path, SITE), "--port", "0") as running:
        page = ask(running.port, "/repo/_preview/drafts/")
        assert page.status == 200
        assert b'<a href="/repo/entries/maybe/">Maybe</a>' in page.body
        assert b"/repo/entries/one/" not in page.body


def test_a_local_address_is_answered_when_listening_on_all(tmp_path: Path) -> None:
    with serving(written(tmp_path, SITE), "--port", "0", "--host", "0.0.0.0") as running:
        for host, status in (
            ("192.168.1.7", 200),
            ("[fe80::1]", 200),
            ("localhost", 200),
            ("evil.example", 403),
            ("192.168.1.7.evil.example", 403),
        ):
            assert ask(running.port, "/repo/", Host=f"{host}:{running.port}").status == status, host
        assert ask(running.port, "/repo/", Host="192.168.1.7", Origin="http://evil.example").status == 403


@pytest.mark.parametrize(("number", "expected"), [(0, ChangedParts(True, True, True)), (10**15, ChangedParts(True, True, True))])
def test_a_page_of_another_preview_has_everything_changed(number: int, expected: ChangedParts) -> None:
    revisions = Revisions()
    revisions.add(ChangedParts(styles=True))
    assert revisions.since(number).changed == expected


def test_changes_since_a_revision_add_up() -> None:
    revisions = Revisions()
    start = revisions.latest
    revisions.add(ChangedParts(styles=True), "/entries/one/")
    revisions.add(ChangedParts(content=True))
    assert revisions.since(start).changed == ChangedParts(content=True, styles=True)
    assert revisions.since(start).follow == "/entries/one/"
    assert revisions.since(start + 1).changed == ChangedParts(content=True)
    assert revisions.since(start + 2).changed == ChangedParts()


@pytest.mark.parametrize("address", ["javascript:alert('{file}')", "data:text/html,{file}", "no address", "vscode://file/"])
def test_an_editors_address_is_no_script(address: str) -> None:
    settings, problems = config.parse("sitegen.toml", f'preview_editor = "{address}"\n')
    assert settings.preview_editor == Settings().preview_editor
    assert [found.message for found in problems] == ["“preview_editor” must be an address that contains {file}"]


def test_local_addresses_are_few(tmp_path: Path) -> None:
    preview = Preview(written(tmp_path, SITE))
    preview.refresh()
    for name in ("", "events/", "../secret.txt", "client/preview.js", "__init__.py", "drafts", "LICENSE"):
        assert preview.answer(f"/repo/_preview/{name}", {}).status == 404, name


def test_without_a_site_the_editor_address_is_still_sent(tmp_path: Path) -> None:
    preview = Preview(written(tmp_path, {**SITE, "content/entries/one.md": "no front matter"}))
    preview.refresh()
    told = json.loads(preview.answer(f"{preview.base_path}_preview/sources", {"path": "/"}).body)
    assert (told["root"], told["editor"], told["targets"]) == (tmp_path.as_posix(), Settings().preview_editor, [])
