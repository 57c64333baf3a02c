"""One piece of work on all cores: this process and others that are forked from it do a share each, in steps.

A share is a generator. Each value that it yields is a step's result; it goes on with the next step when all have done this one,
and the leader wants it. So all can render before anybody writes. A forked process sees all that this one has, and sends back bytes.
"""

import mmap
import os
import signal
import sys
import traceback
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Share = Generator[bytes, None, None]
Item = TypeVar("Item")

_AT_ONCE = 64
"pieces of work that stand side by side in a share: pages of one kind cost about the same"
_SIZE = 8
"bytes that tell the length of what follows"
_GO = b"+"


@dataclass(frozen=True, slots=True)
class _Hand:
    """A forked process."""

    process: int
    results: int
    "descriptors: where its results come from, and where it is told to go on"
    orders: int


class Crew:
    """Leave it with `with`: whoever is still at work then is ended."""

    def __init__(self, shares: Sequence[Callable[[], Share]]) -> None:
        """The first share is this process's own."""
        self._hands: list[_Hand] = []
        for share in shares[1:]:
            self._hands.append(self._forked(share))
        self._own = shares[0]()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self._own.close()
        for hand in self._hands:
            os.close(hand.orders)
            os.close(hand.results)
        for hand in self._hands:
            try:
                os.kill(hand.process, signal.SIGTERM)
            except ProcessLookupError:
                continue
            finally:
                os.waitpid(hand.process, 0)

    def step(self) -> list[bytes]:
        """What each has made in its next step, in the shares' order. Raises ChildProcessError where one of them ended early."""
        for hand in self._hands:
            os.write(hand.orders, _GO)
        own = next(self._own)
        return [own, *(_received(hand) for hand in self._hands)]

    def _forked(self, share: Callable[[], Share]) -> _Hand:
        results, sending = os.pipe()
        hearing, orders = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process:
            os.close(sending)
            os.close(hearing)
            return _Hand(process, results, orders)
        status = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for descriptor in (results, orders, *(one for hand in self._hands for one in (hand.results, hand.orders))):
                os.close(descriptor)
            _follow(share(), hearing, sending)
            status = 0
        finally:  # whatever has happened: behind this stands the leader's work, which is not to be done twice
            error = sys.exc_info()[1]
            if error is not None and not isinstance(error, KeyboardInterrupt | BrokenPipeError):  # those the leader hears of
                traceback.print_exception(error)
            sys.stderr.flush()
            os._exit(status)


class Tally:
    """How many pages all processes have looked at; they share its memory."""

    def __init__(self, number: int, on_pages: Callable[[int, int], object], pages: int) -> None:
        self._shared = mmap.mmap(-1, 8 * number)
        self._on_pages = on_pages
        self._pages = pages
        self._leader = os.getpid()

    def count(self, share: int, done: int) -> None:
        """Of one share. The bar is moved by the process that has it."""
        self._shared[8 * share : 8 * share + 8] = done.to_bytes(8, "little")
        if os.getpid() == self._leader:
            self.tell()

    def tell(self) -> None:
        counts = (int.from_bytes(self._shared[start : start + 8], "little") for start in range(0, len(self._shared), 8))
        self._on_pages(sum(counts), self._pages)


def shares_of(items: Sequence[Item], number: int) -> list[list[Item]]:
    """The items in *number* shares of about the same work, each in their order."""
    runs = [items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE)]
    return [[item for run in runs[first::number] for item in run] for first in range(number)]


def hands_for(jobs: int, pieces: int, worth_it: int) -> int:
    """How many processes to share the work among; *jobs* 0: as many as there are cores for this one."""
    if pieces < worth_it or not hasattr(os, "fork"):
        return 1
    return jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _follow(share: Share, hearing: int, sending: int) -> None:
    while os.read(hearing, 1):
        try:
            result = next(share)
        except StopIteration:
            return
        _send(sending, len(result).to_bytes(_SIZE, "big") + result)


def _send(descriptor: int, message: bytes) -> None:
    left = memoryview(message)
    while left:
        left = left[os.write(descriptor, left) :]


def _received(hand: _Hand) -> bytes:
    return _read(hand, int.from_bytes(_read(hand, _SIZE), "big"))


def _read(hand: _Hand, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = os.read(hand.results, min(length, 1 << 20))
        if not part:
            raise ChildProcessError(hand.process)
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
