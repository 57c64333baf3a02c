"""`python -m bench`: measures, tells what it does on standard error, and prints the tables."""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from bench import builds, corpus, previews, tables
from bench.generators import PROJECT, Generator, installed
from bench.measure import FailedError

PAGE = PROJECT / "docs" / "performance.md"
MAX_SERVED = 10_000
MAX_REPEATED = 10_000
"entries; a build of more takes minutes and is measured once"


def main() -> None:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # so that servers and sites don't stay behind
    generators, missing = installed(options.tools, options.beside)
    for sentence in missing:
        _tell(sentence)
    built: dict[int, list[builds.Built]] = {}
    for number in options.sizes:
        fitting = [generator for generator in generators if number <= generator.most_entries]
        if "builds" in options.what:
            load = os.getloadavg()[0]
            built[number] = _built(fitting, number, options)
            text = tables.builds(built[number], number, built.get(10_000, []) if number > 10_000 else [])
            _show(f"builds of {number}", text, fitting, load, is_kept=options.update)
        if "previews" in options.what and number <= MAX_SERVED:
            load = os.getloadavg()[0]
            served = [generator for generator in fitting if not generator.name.startswith(tables.BARE)]
            text = tables.previews(_served(served, number, options), number)
            _show(f"previews of {number}", text, served, load, is_kept=options.update)


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m bench", description="How quick sitegen is beside Hugo and Eleventy.")
    options.add_argument("what", nargs="*", default=["builds", "previews"], help="builds, previews (default: both)")
    options.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000], metavar="N", help="numbers of entries (default: 1000 10000)"
    )
    options.add_argument("--tools", type=Path, metavar="DIR", help="where Hugo and Eleventy are installed: see bench/README.md")
    options.add_argument("--beside", type=Path, metavar="DIR", help="another checkout of sitegen to measure in turns with this one")
    options.add_argument("--runs", type=int, default=3, metavar="N", help="builds and starts of each kind; medians are told (default: 3)")
    options.add_argument("--rounds", type=int, default=10, metavar="N", help="of edits in the previews (default: 10)")
    options.add_argument("--update", action="store_true", help="write the tables into docs/performance.md too")
    options.add_argument("--work", type=Path, metavar="DIR", help="where the sites are made, and removed (default: the temporary folder)")
    chosen = options.parse_args()
    if unknown := set(chosen.what) - {"builds", "previews"}:
        options.error(f"only builds and previews are measured, not {', '.join(sorted(unknown))}")
    for number in chosen.sizes:
        if chosen.update and not tables.has_place(PAGE, f"builds of {number}"):
            options.error(f"docs/performance.md has no place for {number} entries")
    return chosen


def _built(generators: list[Generator], number: int, options: argparse.Namespace) -> list[builds.Built]:
    runs = options.runs if number <= MAX_REPEATED else 1
    with tempfile.TemporaryDirectory(dir=options.work, prefix="bench-") as folder:
        return builds.measured(generators, corpus.entries(number), Path(folder), runs, _tell)


def _served(generators: list[Generator], number: int, options: argparse.Namespace) -> list[previews.Served]:
    with tempfile.TemporaryDirectory(dir=options.work, prefix="bench-") as folder:
        return previews.measured(generators, corpus.entries(number), Path(folder), options.runs, options.rounds, _tell)


def _show(section: str, text: str, generators: list[Generator], load: float, *, is_kept: bool) -> None:
    text = f"{text}\n\n{tables.circumstances(generators, (load, os.getloadavg()[0]))}"
    print(f"## {section} entries\n\n{text}\n", flush=True)
    if is_kept:
        tables.put_into(PAGE, section, text)


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except FailedError as error:
        sys.exit(str(error))
