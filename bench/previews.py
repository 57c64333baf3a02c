"""The servers that an editor works beside: how soon they answer after the start, and how soon a saved edit is there."""

import http.client
import math
import socket
import statistics
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.builds import EDITS, Workplace
from bench.corpus import Entry
from bench.generators import Generator
from bench.measure import FailedError, spent_s, wait_for_rest, wait_until

MAX_START_S, MAX_EDIT_S = 300.0, 60.0
BETWEEN_ASKS_S = 0.005
STARTS = ("start, cold", "start, warm")


@dataclass(frozen=True, slots=True)
class Served:
    name: str
    starts_s: dict[str, float]
    "from the start to the first page, by STARTS: medians"
    edits_s: dict[str, list[float]] = field(default_factory=dict)
    "from the save to the new words, in order, by EDITS; what was never shown is infinite"
    cpu_s: dict[str, float] = field(default_factory=dict)
    "mean of the server's user and system time for a save and the requests that wait for it, by EDITS"


@dataclass(frozen=True, slots=True)
class Server:
    workplace: Workplace
    process: "subprocess.Popen[bytes]"
    connection: http.client.HTTPConnection

    def first_answer_s(self) -> float:
        """Seconds from now to the first whole page."""
        entry = self.workplace.entries[len(self.workplace.entries) // 2]
        took = wait_until(lambda: self.shows(entry, "</html>") or self.has_ended(), MAX_START_S, BETWEEN_ASKS_S)
        if took is None or self.has_ended():
            raise FailedError(f"{self.workplace.generator.name}: the server doesn't answer")
        return took

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def shows(self, entry: Entry, words: str) -> bool:
        try:
            self.connection.request("GET", f"/entries/{entry.id}/")
            answer = self.connection.getresponse()
            return words.encode() in answer.read() and answer.status == 200
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return False


def measured(
    generators: Sequence[Generator], entries: Sequence[Entry], folder: Path, starts: int, rounds: int, tell: Callable[[str], None]
) -> list[Served]:
    """They take turns."""
    workplaces = [Workplace(generator, folder, entries) for generator in generators]
    started: list[dict[str, list[float]]] = [{kind: [] for kind in STARTS} for _ in workplaces]
    for _ in range(starts):
        for kind in STARTS:
            for workplace, its_starts in zip(workplaces, started, strict=True):
                its_starts[kind].append(_start_s(workplace, is_cold=kind == STARTS[0]))
                tell(f"{workplace.generator.name}: {kind}, {its_starts[kind][-1]:.2f} s")
    served = [
        Served(workplace.generator.name, {kind: statistics.median(some) for kind, some in its_starts.items()})
        for workplace, its_starts in zip(workplaces, started, strict=True)
    ]
    with ExitStack() as stack:
        servers = [stack.enter_context(_serving(workplace)) for workplace in workplaces]
        for server in servers:
            server.first_answer_s()
        for kind in EDITS:
            took = _edited_in_turns(servers, kind, rounds)
            for one, its_edits in zip(served, took, strict=True):
                one.edits_s[kind] = sorted(seconds for seconds, _ in its_edits)
                one.cpu_s[kind] = statistics.mean(cpu_s for _, cpu_s in its_edits)
                tell(f"{one.name}: {kind}, {1000 * statistics.median(one.edits_s[kind]):.0f} ms")
    return served


def within(seconds: Sequence[float], share: float) -> float:
    """What the quickest of them, so many as *share* says, stay within; they are in order."""
    return seconds[math.ceil(share * len(seconds)) - 1]


def _edited_in_turns(servers: Sequence[Server], kind: str, rounds: int) -> list[list[tuple[float, float]]]:
    took: list[list[tuple[float, float]]] = [[] for _ in servers]
    for turn in range(rounds):
        for server, its_edits in zip(servers, took, strict=True):
            entries, often = server.workplace.entries, server.workplace.generator.edits_a_turn
            for number in range(turn * often, (turn + 1) * often):
                its_edits.append(_edit_s(server, kind, entries[number * len(entries) // (rounds * often)]))
    return took


@contextmanager
def _serving(workplace: Workplace) -> Iterator[Server]:
    port = _free_port()
    command = [word.replace("{port}", str(port)) for word in workplace.generator.serve]
    with (
        closing(http.client.HTTPConnection("127.0.0.1", port, timeout=MAX_START_S)) as connection,
        workplace.program(command).running() as process,
    ):
        yield Server(workplace, process, connection)


def _start_s(workplace: Workplace, *, is_cold: bool) -> float:
    if is_cold:
        workplace.start_afresh()
    with _serving(workplace) as server:
        took = server.first_answer_s()
        wait_for_rest(server.process)  # what it remembers for the next start may still have to be written
    return took


def _edit_s(server: Server, kind: str, entry: Entry) -> tuple[float, float]:
    """Seconds until the new words are there, and the server's CPU seconds."""
    wait_for_rest(server.process)
    spent_before = spent_s(server.process)
    marker = server.workplace.edit(EDITS[kind], entry)
    took = wait_until(lambda: server.shows(entry, marker), MAX_EDIT_S, BETWEEN_ASKS_S)
    wait_for_rest(server.process)
    return math.inf if took is None else took, spent_s(server.process) - spent_before


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
