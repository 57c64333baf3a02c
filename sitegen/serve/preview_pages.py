"""Pages that only the preview has: the list of drafts, and the problems that keep a site from being shown at all."""

from collections.abc import Iterable

from markupsafe import Markup

from sitegen.builder.pipeline import RenderableSite
from sitegen.pages import urls
from sitegen.problems import Problem, as_text
from sitegen.timeline.graph import LinkedEntry

HEAD = Markup(
    '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'\">"
    '<link rel="icon" href="data:,">'  # otherwise a browser requests /favicon.ico
    "<title>{title}</title>{styles}</head>\n"
)


def drafts(site: RenderableSite) -> list[LinkedEntry]:
    return [linked for linked in site.routes.context.timeline.entries if linked.entry.is_draft]


def drafts_page(site: RenderableSite) -> bytes:
    """All drafts, oldest first."""
    context = site.routes.context
    found = drafts(site)
    rows = Markup("\n").join(
        Markup('<li><a href="{}">{}</a> <span class="small">{}</span></li>').format(
            context.urls.href(urls.entry_path(linked.entry.id)), linked.entry.title, context.entry_date(linked).label
        )
        for linked in found
    )
    styles = (
        Markup('<link rel="stylesheet" href="{}">').format(context.site.assets["style.css"]) if "style.css" in context.site.assets else ""
    )
    body = Markup(
        '<body><main id="_main"><article class="page"><header class="opening titled"><h1>Drafts</h1></header>\n'
        '<div class="body prose"><p>{count}. <a href="{home}">{site}</a></p>\n<ul class="plain" role="list">\n{rows}\n</ul></div></article></main></body>\n</html>\n'
    ).format(count=_counted(len(found)), home=context.site.home, site=site.settings.title, rows=rows)
    return (HEAD.format(title="Drafts", styles=styles) + body).encode()


def problems_page(problems: Iterable[Problem]) -> bytes:
    """The problems to fix before any page can be shown; the preview's script shows them too, with their lines."""
    listed = Markup("").join(Markup("<pre>{}</pre>\n").format(as_text(found)) for found in problems if found.severity == "problem")
    body = Markup("<body><main><h1>There are problems</h1>\n<p>Fix them, and the page will appear here.</p>\n{}</main></body>\n</html>\n")
    return (HEAD.format(title="There are problems", styles="") + body.format(listed)).encode()


def _counted(number: int) -> str:
    return "1 draft" if number == 1 else f"{number} drafts" if number else "No drafts"
