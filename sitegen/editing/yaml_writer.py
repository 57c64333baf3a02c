"""Write front matter that reads back as the same values, whatever they contain.

A value is written plain where YAML can't misread it, and otherwise in double quotes on one line.
Source: YAML 1.1, sections 5.1 (printable characters), 9.1.2 and 9.1.3 (quoted and plain scalars).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

YamlValue: TypeAlias = "str | Sequence[str | Mapping[str, YamlValue]]"
"a string without white space at its ends, a list of strings, or a list of mappings"

_PLAIN = re.compile(r"[^\W_](?:[^:#\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|:(?! |$)|(?<! )#)*")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
_MAX_PLAIN = 1000
_GUESSED = ("null", "Null", "NULL")
_UNPRINTABLE = re.compile(r"[^\S ]+|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def front_matter(fields: Mapping[str, YamlValue], remarks: Mapping[str, Sequence[str]] = MappingProxyType({})) -> str:
    """Write the fields between two --- lines, without empty values. *remarks* are comments to put above their keys."""
    lines: list[str] = []
    for key, value in fields.items():
        if value:
            lines += [f"# {_UNPRINTABLE.sub(' ', remark)}" for remark in remarks.get(key, ())]
        lines += mapping({key: value})
    return "\n".join(("---", *lines, "---", ""))


def item(value: "str | Mapping[str, YamlValue]", indent: int) -> list[str]:
    """Return the lines of a list item whose dash is indented by *indent* spaces."""
    first, *more = (scalar(value),) if isinstance(value, str) else mapping(value)
    return [f"{' ' * indent}- {first}", *(f"{' ' * indent}  {line}" for line in more)]


def mapping(fields: Mapping[str, YamlValue]) -> Iterator[str]:
    for key, value in fields.items():
        if isinstance(value, str):
            if value:
                yield f"{key}: {scalar(value)}"
        elif value:
            yield f"{key}:"
            for one in value:
                yield from item(one, indent=2)


def scalar(text: str) -> str:
    is_plain = len(text) <= _MAX_PLAIN and _PLAIN.fullmatch(text) and text not in _GUESSED and text == text.strip()
    return text if is_plain else f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return "\\" + character if character in '"\\' else f"\\u{ord(character):04X}"
