"""How commands speak: problems and results as text, JSON or workflow commands, and how far long work is."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn

    from tqdm import tqdm

    from sitegen.problems import Problem

FINE, PROBLEMS, USAGE = 0, 1, 2
_WORTH_A_BAR = 5
"pieces of work; fewer are done before one has read the bar"
_WORTH_A_PAGE_BAR = 500
"pages"


def tell(root: Path, problems: "Sequence[Problem]", format: str, **more: object) -> None:  # noqa: A002  # the option's name
    """Problems to standard error as text or workflow commands, or everything to standard output as one JSON object."""
    from sitegen.build.frames import text_of
    from sitegen.problems import as_github, as_text, json_text

    if format == "json":
        print(json_text(problems, **more))
        return
    sources: dict[str, str | None] = {}
    for found in problems:
        if format == "github":
            print(as_github(found))
            continue
        if found.file not in sources:
            sources[found.file] = text_of(root / found.file)
        print(as_text(found, sources[found.file]), file=sys.stderr)


def report(root: Path, problems: "Sequence[Problem]", lines: Iterable[str], format: str) -> int:  # noqa: A002  # the option's name
    """What a command did, a line each, and its problems; gives the exit status."""
    if format == "json":
        tell(root, problems, "json", lines=list(lines))
    else:
        for line in lines:
            print(line)
        tell(root, problems, format)
    return status(problems)


def status(problems: "Iterable[Problem]") -> int:
    from sitegen.problems import stops_a_build

    return PROBLEMS if stops_a_build(problems) else FINE


def shown(path: Path) -> str:
    """A folder as the reader stands to it."""
    return f"{path.relative_to(Path.cwd())}/" if path.is_relative_to(Path.cwd()) else f"{path}/"


def ask_outlet(name: str) -> str:
    """Who published a report, as the user answers; empty where nobody sits at a terminal."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    print(f"Who published {name}? (Enter if you don’t know) ", end="", file=sys.stderr, flush=True)
    return " ".join(sys.stdin.readline().split())


@contextmanager
def progress(number: int, unit: str) -> Iterator[Callable[[int], object]]:
    """What is to be called as work gets done; on a terminal it moves a bar."""
    if number < _WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda _: None
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # its thread has no use here, and processes are forked
    with tqdm(total=number, unit=f" {unit}", file=sys.stderr, leave=False) as bar:
        yield bar.update


@contextmanager
def page_bar() -> Iterator[Callable[[int, int], object]]:
    """What is to be called as pages are made; on a terminal it moves a bar, which tells the pages a second."""
    bars: list[tqdm[NoReturn]] = []

    def on_pages(done: int, number: int) -> None:
        if number < _WORTH_A_PAGE_BAR or not sys.stderr.isatty():
            return
        if not bars:
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # its thread has no use here, and processes are forked
            bars.append(tqdm(total=number, unit=" pages", file=sys.stderr, leave=False))
        bars[0].update(done - bars[0].n)

    try:
        yield on_pages
    finally:
        for bar in bars:
            bar.close()
