"""Read and parse files of content/, on all cores where they are many."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from msgspec import MsgspecError

from sitegen.builder.digests import digest_of
from sitegen.builder.parsed_file import ParsedFile, received, sent, shown_digest, spooled
from sitegen.builder.spool import Spool
from sitegen.builder.stat_signature import StatSignature, signature_of
from sitegen.builder.worker_pool import Share, WorkerPool, shares_of, worker_count
from sitegen.content import read
from sitegen.content.parse import parse_file
from sitegen.content.read import Listed, Source
from sitegen.problems import Problem

WORTH_SHARING = 200
"files"

ParseResults = dict[str, ParsedFile | Problem]
"by file; a problem where it can't be read"


def parse_files(root: Path, listed: Sequence[Listed], known: Mapping[str, ParsedFile], jobs: int) -> ParseResults:
    """A file with the bytes of a *known* one isn't parsed again. No store may be open, since this may fork."""
    number = worker_count(jobs, len(listed), WORTH_SHARING)
    if number == 1:
        return _parsed(listed, known)
    try:
        return _parsed_by_many(root, listed, known, number)
    except (OSError, MsgspecError):  # a process was ended from outside, as where memory is short, or .sitegen/ can't be written to
        return _parsed(listed, known)


def parsed_file(source: Source, digest: bytes, signature: StatSignature | None) -> ParsedFile:
    parsed = parse_file(source)
    facts = parsed.facts
    return ParsedFile(facts, parsed.body, digest, signature, shown_digest(facts) if is_text(source.file) else b"")


def is_text(file: str) -> bool:
    """Whether the name is UTF-8."""
    try:
        file.encode()
    except UnicodeEncodeError:
        return False
    return True


def _parsed(listed: Iterable[Listed], known: Mapping[str, ParsedFile]) -> ParseResults:
    return {one.file: _parsed_file(one, known.get(one.file)) for one in listed}


def _parsed_by_many(root: Path, listed: Sequence[Listed], known: Mapping[str, ParsedFile], number: int) -> ParseResults:
    """Raises OSError and msgspec.MsgspecError."""
    # The first one is parsed here, so that what parsing imports is there before the processes part.
    found = _parsed([listed[0], *(one for one in listed if not is_text(one.file))], known)
    own, *others = shares_of([one for one in listed if one.file not in found], number)
    own_spool, *spools = (Spool(root) for _ in range(number))
    shares = [partial(_share, share, known, spool) for share, spool in zip(others, spools, strict=True)]
    with WorkerPool(lambda: _own_share(own, known, own_spool, found), shares) as pool:
        _, *messages = pool.step()
    for message, spool in zip(messages, spools, strict=True):
        found |= received(message, spool)
    return found


def _own_share(listed: Iterable[Listed], known: Mapping[str, ParsedFile], spool: Spool, found: ParseResults) -> Share:
    """Raises OSError."""
    found |= _spooled(listed, known, spool)
    yield b""


def _share(listed: Iterable[Listed], known: Mapping[str, ParsedFile], spool: Spool) -> Share:
    """Yields nothing that can be decoded where .sitegen/ can't be written to."""
    with suppress(OSError):
        yield sent(_spooled(listed, known, spool))
    yield b""


def _spooled(listed: Iterable[Listed], known: Mapping[str, ParsedFile], spool: Spool) -> ParseResults:
    """Raises OSError."""
    found: ParseResults = {}
    for one in listed:
        parsed = _parsed_file(one, known.get(one.file))
        found[one.file] = parsed if isinstance(parsed, Problem) else spooled(one.file, parsed, spool)
    spool.flush()
    return found


def _parsed_file(listed: Listed, known: ParsedFile | None) -> ParsedFile | Problem:
    signature = signature_of(listed.path)
    found = read.source(listed)
    if isinstance(found, Problem):
        return found
    digest = digest_of(found.data)
    if known is not None and known.digest == digest:
        return replace(known, signature=signature)
    return parsed_file(found, digest, signature)
