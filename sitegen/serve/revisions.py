"""What has changed since the page that somebody looks at was made.

Numbers begin with the clock, so that a page of an earlier preview is never taken for one of this.
"""

import time
from collections import deque
from dataclasses import dataclass, field

from sitegen.build.live_site import ChangedParts

MAX_REVISIONS = 1000


@dataclass(frozen=True, slots=True)
class Revision:
    number: int
    changed: ChangedParts
    follow: str = ""
    "the address of the entry that was saved, without the base path; empty where none was"


@dataclass(slots=True)
class Revisions:
    latest: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    _remembered: deque[Revision] = field(default_factory=lambda: deque(maxlen=MAX_REVISIONS))

    def add(self, changed: ChangedParts, follow: str = "") -> None:
        self.latest += 1
        self._remembered.append(Revision(self.latest, changed, follow))

    def since(self, number: int) -> Revision:
        """All that came after *number* as one; what is too long ago has changed in everything."""
        later = [revision for revision in self._remembered if revision.number > number]
        if number > self.latest or self.latest - number > len(later):
            return Revision(self.latest, ChangedParts(content=True, styles=True, scripts=True))
        changed, follow = ChangedParts(), ""
        for revision in later:
            changed, follow = changed | revision.changed, revision.follow or follow
        return Revision(self.latest, changed, follow)
