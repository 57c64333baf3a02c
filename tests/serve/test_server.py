"""The preview server: pages of a build, only for this machine, whatever the request."""

import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import pytest

from sitegen.serve.preview import CONTENT_TYPES, Preview
from sitegen.serve.server import Server, bound_listener
from tests.support.built_sites import built_site, document, entry, example, written

SITE = {
    "sitegen.toml": 'title = "Previews"\nbase_url = "https://example.org/repo/"\n',
    "content/entries/one.md": entry("One", "2023-04-07", "First.", people=["Ada"], aliases=["uno"]),
    "content/entries/війна.md": entry("Other letters", "2023-04-08"),
    "content/drafts/maybe.md": entry("Maybe", "2023-04-09"),
    "content/pages/about.md": document("Text.", title="About"),
    "secret.txt": "not for anybody",
}
PATIENCE_S = 15


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def say(port: int, data: bytes) -> bytes:
    """All that comes back for some bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        try:
            while more := connection.recv(65536):
                found += more
        except ConnectionResetError:
            pass
        return found


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("preview"), SITE)


@pytest.fixture(scope="module")
def port(root: Path) -> Iterator[int]:
    """Of a server in a thread of this process, which nothing edits."""
    preview = Preview(root)
    preview.refresh()
    assert preview.problems == ()
    server = Server(preview, "127.0.0.1")
    listener = bound_listener("127.0.0.1", 0)
    assert listener is not None
    with listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        server.end()
        thread.join(PATIENCE_S)


def as_built(body: bytes) -> bytes:
    """The page without the preview's additions."""
    return re.sub(
        rb'<link rel="stylesheet" href="/repo/_preview/preview\.css"><script src="/repo/_preview/[^>]* defer></script>(?=</head>)',
        b"",
        body,
    )


def test_every_page_has_the_bytes_of_a_build_with_drafts(root: Path, port: int) -> None:
    files = built_site(root, with_drafts=True).files
    assert "/entries/maybe/" in files
    for address, data in files.items():
        reply = ask(port, f"/repo{quote(address)}")
        assert (reply.status, as_built(reply.body)) == (200, data), address
        assert reply.headers["content-length"] == str(len(reply.body))


def test_every_file_of_the_example_has_a_content_type() -> None:
    suffixes = {PurePosixPath(address).suffix for address in example().files if not address.endswith("/")}
    assert {suffix for suffix in suffixes if suffix} <= CONTENT_TYPES.keys()
    assert ".jsonld" in suffixes


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/repo/", "text/html; charset=utf-8"),
        ("/repo/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/repo/feed.json", "application/json; charset=utf-8"),
        ("/repo/robots.txt", "text/plain; charset=utf-8"),
        ("/repo/sitemap.xml", "application/xml; charset=utf-8"),
        ("/repo/nowhere/", "text/html; charset=utf-8"),
    ],
)
def test_each_kind_of_file_is_named(port: int, path: str, kind: str) -> None:
    reply = ask(port, path)
    assert reply.headers["content-type"] == kind
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "no-store"


def test_a_missing_page_is_the_sites_own_404(root: Path, port: int) -> None:
    for path in ("/repo/nowhere/", "/repo/entries/nowhere", "/elsewhere/", "/repox/", "/index.html"):
        reply = ask(port, path)
        assert (reply.status, as_built(reply.body)) == (404, built_site(root).files["/404.html"]), path


def test_the_root_redirects_to_the_base_path(port: int) -> None:
    reply = ask(port, "/")
    assert (reply.status, reply.headers["location"]) == (302, "/repo/")


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/repo", "/repo/"),
        ("/repo/entries/one", "/repo/entries/one/"),
        ("/repo/2023/04?x=1", "/repo/2023/04/"),
        ("/repo/entries/%D0%B2%D1%96%D0%B9%D0%BD%D0%B0", None),
    ],
)
def test_a_missing_slash_is_added(port: int, path: str, location: str | None) -> None:
    reply = ask(port, path)
    assert (reply.status, reply.headers["location"]) == (302, location or f"{path}/")


def test_head_has_the_same_headers_without_a_body(port: int) -> None:
    for path in ("/repo/", "/repo/entries/one", "/repo/nowhere/", "/repo/feed.json"):
        head, get = ask(port, path, "HEAD"), ask(port, path)
        assert head.body == b""
        assert (head.status, {**head.headers, "date": ""}) == (get.status, {**get.headers, "date": ""})


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "[::2]", "", "a@b", "[", "0x7f.1"]
)
def test_another_host_is_refused(port: int, host: str) -> None:
    reply = ask(port, "/repo/", Host=host)
    assert reply.status in (400, 403)
    assert b"Previews" not in reply.body


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "http://[", "file://"])
def test_another_origin_is_refused(port: int, origin: str) -> None:
    reply = ask(port, "/repo/", Origin=origin)
    assert reply.status == 403
    assert b"Previews" not in reply.body


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_this_machines_own_names_are_answered(port: int, host: str) -> None:
    for name in (host, f"{host}:{port}"):
        assert ask(port, "/repo/", Host=name, Origin=f"http://{name}").status == 200


def test_no_other_site_may_read_or_frame_the_preview(port: int) -> None:
    for path in ("/repo/", "/repo/feed.json"):
        headers = {*ask(port, path, Origin="http://localhost").headers}
        assert not {name for name in headers if name.startswith("access-control-")}


@pytest.mark.parametrize(
    "path",
    [
        "/repo/../secret.txt",
        "/repo/../../etc/passwd",
        "/repo/%2e%2e/secret.txt",
        "/repo/..%2fsecret.txt",
        "/repo/..%5csecret.txt",
        "/repo//etc/passwd",
        "//etc/passwd",
        "/secret.txt",
        "/repo/secret.txt",
        "/repo/content/entries/one.md",
        "/repo/%00",
        "/repo/%ff%fe",
        "/repo/entries/one/%00",
        "/repo/.sitegen/",
        "file:///etc/passwd",
        "http://evil.example/etc/passwd",
    ],
)
def test_no_request_reaches_the_disk(root: Path, port: int, path: str) -> None:
    written(root, {"site/index.html": "from the disk"})
    reply = ask(port, path)
    assert reply.status in (302, 400, 403, 404)
    assert b"not for anybody" not in reply.body
    assert b"root:" not in reply.body
    assert b"date:" not in reply.body
    assert ask(port, "/repo/").body != b"from the disk"


MALFORMED = [
    b"",
    b"\r\n\r\n",
    b"GARBAGE\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/x\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET //[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /repo/ HTTP/1.1\r\nHost: [\r\n\r\n",
    b"GET /repo/ HTTP/1.1\r\nHost localhost\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(200)) + b"\r\n",
    b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
    b"POST /repo/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello",
    b"DELETE /repo/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\x00" * 1000,
    bytes(range(256)) * 4,
]


@pytest.mark.parametrize("data", MALFORMED, ids=range(len(MALFORMED)))
def test_a_malformed_request_is_refused_and_never_fatal(port: int, data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    reply = say(port, data)
    assert b"First." not in reply
    assert re.match(rb"(HTTP/1\.\d (3|4|501|505))?", reply)
    assert ask(port, "/repo/").status == 200
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_client_that_disconnects_is_not_reported(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(5):
        connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        connection.sendall(b"GET /repo/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.close()
    assert ask(port, "/repo/").status == 200
    time.sleep(0.1)
    assert "".join(capfd.readouterr()) == ""


def test_a_silent_client_blocks_nobody(port: int) -> None:
    with (
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S),
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as half,
    ):
        half.sendall(b"GET /repo/ HT")
        assert ask(port, "/repo/").status == 200


def test_many_requests_at_once_are_answered(root: Path, port: int) -> None:
    expected = built_site(root, with_drafts=True).files["/"]
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(ask(port, "/repo/").body)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [as_built(body) for body in found] == [expected] * 20


@dataclass
class Running:
    """`sitegen serve` in its own process."""

    port: int
    said: list[str]
    process: "subprocess.Popen[str]"

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, f"{what}: {self.said}"
            time.sleep(0.02)

    def shows(self, words: bytes, path: str = "/repo/") -> bool:
        return words in ask(self.port, path).body


@contextmanager
def serving(root: Path, *options: str, open_files: int | None = None) -> Iterator[Running]:
    """*open_files*: the process's limit of open descriptors."""
    command = [sys.executable, "-u", "-m", "sitegen.cli", "serve", *options]
    if open_files is not None:
        command = ["sh", "-c", f'ulimit -n {open_files}; exec "$@"', "sh", *command]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    running = Running(0, [], process)

    def hear() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            running.said.append(line)

    listener = threading.Thread(target=hear, daemon=True)
    listener.start()
    try:
        running.wait_for(lambda: any("the preview is at" in line for line in running.said), "no address")
        address = re.search(r"http://\S+:(\d+)/", "".join(running.said))
        assert address is not None
        running.port = int(address[1])
        yield running
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE_S) == 0, running.said
        listener.join(timeout=PATIENCE_S)
        assert "Traceback" not in "".join(running.said)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def test_more_open_streams_than_descriptors_leave_the_preview_answering(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    request = b"GET /repo/_preview/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with serving(root, "--port", "0", open_files=256) as running, ExitStack() as streams:
        for _ in range(300):
            stream = streams.enter_context(socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE_S))
            stream.sendall(request)
        assert ask(running.port, "/repo/").status == 200
        assert len(running.said) < 10


def test_it_prints_its_address_and_shows_saves(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with serving(root, "--port", "0") as running:
        assert f"the preview is at http://127.0.0.1:{running.port}/repo/ (press Ctrl-C to stop)\n" in running.said
        assert running.shows(b"First.", "/repo/entries/one/")
        written(root, {"content/entries/one.md": entry("One", "2023-04-07", "Edited.")})
        running.wait_for(lambda: running.shows(b"Edited.", "/repo/entries/one/"), "an edit is not seen")
        written(root, {"content/entries/new.md": entry("Newly written", "2023-05-01")})
        running.wait_for(lambda: running.shows(b"Newly written"), "a new file is not seen")
        (root / "content/entries/new.md").unlink()
        running.wait_for(lambda: not running.shows(b"Newly written"), "a removal is not seen")
        (root / "content/entries/one.md").rename(root / "content/entries/renamed.md")
        running.wait_for(lambda: ask(running.port, "/repo/entries/renamed/").status == 200, "a new name is not seen")
        written(root, {"sitegen.toml": 'title = "Renamed site"\nbase_url = "https://example.org/repo/"\n'})
        running.wait_for(lambda: running.shows(b"Renamed site"), "settings are not seen")
        assert not (root / "site").exists(), "the preview writes no site"


def test_a_problem_leaves_the_last_good_site_and_is_printed_with_its_spot(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with serving(root, "--port", "0") as running:
        before = ask(running.port, "/repo/").body
        written(root, {"content/entries/one.md": entry("One", "2023-02-30", "First.")})
        running.wait_for(lambda: any("there is no 30 February 2023" in line for line in running.said), "the mistake is not told")
        assert any(line.startswith("content/entries/one.md:3:") for line in running.said)
        assert as_built(ask(running.port, "/repo/").body) == as_built(before)
        written(root, {"content/entries/one.md": entry("One", "2023-02-28", "Mended.")})
        running.wait_for(lambda: running.shows(b"Mended."), "the mended entry is not seen")


def test_a_site_broken_from_the_start_shows_its_problems_and_recovers(tmp_path: Path) -> None:
    root = written(tmp_path, {**SITE, "content/entries/one.md": entry("One", "<script>alert(1)</script>")})
    with serving(root, "--port", "0") as running:
        reply = ask(running.port, "/any/where")
        assert reply.status == 200
        assert b"content/entries/one.md:3:" in reply.body
        assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in reply.body
        assert re.findall(rb"<script[^>]*src=\"[^\"]*", reply.body) == [b'<script src="/repo/_preview/preview.js']
        assert reply.body.count(b"<script") == 1
        written(root, {"content/entries/one.md": entry("One", "2023-04-07", "Mended.")})
        running.wait_for(lambda: running.shows(b"Mended."), "the mended site is not seen")


def test_a_layout_of_the_site_is_used_and_its_problem_is_shown(tmp_path: Path) -> None:
    root = written(tmp_path, {**SITE, "layouts/page.html": "<h1>Mine</h1>"})
    with serving(root, "--port", "0") as running:
        assert running.shows(b"<h1>Mine</h1>", "/repo/about/")
        written(root, {"layouts/page.html": "{{ nothing.here }}"})
        running.wait_for(lambda: any(line.startswith("layouts/page.html:1:") for line in running.said), "the mistake is not told")
        assert running.shows(b"<h1>Mine</h1>", "/repo/about/"), "the last good layout stays"
        assert ask(running.port, "/repo/").status == 200
        written(root, {"layouts/page.html": "<h1>Mended</h1>"})
        running.wait_for(lambda: running.shows(b"<h1>Mended</h1>", "/repo/about/"), "the mended layout is not seen")


def test_a_folder_that_appears_is_watched_too(tmp_path: Path) -> None:
    root = written(tmp_path, {"sitegen.toml": 'title = "Nearly empty"\n'})
    with serving(root, "--port", "0") as running:
        written(root, {"content/entries/one.md": entry("A first entry", "2023-04-07", "First.")})
        running.wait_for(lambda: running.shows(b"A first entry", "/"), "a new folder is not seen")
        written(root, {"layouts/entry.html": "<h1>My own</h1>"})
        running.wait_for(lambda: running.shows(b"<h1>My own</h1>", "/entries/one/"), "a layout in a new folder is not seen")
        written(root, {"layouts/entry.html": "<h1>Edited</h1>"})
        running.wait_for(lambda: running.shows(b"<h1>Edited</h1>", "/entries/one/"), "an edit in a new folder is not seen")


def test_polling_finds_a_saved_file(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with serving(root, "--port", "0", "--poll") as running:
        written(root, {"content/entries/one.md": entry("One", "2023-04-07", "Edited.")})
        running.wait_for(lambda: running.shows(b"Edited.", "/repo/entries/one/"), "an edit is not seen")


def test_following_sends_the_address_of_the_saved_entry(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with serving(root, "--port", "0", "--follow") as running:
        written(root, {"content/entries/one.md": entry("One", "2023-04-07", "Edited.")})
        expected = f"http://127.0.0.1:{running.port}/repo/entries/one/\n"
        running.wait_for(lambda: expected in running.said, "the address is not told")


def test_a_port_in_use_gives_way_to_the_next(tmp_path: Path) -> None:
    root = written(tmp_path, SITE)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(root, "--port", str(port)) as running:
            assert port < running.port < port + 20
            assert f"port {port} is in use\n" in running.said
            assert ask(running.port, "/repo/").status == 200


def test_port_0_is_any_free_port(tmp_path: Path) -> None:
    with serving(written(tmp_path, SITE), "--port", "0") as running:
        assert not [line for line in running.said if "in use" in line]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--port", "70000"], "port"),
        (["--port", "-1"], "port"),
        (["--port", "x"], "port"),
        (["--host", "no.such.host.invalid"], "no.such.host.invalid"),
    ],
)
def test_an_address_that_cannot_be_bound_is_a_problem(tmp_path: Path, options: list[str], said: str) -> None:
    root = written(tmp_path, SITE)
    done = subprocess.run(
        [sys.executable, "-m", "sitegen.cli", "serve", *options], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
