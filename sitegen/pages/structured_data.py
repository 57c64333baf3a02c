"""Structured data: JSON-LD with schema.org's vocabulary, and citations of entries."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from markupsafe import Markup

from sitegen.dates import Date, parse
from sitegen.model import Account, Citation
from sitegen.pages import urls
from sitegen.pages.context import RenderContext
from sitegen.pages.indented_json import JsonValue, indented
from sitegen.pages.views import Cite
from sitegen.timeline.graph import LinkedEntry, Name

MAX_ITEMS = 50
"in an ItemList"

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SPECIAL_TO_BIBTEX = re.compile(r"[\\{}%&#$_]")


def item_list(context: RenderContext, name: str, entries: Iterable[LinkedEntry]) -> Markup:
    items = [
        {"@type": "ListItem", "position": position, "url": _address(context, linked), "name": context.title(linked.entry)}
        for position, linked in enumerate(islice(entries, MAX_ITEMS), 1)
    ]
    return script_json({"@context": "https://schema.org", "@type": "ItemList", "name": name, "itemListElement": items})


def news_article(context: RenderContext, linked: LinkedEntry, brief: str) -> Markup:
    """The entry as a NewsArticle about an event, with sources and corrections."""
    entry = linked.entry
    article: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": context.title(entry),
        "description": brief,
        "url": _address(context, linked),
        "inLanguage": context.timeline.settings.language,
        "isPartOf": {"@type": "CreativeWork", "name": context.timeline.settings.title},
        "about": _event(context, linked),
        "mentions": [{"@type": _type(context, name), "name": name.text} for name in (*linked.people, *linked.places)],
        "citation": [_citation(context, account) for account in entry.accounts],
        "correction": [
            {"@type": "CorrectionComment", **_date_member("datePublished", correction.date), "text": correction.text}
            for correction in entry.corrections
        ],
    }
    if context.timeline.settings.editor:
        article["editor"] = {"@type": "Person", "name": context.timeline.settings.editor}
    article |= _date_member("datePublished", entry.added) | _date_member("dateModified", entry.updated)
    return script_json({key: value for key, value in article.items() if value not in ("", [])})


def cite(context: RenderContext, linked: LinkedEntry) -> Cite:
    """The citation of an entry as text, BibTeX and CSL-JSON."""
    entry, settings = linked.entry, context.timeline.settings
    title, address = context.title(entry), _address(context, linked)
    revised = entry.updated or entry.added
    revised_on = f", {revised.label_in(context.words.texts)}" if revised else ""
    by = f"{settings.editor}: " if settings.editor else ""
    text = f"{by}“{title}”. {settings.title}{revised_on}. {address}"
    fields = {"title": title, "organization": settings.title, "url": address}
    if settings.editor:
        fields["author"] = settings.editor
    if revised and revised.html_datetime:
        fields["date"] = revised.edtf
    bibtex = "\n".join([f"@online{{{entry.id},", *(f"  {key} = {{{_bibtex(value)}}}," for key, value in fields.items()), "}"])
    csl: dict[str, JsonValue] = {"id": entry.id, "type": "webpage", "title": title, "container-title": settings.title, "URL": address}
    if settings.editor:
        csl["author"] = [{"literal": settings.editor}]
    if revised and revised.earliest:
        csl["issued"] = {"date-parts": [[revised.earliest.year, revised.earliest.month, revised.earliest.day]]}
    return Cite(text, bibtex, indented(csl, "  "))


def script_json(value: object) -> Markup:
    """JSON that is safe inside <script>."""
    text = _COMPACT.encode(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # all characters special to HTML are escaped


def _date_member(key: str, date: Date | None) -> dict[str, str]:
    return {key: date.html_datetime} if date and date.html_datetime else {}


def _type(context: RenderContext, name: Name) -> str:
    if name.kind == "place":
        return "Place"
    file = context.terms[name].file
    return "Organization" if file is not None and file.kind == "organisation" else "Person"


def _event(context: RenderContext, linked: LinkedEntry) -> dict[str, object]:
    entry = linked.entry
    event: dict[str, object] = {"@type": "Event", "name": context.title(entry), **dict(_exact_dates(entry.when))}
    if linked.location:
        event["location"] = {"@type": "Place", "name": linked.location.text}
    return event


def _exact_dates(when: Date) -> Iterator[tuple[str, str]]:
    """Start and end, if exact; no end without an exact start. schema.org cannot express “about”."""
    if when.is_exact:
        yield "startDate", when.html_datetime
    elif when.shape == "interval":
        for key, bound in (("startDate", when.begin), ("endDate", when.end)):
            if bound is None or not parse(bound.edtf).is_exact:
                return
            yield key, bound.edtf


def _citation(context: RenderContext, account: Account | Citation) -> dict[str, object]:
    if isinstance(account, Citation):
        outlet = account.outlet
        found: dict[str, object] = {"@type": "CreativeWork", "name": account.title, "url": account.url}
    else:
        article = context.articles[account.article.text]
        outlet = article.outlet
        found = {"@type": "CreativeWork", "name": article.title, "url": article.url}
    if outlet:
        found["publisher"] = {"@type": "Organization", "name": outlet}
    return {key: value for key, value in found.items() if value}


def _address(context: RenderContext, linked: LinkedEntry) -> str:
    return context.urls.address(urls.entry_path(linked.entry.id))


def _bibtex(value: str) -> str:
    return _SPECIAL_TO_BIBTEX.sub(lambda found: "\\textbackslash " if found[0] == "\\" else f"\\{found[0]}", value)
