"""The files of a batch: captures, drafts, entries with a further account, people and places, and last the reports themselves."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sitegen.editing.extend import with_accounts
from sitegen.editing.file_transaction import FileChange, FileTransaction
from sitegen.editing.site_files import SiteFiles
from sitegen.editing.yaml_writer import front_matter
from sitegen.ingest.draft import QuotedAccount, account_fields, draft_text
from sitegen.ingest.propose import Extension, Proposals
from sitegen.ingest.receiving.extract import Report
from sitegen.model import Drafted
from sitegen.problems import Problem, Spot, note


def capture_files(id: str, report: Report) -> dict[str, bytes]:
    files = {f"content/captures/{id}.txt": report.capture}
    if report.html is not None:
        files[f"content/captures/{id}.html"] = report.html
    return files


def add_reports(files: FileTransaction, reports: Mapping[str, Report], proposals: Proposals, now: datetime) -> None:
    """With what was drafted from each."""
    drafted: defaultdict[str, list[Drafted]] = defaultdict(list)
    for draft in proposals.drafts:
        for told in draft.accounts:
            drafted[told.article] += _records(told)
    for one in proposals.extensions:
        for told in one.accounts:
            drafted[told.article] += _records(told)
    for id, report in reports.items():
        files.new |= capture_files(id, report)
        files.last[f"content/articles/{id}.md"] = _article_text(report, sorted(drafted[id], key=_where), now).encode()
    files.new |= {draft.file: draft_text(draft).encode() for draft in proposals.drafts}


def extend_entry(files: FileTransaction, site_files: SiteFiles, file: str, one: Extension) -> Problem | bool:
    """Whether the entry's file gets the accounts, which it may have already; or why it can't."""
    change = files.changed.get(file)
    try:
        standing = change.after if change else site_files.read(file)
    except OSError as error:
        hint = f"write an account of {' and '.join(told.article for told in one.accounts)} yourself"
        return note(file, Spot(), f"this file can’t be read: {error.strerror}", hint)
    written = with_accounts(file, standing.decode(), [account_fields(told) for told in one.accounts])
    if isinstance(written, Problem):
        return written
    if written.encode() == standing:
        return False
    files.changed[file] = FileChange(change.before if change else standing, written.encode())
    return True


def _article_text(report: Report, drafted: Sequence[Drafted], now: datetime) -> str:
    """*now*, which has a zone, is told of what was fetched."""
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


def _records(told: QuotedAccount) -> Sequence[Drafted]:
    return [Drafted(quotation.anchor.start, quotation.anchor.end) for quotation in told.quotations[:1]]


def _where(drafted: Drafted) -> tuple[int, int]:
    return drafted.start, drafted.end
