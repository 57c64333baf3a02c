"""`sitegen ingest`: reports become articles, captures and drafts, or further accounts of what stands. It proposes; an editor disposes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from sitegen import dates
from sitegen.ingest.json_output import JsonOutput
from sitegen.ingest.pipeline import IngestResult, Pipeline
from sitegen.ingest.reader_pool import ReaderPool
from sitegen.ingest.receiving.extract import Options
from sitegen.ingest.receiving.fetch import is_address
from sitegen.ingest.receiving.receive import Received, printable, received
from sitegen.ingest.receiving.unreadable import UnreadableError
from sitegen.problems import Problem, Spot, problem

_MOST_INPUTS = 500
_MOST_BYTES = 8 * 1024**2
"of a batch's inputs; one alone may have more"
_SLACK = timedelta(days=1)
"by which a day may have begun elsewhere"


def _nothing(_: int) -> None:
    pass


def _nobody(_: str) -> str:
    return ""


def ingest(
    root: Path | None,
    inputs: Sequence[str],
    *,
    published: str,
    outlet: str,
    url: str,
    origin: str,
    dry_run: bool,
    stdin: BinaryIO,
    now: datetime,
    jobs: int = 1,
    with_json: bool = False,
    on_done: Callable[[int], object] = _nothing,
    ask_outlet: Callable[[str], str] = _nobody,
) -> IngestResult:
    """Reads the inputs in their order; one that can't be read is told, and the others are read.

    Options are empty where they aren't given. *root* is the site's folder; without one, it must be a dry run. *now* has a zone: what is
    fetched is told to be of then, and no report is of later. *jobs* is a number of processes; 0: one for each core. *with_json* keeps what
    --json tells. *on_done* is called with the number of inputs that are done since it was called last.
    *ask_outlet* is asked who published an input that names no outlet; it answers with nothing where nobody knows.
    """
    result = IngestResult(json_output=JsonOutput() if with_json else None)
    options = Options(published.strip(), outlet, url.strip(), origin, latest=(now + _SLACK).date())
    result.problems += _option_problems(options, inputs)
    if result.problems:
        return result
    try:
        pipeline = Pipeline(root, options, now, result, ask_outlet, dry_run=dry_run)
    except OSError as error:
        result.problems.append(problem("content", Spot(), f"the site can’t be read: {error.strerror}", "look at its permissions"))
        return result
    with ReaderPool(jobs) as pool:
        for batch in _batches(inputs, stdin):
            if not pipeline.take(batch, pool, on_done):
                break
    return result


def _batches(inputs: Sequence[str], stdin: BinaryIO) -> Iterator[list[Received | Problem]]:
    """What is received, or why it can't be; a limited amount at a time, so that memory stays bounded."""
    batch: list[Received | Problem] = []
    size = 0
    for name in inputs:
        one = _received(name, stdin)
        more = len(one.data) if isinstance(one, Received) else 0
        if batch and (len(batch) == _MOST_INPUTS or size + more > _MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += more
    if batch:
        yield batch


def _received(name: str, stdin: BinaryIO) -> Received | Problem:
    try:
        return received(name, stdin)
    except UnreadableError as refusal:
        return refusal.problem(printable(name))


def _option_problems(options: Options, inputs: Sequence[str]) -> list[Problem]:
    problems = []
    if options.published and (refusal := _no_day(options)):
        problems.append(problem("--published", Spot(), *refusal))
    if options.url and not is_address(options.url):
        problems.append(problem("--url", Spot(), f"“{options.url}” is no web address", "it begins with https:// or http://"))
    elif options.url and len(inputs) > 1:
        problems.append(problem("--url", Spot(), f"one address can’t be that of {len(inputs)} reports", "read them one by one"))
    return problems


def _no_day(options: Options) -> tuple[str, str] | None:
    """(message, hint) for what is no day that a report can have."""
    try:
        date = dates.parse(options.published)
    except dates.DateError as error:
        return error.message, error.hint
    if date.shape not in ("day", "time"):
        return f"{date.label} is no day", "a report is published on one day: --published 2023-04-07"
    return options.refusal_of(date)
