"""A site that is held in memory while its files are edited: after an edit, only what rests on the edited file is made anew.

- A file whose bytes are the same is not read, one whose bytes differ is the only one that is parsed.
- Where a file shows to others what it showed before, and only its body differs, nothing is linked or planned.
- Where an entry says something else, and stands where it stood, nothing is linked: it takes its own place in what was linked.
- Else all is linked and planned, which takes over whatever rests on files that are the very same.

What is told is what a build would tell. Where that stops a build, broken files are shown in their last good form; where this
doesn't fit together either, the last good site stays as it was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sitegen.build import pipeline, theme
from sitegen.build.clipping import Clipping
from sitegen.build.clippings import Clippings, bodies_of
from sitegen.build.notebook import Notebook
from sitegen.build.pipeline import CheckedSite, RenderableSite, checked_site, in_order
from sitegen.build.theme import Theme
from sitegen.config import Settings
from sitegen.content.parse import Told
from sitegen.layouts import Layouts
from sitegen.model import Account, Body, Content, Entry
from sitegen.pages.dead_links import dead_links_of
from sitegen.pages.plan import plan
from sitegen.problems import Problem, stops_a_build
from sitegen.timeline.link import say_alone
from sitegen.timeline.model import Timeline

MAX_PATCHED_FILES = 20
"that are taken one by one"
MAX_PATCHES = 20
"edits, after which rows of entries as they were are forgotten"


@dataclass(frozen=True, slots=True)
class ChangedParts:
    """What a page that is open has to bring up to date."""

    content: bool = False
    styles: bool = False
    scripts: bool = False

    def __or__(self, other: "ChangedParts") -> "ChangedParts":
        return ChangedParts(self.content or other.content, self.styles or other.styles, self.scripts or other.scripts)

    def __bool__(self) -> bool:
        return self.content or self.styles or self.scripts


@dataclass(frozen=True, slots=True)
class SiteUpdate:
    """What a look at the files has found."""

    site: RenderableSite | None
    "the site to show; None while there was none without a problem"
    problems: tuple[Problem, ...]
    kept: tuple[str, ...]
    "broken files whose last good form is shown"
    files: frozenset[str]
    "of content/ that tell something else than at the look before, or are new, or gone"
    changed: ChangedParts


@dataclass(frozen=True, slots=True)
class _ShownSite:
    """The last site that fits together, and what it was made of."""

    settings: Settings
    theme: Theme
    clippings: Mapping[str, Clipping]
    checked: CheckedSite
    site: RenderableSite


@dataclass(frozen=True, slots=True)
class _Configuration:
    """What is no content."""

    settings: Settings
    problems: tuple[Problem, ...]
    theme: Theme | None
    "None where it can't be read"
    theme_problems: tuple[Problem, ...]


class LiveSite:
    """`update` brings it up to date; what it returned before stays as it was."""

    def __init__(self, root: Path, clippings: Clippings | None = None, notebook: Notebook | None = None) -> None:
        self._root = root
        self.clippings = clippings or Clippings(root)
        self.times_linked = 0
        self._configuration = _Configuration(Settings(), (), None, ())
        self.notebook = notebook or Notebook()
        self._checked: CheckedSite | None = None
        "of the files as they are; where these are broken, another one stands under what is shown"
        self._shown: _ShownSite | None = None
        self._problems: tuple[Problem, ...] = ()
        self._kept: tuple[str, ...] = ()
        self._times_patched = 0
        self._is_behind = False
        "whether what is shown is older than files that are not broken"

    @property
    def settings(self) -> Settings:
        """As they are now, whatever is shown."""
        return self._configuration.settings

    def update(self, paths: Collection[Path] | None = None) -> SiteUpdate:
        """*paths*: those that may have changed, or None for any."""
        shown, configuration, before, listing = self._shown, self._configuration, self.clippings.current, self.clippings.problems
        self._configuration = self._current_configuration(paths)
        files = self.clippings.look(paths)
        if (
            self._checked is None
            or configuration != self._configuration
            or listing != self.clippings.problems
            or (files and not self._patch(before, files))
        ):
            self._check()
        return SiteUpdate(self._shown.site if self._shown else None, self._problems, self._kept, files, _changed_parts(shown, self._shown))

    def forget(self) -> None:
        """Check everything again at the next look, since the last one ended half way."""
        self._checked = None

    def _current_configuration(self, paths: Collection[Path] | None) -> "_Configuration":
        """Settings and theme as they are now; a theme that is the same stays the same object."""
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

    def _patch(self, before: Mapping[str, Clipping], files: Collection[str]) -> bool:
        """Whether nothing has changed but bodies, and what entries say, and these fit in without a look at the rest."""
        shown, checked, now = self._shown, self._checked, self.clippings.current
        if shown is None or checked is None or checked.plan is None or self._is_behind or len(files) > MAX_PATCHED_FILES:
            return False
        between = set(self._problems) - {found for one in before.values() for found in one.told.problems}
        broken = {found.file for found in between if found.severity == "problem"}
        for file in files:
            if file in broken or not _differ_in_text_only(before.get(file), now.get(file)):
                return False
            if any(dead_links_of(checked.plan.edition, checked.plan.makers, file, now[file].told.references)):
                return False
        is_whole = shown.checked is checked
        forms = now if is_whole else {**shown.clippings, **{file: now[file] for file in files}}
        amended = self._patched(checked, now, files)
        shown_checked = amended if is_whole else self._patched(shown.checked, forms, files)
        if amended is None or shown_checked is None:
            return False
        self._problems = in_order((*between, *(found for one in now.values() for found in one.told.problems)))
        self._checked = amended
        self._shown = replace(
            shown, clippings=forms, checked=shown_checked, site=self._with_timeline(shown.site, shown_checked.linked.timeline)
        )
        return True

    def _patched(self, checked: CheckedSite, forms: Mapping[str, Clipping], files: Collection[str]) -> CheckedSite | None:
        facts = {file: forms[file].told.fact for file in files}
        said = {file: fact for file, fact in facts.items() if isinstance(fact, Entry) and checked.linked.entries[file].entry is not fact}
        linked = checked.linked.with_entries(said) if said else checked.linked
        changed = {file: forms[file].told.references for file in files}
        amended = linked.with_bodies(bodies_of(forms, self.clippings.drawers), changed)
        return replace(checked, linked=amended) if amended else None

    def _with_timeline(self, site: RenderableSite, timeline: Timeline) -> RenderableSite:
        edition = site.plan.edition
        if timeline.entries is edition.timeline.entries:
            return replace(site, plan=site.plan.with_bodies(timeline))
        self._times_patched += 1
        if self._times_patched % MAX_PATCHES == 0:
            site.layouts.forget_rows()
        return replace(site, plan=plan(edition.with_entries(timeline)))

    def _check(self) -> None:
        configuration, clippings = self._configuration, self.clippings.current
        checked = self._checked = self._checked_site(configuration.settings, configuration.theme, clippings, self._checked)
        self._problems = in_order((*configuration.problems, *configuration.theme_problems, *self.clippings.problems, *checked.problems))
        self._kept = ()
        self._is_behind = False
        if configuration.theme is not None and not stops_a_build(self._problems):
            self._shown = self._shown_site(configuration.settings, configuration.theme, clippings, checked)
        elif self._shown is not None:
            broken = {found.file for found in self._problems if found.severity == "problem"}
            good = self._shown.clippings
            self._kept = tuple(sorted(file for file in broken if file in good and good[file].told.fact is not None))
            self._shown = self._with_last_good_forms(broken, self._shown)

    def _with_last_good_forms(self, broken: Collection[str], shown: _ShownSite) -> _ShownSite:
        """With the last good form of broken files, or as it was where this doesn't fit together."""
        configuration = self._configuration
        settings = shown.settings if stops_a_build(configuration.problems) else configuration.settings
        its_theme = configuration.theme or shown.theme
        forms = self.clippings.current
        for file in broken:
            if file in shown.clippings:
                forms[file] = shown.clippings[file]
            elif file in forms:
                forms[file] = replace(forms[file], told=Told(None, (), (), forms[file].told.named), body=Body())
        forms = dict(sorted(forms.items()))
        if _have_same_facts(forms, shown.clippings) and (settings, its_theme) == (shown.settings, shown.theme):
            return shown
        checked = self._checked_site(settings, its_theme, forms, shown.checked)
        if stops_a_build(checked.problems) or _quotes_unread_report(checked.linked.content):
            self._is_behind = True
            return shown
        return self._shown_site(settings, its_theme, forms, checked)

    def _checked_site(
        self, settings: Settings, its_theme: Theme | None, clippings: Mapping[str, Clipping], before: CheckedSite | None
    ) -> CheckedSite:
        self.times_linked += 1
        told = {file: clipping.told for file, clipping in clippings.items()}
        bodies = bodies_of(clippings, self.clippings.drawers)
        return checked_site(settings, told, bodies, its_theme, before.linked if before else None, self.notebook)

    def _shown_site(self, settings: Settings, its_theme: Theme, clippings: Mapping[str, Clipping], checked: CheckedSite) -> _ShownSite:
        before = self._shown
        if before is not None and (before.theme.layouts, before.theme.own) == (its_theme.layouts, its_theme.own):
            layouts = before.site.layouts
            layouts.forget_rows()
        else:
            layouts = Layouts(its_theme.layouts, its_theme.own)
        if checked.plan is None:
            raise ValueError("a site needs a theme")
        site = RenderableSite(settings, checked.plan, layouts, len(checked.linked.timeline.entries))
        return _ShownSite(settings, its_theme, clippings, checked, site)


def _differ_in_text_only(old: Clipping | None, new: Clipping | None) -> bool:
    """Whether two forms of a file differ in its body, and in what an entry says, and in nothing else."""
    if old is None or new is None or old.told.fact is None or new.told.fact is None:
        return False
    if stops_a_build(old.told.problems) or stops_a_build(new.told.problems):
        return False
    return new.told.fact is old.told.fact or say_alone(old.told.fact, new.told.fact)


def _have_same_facts(one: Mapping[str, Clipping], other: Mapping[str, Clipping]) -> bool:
    return one.keys() == other.keys() and all(other[file].told is clipping.told for file, clipping in one.items())


def _quotes_unread_report(content: Content) -> bool:
    """Whether an entry quotes a report that can't be read, so that its page can't be made."""
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
        before.clippings, now.clippings
    )
    return ChangedParts(content=not is_same or bool(kinds - {".css", ".js"}), styles=".css" in kinds, scripts=".js" in kinds)
