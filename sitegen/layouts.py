"""A view and its layout make a page. Pure: layouts come in as text, by name.

A layout sees the fields of its view and nothing else: no site object, no globals, no clock.
"""

from collections.abc import Mapping

import jinja2
from markupsafe import Markup

from sitegen.pages.views import Row, Site, View

ROW_LAYOUT = "_row.html"


class Layouts:
    def __init__(self, sources: Mapping[str, str]) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.DictLoader(dict(sources)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.clear()
        self._environment.filters.pop("random")
        self._environment.filters["listed"] = self._listed
        self._rows: dict[int, tuple[Row, Markup]] = {}

    def render(self, layout: str, view: View) -> bytes:
        """The page's bytes, UTF-8.

        Raises jinja2.TemplateError where a layout is missing, doesn't parse, or asks for a field that its view lacks.
        """
        template = self._environment.get_template(layout)
        return template.render({name: getattr(view, name) for name in view.__slots__}).encode()

    def _listed(self, row: Row, site: Site) -> Markup:
        """A row's HTML; one row object is rendered once, however many lists show it."""
        known = self._rows.get(id(row))
        if known is None or known[0] is not row:
            known = row, Markup(self._environment.get_template(ROW_LAYOUT).render(row=row, site=site))  # noqa: S704  # the layout escapes
            self._rows[id(row)] = known
        return known[1]
