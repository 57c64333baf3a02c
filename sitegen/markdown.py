"""Markdown to a body: HTML whose references are still open.

CommonMark with tables and footnotes. Raw HTML is shown as text, links lead only to http, https, mailto and this site,
pictures come only from this site. Two forms are ours: [[target]] or [[target|words]], and [@passage].
A footnote's note is set right behind the block that refers to it, so that it can stand in the margin beside it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.model import Body, Plain, Reference
from sitegen.problems import Problem, Spot, note, problem

BRIEF_LENGTH = 200

_OPENING = re.compile(r"\x00([0-9]+)\x00")
_CROSS_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_CITATION = re.compile(r"\[@([^\[\]\s]+)\]")
_LOST_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True, slots=True)
class Text:
    """What a file's Markdown tells."""

    body: Body
    brief: Plain = ()
    "the first paragraph, unlinked"
    note: Plain = ()
    "the first footnote, unlinked"
    footnotes: int = 0


@dataclass(slots=True)
class _Reading:
    """One file on its way."""

    file: str
    lines: list[str]
    first_line: int
    problems: list[Problem]
    openings: list[Reference] = field(default_factory=list)
    searched: dict[str, tuple[int, int]] = field(default_factory=dict)

    def spot(self, raw: str, block_line: int) -> Spot:
        """Where *raw* stands, from the block on; each call finds the next one."""
        line, column = max(self.searched.get(raw, (0, 0)), (block_line, 0))
        while line < len(self.lines):
            found = self.lines[line].find(raw, column)
            if found >= 0:
                self.searched[raw] = (line, found + 1)
                return Spot(self.first_line + line, found + 1)
            line, column = line + 1, 0
        return Spot(self.first_line + min(block_line, max(0, len(self.lines) - 1)))

    def open(self, reference: Reference) -> str:
        self.openings.append(reference)
        return f"\x00{len(self.openings) - 1}\x00"


def read(file: str, source: str, first_line: int) -> tuple[Text, tuple[Problem, ...]]:
    """The Markdown *source*, whose first line is the file's line *first_line*."""
    if not source.strip():
        return Text(Body()), ()
    reading = _Reading(file, source.split("\n"), first_line, [])
    env: dict[str, object] = {}
    tokens = _PARSER.parse(source, env)
    blocks, footnotes = _apart(tokens)
    _prepare(reading, blocks, 0)
    for tokens_of_note in footnotes.values():
        _prepare(reading, tokens_of_note, 0)
    reading.problems += _unused_footnotes(reading, env)
    html = "".join(_blocks_with_notes(blocks, footnotes))
    pieces = _pieces(html, reading.openings)
    return Text(Body(pieces), _first_paragraph(blocks), _first_paragraph(footnotes.get(0, [])), len(footnotes)), tuple(reading.problems)


def plain_length(plain: Plain) -> int:
    return sum(len(piece if isinstance(piece, str) else piece.text or piece.target) for piece in plain)


def shortened(text: str, length: int = BRIEF_LENGTH) -> str:
    """*text* with white space folded, cut at a word to at most *length* characters, ending in … where it was cut."""
    folded = " ".join(text.split())
    if len(folded) <= length:
        return folded
    cut = folded[:length].rsplit(" ", 1)[0] if " " in folded[:length] else folded[: length - 1]
    return cut[: length - 1].rstrip(" ,;:–—-") + "…"


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


def _prepare(reading: _Reading, tokens: Sequence[Token], line: int) -> None:
    """Shifts headings below the page's own, opens references, and tells what may not stand."""
    for token in tokens:
        if token.map:
            line = token.map[0]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
        for child in token.children or ():
            _prepare_inline(reading, child, line)


def _prepare_inline(reading: _Reading, token: Token, line: int) -> None:
    if token.type == "reference":
        kind, target, text, raw = token.meta["kind"], token.meta["target"], token.meta["text"], token.content
        token.meta["reference"] = reference = Reference(kind, target, text, reading.spot(raw, line))
        token.content = reading.open(reference)
    elif token.type == "link_open":
        target = str(token.attrs.get("href", ""))
        if target.startswith("/") and not target.startswith("//"):
            spot = reading.spot(f"]({target}", line)
            token.attrs["href"] = reading.open(Reference("address", target, "", spot))
        elif re.match(r"https?://", target):
            token.attrs["rel"] = "noopener noreferrer"
    elif token.type == "image":
        source = str(token.attrs.get("src", ""))
        spot = reading.spot(f"]({source}", line)
        if re.match(r"([a-z][a-z0-9+.-]*:|//)", source, re.IGNORECASE):
            hint = "save it under assets/ and write ![…](/assets/NAME)"
            reading.problems.append(problem(reading.file, spot, "a picture from another site would be fetched as the page opens", hint))
        token.attrs["src"] = reading.open(Reference("address", source if source.startswith("/") else f"/assets/{source}", "", spot))
    elif token.type == "text":
        for lost in _LOST_FOOTNOTE.finditer(token.content):
            spot = reading.spot(lost[0], line)
            reading.problems.append(problem(reading.file, spot, f"no footnote is called “{lost[1]}”", f"add a line [^{lost[1]}]: …"))


def _unused_footnotes(reading: _Reading, env: dict[str, object]) -> Iterator[Problem]:
    footnotes = env.get("footnotes")
    labels = footnotes.get("refs", {}) if isinstance(footnotes, dict) else {}
    for label, number in labels.items():
        if number == -1:
            name = label.removeprefix(":")
            spot = reading.spot(f"[^{name}]:", 0)
            yield note(
                reading.file, spot, f"the footnote “{name}” is not shown, since nothing refers to it", f"write [^{name}] where it belongs"
            )


def _blocks_with_notes(blocks: Sequence[Token], footnotes: dict[int, list[Token]]) -> Iterator[str]:
    """The HTML of each top-level block, then of the notes that it refers to first."""
    shown: set[int] = set()
    start = 0
    for end, token in enumerate(blocks, 1):
        if token.level == 0 and token.nesting <= 0:
            block = blocks[start:end]
            yield _PARSER.renderer.render(block, _PARSER.options, {})
            yield from _notes(block, footnotes, shown)
            start = end


def _notes(block: Sequence[Token], footnotes: dict[int, list[Token]], shown: set[int]) -> Iterator[str]:
    for token in block:
        for child in token.children or ():
            if child.type == "footnote_ref" and child.meta["id"] not in shown:
                number = child.meta["id"]
                shown.add(number)
                content = footnotes.get(number, [])
                back = f'<a class="back" href="#_ref-{number + 1}" aria-label="back to the text">{number + 1}</a>'
                yield f'<aside class="sidenote" id="_note-{number + 1}" role="note">{back} '
                yield _PARSER.renderer.render(content, _PARSER.options, {})
                yield "</aside>\n"
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
        if plain_length(tuple(words)) > 2 * BRIEF_LENGTH:
            break
        match child.type:
            case "text" | "code_inline":
                words.append(child.content)
            case "softbreak" | "hardbreak":
                words.append(" ")
            case "reference" if child.meta["kind"] == "link":
                words.append(child.meta["reference"])
            case "reference" if words and isinstance(words[-1], str):
                words[-1] = words[-1].rstrip()  # a citation goes with the blank before it
    return tuple(words)


def _cross_link(state: StateInline, silent: bool) -> bool:
    return _ours(state, silent, _CROSS_LINK, "link")


def _citation(state: StateInline, silent: bool) -> bool:
    return _ours(state, silent, _CITATION, "passage")


def _ours(state: StateInline, silent: bool, form: re.Pattern[str], kind: str) -> bool:
    found = form.match(state.src, state.pos, state.posMax)
    if found is None or state.src[state.pos] != "[":
        return False
    if not silent:
        token = state.push("reference", "", 0)
        text = found[2].strip() if form.groups == 2 and found[2] else ""
        token.meta = {"kind": kind, "target": found[1].strip(), "text": text}
        token.content = found[0]
    state.pos = found.end()
    return True


def _render_reference(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return tokens[index].content


def _render_footnote_ref(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    number, again = tokens[index].meta["id"] + 1, tokens[index].meta.get("subId", 0)
    anchor = f"_ref-{number}-{again + 1}" if again else f"_ref-{number}"
    return f'<sup class="ref" id="{anchor}"><a href="#_note-{number}" aria-label="note {number}">{number}</a></sup>'


def _render_image(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    alt = self.renderInlineAsText(token.children or [], options, env)
    return f'<img src="{escape(token.attrs["src"])}" alt="{escape(alt)}" loading="lazy">'


def _is_allowed(address: str) -> bool:
    """http, https, mailto, or a path: a scheme that isn't named here is none of ours."""
    scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
    return scheme is None or scheme[1].lower() in ("http", "https", "mailto")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
    parser.validateLink = _is_allowed  # type: ignore[method-assign, assignment]  # markdown-it's documented way to set the rule
    parser.inline.ruler.before("link", "cross_link", _cross_link)
    parser.inline.ruler.before("link", "citation", _citation)
    parser.add_render_rule("reference", _render_reference)
    parser.add_render_rule("footnote_ref", _render_footnote_ref)
    parser.add_render_rule("image", _render_image)
    return parser


_PARSER = _parser()
