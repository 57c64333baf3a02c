"""Pages without data of their own: static pages, the 404 page, redirects."""

from dataclasses import dataclass

from markupsafe import Markup

from sitegen.pages.views.common import Head, SiteView


@dataclass(frozen=True, slots=True)
class StaticPageView:
    site: SiteView
    head: Head
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    site: SiteView
    head: Head


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """Redirects from an old address and keeps the #fragment."""

    site: SiteView
    head: Head
    target: str
