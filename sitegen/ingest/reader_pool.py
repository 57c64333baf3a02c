"""Read many reports in several forked processes; a few reports, or a system without fork, need only this one."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType
from typing import TypeVar

_MIN_TASKS = 12
"for fewer tasks, starting processes costs more than it saves"
_CHUNK = 4
"tasks that a process gets at a time"

Task = TypeVar("Task")
Result = TypeVar("Result")


class ReaderPool:
    """At most *jobs* processes, started when first needed; 0 means one per core. Tasks and results are pickled."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs or _cores()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "ReaderPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield results in the order of the tasks."""
        if self._jobs == 1 or len(tasks) < _MIN_TASKS or not hasattr(os, "fork"):
            return map(work, tasks)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, multiprocessing.get_context("fork"))
        return self._pool.map(work, tasks, chunksize=_CHUNK)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
