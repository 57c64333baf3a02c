"""Publication date and authors of a page."""

import datetime
import json

import pytest

from sitegen.ingest.receive.author_names import author_names, distinct_names
from sitegen.ingest.receive.unreadable import UnreadableError
from sitegen.ingest.receive.web_page import WebPage, web_page

TITLE = "Two hurt as barge hits bridge"
PARAGRAPHS = (
    "<p>A barge hit the old bridge over the Leda in Norden on Wednesday and two of its crew were hurt, police said on Thursday.</p>"
    "<p>The bridge was closed to all traffic for the rest of the day while engineers looked at its piers, the council said.</p>"
    "<p>Ana Bell, who lives beside the bridge, said that she had heard a loud crack at about seven in the morning that day.</p>"
)
CANONICAL = '<link rel="canonical" href="https://echo.example/news/barge">'


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" property="{name}" content="{content}">'


def linked(*objects: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in objects)


def read(head: str = "", byline: str = "", around: str = "") -> WebPage:
    body = f"<main><article><h1>{TITLE}</h1>{byline}{PARAGRAPHS}</article></main>{around}"
    return web_page(f"<!doctype html><html lang=en><head><title>{TITLE} | Norden Echo</title>{head}</head><body>{body}</body></html>")


OWN: dict[str, object] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2023-04-07T09:00:00+02:00",
}
OTHER: dict[str, object] = {
    "@type": "NewsArticle",
    "headline": "Ice closes harbour",
    "url": "https://echo.example/2021/01/02/ice",
    "datePublished": "2021-01-02T10:00:00Z",
    "author": {"@type": "Person", "name": "Rolf Brand"},
}
SCHEMA = "https://schema.org"


@pytest.mark.parametrize(
    ("head", "byline", "published"),
    [
        (meta("article:published_time", "2023-04-07T09:00:00+02:00") + meta("article:modified_time", "2023-04-08"), "", "2023-04-07T09:00+02:00"),
        (meta("article:modified_time", "2023-04-08") + meta("article:published_time", "2023-04-07"), "", "2023-04-07"),
        (meta("dc.date", "2023-04-07"), "", "2023-04-07"),
        (meta("sailthru.date", "2023-04-07 09:00:00"), "", "2023-04-07T09:00"),
        (meta("parsely-pub-date", "2023-04-07T07:00:00Z"), "", "2023-04-07T07:00Z"),
        (meta("date", "2023-04-09") + meta("pubdate", "20230407"), "", "2023-04-07"),
        (meta("publish-date", "1680850800"), "", "2023-04-07T07:00Z"),
        (meta("publication_date", "April 7, 2023 9:00 a.m."), "", "2023-04-07"),
        ("", '<span itemprop="datePublished" content="2023-04-07T09:00:00+02:00">Friday</span>', "2023-04-07T09:00+02:00"),
        ("", '<meta itemprop="datePublished" content="2023-04-07">', "2023-04-07"),
        ("", '<time itemprop="dateModified" datetime="2023-04-06">x</time><time datetime="2023-04-07">y</time>', "2023-04-07"),
        ("", '<p>Published <time datetime="2023-04-07">7 April</time>, updated <time datetime="2023-04-09">9 April</time></p>', "2023-04-07"),
        ("", '<p>Updated <time datetime="2023-04-09">9 April</time></p><p>Posted <time datetime="2023-04-07">7 April</time></p>', "2023-04-07"),
        ("", '<div class="dates"><time datetime="2023-04-09T08:00Z">a</time><time datetime="2023-04-07T08:00Z">b</time></div>', "2023-04-07T08:00Z"),
        ("", "<div><span>Pia Holt</span> <time>April 7, 2023</time></div>", "2023-04-07"),
        ("", '<time title="2023-04-07T09:00:00+02:00">2 hours ago</time>', "2023-04-07T09:00+02:00"),
        ("", '<p class="date">7. April 2023, 09:00</p>', "2023-04-07"),
        ("", '<p class="date">07.04.2023</p>', "2023-04-07"),
        ("", '<a href="/x" rel="bookmark"><time class="published" datetime="2023-04-07">7 April 2023</time><time class="updated" datetime="2023-04-08">8 April 2023</time></a>', "2023-04-07"),
        ("", '<time datetime="2023-04-07">x</time><section><h2>More</h2><div><h3><a href="/i">Ice closes harbour</a></h3><time datetime="2021-01-02">x</time></div></section>', "2023-04-07"),
        (linked(OWN).replace("}</script>", ",}</script>"), "", "2023-04-07T09:00+02:00"),
        (linked(OWN).replace(">{", ">//<![CDATA[\n{").replace("}<", "}\n//]]><"), "", "2023-04-07T09:00+02:00"),
        (linked({**OWN, "@type": "LiveBlogPosting", "liveBlogUpdate": [{**OWN, "datePublished": "2023-04-09"}]}), "", "2023-04-07T09:00+02:00"),
        (linked({"@type": "WebPage", "url": "https://echo.example/news/barge", "datePublished": "2023-04-07"}) + CANONICAL, "", "2023-04-07"),
        ("", '<abbr class="published" title="2023-04-07T09:00:00+02:00">7 April</abbr>', "2023-04-07T09:00+02:00"),
        ('<link rel="canonical" href="https://echo.example/2023/04/07/barge">', "", "2023-04-07"),
        (meta("og:url", "https://echo.example/2023/apr/7/barge"), "", "2023-04-07"),
        (meta("og:url", "https://echo.example/20230407/barge-1680850800"), "", "2023-04-07"),
        (linked(OWN), "", "2023-04-07T09:00+02:00"),
        (linked([{"@context": SCHEMA, "@type": "Organization", "name": "Norden Echo"}, OWN]), "", "2023-04-07T09:00+02:00"),
        (linked({"@context": SCHEMA, "@graph": [OTHER, OWN]}), "", "2023-04-07T09:00+02:00"),
        (linked({"@type": ["NewsArticle"], "datePublished": "2023-04-07"}), "", "2023-04-07"),
        (linked(OTHER, {**OWN, "headline": "Barge", "mainEntityOfPage": {"@id": "https://www.echo.example/news/barge/"}}) + CANONICAL, "", "2023-04-07T09:00+02:00"),
        (linked(OTHER, {**OWN, "headline": "Barge", "@id": "/news/barge#article"}) + CANONICAL, "", "2023-04-07T09:00+02:00"),
        (linked({**OWN, "headline": f"{TITLE} in Norden", "hasPart": [OTHER]}), "", "2023-04-07T09:00+02:00"),
        ("", '<p class="date">Friday, 7 April 2023, 09:00</p>', "2023-04-07"),
        ("", "<p>Published on April 7th, 2023</p>", "2023-04-07"),
        (meta("article:published_time", "1970-01-01T00:00:00Z"), '<time datetime="2023-04-07">x</time>', "2023-04-07"),
        (meta("article:published_time", "0001-01-01T00:00:00Z") + meta("article:published_time", "n/a"), '<time datetime="2023-04-07">x</time>', "2023-04-07"),
        (meta("article:published_time", "2023-04-07") + linked(OWN), "", "2023-04-07T09:00+02:00"),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_that_of_the_pages_own_report(head: str, byline: str, published: str) -> None:
    found = read(head, byline)
    assert (found.dates.published, found.dates.contradictions) == (published, ())


@pytest.mark.parametrize(
    ("head", "byline", "around"),
    [
        (linked({"@context": SCHEMA, "@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]}), "", ""),
        (linked({"@context": SCHEMA, **OTHER}) + CANONICAL, "", ""),
        (linked({"@context": SCHEMA, **OTHER, "url": ""}), "", ""),
        (linked(OTHER, {**OTHER, "headline": "Mayor opens school"}), "", ""),
        (linked({"@type": "VideoObject", "uploadDate": "2021-01-02", "name": TITLE}), "", ""),
        ("", "", '<aside><time datetime="2021-01-02">x</time></aside>'),
        ("", '<div class="related-stories"><a href="/ice">Ice closes the harbour</a><time datetime="2021-01-02">x</time></div>', ""),
        ("", '<ul><li><h3>Ice closes the harbour again</h3><time datetime="2021-01-02">x</time></li></ul>', ""),
        ("", '<div><a href="/ice">Ice closes the old harbour</a> <time datetime="2021-01-02">x</time></div>', ""),
        ("", "", '<article itemscope><h2>Ice</h2><meta itemprop="datePublished" content="2021-01-02"><time datetime="2021-01-02">x</time></article>'),
        ("", "", '<section class="comments"><time datetime="2021-01-02">x</time></section>'),
        ("", "<p>The bridge was built <time datetime='1953-02-01'>long ago</time>, and its piers were made of the stone of the old castle, which had fallen.</p>", ""),
        ("", "", '<header data-info="dt: 2022-11-09T14:47:17Z"></header><script src="/a.js?v=2022-11-09"></script>'),
        ("", "<!-- built 2022-11-09 --><img src='/2022/11/09/a.png' alt='2022-11-09'>", "<footer>© 2019-2022. Last built on 9 November 2022</footer>"),
        ('<meta http-equiv="last-modified" content="2022-11-09"><meta name="build" content="2022-11-09">', "", ""),
        (meta("article:modified_time", "2022-11-09"), "", ""),
        (meta("og:url", "https://echo.example/news/20230499/barge-2089096"), "", ""),
        (meta("og:url", "https://echo.example/news?d=/2021/01/02/"), "", ""),
        ("", "", "<div class='weather clock'><time datetime='2022-11-09'>Today</time></div>"),
    ],
)  # fmt: skip
def test_other_dates_of_a_page_date_no_report(head: str, byline: str, around: str) -> None:
    assert read(head, byline, around).dates.published == ""


@pytest.mark.parametrize(
    ("head", "byline", "published"),
    [
        (meta("article:published_time", "2023-04-06T22:30:00Z") + meta("article:modified_time", "2023-04-08T10:00:00+02:00"), "", "2023-04-07T00:30+02:00"),
        (meta("article:published_time", "2023-04-06T22:30:00Z") + linked({**OWN, "datePublished": "2023-04-07T00:30:00+02:00"}), "", "2023-04-07T00:30+02:00"),
        (meta("article:published_time", "2023-04-06T22:00:00Z") + meta("article:modified_time", "2023-04-08T10:00:00+02:00"), "", "2023-04-07"),
        (meta("article:published_time", "2023-04-08T03:30:00Z") + meta("article:modified_time", "2023-04-08T10:00:00-04:00"), "", "2023-04-07T23:30-04:00"),
        (meta("article:published_time", "2023-04-06T22:30:00Z") + meta("og:url", "https://echo.example/2023/04/07/barge"), "", "2023-04-07"),
        ("", '<time datetime="2023-04-06T22:30:00Z">7 April 2023</time>', "2023-04-07"),
        (meta("article:published_time", "2023-04-07T07:00:00Z") + meta("article:modified_time", "2023-04-08T10:00:00+02:00"), "", "2023-04-07T07:00Z"),
        (meta("article:published_time", "2023-04-06T22:30:00Z"), '<p class="date">6 April 2023</p>', "2023-04-06T22:30Z"),
    ],
)  # fmt: skip
def test_an_instant_in_utc_keeps_the_outlets_own_day(head: str, byline: str, published: str) -> None:
    found = read(head, byline)
    assert (found.dates.published, found.dates.contradictions) == (published, ())


@pytest.mark.parametrize(
    ("head", "byline", "published", "others"),
    [
        (meta("article:published_time", "2023-04-07T09:00+02:00") + meta("og:url", "https://e.example/2023/05/01/barge"), "", "2023-04-07T09:00+02:00", ["2023-05-01"]),
        (meta("article:published_time", "2023-04-07") + linked({**OWN, "datePublished": "2023-04-10"}), "", "2023-04-07", ["2023-04-10"]),
        (meta("og:url", "https://e.example/2023/05/01/barge") + linked(OWN), '<time datetime="2023-04-09">x</time>', "2023-04-09", ["2023-05-01", "2023-04-07T09:00+02:00"]),
    ],
)  # fmt: skip
def test_dates_of_the_report_that_contradict_each_other_are_known(head: str, byline: str, published: str, others: list[str]) -> None:
    found = read(head, byline).dates
    assert (found.published, [claim.edtf for claim in found.contradictions]) == (published, others)


def test_a_day_to_come_counts_only_where_there_is_no_other() -> None:
    latest = datetime.date(2023, 4, 9)
    head = meta("article:published_time", "2099-01-01")
    assert read(head, '<time datetime="2023-04-07">x</time>').dates.until(latest).published == "2023-04-07"
    assert read(head).dates.until(latest).published == "2099-01-01"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Pia Holt", ["Pia Holt"]),
        ("By Pia Holt", ["Pia Holt"]),
        ("BY PIA HOLT AND JOHN ROE", ["PIA HOLT", "JOHN ROE"]),
        ("By Pia Holt and John Roe", ["Pia Holt", "John Roe"]),
        ("By Pia Holt, John Roe and Ana Bell in Norden", ["Pia Holt", "John Roe", "Ana Bell"]),
        ("Words by Pia Holt, photographs by John Roe", ["Pia Holt"]),
        ("Written by: Pia Holt", ["Pia Holt"]),
        ("Story by Pia Holt | Photos by John Roe", ["Pia Holt"]),
        ("Author: Pia Holt", ["Pia Holt"]),
        ("Von Pia Holt und John Roe", ["Pia Holt", "John Roe"]),
        ("Pia Holt, Ports Editor", ["Pia Holt"]),
        ("Pia Holt Ports Editor", ["Pia Holt"]),
        ("Pia D. Holt Chief Political Correspondent", ["Pia D. Holt"]),
        ("Maria Garcia Lopez Staff Writer", ["Maria Garcia Lopez"]),
        ("Pia van der Holt, Senior Reporter, and John Roe, Norden Bureau Chief", ["Pia van der Holt", "John Roe"]),
        ("By Pia Holt for Norden Echo", ["Pia Holt"]),
        ("By Pia Holt, Norden Echo", ["Pia Holt"]),
        ("By Pia Holt, Harbour Gazette", ["Pia Holt"]),
        ("By Pia Holt (Reuters)", ["Pia Holt"]),
        ("Pia (P.D.) Holt", ["Pia Holt"]),
        ("Pia Holt (with John Roe and Ana Bell)", ["Pia Holt"]),
        ("Pia O&#39;Neil", ["Pia O'Neil"]),
        ("By Pia Holt Published 7 April 2023", ["Pia Holt"]),
        ("By Pia Holt April 7, 2023", ["Pia Holt"]),
        ("By Pia Holt | 5 min read", ["Pia Holt"]),
        ("By Pia Holt · 3 hours ago", ["Pia Holt"]),
        ("Pia Holt, pia.holt@echo.example", ["Pia Holt"]),
        ("Pia Holt @piaholt", ["Pia Holt"]),
        ("@piaholt", []),
        ("https://www.facebook.com/pia.holt", []),
        ("https://echo.example/authors/pia-holt", []),
        ("Pia D. Holt", ["Pia D. Holt"]),
        ("P. D. Holt", ["P. D. Holt"]),
        ("Pia Holt, Jr.", ["Pia Holt"]),
        ("Holt, Pia", ["Pia Holt"]),
        ("<a href='/pia'>Pia Holt</a>", ["Pia Holt"]),
        ("pia holt", ["Pia Holt"]),
        ("Pia Holt-O’Neil", ["Pia Holt-O’Neil"]),
        ("Åsa Bræmer", ["Åsa Bræmer"]),
        ("王小明", ["王小明"]),
        ("April Holt and May Roe", ["April Holt", "May Roe"]),
        ("Staff", []),
        ("Staff Writer", []),
        ("By Norden Echo Staff", []),
        ("Admin", []),
        ("Username", []),
        ("Norden Echo", []),
        ("The Norden Echo", []),
        ("Associated Press", []),
        ("Reuters", []),
        ("Reuters, AFP", []),
        ("News Desk", []),
        ("Our Correspondent", []),
        ("April 7, 2023", []),
        ("5 min read", []),
        ("", []),
    ],
)
def test_a_byline_names_people_and_nothing_else(text: str, people: list[str]) -> None:
    assert list(author_names(text, "Norden Echo")) == people


@pytest.mark.parametrize(
    ("head", "byline", "people"),
    [
        (linked({**OWN, "author": {"@type": "Person", "name": "Pia Holt"}}), "", ("Pia Holt",)),
        (linked({**OWN, "author": [{"@type": "Person", "name": "Pia Holt"}, {"@type": "Organization", "name": "Port Union"}, "John Roe"]}), "", ("Pia Holt", "John Roe")),
        (linked({**OWN, "author": {"@type": "Person", "givenName": "Pia", "familyName": "Holt"}}), "", ("Pia Holt",)),
        (linked({**OWN, "author": [{"name": ["Pia Holt", "John Roe"]}]}), "", ("Pia Holt", "John Roe")),
        (linked({"@graph": [{**OWN, "author": {"@id": "#p"}}, {"@type": "Person", "@id": "#p", "name": "Pia Holt"}]}), "", ("Pia Holt",)),
        ("", '<div class="sig hasnt-bio"><span class="pb-byline">By <a href="/pia">Pia Holt</a></span></div>', ("Pia Holt",)),
        (linked({**OWN, "author": {"@type": "Organization", "name": "Norden Harbour"}}), "<p class=byline>By Pia Holt</p>", ("Pia Holt",)),
        (linked(OTHER), "", ()),
        (meta("author", "https://echo.example/pia") + meta("twitter:creator", "@piaholt"), "<p class=byline>By Pia Holt</p>", ("Pia Holt",)),
        (meta("author", "Staff"), '<a rel="author" href="/pia">Pia Holt</a>', ("Pia Holt",)),
        (meta("author", "PIA HOLT"), '<p class="byline">By Pia Holt</p>', ("Pia Holt",)),
        (meta("author", "Pia Holt") + meta("byl", "By PIA HOLT") + meta("dc.creator", "Pia D. Holt"), "", ("Pia D. Holt",)),
        (meta("author", "Pia Holt") + meta("author", "John Roe"), "", ("Pia Holt", "John Roe")),
        ("", '<div class="byline">By <a>Pia Holt</a> and <a>John Roe</a>, <span>Norden Ports Editor</span></div>', ("Pia Holt", "John Roe")),
        ("", '<span itemprop="author" itemscope>By <b itemprop="name">Pia Holt</b><i>Trains boats</i></span>', ("Pia Holt",)),
        ("", '<aside class="author">Rolf Brand</aside><div class="comments"><span class="author">Rolf Brand</span></div>', ()),
        ("", '<div class="related"><a href="/ice">Ice closes the harbour</a> <span class="author">Rolf Brand</span></div>', ()),
        ("", "", ()),
    ],
)  # fmt: skip
def test_authors_are_people_whom_the_page_names_for_its_own_report(head: str, byline: str, people: tuple[str, ...]) -> None:
    assert read(meta("og:site_name", "Norden Echo") + head, byline).authors == people


def test_a_person_is_named_once() -> None:
    assert distinct_names(["PIA HOLT", "Pia Holt", "Pia D. Holt", "JOHN ROE", "A. B.", "C. D."]) == (
        "Pia D. Holt",
        "JOHN ROE",
        "A. B.",
        "C. D.",
    )


def test_the_outlet_is_no_author() -> None:
    assert read(meta("og:site_name", "Port &amp; Quay") + meta("author", "Port &amp; Quay")).authors == ()


def test_an_element_of_very_many_attributes_is_refused() -> None:
    for attributes in (
        " ".join(f"a{n}" for n in range(1001)),
        "".join(f" a{n}='<'" for n in range(40_000)),
        "/".join(f'a{n}="x>y"' for n in range(1001)),
    ):
        with pytest.raises(UnreadableError, match="more than 1,000 attributes"):
            web_page(f"<html><p>{PARAGRAPHS}<p {attributes}>x</html>")


@pytest.mark.parametrize(
    "harmless",
    [
        f"<p data-state='{'a b=c ' * 5000}'>x</p>",
        f"<script>if (a<b {'c d ' * 5000}) e()</script>",
        f"<!-- <p {'a ' * 5000}> -->",
        f"<style>a <b {'c ' * 5000}</style>",
        f"<p>2 < 3 {'and so on ' * 500}</p>",
    ],
)
def test_long_values_scripts_and_comments_are_no_attributes(harmless: str) -> None:
    assert "A barge hit" in read(around=harmless).text
