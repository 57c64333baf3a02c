"""A view and its layout make a page. Pure: layouts come in as text, by name.

A layout sees the fields of its view and nothing else: no site object, no globals, no clock.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from hashlib import blake2b
from types import CodeType
from typing import Any, TypeVar

import jinja2
from jinja2.meta import find_referenced_templates
from markupsafe import Markup, escape

from sitegen.pages.views import EntryRow, Line, SiteView, View
from sitegen.sandbox import MAX_CHARACTERS, Sandbox

ROW_LAYOUT, LINE_LAYOUT = "_row.html", "_line.html"
MAX_COMPILED = 500
"layouts, of this and of earlier readings"

_HARMLESS = b"\t\n\r\f" + bytes(range(0x20, 0x7F))
_NAME = re.compile(r"[^\W\d]\w*")
_UNSOUND = re.compile(b"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"what HTML can't hold, written out or not. Source: HTML Standard, section 13.2.3.5, Preprocessing the input stream"


class _CompiledLayouts(jinja2.BytecodeCache):
    """A layout is compiled once, however often a preview reads the site again."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if len(self._codes) >= MAX_COMPILED:
            self._codes.clear()
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED, _COMPILED_IN_SANDBOX = _CompiledLayouts(), _CompiledLayouts()


def _escaped(value: object) -> str:
    if type(value) is str:
        return escape(value) if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value else value
    if type(value) is float or type(value) is int:
        return str(value)
    return value if type(value) is Markup else escape(value)


class _Environment(jinja2.Environment):
    """Jinja with quicker ways to what it does most: fields of views, and escaping. For layouts that may do what they like."""

    def getattr(self, obj: object, attribute: str) -> object:
        """As Jinja finds it, but a mapping's own key comes before a method of that name."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def _compile(self, source: str, filename: str) -> CodeType:
        """All that is written is joined and only then marked as safe, so there is no need to mark each part of it."""
        return super()._compile(f"{source}\nescape = environment.escaped\n", filename)

    escaped = staticmethod(_escaped)


class _Sandbox(Sandbox):
    """The same for a site's own layouts."""

    def getattr(self, obj: object, attribute: str) -> object:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if attribute in getattr(obj, "__dataclass_fields__", ()):  # what a view shows, as Jinja's own check would find it
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def _compile(self, source: str, filename: str) -> CodeType:
        return super()._compile(f"{source}\nescape = environment.escaped\n", filename)

    def escaped(self, value: object) -> str:
        if type(value) is str:  # as in _escaped: most values are texts, and there are hundreds of thousands
            text = escape(value) if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value else value
        else:
            text = _escaped(value if isinstance(value, str) else self.weighed(value))
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            self.charge(0)
        return text


_AnyEnvironment = TypeVar("_AnyEnvironment", _Environment, _Sandbox)


def names_in_layouts(sources: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Every name that stands in each layout or in what this rests on: what it shows is among them."""
    own = {name: frozenset(_NAME.findall(source)) for name, source in sources.items()}
    return {name: frozenset().union(*(own[one] for one in reached)) for name, reached in _reached(sources, _named_in).items()}


class Renderer:
    def __init__(self, sources: Mapping[str, str], own: Collection[str] = ()) -> None:
        """*own* are the site's: these, and what takes them in, run in a sandbox."""
        self._sources = sources
        self._in_sandbox = {name for name, taken in _reached(sources, _taken_in).items() if not taken.isdisjoint(own)}
        self._environment = self._with_our_filters(_Environment(bytecode_cache=_COMPILED, **self._options()))
        self._sandbox = self._with_our_filters(_Sandbox(bytecode_cache=_COMPILED_IN_SANDBOX, **self._options()))
        self._sandbox.guard_filters()
        self._templates: dict[str, jinja2.Template] = {}
        self._fragments: dict[object, tuple[object, Markup]] = {}
        "what a piece shows, and its HTML, by what tells it from others; what is held keeps its identity"

    def render(self, layout: str, view: View) -> bytes:
        """The page's bytes, UTF-8.

        Raises jinja2.TemplateError where a layout is missing, doesn't parse, asks for a field that its view lacks, or fails.
        """
        fields: dict[str, object] = {name: getattr(view, name) for name in view.__slots__}
        self._sandbox.begin()
        try:
            return _sound(self._template(layout).render(fields).encode())
        except jinja2.TemplateError:
            raise
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError, MemoryError) as error:
            raise jinja2.TemplateRuntimeError(str(error)).with_traceback(error.__traceback__) from error

    def digests(self) -> dict[str, bytes]:
        """Of each layout's text with that of all it includes, directly or not; one that can't be read rests on all of them."""
        texts = {
            name: "\0".join(f"{one}\0{self._sources[one]}" for one in sorted(reached))
            for name, reached in _reached(self._sources, _named_in).items()
        }
        return {name: blake2b(text.encode(), digest_size=16).digest() for name, text in texts.items()}

    def forget_fragments(self) -> None:
        """And other pieces of a context that is no longer shown."""
        self._fragments.clear()

    def _listed(self, listed: EntryRow | Line, site: SiteView) -> Markup:
        """The HTML of a row, or of a line."""
        known = self._fragments.get(id(listed))
        if known is None:
            layout, name = (ROW_LAYOUT, "row") if isinstance(listed, EntryRow) else (LINE_LAYOUT, "line")
            known = self._fragments[id(listed)] = listed, self._rendered(layout, {name: listed, "site": site})
        return known[1]

    def _fragment(self, layout: str, **seen: object) -> Markup:
        """The HTML of what many pages show, by a small layout and what it sees; the same texts and objects are rendered once."""
        key = layout, *seen, *[value if type(value) is str else id(value) for value in seen.values()]
        known = self._fragments.get(key)
        if known is None:
            known = self._fragments[key] = seen, self._rendered(layout, seen)
        return known[1]

    def _rendered(self, layout: str, fields: dict[str, object]) -> Markup:
        template = self._template(layout)
        return Markup("".join(template.root_render_func(template.new_context(fields))))  # noqa: S704  # the layout escapes

    def _template(self, layout: str) -> jinja2.Template:
        template = self._templates.get(layout)
        if template is None:
            template = self._templates[layout] = self._of(layout).get_template(layout)
        return template

    def _of(self, layout: str) -> _Environment | _Sandbox:
        return self._sandbox if layout in self._in_sandbox else self._environment

    def _options(self) -> dict[str, Any]:
        sources = self._sources
        return {
            "loader": jinja2.FunctionLoader(lambda name: (sources[name], f"layouts/{name}", None) if name in sources else None),
            "autoescape": True,
            "undefined": jinja2.StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "auto_reload": False,
        }

    def _with_our_filters(self, environment: _AnyEnvironment) -> _AnyEnvironment:
        environment.globals.clear()
        environment.filters.pop("random")
        environment.filters |= {"listed": self._listed, "piece": self._fragment}
        return environment


def _reached(sources: Mapping[str, str], named_in: Callable[[str], frozenset[str] | None]) -> dict[str, set[str]]:
    """By layout: itself and all that it rests on, directly or not. One that can't be read rests on all of them."""
    reached: dict[str, set[str]] = {}
    for layout in sources:
        reached[layout], ahead = {layout}, [layout]
        while ahead:
            named = named_in(sources[ahead.pop()])
            further = (sources.keys() if named is None else named & sources.keys()) - reached[layout]
            reached[layout] |= further
            ahead += further
    return reached


@lru_cache(maxsize=MAX_COMPILED)
def _named_in(source: str) -> frozenset[str] | None:
    """The layouts that one includes, extends, imports, or renders pieces with; None for any."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(source)
    except jinja2.TemplateSyntaxError:
        return None
    named = set(find_referenced_templates(tree))
    for filtered in tree.find_all(jinja2.nodes.Filter):
        if filtered.name == "listed":
            named |= {ROW_LAYOUT, LINE_LAYOUT}
        elif filtered.name == "piece":
            named.add(filtered.node.value if isinstance(filtered.node, jinja2.nodes.Const) else None)
        elif filtered.name == "map":  # which filter it applies is only known as it runs
            named.add(None)
    return None if None in named else frozenset(name for name in named if name)


@lru_cache(maxsize=MAX_COMPILED)
def _taken_in(source: str) -> frozenset[str] | None:
    """The layouts whose code becomes part of one: that it includes, extends or imports; None for any."""
    try:
        named = set(find_referenced_templates(jinja2.Environment(autoescape=True).parse(source)))
    except jinja2.TemplateSyntaxError:
        return None
    return None if None in named else frozenset(name for name in named if name)


def _sound(page: bytes) -> bytes:
    """With U+FFFD for what no page can hold. The look is on the few bytes that are no plain ASCII; a character's own stay together."""
    if not _UNSOUND.search(page.translate(None, _HARMLESS)):
        return page
    return _NO_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", page.decode()).encode()
