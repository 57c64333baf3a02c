"""Counting independent texts among reports, and voices in an entry."""

from sitegen.timeline.independence import roots, shared_text_groups, sharing_pairs, speakers, text_count, voices
from sitegen.timeline.report_pairs import ComparisonMemo
from tests.support.ferry_reports import CASES, FERRY, entry_with_accounts, first_words, reports
from tests.support.timelines import timeline_of


def test_three_reports_of_one_text_are_a_group() -> None:
    timeline = timeline_of(reports(wire="2023-04-07", number="2023-04-07", short="2023-04-08", other="2023-04-08"))
    assert shared_text_groups(sharing_pairs(ComparisonMemo().pairs(timeline).values())[0]) == (("number", "short", "wire"),)


def test_a_text_that_is_found_to_be_shared_counts_once() -> None:
    timeline = timeline_of(reports(wire="2023-04-07", number="2023-04-08", short="2023-04-09"))
    found = [ids for ids, pair in ComparisonMemo().pairs(timeline).items() if pair.is_one_text]
    assert roots([report.article for report in timeline.reports], found) == {
        "number": ("wire", "found"), "short": ("wire", "found"), "wire": ("wire", ""),
    }  # fmt: skip


def test_one_ministry_is_one_voice_however_many_quote_it() -> None:
    ministry = [(name, first_words(name), "the harbour office") for name in ("wire", "other")]
    timeline = timeline_of(reports(wire="2023-04-08", other="2023-04-07") | entry_with_accounts(*ministry))
    standing = roots([report.article for report in timeline.reports])
    assert voices(timeline.entries[0].entry, standing, {}) == ("the harbour office",)


def test_one_speaker_is_one_voice_however_he_is_spelled() -> None:
    told = ("President Volodymyr Zelenskiy", "Zelenskyy", "the president", "The President")
    assert speakers(told, {"zelenskyy": "z", "volodymyr zelenskiy": "z"}) == ("President Volodymyr Zelenskiy", "the president")


def test_two_wires_are_two_texts_though_a_report_was_merged_from_both() -> None:
    wires = {"wire": FERRY["wire"], "strike": (CASES / "strike-wire.txt").read_text(encoding="utf-8")}
    texts_by_id = {**wires, "merged": (CASES / "merged.txt").read_text(encoding="utf-8")}
    files = {f"captures/{id}.txt": text for id, text in texts_by_id.items()}
    files |= {f"articles/{id}.md": f"---\ntitle: {id}\npublished: 2023-04-0{7 + (id == 'merged')}\n---\n" for id in texts_by_id}
    timeline = timeline_of(files)
    pairs = ComparisonMemo().pairs(timeline)
    one, apart = sharing_pairs(pairs.values())
    assert sorted((*one, *apart)) == [("strike", "merged"), ("wire", "merged")]
    assert (len(one), shared_text_groups((*one, *apart))) == (1, (("merged", "strike", "wire"),))
    articles = {report.article.id: report.article for report in timeline.reports}
    standing = roots(articles.values(), one)

    def count(*ids: str) -> tuple[int, list[tuple[str, str]]]:
        found = text_count([articles[id] for id in ids], standing, articles, apart=apart)
        return found.texts, sorted((mine.id, source.id) for mine, source, _ in found.why)

    assert count("strike", "wire") == (2, [])
    assert count("merged", "strike") == (1, [("merged", "strike")])
    assert count("merged", "wire") == (1, [("merged", "strike"), ("merged", "wire")]), "the root is named, told or not"
    assert count("merged", "strike", "wire") == (2, [("merged", "strike"), ("merged", "wire")])


def test_a_reports_own_words_leave_the_voices_uncounted() -> None:
    timeline = timeline_of(
        reports(wire="2023-04-08", other="2023-04-07")
        | entry_with_accounts(("wire", first_words("wire"), "the harbour office"), ("other", first_words("other"), ""))
    )
    assert voices(timeline.entries[0].entry, roots([report.article for report in timeline.reports]), {}) == ()
