"""Parse people and places: the files in content/people/ and content/places/."""

import re
from typing import Literal

from sitegen.content.document import Document
from sitegen.content.entries import aliases, is_name, refuse_citations
from sitegen.content.frontmatter import Fields
from sitegen.model import Person, Place, Spelling, Word
from sitegen.problems import Spot
from sitegen.text.spellings import name_key

KEYS = ("name", "kind", "spellings", "role", "wikidata", "page", "aliases")
PLACE_KEYS = (*KEYS, "latitude", "longitude", "within")
SPELLING_KEYS = ("name", "outlet", "language")
_NO_NAME = Word("", Spot())
PERSON_KINDS: tuple[Literal["person", "organisation"], ...] = ("person", "organisation")


def read_person(document: Document) -> Person | None:
    fields = document.fields
    fields.expect(KEYS)
    refuse_citations(document)
    name = _name(document, "a person")
    person = Person(
        id=document.id,
        file=document.file,
        name=name or _NO_NAME,
        kind=fields.choice("kind", PERSON_KINDS, "person"),
        spellings=_spellings(document, name or _NO_NAME),
        role=fields.text("role"),
        wikidata=_wikidata(document),
        has_page=fields.flag("page", default=True),
        aliases=aliases(document),
        brief=document.text.brief,
    )
    return person if name else None


def read_place(document: Document) -> Place | None:
    fields = document.fields
    fields.expect(PLACE_KEYS)
    refuse_citations(document)
    name = _name(document, "a place")
    latitude, longitude = fields.degrees("latitude", 90), fields.degrees("longitude", 180)
    if fields.has("latitude") != fields.has("longitude"):
        given, missing = ("latitude", "longitude") if fields.has("latitude") else ("longitude", "latitude")
        document.add_problem(fields.spot_of(given), f"“{given}” is set, but “{missing}” is missing", f"add a line “{missing}: …”")
    place = Place(
        id=document.id,
        file=document.file,
        name=name or _NO_NAME,
        kind=fields.text("kind"),
        spellings=_spellings(document, name or _NO_NAME),
        role=fields.text("role"),
        wikidata=_wikidata(document),
        has_page=fields.flag("page", default=True),
        aliases=aliases(document),
        brief=document.text.brief,
        latitude=latitude,
        longitude=longitude,
        within=fields.word("within"),
    )
    return place if name else None


def _name(document: Document, of: str) -> Word | None:
    name = document.fields.required("name", of)
    return name if name and is_name(document, name) else None


def _spellings(document: Document, name: Word) -> tuple[Spelling, ...]:
    """Spellings other than the name. A duplicate is reported, unless the outlet or the language differs."""
    found: dict[tuple[str, str, str], Spelling] = {}
    for item in document.fields.words_or_mappings("spellings", "name"):
        spelling = _spelling(item) if isinstance(item, Fields) else Spelling(item)
        if spelling is None:
            continue
        key = (name_key(spelling.name.text), spelling.outlet, spelling.language)
        if key in found:
            document.add_problem(spelling.name.spot, f"the spelling “{spelling.name.text}” is listed twice", "delete one of them")
        elif spelling.name.text != name.text or spelling.outlet or spelling.language:
            found[key] = spelling
    return tuple(found.values())


def _spelling(fields: Fields) -> Spelling | None:
    fields.expect(SPELLING_KEYS)
    name = fields.required("name", "a spelling")
    return Spelling(name, fields.text("outlet"), fields.text("language")) if name else None


def _wikidata(document: Document) -> str:
    word = document.fields.identifier("wikidata")
    if word is None or re.fullmatch(r"Q[1-9][0-9]*", word.text):
        return word.text if word else ""
    document.add_problem(word.spot, f"“{word.text}” is not a Wikidata item", "write Q and a number: wikidata: Q212")
    return ""
