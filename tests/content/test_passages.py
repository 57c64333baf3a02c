"""Quotations are found word for word in their captures, or are problems; none is guessed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.content.parse import parse
from sitegen.content.passages import Ambiguous, Folded, Found, InsideWord, Missing, OutOfContext, fold, locate
from sitegen.content.read import Source
from sitegen.model import Passage, Word
from sitegen.problems import Spot
from sitegen.text.boundaries import is_inside_word
from tests.support.time_limit import time_limit

TEXT = """The army “had seized” the river’s west bank – it said on Friday.

In the town, a crowd in the town, and another
crowd   in the
town."""


def passage(quote: str, prefix: str = "", suffix: str = "") -> Passage:
    return Passage(Word(quote, Spot()), prefix=prefix, suffix=suffix)


def found(quote: str, prefix: str = "", suffix: str = "", text: str = TEXT) -> str:
    """The capture's own words at the place that was found."""
    place = locate(passage(quote, prefix, suffix), Folded(text))
    assert isinstance(place, Found), place
    return text[place.start : place.end]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("The army", "The army"),
        ("town.", "town."),
        (TEXT, TEXT),
        ('"had seized"', "“had seized”"),
        ("'had seized'", "“had seized”"),
        ("«had seized»", "“had seized”"),
        ("the river's west bank - it", "the river’s west bank – it"),
        ("the river`s west bank — it", "the river’s west bank – it"),
        ("on Friday. In the town", "on Friday.\n\nIn the town"),
        ("another crowd in the town", "another\ncrowd   in the\ntown"),
        ("another\u00a0crowd\tin the town", "another\ncrowd   in the\ntown"),
        ("another crowd   in the\ntown", "another\ncrowd   in the\ntown"),
        ("seized” the river’s west", "seized” the river’s west"),
        ("The ar\u00admy", "The army"),
        ("\u200bThe\u2060 army\ufeff “had\u200e seized”", "The army “had seized”"),
        ("on Fri\u00adday. \u200b In the town", "on Friday.\n\nIn the town"),
    ],
)
def test_a_quotation_is_found_whatever_its_blanks_marks_and_dashes(quote: str, words: str) -> None:
    assert found(quote) == words


@pytest.mark.parametrize(
    ("quote", "text", "words"),
    [
        ("The harbour", "\u200bThe har\u00adbour \u00ad opens.", "The har\u00adbour"),
        ("harbour opens", "\u200bThe har\u00adbour \u00ad opens.", "har\u00adbour \u00ad opens"),
        ("Mayor Kovac\u030cic\u030c", "Then Mayor Kovačič left.", "Mayor Kovačič"),
        ("'Kovac\u030cic\u030c'", "Then “Kovac\u030cic\u030c” left.", "“Kovac\u030cic\u030c”"),
    ],
)
def test_a_quotation_is_found_whatever_its_invisible_characters_and_composed_letters(quote: str, text: str, words: str) -> None:
    assert found(quote, text=text) == words


def test_a_joiner_is_part_of_a_word() -> None:
    assert isinstance(locate(passage("می‌خواهم"), Folded("میخواهم")), Missing)


@pytest.mark.parametrize(
    "quote",
    [
        "the army",
        "had siezed",
        "west banks",
        "the river west bank",
        "army had",
        "it said on Saturday",
        "bank it said",
        "rivers west",
        "...",
        "wеst bank",
    ],
)
def test_nothing_else_is_folded(quote: str) -> None:
    """No case, no spelling, no word more or less, no mark left out, no letter of another script."""
    assert isinstance(locate(passage(quote), Folded(TEXT)), Missing)


def test_words_found_twice_need_their_context() -> None:
    capture = Folded(TEXT)
    assert locate(passage("crowd"), capture) == Ambiguous(2)
    assert locate(passage("in the town", prefix="crowd"), Folded(TEXT.replace("\ntown", " town").replace("   ", " "))) == Ambiguous(2)
    assert found("crowd", prefix="another") == "crowd"
    assert found("crowd", suffix="in the town,") == "crowd"
    assert found("crowd", prefix="a", suffix="in the town, and") == "crowd"


def test_overlapping_occurrences_are_counted() -> None:
    assert locate(passage("a a"), Folded("a a a")) == Ambiguous(2)
    assert found("a a a", text="b a a a b") == "a a a"


def test_exact_words_come_before_folded_ones() -> None:
    text = "He said 'no', she said “no”, they said \"no\"."
    assert found("“no”", text=text) == "“no”"
    assert locate(passage("«no»"), Folded(text)) == Ambiguous(3)


@pytest.mark.parametrize(("prefix", "suffix"), [("the", ""), ("", "the river"), ("army", "in"), ("army “had", "")])
def test_a_wrong_context_is_reported_with_the_right_one(prefix: str, suffix: str) -> None:
    place = locate(passage("had seized", prefix, suffix), Folded(TEXT))
    assert place == OutOfContext("The army “", "” the river’s west bank")


def test_the_context_that_is_shown_is_the_nearest_one() -> None:
    text = "one crowd here. two crowd there. three crowd everywhere."
    assert locate(passage("crowd", prefix="tow"), Folded(text)) == OutOfContext("one crowd here. two", "there. three crowd everywhere.")


@pytest.mark.parametrize(
    ("quote", "closest"),
    [
        ("had siezed the rivers west bank", "“had seized” the river’s west bank"),
        ("The Army had seized the river", "The army “had seized” the river’s"),
        ("Fryday", "Friday"),
        ("nothing of the kind", ""),
        ("x", ""),
        (
            "The army had seized the river's west bank and it said on Friday",
            "The army “had seized” the river’s west bank – it said on Friday",
        ),
    ],
)
def test_the_closest_words_are_shown(quote: str, closest: str) -> None:
    place = locate(passage(quote), Folded(TEXT))
    assert isinstance(place, Missing)
    assert place.closest == closest


@pytest.mark.parametrize(
    ("quote", "closest", "differs_at"),
    [
        ("known as the Gamma", "known as the Beta", 13),
        ("known as the Omikron", "known as the Beta", 13),
        ("grown as the Beta", "known as the Beta", 0),
        ("known  as\nthe Betta", "known as the Beta", 17),
        ("as the Beta that spring", "as the Beta that summer", 18),
        ("known as the new Beta", "known as the Beta", 13),
    ],
)
def test_the_closest_words_are_as_many_and_the_first_letter_that_differs_is_found(quote: str, closest: str, differs_at: int) -> None:
    text = "People on the coast still spoke of the storm known as the Beta that summer, and of the dead."
    assert locate(passage(quote), Folded(text)) == Missing(closest, differs_at)


@pytest.mark.parametrize(
    ("text", "quote", "whole"),
    [
        ("Ann Bell spoke of unlawful entry to the hall.", "lawful entry to the hall", "unlawful entry to the hall"),
        ("The guards gained lawful entryways.", "lawful entry", "lawful entryways"),
        ("They can’t leave.", "They can", "They can’t"),
        ("They can't leave.", "They can", "They can't"),
        ("They can’t leave.", "t leave", "can’t leave"),
        ("Il n’est pas coupable.", "est pas coupable", "n’est pas coupable"),
        ("a non-violent march", "violent march", "non-violent march"),
        ("an anti‑war rally", "war rally", "anti‑war rally"),
        ("her re-entry failed", "entry failed", "re-entry failed"),
        ("a drug-free prison", "a drug", "a drug-free"),
        ("some 1,500 people", "500 people", "1,500 people"),
        ("some 1 500 people", "500 people", "1 500 people".replace(" ", " ")),
        ("some 12 500 people", "500 people", "12 500 people"),
        ("grew by 3.5 per cent", "5 per cent", "3.5 per cent"),
        ("grew by 3.5 per cent", "grew by 3", "grew by 3.5"),
        ("about -5 degrees", "5 degrees", "-5 degrees"),
        ("about −5 degrees", "5 degrees", "−5 degrees"),
        ("lost €1.5m in May", "5m in May", "€1.5m in May"),
        ("lost €1.5m in May", "lost €1.5", "lost €1.5m"),
        ("lost €15 in May", "15 in May", "€15 in May"),
        ("cut 15% of jobs", "cut 15", "cut 15%"),
        ("between 10–15 people", "15 people", "10–15 people"),
        ("on 17 April", "7 April", "17 April"),
        ("the U.S. army", "S. army", "U.S. army"),
        ("an un­lawful entry", "lawful entry", "un­lawful entry"),
        ("an un​lawful entry", "lawful entry", "un​lawful entry"),
        ("Café closed", "Cafe", "Café"),
        ("незаконный вход", "законный вход", "незаконный вход"),
        ("共1500人", "500人", "1500人"),
    ],
)
def test_a_quotation_holds_whole_words(text: str, quote: str, whole: str) -> None:
    place = locate(passage(quote), Folded(text))
    assert isinstance(place, InsideWord)
    assert place.whole == whole


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("He said ‘no entry’.", "no entry"),
        ("(no entry)", "no entry"),
        ("no entry—never", "no entry"),
        ("no entry -never", "no entry"),
        ("either/or", "or"),
        ("the soldiers’ homes", "soldiers"),
        ("It grew by 3.", "by 3"),
        ("In 2023, 500 people", "500 people"),
        ("On 7 April 2023 500 people", "500 people"),
        ("about -5 degrees", "-5 degrees"),
        ("It ended on Friday.The army left", "The army left"),
        ("l’attaque contre la ville", "attaque contre la ville"),
        ("jusqu'à la ville", "à la ville"),
        ("他们非法进入大厅", "进入大厅"),
        ("市役所に入った", "入った"),
        ("เข้าไปในอาคาร", "ในอาคาร"),
        ("共1500人", "人"),
        ("Café closed", "Café"),
        ("unlawful entry and lawful entry", "lawful entry"),
        ("lawful entry", "lawful entry"),
    ],
)
def test_marks_around_a_quotation_and_scripts_without_blanks_cut_no_word(text: str, quote: str) -> None:
    assert found(quote, text=text) == quote


@pytest.mark.parametrize("text", ["", " \n ", "one", "one two"])
def test_a_short_capture_has_closest_words_too(text: str) -> None:
    assert isinstance(locate(passage("three four five"), Folded(text)), Missing)


def test_a_quotation_longer_than_its_capture_is_missing() -> None:
    assert locate(passage("one two three, four"), Folded("one two three")) == Missing("one two three", 13)


WORDS = [
    "the",
    "a",
    "of",
    "in",
    "to",
    "town",
    "river",
    "bank",
    "army",
    "said",
    "Friday",
    "Bakhmut",
    "British",
    "likely",
    "west",
    "road",
    "week",
]


@pytest.mark.parametrize("length", [1, 8, 40, 400])
def test_the_closest_words_of_a_long_capture_are_found_in_linear_time(length: int) -> None:
    words = [WORDS[(number * number + number // 7) % len(WORDS)] for number in range(100_000)]
    words[75_000 : 75_000 + length] = [f"word{number}" for number in range(length)]
    quote = " ".join([*(f"word{number}" for number in range(length - 1)), f"word{length - 1}s"])
    capture = Folded(" ".join(words))
    with time_limit():
        place = locate(passage(quote), capture)
    assert isinstance(place, Missing)
    assert place.closest == " ".join(words[75_000 : 75_000 + length])


# What holds of any text.

words = st.sampled_from(
    ["a", "b", "the", "town", "“", "”", "'", '"', "-", "–", "—", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "é", "e\u0301", "😀", ".", "Ann"]
)
texts = st.one_of(st.text(max_size=80), st.lists(words, max_size=40).map("".join))


def are_whole_words(text: str, quote: str) -> bool:
    start = text.index(quote)
    return not is_inside_word(text, start) and not is_inside_word(text, start + len(quote))


@given(texts, st.data())
def test_words_found_once_have_their_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end].strip()
    assume(quote and are_whole_words(text, quote))
    assume(sum(text.startswith(quote, at) for at in range(len(text))) == 1)
    place = locate(passage(quote), Folded(text))
    assert place == Found(text.index(quote), text.index(quote) + len(quote))


@given(texts, texts, texts, texts)
def test_the_found_words_are_the_quoted_words(text: str, quote: str, prefix: str, suffix: str) -> None:
    assume(quote.strip())
    place = locate(passage(quote.strip(), prefix.strip(), suffix.strip()), Folded(text))
    if isinstance(place, Found):
        assert fold(text[place.start : place.end]) == fold(quote)
        assert fold(text[: place.start]).endswith(fold(prefix))
        assert fold(text[place.end :]).startswith(fold(suffix))


@given(texts, st.data())
def test_of_words_found_twice_none_is_chosen(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))].strip()
    assume(quote and are_whole_words(text, quote))
    twice = f"{text}\n{text}"
    assert isinstance(locate(passage(quote), Folded(twice)), Ambiguous)


@given(texts)
def test_folded_offsets_map_back_to_the_capture(text: str) -> None:
    capture = Folded(text)
    assert capture.folded == fold(text)
    for start in range(len(capture.folded)):
        for end in range(start + 1, min(len(capture.folded), start + 5) + 1):
            place = capture.original(start, end)
            if capture.folded[start:end].strip():
                assert fold(text[place.start : place.end]) == capture.folded[start:end].strip()


def test_all_passages_of_a_site_are_looked_for_in_their_own_reports() -> None:
    files = {
        "articles/one.md": "---\ntitle: One\n---\n",
        "articles/two.md": "---\ntitle: Two\n---\n",
        "captures/one.txt": "first words",
        "captures/two.txt": "other words",
        "entries/a.md": "---\ntitle: A\ndate: 2023\naccounts:\n"
        "  - {article: one, passages: [{quote: first words}, {quote: other words}]}\n"
        "  - {article: two, passages: [{quote: other words}]}\n---\n",
    }
    _, problems = parse([Source(f"content/{path}", path.partition("/")[0], text.encode()) for path, text in files.items()])
    assert [(found.line, found.message) for found in problems] == [(5, "this quotation is not in content/captures/one.txt")]


@pytest.mark.parametrize(
    ("written", "spot"),
    [
        ("quote: known as the Gamma", (9, 29)),
        ('quote: "known as the Gamma"', (9, 30)),
        ("quote: 'known as the Gamma'  # so he says", (9, 30)),
        ("quote: known as\n          the Gamma", (10, 15)),
        ("quote: >-\n          known as\n          the Gamma", (11, 15)),
        ("quote: |\n          known as the Gamma", (10, 24)),
        ('quote: "“known\\u0020as”\\tthe Gamma"', (9, 38)),
        ("quote: 'the dog''s Gamma'", (9, 28)),
        ('quote: "known as \\\n          the Gamma"', (10, 15)),
    ],
)
def test_the_mark_points_at_the_first_letter_that_differs(written: str, spot: tuple[int, int]) -> None:
    entry = f"---\ntitle: A\ndate: 2023\ntags: [a]\naccounts:\n  -\n    article: one\n    passages:\n      - {written}\n---\n"
    files = {
        "articles/one.md": "---\ntitle: One\n---\n",
        "captures/one.txt": "A storm “known as” the Beta hit the dog’s Beta; it was known as the Beta.",
        "entries/a.md": entry,
    }
    _, problems = parse([Source(f"content/{path}", path.partition("/")[0], text.encode()) for path, text in files.items()])
    assert [(found.line, found.column) for found in problems] == [spot]
