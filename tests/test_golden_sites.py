"""Sites as they are published, byte for byte: sites/NAME/expected holds each page, feed and data file of the build of sites/NAME.

A changed theme changes them. `--update-golden` rewrites them; read the difference before you commit it.
"""

import re
import shutil
from pathlib import Path

import pytest

from tests.support.site_tester import Site, files_below

SITES = Path(__file__).parent / "sites"
NAMES = sorted(path.name for path in SITES.iterdir())
TEXT = (".atom", ".html", ".json", ".txt", ".xml")
DIGEST = re.compile(rb"(/assets/[\w./-]+)\.[0-9a-f]{10}\.(?=\w+)")
"in an asset's address; it changes with every edit of a style, which these files need not show"


def published(site: Site) -> dict[str, bytes]:
    """The texts among the files, with their assets' digests left out."""
    return {file: DIGEST.sub(rb"\1.DIGEST.", data) for file, data in site.output.items() if file.endswith(TEXT)}


@pytest.mark.parametrize("name", NAMES)
def test_a_site_is_published_byte_for_byte(name: str, tmp_path: Path, updates_golden: bool) -> None:
    site = Site.from_dir(SITES / name, tmp_path, without="expected").build().succeeds()
    found, expected = published(site), SITES / name / "expected"
    if updates_golden:
        shutil.rmtree(expected, ignore_errors=True)
        for file, data in found.items():
            (expected / file).parent.mkdir(parents=True, exist_ok=True)
            (expected / file).write_bytes(data)
    assert sorted(found) == sorted(files_below(expected))
    assert [file for file, data in found.items() if data != (expected / file).read_bytes()] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_site_has_no_problem_or_note(name: str, tmp_path: Path) -> None:
    assert Site.from_dir(SITES / name, tmp_path, without="expected").build("--drafts").succeeds().err == ""
