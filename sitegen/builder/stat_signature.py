"""Detect unchanged files by their stat signature, without reading them.

A file that is saved twice within one tick of the disk's clock has the same signature both times, so a file that is younger than a
tick has none.
Source: git, Documentation/technical/racy-git.txt.
"""

import os
import time

StatSignature = tuple[int, int, int, int]
"size in bytes, times of the last change of content and of status in nanoseconds, inode"

_TICK_NS = 100_000_000
_COARSE_TICK_NS = 2_500_000_000
"of disks whose clock has steps of one or two seconds"


def signature_of(path: str, *, follows_link: bool = True) -> StatSignature | None:
    """None if there is no file, or if it is too young."""
    try:
        found = os.stat(path, follow_symlinks=follows_link)
    except OSError:
        return None
    return signature_in(found, time.time_ns())


def signature_in(found: os.stat_result, now_ns: int) -> StatSignature | None:
    """*now_ns*: no later than the moment when the file's bytes were read."""
    latest = max(found.st_mtime_ns, found.st_ctime_ns)
    tick = _TICK_NS if latest % 1_000_000 else _COARSE_TICK_NS
    if latest + tick > now_ns:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
