"""A retracted entry's title says so wherever it appears without its status, in the catalogue's words."""

import json
import re
from pathlib import Path

import feedparser
import pytest

from sitegen.builder import command
from sitegen.builder.result import BuildOptions
from tests.support.built_sites import HOST, BuiltSite, built_site_of, document, elements, entry, words, written

TITLE = "The quay wall gave way"
MARKED = f"Retracted: {TITLE}"
ACCOUNT = [
    {"article": "gazette", "passages": [{"quote": "the wall leans"}]},
    {"article": "courier", "passages": [{"quote": "a wall leans"}]},
]
SITE = {
    "sitegen.toml": 'title = "Harbour"\n',
    "content/articles/gazette.md": document(title="Quay", outlet="Gazette", published="2023-05-02"),
    "content/articles/courier.md": document(title="Wall", outlet="Courier", published="2023-05-02"),
    "content/entries/wall.md": entry(
        TITLE,
        "2023-05-02",
        "Nothing of it is true.",
        status="retracted",
        people=["Ines Moor"],
        places=["The quay"],
        tags=["harbour"],
        accounts=ACCOUNT,
        corrections=[
            {"date": "2023-05-03", "kind": "correction", "text": "It was the east end."},
            {"date": "2023-05-04", "kind": "retraction", "text": "It stands."},
        ],
    ),
    "content/entries/council.md": entry(
        "The council met",
        "2023-05-05",
        "First of all it heard of [[wall]].\n\nIt asked [[wall|who had seen it]].[^1]\n\n[^1]: See [[wall]].",
        people=["Ines Moor"],
        places=["The quay"],
        accounts=ACCOUNT,
    ),
    "content/people/ines-moor.md": document("She told the paper that [[wall]].", name="Ines Moor"),
    "content/comparisons/courier...gazette.md": document("Both have [[wall]].", annotations=[]),
    "content/pages/about.md": document("We wrote [[wall]] and took it back.", title="About"),
}
BESIDE_ITS_STATUS = re.compile(
    r"<h1>[^<]*</h1>"  # of its own page, under a banner
    r"|<h4>.*?</h4>"  # of a row
    r'|aria-label="[^"]*"'  # of a row's permalink
    r"|<h3><a[^>]*>[^<]*</a></h3>\n<ul class=\"foot\""  # of a report's page
)


def site(title: str = TITLE, status: str = "retracted", catalogue: str = "") -> BuiltSite:
    files = {name: text.replace(TITLE, title).replace('"retracted"', f'"{status}"') for name, text in SITE.items()}
    return built_site_of(files | ({"layouts/words/en.toml": catalogue} if catalogue else {}), f"{HOST}/port/")


def alone(text: str) -> str:
    """A file without the places that show a title beside its status."""
    return BESIDE_ITS_STATUS.sub("", text)


@pytest.mark.parametrize("title", [TITLE, "Low tide", "Was it 7 %?"])
def test_a_retracted_title_without_its_status_says_so_in_every_file(title: str) -> None:
    found = site(title)
    files = {address: alone(data.decode()) for address, data in found.files.items() if not address.startswith("/assets/")}
    shown = [address for address, text in files.items() if title in text.replace("\\%", "%")]
    assert len(shown) >= 15
    for address in shown:
        text = files[address].replace("\\%", "%")
        unmarked = text.count(title) - text.count(f"Retracted: {title}")
        assert unmarked == text.count(f"Retraction: {title}"), address


def test_the_head_of_a_retracted_entry_says_so() -> None:
    page = site().text("/entries/wall/")
    json_ld = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert f"<title>{MARKED} · Harbour</title>" in page
    assert f'<meta property="og:title" content="{MARKED}">' in page
    assert (json_ld["headline"], json_ld["about"]["name"]) == (MARKED, MARKED)


def test_a_retracted_entry_is_cited_as_retracted() -> None:
    page = site().text("/entries/wall/")
    assert f"<p>“{MARKED}”. Harbour." in page
    assert f"title = {{{MARKED}}}" in page
    assert f"&#34;title&#34;: &#34;{MARKED}&#34;" in page


def test_feeds_say_that_an_entry_was_retracted() -> None:
    found = site()
    for folder in ("/", "/people/ines-moor/", "/places/the-quay/", "/tags/harbour/"):
        titles = [one.title for one in feedparser.parse(found.files[f"{folder}feed.atom"]).entries]
        items = [item["title"] for item in json.loads(found.files[f"{folder}feed.json"])["items"]]
        assert MARKED in titles
        assert titles == items
    corrections = [one.title for one in feedparser.parse(found.files["/corrections/feed.atom"]).entries]
    assert corrections == [f"Retraction: {TITLE}", f"Correction: {MARKED}"]


def test_other_pages_lead_to_a_retracted_entry_by_its_marked_title() -> None:
    found = site()
    for address, part in (
        ("/entries/council/", "_threads"),
        ("/people/ines-moor/", "prose"),
        ("/about/", "prose"),
        ("/corrections/", "part"),
    ):
        assert MARKED in words(found.tree(address)), (address, part)
    assert found.text("/compare/courier...gazette/").count(MARKED) == 2
    back = site().text("/entries/council/")
    assert f'rel="prev">{MARKED}</a>' in back
    assert f'<meta name="description" property="og:description" content="First of all it heard of {MARKED}.">' in back


def test_the_authors_own_words_for_a_retracted_entry_are_marked_too() -> None:
    found = site()
    (link,) = [one for one in elements(found.tree("/entries/council/")) if one.tag == "a" and words(one).startswith("who had seen it")]
    assert (link.get("class"), words(link)) == ("entry retracted", f"who had seen it ({MARKED})")


@pytest.mark.parametrize("status", ["reported", "disputed", "confirmed", "expected"])
def test_no_other_status_changes_a_title(status: str) -> None:
    found = site(status=status)
    assert not [address for address, data in found.files.items() if b"Retracted: " in data]
    assert f"<title>{TITLE} · Harbour</title>" in found.text("/entries/wall/")


def test_the_catalogue_words_it() -> None:
    found = site(catalogue='retracted_title = "{title} – zurückgezogen"\n')
    assert f"<title>{TITLE} – zurückgezogen · Harbour</title>" in found.text("/entries/wall/")
    assert not [address for address, data in found.files.items() if b"Retracted: " in data]


def built(root: Path) -> dict[Path, bytes]:
    assert command.build(root, BuildOptions(root / "site", base_url=f"{HOST}/port/", jobs=1)).written
    return {path.relative_to(root): path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}


@pytest.mark.parametrize("statuses", [("reported", "retracted"), ("retracted", "disputed")])
def test_a_build_after_a_changed_status_alone_equals_a_clean_one(tmp_path: Path, statuses: tuple[str, str]) -> None:
    before, after = ({name: text.replace('"retracted"', f'"{status}"') for name, text in SITE.items()} for status in statuses)
    root = written(tmp_path / "edited", before)
    first = built(root)
    written(root, {"content/entries/wall.md": after["content/entries/wall.md"]})
    edited = built(root)
    assert edited != first
    assert edited == built(written(tmp_path / "clean", after))


def test_a_text_that_is_edited_after_the_retraction_still_says_so(tmp_path: Path) -> None:
    file = "content/entries/council.md"
    after = SITE | {file: SITE[file].replace("It asked", "Late at night it asked")}
    root = written(tmp_path / "edited", SITE)
    built(root)
    written(root, {file: after[file]})
    assert built(root) == built(written(tmp_path / "clean", after))
