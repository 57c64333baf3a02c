"""`sitegen accept`: drafts become entries. Their files move as they are, with one line more: when they were added."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.content.parse import parse_file
from sitegen.content.read import LARGEST_FILE, Source
from sitegen.ingest.filing.shelf import markdown_files
from sitegen.ingest.filing.storing import add_files
from sitegen.ingest.receiving.unreadable import UnreadableError
from sitegen.model import Entry
from sitegen.problems import Problem, Spot, did_you_mean, problem, stops_a_build

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FENCE = re.compile(r"\ufeff?---[ \t]*(\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class Accepted:
    problems: tuple[Problem, ...]
    "any: no draft was moved"
    lines: tuple[str, ...]
    "results, one a line"


@dataclass(frozen=True, slots=True)
class _Move:
    draft: Path
    file: str
    "of the entry, relative to the site's folder"
    data: bytes
    "the draft's, with the line added"


def accept(root: Path, ids: Sequence[str], today: datetime.date) -> Accepted:
    """Moves the drafts to content/entries/ID.md: all of them, or none where one of them has a problem."""
    drafts = {path.stem: path for path in markdown_files(root / "content" / "drafts")}
    entries = {path.stem: path for path in markdown_files(root / "content" / "entries")}
    claimed = {id: path for path in entries.values() for id in _old_ids(root, path)}
    problems: list[Problem] = []
    moves: list[_Move] = []
    for id in dict.fromkeys(ids):
        if id not in drafts:
            problems.append(_unknown(id, drafts, entries))
            continue
        file = drafts[id].relative_to(root).as_posix()
        move = _move(root, drafts[id], file, id, today)
        taken = entries.get(id) or claimed.get(id)
        if isinstance(move, tuple):
            problems += move
        elif taken and not _was_moved(taken, drafts[id]):
            hint = f"{taken.relative_to(root).as_posix()} has it already; rename the draft"
            problems.append(problem(file, Spot(), f"the id “{id}” is taken", hint))
        else:
            moves.append(_Move(drafts[id], taken.relative_to(root).as_posix(), taken.read_bytes()) if taken else move)
    if problems:
        return Accepted(tuple(problems), ())
    return _moved(root, moves)


def _moved(root: Path, moves: Sequence[_Move]) -> Accepted:
    """The entries are all written before the first draft goes, so that nothing is lost whenever this ends."""
    try:
        add_files(root, {move.file: move.data for move in moves})
    except UnreadableError as refusal:
        return Accepted((refusal.problem("content/entries"),), ())
    problems = []
    for move in moves:
        try:
            move.draft.unlink()
        except OSError as error:
            file = move.draft.relative_to(root).as_posix()
            problems.append(
                problem(file, Spot(), f"the entry stands, and its draft can’t be removed: {error.strerror}", "remove it yourself")
            )
    return Accepted(tuple(problems), tuple(f"accepted {move.file}" for move in moves))


def _move(root: Path, path: Path, file: str, id: str, today: datetime.date) -> _Move | tuple[Problem, ...]:
    """The move, or what the draft's author must mend first."""
    if not path.resolve().is_relative_to(root.resolve()):
        return (problem(file, Spot(), "this link leads out of the site’s folder", "copy what it leads to"),)
    try:
        if path.stat().st_size > LARGEST_FILE:
            return (problem(file, Spot(), f"this file is larger than {LARGEST_FILE // 1024**2} MB", "an entry is much smaller"),)
        data = path.read_bytes()
    except OSError as error:
        return (problem(file, Spot(), f"this file can’t be read: {error.strerror}", "look at its permissions"),)
    parsed = parse_file(Source(file, "drafts", data))
    if not isinstance(parsed.fact, Entry) or stops_a_build(parsed.problems):
        return tuple(found for found in parsed.problems if found.severity == "problem")
    if parsed.fact.added:
        return _Move(path, f"content/entries/{id}.md", data)
    added = _with_added(data.decode(), today).encode()
    again = parse_file(Source(file, "drafts", added))
    if not isinstance(again.fact, Entry) or again.problems != parsed.problems or str(again.fact.added) != today.isoformat():
        return (problem(file, Spot(), "no line can be added to this front matter", f"add a line added: {today} to it yourself"),)
    return _Move(path, f"content/entries/{id}.md", added)


def _old_ids(root: Path, path: Path) -> tuple[str, ...]:
    """The aliases of an entry's file."""
    data = path.read_bytes()
    entry = parse_file(Source(path.relative_to(root).as_posix(), "entries", data)).fact if b"aliases" in data else None
    return tuple(alias.text for alias in entry.aliases) if isinstance(entry, Entry) else ()


def _with_added(text: str, day: datetime.date) -> str:
    """The draft with a line `added:` at the end of its front matter; every other character stays."""
    opening = _FENCE.match(text)
    newline = opening[1] if opening else "\n"
    start = opening.end() if opening else 0
    while not _FENCE.fullmatch(line := _line(text, start)) and line:
        start += len(line)
    return f"{text[:start]}added: {day}{newline}{text[start:]}"


def _line(text: str, start: int) -> str:
    found = _LINE.match(text, start)
    return found[0] if found else ""


def _was_moved(entry: Path, draft: Path) -> bool:
    """Whether the entry is the draft with its line, as after an accept that was killed before it removed the draft."""
    try:
        text, written = draft.read_bytes().decode(), entry.read_bytes()
    except (OSError, UnicodeDecodeError):
        return False
    day = re.search(rb"^added: (\d{4}-\d\d-\d\d)\r?$", written, re.MULTILINE)
    return written == text.encode() or (
        day is not None and _with_added(text, datetime.date.fromisoformat(day[1].decode())).encode() == written
    )


def _unknown(id: str, drafts: Iterable[str], entries: Iterable[str]) -> Problem:
    file = f"content/drafts/{id}.md"
    if id in entries:
        return problem(file, Spot(), f"“{id}” is an entry already", "there is no draft with this id")
    known = sorted(drafts)
    hint = did_you_mean(id, known) or (
        "the drafts are " + ", ".join(known[:10]) if known else "there are no drafts; `sitegen ingest` proposes some"
    )
    return problem(file, Spot(), f"no draft has the id “{id}”", hint)
