"""Find reports that share text: an edited wire story, a shortened copy, a merger of two.

Aligning the sentences of every pair would take quadratic time. So pairs of neighbouring content words (shingles) are indexed, the rarest are
looked up first, and each report is only aligned with the few others that share most of them. `compare.sharing` decides whether two texts are one.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, combinations, groupby, pairwise
from operator import itemgetter
from zlib import crc32

from sitegen.compare.align import Sentence, align, read_sentences
from sitegen.compare.sharing import ReportText, comparable_sentences, sharing

EVERY_PAIR_UP_TO = 100
"reports; with more, `every_pair` only returns pairs that share something"

_MIN_SHINGLES = 3
_MAX_HOLDERS = 3000
"of all shingles looked up for one report; still more common ones are stock phrases"
_MIN_CANDIDATES, _MAX_CANDIDATES, _MAX_ALIGNED = 8, 40, 400
"other reports that each is aligned with, more of them if there are few reports"
_MAX_CACHED = 512
"reports whose sentences are cached, about 50 kB each"


@dataclass(frozen=True, slots=True)
class TextFingerprint:
    """The shingles of a report, about 800 bytes for 300 words."""

    id: str
    shingles: "array[int]"


@dataclass(frozen=True, slots=True)
class TextOverlap:
    """The text that a pair of reports shares."""

    articles: tuple[str, str]
    "ids, in the order of the reports"
    texts: int
    "1: they are one text; 2: that isn't known"
    overlap: float
    "0 to 1, the share of the shorter report's sentences that have a counterpart in the other"
    why: str


def every_pair(reports: Sequence[ReportText], found: Iterable[TextOverlap]) -> tuple[TextOverlap, ...]:
    """Return every pair of reports, in order; pairs that aren't in *found* share nothing."""
    by_pair = {overlap.articles: overlap for overlap in found}
    if len(reports) > EVERY_PAIR_UP_TO:
        ids = {report.id for report in reports}
        return tuple(overlap for pair, overlap in by_pair.items() if ids.issuperset(pair))
    pairs = ((one.id, other.id) for one, other in combinations(reports, 2))
    return tuple(
        by_pair.get(pair) or TextOverlap(pair, 2, 0.0, "no sentence of one was found to have a counterpart in the other") for pair in pairs
    )


def fingerprint(report: ReportText) -> TextFingerprint:
    return TextFingerprint(report.id, array("I", sorted(_shingles(read_sentences(report.text)))))


def text_overlaps(
    reports: Sequence[ReportText],
    fingerprints: Sequence[TextFingerprint],
    known: Iterable[TextFingerprint] = (),
    text_of: Callable[[str], str] = str,
) -> Iterator[TextOverlap]:
    """Find pairs that share sentences, of two of the reports, or of a known report and one of them.

    *fingerprints* are those of *reports*, *known* those of earlier reports. *text_of* returns the text of an earlier report by its id.
    """
    sentences = lru_cache(_MAX_CACHED)(_counted)
    own = {report.id: report for report in reports}
    for id, places in _worth_aligning(fingerprints, known):
        whole = own.get(id) or ReportText(id, text_of(id))
        for place in places:
            yield from _shared(whole, reports[place], sentences(whole), sentences(reports[place]))


def _worth_aligning(fingerprints: Sequence[TextFingerprint], known: Iterable[TextFingerprint]) -> Iterator[tuple[str, list[int]]]:
    """Yield ids, known ones first, each with the indexes of later reports that it shares most with."""
    index = _Index(fingerprints)
    most = max(_MIN_CANDIDATES, min(_MAX_CANDIDATES, _MAX_ALIGNED // max(1, len(fingerprints))))
    nearest: list[list[tuple[int, str, int]]] = [[] for _ in fingerprints]
    ids: list[str] = []
    for other in chain(known, fingerprints):
        for place, count in index.shared(other):
            nearest[place].append((-count, other.id, len(ids)))
            if len(nearest[place]) > 4 * most:
                nearest[place] = nsmallest(most, nearest[place])
        ids.append(other.id)
    own_from = len(ids) - len(fingerprints)
    chosen = ((place, number) for place, each in enumerate(nearest) for *_, number in nsmallest(most, each))
    pairs = {(min(number, own_from + place), max(number, own_from + place)) for place, number in chosen}
    for number, each in groupby(sorted(pairs), key=itemgetter(0)):
        yield ids[number], [later - own_from for _, later in each]


class _Index:
    """An inverted index from shingles to reports."""

    def __init__(self, fingerprints: Sequence[TextFingerprint]) -> None:
        self._fingerprints = fingerprints
        self._holders: defaultdict[int, array[int]] = defaultdict(lambda: array("L"))
        for place, one in enumerate(fingerprints):
            for shingle in one.shingles:
                self._holders[shingle].append(place)

    def shared(self, one: TextFingerprint) -> Iterator[tuple[int, int]]:
        """Yield the index of each other report that shares enough shingles, and how many it shares."""
        found: Counter[int] = Counter()
        holders_seen = 0
        rarest = sorted((len(held), shingle) for shingle in one.shingles if (held := self._holders.get(shingle)))
        for looked_at, (holders, shingle) in enumerate(rarest):
            holders_seen += holders
            if holders_seen > _MAX_HOLDERS and looked_at >= _MIN_SHINGLES:
                break
            found.update(self._holders[shingle])
        return ((place, count) for place, count in found.items() if count >= _MIN_SHINGLES and self._fingerprints[place] is not one)


def _shingles(sentences: Iterable[Sentence]) -> set[int]:
    """Hash each pair of neighbouring content words, to the same number in every run."""
    return {
        crc32(f"{one} {other}".encode())
        for sentence in sentences
        for one, other in pairwise(word.stem for word in sentence.words if word.is_content)
    }


def _shared(one: ReportText, other: ReportText, mine: Sequence[Sentence], theirs: Sequence[Sentence]) -> Iterator[TextOverlap]:
    found = align(mine, theirs)
    if found.pairs:
        shared = sharing(one, other, found)
        yield TextOverlap((one.id, other.id), shared.texts, shared.overlap, shared.why)


def _counted(report: ReportText) -> tuple[Sentence, ...]:
    return comparable_sentences(read_sentences(report.text))
