"""What reports tell of people and places is written to their files, and a site with these files always builds."""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.parse import parse, parse_file
from sitegen.content.read import Source
from sitegen.editing.file_transaction import write_each
from sitegen.editing.yaml_writer import YamlValue, front_matter
from sitegen.ingest.entity_resolver import EntityResolver
from sitegen.ingest.name_files import NameFileChanges, UsedName, name_file_changes
from sitegen.ingest.names import tag
from sitegen.ingest.names.mentions import EntityKind, NameMention
from sitegen.ingest.names.merge import named_entities
from sitegen.ingest.site_index.index import site_index
from sitegen.ingest.site_index.name_index import NameIndex, name_index
from sitegen.model import Settings
from sitegen.problems import Problem
from sitegen.timeline.link import link
from tests.support.site_tester import Site

WIRE = """Russia holds the middle of Bakhmut, Kyiv's allies say

Ukrainian President Volodymyr Zelenskiy said on Wednesday that his troops in Bakhmut, in Ukraine, might have to leave.

Zelenskiy spoke before Turkish Foreign Minister Mevlut Cavusoglu met Sergei Lavrov in Ankara. Lavrov said little.
"""
REPRINT = """Ukraine: the middle of Bakhmut has fallen

Ukrainian President Volodymyr Zelenskiy would rather leave than be surrounded. Zelenskyy said so again last month.
"""


def site_names(root: Path | None) -> NameIndex:
    return site_index(root).names if root else NameIndex()


def name_files(root: Path | None, told: Collection[UsedName], found: EntityResolver) -> NameFileChanges:
    return name_file_changes(site_names(root), told, found)


ReportNames = Sequence[tuple[EntityKind, str]]


def directory(*reports: str, known: NameIndex | None = None) -> EntityResolver:
    """Of reports 0, 1, 2 …, with all they name."""
    found = EntityResolver(known.known if known else ())
    for number, text in enumerate(reports):
        found.add(str(number), named_entities(text, tag(text), (), str(number)))
    return found


def listed(*reports: ReportNames, known: NameIndex | None = None) -> EntityResolver:
    """Of reports that mention these names and say nothing else."""
    found = EntityResolver(known.known if known else ())
    for number, names in enumerate(reports):
        text = "\n".join(name for _, name in names)
        starts = [sum(len(name) + 1 for _, name in names[:index]) for index in range(len(names))]
        mentions = [NameMention(start, start + len(name), kind) for start, (kind, name) in zip(starts, names, strict=True)]
        found.add(str(number), named_entities(text, mentions, (), str(number)))
    return found


def people(*names: str) -> list[tuple[EntityKind, str]]:
    return [("person", name) for name in names]


def places(*names: str) -> list[tuple[EntityKind, str]]:
    return [("place", name) for name in names]


def all_of(found: EntityResolver) -> set[UsedName]:
    """Everybody who has a name that a draft can tell."""
    told = {(one.kind, found.name_of(spot.article, one.kind, one.name)) for one in found.named for spot in one.mentions}
    return {(kind, name) for kind, name in told if name}


def of_site(files: Mapping[str, str]) -> NameIndex:
    return name_index([(source, parse_file(source).fact) for source in sources(files)], {})


def sources(files: Mapping[str, str]) -> list[Source]:
    return [Source(file, file.split("/")[1], text.encode()) for file, text in sorted(files.items())]


def draft(people: Iterable[str] = (), places: Iterable[str] = ()) -> str:
    fields: dict[str, YamlValue] = {"title": "A draft", "date": "2023-04-07", "people": list(people), "places": list(places)}
    return front_matter(fields)


def texts(found: NameFileChanges) -> dict[str, str]:
    return {file: data.decode() for file, data in found.files.items()}


def file(name: str, *spellings: str, **keys: str) -> str:
    return front_matter({"name": name, "spellings": list(spellings), **keys})


def test_names_in_two_reports_become_files() -> None:
    found = directory(WIRE, REPRINT)
    files = texts(name_files(None, all_of(found), found))
    assert files["content/people/volodymyr-zelenskiy.md"] == (
        "---\nname: Volodymyr Zelenskiy\n"
        "# Volodymyr Zelenskiy and Zelenskiy: “Zelenskiy” is how the report goes on to call Volodymyr Zelenskiy\n"
        "# Volodymyr Zelenskiy and Zelenskyy: “Zelenskyy” is how the report goes on to call Volodymyr Zelenskiy\n"
        "spellings:\n  - Zelenskiy\n  - Zelenskyy\n---\n"
    )
    assert files["content/people/sergei-lavrov.md"].endswith("spellings:\n  - Lavrov\n---\n")
    assert "latitude: 48.59" in files["content/places/bakhmut.md"]
    assert {"content/places/ankara.md", "content/places/ukraine.md"} <= set(files)
    assert "content/people/mevlut-cavusoglu.md" not in files  # there is nothing to say beyond the name


def test_a_line_describes_each_file() -> None:
    found = directory(WIRE, REPRINT)
    told = name_files(None, {("person", "Volodymyr Zelenskiy"), ("place", "Bakhmut")}, found)
    assert told.lines == (
        "content/people/volodymyr-zelenskiy.md: spellings Zelenskiy, Zelenskyy",
        "content/places/bakhmut.md: at 48.59, 38.00, the only place of that name in the gazetteer",
    )


def test_names_without_evidence_get_no_files() -> None:
    found = directory(WIRE, REPRINT)
    assert list(name_files(None, [("person", "Sergei Lavrov")], found).files) == ["content/people/sergei-lavrov.md"]


def test_a_site_with_the_files_builds_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    site = Site.new(tmp_path)
    known = site_names(tmp_path)
    found = directory(WIRE, REPRINT, known=known)
    told = all_of(found)
    names = {kind: [name for k, name in sorted(told) if k == kind] for kind in ("person", "place")}
    site.write("content/drafts/leave.md", draft(names["person"], names["place"]))
    written = name_files(tmp_path, told, found)
    assert write_each(tmp_path, written.files, written.existing) == ()
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("content/p*/*.md")} == set(written.files)
    site.build(drafts=True).succeeds()
    assert site.err == ""
    site.check("people/volodymyr-zelenskiy/index.html", "Zelenskyy")
    again = directory(WIRE, REPRINT, known=site_names(tmp_path))
    assert name_files(tmp_path, all_of(again), again) == NameFileChanges()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_an_editors_file_gets_the_items_and_keeps_every_other_byte(tmp_path: Path, newline: str, mark: str) -> None:
    before = (
        f"{mark}---\n# ours\nname:   Volodymyr Zelensky\nspellings: [Zelenskiy] # as the wire has it\nrole: president\n---\nHis *words*.\n"
    )
    file = "content/people/volodymyr-zelensky.md"
    Site.new(tmp_path).write(file, before.replace("\n", newline))
    found = directory(WIRE, REPRINT, known=site_names(tmp_path))
    written = name_files(tmp_path, [("person", "Volodymyr Zelensky")], found)
    assert write_each(tmp_path, written.files, written.existing) == ()
    after = before.replace("[Zelenskiy]", "[Zelenskiy, Volodymyr Zelenskiy, Zelenskyy]")
    assert (tmp_path / file).read_bytes() == after.replace("\n", newline).encode()
    assert written.lines == (f"{file}: spellings Volodymyr Zelenskiy, Zelenskyy",)


def test_an_editors_coordinates_stay() -> None:
    site = of_site({"content/places/bakhmut.md": file("Bakhmut", latitude="1.5", longitude="2")})
    found = listed(places("Bakhmut", "Ukraine"), known=site)
    assert list(name_file_changes(site, [("place", "Bakhmut"), ("place", "Ukraine")], found).files) == ["content/places/ukraine.md"]


def test_a_river_is_not_put_where_a_town_of_its_name_is() -> None:
    site = of_site({"content/places/bakhmut.md": file("Bakhmut", kind="river"), "content/places/kyiv.md": file("Kyiv", kind="city")})
    found = listed(places("Bakhmut", "Ukraine", "Kyiv"), known=site)
    assert list(name_file_changes(site, [("place", "Bakhmut"), ("place", "Kyiv")], found).files) == ["content/places/kyiv.md"]


def test_a_containing_place_chooses_among_namesakes() -> None:
    site = of_site(
        {"content/places/tripoli.md": front_matter({"name": "Tripoli", "within": "Lebanon"}), "content/places/lebanon.md": file("Lebanon")}
    )
    written = name_file_changes(site, [("place", "Tripoli")], listed(places("Tripoli"), known=site))
    assert "latitude: 34.4" in texts(written)["content/places/tripoli.md"]


def test_two_who_share_a_spelling_have_it_neither() -> None:
    found = listed(
        people("Abdel Fattah al-Burhan", "Burhan", "Abdel Fattah al-Sisi", "Sisi"),
        people("Bill Clinton", "Clinton"),
        people("Hillary Clinton", "Clinton"),
    )
    files = texts(name_files(None, all_of(found), found))
    assert {name.split("/")[-1]: text.partition("\nspellings:")[2] for name, text in files.items()} == {
        "abdel-fattah-al-burhan.md": "\n  - Burhan\n---\n",
        "abdel-fattah-al-sisi.md": "\n  - Sisi\n---\n",
    }


def test_a_namesake_without_evidence_counts() -> None:
    found = listed(people("Bill Clinton", "Clinton"), people("Hillary Clinton", "Clinton"))
    assert name_files(None, [("person", "Bill Clinton")], found) == NameFileChanges()


def test_a_spelling_that_another_name_of_the_site_has_is_not_written() -> None:
    found = listed(people("Sergei Lavrov", "Lavrov"))
    told: list[UsedName] = [("person", "Sergei Lavrov")]
    assert name_file_changes(of_site({"content/people/kirill.md": file("Kirill Lavrov", "Lavrov")}), told, found) == NameFileChanges()
    assert name_file_changes(of_site({"content/entries/one.md": draft(people=["Lavrov"])}), told, found) == NameFileChanges()
    assert name_file_changes(of_site({"content/drafts/one.md": draft(people=["Lavrov"])}), told, found) == NameFileChanges()
    assert name_file_changes(of_site({"content/places/lavrov.md": file("Lavrov")}), told, found) == NameFileChanges()
    assert name_file_changes(of_site({"content/people/lavrov.md": file("Kirill L.")}), told, found) == NameFileChanges()
    assert name_file_changes(of_site({"content/entries/one.md": draft(people=["Kirill Lavrov"])}), told, found) != NameFileChanges()


def test_a_name_that_a_report_uses_without_the_full_name_stays_separate() -> None:
    found = listed(people("Sergei Lavrov", "Lavrov"), people("Lavrov"))
    assert name_files(None, all_of(found), found) == NameFileChanges()


def test_given_names_and_descriptions_are_no_spellings() -> None:
    text = "Sergei Lavrov, also known as Sergei, left. Anna Berg, also known as the mayor, stayed. Ivan Dub, also known as Baron, too."
    starts = {name: text.index(f"{name},") for name in ("Sergei Lavrov", "Anna Berg", "Ivan Dub")} | {
        name: text.index(f"as {name}") + 3 for name in ("Sergei", "the mayor", "Baron")
    }
    found = EntityResolver()
    found.add("a", named_entities(text, [NameMention(start, start + len(name), "person") for name, start in starts.items()], article="a"))
    assert [one.spellings[1:] for one in found.named] == [("Sergei",), ("the mayor",), ("Baron",)]
    assert list(name_files(None, all_of(found), found).files) == ["content/people/ivan-dub.md"]


def test_organisations_get_no_file_and_those_of_the_site_get_spellings() -> None:
    told: list[tuple[EntityKind, str]] = [("organisation", "World Health Organisation"), ("organisation", "WHO")]
    text = "World Health Organisation (WHO)"
    mentions = [NameMention(0, 25, "organisation"), NameMention(27, 30, "organisation")]
    site = of_site({"content/people/who.md": front_matter({"name": "World Health Organisation", "kind": "organisation"})})
    for known, files in ((NameIndex(), []), (site, ["content/people/who.md"])):
        found = EntityResolver(known.known)
        found.add("a", named_entities(text, mentions, article="a"))
        assert list(name_file_changes(known, told, found).files) == files


def test_names_found_only_in_entries_are_known() -> None:
    site = of_site({"content/entries/one.md": draft(people=["Volodymyr Zelenskyy"], places=["Kiev"])})
    found = listed(people("Volodymyr Zelenskiy", "Zelenskiy"), places("Kyiv"), known=site)
    assert all_of(found) == {("person", "Volodymyr Zelenskyy"), ("place", "Kiev")}
    files = texts(name_file_changes(site, all_of(found), found))
    assert "- Volodymyr Zelenskiy\n  - Zelenskiy\n" in files["content/people/volodymyr-zelenskyy.md"]
    assert "- Kyiv\n" in files["content/places/kiev.md"]


@pytest.mark.parametrize(
    "broken",
    [b"---\nname: [Sergei\n---\n", b"no front matter", b"---\nname: \xff\n---\n", b"---\nrole: minister\n---\n", b""],
)
def test_a_broken_file_is_left_alone_with_a_note(tmp_path: Path, broken: bytes) -> None:
    Site.new(tmp_path).write("content/people/sergei-lavrov.md", broken)
    found = listed(people("Sergei Lavrov", "Lavrov"))
    written = name_files(tmp_path, all_of(found), found)
    assert written.files == {}
    (told,) = written.notes
    assert (told.severity, told.file) == ("note", "content/people/sergei-lavrov.md")
    assert told.message == "“Sergei Lavrov” gets no file, because its id, sergei-lavrov, belongs to this one"
    assert told.hint == "if they are the same, add this there: spellings Lavrov"


def test_a_full_file_is_a_note() -> None:
    site = of_site({"content/people/sergei.md": "---\n{name: Sergei Lavrov}\n---\n"})
    found = listed(people("Sergei Lavrov", "Lavrov"), known=site)
    written = name_file_changes(site, all_of(found), found)
    assert written.files == {}
    assert [(one.severity, one.hint) for one in written.notes] == [("note", "add the spellings yourself: Lavrov")]


def test_an_old_id_is_in_use() -> None:
    site = of_site({"content/people/minister.md": "---\nname: Sergey\naliases: [sergei-lavrov]\n---\n"})
    found = listed(people("Sergei Lavrov", "Lavrov"))
    assert [one.file for one in name_file_changes(site, [("person", "Sergei Lavrov")], found).notes] == ["content/people/minister.md"]


def test_a_link_out_of_the_site_is_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("---\nname: Sergei Lavrov\n---\n")
    root = tmp_path / "site"
    Site.new(root).write("content/people/other.md", file("Other"))
    (root / "content/people/sergei-lavrov.md").symlink_to(outside)
    found = listed(people("Sergei Lavrov", "Lavrov"))
    written = name_files(root, all_of(found), found)
    assert written.files == {}
    assert [one.file for one in written.notes] == ["content/people/sergei-lavrov.md"]
    assert outside.read_text() == "---\nname: Sergei Lavrov\n---\n"


def test_a_folder_that_leads_out_of_the_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    root = tmp_path / "site"
    Site.new(root).write("content/pages/about.md", "---\ntitle: About\n---\n")
    (root / "content/people").symlink_to(tmp_path / "outside")
    found = listed(people("Sergei Lavrov", "Lavrov"))
    written = name_files(root, all_of(found), found)
    (told,) = write_each(root, written.files, written.existing)
    assert told.severity == "note"
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    site = Site.new(tmp_path).write("content/people/lavrov.md", file("Sergei Lavrov"))
    found = listed(people("Sergei Lavrov", "Lavrov"), known=site_names(tmp_path))
    written = name_files(tmp_path, all_of(found), found)
    edited = file("Sergei Lavrov", "Lavroff")
    site.write("content/people/lavrov.md", edited)
    assert [one.message for one in write_each(tmp_path, written.files, written.existing)] == [
        "content/people/lavrov.md was changed while this command was running"
    ]
    assert (tmp_path / "content/people/lavrov.md").read_text() == edited


def test_a_file_that_went_meanwhile_is_a_note(tmp_path: Path) -> None:
    site = Site.new(tmp_path).write("content/people/lavrov.md", file("Sergei Lavrov"))
    found = listed(people("Sergei Lavrov", "Lavrov"), known=site_names(tmp_path))
    written = name_files(tmp_path, all_of(found), found)
    site.remove("content/people/lavrov.md")
    assert [one.message for one in write_each(tmp_path, written.files, written.existing)] == [
        "content/people/lavrov.md can’t be written: No such file or directory"
    ]
    assert list((tmp_path / "content/people").iterdir()) == []


def test_a_file_that_may_only_be_read_is_left_alone(tmp_path: Path) -> None:
    text = file("Sergei Lavrov")
    path = tmp_path / "content/people/lavrov.md"
    Site.new(tmp_path).write("content/people/lavrov.md", text)
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("everything may be written to here")
    found = listed(people("Sergei Lavrov", "Lavrov"), known=site_names(tmp_path))
    written = name_files(tmp_path, all_of(found), found)
    assert [one.message for one in write_each(tmp_path, written.files, written.existing)] == [
        "content/people/lavrov.md can’t be written: it is read-only"
    ]
    assert path.read_text() == text


HOSTILE = (
    'Sergei "The Fox" Lavrov', "Anna: Berg", "Anna Berg\nname: x", "[[Anna]] Berg", "Anna ]] | Berg", "A" + "b" * 299 + " Berg", "— … !", "عبد الفتاح البرهان", "'Anna' # Berg", "- Anna Berg",
    "Anna\u200b Berg", "Anna\u202eBerg Ek", "{Anna} Berg", "&anchor Berg", "!!str Berg", "no", "null", "2023-04-07", "Anna\x07 Berg", "../../Berg", "~", "[@x] Berg", "A\\B C",
)  # fmt: skip
POOL = (
    "Sergei Lavrov", "Sergey Lavrov", "Lavrov", "Kirill Lavrov", "Bill Clinton", "Hillary Clinton", "Clinton", "Washington", "George Washington", "Kyiv", "Kiev", "Al-Tanf", "Al Tanf", "al tanf", "U.S.", "U S",
    "US", "United States", "A.B. Smith", "A B Smith", "O'Neil", "ONeil", "lavrov", "sergei-lavrov", *HOSTILE,
)  # fmt: skip
TOGETHER: tuple[ReportNames, ...] = (
    people("Sergei Lavrov", "Lavrov"), people("Sergey Lavrov", "Lavrov"), people("Kirill Lavrov", "Lavrov"), people("Bill Clinton", "Clinton"), people("Hillary Clinton", "Clinton"), people("Lavrov"),
    people("George Washington", "Washington"), places("Washington", "U.S."), places("Kyiv", "Ukraine"), places("Kiev"), places("Al-Tanf", "Syria"), places("Al Tanf"), places("Clinton", "US"), places("Lavrov", "Kyiv"),
    people("A.B. Smith", "Smith"), people("A B Smith"), people("Tom O'Neil", "O’Neil"), people("Tom ONeil", "ONeil"), people("[[Anna]] Berg", "Berg"), people('Sergei "The Fox" Lavrov', "Fox"),
)  # fmt: skip
KINDS: tuple[EntityKind, ...] = ("person", "place")
ALONE: tuple[ReportNames, ...] = tuple([(kind, name)] for kind in KINDS for name in POOL)
pool = st.sampled_from((*POOL, *(group[0][1] for group in TOGETHER)))
report_names = st.lists(st.one_of(st.sampled_from(TOGETHER), st.sampled_from(ALONE)), max_size=4).map(
    lambda groups: [name for group in groups for name in group]
)


@st.composite
def sites(draw: st.DrawFn) -> dict[str, str]:
    """A site's files, a few with problems."""
    files = {}
    names = draw(st.lists(pool, unique=True, max_size=6))
    ids = draw(st.permutations(("sergei-lavrov", "lavrov", "clinton", "kyiv", "al-tanf", "u-s", "other", "another")))
    while names:
        folder = draw(st.sampled_from(("people", "places")))
        name, spellings, names = names[0], names[1 : 1 + len(names) % 3], names[1 + len(names) % 3 :]
        old = draw(st.sampled_from(([], [], [f"old-{len(names)}"], ["lavrov"])))
        written = front_matter({"name": " ".join(name.split()), "spellings": spellings, "aliases": old})
        files[f"content/{folder}/{ids[len(names)]}.md"] = written.replace("\n", draw(st.sampled_from(("\n", "\n", "\r\n"))))
    if draw(st.booleans()):
        linked = draw(st.sampled_from(("Kyiv", "Lavrov", "Washington", "Clinton", "lavrov", "al-tanf")))
        told = draw(st.lists(st.sampled_from((linked, *POOL)), max_size=3, unique=True))
        cut = draw(st.integers(0, len(told)))
        files["content/entries/one.md"] = draft(told[:cut], told[cut:]) + f"To [[{linked}]].\n"
    return files


def problems(files: Mapping[str, str]) -> set[Problem]:
    content, found = parse(sources(files))
    return {one for one in (*found, *link(Settings(), content)[1]) if one.severity == "problem"}


@given(sites(), st.lists(report_names, max_size=4))
def test_what_is_written_never_adds_a_problem(files: dict[str, str], reports: list[ReportNames]) -> None:
    known = of_site(files)
    if problems(files):
        return
    found = listed(*reports, known=known)
    told = {str(number): {(kind, found.name_of(str(number), kind, name)) for kind, name in names} for number, names in enumerate(reports)}
    for number, names in told.items():
        persons = sorted({name for kind, name in names if kind == "person" and name})
        files[f"content/drafts/draft-{number}.md"] = draft(persons, sorted({name for kind, name in names if kind == "place" and name}))
    assert problems(files) == set()
    written = name_file_changes(of_site(files), {one for names in told.values() for one in names if one[1]}, found)
    assert problems(files | texts(written)) == set()
    for file, text in texts(written).items():
        if file in files:
            assert set(files[file].splitlines()) <= set(text.splitlines())
    assert (
        name_file_changes(of_site(files | texts(written)), {one for names in told.values() for one in names if one[1]}, found).files == {}
    )


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40)), min_size=1, max_size=4))
def test_hostile_names_never_break_a_file(names: list[str]) -> None:
    told = [name for name in names if name.strip()]
    found = listed([("person", name) for name in told], [("place", name) for name in told])
    written = name_files(None, [*(("person", name) for name in told), *(("place", name) for name in told)], found)
    assert parse(sources(texts(written)))[1] == ()
    assert all(".." not in name and name.count("/") == 2 for name in written.files)
