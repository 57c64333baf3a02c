"""Reads the site again when one of its files changes."""

import argparse
import os
import threading
from collections.abc import Callable
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
    from watchfiles import watch

    root = preview.root
    folders = [root / name for name in FOLDERS if (root / name).is_dir()]
    settings = _settings_state(root)
    told = preview.problems
    changes = watch(
        *folders, debounce=20, step=1, rust_timeout=500, yield_on_timeout=True, stop_event=stop, force_polling=options.poll or None
    )
    has_begun = False
    for batch in changes:
        now = _settings_state(root)
        was_missed = not has_begun and state(root) != before
        has_begun = True
        if not batch and now == settings and not was_missed:
            continue
        settings = now
        problems = preview.refresh()
        if problems != told:
            tell(problems)
            told = problems
        print("there are problems; the last good site stays" if preview.is_broken else "read again", flush=True)
        if options.follow:
            _follow(root, {Path(path) for _, path in batch}, address)


def state(root: Path) -> State:
    """Of all files that a preview reads."""
    paths = [root / name for name in FILES] + [path for folder in FOLDERS for path in (root / folder).rglob("*")]
    return {path: (found.st_mtime_ns, found.st_size) for path in paths if (found := _stat(path)) is not None}


def _settings_state(root: Path) -> State:
    """Of the settings files; an editor may replace the file, so it is looked at and not watched."""
    return {path: (found.st_mtime_ns, found.st_size) for name in FILES if (found := _stat(path := root / name)) is not None}


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _follow(root: Path, changed: set[Path], address: str) -> None:
    for path in sorted(changed):
        folder = path.relative_to(root).parts[:2] if path.is_relative_to(root) else ()
        if folder in (("content", "entries"), ("content", "drafts")) and path.suffix == ".md":
            print(f"{address}entries/{path.stem}/", flush=True)
