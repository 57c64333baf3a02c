"""Count independent sources: reports that share a text count once, and so does a speaker whom several reports quote.

Whether reports share a text is declared by editors, or found by comparing them. An edit of a wire story is not a second witness.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sitegen.model import Account, Article, Entry
from sitegen.text.sentences import Span
from sitegen.text.spellings import name_key
from sitegen.timeline.report_pairs import ReportPair

_SAME_PART = 0.5
"0 to 1: the overlap of what a report shares with two others; with less, it was merged from both"


@dataclass(frozen=True, slots=True)
class TextCount:
    """How many texts some reports amount to, and why."""

    reports: int
    texts: int
    "fewer than reports if some are known to share a text; if equal, no sharing is known"
    why: tuple[tuple[Article, Article, str], ...] = ()
    "a report, the one it shares a text with, and the reason: derived, origin or found"


def roots(articles: Iterable[Article], found: Iterable[tuple[str, str]] = ()) -> dict[str, tuple[str, str]]:
    """By report id: the id of the report that represents its text, and the reason (empty for the representative).

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
    """Count the texts of stored reports, plus *cited* others that are not stored.

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
    """Pairs of ids that were found to be one text, and pairs that share text but are two, such as a copy merged from two wires and one of these."""
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
    """Whether a report took some of its sentences from one report, and others from the other."""
    if (frozenset(pair.ids) ^ frozenset(other.ids)) in direct:
        return False
    here, there = _shared_sentences(id, pair), _shared_sentences(id, other)
    return len(here & there) < _SAME_PART * min(len(here), len(there))


def _shared_sentences(id: str, pair: ReportPair) -> set[Span]:
    """Sentences of the report *id* that have a counterpart."""
    both = ((row.a, row.b) for row in pair.comparison.rows)
    return {mine for a, b in both if a and b for mine in [a if id == pair.a.article.id else b]}


def shared_text_groups(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Groups of report ids: the connected components of *pairs*."""
    group_of: dict[str, list[str]] = {}
    for pair in pairs:
        mine, theirs = (group_of.setdefault(id, [id]) for id in pair)
        if mine is not theirs:
            mine += theirs
            group_of.update(dict.fromkeys(theirs, mine))
    return tuple(sorted({tuple(sorted(group)) for group in group_of.values()}))


def voices(entry: Entry, roots: Mapping[str, tuple[str, str]], known: Mapping[str, str]) -> tuple[str, ...]:
    """Who is quoted by the entry's reports: three reports that quote one ministry are one voice. For *known*, see speakers().

    Empty if any passage has no speaker: then a report speaks for itself.
    """
    accounts = [account for account in entry.accounts if isinstance(account, Account) and account.article.text in roots]
    passages = [passage for account in accounts for passage in account.passages]
    if len(accounts) < len(entry.accounts) or not all(account.passages for account in accounts) or not all(one.speaker for one in passages):
        return ()
    return speakers((passage.speaker for passage in passages), known)


def speakers(names: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Each speaker once, in the first form. *known* maps name keys of spellings to identities, so President Anna Berg is also Berg."""
    found: dict[str, str] = {}
    for speaker in names:
        key = name_key(speaker)
        whose = (whose for spelling, whose in known.items() if key == spelling or key.endswith(f" {spelling}"))
        found.setdefault(next(whose, key), speaker)
    return tuple(found.values())
