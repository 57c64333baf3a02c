"""A draft: an entry that reports propose, and its file."""

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
    "as the report names them; empty: it doesn't"


@dataclass(frozen=True, slots=True)
class QuotedAccount:
    """How one report tells it: an account."""

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
    "how its date was read, and why its reports tell one event"

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
        "accounts": [account_fields(told) for told in draft.accounts],
    }
    return front_matter(fields, {"date": draft.why})


def account_fields(told: QuotedAccount) -> dict[str, YamlValue]:
    """As it stands in an entry's list."""
    return {"article": told.article, "passages": [_passage(quotation) for quotation in told.quotations]}


def _passage(quotation: Quotation) -> dict[str, YamlValue]:
    anchor = quotation.anchor
    return {"speaker": quotation.speaker, "quote": anchor.quote, "prefix": anchor.prefix, "suffix": anchor.suffix}


def merged_accounts(accounts: Sequence[QuotedAccount]) -> tuple[QuotedAccount, ...]:
    """One account for each report, as the first of it stands; what a report tells twice is quoted once."""
    quotations: dict[str, dict[Anchor, Quotation]] = {}
    for told in accounts:
        quotations.setdefault(told.article, {}).update({quotation.anchor: quotation for quotation in told.quotations})
    return tuple(QuotedAccount(article, tuple(anchors.values())) for article, anchors in quotations.items())
