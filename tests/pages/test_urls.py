"""Links within the site, and names of assets that have special characters in an address."""

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from sitegen.pages.assets import fingerprinted
from sitegen.pages.urls import Urls, page_of
from tests.support.site_tester import Site

OTHER = """---
title: Other
date: 2023-04-07
accounts:
  - article: wire
    passages:
      - {id: bank, quote: the bank}
---
"""


def site(root: Path, **texts: str) -> Site:
    """With an entry `other`, and files of content/ by their folder's name, whose bodies are given."""
    written = Site.new(root, 'title = "A site"\nbase_url = "https://example.org/t/"\n')
    written.write("content/entries/other.md", OTHER)
    written.write("content/articles/wire.md", "---\ntitle: Wire\noutlet: Wire\npublished: 2023-04-07\n---\n")
    written.write("content/captures/wire.txt", "They reached the bank by noon on Friday, and slept.\n")
    for folder, text in texts.items():
        keys = {"entries": "title: A\ndate: 2023", "pages": "title: A", "people": "name: A", "places": "name: A"}[folder]
        written.write(f"content/{folder}/a.md", f"---\n{keys}\n---\n{text}\n")
    return written


@pytest.mark.parametrize("folder", ["entries", "pages", "people", "places"])
@pytest.mark.parametrize("target", ["b.md", "entries/other/", "../nowhere/", "nowhere", "#nope", "../../entries/other/#nope", "x.png?y#z"])
def test_a_broken_relative_link_is_a_problem_at_its_spot(folder: str, target: str, tmp_path: Path) -> None:
    told = site(tmp_path, **{folder: f"One.\n\nSee [it]({target}).[^1]\n\n[^1]: And [here]({target}#x).\n"}).build().fails().err
    first = 7 if folder == "entries" else 6
    assert f"content/{folder}/a.md:{first}:10: " in told
    assert f"content/{folder}/a.md:{first + 2}:18: " in told


@pytest.mark.parametrize(
    "target",
    [
        "../other/", "../other", "../../articles/wire/", "../other/#_passage-bank", "#_sources", "../../2023/#other", "/#other", "../other/#:~:text=They",
        "?a=b", "../other/?a=b#_sources", "../../",
    ],
)  # fmt: skip
def test_a_relative_link_leads_to_the_page_that_a_browser_would_open(target: str, tmp_path: Path) -> None:
    page = site(tmp_path, entries=f"See [it]({target}).").build().succeeds().output["entries/a/index.html"].decode()
    href = re.search(r'<a href="([^"]*)">it</a>', page)
    assert href is not None
    assert href[1] == urljoin("/t/entries/a/", target) if not target.startswith("/") else "/t" + target


@pytest.mark.parametrize(
    ("file", "page"),
    [
        ("content/entries/2023/a.md", "/entries/a/"),
        ("content/drafts/a.md", "/entries/a/"),
        ("content/articles/a.md", "/articles/a/"),
        ("content/comparisons/a...b.md", "/compare/a...b/"),
        ("content/pages/about.md", "/about/"),
        ("content/people/a.md", "/people/a/"),
    ],
)
def test_a_text_is_shown_on_the_page_of_its_file(file: str, page: str) -> None:
    assert page_of(file) == page


NAMES = ["bridge #1.png", "50% off?.png", "a%20b.png", 'it\'s "here".png', "ріка & co.png", "a+b=c;d,e.png", "plain.png", "x#y/z?.png"]


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_found_whatever_its_name(name: str, tmp_path: Path) -> None:
    quoted = name.replace("%", "%25").replace("#", "%23").replace("?", "%3F").replace('"', "%22")
    its_site = site(tmp_path, entries=f"![one](</assets/{quoted}>)\n\n[two](</assets/{quoted}#page=2>)\n\n![three](<{quoted}>)")
    its_site.write(f"assets/{name}", b"x").write(
        "content/entries/b.md", f"---\ntitle: B\ndate: 2023\nimage: '{name.replace(chr(39), chr(39) * 2)}'\nalt: B\n---\n"
    )
    output = its_site.build().succeeds().output
    pages = output["entries/a/index.html"].decode() + output["entries/b/index.html"].decode()
    addresses = re.findall(r'<img src="([^"]*)"', pages) + re.findall(r'<a href="([^"]*)">two', pages)
    assert len(addresses) == 4
    for address in addresses:
        path, fragment = urldefrag(address)
        assert "?" not in path
        assert re.fullmatch(r"[\w/.~%-]*", path, re.ASCII)
        assert unquote(path.removeprefix("/t/")) in output
        assert fragment in ("", "page=2")


@pytest.mark.parametrize("name", [name for name in NAMES if '"' not in name])
def test_a_stylesheet_leads_to_its_pictures_whatever_their_names(name: str) -> None:
    written = name.replace("%", "%25").replace("#", "%23").replace("?", "%3F")
    css = f'a {{ background: url("../{written}") }} b {{ background: url("../{written}#layer") }}'
    assets = fingerprinted({name: b"x", "css/a.css": css.encode()})
    found = re.findall(r'url\("([^"]*)"\)', assets["css/a.css"].data.decode())
    assert [unquote(urldefrag(urljoin("/assets/css/", address))[0]) for address in found] == [assets[name].path] * 2
    assert [urldefrag(address)[1] for address in found] == ["", "layer"]


def test_a_stylesheets_address_that_is_no_asset_or_no_text_is_left_alone() -> None:
    css = b'a { background: url("none.png") } b { background: url(\xff.png) } c { background: url(data:x) }'
    assert fingerprinted({"a.css": css})["a.css"].data == css


def test_an_address_of_the_theme_is_encoded_for_lists_of_pictures_too() -> None:
    assert Urls("/t/", "").file_href("/assets/a, b 2x.png") == "/t/assets/a%2C%20b%202x.png"
