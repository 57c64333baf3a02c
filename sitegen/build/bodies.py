"""Bodies by file: those parsed in this run are in memory, those of earlier runs are read from disk one at a time."""

from collections.abc import Iterator, Mapping

import msgspec

from sitegen.build.drawers import Drawers, Slot
from sitegen.model import Body

_DECODER = msgspec.msgpack.Decoder(Body)
_ENCODER = msgspec.msgpack.Encoder()


class Bodies(Mapping[str, Body]):
    """Access raises LostBodyError if a body can't be read."""

    def __init__(self, kept: Mapping[str, Body | Slot], drawers: Drawers) -> None:
        self._kept = kept
        self._drawers = drawers

    def __getitem__(self, file: str) -> Body:
        body = self._kept[file]
        return body if isinstance(body, Body) else fetched(self._drawers, body)

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


class LostBodyError(Exception):
    """A stored body was deleted or damaged while this process was using it."""


def fetched(drawers: Drawers, slot: Slot) -> Body:
    try:
        return _DECODER.decode(drawers.piece(slot))
    except (OSError, EOFError, ValueError, msgspec.MsgspecError) as error:
        raise LostBodyError(f"can’t read the bodies in .sitegen/: {error}") from error


def piece_of(body: Body) -> bytes:
    return _ENCODER.encode(body)
