"""What a layout sees: frozen, ready-made, complete.

A page depends on its view and on nothing else. Text is plain unless its type is `Markup`; layouts escape it.
Every `href` is ready for an attribute: it carries the base path, or is a whole address.
"""

from sitegen.pages.views.listing import Bar, Choice, Filter, Legend, Month, Row, Strip, Tick, Year
from sitegen.pages.views.shared import NOTHING, Counted, DateView, Head, Line, Link, NavLink, Section, Site
from sitegen.pages.views.whole import (
    AccountView,
    Cite,
    CorrectionView,
    EntryPage,
    ImageView,
    NotFoundPage,
    PassageView,
    QuotedBy,
    RedirectPage,
    ReportPage,
    ReportsPage,
    SpellingView,
    StaticPageView,
    TermPage,
    TermsPage,
    TextRun,
    Thread,
    TimelinePage,
    View,
)

__all__ = [
    "NOTHING",
    "AccountView",
    "Bar",
    "Choice",
    "Cite",
    "CorrectionView",
    "Counted",
    "DateView",
    "EntryPage",
    "Filter",
    "Head",
    "ImageView",
    "Legend",
    "Line",
    "Link",
    "Month",
    "NavLink",
    "NotFoundPage",
    "PassageView",
    "QuotedBy",
    "RedirectPage",
    "ReportPage",
    "ReportsPage",
    "Row",
    "Section",
    "Site",
    "SpellingView",
    "StaticPageView",
    "Strip",
    "TermPage",
    "TermsPage",
    "TextRun",
    "Thread",
    "Tick",
    "TimelinePage",
    "View",
    "Year",
]
