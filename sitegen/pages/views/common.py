"""Views that many pages share: links, heads, dates."""

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
    "empty for a name without a page"


@dataclass(frozen=True, slots=True)
class NavLink:
    text: str
    href: str
    section: Section


@dataclass(frozen=True, slots=True)
class SiteView:
    """VisibleText on every page."""

    title: str
    subtitle: str
    language: str
    editor: str
    home: str
    "address of the timeline and base path: / or /repo/"
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
    "without the site's title"
    description: str = ""
    canonical: str = ""
    "absolute address; empty if the site has no base_url"
    section: Section = ""
    feeds: tuple[Link, ...] = ()
    "of this page; text is the media type"
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
    "for <time datetime>; empty if the date is not exact"
    weekday: str = ""
    rail: str = ""
    "the short form beside an entry under its month: 7, 3–7, about 20, 6?; empty if the day is not known"
    loose: str = ""
    "if the day is not known: some day in March, some day in 2022, one of these days"
    time: str = ""
    "02:50 (UTC+3)"
    told: str = ""
    "`date_text`: the report's own wording"
    edge: Literal["sharp", "soft", "open"] = "sharp"
    "soft: approximate, uncertain, or one of several days; open: no known beginning or end"
    is_span: bool = False
    "an interval"


@dataclass(frozen=True, slots=True)
class Line:
    """An entry or a term as a single line."""

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
