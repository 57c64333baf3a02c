"""Keep the results of comparing files, so that only changed files are compared again."""

from contextlib import suppress
from dataclasses import dataclass, field

import msgspec

from sitegen.builder.inputs import program_digest
from sitegen.builder.store import Store, item
from sitegen.compare.diff import Comparison
from sitegen.content.passages import Verified
from sitegen.timeline.quotas import QuotedShares
from sitegen.timeline.report_pairs import ComparisonMemo

FORMAT = 3
_SPACE = "comparisons"
_NAME = "all"


@dataclass(slots=True)
class ComparisonCache:
    verified: Verified = field(default_factory=Verified)
    "quotations, in this run"
    compared: ComparisonMemo = field(default_factory=ComparisonMemo)
    shares: QuotedShares = field(default_factory=QuotedShares)


class _State(msgspec.Struct, array_like=True):
    form: int
    code: bytes
    likely: tuple[bytes, tuple[tuple[str, str], ...]]
    compared: dict[bytes, Comparison]
    shares: dict[bytes, float]


def load(store: Store) -> ComparisonCache:
    """An empty one if this program has written none."""
    try:
        state = msgspec.msgpack.decode(store.value(_SPACE, _NAME) or b"", type=_State)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ComparisonCache()
    if (state.form, state.code) != (FORMAT, program_digest()):
        return ComparisonCache()
    return ComparisonCache(compared=ComparisonMemo(state.compared, state.likely), shares=QuotedShares(state.shares))


def save(store: Store, comparisons: ComparisonCache) -> None:
    """Does nothing if the disk is full or read-only."""
    compared = comparisons.compared
    state = _State(FORMAT, program_digest(), compared.likely, compared.by_digest, comparisons.shares.by_digest)
    with suppress(OSError, UnicodeEncodeError):  # the latter where the name of a report's file isn't UTF-8
        data = msgspec.msgpack.encode(state)
        store.write(lambda writer: writer.put(_SPACE, (item(_SPACE, _NAME, data),)))
