"""What holds of names in reports beyond what the weights have learned.

A demonym is no place; a country is one; who is called Mr is a person; an organisation that every reader knows is none of
either; and what a report has named once it goes on naming so.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sitegen.ingest.names.features import Sight

_ALSO_PEOPLE = frozenset(
    [
        "jordan",
        "chad",
        "georgia",
        "israel",
        "guinea",
        "west",
        "america",
        "gulf",
        "amazon",
        "dominica",
        "holland",
        "ireland",
        "england",
        "wales",
        "francis",
        "kent",
    ]
)
"countries that people, firms and sides of the sky are called, too"
_HONORIFICS = frozenset(
    ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "gen.", "lt.", "col.", "maj.", "capt.", "sgt.", "prof.", "sen.", "rep.", "gov."]
)
_NO_NAME_ALONE = frozenset("xdtTwhvDCrOo")
"classes of words that alone are too seldom a person: ordinary words, days, titles"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in words of the report: from start to end, half open; kind is PER, LOC, ORG or MISC."""

    start: int
    end: int
    kind: str


def amended(names: list[Name], seen: Sight) -> list[Name]:
    names = [kept for name in names if (kept := _by_lists(name, seen)) is not None]
    names = _with(names, _countries(seen))
    names = _with_honorifics(names, seen)
    names = _with_other_names(names, seen)
    return _consistent(names, seen)


def _by_lists(name: Name, seen: Sight) -> Name | None:
    kinds = seen.classes[name.start]
    is_word = name.end - name.start == 1
    if not is_word and name.kind == "PER" and seen.lower[name.start] in _HONORIFICS:
        return replace(name, start=name.start + 1)
    if not is_word:
        return None if name.kind == "LOC" and seen.marks.get(name.start) == "BD" and _covered(name, seen, "D") else name
    if "D" in kinds and "C" not in kinds and name.kind in ("LOC", "ORG"):
        return None
    if "d" in kinds and name.kind == "LOC":
        return None
    if "r" in kinds and name.kind != "ORG":
        return None if name.kind != "PER" or "g" not in kinds else name
    if "O" in kinds and name.kind in ("PER", "LOC") and not set(kinds) & set("gn23"):
        return replace(name, kind="ORG")
    if "C" in kinds and seen.lower[name.start] not in _ALSO_PEOPLE:
        return replace(name, kind="LOC")
    return replace(name, kind="LOC") if name.kind == "PER" and _stands_as_place(name, seen) else name


def _stands_as_place(name: Name, seen: Sight) -> bool:
    """A word that the gazetteer knows and no list of people has, behind “in”, “through” or a comma."""
    kinds = seen.classes[name.start]
    if not set(kinds) & set("123Re") or set(kinds) & set("gnt") or name.start == 0 or seen.tokens.opens[name.start]:
        return False
    return "p" in seen.classes[name.start - 1] and seen.lower[name.start - 1] not in (
        "for",
        "against",
        "to",
        "from",
        "of",
        "via",
        "between",
        "within",
    )


def _covered(name: Name, seen: Sight, code: str) -> bool:
    return all(seen.marks.get(index, "")[1:] == code for index in range(name.start, name.end))


def _countries(seen: Sight) -> Iterator[Name]:
    """Countries, where nothing else was read: whole phrases, and single words that are capitalised."""
    for index in range(len(seen.classes)):
        mark = seen.marks.get(index, "")
        if mark == "BC":
            end = index + 1
            while seen.marks.get(end) == "IC":
                end += 1
            if _stands_alone(seen, index, end):
                yield Name(index, end, "LOC")
        elif _is_country(seen, index) and not mark and _stands_alone(seen, index, index + 1):
            yield Name(index, index + 1, "LOC")


def _is_country(seen: Sight, index: int) -> bool:
    """A capitalised word that names a country and nothing ordinary; US in a line of capitals may be “us”."""
    word, kinds = seen.tokens.words[index], seen.classes[index]
    if word == "US":
        return seen.tokens.lines[index] != "U" and not _qualifies(seen, index)
    return "C" in kinds and "w" not in kinds and word[0].isupper() and word != "Us"


def _qualifies(seen: Sight, index: int) -> bool:
    """Whether a small noun follows: “US stocks” are more often read as American stocks."""
    return index + 1 < seen.tokens.bounds[index][1] and seen.shapes[index + 1] == "a" and not set(seen.classes[index + 1]) & set("cpv")


def _stands_alone(seen: Sight, start: int, end: int) -> bool:
    """Whether neither neighbour makes a longer name of it; “U.S. Secretary of State” goes on with a title."""
    words, kinds = seen.tokens.words, seen.classes
    after = words[end] if end < len(words) and not seen.tokens.opens[end] else ""
    before = words[start - 1] if start and not seen.tokens.opens[start] else ""
    if before == "of" and start > 1 and words[start - 2][:1].isupper() and "t" not in kinds[start - 2]:
        return False
    goes_on = after[:1].isupper() and not set(kinds[end]) & set("td") and seen.tokens.lines[start] == ""
    return not goes_on and not (before[:1].isupper() and not set(kinds[start - 1]) & set("xdtp"))


def _with(names: list[Name], more: Iterator[Name]) -> list[Name]:
    """The names, and of the others those that none of them touches."""
    taken = {index for name in names for index in range(name.start, name.end)}
    kept = list(names)
    for name in more:
        if taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _with_honorifics(names: list[Name], seen: Sight) -> list[Name]:
    """“Mr Howard” is a person, whatever Howard looked like."""
    by_start = {name.start: name for name in names}
    found = []
    for index, word in enumerate(seen.lower[:-1]):
        nxt = index + 1
        if (
            word in _HONORIFICS
            and seen.tokens.words[index][0].isupper()
            and seen.shapes[nxt] in ("Aa", "aA")
            and not set(seen.classes[nxt]) & set("hxtd")
        ):
            name = by_start.get(nxt)
            if name is None:
                found.append(Name(nxt, nxt + 1, "PER"))
            elif name.kind != "PER":
                by_start[nxt] = replace(name, kind="PER")
    return _with(sorted(by_start.values(), key=lambda name: name.start), iter(found))


def _with_other_names(names: list[Name], seen: Sight) -> list[Name]:
    """“Mohamed Hamdan Dagalo, better known as Hemedti”: what follows is a person's name, too."""
    words = seen.tokens.words
    found = []
    for index in range(2, len(words)):
        is_behind = seen.lower[index - 2 : index] in (("known", "as"), ("nicknamed", "“"), ("nicknamed", '"')) or seen.lower[index - 1] in (
            "aka",
            "a.k.a.",
            "nicknamed",
            "alias",
        )
        if not is_behind or seen.shapes[index] not in ("Aa", "aA") or set(seen.classes[index]) & set("xdDC"):
            continue
        if any(name.kind == "PER" and 0 < index - name.end <= 6 for name in names):
            found.append(Name(index, index + 1, "PER"))
    touched = {name.start: name for name in found}
    kept = [replace(name, kind="PER") if name.start in touched else name for name in names]
    return _with(kept, iter(found))


# --- Once read, read so throughout the report.


def _consistent(names: list[Name], seen: Sight) -> list[Name]:
    kinds: dict[tuple[str, ...], Counter[str]] = {}
    for name in names:
        kinds.setdefault(seen.lower[name.start : name.end], Counter())[name.kind] += 1
    parts = _parts_of_people(kinds)
    settled = [_settled(name, seen, kinds, parts) for name in names]
    return _with(settled, _repeated(seen, kinds, parts))


def _parts_of_people(kinds: dict[tuple[str, ...], Counter[str]]) -> frozenset[str]:
    """Family names of those whom the report names in full."""
    return frozenset(
        words[-1] for words, counts in kinds.items() if len(words) > 1 and counts.most_common(1)[0][0] == "PER" and len(words[-1]) > 2
    )


def _settled(name: Name, seen: Sight, kinds: dict[tuple[str, ...], Counter[str]], parts: frozenset[str]) -> Name:
    words = seen.lower[name.start : name.end]
    if name.kind == "PER":
        counts = kinds[words]
        other, times = counts.most_common(1)[0]
        is_named_in_full = words[-1] in parts
        return replace(name, kind=other) if other != "PER" and times > 2 * counts["PER"] and not is_named_in_full else name
    if len(words) == 1 and words[0] in parts and not set(seen.classes[name.start]) & set("C3"):
        return replace(name, kind="PER")
    counts = kinds[words]
    return replace(name, kind="PER") if counts["PER"] > 2 * counts[name.kind] and len(words) == 1 else name


def _repeated(seen: Sight, kinds: dict[tuple[str, ...], Counter[str]], parts: frozenset[str]) -> Iterator[Name]:
    """Words that the report names elsewhere, read as nothing here."""
    beginnings: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(kinds, key=lambda words: (-len(words), words)):
        if len(words) > 1 or len(words[0]) > 2:
            beginnings.setdefault(words[0], []).append(words)
    for index, word in enumerate(seen.lower):
        if seen.shapes[index] == "a":
            continue
        speaks = index + 1 < len(seen.lower) and "v" in seen.classes[index + 1]
        if word in parts and _names_alone(seen, index, ordinary=speaks or not seen.tokens.opens[index]):
            yield Name(index, index + 1, "PER")
        for words in beginnings.get(word, ()):
            if len(words) == 1 and not _names_alone(seen, index, ordinary=False):
                continue
            if seen.lower[index : index + len(words)] == words and _is_free(seen, index, index + len(words)):
                yield Name(index, index + len(words), kinds[words].most_common(1)[0][0])
                break


def _names_alone(seen: Sight, index: int, ordinary: bool) -> bool:
    """Whether the word can be a name by itself; an ordinary word, like Jobs, only where a capital means something."""
    kinds = set(seen.classes[index])
    return not kinds & _NO_NAME_ALONE or (ordinary and kinds == {"w"} and seen.tokens.lines[index] in ("", "D"))


def _is_free(seen: Sight, start: int, end: int) -> bool:
    """Whether no capitalised word stands right beside: then it is part of a longer name, or of none."""
    words = seen.tokens.words
    before = words[start - 1] if start and not seen.tokens.opens[start] else ""
    after = words[end] if end < len(words) and not seen.tokens.opens[end] else ""
    return not after[:1].isupper() and (
        not before[:1].isupper() or (seen.classes[start - 1] != "" and set(seen.classes[start - 1]) <= set("xtwhqD"))
    )
