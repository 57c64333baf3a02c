"""`sitegen serve`: the preview, a watch that looks at the files as they are saved, and what the terminal is told."""

import argparse
import gc
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from sitegen.build import comparison_cache, parse_store
from sitegen.problems import Problem, visible
from sitegen.serve import watch
from sitegen.serve.preview import Preview
from sitegen.serve.server import PORTS_TRIED, Server, is_local, listening

LONGEST_FAREWELL_S = 0.2
"for the watch to end; what it still reads or links is in memory alone, and may be left"

Tell = Callable[..., None]
"prints problems as the command's --format asks for it; what else is told goes with them where that is JSON"


class Terminal:
    """What the one who saves reads: the same problems as in the page, each time that they are others."""

    def __init__(self, preview: Preview, tell: Tell, out: str) -> None:
        self._preview, self._tell, self._is_json = preview, tell, out == "json"
        self._told: tuple[Problem, ...] = ()
        self._lock = threading.Lock()

    def say(self, words: str) -> None:
        """Not among the lines of JSON that a program reads."""
        print(visible(words), file=sys.stderr if self._is_json else sys.stdout, flush=True)

    def first(self) -> None:
        self._told = self._preview.problems
        if self._told or self._is_json:
            self._tell(self._told, revision=self._preview.revisions.latest)

    def news(self) -> None:
        with self._lock:
            problems = self._preview.problems
            if self._is_json or problems != self._told:
                self._tell(problems, revision=self._preview.revisions.latest)
            self._told = problems
            self.say("there are problems; the last good site stays" if self._preview.is_broken else "read again")


def serve(root: Path, options: argparse.Namespace, tell: Tell) -> int:
    """Until Ctrl-C. Exit status 0, or 1 where no port is free."""
    try:
        found = listening(options.host, options.port)
    except OSError as error:
        print(visible(f"sitegen: {options.host} can’t be listened at: {error.strerror}"), file=sys.stderr)
        return 1
    if found is None:
        print(f"sitegen: no port from {options.port} to {options.port + PORTS_TRIED - 1} is free", file=sys.stderr)
        return 1
    with found as listener:
        preview = Preview(root, follows=options.follow, is_local=is_local(listener))
        terminal = Terminal(preview, tell, options.format)
        try:
            _read(preview, terminal)
            _serve_at(listener, preview, options, terminal)
        except KeyboardInterrupt:
            terminal.say("")
    return 0


def _read(preview: Preview, terminal: Terminal) -> None:
    parse_cache = preview.newsroom.parse_cache
    kept = parse_store.load(parse_cache.store)
    terminal.say("reading the site" if kept else "reading the site, all of it; the next start is quicker")
    parse_cache.take(kept)
    preview.newsroom.comparisons = comparison_cache.load(parse_cache.store)
    parse_cache.jobs = 0  # on all cores, as long as this process has no other thread
    preview.refresh()
    parse_cache.jobs = 1
    gc.freeze()  # what is read now mostly stays; none of it is garbage, and till now the collector was off
    gc.enable()
    terminal.first()
    if parse_cache.times_read:  # even where nothing had to be parsed: a copy of the site has files with other times
        threading.Thread(target=_keep, args=(preview,), daemon=True).start()


def _keep(preview: Preview) -> None:
    """What was read and compared, for the next start."""
    parse_cache = preview.newsroom.parse_cache
    parse_store.save(parse_cache.store, parse_cache.kept, parse_cache.taken)
    comparison_cache.save(parse_cache.store, preview.newsroom.comparisons)


def _serve_at(listener: socket.socket, preview: Preview, options: argparse.Namespace, terminal: Terminal) -> None:
    port = listener.getsockname()[1]
    address = f"http://{_in_url(options.host)}:{port}{preview.base_path}"
    server, stop = Server(preview, options.host), threading.Event()

    def spread() -> None:
        server.ring()
        terminal.news()

    preview.on_news = spread
    before = signal.signal(
        signal.SIGINT, server.handle_exit
    )  # from here on: between the words and uvicorn's own, an interrupt would be lost
    watching = threading.Thread(target=watch.run, args=(preview, options, terminal.say, address, stop), daemon=True)
    watching.start()
    try:
        if port != options.port != 0:
            terminal.say(f"port {options.port} is in use")
        terminal.say(f"the preview is at {address} (Ctrl-C ends it)")
        if options.open:
            import webbrowser

            webbrowser.open(address)
        server.run(sockets=[listener])
    finally:
        signal.signal(signal.SIGINT, before)
        stop.set()
        watching.join(timeout=LONGEST_FAREWELL_S)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
