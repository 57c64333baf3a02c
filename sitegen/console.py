"""Print problems and results as text, JSON or workflow commands, and show progress."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn, TextIO

    from tqdm import tqdm

    from sitegen.problems import Problem

FINE, PROBLEMS, USAGE = 0, 1, 2
MAX_ALIKE = 3
"notes of one kind that are printed"
_VARYING = re.compile(r"“[^”]*”|\d[\d.,]*")
"parts that vary between notes of one kind"
_MIN_ITEMS_FOR_BAR = 5
"items of work; with fewer, the work is over before a bar can be read"
_MIN_PAGES_FOR_BAR = 500
"pages"


def print_problems(root: Path, problems: "Sequence[Problem]", format: str, **more: object) -> None:  # noqa: A002  # the option's name
    """Print problems: to standard error as text, or to standard output as workflow commands or, together with *more*, as one JSON object."""
    from sitegen.builder.source_text import text_of
    from sitegen.problems import as_github, as_text, json_text

    if format == "json":
        print(json_text(problems, **more))
        return
    if format == "github":
        for found in problems:
            print(as_github(found))
        return
    sources: dict[str, str | None] = {}
    for found, more_alike in _few_of_each(problems):
        if found.file not in sources:
            sources[found.file] = text_of(root, found.file)
        print(as_text(found, sources[found.file]), file=sys.stderr)
        if more_alike:
            print(f"  and {more_alike} more like it; --format json lists them all", file=sys.stderr)


def _few_of_each(problems: "Sequence[Problem]") -> "Iterator[tuple[Problem, int]]":
    """The first notes of each kind, the last of them with the number of notes left out; then all problems."""
    notes = [found for found in problems if found.severity == "note"]
    kind = {found: _VARYING.sub("", found.message) for found in notes}
    number = Counter(kind[found] for found in notes)
    seen: Counter[str] = Counter()
    for found in notes:
        seen[kind[found]] += 1
        if seen[kind[found]] < MAX_ALIKE:
            yield found, 0
        elif seen[kind[found]] == MAX_ALIKE:
            yield found, number[kind[found]] - MAX_ALIKE
    yield from ((found, 0) for found in problems if found.severity == "problem")


def say(line: str, file: "TextIO | None" = None) -> None:
    """Print a line to standard output, or to *file*, with control characters escaped: it may contain names and texts from anywhere."""
    from sitegen.problems import visible

    print(visible(line), file=file, flush=file is not None)


def report(root: Path, problems: "Sequence[Problem]", lines: Iterable[str], format: str) -> int:  # noqa: A002  # the option's name
    """Print the results of a command, a line each, and its problems. Return the exit status."""
    if format == "json":
        print_problems(root, problems, "json", lines=list(lines))
    else:
        for line in lines:
            say(line)
        print_problems(root, problems, format)
    return status(problems)


def status(problems: "Iterable[Problem]") -> int:
    from sitegen.problems import stops_a_build

    return PROBLEMS if stops_a_build(problems) else FINE


def shown(path: Path) -> str:
    """The path of a folder, relative to the current one if it is below it."""
    return f"{path.relative_to(Path.cwd())}/" if path.is_relative_to(Path.cwd()) else f"{path}/"


def ask_outlet(name: str) -> str:
    """Ask the user who published a report. Returns an empty string without a terminal."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    print(f"Who published {name}? (press Enter if you don’t know) ", end="", file=sys.stderr, flush=True)
    return " ".join(sys.stdin.readline().split())


@contextmanager
def progress(number: int, unit: str) -> Iterator[Callable[[int], object]]:
    """Yield a function to call with the number of items done. On a terminal, it moves a progress bar."""
    if number < _MIN_ITEMS_FOR_BAR or not sys.stderr.isatty():
        yield lambda _: None
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no monitor thread: it isn't needed, and processes are forked
    with tqdm(total=number, unit=f" {unit}", file=sys.stderr, leave=False) as bar:
        yield bar.update


@contextmanager
def page_bar() -> Iterator[Callable[[int, int], object]]:
    """Yield a function to call with the number of pages done and of all pages. On a terminal, it moves a progress bar."""
    bars: list[tqdm[NoReturn]] = []

    def on_pages(done: int, number: int) -> None:
        if number < _MIN_PAGES_FOR_BAR or not sys.stderr.isatty():
            return
        if not bars:
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # no monitor thread: it isn't needed, and processes are forked
            bars.append(tqdm(total=number, unit=" pages", file=sys.stderr, leave=False))
        bars[0].update(done - bars[0].n)

    try:
        yield on_pages
    finally:
        for bar in bars:
            bar.close()
