"""`ingest` as the tests call it: options by name, a clock that stands, and what a site tells of its content."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sitegen.content.parse import parse
from sitegen.content.read import read
from sitegen.ingest.command import Ingested, ingest
from sitegen.model import Content
from sitegen.problems import Problem

NOW = datetime(2023, 4, 8, 12, 30, 15, tzinfo=UTC)
DAY = "2023-04-07"
BRIDGE = (Path(__file__).parent / "cases" / "ingest" / "bridge.html").read_bytes()

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
) -> Ingested:
    names = [str(name) for name in inputs]
    return ingest(
        root, names, published=published, outlet=outlet, url=url, origin=origin, dry_run=dry_run, stdin=io.BytesIO(stdin), now=NOW
    )


def files(root: Path) -> Mapping[str, bytes]:
    """All files of a site's content, by their paths below it."""
    content = root / "content"
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in sorted(content.rglob("*")) if path.is_file()}


def content_of(root: Path) -> tuple[Content, tuple[Problem, ...]]:
    """What a build with drafts reads, and all it has to say."""
    sources, problems = read(root, with_drafts=True)
    content, more = parse(sources)
    return content, problems + more


def messages(found: Ingested) -> list[str]:
    return [f"{problem.severity}: {problem.message}" for problem in found.problems]
