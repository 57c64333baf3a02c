"""Keep values between runs in sqlite files in .sitegen/. Deleting them is always safe, and no link in there is followed.

A value is bytes, known by a space and a name, and stored with a digest of all three. A damaged value counts as missing, and a
damaged file as empty; both are replaced by the next write. A write is one transaction: however a process ends, a reader sees the
state before it or after it.

Nothing is synchronised to the disk: after a power failure, the digests reveal damaged values.
Source: sqlite.org, "Defense Against The Dark Arts".
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from threading import Lock

from sitegen.builder.digests import digest_of
from sitegen.problems import Problem, Spot, note, problem

FOLDER = ".sitegen"
STATE_FILE = "state.db"
FORMAT = 1
LINK = "this is a symbolic link, and sitegen doesn’t follow links here"

_SCHEMA = (
    "CREATE TABLE item (space TEXT NOT NULL, name TEXT NOT NULL, digest BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (space, name))"
)
_PAGE_SIZE = 16384
"bytes; large, so that a value needs few pages and few reads"
_MAX_WAIT_S = 60
"for another process that writes"
_ENVIRONMENT = {
    sqlite3.SQLITE_BUSY: errno.EAGAIN,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_LOCKED: errno.EAGAIN,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
"errors that say nothing about the file's content"
_SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"the latter if an error's message quotes a damaged file"
_SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")
"end of a journal that names another file, which sqlite may delete; ours never do"

StoreItem = tuple[str, bytes, bytes]
"name, digest, value"


def item(space: str, name: str, value: bytes) -> StoreItem:
    return name, digest_of(space.encode(), name.encode(), value), value


class Store:
    """One file. Threads may share it; a process must close it before it forks."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.is_damaged = False
        "whether any value that was read was damaged"
        self._connection: sqlite3.Connection | None = None
        self._is_void = False
        "the file must be replaced, because it is damaged or has another format"
        self._lock = Lock()

    def value(self, space: str, name: str, digest: bytes | None = None) -> bytes | None:
        """The value; None if it is missing or damaged, or has another digest than *digest*."""
        rows = list(self._rows("SELECT name, digest, value FROM item WHERE space = ? AND name = ?", (space, name)))
        return next((sound[2] for sound in self._sound(space, rows) if digest in (None, sound[1])), None)

    def values(self, space: str) -> Iterator[tuple[str, bytes]]:
        """Each name and value, without the damaged ones. The store can't be used otherwise meanwhile."""
        rows = self._rows("SELECT name, digest, value FROM item WHERE space = ?", (space,))
        return ((name, value) for name, _, value in self._sound(space, rows))

    def names(self, space: str) -> frozenset[str]:
        """Of all values, damaged ones too."""
        rows = self._rows("SELECT name FROM item WHERE space = ?", (space,))
        return frozenset(name for (name,) in rows if isinstance(name, str))

    def write(self, change: Callable[["Writer"], object]) -> None:
        """Apply *change*, or nothing of it; it may be called twice. Raises OSError."""
        with self._lock:
            for is_last in (False, True):
                try:
                    self._write(change)
                    return
                except _SQLITE_ERRORS as error:
                    self._drop_connection()
                    self._judge(error)
                    is_moved = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED
                    if is_last or not (self._is_void or is_moved):
                        raise _as_os_error(error, self.file) from error

    def close(self) -> None:
        """It's opened again when it's needed."""
        with self._lock:
            self._drop_connection()

    def __del__(self) -> None:
        self._drop_connection()

    def _sound(self, space: str, rows: Iterable[tuple[object, ...]]) -> Iterator[StoreItem]:
        for name, digest, value in rows:
            sound = item(space, name, value) if isinstance(name, str) and isinstance(value, bytes) else None
            if sound is not None and sound[1] == digest:
                yield sound
            else:
                self.is_damaged = True

    def _rows(self, query: str, values: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
        with self._lock:
            try:
                connection = self._reading()
                if connection is not None:
                    yield from connection.execute(query, values)
            except (*_SQLITE_ERRORS, OSError) as error:
                self._drop_connection()
                self._judge(error)

    def _reading(self) -> sqlite3.Connection | None:
        """None where there is nothing to read. Raises OSError and sqlite3.Error."""
        if self._connection is None and not self._is_void:
            refuse_link(self.file.parent)
            if not self._is_regular():
                return None
            if not _uses_rollback_journal(self.file):
                self._is_void = self.is_damaged = True
                return None
            self._connection = _connected(self.file)
            if not self._is_ours(self._connection):
                self._drop_connection()
        return self._connection

    def _write(self, change: Callable[["Writer"], object]) -> None:
        """Raises OSError and sqlite3.Error."""
        make_folder(self.file.parent)
        self._reading()
        if self._is_void or not self._is_regular():
            self._remove()
        connection = self._connection = self._connection or _connected(self.file)
        connection.execute("BEGIN IMMEDIATE")
        with connection:  # commits, or rolls back
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                connection.execute(_SCHEMA)
                connection.execute(f"PRAGMA user_version = {FORMAT}")
            change(Writer(connection))

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        """Nothing but our table may be in the file: a view or a trigger would run somebody else's queries. Raises sqlite3.Error."""
        ((version,),) = connection.execute("PRAGMA user_version")
        schema = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master") if sql is not None]
        if version == FORMAT and schema == [_SCHEMA]:
            return True
        self._is_void = bool(version or schema)
        self.is_damaged |= version == FORMAT
        return False

    def _is_regular(self) -> bool:
        """Whether the file exists. A journal that can't be ours is removed. Raises OSError."""
        journal = self._journal()
        mode = _mode(journal)
        if mode and not (S_ISREG(mode) and _is_plain_journal(journal)):
            journal.unlink(missing_ok=True)
        return S_ISREG(_mode(self.file))

    def _remove(self) -> None:
        """Raises OSError."""
        self._drop_connection()
        for file in (self._journal(), self.file):
            file.unlink(missing_ok=True)
        self._is_void = False

    def _journal(self) -> Path:
        return self.file.with_name(f"{self.file.name}-journal")

    def _judge(self, error: Exception) -> None:
        """Decide whether the file is damaged."""
        if not isinstance(error, OSError):
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
            self._is_void = code == sqlite3.SQLITE_IOERR_SHORT_READ or code & 0xFF not in _ENVIRONMENT
            self.is_damaged |= self._is_void

    def _drop_connection(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


class Writer:
    """What a transaction may do. All methods raise sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, space: str, items: Iterable[StoreItem]) -> None:
        """Each in place of the one of its name."""
        rows = ((space, *one) for one in items)
        self._connection.executemany("INSERT OR REPLACE INTO item (space, name, digest, value) VALUES (?, ?, ?, ?)", rows)

    def delete(self, space: str, names: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM item WHERE space = ? AND name = ?", ((space, name) for name in names))

    def clear(self, space: str) -> None:
        self._connection.execute("DELETE FROM item WHERE space = ?", (space,))

    def spaces(self) -> frozenset[str]:
        """Of all values."""
        found = [space for (space,) in self._connection.execute("SELECT DISTINCT space FROM item")]
        if not all(isinstance(space, str) for space in found):
            raise sqlite3.DatabaseError("a space is no text")
        return frozenset(found)


def state_store(root: Path) -> Store:
    """The store of a site's state: see `parse_cache`, `comparison_cache` and `manifest`."""
    return Store(root / FOLDER / STATE_FILE)


def make_folder(folder: Path) -> None:
    """Make .sitegen/. Raises OSError, also where it is a link."""
    with suppress(FileExistsError):
        folder.mkdir()
    refuse_link(folder)


def refuse_link(folder: Path) -> None:
    """Raises OSError where .sitegen/ is a link."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, LINK, str(folder))


def refusal(root: Path) -> Problem | None:
    """Why nothing can be kept in .sitegen/: a link, a file in place of the folder, or a folder that can't be read."""
    path = root / FOLDER
    try:
        mode = path.lstat().st_mode
        if S_ISLNK(mode):
            return problem(FOLDER, Spot(), LINK, "delete the link; sitegen will make a new folder")
        if not S_ISDIR(mode):
            return problem(FOLDER, Spot(), "this is a file, but it should be a folder", "move it somewhere else")
        os.scandir(path).close()
    except FileNotFoundError:
        return None
    except OSError as error:
        return problem(FOLDER, Spot(), f"can’t read this folder: {error.strerror}", "check its permissions")
    return None


def damage_note(file: Path) -> Problem:
    hint = "nothing is lost; if it happens again, check the disk"
    return note(f"{FOLDER}/{file.name}", Spot(), "this file was damaged, so sitegen made a new one", hint)


def _connected(file: Path) -> sqlite3.Connection:
    """Raises sqlite3.Error."""
    connection = sqlite3.connect(file, timeout=_MAX_WAIT_S, isolation_level=None, check_same_thread=False)
    for setting in (
        f"page_size = {_PAGE_SIZE}",
        "synchronous = OFF",
        "temp_store = MEMORY",
        "cell_size_check = ON",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _mode(path: Path) -> int:
    """0 where nothing is. Raises OSError."""
    try:
        return os.lstat(path).st_mode
    except FileNotFoundError:
        return 0


def _uses_rollback_journal(file: Path) -> bool:
    """Whether sqlite will open no other file but the journal: a write-ahead log could be a link. Raises OSError.

    Source: sqlite.org/fileformat2.html, section 1.3.
    """
    with open(file, "rb") as opened:
        return opened.read(20)[18:] in (b"", b"\1\1")


def _is_plain_journal(journal: Path) -> bool:
    """Raises OSError."""
    try:
        with open(journal, "rb") as opened:
            opened.seek(max(0, os.fstat(opened.fileno()).st_size - len(_SUPER_JOURNAL)))
            return opened.read() != _SUPER_JOURNAL
    except FileNotFoundError:  # another process has just finished its write
        return True


def _as_os_error(error: Exception, file: Path) -> OSError:
    code = _ENVIRONMENT.get(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF, errno.EIO)
    return OSError(code, os.strerror(code), str(file))
