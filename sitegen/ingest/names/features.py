"""Features of a word and its neighbours for the tagger, as strings that have weights.

`word_features` of a word at an offset never change, so their sums are cached. `joint_features` combine words, and are computed for words in
runs only.

"""

import re
from collections import Counter
from dataclasses import dataclass

from sitegen.ingest.names.name_tokens import NameTokens
from sitegen.ingest.names.word_lists import Lexicon, lists, phrase_marks

_SHAPE = (
    (re.compile(r"[^\W\d_]\.(?:[^\W\d_]\.)+"), "A.A."),
    (re.compile(r"[^\W\d_]\."), "A."),
    (re.compile(r"\d+"), "0"),
)
WINDOW = (-2, -1, 0, 1, 2)
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly", "ment", "ments", "ness", "men", "or", "ors")
_USES = "tgipvqoc"
_MIN_GAMES = 3  # different words, a sport’s name twice, that make a report one about sport; one more for each
_WORDS_A_GAME = 200


@dataclass(frozen=True, slots=True)
class AnnotatedTokens:
    """A report’s tokens with what features are computed from."""

    tokens: NameTokens
    lower: tuple[str, ...]
    classes: tuple[str, ...]
    shapes: tuple[str, ...]
    marks: dict[int, str]
    "known phrases, by the index of the words they cover"
    small: frozenset[str]
    "words that the report also writes in lower case"
    hints: dict[int, str]
    "by index, how the report uses the word in other places"
    is_of_sport: bool
    "in such a report a town’s name usually means its club"


class WordForms:
    """Lower case, classes and shape of words, cached."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.sports = frozenset(lists()["sport"])
        self.games = self.sports.union(lists()["game"])
        self._known: dict[str, tuple[str, str, str]] = {}

    def forms(self, word: str) -> tuple[str, str, str]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 50_000:
                self._known.clear()
            known = self._known[word] = (normal(word), classes(word, self.lexicon), shape(word))
        return known


def annotated(tokens: NameTokens, stretches: list[tuple[int, int]], words: WordForms) -> AnnotatedTokens:
    looks = [words.forms(word) for word in tokens.words]
    lower, kinds, shapes = zip(*looks, strict=True) if looks else ((), (), ())
    marks: dict[int, str] = {}
    for start, end in stretches:
        marks.update(phrase_marks(lower, words.lexicon, start, end))
    small = frozenset(word for word in tokens.words if word.islower())
    hints = _hints(tokens, stretches, lower, kinds, shapes)
    games = len(words.games.intersection(lower)) + len(words.sports.intersection(lower))
    is_of_sport = games >= _MIN_GAMES + len(lower) // _WORDS_A_GAME or any(row in ("score", "standing", "fixture") for row in tokens.tables)
    return AnnotatedTokens(tokens, lower, kinds, shapes, marks, small, hints, is_of_sport)


def _hints(
    tokens: NameTokens, stretches: list[tuple[int, int]], lower: tuple[str, ...], kinds: tuple[str, ...], shapes: tuple[str, ...]
) -> dict[int, str]:
    """How the report uses each word in its other places."""
    own: dict[int, str] = {}
    count: dict[str, Counter[str]] = {}
    for index in (index for start, end in stretches for index in range(start, end)):
        if tokens.lines[index] != "U" and len(lower[index]) > 2:
            uses = own[index] = _uses(tokens.bounds[index], index, lower, kinds, shapes)
            count.setdefault(lower[index], Counter()).update(uses)
    hints = {}
    for index in (index for start, end in stretches for index in range(start, end)):
        elsewhere = count.get(lower[index])
        if elsewhere:
            here = own.get(index, "")
            hint = "".join(use for use in _USES if elsewhere[use] > here.count(use))
            if hint:
                hints[index] = hint
    return hints


def _uses(bounds: tuple[int, int], index: int, lower: tuple[str, ...], kinds: tuple[str, ...], shapes: tuple[str, ...]) -> str:
    """How a word is used: after a title, a given name, an initial or “in”; before “said”, “province”, “Party” or “, Country”."""
    before, behind = index > bounds[0], index + 1 < bounds[1]
    earlier, later = kinds[index - 1] if before else "", kinds[index + 1] if behind else ""
    uses = ""
    if "t" in earlier or "h" in earlier:
        uses += "t"
    if "g" in earlier and shapes[index - 1] == "Aa":
        uses += "g"
    if before and shapes[index - 1] == "A.":
        uses += "i"
    if "p" in earlier:
        uses += "p"
    if "v" in later:
        uses += "v"
    if "q" in later:
        uses += "q"
    if "o" in later and shapes[index + 1] != "a":
        uses += "o"
    if behind and lower[index + 1] == "," and index + 2 < bounds[1] and set("CRS") & set(kinds[index + 2]):
        uses += "c"
    return uses


def normal(word: str) -> str:
    return re.sub(r"\d", "0", word.lower()) if len(word) < 30 else "long"


def classes(word: str, lexicon: Lexicon) -> str:
    found = lexicon.classes.get(word.lower(), "")
    if not found and _is_derived(word.lower(), lexicon):
        return "y"
    if not found and "-" in word:
        parts = word.lower().split("-")
        last = lexicon.classes.get(parts[-1], "")
        found = "-" + (last or "") if parts[0] not in ("al", "el") else "k"
    return found


def _is_derived(lower: str, lexicon: Lexicon) -> bool:
    """Whether an unknown word is an ordinary one with an ending: “rescuers”, “rebuilding”."""
    stems = (lower[: -len(ending)] for ending in _ENDINGS if lower.endswith(ending) and len(lower) - len(ending) > 3)
    return any("w" in lexicon.classes.get(stem + more, "") for stem in stems for more in ("", "e"))


def shape(word: str) -> str:
    if word.isalpha():
        return (
            "Aa"
            if word[0].isupper() and word[1:].islower()
            else "a"
            if word.islower()
            else ("A" if len(word) == 1 else "AA")
            if word.isupper()
            else "aA"
        )
    for pattern, name in _SHAPE:
        if pattern.fullmatch(word):
            return name
    if word[0].isalnum() or len(word) > 1:
        kept = "".join("A" if c.isupper() else "a" if c.isalpha() else "0" if c.isdigit() else c for c in word)
        return re.sub(r"(.)\1+", r"\1", kept)[:10]
    return word


def word_features(word: str, offset: int, words: WordForms) -> list[str]:
    """Features of the word *offset* words away from the one being labelled; "" is beyond the line."""
    lower, kinds, form = words.forms(word) if word else ("", "", "")
    at = str(offset)
    found = [f"w{at}={lower}"]
    if abs(offset) < 2:
        found += [f"s{at}={form}", f"c{at}={kinds}", f"u{at}={lower[-3:]}"]
    found += [f"k{at}={kind}" for kind in kinds]
    if offset == 0:
        bare = lower.rstrip(".")
        found += [f"p={bare[:length]}" for length in (2, 3, 4) if len(bare) >= length]
        found += [f"u={bare[-length:]}" for length in (1, 2, 4) if len(bare) >= length]
        found += [f"l={min(len(bare), 10)}", f"sc={form}|{kinds}"]
    return found


def joint_features(report: AnnotatedTokens, index: int, start: int, end: int) -> list[str]:
    """Features that combine words, or describe the word’s place in its run, line and report."""
    classes, shapes, lower, tokens = report.classes, report.shapes, report.lower, report.tokens
    first, behind = tokens.bounds[index]
    c0, w0, s0 = classes[index], lower[index], shapes[index]
    cb, wb, sb = (classes[index - 1], lower[index - 1], shapes[index - 1]) if index > first else ("^", "^", "^")
    ca, wa, sa = (classes[index + 1], lower[index + 1], shapes[index + 1]) if index + 1 < behind else ("$", "$", "$")
    mark, line, opening = report.marks.get(index, ""), tokens.lines[index], tokens.opens[index]
    place = ("B" if index == start else "") + ("E" if index == end - 1 else "")
    found = [
        f"cc-={cb}|{c0}", f"cc+={c0}|{ca}", f"ccc={cb}|{c0}|{ca}", f"ss={sb}|{s0}|{sa}", f"wb+={wb}|{wa}", f"wc-={wb}|{c0}", f"wc+={c0}|{wa}",
        f"ws-={wb}|{s0}", f"ws+={wa}|{s0}|{place}", f"r={place}|{s0}|{min(end - start, 4)}", f"rc={place}|{c0}", f"n={line}|{opening}|{place}|{c0}", f"nl={line}|{s0}",
    ]  # fmt: skip
    if mark:
        found += [f"m={mark}", f"mb={mark}|{wb}"]
    if opening:
        found += [f"o={opening}|{c0}", f"ow={opening}|{s0}|{wa}"]
    if not report.is_of_sport:
        found += [f"peace|{c0}", f"peace|{c0}|{wa}", f"peace|{wb}"]
    table = tokens.tables[index]
    if table:
        found += [f"tb={table}|{c0}|{place}", f"ts={table}|{s0}|{index - first}", f"tr={table}|{wa if ca == '' else ca}"]
    hint = report.hints.get(index)
    if hint:
        found += [f"d={hint}", f"dc={hint}|{c0}", *[f"d{use}={opening}" for use in hint]]
    if w0 in report.small:
        found.append(f"small={opening}|{line}")
    if end - 1 > index:
        found += [f"end={lower[end - 1]}", f"endc={classes[end - 1]}"]
    if index > start:
        found += [f"beg={lower[start]}", f"begc={classes[start]}"]
    outer = lower[end] if end < behind else "$"
    before = lower[start - 1] if start > first else "^"
    found += [f"out={outer}|{place}", f"in={before}|{place}", f"inout={before}|{outer}"]
    return found
