"""Parse each file on its own, and gather the results into the content of a site. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sitegen.config import is_zone
from sitegen.content import articles, comparisons, entries, names, pages, passages
from sitegen.content.document import Document, opened
from sitegen.content.nodes import FrontMatterError
from sitegen.content.read import Source, decode, id_of
from sitegen.model import Article, Body, Capture, Content, Entry, PairNotes, Person, Place, Reference, StaticPage
from sitegen.problems import Problem, Spot, problem
from sitegen.text.spellings import alike_on_disk, is_device, is_slug, slug

Fact = Entry | Article | PairNotes | Person | Place | StaticPage

READERS: dict[str, Callable[[Document], Fact | None]] = {
    "articles": articles.read,
    "comparisons": comparisons.read,
    "drafts": entries.read_draft,
    "entries": entries.read,
    "pages": pages.read,
    "people": names.read_person,
    "places": names.read_place,
}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The result of parsing a file, without the HTML of its body: everything that other files and pages may need."""

    fact: Fact | Capture | None
    references: tuple[Reference, ...]
    "of its body"
    problems: tuple[Problem, ...]
    named: tuple[str, ...] = ()
    "IDs named by an entry that could not be parsed; not reported as unknown"


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """The result of parsing a file."""

    fact: Fact | Capture | None
    body: Body
    problems: tuple[Problem, ...]
    named: tuple[str, ...] = ()
    "as in `FileFacts`"

    @property
    def facts(self) -> FileFacts:
        return FileFacts(self.fact, self.body.references, self.problems, self.named)


def parse(sources: Iterable[Source]) -> tuple[Content, tuple[Problem, ...]]:
    parsed = {source.file: parse_file(source) for source in sources}
    content, problems = gather({file: one.facts for file, one in parsed.items()}, {file: one.body for file, one in parsed.items()})
    return content, problems + passages.Verified().check(content)


def parse_file(source: Source) -> ParsedSource:
    """Parse a file. The result depends only on the file, so it can be cached by the file's digest."""
    try:
        text = decode(source.data)
    except UnicodeDecodeError as error:
        return ParsedSource(None, Body(), (_not_utf8(source, error),))
    problems = _id_problems(source)
    if source.folder == "captures":
        return ParsedSource(Capture(source.file, text, sha256(source.data).hexdigest()), Body(), problems)
    try:
        document = opened(source.file, source.id, text, is_zone)
    except FrontMatterError as error:
        return ParsedSource(None, Body(), (*problems, problem(source.file, error.spot, error.message, error.hint)))
    fact = READERS[source.folder](document)
    problems += tuple(document.problems)
    named = () if fact else tuple(slug(name) for key in ("people", "places") for name in document.fields.texts(key))
    return ParsedSource(fact, document.text.body, problems, named)


def gather(files: Mapping[str, FileFacts], bodies: Mapping[str, Body]) -> tuple[Content, tuple[Problem, ...]]:
    """Gather parsed files, given by file and in order, into one Content. An id that two files claim is reported."""
    problems: list[Problem] = []
    facts: dict[type, dict[str, Fact]] = {kind: {} for kind in (Entry, Article, PairNotes, Person, Place, StaticPage)}
    captures: dict[str, Capture] = {}
    unread: set[str] = set()
    for file, one in files.items():
        problems += one.problems
        if one.fact is None:
            unread.update((id_of(file), *one.named))
            continue
        first: Fact | Capture
        if isinstance(one.fact, Capture):
            first = captures.setdefault(id_of(file), one.fact)
        else:
            first = facts[type(one.fact)].setdefault(one.fact.id, one.fact)
        if first is not one.fact:
            hint = f"{first.file} has the same id; rename one of the two files"
            problems.append(problem(file, Spot(), f"the id “{id_of(file)}” is already taken", hint))
    problems += _alike_on_disk(facts)
    content = Content(
        entries=tuple(fact for fact in facts[Entry].values() if isinstance(fact, Entry)),
        articles=tuple(fact for fact in facts[Article].values() if isinstance(fact, Article)),
        comparisons=tuple(fact for fact in facts[PairNotes].values() if isinstance(fact, PairNotes)),
        people=tuple(fact for fact in facts[Person].values() if isinstance(fact, Person)),
        places=tuple(fact for fact in facts[Place].values() if isinstance(fact, Place)),
        pages=tuple(fact for fact in facts[StaticPage].values() if isinstance(fact, StaticPage)),
        bodies=bodies,
        references={file: one.references for file, one in files.items() if one.references},
        captures=captures,
        unread=frozenset(unread),
    )
    return content, tuple(problems)


def _alike_on_disk(facts: Mapping[type, Mapping[str, Fact]]) -> Iterator[Problem]:
    for kind in (Entry, Article, StaticPage):
        for before, id in alike_on_disk(facts[kind]):
            message = f"the ids “{before}” and “{id}” are the same folder name on some disks"
            hint = f"{facts[kind][before].file} has the other one; rename one of the two files"
            yield problem(facts[kind][id].file, Spot(), message, hint)


def _not_utf8(source: Source, error: UnicodeDecodeError) -> Problem:
    before = decode(error.object[: error.start])
    spot = Spot(before.count("\n") + 1, len(before) - before.rfind("\n"))
    message = f"this file is not valid UTF-8: unexpected byte {error.object[error.start]:#04x}"
    return problem(source.file, spot, message, "save it again as UTF-8")


def _id_problems(source: Source) -> tuple[Problem, ...]:
    if source.folder == "comparisons":
        hint = "use the two reports’ ids, the earlier report first: EARLIER...LATER.md"
        return () if comparisons.is_pair(source.id) else (problem(source.file, Spot(), f"“{source.id}” doesn’t name two reports", hint),)
    if is_device(source.id):
        return (problem(source.file, Spot(), f"“{source.id}” can’t be an id: on Windows, it is the name of a device", "rename the file"),)
    if is_slug(source.id):
        return ()
    proposed = slug(source.id)
    hint = f"rename the file to {proposed}.{source.file.rsplit('.', 1)[-1]}" if proposed else "rename the file using letters and digits"
    return (problem(source.file, Spot(), f"“{source.id}” is not a valid id: use lower-case letters, digits and hyphens", hint),)
