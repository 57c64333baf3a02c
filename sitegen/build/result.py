"""What a build is asked for, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.problems import Problem


def _nobody(_: int, __: int) -> None:
    return


@dataclass(frozen=True, slots=True)
class Options:
    output: Path
    with_drafts: bool = False
    base_url: str = ""
    "replaces the settings' own where it is given"
    jobs: int = 0
    "processes to use; 0: as many as there are cores"
    explains: bool = False
    "whether reasons are looked for that take reading what the last build kept"
    on_pages: Callable[[int, int], object] = field(default=_nobody, compare=False)
    "called now and then with how many pages are done, and of how many"


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to its output folder; paths relative to it."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildResult:
    problems: tuple[Problem, ...]
    written: Written | None
    "None where a problem kept everything as it was, or where not all could be written"
    entries: int = 0
    why: Mapping[str, str] = field(default_factory=dict)
    "of each page that was rendered, by its path, a sentence"
    parsed: int = 0
    "files"
    is_torn: bool = False
    "some files were written, and others not"
