"""The benchmark: its corpus is reproducible, and its bare pages hold the same content in every program."""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import builds, corpus, generators, previews, tables
from bench.corpus import Entry
from bench.measure import Cost, FailedError, Program
from tests.support.built_sites import ROOT
from tests.support.site_tester import Site, files_below

TWENTY = corpus.entries(20)
VARIANTS = {"bare": generators.write_bare_sitegen, "theme": generators.write_sitegen}
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what a program costs")
ALL = {**VARIANTS, "Hugo": generators.write_hugo, "Eleventy": generators.write_eleventy}


def site(folder: Path, write: generators.Write, entries: Sequence[Entry] = TWENTY) -> Site:
    folder.mkdir()
    write(folder, entries)
    return Site(folder)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of the bare variant, by their paths."""
    built = site(tmp_path_factory.mktemp("bench") / "bare", generators.write_bare_sitegen).build().succeeds()
    return {path: data.decode() for path, data in built.output.items() if path.endswith(".html")}


@pytest.mark.parametrize("name", ALL)
def test_one_seed_gives_the_same_files(tmp_path: Path, name: str) -> None:
    one, again = (site(tmp_path / folder, ALL[name], corpus.entries(20)) for folder in ("one", "again"))
    other = site(tmp_path / "other", ALL[name], corpus.entries(20, seed=8))
    assert files_below(one.root) == files_below(again.root)
    assert files_below(one.root) != files_below(other.root)


@pytest.mark.parametrize("name", VARIANTS)
def test_sitegen_builds_the_corpus_without_a_message(tmp_path: Path, name: str) -> None:
    built = site(tmp_path / name, VARIANTS[name]).build("--format", "json").succeeds()
    assert json.loads(built.out)["problems"] == []
    assert {f"entries/{entry.id}/index.html" for entry in TWENTY} <= set(built.output)


def test_all_programs_are_given_the_same_bodies(tmp_path: Path) -> None:
    for name, write in ALL.items():
        files = files_below(site(tmp_path / name, write).root)
        texts = {Path(path).stem: data.decode() for path, data in files.items() if path.endswith(".md")}
        assert all(texts[entry.id].endswith(f"\n---\n{entry.body}") for entry in TWENTY), name


def test_the_corpus_has_every_part_of_an_entry() -> None:
    text = "\n".join(entry.body for entry in TWENTY)
    assert all(re.search(part, text) for part in (r"(?m)^> ", r"(?m)^- ", r"\[\^1\]", r"\]\(https:", r"\*\*\w", r"(?<!\*)\*\w"))
    reports = [entry.report for entry in TWENTY if entry.report]
    assert len(reports) == 2
    assert all(quote in report.text for report in reports for quote in report.quotes)


def test_a_bare_entry_page_has_the_same_content_as_the_other_programs(bare: dict[str, str]) -> None:
    for before, entry, after in zip([None, *TWENTY], TWENTY, [*TWENTY[1:], None], strict=False):
        page = bare[f"entries/{entry.id}/index.html"]
        assert builds.missing(page, entry) == []
        beside = re.findall(r'rel="(prev|next)" href="/entries/([^"]*)/"', page)
        assert beside == [(rel, one.id) for rel, one in (("prev", before), ("next", after)) if one]
        assert all(f"<q>{quote}</q>" in page for quote in (entry.report.quotes if entry.report else ()))


def test_bare_lists_have_the_same_content_as_the_other_programs(bare: dict[str, str]) -> None:
    for kind in ("people", "places", "tags"):
        for name in {name for entry in TWENTY for name in getattr(entry, kind)}:
            listed = {entry.id for entry in TWENTY if name in getattr(entry, kind)}
            assert set(re.findall('href="/entries/([^"]*)/"', bare[f"{kind}/{corpus.slug(name)}/index.html"])) == listed
            assert f'<a href="/{kind}/{corpus.slug(name)}/">{name}</a> ({len(listed)} ' in bare[f"{kind}/index.html"]
    assert re.findall('href="/entries/([^"]*)/"', bare["index.html"]) == [entry.id for entry in reversed(TWENTY)]


def test_a_page_that_lacks_something_is_noticed(bare: dict[str, str]) -> None:
    entry = TWENTY[0]
    page = bare[f"entries/{entry.id}/index.html"]
    sentence = re.findall(r"<blockquote>\s*<p>(.*)</p>", page)[0]
    for part in (sentence, entry.sources[0], f"/people/{corpus.slug(entry.people[0])}/", f"{entry.at:%B}"):
        assert builds.missing(page.replace(part, ""), entry) != [], part


@pytest.mark.parametrize("edit", builds.EDITS.values(), ids=list(builds.EDITS))
def test_an_edit_of_the_bench_shows_on_the_entrys_page(tmp_path: Path, edit: builds.Edit) -> None:
    edited = site(tmp_path / "site", generators.write_bare_sitegen)
    path = edited.root / "content" / "entries" / f"{TWENTY[4].id}.md"
    path.write_text(edit(path.read_text(), "marked1"))
    assert b"marked1" in edited.build().succeeds().output[f"entries/{TWENTY[4].id}/index.html"]


def test_the_page_of_results_has_a_place_for_each_table(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text((ROOT / "docs" / "performance.md").read_text(encoding="utf-8"), encoding="utf-8")
    for section in (
        *(f"builds of {number}" for number in (1_000, 10_000, 100_000)),
        *(f"previews of {number}" for number in (1_000, 10_000)),
    ):
        tables.put_into(page, section, "other words")
        tables.put_into(page, section, f"the words of {section}")
    text = page.read_text(encoding="utf-8")
    assert len(re.findall("(?m)^the words of ", text)) == 5
    assert "other words" not in text
    with pytest.raises(ValueError, match="no place for builds of 7"):
        tables.put_into(page, "builds of 7", "")


TWO_THAT_SHARE = """
import os, time
held = bytearray(b"x" * (120 << 20))
parent = os.fork()
own = bytearray(b"x" * (20 << 20))
time.sleep(1)
parent and os.wait()
"""


@ON_LINUX
def test_memory_of_several_processes_counts_shared_pages_once(tmp_path: Path) -> None:
    peak_mb = Program([sys.executable, "-c", TWO_THAT_SHARE], tmp_path, {}, tmp_path / "log").peak_mb()
    assert 160 <= peak_mb < 250  # 120 that both share, 20 for each, and Python; if it were counted twice, 280 and more


@ON_LINUX
def test_a_failing_program_ends_the_bench_with_its_message(tmp_path: Path) -> None:
    program = Program([sys.executable, "-c", "import sys; sys.exit('no paper left')"], tmp_path, {}, tmp_path / "log")
    with pytest.raises(FailedError, match="no paper left"):
        program.cost()


@ON_LINUX
@pytest.mark.slow
def test_builds_are_measured_and_the_edit_is_checked(tmp_path: Path) -> None:
    told: list[str] = []
    bare = generators.installed(None)[0][0]
    one = builds.measured([bare], TWENTY, tmp_path, 1, told.append)[0]
    assert set(one.costs) == set(builds.WORK)
    assert all(cost.cpu_s > 0 for cost in one.costs.values())
    assert one.costs[builds.FRESH].written == one.output.pages + one.output.others
    assert one.costs[builds.UNCHANGED].written == 0
    assert one.costs["one body edited"].written == 1
    assert one.costs["one title edited"].written > 1
    assert [line.partition(":")[0] for line in told] == [bare.name] * 5


@pytest.mark.slow
@ON_LINUX
def test_previews_are_measured(tmp_path: Path) -> None:
    theme = generators.installed(None)[0][1]
    one = previews.measured([theme], TWENTY, tmp_path, 1, 1, lambda _: None)[0]
    assert all(0 < seconds < previews.MAX_EDIT_S for kind in builds.EDITS for seconds in one.edits_s[kind])
    assert [len(one.edits_s[kind]) for kind in builds.EDITS] == [theme.edits_a_turn] * 2
    assert all(seconds > 0 for seconds in one.starts_s.values())
    assert all(one.cpu_s[kind] > 0 for kind in builds.EDITS)


def built(name: str, wall_s: float) -> builds.Built:
    cost = Cost(wall_s, wall_s, 10, 0)
    return builds.Built(name, dict.fromkeys(builds.WORK, cost), 10, builds.Output(1, 1, 1))


def test_a_bar_is_judged_beside_hugo() -> None:
    text = tables.builds([built(tables.BARE, 0.8), built(tables.THEME, 1.6), built(tables.HUGO, 1.0)], 10_000, [])
    assert "| build from nothing, bare layouts | 0.9 × Hugo, aim 0.7 | 0.800 × Hugo | yes |" in text
    assert "| build from nothing, its theme | 1.5 × Hugo, aim 1.0 | 1.600 × Hugo | **no** |" in text


def test_growth_is_judged_per_entry() -> None:
    small, large = ([built(tables.BARE, one), built(tables.THEME, one)] for one in (1.0, 13.0))
    assert "| sitegen, its theme: time of an entry beside that at 10,000 | 1.2 × | 1.30 × | **no** |" in tables.builds(
        large, 100_000, small
    )


def test_without_hugo_there_are_tables_without_ratios() -> None:
    assert "| from nothing | sitegen, its theme | 2.00 s | – | 2.00 s | – |" in tables.builds([built(tables.THEME, 2.0)], 1_000, [])


def test_the_95th_percentile_of_a_hundred_is_the_95th() -> None:
    assert previews.within([float(number) for number in range(1, 101)], 0.95) == 95
