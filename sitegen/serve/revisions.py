"""Numbered revisions of the site, to find out what has changed since an open page was made.

Numbers start at the current time, so that a page of an earlier preview is never mistaken for one of this preview.
"""

import time
from collections import deque
from dataclasses import dataclass, field

from sitegen.builder.live_site import ChangedParts

MAX_REVISIONS = 1000


@dataclass(frozen=True, slots=True)
class Revision:
    number: int
    changed: ChangedParts
    follow: str = ""
    "address of the entry that was saved, without the base path; empty if none was"


@dataclass(slots=True)
class Revisions:
    latest: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    _remembered: deque[Revision] = field(default_factory=lambda: deque(maxlen=MAX_REVISIONS))

    def add(self, changed: ChangedParts, follow: str = "") -> None:
        self.latest += 1
        self._remembered.append(Revision(self.latest, changed, follow))

    def since(self, number: int) -> Revision:
        """All revisions after *number*, merged into one; if some are no longer remembered, everything has changed."""
        later = [revision for revision in self._remembered if revision.number > number]
        if number > self.latest or self.latest - number > len(later):
            return Revision(self.latest, ChangedParts(content=True, styles=True, scripts=True))
        changed, follow = ChangedParts(), ""
        for revision in later:
            changed, follow = changed | revision.changed, revision.follow or follow
        return Revision(self.latest, changed, follow)
