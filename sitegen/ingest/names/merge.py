"""Merge mentions into people, places and organisations with all their spellings. Every merge has a reason.

Within a report, a family name refers to the person the report names in full; across reports it does not. Names of the site take
precedence. Where a name fits two people, they stay separate.

"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sitegen.ingest.names.aliases import alias_pairs
from sitegen.ingest.names.gazetteer import place_keys, same_place
from sitegen.ingest.names.mentions import EntityKind, NameMention
from sitegen.ingest.names.person_names import is_family_name_of, parts, person_keys, same_person, whole_name
from sitegen.text.spellings import name_key


@dataclass(frozen=True, slots=True)
class KnownName:
    """A person, place or organisation of the site."""

    kind: EntityKind
    name: str
    spellings: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    "the id of its file, and the file’s former ids"


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """A mention in a report; code points, half open."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NamedEntity:
    kind: EntityKind
    name: str
    spellings: tuple[str, ...]
    "as the reports write them, in order; they include the name if a report uses it"
    mentions: tuple[MentionSpan, ...]
    why: tuple[str, ...] = ()
    "a sentence for each merge"
    is_known: bool = False


def named_entities(
    text: str, mentions: Sequence[NameMention], known: Iterable[KnownName] = (), article: str = ""
) -> tuple[NamedEntity, ...]:
    """The entities of one report, in the order of their first mentions."""
    groups = _by_spelling(text, mentions, article)
    groups = _joined(groups, lambda one, other: _whole(one, other))
    groups = _with_family_names(groups)
    groups = _with_aliases(groups, text, mentions)
    site = tuple(known)
    return in_order([recognised(group, groups, site) for group in groups])


def across(reports: Iterable[Iterable[NamedEntity]]) -> tuple[NamedEntity, ...]:
    """Merge the entities of several reports: those the site knows, and whole names with matching spellings."""
    groups = [group for report in reports for group in report]
    return in_order(_joined(groups, cross_report_reason))


def same_entity(kind: EntityKind, one: str, other: str) -> str:
    """Why two whole names in any reports are one; empty if they need not be."""
    if kind == "person":
        return same_person(one, other)
    if kind == "place":
        return same_place(one, other)
    return "one spelling" if name_key(one).removeprefix("the ") == name_key(other).removeprefix("the ") else ""


def blocking_keys(kind: EntityKind, name: str) -> tuple[str, ...]:
    """Blocking keys: names that `same_entity` accepts share at least one, so that only few pairs are compared."""
    if kind == "person":
        return person_keys(name)
    return place_keys(name) if kind == "place" else (name_key(name).removeprefix("the "),)


def _by_spelling(text: str, mentions: Sequence[NameMention], article: str) -> list[NamedEntity]:
    groups: dict[tuple[EntityKind, str], NamedEntity] = {}
    for mention in mentions:
        words = " ".join(text[mention.start : mention.end].split())
        spelling = whole_name(words) if mention.kind == "person" else words
        key = (mention.kind, name_key(spelling))
        spot = MentionSpan(article, mention.start, mention.end)
        group = groups.get(key)
        if group and _is_all_caps(group) and not spelling.isupper():
            group = replace(group, name=spelling, spellings=(spelling,))
        groups[key] = (
            replace(group, mentions=(*group.mentions, spot)) if group else NamedEntity(mention.kind, spelling, (spelling,), (spot,))
        )
    return list(groups.values())


def _is_all_caps(group: NamedEntity) -> bool:
    """Whether it is in capitals, as in a dateline (ROTTERDAM); organisations may be."""
    return group.kind != "organisation" and group.name.isupper()


def _joined(groups: list[NamedEntity], reason: Callable[[NamedEntity, NamedEntity], str]) -> list[NamedEntity]:
    """Merge each group into the first before it that *reason* accepts."""
    kept: list[NamedEntity] = []
    for group in groups:
        for index, other in enumerate(kept):
            if other.kind == group.kind and (why := reason(other, group)):
                kept[index] = _one(other, group, why)
                break
        else:
            kept.append(group)
    return kept


def _whole(one: NamedEntity, other: NamedEntity) -> str:
    return next((why for a in one.spellings for b in other.spellings if (why := same_entity(one.kind, a, b))), "")


def cross_report_reason(one: NamedEntity, other: NamedEntity) -> str:
    """Why two entities of different reports are one; empty if they need not be. A shared family name is not enough."""
    if one.is_known and other.is_known:
        return "the site knows it" if one.name == other.name else ""
    if one.kind != "person":
        return _whole(one, other)
    full = [spelling for spelling in other.spellings if len(parts(spelling)) > 1]
    return next((why for a in one.spellings if len(parts(a)) > 1 for b in full if (why := same_person(a, b))), "")


def _with_family_names(groups: list[NamedEntity]) -> list[NamedEntity]:
    """Merge part of a name into the one person whose family name it is; if it fits two, into neither."""
    full = [group for group in groups if group.kind == "person" and len(parts(group.name)) > 1]
    found: dict[int, list[NamedEntity]] = {}
    rest = []
    for group in groups:
        owners = [other for other in full if other is not group and _is_short_for(group, other)] if group.kind == "person" else []
        if len(owners) == 1:
            found.setdefault(id(owners[0]), []).append(group)
        else:
            rest.append(group)
    merged = []
    for group in rest:
        for short in found.get(id(group), ()):
            group = _one(group, short, f"“{short.name}” is how the report goes on to call {group.name}")
        merged.append(group)
    return merged


def _is_short_for(short: NamedEntity, whole: NamedEntity) -> bool:
    return len(parts(short.name)) < len(parts(whole.name)) and any(is_family_name_of(short.name, spelling) for spelling in whole.spellings)


def _with_aliases(groups: list[NamedEntity], text: str, mentions: Sequence[NameMention]) -> list[NamedEntity]:
    """“Mohamed Hamdan Dagalo, better known as Hemedti”; “the World Health Organisation (WHO)”."""
    for one, other, words in alias_pairs(text, mentions):
        holder = [next((g for g in groups if any((s.start, s.end) == (m.start, m.end) for s in g.mentions)), None) for m in (one, other)]
        first, second = holder
        if first and second and first is not second and first.kind == second.kind:
            joined = _one(first, second, f"“{words}” stands between {first.name} and {second.name}")
            groups = [joined if group is first else group for group in groups if group is not second]
    return groups


def _one(one: NamedEntity, other: NamedEntity, why: str) -> NamedEntity:
    mentions = tuple(sorted({*one.mentions, *other.mentions}, key=lambda spot: (spot.article, spot.start)))
    return replace(united(one, other, why, (len(one.mentions), len(other.mentions))), mentions=mentions)


def united(one: NamedEntity, other: NamedEntity, why: str, mentions: tuple[int, int]) -> NamedEntity:
    """Both as one, without their mentions; *mentions* are their numbers."""
    spellings = tuple(dict.fromkeys((*one.spellings, *other.spellings)))
    reasons = (*one.why, *other.why, f"{one.name}: {why}" if one.name == other.name else f"{one.name} and {other.name}: {why}")
    known = one if one.is_known or not other.is_known else other
    name = known.name if known.is_known else _fullest(one, other, mentions)
    return NamedEntity(one.kind, name, spellings, (), tuple(dict.fromkeys(reasons)), known.is_known)


def _fullest(one: NamedEntity, other: NamedEntity, mentions: tuple[int, int]) -> str:
    """A person’s longer name, else the one not in capitals, else the more frequent, else the first."""
    if one.kind == "person" and len(parts(one.name)) != len(parts(other.name)) and min(len(parts(one.name)), len(parts(other.name))) == 1:
        return max(one.name, other.name, key=lambda name: len(parts(name)))
    if _is_all_caps(one) != _is_all_caps(other) and name_key(one.name) == name_key(other.name):
        return other.name if _is_all_caps(one) else one.name
    return other.name if mentions[1] > mentions[0] else one.name


def recognised(group: NamedEntity, report: Iterable[NamedEntity], site: Iterable[KnownName]) -> NamedEntity:
    """The group under the site's name, if one of its spellings is the site's or its whole name matches.

    *report* are all entities of the report, *site* those of the site, in the site's order.

    """
    entries = [entry for entry in site if entry.kind == group.kind]
    identifying = _identifying(group, report) if entries else ()
    for is_exact in (True, False):
        for entry in entries:
            if why := _matches(group.kind, identifying, (entry.name, *entry.spellings), is_exact):
                reasons = group.why if group.name == entry.name else (*group.why, f"{group.name} is the site's {entry.name}: {why}")
                return replace(group, name=entry.name, why=reasons, is_known=True)
    return group


def _identifying(group: NamedEntity, report: Iterable[NamedEntity]) -> tuple[str, ...]:
    """The spellings that identify it: no family name for which the report has a whole name.

    Hillary Clinton does not match the site's Bill Clinton because both are called Clinton.

    """
    if group.kind != "person":
        return group.spellings
    whole = {spelling for one in (group, *report) if one.kind == "person" for spelling in one.spellings if len(parts(spelling)) > 1}
    return tuple(
        spelling for spelling in group.spellings if len(parts(spelling)) > 1 or not any(is_family_name_of(spelling, name) for name in whole)
    )


def _matches(kind: EntityKind, identifying: tuple[str, ...], names: tuple[str, ...], is_exact: bool) -> str:
    if is_exact:
        keys = {name_key(name) for name in names}
        return "one of its spellings there" if any(name_key(spelling) in keys for spelling in identifying) else ""
    return next((why for spelling in identifying for name in names if (why := same_entity(kind, spelling, name))), "")


def in_order(groups: Iterable[NamedEntity]) -> tuple[NamedEntity, ...]:
    """In the order of their first mentions; groups that match one name of the site are merged."""
    kept: list[NamedEntity] = []
    known: dict[tuple[EntityKind, str], int] = {}
    for group in groups:
        at = known.setdefault((group.kind, group.name), len(kept)) if group.is_known else len(kept)
        if at < len(kept):
            kept[at] = _one(kept[at], group, "the site knows it")
        else:
            kept.append(group)
    return tuple(sorted(kept, key=lambda group: (group.mentions[0].article, group.mentions[0].start)))
