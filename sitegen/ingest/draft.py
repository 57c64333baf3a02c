"""A draft, which is a proposed entry, and its file."""

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.dates import Date
from sitegen.editing.yaml_writer import YamlValue, front_matter
from sitegen.ingest.anchors import Anchor
from sitegen.model import Status


@dataclass(frozen=True, slots=True)
class Quotation:
    anchor: Anchor
    speaker: str
    "as named in the report; empty if it names none"


@dataclass(frozen=True, slots=True)
class QuotedAccount:
    """One report's account of the event: the passages to quote."""

    article: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    id: str
    title: str
    when: Date
    status: Status
    people: tuple[str, ...]
    places: tuple[str, ...]
    accounts: tuple[QuotedAccount, ...]
    why: tuple[str, ...]
    "how its date was read, and why its accounts describe one event"

    @property
    def file(self) -> str:
        return f"content/drafts/{self.id}.md"


def draft_text(draft: Draft) -> str:
    fields: dict[str, YamlValue] = {
        "title": draft.title,
        "date": draft.when.edtf,
        "status": draft.status,
        "people": draft.people,
        "places": draft.places,
        "accounts": [account_fields(account) for account in draft.accounts],
    }
    return front_matter(fields, {"date": draft.why})


def account_fields(account: QuotedAccount) -> dict[str, YamlValue]:
    """Return the account as an item of an entry's list."""
    return {"article": account.article, "passages": [_passage(quotation) for quotation in account.quotations]}


def _passage(quotation: Quotation) -> dict[str, YamlValue]:
    anchor = quotation.anchor
    return {"speaker": quotation.speaker, "quote": anchor.quote, "prefix": anchor.prefix, "suffix": anchor.suffix}


def merged_accounts(accounts: Sequence[QuotedAccount]) -> tuple[QuotedAccount, ...]:
    """Merge the accounts of each report into one, and quote the same passage only once."""
    quotations: dict[str, dict[Anchor, Quotation]] = {}
    for account in accounts:
        quotations.setdefault(account.article, {}).update({quotation.anchor: quotation for quotation in account.quotations})
    return tuple(QuotedAccount(article, tuple(anchors.values())) for article, anchors in quotations.items())
