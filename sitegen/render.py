"""Render a view with its layout into a page. Pure: layouts are passed in as text, by name.

A layout sees only the fields of its view: no site object, no globals, no clock.
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
"layouts, including earlier versions of edited ones"

_HARMLESS = b"\t\n\r\f" + bytes(range(0x20, 0x7F))
_NAME = re.compile(r"[^\W\d]\w*")
_UNSOUND = re.compile(b"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"characters that HTML allows neither literally nor as a reference. Source: HTML Standard, section 13.2.3.5, Preprocessing the input stream"


class _CompiledLayouts(jinja2.BytecodeCache):
    """Keep compiled layouts, so that a preview that reloads the site does not compile them again."""

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
    """Jinja with faster attribute access and escaping. For the theme's own layouts, which are trusted."""

    def getattr(self, obj: object, attribute: str) -> object:
        """As in Jinja, but a mapping's key wins over a method of the same name."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def _compile(self, source: str, filename: str) -> CodeType:
        """Use our `escape`: Jinja marks the joined output as safe, so the parts need not be marked one by one."""
        return super()._compile(f"{source}\nescape = environment.escaped\n", filename)

    escaped = staticmethod(_escaped)


class _SandboxedEnvironment(Sandbox):
    """The same for a site's own layouts, which are not trusted."""

    def getattr(self, obj: object, attribute: str) -> object:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if attribute in getattr(obj, "__dataclass_fields__", ()):  # a field of a view is safe; skips Jinja's slower check
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def _compile(self, source: str, filename: str) -> CodeType:
        return super()._compile(f"{source}\nescape = environment.escaped\n", filename)

    def escaped(self, value: object) -> str:
        if type(value) is str:  # repeats _escaped, to save a call for each of hundreds of thousands of strings
            text = escape(value) if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value else value
        else:
            text = _escaped(value if isinstance(value, str) else self.weighed(value))
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            self.charge(0)
        return text


_AnyEnvironment = TypeVar("_AnyEnvironment", _Environment, _SandboxedEnvironment)


def names_in_layouts(sources: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """All identifiers in each layout and its dependencies. A field that is not among them is never shown."""
    own = {name: frozenset(_NAME.findall(source)) for name, source in sources.items()}
    return {name: frozenset().union(*(own[one] for one in reached)) for name, reached in _reached(sources, _named_in).items()}


class Renderer:
    def __init__(self, sources: Mapping[str, str], own: Collection[str] = ()) -> None:
        """*own* names the site's own layouts. These, and all that include, extend or import them, run in the sandbox."""
        self._sources = sources
        self._in_sandbox = {name for name, taken in _reached(sources, _taken_in).items() if not taken.isdisjoint(own)}
        self._environment = self._with_our_filters(_Environment(bytecode_cache=_COMPILED, **self._options()))
        self._sandbox = self._with_our_filters(_SandboxedEnvironment(bytecode_cache=_COMPILED_IN_SANDBOX, **self._options()))
        self._sandbox.guard_filters()
        self._templates: dict[str, jinja2.Template] = {}
        self._fragments: dict[object, tuple[object, Markup]] = {}
        "values shown and the HTML, by a key that uses id(); the values are held so that their ids stay unique"

    def render(self, layout: str, view: View) -> bytes:
        """The page as UTF-8.

        Raises jinja2.TemplateError if a layout is missing, does not parse, uses a field that its view lacks, or fails.
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
        """A digest of each layout and all its dependencies."""
        texts = {
            name: "\0".join(f"{one}\0{self._sources[one]}" for one in sorted(reached))
            for name, reached in _reached(self._sources, _named_in).items()
        }
        return {name: blake2b(text.encode(), digest_size=16).digest() for name, text in texts.items()}

    def forget_fragments(self) -> None:
        """Drop cached HTML of a render context that is no longer in use."""
        self._fragments.clear()

    def _listed(self, listed: EntryRow | Line, site: SiteView) -> Markup:
        """A row or a line as HTML; rendered once."""
        known = self._fragments.get(id(listed))
        if known is None:
            layout, name = (ROW_LAYOUT, "row") if isinstance(listed, EntryRow) else (LINE_LAYOUT, "line")
            known = self._fragments[id(listed)] = listed, self._rendered(layout, {name: listed, "site": site})
        return known[1]

    def _fragment(self, layout: str, **seen: object) -> Markup:
        """A small layout rendered with only the *seen* values; rendered once for the same strings and objects."""
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

    def _of(self, layout: str) -> _Environment | _SandboxedEnvironment:
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
    """Each layout's dependencies, direct and indirect, and itself. A layout that does not parse may depend on any."""
    reached: dict[str, set[str]] = {}
    for layout in sources:
        reached[layout], ahead = {layout}, [layout]
        while ahead:
            named = named_in(sources[ahead.pop()])
            further = (sources.keys() if named is None else named & sources.keys()) - reached[layout]
            reached[layout] |= further
            ahead += further
    return reached


def _named_in(source: str) -> frozenset[str] | None:
    """Layouts that *source* includes, extends, imports, or uses with the `piece` and `listed` filters; None if it could be any."""
    return _references(source)[0]


def _taken_in(source: str) -> frozenset[str] | None:
    """Layouts that *source* includes, extends or imports, so that their code runs in it; None if it could be any."""
    return _references(source)[1]


@lru_cache(maxsize=MAX_COMPILED)
def _references(source: str) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """`_named_in` and `_taken_in` together: parsing takes most of their time."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(source)
    except jinja2.TemplateSyntaxError:
        return None, None
    taken = set(find_referenced_templates(tree))
    named = set(taken)
    for filtered in tree.find_all(jinja2.nodes.Filter):
        if filtered.name == "listed":
            named |= {ROW_LAYOUT, LINE_LAYOUT}
        elif filtered.name == "piece":
            named.add(filtered.node.value if isinstance(filtered.node, jinja2.nodes.Const) else None)
        elif filtered.name == "map":  # the filter it applies is known only at run time
            named.add(None)
    return _known(named), _known(taken)


def _known(names: set[str | None]) -> frozenset[str] | None:
    """None if any of the names is known only at run time."""
    return None if None in names else frozenset(name for name in names if name)


def _sound(page: bytes) -> bytes:
    """Replace characters that HTML forbids by U+FFFD. Only the bytes outside printable ASCII are searched, which is fast."""
    if not _UNSOUND.search(page.translate(None, _HARMLESS)):
        return page
    return _NO_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", page.decode()).encode()
