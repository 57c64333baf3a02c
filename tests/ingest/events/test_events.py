"""Events: cases in cases/events.md, the two Bakhmut reports, and what holds for every text."""

import datetime
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.ingest.events import Event, Statement, events, statements
from sitegen.ingest.timex import tag
from tests.support.time_limit import time_limit

CASES = (Path(__file__).parents[2] / "cases" / "events.md").read_text(encoding="utf-8")
REPORTS = (Path(__file__).parents[2] / "cases" / "ingest" / "reports.md").read_text(encoding="utf-8")
LONGEST_TITLE = 118
SHARED = Path(__file__).parents[4] / "shared"
DAY = datetime.date(2023, 4, 7)
DOUBTS = ("not", "if", "alleged", "allegedly", "likely", "would", "never", "unless", "may", "might", "denied", "no")


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    kind: str


def cases(part: str) -> list[tuple[str, str, str]]:
    """(title, text, expected) of each case under a heading; the text opens with its day, and the names it mentions."""
    section = CASES.split(f"\n## {part}\n")[1].split("\n## ")[0]
    return re.findall(r"^(\S.*)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.\n", section, re.MULTILINE)


def parametrized(part: str) -> pytest.MarkDecorator:
    rows = [pytest.param(text, expected, id=title) for title, text, expected in cases(part)]
    return pytest.mark.parametrize(("text", "expected"), rows)


def report(case: str) -> tuple[datetime.date, list[Mention], str]:
    """“2023-04-07; people: Jane Otieno; places: Kyiv”, then the report."""
    head, _, text = case.removesuffix("\n").partition("\n")
    day, *named = head.split("; ")
    mentions = [
        Mention(found.start(), found.end(), kind)
        for row in named
        for kind, _, names in [(row.partition(": ")[0].replace("people", "person").replace("places", "place"), "", row.partition(": ")[2])]
        for name in names.split(", ")
        for found in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]
    return datetime.date.fromisoformat(day), sorted(mentions, key=lambda mention: mention.start), text


def told(text: str, statement: Statement) -> str:
    return f"{statement.when} {statement.kind}: {text[statement.start : statement.end]}\n"


def drafted(text: str, event: Event) -> str:
    names = "".join(f" [{', '.join(row)}]" for row in (event.people, event.places) if row)
    quotes = "".join(f"  {passage.speaker or '-'}: {text[passage.start : passage.end]}\n" for passage in event.passages)
    return f"{event.when} {event.status}: {event.title}{names}\n{quotes}"


@parametrized("Statements")
def test_a_report_states_what_its_case_says(text: str, expected: str) -> None:
    day, _, words = report(text)
    assert "".join(told(words, statement) for statement in statements(words, day)) == expected


@parametrized("Events")
def test_a_report_has_the_events_of_its_case(text: str, expected: str) -> None:
    day, mentions, words = report(text)
    assert "".join(drafted(words, event) for event in events(words, day, tag(words, day), mentions)) == expected


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a report that an editor would draft an entry from, or may."""

    start: int
    end: int
    date: str
    "empty: any"
    status: str
    must: bool


MARK = re.compile(r"\[([+?])(?:(\S+) ([re]))?\|(.*?)\]")


def reports() -> list[tuple[str, str]]:
    """(headline, the case) of each whole report."""
    return re.findall(r"^## (.*)\n\.\n((?:.*\n)*?)\.\n", REPORTS, re.MULTILINE)


def marked(text: str) -> tuple[str, list[Mark]]:
    """The text without its marks, and the marks."""
    plain, at, marks = "", 0, []
    for found in MARK.finditer(text):
        plain += text[at : found.start()]
        words = found[4]
        start = plain.rfind(words)
        if start < 0:
            start, plain = len(plain), plain + words
        status = "expected" if found[3] == "e" else "reported"
        marks.append(Mark(start, start + len(words), found[2] or "", status, found[1] == "+"))
        at = found.end()
    return plain + text[at:], marks


def period(date: str) -> str:
    """A day of a week, as a mark writes it."""
    return date.strip("[]").replace("..", "/") if date.startswith("[") else date


def quotes(event: Event, mark: Mark) -> bool:
    return any(passage.start < mark.end and mark.start < passage.end for passage in event.passages)


@pytest.mark.parametrize("case", [pytest.param(case, id=headline) for headline, case in reports()])
def test_a_whole_report_has_the_events_that_an_editor_would_draft(case: str) -> None:
    head, _, body = case.partition("\n")
    plain, marks = marked(body)
    day, mentions, text = report(f"{head}\n{plain}")
    found = events(text, day, tag(text, day), mentions)
    for mark in marks:
        if mark.must:
            assert (mark.date, mark.status) in {(period(str(event.when)), event.status) for event in found if quotes(event, mark)}, plain[
                mark.start : mark.end
            ]
    for event in found:
        assert any(quotes(event, mark) and mark.date in ("", period(str(event.when))) for mark in marks), event.title
        assert len(event.title) <= LONGEST_TITLE
        assert not re.match(r"(?:It|They|He|She|We|This|These|Its|His|Her|Their)\b", event.title)


def test_each_case_has_a_title_of_its_own_and_none_is_skipped() -> None:
    titles = [title for part in ("Statements", "Events") for title, _, _ in cases(part)]
    assert len(titles) == len(set(titles)) == len(re.findall(r"^\.$", CASES, re.MULTILINE)) // 3


def test_the_headline_given_is_the_title_of_the_lead() -> None:
    text = "The bridge at Norden was closed on Thursday. It will open again in May, the city said."
    found = events(text, DAY, tag(text, DAY), headline="Bridge closed")
    assert [(event.title, str(event.when)) for event in found] == [
        ("Bridge closed", "2023-04-06"),
        ("The bridge at Norden will open again, the city said", "2023-05"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "?", "on Friday", "said said said that that", "„", "If if if, and", "- - (", "2023-04-07"])
def test_texts_without_a_sentence_have_no_events(text: str) -> None:
    statements(text, DAY)
    assert events(text, DAY, tag(text, DAY)) == ()


PIECES = st.sampled_from(
    [
        "\n",
        "",
        "",
        "",
        "The",
        "army",
        "said",
        "on",
        "Friday",
        "that",
        "if",
        "he",
        "had",
        "not",
        "would",
        "will",
        "be",
        "killed",
        "alleged",
        "likely",
        ",",
        ".",
        "“",
        "”",
        '"',
        "(",
        ")",
        "—",
        "and",
        "but",
        "which",
        "who",
        "after",
        "when",
        "before",
        "in",
        "2014",
        "last",
        "week\n",
        "",
        "",
        "",
        "reported",
        "Kyiv",
        "it",
        "its",
        "because",
        ",",
        "saying",
        ",",
        "according",
        "to",
        "police",
        "told",
        "CNN",
        "next",
        "month",
        "until",
        "May",
        "was",
        "being",
        "\n\n",
        "",
        "",
        "",
        "",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=120))
def test_all_offsets_lie_in_the_text_and_passages_are_its_words(text: str) -> None:
    for statement in statements(text, DAY):
        assert 0 <= statement.start < statement.end <= len(text)
    for event in events(text, DAY, tag(text, DAY)):
        assert event.title
        assert event.passages
        for passage in event.passages:
            quote = text[passage.start : passage.end]
            assert quote.strip() == quote != ""
            assert "\n" not in quote


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_passage_never_loses_what_turns_its_meaning(doubt: str) -> None:
    wording = {
        "not": "Police did not find the car on Monday",
        "if": "The army said on Monday it would leave the city if the road was cut",
        "alleged": "The alleged leader of the ring was arrested in Kyiv on Monday",
        "allegedly": "The guards allegedly left the gate open on Monday",
        "likely": "Troops likely took the bridge on Monday",
        "would": "The minister said on Monday he would resign",
        "never": "He said on Monday he had never met the men",
        "unless": "The union said on Monday it would strike unless wages rose",
        "may": "The court said on Monday the trial may be delayed",
        "might": "The court said on Monday the trial might be delayed",
        "denied": "The mayor denied that he had taken money in March 2019",
        "no": "The navy said on Monday that no ships were lost",
    }[doubt]
    text = f"The city was calm.\n\n{wording}, and that was all.\n"
    found = events(text, DAY, tag(text, DAY))
    quotes = [text[passage.start : passage.end] for event in found for passage in event.passages]
    assert any(re.search(rf"\b{doubt}\b", quote) for quote in quotes)


def test_the_same_text_has_the_same_events_without_names_and_whatever_came_before() -> None:
    text = "Rebels seized Norden on Monday, the army said. They left on Wednesday."
    first = events(text, DAY, tag(text, DAY))
    events("Something else happened on Tuesday.", DAY, tag("Something else happened on Tuesday.", DAY))
    assert first == events(text, DAY, tag(text, DAY))
    assert [str(event.when) for event in first] == ["2023-04-03", "2023-04-05"]


@pytest.mark.parametrize("unit", ["said on Friday that ", "if ", "“", ", who said", "and left ", "a", "Police said. ", "2014, "])
def test_long_input_takes_linear_time(unit: str) -> None:
    with time_limit():
        statements(unit * 4000, DAY)


# The two reports of one week, where they are at hand.

real = pytest.mark.skipif(not (SHARED / "articles" / "gold.json").exists(), reason="the real reports aren't here")


def bakhmut() -> tuple[dict[str, Any], dict[str, str]]:
    folder = SHARED / "articles"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return gold, {name: (folder / name).read_text(encoding="utf-8") for name in gold["documents"]}


def drafts(text: str) -> tuple[Event, ...]:
    return events(text, DAY, tag(text, DAY))


def around(text: str, words: str) -> list[Event]:
    """The events that quote some of the sentence in which the words stand."""
    at = text.index(words)
    return [event for event in drafts(text) if any(passage.start < at + len(words) and at < passage.end for passage in event.passages)]


@real
def test_the_real_reports_have_their_dated_events() -> None:
    gold, texts = bakhmut()
    for one, words, other, reworded, date in gold["same_event"]:
        for name, wording in ((one, words), (other, reworded)):
            dates = [event.when for event in around(texts[name], wording)]
            assert len(dates) == 1, wording
            day = datetime.date.fromisoformat(f"{date}-15"[:10])
            assert dates[0].earliest is not None
            assert dates[0].latest is not None
            assert dates[0].earliest <= day <= dates[0].latest
    for name, words in gold["only_in_one"]:
        assert [str(event.when) for event in around(texts[name], words)] == ["2023-04-06"]
    assert len({id(event) for name, words in gold["only_in_one"] for event in around(texts[name], words)}) == 2


@real
def test_the_real_reports_have_every_date_and_few_drafts() -> None:
    gold, texts = bakhmut()
    for name, document in gold["documents"].items():
        dates = {str(event.when).strip("[]").replace("..", "/") for event in drafts(texts[name])}
        assert {date for _, date in document["dates"]} <= dates
    assert 6 <= sum(len(drafts(text)) for text in texts.values()) <= 22


@real
def test_the_right_day_is_known_of_three_mentions_in_four() -> None:
    gold = (SHARED / "gold" / "days-wikinews.jsonl").read_text(encoding="utf-8")
    right = asked = 0
    for document in map(json.loads, gold.splitlines()):
        found = statements(document["text"], datetime.date.fromisoformat(document["dct"]))
        for mention in document["events"]:
            around = [one for one in found if one.start <= mention["start"] < one.end and one.when]
            answer = str(min(around, key=lambda one: one.end - one.start).when) if around else document["dct"]
            wanted = mention["date"].replace("-XX", "")
            right += answer.split("/")[0].rstrip("~?%").split("-")[: wanted.count("-") + 1] == wanted.split("-")
            asked += 1
    assert right / asked >= 0.74
