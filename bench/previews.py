"""The servers that an editor works beside: how soon they answer after the start, and how soon a saved edit is there."""

import http.client
import math
import socket
import statistics
import subprocess
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.builds import EDITS, Workplace
from bench.corpus import Entry
from bench.generators import Generator
from bench.measure import FailedError, wait_for_rest, wait_until

LONGEST_START_S, LONGEST_EDIT_S = 300.0, 60.0
BETWEEN_ASKS_S = 0.005
STARTS = ("start, cold", "start, warm")


@dataclass(frozen=True, slots=True)
class Served:
    name: str
    starts_s: dict[str, float]
    "from the start to the first page, by STARTS: medians"
    edits_s: dict[str, list[float]] = field(default_factory=dict)
    "from the save to the new words, in order, by EDITS; what was never shown is infinite"


class Server:
    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self._port = _free_port()
        self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=LONGEST_START_S)
        command = [word.replace("{port}", str(self._port)) for word in workplace.generator.serve]
        self.running = workplace.program(command).running()

    def first_answer_s(self, process: "subprocess.Popen[bytes]") -> float:
        """Seconds from now to the first whole page."""
        entry = self.workplace.entries[len(self.workplace.entries) // 2]
        took = wait_until(lambda: self.shows(entry, "</html>") or process.poll() is not None, LONGEST_START_S, BETWEEN_ASKS_S)
        if took is None or process.poll() is not None:
            raise FailedError(f"{self.workplace.generator.name}: the server doesn't answer")
        return took

    def shows(self, entry: Entry, words: str) -> bool:
        try:
            self._connection.request("GET", f"/entries/{entry.id}/")
            answer = self._connection.getresponse()
            return words.encode() in answer.read() and answer.status == 200
        except (OSError, http.client.HTTPException):
            self._connection.close()
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
        servers = [Server(workplace) for workplace in workplaces]
        processes = [stack.enter_context(server.running) for server in servers]
        for server, process in zip(servers, processes, strict=True):
            server.first_answer_s(process)
        for kind in EDITS:
            took = _edited_in_turns(servers, processes, kind, rounds)
            for one, its_edits in zip(served, took, strict=True):
                one.edits_s[kind] = sorted(its_edits)
                tell(f"{one.name}: {kind}, {1000 * statistics.median(its_edits):.0f} ms")
    return served


def within(seconds: Sequence[float], share: float) -> float:
    """What the quickest of them, so many as *share* says, stay within; they are in order."""
    return seconds[math.ceil(share * len(seconds)) - 1]


def _edited_in_turns(
    servers: Sequence[Server], processes: Sequence["subprocess.Popen[bytes]"], kind: str, rounds: int
) -> list[list[float]]:
    took: list[list[float]] = [[] for _ in servers]
    for turn in range(rounds):
        for server, process, its_edits in zip(servers, processes, took, strict=True):
            workplace = server.workplace
            number = rounds * workplace.generator.edits_a_turn
            for index in range(workplace.generator.edits_a_turn):
                place = turn * workplace.generator.edits_a_turn + index
                its_edits.append(_edit_s(server, process, kind, workplace.entries[place * len(workplace.entries) // number]))
    return took


def _start_s(workplace: Workplace, *, is_cold: bool) -> float:
    if is_cold:
        workplace.start_afresh()
    server = Server(workplace)
    with server.running as process:
        took = server.first_answer_s(process)
        wait_for_rest(process)  # what it remembers for the next start may still have to be written
    return took


def _edit_s(server: Server, process: "subprocess.Popen[bytes]", kind: str, entry: Entry) -> float:
    wait_for_rest(process)
    marker = server.workplace.edit(EDITS[kind], entry)
    took = wait_until(lambda: server.shows(entry, marker), LONGEST_EDIT_S, BETWEEN_ASKS_S)
    return math.inf if took is None else took


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
