"""What was parsed, from one run of the preview to the next, in .sitegen/: deleting it is always safe.

The file is taken only where the very same code wrote it. What is read from it is checked against the types that it should have:
a state that somebody else wrote can be wrong, and can't run anything.
"""

import contextlib
import os
import sys
from dataclasses import fields
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from sitegen.build.clippings import Clipping
from sitegen.content.parse import Parsed
from sitegen.model import Account, Article, Body, Capture, Citation, Entry, Person, Place, StaticPage
from sitegen.problems import Problem

FORMAT = 1
FILE = Path(".sitegen") / "parsed"
PACKAGE = Path(__file__).parent.parent
READERS = ("content", "text", "markdown.py", "markdown_rules.py", "model.py", "dates.py", "date_bounds.py", "date_hints.py", "problems.py")
"what parsing rests on: other code may read other things in the same file"

_HINTS = get_type_hints(Entry) | {"accounts": tuple[tuple[Account | None, Citation | None], ...]}
_KeptEntry: Any = msgspec.defstruct("_KeptEntry", [(one.name, _HINTS[one.name]) for one in fields(Entry)], array_like=True)
"an entry whose accounts say by their place what they are: msgspec can't tell two dataclasses apart"


class _Kept(msgspec.Struct, array_like=True):
    file: str
    digest: bytes
    look: tuple[int, int, int, int] | None
    entry: _KeptEntry | None
    article: Article | None
    person: Person | None
    place: Place | None
    page: StaticPage | None
    capture: Capture | None
    body: Body
    problems: tuple[Problem, ...]
    named: tuple[str, ...]


class _State(msgspec.Struct, array_like=True):
    form: int
    code: bytes
    "digest of the code that wrote it"
    kept: list[_Kept]


def save(root: Path, clippings: dict[str, Clipping]) -> None:
    """The file is whole, before and after, however this ends; a folder that can't be written to is left alone."""
    state = _State(FORMAT, _code(), [_kept(file, clipping) for file, clipping in clippings.items()])
    data = msgspec.msgpack.encode(state)
    target = root / FILE
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(exist_ok=True)
        beside.write_bytes(data)
        beside.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def load(root: Path) -> dict[str, Clipping]:
    """Nothing where there is none, or none that this code wrote."""
    try:
        state = msgspec.msgpack.decode((root / FILE).read_bytes(), type=_State)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    if (state.form, state.code) != (FORMAT, _code()):
        return {}
    return {one.file: _clipping(one) for one in state.kept}


def _kept(file: str, clipping: Clipping) -> _Kept:
    parsed = clipping.parsed
    fact = parsed.fact
    return _Kept(
        file=file,
        digest=clipping.digest,
        look=clipping.look,
        entry=_kept_entry(fact) if isinstance(fact, Entry) else None,
        article=fact if isinstance(fact, Article) else None,
        person=fact if isinstance(fact, Person) else None,
        place=fact if isinstance(fact, Place) else None,
        page=fact if isinstance(fact, StaticPage) else None,
        capture=fact if isinstance(fact, Capture) else None,
        body=parsed.body,
        problems=parsed.problems,
        named=parsed.named,
    )


def _kept_entry(entry: Entry) -> object:
    values = {one.name: getattr(entry, one.name) for one in fields(Entry)}
    values["accounts"] = tuple((one, None) if isinstance(one, Account) else (None, one) for one in entry.accounts)
    return _KeptEntry(**values)


def _clipping(kept: _Kept) -> Clipping:
    fact = _entry(kept.entry) if kept.entry else kept.article or kept.person or kept.place or kept.page or kept.capture
    return Clipping(Parsed(fact, kept.body, kept.problems, kept.named), kept.digest, kept.look)


def _entry(kept: Any) -> Entry:
    kept.accounts = tuple(account or citation for account, citation in kept.accounts)
    return Entry(*msgspec.structs.astuple(kept))


def _code() -> bytes:
    """Changes with the code that parses, with Python, and with what reads YAML and Markdown."""
    from importlib.metadata import version

    digest = blake2b(digest_size=16)
    digest.update(
        repr((sys.version, msgspec.__version__, version("PyYAML"), version("markdown-it-py"), version("mdit-py-plugins"))).encode()
    )
    for name in READERS:
        path = PACKAGE / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else (path,):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.digest()
