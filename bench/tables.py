"""What was measured as Markdown: for the terminal, and in the places of docs/performance.md that are kept for it."""

import datetime
import math
import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.builds import EDITS, FRESH, UNCHANGED, WORK, Built
from bench.generators import Generator
from bench.measure import MB
from bench.previews import STARTS, Served, within

BODY, TITLE = EDITS
HUGO, BARE, THEME = "Hugo", "sitegen, bare layouts", "sitegen, its theme"


@dataclass(frozen=True, slots=True)
class Bar:
    what: str
    goal: str
    measured: str
    is_reached: bool


def builds(built: Sequence[Built], number: int, smaller: Sequence[Built]) -> str:
    """*smaller* are the builds of 10,000 entries, where these are of more and those were measured in the same run."""
    hugo = next((one for one in built if one.name == HUGO), None)
    rows = [[work, one.name, *_cost_cells(one, hugo, work)] for work in WORK for one in built]
    costs = _table(
        ["work", "program", "wall", "× Hugo", "CPU", "× Hugo", "largest process", "all processes", "files written", "others"], rows
    )
    files = [[one.name, f"{one.output.pages:,}", f"{one.output.others:,}", f"{one.output.mb:.0f} MB"] for one in built]
    bars = _build_bars(built, number, smaller)
    return "\n\n".join((costs, _table(["program", "pages", "other files", "size"], files), *_bars(bars)))


def previews(served: Sequence[Served], number: int) -> str:
    rows = [
        [
            one.name,
            *(f"{one.starts_s[kind]:.2f} s" for kind in STARTS),
            *(
                cell
                for kind in EDITS
                for cell in (_ms(median(one.edits_s[kind])), _ms(within(one.edits_s[kind], 0.95)), _ms(one.cpu_s[kind]))
            ),
            f"{len(one.edits_s[BODY])}",
        ]
        for one in served
    ]
    head = ["server", *STARTS, "a body: median", "95 %", "CPU", "a title: median", "95 %", "CPU", "edits of each"]
    return "\n\n".join((_table(head, rows), *_bars(_preview_bars(served) if number == 10_000 else [])))


def circumstances(generators: Iterable[Generator], loads: tuple[float, float]) -> str:
    """In a sentence each: when, with what, on which machine, and how busy it was."""
    versions = ", ".join(dict.fromkeys(generator.version for generator in generators))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / MB / 1024
    return (
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}; {versions}, Python {platform.python_version()}; "
        f"{os.cpu_count()} processors ({_processor()}), {memory:.0f} GB, {platform.system()} {platform.release().split('-')[0]}; "
        f"load of the machine {loads[0]:.1f} at the start, {loads[1]:.1f} at the end."
    )


def has_place(page: Path, section: str) -> bool:
    text = page.read_text(encoding="utf-8")
    return all(comment in text for comment in _comments(section))


def put_into(page: Path, section: str, text: str) -> None:
    """Between the section's two comments. Raises ValueError where the page doesn't have them."""
    if not has_place(page, section):
        raise ValueError(f"{page} has no place for {section}")
    begin, end = _comments(section)
    before = page.read_text(encoding="utf-8")
    after = re.sub(f"(?s){re.escape(begin)}.*?{re.escape(end)}", lambda _: f"{begin}\n\n{text}\n\n{end}", before)
    page.write_text(after, encoding="utf-8")


def _comments(section: str) -> tuple[str, str]:
    return f"<!-- {section} -->", f"<!-- end of {section} -->"


def _cost_cells(one: Built, hugo: Built | None, work: str) -> Iterator[str]:
    cost = one.costs[work]
    yield f"{cost.wall_s:.2f} s"
    yield f"{cost.wall_s / hugo.costs[work].wall_s:.2f}" if hugo else "–"
    yield f"{cost.cpu_s:.2f} s"
    yield f"{cost.cpu_s / hugo.costs[work].cpu_s:.2f}" if hugo else "–"
    yield f"{cost.largest_mb:.0f} MB"
    yield f"{one.together_mb:.0f} MB" if work == FRESH else ""
    yield f"{cost.written:,.0f}"
    yield f"{cost.others:.1f}"


def _build_bars(built: Sequence[Built], number: int, smaller: Sequence[Built]) -> Iterator[Bar]:
    by_name = {one.name: one for one in built}
    if number == 10_000 and HUGO in by_name:
        hugo, bare, theme = by_name[HUGO], by_name[BARE], by_name[THEME]
        yield _ratio("build from nothing, bare layouts", bare.costs[FRESH].wall_s, hugo.costs[FRESH].wall_s, 0.9, 0.7)
        yield _ratio("nothing changed", bare.costs[UNCHANGED].wall_s, hugo.costs[UNCHANGED].wall_s, 0.05, 0.02)
        yield _ratio("one body edited", bare.costs[BODY].wall_s, hugo.costs[BODY].wall_s, 0.1, 0.05)
        yield _ratio("memory of a build from nothing, all processes", bare.together_mb, hugo.together_mb, 0.5)
        yield _ratio("build from nothing, its theme", theme.costs[FRESH].wall_s, hugo.costs[FRESH].wall_s, 1.5, 1.0)
    for small in smaller:
        if small.name in (BARE, THEME):
            large, share = by_name[small.name], number / 10_000
            whose = f"{small.name}: {{}} of an entry beside that at 10,000"
            yield _growth(whose.format("time"), large.costs[FRESH].wall_s, share * small.costs[FRESH].wall_s)
            yield _growth(whose.format("memory"), large.together_mb, share * small.together_mb)


def _preview_bars(served: Sequence[Served]) -> Iterator[Bar]:
    by_name: Mapping[str, Served] = {one.name: one for one in served}
    sitegen, hugo = by_name[THEME], by_name.get(HUGO)
    body, title = sitegen.edits_s[BODY], sitegen.edits_s[TITLE]
    yield _at_most("a body: median", median(body), 0.05)
    yield _at_most("a body: 95 of 100", within(body, 0.95), 0.1)
    if hugo:
        yield _ratio("a body: median, on a busy machine", median(body), median(hugo.edits_s[BODY]), 0.05)
    yield _at_most("a title: median", median(title), 0.25)
    yield _at_most("start, warm", sitegen.starts_s[STARTS[1]], 1.0)


def _ratio(what: str, ours: float, theirs: float, bar: float, aim: float | None = None) -> Bar:
    goal = f"{bar} × Hugo" + (f", aim {aim}" if aim else "")
    return Bar(what, goal, f"{ours / theirs:.3f} × Hugo", ours <= bar * theirs)


def _growth(what: str, ours: float, in_proportion: float) -> Bar:
    return Bar(what, "1.2 ×", f"{ours / in_proportion:.2f} ×", ours <= 1.2 * in_proportion)


def _at_most(what: str, seconds: float, limit_s: float) -> Bar:
    return Bar(what, _ms(limit_s), _ms(seconds), seconds <= limit_s)


def _bars(bars: Iterable[Bar]) -> Iterator[str]:
    rows = [[bar.what, bar.goal, bar.measured, "yes" if bar.is_reached else "**no**"] for bar in bars]
    if rows:
        yield _table(["bar", "at most", "measured", "reached"], rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ms(seconds: float) -> str:
    return "not seen" if math.isinf(seconds) else f"{1000 * seconds:.0f} ms"


def _processor() -> str:
    found = re.search(r"(?m)^model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return " ".join(found[1].split()) if found else platform.machine()
