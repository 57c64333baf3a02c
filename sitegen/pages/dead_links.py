"""Find images and Markdown links to addresses of this site that do not exist."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from urllib.parse import unquote, urljoin

from sitegen.model import Reference, Word
from sitegen.pages import urls
from sitegen.pages.assets import asset_name
from sitegen.pages.context import RenderContext
from sitegen.problems import Problem, did_you_mean, problem

_LIST = re.compile(r"/|/\d{4}/(\d\d/)?|/(people|places|tags)/[^/]+/")
"pages on which each entry has an anchor"
_ENTRY = re.compile("/entries/([^/]+)/")
_OF_PASSAGE = "_passage-"


def dead_links(context: RenderContext, addresses: Container[str], references: Mapping[str, Iterable[Reference]]) -> Iterator[Problem]:
    """*addresses* are those of the site's routes, *references* are by file."""
    for file, its_references in references.items():
        yield from dead_links_of(context, addresses, file, its_references)
    for linked in context.timeline.entries:
        if linked.entry.image:
            yield from _missing_asset(context, linked.entry.file, linked.entry.image.src)


def dead_links_of(context: RenderContext, addresses: Container[str], file: str, references: Iterable[Reference]) -> Iterator[Problem]:
    """Dead links of one file."""
    for reference in references:
        if reference.kind != "address":
            continue
        if reference.target in addresses and not reference.target.startswith("/assets/"):
            continue  # the common case
        address = urljoin(urls.page_of(file), reference.target)
        if address.startswith("/assets/"):
            yield from _missing_asset(context, file, Word(asset_name(address, context.assets)[0], reference.spot))
            continue
        path, _, fragment = address.partition("#")
        path = unquote(path.partition("?")[0])
        page = path if path in addresses else f"{path}/"
        if page not in addresses:
            yield problem(file, reference.spot, *_trouble(context, addresses, reference.target, path))
        elif not _is_anchor(context, page, unquote(fragment)):
            message = f"nothing on the page {page} has the id “{unquote(fragment)}”"
            yield problem(file, reference.spot, message, "link to the page itself, or to a passage: #_passage-ID")


def _missing_asset(context: RenderContext, file: str, name: Word) -> Iterator[Problem]:
    if name.text not in context.assets:
        hint = did_you_mean(name.text, context.assets) or f"save it as assets/{name.text}"
        yield problem(file, name.spot, f"“{name.text}” is not in assets/", hint)


def _trouble(context: RenderContext, addresses: Container[str], target: str, path: str) -> tuple[str, str]:
    """(message, hint) for a link to a missing page."""
    message = f"there is no page at {path}"
    without = "/" + path.removeprefix(context.urls.base_path)
    if path.startswith(context.urls.base_path) and path != without and without in addresses:
        return message, f"write {without}: sitegen adds the base path to links"
    if target.startswith("www."):
        return message, f"write https://{target}: without https://, it is an address on this site"
    id = path.rstrip("/").removesuffix("/index.html").split("/")[-1].removesuffix(".md").removesuffix(".html")
    if urls.entry_path(id) in addresses:
        return message, f"write [[{id}]]"
    named = (f"/{folder}{id}/" for folder in ("articles/", "people/", "places/", "tags/", ""))
    meant = next((address for address in named if address in addresses), "")
    if meant:
        return message, f"write {meant}"
    return message, "write [[…]] with an entry’s id or a name"


def _is_anchor(context: RenderContext, page: str, fragment: str) -> bool:
    """Whether the page may have an element with this id. The theme's ids begin with `_`; only those of passages are checked."""
    fragment = fragment.partition(":~:")[0]
    entry = _ENTRY.fullmatch(page)
    if fragment.startswith(_OF_PASSAGE) and entry:
        passages = (passage for linked in context.timeline.entries if linked.entry.id == entry[1] for passage in linked.entry.passages)
        return any(f"{_OF_PASSAGE}{passage.id}" == fragment for passage in passages)
    if fragment in ("", "top") or fragment.startswith("_"):
        return True
    return bool(_LIST.fullmatch(page)) and any(linked.entry.id == fragment for linked in context.timeline.entries)
