"""A batch of inputs on its way into the site: extracted, recognised, read on all cores, proposed, stored.

A report's file is written last. Without it a report counts as not read, so that a run that was killed is completed by the next.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sitegen.content.read import decode
from sitegen.editing.file_transaction import FileTransaction, WriteError, can_add, write_each
from sitegen.editing.site_files import SiteFiles
from sitegen.ingest.batch_files import add_reports, capture_files, extend_entry
from sitegen.ingest.draft import Draft, draft_text
from sitegen.ingest.entity_resolver import folder_of
from sitegen.ingest.json_output import JsonOutput
from sitegen.ingest.name_files import NameFileChanges, UsedName, name_file_changes
from sitegen.ingest.near_duplicates import TextOverlap, fingerprint, text_overlaps
from sitegen.ingest.propose import Extension, Proposals, Proposer
from sitegen.ingest.reader_pool import ReaderPool
from sitegen.ingest.receiving.extract import Extracted, Options, Read, Report, extracted, read
from sitegen.ingest.receiving.receive import Received, printable
from sitegen.ingest.receiving.unreadable import UnreadableError
from sitegen.ingest.report_reading import ReportReading, UnreadReport, report_reading
from sitegen.ingest.site_index.index import EMPTY_INDEX, site_index
from sitegen.ingest.site_index.name_index import updated
from sitegen.ingest.site_index.report_index import ReportIndex
from sitegen.ingest.summary import SummaryRow, result_lines, summary_rows, table
from sitegen.problems import Problem, Spot, note
from sitegen.text.sharing import Text
from sitegen.text.spellings import slug

_NOT_ENGLISH = (
    "this report is not in English, the one language that is read: its draft is dated by its publication",
    "mend the draft, and write one for each other event yourself",
)
_LONGEST_WHENCE = 80
"bytes; a file's name has 255 at most, with a date, a number and a suffix"


@dataclass(slots=True)
class IngestResult:
    """What was read, and what is told of it."""

    problems: list[Problem] = field(default_factory=list)
    "their file is the input as it was given, the option, or a file of the site"
    lines: list[str] = field(default_factory=list)
    "results, one a line"
    summary: list[SummaryRow] = field(default_factory=list)
    "of the reports that were stored, or would be"
    json_output: JsonOutput | None = None
    "what --json tells; None: it wasn't asked for"

    @property
    def table(self) -> list[str]:
        """The summary as lines."""
        return ["", *table(self.summary)] if self.summary else []

    @property
    def counts(self) -> list[dict[str, object]]:
        """The summary as an object for each report."""
        return [asdict(row) for row in self.summary]


@dataclass(slots=True)
class _Batch:
    """What became of the inputs so far."""

    reports: dict[str, Read] = field(default_factory=dict)
    "by id"
    known: dict[str, Report] = field(default_factory=dict)
    "those that the site has already"
    lines: list[tuple[str, str]] = field(default_factory=list)
    "(the id of the report to be stored that a line is about, or nothing; the line)"


class Pipeline:
    """What the site has, and what this run adds to it."""

    def __init__(
        self, root: Path | None, options: Options, now: datetime, result: IngestResult, ask_outlet: Callable[[str], str], *, dry_run: bool
    ) -> None:
        """*ask_outlet* answers who published the input of a name; empty where nobody knows. Raises: OSError."""
        self._ask_outlet = ask_outlet
        self._root, self._options, self._now, self._result = root, options, now, result
        self._writes = root is not None and not dry_run
        self._stored = "stored" if self._writes else "would store"
        self._reports = ReportIndex(root)
        site = site_index(root) if root else EMPTY_INDEX
        result.problems += site.notes
        self._proposer = Proposer(site, with_mentions=result.json_output is not None)
        if result.json_output is not None:
            result.json_output.entities = self._proposer.entities
        self._entries = {id: file for id, (file, _) in site.entries.items()}
        "files of entries and drafts, by id"
        self._names = site.names
        self._files = SiteFiles(root, writes=self._writes)
        self._texts: dict[str, str] = {}
        "of the batch"
        self._fingerprints = [fingerprint(Text(id, self._text(id))) for id in site.captured]

    def take(self, inputs: Sequence[Received | Problem], pool: ReaderPool, on_done: Callable[[int], object]) -> bool:
        """Whether to go on with the next batch: not where something can't be written."""
        batch = _Batch()
        found = pool.map(_extracted, [one for one in inputs if isinstance(one, Received)])
        for given in inputs:
            held = given if isinstance(given, Problem) else next(found)
            if isinstance(held, Problem):
                self._result.problems.append(held)
            else:
                self._recognise(batch, held)
        on_done(len(inputs) - len(batch.reports))
        unread = [_unread_report(id, told.report) for id, told in batch.reports.items()]
        readings: list[ReportReading] = []
        for one in pool.map(report_reading, unread):
            readings.append(one)
            on_done(1)
        self._keep(batch, readings, pool)
        return self._file(batch, list(zip(unread, readings, strict=True)))

    def _recognise(self, batch: _Batch, found: Extracted) -> None:
        """A report that the site has already is told; any other gets an id."""
        try:
            if same := self._same(found):
                known_id, report = same
                batch.lines.append(("", f"nothing new: {report.name} is content/articles/{known_id}.md already"))
                batch.known.setdefault(known_id, report)
                return
            told = self._with_outlet(read(found, self._options))
        except UnreadableError as refusal:
            self._result.problems.append(refusal.problem(printable(found.source.name)))
            return
        sibling = self._reports.other_text_of(told.report)
        candidates = self._reports.candidates(f"{_whence(told.report)}-{slug(told.report.day)}")
        report_id = next(id for id in candidates if self._holds(capture_files(id, told.report)))
        self._reports.add(report_id, told.report)
        batch.reports[report_id] = told
        batch.lines += [(report_id, line) for line in (f"{self._stored} content/articles/{report_id}.md", *told.lines)]
        if sibling:
            batch.lines.append((report_id, f"content/articles/{sibling.id}.md has the same address and another text: both are kept"))
        self._result.problems += told.notes

    def _with_outlet(self, told: Read) -> Read:
        """With the outlet that the user names, where the report and the options name none."""
        if told.report.outlet or not (outlet := self._ask_outlet(told.report.name)):
            return told
        return replace(told, report=replace(told.report, outlet=outlet))

    def _same(self, found: Extracted) -> tuple[str, Report] | None:
        """The id of the known report that this one is, and the report; where no date is told now, it has the one that was told then.

        Raises: UnreadableError.
        """
        for like in self._reports.same_text(found.sha256):
            published = self._options.published or like.published
            if published and (same := self._reports.same(report := read(found, replace(self._options, published=published)).report)):
                return same.id, report
        return None

    def _keep(self, batch: _Batch, readings: Sequence[ReportReading], pool: ReaderPool) -> None:
        """What --json tells of the reports."""
        output = self._result.json_output
        if output is None:
            return
        known = {id: report for id, report in batch.known.items() if id not in output.reports}
        again = list(pool.map(report_reading, [_unread_report(id, report) for id, report in known.items()]))
        for one in again:
            self._proposer.entities.add(one.id, one.names)
        output.reports |= known | {id: told.report for id, told in batch.reports.items()}
        output.readings += [*again, *readings]

    def _file(self, batch: _Batch, read: Sequence[tuple[UnreadReport, ReportReading]]) -> bool:
        """Proposes what the batch tells and stores it: all of it, or nothing where something can't be written."""
        self._texts = {report.id: report.text for report, _ in read}
        texts, fingerprints = [Text(id, text) for id, text in self._texts.items()], [one.fingerprint for _, one in read]
        shared = list(text_overlaps(texts, fingerprints, self._fingerprints, self._text))
        proposals = self._proposer.proposals(read, _same_text(shared), self._is_free)
        self._entries |= {draft.id: draft.file for draft in proposals.drafts}
        files = FileTransaction()
        extended = [one for one in proposals.extensions if self._is_extended(files, one)]
        add_reports(files, {id: told.report for id, told in batch.reports.items()}, proposals, self._now)
        told = _names(proposals.drafts, extended)
        names = name_file_changes(self._names, told, self._proposer.entities)
        try:
            with self._files.committed(files):
                self._write_names(names)
        except WriteError as error:
            self._result.problems.append(error.problem("content"))
            self._result.lines += [line for id, line in batch.lines if not id]
            return False
        self._fingerprints += fingerprints
        self._names = updated(self._names, names.files, ((folder_of(kind), name) for kind, name in told))
        self._tell(batch, read, proposals, extended, shared)
        self._result.lines += [f"{'wrote' if self._writes else 'would write'} {line}" for line in names.lines]
        return True

    def _write_names(self, names: NameFileChanges) -> None:
        self._result.problems += names.notes
        if self._writes and self._root:
            self._result.problems += write_each(self._root, names.files, names.standing)

    def _is_extended(self, files: FileTransaction, one: Extension) -> bool:
        done = extend_entry(files, self._files, self._entries[one.id], one)
        if isinstance(done, Problem):
            self._result.problems.append(done)
            return False
        return done

    def _tell(
        self,
        batch: _Batch,
        read: Sequence[tuple[UnreadReport, ReportReading]],
        proposals: Proposals,
        extended: Sequence[Extension],
        shared: Sequence[TextOverlap],
    ) -> None:
        result = self._result
        result.lines += [line for _, line in batch.lines]
        result.lines += result_lines(proposals, extended, self._entries, shared, is_dry=not self._writes)
        result.summary += summary_rows([one for _, one in read], proposals, extended)
        for report, one in read:
            name = batch.reports[report.id].report.name
            if not one.in_english:
                result.problems.append(note(name, Spot(), *_NOT_ENGLISH))
            elif one.unread_events:
                message = f"this report tells of {len(one.events) + one.unread_events} events; only the first {len(one.events)} are drafted"
                result.problems.append(note(name, Spot(), message, "write an entry for each other event, or read the report in parts"))
            elif not one.events:
                result.lines.append(f"no draft of {name}: it tells no dated event")
        if result.json_output is not None:
            result.json_output.propose(proposals.drafts, extended)
            result.json_output.overlaps += shared

    def _is_free(self, draft: Draft) -> bool:
        """Whether no file stands where the draft's would, but for one that a run that was killed has left."""
        is_there = self._root is not None and os.path.lexists(self._root / draft.file)
        return not is_there or self._holds({draft.file: draft_text(draft).encode()})

    def _holds(self, files: Mapping[str, bytes]) -> bool:
        """Whether the files can be written."""
        return self._root is None or can_add(self._root, files)

    def _text(self, id: str) -> str:
        """Of a report that was read; empty where its capture is gone."""
        try:
            return self._texts.get(id) or decode(self._files.read(f"content/captures/{id}.txt"))
        except OSError:
            return ""


def _extracted(source: Received) -> Extracted | Problem:
    try:
        return extracted(source)
    except UnreadableError as refusal:
        return refusal.problem(printable(source.name))


def _unread_report(id: str, report: Report) -> UnreadReport:
    return UnreadReport(id, report.text, report.published.placed_by.first, report.first_words, report.headline)


def _names(drafts: Iterable[Draft], extended: Iterable[Extension]) -> set[UsedName]:
    """Those of what was drafted, and of what got a further account."""
    people = {name for one in drafts for name in one.people} | {name for one in extended for name in one.standing.people}
    places = {name for one in drafts for name in one.places} | {name for one in extended for name in one.standing.places}
    return {*(("person", name) for name in people), *(("place", name) for name in places)}


def _same_text(shared: Iterable[TextOverlap]) -> set[tuple[str, str]]:
    """Pairs of ids, either way round."""
    return {pair for one in shared if one.texts == 1 for pair in (one.articles, one.articles[::-1])}


def _whence(report: Report) -> str:
    """The first part of an id: the outlet's slug or the file's, at a length that every file system takes."""
    whole = slug(report.outlet) or slug(report.stem) or "report"
    if len(whole.encode()) <= _LONGEST_WHENCE:
        return whole
    cut = whole.encode()[:_LONGEST_WHENCE].decode(errors="ignore")
    return slug(cut.rpartition("-")[0] or cut)
