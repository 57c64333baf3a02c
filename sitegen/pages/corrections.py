"""What was corrected: all corrections, the latest first, and their feeds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.model import Correction
from sitegen.pages import urls
from sitegen.pages.dateviews import date_view
from sitegen.pages.edition import Edition
from sitegen.pages.masthead import feed_links
from sitegen.pages.views import CorrectedEntry, CorrectionsPage, CorrectionView
from sitegen.timeline.graph import LinkedEntry, Timeline

FOLDER = "/corrections/"


@dataclass(frozen=True, slots=True)
class Corrected:
    linked: LinkedEntry
    number: int
    "of the entry's corrections, as written"
    correction: Correction

    @property
    def anchor(self) -> str:
        """The correction's own, on its entry's page."""
        return f"_correction-{self.number}"


def corrected(timeline: Timeline) -> tuple[Corrected, ...]:
    """The latest first; drafts have published nothing that could be corrected."""
    found = [
        Corrected(linked, number, correction)
        for linked in timeline.entries
        if not linked.entry.is_draft
        for number, correction in enumerate(linked.entry.corrections, 1)
    ]
    return tuple(sorted(found, key=lambda one: (one.correction.date.sort_key, one.linked.entry.id, one.number), reverse=True))


def corrections_page(edition: Edition) -> CorrectionsPage:
    words = edition.words
    return CorrectionsPage(
        site=edition.site,
        head=edition.head(
            words["corrections"], FOLDER, description=words["corrections_of"].format(title=edition.site.title), feeds_at=FOLDER
        ),
        heading=words["corrections"],
        corrections=tuple(_corrected_entry(edition, one) for one in corrected(edition.timeline)),
        feeds=feed_links(edition.urls, FOLDER),
    )


def correction_views(edition: Edition, corrections: Iterable[Correction]) -> Iterator[CorrectionView]:
    """Of one entry."""
    return (_view(edition, number, correction) for number, correction in enumerate(corrections, 1))


def _view(edition: Edition, number: int, correction: Correction) -> CorrectionView:
    date = date_view(edition.words, correction.date)
    kind = edition.words[f"correction_{correction.kind}"]
    return CorrectionView(f"_correction-{number}", date, kind, correction.text, correction.was, correction.now)


def _corrected_entry(edition: Edition, one: Corrected) -> CorrectedEntry:
    href = f"{edition.urls.href(urls.entry_path(one.linked.entry.id))}#{one.anchor}"
    return CorrectedEntry(
        edition.title(one.linked.entry), href, one.linked.entry.status == "retracted", _view(edition, one.number, one.correction)
    )
