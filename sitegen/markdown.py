"""Markdown to a body: HTML whose references are still open.

A footnote's note is set right behind the block that refers to it, so that it can stand in the margin beside it.
markdown-it is imported when the first text is read: a build in which nothing is read doesn't wait for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sitegen import markdown_plain
from sitegen.markdown_forms import FORMS, UNSHOWN
from sitegen.markdown_plain import BRIEF_LENGTH, CLOSED_NOTE, Text, joined, opened_note, plain_length
from sitegen.model import Body, Plain, Reference
from sitegen.problems import Problem, Spot, did_you_mean, note, problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

MOST_BRACKETS = 10_000
"opening ones in a text; each unclosed one is looked for through the rest of its paragraph"

MOST_MARKS = 25_000
"line ends and signs that Markdown may read as its own, in a text; each takes up to 80 µs"
_MARKS = "\n!&*+-.)<>[]\\_`|"

_OPENING = re.compile(r"\x00([0-9]+)\x00")
_ELSEWHERE = re.compile(r"([a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


Lines = tuple[int, int]
"the lines of a block, from 0: its first, and the one behind its last"


@dataclass(slots=True)
class _Reading:
    """One file on its way."""

    file: str
    lines: list[str]
    first_line: int
    problems: list[Problem]
    openings: list[Reference] = field(default_factory=list)
    searched: dict[tuple[str, Lines], tuple[int, int]] = field(default_factory=dict)
    "line and column behind which a pattern is looked for next, in each block"

    def spot(self, raw: str, block: Lines) -> Spot:
        """Where *raw* stands in a block; each call finds the next one."""
        return self._found(re.escape(raw.partition("\n")[0]), block) or Spot(self.first_line + block[0])

    def spot_of_address(self, address: str, block: Lines) -> Spot:
        """Where a link's or a picture's address stands; it was percent-encoded since."""
        written = "|".join(re.escape(form) for form in dict.fromkeys((address, unquote(address))))
        return self._found(rf"(?:(?<=\]\()|(?<=\]\(<))(?:{written})(?=[)>\s]|$)", block) or Spot(self.first_line + block[0])

    def _found(self, pattern: str, block: Lines) -> Spot | None:
        line, column = self.searched.get((pattern, block), (block[0], 0))
        form = re.compile(pattern)
        while line < min(block[1], len(self.lines)):
            found = form.search(self.lines[line], column)
            if found is not None:
                self.searched[pattern, block] = (line, found.start() + 1)
                return Spot(self.first_line + line, found.start() + 1)
            line, column = line + 1, 0
        return None

    def open(self, reference: Reference) -> str:
        self.openings.append(reference)
        return f"\x00{len(self.openings) - 1}\x00"

    def tell(self, spot: Spot, message: str, hint: str) -> None:
        self.problems.append(problem(self.file, spot, message, hint))


def read(file: str, source: str, first_line: int) -> tuple[Text, tuple[Problem, ...]]:
    """The Markdown *source*, whose first line is the file's line *first_line*."""
    if not source.strip():
        return Text(Body()), ()
    if source.count("[") > MOST_BRACKETS:
        return Text(Body()), (
            problem(file, Spot(first_line), f"this text has more than {MOST_BRACKETS} opening brackets", "split it into several files"),
        )
    if len(source) > MOST_MARKS and sum(map(source.count, _MARKS)) > MOST_MARKS:
        message = f"this text has more than {MOST_MARKS} line breaks and Markdown characters"
        return Text(Body()), (problem(file, Spot(first_line), message, "split it into several files"),)
    plain = markdown_plain.read(source, first_line)
    return (plain, ()) if plain is not None else read_by_rules(file, source, first_line)


def read_by_rules(file: str, source: str, first_line: int) -> tuple[Text, tuple[Problem, ...]]:
    """The same by markdown-it alone: slower, and equal in all that it makes."""
    reading = _Reading(file, source.split("\n"), first_line, [])
    env: dict[str, object] = {"definitions": []}
    blocks, footnotes = _apart(_parser().parse(source, env))
    for tokens in (blocks, *footnotes.values()):
        _prepare(reading, tokens, env)
    reading.problems += _footnote_problems(reading, env)
    reading.problems += _unshown_characters(reading, source)
    reading.problems += _depth_problems(reading, env)
    html = "".join(_blocks_with_notes(blocks, footnotes))
    pieces = _pieces(html, reading.openings)
    return Text(Body(pieces), _first_paragraph(blocks), _first_paragraph(footnotes.get(0, [])), len(footnotes)), tuple(reading.problems)


def paragraph_lines(source: str, first_line: int) -> tuple[int, ...]:
    """The line of each paragraph that the text shows as one, footnotes apart; the source's first line is *first_line*."""
    blocks, _ = _apart(_parser().parse(source, {"definitions": []}))
    return tuple(first_line + token.map[0] for token in blocks if token.type == "paragraph_open" and token.map and not token.hidden)


def shortened(text: str, length: int = BRIEF_LENGTH) -> str:
    """*text* with white space folded, cut at a word to at most *length* characters, ending in … where it was cut."""
    folded = " ".join(text.split())
    if len(folded) <= length:
        return folded
    cut = folded[:length].rsplit(" ", 1)[0] if " " in folded[:length] else folded[: length - 1]
    return cut[: length - 1].rstrip(" ,;:–—-") + "…"


@cache
def _parser() -> MarkdownIt:
    from sitegen.markdown_rules import parser

    return parser()


def _html(tokens: Sequence[Token]) -> str:
    html: str = _parser().renderer.render(tokens, _parser().options, {})
    return html


def _apart(tokens: Sequence[Token]) -> tuple[list[Token], dict[int, list[Token]]]:
    """The text's own tokens, and those of each footnote by its number from 0."""
    blocks: list[Token] = []
    footnotes: dict[int, list[Token]] = {}
    into = blocks
    for token in tokens:
        match token.type:
            case "footnote_block_open" | "footnote_block_close" | "footnote_anchor":
                pass
            case "footnote_open":
                into = footnotes.setdefault(token.meta["id"], [])
            case "footnote_close":
                into = blocks
            case _:
                into.append(token)
    return blocks, footnotes


def _prepare(reading: _Reading, tokens: Sequence[Token], env: EnvType) -> None:
    """Nests headings below the page's own, opens references, and tells what may not stand."""
    above: list[int] = []  # the author's levels, down to the heading at hand: ## under no # stands where # would
    block = (0, len(reading.lines))
    for token in tokens:
        if token.map:
            block = (token.map[0], token.map[1])
        if token.type == "heading_open":
            level = int(token.tag[1])
            above = [*(one for one in above if one < level), level]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, len(above) + 1)}"
        for child in token.children or ():
            if child.type != "text" or "[" in child.content:
                _prepare_inline(reading, child, block, env)


def _prepare_inline(reading: _Reading, token: Token, block: Lines, env: EnvType) -> None:
    match token.type:
        case "reference":
            kind, target, text = token.meta["kind"], token.meta["target"], token.meta["text"]
            token.meta["reference"] = reference = Reference(kind, target, text, reading.spot(token.content, block))
            token.content = reading.open(reference)
        case "link_open":
            target = str(token.attrs.get("href", ""))
            if not _ELSEWHERE.match(target):
                token.attrs["href"] = reading.open(Reference("address", target, "", reading.spot_of_address(target, block)))
            elif target.startswith(("https://", "http://", "//")):
                token.attrs["rel"] = "noopener noreferrer"
        case "image":
            _prepare_image(reading, token, block)
        case "text" | "code_inline" if "[" in token.content:
            for form in FORMS.finditer(token.content):  # escaped, or code: passed over, so that its like behind it is found
                reading.spot(form[0], block)
        case "lost_footnote":
            label = token.meta["label"]
            hint = did_you_mean(label, (name for name, _ in env["definitions"])) or f"add a line [^{label}]: …"
            if re.search(r"\s", label):
                hint = "a footnote’s name can’t contain spaces"
            reading.tell(reading.spot(token.content, block), f"there is no footnote “{label}”", hint)


def _prepare_image(reading: _Reading, token: Token, block: Lines) -> None:
    source = str(token.attrs.get("src", ""))
    spot = reading.spot_of_address(source, block)
    path = source if source.startswith("/") else f"/assets/{source}"
    if _ELSEWHERE.match(source):
        hint = "save it in assets/ and write ![…](/assets/NAME)"
        reading.tell(spot, "images can’t be loaded from other sites", hint)
    elif not source or not path.startswith("/assets/"):
        reading.tell(spot, "images must be in assets/", "save it there and write ![…](/assets/NAME)")
    else:
        token.attrs["src"] = reading.open(Reference("address", path, "", spot))
    for child in token.children or ():
        if child.type == "reference":  # what shows the picture in words has no links
            child.type, child.content = "text", child.meta["text"] or child.meta["target"]


def _footnote_problems(reading: _Reading, env: EnvType) -> Iterator[Problem]:
    refs: dict[str, int] = env.get("footnotes", {}).get("refs", {})
    lines: dict[str, int] = {}
    for label, line in env["definitions"]:
        spot = reading.spot(f"[^{label}]:", (line, line + 1))
        if label in lines:
            hint = f"line {reading.first_line + lines[label]} has the other one; rename one of the two"
            yield problem(reading.file, spot, f"two footnotes are called “{label}”", hint)
        elif refs.get(f":{label}") == -1:
            yield note(
                reading.file, spot, f"the footnote “{label}” isn’t shown because nothing refers to it", f"add [^{label}] where it belongs"
            )
        lines.setdefault(label, line)


def _depth_problems(reading: _Reading, env: EnvType) -> Iterator[Problem]:
    if "too_deep" in env:
        line: int = env["too_deep"]
        column = len(reading.lines[line]) - len(reading.lines[line].lstrip()) + 1
        hint = "nest at most nine lists or nineteen quotations"
        yield problem(reading.file, Spot(reading.first_line + line, column), "this line is nested too deeply to be shown", hint)


def _unshown_characters(reading: _Reading, source: str) -> Iterator[Problem]:
    """What no page can hold, the first of each line."""
    if UNSHOWN.search(source):
        for number, line in enumerate(reading.lines, reading.first_line):
            found = UNSHOWN.search(line)
            if found is not None:
                message = f"the character U+{ord(found[0]):04X} is shown as �"
                yield note(reading.file, Spot(number, found.start() + 1), message, "delete it")


def _blocks_with_notes(blocks: Sequence[Token], footnotes: dict[int, list[Token]]) -> Iterator[str]:
    """The HTML of each top-level block, then of the notes that it refers to first."""
    shown: set[int] = set()
    start = 0
    for end, token in enumerate(blocks, 1):
        if token.level == 0 and token.nesting <= 0:
            block = blocks[start:end]
            yield _html(block)
            yield from _notes(block, footnotes, shown)
            start = end


def _notes(block: Sequence[Token], footnotes: dict[int, list[Token]], shown: set[int]) -> Iterator[str]:
    for token in block:
        for child in token.children or ():
            if child.type == "footnote_ref" and child.meta["id"] not in shown:
                number = child.meta["id"]
                shown.add(number)
                content = footnotes.get(number, [])
                yield opened_note(number + 1)
                yield _html(content)
                yield CLOSED_NOTE
                yield from _notes(content, footnotes, shown)


def _pieces(html: str, openings: list[Reference]) -> tuple[str | Reference, ...]:
    parts = _OPENING.split(html)
    return tuple(openings[int(part)] if index % 2 else part for index, part in enumerate(parts) if index % 2 or part)


def _first_paragraph(tokens: Sequence[Token]) -> Plain:
    """The first paragraph's words, up to somewhat more than a brief takes."""
    top = tokens[0].level if tokens else 0
    inline = next((tokens[i + 1] for i, token in enumerate(tokens) if token.type == "paragraph_open" and token.level == top), None)
    words: list[str | Reference] = []
    for child in inline.children or () if inline else ():
        if plain_length(words) > 2 * BRIEF_LENGTH:
            break
        match child.type:
            case "text" | "code_inline" | "lost_footnote":
                words.append(child.content)
            case "softbreak" | "hardbreak":
                words.append(" ")
            case "reference" if child.meta["kind"] == "link":
                words.append(child.meta["reference"])
            case "reference" if words and isinstance(words[-1], str):
                words[-1] = words[-1].rstrip()  # a citation goes with the blank before it
    return joined(words)
