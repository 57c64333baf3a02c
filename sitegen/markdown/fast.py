"""Read Markdown as most entries use it straight into HTML, without tokens.

It knows paragraphs, quotations of one line, lists of one line per item and footnotes; in them text, links, emphasis, code and our
own references. It declines a text that has anything else, and reads all others exactly as `rules` does.
"""

import re
from collections.abc import Iterator

from sitegen.markdown.parsed import ParsedMarkdown, Piece, merged, plain
from sitegen.markdown.syntax import EXTERNAL_REL, NOT_IN_HTML, NOTE_END, PLAIN_ADDRESS, REFERENCE, footnote_ref, note_start, reference
from sitegen.model import Body, Plain, Reference
from sitegen.problems import Spot

_UNUSUAL = re.compile(rf"[{NOT_IN_HTML.pattern[1:-1]}\t\f\r]")
_UNMARKED = rf"[^]\n!&*<[\\_`{_UNUSUAL.pattern[1:-1]}]"
"a character that no inline form begins or ends with"
_LINE = r"[A-Za-z][^\n]*+(?<!\s)"
_BLOCK = re.compile(
    rf"""
    (?: (?P<paragraph> {_LINE} (?: \n{_LINE} )*+ )
      | >\ (?P<quotation> {_LINE} )
      | (?P<list> -\ {_LINE} (?: \n-\ {_LINE} )*+ )
      | \[\^ (?P<label> [A-Za-z0-9-]+ ) \]:\ (?P<footnote> {_LINE} )
    ) (?: \n\n++ | \n?\Z )
    """,
    re.VERBOSE,
)
_ITEM = re.compile(r"^- (.*)$", re.MULTILINE)
_INLINE = re.compile(
    rf"""
    (?P<words> (?: {_UNMARKED}++ | !(?!\[) | &(?!\#?\w) )++ )
    | (?P<newline> \n )
    | \[ (?P<linked> {_UNMARKED}+ ) \] \( (?P<address> {PLAIN_ADDRESS.pattern} ) \)
    | (?P<stars> (?<![^\s(])\*\*? ) (?P<stressed> [A-Za-z0-9](?: {_UNMARKED}*[A-Za-z0-9] )? ) (?P=stars) (?![^\s.,;:!?)])
    | ` (?P<code> [A-Za-z0-9](?: {_UNMARKED}*[A-Za-z0-9] )? ) `(?!`)
    | {REFERENCE.pattern}
    | \[\^ (?P<note> [A-Za-z0-9-]+ ) \]
    """,
    re.VERBOSE,
)
_ESCAPED = re.compile('[&<>"]')


class _Declined(Exception):  # noqa: N818  # not an error
    pass


def read(source: str, first_line: int) -> ParsedMarkdown | None:
    """Parse *source*, which begins on line *first_line* of its file; None if it holds anything unusual or wrong."""
    try:
        return _FastReader(source, first_line).parsed()
    except _Declined:
        return None


class _FastReader:
    """All methods raise _Declined."""

    def __init__(self, source: str, first_line: int) -> None:
        self._source = source
        self._first_line = first_line
        self._pieces: list[Piece] = []
        self._footnotes: dict[str, tuple[int, int]] = {}
        "start and end of each one's text, by label"
        self._shown: list[str] = []
        "labels of the footnotes that the text refers to, in its order"

    def parsed(self) -> ParsedMarkdown:
        blocks = self._blocks()
        self._footnotes = {found["label"]: found.span("footnote") for found in blocks if found.lastgroup == "footnote"}
        top = [found for found in blocks if found.lastgroup != "footnote"]
        if len(self._footnotes) + len(top) < len(blocks):
            raise _Declined  # two footnotes share a label
        for found in top:
            self._block(found)
        if len(self._shown) < len(self._footnotes):
            raise _Declined  # nothing refers to one of them
        first = next((found.span("paragraph") for found in top if found.lastgroup == "paragraph"), None)
        first_note = self._footnotes[self._shown[0]] if self._shown else None
        return ParsedMarkdown(Body(merged(self._pieces)), self._plain(first), self._plain(first_note), len(self._shown))

    def _blocks(self) -> list[re.Match[str]]:
        source, blocks = self._source, list[re.Match[str]]()
        at = len(source) - len(source.lstrip("\n"))
        while at < len(source):
            found = _BLOCK.match(source, at)
            if found is None or (found.lastgroup == "list" and blocks and blocks[-1].lastgroup == "list"):
                raise _Declined  # two lists in a row are one list whose items are paragraphs
            blocks.append(found)
            at = found.end()
        return blocks

    def _block(self, found: re.Match[str]) -> None:
        pieces, before = self._pieces, len(self._shown)
        match found.lastgroup:
            case "paragraph":
                self._paragraph(*found.span("paragraph"))
            case "quotation":
                pieces.append("<blockquote>\n")
                self._paragraph(*found.span("quotation"))
                pieces.append("</blockquote>\n")
            case "list":
                pieces.append("<ul>\n")
                start, end = found.span("list")
                for item in _ITEM.finditer(self._source, start, end):
                    pieces.append("<li>")
                    self._inline(*item.span(1))
                    pieces.append("</li>\n")
                pieces.append("</ul>\n")
        self._notes(before, len(self._shown))

    def _notes(self, first: int, end: int) -> None:
        for number in range(first, end):
            self._pieces.append(note_start(number + 1))
            self._paragraph(*self._footnotes[self._shown[number]])
            self._pieces.append(NOTE_END)
        if len(self._shown) > end:
            raise _Declined  # a footnote within a footnote

    def _paragraph(self, start: int, end: int) -> None:
        self._pieces.append("<p>")
        self._inline(start, end)
        self._pieces.append("</p>\n")

    def _inline(self, start: int, end: int) -> None:
        pieces = self._pieces
        for form, found in self._forms(start, end):
            if form == "words":
                pieces.append(_escaped(found[0]))
            elif form == "newline":
                pieces.append("\n")
            elif form == "address":
                pieces.append(f'<a href="{found["address"]}" rel="{EXTERNAL_REL}">{_escaped(found["linked"])}</a>')
            elif form == "stressed":
                tag = "strong" if found["stars"] == "**" else "em"
                pieces.append(f"<{tag}>{_escaped(found['stressed'])}</{tag}>")
            elif form == "code":
                pieces.append(f"<code>{_escaped(found['code'])}</code>")
            elif form == "note":
                pieces.append(self._footnote_ref(found["note"]))
            else:
                pieces.append(self._reference(found))

    def _forms(self, start: int, end: int) -> Iterator[tuple[str | None, re.Match[str]]]:
        """Each inline form with the name of its last group."""
        while start < end:
            found = _INLINE.match(self._source, start, end)
            if found is None:
                raise _Declined
            yield found.lastgroup, found
            start = found.end()

    def _footnote_ref(self, label: str) -> str:
        if label in self._shown or label not in self._footnotes:
            raise _Declined
        self._shown.append(label)
        return footnote_ref(len(self._shown))

    def _reference(self, found: re.Match[str]) -> Reference:
        if _UNUSUAL.search(found[0]):
            raise _Declined
        start = found.start()
        line, column = self._source.count("\n", 0, start), start - self._source.rfind("\n", 0, start)
        return reference(found, Spot(self._first_line + line, column))

    def _plain(self, paragraph: tuple[int, int] | None) -> Plain:
        return plain(self._plain_pieces(*paragraph)) if paragraph else ()

    def _plain_pieces(self, start: int, end: int) -> Iterator[Piece]:
        for form, found in self._forms(start, end):
            if form in ("words", "stressed", "code"):
                yield found[form]
            elif form == "address":
                yield found["linked"]
            elif form == "newline":
                yield " "
            elif form != "note":
                yield self._reference(found)


def _escaped(text: str) -> str:
    if not _ESCAPED.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
