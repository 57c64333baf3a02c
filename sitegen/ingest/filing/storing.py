"""How files get into a site's folder: whole or not at all, never over what somebody else wrote meanwhile."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.ingest.receive.unreadable import UnreadableError

_NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"what file systems say that have none"


@dataclass(frozen=True, slots=True)
class Change:
    """A file that stands, and what becomes of it."""

    before: bytes
    after: bytes


@contextmanager
def kept(root: Path, new: Mapping[str, bytes], changed: Mapping[str, Change]) -> Iterator[None]:
    """Adds the new files and changes those that stand; where that fails, or what is done meanwhile, all is as it was.

    Raises: UnreadableError.
    """
    added: list[Path] = []
    try:
        _add(root, new, added)
        for file, change in changed.items():
            change_file(root, file, change)
        yield
    except (UnreadableError, KeyboardInterrupt):
        for path in added:
            path.unlink(missing_ok=True)
        for file, change in changed.items():
            path = (root / file).resolve()
            if path.is_file() and path.read_bytes() == change.after:
                _replace(path, change.before)
        raise


def add_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Writes each file that isn't there, in their order. When one can't be written, those of this call are taken away again.

    Raises: UnreadableError.
    """
    with kept(root, files, {}):
        pass


def _add(root: Path, files: Mapping[str, bytes], added: list[Path]) -> None:
    for file, data in files.items():
        try:
            if add_file(root, file, data):
                added.append(root / file)
        except OSError as error:
            raise UnreadableError(f"{file} can’t be written: {error.strerror}", _remedy(error)) from error


def change_file(root: Path, file: str, change: Change) -> None:
    """Raises: UnreadableError, where it holds something else by now, too."""
    path = (root / file).resolve()
    try:
        if not path.is_relative_to(root.resolve()):
            raise OSError(None, "it is a link that leads out of the site’s folder")
        if not os.access(path, os.W_OK) and path.exists():
            raise PermissionError(None, "it may only be read")
        if path.read_bytes() != change.before:
            raise UnreadableError(f"{file} was changed while the reports were read", "run this again")
        _replace(path, change.after)
    except OSError as error:
        raise UnreadableError(f"{file} can’t be written: {error.strerror}", _remedy(error)) from error


def _replace(path: Path, data: bytes) -> None:
    """The file under this name is the old one or the new one at any moment. Raises: OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(data)
        beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def holds(root: Path, files: Mapping[str, bytes]) -> bool:
    """Whether each of the files is missing or holds these bytes already, as after a run that was killed."""
    return all(not os.path.lexists(root / file) or _is_equal(root / file, data) for file, data in files.items())


def add_file(root: Path, file: str, data: bytes) -> bool:
    """Whether the file was written; it isn't where it stands there already. Raises: OSError, FileExistsError where another stands there."""
    path = root / file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, "its folder is a file") from None
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise OSError(None, "its folder is a link that leads out of the site’s folder")
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(data)
        try:
            os.link(beside, path)  # unlike a rename, it never replaces a file
        except FileExistsError:
            if _is_equal(path, data):
                return False
            raise
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS or os.path.lexists(path):
                raise
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True


def _is_equal(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _remedy(error: OSError) -> str:
    return (
        "it was written just now by another program; run this again"
        if isinstance(error, FileExistsError)
        else "look at the disk and at the folder’s permissions; run this again"
    )
