"""Which reports are compared, and what came of it: those that tell one entry, those that share their text, and those that the editor compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from itertools import combinations

from sitegen.content.comparisons import BETWEEN, order
from sitegen.dates import Date
from sitegen.model import Account, Capture, Entry, PairNotes
from sitegen.text.comparison import Comparison, compared
from sitegen.text.likely import likely_pairs
from sitegen.text.sharing import Text
from sitegen.text.spellings import name_key
from sitegen.text.units import KnownNames
from sitegen.text.words import spelled_words
from sitegen.timeline.model import Report, Timeline


@dataclass(frozen=True, slots=True)
class ComparedReports:
    a: Report
    "the earlier published, then by id"
    b: Report
    comparison: Comparison
    notes: PairNotes | None

    @property
    def id(self) -> str:
        return f"{self.a.article.id}{BETWEEN}{self.b.article.id}"

    @property
    def is_one_text(self) -> bool:
        """Whether one is seen to be an edit of the other; what their editors declare is told by `origins`."""
        return self.comparison.sharing.texts == 1


@dataclass(frozen=True, slots=True)
class Captured:
    """A report whose text is at hand."""

    report: Report
    capture: Capture


@dataclass(slots=True)
class Compared:
    """What was compared, so that a pair is compared again only where one of its texts has changed, or the names that may stand in them."""

    by_digest: dict[bytes, Comparison] = field(default_factory=dict)
    likely: tuple[bytes, tuple[tuple[str, str], ...]] = (b"", ())
    "digest of all captures, and the pairs that may share sentences, by ids"
    times_compared: int = 0

    def pairs(self, timeline: Timeline) -> dict[tuple[str, str], ComparedReports]:
        """By the two reports' ids, in their order."""
        names = KnownNames(known_names(timeline))
        words = cache(spelled_words)
        found: dict[tuple[str, str], ComparedReports] = {}
        asked: dict[bytes, Comparison] = {}
        for a, b in _in_order(_captured(timeline), self._asked(timeline)):
            ids = a.report.article.id, b.report.article.id
            standing = names.beginning_with(words(a.capture.text) | words(b.capture.text))
            digest = blake2b(repr((ids, a.capture.sha256, b.capture.sha256, standing)).encode(), digest_size=16).digest()
            comparison = self.by_digest.get(digest)
            if comparison is None:
                self.times_compared += 1
                comparison = compared(Text(ids[0], a.capture.text), Text(ids[1], b.capture.text), names)
            asked[digest] = comparison
            found[ids] = ComparedReports(a.report, b.report, comparison, timeline.comparisons.get(ids))
        self.by_digest = asked
        return found

    def _asked(self, timeline: Timeline) -> set[tuple[str, str]]:
        """Pairs that the editor has compared, that are said to be one text, that tell one entry, and that may share sentences."""
        together = (pair for linked in timeline.entries for pair in combinations(_reports_of(linked.entry), 2))
        return {*timeline.comparisons, *_declared(timeline), *together, *self._likely(_captured(timeline))}

    def _likely(self, captured: Mapping[str, Captured]) -> tuple[tuple[str, str], ...]:
        ids = sorted(captured)
        days = [_day(captured[id].report.article.published) for id in ids]
        digest = blake2b(repr([(id, captured[id].capture.sha256) for id in ids] + days).encode(), digest_size=16).digest()
        if digest != self.likely[0]:
            pairs = likely_pairs([captured[id].capture.text for id in ids], days)
            self.likely = digest, tuple((ids[one], ids[other]) for one, other in pairs)
        return self.likely[1]


def known_names(timeline: Timeline) -> dict[str, str]:
    """For each spelling of people and places, whose it is."""
    found: dict[str, str] = {}
    for term in (*timeline.people, *timeline.places):
        spellings = (spelling.name.text for spelling in term.file.spellings) if term.file else ()
        for spelling in (term.name.text, *spellings):
            found.setdefault(spelling, f"{term.name.kind}:{term.name.id}")
    return found


def groups(pairs: Iterable[ComparedReports]) -> tuple[tuple[str, ...], ...]:
    """Ids of reports that are seen to be one text, of two and more."""
    group_of: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.is_one_text:
            mine, theirs = (group_of.setdefault(report.article.id, [report.article.id]) for report in (pair.a, pair.b))
            if mine is not theirs:
                mine += theirs
                group_of.update(dict.fromkeys(theirs, mine))
    return tuple(sorted({tuple(sorted(group)) for group in group_of.values()}))


def voices(entry: Entry, roots: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """Who is quoted by the entry's reports: three reports that quote one ministry are one voice.

    Nothing where a passage is a report's own, since that speaks with a voice of its own, be it whose it may.
    """
    accounts = [account for account in entry.accounts if isinstance(account, Account) and account.article.text in roots]
    passages = [passage for account in accounts for passage in account.passages]
    if len(accounts) < len(entry.accounts) or not all(account.passages for account in accounts) or not all(one.speaker for one in passages):
        return ()
    return tuple({name_key(passage.speaker): passage.speaker for passage in passages}.values())


def _day(published: Date | None) -> int | None:
    return published.sort_key[0] if published else None


def _captured(timeline: Timeline) -> dict[str, Captured]:
    return {report.article.id: Captured(report, report.capture) for report in timeline.reports if report.capture is not None}


def _in_order(captured: Mapping[str, Captured], pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[Captured, Captured]]:
    """Each pair once, the earlier report first."""
    for one, other in sorted({(min(pair), max(pair)) for pair in pairs}):
        if one in captured and other in captured and one != other:
            a, _ = order(captured[one].report.article, captured[other].report.article)
            yield (captured[one], captured[other]) if a.id == one else (captured[other], captured[one])


def _declared(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """Reports that are said to be taken from another."""
    for report in timeline.reports:
        if report.article.derived_from:
            yield report.article.id, report.article.derived_from.text


def _reports_of(entry: Entry) -> Iterable[str]:
    return dict.fromkeys(account.article.text for account in entry.accounts if isinstance(account, Account))
