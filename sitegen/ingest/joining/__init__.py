"""Which tellings of several reports are one event, and which of them a standing entry or draft has already.

Two tellings are compared if their dates can mean one day (`agreement`). What speaks for one event is the words and names that both have,
weighed by how rarely other events of the same reports have them (`wording`, `story`); places that contradict speak against it
(`likeness`). The likest are joined first, and a report's own tellings never (`grouping`). Numbers that contradict separate nothing: where
two accounts differ is what an editor wants to see. In doubt two drafts stay two: to join them is easier than to take them apart.
"""

from sitegen.ingest.joining.joining import Joining
from sitegen.ingest.joining.tellings import Group, Telling

__all__ = ["Group", "Joining", "Telling"]
