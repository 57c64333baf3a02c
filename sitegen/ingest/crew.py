"""Share the work on many reports among forked processes; a few reports, or a system without fork, need only this one."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType
from typing import TypeVar

_WORTH_IT = 12
"pieces of work; of fewer, starting processes takes longer than it saves"
_AT_ONCE = 4
"pieces that a process takes at a time"

Given = TypeVar("Given")
Made = TypeVar("Made")


class Crew:
    """*jobs* processes at most; 0: as many as there are cores for this one. What is given to them and what they make is pickled."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs or _cores()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, work: Callable[[Given], Made], given: Sequence[Given]) -> Iterator[Made]:
        """What the work makes of each, in their order."""
        if self._jobs == 1 or len(given) < _WORTH_IT or not hasattr(os, "fork"):
            return map(work, given)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, multiprocessing.get_context("fork"))
        return self._pool.map(work, given, chunksize=_AT_ONCE)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
