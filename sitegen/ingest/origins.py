"""Which reports share their text: an edit of a wire story, a shortened copy, a copy of two merged into one.

Sentences are aligned (`compare.align`), but only for reports that have enough in common to be worth it: neighbouring telling words
are filed in an index, the rarest are looked up first, and each report is aligned with the few others that share most with it. So many
reports cost what they share, not their square, and a thousand copies of one text no more than that. What makes two texts one stands in `compare.sharing`.
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
"reports; of more, `every_pair` has only the rows of those that share something"

_FEWEST_SHINGLES = 3
_MOST_MET = 3000
"holders of a report's shingles, the rarest few apart; what still more have is a phrase of the season"
_FEWEST_CANDIDATES, _MOST_CANDIDATES, _MOST_ALIGNED = 8, 40, 400
"others that a report is aligned with, those that share most with it; of few reports, so many that all of their pairs are"
_KEPT_READ = 512
"reports whose words are kept, at some 50 kB each"


Report = ReportText


@dataclass(frozen=True, slots=True)
class Trace:
    """A report, as far as it takes to see whether another may share its text: some 800 bytes for 300 words."""

    id: str
    shingles: "array[int]"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a pair of reports shares."""

    articles: tuple[str, str]
    "ids, in the reports' order"
    texts: int
    "1: they share their text; 2: nothing says so"
    overlap: float
    "0 to 1: the share of the shorter one's sentences that have a counterpart in the other"
    why: str


def every_pair(reports: Sequence[Report], found: Iterable[Origin]) -> tuple[Origin, ...]:
    """A row for each pair of the reports, in their order; those that aren't among the *found* share nothing."""
    by_pair = {origin.articles: origin for origin in found}
    if len(reports) > EVERY_PAIR_UP_TO:
        ids = {report.id for report in reports}
        return tuple(origin for pair, origin in by_pair.items() if ids.issuperset(pair))
    pairs = ((one.id, other.id) for one, other in combinations(reports, 2))
    return tuple(
        by_pair.get(pair) or Origin(pair, 2, 0.0, "no sentence of one was found to have a counterpart in the other") for pair in pairs
    )


def trace(report: Report) -> Trace:
    return Trace(report.id, array("I", sorted(_shingles(read_sentences(report.text)))))


def origins(
    reports: Sequence[Report], traces: Sequence[Trace], known: Iterable[Trace] = (), text_of: Callable[[str], str] = str
) -> Iterator[Origin]:
    """The pairs of *reports* that share sentences, and those of a *known* one, which comes first, and one of them.

    *traces* are the reports' own. Of the known ones only these are kept; *text_of* gives, by its id, the text of one that is worth a closer look.
    """
    sentences = lru_cache(_KEPT_READ)(_counted)
    own = {report.id: report for report in reports}
    for id, places in _worth_aligning(traces, known):
        whole = own.get(id) or Report(id, text_of(id))
        for place in places:
            yield from _shared(whole, reports[place], sentences(whole), sentences(reports[place]))


def _worth_aligning(traces: Sequence[Trace], known: Iterable[Trace]) -> Iterator[tuple[str, list[int]]]:
    """Ids, the known ones first, each with the places of the traces that it shares most with; of two traces with the later one's."""
    index = _Index(traces)
    most = max(_FEWEST_CANDIDATES, min(_MOST_CANDIDATES, _MOST_ALIGNED // max(1, len(traces))))
    nearest: list[list[tuple[int, str, int]]] = [[] for _ in traces]
    ids: list[str] = []
    for other in chain(known, traces):
        for place, count in index.shared(other):
            nearest[place].append((-count, other.id, len(ids)))
            if len(nearest[place]) > 4 * most:
                nearest[place] = nsmallest(most, nearest[place])
        ids.append(other.id)
    own_from = len(ids) - len(traces)
    chosen = ((place, number) for place, each in enumerate(nearest) for *_, number in nsmallest(most, each))
    pairs = {(min(number, own_from + place), max(number, own_from + place)) for place, number in chosen}
    for number, each in groupby(sorted(pairs), key=itemgetter(0)):
        yield ids[number], [later - own_from for _, later in each]


class _Index:
    """The reports by their shingles."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self._traces = traces
        self._holders: defaultdict[int, array[int]] = defaultdict(lambda: array("L"))
        for place, trace in enumerate(traces):
            for shingle in trace.shingles:
                self._holders[shingle].append(place)

    def shared(self, trace: Trace) -> Iterator[tuple[int, int]]:
        """(the place of another, how many of the shingles looked at it has), where that is worth a closer look."""
        found: Counter[int] = Counter()
        met = 0
        rarest = sorted((len(held), shingle) for shingle in trace.shingles if (held := self._holders.get(shingle)))
        for looked_at, (holders, shingle) in enumerate(rarest):
            met += holders
            if met > _MOST_MET and looked_at >= _FEWEST_SHINGLES:
                break
            found.update(self._holders[shingle])
        return ((place, count) for place, count in found.items() if count >= _FEWEST_SHINGLES and self._traces[place] is not trace)


def _shingles(sentences: Iterable[Sentence]) -> set[int]:
    """Neighbouring telling words, as numbers that are the same in every run."""
    return {
        crc32(f"{one} {other}".encode())
        for sentence in sentences
        for one, other in pairwise(word.stem for word in sentence.words if word.is_telling)
    }


def _shared(one: Report, other: Report, mine: Sequence[Sentence], theirs: Sequence[Sentence]) -> Iterator[Origin]:
    found = align(mine, theirs)
    if found.pairs:
        shared = sharing(one, other, found)
        yield Origin((one.id, other.id), shared.texts, shared.overlap, shared.why)


def _counted(report: Report) -> tuple[Sentence, ...]:
    return comparable_sentences(read_sentences(report.text))
