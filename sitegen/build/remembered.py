"""What was parsed, from run to run, in .sitegen/: deleting it is always safe. Only what the very same program wrote is read."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from sitegen.build.clipping import Clipping, Kept, clippings_of, kept, put_away
from sitegen.build.clippings import FOLDER
from sitegen.build.drawers import Drawers, Filling, Slot, clear_out
from sitegen.build.inputs import program_digest
from sitegen.build.state import DamagedStateError, damaged, read_state, replace_state
from sitegen.problems import Problem

FORMAT = 3
FILE = Path(".sitegen") / "parsed"

_MOST_DRAWERS = 12
"more are filled into one"


class _State(msgspec.Struct, array_like=True):
    form: int
    code: bytes
    "digest of the code that wrote it"
    kept: list[Kept]


def save(root: Path, clippings: Mapping[str, Clipping], drawers: Drawers) -> None:
    """The file is whole, before and after, however this ends; a folder that can't be written to is left alone."""
    try:
        put = _put_away(clippings, drawers)
        state = _State(FORMAT, program_digest(), [kept(file, clipping) for file, clipping in put.items()])
        replace_state(root / FILE, msgspec.msgpack.encode(state))
    except (OSError, EOFError, DamagedStateError):
        return
    clear_out(root / FOLDER, _named(put))


def load(root: Path, notes: list[Problem] | None = None, *, checks_bodies: bool = False) -> tuple[dict[str, Clipping], Drawers]:
    """Nothing where there is none, or none that this code wrote, or where its bodies are gone; *notes* get what is damaged.

    Bodies are checked when they are fetched, and here only for who can't parse their files again later.
    """
    drawers = Drawers(root / FOLDER)
    try:
        state = msgspec.msgpack.decode(read_state(root / FILE), type=_State)
        if (state.form, state.code) != (FORMAT, program_digest()):
            return {}, drawers
        found = dict(clippings_of(state.kept))
        drawers.open(_named(found))
        for body in (one.body for one in found.values()) if checks_bodies else ():
            if isinstance(body, Slot):
                drawers.piece(body)
    except OSError:
        return {}, drawers
    except (EOFError, ValueError, msgspec.MsgspecError):
        if notes is not None:
            notes.append(damaged(FILE))
        return {}, drawers
    return found, drawers


def _named(clippings: Mapping[str, Clipping]) -> set[str]:
    return {clipping.body.drawer for clipping in clippings.values() if isinstance(clipping.body, Slot)}


def _put_away(clippings: Mapping[str, Clipping], drawers: Drawers) -> dict[str, Clipping]:
    """All bodies in drawers; in a single new one where there are too many, or where they hold more that is out of use than in use."""
    in_use = sum(clipping.body.length for clipping in clippings.values() if isinstance(clipping.body, Slot))
    is_crowded = len(_named(clippings)) > _MOST_DRAWERS or drawers.size() > 2 * in_use + (1 << 20)
    if not is_crowded and all(isinstance(clipping.body, Slot) or not clipping.body.pieces for clipping in clippings.values()):
        return dict(clippings)
    filling = Filling(drawers.folder)
    put = {file: put_away(clipping, filling, drawers if is_crowded else None) for file, clipping in clippings.items()}
    filling.flush()
    drawers.add(filling)
    return put
