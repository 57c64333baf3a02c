"""Every message that an author can meet, word for word, and what a broken site leaves as it was.

broken/NAME/ is a site with mistakes of one kind, and problems.txt is what `sitegen build` prints of them.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import Golden
from site_tester import Site, files_below

from sitegen.content.read import LARGEST_FILE
from sitegen.markdown import MOST_BRACKETS

BROKEN = Path(__file__).parent / "broken"
NAMES = sorted(path.name for path in BROKEN.iterdir())
OF_CONTENT = [
    "aliases", "dates", "files", "footnotes", "front-matter", "ids", "keys", "links", "missing", "names", "passages", "pictures", "reports",
    "types",
]  # fmt: skip
OPTIONS = {
    "base-url-option": ("--base-url", "example.org"),
    "drafts": ("--drafts",),
    "output-among-sources": ("--output", "content/site"),
}


def with_odd_files(site: Site) -> None:
    """Links, and bytes that are no text."""
    (site.root / "elsewhere.md").write_text("---\ntitle: Of another place\n---\n")
    entries = site.root / "content" / "entries"
    entries.mkdir(parents=True, exist_ok=True)
    (entries / "files-out.md").symlink_to("/")
    (entries / "files-nowhere.md").symlink_to("nothing.md")
    (entries / "files-circle.md").symlink_to("files-circle.md")
    (entries / "files-itself").symlink_to(".")
    site.write("content/entries/files-latin.md", "---\ntitle: Olé\ndate: 2023-04-07\n---\nDéjà vu, olé".encode("latin-1"))
    site.write("content/captures/files-report.txt", "One line.\r\nUn été".encode("latin-1"))
    with (entries / "files-large.md").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    site.write("content/entries/files-brackets.md", f"---\ntitle: Brackets\ndate: 2023\n---\n{'[' * (MOST_BRACKETS + 1)}\n")


def where_read_only(site: Site) -> None:
    site.remove("content/pages").write("content/pages", "a file")


def with_output_that_is_a_file(site: Site) -> None:
    site.write("site", "A file.")


def with_foreign_output(site: Site) -> None:
    site.write("site/holiday.jpg", "Not ours.")


def with_a_file_in_the_way(site: Site) -> None:
    site.build().succeeds().remove("site/about").write("site/about", "a file where a folder was")


PREPARED: dict[str, Callable[[Site], None]] = {
    "files": with_odd_files,
    "folder": where_read_only,
    "layout-encoding": lambda site: site.write("layouts/404.html", "<p>olé</p>".encode("latin-1")) and None,
    "output-in-the-way": with_a_file_in_the_way,
    "output-is-a-file": with_output_that_is_a_file,
    "output-is-foreign": with_foreign_output,
    "settings-encoding": lambda site: site.write("sitegen.toml", 'title = "olé"'.encode("latin-1")) and None,
}
"what a repository can't hold well"
