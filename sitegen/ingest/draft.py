"""A draft: an entry that reports propose, and its file."""

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.dates import Date
from sitegen.editing.yaml_writer import YamlValue, front_matter
from sitegen.ingest.pins import Pin
from sitegen.model import Status


@dataclass(frozen=True, slots=True)
class Quotation:
    pin: Pin
    speaker: str
    "as the report names them; empty: it doesn't"


@dataclass(frozen=True, slots=True)
class Told:
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
    accounts: tuple[Told, ...]
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
        "accounts": [account(told) for told in draft.accounts],
    }
    return front_matter(fields, {"date": draft.why})


def account(told: Told) -> dict[str, YamlValue]:
    """As it stands in an entry's list."""
    return {"article": told.article, "passages": [_passage(quotation) for quotation in told.quotations]}


def _passage(quotation: Quotation) -> dict[str, YamlValue]:
    pin = quotation.pin
    return {"speaker": quotation.speaker, "quote": pin.quote, "prefix": pin.prefix, "suffix": pin.suffix}


def in_order(accounts: Sequence[Told]) -> tuple[Told, ...]:
    """One account for each report, as the first of it stands; what a report tells twice is quoted once."""
    quotations: dict[str, dict[Pin, Quotation]] = {}
    for told in accounts:
        quotations.setdefault(told.article, {}).update({quotation.pin: quotation for quotation in told.quotations})
    return tuple(Told(article, tuple(pins.values())) for article, pins in quotations.items())
