"""Compare two reports sentence by sentence: which are the same, reworded, moved, added or left out, and what changed in each.

The result depends only on the two texts and the known names, so it can be cached by their digests.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sitegen.compare.align import Sentence, align, read_sentences
from sitegen.compare.changes import changes
from sitegen.compare.sharing import MIN_WORDS, ReportText, Sharing, comparable_sentences, sharing
from sitegen.compare.units import AnnotatedText, KnownNames, Side, TextChange, TextUnit, annotated_text, capitals, units
from sitegen.text.sentences import Span

RowKind = Literal["same", "reworded", "moved", "added", "left out"]
ROW_KINDS: tuple[RowKind, ...] = ("same", "reworded", "moved", "added", "left out")


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence of each text, or a sentence of one text without a counterpart."""

    kind: RowKind
    "same: only spelling and punctuation differ; moved: the same, in another order"
    a: Span | None
    "None if the sentence was added"
    b: Span | None
    "None if the sentence was left out"
    changes: tuple[TextChange, ...] = ()
    "if a sentence was split, only the changes in this part"
    is_moved: bool = False
    "whether its order changed, reworded or not"


@dataclass(frozen=True, slots=True)
class Comparison:
    sharing: Sharing
    rows: tuple[SentenceRow, ...]
    "in the order of the first text; added sentences come after the one they follow in the second"


def compare(a: ReportText, b: ReportText, known: KnownNames) -> Comparison:
    mine, theirs = read_sentences(a.text), read_sentences(b.text)
    found = align(comparable_sentences(mine), comparable_sentences(theirs))
    numbers_a, numbers_b = _numbers(mine), _numbers(theirs)
    pairs = [(numbers_a[pair.a], numbers_b[pair.b]) for pair in found.pairs]
    pairs = sorted((*pairs, *_short(mine, theirs)))
    reader = _Reader(a.text, b.text, mine, theirs, known)
    rows = list(_paired(pairs, reader))
    return Comparison(sharing(a, b, found), tuple(_in_order(rows, mine, theirs)))


def _numbers(sentences: Sequence[Sentence]) -> list[int]:
    return [number for number, sentence in enumerate(sentences) if len(sentence.words) >= MIN_WORDS]


def _short(mine: Sequence[Sentence], theirs: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Pairs of sentences too short to align: all their words must be the same."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, sentence in enumerate(theirs):
        if len(sentence.words) < MIN_WORDS:
            places[tuple(word.spelled for word in sentence.words)].append(number)
    for number, sentence in enumerate(mine):
        here = places.get(tuple(word.spelled for word in sentence.words)) if len(sentence.words) < MIN_WORDS else None
        if here:
            yield number, here.pop(0)


class _Reader:
    """Makes the sides of a comparison from sentences."""

    def __init__(self, a: str, b: str, mine: Sequence[Sentence], theirs: Sequence[Sentence], known: KnownNames) -> None:
        self.a, self.b = mine, theirs
        always = capitals((*mine, *theirs))
        self._a, self._b, self._known = annotated_text(a, always), annotated_text(b, always), known

    def side_a(self, numbers: Iterable[int]) -> Side:
        return self._side(self._a, self.a, numbers)

    def side_b(self, numbers: Iterable[int]) -> Side:
        return self._side(self._b, self.b, numbers)

    def _side(self, read: AnnotatedText, sentences: Sequence[Sentence], numbers: Iterable[int]) -> Side:
        together: list[TextUnit] = []
        bounds: list[int] = []
        for number in numbers:
            together += units(read, sentences[number], self._known)
            bounds.append(len(together))
        return Side(read.text, read.quotations, tuple(together), tuple(bounds))


def _paired(pairs: Sequence[tuple[int, int]], reader: _Reader) -> Iterator[SentenceRow]:
    moved = _moved(pairs, [len(reader.a[i].words) + len(reader.b[j].words) for i, j in pairs])
    for group in _groups(pairs):
        found = changes(reader.side_a(sorted({i for i, _ in group})), reader.side_b(sorted({j for _, j in group})))
        parts = _parts(group, found, reader)
        for pair in group:
            of_it = tuple(parts[pair])
            is_same = len(group) == 1 and all(change.is_trivial for change in of_it)
            is_moved = pair in moved
            kind: RowKind = "reworded" if not is_same else "moved" if is_moved else "same"
            yield SentenceRow(kind, reader.a[pair[0]].span, reader.b[pair[1]].span, of_it, is_moved)


def _groups(pairs: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Group pairs that share a sentence, as the parts of a split one do."""
    groups: list[list[tuple[int, int]]] = []
    of_a: dict[int, list[tuple[int, int]]] = {}
    of_b: dict[int, list[tuple[int, int]]] = {}
    for pair in pairs:
        group = of_a.get(pair[0]) or of_b.get(pair[1]) or []
        other = of_b.get(pair[1])
        if not group:
            groups.append(group)
        elif other is not None and other is not group:
            group += other
            groups.remove(other)
        group.append(pair)
        for one in group:
            of_a[one[0]] = of_b[one[1]] = group
    return [sorted(group) for group in groups]


def _parts(group: Sequence[tuple[int, int]], found: Iterable[TextChange], reader: _Reader) -> dict[tuple[int, int], list[TextChange]]:
    """Assign each change to one of the pairs."""
    parts: dict[tuple[int, int], list[TextChange]] = {pair: [] for pair in group}
    for change in found:
        parts[max(group, key=lambda pair: _belongs(pair, change, reader))].append(change)
    return parts


def _belongs(pair: tuple[int, int], change: TextChange, reader: _Reader) -> tuple[int, int, int]:
    """Sort key, highest for the pair whose sentences both contain the change; the first pair wins a tie."""
    holds_a = _holds(reader.a[pair[0]].span, change.a)
    holds_b = _holds(reader.b[pair[1]].span, change.b)
    weight_a, weight_b = 1 + (change.a.start < change.a.end), 1 + (change.b.start < change.b.end)
    return holds_a * weight_a + holds_b * weight_b, -pair[0], -pair[1]


def _holds(sentence: Span, part: Span) -> bool:
    return sentence.start <= part.start and part.end <= sentence.end


def _moved(pairs: Sequence[tuple[int, int]], weights: Sequence[int]) -> set[tuple[int, int]]:
    """Pairs outside the heaviest increasing subsequence, so that as few words as possible count as moved."""
    best: list[tuple[int, int]] = []
    "for the best subsequence that ends with each pair: (its weight, the index of the pair before)"
    for number, (_, j) in enumerate(pairs):
        before = max(((best[other][0], -other) for other in range(number) if pairs[other][1] <= j), default=(0, 1))
        best.append((before[0] + weights[number], -before[1]))
    kept: set[tuple[int, int]] = set()
    number = max(range(len(pairs)), key=lambda number: (best[number][0], -number), default=-1)
    while number >= 0:
        kept.add(pairs[number])
        number = best[number][1]
    return set(pairs) - kept


def _in_order(rows: Iterable[SentenceRow], mine: Sequence[Sentence], theirs: Sequence[Sentence]) -> Iterator[SentenceRow]:
    by_a: defaultdict[int, list[SentenceRow]] = defaultdict(list)
    last_of_b: dict[int, SentenceRow] = {}
    for row in rows:
        if row.a and row.b:
            by_a[row.a.start].append(row)
            last_of_b[row.b.start] = row
    behind: defaultdict[SentenceRow | None, list[SentenceRow]] = defaultdict(list)
    anchor: SentenceRow | None = None
    for sentence in theirs:
        if sentence.span.start in last_of_b:
            row = last_of_b[sentence.span.start]
            anchor = anchor if row.is_moved and anchor else row
        else:
            behind[anchor].append(SentenceRow("added", None, sentence.span))
    if by_a:
        yield from behind.pop(None, ())
    for sentence in mine:
        here = by_a.get(sentence.span.start) or [SentenceRow("left out", sentence.span, None)]
        for row in sorted(here, key=lambda row: row.b.start if row.b else 0):
            yield row
            yield from behind.get(row, ())
    yield from behind.get(None, ())
