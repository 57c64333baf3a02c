"""What tells that a file is still the same without reading it: its size, times and inode, where these are old enough to trust.

A file that is saved twice within one tick of the disk's clock looks the same both times, so what is younger than a tick has no look.
Source: git, Documentation/technical/racy-git.txt.
"""

import os
import time

Look = tuple[int, int, int, int]
"size in bytes, times of the last change of content and of status in nanoseconds, inode"

_TICK_NS = 100_000_000
_COARSE_TICK_NS = 2_500_000_000
"of disks that count in seconds, or in two"


def look_of(path: str, *, follows_link: bool = True) -> Look | None:
    """None where there is nothing, or where its times prove nothing yet."""
    try:
        found = os.stat(path, follow_symlinks=follows_link)
    except OSError:
        return None
    return look_in(found, time.time_ns())


def look_in(found: os.stat_result, now_ns: int) -> Look | None:
    """*now_ns* is not later than the moment at which the file's bytes were read."""
    latest = max(found.st_mtime_ns, found.st_ctime_ns)
    tick = _TICK_NS if latest % 1_000_000 else _COARSE_TICK_NS
    if latest + tick > now_ns:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
