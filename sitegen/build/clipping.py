"""A file as it was read, and how that travels: to .sitegen/ for a later run, and from one process of a build to another.

What is read is checked against the types that it should have: a state that somebody else wrote can be wrong, and can't run anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from sitegen.build.bodies import piece_of
from sitegen.build.digests import digest_of
from sitegen.build.drawers import Drawers, Filling, Slot
from sitegen.build.looks import Look
from sitegen.content.parse import Told
from sitegen.model import Account, Article, Body, Capture, Citation, Entry, PairNotes, Person, Place, Reference, StaticPage
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True)
class Clipping:
    told: Told
    body: Body | Slot
    "here, or in a drawer"
    digest: bytes
    "of the file's bytes"
    look: Look | None
    "None: the file was so young when it was read that its look proves nothing"
    shown: bytes = b""
    "of an entry: digest of all that other pages see of it, and of what its body refers to"


_HINTS = get_type_hints(Entry) | {"accounts": tuple[tuple[Account | None, Citation | None], ...]}
_values_of = attrgetter(*(one.name for one in fields(Entry)))
_KeptEntry: Any = msgspec.defstruct("_KeptEntry", [(one.name, _HINTS[one.name]) for one in fields(Entry)], array_like=True)
"an entry whose accounts say by their place what they are: msgspec can't tell two dataclasses apart"


class Kept(msgspec.Struct, array_like=True):
    file: str
    digest: bytes
    look: tuple[int, int, int, int] | None
    entry: _KeptEntry | None
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
    slot: Slot | None
    "of its body; None where that is empty"


def shown_digest(told: Told) -> bytes:
    if not isinstance(told.fact, Entry):
        return b""
    targets = sorted({(one.kind, one.target) for one in told.references})
    return digest_of(msgspec.msgpack.encode((_kept_entry(told.fact), targets)))


class _Unread(msgspec.Struct, array_like=True):
    file: str
    problem: Problem


class _Message(msgspec.Struct, array_like=True):
    kept: list[Kept]
    unread: list[_Unread]


def sent(found: Mapping[str, Clipping | Problem]) -> bytes:
    """For `clippings_sent`: what a process has read, or why it could not."""
    read = [kept(file, one) for file, one in found.items() if isinstance(one, Clipping)]
    return msgspec.msgpack.encode(_Message(read, [_Unread(file, one) for file, one in found.items() if isinstance(one, Problem)]))


def clippings_sent(message: bytes) -> dict[str, Clipping | Problem]:
    decoded = msgspec.msgpack.decode(message, type=_Message)
    found: dict[str, Clipping | Problem] = dict(clippings_of(decoded.kept))
    return found | {one.file: one.problem for one in decoded.unread}


def put_away(clipping: Clipping, filling: Filling, moved_from: Drawers | None = None) -> Clipping:
    """With its body in a drawer; one that lies in a drawer stays there, or is moved over. Raises OSError."""
    body = clipping.body
    if isinstance(body, Slot):
        return clipping if moved_from is None else replace(clipping, body=filling.put(moved_from.piece(body)))
    return replace(clipping, body=filling.put(piece_of(body))) if body.pieces else clipping


def kept(file: str, clipping: Clipping) -> Kept:
    """Of a clipping whose body lies in a drawer, or is empty."""
    told = clipping.told
    fact = told.fact
    return Kept(
        file=file,
        digest=clipping.digest,
        look=clipping.look,
        entry=_kept_entry(fact) if isinstance(fact, Entry) else None,
        article=fact if isinstance(fact, Article) else None,
        person=fact if isinstance(fact, Person) else None,
        place=fact if isinstance(fact, Place) else None,
        page=fact if isinstance(fact, StaticPage) else None,
        pair_notes=fact if isinstance(fact, PairNotes) else None,
        capture=fact if isinstance(fact, Capture) else None,
        references=told.references,
        problems=told.problems,
        named=told.named,
        shown=clipping.shown,
        slot=clipping.body if isinstance(clipping.body, Slot) else None,
    )


def clippings_of(kept_ones: Iterable[Kept]) -> Iterator[tuple[str, Clipping]]:
    nothing = Body()
    for one in kept_ones:
        fact = _entry(one.entry) if one.entry else one.article or one.person or one.place or one.page or one.pair_notes or one.capture
        yield one.file, Clipping(Told(fact, one.references, one.problems, one.named), one.slot or nothing, one.digest, one.look, one.shown)


def _kept_entry(entry: Entry) -> object:
    kept_entry = _KeptEntry(*_values_of(entry))
    kept_entry.accounts = tuple((one, None) if isinstance(one, Account) else (None, one) for one in entry.accounts)
    return kept_entry


def _entry(kept_entry: Any) -> Entry:
    kept_entry.accounts = tuple(account or citation for account, citation in kept_entry.accounts)
    return Entry(*msgspec.structs.astuple(kept_entry))
