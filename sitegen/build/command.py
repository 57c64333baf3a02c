"""`sitegen build`: do the least that is sure to be right. Heavy modules are imported only once something has changed."""

import gc
from pathlib import Path

from sitegen.build import inputs, manifest
from sitegen.build.manifest import Manifest
from sitegen.build.result import BuildResult, Options, Written
from sitegen.build.stat_signature import signature_of
from sitegen.build.store import state_store


def build(root: Path, options: Options) -> BuildResult:
    """Build the site in *root* into its output folder. If anything is wrong, the last good site stays."""
    was_on = gc.isenabled()
    gc.disable()  # a build makes hardly any cyclic garbage, and searching for it takes long
    try:
        return _by_the_shortest_way(root, options)
    finally:
        if was_on:
            gc.enable()


def _by_the_shortest_way(root: Path, options: Options) -> BuildResult:
    store = state_store(root)
    looked_at = inputs.found(root)
    before = manifest.load(store, options.output)
    if before is not None and looked_at is not None and before.options == (options.with_drafts, options.base_url):
        if before.inputs == looked_at and None not in looked_at.values() and _are_as_written(before, options.output):
            return BuildResult(before.problems, Written((), (), len(before.pages), ()), before.entries)
        from sitegen.build import amending

        amended = amending.build(root, options, store, looked_at, before)
        if amended is not None:
            return amended
    from sitegen.build import full_build

    return full_build.build(root, options, store, looked_at, before)


def _are_as_written(before: Manifest, folder: Path) -> bool:
    return all(
        page.signature is not None and page.signature == signature_of(f"{folder}/{page.path}", follows_link=False) for page in before.pages
    )
