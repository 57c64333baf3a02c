"""What holds of names in reports beyond what the weights have learned.

A demonym is no place; a country is one; who is called Mr is a person; an organisation that every reader knows is none of
either. What one report says as a whole is in `consistency`.
"""

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
_HOUSES = frozenset(
    [
        "university",
        "hospital",
        "college",
        "institute",
        "foundation",
        "bank",
        "party",
        "council",
        "ministry",
        "corporation",
        "committee",
        "commission",
    ]
)
"what has a person's or a place's name in front of it and is neither"
_STORMS = frozenset(["hurricane", "typhoon", "cyclone", "storm", "hurricanes", "typhoons"])


@dataclass(frozen=True, slots=True)
class Name:
    """A name in words of the report: from start to end, half open; kind is PER, LOC, ORG or MISC."""

    start: int
    end: int
    kind: str


def amended(names: list[Name], seen: Sight) -> list[Name]:
    names = [kept for name in names if (kept := _by_lists(name, seen)) is not None]
    names = with_more(names, _countries(seen))
    names = _with_honorifics(names, seen)
    return _without_storms(_with_other_names(names, seen), seen)


def _by_lists(name: Name, seen: Sight) -> Name | None:
    kinds = seen.classes[name.start]
    is_word = name.end - name.start == 1
    if name.kind in ("PER", "LOC") and _is_house(name, seen):
        return replace(name, kind="ORG")
    if not is_word and name.kind == "PER":
        return _untitled(name, seen)
    if not is_word:
        if name.kind == "LOC" and seen.marks.get(name.start) == "BD" and _covered(name, seen, "D"):
            return None
        return replace(name, kind="LOC") if seen.marks.get(name.start) == "BC" and _covered(name, seen, "C") else name
    if "D" in kinds and "C" not in kinds and name.kind in ("LOC", "ORG"):
        return None
    if "d" in kinds and name.kind == "LOC":
        return None
    if name.kind == "ORG" and not seen.is_of_sport and set(kinds) & set("23R") and not set(kinds) & set("Obgnwo"):
        return replace(name, kind="LOC")
    if "r" in kinds and name.kind != "ORG":
        return None if name.kind != "PER" or "g" not in kinds else name
    if "O" in kinds and name.kind in ("PER", "LOC") and not set(kinds) & set("gn23"):
        return replace(name, kind="ORG")
    return replace(name, kind="LOC") if "C" in kinds and seen.lower[name.start] not in _ALSO_PEOPLE else name


def _is_house(name: Name, seen: Sight) -> bool:
    """Nelson Mandela University, and Baragwanath where Hospital follows."""
    if _covered(name, seen, "C"):
        return False
    last = name.end - 1
    after = name.end if name.end < seen.tokens.bounds[last][1] else last
    ends_so = name.end - name.start > 1 and seen.lower[last] in _HOUSES
    return ends_so or (seen.lower[after] in _HOUSES and seen.shapes[after] == "Aa" and seen.shapes[last] == "Aa" and after != last)


def _untitled(name: Name, seen: Sight) -> Name:
    """A person without the titles in front, nor the country or people whose title it is: “U.S. President Barack Obama”."""
    start = name.start
    for index in range(name.start, name.end - 1):
        kinds = set(seen.classes[index])
        if seen.lower[index] in _HONORIFICS or (kinds & set("th") and not kinds & set("gn")):
            start = index + 1
        elif not kinds & set("CDo"):
            break
    return replace(name, start=start)


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
        return seen.tokens.lines[index] != "U"
    return "C" in kinds and "w" not in kinds and word[0].isupper() and word != "Us"


def _stands_alone(seen: Sight, start: int, end: int) -> bool:
    """Whether neither neighbour makes a longer name of it; “U.S. Secretary of State” goes on with a title."""
    words, kinds = seen.tokens.words, seen.classes
    after = words[end] if end < len(words) and not seen.tokens.opens[end] else ""
    before = words[start - 1] if start and not seen.tokens.opens[start] else ""
    if before == "of" and start > 1 and words[start - 2][:1].isupper() and "t" not in kinds[start - 2]:
        return False
    goes_on = after[:1].isupper() and not set(kinds[end]) & set("td") and seen.tokens.lines[start] == ""
    return not goes_on and not (before[:1].isupper() and not set(kinds[start - 1]) & set("xdtp"))


def with_more(names: list[Name], more: Iterator[Name]) -> list[Name]:
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
    return with_more(sorted(by_start.values(), key=lambda name: name.start), iter(found))


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
    return with_more(kept, iter(found))


def _without_storms(names: list[Name], seen: Sight) -> list[Name]:
    """Hurricane Katrina is nobody and no place, nor is Katrina then; but Cuba stays one that a storm is called after."""
    called = {seen.lower[index] for index in range(1, len(seen.lower)) if seen.lower[index - 1] in _STORMS and seen.shapes[index] != "a"}
    return [name for name in names if not (called and name.kind in ("PER", "LOC") and _is_storm(name, seen, called))]


def _is_storm(name: Name, seen: Sight, called: set[str]) -> bool:
    if seen.lower[name.start] in _STORMS:
        return True
    is_known = name.kind == "LOC" and bool(set(seen.classes[name.start]) & set("123RC"))
    return name.end - name.start == 1 and seen.lower[name.start] in called and not is_known
