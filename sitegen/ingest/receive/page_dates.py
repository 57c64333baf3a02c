"""When a page says it was published and changed.

Every date a page states is a claim. The first claim, in the order of `ClaimSource`, determines the day; the first claim for that day that
has a time determines the time. An instant in UTC is converted to the outlet's zone if another claim shows it.

"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sitegen.ingest.receive.date_claims import ClaimSource, DateClaim, claim_in_address, claim_in_text, claim_of_moment, date_claim
from sitegen.ingest.receive.dated_elements import dated_elements
from sitegen.ingest.receive.json_ld import texts
from sitegen.ingest.receive.report_scope import ReportScope

_SOURCES: tuple[ClaimSource, ...] = ("metadata", "time element", "address", "linked data", "text")
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
"names that some pages use for the last change"
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified", "article.updated",
    "last-modified", "lastmod", "dcterms.modified", "dc.date.modified",
)  # fmt: skip
_MAX_CONTENTS = 5
"for each name"


@dataclass(frozen=True, slots=True)
class PageDates:
    claims: tuple[DateClaim, ...]
    "of the publication, by precedence"
    updated: str
    "EDTF; empty if not stated"
    zone: datetime.timezone | None = None
    "the outlet’s, if a date of the page shows it"

    @property
    def published(self) -> str:
        """EDTF; empty if not stated."""
        best = self._best
        return best.edtf if best else ""

    @property
    def is_guess(self) -> bool:
        """Whether only the page’s address or text shows the day of publication."""
        best = self._best
        return best is not None and not any(claim.source not in ("address", "text") and claim.agrees(best) for claim in self.claims)

    @property
    def contradictions(self) -> tuple[DateClaim, ...]:
        """Claims of other days than the one used."""
        best = self._best
        return tuple({claim.day: claim for claim in self.claims if best and not claim.agrees(best)}.values())

    def until(self, latest: datetime.date) -> "PageDates":
        """Without claims of later days, unless there are no others."""
        past = tuple(claim for claim in self.claims if claim.day <= latest)
        return replace(self, claims=past or self.claims)

    @property
    def _best(self) -> DateClaim | None:
        if not self.claims:
            return None
        first = self.claims[0]
        best = next((claim for claim in self.claims if claim.moment and claim.agrees(first)), first)
        return _in_zone(best, self.zone, [claim.day for claim in self.claims if claim.moment is None and claim.agrees(best)])


def page_dates(tree: Any, own_data: Iterable[dict[str, Any]], scope: ReportScope, addresses: Iterable[str]) -> PageDates:
    """*tree* is an lxml tree; *own_data* are the JSON-LD objects of the page’s own report."""
    data = list(own_data)
    metas = _metas(tree)
    published, updated, shown = dated_elements(scope)
    stated: list[tuple[ClaimSource, str]] = [("metadata", text) for name in _PUBLISHED for text in metas.get(name, ())]
    stated = stated or [("metadata", text) for name in _VAGUE for text in metas.get(name, ())][:1]
    stated += [("time element", text) for text in published]
    stated += [("linked data", text) for item in data for text in texts(item.get("datePublished"))]
    claims = [claim for source, text in stated if (claim := date_claim(source, text))]
    claims += [claim for address in addresses if (claim := claim_in_address(address))]
    claims += [claim for text in shown if (claim := claim_in_text(text))]
    changes = (
        [text for name in _UPDATED for text in metas.get(name, ())]
        + updated
        + [text for item in data for text in texts(item.get("dateModified"))]
    )
    changed = [claim for text in changes if (claim := date_claim("metadata", text))]
    claims.sort(key=lambda claim: _SOURCES.index(claim.source))
    return PageDates(tuple(dict.fromkeys(claims)), changed[0].edtf if changed else "", _zone([*claims, *changed]))


def _zone(claims: Iterable[DateClaim]) -> datetime.timezone | None:
    """The first offset other than UTC."""
    offsets = (claim.moment.utcoffset() for claim in claims if claim.moment)
    return next((datetime.timezone(offset) for offset in offsets if offset), None)


def _in_zone(claim: DateClaim, zone: datetime.timezone | None, days: list[datetime.date]) -> DateClaim:
    """Convert an instant in UTC to the outlet’s zone, or to a day that the page states without a time."""
    if not claim.is_utc or claim.moment is None:
        return claim
    if zone:
        local = claim_of_moment(claim.source, claim.moment.astimezone(zone))
        return claim if local.day == claim.day else local
    return claim if not days or claim.day in days else DateClaim(claim.source, days[0], None)


def _metas(tree: Any) -> dict[str, list[str]]:
    """The first values of each meta name or property."""
    stated: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            in_head = key != "itemprop" or any(ancestor.tag == "head" for ancestor in element.iterancestors())
            if in_head and (content := element.get("content")) and (name := element.get(key)):
                stated.setdefault(name.lower(), []).append(content)
    return {name: contents[:_MAX_CONTENTS] for name, contents in stated.items()}
