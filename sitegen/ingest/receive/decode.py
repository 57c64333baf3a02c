"""Decode bytes to text. Binary and damaged input is refused, because reports are quoted word for word."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from sitegen.ingest.receive.unreadable import UnreadableError
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
"how browsers read these encoding names. Source: WHATWG Encoding Standard, section 4.2"
_WIDE = re.compile(r"utf-(?:16|32)")
_ENCODING = re.compile(
    r"utf-8|utf-8-sig|utf-(?:16|32)(?:-[bl]e)?|cp(?:125[0-8]|437|85[0258]|866|874|932|949|950)|iso8859-\d+|koi8-[ru]|kz1048|tis-620"
    r"|mac-(?:roman|cyrillic|latin2|greek|turkish)|gb18030|big5|big5hkscs|euc_jp|euc_kr|shift_jis|iso2022_jp"
)
"Python’s other codecs include some that do not encode text (punycode, idna, unicode_escape)"
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_MAX_WESTERN_RUN = 2
"bytes beyond ASCII in a row; words in other scripts have more"
_WESTERN = frozenset(["ca", "da", "de", "en", "es", "eu", "fi", "fr", "ga", "gl", "is", "it", "nb", "nl", "nn", "no", "pt", "sv"])
"languages written in Windows-1252"

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
"control characters, and invisible ones inside words: soft hyphens, direction marks. Joiners (U+200C, U+200D) belong to Persian and Indic words"
_MAX_CONTROLS = 0.02  # of all characters; a text from an old terminal has some, a program has more


@dataclass(frozen=True, slots=True)
class DecodedPage:
    text: str
    notes: tuple[str, ...]
    "messages about how the bytes were read"
    damage: UnreadableError | None
    "the first undecodable byte; it matters only if the report’s own text lost a character"


def decoded(data: bytes, charset: str = "") -> str:
    """The text, with \\n line endings and without control characters.

    *charset* is the server's; a byte-order mark overrides it. Raises: UnreadableError.

    """
    _refuse_documents(data)
    text = _text(data, _encoding(data, charset))
    _refuse_binary(text)
    refuse_twice_encoded(text)
    return cleaned(text)


def decoded_page(data: bytes, charset: str = "") -> DecodedPage:
    """The markup of a web page, which may be damaged outside the report's own text.

    Precedence: a byte-order mark, valid UTF-8 with letters beyond ASCII, the server's *charset*, the page's own. Raises: UnreadableError.

    """
    _refuse_documents(data)
    named = [name for name in (charset, _declared_charset(data)) if name]
    encodings = list(dict.fromkeys(_encoding(data, name) for name in named or [""]))
    notes = tuple(
        f"the charset “{name}” is unknown here; the page was read as {_encoding(data, name).upper()}"
        for name in named[:1]
        if not _codec(name)
    )
    text, damage = "", None
    for encoding in encodings:
        try:
            text = _text(data, encoding)
        except UnreadableError as refusal:
            damage = damage or refusal
        else:
            damage = None
            break
    if damage and _is_western(data):
        text, damage = data.decode("cp1252", "replace"), None
        notes = (*notes, "this page is not UTF-8 as it says; it was read as Windows-1252")
    elif damage:
        text = data.decode(encodings[0], "replace")
    _refuse_binary(text)
    return DecodedPage(cleaned(text), notes, damage)


def cleaned(text: str) -> str:
    """Normalise text to NFC and \\n line endings; tabs become spaces, control and invisible characters are removed."""
    text = _SPLIT_PARAGRAPHS.sub("\n\n", _SPLIT_LINES.sub("\n", text)).replace("\t", " ")
    return unicodedata.normalize("NFC", _NOT_TEXT.sub("", text))


def _refuse_documents(data: bytes) -> None:
    if not data.strip():
        raise UnreadableError("this file is empty", "save the report’s text in it")
    for beginning, what in _DOCUMENTS:
        if data.startswith(beginning):
            raise UnreadableError(f"this is {what}, not text", "save the report’s text in a file of its own")


def _refuse_binary(text: str) -> None:
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls > max(10, _MAX_CONTROLS * len(text)):
        raise UnreadableError("this is no text: it holds bytes that no letter has", "give a text or HTML file")


def _declared_charset(data: bytes) -> str:
    """The encoding declared at the beginning of a page, or an empty string."""
    found = _DECLARED.search(data[:2048])
    return (found[1] or found[2]).decode("ascii") if found else ""


def _encoding(data: bytes, charset: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    name = _codec(charset) or "utf-8"
    is_wide = _WIDE.match(name) is not None
    if (is_wide and b"\x00" not in data) or (not is_wide and _is_utf8_beyond_ascii(data)):
        return "utf-8"
    return name


def _codec(charset: str) -> str:
    """Python’s name for an encoding as browsers understand it; empty if unknown."""
    try:
        name = codecs.lookup(charset).name if charset else "utf-8"
    except (LookupError, ValueError):
        return ""
    name = _BROWSERS_READ_AS.get(name, name)
    return name if _ENCODING.fullmatch(name) else ""


def _is_utf8_beyond_ascii(data: bytes) -> bool:
    try:
        return not data.isascii() and bool(data.decode())
    except UnicodeDecodeError:
        return False


def _is_western(data: bytes) -> bool:
    """Whether supposed UTF-8 is Windows-1252: no character of it is UTF-8, and bytes beyond ASCII come alone or in pairs."""
    language = re.search(rb"<html\b[^>]{0,200}\blang\s*=\s*[\"']?([a-zA-Z]{2})\b", data[:2048])
    if not language or language[1].decode().lower() not in _WESTERN:
        return False
    runs = _HIGH_BYTES.findall(data)
    return all(len(run) <= _MAX_WESTERN_RUN and not _is_utf8_beyond_ascii(run) for run in runs)


def _text(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        if b"\x00" in data and not encoding.startswith(("utf-16", "utf-32")):
            raise UnreadableError("this is no text: it holds bytes that no letter has", "give a text or HTML file") from None
        before = data[: error.start].decode(encoding, "replace")
        spot = _spot(before, len(before))
        message = f"this file is not {name}: byte {data[error.start]:#04x} can’t stand here"
        raise UnreadableError(
            message, "save it again with the encoding UTF-8, or convert it: iconv -f WINDOWS-1251 -t UTF-8", spot
        ) from None


def refuse_twice_encoded(text: str, markup: str = "") -> None:
    """Raises: UnreadableError for UTF-8 that was decoded as Windows-1252 and saved again, “donâ€™t”.

    Nearly all letters beyond ASCII look like that. *markup* is the page from which the text was taken.

    """
    runs = list(_BEYOND_ASCII.finditer(text))
    broken = [(run, right) for run in runs if len(run[0]) > 1 and (right := _read_right(run[0]))]
    if len(broken) >= 2 and 2 * len(broken) > len(runs):
        run, right = broken[0]
        spot = _spot(markup, markup.find(run[0])) if markup else _spot(text, run.start())
        message = f"this text was damaged by a wrong encoding: “{run[0][:20]}” should be “{right[:20]}”"
        raise UnreadableError(message, "take the text from its source again, and save it with the encoding UTF-8", spot)


def _spot(text: str, offset: int) -> Spot:
    """Line and column of an offset; -1 means unknown."""
    return Spot(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)) if offset >= 0 else Spot()


def _read_right(run: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return run.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return ""
