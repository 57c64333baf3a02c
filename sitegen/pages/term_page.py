"""Pages of people, places and tags, and their indexes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from sitegen.model import Person, Place
from sitegen.pages import charts, urls
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.context import RenderContext, legend, names_of
from sitegen.pages.link_targets import filled
from sitegen.pages.views import NOTHING, Counted, Line, OutletSpelling, Section, SpellingView, Strip, TermPage, TermsPage
from sitegen.timeline.chronology import by_year
from sitegen.timeline.graph import Name, Term
from sitegen.timeline.outlet_spellings import outlet_spellings

LAYOUT = "term.html"
MAX_LISTED_IN_FULL = 100
"entries of a term; the rest get one line each"
MAX_COMPANIONS = 24


def term_page(context: RenderContext, term: Term) -> TermPage:
    name, file, words = term.name, term.file, context.words
    order = context.timeline.settings.order
    in_order = term.entries[::-1] if order == "newest" else term.entries
    in_full = sorted(in_order[:MAX_LISTED_IN_FULL], key=lambda linked: linked.order)
    path = urls.name_path(name)
    about = context.plain(file.brief, file.file) if file else ""
    count = words.count("entry", len(term.entries))
    return TermPage(
        site=context.site,
        head=context.head(name.text, path, description=about or f"{name.text}: {count}", section=_section(name), feeds_at=path),
        kind_word=_kind_word(context, term),
        name=name.text,
        role=file.role if file else "",
        spellings=tuple(SpellingView(one.name.text, one.outlet, one.language) for one in file.spellings) if file else (),
        by_outlet=tuple(_by_outlet(context, term)),
        within=tuple(context.name_link(outer) for outer in _surroundings(context, term)),
        coordinates=_coordinates(words, file),
        wikidata=f"https://www.wikidata.org/wiki/{file.wikidata}" if file and file.wikidata else "",
        body=filled(context, file.file) if file else NOTHING,
        count=count,
        strip=_strip(context, term) if context.shows(LAYOUT, "strip") else None,
        legend=legend(context, in_full),
        years=context.years(by_year(in_full, order)),
        lines=tuple(context.line(linked) for linked in in_order[MAX_LISTED_IN_FULL:]),
        with_people=_companions(context, term, "person") if context.shows(LAYOUT, "with_people") else (),
        with_places=_companions(context, term, "place") if context.shows(LAYOUT, "with_places") else (),
        mentions=tuple(context.entry_link(linked) for linked in term.mentions),
        contains=tuple(context.name_link(inner) for inner in context.inner.get(name, ())),
    )


def _by_outlet(context: RenderContext, term: Term) -> Iterator[OutletSpelling]:
    if not isinstance(term.file, Person) or not term.file.spellings:
        return
    for one in outlet_spellings(term, context.reports):
        last = context.date(one.last) if one.last != one.first else None
        yield OutletSpelling(one.outlet, context.words["list_separator"].join(one.spellings), context.date(one.first), last)


def terms_page(context: RenderContext, section: Literal["people", "places", "tags"], terms: Iterable[Term]) -> TermsPage:
    words = context.words
    return TermsPage(
        site=context.site,
        head=context.head(words[f"nav_{section}"], f"/{section}/", section=section),
        heading=words[f"nav_{section}"],
        lines=tuple(_term_line(context, term) for term in terms if term.name.has_page),
    )


def _term_line(context: RenderContext, term: Term) -> Line:
    role = term.file.role if term.file else ""
    count = context.words.count("entry", len(term.entries))
    return Line(term.name.text, context.name_link(term.name).href, None, f"{role} · {count}" if role else count)


def _strip(context: RenderContext, term: Term) -> Strip | None:
    return charts.strip(context, context.scale, term.entries, lambda period: charts.page_of(context, period))


def _companions(context: RenderContext, term: Term, kind: Literal["person", "place"]) -> tuple[Counted, ...]:
    """People or places named by the same entries, the most frequent first."""
    named = {name.id: name for name in names_of(kind, term.entries)}
    counts = Counter(name.id for name in names_of(kind, term.entries))
    if kind == term.name.kind:
        del counts[term.name.id]

    def most_first(id: str) -> tuple[int, int]:
        return (-counts[id], context.ranks[kind, id])

    links = [(context.name_link(named[id]), counts[id]) for id in sorted(counts, key=most_first)[:MAX_COMPANIONS]]
    return tuple(Counted(link.text, link.href, count) for link, count in links)


def _surroundings(context: RenderContext, term: Term) -> Sequence[Name]:
    around: list[Name] = []
    outer = term.within
    while outer is not None and outer not in around:
        around.append(outer)
        outer = context.terms[outer].within
    return around


def _kind_word(context: RenderContext, term: Term) -> str:
    if isinstance(term.file, Place) and term.file.kind:
        return term.file.kind[:1].upper() + term.file.kind[1:]
    if isinstance(term.file, Person):
        return context.words[term.file.kind]
    return context.words[term.name.kind]


def _section(name: Name) -> Section:
    sections: dict[str, Section] = {"person": "people", "place": "places", "tag": "tags"}
    return sections[name.kind]


def _coordinates(words: Catalogue, file: Person | Place | None) -> str:
    """`48.59° N, 38.00° E`."""
    if not isinstance(file, Place) or file.latitude is None or file.longitude is None:
        return ""
    latitude = words["north" if file.latitude >= 0 else "south"].format(degrees=f"{abs(file.latitude):.2f}")
    longitude = words["east" if file.longitude >= 0 else "west"].format(degrees=f"{abs(file.longitude):.2f}")
    return f"{latitude}{words['list_separator']}{longitude}"
