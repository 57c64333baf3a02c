"""Home, the years and the months."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from sitegen.dates.labels import calendar_label
from sitegen.model import STATUSES
from sitegen.pages import charts, structured, urls
from sitegen.pages.dateviews import years_label
from sitegen.pages.edition import Edition, legend, names_of
from sitegen.pages.scale import Period, days_of, months_of
from sitegen.pages.views import Choice, Filter, Head, Link, TimelinePage
from sitegen.timeline.chronology import MonthOfEntries, YearOfEntries, by_year
from sitegen.timeline.graph import LinkedEntry, TermKind

LAYOUT = "timeline.html"
MOST_LISTED = 200
"home and a year list all of their entries up to here"
LATEST = 100
"entries that home lists beyond that, with the key ones"
MOST_CHOICES = 40
"of one filter"


def home(edition: Edition, years: Sequence[YearOfEntries]) -> TimelinePage:
    settings, entries = edition.timeline.settings, edition.timeline.entries
    is_partial = len(entries) > MOST_LISTED
    listed = _latest_and_key(entries) if is_partial else entries
    return TimelinePage(
        site=edition.site,
        head=_head(edition, settings.title, "/", settings.subtitle, listed),
        heading=settings.title,
        lede=settings.subtitle,
        strip=charts.strip(
            edition,
            edition.scale,
            entries,
            _leads_to(edition, listed, entries),
            edition.scale.periods[-1] if edition.scale.periods else None,
        ),
        legend=legend(edition, listed),
        years=edition.years(by_year(listed, settings.order)),
        filters=filters(edition, listed),
        more=tuple(_year_link(edition, year) for year in years) if is_partial else (),
        around=(),
        is_home=True,
        is_partial=is_partial,
    )


def year_page(edition: Edition, years: Sequence[YearOfEntries], index: int) -> TimelinePage:
    """The year at *index* of *years*, which stand in the site's order."""
    year, order = years[index], edition.timeline.settings.order
    entries = sorted(year.entries, key=lambda linked: linked.order)
    listed = [linked for linked in entries if linked.entry.key or linked.heading[1] is None] if len(entries) > MOST_LISTED else entries
    is_partial = len(listed) < len(entries)
    title, path = years_label(edition.words, year.years), urls.years_path(year.years)
    return TimelinePage(
        site=edition.site,
        head=_listing_head(edition, title, path, listed),
        heading=title,
        lede=edition.words.count("entry", len(entries)),
        strip=charts.strip(edition, months_of(year.years), entries, _leads_to(edition, listed, entries)) if year.months else None,
        legend=legend(edition, listed),
        years=edition.years(by_year(listed, order)),
        filters=filters(edition, listed),
        more=tuple(_month_link(edition, year.years, month) for month in year.months) if is_partial else (),
        around=tuple(_year_link(edition, years[other]) for other in (index - 1, index + 1) if 0 <= other < len(years)),
        is_home=False,
        is_partial=is_partial,
    )


def month_page(edition: Edition, months: Sequence[tuple[str, MonthOfEntries]], index: int) -> TimelinePage:
    """The month at *index* of *months*, each with its year, which stand in the site's order."""
    year, month = months[index]
    words, path = edition.words, urls.month_path(year, month.month)
    entries = sorted(month.entries, key=lambda linked: linked.order)
    heading = _month_label(edition, year, month)
    beside = [months[other] for other in (index - 1, index + 1) if 0 <= other < len(months)]
    return TimelinePage(
        site=edition.site,
        head=_listing_head(edition, heading, path, entries),
        heading=heading,
        lede=words.count("entry", len(entries)),
        strip=charts.strip(edition, days_of(int(year), month.month), entries, _leads_to_days(entries)),
        legend=legend(edition, entries),
        years=edition.years(by_year(entries, edition.timeline.settings.order)),
        filters=filters(edition, entries),
        more=(),
        around=(
            Link(years_label(words, year), edition.urls.href(urls.years_path(year))),
            *(
                Link(_month_label(edition, its_year, other), edition.urls.href(urls.month_path(its_year, other.month)))
                for its_year, other in beside
            ),
        ),
        is_home=False,
        is_partial=False,
    )


def filters(edition: Edition, entries: Iterable[LinkedEntry]) -> tuple[Filter, ...]:
    """What the listed entries can be narrowed to; one whose only choice they all share narrows nothing."""
    if not edition.shows(LAYOUT, "filters"):
        return ()
    listed = list(entries)
    words = edition.words
    kinds: tuple[TermKind, ...] = ("person", "place", "tag")
    found = [Filter(kind, words[f"filter_{kind}"], tuple(_choices(edition, kind, listed))) for kind in kinds]
    by_status = Counter(linked.entry.status for linked in listed)
    of_status = tuple(Choice(words[f"status_{status}"], status, "", by_status[status]) for status in STATUSES if by_status[status])
    every = (*found, Filter("status", words["filter_status"], of_status))
    return tuple(one for one in every if len(one.choices) > 1 or any(choice.count < len(listed) for choice in one.choices))


def _choices(edition: Edition, kind: TermKind, entries: Sequence[LinkedEntry]) -> Iterator[Choice]:
    named = {name.id: name for name in names_of(kind, entries) if name.has_page}
    counts = Counter(name.id for name in names_of(kind, entries) if name.has_page)

    def most_first(id: str) -> tuple[int, str]:
        return (-counts[id], id)

    for id in sorted(counts, key=most_first)[:MOST_CHOICES]:
        yield Choice(named[id].text, id, edition.name_link(named[id]).href, counts[id])


def _latest_and_key(entries: Sequence[LinkedEntry]) -> list[LinkedEntry]:
    latest = len(entries) - LATEST
    return [linked for index, linked in enumerate(entries) if index >= latest or linked.entry.key]


def _listing_head(edition: Edition, title: str, path: str, entries: Sequence[LinkedEntry]) -> Head:
    description = f"{edition.timeline.settings.title}: {title}{edition.words['list_separator']}{edition.words.count('entry', len(entries))}"
    return _head(edition, title, path, description, entries)


def _head(edition: Edition, title: str, path: str, description: str, entries: Sequence[LinkedEntry]) -> Head:
    head = edition.head(title, path, description=description, section="timeline")
    return replace(head, json_ld=structured.item_list(edition, title, entries)) if edition.shows(LAYOUT, "json_ld") else head


def _leads_to(edition: Edition, listed: Iterable[LinkedEntry], entries: Iterable[LinkedEntry]) -> Callable[[Period], str]:
    """To the heading on this page where all of the period's *entries* are *listed* under it, else to the period's page."""
    here = Counter(linked.heading[:2] for linked in listed)
    everywhere = Counter(linked.heading[:2] for linked in entries)

    def href(period: Period) -> str:
        year, month, _ = period
        heading = f"{year:04}", month
        if month and here[heading] == everywhere[heading]:
            return f"#{urls.month_anchor(*heading)}"
        return charts.page_of(edition, period)

    return href


def _leads_to_days(entries: Iterable[LinkedEntry]) -> Callable[[Period], str]:
    first_of_day: dict[int | None, str] = {}
    for linked in entries:
        first_of_day.setdefault(linked.entry.when.day, linked.entry.id)
    return lambda period: urls.fragment(first_of_day[period[2]])


def _year_link(edition: Edition, year: YearOfEntries) -> Link:
    return Link(years_label(edition.words, year.years), edition.urls.href(urls.years_path(year.years)))


def _month_label(edition: Edition, year: str, month: MonthOfEntries) -> str:
    return calendar_label(edition.words.texts, int(year), edition.words[f"month_{month.month}"])


def _month_link(edition: Edition, year: str, month: MonthOfEntries) -> Link:
    return Link(edition.words[f"month_{month.month}"], edition.urls.href(urls.month_path(year, month.month)))
