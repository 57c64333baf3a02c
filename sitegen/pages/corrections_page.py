"""The list of all corrections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.model import Correction
from sitegen.pages import urls
from sitegen.pages.context import RenderContext
from sitegen.pages.date_view import date_view
from sitegen.pages.site_view import feed_links
from sitegen.pages.views import CorrectedEntry, CorrectionsPage, CorrectionView
from sitegen.timeline.graph import LinkedEntry, Timeline

FOLDER = "/corrections/"


@dataclass(frozen=True, slots=True)
class Corrected:
    linked: LinkedEntry
    number: int
    "position among the entry's corrections, from 1"
    correction: Correction

    @property
    def anchor(self) -> str:
        """The correction's anchor on its entry's page."""
        return f"_correction-{self.number}"


def corrected(timeline: Timeline) -> tuple[Corrected, ...]:
    """Corrections of published entries, latest first."""
    found = [
        Corrected(linked, number, correction)
        for linked in timeline.entries
        if not linked.entry.is_draft
        for number, correction in enumerate(linked.entry.corrections, 1)
    ]
    return tuple(sorted(found, key=lambda one: (one.correction.date.sort_key, one.linked.entry.id, one.number), reverse=True))


def corrections_page(context: RenderContext) -> CorrectionsPage:
    words = context.words
    return CorrectionsPage(
        site=context.site,
        head=context.head(
            words["corrections"], FOLDER, description=words["corrections_of"].format(title=context.site.title), feeds_at=FOLDER
        ),
        heading=words["corrections"],
        corrections=tuple(_corrected_entry(context, one) for one in corrected(context.timeline)),
        feeds=feed_links(context.urls, FOLDER),
    )


def correction_views(context: RenderContext, corrections: Iterable[Correction]) -> Iterator[CorrectionView]:
    """Views of one entry's corrections."""
    return (_view(context, number, correction) for number, correction in enumerate(corrections, 1))


def _view(context: RenderContext, number: int, correction: Correction) -> CorrectionView:
    date = date_view(context.words, correction.date)
    kind = context.words[f"correction_{correction.kind}"]
    return CorrectionView(f"_correction-{number}", date, kind, correction.text, correction.was, correction.now)


def _corrected_entry(context: RenderContext, one: Corrected) -> CorrectedEntry:
    href = f"{context.urls.href(urls.entry_path(one.linked.entry.id))}#{one.anchor}"
    return CorrectedEntry(
        context.title(one.linked.entry), href, one.linked.entry.status == "retracted", _view(context, one.number, one.correction)
    )
