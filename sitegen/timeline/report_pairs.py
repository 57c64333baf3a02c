"""Choose which pairs of reports to compare, and compare them: candidates for a shared text, editors' choices, and the first reports of each entry.

If the text of one is missing, only what entries quote of both can be compared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from itertools import combinations, islice, permutations

from sitegen.compare.candidates import candidate_pairs
from sitegen.compare.diff import Comparison, compare
from sitegen.compare.sharing import ReportText, Sharing
from sitegen.compare.units import KnownNames
from sitegen.content.comparisons import BETWEEN, order
from sitegen.dates import Date
from sitegen.model import Account, Capture, Entry, PairNotes
from sitegen.text.words import spelled_words
from sitegen.timeline.graph import Report, Timeline

ALWAYS_COMPARED = 3
"the first reports of an entry, which are compared even if they have nothing in common"
_ALIKE = 0.5
"0 to 1: the Jaccard similarity of their words"


@dataclass(frozen=True, slots=True)
class ReportPair:
    a: Report
    "the one published first, or with the lower id"
    b: Report
    comparison: Comparison
    notes: PairNotes | None
    quoted: tuple[str, str] | None = None
    "the quotations of each, if a capture is missing; then the offsets of the comparison refer to these, else to the captures"

    @property
    def ids(self) -> tuple[str, str]:
        return self.a.article.id, self.b.article.id

    @property
    def id(self) -> str:
        return BETWEEN.join(self.ids)

    @property
    def is_one_text(self) -> bool:
        """Whether comparing shows them to be one text; for what editors declare, see `independence`."""
        return self.comparison.sharing.texts == 1

    @property
    def has_something_in_common(self) -> bool:
        return self.is_one_text or self.is_declared or any(row.a and row.b for row in self.comparison.rows)

    @property
    def is_declared(self) -> bool:
        """Whether one is declared to derive from the other."""
        sources = ((one.article.derived_from, other.article.id) for one, other in ((self.a, self.b), (self.b, self.a)))
        return any(source is not None and source.text == id for source, id in sources)


@dataclass(slots=True)
class ComparisonMemo:
    """A cache of comparisons; a pair is compared again only if one of its texts changes, or a known name that may occur in them."""

    by_digest: dict[bytes, Comparison] = field(default_factory=dict)
    likely: tuple[bytes, tuple[tuple[str, str], ...]] = (b"", ())
    "digest of all captures, and the candidate pairs found among them, by ids"
    times_compared: int = 0

    def pairs(self, timeline: Timeline) -> dict[tuple[str, str], ReportPair]:
        """All pairs to compare, by the ids of both reports, the earlier first."""
        comparing = _Comparer(self, KnownNames(known_names(timeline)))
        found: dict[tuple[str, str], ReportPair] = {}
        quoted: dict[tuple[str, str], tuple[str, str]] | None = None
        for a, b in _in_order({report.article.id: report for report in timeline.reports}, self._asked(timeline, comparing)):
            ids, notes = (a.article.id, b.article.id), timeline.comparisons.get((a.article.id, b.article.id))
            if a.capture is not None and b.capture is not None:
                comparison = comparing.of((a.capture.text, b.capture.text), ids, (a.capture.sha256, b.capture.sha256))
                found[ids] = ReportPair(a, b, comparison, notes)
                continue
            quoted = _quoted(timeline) if quoted is None else quoted
            texts = quoted.get(ids, ("", ""))
            found[ids] = ReportPair(a, b, _of_quotations(comparing.of(texts, ids, texts)), notes, texts)
        self.by_digest = comparing.asked
        return found

    def _asked(self, timeline: Timeline, comparing: "_Comparer") -> set[tuple[str, str]]:
        """Pairs that an editor has compared or declared to be one text, the first ones of each entry, those of an entry with similar words, and candidates for shared sentences."""
        together = (pair for linked in timeline.entries for pair in combinations(islice(_reports_of(linked.entry), ALWAYS_COMPARED), 2))
        captured = {report.article.id: (report, report.capture) for report in timeline.reports if report.capture is not None}
        alike = (pair for linked in timeline.entries for pair in _alike(list(_reports_of(linked.entry)), captured, comparing))
        return {*timeline.comparisons, *_declared(timeline), *together, *alike, *self._likely(captured)}

    def _likely(self, captured: Mapping[str, tuple[Report, Capture]]) -> tuple[tuple[str, str], ...]:
        ids = sorted(captured)
        days = [_day(captured[id][0].article.published) for id in ids]
        digest = blake2b(repr([(id, captured[id][1].sha256) for id in ids] + days).encode(), digest_size=16).digest()
        if digest != self.likely[0]:
            pairs = candidate_pairs([captured[id][1].text for id in ids], days)
            self.likely = digest, tuple((ids[one], ids[other]) for one, other in pairs)
        return self.likely[1]


class _Comparer:
    """Compares pairs that the memo doesn't have."""

    def __init__(self, memo: ComparisonMemo, names: KnownNames) -> None:
        self.memo, self.names = memo, names
        self.words = cache(spelled_words)
        self.asked: dict[bytes, Comparison] = {}

    def of(self, texts: tuple[str, str], ids: tuple[str, str], cache_keys: tuple[str, str]) -> Comparison:
        """*cache_keys* identify the texts: their digests, or the texts themselves."""
        names = self.names.beginning_with(self.words(texts[0]) | self.words(texts[1]))
        digest = blake2b(repr((ids, *cache_keys, names)).encode(), digest_size=16).digest()
        comparison = self.memo.by_digest.get(digest)
        if comparison is None:
            self.memo.times_compared += 1
            comparison = compare(ReportText(ids[0], texts[0]), ReportText(ids[1], texts[1]), self.names)
        self.asked[digest] = comparison
        return comparison


def _alike(ids: Sequence[str], captured: Mapping[str, tuple[Report, Capture]], comparing: _Comparer) -> Iterator[tuple[str, str]]:
    """Each report of an entry after the first few, with the first one before it that has similar words. Short texts yield no candidates otherwise."""
    for number, id in enumerate(ids[ALWAYS_COMPARED:], ALWAYS_COMPARED):
        words = comparing.words(captured[id][1].text) if id in captured else frozenset()
        for other in ids[:number]:
            others = comparing.words(captured[other][1].text) if other in captured else frozenset()
            if len(words & others) > _ALIKE * len(words | others):
                yield id, other
                break


def known_names(timeline: Timeline) -> dict[str, str]:
    """Identities of people and places, by their spellings."""
    found: dict[str, str] = {}
    for term in (*timeline.people, *timeline.places):
        spellings = (spelling.name.text for spelling in term.file.spellings) if term.file else ()
        for spelling in (term.name.text, *spellings):
            found.setdefault(spelling, f"{term.name.kind}:{term.name.id}")
    return found


def _day(published: Date | None) -> int | None:
    return published.sort_key[0] if published else None


def _in_order(reports: Mapping[str, Report], pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[Report, Report]]:
    """Each pair once, the earlier report first."""
    for one, other in sorted({(min(pair), max(pair)) for pair in pairs}):
        if one in reports and other in reports and one != other:
            a, _ = order(reports[one].article, reports[other].article)
            yield (reports[one], reports[other]) if a.id == one else (reports[other], reports[one])


def _quoted(timeline: Timeline) -> dict[tuple[str, str], tuple[str, str]]:
    """For each two reports, what their common entries quote of either, one paragraph per quotation."""
    found: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for linked in timeline.entries:
        for ids in permutations(_reports_of(linked.entry), 2):
            for id, texts in zip(ids, found.setdefault(ids, ({}, {})), strict=True):
                texts.update(dict.fromkeys(" ".join(quote.split()) for quote in _quotations(linked.entry, id)))
    return {ids: ("\n\n".join(a), "\n\n".join(b)) for ids, (a, b) in found.items()}


def _quotations(entry: Entry, id: str) -> Iterator[str]:
    for account in entry.accounts:
        if isinstance(account, Account) and account.article.text == id:
            yield from (passage.quote.text for passage in account.passages)


def _of_quotations(comparison: Comparison) -> Comparison:
    """Drop what quotations can't show: whether the texts are shared, and the order of sentences."""
    rows = (replace(row, kind="same" if row.kind == "moved" else row.kind, is_moved=False) for row in comparison.rows)
    return Comparison(Sharing(2, 0.0, None), tuple(rows))


def _declared(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """Reports that are declared to derive from another."""
    for report in timeline.reports:
        if report.article.derived_from:
            yield report.article.id, report.article.derived_from.text


def _reports_of(entry: Entry) -> Iterable[str]:
    return dict.fromkeys(account.article.text for account in entry.accounts if isinstance(account, Account))
