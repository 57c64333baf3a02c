"""Resolve a body's references: links to entries and names, citations of passages, addresses of this site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from markupsafe import Markup, escape

from sitegen.model import Account, Body, Entry, Passage, Reference
from sitegen.pages import urls
from sitegen.pages.assets import asset_name
from sitegen.pages.context import RenderContext
from sitegen.timeline.graph import LinkedEntry

RETRACTED = "entry retracted"
"kind of a link to a retracted entry; if the link has its own text, a hidden remark says so"


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The target of a reference, as a page shows it."""

    kind: str
    "the link's class: person, place, tag, entry or `entry retracted`; cites for a passage; empty for an address"
    href: str
    "empty if it has no page"
    text: str
    "used if the author gave none"


def filled(context: RenderContext, file: str, citations: Mapping[str, tuple[str, str]] | None = None) -> Markup:
    """The body of *file* as HTML; *citations* maps ids of passages to (href, label)."""
    body = context.timeline.bodies.get(file, Body())
    return fill(body, link_targets(context, file, body.references, citations or {}))


def link_targets(
    context: RenderContext, file: str, references: Iterable[Reference], citations: Mapping[str, tuple[str, str]]
) -> dict[str, LinkTarget]:
    """Targets by `reference_key`."""
    return {reference_key(reference): _link_target(context, file, reference, citations) for reference in references}


def reference_key(reference: Reference) -> str:
    return f"{reference.kind}:{reference.target}"


def fill(body: Body, targets: Mapping[str, LinkTarget]) -> Markup:
    """The body as HTML. Raises KeyError if a reference has no target."""
    return Markup("").join(
        Markup(piece) if isinstance(piece, str) else _shown(piece, targets[reference_key(piece)])  # noqa: S704  # HTML from the Markdown parser
        for piece in body.pieces
    )


def citations(context: RenderContext, entry: Entry) -> dict[str, tuple[str, str]]:
    """(href, label) of each passage with an id, such as `Wire 1`. A passage that may not be shown links to its report."""
    found: dict[str, tuple[str, str]] = {}
    number = 0
    for account in entry.accounts:
        if not isinstance(account, Account):
            continue
        article = context.articles[account.article.text]
        for index, passage in enumerate(account.passages, 1):
            number += 1
            if passage.id:
                is_shown = article.publish != "none"
                href = f"#{quote(passage_anchor(passage, number))}" if is_shown else context.urls.href(urls.article_path(article.id))
                found[passage.id] = (href, f"{article.outlet or article.title} {index}")
    return found


def passage_anchor(passage: Passage, number: int) -> str:
    return f"_passage-{passage.id}" if passage.id else f"_passage_{number}"


def _shown(reference: Reference, target: LinkTarget) -> Markup:
    if reference.kind == "address":
        return escape(target.href)
    text: str | Markup = reference.text or target.text
    if reference.text and target.kind == RETRACTED:
        text = Markup('{}<span class="hidden"> ({})</span>').format(text, target.text)
    if target.href:
        return Markup('<a class="{}" href="{}">{}</a>').format(target.kind, target.href, text)
    return Markup('<span class="{}">{}</span>').format(target.kind, text) if target.kind else escape(text)


def _link_target(context: RenderContext, file: str, reference: Reference, citations: Mapping[str, tuple[str, str]]) -> LinkTarget:
    match reference.kind:
        case "address":
            return LinkTarget("", _address(context, file, reference.target), "")
        case "passage":
            return LinkTarget("cites", *citations[reference.target])
        case "link":
            return _term_or_entry(context, file, reference.target)


def _term_or_entry(context: RenderContext, file: str, target: str) -> LinkTarget:
    found = context.timeline.targets.get((file, target))
    text = context.target_text(file, target, "")
    if found is None:
        return LinkTarget("", "", text)
    if isinstance(found, LinkedEntry):
        kind = RETRACTED if found.entry.status == "retracted" else "entry"
        return LinkTarget(kind, context.urls.href(urls.entry_path(found.entry.id)), text)
    return LinkTarget(found.kind, context.urls.href(urls.name_path(found)) if found.has_page else "", text)


def _address(context: RenderContext, file: str, target: str) -> str:
    """The href of an address of this site: with the base path and, for an asset, its fingerprint."""
    address = urljoin(urls.page_of(file), target)
    if not address.startswith("/assets/"):
        return context.urls.href(address)
    name, behind = asset_name(address, context.assets)
    return context.urls.file_href(context.assets[name].path) + behind if name in context.assets else context.urls.href(address)
