"""What was found between files, so that it is looked for again only where something that it rests on has changed."""

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from sitegen.build.inputs import program_digest
from sitegen.build.state import DamagedStateError, damaged, read_state, replace_state
from sitegen.compare.diff import Comparison
from sitegen.content.passages import Verified
from sitegen.problems import Problem
from sitegen.timeline.quotas import QuotedShares
from sitegen.timeline.report_pairs import ComparisonMemo

FORMAT = 2
FILE = Path(".sitegen") / "notebook"


@dataclass(slots=True)
class Notebook:
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


def load(root: Path, notes: list[Problem] | None = None) -> Notebook:
    """An empty one where there is none, or none that this code wrote; *notes* get what is damaged."""
    try:
        state = msgspec.msgpack.decode(read_state(root / FILE), type=_State)
    except OSError:
        return Notebook()
    except (DamagedStateError, msgspec.MsgspecError, UnicodeDecodeError):
        if notes is not None:
            notes.append(damaged(FILE))
        return Notebook()
    if (state.form, state.code) != (FORMAT, program_digest()):
        return Notebook()
    return Notebook(compared=ComparisonMemo(state.compared, state.likely), shares=QuotedShares(state.shares))


def save(root: Path, notebook: Notebook) -> None:
    """The file is whole, before and after, however this ends; a folder that can't be written to is left alone."""
    compared = notebook.compared
    state = _State(FORMAT, program_digest(), compared.likely, compared.by_digest, notebook.shares.by_digest)
    try:
        replace_state(root / FILE, msgspec.msgpack.encode(state))
    except (OSError, UnicodeEncodeError):  # the latter where a report's file has a name that is no text
        return
