"""Nothing unpublished is in any output byte: reports with `publish: none`, unquoted text with `publish: quotes`, drafts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.serve.preview import Preview
from sitegen.serve.server import bound_listener, is_local
from tests.support.site_tester import SETTINGS, Site

SECRET = re.compile(r"\bqxqz[a-z]+")
"a word that only a test's private text holds"
OPEN_TEXT = "The council met in Norden on Monday. Anna Berg said the old bridge would close in May. Nobody spoke against it.\n"
PRIVATE_TEXT = (
    "The council qxqzmet in Norden on Monday. Anna Berg said the qxqzquoted bridge would close in May. Nobody qxqzspoke against it. "
    "A qxqzvoice called from the gallery. The qxqzending was quiet.\n"
)
PRIVATE = """---
title: A private report
outlet: The Ledger
url: https://example.org/ledger
published: 2023-04-08
authors: [Tilda Marsh]
credits: [Additional qxqzcredit by Owen Reed]
left_out: [Sign up for qxqzpromotion]
publish: {publish}
drafted: [qxqzdeleted 2023-04-03 0-36]
---
Notes with a qxqznote.
"""
ENTRY = """---
title: The council closes the bridge
date: 2023-04-03
accounts:
  - article: open
    passages:
      - quote: the old bridge would close
  - article: private
    passages:
      - id: closed
        quote: the qxqzquoted bridge would close
        prefix: "Anna Berg said "
        speaker: Mayor qxqzspeaker
        note: A qxqzremark on this passage.
---
It closes in May [@closed].
"""
DRAFT = """---
title: A qxqzdraft
date: 2023-04-04
people: [Qxqzperson Berg]
tags: [qxqztag]
accounts:
  - article: open
    passages:
      - quote: Nobody spoke against it
        note: A qxqzdraftnote.
  - article: private
    passages:
      - quote: A qxqzvoice called
---
A qxqzdraftbody.
"""


def site(tmp_path: Path, publish: str = "none", *, with_capture: bool = True) -> Site:
    found = Site.new(tmp_path / "site", SETTINGS + "quoted_share = 1.0\n")
    found.write("content/articles/open.md", "---\ntitle: An open report\noutlet: The Wire\npublished: 2023-04-07\npublish: quotes\n---\n")
    found.write("content/captures/open.txt", OPEN_TEXT)
    found.write("content/articles/private.md", PRIVATE.format(publish=publish))
    if with_capture:
        found.write("content/captures/private.txt", PRIVATE_TEXT)
    found.write("content/people/anna.md", "---\nname: Anna Berg\nspellings: [Berg]\n---\n")
    return found.write("content/entries/closed.md", ENTRY)


def secrets(found: Site) -> set[str]:
    """Private words anywhere in the output, in its files' names too."""
    return {word for name, data in found.output.items() for word in SECRET.findall(f"{name}\n{data.decode(errors='replace')}".lower())}


@pytest.mark.parametrize("with_capture", [True, False])
@pytest.mark.parametrize("options", [(), ("--drafts",), ("--jobs", "2")])
def test_no_word_of_an_unpublished_report_is_anywhere(tmp_path: Path, options: tuple[str, ...], with_capture: bool) -> None:
    found = site(tmp_path, with_capture=with_capture).build(*options).succeeds()
    assert secrets(found) == set()
    found.check("articles/private/index.html", "A private report", "The Ledger", "Tilda Marsh", "https://example.org/ledger")
    assert b'href="/articles/private/"' in found.output["entries/closed/index.html"], "its citation leads to the report"


def test_a_report_that_is_no_longer_published_leaves_no_word(tmp_path: Path) -> None:
    found = site(tmp_path, "quotes").build().succeeds()
    assert {"qxqzquoted", "qxqzspeaker", "qxqzremark", "qxqzcredit", "qxqzpromotion", "qxqznote"} <= secrets(found)
    found.write("content/articles/private.md", PRIVATE.format(publish="none")).build().succeeds()
    assert secrets(found) == set()
    found.write("content/entries/closed.md", ENTRY + "One more paragraph.\n").build().succeeds()
    assert secrets(found) == set(), "nor when the body of an entry is filled in anew"
    found.check("entries/closed/index.html", "One more paragraph.")


def test_a_note_on_a_published_report_is_still_on_lists(tmp_path: Path) -> None:
    entry = ENTRY.replace("quote: the old bridge would close", "quote: the old bridge would close\n        note: An open remark.")
    found = site(tmp_path).write("content/entries/closed.md", entry).build().succeeds()
    assert secrets(found) == set()
    found.check("index.html", "An open remark.", "1 note")


def test_speakers_of_two_reports_that_are_not_published_are_no_voices(tmp_path: Path) -> None:
    found = site(tmp_path)
    found.write("content/articles/open.md", "---\ntitle: An open report\npublish: none\n---\n")
    entry = ENTRY.replace("quote: the old bridge would close", "quote: the old bridge would close\n        speaker: Mayor qxqzspeaker")
    assert secrets(found.write("content/entries/closed.md", entry).build().succeeds()) == set()


def test_of_a_quoted_report_only_the_quotation_is_anywhere(tmp_path: Path) -> None:
    found = site(tmp_path, "quotes").build().succeeds()
    assert secrets(found) & {"qxqzmet", "qxqzspoke", "qxqzvoice", "qxqzending"} == set()
    assert "qxqzquoted" in secrets(found)


@pytest.mark.parametrize("publish", ["quotes", "full", "none"])
def test_a_build_without_drafts_holds_nothing_of_them_even_after_one_with_drafts(tmp_path: Path, publish: str) -> None:
    found = site(tmp_path, publish).write("content/drafts/qxqzdraftid.md", DRAFT)
    clean = found.build().succeeds().output
    with_drafts = found.build(drafts=True).succeeds()
    assert "qxqzdraftbody" in secrets(with_drafts)
    assert found.build().succeeds().output == clean
    assert secrets(found) & {"qxqzdraft", "qxqzdraftid", "qxqzdraftnote", "qxqzdraftbody", "qxqzperson", "qxqztag", "qxqzdeleted"} == set()


def test_data_and_feeds_hold_no_words_that_drafts_alone_quote(tmp_path: Path) -> None:
    found = site(tmp_path, "quotes").write("content/drafts/qxqzdraftid.md", DRAFT).build(drafts=True).succeeds()
    data = {name: text.decode() for name, text in found.output.items() if name.startswith("data/") or "feed." in name}
    assert {"data/comparisons.json", "data/annotations.jsonld", "feed.json", "feed.atom"} <= data.keys()
    for name, text in data.items():
        assert "Nobody spoke against it" not in text, name
        assert not {"qxqzvoice", "qxqzdraft", "qxqzdraftid", "qxqzdraftnote", "qxqzdraftbody"} & set(SECRET.findall(text)), name
    assert "the qxqzquoted bridge would close" in data["data/comparisons.json"], "what entries quote, too, stands"
    found.check("entries/qxqzdraftid/index.html", "A qxqzvoice called")


def texts(value: object) -> Iterator[str]:
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(one)
    if isinstance(value, str):
        yield value


@pytest.mark.parametrize("path", ["/", "/entries/closed/", "/articles/private/"])
def test_other_machines_do_not_learn_the_sites_path(tmp_path: Path, path: str) -> None:
    root = site(tmp_path).root
    here, elsewhere = Preview(root), Preview(root, is_local=False)
    for preview, folder in ((here, root.as_posix()), (elsewhere, "")):
        preview.refresh()
        told = json.loads(preview.answer("/_preview/sources", {"path": path}).body)
        assert told["root"] == folder
        assert {one["file"] for one in told["targets"]} <= {f"content/{name}.md" for name in ("entries/closed", "articles/private")}
        assert told["targets"]
    assert not [text for text in texts(told) if str(root) in text]


@pytest.mark.parametrize(("host", "expected"), [("127.0.0.1", True), ("127.0.0.2", True), ("localhost", True), ("0.0.0.0", False)])
def test_a_preview_is_local_where_it_listens_on_a_loopback_address(host: str, expected: bool) -> None:
    listener = bound_listener(host, 0)
    assert listener is not None
    with listener:
        assert is_local(listener) is expected
