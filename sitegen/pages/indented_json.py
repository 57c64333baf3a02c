"""Indented JSON as `json.dumps(…, indent=…)` writes it, several times faster: strings are encoded in C."""

from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as quoted

JsonValue = str | int | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


def indented(value: JsonValue, step: str, margin: str = "\n") -> str:
    """*step* is the indent of one level, *margin* the line break and indent before the closing bracket."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int):
        return str(value)
    inner = margin + step
    if isinstance(value, Mapping):
        return _enclosed("{}", [f"{quoted(key)}: {indented(one, step, inner)}" for key, one in value.items()], inner, margin)
    return _enclosed("[]", [indented(one, step, inner) for one in value], inner, margin)


def _enclosed(brackets: str, members: Sequence[str], inner: str, margin: str) -> str:
    return f"{brackets[0]}{inner}{f',{inner}'.join(members)}{margin}{brackets[1]}" if members else brackets
