"""Markdown as most entries use it, made into HTML at once, without tokens.

Paragraphs, quotations of one line, lists of one line each, footnotes; in them words, links, emphasis, code, and the forms that are ours.
A text with anything else, in any line, is left to markdown-it; what is read here is what is read there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.markdown.syntax import PLAIN_ADDRESS, UNSHOWN
from sitegen.model import Body, Plain, Reference
from sitegen.problems import Spot

BRIEF_LENGTH = 200

_NOT = rf"{UNSHOWN.pattern[1:-1]}\t\n\f\r"
_NO_MARK = rf"[^]!&*<[\\_`{_NOT}]"
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
_SPECIAL = re.compile('[&<>"]')
_ITEM = re.compile(r"^- (.*)$", re.MULTILINE)
_INLINE = re.compile(
    rf"""
    (?P<words> (?: {_NO_MARK}++ | !(?!\[) | &(?!\#?\w) )++ )
    | (?P<newline> \n )
    | \[ (?P<linked> {_NO_MARK}+ ) \] \( (?P<address> {PLAIN_ADDRESS.pattern} ) \)
    | (?P<stars> (?<![^\s(])\*\*? ) (?P<stressed> [A-Za-z0-9](?: {_NO_MARK}*[A-Za-z0-9] )? ) (?P=stars) (?![^\s.,;:!?)])
    | ` (?P<code> [A-Za-z0-9](?: {_NO_MARK}*[A-Za-z0-9] )? ) `(?!`)
    | \[\[\ * (?P<target> [^][|\s{_NOT}] [^][|{_NOT}]*+ ) (?: \| (?P<text> [^][{_NOT}]+ ) )? \]\]
    | \[@ (?P<passage> [^][\s{_NOT}]+ ) \]
    | \[\^ (?P<note> [A-Za-z0-9-]+ ) \]
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Text:
    """What a file's Markdown tells."""

    body: Body
    brief: Plain = ()
    "the first paragraph, unlinked"
    note: Plain = ()
    "the first footnote, unlinked"
    footnotes: int = 0


class _Unusual(Exception):  # noqa: N818  # no mistake of anybody's
    pass


def read(source: str, first_line: int) -> Text | None:
    """The Markdown *source*, whose first line is the file's line *first_line*; None where something in it is unusual, or wrong."""
    try:
        return _Reading(source, first_line).text()
    except _Unusual:
        return None


def plain_length(plain: Iterable[str | Reference]) -> int:
    return sum(len(piece if isinstance(piece, str) else piece.text or piece.target) for piece in plain)


def joined(pieces: Iterable[str | Reference]) -> tuple[str | Reference, ...]:
    """With all that stands between two references as one text, and none that is empty."""
    whole: list[str | Reference] = []
    run: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            run.append(piece)
        else:
            whole += ("".join(run), piece)
            run.clear()
    return tuple(filter(None, (*whole, "".join(run))))


def footnote_mark(number: int, again: int = 0) -> str:
    """What leads from the text to a footnote; *again* counts those before it that lead to the same one."""
    anchor = f"_ref-{number}-{again + 1}" if again else f"_ref-{number}"
    return f'<sup class="ref" id="{anchor}"><a href="#_note-{number}" role="doc-noteref">{number}</a></sup>'


def opened_note(number: int) -> str:
    """The beginning of a footnote's note, up to its words."""
    back = f'<a class="back" href="#_ref-{number}" role="doc-backlink">{number}</a>'
    return f'<aside class="sidenote" id="_note-{number}" role="note">{back} '


CLOSED_NOTE = "</aside>\n"


class _Reading:
    def __init__(self, source: str, first_line: int) -> None:
        self._source = source
        self._first_line = first_line
        self._pieces: list[str | Reference] = []
        self._footnotes: dict[str, tuple[int, int]] = {}
        "where each begins and ends, by its label"
        self._told: list[str] = []
        "labels of the footnotes that were referred to, in that order"

    def text(self) -> Text:
        blocks = self._blocks()
        self._footnotes = {found["label"]: found.span("footnote") for found in blocks if found.lastgroup == "footnote"}
        top = [found for found in blocks if found.lastgroup != "footnote"]
        if len(self._footnotes) + len(top) < len(blocks):
            raise _Unusual  # two are called the same
        for found in top:
            self._block(found)
        if len(self._told) < len(self._footnotes):
            raise _Unusual  # nothing refers to one of them
        first = next((found.span("paragraph") for found in top if found.lastgroup == "paragraph"), None)
        first_note = self._footnotes[self._told[0]] if self._told else None
        return Text(Body(joined(self._pieces)), self._plain(first), self._plain(first_note), len(self._told))

    def _blocks(self) -> list[re.Match[str]]:
        """Raises _Unusual."""
        source, blocks = self._source, list[re.Match[str]]()
        at = len(source) - len(source.lstrip("\n"))
        while at < len(source):
            found = _BLOCK.match(source, at)
            if found is None or (found.lastgroup == "list" and blocks and blocks[-1].lastgroup == "list"):
                raise _Unusual  # as two lists that are one, whose items are set apart
            blocks.append(found)
            at = found.end()
        return blocks

    def _block(self, found: re.Match[str]) -> None:
        pieces, before = self._pieces, len(self._told)
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
        self._notes(before, len(self._told))

    def _notes(self, first: int, end: int) -> None:
        """Those that a block refers to."""
        for number in range(first, end):
            self._pieces.append(opened_note(number + 1))
            self._paragraph(*self._footnotes[self._told[number]])
            self._pieces.append(CLOSED_NOTE)
        if len(self._told) > end:
            raise _Unusual  # a footnote's own footnotes

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
                pieces.append(f'<a href="{found["address"]}" rel="noopener noreferrer">{_escaped(found["linked"])}</a>')
            elif form == "stressed":
                tag = "strong" if found["stars"] == "**" else "em"
                pieces.append(f"<{tag}>{_escaped(found['stressed'])}</{tag}>")
            elif form == "code":
                pieces.append(f"<code>{_escaped(found['code'])}</code>")
            elif form == "note":
                pieces.append(self._footnote_mark(found["note"]))
            else:
                pieces.append(self._reference(found))

    def _forms(self, start: int, end: int) -> Iterator[tuple[str | None, re.Match[str]]]:
        """What a line is made of, one after the other. Raises _Unusual."""
        while start < end:
            found = _INLINE.match(self._source, start, end)
            if found is None:
                raise _Unusual
            yield found.lastgroup, found
            start = found.end()

    def _footnote_mark(self, label: str) -> str:
        if label in self._told or label not in self._footnotes:
            raise _Unusual
        self._told.append(label)
        return footnote_mark(len(self._told))

    def _reference(self, found: re.Match[str]) -> Reference:
        start = found.start()
        line, column = self._source.count("\n", 0, start), start - self._source.rfind("\n", 0, start)
        spot = Spot(self._first_line + line, column)
        if found.lastgroup == "passage":
            return Reference("passage", found["passage"], "", spot)
        return Reference("link", " ".join(found["target"].split()), " ".join((found["text"] or "").split()), spot)

    def _plain(self, span: tuple[int, int] | None) -> Plain:
        """A paragraph's words, up to somewhat more than a brief takes."""
        words: list[str | Reference] = []
        start, end = span or (0, 0)
        for form, found in self._forms(start, end):
            if found.start() - start > 2 * BRIEF_LENGTH and plain_length(words) > 2 * BRIEF_LENGTH:
                break
            if form in ("words", "stressed", "code"):
                words.append(found[form])
            elif form == "address":
                words.append(found["linked"])
            elif form == "newline":
                words.append(" ")
            elif form in ("target", "text"):
                words.append(self._reference(found))
            elif form == "passage" and words and isinstance(words[-1], str):
                words[-1] = words[-1].rstrip()  # a citation goes with the blank before it
        return joined(words)


def _escaped(text: str) -> str:
    if not _SPECIAL.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
