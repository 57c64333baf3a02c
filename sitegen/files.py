"""Read and write regular files only: a pipe or a device could block forever, and a link could lead anywhere."""

import errno
import os
from stat import S_ISREG

BINARY: int = getattr(os, "O_BINARY", 0)
"stops Windows from converting line ends"
NO_BLOCK: int = getattr(os, "O_NONBLOCK", 0)
NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)


class NotRegularFileError(OSError):
    """The path is a pipe, a device or a socket."""


def read_regular(path: str | os.PathLike[str], *, follows_link: bool = True, max_bytes: int | None = None) -> bytes | None:
    """The bytes of a file; None if there are more than *max_bytes*. Raises OSError; NotRegularFileError is one."""
    with open(path, "rb", buffering=0, opener=_open_without_blocking if follows_link else _open_without_links) as file:
        status = os.fstat(file.fileno())
        if not S_ISREG(status.st_mode):
            raise NotRegularFileError(errno.EINVAL, "not a regular file", os.fspath(path))
        return None if max_bytes is not None and status.st_size > max_bytes else file.read()


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


def _open_without_blocking(path: str, flags: int) -> int:
    return os.open(path, flags | NO_BLOCK)


def _open_without_links(path: str, flags: int) -> int:
    return os.open(path, flags | NO_BLOCK | NO_LINK)
