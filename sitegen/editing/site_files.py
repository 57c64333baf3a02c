"""The files of a site: those below content/, and those that a run writes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.editing.file_transaction import FileTransaction


class SiteFiles:
    """The files of a site, as they are and as this run leaves them; a dry run only remembers what it would have written."""

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
        """Writes the files, the last of them behind what is done meanwhile. Raises: WriteError; then none was written."""
        if self._writes and self._root:
            with transaction.committed(self._root):
                yield
        else:
            self._unwritten |= transaction.new | {file: change.after for file, change in transaction.changed.items()}
            yield


def markdown_files(folder: Path) -> Iterator[Path]:
    """The folder's files that end in .md, below it too, by their paths."""
    return (path for path in sorted(folder.rglob("*.md")) if not path.name.startswith((".", "#")) and path.is_file())


def published_ids(root: Path, folder: str) -> set[str]:
    """Ids of pages below /*folder*/ that were published once, by the site's list. Raises: OSError."""
    permalinks = root / "content" / "permalinks.txt"
    lines = permalinks.read_text(encoding="utf-8", errors="replace") if permalinks.is_file() else ""
    return set(re.findall(rf"^/{folder}/([^/\n]+)/", lines, re.MULTILINE))
