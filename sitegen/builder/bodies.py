"""Bodies by file: those that this run has parsed, and those of earlier runs, fetched from the store one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sitegen.builder.spool import Extent, Spool
from sitegen.builder.store import Store, item
from sitegen.content.parse import parse_file
from sitegen.content.read import MAX_FILE_BYTES, Source
from sitegen.files import read_regular
from sitegen.model import Body

SPACE = "bodies"

_DECODER = msgspec.msgpack.Decoder(Body)
_ENCODER = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class StoredBody:
    """In the store, under the name of its file."""

    digest: bytes
    "of the item in the store"


@dataclass(frozen=True, slots=True)
class SpooledBody:
    """Parsed by another process of this run."""

    digest: bytes
    "as of StoredBody"
    extent: Extent
    spool: Spool


AnyBody = Body | StoredBody | SpooledBody


class LostBodyError(Exception):
    """The store has a different body than requested, and the file has changed too."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class Bodies(Mapping[str, Body]):
    """Raises LostBodyError."""

    def __init__(self, root: Path, bodies: Mapping[str, AnyBody], store: Store) -> None:
        self._root = root
        self._bodies = bodies
        self._store = store

    def __getitem__(self, file: str) -> Body:
        body = self._bodies[file]
        if isinstance(body, Body):
            return body
        if isinstance(body, SpooledBody):
            return _DECODER.decode(body.spool.read(body.extent))
        data = self._store.value(SPACE, file, body.digest)
        return _parsed_again(self._root, file, body.digest) if data is None else _DECODER.decode(data)

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)


def encoded_body(body: Body) -> bytes:
    return _ENCODER.encode(body)


def _parsed_again(root: Path, file: str, digest: bytes) -> Body:
    """The body with the *digest*, from its file. Raises LostBodyError where the file doesn't have it any more."""
    try:
        data = read_regular(root / file, max_bytes=MAX_FILE_BYTES)
    except OSError as error:
        raise LostBodyError(file) from error
    body = parse_file(Source(file, file.split("/")[1], data)).body if data is not None else Body()
    if item(SPACE, file, encoded_body(body))[1] != digest:
        raise LostBodyError(file)
    return body
