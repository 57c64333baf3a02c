"""Feeds, sitemap and robots.txt: pages for machines, written without a layout.

Source: RFC 4287 (Atom), JSON Feed 1.1 (jsonfeed.org), sitemaps.org.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from sitegen.dates import Date
from sitegen.pages import urls
from sitegen.pages.corrections import FOLDER as CORRECTIONS
from sitegen.pages.corrections import Corrected, corrected
from sitegen.pages.edition import Edition
from sitegen.pages.jsonlines import Value, in_lines
from sitegen.timeline.graph import LinkedEntry

LENGTH = 50
"entries of a feed"
MOST_ADDRESSES = 50_000
"of one sitemap"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONG_AGO = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    folder: str
    "where it lies: / or /people/ID/"
    entries: tuple[LinkedEntry, ...]
    "the latest changed first"


def feed(title: str, folder: str, entries: Iterable[LinkedEntry]) -> Feed:
    """The entries that were updated, added or dated last; drafts are none."""

    def change_then_order(linked: LinkedEntry) -> tuple[object, ...]:
        changed = linked.entry.updated or linked.entry.added
        return (changed.sort_key if changed else linked.order[0], linked.order)

    published = (linked for linked in entries if not linked.entry.is_draft)
    return Feed(title, folder, tuple(sorted(published, key=change_then_order, reverse=True)[:LENGTH]))


def atom(edition: Edition, its_feed: Feed) -> bytes:
    """Wants the site's base_url, since Atom's addresses are whole."""
    updated = _timestamp(_changed(its_feed.entries[0])) if its_feed.entries else LONG_AGO
    return _atom(edition, its_feed.title, its_feed.folder, updated, (_atom_entry(edition, linked) for linked in its_feed.entries))


def json_feed(edition: Edition, its_feed: Feed) -> bytes:
    return _json_feed(edition, its_feed.title, its_feed.folder, [_json_item(edition, linked) for linked in its_feed.entries])


def corrections_atom(edition: Edition) -> bytes:
    """Wants the site's base_url."""
    latest = corrected(edition.timeline)[:LENGTH]
    updated = _timestamp(latest[0].correction.date) if latest else LONG_AGO
    return _atom(
        edition, _corrections_title(edition), CORRECTIONS, updated, (line for one in latest for line in _atom_correction(edition, one))
    )


def corrections_json_feed(edition: Edition) -> bytes:
    latest = corrected(edition.timeline)[:LENGTH]
    return _json_feed(edition, _corrections_title(edition), CORRECTIONS, [_json_correction(edition, one) for one in latest])


def sitemaps(addresses: Sequence[str]) -> dict[str, Callable[[Edition], bytes]]:
    """By its own address, what makes each sitemap of *addresses*; more than one has an index. Wants base_url."""
    parts = [addresses[start : start + MOST_ADDRESSES] for start in range(0, len(addresses), MOST_ADDRESSES)]
    if len(parts) == 1:
        return {"/sitemap.xml": partial(_sitemap_of, addresses=addresses)}
    names = [f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    files = {name: partial(_sitemap_of, addresses=part) for name, part in zip(names, parts, strict=True)}
    return {**files, "/sitemap.xml": partial(_sitemap_index, names=names)}


def robots(edition: Edition) -> bytes:
    sitemap = edition.urls.whole("/sitemap.xml")
    return ("User-agent: *\nAllow: /\n" + (f"Sitemap: {sitemap}\n" if sitemap else "")).encode()


def _atom(edition: Edition, title: str, folder: str, updated: str, entries: Iterable[str]) -> bytes:
    whole = edition.urls.whole
    settings = edition.timeline.settings
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


def _json_feed(edition: Edition, title: str, folder: str, items: Iterable[str]) -> bytes:
    """*items* are JSON already, for it is the same in every feed that has the item."""
    settings = edition.timeline.settings
    head: dict[str, Value] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": _address(edition, folder),
        "feed_url": _address(edition, folder + "feed.json"),
        "language": settings.language,
        "authors": [{"name": settings.editor or settings.title}],
    }
    joined = ",\n  ".join(items)
    listed = f"[\n  {joined}\n ]" if joined else "[]"
    return f'{in_lines(head, " ")[:-2]},\n "items": {listed}\n}}\n'.encode()


def _corrections_title(edition: Edition) -> str:
    return f"{edition.timeline.settings.title}: {edition.words['corrections']}"


def _atom_correction(edition: Edition, one: Corrected) -> Iterator[str]:
    address = f"{edition.urls.whole(urls.entry_path(one.linked.entry.id))}#{one.anchor}"
    yield "<entry>"
    yield f"<id>{_text(address)}</id>"
    yield f"<title>{_text(_correction_title(edition, one))}</title>"
    yield f'<link rel="alternate" href={_attribute(address)}/>'
    yield f"<updated>{_timestamp(one.correction.date)}</updated>"
    yield f"<summary>{_text(one.correction.text)}</summary>"
    yield "</entry>"


def _json_correction(edition: Edition, one: Corrected) -> str:
    address = f"{_address(edition, urls.entry_path(one.linked.entry.id))}#{one.anchor}"
    item: dict[str, Value] = {
        "id": address,
        "url": address,
        "title": _correction_title(edition, one),
        "content_text": one.correction.text,
        "date_published": _timestamp(one.correction.date),
        "tags": [tag.text for tag in one.linked.tags],
        "_sitegen": {"kind": one.correction.kind, "was": one.correction.was, "now": one.correction.now},
    }
    return in_lines(item, " ", "\n  ")


def _correction_title(edition: Edition, one: Corrected) -> str:
    entry, kind = one.linked.entry, one.correction.kind
    return f"{edition.words[f'correction_{kind}']}: {entry.title if kind == 'retraction' else edition.title(entry)}"


def _atom_entry(edition: Edition, linked: LinkedEntry) -> str:
    made = edition.made.atom
    text = made.get(linked.entry.id)
    if text is None:
        text = made[linked.entry.id] = "\n".join(_atom_lines(edition, linked))
    return text


def _atom_lines(edition: Edition, linked: LinkedEntry) -> Iterator[str]:
    entry, row = linked.entry, edition.row(linked)
    address = edition.urls.whole(urls.entry_path(entry.id))
    yield "<entry>"
    yield f"<id>{_text(address)}</id>"
    yield f"<title>{_text(edition.title(entry))}</title>"
    yield f'<link rel="alternate" href={_attribute(address)}/>'
    yield f"<updated>{_timestamp(_changed(linked))}</updated>"
    if entry.added:
        yield f"<published>{_timestamp(entry.added)}</published>"
    for tag in linked.tags:
        yield f"<category term={_attribute(tag.text)}/>"
    yield f"<summary>{_text(_summary(row.date.label, row.status_word, row.brief))}</summary>"
    yield "</entry>"


def _json_item(edition: Edition, linked: LinkedEntry) -> str:
    made = edition.made.json
    text = made.get(linked.entry.id)
    if text is None:
        text = made[linked.entry.id] = in_lines(_json_members(edition, linked), " ", "\n  ")
    return text


def _json_members(edition: Edition, linked: LinkedEntry) -> dict[str, Value]:
    entry, row = linked.entry, edition.row(linked)
    address = _address(edition, urls.entry_path(entry.id))
    item: dict[str, Value] = {
        "id": address,
        "url": address,
        "title": edition.title(entry),
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
    """The day's first second, UTC: a date is no instant, and feeds know only instants."""
    return f"{_day(date)}T00:00:00Z"


def _day(date: Date) -> str:
    return datetime.date.fromordinal(date.sort_key[0]).isoformat()


def _address(edition: Edition, path: str) -> str:
    return edition.urls.whole(path) or edition.urls.href(path)


def _sitemap_of(edition: Edition, addresses: Iterable[str]) -> bytes:
    return _sitemap("urlset", "url", _sitemap_rows(edition, addresses))


def _sitemap_index(edition: Edition, names: Iterable[str]) -> bytes:
    return _sitemap("sitemapindex", "sitemap", (f"<loc>{_text(edition.urls.whole(name))}</loc>" for name in names))


def _sitemap(root: str, item: str, rows: Iterable[str]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<{item}>{row}</{item}>" for row in rows),
        f"</{root}>",
        "",
    ]
    return "\n".join(lines).encode()


def _sitemap_rows(edition: Edition, addresses: Iterable[str]) -> Iterator[str]:
    """Each address with its last change."""
    changes = {urls.entry_path(one.entry.id): one.entry.updated or one.entry.added for one in edition.timeline.entries}
    for path in addresses:
        changed = changes.get(path)
        lastmod = f"<lastmod>{_day(changed)}</lastmod>" if changed else ""
        yield f"<loc>{_text(edition.urls.whole(path))}</loc>{lastmod}"


def _text(text: str) -> str:
    return escape(_without_controls(text), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(_without_controls(text))}"'


def _without_controls(text: str) -> str:
    """XML 1.0 has no way to hold other control characters."""
    return _CONTROLS.sub("", text)
