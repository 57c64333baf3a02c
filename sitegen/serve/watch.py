"""Reads the site again when one of its files changes."""

import argparse
import threading
from collections.abc import Callable
from pathlib import Path

from sitegen.config import FILES
from sitegen.problems import Problem
from sitegen.serve.preview import Preview

FOLDERS = ("content", "layouts", "assets")


def run(
    preview: Preview, options: argparse.Namespace, tell: Callable[[tuple[Problem, ...]], None], address: str, stop: threading.Event
) -> None:
    """Until *stop* is set. What is told is told once, however often the files are saved."""
    from watchfiles import watch

    root = preview.root
    folders = [root / name for name in FOLDERS if (root / name).is_dir()]
    settings = _settings_state(root)
    told = preview.problems
    changes = watch(
        *folders, debounce=20, step=1, rust_timeout=500, yield_on_timeout=True, stop_event=stop, force_polling=options.poll or None
    )
    for batch in changes:
        now = _settings_state(root)
        if not batch and now == settings:
            continue
        settings = now
        problems = preview.refresh()
        if problems != told:
            tell(problems)
            told = problems
        print("there are problems; the last good site stays" if preview.is_broken else "read again", flush=True)
        if options.follow:
            _follow(root, {Path(path) for _, path in batch}, address)


def _settings_state(root: Path) -> tuple[tuple[int, int] | None, ...]:
    """Sizes and times of the settings files; an editor may replace the file, so it is looked at and not watched."""
    return tuple(((root / name).stat().st_mtime_ns, (root / name).stat().st_size) if (root / name).is_file() else None for name in FILES)


def _follow(root: Path, changed: set[Path], address: str) -> None:
    for path in sorted(changed):
        folder = path.relative_to(root).parts[:2] if path.is_relative_to(root) else ()
        if folder in (("content", "entries"), ("content", "drafts")) and path.suffix == ".md":
            print(f"{address}entries/{path.stem}/", flush=True)
