"""Jinja for a site's own layouts, which may come from a cloned repository: no access to Python, limited loops, limited memory.

A layout may only call macros, blocks, and those methods of strings, lists and mappings whose result is no larger than their input. Each pass of
a loop, each call and each include counts as a step; a page may use MAX_STEPS.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import wraps
from types import BuiltinMethodType, MethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_STEPS = 2_000_000
"per page; the theme's largest pages need about 100,000 at 10,000 entries"
_STEPS_OF_A_CALL = 10
MAX_CHARACTERS = 50_000_000
"per page, and per string or list made while rendering"
_MAX_NUMBER = 10_000
"for an argument of the filters in _MEASURED"
_MAX_INTEGER_BITS = 10_000
"bits"

_OF_TEXTS = frozenset((
    "capitalize", "casefold", "count", "endswith", "find", "format", "index", "isalnum", "isalpha", "isdigit", "islower", "isspace", "istitle", "isupper",
    "join", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "split",
    "splitlines", "startswith", "strip", "swapcase", "title", "upper",
))  # fmt: skip
_METHODS: dict[type, frozenset[str]] = {
    str: _OF_TEXTS,
    dict: frozenset(("get", "items", "keys", "values")),
    list: frozenset(("count", "index")),
    tuple: frozenset(("count", "index")),
}
_SPELLING = ("escape", "e", "forceescape", "join", "pprint", "string", "tojson", "urlencode", "urlize", "xmlattr")
"filters that write out a whole list"
_MEASURED = ("batch", "center", "indent", "round", "slice", "tojson", "truncate", "wordwrap")
"filters with a width, a count or a precision"
_WIDE = re.compile(r"\d{4}|\*|\{[^{}]*\{")
"format fields of 1,000 or more characters, or of a computed width"


class Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._steps = self.characters = 0

    def begin(self) -> None:
        """Reset the counters for a new page."""
        self._steps = self.characters = 0

    def guard_filters(self) -> None:
        """Call once, after the last filter has been added."""
        self.filters = {name: self._guarded(name, one) for name, one in self.filters.items()}
        self.filters["_counted"], self.filters["_weighed"] = self._counted, self.weighed

    def is_safe_callable(self, obj: object) -> bool:
        if isinstance(obj, (Macro, BlockReference, LoopContext)):
            return True
        method = getattr(obj, "__wrapped__", obj)  # Jinja's sandbox wraps str.format
        if not isinstance(method, (MethodType, BuiltinMethodType)):
            return False
        if isinstance(method.__self__, LoopContext):
            return True
        return any(isinstance(method.__self__, kind) and method.__name__ in names for kind, names in _METHODS.items())

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as Jinja names them
        __self.spend(_STEPS_OF_A_CALL)
        method = getattr(__obj, "__wrapped__", __obj)
        if isinstance(method, (MethodType, BuiltinMethodType)):
            __self._expect_modest(method.__name__, method.__self__, (*args, *kwargs.values()))
        result = super().call(__context, __obj, *args, **kwargs)
        __self.charge(_length(result))
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        match operator:
            case "*":
                for one, times in ((left, right), (right, left)):
                    if isinstance(times, int):
                        self._expect_size(_weight(one) * times)
            case "**" if isinstance(left, int) and isinstance(right, int) and left.bit_length() * right > _MAX_INTEGER_BITS:
                raise SecurityError("it makes a number with thousands of digits")
            case "%" if isinstance(left, str):
                self._expect_modest("format", left, ())
        return self._bounded(super().call_binop(context, operator, left, right))

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002  # Jinja's name
        self.spend(_STEPS_OF_A_CALL)
        return super().get_template(name, parent, globals)

    def spend(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MAX_STEPS:
            raise SecurityError(f"it takes more than {MAX_STEPS:,} steps")

    def charge(self, characters: int) -> None:
        """Count characters that are, or may be, written to the page."""
        self.characters += characters
        if self.characters > MAX_CHARACTERS:
            self._expect_size(self.characters)

    def _generate(self, source: nodes.Template, *more: Any, **options: Any) -> str:
        for loop in list(source.find_all(nodes.For)):
            loop.iter = self._filtered(loop.iter, "_counted", nodes.Const(_plain_text(loop.body)))
        for joined in list(source.find_all(nodes.Concat)):
            joined.nodes = [self._filtered(one, "_weighed") for one in joined.nodes]
        return super()._generate(source, *more, **options)

    def _filtered(self, node: nodes.Node, name: str, *args: nodes.Expr) -> nodes.Filter:
        made = nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)
        made.set_environment(self)
        return made

    def _counted(self, items: Any, characters: int) -> Any:
        """The items of a loop, counted; each pass writes at least *characters*."""
        if hasattr(items, "__len__"):
            self.spend(len(items))
            self.charge(len(items) * characters)
            return items
        return self._each(items, characters)

    def _each(self, items: Iterable[object], characters: int) -> Iterator[object]:
        for item in items:
            self.spend(1)
            self.charge(characters)
            yield item

    def _guarded(self, name: str, called: Callable[..., Any]) -> Callable[..., Any]:
        first = int(hasattr(called, "jinja_pass_arg"))

        @wraps(called)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            self.spend(1)
            value, more = args[first], args[first + 1 :]
            if name == "join" and not isinstance(value, (str, list, tuple)):
                value = list(self._each(value, 0))
            if name in _SPELLING:
                self._expect_size(_weight(value))
            self._expect_modest(name, value, (*more, *kwargs.values()))
            return self._bounded(called(*args[:first], value, *more, **kwargs))

        return guarded

    def _expect_modest(self, name: str, value: object, arguments: Collection[object]) -> None:
        """Raise SecurityError if a call could return a string far larger than its input."""
        for argument in arguments:
            if name in _MEASURED and isinstance(argument, int) and abs(argument) > _MAX_NUMBER:
                raise SecurityError(f"{name} is given a number over {_MAX_NUMBER:,}")
            if name in ("join", "indent", "wordwrap") and isinstance(argument, (str, list, tuple)):
                self._expect_size(_weight(argument) + _length(value) * _length(argument))
        if name == "replace":
            old, new, *_ = (str(argument) for argument in (*arguments, "", ""))
            self._expect_size(str(value).count(old) * len(new))
        if name == "format" and _WIDE.search(str(value)):
            raise SecurityError("the format has a field of 1,000 characters or more")

    def _expect_size(self, size: int) -> None:
        if size > MAX_CHARACTERS:
            raise SecurityError(f"it makes more than {MAX_CHARACTERS:,} characters")

    def _bounded(self, value: Any) -> Any:
        if isinstance(value, int) and value.bit_length() > _MAX_INTEGER_BITS:
            raise SecurityError("it makes a number with thousands of digits")
        self._expect_size(_length(value))
        return value

    def weighed(self, value: Any) -> Any:
        """The value, once its size as text is known to be within limits."""
        self._expect_size(_weight(value))
        return value


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, list, tuple, dict)) else 0


def _weight(value: object) -> int:
    """Number of characters and items, nested ones included; counting stops above the limit."""
    if not isinstance(value, (list, tuple, dict)):
        return _length(value)
    found, ahead = 0, [value]
    while ahead and found <= MAX_CHARACTERS:
        one = ahead.pop()
        found += 1
        if isinstance(one, dict):
            ahead += [*one.keys(), *one.values()]
        elif isinstance(one, (list, tuple)):
            ahead += one
        else:
            found += _length(one)
    return found


def _plain_text(body: Iterable[nodes.Node]) -> int:
    """Literal characters in a loop's body; nested loops count their own."""
    found = 0
    for node in body:
        if isinstance(node, nodes.TemplateData):
            found += len(node.data)
        elif not isinstance(node, nodes.For):
            found += _plain_text(node.iter_child_nodes())
    return found
