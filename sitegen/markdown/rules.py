"""What our Markdown understands, and how its tokens become HTML.

CommonMark with tables and footnotes. Raw HTML is shown as text, links lead only to http, https, mailto and this site.
Two forms are ours: [[target]] or [[target|words]], and [@passage].
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.markdown.fast import footnote_mark
from sitegen.markdown.syntax import CITATION, CROSS_LINK, LOST_FOOTNOTE, PLAIN_ADDRESS, UNSHOWN


def parser() -> MarkdownIt:
    # Footnotes inside a line, ^[…], are left out: none of our forms, and hostile ones take minutes.
    rules = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Html).enable("table").use(footnote_plugin, inline=False)
    rules.disable(["html_block", "html_inline"])
    rules.validateLink = _is_allowed  # type: ignore[method-assign, assignment]  # markdown-it's documented way to set the rule
    rules.normalizeLink = _address  # type: ignore[method-assign, assignment]  # the same
    rules.normalizeLinkText = _link_text  # type: ignore[method-assign, assignment]  # the same
    rules.inline.ruler.before("link", "cross_link", _cross_link)
    rules.inline.ruler.before("link", "citation", _citation)
    rules.inline.ruler.after("footnote_ref", "lost_footnote", _lost_footnote)
    rules.core.ruler.before("footnote_tail", "definitions", _definitions)
    rules.add_render_rule("footnote_ref", _Html.footnote_ref)  # the plugin has set its own
    _note_depth(rules)
    return rules


def _note_depth(rules: MarkdownIt) -> None:
    """Notes the first line that markdown-it drops because it is nested too deeply."""
    tokenize = rules.block.tokenize

    def noting(state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803  # markdown-it's names
        if state.level >= rules.options.maxNesting:
            line = state.skipEmptyLines(startLine)
            if line < endLine and state.sCount[line] >= state.blkIndent:
                state.env.setdefault("too_deep", line)
        tokenize(state, startLine, endLine)

    rules.block.tokenize = noting  # type: ignore[method-assign]  # lists, quotations and footnotes all call it


def _cross_link(state: StateInline, silent: bool) -> bool:
    return _ours(state, silent, CROSS_LINK, "link")


def _citation(state: StateInline, silent: bool) -> bool:
    return _ours(state, silent, CITATION, "passage")


def _ours(state: StateInline, silent: bool, form: re.Pattern[str], kind: str) -> bool:
    found = form.match(state.src, state.pos, state.posMax)
    if found is None or state.src[state.pos] != "[":
        return False
    if not silent:
        token = state.push("reference", "", 0)
        text = " ".join(found[2].split()) if form.groups == 2 and found[2] else ""
        token.meta = {"kind": kind, "target": " ".join(found[1].split()), "text": text}
        token.content = found[0]
    state.pos = found.end()
    return True


def _lost_footnote(state: StateInline, silent: bool) -> bool:
    """[^name] that leads to no footnote; those that do were taken before."""
    found = LOST_FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("lost_footnote", "", 0)
        token.meta, token.content = {"label": found[1]}, found[0]
    state.pos = found.end()
    return True


def _definitions(state: StateCore) -> None:
    """Notes each footnote's name and first line before the plugin puts the footnotes in their order."""
    opened = (token for token in state.tokens if token.type == "footnote_reference_open")
    state.env["definitions"] += [(token.meta["label"], token.map[0] if token.map else 0) for token in opened]


_TAGS = {
    "em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>", "link_close": "</a>", "softbreak": "\n",
}  # fmt: skip
"tokens within a line that are shown the same wherever they stand"


class _Html(RendererHTML):
    """A method for each kind of token that isn't shown as markdown-it shows it, or that is frequent enough to be shown directly."""

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802  # markdown-it's name
        html = []
        for index, token in enumerate(tokens):
            if token.type == "text":
                html.append(escapeHtml(token.content))
            elif token.type in _TAGS:
                html.append(_TAGS[token.type])
            else:
                html.append(self.rules.get(token.type, self.renderToken)(tokens, index, options, env))
        return "".join(html)

    def paragraph_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        if tokens[index].hidden:
            return ""
        return "\n<p>" if index and tokens[index - 1].hidden else "<p>"

    def paragraph_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return "" if tokens[index].hidden else "</p>\n"

    def reference(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return tokens[index].content

    def lost_footnote(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return str(escape(tokens[index].content))

    def footnote_ref(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        number, again = tokens[index].meta["id"] + 1, tokens[index].meta.get("subId", 0)
        return footnote_mark(number, again)

    def td_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """A cell's alignment as a class: the site's policy for styles allows no style attributes."""
        token = tokens[index]
        alignment = str(token.attrs.get("style", "")).removeprefix("text-align:")
        return f'<{token.tag} class="align-{alignment}">' if alignment else f"<{token.tag}>"

    th_open = td_open

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        alt = self.renderInlineAsText(token.children or [], options, env)
        return f'<img src="{escape(token.attrs["src"])}" alt="{escape(alt)}" loading="lazy">'


def _is_allowed(address: str) -> bool:
    """http, https, mailto, or a path: a scheme that isn't named here is none of ours."""
    scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
    return scheme is None or scheme[1].lower() in ("http", "https", "mailto")


def _address(address: str) -> str:
    """Most addresses need no normalizing, which takes markdown-it longer than all the rest of a link."""
    return address if PLAIN_ADDRESS.fullmatch(address) else normalizeLink(address)


def _link_text(address: str) -> str:
    """An address as it is read; what percent-encoding hid must not pass for an opening of ours."""
    return UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", normalizeLinkText(address))
