"""What all pages of a timeline share: words, addresses, lookups and memoized views."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import attrgetter
from types import MappingProxyType

from sitegen.dates import Date
from sitegen.model import MAX_BRIEF, STATUSES, Account, Article, Citation, Entry, Plain
from sitegen.pages import urls
from sitegen.pages.assets import Asset
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.date_view import date_view, years_label
from sitegen.pages.memo import Memo
from sitegen.pages.scale import Scale, scale
from sitegen.pages.site_view import feed_links, site_view
from sitegen.pages.urls import Urls
from sitegen.pages.views import DateView, EntryRow, Head, Legend, Line, Link, Month, Section, SiteView, Year
from sitegen.text.excerpts import excerpt
from sitegen.text.spellings import name_key
from sitegen.timeline import independence
from sitegen.timeline.chronology import YearOfEntries
from sitegen.timeline.graph import LinkedEntry, Name, Report, Term, TermKind, Timeline
from sitegen.timeline.report_pairs import ComparisonMemo, ReportPair

_NAMES: dict[TermKind, Callable[[LinkedEntry], tuple[Name, ...]]] = {
    "person": attrgetter("people"),
    "place": attrgetter("places"),
    "tag": attrgetter("tags"),
}


@dataclass(frozen=True, slots=True)
class RenderContext:
    timeline: Timeline
    words: Catalogue
    urls: Urls
    assets: Mapping[str, Asset]
    "by name"
    site: SiteView
    terms: Mapping[Name, Term]
    ranks: Mapping[tuple[TermKind, str], int]
    "position of a term in name order, by kind and id"
    inner: Mapping[Name, Sequence[Name]]
    "places within each place"
    reports: Mapping[str, Report]
    "by id"
    articles: Mapping[str, Article]
    derivations: Mapping[str, Sequence[str]]
    "ids of reports that declare `derived_from`, by the id of their source"
    roots: Mapping[str, tuple[str, str]]
    "see `independence.roots`"
    apart: frozenset[tuple[str, str]]
    "ids of reports that share text but count as two; see `comparisons.shared`"
    compared: Mapping[tuple[str, str], ReportPair]
    "by the two reports' ids, the lower id first"
    scale: Scale
    "of the whole timeline; strips of single terms use it too, so that they can be compared"
    names_in_layouts: Mapping[str, Collection[str]]
    "identifiers in each layout and its dependencies; a layout that is missing here may show any field"
    memo: Memo = field(default_factory=Memo)

    @classmethod
    def of(
        cls,
        timeline: Timeline,
        words: Catalogue,
        assets: Mapping[str, Asset],
        remembered: ComparisonMemo | None = None,
        names_in_layouts: Mapping[str, Collection[str]] = MappingProxyType({}),
    ) -> "RenderContext":
        """*remembered* are comparisons computed for an earlier context."""
        articles = {report.article.id: report.article for report in timeline.reports}
        its_urls = Urls.of(timeline.settings)
        terms = {term.name: term for terms in (timeline.people, timeline.places, timeline.tags) for term in terms}
        compared = (remembered or ComparisonMemo()).pairs(timeline)
        one, apart = independence.sharing_pairs(compared.values())
        return cls(
            timeline=timeline,
            words=words,
            urls=its_urls,
            assets=assets,
            site=site_view(timeline, words, its_urls, assets),
            terms=terms,
            ranks={(name.kind, name.id): rank for rank, name in enumerate(terms)},
            inner=_inner(timeline.places),
            reports={report.article.id: report for report in timeline.reports},
            articles=articles,
            derivations=_derivations(articles.values()),
            roots=independence.roots(articles.values(), one),
            apart=apart,
            compared=compared,
            scale=scale(timeline.entries),
            names_in_layouts=names_in_layouts,
        )

    def with_entries(self, timeline: Timeline) -> "RenderContext":
        """A context for a *timeline* that differs only in what some entries say."""
        edited = {new.entry.id for old, new in zip(self.timeline.entries, timeline.entries, strict=True) if old is not new}
        linking = {linked.entry.id for id in edited for linked in timeline.backlinks.get(id, ())}
        reports = {report.article.id: report for report in timeline.reports}
        return replace(
            self,
            timeline=timeline,
            terms={term.name: term for terms in (timeline.people, timeline.places, timeline.tags) for term in terms},
            reports=reports,
            compared={ids: replace(pair, a=reports[ids[0]], b=reports[ids[1]]) for ids, pair in self.compared.items()},
            memo=self.memo.without(edited, linking),
        )

    def shows(self, layout: str, field: str) -> bool:
        """Whether a layout may use a field of its view. Expensive fields that it does not use are not computed."""
        names = self.names_in_layouts.get(layout)
        return names is None or field in names

    def name_link(self, name: Name) -> Link:
        key = name.kind, name.id
        link = self.memo.name_links.get(key)
        if link is None:
            link = self.memo.name_links[key] = Link(name.text, self.urls.href(urls.name_path(name)) if name.has_page else "")
        return link

    def title(self, entry: Entry) -> str:
        """The title as shown without the status beside it: `Retracted: The bridge fell`."""
        return self.words["retracted_title"].format(title=entry.title) if entry.status == "retracted" else entry.title

    def entry_link(self, linked: LinkedEntry) -> Link:
        entry = linked.entry
        link = self.memo.entry_links.get(entry.id)
        if link is None:
            link = self.memo.entry_links[entry.id] = Link(self.title(entry), self.urls.href(urls.entry_path(entry.id)))
        return link

    def date(self, date: Date | None) -> DateView | None:
        return self._date(date, "", "") if date else None

    def entry_date(self, linked: LinkedEntry) -> DateView:
        entry = linked.entry
        return self._date(entry.when, entry.date_text, entry.zone or self.timeline.settings.zone)

    def _date(self, date: Date, date_text: str, zone: str) -> DateView:
        key = date.edtf, date_text, zone
        view = self.memo.dates.get(key)
        if view is None:
            view = self.memo.dates[key] = date_view(self.words, date, date_text, zone)
        return view

    def plain(self, plain: Plain, file: str) -> str:
        """Plain text, at most 200 characters, with links replaced by their texts."""
        return excerpt(
            "".join(piece if isinstance(piece, str) else self.target_text(file, piece.target, piece.text) for piece in plain), MAX_BRIEF
        )

    def target_text(self, file: str, target: str, text: str) -> str:
        """The text of a [[link]]: its own, else the entry's title or the name, in the author's spelling if the name has it."""
        if text:
            return text
        found = self.timeline.targets.get((file, target))
        if isinstance(found, LinkedEntry):
            return self.title(found.entry)
        written = target.partition(":")[2].strip() or target
        return written if found is None or name_key(written) in self._spellings(found) else found.text

    def _spellings(self, name: Name) -> set[str]:
        file = self.terms[name].file
        return {name_key(name.text), *(name_key(one.name.text) for one in (file.spellings if file else ()))}

    def public(self, entry: Entry) -> Entry:
        """The entry without passages of reports with `publish: none`: neither these passages nor the notes on them may be shown."""
        hidden = [one for one in entry.accounts if isinstance(one, Account) and self.articles[one.article.text].publish == "none"]
        if not hidden:
            return entry
        accounts = (replace(one, passages=()) if isinstance(one, Account) and one in hidden else one for one in entry.accounts)
        return replace(entry, accounts=tuple(accounts))

    def texts_of(self, linked: LinkedEntry) -> independence.TextCount:
        accounts = linked.entry.accounts
        stored = {account.article.text: None for account in accounts if isinstance(account, Account)}
        articles = [self.articles[id] for id in stored if id in self.articles]
        cited = sum(isinstance(account, Citation) for account in accounts)
        return independence.text_count(articles, self.roots, self.articles, cited, self.apart)

    def reports_phrase(self, texts: independence.TextCount) -> str:
        """`2 reports, 1 text`; texts are counted only if some are known to be shared."""
        if not texts.reports:
            return ""
        phrase = self.words.count("report", texts.reports)
        return f"{phrase}{self.words['list_separator']}{self.words.count('text', texts.texts)}" if texts.texts < texts.reports else phrase

    def row(self, linked: LinkedEntry) -> EntryRow:
        row = self.memo.rows.get(linked.entry.id)
        if row is None:
            row = self.memo.rows[linked.entry.id] = _row(self, linked)
        return row

    def line(self, linked: LinkedEntry) -> Line:
        """The entry as a single line."""
        line = self.memo.lines.get(linked.entry.id)
        if line is None:
            link, status = self.entry_link(linked), self.words[f"status_{linked.entry.status}"]
            line = self.memo.lines[linked.entry.id] = Line(linked.entry.title, link.href, self.entry_date(linked), status, linked.entry.id)
        return line

    def years(self, years: Iterable[YearOfEntries]) -> tuple[Year, ...]:
        return tuple(self._year(year) for year in years)

    def _year(self, year: YearOfEntries) -> Year:
        href = self.urls.href
        return Year(
            title=years_label(self.words, year.years),
            href=href(urls.years_path(year.years)),
            anchor=urls.years_anchor(year.years),
            months=tuple(
                Month(
                    name=self.words[f"month_{month.month}"],
                    href=href(urls.month_path(year.years, month.month)),
                    anchor=urls.month_anchor(year.years, month.month),
                    rows=tuple(self.row(linked) for linked in month.entries),
                )
                for month in year.months
            ),
            rows=tuple(self.row(linked) for linked in year.loose),
            rows_title=self.words["month_unknown" if year.years.isdecimal() else "year_unknown"],
            spans=tuple(self.row(linked) for linked in year.spans),
        )

    def head(self, title: str, path: str, *, description: str = "", section: Section = "", feeds_at: str = "") -> Head:
        """The head of the page at *path*; *feeds_at* is the folder of its own feeds, if any."""
        feeds = feed_links(self.urls, feeds_at) if feeds_at else ()
        return Head(title=title, description=description, canonical=self.urls.whole(path), section=section, feeds=feeds)


def legend(context: RenderContext, entries: Sequence[LinkedEntry]) -> Legend:
    statuses = {linked.entry.status for linked in entries}
    dates = [context.row(linked).date for linked in entries]
    return Legend(
        statuses=tuple((status, context.words[f"status_{status}"]) for status in STATUSES if status in statuses),
        has_soft=any(date.edge != "sharp" for date in dates),
        has_span=any(date.is_span for date in dates),
        has_loose=any(linked.heading[2] is None for linked in entries),
    )


def names_of(kind: TermKind, entries: Iterable[LinkedEntry]) -> Iterator[Name]:
    """All names of one kind in the entries, in order, repeated."""
    return chain.from_iterable(map(_NAMES[kind], entries))


def _row(context: RenderContext, linked: LinkedEntry) -> EntryRow:
    entry, words = linked.entry, context.words
    on_passages = [passage.note for passage in context.public(entry).passages if passage.note]
    notes = entry.footnotes + len(on_passages)
    return EntryRow(
        id=entry.id,
        href=context.entry_link(linked).href,
        title=entry.title,
        date=context.entry_date(linked),
        status=entry.status,
        status_word=words[f"status_{entry.status}"],
        is_key=entry.key,
        is_draft=entry.is_draft,
        is_graphic=entry.graphic,
        brief=context.plain(entry.brief, entry.file),
        note=context.plain(entry.note or tuple(on_passages[:1]), entry.file),
        people=tuple(context.name_link(name) for name in linked.people),
        places=tuple(context.name_link(name) for name in linked.places),
        reports=context.reports_phrase(context.texts_of(linked)),
        notes=words.count("note", notes) if notes else "",
        corrections=words.count("correction", len(entry.corrections)) if entry.corrections else "",
        filters={
            "person": " ".join(name.id for name in linked.people),
            "place": " ".join(name.id for name in linked.places),
            "tag": " ".join(name.id for name in linked.tags),
            "status": entry.status,
        },
    )


def _inner(places: Iterable[Term]) -> dict[Name, list[Name]]:
    inner: dict[Name, list[Name]] = {}
    for place in places:
        if place.within is not None:
            inner.setdefault(place.within, []).append(place.name)
    return inner


def _derivations(articles: Iterable[Article]) -> dict[str, list[str]]:
    derivations: dict[str, list[str]] = {}
    for article in articles:
        if article.derived_from is not None:
            derivations.setdefault(article.derived_from.text, []).append(article.id)
    return derivations
