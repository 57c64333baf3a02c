"""What many pages show: links, heads, dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Section = Literal["", "timeline", "people", "places", "tags", "articles"]
NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    "empty for a name that has no page"


@dataclass(frozen=True, slots=True)
class NavLink:
    text: str
    href: str
    section: Section


@dataclass(frozen=True, slots=True)
class SiteView:
    """What all pages share."""

    title: str
    subtitle: str
    language: str
    editor: str
    home: str
    "address of the timeline, which is also the base path: / or /repo/"
    nav: tuple[NavLink, ...]
    footer: tuple[Link, ...]
    feeds: tuple[Link, ...]
    "text is the media type"
    assets: Mapping[str, str]
    "address of each asset by its name"
    words: Mapping[str, str]
    "the interface's text, by key"


@dataclass(frozen=True, slots=True)
class Head:
    title: str
    "the document's own title, without the site's"
    description: str = ""
    canonical: str = ""
    "whole address; empty where the site has no base_url"
    section: Section = ""
    feeds: tuple[Link, ...] = ()
    "this page's own; text is the media type"
    json_ld: Markup = NOTHING
    "safe inside <script>"
    kind: Literal["website", "article", "profile"] = "website"
    "OpenGraph's og:type"
    index: bool = True


@dataclass(frozen=True, slots=True)
class DateView:
    label: str
    "in full: 7 April 2023, about 20 May 2023"
    edtf: str
    datetime: str = ""
    "for <time datetime>; empty where the date is not exact"
    weekday: str = ""
    rail: str = ""
    "the short form beside an entry under its month: 7, 3–7, about 20, 6?; empty where the day is not known"
    loose: str = ""
    "where the day is not known: some day in March, some day in 2022; one of these days"
    time: str = ""
    "02:50 (UTC+3)"
    told: str = ""
    "the reader's wording, from date_text"
    edge: Literal["sharp", "soft", "open"] = "sharp"
    "soft: approximate or uncertain, or one day of several; open: a beginning or an end is not known"
    is_span: bool = False
    "it lasted: an interval"


@dataclass(frozen=True, slots=True)
class Line:
    """An entry or a term in one line."""

    title: str
    href: str
    date: DateView | None
    detail: str
    id: str = ""
    "an entry's anchor"


@dataclass(frozen=True, slots=True)
class Counted:
    text: str
    href: str
    count: int
