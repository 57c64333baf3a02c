"""When a page says that it was published and changed.

Each place of a page that tells a date makes a claim. The day is that of the first claim in the order of `Kind`; of the claims for that
day, the first with a time counts. An instant in UTC is told in the outlet's own zone where another claim shows it.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from sitegen import dates
from sitegen.ingest.receiving.linkeddata import texts
from sitegen.ingest.receiving.pagescope import LONGEST_LABEL, Scope, text_of

Kind = Literal["metadata", "time element", "address", "linked data", "text"]

_KINDS: tuple[Kind, ...] = ("metadata", "time element", "address", "linked data", "text")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished", "rnews:datepublished",
    "article.published", "publish-date", "publish_date", "publishdate", "publication_date", "publication-date", "published_time",
    "published", "pubdate", "bt:pubdate", "vr:published_time", "parsely-pub-date", "sailthru.date", "citation_publication_date",
    "citation_online_date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article_date_original", "originalpublicationdate",
    "dcsext.articlefirstpublished", "displaydate", "dc.date.issued", "dc.date.published", "dcterms.issued",
)  # fmt: skip
_VAGUE = (
    "dc.date.created",
    "dc.created",
    "dcterms.created",
    "datecreated",
    "dc.date",
    "dcterms.date",
    "dc.date.x-metadatalastmodified",
    "date",
)
"names that some pages use for the day of the last change"
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified", "article.updated",
    "last-modified", "lastmod", "dcterms.modified", "dc.date.modified",
)  # fmt: skip
_MAX_CONTENTS = 5
"of one name"
_PLACEHOLDERS = (datetime.date(1, 1, 1), datetime.date(1970, 1, 1), datetime.date(1900, 1, 1))
"what programs write where they know no date"
_SAME_INSTANT = datetime.timedelta(hours=1)
_ZONES = (datetime.timedelta(hours=-12), datetime.timedelta(hours=14))
"the offsets between which all zones lie"

_MONTHS = {name: number for number, month in enumerate(dates.MONTHS, 1) for name in (month.casefold(), month[:3].casefold())} | {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WRITTEN = re.compile(
    rf"(?<![\w.])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?\s+{_MONTH},?\s+(?P<year>\d{{4}})"
    rf"|{_MONTH.replace('month', 'month2')}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}}))(?!\w)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?<![\w.])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
"with full stops the day comes first everywhere; with slashes it depends"
_IN_PATH = re.compile(
    rf"/(?:(\d{{4}})/(\d\d?|{'|'.join(_MONTHS)})/(\d\d?)(?![^/_.-])|(\d{{4}})-(\d\d)-(\d\d)(?!\d)|(\d{{4}})(\d\d)(\d\d)(?!\d))",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")
_PUBLISHED_LABEL = re.compile(r"\b(?:publi\w*|posted|pubdate|issued|first\b)", re.IGNORECASE)
_UPDATED_LABEL = re.compile(r"\b(?:updat\w*|modif\w*|edited|changed|corrected|revised)", re.IGNORECASE)
_PUBLISHED_CLASS = re.compile(r"\b(?:dt-)?published\b", re.IGNORECASE)
_TWELVE_HOURS = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", "”", '"')
_PARAGRAPHS_ABOVE = 2
"a summary may stand above the byline"
_LABEL_WORDS = 10
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|byline|published|posted|pubdate|timestamp|time|meta)(?:$|[\s_-])|publish|postdate", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A date that a page tells of its publication."""

    kind: Kind
    day: datetime.date
    moment: datetime.datetime | None
    "with its offset, where one is told; None: a day alone"

    @property
    def edtf(self) -> str:
        if self.moment is None:
            return self.day.isoformat()
        return self.moment.replace(tzinfo=None).isoformat(timespec="minutes") + _offset(self.moment)

    @property
    def is_utc(self) -> bool:
        return self.moment is not None and self.moment.utcoffset() == datetime.timedelta()

    def agrees(self, other: "Claim") -> bool:
        """Whether both can be one day, as far as the zones are known."""
        if self.moment is not None and other.moment is not None and self.moment.tzinfo and other.moment.tzinfo:
            return self.day == other.day or abs(self.moment - other.moment) < _SAME_INSTANT
        return self._spans(other.day) or other._spans(self.day)

    def _spans(self, day: datetime.date) -> bool:
        """Whether its instant can fall on a day, in the outlet's zone."""
        if self.moment is None or self.moment.tzinfo is None:
            return self.day == day
        in_utc = self.moment.astimezone(datetime.UTC).replace(tzinfo=None)
        if self.is_utc:
            return (in_utc + _ZONES[0]).date() <= day <= (in_utc + _ZONES[1]).date()
        return day in (self.day, in_utc.date())


@dataclass(frozen=True, slots=True)
class PageDates:
    claims: tuple[Claim, ...]
    "of the publication, in the order in which they count"
    updated: str
    "EDTF; empty where the page doesn't tell"
    zone: datetime.timezone | None = None
    "the outlet's, where a date of the page shows it"

    @property
    def published(self) -> str:
        """EDTF; empty where the page doesn't tell."""
        best = self._best
        return best.edtf if best else ""

    @property
    def is_guess(self) -> bool:
        """Whether nothing but the page's address or text tells the day of publication."""
        best = self._best
        return best is not None and not any(claim.kind not in ("address", "text") and claim.agrees(best) for claim in self.claims)

    @property
    def contradictions(self) -> tuple[Claim, ...]:
        """Claims of other days than the one that counts."""
        best = self._best
        return tuple({claim.day: claim for claim in self.claims if best and not claim.agrees(best)}.values())

    def until(self, latest: datetime.date) -> "PageDates":
        """Without claims of later days, unless there are no others."""
        past = tuple(claim for claim in self.claims if claim.day <= latest)
        return replace(self, claims=past or self.claims)

    @property
    def _best(self) -> Claim | None:
        if not self.claims:
            return None
        first = self.claims[0]
        best = next((claim for claim in self.claims if claim.moment and claim.agrees(first)), first)
        return _in_zone(best, self.zone, [claim.day for claim in self.claims if claim.moment is None and claim.agrees(best)])


def page_dates(tree: Any, own_data: Iterable[dict[str, Any]], scope: Scope, addresses: Iterable[str]) -> PageDates:
    """*tree* is lxml's; *own_data* are the page's own objects of JSON-LD."""
    data = list(own_data)
    metas = _metas(tree)
    published, updated, shown = _elements(scope)
    told: list[tuple[Kind, str]] = [("metadata", text) for name in _PUBLISHED for text in metas.get(name, ())]
    told = told or [("metadata", text) for name in _VAGUE for text in metas.get(name, ())][:1]
    told += [("time element", text) for text in published]
    told += [("linked data", text) for item in data for text in texts(item.get("datePublished"))]
    claims = [claim for kind, text in told if (claim := _claim(kind, text))]
    claims += [claim for address in addresses if (claim := _in_address(address))]
    claims += [claim for text in shown if (claim := _in_text(text))]
    changes = (
        [text for name in _UPDATED for text in metas.get(name, ())]
        + updated
        + [text for item in data for text in texts(item.get("dateModified"))]
    )
    changed = [claim for text in changes if (claim := _claim("metadata", text))]
    claims.sort(key=lambda claim: _KINDS.index(claim.kind))
    return PageDates(tuple(dict.fromkeys(claims)), changed[0].edtf if changed else "", _zone([*claims, *changed]))


def edtf(text: str) -> str:
    """A page's way to write a date, as EDTF to the minute; empty where it is no date. Midnight without more is a day alone."""
    claim = _claim("metadata", text)
    return claim.edtf if claim else ""


def _claim(kind: Kind, text: str) -> Claim | None:
    text = text.strip()[:LONGEST_LABEL]
    moment = _moment(text)
    if moment is None:
        return _in_text(text, kind)
    return _plausible(_of_moment(kind, moment))


def _of_moment(kind: Kind, moment: datetime.datetime) -> Claim:
    is_day = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return Claim(kind, moment.date(), None if is_day else moment)


def _plausible(claim: Claim) -> Claim | None:
    if claim.day in _PLACEHOLDERS:
        return None
    try:
        dates.parse(claim.edtf)
    except dates.DateError:
        return None
    return claim


def _moment(text: str) -> datetime.datetime | None:
    if epoch := _EPOCH.fullmatch(text):
        return datetime.datetime.fromtimestamp(int(epoch[1]), datetime.UTC)
    if compact := _COMPACT.fullmatch(text):
        text = "{}-{}-{}T{}:{}:{}".format(*compact.groups())
    if _TWELVE_HOURS.search(text):  # which the e-mail format doesn't know
        return None
    for read in (datetime.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _in_text(text: str, kind: Kind = "text") -> Claim | None:
    """The one full date of a short text."""
    days = {day for found in _WRITTEN.finditer(text) if (day := _written_day(found))}
    days |= {day for found in _NUMBERS.finditer(text) if (day := _day(*map(int, found.groups())))}
    days |= {day for found in _DAY_FIRST.finditer(text) if (day := _day(*map(int, found.groups()[::-1])))}
    return _plausible(Claim(kind, days.pop(), None)) if len(days) == 1 else None


def _written_day(found: re.Match[str]) -> datetime.date | None:
    year, month, day = (found[key] or found[f"{key}2"] for key in ("year", "month", "day"))
    return _day(int(year), _MONTHS[month.casefold()], int(day))


def _in_address(address: str) -> Claim | None:
    for found in _IN_PATH.finditer(address.split("?")[0]):
        year, month, date = (group for group in found.groups() if group)
        day = _day(int(year), _MONTHS.get(month.casefold()) or int(month), int(date))
        if day and 1900 < day.year < 2100:
            return _plausible(Claim("address", day, None))
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _offset(moment: datetime.datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    if not offset:
        return "Z"
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _zone(claims: Iterable[Claim]) -> datetime.timezone | None:
    """The first offset that isn't UTC's."""
    offsets = (claim.moment.utcoffset() for claim in claims if claim.moment)
    return next((datetime.timezone(offset) for offset in offsets if offset), None)


def _in_zone(claim: Claim, zone: datetime.timezone | None, days: list[datetime.date]) -> Claim:
    """An instant in UTC on the outlet's own day: by its zone, else by the days that the page tells without a time."""
    if not claim.is_utc or claim.moment is None:
        return claim
    if zone:
        local = _of_moment(claim.kind, claim.moment.astimezone(zone))
        return claim if local.day == claim.day else local
    return claim if not days or claim.day in days else Claim(claim.kind, days[0], None)


def _metas(tree: Any) -> dict[str, list[str]]:
    """The first contents of each name or property."""
    told: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            in_head = key != "itemprop" or any(ancestor.tag == "head" for ancestor in element.iterancestors())
            if in_head and (content := element.get("content")) and (name := element.get(key)):
                told.setdefault(name.lower(), []).append(content)
    return {name: contents[:_MAX_CONTENTS] for name, contents in told.items()}


def _elements(scope: Scope) -> tuple[list[str], list[str], list[str]]:
    """(when it was published, when changed, short texts that show a date), of the report's own elements."""
    published: list[str] = []
    above: list[str] = []
    below: list[str] = []
    updated: list[str] = []
    shown: list[str] = []
    unlabelled, paragraphs = above, 0
    for element in scope.elements("time", "meta", "span", "abbr", "p", "div", wanted=_may_tell_date):
        label, told = _label(element), _machine_date(element)
        is_change = _UPDATED_LABEL.search(label) is not None and not _PUBLISHED_CLASS.search(element.get("class") or "")
        text = text_of(element) if element.tag != "meta" else ""
        if element.tag == "p" and _is_prose(text):
            paragraphs += 1
            unlabelled = above if paragraphs < _PARAGRAPHS_ABOVE else below
        elif told and is_change:
            updated.append(told)
        elif told and _PUBLISHED_LABEL.search(label):
            published.append(told)
        elif told and element.tag == "time" and not _is_in_paragraph(element):
            unlabelled.append(told)
        is_dated = element.tag == "time" or _DATE_CLASS.search(element.get("class") or "") or _PUBLISHED_LABEL.match(text)
        if is_dated and unlabelled is above and len(text) <= LONGEST_LABEL and not is_change and not _is_in_paragraph(element):
            shown.append(text)
    return published or _first(above or below), updated, shown[:3]


def _may_tell_date(element: Any) -> bool:
    return (
        element.tag in ("time", "p", "abbr") or bool(element.get("itemprop")) or _DATE_CLASS.search(element.get("class") or "") is not None
    )


def _first(unlabelled: list[str]) -> list[str]:
    """Of times without a label, the publication is the earlier of the first two."""
    claims = [(claim, text) for text in unlabelled[:2] if (claim := _claim("time element", text))]
    return [min(claims, key=lambda pair: pair[0].edtf)[1]] if claims else []


def _machine_date(element: Any) -> str:
    """What an element says for programs; of a time element, else its text."""
    if element.tag == "time":
        title = element.get("title") or ""
        told = element.get("datetime") or element.get("content") or (title if _claim("time element", title) else "")
        return (told or text_of(element)).strip()
    if element.get("itemprop") or element.tag == "abbr" or re.search(r"\b(?:published|updated)\b", element.get("class") or ""):
        return element.get("content") or element.get("datetime") or element.get("title") or ""
    return ""


def _label(element: Any) -> str:
    """The words that say what a date is: names of the element and its parent, and the text before it."""
    parent, previous = element.getparent(), element.getprevious()
    before = (previous.tail or "" if previous is not None else (parent.text or "") if parent is not None else "").strip()
    if not before and previous is not None and isinstance(previous.tag, str) and previous.tag != "time":
        before = text_of(previous)
    names = [element.get(key) or "" for key in ("itemprop", "class", "pubdate")]
    names += ["pubdate"] if element.get("pubdate") is not None else []
    own = text_of(element)[:30] if element.tag != "meta" else ""
    return re.sub(r"[_-]|(?<=[a-z])(?=[A-Z])", " ", " ".join((*names, before[-40:], own)))


def _is_in_paragraph(element: Any) -> bool:
    """Whether a date stands within the report's sentences."""
    return any(_is_prose(text_of(one)) for one in (element, *element.iterancestors("p", "li", "td")))


def _is_prose(text: str) -> bool:
    return len(text) > LONGEST_LABEL or (text.endswith(_SENTENCE_END) and len(text.split()) > _LABEL_WORDS)
