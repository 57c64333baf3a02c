"""Parse every changed file, link everything, and render and write every stale page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec

from sitegen.builder import (
    comparison_cache,
    explain,
    inputs,
    manifest,
    output,
    page_reads,
    page_worker,
    parse_store,
    pipeline,
    view_encoding,
)
from sitegen.builder.digests import digest_of
from sitegen.builder.errors import disk_problem
from sitegen.builder.explain import Explainer
from sitegen.builder.inputs import Inputs
from sitegen.builder.manifest import FileDigests, Manifest, PageRecord
from sitegen.builder.output import Noted
from sitegen.builder.page_worker import CURRENT, PageResult, RenderedShare, RenderJob, WrittenShare, is_as_written
from sitegen.builder.parse_cache import ParseCache
from sitegen.builder.pipeline import RenderableSite, in_order
from sitegen.builder.result import BuildOptions, BuildResult, Written
from sitegen.builder.spool import Extent, Spool
from sitegen.builder.stat_signature import signature_of
from sitegen.builder.store import Store, StoreItem, Writer, damage_note
from sitegen.builder.worker_pool import ProgressCounter, WorkerPool, shares_of, worker_count
from sitegen.pages import urls
from sitegen.problems import Problem, Spot, note, problem

WORTH_SHARING = 200
"pages"


def build(root: Path, options: BuildOptions, store: Store, looked_at: Inputs | None, before: Manifest | None) -> BuildResult:
    is_output_damaged = output.noted(root, options.output).is_damaged
    result = _build(root, options, store, looked_at, before)
    damaged = [
        one for one, is_damaged in ((store, store.is_damaged), (output.output_store(root, options.output), is_output_damaged)) if is_damaged
    ]
    return replace(result, problems=in_order((*(damage_note(one.file) for one in damaged), *result.problems)))


def _build(root: Path, options: BuildOptions, store: Store, looked_at: Inputs | None, before: Manifest | None) -> BuildResult:
    parse_cache = ParseCache(root, with_drafts=options.with_drafts, jobs=options.jobs, store=store)
    parse_cache.take(parse_store.load(store))
    comparisons = comparison_cache.load(store)
    edited, problems = pipeline.renderable_site(root, options, parse_cache, comparisons)
    refusal = output.refusal(root, options.output)
    if (parse_cache.times_parsed or store.is_damaged) and refusal is None:
        parse_store.save(store, parse_cache.kept, parse_cache.taken)
        comparison_cache.save(store, comparisons)
    if edited is None:
        return BuildResult(problems, None, parsed=parse_cache.times_parsed)
    if not edited.settings.base_url:
        hint = 'set base_url = "https://…" or build with --base-url'
        message = "“base_url” is not set, so there are no canonical links, no sitemap and no Atom feeds"
        problems = in_order((*problems, note(edited.settings.file, edited.settings.spot, message, hint)))
    if refusal is not None:
        return BuildResult((*problems, refusal), None, parsed=parse_cache.times_parsed)
    try:
        return _Building(root, options, looked_at, before, parse_cache, edited, problems).result()
    except ChildProcessError:
        hint = "build again; if memory is short, use --jobs 1"
        ended = problem(output.shown(root, options.output), Spot(), "one of the build’s processes was killed", hint)
        return BuildResult((*problems, ended), None, parsed=parse_cache.times_parsed)
    except OSError as error:
        return BuildResult((*problems, disk_problem(root, options.output, error)), None, parsed=parse_cache.times_parsed)


class _Building:
    """Render and write a linked site."""

    def __init__(
        self,
        root: Path,
        options: BuildOptions,
        looked_at: Inputs | None,
        before: Manifest | None,
        parse_cache: ParseCache,
        edited: RenderableSite,
        problems: tuple[Problem, ...],
    ) -> None:
        self._root = root
        self._options = options
        self._looked_at = looked_at
        self._before = before
        self._store = parse_cache.store
        self._parse_cache = parse_cache
        self._edited = edited
        self._problems = problems
        self._program = inputs.program_digest()
        self._site = view_encoding.site_bytes(edited.routes.context.site)
        self._layouts = edited.layouts.digests()
        self._skipped: Mapping[str, PageResult] = {}
        "pages that can't have changed, by path"

    def result(self) -> BuildResult:
        """Raises OSError, and ChildProcessError if a process was killed."""
        self._skipped = self._unaffected()
        addresses = [address for address in self._edited.routes.endpoints if urls.output_path(address) not in self._skipped]
        number = worker_count(self._options.jobs, len(addresses), WORTH_SHARING)
        job = self._job(ProgressCounter(number, self._options.on_pages, len(addresses)), [Spool(self._root) for _ in range(number)])
        self._store.close()
        shares = shares_of(addresses, number)
        others = [partial(page_worker.share, job, number, share) for number, share in enumerate(shares[1:], 1)]
        with WorkerPool(lambda: page_worker.share(job, 0, shares[0]), others) as pool:
            return self._printed(pool, job)

    def _unaffected(self) -> dict[str, PageResult]:
        """Pages that need not even be made, by path, if only the wording of some entries was edited."""
        before, routes = self._before, self._edited.routes
        if before is None or not self._is_content_all_that_changed(before):
            return {}
        ids = page_reads.reworded(before.content, self._parse_cache.taken, self._parse_cache.current)
        if ids is None or {page.path for page in before.pages} != {urls.output_path(address) for address in routes.endpoints}:
            return {}
        keys, frames = page_reads.affected_keys(ids, routes.context.timeline), self._stored_frames()
        skipped: dict[str, PageResult] = {}
        for page in before.pages:
            if (page.kept is None or page.path in frames) and not page_reads.is_affected(page.reads, keys):
                target = f"{self._options.output}/{page.path}"
                signature = signature_of(target, follows_link=False)
                if is_as_written(page, signature, target):
                    skipped[page.path] = PageResult(msgspec.structs.replace(page, signature=signature), CURRENT, "", None)
        return skipped

    def _is_content_all_that_changed(self, before: Manifest) -> bool:
        """Whether pages can differ from the last build's only because files of content/ changed."""
        now, content = self._looked_at, f"{self._root}/content/"
        options = (self._options.with_drafts, self._options.base_url)
        if now is None or (before.program, before.options, before.layouts) != (self._program, options, self._layouts):
            return False
        if before.site != self._site or now.keys() != before.inputs.keys():
            return False
        return all(found is not None and found == before.inputs[path] for path, found in now.items() if not path.startswith(content))

    def _stored_frames(self) -> frozenset[str]:
        """Paths of the pages whose frames the store has; none if it is damaged."""
        return frozenset() if self._store.is_damaged else self._store.names(manifest.frames_space(self._options.output))

    def _printed(self, pool: WorkerPool, job: RenderJob) -> BuildResult:
        root, folder = self._root, self._options.output
        noted = self._noted()
        rendered = [msgspec.msgpack.decode(message, type=RenderedShare) for message in pool.step()]
        job.progress.report()
        self._store.is_damaged |= any(one.is_store_damaged for one in rendered)
        if found := next((one.problem for one in rendered if one.problem), None):
            return self._failed(found)
        made = [*self._skipped.values(), *(page for one in rendered for page in one.made)]
        paths = {page.record.path for page in made}
        output.begin(root, folder, noted, paths)
        output.make_folders(folder, (page.record.path for page in made if page.change == "created"))
        written = [msgspec.msgpack.decode(message, type=WrittenShare) for message in pool.step()]
        if found := next((one.problem for one in written if one.problem), None):
            return replace(self._failed(found), is_torn=any(one.signatures for one in written))
        try:
            removed = output.finish(root, folder, noted, paths)
            unmade = [page.record for page in self._skipped.values()]
            records = sorted([*unmade, *_with_signatures(rendered, written)], key=lambda page: page.path)
            self._keep(records, partial(_new_frames, rendered, job.spools))
        except OSError as error:
            return replace(self._failed(disk_problem(root, folder, error)), is_torn=True)
        return self._done(made, removed)

    def _noted(self) -> Noted:
        """The files that earlier builds wrote. If the note of them is lost or damaged, the manifest has most of them."""
        noted = output.noted(self._root, self._options.output)
        recorded = frozenset(page.path for page in self._before.pages) if self._before is not None else frozenset()
        return noted if recorded <= noted.paths else replace(noted, paths=noted.paths | recorded, is_complete=False)

    def _job(self, progress: ProgressCounter, spools: Sequence[Spool]) -> RenderJob:
        before = self._before
        is_forced = before is not None and before.program != self._program
        return RenderJob(
            root=self._root,
            routes=self._edited.routes,
            layouts=self._edited.layouts,
            layout_digests=self._layouts,
            site=digest_of(self._site),
            folder=self._options.output,
            before={page.path: page for page in before.pages} if before else {},
            layouts_before=before.layouts if before else {},
            is_forced=is_forced,
            store=self._store,
            stored_frames=self._stored_frames(),
            spools=spools,
            explainer=self._explainer(before) if before is not None and self._options.explains else None,
            progress=progress,
        )

    def _explainer(self, before: Manifest) -> Explainer:
        context = self._edited.routes.context
        edits = explain.edits(before.content, self._parse_cache.taken, self._parse_cache.current, context.urls)
        shared = explain.changes(view_encoding.site_of(before.site), context.site)
        return Explainer(self._store, self._options.output, tuple(edits), tuple(shared))

    def _failed(self, found: Problem) -> BuildResult:
        return BuildResult((*self._problems, found), None, parsed=self._parse_cache.times_parsed)

    def _done(self, made: Sequence[PageResult], removed: tuple[str, ...]) -> BuildResult:
        in_order_of_paths = sorted(made, key=lambda page: page.record.path)
        created = tuple(page.record.path for page in in_order_of_paths if page.change == "created")
        changed = tuple(page.record.path for page in in_order_of_paths if page.change == "changed")
        why = {page.record.path: page.why for page in in_order_of_paths if page.why}
        written = Written(created, changed, len(made) - len(created) - len(changed), removed)
        return BuildResult(self._problems, written, self._edited.entries, why, self._parse_cache.times_parsed)

    def _keep(self, pages: list[PageRecord], frames: Callable[[], Iterator[StoreItem]]) -> None:
        """For the next build. Raises OSError."""
        facts = self._parse_cache.facts
        own = {file: one.problems for file, one in facts.items() if one.problems}
        kept = Manifest(
            form=manifest.FORMAT,
            program=self._program,
            options=(self._options.with_drafts, self._options.base_url),
            inputs=self._looked_at or {},
            content={file: FileDigests(one.digest, one.shown) for file, one in self._parse_cache.current.items()},
            layouts=self._layouts,
            site=self._site,
            entries=self._edited.entries,
            own_problems=own,
            between=tuple(found for found in self._problems if found not in own.get(found.file, ())),
            pages=pages,
        )
        space = manifest.frames_space(self._options.output)
        gone = self._store.names(space) - {page.path for page in pages if page.kept is not None}

        def change(writer: Writer) -> None:
            if self._store.is_damaged:
                parse_store.forget(writer)
            writer.delete(space, gone)
            writer.put(space, frames())

        manifest.save(self._store, self._options.output, kept, change)


def _new_frames(rendered: Sequence[RenderedShare], spools: Sequence[Spool]) -> Iterator[StoreItem]:
    """Entries' pages without their bodies."""
    for one, spool in zip(rendered, spools, strict=True):
        for page in one.made:
            if page.frame is not None and page.record.kept is not None:
                yield page.record.path, page.record.kept, spool.read(Extent(*page.frame))


def _with_signatures(rendered: Sequence[RenderedShare], written: Sequence[WrittenShare]) -> list[PageRecord]:
    """The records of all pages that were made, with the signatures of the files that were just written."""
    pages: list[PageRecord] = []
    for one, its_signatures in zip(rendered, written, strict=True):
        new = iter(its_signatures.signatures)
        pages += [msgspec.structs.replace(page.record, signature=next(new)) if page.change else page.record for page in one.made]
    return pages
