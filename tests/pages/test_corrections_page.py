"""The page of corrections and its feeds; drafts are left out."""

import feedparser

from sitegen.pages.views import CorrectionsPage, EntryPage
from tests.support.built_sites import HOST, built_site_of
from tests.support.timelines import timeline_of, view

FILES = {
    "entries/one.md": (
        "---\ntitle: One & only\ndate: 2023-04-03\nstatus: retracted\ncorrections:\n"
        "  - {date: 2023-04-09, kind: correction, text: It was the west bank., was: east, now: west}\n"
        "  - {date: 2023-05-01, kind: retraction, text: None of it happened.}\n---\n"
    ),
    "entries/two.md": "---\ntitle: Two\ndate: 2023-04-04\ncorrections:\n  - {date: 2023-04-20, kind: clarification, text: By day.}\n---\n",
    "drafts/three.md": "---\ntitle: Three\ndate: 2023-04-04\ncorrections:\n  - {date: 2023-06-20, text: Of a draft.}\n---\n",
}


def test_corrections_are_listed_the_latest_first() -> None:
    page = view(timeline_of(FILES), "/corrections/")
    assert isinstance(page, CorrectionsPage)
    assert [(one.correction.date.edtf, one.correction.kind, one.href, one.is_retracted) for one in page.corrections] == [
        ("2023-05-01", "Retraction", "/entries/one/#_correction-2", True),
        ("2023-04-20", "Clarification", "/entries/two/#_correction-1", False),
        ("2023-04-09", "Correction", "/entries/one/#_correction-1", True),
    ]
    entry = view(timeline_of(FILES), "/entries/one/")
    assert isinstance(entry, EntryPage)
    assert [one.anchor for one in entry.corrections] == ["_correction-1", "_correction-2"]


def test_corrections_have_feeds_of_their_own() -> None:
    site = built_site_of({"sitegen.toml": 'title = "T"\n', **{f"content/{path}": text for path, text in FILES.items()}}, HOST)
    feed = feedparser.parse(site.files["/corrections/feed.atom"])
    assert not feed.bozo
    assert [(one.title, one.summary) for one in feed.entries] == [
        ("Retraction: One & only", "None of it happened."),
        ("Clarification: Two", "By day."),
        ("Correction: Retracted: One & only", "It was the west bank."),
    ]
    assert feed.entries[0].link == f"{HOST}/entries/one/#_correction-2"
    assert b'"was": "east"' in site.files["/corrections/feed.json"]


def test_a_site_without_corrections_has_no_such_page() -> None:
    files = {"sitegen.toml": 'title = "T"\n', "content/entries/a.md": "---\ntitle: A\ndate: 2023\n---\n"}
    site = built_site_of(files, HOST)
    assert not [address for address in site.files if "corrections" in address]
    assert b"/corrections/" not in site.files["/"]


def test_a_retracted_entry_keeps_its_address_and_nobody_who_is_quoted_retracts_it() -> None:
    files = {
        **FILES,
        "articles/wire.md": "---\ntitle: Wire\n---\n",
        "entries/one.md": FILES["entries/one.md"].replace(
            "corrections:", "accounts:\n  - article: wire\n    passages: [{quote: It rained, speaker: the mayor}]\ncorrections:"
        ),
    }
    told, withdrawn = (
        view(timeline_of(files | more), "/entries/one/")
        for more in ({"entries/one.md": files["entries/one.md"].replace("retracted", "reported")}, {})
    )
    assert isinstance(told, EntryPage)
    assert isinstance(withdrawn, EntryPage)
    assert (told.status, told.said_by) == ("reported", "the mayor")
    assert (withdrawn.status, withdrawn.status_word, withdrawn.said_by) == ("retracted", "retracted", "")
