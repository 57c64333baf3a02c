"""Write files to a site all together or not at all, and never over what somebody else wrote in the meantime."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.problems import Problem, Spot, note, problem

_NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"what file systems without hard links answer"


class WriteError(Exception):
    """A file couldn't be written; the message names it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint

    def problem(self, file: str) -> Problem:
        return problem(file, Spot(), self.message, self.hint)

    def note(self, file: str) -> Problem:
        return note(file, Spot(), self.message, self.hint)


@dataclass(frozen=True, slots=True)
class FileChange:
    """The bytes of an existing file, before and after."""

    before: bytes
    after: bytes


@dataclass(slots=True)
class FileTransaction:
    """Files to write, by their paths in the site's folder."""

    new: dict[str, bytes] = field(default_factory=dict)
    changed: dict[str, FileChange] = field(default_factory=dict)
    last: dict[str, bytes] = field(default_factory=dict)
    "new files to write once everything else is done, such as a report's: without it, the next run repeats the work"

    def commit(self, root: Path) -> None:
        """Raises: WriteError; nothing is written then."""
        with self.committed(root):
            pass

    @contextmanager
    def committed(self, root: Path) -> Iterator[None]:
        """Write the files; `last` follows after the body of the with statement. On an error or Ctrl-C every file is restored.

        Raises: WriteError.
        """
        added: list[Path] = []
        try:
            _add(root, self.new, added)
            for file, change in self.changed.items():
                change_file(root, file, change)
            yield
            _add(root, self.last, added)
        except (WriteError, KeyboardInterrupt):
            for path in added:
                path.unlink(missing_ok=True)
            for file, change in self.changed.items():
                path = (root / file).resolve()
                if path.is_file() and path.read_bytes() == change.after:
                    _replace(path, change.before)
            raise


def write_each(root: Path, files: Mapping[str, bytes], existing: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Write each file independently of the others; one that can't be written gets a note.

    *existing* has the bytes that files were read with; a file that has changed since then is left alone, with a note.
    """
    return tuple(found for file, data in files.items() if (found := _write(root, file, data, existing.get(file))))


def add_file(root: Path, file: str, data: bytes) -> bool:
    """Return whether the file had to be written: False if it already holds these bytes.

    Raises: OSError; FileExistsError if it holds others.
    """
    path = root / file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, "its folder is a file") from None
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise OSError(None, "its folder is a link that points outside the site’s folder")
    temporary = _temporary(path)
    try:
        temporary.write_bytes(data)
        try:
            os.link(temporary, path)  # unlike a rename, it never replaces a file
        except FileExistsError:
            if _is_equal(path, data):
                return False
            raise
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS or os.path.lexists(path):
                raise
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def change_file(root: Path, file: str, change: FileChange) -> None:
    """Raises: WriteError; also if the file no longer holds `change.before`."""
    path = (root / file).resolve()
    try:
        if not path.is_relative_to(root.resolve()):
            raise OSError(None, "it is a link that points outside the site’s folder")
        if not os.access(path, os.W_OK) and path.exists():
            raise PermissionError(None, "it is read-only")
        if path.read_bytes() != change.before:
            raise WriteError(f"{file} was changed while this command was running", "run the command again")
        _replace(path, change.after)
    except OSError as error:
        raise _write_error(file, error) from error


def can_add(root: Path, files: Mapping[str, bytes]) -> bool:
    """Whether each file is missing or already holds these bytes, as it may after a run that was killed."""
    return all(not os.path.lexists(root / file) or _is_equal(root / file, data) for file, data in files.items())


def _add(root: Path, files: Mapping[str, bytes], added: list[Path]) -> None:
    """Append the path of each file to *added* as soon as it is written. Raises: WriteError."""
    for file, data in files.items():
        try:
            if add_file(root, file, data):
                added.append(root / file)
        except OSError as error:
            raise _write_error(file, error) from error


def _write(root: Path, file: str, data: bytes, before: bytes | None) -> Problem | None:
    try:
        if before is None:
            _add(root, {file: data}, [])
        else:
            change_file(root, file, FileChange(before, data))
    except WriteError as error:
        return error.note(file)
    return None


def _replace(path: Path, data: bytes) -> None:
    """Replace atomically, keeping the file's permissions. Raises: OSError."""
    temporary = _temporary(path)
    try:
        temporary.write_bytes(data)
        temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def _is_equal(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write_error(file: str, error: OSError) -> WriteError:
    hint = (
        "another program has just written it; run the command again"
        if isinstance(error, FileExistsError)
        else "check the disk and the folder’s permissions, then run the command again"
    )
    return WriteError(f"{file} can’t be written: {error.strerror}", hint)
