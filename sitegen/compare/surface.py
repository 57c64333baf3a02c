"""Find changes in the surface of words that both texts have: spelling, punctuation and quotation marks."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sitegen.compare.units import ChangeKind, Side, TextChange
from sitegen.text.sentences import Span

_QUOTES = dict.fromkeys('"“”„‟«»″＂', '"') | dict.fromkeys("'‘’‚‛′‹›＇`", "'")
_FOLDED = str.maketrans(_QUOTES | dict.fromkeys("-‐‑‒–—―−", "-"))
_EDGES = " \t\n,.;:!?…"


def of_spelling(a: Side, b: Side, matches: Sequence[tuple[int, int]]) -> Iterator[TextChange]:
    for i, k in matches:
        one, other = a.units[i], b.units[k]
        mine, theirs = a.text[one.start : one.end], b.text[other.start : other.end]
        if mine == theirs or ((one.is_first or other.is_first) and mine.casefold() == theirs.casefold()):
            continue
        mine, theirs = mine.translate(_FOLDED), theirs.translate(_FOLDED)
        kind: ChangeKind = "punctuation" if mine == theirs else "spelling"
        if mine.endswith("'s") != theirs.endswith("'s"):
            kind = "wording"
        yield TextChange(kind, Span(one.start, one.end), Span(other.start, other.end))


def of_marks(a: Side, b: Side, matches: Sequence[tuple[int, int]]) -> Iterator[TextChange]:
    """Changed punctuation between words that both texts have."""
    if matches and matches[0] == (0, 0):
        yield from _of_gap(a, b, Span(_begin(a), a.units[0].start), Span(_begin(b), b.units[0].start))
    for (i, k), (j, l) in pairwise(matches):  # noqa: E741
        if j == i + 1 and l == k + 1 and (j in a.bounds) == (l in b.bounds):
            yield from _of_gap(a, b, Span(a.units[i].end, a.units[j].start), Span(b.units[k].end, b.units[l].start))
    if matches and matches[-1] == (len(a.units) - 1, len(b.units) - 1):
        yield from _of_gap(a, b, Span(a.units[-1].end, _finish(a)), Span(b.units[-1].end, _finish(b)))


def _begin(side: Side) -> int:
    """The start of the punctuation before the first word."""
    start = side.units[0].start
    while start and not side.text[start - 1].isalnum() and not side.text[start - 1].isspace():
        start -= 1
    return start


def _finish(side: Side) -> int:
    end = side.units[-1].end
    while end < len(side.text) and not side.text[end].isalnum() and not side.text[end].isspace():
        end += 1
    return end


def _of_gap(a: Side, b: Side, one: Span, other: Span) -> Iterator[TextChange]:
    mine, theirs = "".join(a.text[one.start : one.end].split()), "".join(b.text[other.start : other.end].split())
    if mine == theirs or (_quotes(mine) != _quotes(theirs) and _without_quotes(mine) == _without_quotes(theirs)):
        return
    yield TextChange("punctuation", _trimmed(a.text, one), _trimmed(b.text, other))


def _quotes(gap: str) -> int:
    return sum(mark in _QUOTES for mark in gap)


def _without_quotes(gap: str) -> str:
    return "".join(mark for mark in gap.translate(_FOLDED) if mark not in "\"'")


def _trimmed(text: str, span: Span, what: str = " \t\n") -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in what:
        start += 1
    while end > start and text[end - 1] in what:
        end -= 1
    return Span(start, end)


def of_quotations(a: Side, b: Side, matches: Sequence[tuple[int, int]]) -> Iterator[TextChange]:
    """Words that only one text quotes, and quotations that begin or end elsewhere."""
    matched_b: set[int] = set()
    back = {k: i for i, k in matches}
    there = dict(matches)
    for number, places in _quoted(a).items():
        partners = [there[i] for i in places if i in there]
        other = _most([b.units[k].quotation for k in partners])
        if other >= 0:
            matched_b.add(other)
            theirs = _quoted(b)[other]
            is_same = all(b.units[k].quotation == other for k in partners) and all(
                a.units[back[k]].quotation == number for k in theirs if k in back
            )
            if not is_same:
                yield TextChange("quotation", _quotation(a, number, places), _quotation(b, other, theirs))
        else:
            yield TextChange("quotation", _quotation(a, number, places), _unquoted(b, partners))
    for number, places in _quoted(b).items():
        if number not in matched_b:
            yield TextChange("quotation", _unquoted(a, [back[k] for k in places if k in back]), _quotation(b, number, places))


def _quoted(side: Side) -> dict[int, list[int]]:
    """Indexes of the units in each quotation, by its number."""
    found: dict[int, list[int]] = {}
    for place, unit in enumerate(side.units):
        if unit.quotation >= 0:
            found.setdefault(unit.quotation, []).append(place)
    return found


def _most(numbers: Sequence[int]) -> int:
    """The most frequent quotation among *numbers*; -1 if none is quoted."""
    held = [number for number in numbers if number >= 0]
    return max(sorted(set(held)), key=held.count) if held else -1


def _quotation(side: Side, number: int, places: Sequence[int]) -> Span:
    whole = side.quotations[number]
    span = side.span(places[0], places[-1] + 1)
    return _trimmed(side.text, Span(max(whole.start, span.start), min(whole.end, span.end)), _EDGES)


def _unquoted(side: Side, places: Sequence[int]) -> Span:
    return side.span(min(places), max(places) + 1) if places else side.span(len(side.units), len(side.units))
