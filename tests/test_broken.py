"""Every message that an author can meet, word for word.

broken/NAME/ is a site with mistakes of one kind, and problems.txt what `sitegen build` prints of them.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Golden
from site_tester import Site

BROKEN = Path(__file__).parent / "broken"
NAMES = sorted(path.name for path in BROKEN.iterdir())

OPTIONS = {"drafts": ["--drafts"]}

def prepare_nothing(site: Site) -> None:
    pass

PREPARED: dict[str, Callable[[Site], None]] = {}
"what a folder in the repository can't hold"

@pytest.mark.parametrize("name", NAMES)
def test_a_broken_site_is_told_word_for_word(name: str, tmp_path: Path, golden: Golden) -> None:
    site = Site.from_dir(BROKEN / name, tmp_path).remove("problems.txt") if (BROKEN / name / "problems.txt").exists() else Site.from_dir(BROKEN / name, tmp_path)
    PREPARED.get(name, prepare_nothing)(site)
    site.build(*OPTIONS.get(name, []))
    golden(BROKEN / name / "problems.txt", site.err.replace(str(tmp_path), "ROOT"))
    assert site.output == {}
