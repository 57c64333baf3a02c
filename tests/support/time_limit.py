"""End code that hangs: a bounded wait, not a measurement."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

MAX_CPU_SECONDS = 30
"far above what linear time takes on a slow machine, far below what quadratic time takes of the same input"


@contextmanager
def time_limit() -> Iterator[None]:
    """Raise TimeoutError in a block that uses more processor time."""
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"not finished after {MAX_CPU_SECONDS} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
