"""Parse front matter with PyYAML into nodes, without guessing types or following aliases. Errors are worded for authors."""

import re
from typing import TYPE_CHECKING

import yaml

from sitegen.content.nodes import FrontMatterError, Mapping, Node, Scalar, Sequence
from sitegen.problems import Spot

__all__ = ["MAX_DEPTH", "FrontMatterError", "Loader", "composed", "read"]

if TYPE_CHECKING:
    import yaml._yaml

    Mark = yaml.Mark | yaml._yaml.Mark

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 20
"nested lists and mappings; content needs four, and deeper nesting could overflow the loader's stack"

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_DEEP = re.compile(rf"^[ \t?:-]{{{MAX_DEPTH}}}", re.MULTILINE)
_CUT = re.compile(r"(?![ \t]{2,}#[ \t])[ \t]+#")
"a comment right after a plain text, unless it is clearly one, as in “title: Bridge opens  # a comment”"
_CUT_BELOW = re.compile(r"[ \t]*\n([ \t]*)#(?=[^\s#])")
"a comment on the next line that may be meant as text: indented more than the key, no space after the #, as in “#4 had ended”"
_LOSING = re.compile(r"[\s\[{,:][&*!]")
"the possible start of an anchor, an alias or a tag, which YAML would remove from the text"


def read(text: str) -> Node | None:
    """The nodes of front matter that begins on its file's second line; None if it is empty.

    Raises FrontMatterError.
    """
    root = composed(text)
    return None if root is None else _node(root, _source(text), -1)


def composed(text: str) -> yaml.Node | None:
    """Like `read`, but as PyYAML's own nodes, which keep more of how they were written."""
    source = _source(text)
    _check_characters(source)
    try:
        if _LOSING.search(source) or _DEEP.search(source) or source.count("[") + source.count("{") > MAX_DEPTH:
            _check_events(source)
        root: yaml.Node | None = yaml.compose(source, Loader)
    except yaml.YAMLError as error:
        raise _syntax_error(error, source.split("\n")) from error
    return root


def _source(text: str) -> str:
    """The text for PyYAML: with an empty line for the opening ---, so that line numbers are those of the file, and without line separators, which
    end a line only in YAML."""
    return "\n" + text.replace("\u2028", " ").replace("\u2029", " ")


def _node(node: yaml.Node, source: str, indent: int) -> Node:
    """*indent* is the column of the key or dash, from 0: a text continues on lines that are indented more."""
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, source, indent)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_node(item, source, column - 1) for item in node.value), line, column)
    return Mapping(
        tuple((_node(key, source, indent), _node(value, source, key.start_mark.column)) for key, value in node.value), line, column
    )


def _scalar(node: yaml.ScalarNode, source: str, indent: int) -> Scalar:
    start, end = node.start_mark, node.end_mark
    text = node.value.strip()
    written = source[start.index : end.index].rstrip()
    comment = None if node.style else _comment(source, end, indent)
    return Scalar(text, start.line + 1, start.column + 1, "" if written == text else written, comment)


def _comment(source: str, end: "Mark", indent: int) -> Spot | None:
    """The # after a plain text that may have been meant as part of it."""
    behind = _CUT.match(source, end.index)
    if behind:
        return Spot(end.line + 1, end.column + len(behind[0]))
    below = _CUT_BELOW.match(source, end.index)
    return Spot(end.line + 2, len(below[1]) + 1) if below and len(below[1]) > indent else None


def _check_characters(source: str) -> None:
    found = _UNREADABLE.search(source)
    if found is not None:
        before = source[: found.start()]
        spot = Spot(before.count("\n") + 1, found.start() - before.rfind("\n"))
        raise FrontMatterError(f"the character U+{ord(found[0]):04X} is not allowed in front matter", "delete it", spot)


def _check_events(source: str) -> None:
    """Refuse anchors, aliases and tags, which would remove words, and nesting so deep that composing it could crash the process.

    An alias bomb does no harm, because no alias is followed.
    """
    depth = 0
    for event in yaml.parse(source, Loader):
        if isinstance(event, yaml.AliasEvent):
            raise _no_text(event, f"*{event.anchor}", "an alias")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise _no_text(event, f"&{event.anchor}", "an anchor")
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
            raise _no_text(event, event.tag.replace("tag:yaml.org,2002:", "!!"), "a tag")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _too_deep(_spot(event.start_mark))


def _too_deep(spot: Spot) -> FrontMatterError:
    return FrontMatterError(f"lists are nested more than {MAX_DEPTH} levels deep here", "no key needs such a value", spot)


def _no_text(event: yaml.Event, written: str, kind: str) -> FrontMatterError:
    return FrontMatterError(f"YAML reads “{written}” as {kind}, not as text", _QUOTED.format(written[0]), _spot(event.start_mark))


def _spot(mark: "Mark | None") -> Spot:
    return Spot(mark.line + 1, mark.column + 1) if mark else Spot()


def _syntax_error(error: yaml.YAMLError, lines: list[str]) -> FrontMatterError:
    """The loader's error, worded for authors, at the spot to fix."""
    found = error if isinstance(error, yaml.MarkedYAMLError) else yaml.MarkedYAMLError(problem=str(error))
    spot, opened = _spot(found.problem_mark), _spot(found.context_mark)
    before = lines[spot.line - 1][: spot.column - 1] if spot.line <= len(lines) else ""
    for part, pattern, is_at_opening, message, hint in _SYNTAX_ERRORS:
        if part in f"{found.context}: {found.problem}" and re.search(pattern, before):
            return FrontMatterError(message, hint.format(line=spot.line, column=spot.column), opened if is_at_opening else spot)
    if before.count("[") + before.count("{") > MAX_DEPTH:  # the scanner reads ahead, and may hit a limit of its own
        return _too_deep(spot)
    return FrontMatterError(f"invalid YAML: {found.problem}", "look for a missing bracket, quotation mark or colon", spot)


_QUOTED = "put a value that starts with {} in quotation marks"
_UNCLOSED = "look for a missing comma, quotation mark or bracket between here and line {line}, column {column}"
_SYNTAX_ERRORS = (
    # (part of libyaml's message, pattern of the text before its spot, whether the mistake is at the opening, our message, our hint)
    ("found a tab character", "", False, "there is a tab here", "indent with spaces, not tabs"),
    ("scanning a quoted scalar", "", True, "this quotation mark isn’t closed", "close it at the end of the value"),
    ("parsing a flow sequence", "", True, "this bracket isn’t closed", _UNCLOSED),
    ("parsing a flow mapping", "", True, "this bracket isn’t closed", _UNCLOSED),
    ("parsing a flow node", "", False, "a value is missing here", "look for an extra comma or a bracket that isn’t closed"),
    ("parsing a block node", "", False, "a value can’t start with this character", "put the whole value in quotation marks"),
    ("scanning a simple key", "", True, "this key has no colon", "end the key with a colon: title: …"),
    ("scanning an alias", "", True, "a value can’t start with *", _QUOTED.format("*")),
    ("scanning an anchor", "", True, "a value can’t start with &", _QUOTED.format("&")),
    (
        "did not find expected key",
        r"(: |- |^)(\".*\"|'.*'|\[.*\]|\{.*\})\s*$",
        False,
        "the value continues after its closing quotation mark or bracket",
        "put the whole value in the other kind of quotation marks: title: '\"Road of life\" is cut'",
    ),
    (
        "mapping values are not allowed",
        r":\s",
        False,
        "a value without quotation marks can’t contain a colon and a space",
        'put the value in quotation marks: title: "London: a day"',
    ),
    (
        "mapping values are not allowed",
        "",
        False,
        "this line doesn’t fit the one above",
        "add the missing colon above, or fix the indent of this line",
    ),
    (
        "found character that cannot start",
        "",
        False,
        "neither a value nor an indent can start with this character",
        "indent with spaces, not tabs; put a value that starts with @, ` or % in quotation marks",
    ),
    ("block sequence entries", "", False, "a list can’t start with a dash here", "start a new line for each dash, or write [one, other]"),
    ("mapping keys are not allowed", "", False, "a value can’t start with this character", "put the whole value in quotation marks"),
    (
        "found unknown escape character",
        "",
        False,
        "unknown escape sequence after a backslash",
        "put the value in single quotation marks: 'C:\\quay'",
    ),
    (
        "did not find expected",
        "",
        False,
        "this doesn’t fit what comes before it",
        "look for an indent that doesn’t match the lines around it, or a missing bracket or quotation mark",
    ),
)
