"""Text files to title, authors and paragraphs: cases in cases/ingest/boilerplate.md; and bytes to text."""

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.ingest.receive.boilerplate import trimmed
from sitegen.ingest.receive.decode import decoded, decoded_page
from sitegen.ingest.receive.plain_text import plain_text
from sitegen.ingest.receive.unreadable import UnreadableError
from tests.support.time_limit import time_limit

CASES = (Path(__file__).parents[2] / "cases" / "ingest" / "boilerplate.md").read_text(encoding="utf-8")


def cases() -> list[tuple[str, str, str]]:
    """(title, file, what is read from it)."""
    return re.findall(r"^(\S.*)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.\n", CASES, re.MULTILINE)


def told(text: str) -> str:
    raw = plain_text(text)
    own = trimmed(raw.paragraphs)
    rows = [("title", raw.title), ("in doubt", own.in_doubt), *(("author", name) for name in raw.authors)]
    rows += (
        [("credit", text) for text in own.credits]
        + [("left out", text) for text in own.left_out]
        + [("own", text) for text in own.paragraphs]
    )
    return "".join(f"{key}: {value}\n" for key, value in rows if value)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, expected, id=title) for title, text, expected in cases()])
def test_a_file_is_read_as_its_case_says(text: str, expected: str) -> None:
    assert told(text) == expected


def test_each_case_has_a_title_of_its_own_and_none_is_skipped() -> None:
    titles = [title for title, _, _ in cases()]
    assert len(titles) == len(set(titles)) == len(re.findall(r"^\.$", CASES, re.MULTILINE)) // 3


pieces = st.sampled_from(
    ["Must Read", "Related", "Bridge opens", "By Jane Doe", "(Reporting by Jane Doe)", "It is open.", "It is...", "Sign up", "* * *", "AP"]
)


@given(st.lists(pieces | st.text(max_size=20)).map("\n\n".join) | st.text())
def test_each_word_of_a_file_is_kept_somewhere(text: str) -> None:
    raw = plain_text(text)
    own = trimmed(raw.paragraphs) if raw.paragraphs else None
    kept = (own.paragraphs + own.credits + own.left_out) if own else ()
    words = " ".join((raw.title, *kept)).split()
    bylines = [line for line in text.split("\n") if re.match(r"\s*(By|BY)\s", line)]
    assert sorted(words) == sorted(text.split()) or bylines
    assert own is None or own.paragraphs


@pytest.mark.parametrize(
    "unit",
    [
        "Related\n\n",
        "Related\n\nIt is open.\n\n",
        "Must Read\n",
        "(",
        "By A B\n\n",
        "Reporting by A. ",
        "....",
        "a(b) ",
        " \n",
        "Photo: A\n",
    ],
)
def test_a_long_file_takes_linear_time(unit: str) -> None:
    with time_limit():
        told(unit * 100_000 + "x")


def refusal(data: bytes, charset: str = "") -> str:
    with pytest.raises(UnreadableError) as caught:
        decoded(data, charset)
    return f"{caught.value.spot.line}:{caught.value.spot.column}: {caught.value.message}\nhint: {caught.value.hint}"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"The bridge\r\nis open.\r", "The bridge\nis open.\n"),
        (b"\xef\xbb\xbfThe bridge", "The bridge"),
        ("Брідж — відкрито".encode("utf-16"), "Брідж — відкрито"),
        (b"\xfe\xff" + "Міст".encode("utf-16-be"), "Міст"),
        ("Міст".encode("utf-32"), "Міст"),
        ("The\tbridge\x0cis\u2028open\x85now\ufeff\x1b.".encode(), "The bridge\n\nis\nopen\nnow."),
        ("«ÉCOLE DE LA SANTÉ», dit-il".encode(), "«ÉCOLE DE LA SANTÉ», dit-il"),
        ("👩‍👩‍👧 שלום".encode(), "👩‍👩‍👧 שלום"),
    ],
    ids=[
        "line ends",
        "mark",
        "UTF-16",
        "UTF-16, big end first",
        "UTF-32",
        "controls",
        "capitals with accents",
        "joined emoji, right to left",
    ],
)
def test_bytes_are_read_as_text(data: bytes, text: str) -> None:
    assert decoded(data) == text


@pytest.mark.parametrize(
    ("charset", "text"), [("windows-1251", "Мост открыт"), ("iso-8859-1", "“safe” – €3"), ("no-such", "Mост"), ("base64", "Mост")]
)
def test_a_page_may_say_how_it_is_encoded(charset: str, text: str) -> None:
    encoding = {"windows-1251": "cp1251", "iso-8859-1": "cp1252"}.get(charset, "utf-8")
    assert decoded(text.encode(encoding), charset) == text


PAGE = "<html lang='{lang}'><meta charset='{charset}'><p>{text}</p></html>"


@pytest.mark.parametrize(
    ("lang", "charset", "encoding", "text"),
    [
        ("en", "iso-8859-1", "utf-8", "Åsa Bræmer’s house"),
        ("de", "windows-1252", "utf-8", "Grüße aus Norden"),
        ("ru", "windows-1251", "utf-8", "Мост открыт"),
        ("ja", "shift_jis", "utf-8", "橋が開いた"),
        ("en", "utf-16", "utf-8", "Åsa Bræmer"),
        ("en", "utf-8", "utf-16", "Åsa Bræmer"),
        ("en", "iso-8859-1", "utf-16", "Åsa Bræmer"),
        ("ja", "shift_jis", "shift_jis", "橋が開いた"),
        ("ja", "iso-2022-jp", "iso-2022-jp", "橋が開いた"),
        ("en", "iso-8859-1", "cp1252", "“Åsa” – €3"),
    ],
)
def test_a_page_is_read_by_its_bytes_rather_than_by_its_charset(lang: str, charset: str, encoding: str, text: str) -> None:
    markup = PAGE.format(lang=lang, charset=charset, text=text)
    found = decoded_page(markup.encode(encoding))
    assert (found.text, found.notes, found.damage) == (markup, (), None)


@pytest.mark.parametrize("text", ["“Åsa Bræmer’s house” – €3", "Café"])
def test_a_western_page_that_calls_itself_utf_8_is_read_with_a_note(text: str) -> None:
    markup = PAGE.format(lang="en", charset="utf-8", text=text)
    found = decoded_page(markup.encode("cp1252"))
    assert (found.text, len(found.notes), found.damage) == (markup, 1, None)


@pytest.mark.parametrize(("lang", "encoding", "text"), [("ru", "cp1251", "Мост"), ("pl", "cp1250", "Wałęsa"), ("en", "cp1251", "Мост")])
def test_a_page_in_another_script_that_calls_itself_utf_8_is_damaged(lang: str, encoding: str, text: str) -> None:
    assert decoded_page(PAGE.format(lang=lang, charset="utf-8", text=text).encode(encoding)).damage


CODECS = ["punycode", "undefined", "idna", "base64_codec", "rot13", "zlib", "unicode_escape", "utf-7", "aliases", "no-such", "x" * 5000]


@pytest.mark.parametrize("charset", CODECS)
def test_a_name_that_is_no_charset_is_read_as_utf_8(charset: str) -> None:
    markup = PAGE.format(lang="en", charset=charset, text="Å")
    assert decoded_page(markup.encode()).text == markup
    assert decoded_page(b"<p>The bridge", charset).text == "<p>The bridge"
    assert decoded("Å".encode(), charset) == "Å"
    with pytest.raises(UnreadableError):
        decoded(b"\xff\xfa", charset)


@pytest.mark.parametrize("sign", "\u00ad\u200b\u2060\ufeff\u200e\u200f\u2068")
def test_an_invisible_character_hides_no_word(sign: str) -> None:
    assert decoded(f"On Wed{sign}nes{sign}day in Nor{sign}den{sign}.".encode()) == "On Wednesday in Norden."


def test_a_word_that_a_soft_hyphen_breaks_over_two_lines_is_one_word() -> None:
    assert decoded("on Wed\u00ad\n  nesday\u00ad\n\nNorden".encode()) == "on Wednesday\n\nNorden"


@pytest.mark.parametrize("word", ["می‌خواهم", "क्‍ष"])
def test_a_joiner_stays_in_its_word(word: str) -> None:
    assert decoded(word.encode()) == word


def test_decomposed_letters_are_read_composed() -> None:
    assert decoded("Kovac\u030cic\u030c, Jo\u0308rg, Pe\u0301rez".encode()) == "Kovačič, Jörg, Pérez"


def test_an_empty_file_is_refused() -> None:
    assert refusal(b" \r\n") == "1:1: this file is empty\nhint: save the report’s text in it"


def test_a_file_of_another_encoding_is_refused_where_it_shows() -> None:
    assert refusal("The bridge\nis in Нордені.".encode("cp1251")) == (
        "2:7: this file is not UTF-8: byte 0xcd can’t stand here\n"
        "hint: save it again with the encoding UTF-8, or convert it: iconv -f WINDOWS-1251 -t UTF-8"
    )


def test_half_a_character_of_utf_16_is_refused() -> None:
    assert refusal("Міст".encode("utf-16") + b"\x41").startswith("1:5: this file is not UTF-16: byte 0x41 can’t stand here")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n...", "a PDF document"),
        (b"PK\x03\x04rest", "a zip file or an office document"),
        (b"{\\rtf1 hello}", "a rich-text document"),
        (b"\x1f\x8b\x08\x00", "a compressed file"),
    ],
)
def test_a_document_is_called_by_its_name(data: bytes, what: str) -> None:
    assert refusal(data) == f"1:1: this is {what}, not text\nhint: save the report’s text in a file of its own"


@pytest.mark.parametrize(
    "data", [b"\x7fELF\x02\x01\x01\x00\x00\xff", b"The bridge\x00", bytes(range(32)) * 10, "Міст у Нордені відкрили".encode("utf-16-le")]
)
def test_a_binary_file_is_refused(data: bytes) -> None:
    assert refusal(data) == "1:1: this is no text: it holds bytes that no letter has\nhint: give a text or HTML file"


@pytest.mark.parametrize(("text", "encoding"), [("“It is safe”, the mayor’s office said", "cp1252"), ("Міст відкрили", "latin-1")])
def test_a_text_that_was_decoded_wrongly_is_refused(text: str, encoding: str) -> None:
    damaged = text.encode().decode(encoding, "replace").replace("\N{REPLACEMENT CHARACTER}", "\x9d")
    assert "this text was damaged by a wrong encoding: “" in refusal(f"Bridge\n{damaged}".encode())


@given(st.binary() | st.text().map(str.encode))
def test_what_is_read_as_text_holds_no_control_characters(data: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]", decoded(data))
