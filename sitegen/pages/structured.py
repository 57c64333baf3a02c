"""Pages told to machines: JSON-LD in schema.org's words, and how to cite an entry."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from markupsafe import Markup

from sitegen.dates import Date, parse
from sitegen.model import Account, Citation
from sitegen.pages import urls
from sitegen.pages.edition import Edition
from sitegen.pages.jsonlines import Value, in_lines
from sitegen.pages.views import Cite
from sitegen.timeline.graph import LinkedEntry, Name

MOST_ITEMS = 50
"of an ItemList"

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SPECIAL_TO_BIBTEX = re.compile(r"[\\{}%&#$_]")


def item_list(edition: Edition, name: str, entries: Iterable[LinkedEntry]) -> Markup:
    items = [
        {"@type": "ListItem", "position": position, "url": _address(edition, linked), "name": edition.title(linked.entry)}
        for position, linked in enumerate(islice(entries, MOST_ITEMS), 1)
    ]
    return script_json({"@context": "https://schema.org", "@type": "ItemList", "name": name, "itemListElement": items})


def news_article(edition: Edition, linked: LinkedEntry, brief: str) -> Markup:
    """The entry as an article about an event, with its sources and corrections."""
    entry = linked.entry
    article: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": edition.title(entry),
        "description": brief,
        "url": _address(edition, linked),
        "inLanguage": edition.timeline.settings.language,
        "isPartOf": {"@type": "CreativeWork", "name": edition.timeline.settings.title},
        "about": _event(edition, linked),
        "mentions": [{"@type": _type(edition, name), "name": name.text} for name in (*linked.people, *linked.places)],
        "citation": [_citation(edition, account) for account in entry.accounts],
        "correction": [
            {"@type": "CorrectionComment", **_told("datePublished", correction.date), "text": correction.text}
            for correction in entry.corrections
        ],
    }
    if edition.timeline.settings.editor:
        article["editor"] = {"@type": "Person", "name": edition.timeline.settings.editor}
    article |= _told("datePublished", entry.added) | _told("dateModified", entry.updated)
    return script_json({key: value for key, value in article.items() if value not in ("", [])})


def cite(edition: Edition, linked: LinkedEntry) -> Cite:
    """How to cite an entry: in words, as BibTeX, as CSL-JSON."""
    entry, settings = linked.entry, edition.timeline.settings
    title, address = edition.title(entry), _address(edition, linked)
    revised = entry.updated or entry.added
    told_on = f", {revised.label_in(edition.words.texts)}" if revised else ""
    by = f"{settings.editor}: " if settings.editor else ""
    text = f"{by}“{title}”. {settings.title}{told_on}. {address}"
    fields = {"title": title, "organization": settings.title, "url": address}
    if settings.editor:
        fields["author"] = settings.editor
    if revised and revised.html_datetime:
        fields["date"] = revised.edtf
    bibtex = "\n".join([f"@online{{{entry.id},", *(f"  {key} = {{{_bibtex(value)}}}," for key, value in fields.items()), "}"])
    csl: dict[str, Value] = {"id": entry.id, "type": "webpage", "title": title, "container-title": settings.title, "URL": address}
    if settings.editor:
        csl["author"] = [{"literal": settings.editor}]
    if revised and revised.earliest:
        csl["issued"] = {"date-parts": [[revised.earliest.year, revised.earliest.month, revised.earliest.day]]}
    return Cite(text, bibtex, in_lines(csl, "  "))


def script_json(value: object) -> Markup:
    """JSON that can't end its <script>."""
    text = _COMPACT.encode(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # nothing of HTML is left in it


def _told(key: str, date: Date | None) -> dict[str, str]:
    return {key: date.html_datetime} if date and date.html_datetime else {}


def _type(edition: Edition, name: Name) -> str:
    if name.kind == "place":
        return "Place"
    file = edition.terms[name].file
    return "Organization" if file is not None and file.kind == "organisation" else "Person"


def _event(edition: Edition, linked: LinkedEntry) -> dict[str, object]:
    entry = linked.entry
    event: dict[str, object] = {"@type": "Event", "name": edition.title(entry), **dict(_exact_dates(entry.when))}
    if linked.location:
        event["location"] = {"@type": "Place", "name": linked.location.text}
    return event


def _exact_dates(when: Date) -> Iterator[tuple[str, str]]:
    """Machines have no word for “about”: an end is told where it is exact, and none behind one that isn't."""
    if when.is_exact:
        yield "startDate", when.html_datetime
    elif when.shape == "interval":
        for key, bound in (("startDate", when.begin), ("endDate", when.end)):
            if bound is None or not parse(bound.edtf).is_exact:
                return
            yield key, bound.edtf


def _citation(edition: Edition, account: Account | Citation) -> dict[str, object]:
    if isinstance(account, Citation):
        outlet = account.outlet
        found: dict[str, object] = {"@type": "CreativeWork", "name": account.title, "url": account.url}
    else:
        article = edition.articles[account.article.text]
        outlet = article.outlet
        found = {"@type": "CreativeWork", "name": article.title, "url": article.url}
    if outlet:
        found["publisher"] = {"@type": "Organization", "name": outlet}
    return {key: value for key, value in found.items() if value}


def _address(edition: Edition, linked: LinkedEntry) -> str:
    path = urls.entry_path(linked.entry.id)
    return edition.urls.whole(path) or edition.urls.href(path)


def _bibtex(value: str) -> str:
    return _SPECIAL_TO_BIBTEX.sub(lambda found: "\\textbackslash " if found[0] == "\\" else f"\\{found[0]}", value)
