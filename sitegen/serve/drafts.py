"""Pages that only the preview has: the list of drafts, and the one that stands until the site fits together."""

from collections.abc import Iterable

from markupsafe import Markup

from sitegen.build.pipeline import Edited
from sitegen.pages import urls
from sitegen.problems import Problem, as_text
from sitegen.timeline.graph import LinkedEntry

HEAD = Markup(
    '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'\">"
    '<link rel="icon" href="data:,">'  # else a browser asks for one at the host's top, which is no page of the site
    "<title>{title}</title>{styles}</head>\n"
)


def drafts_of(edited: Edited) -> list[LinkedEntry]:
    return [linked for linked in edited.plan.edition.timeline.entries if linked.entry.is_draft]


def page(edited: Edited) -> bytes:
    """All drafts, oldest first."""
    edition = edited.plan.edition
    drafts = drafts_of(edited)
    rows = Markup("\n").join(
        Markup('<li><a href="{}">{}</a> <span class="small">{}</span></li>').format(
            edition.urls.href(urls.entry_path(linked.entry.id)), linked.entry.title, edition.entry_date(linked).label
        )
        for linked in drafts
    )
    styles = (
        Markup('<link rel="stylesheet" href="{}">').format(edition.site.assets["style.css"]) if "style.css" in edition.site.assets else ""
    )
    body = Markup(
        '<body><main id="_main"><article class="page"><header class="opening titled"><h1>Drafts</h1></header>\n'
        '<div class="body prose"><p>{count}. <a href="{home}">{site}</a></p>\n<ul class="plain" role="list">\n{rows}\n</ul></div></article></main></body>\n</html>\n'
    ).format(count=_counted(len(drafts)), home=edition.site.home, site=edited.settings.title, rows=rows)
    return (HEAD.format(title="Drafts", styles=styles) + body).encode()


def first_page(problems: Iterable[Problem]) -> bytes:
    """What has to be mended before there is a page to show; the script lays the same over it, with the lines."""
    told = Markup("").join(Markup("<pre>{}</pre>\n").format(as_text(found)) for found in problems if found.severity == "problem")
    body = Markup("<body><main><h1>There are problems</h1>\n<p>Fix them, and the page will appear here.</p>\n{}</main></body>\n</html>\n")
    return (HEAD.format(title="There are problems", styles="") + body.format(told)).encode()


def _counted(number: int) -> str:
    return "1 draft" if number == 1 else f"{number} drafts" if number else "No drafts"
