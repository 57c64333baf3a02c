"""Comparisons as data show no more of a report than is permitted."""

import json
from collections.abc import Iterator, Mapping

import pytest

from sitegen.builder import theme
from sitegen.builder.inputs import THEME
from sitegen.pages import routes
from sitegen.pages.context import RenderContext
from tests.support.timelines import timeline_of

A = "The mayor said the bridge was safe. Seven people had crossed it on Monday. It was shut for nine weeks. The weather was mild then."
B = "It was shut for nine weeks. Nine people had crossed it on Monday. Mayor Anna Berg claimed the bridge was safe. A dog swam across the river."


def site(publish: str = "quotes", **more: str) -> dict[str, str]:
    files = {
        "articles/early.md": f"---\ntitle: Early\npublished: 2023-04-07\nretrieved: 2023-04-08\nurl: https://example.org/early\narchive_url: https://archive.example/early\npublish: {publish}\n---\n",
        "articles/late.md": f"---\ntitle: Late\npublished: 2023-04-09\npublish: {publish}\n---\n",
        "captures/early.txt": A,
        "captures/late.txt": B,
        "entries/told.md": (
            "---\ntitle: Told\ndate: 2023-04-03\naccounts:\n"
            "  - article: early\n    passages:\n      - {quote: Seven people had crossed it, note: On foot., speaker: the mayor}\n"
            "  - article: late\n    passages:\n      - quote: Nine people had crossed it\n---\n"
        ),
    }  # fmt: skip
    return files | {f"comparisons/{name.replace('_', '...')}.md": text for name, text in more.items()}


def data(files: Mapping[str, str], address: str) -> object:
    context = RenderContext.of(timeline_of(files), theme.words(THEME, "en"), {})
    page = routes.routes(context).page(address)
    assert isinstance(page, routes.DataFile)
    return json.loads(page.data)


def comparison(files: Mapping[str, str]) -> dict[str, object]:
    pairs = data(files, "/data/comparisons.json")
    assert isinstance(pairs, list)
    assert len(pairs) == 1
    pair: dict[str, object] = pairs[0]
    return pair


def texts(found: object) -> Iterator[str]:
    """All texts in some JSON."""
    if isinstance(found, dict):
        for value in found.values():
            yield from texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from texts(value)
    elif isinstance(found, str):
        yield found


def test_a_pair_has_all_of_its_sentences() -> None:
    pair = comparison(site("full"))
    rows = pair.pop("pairs")
    assert pair == {
        "articles": ["early", "late"],
        "overlap": 0.75,
        "texts": 1,
        "why": "3 of 4 sentences of early have a counterpart in late, 1 word for word",
    }
    assert isinstance(rows, list)
    assert [row["kind"] for row in rows] == ["reworded", "added", "reworded", "moved", "left out"]
    crossed = next(row for row in rows if row["a"] and row["a"]["text"].startswith("Seven"))
    assert crossed == {
        "kind": "reworded",
        "a": {"start": 36, "end": 74, "text": "Seven people had crossed it on Monday."},
        "b": {"start": 28, "end": 65, "text": "Nine people had crossed it on Monday."},
        "changes": [{"kind": "number", "a": "Seven", "b": "Nine"}],
    }
    for row in rows:
        for side, capture in (("a", A), ("b", B)):
            part = row[side]
            assert part is None or capture[part["start"] : part["end"]] == part["text"]
        assert (row["a"] is None) == (row["kind"] == "added")
        assert (row["b"] is None) == (row["kind"] == "left out")


def test_a_report_that_may_only_be_quoted_has_only_its_passages() -> None:
    pair = comparison(site())
    shown = {text for text in texts(pair["pairs"]) if text not in ("", "same", "reworded", "moved", "added", "left out")}
    words = {"number", "attribution", "name", "wording", "quotation", "date", "spelling", "punctuation"}
    assert shown - words == {"Seven people had crossed it", "Nine people had crossed it", "Seven", "Nine"}
    assert {"attribution", "number"} <= shown, "kinds are told of all changes"


def test_a_report_that_may_not_be_shown_is_absent() -> None:
    assert [text for text in texts(comparison(site("none"))) if "crossed" in text] == []
    assert "crossed" not in json.dumps(data(site("none"), "/data/annotations.jsonld"))


def test_without_a_report_s_text_a_pair_has_no_offsets() -> None:
    files = site()
    del files["captures/late.txt"]
    pair = comparison(files)
    assert (pair["articles"], pair["texts"], pair["pairs"]) == (["early", "late"], 2, [])


def test_declared_sharing_comes_before_detected_sharing() -> None:
    files = site()
    files["articles/late.md"] = files["articles/late.md"].replace("title: Late", "title: Late\nderived_from: early")
    pair = comparison(files)
    assert pair["texts"] == 1
    assert pair["why"] == "late is derived from early; 3 of 4 sentences of early have a counterpart in late, 1 word for word"


def test_a_site_without_reports_has_no_such_data() -> None:
    context = RenderContext.of(timeline_of({"entries/a.md": "---\ntitle: A\ndate: 2023\n---\n"}), theme.words(THEME, "en"), {})
    with pytest.raises(KeyError):
        routes.routes(context).page("/data/comparisons.json")
