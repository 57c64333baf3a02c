"""Read the files of a site as a command has left them so far, and list them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.editing.file_transaction import FileTransaction


class SiteFiles:
    """A site's files, including what this run has written; a dry run keeps that in memory only."""

    def __init__(self, root: Path | None, *, writes: bool) -> None:
        self._root, self._writes = root, writes
        self._unwritten: dict[str, bytes] = {}

    def read(self, file: str) -> bytes:
        """Raises: OSError."""
        if file in self._unwritten:
            return self._unwritten[file]
        if self._root is None:
            raise FileNotFoundError(file)
        return (self._root / file).read_bytes()

    @contextmanager
    def committed(self, transaction: FileTransaction) -> Iterator[None]:
        """See `FileTransaction.committed`. Raises: WriteError; nothing is written then."""
        if self._writes and self._root:
            with transaction.committed(self._root):
                yield
        else:
            self._unwritten |= transaction.new | {file: change.after for file, change in transaction.changed.items()}
            yield


def markdown_files(folder: Path) -> Iterator[Path]:
    """List the .md files in the folder and its subfolders, sorted by path."""
    return (path for path in sorted(folder.rglob("*.md")) if not path.name.startswith((".", "#")) and path.is_file())


def published_ids(root: Path, folder: str) -> set[str]:
    """IDs of all pages ever published below /*folder*/, from content/permalinks.txt. Raises: OSError."""
    permalinks = root / "content" / "permalinks.txt"
    lines = permalinks.read_text(encoding="utf-8", errors="replace") if permalinks.is_file() else ""
    return set(re.findall(rf"^/{folder}/([^/\n]+)/", lines, re.MULTILINE))
