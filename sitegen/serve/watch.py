"""Looks at the files again when one of them may have changed.

An event is a doorbell: what it says is never believed, the files are looked at. One file that was there before is looked at once;
where several changed, or there is a new one, or git is at work, the look waits until nothing more happens, so that a checkout is one
revision, and so is an archive that is unpacked.
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
"without an event, after which many changes are taken as done"
LONGEST_WAIT_S = 5.0
"for quiet: a file that is written without end is shown now and then"

POLLED_S = 0.3
"between two looks at all files; on a slow drive more, so that four fifths of the time nothing is looked at"

RESTART_S = 1.0
"between a failure that nobody thought of and the next look"

State = dict[Path, tuple[int, int]]
"time of the last change in nanoseconds, and size in bytes, of each file that is there"


def run(
    preview: Preview,
    options: argparse.Namespace,
    say: Callable[[str], None],
    address: str,
    stop: threading.Event,
) -> None:
    """Keep the preview up to date until *stop* is set, whatever goes wrong on the way.

    What was saved after *preview* has read the files, and before the watch began, is looked at too.
    """
    polls: bool = options.poll
    while not stop.is_set():
        try:
            for changed in _polled(preview, stop) if polls else _changes(preview, stop):
                _follow(preview, changed, options, say, address)
        except OSError as error:
            if not polls:
                say(f"can’t watch the folders ({error.strerror or error}); checking the files every {POLLED_S} s instead")
            polls = True
            stop.wait(POLLED_S)
        except Exception as error:
            # Nothing else would notice that this thread has ended, and pages would go on stale.
            preview.fail(error)
            stop.wait(RESTART_S)


def _follow(preview: Preview, changed: set[Path] | None, options: argparse.Namespace, say: Callable[[str], None], address: str) -> None:
    """Refresh the preview and, with --follow, print the address of the entry that was saved."""
    number = preview.revisions.latest
    if preview.refresh(changed) and options.follow:
        followed = preview.revisions.since(number).follow
        if followed:
            say(f"{address}{followed.removeprefix('/')}")


def _polled(preview: Preview, stop: threading.Event) -> Iterator[set[Path] | None]:
    """The same without a watch: all files are looked at in intervals, by times in nanoseconds, which tell two saves of a second apart."""
    root = preview.root
    before = _states(_all_files(root))
    yield None
    gathered = Gathered(preview)
    took_s = 0.0
    while not stop.wait(max(POLLED_S, 4 * took_s)):
        began = time.monotonic()
        now = _states(_all_files(root))
        took_s = time.monotonic() - began
        saved = {path for path in _differing(before, now) if not _is_of_no_interest(path)}
        before = now
        gathered.add(saved)
        if gathered.paths and gathered.is_ready(is_quiet=not saved):
            yield gathered.taken()


def _changes(preview: Preview, stop: threading.Event) -> Iterator[set[Path] | None]:
    """What may have changed together; None: anything. A folder that appears on the way is watched from then on."""
    from watchfiles import watch

    root = preview.root
    settings = _states(_settings_files(root))
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
        gathered = Gathered(preview)
        for number, batch in enumerate(batches):
            saved = {Path(path) for _, path in batch if not _is_of_no_interest(Path(path))}
            gathered.add(saved)
            if number == 0:
                yield None  # what was saved before the watch began
            now = _states(_settings_files(root))
            gathered.add(_differing(settings, now))
            settings = now
            are_others = _identities(_folders(root)) != identities or not _deleted(batch).isdisjoint(folders)
            if gathered.paths and gathered.is_ready(is_quiet=not saved):
                yield gathered.taken()
            if are_others:
                break


class Gathered:
    """What may have changed since the last look."""

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
        if time.monotonic() - self._since > LONGEST_WAIT_S:
            return True
        return not self._git_lock.exists() and (is_quiet or self._is_one_whole_file())

    def _is_one_whole_file(self) -> bool:
        """An empty one may be about to be filled, and a new one the first of many."""
        sizes = [
            size for path in self.paths if (size := _size(path)) is not None or path.suffix
        ]  # what has no suffix and is gone was an editor's
        return len(sizes) == 1 and bool(sizes[0]) and any(map(self._preview.knows, self.paths))

    def taken(self) -> set[Path]:
        paths, self.paths = self.paths, set()
        return paths


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _is_of_no_interest(path: Path) -> bool:
    """An editor's own files."""
    return is_passed_over(path.name) or path.name == "4913"


def _differing(before: State, after: State) -> set[Path]:
    return {path for path, _ in before.items() ^ after.items()}


def _folders(root: Path) -> list[Path]:
    return [root / name for name in FOLDERS if (root / name).is_dir()]


def _identities(folders: Iterable[Path]) -> set[tuple[Path, int, int]]:
    """A watch follows a folder, not its name: one that was replaced by another of the same name has to be watched anew."""
    found = set()
    for folder in folders:
        with suppress(OSError):
            stat = folder.stat()
            found.add((folder, stat.st_dev, stat.st_ino))
    return found


def _deleted(batch: "Iterable[tuple[Change, str]]") -> set[Path]:
    """A folder that was made anew at once may have got the inode of the old one."""
    return {Path(path) for change, path in batch if change.name == "deleted"}


def _settings_files(root: Path) -> list[Path]:
    """An editor may replace them, so they are looked at and not watched."""
    return [root / name for name in SETTINGS_FILES]


def _all_files(root: Path) -> Iterator[Path]:
    yield from _settings_files(root)
    for folder in FOLDERS:
        for path, _, names in os.walk(root / folder):
            yield from (Path(path, name) for name in names)


def _states(paths: Iterable[Path]) -> State:
    found: State = {}
    for path in paths:
        with suppress(OSError):
            stat = path.stat()
            found[path] = stat.st_mtime_ns, stat.st_size
    return found
