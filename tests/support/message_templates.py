"""The messages and hints in the code, as patterns that golden files must contain."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "sitegen"
ROOMS = ("builder", "config.py", "content", "markdown", "pages", "timeline", "toml_reader.py")

CALLS = {"FrontMatterError": 0, "UnresolvedTarget": 0, "_add_problem": 1, "add_problem": 1, "note": 2, "problem": 2}
"calls that make a problem, with the index of the message among their arguments; the hint is the next one"

RETURNING = ("_refusal", "_trouble")
"functions that return a message and a hint"

TABLE = "_SYNTAX_ERRORS"
"whose rows end with a message and a hint"

Names = Mapping[str, Sequence[ast.expr]]
"the expressions that a function or its module assigns to each name"


@dataclass(frozen=True, slots=True)
class Template:
    kind: str
    "message or hint"
    file: str
    line: int
    pattern: re.Pattern[str] | None
    "None if the text is passed on from elsewhere"

    def __str__(self) -> str:
        return f"{self.kind} {self.file}:{self.line}"


@cache
def templates() -> tuple[Template, ...]:
    files = [path for room in ROOMS for path in ([PACKAGE / room] if room.endswith(".py") else sorted((PACKAGE / room).rglob("*.py")))]
    return tuple(dict.fromkeys(template for path in files for template in _of_file(path)))


def _of_file(path: Path) -> Iterator[Template]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    file = path.relative_to(PACKAGE).as_posix()
    outer = _assigned(tree.body)
    for pair in _table_rows(outer):
        yield from _of_pair(file, *pair, outer)
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names: Names = {**outer, **_assigned(list(ast.walk(function)))}
        for message, hint in (*_calls(function), *_returned_pairs(function, names)):
            yield from _of_pair(file, message, hint, names)


def _of_pair(file: str, message: ast.expr, hint: ast.expr | None, names: Names) -> Iterator[Template]:
    for kind, expression in (("message", message), ("hint", hint)):
        if expression is not None:
            found = [re.compile(pattern) for pattern in _patterns(expression, names) if pattern]
            for pattern in found or (None,):
                yield Template(kind, file, expression.lineno, pattern)


def _assigned(statements: Sequence[ast.AST]) -> Names:
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for statement in statements:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            found[statement.targets[0].id].append(statement.value)
    return found


def _calls(function: ast.FunctionDef) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            index = CALLS.get(node.func.id if isinstance(node.func, ast.Name) else node.func.attr)
            if index is not None and len(node.args) > index and not any(isinstance(part, ast.Starred) for part in node.args):
                yield node.args[index], node.args[index + 1] if len(node.args) > index + 1 else None


def _returned_pairs(function: ast.FunctionDef, names: Names) -> Iterator[tuple[ast.expr, ast.expr]]:
    if function.name in RETURNING:
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and node.value is not None:
                for value in _choices(node.value, names):
                    if isinstance(value, ast.Tuple):
                        yield value.elts[0], value.elts[1]


def _table_rows(names: Names) -> Iterator[tuple[ast.expr, ast.expr]]:
    for table in names.get(TABLE, ()):
        assert isinstance(table, ast.Tuple)
        for row in table.elts:
            assert isinstance(row, ast.Tuple)
            yield row.elts[-2], row.elts[-1]


def _choices(expression: ast.expr, names: Names) -> Iterator[ast.expr]:
    match expression:
        case ast.IfExp():
            yield from _choices(expression.body, names)
            yield from _choices(expression.orelse, names)
        case ast.BoolOp():
            for value in expression.values:
                yield from _choices(value, names)
        case ast.Name() if expression.id in names:
            for value in names[expression.id]:
                yield from _choices(value, names)
        case _:
            yield expression


def _patterns(expression: ast.expr, names: Names) -> Iterator[str]:
    for choice in _choices(expression, names):
        match choice:
            case ast.Constant(value=str(text)):
                yield re.sub(r"\\\{\w*\\\}", ".*", re.escape(text))
            case ast.JoinedStr():
                yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in choice.values)
            case ast.BinOp(op=ast.Add()):
                yield from map("".join, product(_patterns(choice.left, names), list(_patterns(choice.right, names)) or [".*"]))
            case ast.Call(func=ast.Attribute(attr="format", value=value)):
                yield from _patterns(value, names)
