"""A small site with some of everything, and an editor who changes its files at random."""

import functools
import os
import random
from collections.abc import Callable
from pathlib import Path

from sitegen.builder import theme
from sitegen.builder.inputs import THEME
from sitegen.render import Renderer
from tests.support.built_sites import document, entry, written

SITE = {
    "sitegen.toml": 'title = "Newsroom"\nbase_url = "https://example.org/repo/"\nquoted_share = 1\n',
    "content/entries/one.md": entry("One", "2023-04-07", "First.\n\nMore, see [[two]] and [[Ada]].", people=["Ada"], places=["Ford"]),
    "content/entries/two.md": entry("Two", "2023-04-08", "Second.\n\nMore.[^1]\n\n[^1]: A note.", people=["Ada", "Ben"], tags=["mud"]),
    "content/entries/three.md": entry(
        "Three", "2023-05", "Third.\n\nWith [@q].", accounts=[{"article": "wire", "passages": [{"id": "q", "quote": "took the west bank"}]}]
    ),
    "content/articles/wire.md": document("On the source.", title="A wire", outlet="Wire", published="2023-05-02"),
    "content/captures/wire.txt": "They took the west bank, and the bridge.\n",
    "content/articles/radio.md": document("On the radio.", title="On the radio", outlet="Radio", published="2023-05-03"),
    "content/captures/radio.txt": "They took the west bank, and the bridge.\n\nNobody was hurt, said Cyd.\n",
    "content/comparisons/wire...radio.md": document("How they differ.", annotations=[{"b": "Nobody was hurt", "note": "New."}]),
    "content/people/ada.md": document("Who she is.\n\nAs in [[one]].", name="Ada", spellings=["Ada L."]),
    "content/places/ford.md": document("A ford.", name="Ford"),
    "content/pages/about.md": document("About it.\n\nAnd [[Ada]].", title="About"),
    "content/drafts/maybe.md": entry("Maybe", "2023-04-09", "Perhaps."),
}


def save(root: Path, file: str, text: str) -> Path:
    return written(root, {file: text}) / file


@functools.cache
def compiled(layouts: tuple[tuple[str, str], ...]) -> Renderer:
    """Cached, since compiling layouts is the slowest part."""
    return Renderer(dict(layouts))


class RandomEditor:
    """Edits files at random. Each edit writes a different number."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance = root, random.Random(seed)
        self.number = 0

    def edit(self) -> set[Path]:
        """Make one random edit. Returns the files that may have changed."""
        self.number += 1
        return self.chance.choices(
            [
                self.title,
                self.body,
                self.last_paragraph,
                self.day,
                self.names,
                self.brief,
                self.delete,
                self.add,
                self.rename,
                self.spoil,
                self.frame,
                self.key,
                self.report,
                self.capture,
                self.comparison,
                self.person,
                self.move,
                self.backdate,
            ],
            weights=[5, 6, 8, 3, 4, 3, 1, 3, 1, 2, 2, 3, 2, 2, 2, 2, 1, 2],
        )[0]()

    def some(self) -> Path:
        files = sorted((self.root / "content").rglob("*.*"))
        return self.chance.choice(files) if files else self.root / "content/entries/one.md"

    def changed(self, path: Path, change: Callable[[str], str]) -> set[Path]:
        text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else SITE["content/entries/one.md"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(change(text), encoding="utf-8")
        return {path}

    def an_entry(self) -> Path:
        return (
            self.root
            / f"content/{self.chance.choice(('entries', 'entries', 'drafts'))}/{self.chance.choice(('one', 'two', 'three', 'maybe'))}.md"
        )

    def title(self) -> set[Path]:
        return self.changed(
            self.an_entry(),
            lambda text: text.replace("title: ", f"title: T{self.number} ", 1).replace(' "', " ", 1).replace('"\n', "\n", 1),
        )

    def body(self) -> set[Path]:
        target = self.chance.choice(
            ["[[two]]", "[[Ada]]", "[[one]]", "[[place:Ford]]", "[[nobody]]", "[x](/tags/)", "words", "more", "[[Ada]]", "[@q]", "[^9]"]
        )
        return self.changed(self.some(), lambda text: f"{text}\n\nAnother {self.number}, {target}.\n")

    def last_paragraph(self) -> set[Path]:
        return self.changed(self.some(), lambda text: text + f"\n\nLast {self.number}.\n" if "---" in text else text)

    def brief(self) -> set[Path]:
        return self.changed(
            self.an_entry(),
            lambda text: text.replace("---\n", f"---\nBrief {self.number}. ", 2).replace(f"---\nBrief {self.number}. ", "---\n", 1),
        )

    def day(self) -> set[Path]:
        day = self.chance.choice(["2023-04-09", "2022", "2023-05-2X", "2024-01-01", "2023-02-30"])
        return self.changed(
            self.an_entry(), lambda text: "\n".join(f'date: "{day}"' if line.startswith("date:") else line for line in text.split("\n"))
        )

    def names(self) -> set[Path]:
        names = self.chance.choice(
            ['people: ["Ada", "Cyd"]', 'people: ["Ada L."]', 'tags: ["mud", "rain"]', 'places: ["Fort"]', 'aliases: ["old"]']
        )
        return self.changed(
            self.an_entry(), lambda text: text.replace("---\n", f"---\n{names}\n", 1) if names.split(":")[0] not in text else text
        )

    def with_key(self, path: Path, *lines: str) -> set[Path]:
        """Replace the line of a key by one of *lines*. If the old value has more lines, the file becomes invalid."""
        line = self.chance.choice(lines).format(self.number)
        key = line.partition(":")[0]

        def replaced(text: str) -> str:
            kept = [one for one in text.split("\n") if not one.startswith(f"{key}:")]
            return "\n".join([*kept[:1], line, *kept[1:]])

        return self.changed(path, replaced)

    def key(self) -> set[Path]:
        return self.with_key(
            self.an_entry(),
            'status: "disputed"',
            'status: "retracted"',
            "key: true",
            'corrections: [{{"date": "2023-06-01", "kind": "correction", "text": "Fixed {}."}}]',
            'updated: "2023-07-01"',
            'date_text: "about {}"',
            'location: "Ford"',
            'accounts: [{{"article": "radio", "passages": [{{"quote": "Nobody was hurt"}}]}}, {{"article": "wire"}}]',
            'accounts: [{{"url": "https://example.com/{}", "title": "Cited", "outlet": "Post"}}]',
        )

    def report(self) -> set[Path]:
        return self.with_key(
            self.root / f"content/articles/{self.chance.choice(('wire', 'radio'))}.md",
            'publish: "none"',
            'publish: "full"',
            'publish: "quotes"',
            'origin: "An agency"',
            'derived_from: "wire"',
            'published: "2023-05-01"',
            'outlet: "Outlet {}"',
        )

    def capture(self) -> set[Path]:
        path = self.root / f"content/captures/{self.chance.choice(('wire', 'radio'))}.txt"
        if not path.exists():
            return {path}
        old, new = self.chance.choice(
            [("bridge", "bridges"), ("bridges", "bridge"), ("west", "east"), ("said", "says"), (".\n", ". So it is.\n")]
        )
        return self.changed(path, lambda text: text.replace(old, new, 1))

    def comparison(self) -> set[Path]:
        file = self.chance.choice(("wire...radio", "wire...radio", "radio...wire"))
        quote = self.chance.choice(("Nobody was hurt", "Nobody was hurt", "said Cyd", "not there"))
        notes = [
            {"b" if file == "wire...radio" else "a": quote, "note": f"N{self.number}", "kind": self.chance.choice(("framing", "context"))}
        ]
        return {save(self.root, f"content/comparisons/{file}.md", document(f"They differ {self.number}.", annotations=notes))}

    def person(self) -> set[Path]:
        return self.with_key(
            self.root / "content/people/ada.md",
            'name: "Ada {}"',
            'name: "Ada"',
            'role: "role {}"',
            'spellings: ["Ada L.", "Ada", "Aida"]',
            'spellings: [{{"name": "Ada L.", "outlet": "Radio"}}]',
            "page: false",
            'aliases: ["adah"]',
        )

    def move(self) -> set[Path]:
        path = self.an_entry()
        to = path.parent / f"folder{self.number % 2}" / path.name
        if path.exists():
            to.parent.mkdir(exist_ok=True)
            path.rename(to)
        return {path, to}

    def backdate(self) -> set[Path]:
        """Change a letter, but neither the file's size nor its time."""
        path = self.some()
        if path.exists():
            data, was = path.read_bytes(), path.stat()
            letter, end = self.chance.choice("aeiou").encode(), data.rfind(b".")
            path.write_bytes(data[: end - 1] + letter + data[end:] if end > 0 else data)
            os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
        return {path}

    def delete(self) -> set[Path]:
        path = self.some()
        path.unlink(missing_ok=True)
        return {path}

    def add(self) -> set[Path]:
        file = self.chance.choice(sorted(SITE))
        return {save(self.root, file, SITE[file])}

    def rename(self) -> set[Path]:
        path = self.some()
        to = path.with_name(f"{self.chance.choice(('one', 'two', 'ada', 'other'))}{path.suffix}")
        if path.exists():
            path.rename(to)
        return {path, to}

    def spoil(self) -> set[Path]:
        path = self.some()
        if path.exists():
            path.write_bytes(self.chance.choice([b"", b"\xff\xfe", b"---\ntitle: [\n---\n", b"no front matter", path.read_bytes()[:20]]))
        return {path}

    def frame(self) -> set[Path]:
        files = {
            "layouts/_name.html": [f"{theme.layouts(THEME)['_name.html']}<!-- {self.number} -->"],
            "layouts/_row.html": [f"{theme.layouts(THEME)['_row.html']}<!-- {self.number} -->"],
            "layouts/page.html": [f"<p>{self.number} {{{{ title }}}}</p>", "{{ title }}"],
            "assets/style.css": [f"/* {self.number} */"],
            "assets/mine.svg": [f"<svg>{self.number}</svg>"],
            "layouts/words/en.toml": [f'timeline = "T{self.number}"\n', "= ["],
            "sitegen.toml": ['title = "N"\norder = "oldest"\nquoted_share = 1\n', 'title = "N"\nno_such = 1\n', SITE["sitegen.toml"]],
            "content/stray.txt": ["nobody reads it"],
        }
        file = self.chance.choice(sorted(files))
        return {save(self.root, file, self.chance.choice(files[file]))}


def heal(root: Path) -> None:
    """Restore all files and delete any others."""
    for path in sorted((path for folder in ("content", "layouts", "assets") for path in (root / folder).rglob("*")), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    written(root, SITE)
