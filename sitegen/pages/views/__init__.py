"""The views: what layouts see.

A page depends only on its view. Text is plain unless its type is `Markup`; layouts escape it.
Every `href` is encoded and has the base path, or is an absolute address.
"""

from sitegen.pages.views.common import NOTHING, Counted, DateView, Head, Line, Link, NavLink, Section, SiteView
from sitegen.pages.views.compare import ComparedRun, ComparedSentence, ComparedSide, ComparePage, EditorsNote, EntryComparison
from sitegen.pages.views.corrections import CorrectedEntry, CorrectionsPage
from sitegen.pages.views.entry import AccountView, Cite, CorrectionView, EntryPage, ImageView, PassageView, Thread
from sitegen.pages.views.listing import Bar, Choice, EntryRow, Filter, Legend, Month, Strip, Tick, TimelinePage, Year
from sitegen.pages.views.plain import NotFoundPage, RedirectPage, StaticPageView
from sitegen.pages.views.report import Matrix, QuotedBy, ReportPage, ReportsPage, TextRun
from sitegen.pages.views.term import OutletSpelling, SpellingView, TermPage, TermsPage

View = (
    TimelinePage
    | ComparePage
    | CorrectionsPage
    | EntryPage
    | TermPage
    | TermsPage
    | ReportPage
    | ReportsPage
    | StaticPageView
    | NotFoundPage
    | RedirectPage
)

__all__ = [
    "NOTHING",
    "AccountView",
    "Bar",
    "Choice",
    "Cite",
    "ComparePage",
    "ComparedRun",
    "ComparedSentence",
    "ComparedSide",
    "CorrectedEntry",
    "CorrectionView",
    "CorrectionsPage",
    "Counted",
    "DateView",
    "EditorsNote",
    "EntryComparison",
    "EntryPage",
    "EntryRow",
    "Filter",
    "Head",
    "ImageView",
    "Legend",
    "Line",
    "Link",
    "Matrix",
    "Month",
    "NavLink",
    "NotFoundPage",
    "OutletSpelling",
    "PassageView",
    "QuotedBy",
    "RedirectPage",
    "ReportPage",
    "ReportsPage",
    "Section",
    "SiteView",
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
