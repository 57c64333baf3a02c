"""Bytes to text. What is no text, or was damaged on its way, is refused: a report is quoted word for word."""

import codecs
import re
import unicodedata

from sitegen.ingest.receiving.unreadable import UnreadableError
from sitegen.problems import Spot

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DOCUMENTS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip file or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1f\x8b", "a compressed file"),
)
_BROWSERS_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
"what is meant by these names in web pages. Source: WHATWG Encoding Standard, section 4.2"

_DECLARED = re.compile(
    rb"<meta\b[^>]{0,200}\bcharset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}\bencoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SPLIT_LINES = re.compile(r"\r\n|[\r\x0b\x85\u2028]")
_SPLIT_PARAGRAPHS = re.compile(r"[\x0c\u2029]")
_NOT_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
    r"|\u00ad(?: *\n *(?=\w))?|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"controls, and what hides a word: hints for line breaks, marks of direction. Joiners (U+200C, U+200D) are part of Persian and Indic words"
_MOST_CONTROLS = 0.02  # of all characters; a text from an old terminal has some, a program has more


def decoded(data: bytes, charset: str = "") -> str:
    """The text, with \\n for every line's end, and without characters that are none.

    *charset* is what a server or a page says; a byte-order mark overrules it. Raises: UnreadableError.
    """
    if not data.strip():
        raise UnreadableError("this file is empty", "save the report’s text in it")
    for beginning, what in _DOCUMENTS:
        if data.startswith(beginning):
            raise UnreadableError(f"this is {what}, not text", "save the report’s text in a file of its own")
    text = _text(data, _encoding(data, charset))
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls > max(10, _MOST_CONTROLS * len(text)):
        raise UnreadableError("this is no text: it holds bytes that no letter has", "give a text or HTML file")
    _refuse_twice_encoded(text)
    return cleaned(text)


def declared_charset(data: bytes) -> str:
    """What a page says of itself in its first bytes; empty where it says nothing."""
    found = _DECLARED.search(data[:2048])
    return (found[1] or found[2]).decode("ascii") if found else ""


def cleaned(text: str) -> str:
    """Text in NFC with \\n for every line's end; tabs become blanks, and controls and invisible characters go."""
    text = _SPLIT_PARAGRAPHS.sub("\n\n", _SPLIT_LINES.sub("\n", text)).replace("\t", " ")
    return unicodedata.normalize("NFC", _NOT_TEXT.sub("", text))


def _encoding(data: bytes, charset: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    try:
        name = codecs.lookup(charset).name if charset else "utf-8"
        "".encode(name)  # codecs that are no encodings (base64, rot13) refuse
    except (LookupError, TypeError):
        return "utf-8"
    return _BROWSERS_READ_AS.get(name, name)


def _text(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        if b"\x00" in data and not encoding.startswith(("utf-16", "utf-32")):
            raise UnreadableError("this is no text: it holds bytes that no letter has", "give a text or HTML file") from None
        before = data[: error.start].decode(encoding, "replace")
        spot = Spot(before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"this file is not {name}: byte {data[error.start]:#04x} can’t stand here"
        raise UnreadableError(
            message, "save it again with the encoding UTF-8, or convert it: iconv -f WINDOWS-1251 -t UTF-8", spot
        ) from None


def _refuse_twice_encoded(text: str) -> None:
    """UTF-8 that was once read as Windows-1252 and saved so: “donâ€™t”. Nearly every letter beyond ASCII then reads so."""
    runs = list(_BEYOND_ASCII.finditer(text))
    broken = [(run, right) for run in runs if len(run[0]) > 1 and (right := _read_right(run[0]))]
    if len(broken) >= 2 and 2 * len(broken) > len(runs):
        run, right = broken[0]
        line = text.count("\n", 0, run.start()) + 1
        spot = Spot(line, run.start() - text.rfind("\n", 0, run.start()))
        message = f"this text was damaged by a wrong encoding: “{run[0][:20]}” should be “{right[:20]}”"
        raise UnreadableError(message, "take the text from its source again, and save it with the encoding UTF-8", spot)


def _read_right(run: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return run.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return ""
