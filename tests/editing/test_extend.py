"""Adding an account, a spelling or coordinates to a file changes no other byte."""

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content.parse import parse_file
from sitegen.content.read import Source
from sitegen.editing.extend import with_accounts, with_coordinates, with_spellings
from sitegen.editing.yaml_writer import YamlValue
from sitegen.model import Account, Entry, Person, Place
from sitegen.problems import Problem

FILE = "content/entries/veto.md"
PERSON = "content/people/zelensky.md"
PLACE = "content/places/bakhmut.md"
NEW: dict[str, YamlValue] = {"article": "new-1", "passages": [{"speaker": "Lena Ek", "quote": "it was “safe”: so she said"}]}
NEW_LINES = [
    "- article: new-1",
    "  passages:",
    "    - speaker: Lena Ek",
    '      quote: "it was “safe”: so she said"',
]


def extended(text: str) -> str:
    found = with_accounts(FILE, text, [NEW])
    assert isinstance(found, str), found
    return found


def entry(text: str) -> Entry:
    found = parse_file(Source(FILE, "entries", text.encode())).fact
    assert isinstance(found, Entry)
    return found


def articles(text: str) -> list[str]:
    return [account.article.text for account in entry(text).accounts if isinstance(account, Account)]


def added_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """(lines that went, lines that came)"""
    changes = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    return [line[2:] for line in changes if line[0] == "-"], [line[2:] for line in changes if line[0] == "+"]


BEFORE_AND_AFTER = {
    "no accounts": (
        "---\ntitle: A\ndate: 2023\n# kept\n---\nBody\n",
        "---\ntitle: A\ndate: 2023\n# kept\naccounts:\n{2}---\nBody\n",
    ),
    "empty": (
        "---\ntitle: A\naccounts:   # none yet\n\ndate: 2023\n---\n",
        "---\ntitle: A\naccounts:   # none yet\n{2}\ndate: 2023\n---\n",
    ),
    "brackets": (
        "---\ntitle: A\naccounts: [ ] # none\ndate: 2023\n---\n",
        "---\ntitle: A\naccounts: # none\n{2}date: 2023\n---\n",
    ),
    "one more": (
        "---\ntitle: A\naccounts:\n  - article: old\n    passages:\n      - quote: x # said\ndate: 2023\n---\n",
        "---\ntitle: A\naccounts:\n  - article: old\n    passages:\n      - quote: x # said\n{2}date: 2023\n---\n",
    ),
    "dashes at the margin": (
        "---\ntitle: A\naccounts:\n- article: old\n- url: https://e.example/\ndate: 2023\n---\n",
        "---\ntitle: A\naccounts:\n- article: old\n- url: https://e.example/\n{0}date: 2023\n---\n",
    ),
    "dashes on their own lines": (
        "---\ntitle: A\naccounts:\n    -\n        article: old\n\ndate: 2023\n---\n",
        "---\ntitle: A\naccounts:\n    -\n        article: old\n{4}\ndate: 2023\n---\n",
    ),
    "comments below an item stay with it": (
        "---\ntitle: A\naccounts:\n  - article: old\n    # checked\n  # more to come\n\n# dates\ndate: 2023\n---\n",
        "---\ntitle: A\naccounts:\n  - article: old\n    # checked\n{2}  # more to come\n\n# dates\ndate: 2023\n---\n",
    ),
    "a text block at the end": (
        "---\ntitle: A\naccounts:\n  - article: old\n    passages:\n      - quote: |\n          x\n          # y\n\ndate: 2023\n---\n",
        "---\ntitle: A\naccounts:\n  - article: old\n    passages:\n      - quote: |\n          x\n          # y\n{2}\ndate: 2023\n---\n",
    ),
    "a text block that keeps its blank lines": (
        "---\ntitle: A\ndate: 2023\naccounts:\n  - article: old\n    passages:\n      - quote: x\n        note: |+\n          n\n\n---\n",
        "---\ntitle: A\ndate: 2023\naccounts:\n  - article: old\n    passages:\n      - quote: x\n        note: |+\n          n\n{2}\n---\n",
    ),
    "quotes over two lines": (
        '---\ntitle: A\ndate: 2023\naccounts:\n  - article: old\n    passages: [{{quote: "a\n      b"}}]\n---\n',
        '---\ntitle: A\ndate: 2023\naccounts:\n  - article: old\n    passages: [{{quote: "a\n      b"}}]\n{2}---\n',
    ),
    "keys set in": (
        "---\n  title: A\n  date: 2023\n---\n",
        "---\n  title: A\n  date: 2023\n  accounts:\n{4}---\n",
    ),
    "no newline at the end": ("---\ntitle: A\ndate: 2023\n---", "---\ntitle: A\ndate: 2023\naccounts:\n{2}---"),
    "a byte-order mark": ("\ufeff---\ntitle: A\ndate: 2023\n---\n", "\ufeff---\ntitle: A\ndate: 2023\naccounts:\n{2}---\n"),
}


def filled(pattern: str) -> str:
    """The pattern with the account's lines at {their indent}."""
    blocks = [""] * 5
    for indent in (0, 2, 4):
        blocks[indent] = "".join(f"{' ' * indent}{line}\n" for line in NEW_LINES)
    return pattern.format(*blocks)


@pytest.mark.parametrize("name", BEFORE_AND_AFTER)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_an_account_joins_the_list_and_nothing_else_changes(name: str, newline: str) -> None:
    before, after = (filled(text).replace("\n", newline) for text in BEFORE_AND_AFTER[name])
    found = extended(before)
    assert found == after
    assert articles(found)[-1] == "new-1"


def test_an_account_that_is_there_is_not_added_again() -> None:
    once = extended("---\ntitle: A\ndate: 2023\n---\n")
    assert extended(once) == once


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: A\ndate: 2023\naccounts: [{article: old}]\n---\n", 4),
        ("---\ntitle: A\ndate: 2023\naccounts: [ # none\n]\n---\n", 4),
        ("---\ntitle: A\ndate: 2023\naccounts: none\n---\n", 4),
        ('---\ntitle: A\ndate: 2023\naccounts: ""\n---\n', 4),
        ("---\n{title: A, date: 2023}\n---\n", 1),
        ("---\ndate: 2023\n---\n", 1),
        ("---\ntitle: [A\ndate: 2023\n---\n", 2),
        ("no front matter", 1),
        ("", 1),
    ],
)
def test_what_cannot_be_extended_safely_is_a_note(text: str, line: int) -> None:
    found = with_accounts(FILE, text, [NEW])
    assert isinstance(found, Problem)
    assert (found.severity, found.file, found.line) == ("note", FILE, line)
    assert "new-1" in found.hint


KEYS = {
    "seq": ["seq: 3", "seq:   3   # order"],
    "status": ["status: disputed", "status: 'reported'"],
    "people": ["people: [Ann Lee, 'Bo: B']", "people:\n  - Ann Lee\n  - Bo", "people: []"],
    "tags": ["tags:\n- a\n# b\n- c", "tags: [\n  a,\n  b\n  ]"],
    "date_text": ["date_text: |\n  in\n  spring", "date_text: >-\n  in\n\n  spring\n", 'date_text: "a\\\n  b"'],
    "corrections": ["corrections:\n  - date: 2023-04-09\n    text: We erred.\n    kind: correction"],
    "aliases": ["aliases: [old-id]"],
}
ITEMS = [
    "article: a-1",
    "article: a-2  # second\n  passages:\n    - quote: one",
    "article: a-3\n  passages:\n  - quote: |-\n      two\n       lines\n    speaker: Bo",
    "{article: a-4, passages: [{quote: 'four'}]}",
    "url: https://e.example/x\n  title: T",
]
BETWEEN = ["", "# a remark", "\n", "   ", "  # set in"]


@st.composite
def entries(draw: st.DrawFn) -> str:
    """Entries in many hands."""
    lines = [
        draw(st.sampled_from(["title: A", 'title: "A: b"', "title: >\n  A\n  b"])),
        draw(st.sampled_from(["date: 2023", "date: 2023-04-07"])),
    ]
    lines += [draw(st.sampled_from(KEYS[key])) for key in draw(st.lists(st.sampled_from(list(KEYS)), unique=True, max_size=4))]
    match draw(st.sampled_from(["missing", "empty", "brackets", "block", "block"])):
        case "empty":
            lines.append("accounts:")
        case "brackets":
            lines.append("accounts: []")
        case "block":
            indent = " " * draw(st.sampled_from([0, 2, 4]))
            items = draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True))
            block = "\n".join(f"{indent}- " + item.replace("\n", f"\n{indent}") for item in items)
            lines.append(f"accounts:\n{block}")
        case _:
            pass
    lines = draw(st.permutations(lines))
    spread = [part for line in lines for part in (line, draw(st.sampled_from(BETWEEN))) if part]
    body = draw(st.sampled_from(["", "Body.\n", "Body[^1]\n\n[^1]: Note.\n\n---\n", "no end"]))
    text = draw(st.sampled_from(["", "\ufeff"])) + "\n".join(("---", *spread, "---", body))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


def facts(found: Entry) -> list[object]:
    """All but the accounts, and where they stand in the file."""
    words = [[word.text for word in group] for group in (found.people, found.tags, found.aliases)]
    return [found.title, found.when, found.date_text, found.seq, found.status, found.corrections, found.brief, found.footnotes, words]


@given(entries())
@settings(max_examples=300, deadline=None)
def test_the_result_reads_as_the_old_facts_and_the_account_and_all_other_lines_are_the_same_bytes(text: str) -> None:
    found = with_accounts(FILE, text, [NEW])
    if isinstance(found, Problem):
        assert found.severity == "note"
        return
    before, after = entry(text), entry(found)
    assert facts(before) == facts(after)
    assert articles(found) == [*articles(text), "new-1"]
    gone, came = added_lines(text, found)
    assert all("accounts: []" in line for line in gone)
    assert [line.strip() for line in came if line.strip() not in ("accounts:",)] == [line.strip() for line in NEW_LINES]


@given(entries())
@settings(max_examples=100, deadline=None)
def test_a_plain_list_is_always_extended(text: str) -> None:
    assert isinstance(with_accounts(FILE, text, [NEW]), str)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it(text: str) -> None:
    for candidate in (text, f"---\ntitle: A\ndate: 2023\n{text}\n---\n"):
        found = with_accounts(FILE, candidate.encode("utf-8", "replace").decode(), [NEW])
        assert isinstance(found, (str, Problem))
        assert not isinstance(found, str) or "new-1" in articles(found)


def test_spellings_are_added_in_the_form_of_the_file() -> None:
    def names(text: str, *new: str) -> str:
        found = with_spellings(PERSON, text, new)
        assert isinstance(found, str), found
        return found

    assert names("---\nname: A Z\n---\n", "A Zz") == "---\nname: A Z\nspellings:\n  - A Zz\n---\n"
    assert names("---\nname: A Z\nspellings: [B, {name: C, outlet: CNN}] # seen\n---\n", "D, E", "F") == (
        '---\nname: A Z\nspellings: [B, {name: C, outlet: CNN}, "D, E", F] # seen\n---\n'
    )
    assert names("---\nspellings:\n- B # b\nname: A Z\n---\nText\n", "C") == "---\nspellings:\n- B # b\n- C\nname: A Z\n---\nText\n"
    assert names("---\nname: A Z\nspellings: []\n---\n", "C") == "---\nname: A Z\nspellings:\n  - C\n---\n"
    assert names("---\nname: A Z\nspellings: [B,]\n---\n", "C") == "---\nname: A Z\nspellings: [B, C]\n---\n"


def test_known_spellings_are_not_added() -> None:
    text = "---\nname: Volodymyr Zelensky\nspellings: [Zelenskiy]\n---\n"
    assert with_spellings(PERSON, text, ["volodymyr zelensky", "Zelenskiy"]) == text
    assert with_spellings(PERSON, text, ["Zelenskyy", "Zelenskyy"]) == text.replace("[Zelenskiy]", "[Zelenskiy, Zelenskyy]")


def test_a_spelling_may_say_who_uses_it() -> None:
    found = with_spellings(PERSON, "---\nname: A\nspellings: [B]\n---\n", [{"name": "C", "outlet": "CNN"}])
    assert found == "---\nname: A\nspellings: [B, {name: C, outlet: CNN}]\n---\n"
    assert isinstance(found, str)
    person = parse_file(Source(PERSON, "people", found.encode())).fact
    assert isinstance(person, Person)
    assert person.spellings[1].outlet == "CNN"


def test_coordinates_are_added_only_where_there_are_none() -> None:
    found = with_coordinates(PLACE, "---\r\nname: Bakhmut\r\n---\r\n", 48.59512, 38.0)
    assert found == "---\r\nname: Bakhmut\r\nlatitude: 48.5951\r\nlongitude: 38.0000\r\n---\r\n"
    assert isinstance(found, str)
    assert isinstance(parse_file(Source(PLACE, "places", found.encode())).fact, Place)
    assert with_coordinates(PLACE, found, 1, 2) == found


def test_a_broken_name_file_is_a_note() -> None:
    found = with_spellings(PERSON, "---\nspellings: [B]\n---\n", ["C"])
    assert isinstance(found, Problem)
    assert found.hint == "add the spellings yourself: C"


def test_several_accounts_are_added_at_once_and_each_once() -> None:
    other = {**NEW, "article": "new-2"}
    text = "---\ntitle: A\ndate: 2023\n---\nBody.\n"
    both = with_accounts(FILE, text, [NEW, other])
    assert isinstance(both, str)
    assert articles(both) == ["new-1", "new-2"]
    assert with_accounts(FILE, extended(text), [NEW, other]) == both
    assert with_accounts(FILE, both, [other, NEW]) == both
