"""What a program costs: time, work of the processors, memory. Wants Linux, whose /proc tells it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MB = 1 << 20
TICKS = os.sysconf("SC_CLK_TCK")
BETWEEN_LOOKS_S = 0.1
QUIET_S, MAX_UNREST_S = 0.4, 30.0


class FailedError(RuntimeError):
    """A program didn't do what it was asked to."""


@dataclass(frozen=True, slots=True)
class Cost:
    wall_s: float
    cpu_s: float
    "user and system, of all processes"
    largest_mb: float
    "peak of the process that had most memory"
    others: float
    "processors that other programs kept busy meanwhile"
    written: float = 0
    "files"


@dataclass(frozen=True, slots=True)
class Program:
    """A command line, the folder it runs in, and where its words go."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path

    def cost(self) -> Cost:
        """Of a run to its end. What was written before is on the disk first, so that it isn't written meanwhile."""
        os.sync()
        began, busy = time.perf_counter(), _busy_s()
        with self.running() as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            wall, cpu = time.perf_counter() - began, used.ru_utime + used.ru_stime
            others = max(0.0, _busy_s() - busy - cpu) / wall
        self._expect_success(process.returncode)
        return Cost(wall, cpu, used.ru_maxrss * 1024 / MB, others)

    def peak_mb(self) -> float:
        """Of all its processes together, what they share counted once: looked at so often that it costs time, so in a run of its own."""
        peak = 0.0
        with self.running() as process:
            while process.poll() is None:
                peak = max(peak, sum(map(_memory_mb, _session(process.pid))))
                time.sleep(BETWEEN_LOOKS_S)
        self._expect_success(process.returncode)
        return peak

    @contextmanager
    def running(self) -> "Iterator[subprocess.Popen[bytes]]":
        """Until the block ends, however it does. At the head of a session of its own, by which its processes are known."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            for number in (signal.SIGINT, signal.SIGKILL):
                if _session(process.pid):
                    _end(process, number)

    def _expect_success(self, status: int) -> None:
        if status != 0:
            words = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise FailedError(f"{' '.join(self.command)} ended with {status} in {self.folder}:\n{words}")


def wait_until(is_so: Callable[[], bool], limit_s: float, every_s: float) -> float | None:
    """Seconds until it is so; None if that takes longer than the limit."""
    began = time.perf_counter()
    while time.perf_counter() - began < limit_s:
        if is_so():
            return time.perf_counter() - began
        time.sleep(every_s)
    return None


def wait_for_rest(process: "subprocess.Popen[bytes]") -> None:
    """Until a server has done what it still had to do."""
    quiet_since, before = time.perf_counter(), -1
    end = quiet_since + MAX_UNREST_S
    while (now := time.perf_counter()) < end and now - quiet_since < QUIET_S:
        spent = sum(map(_ticks, _session(process.pid)))
        if spent - before > 1:  # a server that waits has a tick now and then
            quiet_since, before = now, spent
        time.sleep(BETWEEN_LOOKS_S)


def spent_s(process: "subprocess.Popen[bytes]") -> float:
    """User and system time so far of a process at the head of its session, and of all others in it."""
    return sum(map(_ticks, _session(process.pid))) / TICKS


def _end(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
        process.wait(10)
    except (ProcessLookupError, subprocess.TimeoutExpired):
        return


def _session(leader: int) -> list[int]:
    """The processes of a session."""
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and _leader(int(path.name)) == leader]


def _leader(process: int) -> int | None:
    """Whose session it is in; None where the process is gone."""
    try:
        return os.getsid(process)
    except ProcessLookupError:
        return None


def _ticks(process: int) -> int:
    """User and system time, as /proc/PID/stat has it behind the program's name."""
    try:
        fields = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _memory_mb(process: int) -> float:
    """The proportional set size: a page that three processes share is a third of each."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / MB for line in lines if line.startswith("Pss:")), 0.0)


def _busy_s() -> float:
    """Seconds that the machine's processors have worked since it started."""
    user, nice, system, _, _, irq, soft_irq, *_ = map(int, Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:])
    return (user + nice + system + irq + soft_irq) / TICKS
