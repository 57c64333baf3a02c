"""A build after an edit of entries' bodies, and of nothing that another page shows: their pages are filled in anew, and nothing is linked.

Also a build where files were only touched, or were too young last time for their signatures to prove anything.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from sitegen.build import manifest, output
from sitegen.build.digests import digest_of
from sitegen.build.inputs import Inputs
from sitegen.build.manifest import Manifest, PageRecord
from sitegen.build.result import BuildResult, Options, Written
from sitegen.build.stat_signature import signature_of
from sitegen.build.store import Store
from sitegen.content.read import LARGEST_FILE
from sitegen.files import read_regular

MOST_FILES = 20
"that are taken this way"


def build(root: Path, options: Options, store: Store, looked_at: Inputs, before: Manifest) -> BuildResult | None:
    """None where this way doesn't lead to the end: then nothing was written."""
    folder = options.output
    touched = [path for path, signature in looked_at.items() if signature is None or signature != before.inputs.get(path)]
    if len(touched) > MOST_FILES or before.inputs.keys() != looked_at.keys():
        return None
    noted = output.noted(root, folder)
    if not (noted.is_whole and noted.paths.issuperset(page.path for page in before.pages)):
        return None
    try:
        edited, pages = _edited(root, touched, before), _as_written(before.pages, folder)
    except OSError:
        return None
    if edited is None or pages is None:
        return None
    after = msgspec.structs.replace(before, inputs=looked_at, pages=pages)
    if edited:
        from sitegen.build import refilling

        return refilling.build(root, options, store, after, edited)
    try:
        manifest.save(store, folder, after)
    except OSError as error:
        from sitegen.build.errors import disk_problem

        return BuildResult((*before.problems, disk_problem(root, folder, error)), None)
    return BuildResult(before.problems, Written((), (), len(pages), ()), before.entries)


def _edited(root: Path, touched: Sequence[str], before: Manifest) -> dict[str, bytes] | None:
    """Entries with other bytes than at the last build; None where something else has changed. Raises OSError."""
    edited: dict[str, bytes] = {}
    for path in touched:
        file = Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else ""
        known = before.content.get(file)
        data = None if known is None or os.path.islink(path) else read_regular(path, largest=LARGEST_FILE)
        if known is None or data is None:
            return None
        if digest_of(data) == known.digest:
            continue
        if not known.shown:
            return None
        edited[file] = data
    return edited


def _as_written(pages: Sequence[PageRecord], folder: Path) -> list[PageRecord] | None:
    """The records of pages with signatures as they are now; None where a file is not the one that was written."""
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
