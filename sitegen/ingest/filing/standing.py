"""What the site has when reports come in: its entries and drafts, as far as a further account of them can be recognised, its people and
places, and which drafts the editor threw away."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.content.parse import Parsed, parse_file
from sitegen.content.read import Source, decode, read
from sitegen.ingest.filing.shelf import published_ids
from sitegen.ingest.filing.sitenames import SiteNames, lying_names, names_of
from sitegen.ingest.joining import Telling
from sitegen.ingest.names import tag
from sitegen.model import Account, Article, Content, Drafted, Entry, Person, Place
from sitegen.problems import Problem, Spot, note
from sitegen.timeline.names import Names, gather

_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?^---[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
_FOLDERS = ("articles", "captures", "drafts", "entries", "people", "places")


@dataclass(frozen=True, slots=True)
class Standing:
    entries: Mapping[str, tuple[str, Telling]]
    "drafts too: by id, the file and what it tells"
    deleted: Sequence[Telling]
    "what was drafted once, and is neither a draft nor an entry any more"
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
    names, _ = gather(Content(entries=tuple(entries), people=people, places=places))
    ids = {source.id for source in sources if source.folder in ("entries", "drafts") and source.file not in left_behind}
    ids |= {alias.text for entry in entries for alias in entry.aliases}
    gone = [
        (captures[article.id], one)
        for article in articles.values()
        if article.id in captures
        for one in article.drafted
        if one.id not in ids
    ]
    return Standing(
        entries={entry.id: (entry.file, _telling(entry, names["person"], names["place"])) for entry in entries},
        deleted=[_deleted(source, one, names["person"], names["place"]) for source, one in gone],
        names=names_of(
            [(source, facts[source.file]) for source in sources if source.file in facts and source.file not in left_behind],
            lying_names(root),
        ),
        ids=frozenset(ids | published_ids(root, "entries")),
        captured=tuple(sorted(stored & captures.keys())),
        notes=tuple(_passed_over(parsed)),
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


def _deleted(capture: Source, drafted: Drafted, people: Names, places: Names) -> Telling:
    """The names are those of the words that were quoted."""
    text = decode(capture.data)[drafted.start : drafted.end]
    mentions = [(mention.kind, " ".join(text[mention.start : mention.end].split())) for mention in tag(text)]
    return Telling(
        articles=(capture.id,),
        when=drafted.when,
        title="",
        quotes=(text,),
        people=frozenset(_name(people, name) for kind, name in mentions if kind == "person"),
        places=frozenset(_name(places, name) for kind, name in mentions if kind == "place"),
    )


def _name(names: Names, text: str) -> str:
    found = names.find(text)
    return found.text if found else text
