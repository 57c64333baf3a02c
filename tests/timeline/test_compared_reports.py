"""Which reports a timeline compares, which of them are one text, and how many voices an entry has."""

import re
from pathlib import Path

from sitegen.compare.candidates import candidate_pairs
from sitegen.timeline.comparisons import Compared, groups, shared, speakers, voices
from sitegen.timeline.model import Timeline
from sitegen.timeline.origins import roots, texts
from tests.support.viewing import timeline_of

ROOT = Path(__file__).resolve().parents[2]
FERRY = {
    name: (ROOT / f"tests/cases/origins/ferry-{name}.txt").read_text(encoding="utf-8")
    for name in ("wire", "number", "short", "paraphrase", "other")
}


def reports(**published: str) -> dict[str, str]:
    """Articles and captures of the ferry, by the day of each."""
    files = {f"articles/{name}.md": f"---\ntitle: {name}\npublished: {day}\n---\n" for name, day in published.items()}
    return files | {f"captures/{name}.txt": FERRY[name] for name in published}


def telling(*accounts: tuple[str, str, str]) -> dict[str, str]:
    """An entry with one passage a report: (report, quotation, speaker)."""
    listed = "".join(
        f"  - article: {article}\n    passages:\n      - quote: {quote}\n" + (f"        speaker: {speaker}\n" if speaker else "")
        for article, quote, speaker in accounts
    )
    return {"entries/told.md": f"---\ntitle: Told\ndate: 2023-04-07\naccounts:\n{listed}---\n"}


def first_words(name: str, count: int = 6) -> str:
    return re.sub(r"[,.]$", "", " ".join(FERRY[name].split()[:count]))


def compared(timeline: Timeline) -> list[tuple[str, str, int]]:
    return [(*ids, pair.comparison.sharing.texts) for ids, pair in Compared().pairs(timeline).items()]


def test_reports_that_share_text_are_compared_the_earlier_first() -> None:
    timeline = timeline_of(reports(wire="2023-04-09", number="2023-04-08", other="2023-04-07"))
    assert compared(timeline) == [("number", "wire", 1)]


def test_reports_that_share_an_entry_are_compared_whatever_they_share() -> None:
    timeline = timeline_of(
        reports(wire="2023-04-08", other="2023-04-07") | telling(("wire", first_words("wire"), ""), ("other", first_words("other"), ""))
    )
    assert compared(timeline) == [("other", "wire", 2)]


def test_reports_that_the_editor_compares_are_compared() -> None:
    notes = {"comparisons/other...wire.md": f"---\nannotations:\n  - a: {first_words('other')}\n    note: A reporter was there.\n---\n"}
    found = Compared().pairs(timeline_of(reports(wire="2023-04-08", other="2023-04-07") | notes))
    assert [(pair.id, pair.notes is not None) for pair in found.values()] == [("other...wire", True)]


def test_of_a_report_without_its_text_what_is_quoted_is_compared() -> None:
    told = telling(("wire", first_words("wire", 12), ""), ("number", first_words("number", 12), ""))
    files = reports(wire="2023-04-08", number="2023-04-07") | told
    del files["captures/number.txt"]
    (pair,) = Compared().pairs(timeline_of(files)).values()
    assert pair.quoted == (first_words("number", 12), first_words("wire", 12))
    assert [(row.kind, row.is_moved) for row in pair.comparison.rows] == [("reworded", False)]
    assert [change.kind for change in pair.comparison.rows[0].changes] == ["number"]
    assert (pair.is_one_text, pair.comparison.sharing.counterparts) == (False, None)


def test_reports_without_their_texts_keep_the_page_that_the_editor_writes_on_them() -> None:
    files = reports(wire="2023-04-08", other="2023-04-07")
    files |= {"comparisons/other...wire.md": "---\nannotations:\n  - a: A ferry\n    note: Whose?\n---\n"}
    for name in ("wire", "other"):
        del files[f"captures/{name}.txt"]
    (pair,) = Compared().pairs(timeline_of(files)).values()
    assert (pair.quoted, pair.comparison.rows, pair.notes is not None) == (("", ""), (), True)


def test_what_may_share_sentences_is_unknown_without_the_texts() -> None:
    files = reports(wire="2023-04-08", number="2023-04-07")
    del files["captures/number.txt"]
    assert compared(timeline_of(files)) == []


def test_three_reports_of_one_text_are_a_group() -> None:
    timeline = timeline_of(reports(wire="2023-04-07", number="2023-04-07", short="2023-04-08", other="2023-04-08"))
    assert groups(shared(Compared().pairs(timeline).values())[0]) == (("number", "short", "wire"),)


def test_a_text_that_is_found_to_be_shared_counts_once() -> None:
    timeline = timeline_of(reports(wire="2023-04-07", number="2023-04-08", short="2023-04-09"))
    found = [ids for ids, pair in Compared().pairs(timeline).items() if pair.is_one_text]
    assert roots([report.article for report in timeline.reports], found) == {
        "number": ("wire", "found"), "short": ("wire", "found"), "wire": ("wire", ""),
    }  # fmt: skip


def test_one_ministry_is_one_voice_however_many_quote_it() -> None:
    ministry = [(name, first_words(name), "the harbour office") for name in ("wire", "other")]
    timeline = timeline_of(reports(wire="2023-04-08", other="2023-04-07") | telling(*ministry))
    standing = roots([report.article for report in timeline.reports])
    assert voices(timeline.entries[0].entry, standing, {}) == ("the harbour office",)


def test_one_speaker_is_one_voice_however_he_is_spelled() -> None:
    told = ("President Volodymyr Zelenskiy", "Zelenskyy", "the president", "The President")
    assert speakers(told, {"zelenskyy": "z", "volodymyr zelenskiy": "z"}) == ("President Volodymyr Zelenskiy", "the president")


def test_two_wires_are_two_texts_though_a_report_was_merged_from_both() -> None:
    wires = {"wire": FERRY["wire"], "strike": (ROOT / "tests/cases/origins/strike-wire.txt").read_text(encoding="utf-8")}
    texts_by_id = {**wires, "merged": (ROOT / "tests/cases/origins/merged.txt").read_text(encoding="utf-8")}
    files = {f"captures/{id}.txt": text for id, text in texts_by_id.items()}
    files |= {f"articles/{id}.md": f"---\ntitle: {id}\npublished: 2023-04-0{7 + (id == 'merged')}\n---\n" for id in texts_by_id}
    timeline = timeline_of(files)
    pairs = Compared().pairs(timeline)
    one, apart = shared(pairs.values())
    assert sorted((*one, *apart)) == [("strike", "merged"), ("wire", "merged")]
    assert (len(one), groups((*one, *apart))) == (1, (("merged", "strike", "wire"),))
    articles = {report.article.id: report.article for report in timeline.reports}
    standing = roots(articles.values(), one)

    def count(*ids: str) -> tuple[int, list[tuple[str, str]]]:
        found = texts([articles[id] for id in ids], standing, articles, apart=apart)
        return found.texts, sorted((mine.id, source.id) for mine, source, _ in found.why)

    assert count("strike", "wire") == (2, [])
    assert count("merged", "strike") == (1, [("merged", "strike")])
    assert count("merged", "wire") == (1, [("merged", "strike"), ("merged", "wire")]), "the root is named, told or not"
    assert count("merged", "strike", "wire") == (2, [("merged", "strike"), ("merged", "wire")])


def test_a_reports_own_words_leave_the_voices_uncounted() -> None:
    timeline = timeline_of(
        reports(wire="2023-04-08", other="2023-04-07")
        | telling(("wire", first_words("wire"), "the harbour office"), ("other", first_words("other"), ""))
    )
    assert voices(timeline.entries[0].entry, roots([report.article for report in timeline.reports]), {}) == ()


def test_a_glance_finds_copies_and_passes_others_over() -> None:
    names = sorted(FERRY)
    found = [(names[one], names[other]) for one, other in candidate_pairs([FERRY[name] for name in names], [None] * len(names))]
    assert ("paraphrase", "wire") in found
    assert ("short", "wire") in found
    assert not [pair for pair in found if "other" in pair]
