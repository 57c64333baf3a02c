"""Linking: names by any spelling, entries by id and alias; terms, backlinks and redirects."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from sitegen.content.parse import FileFacts, gather, parse, parse_file
from sitegen.content.read import Source
from sitegen.model import Settings
from sitegen.problems import Problem
from sitegen.timeline.graph import LinkedEntry, Name, Redirect, Term, Timeline
from sitegen.timeline.link import LinkState, link, link_incrementally

FILES = {
    "people/volodymyr-zelensky.md": "---\nname: Volodymyr Zelensky\nspellings: [Zelenskiy, Зеленський, {name: Zelenskyy, outlet: CNN}]\n"
    "aliases: [zelensky]\n---\n",
    "people/ann.md": "---\nname: Ann O’Hara-Smith\npage: false\n---\n",
    "people/washington.md": "---\nname: George Washington\nspellings: [Washington]\n---\n",
    "places/washington.md": "---\nname: Washington\n---\n",
    "places/bakhmut.md": "---\nname: Bakhmut\nspellings: [Artemivsk]\nwithin: Donetsk\n---\n",
    "places/donetsk.md": "---\nname: Donetsk\nwithin: Ukraine\n---\n",
    "places/ukraine.md": "---\nname: Ukraine\n---\nOf [[Bakhmut]] and [[first]].\n",
    "entries/first.md": "---\ntitle: First\ndate: 2023-04-01\npeople: [Zelenskiy, Ben Unfiled]\nplaces: [bakhmut]\ntags: [ground war]\n"
    "aliases: [old-first]\n---\n",
    "entries/second.md": "---\ntitle: Second\ndate: 2023-04-02\npeople: [ZELENSKYY]\nplaces: [Kyiv]\ntags: [Ground  War, art]\n---\n"
    "[[first]], [[Bakhmut]] and [[Ben Unfiled]]\n",
    "entries/bakhmut-day.md": "---\ntitle: Third\ndate: 2023-04-03\n---\n[[second]] [[second|again]] [[bakhmut-day]]\n",
}


def entry(body: str, **keys: str) -> str:
    front = "".join(f"{key}: {value}\n" for key, value in ({"title": "T", "date": "2023-05-01"} | keys).items())
    return f"---\n{front}---\n{body}\n"


def linked(files: Mapping[str, str]) -> tuple[Timeline, list[Problem]]:
    sources = [Source(f"content/{path}", path.partition("/")[0], text.encode()) for path, text in files.items()]
    content, problems = parse(sources)
    timeline, more = link(Settings(), content)
    return timeline, [*problems, *more]


def timeline_of(files: Mapping[str, str]) -> Timeline:
    timeline, problems = linked(files)
    assert problems == []
    return timeline


def messages(files: Mapping[str, str]) -> list[str]:
    return [found.message for found in linked(files)[1]]


def shown(target: LinkedEntry | Name | None) -> str:
    if target is None:
        return "nothing"
    return f"entry {target.entry.id}" if isinstance(target, LinkedEntry) else f"{target.kind} {target.id}"


@pytest.mark.parametrize(
    ("target", "meaning"),
    [
        ("first", "entry first"),
        ("old-first", "entry first"),
        ("entry:first", "entry first"),
        ("entry: old-first", "entry first"),
        ("bakhmut-day", "entry bakhmut-day"),
        ("Volodymyr Zelensky", "person volodymyr-zelensky"),
        ("volodymyr zelensky", "person volodymyr-zelensky"),
        ("VOLODYMYR  ZELENSKY", "person volodymyr-zelensky"),
        ("volodymyr-zelensky", "person volodymyr-zelensky"),
        ("Zelenskyy", "person volodymyr-zelensky"),
        ("зеленський", "person volodymyr-zelensky"),
        ("person:Zelenskiy", "person volodymyr-zelensky"),
        ("zelensky", "person volodymyr-zelensky"),
        ("person:zelensky", "person volodymyr-zelensky"),
        ("Ann O'Hara-Smith", "person ann"),
        ("Ann O’Hara‑Smith", "person ann"),
        ("ann", "person ann"),
        ("Ben Unfiled", "person ben-unfiled"),
        ("ben unfiled", "person ben-unfiled"),
        ("Bakhmut", "place bakhmut"),
        ("Artemivsk", "place bakhmut"),
        ("place:bakhmut", "place bakhmut"),
        ("Kyiv", "place kyiv"),
        ("place:Washington", "place washington"),
        ("person:Washington", "person washington"),
        ("George Washington", "person washington"),
    ],
)
def test_a_target_is_found_by_id_alias_and_any_spelling(target: str, meaning: str) -> None:
    timeline = timeline_of({**FILES, "entries/linking.md": entry(f"[[{target}]]")})
    [found] = [value for (file, _), value in timeline.targets.items() if file == "content/entries/linking.md"]
    assert shown(found) == meaning


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("Washington", "“Washington” is both a person and a place"),
        ("washington", "“washington” is both a person and a place"),
        ("First", "no person, place or entry is called “First”"),
        ("ground war", "no person, place or entry is called “ground war”"),
        ("Zelensk", "no person, place or entry is called “Zelensk”"),
        ("place:Zelenskiy", "“Zelenskiy” is a person, not a place"),
        ("person:first", "no person is called “first”"),
        ("entry:Bakhmut", "no entry is called “Bakhmut”"),
        ("tag:ground war", "no person, place or entry is called “tag:ground war”"),
    ],
)
def test_an_ambiguous_target_is_a_problem(target: str, message: str) -> None:
    assert messages({**FILES, "entries/linking.md": entry(f"[[{target}]]")}) == [message]


def test_an_entrys_id_comes_before_a_name() -> None:
    files = {**FILES, "entries/kyiv.md": entry("[[kyiv]] and [[Kyiv]]", places="[Kyiv]")}
    timeline = timeline_of(files)
    assert shown(timeline.targets["content/entries/kyiv.md", "kyiv"]) == "entry kyiv"
    assert shown(timeline.targets["content/entries/kyiv.md", "Kyiv"]) == "place kyiv"


def test_names_in_lists_are_found_by_any_spelling_and_listed_once() -> None:
    timeline = timeline_of(
        {**FILES, "entries/both.md": entry("", people="[Zelenskiy, Zelenskyy]", places="[Artemivsk]", location="Artemivsk")}
    )
    [both] = [one for one in timeline.entries if one.entry.id == "both"]
    assert [name.id for name in both.people] == ["volodymyr-zelensky"]
    assert [name.id for name in both.places] == ["bakhmut"]
    assert both.location is not None
    assert both.location.text == "Bakhmut"


def term(terms: tuple[Term, ...], id_: str) -> Term:
    [found] = [one for one in terms if one.name.id == id_]
    return found


def test_a_term_holds_the_entries_that_name_it_and_those_that_only_link_to_it() -> None:
    timeline = timeline_of(FILES)
    zelensky, bakhmut, ben = (
        term(timeline.people, "volodymyr-zelensky"), term(timeline.places, "bakhmut"), term(timeline.people, "ben-unfiled"),
    )  # fmt: skip
    assert [one.entry.id for one in zelensky.entries] == ["first", "second"]
    assert [one.entry.id for one in bakhmut.entries] == ["first"]
    assert [one.entry.id for one in bakhmut.mentions] == ["second"]
    assert [one.entry.id for one in ben.mentions] == ["second"]
    assert (ben.file, ben.name.text) == (None, "Ben Unfiled")


def test_a_private_person_is_named_and_has_no_page() -> None:
    assert term(timeline_of(FILES).people, "ann").name.has_page is False


def test_a_place_lies_within_another() -> None:
    places = timeline_of(FILES).places
    assert {place.name.id: place.within.id for place in places if place.within} == {"bakhmut": "donetsk", "donetsk": "ukraine"}


def test_tags_of_one_spelling_are_one() -> None:
    assert [(tag.name.text, len(tag.entries)) for tag in timeline_of(FILES).tags] == [("art", 1), ("ground war", 2)]


def test_names_are_sorted_by_their_letters_whatever_their_case_and_accents() -> None:
    people = ["zoe Zero", "Émile Zola", "Zoë Aaron", "Ömer", "eve", "Eva", "Осип", "Ольга", "10 Downing"]
    timeline = timeline_of({"entries/a.md": entry("", people=f"[{', '.join(people)}]")})
    assert [one.name.text for one in timeline.people] == [
        "10 Downing", "Émile Zola", "Eva", "eve", "Ömer", "Zoë Aaron", "zoe Zero", "Ольга", "Осип",
    ]  # fmt: skip


def test_a_name_is_written_as_its_file_says_else_as_its_first_entry() -> None:
    files = {
        "entries/b.md": entry("", people="[ann lee]"),
        "entries/a.md": entry("", people="[Ann Lee]"),
        "entries/c.md": entry("", people="[ANN LEE]"),
    }
    assert [one.name.text for one in timeline_of(files).people] == ["Ann Lee"]
    assert [one.name.text for one in timeline_of({**files, "people/ann-lee.md": "---\nname: Ann LEE\n---\n"}).people] == ["Ann LEE"]


def test_backlinks_are_of_other_entries_once_each() -> None:
    backlinks = timeline_of(FILES).backlinks
    assert {id_: [one.entry.id for one in others] for id_, others in backlinks.items()} == {"first": ["second"], "second": ["bakhmut-day"]}


def test_old_ids_redirect() -> None:
    assert timeline_of(FILES).redirects == (
        Redirect("entries", "old-first", "first"),
        Redirect("people", "zelensky", "volodymyr-zelensky"),
    )


def test_an_id_may_be_an_entrys_a_persons_and_a_places() -> None:
    files = {"entries/ann.md": entry("[[ann]]"), "people/ann.md": "---\nname: Ann\n---\n", "places/ann.md": "---\nname: Ann\n---\n"}
    assert messages(files) == []


@pytest.mark.parametrize("other", ["Zelenskiy", "zelenskyy", "VOLODYMYR ZELENSKY", "Зеленський"])
def test_a_spelling_belongs_to_one_person(other: str) -> None:
    files = {**FILES, "people/other.md": f"---\nname: Somebody\nspellings: [{other}]\n---\n"}
    [message] = messages(files)
    assert re.fullmatch("the spelling “.*” already belongs to “Somebody”", message)


@pytest.mark.parametrize(
    ("name", "known"), [("Bakhmutt", "Bakhmut"), ("Volodymyr Zelenskyi", "Volodymyr Zelensky"), ("Artemivs’k", "Artemivsk")]
)
def test_a_name_almost_like_a_known_one_is_noted(name: str, known: str) -> None:
    key = "people" if "Vol" in name else "places"
    [found] = linked({**FILES, "entries/a.md": entry("", **{key: f"[{name}]"})})[1]
    assert (found.severity, found.message) == ("note", f"“{name}” has no file of its own")
    assert f"did you mean “{known}”" in found.hint


def test_of_two_names_without_a_file_only_one_that_is_used_once_is_noted() -> None:
    def noted(*names: str) -> list[str]:
        return messages({f"entries/{number}.md": entry("", places=f"[{name}]") for number, name in enumerate(names)})

    assert noted("Lindholm", "Lindholn", "Lindholm") == ["“Lindholn” has no file of its own"]
    assert noted("Lindholn", "Lindholm", "Lindholm") == ["“Lindholn” has no file of its own"]
    assert noted("Lindholn", "Lindholm", "Lindholm", "Lindholn") == [], "both are in use"
    assert noted("Lindholm", "Lindholn") == ["“Lindholn” has no file of its own"]


def test_who_is_meant_does_not_depend_on_the_order_of_files() -> None:
    backwards = dict(reversed(FILES.items()))
    one, other = timeline_of(FILES), timeline_of(backwards)
    assert (one.entries, one.people, one.places, one.tags, one.backlinks, one.targets) == (
        other.entries, other.people, other.places, other.tags, other.backlinks, other.targets,
    )  # fmt: skip


class Linking:
    """Links files again after each edit. An unchanged file keeps its object, as in a preview."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files: dict[str, str] = {}
        self.facts: dict[str, FileFacts] = {}
        self.linked: LinkState | None = None
        self.save(files)

    def save(self, files: Mapping[str, str | None]) -> LinkState:
        """Change files, or remove those that are None. The result equals linking everything from scratch."""
        for path, text in files.items():
            self.files.pop(path, None)
            self.facts.pop(path, None)
            if text is not None:
                self.files[path] = text
                self.facts[path] = parse_file(Source(f"content/{path}", path.partition("/")[0], text.encode())).facts
        facts = {f"content/{path}": self.facts[path] for path in sorted(self.facts)}
        content, _ = gather(facts, {})
        self.linked = link_incrementally(Settings(), content, self.linked)
        assert (self.linked.timeline, self.linked.problems) == link(Settings(), content)
        return self.linked


@pytest.mark.parametrize(
    "files",
    [
        {"entries/first.md": FILES["entries/first.md"].replace("title: First", "title: Another")},
        {"entries/second.md": FILES["entries/second.md"].replace("title: Second", "title: Another")},
        {"entries/bakhmut-day.md": FILES["entries/bakhmut-day.md"].replace("title: Third", "title: Another")},
        {"entries/first.md": FILES["entries/first.md"].replace("2023-04-01", "2023-05-01")},
        {"entries/first.md": FILES["entries/first.md"].replace("[old-first]", "[older]")},
        {"entries/first.md": FILES["entries/first.md"].replace("Ben Unfiled", "Ann O’Hara-Smith")},
        {"entries/first.md": None},
        {"entries/second.md": FILES["entries/second.md"].replace("[[first]]", "[[nobody]] and [[old-first]]")},
        {"entries/second.md": entry("[[second]] and [[ukraine]]", title="Second", people="[ZELENSKYY]", places="[Kyiv]", tags="[Ground  War, art]")},
        {"entries/second.md": entry("[[Bakhmut]]", title="Another", date="2023-04-02", tags="[art]"), "entries/fourth.md": entry("[[second]]")},
        {"places/ukraine.md": FILES["places/ukraine.md"].replace("[[first]]", "[[second]]")},
        {"places/ukraine.md": None},
        {"pages/first.md": "---\ntitle: A page\n---\n[[bakhmut-day]]\n"},
        {"articles/wire.md": "---\ntitle: A report\n---\n[[wire]]\n"},
        {"people/ann.md": "---\nname: [\n---\n"},
        {"pages/nobody.md": "---\ntitle: [\n---\n"},
    ],
    ids=lambda files: " ".join(files),
)  # fmt: skip
def test_relinking_equals_linking_from_scratch(files: Mapping[str, str | None]) -> None:
    site = Linking({**FILES, "entries/links.md": entry("[[old-first]], [[wire]], [[ann]] and [[nobody]]")})
    site.save(files)
    site.save({"entries/bakhmut-day.md": FILES["entries/bakhmut-day.md"].replace("Third", "Another")})
    site.save({path: FILES.get(path) for path in files})
    site.save({"entries/second.md": FILES["entries/second.md"].replace("[[first]]", "[[first]] [[wire]] [[no-one]]")})


def test_a_new_title_is_patched_in_and_changes_nothing_else() -> None:
    linked = Linking(FILES).linked
    assert linked is not None
    before = linked.timeline
    second = linked.entries["content/entries/second.md"].entry
    patched = linked.with_entries({second.file: replace(second, title="Another")})
    now = patched.timeline
    assert (now, patched.problems) == link(Settings(), patched.content)
    assert [old.entry.id for old, new in zip(before.entries, now.entries, strict=True) if old is not new] == ["second"]
    terms = zip((*before.people, *before.places, *before.tags), (*now.people, *now.places, *now.tags), strict=True)
    assert {old.name.id for old, new in terms if old is not new} == {
        "volodymyr-zelensky",
        "kyiv",
        "bakhmut",
        "ben-unfiled",
        "ground-war",
        "art",
    }
    assert now.backlinks["second"] is before.backlinks["second"]
    assert now.backlinks["first"] is not before.backlinks["first"]
