"""`ingest` for tests: options by name, a fixed clock, and the resulting content."""

import io
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sitegen.content.parse import parse
from sitegen.content.read import read
from sitegen.ingest.command import ingest
from sitegen.ingest.pipeline import IngestResult
from sitegen.model import Content
from sitegen.problems import Problem

NOW = datetime(2023, 4, 8, 12, 30, 15, tzinfo=UTC)
DAY = "2023-04-07"
_OF_DRAFTS = re.compile(
    "drafted |would draft |no draft |added an account |would add |skipped |wrote |would write |.* are 2 reports and 1 text"
)
BRIDGE = (Path(__file__).parents[1] / "cases" / "ingest" / "bridge.html").read_bytes()

REPORT = """Bridge in Norden opens again

The bridge in Norden was opened on Friday, the council said.

“It is safe,” said Mayor Anna Berg. She crossed it first.
"""


def ingested(
    root: Path | None,
    *inputs: Path | str,
    published: str = "",
    outlet: str = "",
    url: str = "",
    origin: str = "",
    dry_run: bool = False,
    stdin: bytes = b"",
    jobs: int = 1,
) -> IngestResult:
    return ingest(
        root,
        [str(name) for name in inputs],
        published=published,
        outlet=outlet,
        url=url,
        origin=origin,
        dry_run=dry_run,
        stdin=io.BytesIO(stdin),
        now=NOW,
        jobs=jobs,
        with_json=True,
    )


def files(root: Path) -> Mapping[str, bytes]:
    """All files of a site's content, by their paths below it."""
    content = root / "content"
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in sorted(content.rglob("*")) if path.is_file()}


def content_of(root: Path) -> tuple[Content, tuple[Problem, ...]]:
    """The content that a build with drafts reads, with its problems and notes."""
    sources, problems = read(root, with_drafts=True)
    content, more = parse(sources)
    return content, problems + more


def stored(found: IngestResult) -> list[str]:
    """The lines about reports, without those about drafts and shared texts."""
    return [line for line in found.lines if not _OF_DRAFTS.match(line)]


def as_json(found: IngestResult) -> dict[str, list[dict[str, object]]]:
    """What --json prints."""
    assert found.json_output
    told: dict[str, list[dict[str, object]]] = json.loads(json.dumps(found.json_output.as_json()))
    return told


def messages(found: IngestResult) -> list[str]:
    return [f"{problem.severity}: {problem.message}" for problem in found.problems]
