"""Which reports are compared, and what came of it: those that tell one entry, those that share their text, and those that the editor compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from sitegen.content.comparisons import BETWEEN, order
from sitegen.model import Account, Capture, Entry, PairNotes
from sitegen.text.comparison import Comparison, compared
from sitegen.text.likely import likely_pairs
from sitegen.text.sharing import Text
from sitegen.text.spellings import name_key
from sitegen.text.units import KnownNames
from sitegen.timeline.model import Report, Timeline

Names = tuple[tuple[str, str], ...]
"spellings, each with what stands for whose it is"

_REMEMBERED = 4096
"pairs, so that a preview compares only what has changed"


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


def compare_reports(timeline: Timeline) -> dict[tuple[str, str], ComparedReports]:
    """By the two reports' ids, in their order."""
    names = known_names(timeline)
    return {
        (a.report.article.id, b.report.article.id): ComparedReports(
            a.report,
            b.report,
            _remembered(Text(a.report.article.id, a.capture.text), Text(b.report.article.id, b.capture.text), names),
            timeline.comparisons.get((a.report.article.id, b.report.article.id)),
        )
        for a, b in _pairs(timeline)
    }


def known_names(timeline: Timeline) -> Names:
    """Of people and places, with all their spellings."""
    found: dict[str, str] = {}
    for term in (*timeline.people, *timeline.places):
        spellings = (spelling.name.text for spelling in term.file.spellings) if term.file else ()
        for spelling in (term.name.text, *spellings):
            found.setdefault(spelling, f"{term.name.kind}:{term.name.id}")
    return tuple(sorted(found.items()))


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


def _pairs(timeline: Timeline) -> Iterator[tuple[Captured, Captured]]:
    captured = {report.article.id: Captured(report, report.capture) for report in timeline.reports if report.capture is not None}
    asked = {*timeline.comparisons, *_declared(timeline)}
    asked |= {pair for linked in timeline.entries for pair in combinations(_reports_of(linked.entry), 2)}
    ids = sorted(captured)
    asked |= {(ids[one], ids[other]) for one, other in likely_pairs([captured[id].capture.text for id in ids])}
    for one, other in sorted({(min(pair), max(pair)) for pair in asked}):
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


@lru_cache(_REMEMBERED)
def _remembered(a: Text, b: Text, names: Names) -> Comparison:
    return compared(a, b, _known(names))


@lru_cache(2)
def _known(names: Names) -> KnownNames:
    return KnownNames(dict(names))
