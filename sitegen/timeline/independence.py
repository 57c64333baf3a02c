"""Which reports share their text, as their editors declare it or as it is found: an edit of a wire story is no second witness."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sitegen.model import Account, Article, Entry
from sitegen.text.sentences import Span
from sitegen.text.spellings import name_key
from sitegen.timeline.report_pairs import ReportPair

_SAME_PART = 0.5
"of 1: of what a report shares with two others; what shares less was merged from both"


@dataclass(frozen=True, slots=True)
class TextCount:
    """How many texts some reports are, and why we think so."""

    reports: int
    texts: int
    "fewer than reports where some are known to share their text; equal says only that nothing is known"
    why: tuple[tuple[Article, Article, str], ...] = ()
    "a report, the one it shares its text with, and the reason: derived, origin or found"


def roots(articles: Iterable[Article], found: Iterable[tuple[str, str]] = ()) -> dict[str, tuple[str, str]]:
    """For each report's id, the id of the report that stands for its text, and the reason (empty for that one itself).

    *found* are pairs that share their text whatever is declared, the earlier report first.
    """
    declared = _declared(articles)
    leading = {id: root for id, (root, _) in declared.items()}

    def top(id: str) -> str:
        while leading[id] != id:
            id = leading[id]
        return id

    for earlier, later in found:
        leading[top(later)] = top(earlier)
    return {id: (top(id), "" if top(id) == id else reason or "found") for id, (_, reason) in declared.items()}


def _declared(articles: Iterable[Article]) -> dict[str, tuple[str, str]]:
    by_id = {article.id: article for article in sorted(articles, key=lambda article: article.id)}
    first_of_origin: dict[str, str] = {}
    found: dict[str, tuple[str, str]] = {}
    for article in by_id.values():
        first = _first_in_line(article, by_id)
        if first.id != article.id:
            found[article.id] = (first.id, "derived")
    for article in by_id.values():
        if article.id in found or not article.origin:
            continue
        first_id = first_of_origin.setdefault(article.origin, article.id)
        if first_id != article.id:
            found[article.id] = (first_id, "origin")
    return {id: (found.get(found[id][0], found[id])[0], found[id][1]) if id in found else (id, "") for id in by_id}


def text_count(
    articles: Iterable[Article],
    all_roots: Mapping[str, tuple[str, str]],
    by_id: Mapping[str, Article],
    cited: int = 0,
    apart: Collection[tuple[str, str]] = (),
) -> TextCount:
    """Of the stored reports *articles* and of *cited* others that are not stored.

    *apart* are pairs that share text under two roots: a copy merged from two wires, and one of these.
    """
    mine = list(articles)
    standing: dict[str, str] = {}
    for article in mine:
        root = all_roots[article.id][0]
        standing[root] = root if article.id == root else standing.get(root, article.id)
    counted: list[str] = []
    for id in standing.values():
        if not any((id, other) in apart or (other, id) in apart for other in counted):
            counted.append(id)
    why = [(article, by_id[root], reason) for article in mine for root, reason in [all_roots[article.id]] if reason]
    held = {article.id for article in mine}
    why += [(by_id[later], by_id[earlier], "found") for earlier, later in sorted(apart) if earlier in held and later in held]
    return TextCount(len(mine) + cited, len(counted) + cited, tuple(why))


def _first_in_line(article: Article, by_id: Mapping[str, Article]) -> Article:
    seen = {article.id}
    while article.derived_from and (parent := by_id.get(article.derived_from.text)) is not None and parent.id not in seen:
        article = parent
        seen.add(article.id)
    return article


def sharing_pairs(pairs: Iterable[ReportPair]) -> tuple[tuple[tuple[str, str], ...], frozenset[tuple[str, str]]]:
    """Pairs of ids that are seen to be one text; and those that share text although they are two, as a copy merged from two wires is."""
    asked = [pair for pair in pairs if pair.is_one_text or pair.is_declared]
    asked.sort(key=lambda pair: (not pair.is_declared, -pair.comparison.sharing.overlap, pair.id))
    direct = {frozenset(pair.ids) for pair in asked}
    beside: defaultdict[str, list[ReportPair]] = defaultdict(list)
    one: list[tuple[str, str]] = []
    apart: set[tuple[str, str]] = set()
    for pair in asked:
        if not pair.is_declared and any(_is_merged(id, pair, other, direct) for id in pair.ids for other in beside[id]):
            apart.add(pair.ids)
            continue
        for id in pair.ids:
            beside[id].append(pair)
        if pair.is_one_text:
            one.append(pair.ids)
    return tuple(one), frozenset(apart)


def _is_merged(id: str, pair: ReportPair, other: ReportPair, direct: Collection[frozenset[str]]) -> bool:
    """Whether a report takes one part of its sentences from the one report, and another part from the other."""
    if (frozenset(pair.ids) ^ frozenset(other.ids)) in direct:
        return False
    here, there = _told_by(id, pair), _told_by(id, other)
    return len(here & there) < _SAME_PART * min(len(here), len(there))


def _told_by(id: str, pair: ReportPair) -> set[Span]:
    """Its sentences that have counterparts."""
    both = ((row.a, row.b) for row in pair.comparison.rows)
    return {mine for a, b in both if a and b for mine in [a if id == pair.a.article.id else b]}


def shared_text_groups(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Ids of reports that share text, each with some other of its group."""
    group_of: dict[str, list[str]] = {}
    for pair in pairs:
        mine, theirs = (group_of.setdefault(id, [id]) for id in pair)
        if mine is not theirs:
            mine += theirs
            group_of.update(dict.fromkeys(theirs, mine))
    return tuple(sorted({tuple(sorted(group)) for group in group_of.values()}))


def voices(entry: Entry, roots: Mapping[str, tuple[str, str]], known: Mapping[str, str]) -> tuple[str, ...]:
    """Who is quoted by the entry's reports: three reports that quote one ministry are one voice. *known*: see speakers().

    Nothing where a passage is a report's own, since that speaks with a voice of its own, be it whose it may.
    """
    accounts = [account for account in entry.accounts if isinstance(account, Account) and account.article.text in roots]
    passages = [passage for account in accounts for passage in account.passages]
    if len(accounts) < len(entry.accounts) or not all(account.passages for account in accounts) or not all(one.speaker for one in passages):
        return ()
    return speakers((passage.speaker for passage in passages), known)


def speakers(told: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Each once, as first told. *known* gives for spellings, as their name_key, whose they are: President Anna Berg is Berg, too."""
    found: dict[str, str] = {}
    for speaker in told:
        key = name_key(speaker)
        whose = (whose for spelling, whose in known.items() if key == spelling or key.endswith(f" {spelling}"))
        found.setdefault(next(whose, key), speaker)
    return tuple(found.values())
