"""Fetching addresses from a local server."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sitegen.ingest.receive.fetch import fetched_page
from sitegen.ingest.receive.unreadable import UnreadableError
from tests.support.ingest_runs import BRIDGE, DAY, REPORT, content_of, files, ingested, messages, stored

TEXT, HTML = "text/plain; charset=utf-8", "text/html; charset=utf-8"

ANSWERS: dict[str, tuple[bytes, str, int | None]] = {
    "/bridge.html": (BRIDGE, HTML, None),
    "/report": (REPORT.encode(), TEXT, None),
    "/%E6%A9%8B?a=%C3%A9": (REPORT.encode(), TEXT, None),
    "/cyrillic.html": ("<html><p>Мост открыт.</p></html>".encode("cp1251"), "text/html; charset=windows-1251", None),
    "/picture": (b"\x89PNG", "image/png", None),
    "/large": (b"a " * (11 * 1024**2), TEXT, None),
    "/announced": (b"a", TEXT, 10**12),
    "/short": (b"half", TEXT, 10),
    "/header-wins.html": (
        "<html><meta charset=koi8-r><p>Мост открыт.</p></html>".encode("cp1251"),
        "text/html; charset=windows-1251",
        None,
    ),
    "/page-helps.html": ("<html><meta charset=windows-1251><p>Мост открыт.</p></html>".encode("cp1251"), HTML, None),
    "/punycode.html": (BRIDGE, "text/html; charset=punycode", None),
    "/undefined": (REPORT.encode(), "text/plain; charset=undefined", None),
}
"by path: the body, its media type, and the length that is announced where it isn't the body's"

REDIRECTS = {"/moved": "/report", "/file": "file:///etc/hostname", "/round": "/round"}


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in ANSWERS:
            self.answer(*ANSWERS[self.path])
        elif self.path in REDIRECTS:
            self.lead_to(REDIRECTS[self.path])
        elif self.path == "/slow":
            self.drip()
        elif self.path == "/interim":
            self.send_interim(100_000)
        elif self.path == "/late":
            self.send_interim(3)
            self.answer(*ANSWERS["/report"])
        else:
            self.send_error(404)

    def answer(self, data: bytes, media_type: str, length: int | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:
            self.close_connection = True

    def lead_to(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        try:
            for _ in range(30):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            self.close_connection = True

    def send_interim(self, times: int) -> None:
        try:
            for _ in range(times):
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's name
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


def test_a_fetched_page_has_its_address_and_time_of_fetching(server: str, tmp_path: Path) -> None:
    found = ingested(tmp_path, f"{server}/bridge.html")
    assert messages(found) == []
    assert found.lines[0] == "stored content/articles/example-news-2023-04-07.md"
    content, problems = content_of(tmp_path)
    assert problems == ()
    assert content.articles[0].url == "https://news.example/bridge"
    assert str(content.articles[0].retrieved) == "2023-04-08T12:30Z"
    assert files(tmp_path)["captures/example-news-2023-04-07.html"] == BRIDGE


def test_a_fetched_text_keeps_the_address_that_it_was_found_at(server: str, tmp_path: Path) -> None:
    found = ingested(tmp_path, f"{server}/moved", published=DAY)
    assert stored(found) == ["stored content/articles/report-2023-04-07.md"]
    assert content_of(tmp_path)[0].articles[0].url == f"{server}/report"


def test_an_address_beyond_ascii_is_fetched(server: str) -> None:
    assert fetched_page(f"{server}/橋?a=é#part").data == REPORT.encode()


def test_the_server_says_how_a_page_is_encoded(server: str, tmp_path: Path) -> None:
    ingested(tmp_path, f"{server}/cyrillic.html", published=DAY)
    assert [capture.text for capture in content_of(tmp_path)[0].captures.values()] == ["Мост открыт.\n"]


@pytest.mark.parametrize("path", ["/header-wins.html", "/page-helps.html"])
def test_the_servers_charset_counts_before_the_pages_where_the_bytes_allow_it(server: str, tmp_path: Path, path: str) -> None:
    ingested(tmp_path, server + path, published=DAY)
    assert [capture.text for capture in content_of(tmp_path)[0].captures.values()] == ["Мост открыт.\n"]


@pytest.mark.parametrize("path", ["/punycode.html", "/undefined"])
def test_a_server_that_names_no_charset_of_text_stops_nothing(server: str, tmp_path: Path, path: str) -> None:
    found = ingested(tmp_path, server + path, "-", published=DAY, stdin=b"Nobody crossed it on Monday, the council said.")
    assert {problem.severity for problem in found.problems} <= {"note"}
    assert sum(line.startswith("stored ") for line in stored(found)) == 2


def test_interim_answers_are_skipped_up_to_a_limit(server: str) -> None:
    assert fetched_page(f"{server}/late").data == REPORT.encode()
    with pytest.raises(UnreadableError, match="the server’s headers are larger than 256 kB"):
        fetched_page(f"{server}/interim")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/gone", "the server answered 404 Not Found"),
        ("/file", "the server leads to file:///etc/hostname, which is no http or https address"),
        ("/round", "the server answered 302 "),
        ("/picture", "this is no report that can be read: the server calls it image/png"),
        ("/large", "this page is larger than 20 MB"),
        ("/announced", "this page is larger than 20 MB"),
        ("/short", "the answer broke off after 4 of 10 bytes"),
    ],
)
def test_an_answer_that_is_no_report_is_a_problem_and_the_others_are_read(server: str, tmp_path: Path, path: str, message: str) -> None:
    found = ingested(tmp_path, server + path, "-", published=DAY, stdin=REPORT.encode())
    assert [problem.file for problem in found.problems] == [server + path]
    assert found.problems[0].message.startswith(message)
    assert found.problems[0].hint
    assert len(stored(found)) == 1


def test_a_slow_answer_times_out(server: str) -> None:
    with pytest.raises(UnreadableError, match="no whole answer came"):
        fetched_page(f"{server}/slow", seconds=0.5)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://127.0.0.1:1/", "this address doesn’t answer: "),
        ("http://", "this address names no host"),
        ("http://[", "this is not a web address: "),
        ("http://127.0.0.1:99999/", "this is not a web address: "),
        ("https://jane:secret@news.example/", "an address with a name or a password in it is not fetched"),
    ],
)
def test_an_unreachable_address_is_refused(address: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    found = ingested(None, address, published=DAY, dry_run=True)
    assert [problem.file for problem in found.problems] == [address]
    assert found.problems[0].message.startswith(message)
    assert found.problems[0].hint
