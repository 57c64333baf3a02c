"""Each page is valid HTML, by html5lib in strict mode, and all content is escaped.

The hostile site holds the same files twice, once with tame words and once with words that try to break out:
the pages of both must have the same elements with the same attributes, and the words must come back whole.
"""

import functools
import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

from sitegen.text.spellings import slug
from tests.support.built_sites import (
    HOST,
    BuiltSite,
    built_site_of,
    document,
    elements,
    entry,
    example,
    ids,
    large,
    links,
    with_class,
    words,
)

ATTACK = (
    "<script>alert('x')</script> \"'> onclick=\"alert(1)\" & &amp; &#60;b&#62; ]]> --> <!-- {{ 7*7 }} {% raw %} ${7*7} "
    "</title></style></textarea></noscript> \u202eright to left\u202c \u200f \u2028 \u2029 \\ \\u003c %3Cscript%3E [[x]] [x](y) `"
)
URL = "https://example.org/?a=1&b='<&amp;=%22#:~:text=x".replace("<", "%3C")

PEOPLE_AND_PLACES = ("person", "place", "tag")


def hostile(what: str) -> str:
    return f"{what} {ATTACK} {what}"


def tame(what: str) -> str:
    """Words with the same slug, so that both sites have the same addresses."""
    return slug(hostile(what)).replace("-", " ")


@functools.cache
def site_with(kind: str, path: str = "/repo/") -> BuiltSite:
    told = hostile if kind == "hostile" else tame
    quote = told("quotation")
    toml = "".join(f"{key} = {json.dumps(told(key))}\n" for key in ("title", "subtitle", "editor"))
    files = {
        "sitegen.toml": toml + 'language = "en"\n',
        "assets/picture.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "content/entries/one.md": entry(
            told("headline"),
            "2023-04-07",
            "Of [[two]], [[person:eve]] and [[place:den]].[^1]\n\n[^1]: A note.",
            date_text=told("wording"),
            people=[told("person"), "Eve"],
            places=[told("place"), "Den"],
            tags=[told("tag")],
            accounts=[
                {
                    "article": "report",
                    "passages": [{"quote": quote, "speaker": told("speaker"), "note": told("remark")}],
                },
                {"url": URL, "title": told("cited"), "outlet": told("cited outlet")},
            ],
            corrections=[{"date": "2023-04-09", "text": told("correction"), "was": told("was"), "now": told("now")}],
            image="picture.svg",
            alt=told("alternative"),
            credit=told("photographer"),
        ),
        "content/entries/two.md": entry(told("second"), "2023-04-08", "To [[one]].", people=["Eve"], places=["Den"], status="disputed"),
        "content/people/eve.md": document(
            "Text.", name="Eve", role=told("role"), spellings=[{"name": told("spelling"), "outlet": told("spelled by")}]
        ),
        "content/places/den.md": document("Text.", name="Den", kind=told("kind of place")),
        "content/articles/report.md": document(
            "Notes.",
            title=told("report"),
            outlet=told("outlet"),
            url=URL,
            authors=[told("author")],
            credits=[told("credits")],
            left_out=[told("left out")],
            origin=told("origin"),
            publish="full",
        ),
        "content/captures/report.txt": f"{told('captured')}\n\n{quote}\n\nMore.\n",
        "content/pages/about.md": document("Text.", title=told("about")),
    }
    return built_site_of(files, f"https://example.org{path}")


SITES: dict[str, Callable[[], BuiltSite]] = {
    "example": example,
    "example below": lambda: example("/repo/"),
    "large": large,
    "hostile": lambda: site_with("hostile"),
    "tame": lambda: site_with("tame"),
}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> BuiltSite:
    return SITES[request.param]()


def test_html5lib_accepts_each_page_in_strict_mode(site: BuiltSite) -> None:
    for page in site.pages:
        assert site.tree(page).tag == "html", page
        assert site.text(page).lstrip().lower().startswith("<!doctype html>"), page


def test_an_id_is_once_on_a_page(site: BuiltSite) -> None:
    for page in site.pages:
        found = ids(site.tree(page))
        assert len(set(found)) == len(found), page
        assert all(found), page


def test_a_page_has_one_h1_and_its_headings_nest(site: BuiltSite) -> None:
    for page in site.pages:
        levels = [int(one.tag[1]) for one in elements(site.tree(page)) if re.fullmatch("h[1-6]", one.tag)]
        assert levels.count(1) == 1, page
        assert levels[0] == 1, page
        assert all(deeper <= level + 1 for level, deeper in pairwise(levels)), (page, levels)


def test_no_heading_is_empty(site: BuiltSite) -> None:
    for page in site.pages:
        assert all(words(one) for one in elements(site.tree(page)) if re.fullmatch("h[1-6]", one.tag)), page


def test_a_page_declares_its_language_title_and_character_set(site: BuiltSite) -> None:
    titles: dict[str, str] = {}
    for page in site.pages:
        tree = site.tree(page)
        assert tree.get("lang") == "en", page
        assert next(words(one) for one in elements(tree) if one.tag == "title"), page
        assert b'<meta charset="utf-8">' in site.files[page][:1024], page
        if page not in site.redirects:
            titles[page] = words(next(one for one in elements(tree) if one.tag == "title"))
    assert len(set(titles.values())) == len(titles)


def test_a_page_forbids_features_it_does_not_use(site: BuiltSite) -> None:
    for page in site.pages:
        head = next(one for one in elements(site.tree(page)) if one.tag == "head")
        policies = [one for one in head if one.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1, page
        policy = policies[0].get("content", "")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert set(re.findall(r"\S+", re.sub(r"[a-z]+-[a-z]+ |;", " ", f"{policy} "))) <= {"'none'", "'self'", "data:", "base-uri"}
        before = head[: list(head).index(policies[0])]
        assert all(one.tag == "meta" for one in before), "the policy stands before all that loads"


def test_nothing_is_inline_that_the_policy_would_have_to_allow(site: BuiltSite) -> None:
    for page in site.pages:
        for one in elements(site.tree(page)):
            assert one.tag != "style", page
            assert one.get("style") is None, page
            assert [name for name in one.attrib if str(name).lower().startswith("on")] == [], page
            if one.tag == "script":
                assert (one.get("src") is None) == (one.get("type") == "application/ld+json"), page


def test_no_link_runs_anything(site: BuiltSite) -> None:
    for page in site.pages:
        for one, href in links(site.tree(page)):
            assert not re.match(r"[\s\x00-\x1f]*(javascript|vbscript|data)\s*:", href, re.IGNORECASE), (page, one.tag, href)


def test_what_an_attribute_refers_to_is_on_the_page(site: BuiltSite) -> None:
    for page in site.pages:
        present = set(ids(site.tree(page)))
        for one in elements(site.tree(page)):
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                assert set(one.get(name, "").split()) <= present, (page, name)


def test_each_picture_has_a_description(site: BuiltSite) -> None:
    for page in site.pages:
        assert all(one.get("alt") is not None for one in elements(site.tree(page)) if one.tag == "img"), page


def test_no_link_is_inside_a_link(site: BuiltSite) -> None:
    for page in site.pages:
        for one in elements(site.tree(page)):
            if one.tag == "a":
                assert [inner.tag for inner in elements(one) if inner.tag in ("a", "button", "summary")] == ["a"], page


def test_a_link_has_words(site: BuiltSite) -> None:
    for page in site.pages:
        for one in elements(site.tree(page)):
            if one.tag == "a" and one.get("href") is not None:
                assert words(one) or one.get("aria-label"), (page, one.attrib)


def test_landmarks_of_one_kind_have_names_of_their_own(site: BuiltSite) -> None:
    for page in site.pages:
        tree = site.tree(page)
        navs = [one.get("aria-label", "") for one in elements(tree) if one.tag == "nav"]
        assert len(set(navs)) == len(navs), page
        assert [one.tag for one in elements(tree) if one.tag == "main"] == ["main"], page


def test_a_date_is_a_time_only_where_it_is_exact(site: BuiltSite) -> None:
    for page in site.pages:
        for one in elements(site.tree(page)):
            if one.tag == "time":
                assert re.fullmatch(r"\d{4}(-\d\d){0,2}(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?", one.get("datetime", "")), page


def texts(tree: Element) -> Iterator[str]:
    """Every text and every attribute's value; the words of an element also as a whole."""
    for one in elements(tree):
        yield "".join(one.itertext())
        yield from (str(value) for value in one.attrib.values())


def shape(tree: Element) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.tag, tuple(sorted(map(str, one.attrib)))) for one in elements(tree)]


def test_hostile_words_change_no_pages_elements_and_attributes() -> None:
    bad, good = site_with("hostile"), site_with("tame")
    assert list(bad.files) == list(good.files)
    for page in bad.pages:
        assert shape(bad.tree(page)) == shape(good.tree(page)), page


WHERE = {
    "headline": "/entries/one/",
    "wording": "/entries/one/",
    "person": "/entries/one/",
    "place": "/entries/one/",
    "tag": "/entries/one/",
    "quotation": "/entries/one/",
    "speaker": "/entries/one/",
    "remark": "/entries/one/",
    "cited": "/entries/one/",
    "cited outlet": "/entries/one/",
    "correction": "/entries/one/",
    "was": "/entries/one/",
    "now": "/entries/one/",
    "alternative": "/entries/one/",
    "photographer": "/entries/one/",
    "second": "/entries/one/",
    "role": "/people/eve/",
    "spelling": "/people/eve/",
    "spelled by": "/people/eve/",
    "report": "/articles/report/",
    "outlet": "/articles/report/",
    "author": "/articles/report/",
    "credits": "/articles/report/",
    "left out": "/articles/report/",
    "origin": "/articles/report/",
    "about": "/about/",
    "title": "/",
    "subtitle": "/",
    "editor": "/",
}


@pytest.mark.parametrize("what", WHERE)
def test_hostile_words_come_back_whole(what: str) -> None:
    told = hostile(what)
    assert any(told in text for text in texts(site_with("hostile").tree(WHERE[what])))


def test_hostile_words_of_a_capture_come_back_with_lines_folded() -> None:
    text = words(site_with("hostile").tree("/articles/report/"))
    assert " ".join(hostile("captured").split()) in text


@pytest.mark.parametrize("kind", PEOPLE_AND_PLACES)
def test_a_hostile_name_has_a_page_that_bears_it(kind: str) -> None:
    folder = {"person": "people", "place": "places", "tag": "tags"}[kind]
    page = site_with("hostile").tree(f"/{folder}/{slug(hostile(kind))}/")
    assert ["".join(one.itertext()) for one in elements(page) if one.tag == "h1"] == [hostile(kind)]


def json_ld(tree: Element) -> list[dict[str, object]]:
    return [json.loads("".join(one.itertext())) for one in elements(tree) if one.get("type") == "application/ld+json"]


def test_json_ld_calls_an_organisation_one() -> None:
    files = {
        "sitegen.toml": 'title = "T"\n',
        "content/entries/a.md": "---\ntitle: A\ndate: 2023\npeople: [Harbour office, Anna Berg]\n---\n",
        "content/people/harbour-office.md": "---\nname: Harbour office\nkind: organisation\n---\n",
    }
    (article,) = json_ld(built_site_of(files, HOST).tree("/entries/a/"))
    assert article["mentions"] == [{"@type": "Organization", "name": "Harbour office"}, {"@type": "Person", "name": "Anna Berg"}]


def test_json_ld_gives_hostile_words_back() -> None:
    (article,) = json_ld(site_with("hostile").tree("/entries/one/"))
    assert article["headline"] == hostile("headline")
    assert article["isPartOf"] == {"@type": "CreativeWork", "name": hostile("title")}
    assert article["editor"] == {"@type": "Person", "name": hostile("editor")}
    assert article["mentions"] == [
        {"@type": "Person", "name": hostile("person")},
        {"@type": "Person", "name": "Eve"},
        {"@type": "Place", "name": hostile("place")},
        {"@type": "Place", "name": "Den"},
    ]
    assert article["citation"] == [
        {"@type": "CreativeWork", "name": hostile("report"), "url": URL, "publisher": {"@type": "Organization", "name": hostile("outlet")}},
        {
            "@type": "CreativeWork",
            "name": hostile("cited"),
            "url": URL,
            "publisher": {"@type": "Organization", "name": hostile("cited outlet")},
        },
    ]
    assert article["correction"] == [{"@type": "CorrectionComment", "datePublished": "2023-04-09", "text": hostile("correction")}]
    (home,) = json_ld(site_with("hostile").tree("/"))
    assert home["name"] == hostile("title")


def test_json_ld_holds_nothing_that_ends_a_script(site: BuiltSite) -> None:
    for page in site.pages:
        for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.text(page), re.DOTALL):
            assert not re.search("[<>&\u2028\u2029]", found), page
            assert json.loads(found)["@context"] == "https://schema.org"


def test_how_to_cite_gives_hostile_words_back() -> None:
    tree = site_with("hostile").tree("/entries/one/")
    bibtex, csl = ("".join(one.itertext()) for one in elements(tree) if one.tag == "pre")
    cited = json.loads(csl)
    assert (cited["title"], cited["container-title"]) == (hostile("headline"), hostile("title"))
    assert bibtex.count("\n}") == 1
    assert bibtex.startswith("@online{one,")


MARKDOWN = [
    "<script>alert(1)</script>",
    "before <img src=x onerror=alert(1)> behind",
    "<!-- a comment -->",
    "<style>*{display:none}</style>",
    "<iframe src='https://elsewhere.example/'></iframe>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](\x01javascript:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "[click](vbscript:msgbox)",
    "<javascript:alert(1)>",
    '[click](https://example.org "title\\" onclick=alert(1) x=\\"")',
    "[click](https://example.org/'onmouseover='alert(1))",
    '![picture](/assets/picture.svg "x\\" onerror=\\"alert(1)")',
    '![" onerror="alert(1)](/assets/picture.svg)',
    '```"><script>alert(1)</script>\ncode </code><script>alert(1)</script>\n```',
    "`</code><script>alert(1)</script>`",
    "# heading <script>alert(1)</script>",
    "| <script>alert(1)</script> | b |\n| --- | --- |\n| <b onclick=x>c</b> | d |",
    "[[two|<script>alert(1)</script>]]",
    '[[two|"><script>alert(1)</script>]]',
    "Words.[^1]\n\n[^1]: <script>alert(1)</script>",
    "{{ 7*7 }} {% include 'x' %} {# gone #}",
    "a \x000\x00 b \x001\x00 [[two]]",
    "\u202eright to left\u202c \u2028 next",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;",
    "text\n</article></main></body></html><script>alert(1)</script>",
]


@functools.cache
def site_with_bodies(*bodies: str) -> BuiltSite:
    """Each body becomes an entry in a different month."""
    files = {
        "sitegen.toml": 'title = "Bodies"\n',
        "assets/picture.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "content/entries/two.md": entry("Two", "1999"),
    }
    for number, body in enumerate(bodies):
        files[f"content/entries/body-{number}.md"] = entry(f"Body {number}", f"{2000 + number}-04-07", body)
    return built_site_of(files, "https://example.org/")


@pytest.mark.parametrize("number", range(len(MARKDOWN)), ids=MARKDOWN)
def test_a_hostile_body_stays_text(number: int) -> None:
    site, body = site_with_bodies(*MARKDOWN), MARKDOWN[number]
    for page in (f"/entries/body-{number}/", f"/{2000 + number}/04/"):
        tree = site.tree(page)
        for one in elements(tree):
            assert one.tag not in ("style", "iframe", "object", "embed", "base", "form"), page
            assert [name for name in one.attrib if str(name).startswith("on")] == [], page
            assert one.tag != "script" or one.get("src") or one.get("type") == "application/ld+json"
        for _, href in links(tree):
            assert re.match(r"/|#|https?://[a-z]|mailto:", href), href
    (prose,) = with_class(site.tree(f"/entries/body-{number}/"), "prose")
    assert {one.tag for one in elements(prose)} <= {
        "div", "p", "a", "img", "pre", "code", "h2", "table", "thead", "tbody", "tr", "th", "td", "sup", "aside",
    }  # fmt: skip
    if "alert(1)" in body and "](" not in body:
        assert "alert(1)" in words(prose)


CONTROLS = ["\x01", "\x0b", "\x1f", "\x7f", "\x80", "\x9f", "\ufdd0", "\uffff"]


@functools.cache
def site_with_controls() -> BuiltSite:
    files = {"sitegen.toml": 'title = "Controls"\n'}
    for number, control in enumerate(CONTROLS):
        people = [f"e {control} f {number}"]
        files[f"content/entries/e{number}.md"] = entry(f"a {control} b", "2023-04-07", f"c {control} d", people=people)
    return built_site_of(files, "https://example.org/")


@pytest.mark.parametrize("number", range(len(CONTROLS)), ids=ascii)
def test_what_no_page_can_hold_is_shown_as_a_mark(number: int) -> None:
    text = words(site_with_controls().tree(f"/entries/e{number}/"))
    for expected in ("a \ufffd b", "c \ufffd d", "e \ufffd f"):
        assert expected in text


def test_the_headings_of_a_body_nest_below_the_pages_own() -> None:
    (prose,) = with_class(
        site_with_bodies("## One\n\n#### Two\n\n## Three\n\n# Four\n\n### Five\n\n## Six").tree("/entries/body-0/"), "prose"
    )
    assert [(one.tag, words(one)) for one in elements(prose) if one.tag[0] == "h"] == [
        ("h2", "One"),
        ("h3", "Two"),
        ("h2", "Three"),
        ("h2", "Four"),
        ("h3", "Five"),
        ("h3", "Six"),
    ]


def test_a_body_that_looks_like_a_layout_is_not_run() -> None:
    (prose,) = with_class(site_with_bodies("{{ 7*7 }} {% include 'x' %} {# gone #}").tree("/entries/body-0/"), "prose")
    assert words(prose) == "{{ 7*7 }} {% include 'x' %} {# gone #}"


def test_feeds_hold_hostile_words_as_text() -> None:
    site = site_with("hostile")
    items = json.loads(site.files["/feed.json"])["items"]
    assert [item["title"] for item in items] == [hostile("headline"), hostile("second")][::-1]
