"""Removing everything but the report: other stories, prompts to subscribe, the outlet's corrections."""

import io
from pathlib import Path

import pytest

from sitegen.ingest.command import ingest
from sitegen.ingest.receive.boilerplate import without_prompts
from sitegen.ingest.receive.outlet_corrections import is_correction, without_title_marks
from sitegen.ingest.receive.unreadable import UnreadableError
from sitegen.ingest.receive.web_page import web_page
from tests.support.ingest_runs import DAY, NOW, REPORT, as_json, ingested

OWN = """<p>A barge hit the old bridge over the Leda in Norden on Wednesday and two of its crew were hurt, police said.</p>
<p>The bridge was closed to all traffic for the rest of the day while engineers looked at its piers, the council said.</p>
<p>Ana Bell, who lives beside the bridge, said that she had heard a loud crack at about seven in the morning.</p>"""
STORIES = (
    ("Lamp factory owner dies", "Otto Brand, the owner of a lamp factory, died on Tuesday at the age of 69, his son said."),
    ("Minister offers to resign", "The minister of ports offered to resign on Monday after a quarrel about dredging in Emden."),
    ("Strike in Bremen ends", "Dockers ended their strike on Friday after months of talks about pay and shifts at night."),
)


def html(body: str, head: str = "") -> str:
    title = "<title>Two hurt as barge hits bridge</title>"
    published = '<meta property="article:published_time" content="2023-04-07">'
    return f"<html><head>{title}{published}{head}</head><body><main><article>{body}</article></main></body></html>"


def stories(form: str) -> str:
    return "".join(form.format(number=number, headline=headline, summary=summary) for number, (headline, summary) in enumerate(STORIES))


@pytest.mark.parametrize(
    ("around", "form"),
    [
        ("<ul>{}</ul>", '<li><div><h3><a href="/x{number}">{headline}</a></h3><p>{summary}</p></div></li>'),
        ("<div><h2>Other columns</h2>{}</div>", '<div class="card"><h4><a href="/x{number}">{headline}</a></h4><p>{summary}</p></div>'),
        ("<section>{}</section>", '<a href="/x{number}"><h3>{headline}</h3><p>{summary}</p></a>'),
        ("{}", '<h3><a href="/x{number}">{headline}</a></h3><p>{summary}</p>'),
        ("<h3>Most read</h3><ul>{}</ul>", '<li><a href="/x{number}">{headline}</a><p>{summary}</p></li>'),
        ("<ul>{}</ul>", '<li><a href="/x{number}">{headline}</a> {summary}</li>'),
        ("<div>{}</div>", '<div><h3>{headline}</h3><p>{summary}</p><a href="/x{number}">Read more</a></div>'),
        ("<div>{}</div>", '<div><p><a href="https://other.example/x{number}"><b>{headline}</b></a></p><p>{summary}</p></div>'),
    ],
)
def test_other_stories_under_a_report_are_left_out_of_it(around: str, form: str) -> None:
    found = web_page(html(OWN + around.format(stories(form))))
    assert "Ana Bell" in found.text
    for headline, summary in STORIES:
        assert headline not in found.text
        assert summary not in found.text
    assert [(one.headline, one.summary.removesuffix(" Read more")) for one in found.teasers] == list(STORIES)
    assert "Other columns" not in found.text
    assert "Most read" not in found.text


def test_other_stories_are_kept_apart_and_never_drafted(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(html(OWN + stories('<div><h3><a href="/x{number}">{headline}</a></h3><p>{summary}</p></div>')))
    result = ingested(None, tmp_path / "page.html", dry_run=True)
    assert [entry["date"] for entry in as_json(result)["entries"]] == ["2023-04-05"]
    assert result.json_output
    (report,) = result.json_output.reports.values()
    assert report.left_out == tuple(text for story in STORIES for text in story)


@pytest.mark.parametrize(
    "body",
    [
        '<p>Read more: <a href="/x">Bridge was old</a></p>' + OWN + '<p>Read more: <a href="/y">Barges grow</a></p><p>The barge sank.</p>',
        OWN
        + '<ul><li><a href="/a">Close the bridge</a> until it is safe.</li><li><a href="/b">Pay the crew</a> for their wounds.</li></ul>',
        OWN + '<h2><a href="#pier">The pier beside the bridge</a></h2><p>Its pier was cracked.</p><h2>The crew</h2><p>They are well.</p>',
        '<p><a href="/x">An older barge sank here</a></p>' + OWN + '<p><a href="/y">Barges grow larger</a></p><p>The barge sank later.</p>',
    ],
)
def test_a_report_with_links_stays_whole(body: str) -> None:
    found = web_page(html(body))
    assert found.teasers == ()
    assert "Ana Bell" in found.text
    assert "traffic" in found.text


def test_the_posts_of_a_live_blog_stay() -> None:
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    found = web_page(html(OWN + stories('<div><h3><a href="/post-{number}">{headline}</a></h3><p>{summary}</p></div>'), head))
    assert found.teasers == ()
    assert "Otto Brand" in found.text


def test_other_stories_under_a_text_are_noted() -> None:
    own = "A barge hit the old bridge over the Leda in Norden on Wednesday.\n\nTwo of its crew were hurt, police said."
    behind = "\n\n".join(f"{headline}\n\n{summary}" for headline, summary in STORIES)
    result = ingested(None, "-", published=DAY, stdin=f"Barge hits bridge\n\n{own}\n\n{behind}\n".encode(), dry_run=True)
    assert [one.message for one in result.problems] == [
        "“Lamp factory owner dies” and what follows may be no part of the report, and was kept"
    ]


def test_sections_about_the_same_thing_are_not_noted() -> None:
    own = "A barge hit the old bridge over the Leda in Norden on Wednesday.\n\nTwo of its crew were hurt, the police of Norden said."
    parts = "\n\n".join(f"{one}\n\nThe barge hit the bridge in Norden, police said." for one in ("The crew", "The bridge", "The river"))
    result = ingested(None, "-", published=DAY, stdin=f"Barge hits bridge\n\n{own}\n\n{parts}\n".encode(), dry_run=True)
    assert result.problems == []


@pytest.mark.parametrize("intro", ["", "<p>All the news from Norden.</p>", "<h1>Norden</h1>"])
def test_a_page_of_stories_is_no_report(intro: str) -> None:
    with pytest.raises(UnreadableError, match="this page is a list of 3 stories, not a report") as refused:
        web_page(html(intro + stories('<div><h3><a href="/x{number}">{headline}</a></h3><p>{summary}</p></div>')))
    assert "Lamp factory owner dies" in refused.value.hint


def test_a_page_that_calls_itself_a_collection_is_no_report() -> None:
    head = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'
    with pytest.raises(UnreadableError, match="a list of 3 stories"):
        web_page(html(OWN + stories('<div><h3><a href="/x{number}">{headline}</a></h3><p>{summary}</p></div>'), head))


@pytest.mark.parametrize(
    "prompt",
    [
        "To continue reading, subscribe for 1 euro a month.",
        "Already a subscriber? Log in.",
        "This article is for subscribers only.",
        "Log in to keep reading",
        "You’ve reached your limit of free articles.",
        "Sign up for our morning newsletter.",
        "Get the day’s news in your inbox.",
    ],
)
def test_a_prompt_to_subscribe_is_no_part_of_a_report(prompt: str) -> None:
    assert without_prompts(("A barge sank.", prompt, "Nobody was hurt.")) == (("A barge sank.", "Nobody was hurt."), (prompt,))


@pytest.mark.parametrize(
    "sentence",
    [
        "To access the bridge, residents had to pass a checkpoint on Tuesday.",
        "Register offices in Leeds were closed on Wednesday, and staff could not read the files, police said.",
        "The report is available to members of the council.",
    ],
)
def test_a_sentence_about_access_stays(sentence: str) -> None:
    assert without_prompts(("A barge sank.", sentence))[0] == ("A barge sank.", sentence)


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>',
        '<script type="application/ld+json">{"hasPart": [{"@type": "WebPageElement", "isAccessibleForFree": "False"}]}</script>',
        '<meta property="article:content_tier" content="locked">',
    ],
)
def test_the_free_part_of_a_report_is_noted(tmp_path: Path, head: str) -> None:
    (tmp_path / "page.html").write_text(html(OWN, head))
    result = ingested(None, tmp_path / "page.html", dry_run=True)
    assert [one.message for one in result.problems] == ["this page is the free part of a longer report: the rest is for subscribers"]


def test_a_page_that_is_free_has_no_such_note(tmp_path: Path) -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": true}</script>'
    (tmp_path / "page.html").write_text(html(OWN, head))
    assert ingested(None, tmp_path / "page.html", dry_run=True).problems == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "Correction: An earlier version of this article said that the fire was on Tuesday. It was on Wednesday.",
        "This article was amended on 8 April 2023 to change the number of the injured.",
        "An earlier version of this story misstated the day of the fire.",
        "Because of an editing error, an earlier version of this article misstated the day.",
        "Clarification: The mill’s owner did not say that it was closed.",
        "Editor’s note: This story was changed on Friday after the council gave new numbers.",
        "CORRECTION (April 8, 2023): The fire was on Wednesday.",
        "(This April 6 story has been corrected to say that the fire was on Wednesday, not Tuesday, in paragraph 1)",
        "(Corrects day in first paragraph)",
        "The headline of this article was amended on 8 April 2023.",
    ],
)
def test_an_outlets_own_correction_is_known(paragraph: str) -> None:
    assert is_correction(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The ministry issued a correction on Tuesday.",
        "The report was amended on Tuesday after a vote in parliament.",
        "An earlier version of the bill was rejected on Monday.",
        "The first article of the constitution was changed on Tuesday.",
        "Corrections officers in Leeds went on strike on Wednesday.",
        "The story was updated by the broadcaster on Tuesday, its editor said.",
    ],
)
def test_a_report_about_a_correction_is_none(paragraph: str) -> None:
    assert not is_correction(paragraph)


@pytest.mark.parametrize(
    ("title", "clean", "corrections"),
    [
        (
            "CORRECTED-UPDATE 2-Two hurt in fire at mill (corrects day in first paragraph)",
            "Two hurt in fire at mill",
            ("CORRECTED-UPDATE 2", "(corrects day in first paragraph)"),
        ),
        ("REFILE-Two hurt (Refiles to fix typo)", "Two hurt", ("REFILE", "(Refiles to fix typo)")),
        ("UPDATE 1-Two hurt in fire", "Two hurt in fire", ()),
        ("Correction: Mill fire story", "Mill fire story", ("Correction",)),
        ("Corrections officers strike", "Corrections officers strike", ()),
    ],
)
def test_a_title_loses_an_agencys_marks(title: str, clean: str, corrections: tuple[str, ...]) -> None:
    assert without_title_marks(title) == (clean, corrections)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_correction_is_a_credit_and_drafts_nothing(gap: str) -> None:
    correction = "Correction: An earlier version of this article said that the fire was on Tuesday. It was on Wednesday."
    text = f"Two hurt in fire at mill\n\nTwo people were hurt in a fire at a mill in Leeds on Wednesday, police said.{gap}{correction}\n"
    result = ingested(None, "-", published=DAY, stdin=text.encode(), dry_run=True)
    assert [(entry["date"], entry["title"]) for entry in as_json(result)["entries"]] == [("2023-04-05", "Two hurt in fire at mill")]
    assert result.json_output
    (report,) = result.json_output.reports.values()
    assert report.credits == (correction,)
    assert [one.message for one in result.problems] == [f"the outlet corrected this report: “{correction}”"]


def test_a_report_about_a_correction_is_drafted() -> None:
    text = "Ministry corrects its numbers\n\nThe ministry of health issued a correction in Leeds on Tuesday, it said.\n"
    result = ingested(None, "-", published=DAY, stdin=text.encode(), dry_run=True)
    assert [entry["date"] for entry in as_json(result)["entries"]] == ["2023-04-04"]


def test_of_one_report_forty_events_are_drafted_and_the_others_counted() -> None:
    text = "A barge hit the old bridge in Norden on Wednesday. " * 1000
    result = ingested(None, "-", published=DAY, stdin=text.encode(), dry_run=True)
    assert len(as_json(result)["entries"]) == 40
    (told,) = (one.message for one in result.problems)
    assert told.endswith(" events; only the first 40 are drafted")


@pytest.mark.parametrize(("outlet", "asked", "expected"), [("", ["-"], "Norden Echo"), ("Leer Post", [], "Leer Post")])
def test_an_outlet_is_asked_for_where_none_is_known(outlet: str, asked: list[str], expected: str) -> None:
    names: list[str] = []

    def answer(name: str) -> str:
        names.append(name)
        return "Norden Echo"

    result = ingest(
        None,
        ["-"],
        published=DAY,
        outlet=outlet,
        url="",
        origin="",
        dry_run=True,
        stdin=io.BytesIO(REPORT.encode()),
        now=NOW,
        with_json=True,
        ask_outlet=answer,
    )
    assert result.json_output
    assert [(id, report.outlet) for id, report in result.json_output.reports.items()] == [
        (f"{expected.lower().replace(' ', '-')}-{DAY}", expected)
    ]
    assert names == asked
