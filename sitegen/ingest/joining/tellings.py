"""An event as one report tells it, and tellings that are one event."""

from dataclasses import dataclass

from sitegen.dates import Date


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one report tells it, or as a standing entry or draft has it."""

    articles: tuple[str, ...]
    "ids of the reports: one for a report's event, all of its accounts for a standing entry"
    when: Date
    title: str
    quotes: tuple[str, ...]
    "the passages as quoted; several reports' for a standing entry"
    people: frozenset[str]
    "merged across reports: one name a person; places the same"
    places: frozenset[str]
    is_expected: bool = False
    is_dated_by_publication: bool = False
    "its words tell no day; what stands has the date that an editor sees"


@dataclass(frozen=True, slots=True)
class Group:
    """Tellings of one event."""

    standing: str
    "id of the entry or draft that is told again; empty: a new event"
    tellings: tuple[int, ...]
    "indexes into the sequence that was asked about, in its order; at least one"
    when: Date
    "the most precise date, of days the first; a standing entry keeps its own"
    why: tuple[str, ...]
    "a sentence a join: “the same day, both name Bakhmut, 7 of 9 telling words shared”"
