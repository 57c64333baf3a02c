"""Propose drafts for the events of a batch of reports, and accounts for the entries and drafts that describe them already.

Events that several reports describe are joined. An event is skipped if the editor has deleted its draft before.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from sitegen.content.entries import MAX_ID_BYTES
from sitegen.ingest.anchors import anchor
from sitegen.ingest.draft import Draft, Quotation, QuotedAccount, merged_accounts
from sitegen.ingest.entity_resolver import EntityResolver
from sitegen.ingest.events import Event, Passage
from sitegen.ingest.joining import Group, Joining, Telling
from sitegen.ingest.joining.wording import wording
from sitegen.ingest.names.merge import NamedEntity
from sitegen.ingest.report_reading import ReportReading, UnreadReport
from sitegen.ingest.site_index.index import SiteIndex
from sitegen.text.spellings import slug

_MAX_ID = 60
"bytes, so that addresses stay readable"


@dataclass(frozen=True, slots=True)
class Extension:
    """Accounts for an existing entry or draft. It may have them already, from a run that was killed."""

    id: str
    existing: Telling
    "before the extension"
    accounts: tuple[QuotedAccount, ...]

    @property
    def new(self) -> tuple[QuotedAccount, ...]:
        return tuple(account for account in self.accounts if account.article not in self.existing.articles)


@dataclass(frozen=True, slots=True)
class Proposals:
    drafts: tuple[Draft, ...]
    extensions: tuple[Extension, ...]
    skipped: Mapping[str, int]
    "number of events whose drafts were deleted before, by report"


@dataclass(frozen=True, slots=True)
class _ReportedEvent:
    """An event of a report, with the people and places as the site names them."""

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
    """Compares the events of each batch with those of the site and of earlier batches."""

    def __init__(self, site: SiteIndex, *, with_mentions: bool) -> None:
        """*with_mentions*: keep all mentions in `entities`."""
        self.entities = EntityResolver(site.names.known, with_mentions=with_mentions)
        self._tellings = {id: telling for id, (_, telling) in site.entries.items()}
        self._existing = Joining(self._tellings.items())
        self._deleted = Joining()
        self._unrecalled = list(site.deleted)
        "deleted drafts that no event has resembled so far; their captures are not read again yet"
        self._recalled_count = 0
        self._taken = set(site.ids)

    def proposals(
        self, read: Sequence[tuple[UnreadReport, ReportReading]], same_text: Container[tuple[str, str]], is_free: Callable[[Draft], bool]
    ) -> Proposals:
        """*is_free* answers whether a draft's file can be written."""
        for report, reading in read:
            self.entities.add(report.id, reading.names)
        candidates = [one for report, reading in read for one in self._reported_events(report, reading)]
        groups = self._existing.joined([one.telling for one in candidates], same_text)
        extensions = [self._extension(group, candidates) for group in groups if group.standing]
        new = [(group, [candidates[index] for index in group.tellings]) for group in groups if not group.standing]
        deleted = self._deleted_before([one for _, members in new for one in members], same_text)
        drafts = [self._draft(group, members, is_free) for group, members in new if deleted.isdisjoint(map(id, members))]
        skipped = Counter(one.report.id for _, members in new if not deleted.isdisjoint(map(id, members)) for one in members)
        return Proposals(tuple(drafts), tuple(extensions), skipped)

    def _reported_events(self, report: UnreadReport, reading: ReportReading) -> Iterator[_ReportedEvent]:
        for event in reading.events:
            quotations = tuple(quoted for passage in event.passages if (quoted := _quotation(report.text, passage)) is not None)
            people = [self.entities.name_of(report.id, "person", spelled) for spelled in event.people]
            people += [self.entities.name_of(report.id, "organisation", name) for name in _organisations(event, reading.names)]
            places = [self.entities.name_of(report.id, "place", spelled) for spelled in event.places]
            yield _ReportedEvent(event, report, _usable(people), _usable(places), quotations)

    def _deleted_before(self, new: Sequence[_ReportedEvent], same_text: Container[tuple[str, str]]) -> set[int]:
        """Return the `id()` of each candidate whose draft the editor has deleted."""
        self._recall(new)
        if not self._recalled_count:
            return set()
        groups = self._deleted.joined([one.telling for one in new], same_text)
        return {id(new[index]) for group in groups if group.standing for index in group.tellings}

    def _recall(self, new: Sequence[_ReportedEvent]) -> None:
        """Read the events of deleted drafts again if a candidate resembles them."""
        stems = [wording(one.telling).stems for one in new] if self._unrecalled else []
        recalled = [drafts for drafts in self._unrecalled if any(map(drafts.may_match, stems))]
        self._unrecalled = [drafts for drafts in self._unrecalled if drafts not in recalled]
        for telling in (telling for drafts in recalled for telling in drafts.tellings()):
            self._deleted.add(str(self._recalled_count), telling)
            self._recalled_count += 1

    def _extension(self, group: Group, candidates: Sequence[_ReportedEvent]) -> Extension:
        members = [candidates[index] for index in group.tellings]
        before = self._tellings[group.standing]
        self._add(group.standing, before, members)
        return Extension(group.standing, before, merged_accounts([QuotedAccount(one.report.id, one.quotations) for one in members]))

    def _draft(self, group: Group, members: Sequence[_ReportedEvent], is_free: Callable[[Draft], bool]) -> Draft:
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
        empty = replace(first.telling, when=draft.when, articles=(), quotes=(), people=frozenset(), places=frozenset())
        self._add(draft.id, empty, members)
        return draft

    def _add(self, id: str, before: Telling, members: Sequence[_ReportedEvent]) -> None:
        """Add events to the entry or draft with this id."""
        tellings = [one.telling for one in members]
        self._tellings[id] = replace(
            before,
            articles=_distinct([*before.articles, *(article for one in tellings for article in one.articles)]),
            quotes=_distinct([*before.quotes, *(quote for one in tellings for quote in one.quotes)]),
            people=before.people.union(*(one.people for one in tellings)),
            places=before.places.union(*(one.places for one in tellings)),
        )
        self._existing.add(id, self._tellings[id])


def _quotation(text: str, passage: Passage) -> Quotation | None:
    found = anchor(text, passage.start, passage.end)
    return Quotation(found, " ".join(passage.speaker.split())) if found else None


def _organisations(event: Event, names: Iterable[NamedEntity]) -> Iterator[str]:
    for name in names:
        spans = ((spot.start, passage) for spot in name.mentions for passage in event.passages)
        if name.kind == "organisation" and any(passage.start <= start < passage.end for start, passage in spans):
            yield name.name


def _usable(names: Iterable[str]) -> tuple[str, ...]:
    """Keep the names that make a valid id."""
    return _distinct(name for name in names if 0 < len(slug(name).encode()) <= MAX_ID_BYTES)


def _reasons(members: Sequence[_ReportedEvent]) -> Iterator[str]:
    """Explain how each date was read, naming the reports if there are several."""
    for one in members:
        if one.event.why:
            yield one.event.why if len(members) == 1 else f"{one.report.id}: {one.event.why}"


def _ids(title: str, article: str) -> Iterator[str]:
    """Yield ids made from the title, cut after a word: base, base-2, base-3 …"""
    whole = slug(title)
    cut = whole.encode()[: _MAX_ID + 1].decode(errors="ignore")
    base = whole if cut == whole else slug(cut.rpartition("-")[0] or cut[:-1])
    base = base or article
    yield base
    yield from (f"{base}-{number}" for number in count(2))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
