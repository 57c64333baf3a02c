"""The list of all corrections."""

from dataclasses import dataclass

from sitegen.pages.views.common import Head, Link, SiteView
from sitegen.pages.views.entry import CorrectionView


@dataclass(frozen=True, slots=True)
class CorrectedEntry:
    title: str
    href: str
    "of the correction on the entry's page"
    is_retracted: bool
    correction: CorrectionView


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    site: SiteView
    head: Head
    heading: str
    corrections: tuple[CorrectedEntry, ...]
    feeds: tuple[Link, ...]
    "text is the media type"
