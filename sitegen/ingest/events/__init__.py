"""Events in a report: its sentences as clauses, each with the day it belongs to, and what is worth an entry.

The text becomes words (`words`), a sentence its verbs (`verbs`) and clauses (`clauses`, cut by `cuts` and `telling`). Its dates (`told`,
`turning`) go to the clauses that they date (`attachment`), clauses without one follow the story (`story`, `deeds`), and each is of a kind
(`kinds`): these are the statements (`reading`). Some are worth an entry (`choosing`); those that tell one event are gathered (`gathering`),
with the words to quote (`passages`), who said them (`speakers`) and a title (`titles`, `shortening`, `referents`). What English says of time
and speech stands in `lexicon`.
"""

from sitegen.ingest.events.gathering import Event, Passage, events
from sitegen.ingest.events.reading import Statement, statements

__all__ = ["Event", "Passage", "Statement", "events", "statements"]
