"""Views: complete, frozen, and no more precise than the facts."""

import dataclasses
import inspect
import json
import re
from collections.abc import Mapping
from typing import Any, get_type_hints

import jinja2
import pytest

from sitegen import dates
from sitegen.builder import theme
from sitegen.builder.inputs import THEME
from sitegen.pages import routes, views
from sitegen.pages.context import RenderContext
from sitegen.pages.date_view import date_view
from sitegen.pages.views import EntryPage, EntryRow, NotFoundPage, ReportPage, TermPage, TermsPage, TimelinePage, View
from sitegen.render import Renderer, names_in_layouts
from sitegen.timeline.graph import Timeline
from tests.support.built_sites import built_site_of, document, entry
from tests.support.timelines import dated, listing, term, timeline_of, view

WORDS = theme.words(THEME, "en")
VIEWS = [one for _, one in inspect.getmembers(views, dataclasses.is_dataclass) if isinstance(one, type)]


def entry_page(files: Mapping[str, str], id_: str) -> EntryPage:
    page = view(timeline_of(files), f"/entries/{id_}/")
    assert isinstance(page, EntryPage)
    return page


def row(files: Mapping[str, str], id_: str) -> EntryRow:
    home = listing(timeline_of(files), "/")
    found = [one for year in home.years for rows in (year.rows, *(month.rows for month in year.months)) for one in rows if one.id == id_]
    (only,) = found
    return only


@pytest.mark.parametrize("kind", VIEWS, ids=[one.__name__ for one in VIEWS])
def test_a_view_is_frozen_slotted_and_holds_nothing_that_changes(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]  # every dataclass has them
    assert "__slots__" in vars(kind)
    for hint in get_type_hints(kind).values():
        assert not re.search(r"\b(list|dict|set|Any|object)\b", str(hint)), hint


def test_every_page_has_its_view_and_its_layout() -> None:
    timeline = timeline_of(STORY)
    layouts = theme.layouts(THEME)
    for page in routes.routes(RenderContext.of(timeline, WORDS, {})):
        assert isinstance(page, routes.DataFile | routes.HtmlPage)
        if isinstance(page, routes.HtmlPage):
            assert isinstance(page.view, View)
            assert page.layout in layouts


def test_a_layout_sees_its_view_and_nothing_else() -> None:
    layouts = Renderer({"x.html": "{{ site.title }}{{ entries }}", "y.html": "{{ range(3) }}", "z.html": "{{ site.title }}"})
    page = NotFoundPage(RenderContext.of(timeline_of({}), WORDS, {}).site, views.Head("gone"))
    assert layouts.render("z.html", page) == b"Timeline"
    for layout in ("x.html", "y.html"):
        with pytest.raises(jinja2.UndefinedError):
            layouts.render(layout, page)


def test_expensive_fields_are_made_only_where_the_layout_uses_them() -> None:
    timeline = timeline_of({"entries/one.md": entry("One", "2023-04-07")})

    def seen(**layouts: str) -> tuple[bool, bool]:
        sources = {f"{name}.html": text for name, text in layouts.items()}
        page = routes.routes(RenderContext.of(timeline, WORDS, {}, names_in_layouts=names_in_layouts(sources))).page("/entries/one/")
        assert isinstance(page, routes.HtmlPage)
        assert isinstance(page.view, EntryPage)
        return (page.view.cite.text != "", page.view.head.json_ld != "")

    assert seen(entry="{{ title }}", base="{{ cite.text }}") == (False, False)
    assert seen(entry="{% extends 'base.html' %}", base="{{ head['json_ld'] }}") == (False, True)
    assert seen(entry="{{ 'cited.html'|piece(one=cite) }}", base="{{ head.json_ld }}") == (True, False)
    assert seen(entry="{% include heads %}", base="{{ head.json_ld }} {{ cite.text }}") == (True, True)
    assert seen(base="") == (True, True)


def test_each_word_that_a_layout_asks_for_is_in_the_catalogue() -> None:
    for name, text in theme.layouts(THEME).items():
        asked = re.findall(r"(?<![\w.])(?:site\.)?words\.(\w+)", text) + re.findall(r"(?:site\.)?words\[\"(\w+)\"\]", text)
        assert [key for key in asked if key not in WORDS.texts] == [], name


ACCOUNT: dict[str, Any] = {"article": "wire", "passages": [{"quote": "the quoted words", "speaker": "A minister", "note": "A remark."}]}
STORY = {
    "articles/wire.md": document("", title="Wire story", outlet="Wire", url="https://wire.example/a?b=1#c", published="2023-04-07"),
    "articles/reprint.md": document("", title="Reprint story", outlet="Reprint", derived_from="wire"),
    "articles/other.md": document("", title="Another", outlet="Other"),
    "captures/wire.txt": "Before. Here stand the quoted words - and more. A secret sentence that nobody quotes.\n",
    "entries/one.md": entry(
        "One",
        "2023-04-07",
        "The **first** paragraph links to [[two]], [[Ada|the chief]] and cites [@bank].\n\nThe second.",
        people=["Ada", "Hidden"],
        places=["Here"],
        tags=["war"],
        accounts=[
            {"article": "wire", "passages": [{"id": "bank", "quote": "the quoted words", "speaker": "A minister", "note": "A remark."}]},
            {"article": "reprint"},
        ],
        added="2023-04-08",
        updated="2023-04-09",
        corrections=[{"date": "2023-04-09", "kind": "retraction", "text": "Gone.", "was": "a", "now": "b"}],
    ),
    "entries/two.md": entry("The second’s title", "2023-03", people=["Ada"], places=["Here"], status="disputed"),
    "people/hidden.md": document("", name="Hidden", page="false"),
}


def test_a_row_is_made_once_for_all_lists() -> None:
    timeline = timeline_of(STORY)
    context = RenderContext.of(timeline, WORDS, {})
    pages = routes.routes(context)

    def row_of(address: str) -> EntryRow:
        page = pages.page(address)
        assert isinstance(page, routes.HtmlPage)
        assert isinstance(page.view, TimelinePage | TermPage)
        months = [month for year in page.view.years for month in year.months]
        return next(one for month in months for one in month.rows if one.id == "one")

    first = row_of("/")
    assert all(row_of(address) is first for address in ("/2023/", "/2023/04/", "/people/ada/", "/places/here/", "/tags/war/"))


def test_a_brief_is_the_first_paragraph_as_plain_text_with_linked_titles() -> None:
    assert row(STORY, "one").brief == "The first paragraph links to The second’s title, the chief and cites."


@pytest.mark.parametrize("length", [10, 199, 200, 201, 500, 5000])
def test_a_brief_has_at_most_two_hundred_characters(length: int) -> None:
    text = ("word " * length)[:length].strip()
    brief = row({"entries/one.md": entry("One", "2023", text)}, "one").brief
    assert len(brief) <= 200
    assert brief == text if length <= 200 else brief.endswith("word…")


def test_two_reports_of_one_text_are_said_to_be_one_text() -> None:
    assert row(STORY, "one").reports == "2 reports, 1 text"
    assert entry_page(STORY, "one").reports_why == "Reprint is derived from Wire"


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        (["wire"], "1 report"),
        (["wire", "other"], "2 reports"),
        (["wire", "reprint"], "2 reports, 1 text"),
        (["wire", "reprint", "other"], "3 reports, 2 texts"),
        ([], ""),
    ],
)
def test_reports_are_counted_and_texts_only_where_some_are_shared(articles: list[str], said: str) -> None:
    files = {**STORY, "entries/three.md": entry("Three", "2023", accounts=[{"article": one} for one in articles])}
    assert row(files, "three").reports == said


def test_reports_that_name_one_origin_are_one_text() -> None:
    files = {
        "articles/a.md": document("", title="A", origin="Agency"),
        "articles/b.md": document("", title="B", origin="Agency"),
        "articles/c.md": document("", title="C", derived_from="b"),
        "entries/one.md": entry(
            "One", "2023", accounts=[{"article": "a"}, {"article": "b"}, {"article": "c"}, {"url": "https://x.example/"}]
        ),
    }
    assert row(files, "one").reports == "4 reports, 2 texts"


def test_nowhere_is_a_report_called_independent() -> None:
    site = built_site_of({"sitegen.toml": 'title = "x"\n', **{f"content/{name}": text for name, text in STORY.items()}})
    assert not re.search(rb"independent|corroborat", b"".join(data for address, data in site.files.items() if address.endswith("/")))


def test_a_private_person_is_named_and_has_no_page() -> None:
    timeline = timeline_of(STORY)
    page = entry_page(STORY, "one")
    assert [(link.text, link.href) for link in page.people] == [("Ada", "/people/ada/"), ("Hidden", "")]
    people = view(timeline, "/people/")
    assert isinstance(people, TermsPage)
    assert [line.title for line in people.lines] == ["Ada"]
    with pytest.raises(KeyError):
        view(timeline, "/people/hidden/")


def test_the_old_address_of_a_private_person_leads_nowhere() -> None:
    files = {**STORY, "people/hidden.md": document("", name="Hidden", page="false", aliases=["once-public"])}
    assert timeline_of(files).redirects == ()


def test_only_quoted_words_of_a_report_appear_unless_it_says_otherwise() -> None:
    def pages(publish: str) -> bytes:
        files = {f"content/{name}": text for name, text in STORY.items()} | {"sitegen.toml": 'title = "x"\n'}
        files["content/articles/wire.md"] = document("", title="Wire story", outlet="Wire", publish=publish)
        return b"".join(built_site_of(files).files.values())

    assert b"the quoted words" in pages("quotes")
    assert b"A secret sentence" not in pages("quotes")
    assert b"A secret sentence" in pages("full")
    assert b"the quoted words" not in pages("none")
    assert b"A secret sentence" not in pages("none")


def test_a_report_in_full_marks_the_words_that_entries_quote() -> None:
    files = {**STORY, "articles/wire.md": document("", title="Wire story", publish="full")}
    page = view(timeline_of(files), "/articles/wire/")
    assert isinstance(page, ReportPage)
    assert [(run.text, run.href) for run in page.paragraphs[0]] == [
        ("Before. Here stand ", ""),
        ("the quoted words", "/entries/one/"),
        (" - and more. A secret sentence that nobody quotes. ", ""),
    ]


def test_a_draft_is_there_only_when_asked_for_and_kept_from_search_engines() -> None:
    files = {"sitegen.toml": 'title = "x"\n', "content/drafts/maybe.md": entry("Maybe", "2023")}
    assert "/entries/maybe/" not in built_site_of(files).files
    page = built_site_of(files, with_drafts=True).text("/entries/maybe/")
    assert '<meta name="robots" content="noindex">' in page
    assert WORDS["draft_banner"] in page


def test_who_says_so_are_the_speakers_each_once() -> None:
    assert entry_page(STORY, "one").said_by == "A minister"
    assert entry_page(STORY, "two").said_by == ""


def test_an_entry_leads_to_the_page_that_surely_lists_it() -> None:
    files = {**dated(day="2023-04-07", month="2023-03", year="2022", decade="193X", until="../2021-05-01")}
    assert {id_: entry_page(files, id_).up.href for id_ in ("day", "month", "year", "decade", "until")} == {
        "day": "/2023/04/#day",
        "month": "/2023/03/#month",
        "year": "/2022/#year",
        "decade": "/193X/#decade",
        "until": "/2021/#until",
    }


def test_a_passage_leads_to_its_words_on_the_reports_own_page() -> None:
    (passage,) = entry_page(STORY, "one").accounts[0].passages
    assert passage.original == "https://wire.example/a?b=1#:~:text=the%20quoted%20words"
    assert passage.is_verified
    assert passage.anchor == "_passage-bank"


@pytest.mark.parametrize(
    ("quote", "directive"),
    [
        ("well-known, a & b", "well%2Dknown%2C%20a%20%26%20b"),
        ("a  line\nthat breaks", "a%20line%20that%20breaks"),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen and so on",
            "one%20two%20three%20four,fifteen%20and%20so%20on",
        ),
    ],
)
def test_a_text_fragment_is_written_as_browsers_read_it(quote: str, directive: str) -> None:
    files = {
        "articles/a.md": document("", title="A", url="https://a.example/"),
        "entries/one.md": entry("One", "2023", accounts=[{"article": "a", "passages": [{"quote": quote}]}]),
    }
    (passage,) = entry_page(files, "one").accounts[0].passages
    assert passage.original == f"https://a.example/#:~:text={directive}"
    assert not passage.is_verified


def test_passages_keep_their_numbers_and_have_anchors_of_their_own() -> None:
    passages = [{"quote": "a"}, {"quote": "b", "id": "2"}, {"quote": "c", "id": "c"}]
    files = {
        "articles/a.md": document("", title="A"),
        "articles/b.md": document("", title="B"),
        "entries/one.md": entry(
            "One", "2023", accounts=[{"article": "a", "passages": passages}, {"article": "b", "passages": [{"quote": "d"}]}]
        ),
    }
    found = [passage for account in entry_page(files, "one").accounts for passage in account.passages]
    assert [passage.number for passage in found] == [1, 2, 3, 4]
    assert len({passage.anchor for passage in found}) == 4


def test_a_report_groups_passages_by_entry() -> None:
    files = {
        "articles/a.md": document("", title="A"),
        "entries/one.md": entry("One", "2023", accounts=[{"article": "a", "passages": [{"quote": "x"}, {"quote": "y", "id": "b"}]}]),
        "entries/two.md": entry("Two", "2024", accounts=[{"article": "a", "passages": [{"quote": "z"}, {"quote": "w", "id": "b"}]}]),
    }
    page = view(timeline_of(files), "/articles/a/")
    assert isinstance(page, ReportPage)
    assert len({passage.anchor for quoted in page.entries for passage in quoted.passages}) == 4


def test_corrections_have_the_old_and_the_new_text() -> None:
    (correction,) = entry_page(STORY, "one").corrections
    assert (correction.kind, correction.text, correction.was, correction.now, correction.date.label) == (
        "Retraction",
        "Gone.",
        "a",
        "b",
        "9 April 2023",
    )
    assert row(STORY, "one").corrections == "1 correction"


def test_an_entry_is_cited_by_its_title_its_site_and_its_last_change() -> None:
    cite = entry_page(STORY, "one").cite
    assert cite.text == "“One”. Timeline, 9 April 2023. /entries/one/"
    assert "date = {2023-04-09}" in cite.bibtex
    assert '"date-parts"' in cite.csl_json


def test_the_sections_that_a_site_has_are_in_its_navigation() -> None:
    def sections(timeline: Timeline) -> list[str]:
        return [link.section for link in RenderContext.of(timeline, WORDS, {}).site.nav]

    assert sections(timeline_of({})) == ["timeline"]
    assert sections(timeline_of(STORY)) == ["timeline", "people", "places", "tags", "articles"]


def test_a_choice_that_all_entries_share_is_no_filter_and_private_people_are_none() -> None:
    home = listing(timeline_of({**STORY, "entries/three.md": entry("Three", "2021", people=["Bo"], places=["here"], tags=["war"])}), "/")
    assert [(one.name, [(choice.value, choice.count) for choice in one.choices]) for one in home.filters] == [
        ("person", [("ada", 2), ("bo", 1)]),
        ("tag", [("war", 2)]),
        ("status", [("reported", 2), ("disputed", 1)]),
    ]


def test_the_strip_counts_every_entry_once_in_bars_and_in_words() -> None:
    files = dated(a="2023-01-05", b="2023-03-05", c="2023-03-06", d="2023")
    strip = listing(timeline_of(files), "/").strip
    assert strip is not None
    told = [bar.label for bar in strip.bars if bar.href]
    assert told == ["January 2023: 1 entry", "March 2023: 2 entries"]
    assert strip.label.endswith("month not known: 1 entry")
    assert {round(bar.height, 1) for bar in strip.bars if bar.href} == {50.9, 72.0}, "heights grow with the root of the count"


def test_a_strip_that_has_nothing_to_set_side_by_side_is_left_out() -> None:
    assert listing(timeline_of(dated(a="2023-01-05")), "/").strip is None
    assert listing(timeline_of({}), "/").strip is None


@pytest.mark.parametrize(
    ("edtf", "rail", "loose", "weekday", "edge"),
    [
        ("2023-04-07", "7", "", "Friday", "sharp"),
        ("2023-04-07?", "7?", "", "", "soft"),
        ("2023-05-20~", "about 20", "", "", "soft"),
        ("2023-05-20%", "about 20?", "", "", "soft"),
        ("2023-04", "", "sometime in April", "", "sharp"),
        ("2023-04~", "", "about April 2023", "", "soft"),
        ("2023", "", "sometime in 2023", "", "sharp"),
        ("193X", "", "the 1930s", "", "sharp"),
        ("2023-21", "", "spring 2023", "", "sharp"),
        ("2023-04-03/2023-04-07", "3–7", "", "", "sharp"),
        ("2023-04-28/2023-05-02", "28 – 2 May", "", "", "sharp"),
        ("2022-12-30/2023-01-02", "30 – 2 January 2023", "", "", "sharp"),
        ("2023-04-07/2023-06", "7 – June 2023", "", "", "sharp"),
        ("2023-04-07/2024", "7 – 2024", "", "", "sharp"),
        ("2023-04-03~/2023-04-07", "about 3–7", "", "", "soft"),
        ("2023-04-07/..", "7 –", "", "", "open"),
        ("../2023-04-07", "", "until 7 April 2023", "", "open"),
        ("[2023-04-03..2023-04-07]", "3–7", "on one of these days", "", "soft"),
        ("[2023-04-07..]", "from 7 on", "", "", "open"),
        ("[2023-05..]", "", "from May 2023 on", "", "open"),
        ("[..2023-05]", "", "by May 2023", "", "open"),
        ("[..2023-04-07]", "", "by 7 April 2023", "", "open"),
        ("0300/0476", "", "300 to 476", "", "sharp"),
        ("0079", "", "sometime in 79", "", "sharp"),
        ("2023-06-06T02:50+03:00", "6", "", "Tuesday", "sharp"),
    ],
)
def test_a_date_is_shown_no_finer_than_it_is_known(edtf: str, rail: str, loose: str, weekday: str, edge: str) -> None:
    shown = date_view(WORDS, dates.parse(edtf))
    assert (shown.rail, shown.loose, shown.weekday, shown.edge) == (rail, loose, weekday, edge)


def test_a_date_of_one_day_among_several_says_so_in_lists() -> None:
    site = built_site_of({"sitegen.toml": 'title = "x"\n', "content/entries/one.md": entry("One", "2023-04-03..2023-04-07")})
    assert "on one of these days" in site.text("/")
    assert "one day from 3 to 7 April 2023" in site.text("/entries/one/")


@pytest.mark.parametrize(
    ("edtf", "zone", "shown"),
    [
        ("2023-06-06T02:50+03:00", "", "02:50 (UTC+3)"),
        ("2023-06-06T02:50", "Europe/Kyiv", "02:50 (Europe/Kyiv)"),
        ("2023-06-06T02:50Z", "Europe/Kyiv", "02:50 (UTC)"),
        ("2023-06-06T02:50", "", "02:50"),
    ],
)
def test_a_time_is_the_events_own_with_its_zone(edtf: str, zone: str, shown: str) -> None:
    assert date_view(WORDS, dates.parse(edtf), zone=zone).time == shown


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2023-04-07", {"startDate": "2023-04-07"}),
        ("2023-04", {"startDate": "2023-04"}),
        ("2023-04-07~", {}),
        ("2023-04-07?", {}),
        ("193X", {}),
        ("2023-21", {}),
        ("2023-04-03..2023-04-07", {}),
        ("../2023-04-07", {}),
        ("2023-04-03/2023-04-07", {"startDate": "2023-04-03", "endDate": "2023-04-07"}),
        ("2023-04-03~/2023-04-07", {}),
        ("2023-04-03/2023-21", {"startDate": "2023-04-03"}),
        ("2023-04-03/..", {"startDate": "2023-04-03"}),
    ],
)
def test_machine_readable_dates_are_exact(edtf: str, told: dict[str, str]) -> None:
    json_ld = json.loads(entry_page({"entries/one.md": entry("One", edtf)}, "one").head.json_ld)
    event = json_ld["about"]
    assert {key: event[key] for key in ("startDate", "endDate") if key in event} == told


def test_a_term_lists_its_later_entries_in_lines_with_date_and_status() -> None:
    files = {f"entries/e{number:03}.md": entry(f"E{number}", f"{1900 + number}", people=["Ada"]) for number in range(102)}
    page = term(timeline_of(files), "/people/ada/")
    assert [(line.title, line.href, line.date and line.date.label, line.detail) for line in page.lines] == [
        ("E1", "/entries/e001/", "1901", "reported"),
        ("E0", "/entries/e000/", "1900", "reported"),
    ]


def test_a_name_that_is_linked_by_an_id_is_shown_by_its_name() -> None:
    files = {
        "people/jane.md": document("", name="Jane Roe", spellings=["J. Roe"], aliases=["jr"]),
        "entries/one.md": entry("One", "2023", "[[jane]], [[jr]], [[J. Roe]], [[person:jane]]."),
    }
    assert row(files, "one").brief == "Jane Roe, Jane Roe, J. Roe, Jane Roe."


def test_a_quotation_is_shown_with_the_reports_own_marks() -> None:
    quoted = entry("Folded", "2023", accounts=[{"article": "wire", "passages": [{"quote": "quoted words – and more"}]}])
    (passage,) = entry_page({**STORY, "entries/folded.md": quoted}, "folded").accounts[0].passages
    assert passage.quote == "quoted words - and more"
    assert passage.original.endswith("text=quoted%20words%20%2D%20and%20more")
