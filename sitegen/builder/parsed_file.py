"""A file of content/ as it was parsed, and its encoding: for the store, and between the processes of a build.

Decoding checks types, so a state that somebody else wrote can be wrong, but can't run anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from sitegen.builder import bodies
from sitegen.builder.bodies import AnyBody, SpooledBody, StoredBody, encoded_body
from sitegen.builder.digests import digest_of
from sitegen.builder.spool import Extent, Spool
from sitegen.builder.stat_signature import StatSignature
from sitegen.builder.store import StoreItem, item
from sitegen.content.parse import FileFacts
from sitegen.model import Account, Article, Body, Capture, Citation, Entry, PairNotes, Person, Place, Reference, StaticPage
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True)
class ParsedFile:
    facts: FileFacts
    body: AnyBody
    digest: bytes
    "of the file's bytes"
    signature: StatSignature | None
    "None if the file was too young when it was read"
    shown: bytes = b""
    "of an entry: digest of the parts that other pages show, and of its body's targets"


_HINTS = get_type_hints(Entry) | {"accounts": tuple[tuple[Account | None, Citation | None], ...]}
_values_of = attrgetter(*(one.name for one in fields(Entry)))
_EntryRecord: Any = msgspec.defstruct("_EntryRecord", [(one.name, _HINTS[one.name]) for one in fields(Entry)], array_like=True)
"an entry whose accounts are pairs with one None: msgspec can't decode a union of dataclasses"


class _Record(msgspec.Struct, array_like=True):
    file: str
    digest: bytes
    signature: tuple[int, int, int, int] | None
    entry: _EntryRecord | None
    article: Article | None
    person: Person | None
    place: Place | None
    page: StaticPage | None
    pair_notes: PairNotes | None
    capture: Capture | None
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]
    named: tuple[str, ...]
    shown: bytes
    body: bytes | None
    "digest of its item in the store; None if the body is empty"


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Record)
_EMPTY = Body()


def shown_digest(facts: FileFacts) -> bytes:
    if not isinstance(facts.fact, Entry):
        return b""
    targets = sorted({(one.kind, one.target) for one in facts.references})
    return digest_of(msgspec.msgpack.encode((_entry_record(facts.fact), targets)))


class _Unread(msgspec.Struct, array_like=True):
    file: str
    problem: Problem


class _SpooledRecord(msgspec.Struct, array_like=True):
    record: _Record
    start: int
    length: int
    "of its body in the spool"


class _Message(msgspec.Struct, array_like=True):
    read: list[_SpooledRecord]
    unread: list[_Unread]


def spooled(file: str, parsed: ParsedFile, spool: Spool) -> ParsedFile:
    """Move the body of a parsed file to the *spool*, to free its memory. Raises OSError."""
    body = parsed.body
    if not isinstance(body, Body) or not body.pieces:
        return parsed
    _, digest, data = item(bodies.SPACE, file, encoded_body(body))
    return replace(parsed, body=SpooledBody(digest, spool.put(data), spool))


def sent(found: Mapping[str, ParsedFile | Problem]) -> bytes:
    """Encode files that a process has parsed and spooled, for `received`."""
    read = [_sent(file, one) for file, one in found.items() if isinstance(one, ParsedFile)]
    return msgspec.msgpack.encode(_Message(read, [_Unread(file, one) for file, one in found.items() if isinstance(one, Problem)]))


def received(message: bytes, spool: Spool) -> dict[str, ParsedFile | Problem]:
    """Raises msgspec.MsgspecError."""
    decoded = msgspec.msgpack.decode(message, type=_Message)
    found: dict[str, ParsedFile | Problem] = {one.file: one.problem for one in decoded.unread}
    for one in decoded.read:
        body = SpooledBody(one.record.body, Extent(one.start, one.length), spool) if one.record.body and one.length else None
        found[one.record.file] = _parsed_file(one.record, body)
    return found


def _sent(file: str, parsed: ParsedFile) -> _SpooledRecord:
    body = parsed.body
    start, length = (body.extent.start, body.extent.length) if isinstance(body, SpooledBody) else (0, 0)
    return _SpooledRecord(_record(file, parsed, _digest(parsed)), start, length)


def body_item(file: str, parsed: ParsedFile) -> StoreItem | None:
    """Its item for the store; None if the body is empty or already stored."""
    body = parsed.body
    if isinstance(body, SpooledBody):
        return file, body.digest, body.spool.read(body.extent)
    return item(bodies.SPACE, file, encoded_body(body)) if isinstance(body, Body) and body.pieces else None


def _record(file: str, parsed: ParsedFile, body: bytes | None) -> _Record:
    """*body* is the digest of its item in the store."""
    facts = parsed.facts
    fact = facts.fact
    return _Record(
        file=file,
        digest=parsed.digest,
        signature=parsed.signature,
        entry=_entry_record(fact) if isinstance(fact, Entry) else None,
        article=fact if isinstance(fact, Article) else None,
        person=fact if isinstance(fact, Person) else None,
        place=fact if isinstance(fact, Place) else None,
        page=fact if isinstance(fact, StaticPage) else None,
        pair_notes=fact if isinstance(fact, PairNotes) else None,
        capture=fact if isinstance(fact, Capture) else None,
        references=facts.references,
        problems=facts.problems,
        named=facts.named,
        shown=parsed.shown,
        body=body,
    )


def record(file: str, parsed: ParsedFile, body: StoreItem | None) -> bytes:
    """The parsed file as bytes, for `from_record`; *body* as `body_item` returns it."""
    return _ENCODER.encode(_record(file, parsed, body[1] if body else _digest(parsed)))


def from_record(data: bytes) -> ParsedFile:
    """Raises msgspec.MsgspecError."""
    one = _DECODER.decode(data)
    return _parsed_file(one, None)


def _digest(parsed: ParsedFile) -> bytes | None:
    return None if isinstance(parsed.body, Body) else parsed.body.digest


def _parsed_file(one: _Record, body: SpooledBody | None) -> ParsedFile:
    stored = StoredBody(one.body) if one.body else _EMPTY
    fact = _entry(one.entry) if one.entry else one.article or one.person or one.place or one.page or one.pair_notes or one.capture
    return ParsedFile(FileFacts(fact, one.references, one.problems, one.named), body or stored, one.digest, one.signature, one.shown)


def _entry_record(entry: Entry) -> object:
    entry_record = _EntryRecord(*_values_of(entry))
    entry_record.accounts = tuple((one, None) if isinstance(one, Account) else (None, one) for one in entry.accounts)
    return entry_record


def _entry(entry_record: Any) -> Entry:
    entry_record.accounts = tuple(account or citation for account, citation in entry_record.accounts)
    return Entry(*msgspec.structs.astuple(entry_record))
