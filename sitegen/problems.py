"""Problems that an author must fix, notes, and their formats: text, JSON and GitHub annotations.

Code inside one file may raise; between files problems are passed on as values.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["problem", "note"]
Format = Literal["text", "json", "github"]

_UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"control characters, bidi controls, and surrogates (bytes that aren't text)"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a text file."""

    line: int = 1
    "1 for the first line"
    column: int = 1
    "1 for the first character; characters are code points"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    file: str
    "relative to the site's folder, with forward slashes"
    line: int
    column: int
    message: str
    hint: str = ""
    severity: Severity = "problem"


def problem(file: str, spot: Spot, message: str, hint: str = "") -> Problem:
    return Problem(file, spot.line, spot.column, message, hint)


def note(file: str, spot: Spot, message: str, hint: str = "") -> Problem:
    return Problem(file, spot.line, spot.column, message, hint, "note")


def stops_a_build(problems: Iterable[Problem]) -> bool:
    return any(p.severity == "problem" for p in problems)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean “…”?` with the known word most similar to *word*; empty if none is."""
    import difflib  # slow to import, and a build without problems doesn't need it

    by_folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    close = difflib.get_close_matches(word.casefold(), sorted(by_folded), n=1, cutoff=0.7)
    return f"did you mean “{by_folded[close[0]]}”?" if close else ""


def visible(text: str) -> str:
    """*text* for a terminal, with control characters, line ends and bidi controls escaped, as in `\\x1b`."""
    return _UNSEEN.sub(lambda sign: f"\\x{ord(sign[0]):02x}" if ord(sign[0]) < 0x100 else f"\\u{ord(sign[0]):04x}", text)


def visible_json(text: str) -> str:
    """JSON on one line, with these characters as JSON escapes."""
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def as_text(found: Problem, source: str | None = None) -> str:
    """`FILE:LINE:COLUMN: message`, a code frame if *source* is given, and the hint."""
    label = "note: " if found.severity == "note" else ""
    parts = [visible(f"{found.file}:{found.line}:{found.column}: {label}{found.message}")]
    if source is not None:
        parts += code_frame(source, found.line, found.column)
    if found.hint:
        parts.append(visible(f"  hint: {found.hint}"))
    return "\n".join(parts)


def code_frame(source: str, line: int, column: int, width: int = 100) -> list[str]:
    """The source line, cut to *width* around the column, and a caret below the column."""
    lines = source.split("\n")
    if not 1 <= line <= len(lines) or not lines[line - 1].strip():
        return []
    text = lines[line - 1].replace("\t", " ")
    start = max(0, column - width // 2) if len(text) > width else 0
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text[start : start + width])
    gutter = f"  {line} | "
    blank = " " * (len(gutter) - 2) + "| "
    return [gutter + shown, blank + " " * max(0, column - 1 - start) + "^"]


def as_json(problems: Iterable[Problem]) -> list[dict[str, object]]:
    keys = ("file", "line", "column", "severity", "message", "hint")
    return [{key: getattr(found, key) for key in keys} for found in problems]


def json_text(problems: Iterable[Problem], **more: object) -> str:
    import json  # slow to import, too

    return visible_json(json.dumps({"problems": as_json(problems), **more}, ensure_ascii=False))


def as_github(found: Problem) -> str:
    """A workflow command, which GitHub shows next to the line.

    Source: GitHub, "Workflow commands for GitHub Actions": `%`, CR and LF are escaped everywhere, `:` and `,` in properties too.
    """
    level = "error" if found.severity == "problem" else "notice"
    message = found.message + (f"\nhint: {found.hint}" if found.hint else "")
    return f"::{level} file={_property(found.file)},line={found.line},col={found.column}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
