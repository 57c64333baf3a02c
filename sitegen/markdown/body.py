"""Markdown to a body: HTML with open references.

Most texts are read by `fast`, all others by markdown-it (`rules`). It is imported with the first text that needs it, so that a
build that parses nothing starts sooner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from sitegen.markdown import fast
from sitegen.markdown.footnotes import footnotes_apart, html_with_notes
from sitegen.markdown.parsed import ParsedMarkdown, Piece, plain
from sitegen.markdown.spots import BlockLines, SpotFinder
from sitegen.markdown.syntax import EXTERNAL_ADDRESS, EXTERNAL_REL, FOOTNOTE_REF, NOT_IN_HTML, REFERENCE
from sitegen.model import Body, Plain, Reference
from sitegen.problems import Problem, Spot, did_you_mean, note, problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

MAX_BRACKETS = 10_000
"opening brackets in a text; markdown-it searches the rest of the paragraph for the end of each"

MAX_MARKS = 25_000
"line ends and characters that may be Markdown, in a text; each costs up to 80 µs"
_MARKS = "\n!&*+-.)<>[]\\_`|"

_PLACEHOLDER = re.compile(r"\x00([0-9]+)\x00")
_OUR_FORM = re.compile(f"{REFERENCE.pattern}|{FOOTNOTE_REF.pattern}")


@dataclass(slots=True)
class _Parse:
    """One text while it is parsed."""

    file: str
    first_line: int
    lines: list[str]
    spots: SpotFinder
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def placeholder(self, reference: Reference) -> str:
        """Holds the place of *reference* in the HTML; markdown-it has replaced all NULs of the author's."""
        self.references.append(reference)
        return f"\x00{len(self.references) - 1}\x00"


def read(file: str, source: str, first_line: int) -> tuple[ParsedMarkdown, tuple[Problem, ...]]:
    """Parse *source*, which begins on line *first_line* of *file*."""
    if not source.strip():
        return ParsedMarkdown(Body()), ()
    if source.count("[") > MAX_BRACKETS:
        message = f"this text has more than {MAX_BRACKETS} opening brackets"
        return ParsedMarkdown(Body()), (problem(file, Spot(first_line), message, "split it into several files"),)
    if len(source) > MAX_MARKS and sum(map(source.count, _MARKS)) > MAX_MARKS:
        message = f"this text has more than {MAX_MARKS} line breaks and Markdown characters"
        return ParsedMarkdown(Body()), (problem(file, Spot(first_line), message, "split it into several files"),)
    found = fast.read(source, first_line)
    return (found, ()) if found is not None else read_by_rules(file, source, first_line)


def read_by_rules(file: str, source: str, first_line: int) -> tuple[ParsedMarkdown, tuple[Problem, ...]]:
    """Parse any text, with markdown-it."""
    lines = source.split("\n")
    parse = _Parse(file, first_line, lines, SpotFinder(lines, first_line))
    env: dict[str, object] = {"definitions": []}
    blocks, footnotes = footnotes_apart(_parser().parse(source, env))
    for tokens in (blocks, *footnotes.values()):
        _nest_headings(tokens)
        _open_references(parse, tokens, env)
    parse.problems += _footnote_problems(parse, env)
    parse.problems += _invalid_characters(parse, source)
    parse.problems += _depth_problems(parse, env)
    body = Body(_pieces("".join(html_with_notes(blocks, footnotes, _html)), parse.references))
    return ParsedMarkdown(body, _first_paragraph(blocks), _first_paragraph(footnotes.get(0, [])), len(footnotes)), tuple(parse.problems)


def paragraph_lines(source: str, first_line: int) -> tuple[int, ...]:
    """The first line of each paragraph that is shown as one, footnotes left out; *source* begins on line *first_line*."""
    blocks, _ = footnotes_apart(_parser().parse(source, {"definitions": []}))
    return tuple(first_line + token.map[0] for token in blocks if token.type == "paragraph_open" and token.map and not token.hidden)


@cache
def _parser() -> MarkdownIt:
    from sitegen.markdown.rules import parser

    return parser()


def _html(tokens: Sequence[Token]) -> str:
    html: str = _parser().renderer.render(tokens, _parser().options, {})
    return html


def _nest_headings(tokens: Sequence[Token]) -> None:
    """Put headings below the page's own, one level at a time: `##` without a `#` above it becomes h2, as `#` would."""
    levels: list[int] = []  # the author's, from the outermost to that of the current heading
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            levels = [*(outer for outer in levels if outer < level), level]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, len(levels) + 1)}"


def _open_references(parse: _Parse, tokens: Sequence[Token], env: EnvType) -> None:
    """Replace what other files decide by placeholders, and collect problems on the way."""
    block = (0, len(parse.lines))
    for token in tokens:
        if token.map:
            block = (token.map[0], token.map[1])
        for child in token.children or ():
            if child.type != "text" or "[" in child.content:
                _open_inline(parse, child, block, env)


def _open_inline(parse: _Parse, token: Token, block: BlockLines, env: EnvType) -> None:
    match token.type:
        case "reference":
            token.meta["reference"] = found = replace(token.meta["reference"], spot=parse.spots.text_spot(token.content, block))
            token.content = parse.placeholder(found)
        case "link_open":
            target = str(token.attrs.get("href", ""))
            if not EXTERNAL_ADDRESS.match(target):
                token.attrs["href"] = parse.placeholder(Reference("address", target, "", parse.spots.address_spot(target, block)))
            elif target.startswith(("https://", "http://", "//")):
                token.attrs["rel"] = EXTERNAL_REL
        case "image":
            _open_image(parse, token, block)
        case "text" | "code_inline" if "[" in token.content:
            for form in _OUR_FORM.finditer(token.content):  # code, or escaped: skipped, so that the search continues after it
                parse.spots.text_spot(form[0], block)
        case "undefined_footnote":
            label = token.meta["label"]
            hint = did_you_mean(label, (name for name, _ in env["definitions"])) or f"add a line [^{label}]: …"
            if re.search(r"\s", label):
                hint = "a footnote’s name can’t contain spaces"
            parse.problems.append(problem(parse.file, parse.spots.text_spot(token.content, block), f"there is no footnote “{label}”", hint))


def _open_image(parse: _Parse, token: Token, block: BlockLines) -> None:
    source = str(token.attrs.get("src", ""))
    spot = parse.spots.address_spot(source, block)
    path = source if source.startswith("/") else f"/assets/{source}"
    if EXTERNAL_ADDRESS.match(source):
        hint = "save it in assets/ and write ![…](/assets/NAME)"
        parse.problems.append(problem(parse.file, spot, "images can’t be loaded from other sites", hint))
    elif not source or not path.startswith("/assets/"):
        hint = "save it there and write ![…](/assets/NAME)"
        parse.problems.append(problem(parse.file, spot, "images must be in assets/", hint))
    else:
        token.attrs["src"] = parse.placeholder(Reference("address", path, "", spot))
    for child in token.children or ():
        if child.type == "reference":  # an image's description cannot hold links
            found = child.meta["reference"]
            child.type, child.content = "text", found.text or found.target


def _footnote_problems(parse: _Parse, env: EnvType) -> Iterator[Problem]:
    refs: dict[str, int] = env.get("footnotes", {}).get("refs", {})
    lines: dict[str, int] = {}
    for label, line in env["definitions"]:
        spot = parse.spots.text_spot(f"[^{label}]:", (line, line + 1))
        if label in lines:
            hint = f"line {parse.first_line + lines[label]} has the other one; rename one of the two"
            yield problem(parse.file, spot, f"two footnotes are called “{label}”", hint)
        elif refs.get(f":{label}") == -1:
            message = f"the footnote “{label}” isn’t shown because nothing refers to it"
            yield note(parse.file, spot, message, f"add [^{label}] where it belongs")
        lines.setdefault(label, line)


def _invalid_characters(parse: _Parse, source: str) -> Iterator[Problem]:
    """One note for each line."""
    if NOT_IN_HTML.search(source):
        for number, line in enumerate(parse.lines, parse.first_line):
            found = NOT_IN_HTML.search(line)
            if found is not None:
                message = f"the character U+{ord(found[0]):04X} is shown as �"
                yield note(parse.file, Spot(number, found.start() + 1), message, "delete it")


def _depth_problems(parse: _Parse, env: EnvType) -> Iterator[Problem]:
    if "too_deep" in env:
        line: int = env["too_deep"]
        column = len(parse.lines[line]) - len(parse.lines[line].lstrip()) + 1
        hint = "nest at most nine lists or nineteen quotations"
        yield problem(parse.file, Spot(parse.first_line + line, column), "this line is nested too deeply to be shown", hint)


def _pieces(html: str, references: list[Reference]) -> tuple[Piece, ...]:
    parts = _PLACEHOLDER.split(html)
    return tuple(references[int(part)] if index % 2 else part for index, part in enumerate(parts) if index % 2 or part)


def _first_paragraph(tokens: Sequence[Token]) -> Plain:
    top = tokens[0].level if tokens else 0
    inline = next((tokens[i + 1] for i, token in enumerate(tokens) if token.type == "paragraph_open" and token.level == top), None)
    return plain(_plain_pieces(inline)) if inline else ()


def _plain_pieces(inline: Token) -> Iterator[Piece]:
    for child in inline.children or ():
        match child.type:
            case "text" | "code_inline" | "undefined_footnote":
                yield child.content
            case "softbreak" | "hardbreak":
                yield " "
            case "reference":
                yield child.meta["reference"]
