"""`sitegen ingest`: reports become articles, captures and drafts. It proposes; what an editor has is never touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sitegen import dates
from sitegen.ingest.draft import Draft, day, draft, draft_text
from sitegen.ingest.emit import front_matter
from sitegen.ingest.extract import Options, Report, extracted, read
from sitegen.ingest.fetch import is_address
from sitegen.ingest.receive import received
from sitegen.ingest.shelf import Shelf, add_files, holds, shelf
from sitegen.ingest.unreadable import UnreadableError
from sitegen.problems import Problem, Spot, problem
from sitegen.text.spellings import slug


@dataclass(slots=True)
class Ingested:
    """What was read, and what is told of it."""

    problems: list[Problem] = field(default_factory=list)
    "their file is the input as it was given, or the option"
    lines: list[str] = field(default_factory=list)
    "results, one a line"
    reports: dict[str, Report] = field(default_factory=dict)
    "by id; those that the site has already, too"
    drafts: list[Draft] = field(default_factory=list)
    "what is proposed"

    def as_json(self) -> dict[str, object]:
        """The object of DESIGN.md, section 3. Dates, names and origins are read by a later version."""
        return {
            "articles": [_article_json(id, report) for id, report in self.reports.items()],
            "dates": [],
            "names": [],
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
    result = Ingested()
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
            result.problems.append(refusal.problem(name))
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
    like = known.same_text(found.text)
    told = read(found, options if options.published or not like else replace(options, published=like.published))
    report = told.report
    same = known.same(report)
    if same:
        result.lines.append(f"nothing new: {name} is content/articles/{same.id}.md already")
        result.reports.setdefault(same.id, report)
        return
    sibling = known.other_text_of(report)
    id_, files = _files(known, report, now)
    if known.root is not None and not dry_run:
        add_files(known.root, files)
    known.add(id_, report)
    result.reports[id_] = report
    result.drafts.append(draft(id_, report))
    result.problems += told.notes
    result.lines += [f"{'would store' if dry_run else 'stored'} content/articles/{id_}.md", *told.lines]
    if sibling:
        result.lines.append(f"content/articles/{sibling.id}.md has the same address and another text: both are kept")


def _files(known: Shelf, report: Report, now: datetime) -> tuple[str, Mapping[str, bytes]]:
    """The report's id and its files, the article last: a run that is killed before it is as good as none."""
    base = "-".join(part for part in (slug(report.outlet) or slug(report.stem) or "report", slug(day(report))) if part)
    for candidate in known.candidates(base):
        files = {f"content/captures/{candidate}.txt": report.capture}
        if report.html is not None:
            files[f"content/captures/{candidate}.html"] = report.html
        files[f"content/drafts/{candidate}.md"] = draft_text(draft(candidate, report)).encode()
        if known.root is None or holds(known.root, files):
            return candidate, files | {f"content/articles/{candidate}.md": _article_text(report, now).encode()}
    raise AssertionError("there is always another number")


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


def _article_json(id_: str, report: Report) -> dict[str, object]:
    return {
        "id": id_,
        "title": report.title,
        "outlet": report.outlet or None,
        "published": report.published.edtf,
        "origin": report.origin or None,
        "text": report.text,
    }


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
