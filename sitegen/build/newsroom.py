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
from sitegen.build.comparison_cache import ComparisonCache
from sitegen.build.parse_cache import ParseCache
from sitegen.build.parsed_file import ParsedFile
from sitegen.build.pipeline import Edited, Proof, in_order, proofread
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

MOST_TEXTS = 20
"that are taken one by one"
MOST_SAYINGS = 20
"edits, after which rows of entries as they were are forgotten"


@dataclass(frozen=True, slots=True)
class Changed:
    """What a page that is open has to bring up to date."""

    content: bool = False
    styles: bool = False
    scripts: bool = False

    def __or__(self, other: "Changed") -> "Changed":
        return Changed(self.content or other.content, self.styles or other.styles, self.scripts or other.scripts)

    def __bool__(self) -> bool:
        return self.content or self.styles or self.scripts


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the files has found."""

    edited: Edited | None
    "the site to show; None while there was none without a problem"
    problems: tuple[Problem, ...]
    kept: tuple[str, ...]
    "broken files whose last good form is shown"
    files: frozenset[str]
    "of content/ that tell something else than at the look before, or are new, or gone"
    changed: Changed


@dataclass(frozen=True, slots=True)
class _Shown:
    """The last site that fits together, and what it was made of."""

    settings: Settings
    theme: Theme
    parsed_files: Mapping[str, ParsedFile]
    proof: Proof
    edited: Edited


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is no content."""

    settings: Settings
    problems: tuple[Problem, ...]
    theme: Theme | None
    "None where it can't be read"
    theme_problems: tuple[Problem, ...]


class Newsroom:
    """`look` brings it up to date; what it returned before stays as it was."""

    def __init__(self, root: Path, parse_cache: ParseCache | None = None, comparisons: ComparisonCache | None = None) -> None:
        self._root = root
        self.parse_cache = parse_cache or ParseCache(root)
        self.times_linked = 0
        self._frame = _Frame(Settings(), (), None, ())
        self.comparisons = comparisons or ComparisonCache()
        self._proof: Proof | None = None
        "of the files as they are; where these are broken, another one stands under what is shown"
        self._shown: _Shown | None = None
        self._problems: tuple[Problem, ...] = ()
        self._kept: tuple[str, ...] = ()
        self._times_said = 0
        self._is_behind = False
        "whether what is shown is older than files that are not broken"

    @property
    def settings(self) -> Settings:
        """As they are now, whatever is shown."""
        return self._frame.settings

    def look(self, paths: Collection[Path] | None = None) -> Look:
        """*paths*: those that may have changed, or None for any."""
        shown, frame, before, listing = self._shown, self._frame, self.parse_cache.current, self.parse_cache.problems
        self._frame = self._framed(paths)
        files = self.parse_cache.look(paths)
        if (
            self._proof is None
            or frame != self._frame
            or listing != self.parse_cache.problems
            or (files and not self._take_texts(before, files))
        ):
            self._proofread()
        return Look(self._shown.edited if self._shown else None, self._problems, self._kept, files, _changed(shown, self._shown))

    def forget(self) -> None:
        """Check everything again at the next look, since the last one ended half way."""
        self._proof = None

    def _framed(self, paths: Collection[Path] | None) -> "_Frame":
        """Settings and theme as they are now; a theme that is the same stays the same object."""
        before = self._frame
        settings, problems = pipeline.load_settings(self._root)
        is_touched = paths is None or any(path.is_relative_to(self._root / folder) for path in paths for folder in ("layouts", "assets"))
        if before.theme is not None and settings.language == before.settings.language and not is_touched:
            return _Frame(settings, problems, before.theme, before.theme_problems)
        try:
            found = theme.load(self._root, settings.language)
        except theme.ThemeError as error:
            return _Frame(settings, problems, None, error.told)
        return _Frame(settings, problems, before.theme if found == before.theme else found, ())

    def _take_texts(self, before: Mapping[str, ParsedFile], files: Collection[str]) -> bool:
        """Whether nothing has changed but bodies, and what entries say, and these fit in without a look at the rest."""
        shown, proof, now = self._shown, self._proof, self.parse_cache.current
        if shown is None or proof is None or proof.plan is None or self._is_behind or len(files) > MOST_TEXTS:
            return False
        between = set(self._problems) - {found for one in before.values() for found in one.told.problems}
        broken = {found.file for found in between if found.severity == "problem"}
        for file in files:
            if file in broken or not _is_text_alone(before.get(file), now.get(file)):
                return False
            if any(dead_links_of(proof.plan.edition, proof.plan.makers, file, now[file].told.references)):
                return False
        is_whole = shown.proof is proof
        forms = now if is_whole else {**shown.parsed_files, **{file: now[file] for file in files}}
        amended = self._with_texts(proof, now, files)
        its_proof = amended if is_whole else self._with_texts(shown.proof, forms, files)
        if amended is None or its_proof is None:
            return False
        self._problems = in_order((*between, *(found for one in now.values() for found in one.told.problems)))
        self._proof = amended
        self._shown = replace(
            shown, parsed_files=forms, proof=its_proof, edited=self._edited_again(shown.edited, its_proof.linked.timeline)
        )
        return True

    def _with_texts(self, proof: Proof, forms: Mapping[str, ParsedFile], files: Collection[str]) -> Proof | None:
        facts = {file: forms[file].told.fact for file in files}
        said = {file: fact for file, fact in facts.items() if isinstance(fact, Entry) and proof.linked.entries[file].entry is not fact}
        linked = proof.linked.with_entries(said) if said else proof.linked
        changed = {file: forms[file].told.references for file in files}
        amended = linked.with_bodies(self.parse_cache.bodies_of(forms), changed)
        return replace(proof, linked=amended) if amended else None

    def _edited_again(self, edited: Edited, timeline: Timeline) -> Edited:
        edition = edited.plan.edition
        if timeline.entries is edition.timeline.entries:
            return replace(edited, plan=edited.plan.with_bodies(timeline))
        self._times_said += 1
        if self._times_said % MOST_SAYINGS == 0:
            edited.layouts.forget_rows()
        return replace(edited, plan=plan(edition.with_entries(timeline)))

    def _proofread(self) -> None:
        frame, parsed_files = self._frame, self.parse_cache.current
        proof = self._proof = self._proved(frame.settings, frame.theme, parsed_files, self._proof)
        self._problems = in_order((*frame.problems, *frame.theme_problems, *self.parse_cache.problems, *proof.problems))
        self._kept = ()
        self._is_behind = False
        if frame.theme is not None and not stops_a_build(self._problems):
            self._shown = self._to_show(frame.settings, frame.theme, parsed_files, proof)
        elif self._shown is not None:
            broken = {found.file for found in self._problems if found.severity == "problem"}
            good = self._shown.parsed_files
            self._kept = tuple(sorted(file for file in broken if file in good and good[file].told.fact is not None))
            self._shown = self._without(broken, self._shown)

    def _without(self, broken: Collection[str], shown: _Shown) -> _Shown:
        """With the last good form of broken files, or as it was where this doesn't fit together."""
        frame = self._frame
        settings = shown.settings if stops_a_build(frame.problems) else frame.settings
        its_theme = frame.theme or shown.theme
        forms = self.parse_cache.current
        for file in broken:
            if file in shown.parsed_files:
                forms[file] = shown.parsed_files[file]
            elif file in forms:
                forms[file] = replace(forms[file], told=Told(None, (), (), forms[file].told.named), body=Body())
        forms = dict(sorted(forms.items()))
        if _are_same(forms, shown.parsed_files) and (settings, its_theme) == (shown.settings, shown.theme):
            return shown
        proof = self._proved(settings, its_theme, forms, shown.proof)
        if stops_a_build(proof.problems) or _rests_on_unread(proof.linked.content):
            self._is_behind = True
            return shown
        return self._to_show(settings, its_theme, forms, proof)

    def _proved(self, settings: Settings, its_theme: Theme | None, parsed_files: Mapping[str, ParsedFile], before: Proof | None) -> Proof:
        self.times_linked += 1
        told = {file: parsed.told for file, parsed in parsed_files.items()}
        bodies = self.parse_cache.bodies_of(parsed_files)
        return proofread(settings, told, bodies, its_theme, before.linked if before else None, self.comparisons)

    def _to_show(self, settings: Settings, its_theme: Theme, parsed_files: Mapping[str, ParsedFile], proof: Proof) -> _Shown:
        before = self._shown
        if before is not None and (before.theme.layouts, before.theme.own) == (its_theme.layouts, its_theme.own):
            layouts = before.edited.layouts
            layouts.forget_rows()
        else:
            layouts = Layouts(its_theme.layouts, its_theme.own)
        if proof.plan is None:
            raise ValueError("a site needs a theme")
        edited = Edited(settings, proof.plan, layouts, len(proof.linked.timeline.entries))
        return _Shown(settings, its_theme, parsed_files, proof, edited)


def _is_text_alone(old: ParsedFile | None, new: ParsedFile | None) -> bool:
    """Whether two forms of a file differ in its body, and in what an entry says, and in nothing else."""
    if old is None or new is None or old.told.fact is None or new.told.fact is None:
        return False
    if stops_a_build(old.told.problems) or stops_a_build(new.told.problems):
        return False
    return new.told.fact is old.told.fact or say_alone(old.told.fact, new.told.fact)


def _are_same(one: Mapping[str, ParsedFile], other: Mapping[str, ParsedFile]) -> bool:
    return one.keys() == other.keys() and all(other[file].told is parsed.told for file, parsed in one.items())


def _rests_on_unread(content: Content) -> bool:
    """Whether an entry quotes a report that can't be read, so that its page can't be made."""
    accounts = (account for entry in content.entries for account in entry.accounts if isinstance(account, Account))
    return bool(content.unread) and any(account.article.text in content.unread for account in accounts)


def _changed(before: _Shown | None, now: _Shown | None) -> Changed:
    if before is now:
        return Changed()
    if before is None or now is None:
        return Changed(content=True)
    old, new = before.theme, now.theme
    assets = {name for name in old.assets.keys() | new.assets.keys() if old.assets.get(name) != new.assets.get(name)}
    kinds = {PurePosixPath(name).suffix for name in assets}
    is_same = (before.settings, old.words, old.layouts) == (now.settings, new.words, new.layouts) and _are_same(
        before.parsed_files, now.parsed_files
    )
    return Changed(content=not is_same or bool(kinds - {".css", ".js"}), styles=".css" in kinds, scripts=".js" in kinds)
