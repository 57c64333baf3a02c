"""read, parse, link, plan, render, write: each stage returns its value and its problems; any problem, and nothing is written."""

import errno
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2

from sitegen import config
from sitegen.build import output, theme
from sitegen.build.output import Written
from sitegen.build.theme import Theme
from sitegen.config import Settings
from sitegen.content import read
from sitegen.content.parse import Told, gather, parse_file
from sitegen.content.passages import Verified
from sitegen.layouts import Layouts
from sitegen.model import Body
from sitegen.pages import plan, urls
from sitegen.pages.edition import Edition
from sitegen.pages.plan import DataFile, Page, Plan
from sitegen.problems import Problem, Spot, note, problem, stops_a_build
from sitegen.timeline.link import Linked, link_again


@dataclass(frozen=True, slots=True)
class Options:
    output: Path
    with_drafts: bool = False
    base_url: str = ""
    "replaces the settings' own where it is given"


@dataclass(frozen=True, slots=True)
class Edited:
    """A site, ready to be rendered."""

    settings: Settings
    plan: Plan
    layouts: Layouts
    entries: int


@dataclass(frozen=True, slots=True)
class Outcome:
    problems: tuple[Problem, ...]
    written: Written | None
    "None where a problem kept everything as it was"
    entries: int = 0


def build(root: Path, options: Options) -> Outcome:
    """The site of the folder *root*, written to the output folder; where anything is wrong, the last good site stays."""
    edited, problems = edit(root, options)
    if edited is None:
        return Outcome(problems, None)
    if not edited.settings.base_url:
        problems += (_no_base_url(edited.settings),)
    refusal = output.refusal(root, options.output)
    if refusal is not None:
        return Outcome((*problems, refusal), None)
    try:
        written = output.write(root, options.output, rendered(edited))
    except jinja2.TemplateError as error:
        return Outcome((*problems, layout_problem(error)), None)
    except OSError as error:
        return Outcome((*problems, _disk_problem(root, options.output, error)), None)
    return Outcome(problems, written, edited.entries)


def edit(root: Path, options: Options) -> tuple[Edited | None, tuple[Problem, ...]]:
    """All that comes before rendering. None where a problem stands in the way."""
    settings, problems = load_settings(root, options.base_url)
    sources, read_problems = read.read(root, options.with_drafts)
    problems += read_problems
    try:
        loaded = theme.load(root, settings.language)
    except theme.ThemeError as error:
        problems += (error.told,)
        loaded = None
    parsed = {source.file: parse_file(source) for source in sources}
    told, bodies = {file: one.told for file, one in parsed.items()}, {file: one.body for file, one in parsed.items()}
    proof = proofread(settings, told, bodies, loaded)
    problems = in_order((*problems, *proof.problems))
    if stops_a_build(problems) or proof.plan is None or loaded is None:
        return None, problems
    return Edited(settings, proof.plan, Layouts(loaded.layouts), len(proof.linked.timeline.entries)), problems


@dataclass(frozen=True, slots=True)
class Proof:
    """Content that was put together, with all that is wrong between its files."""

    linked: Linked
    plan: Plan | None
    "None where there is no theme"
    problems: tuple[Problem, ...]
    "those of each file among them"


def proofread(
    settings: Settings,
    told: Mapping[str, Told],
    bodies: Mapping[str, Body],
    loaded: Theme | None,
    before: Linked | None = None,
    verified: Verified | None = None,
) -> Proof:
    """*before* and *verified* are what an earlier proof found, and make this one quicker, not another one."""
    content, problems = gather(told, bodies)
    problems += (verified or Verified()).check(content)
    linked = link_again(settings, content, before)
    problems += linked.problems
    if loaded is None:
        return Proof(linked, None, problems)
    edition = Edition.of(linked.timeline, loaded.words, loaded.assets)
    planned = plan.plan(edition)
    return Proof(linked, planned, problems + tuple(plan.dead_addresses(edition, planned.makers, content.references)))


def load_settings(root: Path, base_url: str = "") -> tuple[Settings, tuple[Problem, ...]]:
    file = config.settings_file(root) or "sitegen.toml"
    try:
        text = (root / file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return Settings(file=file), (problem(file, Spot(), "this file is not UTF-8", "save it again with the encoding UTF-8"),)
    except OSError as error:
        return Settings(file=file), (problem(file, Spot(), f"this file can’t be read: {error.strerror}", "look at its permissions"),)
    settings, problems = config.parse(file, text)
    if base_url:
        settings, more = config.with_base_url(settings, base_url)
        problems += more
    return settings, problems


def rendered(edited: Edited) -> Iterator[tuple[str, bytes]]:
    """Each page's path below the output folder, and its bytes."""
    for page in edited.plan:
        yield urls.output_path(page.address), page_bytes(edited.layouts, page)


def page_bytes(layouts: Layouts, page: Page | DataFile) -> bytes:
    return page.data if isinstance(page, DataFile) else layouts.render(page.layout, page.view)


def _no_base_url(settings: Settings) -> Problem:
    hint = 'set base_url = "https://…", or build with --base-url'
    return note(settings.file, settings.spot, "no base_url, so no canonical addresses, no sitemap and no Atom feeds", hint)


def in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """By file, line and column, each once."""
    return tuple(sorted(set(problems)))


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
    """The layout that was being filled last, and its line."""
    file, line = "layouts", 1
    for frame in traceback.extract_tb(error.__traceback__):
        if not frame.filename.endswith(".py"):
            file, line = f"layouts/{Path(frame.filename).name}", frame.lineno or 1
    return file, Spot(line)


def _disk_problem(root: Path, folder: Path, error: OSError) -> Problem:
    path = Path(error.filename) if isinstance(error.filename, str) else folder
    where = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    hint = "free some space or look at the permissions, and build again"
    if error.errno in (errno.ELOOP, errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        hint = "take away what stands here, and build again"
    return problem(where, Spot(), f"this can’t be written: {error.strerror}", hint)
