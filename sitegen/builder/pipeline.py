"""The stages before rendering: read, parse, link, route. Each returns its value and its problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen import config
from sitegen.builder import theme
from sitegen.builder.comparison_cache import ComparisonCache
from sitegen.builder.parse_cache import ParseCache
from sitegen.builder.result import BuildOptions
from sitegen.builder.theme import Theme
from sitegen.content.parse import FileFacts, gather
from sitegen.content.read import leads_inside, unreadable
from sitegen.files import read_regular
from sitegen.model import Body, Settings
from sitegen.pages import routes
from sitegen.pages.context import RenderContext
from sitegen.pages.dead_links import dead_links
from sitegen.pages.routes import DataFile, HtmlPage, Routes
from sitegen.problems import Problem, Spot, problem, stops_a_build
from sitegen.render import Renderer
from sitegen.site_folder import settings_file
from sitegen.timeline.link import LinkState, link_incrementally


@dataclass(frozen=True, slots=True)
class RenderableSite:
    """A site, ready to be rendered."""

    settings: Settings
    routes: Routes
    layouts: Renderer
    entries: int


def renderable_site(
    root: Path, options: BuildOptions, parse_cache: ParseCache | None = None, comparisons: ComparisonCache | None = None
) -> tuple[RenderableSite | None, tuple[Problem, ...]]:
    """Read, parse and link the site in *root*. None if it has problems."""
    parse_cache = parse_cache or ParseCache(root, with_drafts=options.with_drafts)
    parse_cache.look()
    settings, problems = load_settings(root, options.base_url)
    try:
        loaded = theme.load(root, settings.language)
    except theme.ThemeError as error:
        problems += error.problems
        loaded = None
    checked = checked_site(settings, parse_cache.facts, parse_cache.bodies, loaded, comparisons=comparisons)
    problems = in_order((*problems, *parse_cache.problems, *checked.problems))
    if stops_a_build(problems) or checked.routes is None or loaded is None:
        return None, problems
    return RenderableSite(settings, checked.routes, Renderer(loaded.layouts, loaded.own), len(checked.linked.timeline.entries)), problems


@dataclass(frozen=True, slots=True)
class CheckedSite:
    """Linked content and its problems."""

    linked: LinkState
    routes: Routes | None
    "None without a theme"
    problems: tuple[Problem, ...]
    "across files, and of each file"


def checked_site(
    settings: Settings,
    facts: Mapping[str, FileFacts],
    bodies: Mapping[str, Body],
    loaded: Theme | None,
    before: LinkState | None = None,
    comparisons: ComparisonCache | None = None,
) -> CheckedSite:
    """*before* and *comparisons* are results of earlier calls; they save time and change nothing."""
    comparisons = comparisons or ComparisonCache()
    content, problems = gather(facts, bodies)
    problems += comparisons.verified.check(content)
    linked = link_incrementally(settings, content, before)
    problems += linked.problems + tuple(comparisons.shares.problems(linked.timeline))
    if loaded is None:
        return CheckedSite(linked, None, problems)
    context = RenderContext.of(linked.timeline, loaded.words, loaded.assets, comparisons.compared, loaded.names)
    site_routes = routes.routes(context)
    return CheckedSite(linked, site_routes, problems + tuple(dead_links(context, site_routes.endpoints, content.references)))


def load_settings(root: Path, base_url: str = "") -> tuple[Settings, tuple[Problem, ...]]:
    file = settings_file(root) or "sitegen.toml"
    links: list[Problem] = []
    if not leads_inside(root, root / file, links):
        return Settings(file=file), tuple(links)
    try:
        text = (read_regular(root / file) or b"").decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return Settings(file=file), (problem(file, Spot(), "this file is not valid UTF-8", "save it again as UTF-8"),)
    except OSError as error:
        return Settings(file=file), (unreadable(file, error),)
    settings, problems = config.parse(file, text)
    if base_url:
        settings, more = config.with_base_url(settings, base_url)
        problems += more
    return settings, problems


def page_bytes(layouts: Renderer, page: HtmlPage | DataFile) -> bytes:
    return page.data if isinstance(page, DataFile) else layouts.render(page.layout, page.view)


def in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Without duplicates, sorted by file, line and column."""
    return tuple(sorted(set(problems)))
