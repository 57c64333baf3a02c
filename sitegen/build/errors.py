"""Errors of rendering and writing, as problems for the author."""

import errno
import traceback
from pathlib import Path

import jinja2

from sitegen.files import NotRegularFileError
from sitegen.problems import Problem, Spot, problem


def layout_problem(error: jinja2.TemplateError) -> Problem:
    if isinstance(error, jinja2.TemplateSyntaxError):
        hint = "mend it, or take it out for the theme’s own"
        return problem(f"layouts/{error.name}", Spot(error.lineno), f"this layout can’t be read: {error.message}", hint)
    file, spot = _layout_at(error)
    if isinstance(error, jinja2.TemplateNotFound):
        return problem(file, spot, f"there is no layout “{error.name}”", "a layout’s name is that of a file in layouts/, or of the theme’s")
    if isinstance(error, jinja2.UndefinedError):
        hint = "the fields of each page stand in sitegen/pages/views/"
        return problem(file, spot, f"this layout asks for what its page doesn’t have: {error.message}", hint)
    return problem(file, spot, f"this layout can’t be filled: {error.message}", "look at what this line does with the fields")


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
    hint = "free some space or look at the permissions, and build again"
    if isinstance(error, NotRegularFileError) or error.errno in (errno.ELOOP, errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        hint = "take away what stands here, and build again"
    return problem(where, Spot(), f"this can’t be written: {error.strerror}", hint)
