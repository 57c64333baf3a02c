"""Web pages: metadata, and pages that are broken or hostile."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.ingest.receive.date_claims import edtf
from sitegen.ingest.receive.unreadable import UnreadableError
from sitegen.ingest.receive.web_page import web_page
from tests.support.ingest_runs import BRIDGE
from tests.support.time_limit import time_limit

PARAGRAPH = "<p>The bridge in Norden was opened on Friday, the council said, three months after a barge had hit it.</p>"


def html(head: str = "", body: str = PARAGRAPH, opening: str = "<html>") -> str:
    return f"<!doctype html>{opening}<head>{head}</head><body><article>{body}</article></body></html>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2023-04-07T09:12:00+03:00", "2023-04-07T09:12+03:00"),
        ("2023-04-07T09:12:33.123Z", "2023-04-07T09:12Z"),
        ("2023-04-07 09:12:00 +0300", "2023-04-07T09:12+03:00"),
        ("2023-04-07T09:12:00+0300", "2023-04-07T09:12+03:00"),
        ("2023-04-07T09:12", "2023-04-07T09:12"),
        ("2023-04-07T00:00:00Z", "2023-04-07"),
        ("2023-04-07", "2023-04-07"),
        ("20230407", "2023-04-07"),
        ("Fri, 07 Apr 2023 09:12:00 GMT", "2023-04-07T09:12Z"),
        ("2023-04-07 morning", "2023-04-07"),
        ("2023-04-31", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_page_writes_its_dates_in_many_ways(written: str, read: str) -> None:
    assert edtf(written) == read


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        ('<meta property="article:published_time" content="2023-04-07T09:12Z">', "2023-04-07T09:12Z", ""),
        ('<meta name="DC.date.issued" content="2023-04-07"><meta name="lastmod" content="2023-04-08">', "2023-04-07", "2023-04-08"),
        ('<meta itemprop="datePublished" content="2023-04-07">', "2023-04-07", ""),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"},'
            ' {"@type": ["NewsArticle"], "datePublished": "2023-04-07T09:12:00+03:00", "dateModified": "2023-04-08"}]}</script>',
            "2023-04-07T09:12+03:00",
            "2023-04-08",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", </script><meta name="date" content="2023-04-07">', "2023-04-07", ""),
        (f'<script type="application/ld+json">{"[" * 100_000}</script><meta name="date" content="2023-04-07">', "2023-04-07", ""),
    ],
    ids=["Open Graph", "Dublin Core", "microdata", "linked data", "broken linked data", "deep linked data"],
)
def test_dates_are_read_from_page_metadata(head: str, published: str, updated: str) -> None:
    found = web_page(html(head))
    assert (found.dates.published, found.dates.updated, found.dates.is_guess) == (published, updated, False)


def test_a_date_in_the_address_is_a_guess() -> None:
    found = web_page(html('<link rel="canonical" href="https://news.example/2023/04/07/bridge">'))
    assert (found.dates.published, found.dates.is_guess) == ("2023-04-07", True)


def test_a_year_in_the_text_is_no_publication_date() -> None:
    assert web_page(html(body=PARAGRAPH + "<p>It was built in 1999. © 2021</p>")).dates.published == ""


@pytest.mark.parametrize(
    ("opening", "head", "language"),
    [
        ('<html lang="en-GB">', "", "en-GB"),
        ('<html lang="pt_BR">', "", "pt-BR"),
        ("<html>", '<meta property="og:locale" content="uk_UA">', "uk-UA"),
        ('<html lang="none at all">', "", ""),
        ("<html>", "", ""),
    ],
)
def test_a_language_is_a_language_tag_or_left_out(opening: str, head: str, language: str) -> None:
    assert web_page(html(head, opening=opening)).language == language


def test_the_outlet_is_no_part_of_the_title() -> None:
    found = web_page(
        html('<meta property="og:title" content="Bridge opens | Example News"><meta property="og:site_name" content="Example News">')
    )
    assert (found.title, found.outlet) == ("Bridge opens", "Example News")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a b/", "//", "https://[/"])
def test_an_address_that_is_none_is_left_out(address: str) -> None:
    assert web_page(html(f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">')).address == ""


def test_line_breaks_in_a_page_part_paragraphs_where_they_are_double() -> None:
    found = web_page(
        html(body=f"<div>{PARAGRAPH[3:-4]}<br><br>Nobody<br>crossed it &amp; nobody will, said the mayor of the town of Norden.</div>")
    )
    assert "\n\nNobody\ncrossed it & nobody will" in found.text


def test_a_part_of_a_page_is_read_as_a_page() -> None:
    assert web_page(PARAGRAPH).text.strip() == PARAGRAPH[3:-4]


def test_references_to_control_characters_do_no_harm() -> None:
    body = PARAGRAPH.replace("Norden", "N&#8;or&#x1F;den&#0;&#xFFFE; &#x202e;&#65534;of old")
    assert web_page(html(body=body)).text.strip() == PARAGRAPH[3:-4].replace("Norden", "Norden of old")


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><script>document.write('The bridge is open, said the council on Friday.')</script></body></html>",
        "<html><head><title>Bridge</title></head><body></body></html>",
        "<html><frameset><frame src='bridge.html'></frameset></html>",
        "<script>open()</script>",
        "<!-- <p>The bridge is open.</p> -->",
    ],
)
def test_a_page_without_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="there is no text in this page"):
        web_page(text)


def test_a_page_of_very_many_elements_is_refused() -> None:
    with pytest.raises(UnreadableError, match="more than 30,000 elements"):
        web_page(html(body="<p>" + "<span>a</span>" * 40_000))


@pytest.mark.parametrize("unit", ["<li>It is open.</li>", "<div>It is open.</div>", "It is open.<br><br>"])
def test_a_page_of_very_many_paragraphs_is_refused(unit: str) -> None:
    with pytest.raises(UnreadableError, match="more than 8,000 paragraphs"):
        web_page(html(body=unit * 8_002))


@pytest.mark.parametrize("unit", ["<div>", "<blockquote>", "<p ", "a='b' ", "&", "<!--", "<", "<table><tr><td>", "]]>", "word "])
def test_a_broken_page_is_read_or_refused_in_linear_time(unit: str) -> None:
    with time_limit():
        try:
            assert web_page(html(body=PARAGRAPH + unit * 20_000)).text
        except UnreadableError as refusal:
            assert refusal.hint  # noqa: PT017  # either is right


tags = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<html>",
        "<body>",
        "<div>",
        "</div>",
        "<br>",
        "<script>",
        "</script>",
        "<table>",
        "<tr>",
        "<td>",
        "<li>",
        "<ul>",
        "<!--",
        "-->",
        "<a/href='x'>",
        "</a>",
        "&amp;",
        "&#8;",
        "&#xD800;",
        "<h1>",
        "<title>",
        "<meta/property='og:title'/content='x'>",
        "<svg>",
        "<![CDATA[",
        "<meta/name='author'/content='A;B'>",
        "<q>",
        "<pre>",
        "<code>",
        "<link/rel=canonical/href='x'>",
        "text.",
    ]
)


@settings(deadline=None)
@given(st.lists(tags | st.text(max_size=10), max_size=40).map("".join))
def test_any_page_is_read_or_refused(text: str) -> None:
    try:
        found = web_page(text)
    except UnreadableError as refusal:
        assert refusal.hint  # noqa: PT017  # either is right
    else:
        assert found.text.strip()


def test_the_page_of_the_tests_is_read_whole() -> None:
    found = web_page(BRIDGE.decode())
    assert (found.title, found.outlet, found.authors) == ("Bridge reopens in Norden", "Example News", ("Jane Doe", "John Smith"))


def test_without_trafilatura_sitegen_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(UnreadableError, match="web pages can’t be read here: ") as caught:
        web_page(html())
    assert caught.value.hint == "pip install --upgrade trafilatura lxml_html_clean"
