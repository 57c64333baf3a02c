"""Record which entries each page reads, so that a build skips pages that an edit of other entries' wording can't change.

A view reaches the facts of an entry only through `LinkedEntry.entry`. Recording that access while a page is made therefore records
every entry the page depends on. A value that pages share, such as a row, may have been made for an earlier page: it depends on its own
entry, which each of the pages reads, and on the titles of the entries it links to.
"""

from array import array
from collections.abc import Iterable, Mapping
from zlib import crc32

from sitegen.builder.manifest import FileDigests
from sitegen.builder.parsed_file import ParsedFile
from sitegen.model import Entry
from sitegen.timeline.graph import LinkedEntry, Timeline
from sitegen.timeline.link import is_display_edit

_recorded: list[LinkedEntry] = []
"entries read since the last `begin`, many of them several times"

_entry_of = LinkedEntry.__dict__["entry"].__get__
"reads the slot that the property below hides"


class _RecordedEntry(LinkedEntry):
    __slots__ = ()

    @property
    def entry(self) -> Entry:
        _recorded.append(self)
        return _entry_of(self)  # type: ignore[no-any-return]


class PageReads:
    """Records the entries that a page reads while it is made; one recording at a time in a process."""

    def __init__(self, timeline: Timeline) -> None:
        self._keys = {id(linked): _key(linked.entry.id) for linked in timeline.entries}
        for linked in timeline.entries:
            # Changing the class costs nothing where nothing is recorded: in the preview, and while the site is linked.
            object.__setattr__(linked, "__class__", _RecordedEntry)

    def begin(self) -> None:
        _recorded.clear()

    def read(self) -> bytes:
        """Keys of the entries read since `begin`, four bytes each."""
        return array("I", map(self._keys.__getitem__, set(map(id, _recorded)))).tobytes()


def reworded(known: Mapping[str, FileDigests], older: Mapping[str, ParsedFile], current: Mapping[str, ParsedFile]) -> set[str] | None:
    """Ids of the entries whose body or wording was edited since the last build; None if anything else in content/ changed.

    *known* are the files of the last build, *older* the parsed files of some earlier run.
    """
    if known.keys() != current.keys():
        return None
    ids: set[str] = set()
    for file, now in current.items():
        if now.digest == known[file].digest:
            continue
        before, fact = older.get(file), now.facts.fact
        if (
            before is None
            or before.digest != known[file].digest
            or not isinstance(fact, Entry)
            or not is_display_edit(before.facts.fact, fact)
        ):
            return None
        ids.add(fact.id)
    return ids


def affected_keys(ids: Iterable[str], timeline: Timeline) -> frozenset[int]:
    """Keys of the entries whose wording or rows may differ after entries *ids* were reworded: these, and those that link to them."""
    linking = (linked.entry.id for id in ids for linked in timeline.backlinks.get(id, ()))
    return frozenset(map(_key, (*ids, *linking)))


def is_affected(reads: bytes, keys: frozenset[int]) -> bool:
    """Whether a page with these *reads* may have changed. Keys of two entries may be equal, so an unaffected page may seem affected."""
    return not keys.isdisjoint(array("I", reads))


def _key(id: str) -> int:
    return crc32(id.encode())
