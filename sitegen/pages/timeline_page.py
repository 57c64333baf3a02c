"""Home, and the pages of years and months."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from sitegen.dates.labels import calendar_label
from sitegen.model import STATUSES
from sitegen.pages import charts, structured_data, urls
from sitegen.pages.context import RenderContext, legend, names_of
from sitegen.pages.date_view import years_label
from sitegen.pages.scale import Period, days_of, months_of
from sitegen.pages.views import Choice, Filter, Head, Link, TimelinePage
from sitegen.timeline.chronology import MonthOfEntries, YearOfEntries, by_year
from sitegen.timeline.graph import LinkedEntry, TermKind

LAYOUT = "timeline.html"
MAX_LISTED = 200
"home and year pages with more entries list only some of them"
LATEST_ON_HOME = 100
"number of latest entries on such a home page, beside the key entries"
MAX_CHOICES = 40
"per filter"


def home(context: RenderContext, years: Sequence[YearOfEntries]) -> TimelinePage:
    settings, entries = context.timeline.settings, context.timeline.entries
    is_partial = len(entries) > MAX_LISTED
    listed = _latest_and_key(entries) if is_partial else entries
    return TimelinePage(
        site=context.site,
        head=_head(context, settings.title, "/", settings.subtitle, listed),
        heading=settings.title,
        lede=settings.subtitle,
        strip=charts.strip(
            context,
            context.scale,
            entries,
            _leads_to(context, listed, entries),
            context.scale.periods[-1] if context.scale.periods else None,
        ),
        legend=legend(context, listed),
        years=context.years(by_year(listed, settings.order)),
        filters=filters(context, listed),
        more=tuple(_year_link(context, year) for year in years) if is_partial else (),
        around=(),
        is_home=True,
        is_partial=is_partial,
    )


def year_page(context: RenderContext, years: Sequence[YearOfEntries], index: int) -> TimelinePage:
    """The page of the year at *index*; *years* are in the site's order."""
    year, order = years[index], context.timeline.settings.order
    entries = sorted(year.entries, key=lambda linked: linked.order)
    listed = [linked for linked in entries if linked.entry.key or linked.heading[1] is None] if len(entries) > MAX_LISTED else entries
    is_partial = len(listed) < len(entries)
    title, path = years_label(context.words, year.years), urls.years_path(year.years)
    return TimelinePage(
        site=context.site,
        head=_listing_head(context, title, path, listed),
        heading=title,
        lede=context.words.count("entry", len(entries)),
        strip=charts.strip(context, months_of(year.years), entries, _leads_to(context, listed, entries)) if year.months else None,
        legend=legend(context, listed),
        years=context.years(by_year(listed, order)),
        filters=filters(context, listed),
        more=tuple(_month_link(context, year.years, month) for month in year.months) if is_partial else (),
        around=tuple(_year_link(context, years[other]) for other in (index - 1, index + 1) if 0 <= other < len(years)),
        is_home=False,
        is_partial=is_partial,
    )


def month_page(context: RenderContext, months: Sequence[tuple[str, MonthOfEntries]], index: int) -> TimelinePage:
    """The page of the month at *index*; *months*, each with its year, are in the site's order."""
    year, month = months[index]
    words, path = context.words, urls.month_path(year, month.month)
    entries = sorted(month.entries, key=lambda linked: linked.order)
    heading = _month_label(context, year, month)
    beside = [months[other] for other in (index - 1, index + 1) if 0 <= other < len(months)]
    return TimelinePage(
        site=context.site,
        head=_listing_head(context, heading, path, entries),
        heading=heading,
        lede=words.count("entry", len(entries)),
        strip=charts.strip(context, days_of(int(year), month.month), entries, _leads_to_days(entries)),
        legend=legend(context, entries),
        years=context.years(by_year(entries, context.timeline.settings.order)),
        filters=filters(context, entries),
        more=(),
        around=(
            Link(years_label(words, year), context.urls.href(urls.years_path(year))),
            *(
                Link(_month_label(context, its_year, other), context.urls.href(urls.month_path(its_year, other.month)))
                for its_year, other in beside
            ),
        ),
        is_home=False,
        is_partial=False,
    )


def filters(context: RenderContext, entries: Iterable[LinkedEntry]) -> tuple[Filter, ...]:
    """Filters that can narrow the listed entries. A filter with one choice that all entries share is left out."""
    if not context.shows(LAYOUT, "filters"):
        return ()
    listed = list(entries)
    words = context.words
    kinds: tuple[TermKind, ...] = ("person", "place", "tag")
    found = [Filter(kind, words[f"filter_{kind}"], tuple(_choices(context, kind, listed))) for kind in kinds]
    by_status = Counter(linked.entry.status for linked in listed)
    of_status = tuple(Choice(words[f"status_{status}"], status, "", by_status[status]) for status in STATUSES if by_status[status])
    every = (*found, Filter("status", words["filter_status"], of_status))
    return tuple(one for one in every if len(one.choices) > 1 or any(choice.count < len(listed) for choice in one.choices))


def _choices(context: RenderContext, kind: TermKind, entries: Sequence[LinkedEntry]) -> Iterator[Choice]:
    named = {name.id: name for name in names_of(kind, entries) if name.has_page}
    counts = Counter(name.id for name in names_of(kind, entries) if name.has_page)

    def most_first(id: str) -> tuple[int, str]:
        return (-counts[id], id)

    for id in sorted(counts, key=most_first)[:MAX_CHOICES]:
        yield Choice(named[id].text, id, context.name_link(named[id]).href, counts[id])


def _latest_and_key(entries: Sequence[LinkedEntry]) -> list[LinkedEntry]:
    latest = len(entries) - LATEST_ON_HOME
    return [linked for index, linked in enumerate(entries) if index >= latest or linked.entry.key]


def _listing_head(context: RenderContext, title: str, path: str, entries: Sequence[LinkedEntry]) -> Head:
    description = f"{context.timeline.settings.title}: {title}{context.words['list_separator']}{context.words.count('entry', len(entries))}"
    return _head(context, title, path, description, entries)


def _head(context: RenderContext, title: str, path: str, description: str, entries: Sequence[LinkedEntry]) -> Head:
    head = context.head(title, path, description=description, section="timeline")
    return replace(head, json_ld=structured_data.item_list(context, title, entries)) if context.shows(LAYOUT, "json_ld") else head


def _leads_to(context: RenderContext, listed: Iterable[LinkedEntry], entries: Iterable[LinkedEntry]) -> Callable[[Period], str]:
    """Links to the period's heading on this page if all its *entries* are *listed* there, else to the period's page."""
    here = Counter(linked.heading[:2] for linked in listed)
    everywhere = Counter(linked.heading[:2] for linked in entries)

    def href(period: Period) -> str:
        year, month, _ = period
        heading = f"{year:04}", month
        if month and here[heading] == everywhere[heading]:
            return f"#{urls.month_anchor(*heading)}"
        return charts.page_of(context, period)

    return href


def _leads_to_days(entries: Iterable[LinkedEntry]) -> Callable[[Period], str]:
    first_of_day: dict[int | None, str] = {}
    for linked in entries:
        first_of_day.setdefault(linked.entry.when.day, linked.entry.id)
    return lambda period: urls.fragment(first_of_day[period[2]])


def _year_link(context: RenderContext, year: YearOfEntries) -> Link:
    return Link(years_label(context.words, year.years), context.urls.href(urls.years_path(year.years)))


def _month_label(context: RenderContext, year: str, month: MonthOfEntries) -> str:
    return calendar_label(context.words.texts, int(year), context.words[f"month_{month.month}"])


def _month_link(context: RenderContext, year: str, month: MonthOfEntries) -> Link:
    return Link(context.words[f"month_{month.month}"], context.urls.href(urls.month_path(year, month.month)))
