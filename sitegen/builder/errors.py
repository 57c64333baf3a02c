"""Errors of rendering and writing, as problems for the author."""

import errno
import traceback
from pathlib import Path

import jinja2

from sitegen.files import NotRegularFileError
from sitegen.problems import Problem, Spot, problem


def layout_problem(error: jinja2.TemplateError) -> Problem:
    if isinstance(error, jinja2.TemplateSyntaxError):
        hint = "fix it, or delete the file to use the theme’s own layout"
        return problem(f"layouts/{error.name}", Spot(error.lineno), f"this layout has a syntax error: {error.message}", hint)
    file, spot = _layout_at(error)
    if isinstance(error, jinja2.TemplateNotFound):
        return problem(file, spot, f"there is no layout “{error.name}”", "name a file in layouts/, or a layout of the theme")
    if isinstance(error, jinja2.UndefinedError):
        hint = "the fields of each page are listed in sitegen/pages/views/"
        return problem(file, spot, f"this layout uses a field that its page doesn’t have: {error.message}", hint)
    return problem(file, spot, f"can’t render this layout: {error.message}", "check what this line does with the fields")


def _layout_at(error: jinja2.TemplateError) -> tuple[str, Spot]:
    """The innermost layout and its line."""
    file, line = "layouts", 1
    for frame in traceback.extract_tb(error.__traceback__):
        if not frame.filename.endswith(".py"):
            file, line = f"layouts/{Path(frame.filename).name}", frame.lineno or 1
    return file, Spot(line)


def disk_problem(root: Path, folder: Path, error: OSError) -> Problem:
    path = Path(error.filename) if isinstance(error.filename, str) else folder
    where = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    hint = "free some space or check the permissions, then build again"
    if isinstance(error, NotRegularFileError) or error.errno in (errno.ELOOP, errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        hint = "move it or delete it, then build again"
    return problem(where, Spot(), f"can’t write here: {error.strerror}", hint)
