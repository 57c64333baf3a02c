"""What the site has when reports come in: its entries and drafts, as far as a further account of them can be recognised, its people and
places, and which drafts the editor threw away."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.content.parse import Parsed, parse_file
from sitegen.content.read import Source, decode, read
from sitegen.ingest.filing.deleted import DeletedDrafts, deleted_drafts
from sitegen.ingest.filing.shelf import published_ids
from sitegen.ingest.filing.sitenames import SiteNames, lying_names, names_of
from sitegen.ingest.joining import Telling
from sitegen.model import Account, Article, Content, Entry, Person, Place
from sitegen.problems import Problem, Spot, note
from sitegen.timeline.names import Names, collect_names

_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?^---[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
_FOLDERS = ("articles", "captures", "drafts", "entries", "people", "places")


@dataclass(frozen=True, slots=True)
class Standing:
    entries: Mapping[str, tuple[str, Telling]]
    "drafts too: by id, the file and what it tells"
    deleted: Sequence[DeletedDrafts]
    "by report"
    names: SiteNames
    ids: frozenset[str]
    "that no draft can have: of entries and drafts, their old ones, those that were published once"
    captured: Sequence[str]
    "ids of the reports whose text is there"
    notes: Sequence[Problem] = ()
    "of files that tell nothing, because they have a problem"


NOTHING = Standing({}, (), SiteNames(), frozenset(), ())


def standing(root: Path) -> Standing:
    """A file that tells nothing, because of a problem, keeps its id, is passed over otherwise, and is told."""
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
    resting = _resting(entries)
    with_drafts = [article for article in articles.values() if article.drafted]
    deleted = [
        deleted_drafts(one, decode(captures[one.id].data), resting.get(one.id, ()), names["person"], names["place"])
        for one in with_drafts
        if one.id in captures
    ]
    return Standing(
        entries={entry.id: (entry.file, _telling(entry, names["person"], names["place"])) for entry in entries},
        deleted=[one for one in deleted if one is not None],
        names=names_of(
            [(source, facts[source.file]) for source in sources if source.file in facts and source.file not in left_behind],
            lying_names(root),
        ),
        ids=frozenset(ids | published_ids(root, "entries")),
        captured=tuple(sorted(stored & captures.keys())),
        notes=(*_passed_over(parsed), *_named(with_drafts), *_unknown(with_drafts, captures, resting)),
    )


def _without_body(source: Source) -> Source:
    """What stands is told by front matter; reading bodies takes longest."""
    head = _FRONT_MATTER.match(source.data)
    return replace(source, data=head[0]) if head else source


def _passed_over(parsed: Mapping[str, Parsed]) -> Iterator[Problem]:
    for file, one in parsed.items():
        if one.fact is None:
            first = next(found for found in one.problems if found.severity == "problem")
            yield note(file, Spot(first.line, first.column), f"what this file tells is not known: {first.message}", first.hint)


def _resting(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries and drafts by the reports that they have an account of."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for id in dict.fromkeys(account.article.text for account in entry.accounts if isinstance(account, Account)):
            found[id].append(entry)
    return found


def _named(articles: Iterable[Article]) -> Iterator[Problem]:
    for article in articles:
        if any(one.is_named for one in article.drafted):
            message = "“drafted” names drafts and their days, those that you deleted too"
            yield note(article.file, Spot(), message, "keep only the two numbers of each line; sitegen needs no more: 0-41")


def _unknown(articles: Iterable[Article], captures: Collection[str], resting: Mapping[str, Sequence[Entry]]) -> Iterator[Problem]:
    """Without a capture it is not known which drafts were deleted; where as many entries rest on the report, none was."""
    missing = [one for one in articles if one.id not in captures and len(one.drafted) > len(resting.get(one.id, ()))]
    if missing:
        reports = "1 report that has" if len(missing) == 1 else f"{len(missing)} reports that have"
        message = f"no capture is here of {reports} more drafts noted than there are: if another report tells a draft that was deleted, it comes back"
        yield note("content/captures", Spot(), message, "copy the captures here before you ingest; nothing in the reports’ files changes")


def _is_left_behind(entry: Entry, stored: Collection[str]) -> bool:
    """Whether it is a draft of reports that were never stored: what a run that was killed leaves, for the next to write again."""
    told = [account.article.text for account in entry.accounts if isinstance(account, Account)]
    return entry.is_draft and bool(told) and not any(id in stored for id in told)


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
