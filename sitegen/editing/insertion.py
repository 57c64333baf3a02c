"""Insert keys and list items into front matter as text, leaving everything else as it is.

This does not handle every way to write YAML: `extend` parses the result and rejects it unless it holds the old values and the new ones.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

import yaml

from sitegen.content import frontmatter, yaml_nodes
from sitegen.editing.yaml_writer import YamlValue, item, mapping, scalar

ListItem = str | Mapping[str, YamlValue]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_BRACKETS = re.compile(r"\[[ \t]*\]")
_OF_FLOWS = re.compile(r"[,\[\]{}]")


class FrontMatterLines:
    """The lines of a file, and the YAML nodes of its front matter. Raises: FrontMatterError."""

    def __init__(self, text: str) -> None:
        self.all = _LINE.findall(text)
        plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        parts = frontmatter.split(plain)
        self.fence = parts.body_line - 2
        "index of the closing --- line"
        self.root = yaml_nodes.composed(parts.yaml)

    def node(self, key: str) -> tuple[yaml.Node, yaml.Node] | None:
        """Return the nodes of the key and its value."""
        pairs = self.root.value if isinstance(self.root, yaml.MappingNode) else ()
        return next(((name, value) for name, value in pairs if name.value == key), None)

    def with_lines(self, at: int, new: Sequence[str], *, changed: Mapping[int, str] | None = None) -> str:
        """Insert lines before index *at*, with the line ending of the line above; *changed* replaces lines by index."""
        above = self.all[at - 1]
        newline = above[len(above.rstrip("\r\n")) :]
        kept = [(changed or {}).get(index, line) for index, line in enumerate(self.all)]
        return "".join((*kept[:at], *(f"{line}{newline}" for line in new), *kept[at:]))


def with_keys(lines: FrontMatterLines, fields: Mapping[str, YamlValue]) -> str:
    """Add keys at the end of the front matter."""
    indent = " " * lines.root.start_mark.column if lines.root else ""
    return lines.with_lines(lines.fence, [f"{indent}{line}" for line in mapping(fields)])


def with_items(lines: FrontMatterLines, key: str, items: Sequence[ListItem], *, in_brackets: bool) -> str | None:
    """Add items to the end of a list; None if the list is written in a form that this can't extend.

    *in_brackets*: also extend a list written as [a, b].
    """
    found = lines.node(key)
    if found is None:
        return with_keys(lines, {key: items})
    name, value = found
    indent = name.start_mark.column + 2
    if isinstance(value, yaml.ScalarNode) and not value.value and not value.style:
        return lines.with_lines(name.start_mark.line + 1, _written(items, indent))
    if not isinstance(value, yaml.SequenceNode):
        return None
    if not value.flow_style:
        return lines.with_lines(_end(lines, value), _written(items, value.start_mark.column))
    if not value.value:
        return _unbracketed(lines, value, _written(items, indent))
    return _with_flow_items(lines, value, items) if in_brackets else None


def _written(items: Sequence[ListItem], indent: int) -> list[str]:
    return [line for one in items for line in item(one, indent)]


def _end(lines: FrontMatterLines, sequence: yaml.SequenceNode) -> int:
    """Return the index of the line after the list's last item and the indented comments that follow it.

    Blank lines at the end of a block scalar don't count: values are read without surrounding white space.
    """
    end = _last_line(sequence) + 1
    while not lines.all[end - 1].strip():
        end -= 1
    return end + sum(1 for _ in takewhile(_is_comment_within(sequence.start_mark.column), lines.all[end : lines.fence]))


def _is_comment_within(column: int) -> Callable[[str], bool]:
    return lambda line: line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) > column


def _last_line(node: yaml.Node) -> int:
    """Return the index of the last line that holds characters of the node."""
    if isinstance(node, yaml.ScalarNode):
        is_behind = node.style in ("|", ">") and node.end_mark.column == 0
        return node.end_mark.line - is_behind
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return node.end_mark.line
    last = node.value[-1]
    return max(map(_last_line, last)) if isinstance(last, tuple) else _last_line(last)


def _unbracketed(lines: FrontMatterLines, sequence: yaml.SequenceNode, new: Sequence[str]) -> str | None:
    """Replace [] by a block list below its key."""
    at, start, end = sequence.start_mark.line, sequence.start_mark.column, sequence.end_mark.column
    line = lines.all[at]
    if sequence.end_mark.line != at or not _BRACKETS.fullmatch(line[start:end]):
        return None
    return lines.with_lines(at + 1, new, changed={at: line[:start].rstrip(" ") + line[end:]})


def _with_flow_items(lines: FrontMatterLines, sequence: yaml.SequenceNode, items: Sequence[ListItem]) -> str:
    at, column = sequence.end_mark.line, sequence.end_mark.column - 1
    line = lines.all[at]
    before = line[:column].rstrip(" ")
    comma = "" if before.endswith(",") else ","
    changed = f"{before}{comma} {', '.join(map(_in_flow, items))}{line[column:]}"
    return lines.with_lines(at + 1, (), changed={at: changed})


def _in_flow(value: object) -> str:
    """Format a string, or a mapping of strings."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_in_flow(text)}" for key, text in value.items() if text) + "}"
    text = scalar(str(value))
    return f'"{text}"' if _OF_FLOWS.search(text) and not text.startswith('"') else text
