"""Open regular files only: a pipe or a device could block forever, and a link could lead to somebody else's file."""

import errno
import os
from stat import S_ISREG

BINARY: int = getattr(os, "O_BINARY", 0)
"Windows would write another end of line"
NO_BLOCK: int = getattr(os, "O_NONBLOCK", 0)
NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)


class NotRegularFileError(OSError):
    """A pipe, a device or a socket."""


def read_regular(path: str | os.PathLike[str], *, follows_link: bool = True, largest: int | None = None) -> bytes | None:
    """The file's bytes; None where there are more than *largest*. Raises OSError, and NotRegularFileError among them."""
    with open(path, "rb", buffering=0, opener=_at_once if follows_link else _at_once_and_itself) as file:
        status = os.fstat(file.fileno())
        if not S_ISREG(status.st_mode):
            raise NotRegularFileError(errno.EINVAL, "not a regular file", os.fspath(path))
        return None if largest is not None and status.st_size > largest else file.read()


def write_all(path: str, data: bytes, flags: int) -> None:
    """Write *data* to the file at *path*, opened with *flags*, never through a link. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | flags | BINARY | NO_BLOCK | NO_LINK, 0o666)
    try:
        done = os.write(descriptor, data)
        while done < len(data):
            done += os.write(descriptor, data[done:])
    except OSError as error:
        error.filename = path
        raise
    finally:
        os.close(descriptor)


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | NO_BLOCK)


def _at_once_and_itself(path: str, flags: int) -> int:
    return os.open(path, flags | NO_BLOCK | NO_LINK)
