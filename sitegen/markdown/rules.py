"""Set up markdown-it for our Markdown, and render its tokens."""

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

from sitegen.markdown.syntax import FOOTNOTE_REF, NOT_IN_HTML, PLAIN_ADDRESS, REFERENCE, footnote_ref, is_allowed_address, reference
from sitegen.problems import Spot


def parser() -> MarkdownIt:
    """It adds to env["definitions"] the label and the line of each footnote, and sets env["too_deep"] to the first line that it dropped."""
    # Inline footnotes, ^[…], stay off: nobody needs them, and hostile ones take minutes.
    rules = MarkdownIt("commonmark", {"html": False}, renderer_cls=_HtmlRenderer).enable("table").use(footnote_plugin, inline=False)
    rules.disable(["html_block", "html_inline"])
    rules.validateLink = is_allowed_address  # type: ignore[method-assign, assignment]  # markdown-it's documented way to set the rule
    rules.normalizeLink = _normalized_address  # type: ignore[method-assign, assignment]  # likewise
    rules.normalizeLinkText = _address_text  # type: ignore[method-assign, assignment]  # likewise
    rules.inline.ruler.before("link", "reference", _reference)
    rules.inline.ruler.after("footnote_ref", "undefined_footnote", _undefined_footnote)
    rules.core.ruler.before("footnote_tail", "definitions", _definitions)
    rules.add_render_rule("footnote_ref", _HtmlRenderer.footnote_ref)  # the plugin has set its own
    _record_depth(rules)
    return rules


def _record_depth(rules: MarkdownIt) -> None:
    """Make the block parser record the first line that it drops because it is nested too deeply."""
    tokenize = rules.block.tokenize

    def recording(state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803  # markdown-it's names
        if state.level >= rules.options.maxNesting:
            line = state.skipEmptyLines(startLine)
            if line < endLine and state.sCount[line] >= state.blkIndent:
                state.env.setdefault("too_deep", line)
        tokenize(state, startLine, endLine)

    rules.block.tokenize = recording  # type: ignore[method-assign]  # lists, quotations and footnotes all call it


def _reference(state: StateInline, silent: bool) -> bool:
    found = REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta, token.content = {"reference": reference(found, Spot())}, found[0]
    state.pos = found.end()
    return True


def _undefined_footnote(state: StateInline, silent: bool) -> bool:
    """A footnote reference that markdown-it's own rule left, because no footnote has its label."""
    found = FOOTNOTE_REF.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("undefined_footnote", "", 0)
        token.meta, token.content = {"label": found[1]}, found[0]
    state.pos = found.end()
    return True


def _definitions(state: StateCore) -> None:
    """Record each footnote's label and first line before the plugin sorts the footnotes."""
    opened = (token for token in state.tokens if token.type == "footnote_reference_open")
    state.env["definitions"] += [(token.meta["label"], token.map[0] if token.map else 0) for token in opened]


_TAGS = {
    "em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>", "link_close": "</a>", "softbreak": "\n",
}  # fmt: skip
"inline tokens whose HTML never varies"


class _HtmlRenderer(RendererHTML):
    """A method for each type of token that we render differently, or that is frequent enough to be worth a direct way."""

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

    def undefined_footnote(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return str(escape(tokens[index].content))

    def footnote_ref(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return footnote_ref(tokens[index].meta["id"] + 1, tokens[index].meta.get("subId", 0))

    def td_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """The alignment becomes a class, since the content security policy allows no style attributes."""
        token = tokens[index]
        alignment = str(token.attrs.get("style", "")).removeprefix("text-align:")
        return f'<{token.tag} class="align-{alignment}">' if alignment else f"<{token.tag}>"

    th_open = td_open

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        alt = self.renderInlineAsText(token.children or [], options, env)
        return f'<img src="{escape(token.attrs["src"])}" alt="{escape(alt)}" loading="lazy">'


def _normalized_address(address: str) -> str:
    """Normalizing costs more than the rest of a link, and most addresses need none."""
    return address if PLAIN_ADDRESS.fullmatch(address) else normalizeLink(address)


def _address_text(address: str) -> str:
    """An address as the text of its link. Decoding must not bring back a NUL, which `body` uses for its placeholders."""
    return NOT_IN_HTML.sub("\N{REPLACEMENT CHARACTER}", normalizeLinkText(address))
