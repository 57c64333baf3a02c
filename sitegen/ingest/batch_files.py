"""Collect the files of a batch: captures, drafts and extended entries, and last the reports, with records of their drafts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sitegen.editing.extend import with_accounts
from sitegen.editing.file_transaction import FileChange, FileTransaction
from sitegen.editing.site_files import SiteFiles
from sitegen.editing.yaml_writer import front_matter
from sitegen.ingest.draft import QuotedAccount, account_fields, draft_text
from sitegen.ingest.propose import Extension, Proposals
from sitegen.ingest.receive.received_report import ReceivedReport
from sitegen.model import Drafted
from sitegen.problems import Problem, Spot, note


def capture_files(id: str, report: ReceivedReport) -> dict[str, bytes]:
    files = {f"content/captures/{id}.txt": report.capture}
    if report.html is not None:
        files[f"content/captures/{id}.html"] = report.html
    return files


def add_reports(files: FileTransaction, reports: Mapping[str, ReceivedReport], proposals: Proposals, now: datetime) -> None:
    drafted: defaultdict[str, list[Drafted]] = defaultdict(list)
    for draft in proposals.drafts:
        for account in draft.accounts:
            drafted[account.article] += _records(account)
    for one in proposals.extensions:
        for account in one.accounts:
            drafted[account.article] += _records(account)
    for id, report in reports.items():
        files.new |= capture_files(id, report)
        files.last[f"content/articles/{id}.md"] = _article_text(report, sorted(drafted[id], key=_where), now).encode()
    files.new |= {draft.file: draft_text(draft).encode() for draft in proposals.drafts}


def extend_entry(files: FileTransaction, site_files: SiteFiles, file: str, one: Extension) -> Problem | bool:
    """Return whether accounts are added to the entry's file, which may have them already, or a note if they can't be."""
    change = files.changed.get(file)
    try:
        before = change.after if change else site_files.read(file)
    except OSError as error:
        hint = f"add an account of {' and '.join(account.article for account in one.accounts)} yourself"
        return note(file, Spot(), f"this file can’t be read: {error.strerror}", hint)
    written = with_accounts(file, before.decode(), [account_fields(account) for account in one.accounts])
    if isinstance(written, Problem):
        return written
    if written.encode() == before:
        return False
    files.changed[file] = FileChange(change.before if change else before, written.encode())
    return True


def _article_text(report: ReceivedReport, drafted: Sequence[Drafted], now: datetime) -> str:
    """*now*, which has a time zone, is noted for fetched reports."""
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
            "drafted": [f"{one.start}-{one.end}" for one in drafted],
        },
        {"drafted": ["kept by sitegen, so that a draft that you delete stays deleted"]} if drafted else {},
    )


def _records(account: QuotedAccount) -> Sequence[Drafted]:
    return [Drafted(quotation.anchor.start, quotation.anchor.end) for quotation in account.quotations[:1]]


def _where(drafted: Drafted) -> tuple[int, int]:
    return drafted.start, drafted.end
