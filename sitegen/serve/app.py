"""`sitegen serve`: run the preview, watch the files, and report problems in the terminal."""

import argparse
import gc
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from sitegen.builder import comparison_cache, parse_store
from sitegen.problems import Problem, visible
from sitegen.serve import watch
from sitegen.serve.preview import Preview
from sitegen.serve.server import MAX_PORTS_TRIED, Server, bound_listener, is_local

MAX_SHUTDOWN_S = 0.2
"how long Ctrl-C waits for the watch; all its work is in memory, so it can be abandoned"

ReportProblems = Callable[..., None]
"prints problems in the command's --format; keyword arguments become further keys of JSON"


class Terminal:
    """Reports the problems of the preview in the terminal whenever they change."""

    def __init__(self, preview: Preview, report: ReportProblems, out: str) -> None:
        self._preview, self._report, self._is_json = preview, report, out == "json"
        self._reported: tuple[Problem, ...] = ()
        self._lock = threading.Lock()

    def say(self, words: str) -> None:
        """Print to standard output, or to standard error if a program reads JSON from standard output."""
        print(visible(words), file=sys.stderr if self._is_json else sys.stdout, flush=True)

    def report_first(self) -> None:
        self._reported = self._preview.problems
        if self._reported or self._is_json:
            self._report(self._reported, revision=self._preview.revisions.latest)

    def report_revision(self) -> None:
        with self._lock:
            problems = self._preview.problems
            if self._is_json or problems != self._reported:
                self._report(problems, revision=self._preview.revisions.latest)
            self._reported = problems
            self.say("there are problems; still showing the last good site" if self._preview.is_broken else "updated")


def serve(root: Path, options: argparse.Namespace, report: ReportProblems) -> int:
    """Run until Ctrl-C. Returns the exit status: 0, or 1 if no port is free."""
    try:
        found = bound_listener(options.host, options.port)
    except OSError as error:
        print(visible(f"sitegen: can’t listen on {options.host}: {error.strerror}"), file=sys.stderr)
        return 1
    if found is None:
        print(f"sitegen: no port from {options.port} to {options.port + MAX_PORTS_TRIED - 1} is free", file=sys.stderr)
        return 1
    with found as listener:
        preview = Preview(root, follows=options.follow, is_local=is_local(listener))
        terminal = Terminal(preview, report, options.format)
        try:
            _read(preview, terminal)
            _serve_at(listener, preview, options, terminal)
        except KeyboardInterrupt:
            terminal.say("")
    return 0


def _read(preview: Preview, terminal: Terminal) -> None:
    parse_cache = preview.live_site.parse_cache
    kept = parse_store.load(parse_cache.store)
    terminal.say("reading the site" if kept else "reading the site, all of it; the next start is quicker")
    parse_cache.take(kept)
    preview.live_site.comparisons = comparison_cache.load(parse_cache.store)
    parse_cache.jobs = 0  # on all cores, as long as this process has no other thread
    preview.refresh()
    parse_cache.jobs = 1
    gc.freeze()  # objects made so far mostly stay, and none is garbage: the collector was off
    gc.enable()
    terminal.report_first()
    if parse_cache.times_read:  # even where nothing had to be parsed: a copy of the site has files with other times
        threading.Thread(target=_keep, args=(preview,), daemon=True).start()


def _keep(preview: Preview) -> None:
    """Save parsed files and comparisons for the next start."""
    parse_cache = preview.live_site.parse_cache
    parse_store.save(parse_cache.store, parse_cache.kept, parse_cache.taken)
    comparison_cache.save(parse_cache.store, preview.live_site.comparisons)


def _serve_at(listener: socket.socket, preview: Preview, options: argparse.Namespace, terminal: Terminal) -> None:
    port = listener.getsockname()[1]
    address = f"http://{_in_url(options.host)}:{port}{preview.base_path}"
    server, stop = Server(preview, options.host), threading.Event()

    def announce() -> None:
        server.wake()
        terminal.report_revision()

    preview.on_revision = announce
    before = signal.signal(signal.SIGINT, server.handle_exit)  # before uvicorn installs its own, so that no interrupt is lost in between
    watching = threading.Thread(target=watch.run, args=(preview, options, terminal.say, address, stop), daemon=True)
    watching.start()
    try:
        if port != options.port != 0:
            terminal.say(f"port {options.port} is in use")
        terminal.say(f"the preview is at {address} (press Ctrl-C to stop)")
        if options.open:
            import webbrowser

            webbrowser.open(address)
        server.run(sockets=[listener])
    finally:
        signal.signal(signal.SIGINT, before)
        stop.set()
        watching.join(timeout=MAX_SHUTDOWN_S)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
