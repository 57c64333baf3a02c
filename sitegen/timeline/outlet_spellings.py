"""Find out how each outlet spells a name, and since when, from the captures of its reports or what entries quote of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.dates import Date
from sitegen.model import Account
from sitegen.timeline.graph import Report, Term


@dataclass(frozen=True, slots=True)
class OutletSpellings:
    outlet: str
    spellings: tuple[str, ...]
    "in the order of publication"
    first: Date | None
    "when the outlet first published the name; None if unknown"
    last: Date | None


def outlet_spellings(term: Term, reports: Mapping[str, Report]) -> tuple[OutletSpellings, ...]:
    """Sorted by outlet. Reports without an outlet are skipped, and so are those where neither the text nor a passage has the name."""
    spellings = {term.name.text, *(one.name.text for one in (term.file.spellings if term.file else ()))}
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    found: dict[str, list[tuple[Report, tuple[str, ...]]]] = {}
    for report in _in_order(_reports_of(term, reports)):
        used = tuple(dict.fromkeys(pattern.findall(_text(term, report))))
        if used and report.article.outlet and report.article.publish != "none":
            found.setdefault(report.article.outlet, []).append((report, used))
    return tuple(_spelled(outlet, found[outlet]) for outlet in sorted(found))


def _reports_of(term: Term, reports: Mapping[str, Report]) -> Iterator[Report]:
    accounts = (account for linked in term.entries for account in linked.entry.accounts if isinstance(account, Account))
    return (reports[id] for id in dict.fromkeys(account.article.text for account in accounts) if id in reports)


def _in_order(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: (report.article.published.sort_key if report.article.published else (), report.article.id))


def _text(term: Term, report: Report) -> str:
    if report.capture is not None:
        return report.capture.text
    accounts = (account for linked in term.entries for account in linked.entry.accounts if isinstance(account, Account))
    return "\n".join(
        passage.quote.text for account in accounts if account.article.text == report.article.id for passage in account.passages
    )


def _spelled(outlet: str, reports: Iterable[tuple[Report, tuple[str, ...]]]) -> OutletSpellings:
    days = [report.article.published for report, _ in reports if report.article.published]
    spellings = dict.fromkeys(spelling for _, used in reports for spelling in used)
    return OutletSpellings(outlet, tuple(spellings), days[0] if days else None, days[-1] if days else None)
