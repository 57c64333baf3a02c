"""The interface's text comes only from the catalogue: without Latin letters in content and catalogue, no page has one."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from sitegen import dates, model
from sitegen.builder import theme
from sitegen.builder.inputs import THEME
from sitegen.compare import sharing
from sitegen.dates import labels
from sitegen.pages.catalogue import Catalogue
from sitegen.pages.date_view import date_view, years_label
from tests.support.built_sites import HOST, BuiltSite, built_site_of, document, entry

ENGLISH = tomllib.loads((THEME / "layouts/words/en.toml").read_text(encoding="utf-8"))
PACKAGE = Path(model.__file__).parent
LETTER = re.compile(r"[A-Za-z]")
SPOKEN = {
    "title",
    "aria-label",
    "alt",
    "data-shown",
    "data-separator",
    "data-copied",
    "data-copy-link",
    "data-name",
    "label",
    "placeholder",
}
"attributes whose values people read or hear"
SAID_IN = {"description", "og:title", "og:description", "og:site_name"}
"of a <meta>"
MACHINES = {"script", "style", "pre", "code"}
"elements whose text is not read, or is for machines"
KEPT = re.compile(r"https?://\S+|UTC|Europe/Kyiv|\{shown\}|\{all\}|^(?:person|place|tag|status)$")
"addresses, zones, values that scripts use"


def stripped(value: str) -> str:
    """A text of the catalogue with its placeholders alone."""
    return "".join(re.findall(r"\{\w+\}", value)) or "·"


CATALOGUE = "\n".join(
    f"{key} = {json.dumps([stripped(one) for one in value] if isinstance(value, list) else stripped(value))}"
    for key, value in ENGLISH.items()
    if key != "direction"
)

EVERY_FORM = [
    "2023-04-07",
    "2023-04-07?",
    "2023-05-20~",
    "2023-05-20%",
    "2023-04",
    "2023-04~",
    "2023-04-XX",
    "2023",
    "2023?",
    "2023-XX",
    "193X",
    "193X~",
    "19XX",
    "00XX",
    "2023-21",
    "2023-24?",
    "0079",
    "0300/0476",
    "2023-04-03/2023-04-07",
    "2023-04-28/2023-05-02",
    "2022-12-30/2023-01-02",
    "2023-04-07~/2023-06",
    "2023-04-07/..",
    "2023-04/",
    "../2023-04-07",
    "/2020~",
    "192X/1925",
    "[2023-04-03..2023-04-07]",
    "[2023-04..2023-06]",
    "[2019..2021]",
    "[192X..1935]",
    "[18XX..19XX]",
    "[2023-21..2023-22]",
    "[2023-04-07..2024]",
    "[..2023-05]",
    "[..2023-04-07?]",
    "[2023-05..]",
    "[2023-04-07..]",
    "[2023-04-07~..]",
    "2023-06-06T02:50+03:00",
    "2023-06-06T02:50",
    "2023-06-06T02:50:09Z",
    "0003/0080-04-07",
]

PASSAGE = {"quote": "η γέφυρα έπεσε το πρωί", "speaker": "ο δήμαρχος", "note": "σημείωση"}
TEXT = "Το ποτάμι ήταν ψηλό. Είπαν ότι η γέφυρα έπεσε το πρωί. Κανείς δεν ήταν εκεί πάνω.\n\nΤο χωριό περιμένει άλλη γέφυρα.\n"
SITE = {
    "sitegen.toml": 'title = "Χρόνια"\nsubtitle = "Λόγια"\neditor = "Άννα"\nlanguage = "en"\n',
    "layouts/words/en.toml": CATALOGUE,
    "assets/1.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    **{f"content/entries/{number}.md": entry(f"Χρόνος {number}", edtf, tags=["λίμνη"]) for number, edtf in enumerate(EVERY_FORM, 100)},
    "content/entries/1.md": entry(
        "Η γέφυρα",
        "2023-04-07",
        "Έπεσε [[2]] και [[2|αυτή]].[^1] Δες [[Μύλος]].\n\n[^1]: Ή όχι.\n\n| α | β |\n|---|--:|\n| γ | δ |",
        people=["Άννα", "Ένωση"],
        places=["Μύλος"],
        location="Μύλος",
        key=True,
        date_text="το πρωί",
        zone="Europe/Kyiv",
        accounts=[
            {"article": "1", "passages": [PASSAGE]},
            {"article": "2", "passages": [{"quote": "η γέφυρα έπεσε"}]},
            {"article": "3"},
            {"url": f"{HOST}/1"},
        ],
        added="2023-04-08",
        updated="2023-04-09",
        corrections=[
            {"date": "2023-04-09", "kind": kind, "text": "Άλλο.", "was": "α", "now": "β"}
            for kind in ("clarification", "correction", "retraction")
        ],
        image="1.svg",
        alt="Εικόνα",
        credit="Άννα",
        graphic=True,
        aliases=["9"],
    ),
    **{
        f"content/entries/{number}.md": entry("Ψέμα", "2023-04-06", "Δες [[1]].", status=status, people=["Άννα"], places=["Μύλος"])
        for number, status in enumerate(("retracted", "disputed", "confirmed", "expected"), 2)
    },
    "content/drafts/8.md": entry("Σχέδιο", "2023-04-05"),
    "content/articles/1.md": document(
        "Λόγια.",
        title="Έπεσε",
        outlet="Φως",
        published="2023-04-07T09:00",
        retrieved="2023-04-08",
        updated="2023-04-08",
        url=f"{HOST}/2",
        authors=["Α", "Β"],
        publish="full",
        archive_url=f"{HOST}/3",
        credits="Ω",
        left_out="Ψ",
        origin="Πρακτορείο",
    ),
    "content/articles/2.md": document(title="Νερό", outlet="Νύχτα", published="2023-04-07", origin="Πρακτορείο"),
    "content/articles/3.md": document(title="Πέτρα", outlet="Ώρα", published="2023-04-09", derived_from="1", kind="video"),
    "content/articles/4.md": document(title="Χώμα", outlet="Γη", published="2023-04-09", publish="none", kind="document"),
    "content/captures/1.txt": TEXT,
    "content/captures/2.txt": TEXT.replace("Κανείς δεν ήταν εκεί πάνω.", "Ήταν εκεί 12 άνθρωποι, είπαν μετά."),
    "content/people/1.md": document("Μία.", name="Άννα", spellings=[{"name": "Αννα", "outlet": "Φως"}], role="μυλωνάς"),
    "content/people/2.md": document(name="Ένωση", kind="organisation"),
    "content/places/1.md": document(name="Μύλος", latitude=-48.5, longitude=-38, within="Κάμπος"),
    "content/places/2.md": document(name="Κάμπος", latitude=48.5, longitude=38),
    "content/comparisons/2...1.md": document("Διαφορές.", annotations=[{"b": "Το ποτάμι ήταν ψηλό", "note": "Ναι", "kind": "framing"}]),
    "content/pages/όλοι.md": document("Δες [[1]].", title="Εμείς"),
}


@cache
def site() -> BuiltSite:
    return built_site_of(SITE, f"{HOST}/1/", with_drafts=True)


def spoken(element: Element) -> Iterator[str]:
    """What people read or hear of an element and of all in it."""
    if element.tag == "meta" and (element.get("name") or element.get("property")) in SAID_IN:
        yield element.get("content", "")
    yield from (value for name, value in element.attrib.items() if name in SPOKEN)
    if element.tag not in MACHINES:
        yield element.text or ""
        for child in element:
            yield from spoken(child)
    yield element.tail or ""


def english(texts: Iterator[str]) -> list[str]:
    return sorted({text.strip() for text in texts if LETTER.search(KEPT.sub("", text))})


def test_no_page_shows_a_word_that_is_neither_the_contents_nor_the_catalogues() -> None:
    found = {address: english(spoken(site().tree(address))) for address in site().pages}
    assert len(found) > 80
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_no_feed_and_no_json_ld_says_a_word_of_its_own() -> None:
    atom = [one for address, data in site().files.items() if address.endswith(".atom") for one in ElementTree.fromstring(data).iter()]
    assert english(one.text or "" for one in atom if one.tag.endswith(("}title", "}summary", "}name"))) == []
    texts = [data.decode() for address, data in site().files.items() if address.endswith("feed.json")]
    texts += [data.decode() for address, data in site().files.items() if b"application/ld+json" in data]
    told = [
        value for text in texts for value in re.findall(r'"(?:title|summary|content_text|name|headline|description)": ?"([^"]*)"', text)
    ]
    assert len(told) > 200
    assert english(iter(told)) == []


def test_comparisons_are_described_in_the_catalogues_words() -> None:
    (pair, *_) = json.loads(site().files["/data/comparisons.json"])
    assert english(iter([pair["why"]])) == []


@pytest.mark.parametrize("layout", sorted((THEME / "layouts").glob("*.html")), ids=lambda path: path.name)
def test_a_layout_has_no_words_of_its_own(layout: Path) -> None:
    text = re.sub(r"(?s)\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", layout.read_text(encoding="utf-8"))
    attributes = [value for name, value in re.findall(r'([\w-]+)="([^"]*)"', text) if name in SPOKEN - {"data-name"}]
    shown = re.sub(r"(?s)<[^>]*>", " ", text)
    assert [one for one in (*attributes, shown) if LETTER.search(one)] == []


FAMILIES = {
    "annotation_": get_args(model.AnnotationKind),
    "by_": ("day", "month", "year"),
    "change_": ("number", "name", "quotation", "date", "attribution", "wording"),
    "correction_": get_args(model.CorrectionKind),
    "filter_": ("person", "place", "tag"),
    "kind_": get_args(model.ReportKind),
    "month_": [str(number) for number in range(1, 13)],
    "nav_": ("timeline", "people", "places", "tags", "articles"),
    "ordinal_": ("1", "2", "3"),
    "row_": ("same", "reworded", "moved"),
    "season_": [str(number) for number in range(1, 5)],
    "shares_": ("found", "derived", "origin"),
    "status_": model.STATUSES,
    "weekday_": [str(number) for number in range(1, 8)],
}
"keys that the code completes with a value: words[f'month_{month}']"
PASSED_ON = {"heading_century", "rail_about", "in_place", "with_person", "organisation", "person", "place", "tag"}
"keys that the code keeps in a table, or that are the kind of a name"


def keys_in_layouts() -> set[str]:
    layouts = [path.read_text(encoding="utf-8") for path in (THEME / "layouts").glob("*.html")]
    return {key for text in layouts for key in re.findall(r"\bwords\.(\w+)", text)}


def keys_in_code() -> tuple[set[str], set[str]]:
    """Those that are written out, and the beginnings of those that are completed."""
    whole, begun = set[str](), set[str]()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Subscript(value=ast.Name(id="words") | ast.Attribute(attr="words"), slice=key):
                    pass
                case ast.Call(func=ast.Attribute(attr="count", value=ast.Name(id="words") | ast.Attribute(attr="words")), args=[key, *_]):
                    pass
                case _:
                    continue
            for one in (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,):
                match one:
                    case ast.Constant(value=str(text)):
                        whole.add(text)
                    case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
                        begun.add(text)
    return whole, begun


def test_the_catalogue_has_each_text_that_is_used_and_no_other() -> None:
    whole, begun = keys_in_code()
    assert begun | {"ordinal_"} == FAMILIES.keys()
    completed = {beginning + value for beginning, values in FAMILIES.items() for value in values}
    used = keys_in_layouts() | whole | completed | PASSED_ON | {*labels.ENGLISH} | {*sharing.ENGLISH}
    assert ENGLISH.keys() == used


def test_the_patterns_of_the_code_are_those_of_the_english_catalogue() -> None:
    for patterns in (labels.ENGLISH, sharing.ENGLISH):
        assert {key: ENGLISH.get(key) for key in patterns} == patterns


GERMAN = """
month_4 = "April"
month_5 = "Mai"
season_1 = "Frühjahr"
weekday_5 = "Freitag"
date_day = "{day}."
date_day_month = "{day}. {month}"
date_day_month_year = "{day}. {month} {year}"
date_span = "{begin} bis {end}"
date_from_on = "ab {date}"
date_by = "bis spätestens {date}"
date_from = "seit {date}"
date_until = "bis {date}"
date_about = "etwa {date}"
date_one_day = "an einem Tag vom {begin} bis {end}"
date_decade = "die {decade}er Jahre"
date_century = "das {ordinal} Jahrhundert"
heading_decade = "{decade}er Jahre"
heading_century = "{ordinal} Jahrhundert"
ordinal = "{number}."
ordinal_1 = "{number}."
rail_about = "etwa {day}"
rail_from_on = "ab {day}"
some_day_in = "an einem Tag im {unit}"
"""


@pytest.mark.parametrize(
    ("edtf", "label", "rail"),
    [
        ("2023-05-07", "7. Mai 2023", "7."),
        ("[2023-05-07..]", "ab 7. Mai 2023", "ab 7."),
        ("[..2023-05-07~]", "bis spätestens etwa 7. Mai 2023", ""),
        ("2023-05-07/..", "seit 7. Mai 2023", "7. –"),
        ("../2023-05", "bis Mai 2023", ""),
        ("[2023-05-03..2023-05-07]", "an einem Tag vom 3. bis 7. Mai 2023", "3.–7."),
        ("2023-04-28/2023-05-02", "28. April bis 2. Mai 2023", "28. – 2. Mai"),
        ("2023-21", "Frühjahr 2023", ""),
        ("193X", "die 1930er Jahre", ""),
        ("20XX", "das 21. Jahrhundert", ""),
    ],
)
def test_a_date_speaks_another_language_throughout(edtf: str, label: str, rail: str, tmp_path: Path) -> None:
    words = german(tmp_path)
    shown = date_view(words, dates.parse(edtf))
    assert (shown.label, shown.rail) == (label, rail)


def test_headings_and_weekdays_speak_another_language(tmp_path: Path) -> None:
    words = german(tmp_path)
    assert [years_label(words, years) for years in ("1980", "198X", "20XX", "0300")] == ["1980", "1980er Jahre", "21. Jahrhundert", "300"]
    assert date_view(words, dates.parse("2023-05-05")).weekday == "Freitag"
    assert date_view(words, dates.parse("2023-05")).loose == "an einem Tag im Mai"


def german(root: Path) -> Catalogue:
    file = root / "layouts" / "words" / "de.toml"
    file.parent.mkdir(parents=True)
    file.write_text(GERMAN, encoding="utf-8")
    return theme.words(root, "de-AT")
