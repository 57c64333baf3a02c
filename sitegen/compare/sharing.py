"""Whether two texts are one, an edit or a copy: judged by their counterparts (`compare.align`), and said why.

How far a sentence speaks for a shared text grows with its likeness to its counterpart. What is quoted speaks less: two reporters at one
news conference quote the same words. A formula that is filled with other names and numbers each time is no shared text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.compare.align import Alignment, Sentence
from sitegen.compare.quotations import quotations

MIN_WORDS = 4
"of a sentence that counts: “April 7, 2023” is no counterpart of anything"

_SHARED_TEXT = 1 / 3
"of 1: from here on two reports are one text. A third of a report word for word is no chance; half of it loosely reworded isn't, either"
_UNLIKE, _ALIKE = 0.3, 0.7
"likenesses between which a counterpart comes to speak for a shared text"
_QUOTED = 0.1
"how much a sentence of quoted words speaks, against one of the reporter's own"
_SAME_FACTS, _MIN_FACTS = 0.7, 5
"of 1: how many of the names and numbers in counterparts both have, where there are so many; an edited story has nearly all"


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
"what is said of counterparts; other languages have patterns of the same keys"


@dataclass(frozen=True, slots=True)
class Counterparts:
    shorter: str
    "id of the text whose sentences are counted"
    longer: str
    found: int
    "sentences that have a counterpart in the other"
    of: int
    same: int
    "how many of them are word for word the same"
    is_formula: bool

    def described(self, words: Mapping[str, str], names: Mapping[str, str]) -> str:
        """In the patterns of a catalogue; a text without one of the *names* is called by its id."""
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
    "1: they share their text; 2: nothing says so"
    overlap: float
    "0 to 1: the share of the shorter one's sentences that have a counterpart in the other"
    counterparts: Counterparts | None
    "None where the whole texts are not at hand"

    @property
    def why(self) -> str:
        """In English; texts are called by their ids."""
        return self.described(ENGLISH, {})

    def described(self, words: Mapping[str, str], names: Mapping[str, str]) -> str:
        """See `Counterparts.described`."""
        return self.counterparts.described(words, names) if self.counterparts else words["counterparts_unknown"]


@dataclass(frozen=True, slots=True)
class ReportText:
    id: str
    text: str


def comparable_sentences(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Those that are long enough to have counterparts."""
    return tuple(sentence for sentence in sentences if len(sentence.words) >= MIN_WORDS)


def sharing(one: ReportText, other: ReportText, found: Alignment) -> Sharing:
    """*found* are the counterparts of the comparable sentences of both."""
    if not found.pairs:
        return Sharing(2, 0.0, Counterparts(one.id, other.id, found=0, of=len(found.a), same=0, is_formula=False))
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
    counterparts = Counterparts(shorter.id, longer.id, len(likeness), len(sentences), len(same), is_formula)
    is_enough = len(likeness) > 1 or bool(same)  # one sentence reworded is how two reporters tell one thing
    is_one_text = speaks >= _SHARED_TEXT and is_enough and not is_formula
    return Sharing(1 if is_one_text else 2, round(len(likeness) / len(sentences), 4), counterparts)


def _is_formula(found: Alignment) -> bool:
    """Whether counterparts name and count other things, as the reports of two days on one stock market do."""
    facts = [(_facts(found.a[pair.a]), _facts(found.b[pair.b])) for pair in found.pairs]
    told = sum(min(len(mine), len(theirs)) for mine, theirs in facts)
    return told >= _MIN_FACTS and sum(len(mine & theirs) for mine, theirs in facts) < _SAME_FACTS * told


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
