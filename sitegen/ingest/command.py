"""`sitegen ingest`: store reports with their captures, and propose drafts, or accounts for existing entries, to an editor."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from sitegen import dates
from sitegen.ingest.json_output import JsonOutput
from sitegen.ingest.pipeline import IngestResult, Pipeline
from sitegen.ingest.reader_pool import ReaderPool
from sitegen.ingest.receive.fetch import is_address
from sitegen.ingest.receive.input_bytes import ReceivedInput, printable, received_input
from sitegen.ingest.receive.received_report import ReportOptions
from sitegen.ingest.receive.unreadable import UnreadableError
from sitegen.problems import Problem, Spot, problem

_MAX_INPUTS = 500
_MAX_BYTES = 8 * 1024**2
"of the inputs in a batch, unless a single one is larger"
_SLACK = timedelta(days=1)
"because it may be tomorrow already in the report's time zone"


def _nothing(_: int) -> None:
    pass


def _no_outlet(_: str) -> str:
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
    ask_outlet: Callable[[str], str] = _no_outlet,
) -> IngestResult:
    """Read the inputs in order. An input that can't be read gets a problem, and the others are read all the same.

    Options that aren't given are empty. *root* may only be None in a dry run. *now* has a time zone; it is noted for fetched reports, and no
    report may be published later. *jobs* is the number of processes, 0 for one per core. *with_json* collects what --json prints.
    *on_done* is called with the number of inputs done since the last call. *ask_outlet* is called for each report without an outlet, and
    returns one or an empty string.
    """
    result = IngestResult(json_output=JsonOutput() if with_json else None)
    options = ReportOptions(published.strip(), outlet, url.strip(), origin, latest=(now + _SLACK).date())
    result.problems += _option_problems(options, inputs)
    if result.problems:
        return result
    try:
        pipeline = Pipeline(root, options, now, result, ask_outlet, dry_run=dry_run)
    except OSError as error:
        result.problems.append(problem("content", Spot(), f"the site can’t be read: {error.strerror}", "check its permissions"))
        return result
    with ReaderPool(jobs) as pool:
        for batch in _batches(inputs, stdin):
            if not pipeline.process(batch, pool, on_done):
                break
    return result


def _batches(inputs: Sequence[str], stdin: BinaryIO) -> Iterator[list[ReceivedInput | Problem]]:
    """Receive the inputs in batches of limited size, so that memory stays bounded."""
    batch: list[ReceivedInput | Problem] = []
    size = 0
    for name in inputs:
        one = _received(name, stdin)
        more = len(one.data) if isinstance(one, ReceivedInput) else 0
        if batch and (len(batch) == _MAX_INPUTS or size + more > _MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += more
    if batch:
        yield batch


def _received(name: str, stdin: BinaryIO) -> ReceivedInput | Problem:
    try:
        return received_input(name, stdin)
    except UnreadableError as refusal:
        return refusal.problem(printable(name))


def _option_problems(options: ReportOptions, inputs: Sequence[str]) -> list[Problem]:
    problems = []
    if options.published and (refusal := _date_refusal(options)):
        problems.append(problem("--published", Spot(), *refusal))
    if options.url and not is_address(options.url):
        problems.append(problem("--url", Spot(), f"“{options.url}” is not a web address", "it must begin with https:// or http://"))
    elif options.url and len(inputs) > 1:
        problems.append(problem("--url", Spot(), f"one address can’t belong to {len(inputs)} reports", "ingest them one by one"))
    return problems


def _date_refusal(options: ReportOptions) -> tuple[str, str] | None:
    """Return message and hint if this can't be a publication date."""
    try:
        date = dates.parse(options.published)
    except dates.DateError as error:
        return error.message, error.hint
    if date.shape not in ("day", "time"):
        return f"{date.label} is not a single day", "give the day of publication: --published 2023-04-07"
    return options.refusal_of(date)
