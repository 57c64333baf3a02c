"""The entry that a report proposes: its lead, dated by its publication. A later version reads more out of it."""

from dataclasses import dataclass

from sitegen.ingest.emit import Value, front_matter
from sitegen.ingest.extract import Report
from sitegen.ingest.lead import Lead, lead
from sitegen.model import Status


@dataclass(frozen=True, slots=True)
class Draft:
    id: str
    title: str
    date: str
    "EDTF"
    status: Status
    article: str
    "the report's id"
    lead: Lead | None
    "the passage quoted; None where no words of the report can be pinned"


def draft(id: str, report: Report) -> Draft:
    """The one draft of a report, which has the report's id. When the lead happened isn't told: at the latest on the day of the news."""
    return Draft(id, report.title, day(report), "reported", id, lead(report.text))


def day(report: Report) -> str:
    """The publication's day as EDTF, without its time: what a report tells has another."""
    return report.published.edtf.partition("T")[0]


def draft_text(proposed: Draft) -> str:
    passages = [{"quote": proposed.lead.quote, "suffix": proposed.lead.suffix}] if proposed.lead else []
    account: dict[str, Value] = {"article": proposed.article, "passages": passages}
    return front_matter({"title": proposed.title, "date": proposed.date, "status": proposed.status, "accounts": [account]})
