"""Keep a site in memory and update it after edits, so that the preview is up to date within milliseconds.

Only files whose bytes changed are parsed again. Then the cheapest update that is still correct:

- Only bodies changed: the bodies are replaced, nothing is linked.
- Only the wording of entries changed (title, brief, …; not date, names or links): the entries are replaced in the linked timeline.
- Anything else: the whole site is linked again, reusing the names and entries of unchanged files.

The problems are those that a build would report. If they would stop a build, broken files are shown in their last good form; if the
site doesn't link with those either, the last good site stays.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sitegen.builder import pipeline, theme
from sitegen.builder.comparison_cache import ComparisonCache
from sitegen.builder.parse_cache import ParseCache
from sitegen.builder.parsed_file import ParsedFile
from sitegen.builder.pipeline import CheckedSite, RenderableSite, checked_site, in_order
from sitegen.builder.theme import Theme
from sitegen.content.parse import FileFacts
from sitegen.model import Account, Body, Content, Entry, Settings
from sitegen.pages.dead_links import dead_links_of
from sitegen.pages.routes import routes
from sitegen.problems import Problem, stops_a_build
from sitegen.render import Renderer
from sitegen.timeline.graph import Timeline
from sitegen.timeline.link import is_display_edit

MAX_PATCHED_FILES = 20
"after more changed files than that, the whole site is linked again"
MAX_PATCHES = 20
"after that many patched timelines, rendered rows of replaced entries are dropped"


@dataclass(frozen=True, slots=True)
class ChangedParts:
    """What an open page has to reload."""

    content: bool = False
    styles: bool = False
    scripts: bool = False

    def __or__(self, other: "ChangedParts") -> "ChangedParts":
        return ChangedParts(self.content or other.content, self.styles or other.styles, self.scripts or other.scripts)

    def __bool__(self) -> bool:
        return self.content or self.styles or self.scripts


@dataclass(frozen=True, slots=True)
class SiteUpdate:
    """The state of the site after its files were read again."""

    site: RenderableSite | None
    "the site to show; None until it was free of problems once"
    problems: tuple[Problem, ...]
    kept: tuple[str, ...]
    "broken files that are shown in their last good form"
    files: frozenset[str]
    "files of content/ that were changed, added or removed since the previous update"
    changed: ChangedParts


@dataclass(frozen=True, slots=True)
class _ShownSite:
    """The last site that was linked without problems, and its sources."""

    settings: Settings
    theme: Theme
    parsed_files: Mapping[str, ParsedFile]
    checked: CheckedSite
    site: RenderableSite


@dataclass(frozen=True, slots=True)
class _Configuration:
    """Settings and theme."""

    settings: Settings
    problems: tuple[Problem, ...]
    theme: Theme | None
    "None if it can't be read"
    theme_problems: tuple[Problem, ...]


class LiveSite:
    """A site that `update` brings up to date; the values it returned earlier stay valid."""

    def __init__(self, root: Path, parse_cache: ParseCache | None = None, comparisons: ComparisonCache | None = None) -> None:
        self._root = root
        self.parse_cache = parse_cache or ParseCache(root)
        self.times_linked = 0
        self._configuration = _Configuration(Settings(), (), None, ())
        self.comparisons = comparisons or ComparisonCache()
        self._checked: CheckedSite | None = None
        "from the current files; while some are broken, the shown site uses their last good form"
        self._shown: _ShownSite | None = None
        self._problems: tuple[Problem, ...] = ()
        self._kept: tuple[str, ...] = ()
        self._times_patched = 0
        self._is_behind = False
        "whether the shown site lacks edits of files that are not broken"

    @property
    def settings(self) -> Settings:
        """The current settings, even if the shown site was made with others."""
        return self._configuration.settings

    def update(self, paths: Collection[Path] | None = None) -> SiteUpdate:
        """Read the files again: those of *paths* that may have changed, or all."""
        shown, configuration, before, listing = self._shown, self._configuration, self.parse_cache.current, self.parse_cache.problems
        self._configuration = self._current_configuration(paths)
        files = self.parse_cache.look(paths)
        if (
            self._checked is None
            or configuration != self._configuration
            or listing != self.parse_cache.problems
            or (files and not self._patch(before, files))
        ):
            self._check()
        return SiteUpdate(self._shown.site if self._shown else None, self._problems, self._kept, files, _changed_parts(shown, self._shown))

    def forget(self) -> None:
        """Link everything again at the next update, because the last one was interrupted."""
        self._checked = None

    def _current_configuration(self, paths: Collection[Path] | None) -> "_Configuration":
        """An unchanged theme stays the same object."""
        before = self._configuration
        settings, problems = pipeline.load_settings(self._root)
        is_touched = paths is None or any(path.is_relative_to(self._root / folder) for path in paths for folder in ("layouts", "assets"))
        if before.theme is not None and settings.language == before.settings.language and not is_touched:
            return _Configuration(settings, problems, before.theme, before.theme_problems)
        try:
            found = theme.load(self._root, settings.language)
        except theme.ThemeError as error:
            return _Configuration(settings, problems, None, error.problems)
        return _Configuration(settings, problems, before.theme if found == before.theme else found, ())

    def _patch(self, before: Mapping[str, ParsedFile], files: Collection[str]) -> bool:
        """Replace changed bodies and wording in the linked site. False, and nothing is changed, if the site must be linked again."""
        shown, checked, now = self._shown, self._checked, self.parse_cache.current
        if shown is None or checked is None or checked.routes is None or self._is_behind or len(files) > MAX_PATCHED_FILES:
            return False
        between = set(self._problems) - {found for one in before.values() for found in one.facts.problems}
        broken = {found.file for found in between if found.severity == "problem"}
        for file in files:
            if file in broken or not _differ_in_text_only(before.get(file), now.get(file)):
                return False
            if any(dead_links_of(checked.routes.context, checked.routes.endpoints, file, now[file].facts.references)):
                return False
        is_whole = shown.checked is checked
        forms = now if is_whole else {**shown.parsed_files, **{file: now[file] for file in files}}
        amended = self._patched(checked, now, files)
        shown_checked = amended if is_whole else self._patched(shown.checked, forms, files)
        if amended is None or shown_checked is None:
            return False
        self._problems = in_order((*between, *(found for one in now.values() for found in one.facts.problems)))
        self._checked = amended
        self._shown = replace(
            shown, parsed_files=forms, checked=shown_checked, site=self._with_timeline(shown.site, shown_checked.linked.timeline)
        )
        return True

    def _patched(self, checked: CheckedSite, forms: Mapping[str, ParsedFile], files: Collection[str]) -> CheckedSite | None:
        facts = {file: forms[file].facts.fact for file in files}
        reworded = {
            file: fact for file, fact in facts.items() if isinstance(fact, Entry) and checked.linked.entries[file].entry is not fact
        }
        linked = checked.linked.with_entries(reworded) if reworded else checked.linked
        changed = {file: forms[file].facts.references for file in files}
        amended = linked.with_bodies(self.parse_cache.bodies_of(forms), changed)
        return replace(checked, linked=amended) if amended else None

    def _with_timeline(self, site: RenderableSite, timeline: Timeline) -> RenderableSite:
        context = site.routes.context
        if timeline.entries is context.timeline.entries:
            return replace(site, routes=site.routes.with_bodies(timeline))
        self._times_patched += 1
        if self._times_patched % MAX_PATCHES == 0:
            site.layouts.forget_fragments()
        return replace(site, routes=routes(context.with_entries(timeline)))

    def _check(self) -> None:
        configuration, parsed_files = self._configuration, self.parse_cache.current
        checked = self._checked = self._checked_site(configuration.settings, configuration.theme, parsed_files, self._checked)
        self._problems = in_order((*configuration.problems, *configuration.theme_problems, *self.parse_cache.problems, *checked.problems))
        self._kept = ()
        self._is_behind = False
        if configuration.theme is not None and not stops_a_build(self._problems):
            self._shown = self._shown_site(configuration.settings, configuration.theme, parsed_files, checked)
        elif self._shown is not None:
            broken = {found.file for found in self._problems if found.severity == "problem"}
            good = self._shown.parsed_files
            self._kept = tuple(sorted(file for file in broken if file in good and good[file].facts.fact is not None))
            self._shown = self._with_last_good_forms(broken, self._shown)

    def _with_last_good_forms(self, broken: Collection[str], shown: _ShownSite) -> _ShownSite:
        """The site with broken files in their last good form, or *shown* if that has problems too."""
        configuration = self._configuration
        settings = shown.settings if stops_a_build(configuration.problems) else configuration.settings
        its_theme = configuration.theme or shown.theme
        forms = self.parse_cache.current
        for file in broken:
            if file in shown.parsed_files:
                forms[file] = shown.parsed_files[file]
            elif file in forms:
                forms[file] = replace(forms[file], facts=FileFacts(None, (), (), forms[file].facts.named), body=Body())
        forms = dict(sorted(forms.items()))
        if _have_same_facts(forms, shown.parsed_files) and (settings, its_theme) == (shown.settings, shown.theme):
            return shown
        checked = self._checked_site(settings, its_theme, forms, shown.checked)
        if stops_a_build(checked.problems) or _quotes_unread_report(checked.linked.content):
            self._is_behind = True
            return shown
        return self._shown_site(settings, its_theme, forms, checked)

    def _checked_site(
        self, settings: Settings, its_theme: Theme | None, parsed_files: Mapping[str, ParsedFile], before: CheckedSite | None
    ) -> CheckedSite:
        self.times_linked += 1
        facts = {file: parsed.facts for file, parsed in parsed_files.items()}
        bodies = self.parse_cache.bodies_of(parsed_files)
        return checked_site(settings, facts, bodies, its_theme, before.linked if before else None, self.comparisons)

    def _shown_site(self, settings: Settings, its_theme: Theme, parsed_files: Mapping[str, ParsedFile], checked: CheckedSite) -> _ShownSite:
        before = self._shown
        if before is not None and (before.theme.layouts, before.theme.own) == (its_theme.layouts, its_theme.own):
            layouts = before.site.layouts
            layouts.forget_fragments()
        else:
            layouts = Renderer(its_theme.layouts, its_theme.own)
        if checked.routes is None:
            raise ValueError("a site needs a theme")
        site = RenderableSite(settings, checked.routes, layouts, len(checked.linked.timeline.entries))
        return _ShownSite(settings, its_theme, parsed_files, checked, site)


def _differ_in_text_only(old: ParsedFile | None, new: ParsedFile | None) -> bool:
    """Whether two forms of a file differ only in the body and in an entry's wording."""
    if old is None or new is None or old.facts.fact is None or new.facts.fact is None:
        return False
    if stops_a_build(old.facts.problems) or stops_a_build(new.facts.problems):
        return False
    return new.facts.fact is old.facts.fact or is_display_edit(old.facts.fact, new.facts.fact)


def _have_same_facts(one: Mapping[str, ParsedFile], other: Mapping[str, ParsedFile]) -> bool:
    return one.keys() == other.keys() and all(other[file].facts is parsed.facts for file, parsed in one.items())


def _quotes_unread_report(content: Content) -> bool:
    """Whether an entry quotes a report that could not be parsed, so that its page can't be made."""
    accounts = (account for entry in content.entries for account in entry.accounts if isinstance(account, Account))
    return bool(content.unread) and any(account.article.text in content.unread for account in accounts)


def _changed_parts(before: _ShownSite | None, now: _ShownSite | None) -> ChangedParts:
    if before is now:
        return ChangedParts()
    if before is None or now is None:
        return ChangedParts(content=True)
    old, new = before.theme, now.theme
    assets = {name for name in old.assets.keys() | new.assets.keys() if old.assets.get(name) != new.assets.get(name)}
    kinds = {PurePosixPath(name).suffix for name in assets}
    is_same = (before.settings, old.words, old.layouts) == (now.settings, new.words, new.layouts) and _have_same_facts(
        before.parsed_files, now.parsed_files
    )
    return ChangedParts(content=not is_same or bool(kinds - {".css", ".js"}), styles=".css" in kinds, scripts=".js" in kinds)
