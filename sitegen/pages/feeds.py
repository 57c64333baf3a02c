"""Feeds, sitemaps and robots.txt, written without a layout.

Source: RFC 4287 (Atom), JSON Feed 1.1 (jsonfeed.org), sitemaps.org.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from operator import itemgetter

from sitegen.dates import Date
from sitegen.pages import urls
from sitegen.pages.context import RenderContext
from sitegen.pages.corrections_page import FOLDER as CORRECTIONS
from sitegen.pages.corrections_page import Corrected, corrected
from sitegen.pages.indented_json import JsonValue, indented
from sitegen.timeline.graph import LinkedEntry

MAX_ENTRIES = 50
"per feed"
MAX_ADDRESSES = 50_000
"per sitemap"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
EPOCH = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    folder: str
    "/ or /people/ID/"
    entries: tuple[LinkedEntry, ...]
    "most recently changed first"


def feed(title: str, folder: str, entries: Iterable[LinkedEntry]) -> Feed:
    """The most recently updated, added or dated entries, without drafts."""
    published: list[tuple[tuple[object, ...], LinkedEntry]] = []
    for linked in entries:
        entry = linked.entry
        if not entry.is_draft:
            changed = entry.updated or entry.added
            published.append(((changed.sort_key if changed else linked.order[0], linked.order), linked))
    published.sort(key=itemgetter(0), reverse=True)
    return Feed(title, folder, tuple(linked for _, linked in published[:MAX_ENTRIES]))


def atom(context: RenderContext, its_feed: Feed) -> bytes:
    """An Atom feed. Requires base_url, since Atom's addresses are absolute."""
    updated = _timestamp(_changed(its_feed.entries[0])) if its_feed.entries else EPOCH
    return _atom(context, its_feed.title, its_feed.folder, updated, (_atom_entry(context, linked) for linked in its_feed.entries))


def json_feed(context: RenderContext, its_feed: Feed) -> bytes:
    return _json_feed(context, its_feed.title, its_feed.folder, [_json_item(context, linked) for linked in its_feed.entries])


def corrections_atom(context: RenderContext) -> bytes:
    """Requires base_url."""
    latest = corrected(context.timeline)[:MAX_ENTRIES]
    updated = _timestamp(latest[0].correction.date) if latest else EPOCH
    return _atom(
        context, _corrections_title(context), CORRECTIONS, updated, (line for one in latest for line in _atom_correction(context, one))
    )


def corrections_json_feed(context: RenderContext) -> bytes:
    latest = corrected(context.timeline)[:MAX_ENTRIES]
    return _json_feed(context, _corrections_title(context), CORRECTIONS, [_json_correction(context, one) for one in latest])


def sitemaps(addresses: Sequence[str]) -> dict[str, Callable[[RenderContext], bytes]]:
    """Endpoints of the sitemaps for *addresses*, by address; with an index if there are several. Requires base_url."""
    parts = [addresses[start : start + MAX_ADDRESSES] for start in range(0, len(addresses), MAX_ADDRESSES)]
    if len(parts) == 1:
        return {"/sitemap.xml": partial(_sitemap_of, addresses=addresses)}
    names = [f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    files = {name: partial(_sitemap_of, addresses=part) for name, part in zip(names, parts, strict=True)}
    return {**files, "/sitemap.xml": partial(_sitemap_index, names=names)}


def robots(context: RenderContext) -> bytes:
    sitemap = context.urls.whole("/sitemap.xml")
    return ("User-agent: *\nAllow: /\n" + (f"Sitemap: {sitemap}\n" if sitemap else "")).encode()


def _atom(context: RenderContext, title: str, folder: str, updated: str, entries: Iterable[str]) -> bytes:
    whole = context.urls.whole
    settings = context.timeline.settings
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_attribute(settings.language)}>',
        f"<id>{_text(whole(folder))}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{updated}</updated>",
        f'<link rel="alternate" href={_attribute(whole(folder))}/>',
        f'<link rel="self" href={_attribute(whole(folder + "feed.atom"))}/>',
        f"<author><name>{_text(settings.editor or settings.title)}</name></author>",
        "<generator>sitegen</generator>",
        *entries,
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode()


def _json_feed(context: RenderContext, title: str, folder: str, items: Iterable[str]) -> bytes:
    """*items* are JSON already: an item is the same in every feed."""
    settings = context.timeline.settings
    head: dict[str, JsonValue] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": context.urls.address(folder),
        "feed_url": context.urls.address(folder + "feed.json"),
        "language": settings.language,
        "authors": [{"name": settings.editor or settings.title}],
    }
    joined = ",\n  ".join(items)
    listed = f"[\n  {joined}\n ]" if joined else "[]"
    return f'{indented(head, " ")[:-2]},\n "items": {listed}\n}}\n'.encode()


def _corrections_title(context: RenderContext) -> str:
    return f"{context.timeline.settings.title}: {context.words['corrections']}"


def _atom_correction(context: RenderContext, one: Corrected) -> Iterator[str]:
    address = f"{context.urls.whole(urls.entry_path(one.linked.entry.id))}#{one.anchor}"
    yield "<entry>"
    yield f"<id>{_text(address)}</id>"
    yield f"<title>{_text(_correction_title(context, one))}</title>"
    yield f'<link rel="alternate" href={_attribute(address)}/>'
    yield f"<updated>{_timestamp(one.correction.date)}</updated>"
    yield f"<summary>{_text(one.correction.text)}</summary>"
    yield "</entry>"


def _json_correction(context: RenderContext, one: Corrected) -> str:
    address = f"{context.urls.address(urls.entry_path(one.linked.entry.id))}#{one.anchor}"
    item: dict[str, JsonValue] = {
        "id": address,
        "url": address,
        "title": _correction_title(context, one),
        "content_text": one.correction.text,
        "date_published": _timestamp(one.correction.date),
        "tags": [tag.text for tag in one.linked.tags],
        "_sitegen": {"kind": one.correction.kind, "was": one.correction.was, "now": one.correction.now},
    }
    return indented(item, " ", "\n  ")


def _correction_title(context: RenderContext, one: Corrected) -> str:
    entry, kind = one.linked.entry, one.correction.kind
    return f"{context.words[f'correction_{kind}']}: {entry.title if kind == 'retraction' else context.title(entry)}"


def _atom_entry(context: RenderContext, linked: LinkedEntry) -> str:
    known = context.memo.atom_entries
    text = known.get(linked.entry.id)
    if text is None:
        text = known[linked.entry.id] = "\n".join(_atom_lines(context, linked))
    return text


def _atom_lines(context: RenderContext, linked: LinkedEntry) -> Iterator[str]:
    entry, row = linked.entry, context.row(linked)
    address = context.urls.whole(urls.entry_path(entry.id))
    yield "<entry>"
    yield f"<id>{_text(address)}</id>"
    yield f"<title>{_text(context.title(entry))}</title>"
    yield f'<link rel="alternate" href={_attribute(address)}/>'
    yield f"<updated>{_timestamp(_changed(linked))}</updated>"
    if entry.added:
        yield f"<published>{_timestamp(entry.added)}</published>"
    for tag in linked.tags:
        yield f"<category term={_attribute(tag.text)}/>"
    yield f"<summary>{_text(_summary(row.date.label, row.status_word, row.brief))}</summary>"
    yield "</entry>"


def _json_item(context: RenderContext, linked: LinkedEntry) -> str:
    known = context.memo.json_items
    text = known.get(linked.entry.id)
    if text is None:
        text = known[linked.entry.id] = indented(_json_members(context, linked), " ", "\n  ")
    return text


def _json_members(context: RenderContext, linked: LinkedEntry) -> dict[str, JsonValue]:
    entry, row = linked.entry, context.row(linked)
    address = context.urls.address(urls.entry_path(entry.id))
    item: dict[str, JsonValue] = {
        "id": address,
        "url": address,
        "title": context.title(entry),
        "summary": row.brief,
        "content_text": _summary(row.date.label, row.status_word, row.brief),
        "date_modified": _timestamp(_changed(linked)),
        "tags": [tag.text for tag in linked.tags],
        "_sitegen": {"date": entry.when.edtf, "status": entry.status},
    }
    if entry.added:
        item["date_published"] = _timestamp(entry.added)
    return item


def _summary(date: str, status: str, brief: str) -> str:
    return f"{date} ({status}). {brief}".strip()


def _changed(linked: LinkedEntry) -> Date:
    return linked.entry.updated or linked.entry.added or linked.entry.when


def _timestamp(date: Date) -> str:
    """Midnight UTC of the date's first day, since feeds require an instant."""
    return f"{_day(date)}T00:00:00Z"


def _day(date: Date) -> str:
    return datetime.date.fromordinal(date.sort_key[0]).isoformat()


def _sitemap_of(context: RenderContext, addresses: Iterable[str]) -> bytes:
    return _sitemap("urlset", "url", _sitemap_rows(context, addresses))


def _sitemap_index(context: RenderContext, names: Iterable[str]) -> bytes:
    return _sitemap("sitemapindex", "sitemap", (f"<loc>{_text(context.urls.whole(name))}</loc>" for name in names))


def _sitemap(root: str, item: str, rows: Iterable[str]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<{item}>{row}</{item}>" for row in rows),
        f"</{root}>",
        "",
    ]
    return "\n".join(lines).encode()


def _sitemap_rows(context: RenderContext, addresses: Iterable[str]) -> Iterator[str]:
    """Each address, with the date of its last change if known."""
    changes = {urls.entry_path(one.entry.id): one.entry.updated or one.entry.added for one in context.timeline.entries}
    for path in addresses:
        changed = changes.get(path)
        lastmod = f"<lastmod>{_day(changed)}</lastmod>" if changed else ""
        yield f"<loc>{_text(context.urls.whole(path))}</loc>{lastmod}"


def _text(text: str) -> str:
    return escape(_without_controls(text), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(_without_controls(text))}"'


def _without_controls(text: str) -> str:
    """Remove control characters that XML 1.0 does not allow."""
    return _CONTROLS.sub("", text)
