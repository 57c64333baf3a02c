"""A clause with its date, as far as it is known."""

from dataclasses import dataclass
from typing import Literal

from sitegen.dates import Date
from sitegen.ingest.events.clauses import Clause

Kind = Literal["told", "expected", "background", "general"]
"told: it happened; expected: it is to happen; background: long before the report; general: a state of things, an opinion, what may be"


@dataclass(frozen=True, slots=True)
class Read:
    """A clause in its place, with what is known of its date so far."""

    clause: Clause
    sentence: int
    when: Date | None
    by: str
    "own: dated by its own words; near: by a clause beside it; deed, story: by another sentence; empty: not yet"
    why: str
    kind: Kind = "told"
    is_clock: bool = False
    "whether its own words tell only the time of day"
    lasts: bool = False
    "whether it goes on since the date"
    is_by_publication: bool = False
    "whether nothing dates it but the report's publication"
