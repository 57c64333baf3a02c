"""Add a batch of inputs to the site: extract their text, recognise stored reports, read the others, propose, write.

A report's own file is written last. Until it exists the report counts as new, so that the next run completes one that was killed.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sitegen.compare.sharing import ReportText
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
from sitegen.ingest.receive.extract import dated_report, extracted_report
from sitegen.ingest.receive.input_bytes import ReceivedInput, printable
from sitegen.ingest.receive.received_report import DatedReport, ExtractedReport, ReceivedReport, ReportOptions
from sitegen.ingest.receive.unreadable import UnreadableError
from sitegen.ingest.report_reading import ReportReading, UnreadReport, report_reading
from sitegen.ingest.site_index.index import EMPTY_INDEX, site_index
from sitegen.ingest.site_index.name_index import updated
from sitegen.ingest.site_index.report_index import ReportIndex
from sitegen.ingest.summary import SummaryRow, result_lines, summary_rows, table
from sitegen.problems import Problem, Spot, note
from sitegen.text.spellings import slug

_NOT_ENGLISH = (
    "this report is not in English, the only language that sitegen reads: it has one draft, dated by its publication",
    "edit that draft, and write an entry for each other event yourself",
)
_MAX_PREFIX = 80
"bytes of an id before its date; file names have at most 255, with the date, a number and a suffix"


@dataclass(slots=True)
class IngestResult:
    """The result of a run, for the terminal and as JSON."""

    problems: list[Problem] = field(default_factory=list)
    "`file` is the input as given, an option, or a file of the site"
    lines: list[str] = field(default_factory=list)
    "one result per line"
    summary: list[SummaryRow] = field(default_factory=list)
    "a row for each report that was stored, or would be"
    json_output: JsonOutput | None = None
    "None unless it was asked for"

    @property
    def table(self) -> list[str]:
        """The summary as lines, after an empty one."""
        return ["", *table(self.summary)] if self.summary else []

    @property
    def counts(self) -> list[dict[str, object]]:
        """The summary as JSON objects."""
        return [asdict(row) for row in self.summary]


@dataclass(slots=True)
class _Batch:
    new: dict[str, DatedReport] = field(default_factory=dict)
    "by id"
    stored: dict[str, ReceivedReport] = field(default_factory=dict)
    "reports that the site already had, by id"
    lines: list[tuple[str, str]] = field(default_factory=list)
    "id of the new report that the line is about, or empty; line"


class Pipeline:
    """The state of a run over all of its batches."""

    def __init__(
        self,
        root: Path | None,
        options: ReportOptions,
        now: datetime,
        result: IngestResult,
        ask_outlet: Callable[[str], str],
        *,
        dry_run: bool,
    ) -> None:
        """*ask_outlet* returns the outlet of the input with this name, or an empty string. Raises: OSError."""
        self._ask_outlet = ask_outlet
        self._root, self._options, self._now, self._result = root, options, now, result
        self._writes = root is not None and not dry_run
        self._stored_verb = "stored" if self._writes else "would store"
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
        "of the reports in the batch"
        self._fingerprints = [fingerprint(ReportText(id, self._text(id))) for id in site.captured]

    def process(self, inputs: Sequence[ReceivedInput | Problem], pool: ReaderPool, on_done: Callable[[int], object]) -> bool:
        """Process a batch, and return False if its files couldn't be written."""
        batch = _Batch()
        extracted_inputs = pool.map(_extracted, [one for one in inputs if isinstance(one, ReceivedInput)])
        for given in inputs:
            found = given if isinstance(given, Problem) else next(extracted_inputs)
            if isinstance(found, Problem):
                self._result.problems.append(found)
            else:
                self._recognise(batch, found)
        on_done(len(inputs) - len(batch.new))
        unread = [_unread_report(id, new.report) for id, new in batch.new.items()]
        readings: list[ReportReading] = []
        for one in pool.map(report_reading, unread):
            readings.append(one)
            on_done(1)
        self._add_to_json(batch, readings, pool)
        return self._store(batch, list(zip(unread, readings, strict=True)))

    def _recognise(self, batch: _Batch, found: ExtractedReport) -> None:
        """Give a new report an id, and say which ones are stored already."""
        try:
            if same := self._stored_report(found):
                id, report = same
                batch.lines.append(("", f"nothing new: {report.name} is already stored as content/articles/{id}.md"))
                batch.stored.setdefault(id, report)
                return
            new = self._with_outlet(dated_report(found, self._options))
        except UnreadableError as refusal:
            self._result.problems.append(refusal.problem(printable(found.source.name)))
            return
        other = self._reports.with_address_of(new.report)
        candidates = self._reports.candidates(f"{_id_prefix(new.report)}-{slug(new.report.day)}")
        id = next(id for id in candidates if self._can_add(capture_files(id, new.report)))
        self._reports.add(id, new.report)
        batch.new[id] = new
        batch.lines += [(id, line) for line in (f"{self._stored_verb} content/articles/{id}.md", *new.lines)]
        if other:
            batch.lines.append((id, f"content/articles/{other.id}.md has the same address but a different text; both are kept"))
        self._result.problems += new.notes

    def _with_outlet(self, new: DatedReport) -> DatedReport:
        """Ask for the outlet if neither the report nor the options have one."""
        if new.report.outlet or not (outlet := self._ask_outlet(new.report.name)):
            return new
        return replace(new, report=replace(new.report, outlet=outlet))

    def _stored_report(self, found: ExtractedReport) -> tuple[str, ReceivedReport] | None:
        """Return the id of the same report in the site, and the report, dated as it was then unless the options have a date.

        Raises: UnreadableError.
        """
        for like in self._reports.same_text(found.sha256):
            published = self._options.published or like.published
            if published and (
                same := self._reports.same(report := dated_report(found, replace(self._options, published=published)).report)
            ):
                return same.id, report
        return None

    def _add_to_json(self, batch: _Batch, readings: Sequence[ReportReading], pool: ReaderPool) -> None:
        output = self._result.json_output
        if output is None:
            return
        stored = {id: report for id, report in batch.stored.items() if id not in output.reports}
        again = list(pool.map(report_reading, [_unread_report(id, report) for id, report in stored.items()]))
        for one in again:
            self._proposer.entities.add(one.id, one.names)
        output.reports |= stored | {id: new.report for id, new in batch.new.items()}
        output.readings += [*again, *readings]

    def _store(self, batch: _Batch, read: Sequence[tuple[UnreadReport, ReportReading]]) -> bool:
        """Propose drafts and write all files of the batch; return False, with nothing written, if one can't be."""
        self._texts = {report.id: report.text for report, _ in read}
        texts, fingerprints = [ReportText(id, text) for id, text in self._texts.items()], [one.fingerprint for _, one in read]
        shared = list(text_overlaps(texts, fingerprints, self._fingerprints, self._text))
        proposals = self._proposer.proposals(read, _same_text(shared), self._is_free)
        self._entries |= {draft.id: draft.file for draft in proposals.drafts}
        files = FileTransaction()
        extended = [one for one in proposals.extensions if self._is_extended(files, one)]
        add_reports(files, {id: new.report for id, new in batch.new.items()}, proposals, self._now)
        used = _used_names(proposals.drafts, extended)
        names = name_file_changes(self._names, used, self._proposer.entities)
        try:
            with self._files.committed(files):
                self._write_names(names)
        except WriteError as error:
            self._result.problems.append(error.problem("content"))
            self._result.lines += [line for id, line in batch.lines if not id]
            return False
        self._fingerprints += fingerprints
        self._names = updated(self._names, names.files, ((folder_of(kind), name) for kind, name in used))
        self._report_results(batch, read, proposals, extended, shared)
        self._result.lines += [f"{'wrote' if self._writes else 'would write'} {line}" for line in names.lines]
        return True

    def _write_names(self, names: NameFileChanges) -> None:
        self._result.problems += names.notes
        if self._writes and self._root:
            self._result.problems += write_each(self._root, names.files, names.existing)

    def _is_extended(self, files: FileTransaction, one: Extension) -> bool:
        done = extend_entry(files, self._files, self._entries[one.id], one)
        if isinstance(done, Problem):
            self._result.problems.append(done)
            return False
        return done

    def _report_results(
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
            name = batch.new[report.id].report.name
            if not one.in_english:
                result.problems.append(note(name, Spot(), *_NOT_ENGLISH))
            elif one.unread_events:
                message = f"this report has {len(one.events) + one.unread_events} events; only the first {len(one.events)} are drafted"
                result.problems.append(note(name, Spot(), message, "write entries for the others yourself, or split the report"))
            elif not one.events:
                result.lines.append(f"no draft from {name}: it has no dated event")
        if result.json_output is not None:
            result.json_output.add_proposals(proposals.drafts, extended)
            result.json_output.overlaps += shared

    def _is_free(self, draft: Draft) -> bool:
        """Return whether the draft's file doesn't exist, or was left by a run that was killed."""
        is_there = self._root is not None and os.path.lexists(self._root / draft.file)
        return not is_there or self._can_add({draft.file: draft_text(draft).encode()})

    def _can_add(self, files: Mapping[str, bytes]) -> bool:
        return self._root is None or can_add(self._root, files)

    def _text(self, id: str) -> str:
        """Return the text of a report, or an empty string if its capture is gone."""
        try:
            return self._texts.get(id) or decode(self._files.read(f"content/captures/{id}.txt"))
        except OSError:
            return ""


def _extracted(source: ReceivedInput) -> ExtractedReport | Problem:
    try:
        return extracted_report(source)
    except UnreadableError as refusal:
        return refusal.problem(printable(source.name))


def _unread_report(id: str, report: ReceivedReport) -> UnreadReport:
    return UnreadReport(id, report.text, report.published.placed_by.first, report.first_words, report.headline)


def _used_names(drafts: Iterable[Draft], extended: Iterable[Extension]) -> set[UsedName]:
    """Collect the people and places of new drafts and of extended entries."""
    people = {name for one in drafts for name in one.people} | {name for one in extended for name in one.existing.people}
    places = {name for one in drafts for name in one.places} | {name for one in extended for name in one.existing.places}
    return {*(("person", name) for name in people), *(("place", name) for name in places)}


def _same_text(shared: Iterable[TextOverlap]) -> set[tuple[str, str]]:
    """Return pairs of ids that are one text, in both orders."""
    return {pair for one in shared if one.texts == 1 for pair in (one.articles, one.articles[::-1])}


def _id_prefix(report: ReceivedReport) -> str:
    """Make the first part of an id from the outlet or the file name, short enough for every file system."""
    whole = slug(report.outlet) or slug(report.stem) or "report"
    if len(whole.encode()) <= _MAX_PREFIX:
        return whole
    cut = whole.encode()[:_MAX_PREFIX].decode(errors="ignore")
    return slug(cut.rpartition("-")[0] or cut)
