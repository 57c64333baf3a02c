"""Share work among forked processes, in steps.

A share is a generator. Each value it yields is the result of a step, as bytes; it continues with the next step once every process
has finished this one. So all pages are rendered before the first is written. A forked process sees everything that its leader has
in memory. A system without fork does all work in one process.
"""

import mmap
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import BinaryIO, TypeVar

Share = Generator[bytes, None, None]
Work = TypeVar("Work")

HAS_FORK = hasattr(os, "fork")

_AT_ONCE = 64
"neighbouring pieces that go into one share; pages of one kind cost about the same"
_SIZE = 8
"of the length of a message, in bytes"
_GO = b"+"
_LEADER_SOUGHT_S = 0.5
"how often a process checks that its leader still runs"


@dataclass(frozen=True, slots=True)
class _Worker:
    """Another process."""

    process: int
    results: BinaryIO
    orders: BinaryIO
    "where the leader asks it to continue"


class WorkerPool:
    """A context manager; it ends the processes that are still running."""

    def __init__(self, own: Callable[[], Share], others: Sequence[Callable[[], Share]]) -> None:
        """The other shares start at once. Raises ChildProcessError if a process can't be forked."""
        self._workers: list[_Worker] = []
        try:
            for share in others:
                self._workers.append(self._forked_worker(share))
        except OSError as error:
            self._end()
            raise ChildProcessError(error.errno, error.strerror) from error
        self._own = own()
        self._has_begun = False

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, *_: object) -> None:
        self._own.close()
        self._end()

    def step(self) -> list[bytes]:
        """The results of the next step, this process's first. Raises ChildProcessError if another process ended early."""
        for worker in self._workers if self._has_begun else ():
            _go_on(worker)
        self._has_begun = True
        own = next(self._own)
        return [own, *(_received(worker) for worker in self._workers)]

    def _end(self) -> None:
        for worker in self._workers:
            _end(worker.process)
            with suppress(OSError):  # it has ended already
                worker.orders.close()
            worker.results.close()
        self._workers.clear()

    def _forked_worker(self, share: Callable[[], Share]) -> _Worker:
        results, sending = os.pipe()
        hearing, orders = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        leader = os.getpid()
        process = os.fork()
        if process:
            os.close(sending)
            os.close(hearing)
            return _Worker(process, os.fdopen(results, "rb"), os.fdopen(orders, "wb"))
        status = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for descriptor in (results, orders, *(one.fileno() for worker in self._workers for one in (worker.results, worker.orders))):
                os.close(descriptor)
            _end_with(leader)
            with os.fdopen(hearing, "rb") as heard, os.fdopen(sending, "wb") as sent:
                _follow(share(), heard, sent)
            status = 0
        finally:  # never return: the caller's work belongs to the leader
            _report(sys.exc_info()[1])
            os._exit(status)


class ProgressCounter:
    """Count the pages that all processes have finished, in memory that they share."""

    def __init__(self, number: int, on_pages: Callable[[int, int], object], pages: int) -> None:
        self._shared = mmap.mmap(-1, 8 * number)
        self._on_pages = on_pages
        self._pages = pages
        self._leader = os.getpid()

    def count(self, share: int, done: int) -> None:
        """Only the leader moves the progress bar."""
        self._shared[8 * share : 8 * share + 8] = done.to_bytes(8, "little")
        if os.getpid() == self._leader:
            self.report()

    def report(self) -> None:
        counts = (int.from_bytes(self._shared[start : start + 8], "little") for start in range(0, len(self._shared), 8))
        self._on_pages(min(sum(counts), self._pages), self._pages)


def shares_of(items: Sequence[Work], number: int) -> list[list[Work]]:
    """Split the items into *number* shares of about equal work, each in order."""
    runs = [items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE)]
    return [[item for run in runs[first::number] for item in run] for first in range(number)]


def worker_count(jobs: int, pieces: int, worth_sharing: int) -> int:
    """The number of processes to use; *jobs* 0: as many as there are cores for this process.

    For fewer pieces than *worth_sharing*, another process costs more than it saves.
    """
    if pieces < worth_sharing or not HAS_FORK:
        return 1
    return jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _end(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
    os.waitpid(process, 0)


def _end_with(leader: int) -> None:
    """End this process soon after its leader was killed; another build may start."""

    def wait() -> None:
        while os.getppid() == leader:
            time.sleep(_LEADER_SOUGHT_S)
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def _follow(share: Share, hearing: BinaryIO, sending: BinaryIO) -> None:
    for result in share:
        _write(sending, len(result).to_bytes(_SIZE, "big"), result)
        if not hearing.read(len(_GO)):
            return


def _report(error: BaseException | None) -> None:
    """Print the error that ended this process, unless the leader knows of it."""
    if error is not None and not isinstance(error, KeyboardInterrupt | BrokenPipeError):
        traceback.print_exception(error)
    sys.stderr.flush()


def _write(stream: BinaryIO, *parts: bytes) -> None:
    for part in parts:
        stream.write(part)
    stream.flush()


def _go_on(worker: _Worker) -> None:
    try:
        _write(worker.orders, _GO)
    except BrokenPipeError as error:
        raise ChildProcessError from error


def _received(worker: _Worker) -> bytes:
    return _read(worker, int.from_bytes(_read(worker, _SIZE), "big"))


def _read(worker: _Worker, length: int) -> bytes:
    message = worker.results.read(length)
    if len(message) < length:
        raise ChildProcessError
    return message
