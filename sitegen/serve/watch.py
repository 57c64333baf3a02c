"""Refresh the preview when files may have changed.

Events only trigger a refresh; what changed is read from the files themselves. A single file that existed before is refreshed
immediately. If several files changed, or one is new, or git is running, the refresh waits until the events stop, so that a checkout or
an unpacked archive is one revision.
"""

import argparse
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.content.read import is_passed_over
from sitegen.serve.preview import Preview
from sitegen.site_folder import SETTINGS_FILES

if TYPE_CHECKING:
    from watchfiles import Change

FOLDERS = ("content", "layouts", "assets")
QUIET_MS = 50
"pause in the events after which a batch of changes is considered complete"
MAX_WAIT_S = 5.0
"longest wait for such a pause, so that a file that is written all the time still shows"

POLL_INTERVAL_S = 0.3
"between two scans of all files; longer on a slow drive, so that scanning takes at most a fifth of the time"

RESTART_S = 1.0
"pause after an unexpected error"

FileStates = dict[Path, tuple[int, int]]
"modification time in nanoseconds and size in bytes, by path"


def run(
    preview: Preview,
    options: argparse.Namespace,
    say: Callable[[str], None],
    address: str,
    stop: threading.Event,
) -> None:
    """Keep the preview up to date until *stop* is set, whatever errors occur.

    Files that were saved before the watch started are refreshed too.
    """
    polls: bool = options.poll
    while not stop.is_set():
        try:
            for changed in _polled_changes(preview, stop) if polls else _watched_changes(preview, stop):
                _follow(preview, changed, options, say, address)
        except OSError as error:
            if not polls:
                say(f"can’t watch the folders ({error.strerror or error}); checking the files every {POLL_INTERVAL_S} s instead")
            polls = True
            stop.wait(POLL_INTERVAL_S)
        except Exception as error:
            # If this thread ended, pages would silently become stale.
            preview.fail(error)
            stop.wait(RESTART_S)


def _follow(preview: Preview, changed: set[Path] | None, options: argparse.Namespace, say: Callable[[str], None], address: str) -> None:
    """Refresh the preview and, with --follow, print the address of the entry that was saved."""
    number = preview.revisions.latest
    if preview.refresh(changed) and options.follow:
        followed = preview.revisions.since(number).follow
        if followed:
            say(f"{address}{followed.removeprefix('/')}")


def _polled_changes(preview: Preview, stop: threading.Event) -> Iterator[set[Path] | None]:
    """Batches of changed paths, found by scanning all files at intervals; None for anything."""
    root = preview.root
    before = _file_states(_all_files(root))
    yield None
    pending = PendingChanges(preview)
    took_s = 0.0
    while not stop.wait(max(POLL_INTERVAL_S, 4 * took_s)):
        began = time.monotonic()
        now = _file_states(_all_files(root))
        took_s = time.monotonic() - began
        saved = {path for path in _differing(before, now) if not _is_ignored(path)}
        before = now
        pending.add(saved)
        if pending.paths and pending.is_ready(is_quiet=not saved):
            yield pending.take()


def _watched_changes(preview: Preview, stop: threading.Event) -> Iterator[set[Path] | None]:
    """Batches of changed paths, from file system events; None for anything. New folders are watched as they appear."""
    from watchfiles import watch

    root = preview.root
    settings = _file_states(_settings_files(root))
    while not stop.is_set():
        folders = _folders(root)
        identities = _identities(folders)
        batches = watch(
            *folders,
            watch_filter=None,
            debounce=20,
            step=1,
            rust_timeout=QUIET_MS,
            yield_on_timeout=True,
            stop_event=stop,
        )
        pending = PendingChanges(preview)
        for number, batch in enumerate(batches):
            saved = {Path(path) for _, path in batch if not _is_ignored(Path(path))}
            pending.add(saved)
            if number == 0:
                yield None  # files may have been saved before the watch started
            now = _file_states(_settings_files(root))
            pending.add(_differing(settings, now))
            settings = now
            are_others = _identities(_folders(root)) != identities or not _deleted(batch).isdisjoint(folders)
            if pending.paths and pending.is_ready(is_quiet=not saved):
                yield pending.take()
            if are_others:
                break


class PendingChanges:
    """Paths that may have changed since the last refresh."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._git_lock = preview.root / ".git" / "index.lock"
        self.paths: set[Path] = set()
        self._since = 0.0

    def add(self, paths: set[Path]) -> None:
        if paths and not self.paths:
            self._since = time.monotonic()
        self.paths |= paths

    def is_ready(self, *, is_quiet: bool) -> bool:
        if time.monotonic() - self._since > MAX_WAIT_S:
            return True
        return not self._git_lock.exists() and (is_quiet or self._is_one_whole_file())

    def _is_one_whole_file(self) -> bool:
        """Not an empty file, which may be about to be written, nor a new one, which may be the first of many."""
        sizes = [
            size for path in self.paths if (size := _size(path)) is not None or path.suffix
        ]  # a deleted file without a suffix was an editor's temporary file
        return len(sizes) == 1 and bool(sizes[0]) and any(map(self._preview.knows, self.paths))

    def take(self) -> set[Path]:
        paths, self.paths = self.paths, set()
        return paths


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _is_ignored(path: Path) -> bool:
    """Whether it is a temporary file of an editor."""
    return is_passed_over(path.name) or path.name == "4913"


def _differing(before: FileStates, after: FileStates) -> set[Path]:
    return {path for path, _ in before.items() ^ after.items()}


def _folders(root: Path) -> list[Path]:
    return [root / name for name in FOLDERS if (root / name).is_dir()]


def _identities(folders: Iterable[Path]) -> set[tuple[Path, int, int]]:
    """A watch follows the folder, not its path, so a replaced folder must be watched again."""
    found = set()
    for folder in folders:
        with suppress(OSError):
            stat = folder.stat()
            found.add((folder, stat.st_dev, stat.st_ino))
    return found


def _deleted(batch: "Iterable[tuple[Change, str]]") -> set[Path]:
    """Deleted paths. A folder that is deleted and recreated may get the same inode."""
    return {Path(path) for change, path in batch if change.name == "deleted"}


def _settings_files(root: Path) -> list[Path]:
    """Scanned rather than watched, because an editor may replace them."""
    return [root / name for name in SETTINGS_FILES]


def _all_files(root: Path) -> Iterator[Path]:
    yield from _settings_files(root)
    for folder in FOLDERS:
        for path, _, names in os.walk(root / folder):
            yield from (Path(path, name) for name in names)


def _file_states(paths: Iterable[Path]) -> FileStates:
    found: FileStates = {}
    for path in paths:
        with suppress(OSError):
            stat = path.stat()
            found[path] = stat.st_mtime_ns, stat.st_size
    return found
