"""What the reports of a batch propose: events told by several of them joined, those that the site has extended, the others drafted.

An event whose draft the editor deleted is left out.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from sitegen.content.entries import LONGEST_ID
from sitegen.ingest.anchors import anchor
from sitegen.ingest.draft import Draft, Quotation, QuotedAccount, merged_accounts
from sitegen.ingest.entity_resolver import EntityResolver
from sitegen.ingest.events import Event, Passage
from sitegen.ingest.joining import Group, Joining, Telling
from sitegen.ingest.joining.wording import wording
from sitegen.ingest.names.merge import Named
from sitegen.ingest.report_reading import ReportReading, UnreadReport
from sitegen.ingest.site_index.index import SiteIndex
from sitegen.text.spellings import slug

_WISHED_ID = 60  # bytes; an address that can be read aloud


@dataclass(frozen=True, slots=True)
class Extension:
    """A standing entry or draft that reports tell, too; it may have their accounts already, from a run that was killed."""

    id: str
    standing: Telling
    "as it was before"
    accounts: tuple[QuotedAccount, ...]

    @property
    def new(self) -> tuple[QuotedAccount, ...]:
        return tuple(told for told in self.accounts if told.article not in self.standing.articles)


@dataclass(frozen=True, slots=True)
class Proposals:
    drafts: tuple[Draft, ...]
    extensions: tuple[Extension, ...]
    left_out: Mapping[str, int]
    "by report: how many of its events have a draft that was deleted"


@dataclass(frozen=True, slots=True)
class _Proposed:
    """An event of a report, with the site's names for whom and what it names."""

    event: Event
    report: UnreadReport
    people: tuple[str, ...]
    places: tuple[str, ...]
    quotations: tuple[Quotation, ...]

    @property
    def telling(self) -> Telling:
        return Telling(
            articles=(self.report.id,),
            when=self.event.when,
            title=self.event.title,
            quotes=tuple(quotation.anchor.quote for quotation in self.quotations),
            people=frozenset(self.people),
            places=frozenset(self.places),
            is_expected=self.event.status == "expected",
            is_dated_by_publication=self.event.is_dated_by_publication,
        )


class Proposer:
    """Where what comes in is laid beside what stands; it grows with each batch."""

    def __init__(self, site: SiteIndex, *, with_mentions: bool) -> None:
        """*with_mentions*: whether `entities` is to keep all mentions."""
        self.entities = EntityResolver(site.names.known, with_mentions=with_mentions)
        self._tellings = {id: telling for id, (_, telling) in site.entries.items()}
        self._standing = Joining(self._tellings.items())
        self._deleted = Joining()
        self._unread = list(site.deleted)
        "deleted drafts of reports whose captures no telling has made worth reading again"
        self._recalled = 0
        self._taken = set(site.ids)

    def proposals(
        self, read: Sequence[tuple[UnreadReport, ReportReading]], same_text: Container[tuple[str, str]], is_free: Callable[[Draft], bool]
    ) -> Proposals:
        """*is_free*: whether the draft's file can be written."""
        for report, reading in read:
            self.entities.add(report.id, reading.names)
        proposed = [one for report, reading in read for one in self._proposed(report, reading)]
        groups = self._standing.joined([one.telling for one in proposed], same_text)
        extensions = [self._extension(group, proposed) for group in groups if group.standing]
        fresh = [(group, [proposed[index] for index in group.tellings]) for group in groups if not group.standing]
        gone = self._gone([one for _, members in fresh for one in members], same_text)
        drafts = [self._draft(group, members, is_free) for group, members in fresh if gone.isdisjoint(map(id, members))]
        left_out = Counter(one.report.id for _, members in fresh if not gone.isdisjoint(map(id, members)) for one in members)
        return Proposals(tuple(drafts), tuple(extensions), left_out)

    def _proposed(self, report: UnreadReport, reading: ReportReading) -> Iterator[_Proposed]:
        for event in reading.events:
            quotations = tuple(quoted for passage in event.passages if (quoted := _quotation(report.text, passage)) is not None)
            people = [self.entities.name_of(report.id, "person", spelled) for spelled in event.people]
            people += [self.entities.name_of(report.id, "organisation", name) for name in _organisations(event, reading.names)]
            places = [self.entities.name_of(report.id, "place", spelled) for spelled in event.places]
            yield _Proposed(event, report, _usable(people), _usable(places), quotations)

    def _gone(self, fresh: Sequence[_Proposed], same_text: Container[tuple[str, str]]) -> set[int]:
        """The `id()` of each that tells what the editor deleted."""
        self._recall(fresh)
        if not self._recalled:
            return set()
        groups = self._deleted.joined([one.telling for one in fresh], same_text)
        return {id(fresh[index]) for group in groups if group.standing for index in group.tellings}

    def _recall(self, fresh: Sequence[_Proposed]) -> None:
        """Reads the deleted drafts again that one of *fresh* may tell."""
        told = [wording(one.telling).stems for one in fresh] if self._unread else []
        recalled = [drafts for drafts in self._unread if any(map(drafts.may_match, told))]
        self._unread = [drafts for drafts in self._unread if drafts not in recalled]
        for telling in (telling for drafts in recalled for telling in drafts.tellings()):
            self._deleted.add(str(self._recalled), telling)
            self._recalled += 1

    def _extension(self, group: Group, members: Sequence[_Proposed]) -> Extension:
        told = [members[index] for index in group.tellings]
        before = self._tellings[group.standing]
        self._stands(group.standing, before, told)
        return Extension(group.standing, before, merged_accounts([QuotedAccount(one.report.id, one.quotations) for one in told]))

    def _draft(self, group: Group, members: Sequence[_Proposed], is_free: Callable[[Draft], bool]) -> Draft:
        first = members[0]
        draft = Draft(
            id="",
            title=first.event.title or first.report.title,
            when=group.when,
            status="expected" if all(one.event.status == "expected" for one in members) else "reported",
            people=_distinct(name for one in members for name in one.people),
            places=_distinct(name for one in members for name in one.places),
            accounts=merged_accounts([QuotedAccount(one.report.id, one.quotations) for one in members]),
            why=_distinct([*_reasons(members), *group.why]),
        )
        candidates = (replace(draft, id=id) for id in _ids(draft.title, first.report.id))
        draft = next(one for one in candidates if one.id not in self._taken and is_free(one))
        self._taken.add(draft.id)
        self._stands(
            draft.id, replace(first.telling, when=draft.when, articles=(), quotes=(), people=frozenset(), places=frozenset()), members
        )
        return draft

    def _stands(self, id: str, before: Telling, told: Sequence[_Proposed]) -> None:
        """The entry of this id is told by further reports."""
        tellings = [one.telling for one in told]
        self._tellings[id] = replace(
            before,
            articles=_distinct([*before.articles, *(article for one in tellings for article in one.articles)]),
            quotes=_distinct([*before.quotes, *(quote for one in tellings for quote in one.quotes)]),
            people=before.people.union(*(one.people for one in tellings)),
            places=before.places.union(*(one.places for one in tellings)),
        )
        self._standing.add(id, self._tellings[id])


def _quotation(text: str, passage: Passage) -> Quotation | None:
    found = anchor(text, passage.start, passage.end)
    return Quotation(found, " ".join(passage.speaker.split())) if found else None


def _organisations(event: Event, names: Iterable[Named]) -> Iterator[str]:
    for name in names:
        spans = ((spot.start, passage) for spot in name.mentions for passage in event.passages)
        if name.kind == "organisation" and any(passage.start <= start < passage.end for start, passage in spans):
            yield name.name


def _usable(names: Iterable[str]) -> tuple[str, ...]:
    """Those that make an address."""
    return _distinct(name for name in names if 0 < len(slug(name).encode()) <= LONGEST_ID)


def _reasons(members: Sequence[_Proposed]) -> Iterator[str]:
    """How the date was read; of several reports, in which."""
    for one in members:
        if one.event.why:
            yield one.event.why if len(members) == 1 else f"{one.report.id}: {one.event.why}"


def _ids(title: str, article: str) -> Iterator[str]:
    """What the title makes, cut behind a word, and the same with a number."""
    whole = slug(title)
    cut = whole.encode()[: _WISHED_ID + 1].decode(errors="ignore")
    base = whole if cut == whole else slug(cut.rpartition("-")[0] or cut[:-1])
    base = base or article
    yield base
    yield from (f"{base}-{number}" for number in count(2))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
