"""Layouts: what a site's own may do, and its limits of time and memory."""

from dataclasses import dataclass, field
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from sitegen.pages.views import Link
from sitegen.render import Renderer
from tests.support.site_tester import Site

THEME = {
    "base.html": "<main>{% block content %}{% endblock %}</main>",
    "_name.html": "<b>{{ a }}{{ b }}</b>",
    "_link.html": "<i>{{ link.text }}</i>",
    "theme.html": '{% extends "base.html" %}{% block content %}{% for link in links %}{% include "_link.html" %}{% endfor %}{% endblock %}',
}


@dataclass(frozen=True, slots=True)
class View:
    title: str = "A & B"
    number: int = 12_345
    links: tuple[Link, ...] = (Link("Ann", "/people/ann/"), Link("Ben", ""))
    html: Markup = field(default_factory=lambda: Markup("<em>x</em>"))
    words: dict[str, str] = field(default_factory=lambda: {"items": "Items", "by": "by {name}"})


def rendered(source: str, own: bool = True) -> str:
    renderer = Renderer({**THEME, "x.html": source}, ["x.html"] if own else [])
    return renderer.render("x.html", View()).decode()  # type: ignore[arg-type]


def refused(source: str) -> str:
    with pytest.raises(jinja2.TemplateError) as raised:
        rendered(source)
    return str(raised.value)


def test_a_pieces_arguments_are_distinguished_by_name() -> None:
    both = "{{ '_name.html'|piece(a='1', b='2') }}{{ '_name.html'|piece(b='1', a='2') }}{{ '_name.html'|piece(b='2', a='1') }}"
    assert rendered(both, own=False) == "<b>12</b><b>21</b><b>12</b>"
    assert rendered(both) == "<b>12</b><b>21</b><b>12</b>"


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ [title]|map(attribute='__class__')|list }}",
        "{{ links|map(attribute='__class__')|list }}",
        "{{ links[0].__init__.__globals__ }}",
        "{{ links[0]['__class__'] }}",
        "{{ '{0.__class__}'.format(title) }}",
        "{{ '{0.__class__}'.format_map({'0': title}) }}",
        "{{ ('{0.__class__}'|attr('format'))(title) }}",
        "{{ [('{0.__class__}')]|map('attr', 'format')|first }}{{ ([('{0.__class__}')]|map('attr', 'format')|first)(title) }}",
        "{{ html.format.__globals__ }}",
        "{{ html.__html__.__func__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ range(3) }}",
        "{% for link in links %}{{ loop.__init__.__globals__ }}{% endfor %}",
        "{% for link in links %}{{ loop._iterator }}{% endfor %}",
        "{% macro m() %}{% endmacro %}{{ m._func }}",
        "{% macro m() %}{% endmacro %}{{ m.__call__.__globals__ }}",
        "{% import 'base.html' as base %}{{ base.__init__ }}",
        "{{ links[0].nothing.__class__ }}",
        "{{ ('_name.html'|piece(a='', b='')).__class__ }}",
        "{{ '_name.html'|piece(a=title.__class__, b='') }}",
        "{{ (title|attr)('__class__') }}",
        "{{ words.update({'by': ''}) }}",
        "{{ words.clear() }}",
        "{{ number.to_bytes(100000000000, 'big') }}",
        "{{ title.encode() }}",
        "{{ links[0].__replace__(text='x') }}",
        "{{ title.__class__ }}",
    ],
)
def test_a_sites_own_layout_does_not_leave_its_sandbox(source: str) -> None:
    try:
        shown = rendered(source)
    except jinja2.TemplateError:
        return
    assert "class" not in shown
    assert "object" not in shown
    assert "function" not in shown


def test_a_sites_layout_included_by_the_theme_does_not_leave_its_sandbox() -> None:
    renderer = Renderer({**THEME, "_link.html": "{{ link.text.__class__ }}"}, ["_link.html"])
    with pytest.raises(jinja2.TemplateError, match="unsafe"):
        renderer.render("theme.html", View())  # type: ignore[arg-type]


def test_a_sites_piece_does_not_leave_its_sandbox() -> None:
    renderer = Renderer({**THEME, "_name.html": "{{ a.__class__ }}", "x.html": "{{ '_name.html'|piece(a=title, b='') }}"}, ["_name.html"])
    with pytest.raises(jinja2.TemplateError, match="unsafe"):
        renderer.render("x.html", View())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'x' * 10**10 }}",
        "{{ 10**10 * 'x' }}",
        "{{ 'x' * 10000000000 }}",
        "{{ [1] * 10000000000 }}",
        "{{ 9**(9**9) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%1000000000d'|format(1) }}",
        "{{ '%*d' % (1000000000, 1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ '{:{}}'.format(1, 1000000000) }}",
        "{{ 'x'|center(1000000000) }}",
        "{{ ['x']|map('center', 1000000000)|list }}",
        "{{ 'x'.center(1000000000) }}",
        "{{ 'x'.zfill(1000000000) }}",
        "{{ 'x\ny'|indent(1000000000) }}",
        "{{ links|batch(1000000000, 'x')|list }}",
        "{{ links|tojson(indent=1000000000) }}",
        "{{ 1.5|round(1000000000, 'ceil') }}",
        "{% set x = 'x' * 1000000 %}{{ x|replace('x', x) }}",
        "{% set x = 'x' * 1000000 %}{{ x.replace('x', x) }}",
        "{% set x = 'x' * 1000000 %}{{ x|list|join(x) }}",
        "{% set x = 'x' * 1000000 %}{{ x.join(x) }}",
        "{% set x = 'x' * 1000 %}" + "{% set x = x ~ x %}" * 40,
        "{% set x = 'x' * 1000 %}" + "{% set x = x + x %}" * 40,
        "{% set x = 'x' * 1000 %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40,
        "{% set x = 'x' * 1000000 %}{% set y = [x, x, x, x, x, x, x, x] %}{{ [y, y, y, y, y, y, y, y]|string }}",
        "{% set x = 'x' * 1000000 %}{% set y = [x, x, x, x, x, x, x, x] %}{{ [y, y, y, y, y, y, y, y] }}",
        "{% set x = 'x' * 1000000 %}{% set y = [x, x, x, x, x, x, x, x] %}{{ [y, y, y, y, y, y, y, y] ~ '' }}",
        "{% set x = 'x' * 1000000 %}{% set y = [x, x, x, x, x, x, x, x] %}{{ (y + y + y + y + y + y + y + y)|join }}",
        "{% set x = 'x' * 1000000 %}{{ x|map('upper')|join(x) }}",
        "{% set x = 9**2000 %}{% set x = x * x %}{{ x * x }}",
        "{% for a in 'x' * 10000 %}{% for b in 'x' * 10000 %}{% for c in 'x' * 10000 %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in ('x' * 10000)|map('upper') %}{% for b in ('x' * 10000)|map('upper') %}{% endfor %}{% endfor %}",
        "{% for a in 'x' * 1000000 %}" + "static text " * 1000 + "{% endfor %}",
        "{% macro m() %}{% for a in 'x' * 1000000 %}" + "static text " * 1000 + "{% endfor %}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% for a in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
        "{% include 'x.html' %}",
        "{% block b %}{{ self.b() }}{% endblock %}",
        "{{ 'x.html'|piece(title=title) }}",
    ],
)
def test_a_sites_own_layout_ends_and_holds_little_in_memory(source: str) -> None:
    assert refused(source)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% extends 'base.html' %}{% block content %}{{ title }}{{ super() }}{% endblock %}", "<main>A &amp; B</main>"),
        ("{% for link in links %}{% include '_link.html' %}{% endfor %}", "<i>Ann</i><i>Ben</i>"),
        ("{% for link in links %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{{ '' if loop.last else ', ' }}{% endfor %}", "1a, 2b"),
        ("{% for link in links if link.href %}{{ link.text }}{% else %}none{% endfor %}", "Ann"),
        ("{% for a in links|map(attribute='text')|map('upper') %}{{ a }}{{ loop.length }}{% endfor %}", "ANN2BEN2"),
        ("{% macro m(a) %}<b>{{ a }}</b>{% endmacro %}{{ m('<') }}", "<b>&lt;</b>"),
        ("{% macro m(a) %}<b>{{ a }}{{ caller() }}</b>{% endmacro %}{% call m(1) %}x{% endcall %}", "<b>1x</b>"),
        ("{{ words.items }} {{ words.by|replace('{name}', title) }} {{ words.get('none', '-') }}", "Items by A &amp; B -"),
        ("{{ title.split(' ')|join('+') }} {{ ', '.join(['a', 'b']) }} {{ title.replace('A', 'C').lower() }}", "A+&amp;+B a, b c &amp; b"),
        ("{{ '%05d'|format(number) }} {{ '{:,}'.format(number) }} {{ number * 2000000 }} {{ 2**10 }} {{ number % 10 }}", "12345 12,345 24690000000 1024 5"),
        ("{{ ('-' * 10)|replace('-', title) }}", "A &amp; B" * 10),
        ("{{ (links + links)|length }} {{ [title] * 2 }}", "4 [&#39;A &amp; B&#39;, &#39;A &amp; B&#39;]"),
        ("{{ html }}{{ html ~ '<' }}{{ html.upper() }}", "<em>x</em><em>x</em>&lt;<EM>X</EM>"),
        ("{% for key, word in words|dictsort %}{{ key }}{% endfor %}", "byitems"),
        ("{{ number|tojson }} {{ number|string|length }} {{ [number, number]|sum }}", "12345 5 24690"),
        ("{% set x %}{{ title }}{% endset %}{{ x }}", "A &amp; B"),
    ],
)  # fmt: skip
def test_a_sites_own_layout_can_do_what_the_themes_can(source: str, shown: str) -> None:
    assert rendered(source) == shown
    assert rendered(source, own=False) == shown


def test_each_page_has_its_own_step_limit() -> None:
    source = "{% for a in 'x' * 1000 %}{% for b in 'x' * 1000 %}{% endfor %}{% endfor %}"
    renderer = Renderer({"x.html": source}, ["x.html"])
    assert [renderer.render("x.html", View()) for _ in range(4)] == [b""] * 4  # type: ignore[arg-type]


def test_a_forbidden_action_of_a_layout_is_a_problem_at_its_line(tmp_path: Path) -> None:
    site = Site.new(tmp_path).write("content/pages/about.md", "---\ntitle: About\n---\n")
    site.write("layouts/page.html", "<h1>{{ title }}</h1>\n{{ title.__class__.__mro__ }}\n").build().fails()
    assert site.err.startswith("layouts/page.html:2:1: ")
    site.write("layouts/page.html", "<h1>{{ title }}</h1>\n\n{{ 'x' * 10**10 }}\n").build().fails()
    assert site.err.startswith("layouts/page.html:3:1: can’t render this layout: it makes more than 50,000,000 characters")
    site.write("layouts/page.html", "{% extends 'base.html' %}{% block main %}<h1>{{ title }}</h1>{% endblock %}").build().succeeds()
    site.check("about/index.html", "<h1>About</h1>", '<main id="_main"')
