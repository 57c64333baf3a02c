"""`sitegen ingest`: reports become articles, captures and drafts. It proposes; what an editor has is never touched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sitegen import dates
from sitegen.ingest.draft import Draft, day, draft, draft_text
from sitegen.ingest.emit import front_matter
from sitegen.ingest.extract import Extracted, Options, Report, extracted, read
from sitegen.ingest.fetch import is_address
from sitegen.ingest.receive import printable, received
from sitegen.ingest.shelf import Shelf, add_files, holds, shelf
from sitegen.ingest.unreadable import UnreadableError
from sitegen.problems import Problem, Spot, problem
from sitegen.text.spellings import slug

if TYPE_CHECKING:
    from sitegen.ingest.names.merge import Known, Named

_LONGEST_WHENCE = 80
"bytes; a file's name has 255 at most, with a date, a number and a suffix"


@dataclass(slots=True)
class Ingested:
    """What was read, and what is told of it."""

    root: Path | None
    "the site that stands already, whose names come first"
    problems: list[Problem] = field(default_factory=list)
    "their file is the input as it was given, or the option"
    lines: list[str] = field(default_factory=list)
    "results, one a line"
    reports: dict[str, Report] = field(default_factory=dict)
    "by id; those that the site has already, too"
    drafts: list[Draft] = field(default_factory=list)
    "what is proposed"

    def as_json(self) -> dict[str, object]:
        """Reports with their dates, and what is proposed; offsets are code points into a report's text. Origins are read by a later version."""
        return {
            "articles": [_article_json(id, report) for id, report in self.reports.items()],
            "dates": [date for id, report in self.reports.items() for date in _dates_json(id, report)],
            "names": [_name_json(name) for name in _names(self.root, self.reports)],
            "entries": [_entry_json(proposed) for proposed in self.drafts],
            "origins": [],
        }


def ingest(
    root: Path | None,
    inputs: Sequence[str],
    *,
    published: str,
    outlet: str,
    url: str,
    origin: str,
    dry_run: bool,
    stdin: BinaryIO,
    now: datetime,
) -> Ingested:
    """Reads the inputs in their order; one that can't be read is told, and the others are read.

    Options are empty where they aren't given. *root* is the site's folder; without one, it must be a dry run.
    *now*, which has a zone, is written to what is fetched.
    """
    result = Ingested(root)
    options = Options(published.strip(), outlet, url.strip(), origin)
    result.problems += _option_problems(options, inputs)
    if result.problems:
        return result
    try:
        known = shelf(root)
    except OSError as error:
        result.problems.append(problem("content", Spot(), f"the site can’t be read: {error.strerror}", "look at its permissions"))
        return result
    for name in inputs:
        try:
            _read(result, known, name, options, stdin, now, dry_run=dry_run)
        except UnreadableError as refusal:
            result.problems.append(refusal.problem(printable(name)))
    return result


def _option_problems(options: Options, inputs: Sequence[str]) -> list[Problem]:
    problems = []
    if options.published and (refusal := _no_day(options.published)):
        problems.append(problem("--published", Spot(), *refusal))
    if options.url and not is_address(options.url):
        problems.append(problem("--url", Spot(), f"“{options.url}” is no web address", "it begins with https:// or http://"))
    elif options.url and len(inputs) > 1:
        problems.append(problem("--url", Spot(), f"one address can’t be that of {len(inputs)} reports", "read them one by one"))
    return problems


def _no_day(text: str) -> tuple[str, str] | None:
    """(message, hint) for what is no day."""
    try:
        date = dates.parse(text)
    except dates.DateError as error:
        return error.message, error.hint
    return (
        None if date.shape in ("day", "time") else (f"{date.label} is no day", "a report is published on one day: --published 2023-04-07")
    )


def _read(result: Ingested, known: Shelf, name: str, options: Options, stdin: BinaryIO, now: datetime, *, dry_run: bool) -> None:
    """Raises: UnreadableError."""
    found = extracted(received(name, stdin))
    same = _same(known, found, options)
    if same:
        known_id, report = same
        result.lines.append(f"nothing new: {report.name} is content/articles/{known_id}.md already")
        result.reports.setdefault(known_id, report)
        return
    told = read(found, options)
    report = told.report
    sibling = known.other_text_of(report)
    proposed, files = _proposal(known, report, now)
    if known.root is not None and not dry_run:
        add_files(known.root, files)
    known.add(proposed.article, report)
    result.reports[proposed.article] = report
    result.drafts.append(proposed)
    result.problems += told.notes
    result.lines += [f"{'would store' if dry_run else 'stored'} content/articles/{proposed.article}.md", *told.lines]
    if sibling:
        result.lines.append(f"content/articles/{sibling.id}.md has the same address and another text: both are kept")


def _same(known: Shelf, found: Extracted, options: Options) -> tuple[str, Report] | None:
    """The id of the known report that this one is, and the report; where no date is told now, it has the one that was told then."""
    for like in known.same_text(found.sha256):
        published = options.published or like.published
        if published and (same := known.same(report := read(found, replace(options, published=published)).report)):
            return same.id, report
    return None


def _proposal(known: Shelf, report: Report, now: datetime) -> tuple[Draft, Mapping[str, bytes]]:
    """The draft and all files under the first free id; the article comes last, so that a run that is killed before it is as good as none."""
    for id in known.candidates(f"{_whence(report)}-{slug(day(report))}"):
        proposed = draft(id, report)
        files = {f"content/captures/{id}.txt": report.capture}
        if report.html is not None:
            files[f"content/captures/{id}.html"] = report.html
        files[f"content/drafts/{id}.md"] = draft_text(proposed).encode()
        if known.root is None or holds(known.root, files):
            return proposed, files | {f"content/articles/{id}.md": _article_text(report, now).encode()}
    raise AssertionError("there is always another number")


def _whence(report: Report) -> str:
    """The first part of an id: the outlet's slug or the file's, at a length that every file system takes."""
    whole = slug(report.outlet) or slug(report.stem) or "report"
    if len(whole.encode()) <= _LONGEST_WHENCE:
        return whole
    cut = whole.encode()[:_LONGEST_WHENCE].decode(errors="ignore")
    return slug(cut.rpartition("-")[0] or cut)


def _article_text(report: Report, now: datetime) -> str:
    return front_matter(
        {
            "title": report.title,
            "outlet": report.outlet,
            "url": report.url,
            "published": report.published.edtf,
            "updated": report.updated,
            "retrieved": f"{now.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if report.is_fetched else "",
            "authors": report.authors,
            "credits": report.credits,
            "left_out": report.left_out,
            "language": report.language,
            "origin": report.origin,
            "sha256": report.sha256,
        }
    )


def _article_json(id: str, report: Report) -> dict[str, object]:
    return {
        "id": id,
        "title": report.title,
        "outlet": report.outlet or None,
        "published": report.published.edtf,
        "origin": report.origin or None,
        "text": report.text,
    }


def _names(root: Path | None, reports: Mapping[str, Report]) -> Sequence["Named"]:
    from sitegen.ingest.names import merge, tag

    known = _known_names(root) if root else ()
    return merge.across(merge.named(report.text, tag(report.text), known, id) for id, report in reports.items())


def _known_names(root: Path) -> Sequence["Known"]:
    from sitegen.content.parse import parse
    from sitegen.content.read import read as read_content
    from sitegen.ingest.names.merge import Known

    content, _ = parse(source for source in read_content(root, with_drafts=False)[0] if source.folder in ("people", "places"))
    people = [Known(file.kind, file.name.text, tuple(one.name.text for one in file.spellings)) for file in content.people]
    places = [Known("place", file.name.text, tuple(one.name.text for one in file.spellings)) for file in content.places]
    return [*people, *places]


def _name_json(name: "Named") -> dict[str, object]:
    return {
        "kind": name.kind,
        "name": name.name,
        "spellings": list(name.spellings),
        "mentions": [{"article": spot.article, "start": spot.start, "end": spot.end} for spot in name.mentions],
    }


def _dates_json(id: str, report: Report) -> Iterator[dict[str, object]]:
    from sitegen.ingest import temporal

    for told in temporal.tag(report.text, report.published.placed_by.first):
        yield {"article": id, **asdict(told)}


def _entry_json(proposed: Draft) -> dict[str, object]:
    lead = proposed.lead
    passages = [{"quote": lead.quote, "start": lead.start, "end": lead.end}] if lead else []
    return {
        "id": proposed.id,
        "date": proposed.date,
        "title": proposed.title,
        "status": proposed.status,
        "people": [],
        "places": [],
        "accounts": [{"article": proposed.article, "passages": passages}],
    }
