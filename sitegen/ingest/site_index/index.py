"""Read a site's entries, drafts and names, as far as needed to recognise them in new reports, and the records of deleted drafts."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.content.parse import ParsedSource, parse_file
from sitegen.content.read import Source, decode, read
from sitegen.editing.site_files import published_ids
from sitegen.ingest.joining import Telling
from sitegen.ingest.site_index.deleted_drafts import DeletedDrafts, deleted_drafts
from sitegen.ingest.site_index.name_index import NameIndex, name_file_ids, name_index
from sitegen.model import Account, Article, Content, Entry, Person, Place
from sitegen.problems import Problem, Spot, note
from sitegen.timeline.names import Names, collect_names

_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?^---[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
_FOLDERS = ("articles", "captures", "drafts", "entries", "people", "places")


@dataclass(frozen=True, slots=True)
class SiteIndex:
    entries: Mapping[str, tuple[str, Telling]]
    "entries and drafts by id: the file, and the event it describes"
    deleted: Sequence[DeletedDrafts]
    "one for each report with deleted drafts"
    names: NameIndex
    ids: frozenset[str]
    "those that a new draft can't have: current ids, aliases, and ids that were ever published"
    captured: Sequence[str]
    "ids of the reports whose captures are there"
    notes: Sequence[Problem] = ()
    "about files that couldn't be read in full"


EMPTY_INDEX = SiteIndex({}, (), NameIndex(), frozenset(), ())


def site_index(root: Path) -> SiteIndex:
    """Read the index of a site. A file with a problem is skipped with a note; its id stays taken."""
    sources = [source for source in read(root, with_drafts=True)[0] if source.folder in _FOLDERS]
    captures = {source.id: source for source in sources if source.folder == "captures"}
    parsed = {source.file: parse_file(_without_body(source)) for source in sources if source.folder != "captures"}
    facts = {file: one.fact for file, one in parsed.items()}
    stored = {source.id for source in sources if source.folder == "articles"}
    articles = {fact.id: fact for fact in facts.values() if isinstance(fact, Article)}
    left_behind = {fact.file for fact in facts.values() if isinstance(fact, Entry) and _is_left_behind(fact, stored)}
    entries = [fact for fact in facts.values() if isinstance(fact, Entry) and fact.file not in left_behind]
    people = tuple(fact for fact in facts.values() if isinstance(fact, Person))
    places = tuple(fact for fact in facts.values() if isinstance(fact, Place))
    names, _ = collect_names(Content(entries=tuple(entries), people=people, places=places))
    ids = {source.id for source in sources if source.folder in ("entries", "drafts") and source.file not in left_behind}
    ids |= {alias.text for entry in entries for alias in entry.aliases}
    by_report = _by_report(entries)
    with_drafts = [article for article in articles.values() if article.drafted]
    deleted = [
        deleted_drafts(one, decode(captures[one.id].data), by_report.get(one.id, ()), names["person"], names["place"])
        for one in with_drafts
        if one.id in captures
    ]
    return SiteIndex(
        entries={entry.id: (entry.file, _telling(entry, names["person"], names["place"])) for entry in entries},
        deleted=[one for one in deleted if one is not None],
        names=name_index(
            [(source, facts[source.file]) for source in sources if source.file in facts and source.file not in left_behind],
            name_file_ids(root),
        ),
        ids=frozenset(ids | published_ids(root, "entries")),
        captured=tuple(sorted(stored & captures.keys())),
        notes=(*_skipped(parsed), *_with_old_records(with_drafts), *_without_captures(with_drafts, captures, by_report)),
    )


def _without_body(source: Source) -> Source:
    """Drop the body, which the index doesn't need and which is slowest to parse."""
    head = _FRONT_MATTER.match(source.data)
    return replace(source, data=head[0]) if head else source


def _skipped(parsed: Mapping[str, ParsedSource]) -> Iterator[Problem]:
    for file, one in parsed.items():
        if one.fact is None:
            first = next(found for found in one.problems if found.severity == "problem")
            yield note(file, Spot(first.line, first.column), f"this file was skipped because of a problem: {first.message}", first.hint)


def _by_report(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Group entries and drafts by the reports that they have accounts of."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for id in dict.fromkeys(account.article.text for account in entry.accounts if isinstance(account, Account)):
            found[id].append(entry)
    return found


def _with_old_records(articles: Iterable[Article]) -> Iterator[Problem]:
    for article in articles:
        if any(one.is_named for one in article.drafted):
            message = "“drafted” still names drafts and their days, including deleted ones"
            yield note(article.file, Spot(), message, "keep only the two numbers of each line, such as 0-41; sitegen doesn’t need the rest")


def _without_captures(
    articles: Iterable[Article], captures: Collection[str], by_report: Mapping[str, Sequence[Entry]]
) -> Iterator[Problem]:
    """Without its capture, sitegen can't see which of a report's drafts were deleted, unless all of them are still there."""
    missing = [one for one in articles if one.id not in captures and len(one.drafted) > len(by_report.get(one.id, ()))]
    if missing:
        captures = "the capture of 1 report" if len(missing) == 1 else f"the captures of {len(missing)} reports"
        are = "is" if len(missing) == 1 else "are"
        message = f"{captures} with deleted drafts {are} missing: those drafts may be proposed again"
        yield note("content/captures", Spot(), message, "copy the captures here before you run ingest")


def _is_left_behind(entry: Entry, stored: Set[str]) -> bool:
    """Return whether this is a draft of reports that were never stored, left by a run that was killed. The next run writes it again."""
    articles = [account.article.text for account in entry.accounts if isinstance(account, Account)]
    return entry.is_draft and bool(articles) and stored.isdisjoint(articles)


def _telling(entry: Entry, people: Names, places: Names) -> Telling:
    return Telling(
        articles=tuple(account.article.text for account in entry.accounts if isinstance(account, Account)),
        when=entry.when,
        title=entry.title,
        quotes=tuple(passage.quote.text for passage in entry.passages),
        people=frozenset(_name(people, word.text) for word in entry.people),
        places=frozenset(_name(places, word.text) for word in entry.places),
        is_expected=entry.status == "expected",
    )


def _name(names: Names, text: str) -> str:
    found = names.find(text)
    return found.text if found else text
