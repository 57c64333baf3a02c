"""The options of a build, and its result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.problems import Problem


def _nobody(_: int, __: int) -> None:
    return


@dataclass(frozen=True, slots=True)
class BuildOptions:
    output: Path
    with_drafts: bool = False
    base_url: str = ""
    "replaces that of the settings, unless empty"
    jobs: int = 0
    "number of processes; 0: one for each core"
    explains: bool = False
    "find out why each page was rendered"
    on_pages: Callable[[int, int], object] = field(default=_nobody, compare=False)
    "called now and then with the number of finished pages, and of all"


@dataclass(frozen=True, slots=True)
class Written:
    """Changes to the output folder; paths are relative to it."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildResult:
    problems: tuple[Problem, ...]
    written: Written | None
    "None if nothing was written, or not everything"
    entries: int = 0
    why: Mapping[str, str] = field(default_factory=dict)
    "by path of each rendered page: a sentence"
    parsed: int = 0
    "number of files"
    is_torn: bool = False
    "only some files were written"
