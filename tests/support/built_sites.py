"""Sites built in memory: bytes by address, and pages parsed by html5lib in strict mode.

Each shared site is built once per test process. tests/builder/test_output.py covers writing to disk.
"""

import functools
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib

from sitegen.builder import pipeline
from sitegen.builder.result import BuildOptions
from sitegen.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
HOST = "https://example.org"
LINKING = {"href", "src", "cite", "action", "formaction", "poster", "data", "srcset", "ping", "background"}
"attributes that lead somewhere"


@dataclass(frozen=True)
class BuiltSite:
    files: Mapping[str, bytes]
    "by address, without the base path: /, /entries/ID/, /feed.atom"
    base_path: str
    notes: tuple[Problem, ...]
    _trees: dict[str, Element] = field(default_factory=dict)

    @property
    def pages(self) -> list[str]:
        """Addresses of all pages, redirects among them."""
        return [address for address in self.files if address.endswith(("/", ".html"))]

    @property
    def redirects(self) -> list[str]:
        return [address for address in self.pages if b'http-equiv="refresh"' in self.files[address]]

    def text(self, address: str) -> str:
        return self.files[address].decode()

    def tree(self, address: str) -> Element:
        """The page's <html>, parsed by html5lib in strict mode, without namespaces. Raises html5lib.html5parser.ParseError."""
        if address not in self._trees:
            parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
            self._trees[address] = parser.parse(self.files[address], transport_encoding=None)
        return self._trees[address]

    def local(self, href: str, page: str) -> tuple[str, str] | None:
        """(address, fragment) of a link on *page*; None if it leads to another host.

        Raises ValueError where it leads to this host and out of the base path.
        """
        if re.match(r"[a-z][a-z0-9+.-]*:|//", href, re.IGNORECASE):
            return None
        path, _, fragment = href.partition("#")
        path = path.partition("?")[0]
        if path and not path.startswith(self.base_path):
            raise ValueError(f"{page}: {href} leads out of {self.base_path}")
        return (unquote("/" + path.removeprefix(self.base_path)) if path else page, unquote(fragment))


def built_site(root: Path, base_url: str = "", *, with_drafts: bool = False) -> BuiltSite:
    edited, problems = pipeline.renderable_site(root, BuildOptions(root / "site", with_drafts, base_url))
    assert edited is not None, problems
    files = {page.address: pipeline.page_bytes(edited.layouts, page) for page in edited.routes}
    return BuiltSite(files, pipeline.load_settings(root, base_url)[0].base_path, problems)


def built_site_of(files: Mapping[str, str], base_url: str = "", *, with_drafts: bool = False) -> BuiltSite:
    """The site of some files, each given by its path in the site's folder."""
    with tempfile.TemporaryDirectory() as folder:
        return built_site(written(Path(folder), files), base_url, with_drafts=with_drafts)


@functools.cache
def example(path: str = "/", host: str = HOST) -> BuiltSite:
    """The project's own site, published at a path of a host."""
    return built_site(ROOT, f"{host}{path}")


@functools.cache
def large(path: str = "/") -> BuiltSite:
    """230 entries, more than home lists: of 2021 to 2023, every fiftieth a turning point, all with one person."""
    return built_site_of(large_site(), f"{HOST}{path}")


@functools.cache
def odd(path: str = "/") -> BuiltSite:
    """Ids and names with letters of several scripts, and addresses that have moved."""
    return built_site_of(ODD, f"{HOST}{path}")


def large_site() -> dict[str, str]:
    files = {"sitegen.toml": 'title = "A long story"\nlanguage = "en"\n'}
    for number in range(230):
        day = f"{2021 + number // 100}-{1 + number % 12:02}-{1 + number % 28:02}"
        key = {"key": True} if number % 50 == 0 else {}
        files[f"content/entries/event-{number:03}.md"] = entry(
            f"Event {number}", day, f"What happened as number {number}.", people=["Ada Long"], tags=[f"tag {number % 3}"], **key
        )
    return files


ODD = {
    "sitegen.toml": 'title = "Odd"\n',
    "content/entries/війна.md": """---
title: Letters of another script
date: 2023-04-07
people: [Zoë]
places: [Київ, São Paulo]
tags: [C++]
---
To [[café]], which was [called otherwise](/entries/cafe/).
""",
    "content/entries/café.md": """---
title: An accent
date: 2023-04-06
aliases: [cafe, war-diary]
people: [Zoë]
---
To [[війна]] and [the people](/people/).[^1]

[^1]: A note.
""",
    "content/people/zoe.md": "---\nname: Zoë\naliases: [zoe-b]\n---\nText.\n",
    "content/pages/über.md": "---\ntitle: Über\n---\nA [page](/entries/війна/) that [links](/) by paths.\n",
}


def written(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


def entry(title: str, date: str, body: str = "", **keys: object) -> str:
    return document(body, title=title, date=date, **keys)


def document(body: str = "", **keys: object) -> str:
    """A file with front matter, whose values YAML reads back to the very characters."""
    lines = (f"{key}: {_escaped(json.dumps(value, ensure_ascii=False))}" for key, value in keys.items())
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


def _escaped(text: str) -> str:
    """Line separators and controls are characters in JSON, and line ends or errors in YAML."""
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def elements(tree: Element) -> Iterator[Element]:
    """All elements, without html5lib's comments and doctypes."""
    return (one for one in tree.iter() if isinstance(one.tag, str))


def words(element: Element) -> str:
    """An element's text, white space folded."""
    return " ".join("".join(element.itertext()).split())


def ids(tree: Element) -> list[str]:
    return [one.get("id", "") for one in elements(tree) if one.get("id") is not None]


def links(tree: Element) -> Iterator[tuple[Element, str]]:
    """Each element that leads somewhere, with where."""
    for one in elements(tree):
        for name, value in one.attrib.items():
            if str(name).rpartition("}")[2].rpartition(":")[2] in LINKING:
                yield one, str(value)


def with_class(tree: Element, name: str) -> list[Element]:
    return [one for one in elements(tree) if name in one.get("class", "").split()]
