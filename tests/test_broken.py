"""Every message that an author can meet, word for word; a broken site leaves the last good one unchanged.

broken/NAME/ is a site with mistakes of one kind, and problems.txt is what `sitegen build` prints of them.
"""

import builtins
import errno
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.builder import bodies, full_build, output, pipeline
from sitegen.builder.comparison_cache import ComparisonCache
from sitegen.builder.page_worker import PageWorker
from sitegen.builder.parse_cache import ParseCache
from sitegen.builder.result import BuildOptions
from sitegen.builder.store import STATE_FILE
from sitegen.builder.worker_pool import Share
from sitegen.content.read import MAX_FILE_BYTES
from sitegen.markdown.body import MAX_BRACKETS
from tests.conftest import Golden
from tests.support.message_templates import Template, templates
from tests.support.site_tester import Site

BROKEN = Path(__file__).parent / "broken"
NAMES = sorted(path.name for path in BROKEN.iterdir())
OF_CONTENT = (
    "aliases", "comparisons", "dates", "files", "footnotes", "front-matter", "ids", "keys", "links", "missing", "names", "passages", "pictures", "reports",
    "types",
)  # fmt: skip
"problems that one site can have together"

OPTIONS = {
    "base-url-option": ("--base-url", "example.org"),
    "drafts": ("--drafts",),
    "ended-process": ("--jobs", "2"),
    "output-among-sources": ("--output", "content/site"),
    "output-in-git": ("--output", ".git/pages"),
}


def odd_files(site: Site, _: pytest.MonkeyPatch) -> None:
    entries = site.root / "content" / "entries"
    (entries / "files-out.md").symlink_to("/")
    (entries / "files-nowhere.md").symlink_to("nothing.md")
    (entries / "files-circle.md").symlink_to("files-circle.md")
    (entries / "files-itself").symlink_to(".")
    site.write(".git/config", "A key.")
    (entries / "files-private.md").symlink_to(site.root / ".git" / "config")
    os.mkfifo(entries / "files-pipe.md")
    with (entries / "files-large.md").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    site.write("content/entries/files-brackets.md", f"---\ntitle: Brackets\ndate: 2023\n---\n{'[' * (MAX_BRACKETS + 1)}\n")


def unreadable_files(_: Site, patch: pytest.MonkeyPatch) -> None:
    """Refuse to open files, as permissions do. Patched because the superuser, who may run the tests, is never refused."""
    open_file, read, scan = builtins.open, Path.read_bytes, os.scandir

    def refuse(path: Path, name: str) -> None:
        if path.name == name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def opened(path: Any, *how: Any, **more: Any) -> Any:
        refuse(Path(str(path)), "about.md")
        return open_file(path, *how, **more)

    def read_bytes(path: Path) -> bytes:
        refuse(path, "about.md")
        return read(path)

    def scandir(path: Path | str) -> Iterator[os.DirEntry[str]]:
        refuse(Path(path), "people")
        return scan(path)

    patch.setattr(builtins, "open", opened)
    patch.setattr(Path, "read_bytes", read_bytes)
    patch.setattr(os, "scandir", scandir)


def damaged_state(site: Site, _: pytest.MonkeyPatch) -> None:
    site.build("--drafts").succeeds()  # with other options nothing is kept but what was parsed
    shutil.rmtree(site.root / "site")
    for path in (site.root / ".sitegen").iterdir():
        if path.name == STATE_FILE:
            path.write_bytes(path.read_bytes()[1:])
        else:
            path.unlink()


def full_disk(site: Site, patch: pytest.MonkeyPatch) -> None:
    """Patched because a full disk cannot be mounted without the superuser."""
    write = output._write

    def write_or_fail(path: str, data: bytes, *how: int) -> None:
        if Path(path).is_relative_to(site.root / "site"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        write(path, data, *how)

    patch.setattr(output, "_write", write_or_fail)


def disk_becomes_full(site: Site, patch: pytest.MonkeyPatch) -> None:
    """Fail at the fourth file. Patched as in full_disk."""
    write, room = output._write, [3]

    def write_or_fail(path: str, data: bytes, *how: int) -> None:
        if Path(path).is_relative_to(site.root / "site"):
            room[0] -= 1
            if room[0] < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        write(path, data, *how)

    patch.setattr(output, "_write", write_or_fail)


def ended_process(_: Site, patch: pytest.MonkeyPatch) -> None:
    """End each worker, as a system short of memory does. A build shares work only from 200 pages."""
    leader, share = os.getpid(), PageWorker.share

    def share_or_end(worker: PageWorker) -> Share:
        if os.getpid() != leader:
            os._exit(9)
        yield from share(worker)

    patch.setattr(full_build, "WORTH_SHARING", 1)
    patch.setattr(PageWorker, "share", share_or_end)


def file_changed_meanwhile(site: Site, patch: pytest.MonkeyPatch) -> None:
    """Edit a file and clear the store between two steps of a build. Real edits cannot be timed like that."""
    site.build("--drafts").succeeds()
    shutil.rmtree(site.root / "site")
    renderable_site = pipeline.renderable_site

    def edit_and_change(root: Path, options: BuildOptions, parse_cache: ParseCache, comparisons: ComparisonCache) -> object:
        found = renderable_site(root, options, parse_cache, comparisons)
        parse_cache.store.write(lambda writer: writer.clear(bodies.SPACE))
        site.write("content/pages/about.md", "---\ntitle: About\n---\nAnother text.\n")
        return found

    patch.setattr(pipeline, "renderable_site", edit_and_change)


PREPARED: dict[str, Callable[[Site, pytest.MonkeyPatch], object]] = {
    "disk-becomes-full": disk_becomes_full,
    "disk-is-full": full_disk,
    "ended-process": ended_process,
    "file-changed-meanwhile": file_changed_meanwhile,
    "files": odd_files,
    "output-in-the-way": lambda site, _: site.build().succeeds().remove("site/about").write("site/about", "a file where a folder was"),
    "output-is-a-file": lambda site, _: site.write("site", "A file."),
    "output-is-foreign": lambda site, _: site.write("site/holiday.jpg", "Not ours."),
    "output-is-a-link": lambda site, _: (site.root / "site").symlink_to(site.root.parent / "elsewhere"),
    "state-is-a-link": lambda site, _: (site.root / ".sitegen").symlink_to(site.root.parent / "elsewhere"),
    "state-is-damaged": damaged_state,
    "unreadable": unreadable_files,
}
"what a folder of files in git cannot express"


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_site_prints_its_problems_word_for_word(
    name: str, tmp_path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site.from_dir(BROKEN / name, tmp_path, without="problems.txt")
    if name in PREPARED:
        PREPARED[name](site, monkeypatch)
    before = site.output
    site.build(*OPTIONS.get(name, ()))
    golden(BROKEN / name / "problems.txt", site.err)
    assert (site.output == before) == ("nothing was written\n" in site.err)
    assert site.status == int("was written" in site.err)


TOLD = re.compile(r"^(?! )(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): (?:note: )?(?P<message>.*)$", re.MULTILINE)
HINT = re.compile(r"^  hint: (.*)$", re.MULTILINE)


def told(name: str) -> str:
    return (BROKEN / name / "problems.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("template", [template for template in templates() if template.pattern], ids=str)
def test_each_message_and_each_hint_is_in_a_golden_file(template: Template) -> None:
    assert template.pattern is not None
    lines = [found for name in NAMES for found in (TOLD if template.kind == "message" else HINT).findall(told(name))]
    assert any(template.pattern.fullmatch(line if isinstance(line, str) else line[-1]) for line in lines)


def test_only_these_files_pass_on_messages_from_elsewhere() -> None:
    assert {template.file for template in templates() if not template.pattern} == {
        "content/document.py",
        "content/frontmatter.py",  # a date's refusal: cases/dates.md holds them all
        "content/parse.py",
        "content/yaml_nodes.py",
        "timeline/targets.py",
    }


def test_all_problems_are_reported_in_one_run_and_the_last_good_site_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site.new(tmp_path).write("content/pages/good.md", "---\ntitle: Good\n---\n").build().succeeds()
    good = site.output
    for name in OF_CONTENT:
        shutil.copytree(BROKEN / name, tmp_path, dirs_exist_ok=True)
        if name in PREPARED:
            PREPARED[name](site, monkeypatch)
    site.build("--format", "json").fails()
    problems = json.loads(site.out)["problems"]
    expected = {found.groups() for name in OF_CONTENT for found in TOLD.finditer(told(name))}
    assert {(one["file"], str(one["line"]), str(one["column"]), one["message"]) for one in problems} == expected
    assert site.output == good
