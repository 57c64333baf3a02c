"""Reads the site again when one of its files changes."""

import argparse
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sitegen.config import FILES
from sitegen.problems import Problem
from sitegen.serve.preview import Preview

FOLDERS = ("content", "layouts", "assets")

State = dict[Path, tuple[int, int]]
"time of the last change in nanoseconds, and size in bytes, of each file that is there"


def run(
    preview: Preview,
    options: argparse.Namespace,
    tell: Callable[[tuple[Problem, ...]], None],
    address: str,
    before: State,
    stop: threading.Event,
) -> None:
    """Until *stop* is set. What is told is told once, however often the files are saved.

    *before* is the state of the files that *preview* has read: what was saved since then, and before the watch began, is read again.
    """
    told = preview.problems
    for changed in _changes(preview.root, before, stop, options.poll):
        problems = preview.refresh()
        if problems != told:
            tell(problems)
            told = problems
        print("there are problems; the last good site stays" if preview.is_broken else "read again", flush=True)
        if options.follow:
            _follow(preview.root, changed, address)


def _changes(root: Path, before: State, stop: threading.Event, polls: bool) -> Iterator[set[Path]]:
    """Files that changed together. A folder that appears on the way is watched from then on."""
    from watchfiles import watch

    settings = {path: before[path] for path in _settings_files(root) if path in before}
    while not stop.is_set():
        folders = _folders(root)
        batches = watch(
            *folders, debounce=20, step=1, rust_timeout=500, yield_on_timeout=True, stop_event=stop, force_polling=polls or None
        )
        for number, batch in enumerate(batches):
            changed = {Path(path) for _, path in batch}
            if number == 0:
                changed |= _differing(before, state(root))
            now = _states(_settings_files(root))
            changed |= _differing(settings, now)
            settings = now
            if changed:
                yield changed
            appeared = set(_folders(root)) - set(folders)
            if appeared:
                before = {path: found for path, found in state(root).items() if appeared.isdisjoint(path.parents)}
                break


def state(root: Path) -> State:
    """Of all files that a preview reads."""
    return _states([*_settings_files(root), *(path for folder in FOLDERS for path in (root / folder).rglob("*"))])


def _differing(before: State, after: State) -> set[Path]:
    return {path for path, _ in before.items() ^ after.items()}


def _folders(root: Path) -> list[Path]:
    return [root / name for name in FOLDERS if (root / name).is_dir()]


def _settings_files(root: Path) -> list[Path]:
    """An editor may replace them, so they are looked at and not watched."""
    return [root / name for name in FILES]


def _states(paths: Iterable[Path]) -> State:
    found: State = {}
    for path in paths:
        with suppress(OSError):
            stat = path.stat()
            found[path] = stat.st_mtime_ns, stat.st_size
    return found


def _follow(root: Path, changed: set[Path], address: str) -> None:
    for path in sorted(changed):
        folder = path.relative_to(root).parts[:2] if path.is_relative_to(root) else ()
        if folder in (("content", "entries"), ("content", "drafts")) and path.suffix == ".md":
            print(f"{address}entries/{path.stem}/", flush=True)
