"""Label a run of words with a linear-chain CRF, decoded by Viterbi.

Source: Lafferty, McCallum and Pereira, Conditional Random Fields, 2001. Weights are integers, so that sums are the same on every
machine.

"""

import lzma
from dataclasses import dataclass, field
from functools import cache
from operator import add

from sitegen.ingest.names.features import WINDOW, AnnotatedTokens, WordForms, joint_features, word_features
from sitegen.ingest.names.word_lists import DATA, lexicon

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC")
Scores = tuple[int, ...]
"one number for each of LABELS"
_NONE: Scores = (0,) * len(LABELS)
_NEVER = -1_000_000
_MAX_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Model:
    words: WordForms
    weights: dict[str, Scores]
    before: tuple[tuple[tuple[int, int], ...], ...]
    "for each label, the labels that may precede it and the weight of the transition"
    remembered: dict[tuple[int, str], Scores] = field(default_factory=dict)

    def word_scores(self, word: str, offset: int) -> Scores:
        key = (offset, word)
        known = self.remembered.get(key)
        if known is None:
            if len(self.remembered) > _MAX_REMEMBERED:
                self.remembered.clear()
            known = self.remembered[key] = self._sum(word_features(word, offset, self.words))
        return known

    def scores(self, report: AnnotatedTokens, index: int, start: int, end: int) -> list[int]:
        """The score of each label for a word of the run from *start* to *end*."""
        words = report.tokens.words
        weights = self.weights
        rows = [weights[f] for f in joint_features(report, index, start, end) if f in weights]
        first, behind = report.tokens.bounds[index]
        for offset in WINDOW:
            at = index + offset
            rows.append(self.word_scores(words[at] if first <= at < behind else "", offset))
        return [sum(column) for column in zip(*rows, strict=True)]

    def _sum(self, features: list[str]) -> Scores:
        total: Scores = _NONE
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                total = tuple(map(add, total, row))
        return total


@cache
def model() -> Model:
    lines = lzma.decompress((DATA / "weights.txt.xz").read_bytes()).decode().split("\n")
    steps = [list(map(int, line.split(" "))) for line in lines[: len(LABELS)]]
    weights = {}
    for line in lines[len(LABELS) :]:
        feature, _, row = line.partition("\t")
        if feature:
            numbers = [int(number) if number else 0 for number in row.split(",")]
            weights[feature] = (*numbers, *_NONE[len(numbers) :])
    return Model(WordForms(lexicon()), weights, tuple(_steps_to(label, steps) for label in range(len(LABELS))))


def labels(report: AnnotatedTokens, start: int, end: int, model: Model) -> list[str]:
    """The best label sequence for the run."""
    row = model.scores(report, start, start, end)
    best = [_NEVER if name[0] == "I" else score for name, score in zip(LABELS, row, strict=True)]
    back: list[list[int]] = []
    for index in range(start + 1, end):
        row = model.scores(report, index, start, end)
        now, came = [], []
        for label, score in enumerate(row):
            top, origin = max((best[b] + weight, -b) for b, weight in model.before[label])
            now.append(top + score)
            came.append(-origin)
        best = now
        back.append(came)
    label = best.index(max(best))
    path = [label]
    for came in reversed(back):
        label = came[label]
        path.append(label)
    return [LABELS[label] for label in reversed(path)]


def _steps_to(label: int, steps: list[list[int]]) -> tuple[tuple[int, int], ...]:
    """An inside label only follows its own kind."""
    name = LABELS[label]
    return tuple((b, steps[b][label]) for b, before in enumerate(LABELS) if name[0] != "I" or before[1:] == name[1:])
