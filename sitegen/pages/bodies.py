"""A body's references, filled in: links to entries and names, passages, and paths of this site."""

from collections.abc import Mapping
from urllib.parse import quote

from markupsafe import Markup, escape

from sitegen.model import Account, Body, Entry, Passage, Reference
from sitegen.pages import urls
from sitegen.pages.edition import Edition
from sitegen.timeline.model import LinkedEntry


def filled(edition: Edition, file: str, citations: Mapping[str, tuple[str, str]] | None = None) -> Markup:
    """The body of *file* as HTML; *citations* gives the address and the label of each passage by its id."""
    body = edition.timeline.bodies.get(file, Body())
    known = citations or {}
    return Markup("").join(
        Markup(piece) if isinstance(piece, str) else _reference(edition, file, piece, known)  # noqa: S704  # made by the Markdown stage
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


def _reference(edition: Edition, file: str, reference: Reference, citations: Mapping[str, tuple[str, str]]) -> Markup:
    match reference.kind:
        case "address":
            return escape(_address(edition, reference.target))
        case "passage":
            href, label = citations[reference.target]
            return Markup('<a class="cites" href="{}">{}</a>').format(href, label)
        case "link":
            return _link(edition, file, reference)


def _link(edition: Edition, file: str, reference: Reference) -> Markup:
    text = edition.target_text(file, reference.target, reference.text)
    target = edition.timeline.targets.get((file, reference.target))
    if target is None:
        return escape(text)
    if isinstance(target, LinkedEntry):
        return Markup('<a class="entry" href="{}">{}</a>').format(edition.urls.href(urls.entry_path(target.entry.id)), text)
    if not target.has_page:
        return Markup('<span class="{}">{}</span>').format(target.kind, text)
    return Markup('<a class="{}" href="{}">{}</a>').format(target.kind, edition.urls.href(urls.name_path(target)), text)


def _address(edition: Edition, target: str) -> str:
    """A path of this site with its base path; an asset's with its fingerprint."""
    path, mark, fragment = target.partition("#")
    asset = edition.assets.get(path.removeprefix("/assets/")) if path.startswith("/assets/") else None
    return edition.urls.href(f"{asset.path}{mark}{fragment}" if asset else target)
