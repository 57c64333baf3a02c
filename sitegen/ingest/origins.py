"""Which reports share their text: an edit of a wire story, a shortened copy, a copy of two merged into one.

Sentences are aligned (`text.alignment`), but only for reports that have enough in common to be worth it: neighbouring telling words
are filed in an index, the rarest are looked up first, and each report is aligned with the few others that share most with it. So many
reports cost what they share, not their square, and a thousand copies of one text no more than that.

How far a sentence speaks for a shared text grows with its likeness to its counterpart. What is quoted speaks less: two reporters at one
news conference quote the same words. A formula that is filled with other names and numbers each time is no shared text.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, combinations, groupby, pairwise
from operator import itemgetter
from zlib import crc32

from sitegen.text.alignment import Alignment, Sentence, align, read
from sitegen.text.quotations import quotations

EVERY_PAIR_UP_TO = 100
"reports; of more, `every_pair` has only the rows of those that share something"

_SHARED_TEXT = 1 / 3
"of 1: from here on two reports are one text. A third of a report word for word is no chance; half of it loosely reworded isn't, either"
_UNLIKE, _ALIKE = 0.3, 0.7
"likenesses between which a counterpart comes to speak for a shared text"
_QUOTED = 0.1
"how much a sentence of quoted words speaks, against one of the reporter's own"
_FEWEST_WORDS = 4
"of a sentence that counts: “April 7, 2023” is no counterpart of anything"
_SAME_FACTS, _FEWEST_FACTS = 0.7, 5
"of 1: how many of the names and numbers in counterparts both have, where there are so many; an edited story has nearly all"
_FEWEST_SHINGLES = 3
_MOST_MET = 3000
"holders of a report's shingles, the rarest few apart; what still more have is a phrase of the season"
_FEWEST_CANDIDATES, _MOST_CANDIDATES, _MOST_ALIGNED = 8, 40, 400
"others that a report is aligned with, those that share most with it; of few reports, so many that all of their pairs are"
_KEPT_READ = 512
"reports whose words are kept, at some 50 kB each"


@dataclass(frozen=True, slots=True)
class Report:
    id: str
    text: str


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
    return Trace(report.id, array("I", sorted(_shingles(read(report.text)))))


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
        yield _origin(one, other, found)


def _counted(report: Report) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in read(report.text) if len(sentence.words) >= _FEWEST_WORDS)


def _origin(one: Report, other: Report, found: Alignment) -> Origin:
    is_one = _size(found.a) <= _size(found.b)
    shorter, longer, sentences = (one, other, found.a) if is_one else (other, one, found.b)
    likeness: dict[int, float] = {}
    same: set[int] = set()
    for pair in found.pairs:
        place = pair.a if is_one else pair.b
        likeness[place] = max(likeness.get(place, 0.0), pair.likeness)
        if pair.kind == "same":
            same.add(place)
    is_formula = _is_formula(found)
    speaks = _speaks(likeness, [1 - (1 - _QUOTED) * share for share in _quoted_shares(shorter.text, sentences)])
    why = f"{_count(len(likeness), len(sentences))} of {shorter.id} {'has' if len(likeness) == 1 else 'have'} a counterpart in {longer.id}"
    if same:
        why += f", {'all of them' if len(same) == len(likeness) > 1 else len(same)} word for word"
    if is_formula:
        why += ", but other names and numbers in them"
    is_enough = len(likeness) > 1 or bool(same)  # one sentence reworded is how two reporters tell one thing
    is_one_text = speaks >= _SHARED_TEXT and is_enough and not is_formula
    return Origin((one.id, other.id), 1 if is_one_text else 2, round(len(likeness) / len(sentences), 4), why)


def _is_formula(found: Alignment) -> bool:
    """Whether counterparts name and count other things, as the reports of two days on one stock market do."""
    facts = [(_facts(found.a[pair.a]), _facts(found.b[pair.b])) for pair in found.pairs]
    told = sum(min(len(mine), len(theirs)) for mine, theirs in facts)
    return told >= _FEWEST_FACTS and sum(len(mine & theirs) for mine, theirs in facts) < _SAME_FACTS * told


def _facts(sentence: Sentence) -> frozenset[str]:
    """Its numbers and names; a capital that opens it tells none."""
    return frozenset(word.stem for word in sentence.words if word.spelled[0].isdigit() or (word.is_capital and word != sentence.words[0]))


def _size(text: Sequence[Sentence]) -> tuple[int, int]:
    return len(text), sum(len(sentence.words) for sentence in text)


def _speaks(likeness: Mapping[int, float], weights: Sequence[float]) -> float:
    """0 to 1: how much of a text, sentence by sentence, speaks for its being another's."""
    strengths = {place: min(1.0, max(0.0, (like - _UNLIKE) / (_ALIKE - _UNLIKE))) for place, like in likeness.items()}
    return sum(weights[place] * strength for place, strength in sorted(strengths.items())) / sum(weights)


def _quoted_shares(text: str, sentences: Iterable[Sentence]) -> Iterator[float]:
    """Of each sentence, the share of its words that are quoted."""
    quoted = [False] * len(text)
    for span in quotations(text):
        quoted[span.start : span.end] = [True] * (span.end - span.start)
    return (sum(quoted[word.start] for word in sentence.words) / len(sentence.words) for sentence in sentences)


def _count(told: int, of: int) -> str:
    if told == of:
        return "the only sentence" if of == 1 else f"all {of} sentences"
    return f"{told} of {of} sentences"
