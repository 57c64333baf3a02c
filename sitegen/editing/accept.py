"""`sitegen accept`: turn drafts into entries. Files move unchanged, except for a line with the date on which they were added."""

import datetime
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.content.parse import parse_file
from sitegen.content.read import MAX_FILE_BYTES, Source
from sitegen.editing.file_transaction import FileTransaction, WriteError
from sitegen.editing.site_files import markdown_files
from sitegen.model import Entry
from sitegen.problems import Problem, Spot, did_you_mean, problem, stops_a_build

_SUFFIX = ".md"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FENCE = re.compile(r"\ufeff?---[ \t]*(\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class Accepted:
    problems: tuple[Problem, ...]
    "if there are any, no draft was moved"
    lines: tuple[str, ...]
    "one result per line"


@dataclass(frozen=True, slots=True)
class _Move:
    draft: Path
    file: str
    "the entry's path in the site's folder"
    data: bytes
    "the entry's content"


def accept(root: Path, names: Sequence[str], today: datetime.date, here: Path) -> Accepted:
    """Move drafts to content/entries/ID.md; if one of them has a problem, none is moved.

    *names* are ids, or paths relative to *here* or to the site's folder.
    """
    drafts = {path.stem: path for path in markdown_files(root / "content" / "drafts")}
    entries = {path.stem: path for path in markdown_files(root / "content" / "entries")}
    claimed = {id: path for path in entries.values() for id in _old_ids(root, path)}
    named = [_id(root, here, name, drafts, entries) for name in dict.fromkeys(names)]
    problems = [found for found in named if isinstance(found, Problem)]
    moves: list[_Move] = []
    for id in dict.fromkeys(found for found in named if isinstance(found, str)):
        file = drafts[id].relative_to(root).as_posix()
        move = _move(root, drafts[id], file, id, today)
        taken = entries.get(id) or claimed.get(id)
        if isinstance(move, tuple):
            problems += move
        elif taken and not _was_moved(taken, drafts[id]):
            hint = f"{taken.relative_to(root).as_posix()} has it; rename the draft"
            problems.append(problem(file, Spot(), f"the id “{id}” is already taken", hint))
        else:
            moves.append(_Move(drafts[id], taken.relative_to(root).as_posix(), taken.read_bytes()) if taken else move)
    if problems:
        return Accepted(tuple(problems), ())
    return _moved(root, moves)


def _moved(root: Path, moves: Sequence[_Move]) -> Accepted:
    """Write every entry before deleting the first draft, so that nothing is lost if the program is killed."""
    try:
        FileTransaction(new={move.file: move.data for move in moves}).commit(root)
    except WriteError as error:
        return Accepted((error.problem("content/entries"),), ())
    problems = []
    for move in moves:
        try:
            move.draft.unlink()
        except OSError as error:
            file = move.draft.relative_to(root).as_posix()
            problems.append(
                problem(file, Spot(), f"the entry was written, but this draft can’t be deleted: {error.strerror}", "delete it yourself")
            )
    return Accepted(tuple(problems), tuple(f"accepted {move.file}" for move in moves))


def _move(root: Path, path: Path, file: str, id: str, today: datetime.date) -> _Move | tuple[Problem, ...]:
    """Return the move, or the problems that prevent it."""
    if not path.resolve().is_relative_to(root.resolve()):
        return (problem(file, Spot(), "this link points outside the site’s folder", "replace it with a copy of the file"),)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return (problem(file, Spot(), f"this file is larger than {MAX_FILE_BYTES // 1024**2} MB", "an entry is much smaller"),)
        data = path.read_bytes()
    except OSError as error:
        return (problem(file, Spot(), f"this file can’t be read: {error.strerror}", "check its permissions"),)
    parsed = parse_file(Source(file, "drafts", data))
    if not isinstance(parsed.fact, Entry) or stops_a_build(parsed.problems):
        return tuple(found for found in parsed.problems if found.severity == "problem")
    if parsed.fact.added:
        return _Move(path, f"content/entries/{id}.md", data)
    added = _with_added(data.decode(), today).encode()
    again = parse_file(Source(file, "drafts", added))
    if not isinstance(again.fact, Entry) or again.problems != parsed.problems or str(again.fact.added) != today.isoformat():
        return (problem(file, Spot(), "the date can’t be added to this front matter", f"add the line “added: {today}” yourself"),)
    return _Move(path, f"content/entries/{id}.md", added)


def _old_ids(root: Path, path: Path) -> tuple[str, ...]:
    data = path.read_bytes()
    entry = parse_file(Source(path.relative_to(root).as_posix(), "entries", data)).fact if b"aliases" in data else None
    return tuple(alias.text for alias in entry.aliases) if isinstance(entry, Entry) else ()


def _with_added(text: str, day: datetime.date) -> str:
    """Add the line `added:` at the end of the front matter, without changing any other character."""
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
    """Return whether the entry was made from this draft by an accept that was killed before it deleted the draft."""
    try:
        text, written = draft.read_bytes().decode(), entry.read_bytes()
    except (OSError, UnicodeDecodeError):
        return False
    day = re.search(rb"^added: (\d{4}-\d\d-\d\d)\r?$", written, re.MULTILINE)
    return written == text.encode() or (
        day is not None and _with_added(text, datetime.date.fromisoformat(day[1].decode())).encode() == written
    )


def _id(root: Path, here: Path, name: str, drafts: Mapping[str, Path], entries: Mapping[str, Path]) -> str | Problem:
    """Find the draft that *name* refers to: an id first, then a path with or without .md."""
    if name in drafts:
        return name
    is_path = "/" in name or os.sep in name
    if "\0" in name or not (is_path or name.endswith(_SUFFIX)):
        return _unknown(name, drafts, entries)
    ids = {_placed(path): id for id, path in drafts.items()}
    files = [_placed(folder / f"{name}{suffix}") for folder in (here, root) for suffix in ("", _SUFFIX)]
    if id := next((ids[file] for file in files if file in ids), None):
        return id
    file = next((file for file in files if os.path.lexists(file)), None)
    id = Path(name).name.removesuffix(_SUFFIX)
    if file is None and not is_path:
        return id if id in drafts else _unknown(id, drafts, entries)
    return _no_draft(_placed(root), file or files[0], name, id, drafts, entries)


def _placed(path: Path) -> Path:
    """Resolve links and “..” in the path's folder, but not a link in its last component."""
    return Path(os.path.realpath(path.parent)) / path.name if path.name != ".." else Path(os.path.realpath(path))


def _no_draft(root: Path, file: Path, name: str, id: str, drafts: Iterable[str], entries: Mapping[str, Path]) -> Problem:
    folder = root / "content" / "drafts"
    if file.is_dir() and (file == folder or file.is_relative_to(folder)):
        return problem("content/drafts", Spot(), f"“{name}” is a folder, not a draft", "name the drafts in it by their ids or files")
    if file.is_relative_to(folder):
        return _unknown(id, drafts, entries)
    if file.is_relative_to(root / "content" / "entries") and id in entries:
        return problem(
            _placed(entries[id]).relative_to(root).as_posix(), Spot(), f"“{id}” is already an entry", "only drafts can be accepted"
        )
    return problem("content/drafts", Spot(), f"“{name}” is not in content/drafts", "give the draft’s id, or its file in that folder")


def _unknown(id: str, drafts: Iterable[str], entries: Iterable[str]) -> Problem:
    file = f"content/drafts/{id}{_SUFFIX}"
    if id in entries:
        return problem(file, Spot(), f"“{id}” is already an entry", "there is no draft with this id")
    known = sorted(drafts)
    hint = did_you_mean(id, known) or (
        "the drafts are: " + ", ".join(known[:10]) if known else "there are no drafts; `sitegen ingest` creates them"
    )
    return problem(file, Spot(), f"no draft has the id “{id}”", hint)
