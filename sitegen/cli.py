"""The command line: options in, exit status out. Each command imports what it needs when it runs."""

import argparse
import io
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import __version__, console
from sitegen.console import FINE, PROBLEMS, USAGE

if TYPE_CHECKING:
    from sitegen.problems import Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 fine, 1 problems, 2 usage."""
    options = parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file's name may contain bytes that aren't text
    try:
        status: int = options.run(options)
    except UsageError as error:
        console.say(f"sitegen: {error}", sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return PROBLEMS
    return status


class UsageError(Exception):
    """The command can't run with these arguments, or not here."""


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="sitegen", description="Turn news reports into an annotated timeline, and publish it as a static site."
    )
    top.add_argument("--version", action="version", version=f"sitegen {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _new(commands)
    _ingest(commands)
    _accept(commands)
    _build(commands)
    _serve(commands)
    return top


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def _new(commands: "Commands") -> None:
    new = commands.add_parser("new", help="create a site, an entry, a person or a place")
    kinds = new.add_subparsers(title="what to create", metavar="WHAT", required=True)
    for kind, argument, help_text in (
        ("site", "DIR", "a small example site, with a workflow that publishes it to GitHub Pages"),
        ("entry", "TITLE", "an entry, dated today"),
        ("person", "NAME", "a person or an organisation"),
        ("place", "NAME", "a place"),
    ):
        command = kinds.add_parser(kind, help=help_text, description=help_text)
        command.add_argument("value", metavar=argument)
        _format(command)
        command.set_defaults(run=run_new, kind=kind)


def _ingest(commands: "Commands") -> None:
    about = "Store reports and their text, and draft an entry for each event that they report."
    ingest = commands.add_parser("ingest", help="turn reports into drafts of entries", description=about)
    ingest.add_argument("files", nargs="+", metavar="FILE", help="a text or HTML file, an http(s) address, or - for standard input")
    ingest.add_argument("--published", default="", metavar="DATE", help="when the report was published, for example 2023-04-07")
    ingest.add_argument("--outlet", default="", metavar="NAME", help="who published it")
    ingest.add_argument("--url", default="", metavar="ADDRESS", help="the report's web address")
    ingest.add_argument("--origin", default="", metavar="TEXT", help="where its text comes from, such as an agency, if not from the outlet")
    ingest.add_argument("--jobs", type=_positive, default=0, metavar="N", help="number of processes (default: one for each core)")
    ingest.add_argument("--dry-run", action="store_true", help="write nothing; also works outside a site")
    ingest.add_argument("--json", action="store_true", help="print the results as one JSON object")
    _format(ingest)
    ingest.set_defaults(run=run_ingest)


def _accept(commands: "Commands") -> None:
    accept = commands.add_parser(
        "accept", help="turn drafts into entries", description="Move drafts to content/entries/, with today as the day they were added."
    )
    accept.add_argument("names", nargs="+", metavar="DRAFT", help="a draft's id (its file name without .md) or its path")
    _format(accept)
    accept.set_defaults(run=run_accept)


def _build(commands: "Commands") -> None:
    build = commands.add_parser("build", help="build the site", description="Check all content and write the site.")
    build.add_argument("--drafts", action="store_true", help="include drafts")
    build.add_argument("--base-url", default="", metavar="ADDRESS", help="the site's address, instead of the setting base_url")
    build.add_argument("--output", type=Path, metavar="DIR", help="the folder to write to, instead of site/")
    build.add_argument("--no-search", action="store_true", help="leave out the search")
    build.add_argument("--explain", action="store_true", help="say why each page was rebuilt")
    build.add_argument("--jobs", type=_positive, default=0, metavar="N", help="number of processes (default: one for each core)")
    _format(build)
    build.set_defaults(run=run_build)


def _serve(commands: "Commands") -> None:
    about = "Preview the site, drafts included, in a browser, and update it when a file changes."
    serve = commands.add_parser("serve", help="preview the site while you edit", description=about)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8000, metavar="N", help="port to listen on (default: 8000, or the next free one)")
    serve.add_argument("--open", action="store_true", help="open the preview in a browser")
    serve.add_argument("--poll", action="store_true", help="check the files for changes at intervals, for network drives")
    serve.add_argument("--follow", action="store_true", help="show each entry in the browser when its file is saved")
    _format(serve)
    serve.set_defaults(run=run_serve)


def _format(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to print problems (default: text)")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= 65535):
        raise argparse.ArgumentTypeError("must be a port number from 0 to 65535")
    return int(text)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5) or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more")
    return int(text)


def run_build(options: argparse.Namespace) -> int:
    from sitegen.builder.command import build
    from sitegen.builder.result import BuildOptions

    root = _site()
    output: Path = options.output.absolute() if options.output else root / "site"
    with console.page_bar() as on_pages:
        outcome = build(root, BuildOptions(output, options.drafts, options.base_url, options.jobs, options.explain, on_pages))
    written = outcome.written
    if options.format == "json":
        done = (
            {"created": written.created, "changed": written.changed, "unchanged": written.unchanged, "removed": written.removed}
            if written
            else None
        )
        console.print_problems(root, outcome.problems, "json", written=done)
        return FINE if written else PROBLEMS
    console.print_problems(root, outcome.problems, options.format)
    if written is None:
        print("only part of the site was written" if outcome.is_torn else "nothing was written", file=sys.stderr)
        return PROBLEMS
    if options.explain:
        for path, reason in (*outcome.why.items(), *((path, "removed: no longer part of the site") for path in written.removed)):
            console.say(f"{path}: {reason}")
    entries = "1 entry" if outcome.entries == 1 else f"{outcome.entries} entries"
    counts = (
        f"files: {len(written.created)} new, {len(written.changed)} changed, {written.unchanged} unchanged, {len(written.removed)} removed"
    )
    console.say(f"{console.shown(output)}: {entries}; {counts}")
    return FINE


def run_serve(options: argparse.Namespace) -> int:
    import gc

    gc.disable()  # until the site is read: imports and reading leave no garbage
    from sitegen.serve import app

    root = _site()

    def report(problems: "Sequence[Problem]", revision: int) -> None:
        more = {"revision": revision} if options.format == "json" else {}
        console.print_problems(root, problems, options.format, **more)
        sys.stdout.flush()

    return app.serve(root, options, report)


def run_ingest(options: argparse.Namespace) -> int:
    from sitegen.ingest.command import ingest

    root = _site() if not options.dry_run else _site_or_none()
    with console.progress(len(options.files), "reports") as on_done:
        outcome = ingest(
            root,
            options.files,
            published=options.published,
            outlet=options.outlet,
            url=options.url,
            origin=options.origin,
            dry_run=options.dry_run,
            stdin=sys.stdin.buffer,
            now=datetime.now(UTC),
            jobs=options.jobs,
            with_json=options.json,
            on_done=on_done,
            ask_outlet=console.ask_outlet,
        )
    if outcome.json_output is not None:
        import json

        from sitegen.problems import as_json, visible_json

        result = outcome.json_output.as_json() | {"problems": as_json(outcome.problems)}
        if options.format != "json":
            console.print_problems(root or Path(), outcome.problems, options.format)
        print(visible_json(json.dumps(result, ensure_ascii=False)))
        return console.status(outcome.problems)
    if options.format == "json":
        console.print_problems(root or Path(), outcome.problems, "json", lines=outcome.lines, reports=outcome.counts)
        return console.status(outcome.problems)
    return console.report(root or Path(), outcome.problems, [*outcome.lines, *outcome.table], options.format)


def run_accept(options: argparse.Namespace) -> int:
    from sitegen.editing.accept import accept

    root = _site()
    outcome = accept(root, options.names, date.today(), Path.cwd())  # the editor's own day
    return console.report(root, outcome.problems, outcome.lines, options.format)


def run_new(options: argparse.Namespace) -> int:
    from sitegen.scaffold import new

    root = Path(options.value) if options.kind == "site" else _site()
    match options.kind:
        case "site":
            created = new.new_site(root)
        case "entry":
            created = new.new_entry(root, options.value, date.today())
        case "person":
            created = new.new_person(root, options.value)
        case _:
            created = new.new_place(root, options.value)
    return console.report(root, created.problems, [f"wrote {file}" for file in created.files], options.format)


def _site() -> Path:
    root = _site_or_none()
    if root is None:
        raise UsageError(
            "there is no site here: no sitegen.toml, and no pyproject.toml with [tool.sitegen]; create one with `sitegen new site DIR`"
        )
    return root


def _site_or_none() -> Path | None:
    from sitegen.site_folder import find_site

    return find_site(Path.cwd())


if __name__ == "__main__":
    sys.exit(main())
