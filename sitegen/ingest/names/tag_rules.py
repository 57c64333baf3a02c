"""Rules that correct the labels: a demonym is no place, a country is one, Mr precedes a person, well-known organisations are neither.

What follows from the report as a whole is in `consistency`.

"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sitegen.ingest.names.features import AnnotatedTokens

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
"countries that are also names of people, companies or directions"
_HONORIFICS = frozenset(
    ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "gen.", "lt.", "col.", "maj.", "capt.", "sgt.", "prof.", "sen.", "rep.", "gov."]
)
_INSTITUTIONS = frozenset(
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
"institutions that are named after a person or a place"
_STORMS = frozenset(["hurricane", "typhoon", "cyclone", "storm", "hurricanes", "typhoons"])


@dataclass(frozen=True, slots=True)
class EntitySpan:
    """A name as a half-open span of tokens; kind is PER, LOC, ORG or MISC."""

    start: int
    end: int
    kind: str


def corrected(names: list[EntitySpan], report: AnnotatedTokens) -> list[EntitySpan]:
    names = [kept for name in names if (kept := _by_lists(name, report)) is not None]
    names = with_more(names, _countries(report))
    names = _with_honorifics(names, report)
    return _without_storms(_with_other_names(names, report), report)


def _by_lists(name: EntitySpan, report: AnnotatedTokens) -> EntitySpan | None:
    kinds = report.classes[name.start]
    is_word = name.end - name.start == 1
    if name.kind in ("PER", "LOC") and _is_institution(name, report):
        return replace(name, kind="ORG")
    if not is_word and name.kind == "PER":
        return _untitled(name, report)
    if not is_word:
        if name.kind == "LOC" and report.marks.get(name.start) == "BD" and _covered(name, report, "D"):
            return None
        return replace(name, kind="LOC") if report.marks.get(name.start) == "BC" and _covered(name, report, "C") else name
    if "D" in kinds and "C" not in kinds and name.kind in ("LOC", "ORG"):
        return None
    if "d" in kinds and name.kind == "LOC":
        return None
    if name.kind == "ORG" and not report.is_of_sport and set(kinds) & set("23R") and not set(kinds) & set("Obgnwo"):
        return replace(name, kind="LOC")
    if "r" in kinds and name.kind != "ORG":
        return None if name.kind != "PER" or "g" not in kinds else name
    if "O" in kinds and name.kind in ("PER", "LOC") and not set(kinds) & set("gn23"):
        return replace(name, kind="ORG")
    return replace(name, kind="LOC") if "C" in kinds and report.lower[name.start] not in _ALSO_PEOPLE else name


def _is_institution(name: EntitySpan, report: AnnotatedTokens) -> bool:
    """Nelson Mandela University, or Baragwanath followed by Hospital."""
    if _covered(name, report, "C"):
        return False
    last = name.end - 1
    after = name.end if name.end < report.tokens.bounds[last][1] else last
    ends_so = name.end - name.start > 1 and report.lower[last] in _INSTITUTIONS
    return ends_so or (
        report.lower[after] in _INSTITUTIONS and report.shapes[after] == "Aa" and report.shapes[last] == "Aa" and after != last
    )


def _untitled(name: EntitySpan, report: AnnotatedTokens) -> EntitySpan:
    """A person without leading titles, or the country whose title it is: “U.S. President Barack Obama”."""
    start = name.start
    for index in range(name.start, name.end - 1):
        kinds = set(report.classes[index])
        if report.lower[index] in _HONORIFICS or (kinds & set("th") and not kinds & set("gn")):
            start = index + 1
        elif not kinds & set("CDo"):
            break
    return replace(name, start=start)


def _covered(name: EntitySpan, report: AnnotatedTokens, code: str) -> bool:
    return all(report.marks.get(index, "")[1:] == code for index in range(name.start, name.end))


def _countries(report: AnnotatedTokens) -> Iterator[EntitySpan]:
    """Untagged countries: whole phrases, and single capitalised words."""
    for index in range(len(report.classes)):
        mark = report.marks.get(index, "")
        if mark == "BC":
            end = index + 1
            while report.marks.get(end) == "IC":
                end += 1
            if _stands_alone(report, index, end):
                yield EntitySpan(index, end, "LOC")
        elif _is_country(report, index) and not mark and _stands_alone(report, index, index + 1):
            yield EntitySpan(index, index + 1, "LOC")


def _is_country(report: AnnotatedTokens, index: int) -> bool:
    """A capitalised word that only names a country; US in a line of capitals may be “us”."""
    word, kinds = report.tokens.words[index], report.classes[index]
    if word == "US":
        return report.tokens.lines[index] != "U"
    return "C" in kinds and "w" not in kinds and word[0].isupper() and word != "Us"


def _stands_alone(report: AnnotatedTokens, start: int, end: int) -> bool:
    """Whether no neighbour makes it a longer name; “U.S. Secretary of State” continues with a title."""
    words, kinds = report.tokens.words, report.classes
    after = words[end] if end < len(words) and not report.tokens.opens[end] else ""
    before = words[start - 1] if start and not report.tokens.opens[start] else ""
    if before == "of" and start > 1 and words[start - 2][:1].isupper() and "t" not in kinds[start - 2]:
        return False
    goes_on = after[:1].isupper() and not set(kinds[end]) & set("td") and report.tokens.lines[start] == ""
    return not goes_on and not (before[:1].isupper() and not set(kinds[start - 1]) & set("xdtp"))


def with_more(names: list[EntitySpan], more: Iterator[EntitySpan]) -> list[EntitySpan]:
    """The names, with those of *more* that don’t overlap them."""
    taken = {index for name in names for index in range(name.start, name.end)}
    kept = list(names)
    for name in more:
        if taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _with_honorifics(names: list[EntitySpan], report: AnnotatedTokens) -> list[EntitySpan]:
    """“Mr Howard” is a person, however Howard was labelled."""
    by_start = {name.start: name for name in names}
    found = []
    for index, word in enumerate(report.lower[:-1]):
        nxt = index + 1
        if (
            word in _HONORIFICS
            and report.tokens.words[index][0].isupper()
            and report.shapes[nxt] in ("Aa", "aA")
            and not set(report.classes[nxt]) & set("hxtd")
        ):
            name = by_start.get(nxt)
            if name is None:
                found.append(EntitySpan(nxt, nxt + 1, "PER"))
            elif name.kind != "PER":
                by_start[nxt] = replace(name, kind="PER")
    return with_more(sorted(by_start.values(), key=lambda name: name.start), iter(found))


def _with_other_names(names: list[EntitySpan], report: AnnotatedTokens) -> list[EntitySpan]:
    """“Mohamed Hamdan Dagalo, better known as Hemedti”: the alias is a person’s name, too."""
    words = report.tokens.words
    found = []
    for index in range(2, len(words)):
        is_behind = report.lower[index - 2 : index] in (("known", "as"), ("nicknamed", "“"), ("nicknamed", '"')) or report.lower[
            index - 1
        ] in (
            "aka",
            "a.k.a.",
            "nicknamed",
            "alias",
        )
        if not is_behind or report.shapes[index] not in ("Aa", "aA") or set(report.classes[index]) & set("xdDC"):
            continue
        if any(name.kind == "PER" and 0 < index - name.end <= 6 for name in names):
            found.append(EntitySpan(index, index + 1, "PER"))
    touched = {name.start: name for name in found}
    kept = [replace(name, kind="PER") if name.start in touched else name for name in names]
    return with_more(kept, iter(found))


def _without_storms(names: list[EntitySpan], report: AnnotatedTokens) -> list[EntitySpan]:
    """Remove Hurricane Katrina and the Katrinas that follow; but Cuba stays a country after which a storm is named."""
    called = {
        report.lower[index] for index in range(1, len(report.lower)) if report.lower[index - 1] in _STORMS and report.shapes[index] != "a"
    }
    return [name for name in names if not (called and name.kind in ("PER", "LOC") and _is_storm(name, report, called))]


def _is_storm(name: EntitySpan, report: AnnotatedTokens, called: set[str]) -> bool:
    if report.lower[name.start] in _STORMS:
        return True
    is_known = name.kind == "LOC" and bool(set(report.classes[name.start]) & set("123RC"))
    return name.end - name.start == 1 and report.lower[name.start] in called and not is_known
