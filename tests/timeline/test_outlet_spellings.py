"""Each outlet's spellings of a person, and their first and last days."""

import pytest

from sitegen.timeline.outlet_spellings import outlet_spellings
from tests.support.timelines import term, timeline_of


def report(id_: str, outlet: str, day: str, text: str, publish: str = "quotes") -> dict[str, str]:
    return {
        f"articles/{id_}.md": f"---\ntitle: {id_}\noutlet: {outlet}\npublished: {day}\npublish: {publish}\n---\n",
        f"captures/{id_}.txt": text,
    }


def site(publish: str = "quotes") -> dict[str, str]:
    accounts = "".join(
        f"  - article: {name}\n    passages:\n      - quote: {quote}\n"
        for name, quote in (("a", "had won"), ("b", "had won"), ("c", "had lost"))
    )
    return {
        **report("a", "Wire", "2023-04-01", "Ida Velenska said she had won. Velenska smiled.", publish),
        **report("b", "Wire", "2023-05-02", "Ida Velenskaya had won again."),
        **report("c", "Post", "2023-04-03", "It was Velenskaya who had lost, said Velenskayas."),
        "people/ida.md": "---\nname: Ida Velenska\nspellings: [Velenska, Ida Velenskaya, Velenskaya]\n---\n",
        "entries/told.md": f"---\ntitle: Told\ndate: 2023-04-01\npeople: [Ida Velenska]\naccounts:\n{accounts}---\n",
    }


def test_each_outlet_has_its_spellings_and_its_days() -> None:
    found = term(timeline_of(site()), "/people/ida/").by_outlet
    told = [(one.outlet, one.spellings, one.first and one.first.edtf, one.last and one.last.edtf) for one in found]
    assert told == [
        ("Post", "Velenskaya", "2023-04-03", None),
        ("Wire", "Ida Velenska, Velenska, Ida Velenskaya", "2023-04-01", "2023-05-02"),
    ]


def test_a_report_that_may_not_be_shown_counts_for_no_spelling() -> None:
    found = term(timeline_of(site("none")), "/people/ida/").by_outlet
    assert [one.spellings for one in found if one.outlet == "Wire"] == ["Ida Velenskaya"]


@pytest.mark.parametrize(("quote", "spellings"), [("Velenska said", ("Velenska",)), ("she had won", None)])
def test_without_a_reports_text_its_passages_count(quote: str, spellings: tuple[str, ...] | None) -> None:
    files = site()
    del files["captures/a.txt"]
    files["entries/told.md"] = files["entries/told.md"].replace("had won", quote, 1)
    files |= {f"captures/{name}.txt": "had won, had lost" for name in ("b", "c")}
    timeline = timeline_of(files)
    (person,) = timeline.people
    found = outlet_spellings(person, {one.article.id: one for one in timeline.reports})
    assert [one.spellings for one in found] == ([spellings] if spellings else [])
