"""Read, parse, link, plan: each stage returns its value and its problems. Rendering follows in `full_build` and `page_worker`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen import config
from sitegen.build import theme
from sitegen.build.comparison_cache import ComparisonCache
from sitegen.build.parse_cache import ParseCache
from sitegen.build.result import Options
from sitegen.build.theme import Theme
from sitegen.config import Settings
from sitegen.content.parse import Told, gather
from sitegen.content.read import leads_inside, unreadable
from sitegen.files import read_regular
from sitegen.layouts import Layouts
from sitegen.model import Body
from sitegen.pages import plan
from sitegen.pages.dead_links import dead_links
from sitegen.pages.edition import Edition
from sitegen.pages.plan import DataFile, Page, Plan
from sitegen.problems import Problem, Spot, problem, stops_a_build
from sitegen.timeline.link import Linked, link_again


@dataclass(frozen=True, slots=True)
class Edited:
    """A site, ready to be rendered."""

    settings: Settings
    plan: Plan
    layouts: Layouts
    entries: int


def edit(
    root: Path, options: Options, parse_cache: ParseCache | None = None, comparisons: ComparisonCache | None = None
) -> tuple[Edited | None, tuple[Problem, ...]]:
    """Everything before rendering, from the files as they are now. None if a problem stops it."""
    parse_cache = parse_cache or ParseCache(root, with_drafts=options.with_drafts)
    parse_cache.look()
    settings, problems = load_settings(root, options.base_url)
    try:
        loaded = theme.load(root, settings.language)
    except theme.ThemeError as error:
        problems += error.told
        loaded = None
    proof = proofread(settings, parse_cache.told, parse_cache.bodies, loaded, comparisons=comparisons)
    problems = in_order((*problems, *parse_cache.problems, *proof.problems))
    if stops_a_build(problems) or proof.plan is None or loaded is None:
        return None, problems
    return Edited(settings, proof.plan, Layouts(loaded.layouts, loaded.own), len(proof.linked.timeline.entries)), problems


@dataclass(frozen=True, slots=True)
class Proof:
    """Linked and planned content, with its problems."""

    linked: Linked
    plan: Plan | None
    "None if there is no theme"
    problems: tuple[Problem, ...]
    "also those of each file"


def proofread(
    settings: Settings,
    told: Mapping[str, Told],
    bodies: Mapping[str, Body],
    loaded: Theme | None,
    before: Linked | None = None,
    comparisons: ComparisonCache | None = None,
) -> Proof:
    """*before* and *comparisons* come from earlier runs; they save time and change nothing else."""
    comparisons = comparisons or ComparisonCache()
    content, problems = gather(told, bodies)
    problems += comparisons.verified.check(content)
    linked = link_again(settings, content, before)
    problems += linked.problems + tuple(comparisons.shares.problems(linked.timeline))
    if loaded is None:
        return Proof(linked, None, problems)
    edition = Edition.of(linked.timeline, loaded.words, loaded.assets, comparisons.compared, loaded.names)
    planned = plan.plan(edition)
    return Proof(linked, planned, problems + tuple(dead_links(edition, planned.makers, content.references)))


def load_settings(root: Path, base_url: str = "") -> tuple[Settings, tuple[Problem, ...]]:
    file = config.settings_file(root) or "sitegen.toml"
    links: list[Problem] = []
    if not leads_inside(root, root / file, links):
        return Settings(file=file), tuple(links)
    try:
        text = (read_regular(root / file) or b"").decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return Settings(file=file), (problem(file, Spot(), "this file is not UTF-8", "save it again with the encoding UTF-8"),)
    except OSError as error:
        return Settings(file=file), (unreadable(file, error),)
    settings, problems = config.parse(file, text)
    if base_url:
        settings, more = config.with_base_url(settings, base_url)
        problems += more
    return settings, problems


def page_bytes(layouts: Layouts, page: Page | DataFile) -> bytes:
    return page.data if isinstance(page, DataFile) else layouts.render(page.layout, page.view)


def in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """By file, line and column, each once."""
    return tuple(sorted(set(problems)))
