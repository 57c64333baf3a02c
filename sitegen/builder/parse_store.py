"""Keep parsed files in the store. Only records of the very same program are used."""

from collections.abc import Mapping
from contextlib import suppress

import msgspec

from sitegen.builder import bodies
from sitegen.builder.inputs import program_digest
from sitegen.builder.parsed_file import ParsedFile, body_item, from_record, record
from sitegen.builder.store import Store, Writer, item

FORMAT = 4
_PREFIX = "parsed "


def load(store: Store) -> dict[str, ParsedFile]:
    """By file, without the damaged ones."""
    try:
        return {file: from_record(data) for file, data in store.values(_space())}
    except (msgspec.MsgspecError, ValueError):  # another program wrote it under our digest
        store.is_damaged = True
        return {}


def save(store: Store, files: Mapping[str, ParsedFile], stored: Mapping[str, ParsedFile]) -> None:
    """Write what differs from *stored*, which `load` has returned. Does nothing if the disk is full or read-only."""
    is_fresh = not stored or store.is_damaged
    space = _space()

    def change(writer: Writer) -> None:
        if is_fresh:
            forget(writer)
        gone = stored.keys() - files.keys()
        writer.delete(space, gone)
        writer.delete(bodies.SPACE, gone)
        for file, one in files.items():
            if is_fresh or one is not stored.get(file):
                body = body_item(file, one)
                writer.put(bodies.SPACE, () if body is None else (body,))
                writer.put(space, (item(space, file, record(file, one, body)),))

    with suppress(OSError):
        store.write(change)


def forget(writer: Writer) -> None:
    """Make the next build parse all files."""
    for space in writer.spaces():
        if space.startswith(_PREFIX):
            writer.clear(space)


def _space() -> str:
    return f"{_PREFIX}{FORMAT} {program_digest().hex()}"
