"""Find what changed in a sentence, and classify each change as a number, a name, a date, …

Two groups of sentences (one sentence and the parts it was split into) are compared as sequences of units. The edits lie between
the runs that both have in common. Numbers, names, dates and reporting verbs in an edit are paired one by one; the rest is a
single change of wording, even if both sides have a few words in common by chance. Spelling and punctuation are trivial.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from sitegen.compare import reporting_verbs
from sitegen.compare.surface import of_marks, of_quotations, of_spelling
from sitegen.compare.units import ChangeKind, Side, TextChange, TextUnit, UnitKind

_KINDS: dict[UnitKind, ChangeKind] = {"number": "number", "name": "name", "date": "date", "saying": "attribution"}
_NEGATIONS = frozenset({"not", "no", "never", "nor", "neither", "without", "nobody", "nothing", "none"})
_MAX_PAIRED_EDIT = 10
"units; in a longer edit, a name or number doesn't replace another just by its position"
_MAX_CHANCE_WORDS = 3
"units in a row that two phrases may have in common by chance"


Run = tuple[int, int]
"start and end index of units, the end excluded"


@dataclass(frozen=True, slots=True)
class _Edit:
    """Units b[k:l] replaced a[i:j]; either may be empty."""

    i: int
    j: int
    k: int
    l: int  # noqa: E741  # i, j, k, l are the usual four

    @property
    def size(self) -> int:
        return max(self.j - self.i, self.l - self.k)


@dataclass(frozen=True, slots=True)
class _LabelledEdit:
    kind: ChangeKind
    edit: _Edit


def changes(a: Side, b: Side) -> tuple[TextChange, ...]:
    """The changes, in the order of the first text."""
    matches = _matches(a.units, b.units)
    found = [*of_quotations(a, b, matches), *of_spelling(a, b, matches), *of_marks(a, b, matches)]
    edits = list(_edits(a, b, matches))
    moved_a, moved_b = _moved(a, b, edits)
    apart = _Apart(a, b)
    labelled: list[_LabelledEdit] = []
    for edit in edits:
        mine = [i for i in range(edit.i, edit.j) if i not in moved_a and a.units[i].kind != "plain"]
        theirs = [k for k in range(edit.k, edit.l) if k not in moved_b and b.units[k].kind != "plain"]
        labelled += _of_edit(a, b, edit, _runs(a.units, mine), _runs(b.units, theirs), apart)
    found += (
        TextChange(one.kind, a.span(one.edit.i, one.edit.j), b.span(one.edit.k, one.edit.l)) for one in _joined(a, b, labelled, matches)
    )
    found += apart.changes()
    return tuple(sorted(set(found), key=lambda change: (change.a.start, change.b.start, change.a.end, change.b.end, change.kind)))


def _matches(mine: Sequence[TextUnit], theirs: Sequence[TextUnit]) -> list[tuple[int, int]]:
    """Indexes of equal units in the same order. A lone function word between two edits is part of them, not a match."""
    matcher = SequenceMatcher(None, [unit.key for unit in mine], [unit.key for unit in theirs], autojunk=False)
    runs = [(i, k, n) for i, k, n in matcher.get_matching_blocks() if n]
    kept = [run for number, run in enumerate(runs) if not _is_lost(mine, theirs, runs, number)]
    return [(i + step, k + step) for i, k, n in kept for step in range(n)]


def _is_lost(mine: Sequence[TextUnit], theirs: Sequence[TextUnit], runs: Sequence[tuple[int, int, int]], number: int) -> bool:
    i, k, n = runs[number]
    if n > 2 or any(unit.is_content for unit in mine[i : i + n]):
        return False
    before_i, before_k, before_n = runs[number - 1] if number else (0, 0, 0)
    next_i, next_k, _ = runs[number + 1] if number + 1 < len(runs) else (len(mine), len(theirs), 0)
    before = max(i - before_i - before_n, k - before_k - before_n)
    behind = max(next_i - i - n, next_k - k - n)
    return min(before, behind) >= (1 if n == 1 else 4) and before + behind > 2


def _edits(a: Side, b: Side, matches: Sequence[tuple[int, int]]) -> Iterator[_Edit]:
    for (i, k), (j, l) in pairwise(((-1, -1), *matches, (len(a.units), len(b.units)))):  # noqa: E741
        if j > i + 1 or l > k + 1:
            yield from _within_sentences(a, b, _Edit(i + 1, j, k + 1, l))


def _within_sentences(a: Side, b: Side, edit: _Edit) -> Iterator[_Edit]:
    """Cut an edit at the ends of sentences."""
    cuts_a = [bound for bound in a.bounds if edit.i < bound < edit.j]
    cuts_b = [bound for bound in b.bounds if edit.k < bound < edit.l]
    if len(cuts_a) == len(cuts_b):
        yield from map(_Edit, (edit.i, *cuts_a), (*cuts_a, edit.j), (edit.k, *cuts_b), (*cuts_b, edit.l))
        return
    first = _Edit(edit.i, (*cuts_a, edit.j)[0], edit.k, (*cuts_b, edit.l)[0])
    yield first
    yield from (_Edit(i, j, first.l, first.l) for i, j in pairwise((*cuts_a, edit.j)))
    yield from (_Edit(first.j, first.j, k, l) for k, l in pairwise((*cuts_b, edit.l)))  # noqa: E741


def _moved(a: Side, b: Side, edits: Sequence[_Edit]) -> tuple[set[int], set[int]]:
    """Units that only moved: the other text has them in another edit, unchanged."""
    places: dict[str, list[int]] = {}
    for edit in edits:
        for k in range(edit.k, edit.l):
            places.setdefault(b.units[k].key, []).append(k)
    mine: set[int] = set()
    theirs: set[int] = set()
    for edit in edits:
        for i in range(edit.i, edit.j):
            if a.units[i].kind != "plain" and places.get(a.units[i].key):
                mine.add(i)
                theirs.add(places[a.units[i].key].pop(0))
    return mine, theirs


def _of_edit(a: Side, b: Side, edit: _Edit, mine: Sequence[Run], theirs: Sequence[Run], apart: "_Apart") -> Iterator[_LabelledEdit]:
    """*mine* and *theirs* are its names, numbers, …; those without a counterpart in this edit are added to *apart*."""
    pairs = _paired(a, b, edit, mine, theirs)
    for run_a, run_b in pairs:
        yield _LabelledEdit(_kind(a, b, run_a, run_b), _Edit(*run_a, *run_b))
    lone_a = [run for run in mine if run not in {one for one, _ in pairs} and not a.units[run[0]].is_weak]
    lone_b = [run for run in theirs if run not in {other for _, other in pairs} and not b.units[run[0]].is_weak]
    apart.a += [(run, edit.k) for run in lone_a]
    apart.b += [(run, edit.i) for run in lone_b]
    used_a = {i for run in (*(one for one, _ in pairs), *lone_a) for i in range(*run)}
    used_b = {k for run in (*(other for _, other in pairs), *lone_b) for k in range(*run)}
    corners = [(edit.i, edit.k), *((run_a[1], run_b[1]) for run_a, run_b in pairs)]
    ends = [*((run_a[0], run_b[0]) for run_a, run_b in pairs), (edit.j, edit.l)]
    for (i, k), (j, l) in zip(corners, ends, strict=True):  # noqa: E741
        rest = [a.units[place] for place in range(i, j) if place not in used_a]
        rest += [b.units[place] for place in range(k, l) if place not in used_b]
        if rest and (not (used_a or used_b) or any(unit.is_content or unit.key in _NEGATIONS for unit in rest)):
            kind: ChangeKind = "quotation" if _is_quoted(a, i, j) and _is_quoted(b, k, l) else "wording"
            yield _LabelledEdit(kind, _Edit(i, j, k, l))


def _joined(a: Side, b: Side, labelled: Sequence[_LabelledEdit], matches: Sequence[tuple[int, int]]) -> list[_LabelledEdit]:
    """Join changes of wording that only a few common words separate; a name, number, … between them keeps them apart."""
    both = {(i, k) for i, k in matches if a.units[i].kind == "plain"}
    wordings = sorted((one.edit for one in labelled if one.kind == "wording"), key=lambda edit: (edit.i, edit.k))
    number = 1
    while number < len(wordings):
        one, other = wordings[number - 1], wordings[number]
        if _is_by_chance(a, b, one, other, both):
            wordings[number - 1 : number + 1] = [_Edit(one.i, other.j, one.k, other.l)]
            number = max(1, number - 1)  # it has grown, and may reach back
        else:
            number += 1
    return [*(one for one in labelled if one.kind != "wording"), *(_LabelledEdit("wording", edit) for edit in wordings)]


def _is_by_chance(a: Side, b: Side, one: _Edit, other: _Edit, both: Collection[tuple[int, int]]) -> bool:
    """Whether the common words between two edits are few, compared with the edits."""
    between = list(zip(range(one.j, other.i), range(one.l, other.k), strict=False))
    if len(between) != other.i - one.j or len(between) != other.k - one.l or not all(place in both for place in between):
        return False
    if any(one.i < bound < other.j for bound in a.bounds) or any(one.k < bound < other.l for bound in b.bounds):
        return False
    return len(between) <= min(_MAX_CHANCE_WORDS, one.size, other.size) and 4 * len(between) <= one.size + other.size


def _is_quoted(side: Side, start: int, stop: int) -> bool:
    """Whether the units are all in one quotation; for an empty range, whether its place is."""
    of = [side.units[place].quotation for place in range(start, stop)] or [
        side.units[place].quotation for place in (start - 1, start) if 0 <= place < len(side.units)
    ]
    return of[0] >= 0 and len(set(of)) == 1


def _runs(units: Sequence[TextUnit], places: Sequence[int]) -> list[Run]:
    """Adjacent names form one run; all other units a run each."""
    runs: list[Run] = []
    for place in places:
        if runs and runs[-1][1] == place and units[place].kind == "name" == units[place - 1].kind:
            runs[-1] = runs[-1][0], place + 1
        else:
            runs.append((place, place + 1))
    return runs


def _paired(a: Side, b: Side, edit: _Edit, mine: Sequence[Run], theirs: Sequence[Run]) -> list[tuple[Run, Run]]:
    """Pair by kind and order, the k-th number with the k-th number, unless that would cross another pair."""
    pairs: list[tuple[Run, Run]] = []
    for kind in ("saying", "number", "date", "name"):
        of_a = [run for run in mine if a.units[run[0]].kind == kind]
        of_b = [run for run in theirs if b.units[run[0]].kind == kind]
        if kind in ("name", "number") and (len(of_a) != len(of_b) or edit.size > _MAX_PAIRED_EDIT):
            pairs += _of_one_thing(a, b, of_a, of_b) if kind == "number" else ()
            continue
        for run_a, run_b in zip(of_a, of_b, strict=False):
            is_weak = a.units[run_a[0]].is_weak and b.units[run_b[0]].is_weak
            if not is_weak and all((run_a < one) == (run_b < other) for one, other in pairs):
                pairs.append((run_a, run_b))
    return sorted(pairs)


def _of_one_thing(a: Side, b: Side, mine: Sequence[Run], theirs: Sequence[Run]) -> Iterator[tuple[Run, Run]]:
    """Pair numbers that count the same thing: 20,000 euros, 25,000 euros."""
    counted = {b.units[run[1]].key: run for run in reversed(theirs) if run[1] < len(b.units) and b.units[run[1]].is_content}
    for run in mine:
        other = counted.pop(a.units[run[1]].key, None) if run[1] < len(a.units) else None
        if other is not None:
            yield run, other


def _kind(a: Side, b: Side, run_a: Run, run_b: Run) -> ChangeKind:
    one, other = a.units[run_a[0]], b.units[run_b[0]]
    if one.kind == "saying":
        return "wording" if reporting_verbs.verb(one.key) == reporting_verbs.verb(other.key) else "attribution"
    if one.kind == "name" and _is_one_name(a, b, run_a, run_b):
        return "spelling"
    return _KINDS[one.kind]


def _is_one_name(a: Side, b: Side, run_a: Run, run_b: Run) -> bool:
    """Whether two names are one: Anna Berg and Berg, United Nations and UN."""
    mine, theirs = ([unit.key for unit in side.units[slice(*run)]] for side, run in ((a, run_a), (b, run_b)))
    shorter, longer = sorted((mine, theirs), key=len)
    if len(shorter) < len(longer) and longer[-len(shorter) :] == shorter:
        return True
    return len(shorter) == 1 and len(longer) > 1 and shorter[0] == "".join(key[0] for key in longer)


class _Apart:
    """Names, numbers, … without a counterpart in their edit, each with its position in the other text."""

    def __init__(self, a: Side, b: Side) -> None:
        self.sides = a, b
        self.a: list[tuple[Run, int]] = []
        self.b: list[tuple[Run, int]] = []

    def changes(self) -> Iterator[TextChange]:
        """Changes across edits: reporting verbs pair up anywhere (“…, he said”, “He claimed that …”), and so do two forms of a name."""
        a, b = self.sides
        left_b = list(self.b)
        for run, place in self.a:
            other = next((theirs for theirs in left_b if self._are_counterparts(run, theirs[0])), None)
            if other is not None:
                left_b.remove(other)
                yield TextChange(_kind(a, b, run, other[0]), a.span(*run), b.span(*other[0]))
            elif _is_fuller(a.units, run, b.units, place):
                yield TextChange("spelling", a.span(run[0], run[1] + 1), b.span(place, place + 1))
            elif not _is_said_elsewhere(a.units[slice(*run)], b.units):
                yield TextChange(_KINDS[a.units[run[0]].kind], a.span(*run), b.span(place, place))
        for run, place in left_b:
            if _is_fuller(b.units, run, a.units, place):
                yield TextChange("spelling", a.span(place, place + 1), b.span(run[0], run[1] + 1))
            elif not _is_said_elsewhere(b.units[slice(*run)], a.units):
                yield TextChange(_KINDS[b.units[run[0]].kind], a.span(place, place), b.span(*run))

    def _are_counterparts(self, mine: Run, theirs: Run) -> bool:
        a, b = self.sides
        if a.units[mine[0]].kind != b.units[theirs[0]].kind:
            return False
        kind = a.units[mine[0]].kind
        return kind == "saying" or (kind == "name" and _is_one_name(a, b, mine, theirs))


def _is_fuller(mine: Sequence[TextUnit], run: Run, theirs: Sequence[TextUnit], place: int) -> bool:
    """Whether a run is a given name before a surname that the other text has alone at that place."""
    if mine[run[0]].kind != "name" or run[1] == len(mine) or place == len(theirs):
        return False
    return mine[run[1]].kind == "name" and mine[run[1]].key == theirs[place].key and mine[run[1]].start == mine[run[1] - 1].end + 1


def _is_said_elsewhere(run: Sequence[TextUnit], others: Sequence[TextUnit]) -> bool:
    """Whether the other side has this name elsewhere."""
    return run[0].kind == "name" and {unit.key for unit in run} <= {unit.key for unit in others}
