"""Decide whether two reports share one text, as an edit or a copy of it does, and describe why.

Each sentence counts more, the more similar it is to its counterpart (`compare.align`). Quoted words count less: two reporters at
one news conference quote the same ones. A formula filled with different names and numbers each time is not a shared text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.compare.align import Alignment, Sentence
from sitegen.compare.quotations import quotations

MIN_WORDS = 4
"in a sentence that is compared; “April 7, 2023” matches too much"

_SHARED_TEXT = 1 / 3
"0 to 1: two reports from here on are one text. A third of a report word for word is no coincidence, nor is half of it loosely reworded"
_MIN_SIMILARITY, _FULL_SIMILARITY = 0.3, 0.7
"a counterpart counts nothing up to the first similarity, fully from the second"
_QUOTED = 0.1
"weight of quoted words; the reporter's own words weigh 1"
_SAME_FACTS, _MIN_FACTS = 0.7, 5
"0 to 1: the share of names and numbers that counterparts must have in common, once they have at least so many; edited stories share nearly all"


ENGLISH: Mapping[str, str] = {
    "counterparts_none": "no sentence of one was found to have a counterpart in the other",
    "counterparts_only": "the only sentence of {shorter} has a counterpart in {longer}",
    "counterparts_all": "all {of} sentences of {shorter} have a counterpart in {longer}",
    "counterparts_one": "{found} of {of} sentences of {shorter} has a counterpart in {longer}",
    "counterparts_some": "{found} of {of} sentences of {shorter} have a counterpart in {longer}",
    "counterparts_same": "{counterparts}, {same} word for word",
    "counterparts_all_same": "{counterparts}, all of them word for word",
    "counterparts_formula": "{counterparts}, but with different names and numbers",
    "counterparts_unknown": "the full texts are not available; only the quoted passages are compared",
}
"patterns that describe counterparts; catalogues in other languages have the same keys"


@dataclass(frozen=True, slots=True)
class Counterparts:
    shorter: str
    "id of the text whose sentences are counted"
    longer: str
    found: int
    "number of sentences with a counterpart in the other text"
    of: int
    same: int
    "number of these that are the same word for word"
    is_formula: bool

    def described(self, words: Mapping[str, str], names: Mapping[str, str]) -> str:
        """A sentence made with the patterns of a catalogue. *names* maps ids to names; without one, the id is shown."""
        if not self.found:
            return words["counterparts_none"]
        shorter, longer = names.get(self.shorter, self.shorter), names.get(self.longer, self.longer)
        text = words[self._pattern].format(found=self.found, of=self.of, shorter=shorter, longer=longer)
        if self.same:
            is_all = self.same == self.found > 1
            text = words["counterparts_all_same" if is_all else "counterparts_same"].format(counterparts=text, same=self.same)
        return words["counterparts_formula"].format(counterparts=text) if self.is_formula else text

    @property
    def _pattern(self) -> str:
        if self.found == self.of:
            return "counterparts_only" if self.of == 1 else "counterparts_all"
        return "counterparts_one" if self.found == 1 else "counterparts_some"


@dataclass(frozen=True, slots=True)
class Sharing:
    texts: int
    "1: they share their text; 2: no evidence that they do"
    overlap: float
    "0 to 1: the share of sentences in the shorter text that have a counterpart in the other"
    counterparts: Counterparts | None
    "None if only quotations were compared"

    @property
    def why(self) -> str:
        """A description in English, with the ids of the texts."""
        return self.described(ENGLISH, {})

    def described(self, words: Mapping[str, str], names: Mapping[str, str]) -> str:
        """See `Counterparts.described`."""
        return self.counterparts.described(words, names) if self.counterparts else words["counterparts_unknown"]


@dataclass(frozen=True, slots=True)
class ReportText:
    id: str
    text: str


def comparable_sentences(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences long enough to be compared."""
    return tuple(sentence for sentence in sentences if len(sentence.words) >= MIN_WORDS)


def sharing(one: ReportText, other: ReportText, found: Alignment) -> Sharing:
    """*found* aligns the comparable sentences of both."""
    if not found.pairs:
        return Sharing(2, 0.0, Counterparts(one.id, other.id, found=0, of=len(found.a), same=0, is_formula=False))
    is_one = _size(found.a) <= _size(found.b)
    shorter, longer, sentences = (one, other, found.a) if is_one else (other, one, found.b)
    similarity: dict[int, float] = {}
    same: set[int] = set()
    for pair in found.pairs:
        place = pair.a if is_one else pair.b
        similarity[place] = max(similarity.get(place, 0.0), pair.similarity)
        if pair.kind == "same":
            same.add(place)
    is_formula = _is_formula(found)
    speaks = _speaks(similarity, [1 - (1 - _QUOTED) * share for share in _quoted_shares(shorter.text, sentences)])
    counterparts = Counterparts(shorter.id, longer.id, len(similarity), len(sentences), len(same), is_formula)
    is_enough = len(similarity) > 1 or bool(same)  # two reporters may word one sentence alike
    is_one_text = speaks >= _SHARED_TEXT and is_enough and not is_formula
    return Sharing(1 if is_one_text else 2, round(len(similarity) / len(sentences), 4), counterparts)


def _is_formula(found: Alignment) -> bool:
    """Whether counterparts differ in their names and numbers, like market reports of two different days."""
    facts = [(_facts(found.a[pair.a]), _facts(found.b[pair.b])) for pair in found.pairs]
    total = sum(min(len(mine), len(theirs)) for mine, theirs in facts)
    return total >= _MIN_FACTS and sum(len(mine & theirs) for mine, theirs in facts) < _SAME_FACTS * total


def _facts(sentence: Sentence) -> frozenset[str]:
    """Numbers and names in a sentence; the capital of its first word doesn't make a name."""
    return frozenset(word.stem for word in sentence.words if word.spelled[0].isdigit() or (word.is_capital and word != sentence.words[0]))


def _size(text: Sequence[Sentence]) -> tuple[int, int]:
    return len(text), sum(len(sentence.words) for sentence in text)


def _speaks(similarity: Mapping[int, float], weights: Sequence[float]) -> float:
    """The evidence that a text was taken from another: 0 to 1, a weighted mean over its sentences."""
    strengths = {
        place: min(1.0, max(0.0, (like - _MIN_SIMILARITY) / (_FULL_SIMILARITY - _MIN_SIMILARITY))) for place, like in similarity.items()
    }
    return sum(weights[place] * strength for place, strength in sorted(strengths.items())) / sum(weights)


def _quoted_shares(text: str, sentences: Iterable[Sentence]) -> Iterator[float]:
    """The share of quoted words in each sentence."""
    quoted = [False] * len(text)
    for span in quotations(text):
        quoted[span.start : span.end] = [True] * (span.end - span.start)
    return (sum(quoted[word.start] for word in sentence.words) / len(sentence.words) for sentence in sentences)
