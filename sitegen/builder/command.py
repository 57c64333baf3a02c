"""`sitegen build`: the shortest path that is certain to give the same site as a clean build.

1. Nothing changed: all inputs and outputs still have the stat signatures of the last build.
2. Only bodies of entries changed: `body_fast_path` renders their pages without linking the site.
3. Anything else: a full build.

Modules that are slow to import are imported only after a change makes them necessary.
"""

import gc
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from sitegen.builder import inputs, manifest
from sitegen.builder.digests import digest_of
from sitegen.builder.inputs import Inputs
from sitegen.builder.manifest import Manifest, PageRecord
from sitegen.builder.result import BuildOptions, BuildResult, Written
from sitegen.builder.stat_signature import signature_of
from sitegen.builder.store import Store, state_store
from sitegen.files import read_regular

MAX_TOUCHED = 20
"files; after more than that a full build is started"


def build(root: Path, options: BuildOptions) -> BuildResult:
    """Build the site in *root* into the output folder; on any problem the last good site stays there."""
    was_on = gc.isenabled()
    gc.disable()  # a build makes hardly any garbage, and scanning for it costs more time than the memory is worth
    try:
        return _build(root, options)
    finally:
        if was_on:
            gc.enable()


def _build(root: Path, options: BuildOptions) -> BuildResult:
    store = state_store(root)
    current = inputs.current_inputs(root)
    before = manifest.load(store, options.output)
    if before is not None and current is not None and before.options == (options.with_drafts, options.base_url):
        if before.inputs == current and None not in current.values() and _is_output_untouched(before, options.output):
            return _unchanged(before)
        quick = _without_linking(root, options, store, current, before)
        if quick is not None:
            return quick
    from sitegen.builder import full_build

    return full_build.build(root, options, store, current, before)


def _without_linking(root: Path, options: BuildOptions, store: Store, current: Inputs, before: Manifest) -> BuildResult | None:
    """A build in which no file changed, or only bodies of entries did; None, with nothing written, if more changed."""
    from sitegen.builder import output

    touched = [path for path, signature in current.items() if signature is None or signature != before.inputs.get(path)]
    if len(touched) > MAX_TOUCHED or before.inputs.keys() != current.keys():
        return None
    noted = output.noted(root, options.output)
    if not (noted.is_whole and noted.paths.issuperset(page.path for page in before.pages)):
        return None
    try:
        edited, pages = _edited_entries(root, touched, before), _with_current_signatures(before.pages, options.output)
    except OSError:
        return None
    if edited is None or pages is None:
        return None
    after = msgspec.structs.replace(before, inputs=current, pages=pages)
    if edited:
        from sitegen.builder import body_fast_path

        return body_fast_path.build(root, options, store, after, edited)
    try:
        manifest.save(store, options.output, after)
    except OSError as error:
        from sitegen.builder.errors import disk_problem

        return BuildResult((*before.problems, disk_problem(root, options.output, error)), None)
    return _unchanged(after)


def _unchanged(before: Manifest) -> BuildResult:
    return BuildResult(before.problems, Written((), (), len(before.pages), ()), before.entries)


def _is_output_untouched(before: Manifest, folder: Path) -> bool:
    return all(
        page.signature is not None and page.signature == signature_of(f"{folder}/{page.path}", follows_link=False) for page in before.pages
    )


def _edited_entries(root: Path, touched: Sequence[str], before: Manifest) -> dict[str, bytes] | None:
    """New bytes of each entry that differs from the last build; None if any other file differs. Raises OSError."""
    from sitegen.content.read import MAX_FILE_BYTES

    edited: dict[str, bytes] = {}
    for path in touched:
        file = Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else ""
        known = before.content.get(file)
        data = None if known is None or os.path.islink(path) else read_regular(path, max_bytes=MAX_FILE_BYTES)
        if known is None or data is None:
            return None
        if digest_of(data) == known.digest:
            continue
        if not known.shown:
            return None
        edited[file] = data
    return edited


def _with_current_signatures(pages: Sequence[PageRecord], folder: Path) -> list[PageRecord] | None:
    """The pages with their files' current stat signatures; None if a file is not the one that was written. Raises OSError."""
    from sitegen.builder import output

    found: list[PageRecord] = []
    for page in pages:
        target = f"{folder}/{page.path}"
        signature = signature_of(target, follows_link=False)
        if signature is None or signature != page.signature:
            present = output.present_bytes(target)
            if present is None or digest_of(present) != page.written:
                return None
            page = msgspec.structs.replace(page, signature=signature)
        found.append(page)
    return found
