"""Files of .sitegen/: replaced whole, read only where their checksum is right, and never reached through a link.

Whoever reads one sees the old state or the new one, however a build ends. Deleting any of them is always safe.
"""

import contextlib
import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISDIR, S_ISLNK
from zlib import crc32

from sitegen.files import NO_BLOCK, NO_LINK, read_regular, write_all
from sitegen.problems import Problem, Spot, note, problem

FOLDER = ".sitegen"
CHECKSUM_SIZE = 4
"bytes"

_LEFT_BEHIND = re.compile(
    r"\.(?:parsed|notebook|traces-[0-9a-f]{16})\.([0-9]{1,9})\.tmp|\.written-[0-9a-f]{16}\.json\.([0-9]{1,9})\.sitegen-tmp"
)
"names of files that a build was writing, with its process"

LINK = "this is a symbolic link, and sitegen doesn’t follow links here"


class DamagedStateError(ValueError):
    """Some bytes are not the ones that were written."""


def replace_state(file: Path, data: bytes) -> None:
    """Raises OSError; then the old state stands."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        make_folder(file.parent)
        write_all(str(beside), data + checksum(data), os.O_TRUNC)
        beside.replace(file)
    except OSError as error:
        error.filename = error.filename if error.errno == errno.ELOOP else str(file)
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def read_state(file: Path) -> bytes:
    """Raises OSError, and DamagedStateError."""
    refuse_link(file.parent)
    data = read_regular(file, follows_link=False) or b""
    return checked(data)


def checksum(data: bytes) -> bytes:
    return crc32(data).to_bytes(CHECKSUM_SIZE, "big")


def checked(data: bytes) -> bytes:
    """*data* without its checksum. Raises DamagedStateError."""
    content = data[:-CHECKSUM_SIZE]
    if checksum(content) != data[-CHECKSUM_SIZE:]:
        raise DamagedStateError
    return content


def make_folder(folder: Path) -> None:
    """Make a folder of .sitegen/, or that itself. Raises OSError, where it is a link too."""
    for one in (folder,) if folder.name == FOLDER else (folder.parent, folder):
        with contextlib.suppress(FileExistsError):
            one.mkdir()
        refuse_link(one)


def refuse_link(folder: Path) -> None:
    """Raises OSError where *folder*, in .sitegen/ or that itself, is a link or lies behind one."""
    for one in (folder,) if folder.name == FOLDER else (folder.parent, folder):
        if one.is_symlink():
            raise OSError(errno.ELOOP, LINK, str(one))


def mark(file: Path) -> None:
    """Make an empty file, or leave the one that is there. Raises OSError."""
    make_folder(file.parent)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | NO_BLOCK | NO_LINK, 0o666))


def refusal(root: Path, folders: Iterable[str]) -> Problem | None:
    """Why nothing can be kept in .sitegen/ and its *folders*: a link, a file in place of a folder, or one that can't be read."""
    for name in (FOLDER, *(f"{FOLDER}/{one}" for one in folders)):
        path = root / name
        try:
            mode = path.lstat().st_mode
            if S_ISLNK(mode):
                return problem(name, Spot(), LINK, "delete the link; sitegen will make a new folder")
            if not S_ISDIR(mode):
                return problem(name, Spot(), "this is a file, but it should be a folder", "move it somewhere else")
            os.scandir(path).close()
        except FileNotFoundError:
            continue
        except OSError as error:
            return problem(name, Spot(), f"can’t read this folder: {error.strerror}", "check its permissions")
    return None


def damaged(file: Path) -> Problem:
    """A note that *file* was thrown away."""
    return note(
        f"{FOLDER}/{file.name}",
        Spot(),
        "this file was damaged, so sitegen made a new one",
        "nothing is lost; if it happens again, check the disk",
    )


def sweep(root: Path) -> None:
    """Remove files that a killed build was writing to .sitegen/."""
    try:
        refuse_link(root / FOLDER)
        found = list(os.scandir(root / FOLDER))
    except OSError:
        return
    for item in found:
        match = _LEFT_BEHIND.fullmatch(item.name)
        if match and item.is_file(follow_symlinks=False) and _has_ended(int(match[1] or match[2])):
            with contextlib.suppress(OSError):
                os.unlink(item.path)


def _has_ended(process: int) -> bool:
    if os.name == "nt":  # there, os.kill would end it
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False
