"""One piece of work on all cores: this process and others do a share each, in steps.

A share is a generator. Each value that it yields is a step's result; it goes on with the next step when all have done this one,
and the leader wants it. So all can render before anybody writes. A forked process sees all that this one has. Where a system has
no fork, a new Python is started, and told what its share needs. Both send back bytes.
"""

import gc
import mmap
import os
import pickle
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import BinaryIO, TypeVar, cast

Share = Generator[bytes, None, None]
Item = TypeVar("Item")

HAS_FORK = hasattr(os, "fork")

_AT_ONCE = 64
"pieces of work that stand side by side in a share: pages of one kind cost about the same"
_SIZE = 8
"bytes that tell the length of what follows"
_GO = b"+"
_LEADER_SOUGHT_S = 0.5
"how often a process looks whether its leader is still there"


@dataclass(frozen=True, slots=True)
class Work:
    """A share of the work, for another process."""

    here: Callable[[], Share]
    "for one that is forked, and sees all that stands here"
    away: Callable[[], Callable[[], Share]]
    "for one that is started: makes what can be pickled"


@dataclass(frozen=True, slots=True)
class _Hand:
    """Another process."""

    results: BinaryIO
    orders: BinaryIO
    "where it is told to go on"
    end: Callable[[], object]


class Crew:
    """Leave it with `with`: whoever is still at work then is ended."""

    def __init__(self, own: Callable[[], Share], others: Sequence[Work]) -> None:
        """The others begin with theirs at once. Raises ChildProcessError where there can't be another process."""
        self._hands: list[_Hand] = []
        try:
            for work in others:
                self._hands.append(self._forked(work.here) if HAS_FORK else _started(work.away()))
        except OSError as error:
            self._end()
            raise ChildProcessError(error.errno, error.strerror) from error
        self._own = own()
        self._has_begun = False

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self._own.close()
        self._end()

    def step(self) -> list[bytes]:
        """What each has made in its next step, this process first. Raises ChildProcessError where one of them ended early."""
        for hand in self._hands if self._has_begun else ():
            _go_on(hand)
        self._has_begun = True
        own = next(self._own)
        return [own, *(_received(hand) for hand in self._hands)]

    def _end(self) -> None:
        for hand in self._hands:
            hand.end()
            with suppress(OSError):  # what it didn't hear any more
                hand.orders.close()
            hand.results.close()
        self._hands.clear()

    def _forked(self, share: Callable[[], Share]) -> _Hand:
        results, sending = os.pipe()
        hearing, orders = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        leader = os.getpid()
        process = os.fork()
        if process:
            os.close(sending)
            os.close(hearing)
            return _Hand(os.fdopen(results, "rb"), os.fdopen(orders, "wb"), lambda: _end_forked(process))
        status = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for descriptor in (results, orders, *(one.fileno() for hand in self._hands for one in (hand.results, hand.orders))):
                os.close(descriptor)
            _end_with(leader)
            with os.fdopen(hearing, "rb") as heard, os.fdopen(sending, "wb") as sent:
                _follow(share(), heard, sent)
            status = 0
        finally:  # whatever has happened: behind this stands the leader's work, which is not to be done twice
            _report(sys.exc_info()[1])
            os._exit(status)


def follow() -> None:
    """What a process that was started does: the share that it reads first, step by step."""
    gc.disable()
    _end_with(os.getppid())
    results, sys.stdout = sys.stdout.buffer, sys.stderr
    status = 1
    try:
        share = pickle.load(sys.stdin.buffer)  # noqa: S301  # the leader's own words
        _follow(share(), sys.stdin.buffer, results)
        status = 0
    finally:
        _report(sys.exc_info()[1])
        os._exit(status)


class Tally:
    """How many pages all processes have looked at. Those that are forked share its memory; those that are started are taken to be as far as this one."""

    def __init__(self, number: int, on_pages: Callable[[int, int], object], pages: int) -> None:
        self._shared = mmap.mmap(-1, 8 * number)
        self._on_pages = on_pages
        self._pages = pages
        self._leader = os.getpid()

    def count(self, share: int, done: int) -> None:
        """Of one share. The bar is moved by the process that has it."""
        for one in (share,) if HAS_FORK else range(len(self._shared) // 8):
            self._shared[8 * one : 8 * one + 8] = done.to_bytes(8, "little")
        if os.getpid() == self._leader:
            self.tell()

    def tell(self) -> None:
        counts = (int.from_bytes(self._shared[start : start + 8], "little") for start in range(0, len(self._shared), 8))
        self._on_pages(min(sum(counts), self._pages), self._pages)


def shares_of(items: Sequence[Item], number: int) -> list[list[Item]]:
    """The items in *number* shares of about the same work, each in their order."""
    runs = [items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE)]
    return [[item for run in runs[first::number] for item in run] for first in range(number)]


@dataclass(frozen=True, slots=True)
class Worth:
    """From how many pieces of work it pays to share them: of fewer, another process takes longer than it saves."""

    forking: int
    starting: int


ALWAYS = Worth(1, 1)


def hands_for(jobs: int, pieces: int, worth: Worth) -> int:
    """How many processes to share the work among; *jobs* 0: as many as there are cores for this one."""
    if pieces < (worth.forking if HAS_FORK else worth.starting):
        return 1
    return jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _started(share: Callable[[], Share]) -> _Hand:
    code = f"import sys; sys.path[:] = {sys.path!r}; from sitegen.build import crew; crew.follow()"
    work = pickle.dumps(share)
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  # ourselves
    orders, results = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)  # pipes were asked for
    # It reads when it has started, and this process has its own share to do meanwhile.
    told = Thread(target=_tell_work, args=(orders, work))
    told.start()

    def end() -> None:
        process.kill()
        process.wait()
        told.join()

    return _Hand(results, orders, end)


def _tell_work(orders: BinaryIO, work: bytes) -> None:
    with suppress(OSError):  # it has ended, and the leader will hear of it
        _write(orders, work)


def _end_forked(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
    os.waitpid(process, 0)


def _end_with(leader: int) -> None:
    """Ends this process soon after its leader was killed: nobody wants its work, and another build may begin."""

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
    """What ended a process, but for what the leader hears of or has done."""
    if error is not None and not isinstance(error, KeyboardInterrupt | BrokenPipeError):
        traceback.print_exception(error)
    sys.stderr.flush()


def _write(stream: BinaryIO, *parts: bytes) -> None:
    for part in parts:
        stream.write(part)
    stream.flush()


def _go_on(hand: _Hand) -> None:
    try:
        _write(hand.orders, _GO)
    except BrokenPipeError as error:
        raise ChildProcessError from error


def _received(hand: _Hand) -> bytes:
    return _read(hand, int.from_bytes(_read(hand, _SIZE), "big"))


def _read(hand: _Hand, length: int) -> bytes:
    message = hand.results.read(length)
    if len(message) < length:
        raise ChildProcessError
    return message
