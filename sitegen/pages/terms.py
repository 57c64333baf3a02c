"""People, places and tags: their own pages and their indexes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from sitegen.model import Person, Place
from sitegen.pages import charts, urls
from sitegen.pages.bodies import filled
from sitegen.pages.edition import Edition, legend, names_of
from sitegen.pages.views import NOTHING, Counted, Line, OutletSpelling, Section, SpellingView, Strip, TermPage, TermsPage
from sitegen.pages.words import Words
from sitegen.timeline.chronology import by_year
from sitegen.timeline.graph import Name, Term
from sitegen.timeline.outlet_spellings import outlet_spellings

LAYOUT = "term.html"
LISTED_IN_FULL = 100
"entries of a term; those after them have a line each"
MOST_COMPANIONS = 24


def term_page(edition: Edition, term: Term) -> TermPage:
    name, file, words = term.name, term.file, edition.words
    order = edition.timeline.settings.order
    in_order = term.entries[::-1] if order == "newest" else term.entries
    in_full = sorted(in_order[:LISTED_IN_FULL], key=lambda linked: linked.order)
    path = urls.name_path(name)
    about = edition.plain(file.brief, file.file) if file else ""
    count = words.count("entry", len(term.entries))
    return TermPage(
        site=edition.site,
        head=edition.head(name.text, path, description=about or f"{name.text}: {count}", section=_section(name), feeds_at=path),
        kind_word=_kind_word(edition, term),
        name=name.text,
        role=file.role if file else "",
        spellings=tuple(SpellingView(one.name.text, one.outlet, one.language) for one in file.spellings) if file else (),
        by_outlet=tuple(_by_outlet(edition, term)),
        within=tuple(edition.name_link(outer) for outer in _surroundings(edition, term)),
        coordinates=_coordinates(words, file),
        wikidata=f"https://www.wikidata.org/wiki/{file.wikidata}" if file and file.wikidata else "",
        body=filled(edition, file.file) if file else NOTHING,
        count=count,
        strip=_strip(edition, term) if edition.shows(LAYOUT, "strip") else None,
        legend=legend(edition, in_full),
        years=edition.years(by_year(in_full, order)),
        lines=tuple(edition.line(linked) for linked in in_order[LISTED_IN_FULL:]),
        with_people=_companions(edition, term, "person") if edition.shows(LAYOUT, "with_people") else (),
        with_places=_companions(edition, term, "place") if edition.shows(LAYOUT, "with_places") else (),
        mentions=tuple(edition.entry_link(linked) for linked in term.mentions),
        contains=tuple(edition.name_link(inner) for inner in edition.inner.get(name, ())),
    )


def _by_outlet(edition: Edition, term: Term) -> Iterator[OutletSpelling]:
    if not isinstance(term.file, Person) or not term.file.spellings:
        return
    for one in outlet_spellings(term, edition.reports):
        last = edition.date(one.last) if one.last != one.first else None
        yield OutletSpelling(one.outlet, edition.words["list_separator"].join(one.spellings), edition.date(one.first), last)


def terms_page(edition: Edition, section: Literal["people", "places", "tags"], terms: Iterable[Term]) -> TermsPage:
    words = edition.words
    return TermsPage(
        site=edition.site,
        head=edition.head(words[f"nav_{section}"], f"/{section}/", section=section),
        heading=words[f"nav_{section}"],
        lines=tuple(_term_line(edition, term) for term in terms if term.name.has_page),
    )


def _term_line(edition: Edition, term: Term) -> Line:
    role = term.file.role if term.file else ""
    count = edition.words.count("entry", len(term.entries))
    return Line(term.name.text, edition.name_link(term.name).href, None, f"{role} · {count}" if role else count)


def _strip(edition: Edition, term: Term) -> Strip | None:
    return charts.strip(edition, edition.scale, term.entries, lambda period: charts.page_of(edition, period))


def _companions(edition: Edition, term: Term, kind: Literal["person", "place"]) -> tuple[Counted, ...]:
    """Who, or which places, the same entries name; those that share most entries first."""
    named = {name.id: name for name in names_of(kind, term.entries)}
    counts = Counter(name.id for name in names_of(kind, term.entries))
    if kind == term.name.kind:
        del counts[term.name.id]

    def most_first(id: str) -> tuple[int, int]:
        return (-counts[id], edition.ranks[kind, id])

    links = [(edition.name_link(named[id]), counts[id]) for id in sorted(counts, key=most_first)[:MOST_COMPANIONS]]
    return tuple(Counted(link.text, link.href, count) for link, count in links)


def _surroundings(edition: Edition, term: Term) -> Sequence[Name]:
    around: list[Name] = []
    outer = term.within
    while outer is not None and outer not in around:
        around.append(outer)
        outer = edition.terms[outer].within
    return around


def _kind_word(edition: Edition, term: Term) -> str:
    if isinstance(term.file, Place) and term.file.kind:
        return term.file.kind[:1].upper() + term.file.kind[1:]
    if isinstance(term.file, Person):
        return edition.words[term.file.kind]
    return edition.words[term.name.kind]


def _section(name: Name) -> Section:
    sections: dict[str, Section] = {"person": "people", "place": "places", "tag": "tags"}
    return sections[name.kind]


def _coordinates(words: Words, file: Person | Place | None) -> str:
    """`48.59° N, 38.00° E`."""
    if not isinstance(file, Place) or file.latitude is None or file.longitude is None:
        return ""
    latitude = words["north" if file.latitude >= 0 else "south"].format(degrees=f"{abs(file.latitude):.2f}")
    longitude = words["east" if file.longitude >= 0 else "west"].format(degrees=f"{abs(file.longitude):.2f}")
    return f"{latitude}{words['list_separator']}{longitude}"
