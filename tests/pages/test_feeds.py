"""Feeds, sitemap and robots.txt, read by feedparser, a JSON Feed reader and a crawler."""

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import feedparser
import pytest

from sitegen.builder import command
from sitegen.builder.result import BuildOptions
from tests.support.built_sites import HOST, BuiltSite, built_site_of, document, elements, entry, example, large, written

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

CHANGES = {
    "sitegen.toml": 'title = "Ch<an>ges & more"\neditor = "A & B"\nlanguage = "uk"\n',
    "content/entries/dated.md": entry("Dated only", "2023-04-09"),
    "content/entries/added.md": entry("Added late", "2020-01-01", "Its <b>brief</b> & more.", added="2023-04-10", tags=["a & b"]),
    "content/entries/updated.md": entry("Updated last", "2019-01-01", added="2019-01-02", updated="2023-04-11", people=["Ada “Long” <x>"]),
    "content/entries/month.md": entry("Known to the month", "2023-04", places=["São Paulo"]),
    "content/entries/early.md": entry("Before all", "../1903", people=["Ada “Long” <x>"]),
    "content/people/hidden.md": document("Private.", name="Nobody", page="false"),
    "content/pages/about.md": document("Text.", title="About"),
}


def changes() -> BuiltSite:
    return built_site_of(CHANGES, f"{HOST}/repo/")


SITES: dict[str, Callable[[], BuiltSite]] = {
    "example": example,
    "example below": lambda: example("/repo/"),
    "large": large,
    "changes": changes,
}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> BuiltSite:
    return SITES[request.param]()


def atoms(site: BuiltSite) -> list[str]:
    return [address for address in site.files if address.endswith("/feed.atom")]


def json_feeds(site: BuiltSite) -> list[str]:
    return [address for address in site.files if address.endswith("/feed.json")]


def whole(site: BuiltSite, address: str) -> str:
    return f"{HOST}{site.base_path}{address.removeprefix('/')}"


def parsed(site: BuiltSite, address: str) -> Any:
    """As feedparser reads it; with the header, so that it needn't guess the character set."""
    return feedparser.parse(io.BytesIO(site.files[address]), response_headers={"content-type": "application/atom+xml; charset=utf-8"})


def test_the_whole_and_each_person_place_and_tag_have_feeds(site: BuiltSite) -> None:
    terms = [page for page in site.pages if re.fullmatch(r"/(people|places|tags)/[^/]+/", page) and page not in site.redirects]
    assert terms
    with_feeds = ["/", *terms, *(["/corrections/"] if "/corrections/" in site.pages else [])]
    for page in with_feeds:
        assert f"{page}feed.atom" in site.files
        assert f"{page}feed.json" in site.files
    assert len(atoms(site)) == len(json_feeds(site)) == len(with_feeds)


def test_pages_link_to_their_feeds(site: BuiltSite) -> None:
    for feed in [*atoms(site), *json_feeds(site)]:
        page = feed.rpartition("/")[0] + "/"
        kind = "application/atom+xml" if feed.endswith(".atom") else "application/feed+json"
        told = [
            (one.get("type"), site.local(one.get("href", ""), page))
            for one in elements(site.tree(page))
            if one.tag == "link" and one.get("rel") == "alternate"
        ]
        assert (kind, (feed, "")) in told, feed


def test_feedparser_reads_each_atom_feed_without_complaint(site: BuiltSite) -> None:
    for address in atoms(site):
        feed = parsed(site, address)
        assert not feed.bozo, (address, feed.get("bozo_exception"))
        assert feed.version == "atom10"
        page = address.removesuffix("feed.atom")
        assert feed.feed.id == feed.feed.link
        assert feed.feed.links[0] == {"rel": "alternate", "type": "text/html", "href": feed.feed.id}
        assert site.local("/" + feed.feed.id.removeprefix(f"{HOST}/"), page) == (page, "")
        assert all(one.title and one.summary and one.link for one in feed.entries)
        assert all(site.local("/" + one.link.removeprefix(f"{HOST}/"), page) is not None for one in feed.entries)


def test_atom_feeds_have_the_fields_of_the_standard(site: BuiltSite) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    for address in atoms(site):
        feed = ElementTree.fromstring(site.files[address])
        assert feed.tag == f"{ATOM}feed"
        entries = feed.findall(f"{ATOM}entry")
        assert feed.findall(f"{ATOM}author/{ATOM}name")
        for one in (feed, *entries):
            for name in ("id", "title", "updated"):
                assert len(one.findall(f"{ATOM}{name}")) == 1, (address, name)
            assert urlsplit(one.findtext(f"{ATOM}id", "")).scheme == "https"
            assert INSTANT.fullmatch(one.findtext(f"{ATOM}updated", ""))
            assert INSTANT.fullmatch(one.findtext(f"{ATOM}published", "2000-01-01T00:00:00Z"))
            assert len([link for link in one.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
            assert len(one.findall(f"{ATOM}summary")) <= 1
        assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
            ElementTree.fromstring(site.files[address]).findtext(f"{ATOM}id", "") + "feed.atom"
        ]


def test_ids_are_whole_unique_and_the_same_in_every_feed(site: BuiltSite) -> None:
    in_whole = {one.id: one.title for one in parsed(site, "/feed.atom").entries}
    for address in atoms(site):
        found = [one.id for one in parsed(site, address).entries]
        assert len(set(found)) == len(found)
        assert all(id_.startswith(f"{HOST}{site.base_path}entries/") for id_ in found)
        assert all(in_whole.get(one.id, one.title) == one.title for one in parsed(site, address).entries)


def test_json_feeds_have_the_fields_of_the_standard(site: BuiltSite) -> None:
    """JSON Feed 1.1: version, title and items; of an item id, and content_text or content_html."""
    for address in json_feeds(site):
        feed = json.loads(site.files[address])
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert feed["feed_url"].endswith("/feed.json")
        assert feed["feed_url"].removesuffix("feed.json") == feed["home_page_url"]
        assert feed["language"]
        assert all(author["name"] for author in feed["authors"])
        for item in feed["items"]:
            assert item["id"] == item["url"]
            assert item["id"].startswith(f"{HOST}{site.base_path}entries/")
            assert item["content_text"]
            assert all(INSTANT.fullmatch(item[key]) for key in ("date_modified", "date_published") if key in item)
            assert isinstance(item["tags"], list)
        assert len({item["id"] for item in feed["items"]}) == len(feed["items"])


def test_both_feeds_have_the_same_entries(site: BuiltSite) -> None:
    for address in atoms(site):
        atom = parsed(site, address)
        items = json.loads(site.files[address.removesuffix("atom") + "json"])["items"]
        assert [(one.id, one.title, one.summary) for one in atom.entries] == [
            (item["id"], item["title"], item["content_text"]) for item in items
        ]


def test_a_feed_is_ordered_by_update_then_addition_then_date() -> None:
    titles = [one.title for one in parsed(changes(), "/feed.atom").entries]
    assert titles == ["Updated last", "Added late", "Dated only", "Known to the month", "Before all"]
    assert [one.updated for one in parsed(changes(), "/feed.atom").entries] == [
        "2023-04-11T00:00:00Z",
        "2023-04-10T00:00:00Z",
        "2023-04-09T00:00:00Z",
        "2023-04-01T00:00:00Z",
        "1903-12-31T00:00:00Z",
    ]


def test_a_feed_is_as_new_as_its_latest_change() -> None:
    feed = parsed(changes(), "/feed.atom").feed
    assert (feed.updated, feed.title, feed.author) == ("2023-04-11T00:00:00Z", "Ch<an>ges & more", "A & B")
    assert feed.title_detail.language == "uk"


def test_an_entry_has_its_tags_and_the_day_it_was_added() -> None:
    (added,) = (one for one in parsed(changes(), "/feed.atom").entries if one.title == "Added late")
    assert added.published == "2023-04-10T00:00:00Z"
    assert [tag.term for tag in added.tags] == ["a & b"]
    assert added.summary_detail.type == "text/plain"
    assert "<b>brief</b> & more." in added.summary


def test_a_names_feed_holds_its_entries_alone() -> None:
    site = changes()
    (person,) = (address for address in atoms(site) if address.startswith("/people/"))
    feed = parsed(site, person)
    assert feed.feed.title == "Ch<an>ges & more: Ada “Long” <x>"
    assert [one.title for one in feed.entries] == ["Updated last", "Before all"]


def test_a_private_person_has_no_feed() -> None:
    assert [address for address in changes().files if "hidden" in address or "nobody" in address] == []


def test_a_feed_holds_at_most_fifty_entries_the_latest() -> None:
    site = large()
    feed = parsed(site, "/feed.atom")
    assert len(feed.entries) == len(json.loads(site.files["/feed.json"])["items"]) == 50
    dates = [datetime.fromisoformat(one.updated) for one in feed.entries]
    assert dates == sorted(dates, reverse=True)
    assert feed.feed.updated == feed.entries[0].updated
    assert len(parsed(site, "/people/ada-long/feed.atom").entries) == 50


def test_a_draft_is_in_no_feed() -> None:
    files = {"sitegen.toml": 'title = "D"\n', "content/entries/one.md": entry("One", "2023"), "content/drafts/two.md": entry("Two", "2024")}
    assert b"Two" not in b"".join(built_site_of(files, HOST).files.values())


def test_an_empty_site_has_feeds_that_are_read() -> None:
    site = built_site_of({"sitegen.toml": 'title = "Nothing yet"\n'}, HOST)
    feed = parsed(site, "/feed.atom")
    assert (feed.bozo, feed.feed.title, feed.entries) == (False, "Nothing yet", [])
    assert json.loads(site.files["/feed.json"])["items"] == []


def test_the_sitemap_lists_every_page_but_redirects_and_the_page_not_found(site: BuiltSite) -> None:
    urlset = ElementTree.fromstring(site.files["/sitemap.xml"])
    assert urlset.tag == f"{SITEMAP}urlset"
    told = [one.findtext(f"{SITEMAP}loc", "") for one in urlset]
    assert all(address.startswith(f"{HOST}{site.base_path}") for address in told)
    here = [site.local("/" + address.removeprefix(f"{HOST}/"), "/") for address in told]
    assert here == [(page, "") for page in sorted(set(site.pages) - {"/404.html", *site.redirects})]


def test_the_sitemap_has_the_day_an_entry_changed() -> None:
    rows = {
        one.findtext(f"{SITEMAP}loc", "").removeprefix(f"{HOST}/repo"): one.findtext(f"{SITEMAP}lastmod", "")
        for one in ElementTree.fromstring(changes().files["/sitemap.xml"])
    }
    assert rows["/entries/updated/"] == "2023-04-11"
    assert rows["/entries/added/"] == "2023-04-10"
    assert rows["/entries/dated/"] == ""
    assert rows["/"] == ""


def test_a_large_sitemap_has_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    # The real limit is 50,000 addresses.
    monkeypatch.setattr("sitegen.pages.feeds.MAX_ADDRESSES", 5)
    site = changes()
    index = ElementTree.fromstring(site.files["/sitemap.xml"])
    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [one.findtext(f"{SITEMAP}loc", "").removeprefix(f"{HOST}/repo") for one in index]
    told = [one.findtext(f"{SITEMAP}loc", "") for part in parts for one in ElementTree.fromstring(site.files[part])]
    assert len(told) == len(set(told)) == len(site.pages) - 1


def test_robots_txt_lets_all_in_and_names_the_sitemap(site: BuiltSite) -> None:
    robots = RobotFileParser()
    robots.parse(site.text("/robots.txt").splitlines())
    assert all(robots.can_fetch("*", whole(site, page)) for page in site.pages)
    assert robots.site_maps() == [whole(site, "/sitemap.xml")]


def test_each_page_but_404_has_its_canonical_address(site: BuiltSite) -> None:
    for page in site.pages:
        told = [one.get("href", "") for one in elements(site.tree(page)) if one.tag == "link" and one.get("rel") == "canonical"]
        if page == "/404.html":
            assert told == []
        elif page not in site.redirects:
            assert [site.local("/" + href.removeprefix(f"{HOST}/"), page) for href in told] == [(page, "")], page


def test_without_a_base_url_nothing_is_written_that_needs_one() -> None:
    site = built_site_of(CHANGES)
    assert atoms(site) == []
    assert "/sitemap.xml" not in site.files
    assert "Sitemap" not in site.text("/robots.txt")
    for page in site.pages:
        assert not [one for one in elements(site.tree(page)) if one.get("rel") == "canonical"], page
        assert not [one for one in elements(site.tree(page)) if str(one.get("href")).endswith(".atom")], page


def notes_of(root: Path, output: Path, base_url: str) -> list[str]:
    outcome = command.build(root, BuildOptions(output, base_url=base_url))
    assert outcome.written is not None
    return [f"{one.file}:{one.line} {one.severity}" for one in outcome.problems if "base_url" in one.message]


def test_a_note_says_that_there_is_no_base_url(tmp_path: Path) -> None:
    root = written(tmp_path, CHANGES)
    assert notes_of(root, tmp_path / "site", "") == ["sitegen.toml:1 note"]
    assert notes_of(root, tmp_path / "site", HOST) == []
