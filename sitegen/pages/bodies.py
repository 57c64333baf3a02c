"""A body's references, filled in: links to entries and names, passages, and paths of this site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from markupsafe import Markup, escape

from sitegen.model import Account, Body, Entry, Passage, Reference
from sitegen.pages import urls
from sitegen.pages.assets import asset_name
from sitegen.pages.edition import Edition
from sitegen.timeline.graph import LinkedEntry

RETRACTED = "entry retracted"
"the kind of a lead to an entry that was retracted: words of the author's own don't say so"


@dataclass(frozen=True, slots=True)
class Lead:
    """What a reference leads to, as a page shows it."""

    kind: str
    "person, place, tag, entry; cites for a passage; its class, to which a retracted entry adds one"
    href: str
    "empty where it has no page"
    text: str
    "where the author chose no words"


def filled(edition: Edition, file: str, citations: Mapping[str, tuple[str, str]] | None = None) -> Markup:
    """The body of *file* as HTML; *citations* gives the address and the label of each passage by its id."""
    body = edition.timeline.bodies.get(file, Body())
    return fill(body, leads(edition, file, body.references, citations or {}))


def leads(edition: Edition, file: str, references: Iterable[Reference], citations: Mapping[str, tuple[str, str]]) -> dict[str, Lead]:
    """By `lead_key`."""
    return {lead_key(reference): _lead(edition, file, reference, citations) for reference in references}


def lead_key(reference: Reference) -> str:
    return f"{reference.kind}:{reference.target}"


def fill(body: Body, its_leads: Mapping[str, Lead]) -> Markup:
    """Raises KeyError where a reference has no lead."""
    return Markup("").join(
        Markup(piece) if isinstance(piece, str) else _shown(piece, its_leads[lead_key(piece)])  # noqa: S704  # made by the Markdown stage
        for piece in body.pieces
    )


def citations(edition: Edition, entry: Entry) -> dict[str, tuple[str, str]]:
    """Address and label of each of an entry's passages that has an id: `Wire 1`. Words that may not be shown lead to their report."""
    found: dict[str, tuple[str, str]] = {}
    number = 0
    for account in entry.accounts:
        if not isinstance(account, Account):
            continue
        article = edition.articles[account.article.text]
        for index, passage in enumerate(account.passages, 1):
            number += 1
            if passage.id:
                is_shown = article.publish != "none"
                href = f"#{quote(passage_anchor(passage, number))}" if is_shown else edition.urls.href(urls.article_path(article.id))
                found[passage.id] = (href, f"{article.outlet or article.title} {index}")
    return found


def passage_anchor(passage: Passage, number: int) -> str:
    return f"_passage-{passage.id}" if passage.id else f"_passage_{number}"


def _shown(reference: Reference, lead: Lead) -> Markup:
    if reference.kind == "address":
        return escape(lead.href)
    text: str | Markup = reference.text or lead.text
    if reference.text and lead.kind == RETRACTED:
        text = Markup('{}<span class="hidden"> ({})</span>').format(text, lead.text)
    if lead.href:
        return Markup('<a class="{}" href="{}">{}</a>').format(lead.kind, lead.href, text)
    return Markup('<span class="{}">{}</span>').format(lead.kind, text) if lead.kind else escape(text)


def _lead(edition: Edition, file: str, reference: Reference, citations: Mapping[str, tuple[str, str]]) -> Lead:
    match reference.kind:
        case "address":
            return Lead("", _address(edition, file, reference.target), "")
        case "passage":
            return Lead("cites", *citations[reference.target])
        case "link":
            return _led_to(edition, file, reference.target)


def _led_to(edition: Edition, file: str, target: str) -> Lead:
    found = edition.timeline.targets.get((file, target))
    text = edition.target_text(file, target, "")
    if found is None:
        return Lead("", "", text)
    if isinstance(found, LinkedEntry):
        kind = RETRACTED if found.entry.status == "retracted" else "entry"
        return Lead(kind, edition.urls.href(urls.entry_path(found.entry.id)), text)
    return Lead(found.kind, edition.urls.href(urls.name_path(found)) if found.has_page else "", text)


def _address(edition: Edition, file: str, target: str) -> str:
    """An address of this site with its base path; an asset's with its fingerprint."""
    address = urljoin(urls.page_of(file), target)
    if not address.startswith("/assets/"):
        return edition.urls.href(address)
    name, behind = asset_name(address, edition.assets)
    return edition.urls.file_href(edition.assets[name].path) + behind if name in edition.assets else edition.urls.href(address)
