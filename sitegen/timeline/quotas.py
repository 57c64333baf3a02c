"""Determine how much of a report the site shows: quotations in entries and in editors' comparisons.

With `publish: quotes` nothing else of a report's text may appear on any page or in any data.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from sitegen.content.passages import Folded, Found, locate
from sitegen.model import Account, Capture, PairNotes, Passage, Word
from sitegen.problems import Problem, Spot, note, problem
from sitegen.text.sentences import Span
from sitegen.text.words import number_of_words
from sitegen.timeline.graph import LinkedEntry, Report, Timeline

DEFAULT_QUOTED_SHARE = 0.15
"0 to 1; more than this is noted if `quoted_share` isn't set"


@dataclass(frozen=True, slots=True)
class VisibleText:
    """The parts of a report's text that may be shown."""

    text: str
    is_full: bool
    spans: tuple[Span, ...]
    "of the quotations; sorted and disjoint"

    def within(self, part: Span) -> str:
        """The visible words of a part, with “…” for gaps between quotations."""
        return " … ".join(_in_line(self.text[piece.start : piece.end]) for piece in self.pieces(part))

    def pieces(self, part: Span) -> tuple[Span, ...]:
        """The visible spans of a part."""
        inside = (Span(max(span.start, part.start), min(span.end, part.end)) for span in self.spans)
        return (part,) if self.is_full else tuple(piece for piece in inside if piece.start < piece.end)

    def whole(self, part: Span) -> str:
        """The words of a part if all of it is visible, else nothing: half a change would be misleading."""
        is_shown = self.is_full or any(span.start <= part.start and part.end <= span.end for span in self.spans)
        return _in_line(self.text[part.start : part.end]) if is_shown else ""


def passages(report: Report) -> Iterator[tuple[LinkedEntry, int, Passage]]:
    """The passages that entries quote, each with its number on the entry's page."""
    for linked in report.entries:
        number = 0
        for account in linked.entry.accounts:
            if isinstance(account, Account):
                for passage in account.passages:
                    number += 1
                    if account.article.text == report.article.id:
                        yield linked, number, passage


def place_of(passage: Passage, capture: Folded) -> Span | None:
    place = locate(passage, capture)
    return Span(place.start, place.end) if isinstance(place, Found) else None


def visible_text(report: Report, notes: Iterable[PairNotes] = ()) -> VisibleText:
    """*notes* are all editors' comparisons, also those of other reports."""
    return _visible_text(report, [passage for _, _, passage in passages(report)], notes)


def published_text(report: Report, notes: Iterable[PairNotes] = ()) -> VisibleText:
    """Likewise, without passages that only drafts quote."""
    return _visible_text(report, [passage for linked, _, passage in passages(report) if not linked.entry.is_draft], notes)


def _visible_text(report: Report, quoted: Iterable[Passage], notes: Iterable[PairNotes]) -> VisibleText:
    text = report.capture.text if report.capture else ""
    if report.capture is None or report.article.publish != "quotes":
        return VisibleText(text, report.article.publish == "full", ())
    compared = [Passage(word) for pair in notes for word in _words_of(pair, report.article.id)]
    return VisibleText(text, False, _spans(report.capture, (*quoted, *compared)))


@dataclass(slots=True)
class QuotedShares:
    """A cache of quoted shares; a report is counted again only if its text or its quotations change."""

    by_digest: dict[bytes, float] = field(default_factory=dict)

    def problems(self, timeline: Timeline) -> Iterator[Problem]:
        """Problems or notes for reports of which the site shows too much."""
        limit = timeline.settings.quoted_share
        asked: dict[bytes, float] = {}
        for report in timeline.reports:
            if report.capture is None or report.article.publish != "quotes":
                continue
            share = self._share(report, report.capture, timeline.comparisons.values(), asked)
            if share > (DEFAULT_QUOTED_SHARE if limit is None else limit):
                hint = "quote less of it, or write publish: full if you may show all of it"
                message = f"the site shows {100 * share:.3g}% of this report’s words"
                if limit is None:
                    yield note(report.article.file, Spot(), message, f"{hint}; the setting quoted_share sets the limit")
                else:
                    yield problem(report.article.file, Spot(), f"{message}, but quoted_share allows {100 * limit:.3g}%", hint)
        self.by_digest = asked

    def _share(self, report: Report, capture: Capture, notes: Iterable[PairNotes], asked: dict[bytes, float]) -> float:
        quoted = [passage for linked, _, passage in passages(report) if not linked.entry.is_draft]
        if not quoted:
            return 0.0
        compared = [Passage(word) for pair in notes for word in _words_of(pair, report.article.id)]
        excerpts = [(one.quote.text, one.prefix, one.suffix) for one in (*quoted, *compared)]
        digest = blake2b(repr((capture.sha256, excerpts)).encode(), digest_size=16).digest()
        share = self.by_digest.get(digest)
        if share is None:
            share = _share(capture.text, _spans(capture, (*quoted, *compared)))
        asked[digest] = share
        return share


def _spans(capture: Capture, quoted: Iterable[Passage]) -> tuple[Span, ...]:
    folded = Folded(capture.text)
    found = (place_of(passage, folded) for passage in quoted)
    return _joined(sorted((span for span in found if span is not None), key=lambda span: span.start))


def _words_of(pair: PairNotes, id: str) -> Iterator[Word]:
    for annotation in pair.annotations:
        if pair.a == id and annotation.a:
            yield annotation.a
        if pair.b == id and annotation.b:
            yield annotation.b


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _share(text: str, spans: Iterable[Span]) -> float:
    quoted = sum(number_of_words(text, span.start, span.end) for span in spans)
    return quoted / max(1, number_of_words(text)) if quoted else 0.0


def _in_line(text: str) -> str:
    return " ".join(text.split())
