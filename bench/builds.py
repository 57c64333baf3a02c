"""Whole builds: from nothing, with nothing changed, after an edit of a body, after an edit of a title."""

import html
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.corpus import Entry, slug
from bench.generators import Generator
from bench.measure import MB, Cost, FailedError, Program

Edit = Callable[[str, str], str]
"the text of an entry's file and a marker, to the edited text"


@dataclass(frozen=True, slots=True)
class Output:
    pages: int
    others: int
    "feeds, assets and whatever else is no HTML"
    mb: float


@dataclass(frozen=True, slots=True)
class Built:
    """What one generator's builds of one size cost: medians."""

    name: str
    costs: dict[str, Cost]
    "by the work: see WORK"
    together_mb: float
    "peak of all processes together, in a build from nothing"
    output: Output


class Workplace:
    """A generator's site on the disk."""

    def __init__(self, generator: Generator, folder: Path, entries: Sequence[Entry]) -> None:
        self.generator, self.entries = generator, entries
        self.site = folder / slug(generator.name)
        self._aside = folder / "aside"
        self._log = folder / f"{slug(generator.name)}.log"
        self.site.mkdir(parents=True)
        self._aside.mkdir(exist_ok=True)
        generator.write(self.site, entries)

    def program(self, command: Sequence[str]) -> Program:
        return Program(command, self.site, self.generator.environment, self._log)

    def start_afresh(self) -> None:
        """Output and state are moved, not removed: for a while after many files were removed, the disk takes longer to write."""
        for name in (self.generator.output, *self.generator.state):
            if (self.site / name).exists():
                (self.site / name).rename(self._aside / f"{self.site.name}-{time.monotonic_ns()}")

    def edit(self, edit: Edit, entry: Entry) -> str:
        """What the entry's page must show from now on."""
        path, marker = self.generator.source(self.site, entry), f"marked{time.monotonic_ns()}"
        path.write_text(edit(path.read_text(encoding="utf-8"), marker), encoding="utf-8")
        return marker

    def page(self, entry: Entry) -> str:
        return self.generator.page(self.site, entry).read_text(encoding="utf-8")

    def written_since(self, began_ns: int) -> int:
        """Files of the output."""
        return sum(path.stat().st_mtime_ns >= began_ns for path in self._files())

    def output(self) -> Output:
        files = self._files()
        pages = sum(path.suffix == ".html" for path in files)
        return Output(pages, len(files) - pages, sum(path.stat().st_size for path in files) / MB)

    def _files(self) -> list[Path]:
        return [path for path in (self.site / self.generator.output).rglob("*") if path.is_file()]


def edited_body(text: str, marker: str) -> str:
    """Below the first paragraph."""
    return f"{text.rstrip()}\n\nOne paragraph more, {marker}.\n"


def edited_title(text: str, marker: str) -> str:
    return re.sub(r"(?m)^title: .*", f"title: Another title {marker}", text, count=1)


EDITS: dict[str, Edit] = {"one body edited": edited_body, "one title edited": edited_title}
FRESH, UNCHANGED = "from nothing", "nothing changed"
WORK = (FRESH, UNCHANGED, *EDITS)


def measured(
    generators: Sequence[Generator], entries: Sequence[Entry], folder: Path, runs: int, tell: Callable[[str], None]
) -> list[Built]:
    """All do one work before any does the next, so that what else the machine has to do falls on all alike."""
    workplaces = [Workplace(generator, folder, entries) for generator in generators]
    firsts = [_first(workplace, tell) for workplace in workplaces]
    costs: list[dict[str, list[Cost]]] = [{work: [] for work in WORK} for _ in workplaces]
    for run in range(runs):
        for work in WORK:
            for workplace, its_costs in zip(workplaces, costs, strict=True):
                its_costs[work].append(_cost(workplace, work, entries[(2 * run + 1) * len(entries) // (2 * runs)]))
                tell(f"{workplace.generator.name}: {work}, {its_costs[work][-1].wall_s:.2f} s, {its_costs[work][-1].written} files written")
    return [
        Built(workplace.generator.name, {work: _median(some) for work, some in its_costs.items()}, *first)
        for workplace, its_costs, first in zip(workplaces, costs, firsts, strict=True)
    ]


def missing(page: str, entry: Entry) -> list[str]:
    """What a page of an entry must hold, whichever program made it, and doesn't."""
    links = [f'href="/{kind}/{slug(name)}/"' for kind in ("people", "places", "tags") for name in getattr(entry, kind)]
    sources = [f'href="{source}"' for source in entry.sources]
    words = html.unescape(re.sub("<[^>]*>", "", page))
    sentences = re.findall(r"(?<![\w*] )\b[A-Z][a-z ]+\.", entry.body)
    day = f"{entry.at.day} {entry.at:%B %Y}"
    return [part for part in (*links, *sources) if part not in page] + [
        part for part in (entry.title, day, *sentences) if part not in words
    ]


def _first(workplace: Workplace, tell: Callable[[str], None]) -> tuple[float, Output]:
    """The peak of memory, and what comes out; this build brings all files into the machine's memory, for those that are timed."""
    peak_mb = workplace.program(workplace.generator.build).peak_mb()
    tell(f"{workplace.generator.name}: built {len(workplace.entries)} entries a first time, with {peak_mb:.0f} MB")
    _expect_whole_pages(workplace)
    return peak_mb, workplace.output()


def _expect_whole_pages(workplace: Workplace) -> None:
    for entry in workplace.entries[:: max(1, len(workplace.entries) // 50)]:
        if lost := missing(workplace.page(entry), entry):
            raise FailedError(f"{workplace.generator.name}: the page of {entry.id} lacks {lost}")


def _cost(workplace: Workplace, work: str, entry: Entry) -> Cost:
    marker = ""
    if work == FRESH:
        workplace.start_afresh()
    elif work in EDITS:
        marker = workplace.edit(EDITS[work], entry)
    began_ns = time.time_ns()
    cost = workplace.program(workplace.generator.build).cost()
    if marker not in workplace.page(entry):
        raise FailedError(f"{workplace.generator.name}: the page of {entry.id} doesn't show the edit ({work})")
    return replace(cost, written=workplace.written_since(began_ns))


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in Cost.__slots__))
