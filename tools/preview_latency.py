"""How long it takes from a save to the new words over HTTP: `python tools/preview_latency.py ENTRIES EDITS`.

Makes a site of made-up entries in the temporary folder, every tenth with a stored report that it quotes, starts `sitegen serve`
as an editor would, once cold and once warm, and edits one entry after the other: a paragraph at the end of its body, then its title.
After each save the entry's page is asked for, without a pause, until it shows the new words.
"""

import argparse
import datetime
import http.client
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WORDS = [
    "bridge",
    "council",
    "river",
    "vote",
    "mayor",
    "repair",
    "flood",
    "harvest",
    "train",
    "school",
    "rain",
    "court",
    "paper",
    "night",
    "office",
    "market",
    "road",
    "tower",
    "field",
    "water",
]
GIVEN, FAMILY = (
    ["Ada", "Ben", "Cyd", "Dora", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jana"],
    ["Alder", "Birch", "Cedar", "Dorn", "Elm", "Fir", "Gorse", "Hazel", "Iris", "Juniper"],
)
FIRST_DAY = datetime.date(2014, 1, 1)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("entries", type=int)
    options.add_argument("edits", type=int)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        entries = write_site(root, chosen.entries)
        with serving(root) as (port, cold):
            print(f"start, cold: {cold:.2f} s", flush=True)
        with serving(root) as (port, warm):
            print(f"start, warm: {warm:.2f} s", flush=True)
            edited = [entries[number * len(entries) // chosen.edits] for number in range(chosen.edits)]
            tell("a body", [latency(port, path, in_body) for path in edited])
            tell("a title", [latency(port, path, in_title) for path in edited])


def tell(what: str, seconds: list[float]) -> None:
    in_order = sorted(1000 * one for one in seconds)
    slowest = in_order[int(0.95 * len(in_order))]
    load = os.getloadavg()[0]
    print(
        f"{what}: median {statistics.median(in_order):.0f} ms, 95 % within {slowest:.0f} ms, "
        f"of {len(in_order)} edits; load of the machine {load:.1f}",
        flush=True,
    )


def in_body(text: str, marker: str) -> str:
    return f"{text}\n\nA last paragraph, {marker}.\n"


def in_title(text: str, marker: str) -> str:
    return re.sub(r"(?m)^title: .*", f"title: Another title {marker}", text, count=1)


def latency(port: int, path: Path, edit: Callable[[str, str], str]) -> float:
    """Seconds from the save to the new words."""
    marker = f"marked-{time.monotonic_ns()}"
    text = edit(path.read_text(encoding="utf-8"), marker)
    time.sleep(0.1)
    began = time.perf_counter()
    path.write_text(text, encoding="utf-8")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        connection.request("GET", f"/entries/{path.stem}/")
        if marker.encode() in connection.getresponse().read():
            connection.close()
            return time.perf_counter() - began
        time.sleep(0.002)


@contextmanager
def serving(root: Path) -> Iterator[tuple[int, float]]:
    """The port, and the seconds from the start to the first page."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "sitegen.cli", "serve", "--port", "0"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        port = next(int(found[1]) for line in process.stdout or () if (found := re.search(r"http://\S+:(\d+)/", line)))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/")
        connection.getresponse().read()
        connection.close()
        yield port, time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def write_site(root: Path, number: int) -> list[Path]:
    """The entries' files."""
    chance = random.Random(1)  # noqa: S311  # the same site each time
    people = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    for folder in ("entries", "articles", "captures"):
        (root / "content" / folder).mkdir(parents=True)
    (root / "sitegen.toml").write_text('title = "Measured"\nbase_url = "https://example.org/"\n', encoding="utf-8")
    written = []
    for index in range(number):
        day = FIRST_DAY + datetime.timedelta(days=index * 3650 // number)
        paragraphs = [" ".join(chance.choices(WORDS, k=50)) for _ in range(5)]
        keys = [
            f"title: The {' '.join(chance.choices(WORDS, k=6))} {index}",
            f"date: {day}",
            f"people: [{', '.join(dict.fromkeys(chance.choices(people, k=3)))}]",
            f"places: [{', '.join(dict.fromkeys(f'{word.capitalize()} Hill' for word in chance.choices(WORDS, k=2)))}]",
            f"tags: [{chance.choice(WORDS)}]",
        ]
        if index % 10 == 0:
            (root / f"content/articles/report-{index}.md").write_text(f"---\ntitle: Report {index}\noutlet: Wire\n---\n", encoding="utf-8")
            (root / f"content/captures/report-{index}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
            quote = paragraphs[1][:80].rsplit(" ", 1)[0]
            keys += ["accounts:", f"  - {{article: report-{index}, passages: [{{quote: {quote}}}]}}"]
        path = root / f"content/entries/event-{index}.md"
        path.write_text("---\n" + "\n".join(keys) + "\n---\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    main()
