"""Events in a report: its sentences as clauses, each with the day it belongs to, and what is worth an entry.

The text becomes words (`words`), a sentence its verbs (`verbs`) and clauses (`clauses`). A date goes to the clause that it dates
(`attachment`), clauses without one follow the story (`story`): these are the statements (`reading`). Some are worth an entry
(`choosing`); those that tell one event are gathered (`gathering`), with the words to quote (`passages`), who said them (`speakers`)
and a title (`titles`). What English says of time and speech stands in `lexicon`.
"""

from sitegen.ingest.events.gathering import Event, Passage, events
from sitegen.ingest.events.reading import Statement, statements

__all__ = ["Event", "Passage", "Statement", "events", "statements"]
