"""Plain prose, read without asking every rule of markdown-it whether it is something else.

Most of a report is lines that begin with a letter, and words without marks. Each shortcut makes the very tokens that
markdown-it's own rules make of them; all else goes the long way, through these rules.
"""

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_MARKS = re.compile(r"[]\n!&*<[\\_`]")
"what a rule may begin with, and what ends a link's label"
_PLAIN_LINK = re.compile(
    r"\[([^]\n!&*<[\\_`]+)\]"
    r"\((https?://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,3}(?:[/?#][A-Za-z0-9/._~=?#,;+:@$!'-]*)?)\)"
)
"words without a mark, and an address that needs no escape"
_FIRST_LETTER = re.compile("[A-Za-z]")


def take(rules: MarkdownIt, begins_with: Mapping[str, str]) -> None:
    """Adds the shortcuts to *rules*, of whose inline ones each begins with one of the marks that *begins_with* gives for its name."""
    rules.block.ruler.before("table", "prose", _prose)
    rules.core.ruler.at("normalize", _normalize)
    rules.core.ruler.at("inline", _inline)
    rules.inline.ruler.before("link", "plain_link", _plain_link)
    named = tuple(zip(rules.inline.ruler.get_active_rules(), rules.inline.ruler.getRules(), strict=True))
    at_mark = {mark: tuple(rule for name, rule in named if mark in begins_with[name]) for mark in "".join(begins_with.values())}
    rules.inline.ruler.enableOnly(())
    rules.inline.ruler.push("next", _next(at_mark))


def _normalize(state: StateCore) -> None:
    """As the rule of this name, without looking at each line's end."""
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _prose(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph whose lines all begin with a letter: what other rules make of a line begins with a sign or a digit."""
    if state.sCount[start] - state.blkIndent >= 4:
        return False
    line = start
    while line < state.lineMax and (line == start or not state.isEmpty(line)):
        if not _FIRST_LETTER.match(state.src, state.bMarks[line] + state.tShift[line]):
            return False
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content = mdTrim(state.getLines(start, line, state.blkIndent, False))
    inline.map, inline.children = [start, line], []
    state.push("paragraph_close", "p", -1)
    return True


def _plain_link(state: StateInline, silent: bool) -> bool:
    """[words](https://example.org/path). Deep within brackets markdown-it gives up links, and remembers where: there its own rule decides."""
    if state.level >= state.md.options.maxNesting or state.pos + 1 in state.cache:
        return False
    found = _PLAIN_LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": found[2]}
        state.append_pending(found[1])
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _inline(state: StateCore) -> None:
    """The words of all blocks; those without a mark are one text."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        if _MARKS.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


def _next(at_mark: Mapping[str, tuple[RuleFuncInlineType, ...]]) -> RuleFuncInlineType:
    """One rule for all: text up to a mark, or what the rules of that mark make of it."""

    def text_or_mark(state: StateInline, silent: bool) -> bool:
        rules = at_mark.get(state.src[state.pos])
        if rules is not None:
            return any(rule(state, silent) for rule in rules)
        found = _MARKS.search(state.src, state.pos)
        end = found.start() if found else state.posMax
        if end == state.pos:
            return False
        if not silent:
            state.append_pending(state.src[state.pos : end])
        state.pos = end
        return True

    return text_or_mark
