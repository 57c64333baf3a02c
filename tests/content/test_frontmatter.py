"""Front matter: no value is guessed, each has its spot, and hostile YAML is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.frontmatter import Fields, Split, parse, split
from sitegen.content.yaml_nodes import MAX_DEPTH, FrontMatterError
from sitegen.model import Word
from sitegen.problems import Problem, Spot, problem
from tests.support.time_limit import time_limit


def fields(yaml: str) -> Fields:
    problems: list[Problem] = []
    found = parse("file.md", yaml, problems)
    assert problems == []
    return found


def refusal(yaml: str) -> FrontMatterError:
    with pytest.raises(FrontMatterError) as raised:
        parse("file.md", yaml, [])
    return raised.value


def spot_of(yaml: str, key: str) -> tuple[int, int]:
    word = fields(yaml).word(key)
    assert word is not None
    return (word.spot.line, word.spot.column)


@pytest.mark.parametrize(
    "written",
    [
        "no", "No", "off", "n", "yes", "on", "y", "true", "False", "null", "~", "2023", "2023-04-07", "2023-04-07T02:50+03:00", "1e3", "1_000", "0o17", "017",
        "0x1F", "0b101", "12:30", "12:30:45", ".5", ".inf", ".nan", "+1", "-0", "=", "193X", "2023-05-20~", "..2023", "48.59", "a#b", "a: b"[:2] + "b", "C:\\quay",
        "Київ", "a-b", "-1", "?x", ":x", "it's", 'say "so"', "x: "[:1] + "]", "100%", "a&b", "a*b", "a!b", "<<",
    ],
)  # fmt: skip
def test_a_plain_value_is_the_text_that_was_written(written: str) -> None:
    assert fields(f"key: {written}").text("key") == written
    assert fields(f"key:\n  - {written}").texts("key") == (written,)


def test_a_list_of_guesses_stays_a_list_of_texts() -> None:
    assert fields("tags: [no, 2023-04-07, ~, 1e3, null, 0o17, 12:30:45]").texts("tags") == (
        "no", "2023-04-07", "~", "1e3", "null", "0o17", "12:30:45",
    )  # fmt: skip


def test_keys_are_texts_too() -> None:
    assert fields("no: a\n2023-04-07: b\n~: c").has("no")
    assert fields("no: a\n2023-04-07: b\n~: c").text("~") == "c"


@pytest.mark.parametrize(
    ("yaml", "text"),
    [
        ("key: 'it''s'", "it's"),
        ('key: "a\\tb \\u00e9 \\"c\\""', 'a\tb é "c"'),
        ("key: |\n  one\n  two\n", "one\ntwo"),
        ("key: >\n  one\n  two\n\n  three\n", "one two\nthree"),
        ("key: one\n  two\n  three", "one two three"),
        ("key:   spaces around   ", "spaces around"),
        ("key: a\u2028b\u2029c", "a b c"),
        ("key: \ufeffa", "\ufeffa"),
    ],
)
def test_quoted_and_folded_values_are_read_as_yaml_says(yaml: str, text: str) -> None:
    assert fields(yaml).text("key") == text


@pytest.mark.parametrize(
    ("yaml", "spot"),
    [
        ("key: walkout at plant #4 had ended", (2, 23)),
        ("key: text # a comment", (2, 11)),
        ("key: text\t# a comment", (2, 11)),
        ("key: text  #4", (2, 12)),
        ("key: #4 ended", (2, 6)),
        ("key: walkout at\n  plant #4 had ended", (3, 9)),
        ("key: walkout at plant\n  #4 had ended", (3, 3)),
        ("a: {b: c}\nkey:\n  walkout\n  #4 had ended", (5, 3)),
        ("key: Київ 😀 #4", (2, 13)),
        ("{key: plant #4\n}", (2, 13)),
        ("a: {b: c}\nkey: plant #4", (3, 12)),
    ],
)
def test_a_text_that_a_comment_would_cut_short_is_a_problem_at_the_sign(yaml: str, spot: tuple[int, int]) -> None:
    problems: list[Problem] = []
    parse("file.md", yaml, problems).text("key")
    assert [(found.line, found.column, found.message) for found in problems] == [
        (*spot, "the value ends here: YAML reads # and everything after it as a comment")
    ]


@pytest.mark.parametrize("yaml", ["key:\n  - Ann\n  - local #12", "key:\n  - Ann\n  - local\n    #12", "key: [Ann, local #12\n  ]"])
def test_an_item_that_a_comment_would_cut_short_is_a_problem_at_the_sign(yaml: str) -> None:
    problems: list[Problem] = []
    parse("file.md", yaml, problems).words("key")
    assert [found.line for found in problems] == [yaml[: yaml.index("#")].count("\n") + 2]


@pytest.mark.parametrize(
    ("yaml", "text"),
    [
        ("# a comment\nkey: text\n# another", "text"),
        ("key: text\n  # a comment", "text"),
        ("key: text\n#other: words", "text"),
        ("key: text\n\n  #other: words", "text"),
        ("key: text  # a comment", "text"),
        ("key: text\t\t#\ta comment", "text"),
        ("key: 'plant #4' # a comment", "plant #4"),
        ('key: "plant #4"  # a comment', "plant #4"),
        ("key: >- # a comment\n  plant #4\n", "plant #4"),
        ("key: plant#4", "plant#4"),
        ("key: C# and F#", "C# and F#"),
    ],
)
def test_a_comment_that_cuts_nothing_is_not_part_of_the_text(yaml: str, text: str) -> None:
    assert fields(yaml).text("key") == text


def test_a_value_without_a_number_sign_may_be_followed_by_a_comment() -> None:
    found = fields(
        "date: 2023-04 # or May\nseq: 2 # the second\nkind: b # not a\npage: false # private\nlatitude: 48.5 # north\n"
        "url: https://x.org/#a # the page\narticle: wire # the first\nset: [2023-04..] # open\naliases:\n  - old # 2022\npeople: [Ann, Ben] # both\n"
    )
    assert str(found.date("date")) == "2023-04"
    assert (found.whole("seq"), found.choice("kind", ("a", "b"), "a"), found.flag("page", default=True)) == (2, "b", False)
    assert (found.degrees("latitude", 90), found.address("url")) == (48.5, "https://x.org/#a")
    assert found.identifier("article") == Word("wire", Spot(8, 10))
    assert str(found.date("set")) == "[2023-04..]"
    assert found.identifiers("aliases") == (Word("old", Spot(11, 5)),)
    assert found.texts("people") == ("Ann", "Ben")
    assert found.problems == []


@pytest.mark.parametrize(
    ("yaml", "key", "spot"),
    [
        ("key: text", "key", (2, 6)),
        ("a: 1\n\n# comment\nkey:   text", "key", (5, 8)),
        ("ключ😀: a\nkey: 'text'", "key", (3, 6)),
        ("😀é: {x: y}\n😀: 😀 text", "😀", (3, 4)),
        ("a: one\u2028two\nkey: text", "key", (3, 6)),
        ("key: |\n  text", "key", (2, 6)),
        ("a: b #\tcomment\nkey:\ttext", "key", (3, 6)),
    ],
)
def test_a_value_has_the_spot_where_it_was_written(yaml: str, key: str, spot: tuple[int, int]) -> None:
    assert spot_of(yaml, key) == spot


def test_items_of_lists_have_their_own_spots() -> None:
    found = fields("people: [Ann,  Ben]\naccounts:\n  - url: x\n  -\n    url: y\n")
    assert [(word.text, word.spot) for word in found.words("people")] == [("Ann", Spot(2, 10)), ("Ben", Spot(2, 16))]
    assert [item.spot_of("url") for item in found.mappings("accounts", "url")] == [Spot(4, 10), Spot(6, 10)]


def test_typed_values_are_read() -> None:
    found = fields(
        "seq: -2\nlatitude: +48.5\npage: false\nurl: https://example.org/ä\ndate: 2023-04\nkind: b\ncredits: one\nauthors: [a, b]"
    )
    assert found.whole("seq") == -2
    assert found.degrees("latitude", 90) == 48.5
    assert found.flag("page", default=True) is False
    assert found.flag("missing", default=True) is True
    assert found.address("url") == "https://example.org/ä"
    assert str(found.date("date")) == "2023-04"
    assert found.choice("kind", ("a", "b"), "a") == "b"
    assert found.paragraphs("credits") == ("one",)
    assert found.paragraphs("authors") == ("a", "b")
    assert found.word("missing") is None
    assert found.words("missing") == ()


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("[2023-04-03..2023-04-07]", "[2023-04-03..2023-04-07]"),
        ("[..2023-05]", "[..2023-05]"),
        ("[2023-05..]", "[2023-05..]"),
        ("'[2023-05..]'", "[2023-05..]"),
        ("2023-04-03..2023-04-07", "[2023-04-03..2023-04-07]"),
        ("2023-05~", "2023-05~"),
        ("../2023-05", "../2023-05"),
    ],
)
def test_a_date_needs_no_quotation_marks(written: str, edtf: str) -> None:
    assert str(fields(f"date: {written}").date("date")) == edtf


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[2023-04-03, 2023-04-07]", "lists of dates are not supported"),
        ("[2023]", "“[2023]” has brackets that it doesn’t need"),
        ("[]", "“[]” is not a date"),
        ("[[2023..]]", "“date” must be text"),
        ("{2023..}", "“date” must be text"),
    ],
)
def test_a_list_of_dates_is_not_a_date(written: str, message: str) -> None:
    problems: list[Problem] = []
    assert parse("file.md", f"date: {written}", problems).date("date") is None
    assert [(found.column, found.message) for found in problems] == [(7, message)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: b\n---\nText", Split("a: b", "Text", 4)),
        ("---\n---", Split("", "", 3)),
        ("---  \na: b\n---\t\n\n---\n", Split("a: b", "\n---\n", 4)),
        ("---\na: |\n  ---\n---\nText", Split("a: |\n  ---", "Text", 5)),
        ("---\na: b\n----\nc: d\n---\n", Split("a: b\n----\nc: d", "", 6)),
    ],
)
def test_a_file_is_split_at_its_fences(text: str, parts: Split) -> None:
    assert split(text) == parts


@pytest.mark.parametrize("text", ["", "\n---\n", " ---\na: b\n---", "--- a\n---", "----\n---", "a: b\n---\n", "---\na: b", "---"])
def test_a_file_without_two_fences_has_no_front_matter(text: str) -> None:
    with pytest.raises(FrontMatterError):
        split(text)


@pytest.mark.parametrize(
    "yaml",
    [
        "a: &b c",
        "a: *b",
        "a: !b c",
        "a: [&b c]",
        "a: [b,*b]",
        "a: {b: !c d}",
        '{"a":*b}',
        "- &b c",
        "? !b c",
        "&a b: c",
        "*a : b",
        "!!str a: b",
        "a:\n  !b\n  c",
    ],
)
def test_anchors_aliases_and_tags_are_refused_anywhere(yaml: str) -> None:
    assert re.fullmatch("YAML reads “.*” as an? (anchor|alias|tag), not as text", refusal(yaml).message)


@pytest.mark.parametrize("text", ["AT&T", "a & b", "Stop!", "5 * 3", "a*b*c", "wow !", "& so on"[2:]])
def test_the_same_characters_within_a_value_are_its_own(text: str) -> None:
    assert fields(f"a: {text}").text("a") == text


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 100)]
    with time_limit():
        assert refusal("\n".join(lines)).message == "YAML reads “&a0” as an anchor, not as text"


@pytest.mark.parametrize(
    "yaml",
    [
        "a: " + "[" * 1_000_000,
        "a: " + "{a: " * 100_000,
        "a:\n  " + "- " * 100_000 + "b",
        "? " * 100_000,
        "\n".join(f"{' ' * level}a{level}:" for level in range(3000)),
        "\n".join(f"{' ' * 2 * level}- a:" for level in range(3000)),
        "a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    ],
    ids=lambda yaml: repr(yaml[:12]),
)
def test_deep_nesting_is_refused(yaml: str) -> None:
    with time_limit():
        assert refusal(yaml).message == f"lists are nested more than {MAX_DEPTH} levels deep here"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\ufffe"])
def test_a_character_that_yaml_forbids_is_a_problem_at_its_spot(character: str) -> None:
    found = refusal(f"title: a\nkey: b{character}c")
    assert (found.message, found.spot) == (f"the character U+{ord(character):04X} is not allowed in front matter", Spot(3, 7))


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_or_refused_within_its_lines(yaml: str) -> None:
    problems: list[Problem] = []
    lines = ["---", *yaml.split("\n"), "---"]
    try:
        parse("file.md", yaml, problems)
    except FrontMatterError as error:
        problems.append(problem("file.md", error.spot, error.message, error.hint))
    for found in problems:
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1


BIDI_CONTROLS = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"removed where a text leaves them open; see tests/text/test_bidi.py"


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff" + BIDI_CONTROLS), min_size=1)
)
def test_any_text_in_quotation_marks_is_read_back(text: str) -> None:
    assert fields("key: '" + text.replace("'", "''") + "'").text("key") == text.strip()
