"""Each link of a built site leads to an existing page and anchor, at / and below /repo/."""

import re
from collections.abc import Callable, Iterator

import pytest

from sitegen.pages.urls import output_path
from tests.support.built_sites import BuiltSite, built_site_of, elements, entry, example, ids, large, links, odd

SITES: dict[str, Callable[[], BuiltSite]] = {"/": example, "/repo/": lambda: example("/repo/"), "large": lambda: large("/repo/")}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> BuiltSite:
    return SITES[request.param]()


def local_links(site: BuiltSite) -> Iterator[tuple[str, str, str, str]]:
    """(page, href, address, fragment) of each link within the site."""
    for page in site.pages:
        for _, href in links(site.tree(page)):
            place = site.local(href, page)
            if place is not None:
                yield page, href, *place


def test_every_link_leads_to_a_file_of_the_site(site: BuiltSite) -> None:
    assert [(page, href) for page, href, address, _ in local_links(site) if address not in site.files] == []


def test_every_fragment_is_on_its_page(site: BuiltSite) -> None:
    anchors = {page: set(ids(site.tree(page))) for page in site.pages}
    assert [
        (page, href)
        for page, href, address, fragment in local_links(site)
        if fragment and address in anchors and fragment not in anchors[address]
    ] == []


def test_what_leads_to_another_host_is_a_link_for_the_reader_to_click(site: BuiltSite) -> None:
    for page in site.pages:
        for element, href in links(site.tree(page)):
            if re.match(r"[a-z][a-z0-9+.-]*:|//", href, re.IGNORECASE):
                rel = element.get("rel", "")
                assert (element.tag, rel) == ("link", "canonical") or element.tag in ("a", "blockquote"), (page, href)
                assert re.match(r"https?://|mailto:", href), (page, href)


def test_no_page_names_the_base_path_where_a_link_would_leave_it(site: BuiltSite) -> None:
    for page in site.pages:
        for element in elements(site.tree(page)):
            for name in ("data-home", "data-target"):
                if element.get(name) is not None:
                    assert element.get(name, "").startswith(site.base_path)


def test_every_page_is_reached_from_home(site: BuiltSite) -> None:
    leads_to: dict[str, set[str]] = {}
    for page, _, address, _ in local_links(site):
        leads_to.setdefault(page, set()).add(address)
    reached, waiting = {"/"}, ["/"]
    while waiting:
        new = leads_to.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    assert set(site.pages) - reached - set(site.redirects) == {"/404.html"}


def test_a_stylesheet_fetches_only_existing_files(site: BuiltSite) -> None:
    sheets = [address for address in site.files if address.endswith(".css")]
    assert sheets
    for sheet in sheets:
        urls = re.findall(r"url\(\"?([^)\"]+)\"?\)", site.text(sheet))
        assert [url for url in urls if f"/assets/{url}" not in site.files] == []
        assert "@import" not in site.text(sheet)


def test_no_script_names_another_host(site: BuiltSite) -> None:
    for script in (address for address in site.files if address.endswith(".js")):
        assert re.findall(r"https?://|//[a-z]+\.", site.text(script)) == []


def test_the_entry_is_on_every_page_that_its_page_links_to(site: BuiltSite) -> None:
    for page in (address for address in site.pages if re.fullmatch(r"/entries/[^/]+/", address) and address not in site.redirects):
        id_ = page.split("/")[2]
        up = [place for _, href in links(site.tree(page)) if (place := site.local(href, page)) and place[1] == id_]
        assert up, page
        assert all(id_ in ids(site.tree(address)) for address, _ in up), page


def test_ids_of_the_themes_own_elements_begin_with_a_low_line(site: BuiltSite) -> None:
    entries = {address.split("/")[2] for address in site.pages if re.fullmatch(r"/entries/[^/]+/", address)}
    for page in site.pages:
        assert {one for one in ids(site.tree(page)) if not one.startswith("_")} <= entries, page


def test_a_repositorys_path_changes_nothing_but_links() -> None:
    root, below = example("/"), example("/repo/")
    assert list(root.files) == list(below.files)
    for address in root.files:
        assert root.files[address] == below.files[address].replace(b"https://example.org/repo", b"https://example.org").replace(
            b"/repo/", b"/"
        ), address


def test_a_site_without_a_base_url_links_from_the_root() -> None:
    site = built_site_of({"sitegen.toml": 'title = "Plain"\n', "content/entries/one.md": entry("One", "2023-04-07", people=["Ada Long"])})
    assert site.base_path == "/"
    assert [href for _, href, address, _ in local_links(site) if address not in site.files] == []


@pytest.mark.parametrize("path", ["/", "/repo/", "/a%20b/"])
def test_letters_of_any_script_make_working_links(path: str) -> None:
    site = odd(path)
    pages = set(site.pages)
    assert {"/entries/війна/", "/entries/café/", "/places/київ/", "/über/", "/entries/cafe/"} <= pages
    for page in pages:
        for _, href in links(site.tree(page)):
            assert href.isascii(), href
    assert [href for _, href, address, _ in local_links(site) if address not in site.files] == []


def test_output_stays_in_its_folder() -> None:
    for site in (example(), large()):
        for address in site.files:
            path = output_path(address)
            assert not path.startswith("/")
            assert ".." not in path.split("/")
