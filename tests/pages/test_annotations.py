"""Annotations as data, checked with a JSON-LD processor against the Web Annotation model.

Source: W3C, Web Annotation Data Model and Web Annotation Vocabulary, https://www.w3.org/TR/annotation-model/ and /annotation-vocab/.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from pyld import jsonld

from sitegen.builder import theme
from sitegen.builder.inputs import THEME
from sitegen.model import Settings
from sitegen.pages.annotations import CONTEXT, annotations_jsonld
from sitegen.pages.context import RenderContext
from tests.pages.test_compare_data import site
from tests.support.timelines import timeline_of

HOST = "https://site.example/t"
OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
DATE_TIME, COUNT = "http://www.w3.org/2001/XMLSchema#dateTime", "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
CLASSES = ("Annotation", "SpecificResource", "TextualBody", "TextQuoteSelector", "TextPositionSelector", "TimeState")
MOTIVATIONS = ("commenting", "linking", "identifying", "tagging")
RELATIONS = {
    "body": f"{OA}hasBody", "target": f"{OA}hasTarget", "source": f"{OA}hasSource", "selector": f"{OA}hasSelector", "state": f"{OA}hasState",
    "cached": f"{OA}cachedSource", "first": f"{AS}first", "last": f"{AS}last", "partOf": f"{AS}partOf",
}  # fmt: skip
TEXTS = {
    "exact": f"{OA}exact", "prefix": f"{OA}prefix", "suffix": f"{OA}suffix", "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "label": "http://www.w3.org/2000/01/rdf-schema#label", "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
}  # fmt: skip
TYPED = {
    "start": (f"{OA}start", COUNT), "end": (f"{OA}end", COUNT), "total": (f"{AS}totalItems", COUNT), "startIndex": (f"{AS}startIndex", COUNT),
    "sourceDate": (f"{OA}sourceDate", DATE_TIME), "sourceDateStart": (f"{OA}sourceDateStart", DATE_TIME), "sourceDateEnd": (f"{OA}sourceDateEnd", DATE_TIME),
}  # fmt: skip
VOCABULARY: dict[str, object] = {
    "id": "@id",
    "type": "@type",
    **{term: f"{OA}{term}" for term in (*CLASSES, *MOTIVATIONS)},
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    **{term: {"@id": iri, "@type": "@id"} for term, iri in RELATIONS.items()},
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    **TEXTS,
    **{term: {"@id": iri, "@type": kind} for term, (iri, kind) in TYPED.items()},
}
"the used part of the model's context; all other terms are dropped"

Json = dict[str, object]


def collection(files: Mapping[str, str], base_url: str = HOST) -> Json:
    timeline = replace(timeline_of(files), settings=Settings(title="T", base_url=base_url))
    found: Json = json.loads(annotations_jsonld(RenderContext.of(timeline, theme.words(THEME, "en"), {})))
    return found


def annotations(files: Mapping[str, str], base_url: str = HOST) -> list[Json]:
    page = collection(files, base_url)["first"]
    assert isinstance(page, dict)
    items: list[Json] = page["items"]
    return items


def compared() -> dict[str, str]:
    return site(
        early_late="---\nannotations:\n  - a: The mayor said\n    b: Anna Berg claimed\n    kind: framing\n    note: One verb doubts.\n---\n"
    )


def loaded(address: str, _: object) -> Json:
    assert address == CONTEXT
    return {"contextUrl": None, "documentUrl": address, "contentType": "application/ld+json", "document": {"@context": VOCABULARY}}


def objects(value: object) -> Iterator[Json]:
    """All JSON objects within."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(one)


def without_lists_of_one(value: object) -> object:
    if isinstance(value, dict):
        return {key: without_lists_of_one(one) for key, one in value.items()}
    if isinstance(value, list):
        return [without_lists_of_one(one) for one in value] if len(value) != 1 else without_lists_of_one(value[0])
    return value


@pytest.mark.parametrize("files", [site(), site("full"), compared()])
def test_a_processor_of_json_ld_drops_nothing(files: Mapping[str, str]) -> None:
    told = collection(files)
    expanded = jsonld.expand(told, {"documentLoader": loaded})
    assert {key for one in objects(expanded) for key in one if ":" not in key} <= {"@id", "@type", "@value", "@list"}
    compacted = jsonld.compact(expanded, CONTEXT, {"documentLoader": loaded, "compactToRelative": False})
    assert without_lists_of_one(compacted) == without_lists_of_one(told)


def test_a_passage_is_a_web_annotation() -> None:
    told = collection(site())
    assert (told["@context"], told["type"], told["total"], told["id"]) == (
        CONTEXT, "AnnotationCollection", 2, f"{HOST}/data/annotations.jsonld",
    )  # fmt: skip
    first, _ = annotations(site())
    assert first == {
        "id": f"{HOST}/entries/told/#_passage_1",
        "type": "Annotation",
        "motivation": "commenting",
        "body": [
            {"type": "SpecificResource", "source": f"{HOST}/entries/told/", "purpose": "linking"},
            {"type": "TextualBody", "value": "On foot.", "format": "text/plain", "language": "en", "purpose": "commenting"},
            {"type": "TextualBody", "value": "the mayor", "format": "text/plain", "language": "en", "purpose": "identifying"},
        ],
        "target": {
            "type": "SpecificResource",
            "source": "https://example.org/early",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "Seven people had crossed it",
                    "prefix": "bridge was safe. ",
                    "suffix": " on Monday. It",
                },
                {"type": "TextPositionSelector", "start": 36, "end": 63},
            ],
            "state": {
                "type": "TimeState",
                "sourceDateStart": "2023-04-08T00:00:00Z",
                "sourceDateEnd": "2023-04-08T23:59:59Z",
                "cached": "https://archive.example/early",
            },
        },
    }


def test_the_one_page_is_the_first_and_the_last_and_there_is_none_without_annotations() -> None:
    told = collection(site())
    page = told["first"]
    assert isinstance(page, dict)
    assert (told["last"], page["partOf"], len(page["items"])) == (page["id"], told["id"], told["total"])
    files = site()
    files["drafts/told.md"] = files.pop("entries/told.md")
    none = collection(files)
    assert (none["total"], "first" in none, "last" in none) == (0, False, False), "drafts are no annotations"


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("retrieved: 2023-04-08T00:30+03:00", {"sourceDate": "2023-04-07T21:30:00Z"}),
        ("retrieved: 2023-04-08T00:30", {"sourceDateStart": "2023-04-08T00:00:00Z", "sourceDateEnd": "2023-04-08T23:59:59Z"}),
        ("updated: 2023-04-10", {"sourceDateStart": "2023-04-10T00:00:00Z", "sourceDateEnd": "2023-04-10T23:59:59Z"}),
        ("kind: report", {"sourceDateStart": "2023-04-07T00:00:00Z", "sourceDateEnd": "2023-04-07T23:59:59Z"}),
        ("retrieved: 2023-04", {}),
        ("retrieved: 0001-01-01T00:00+14:00", {"sourceDateStart": "0001-01-01T00:00:00Z", "sourceDateEnd": "0001-01-01T23:59:59Z"}),
    ],
)
def test_a_capture_is_dated_no_finer_than_it_is_known(told: str, state: Json) -> None:
    files = site()
    files["articles/early.md"] = files["articles/early.md"].replace("retrieved: 2023-04-08", told)
    target = annotations(files)[0]["target"]
    assert isinstance(target, dict)
    assert target["state"] == {"type": "TimeState", **state, "cached": "https://archive.example/early"}


def test_an_editors_note_targets_a_passage_of_each_report() -> None:
    note = annotations(compared(), "")[-1]
    bodies, targets = note["body"], note["target"]
    assert isinstance(bodies, list)
    assert isinstance(targets, list)
    assert (note["id"], [body["value"] for body in bodies]) == ("/compare/early...late/#_note-1", ["One verb doubts.", "framing"])
    assert [target["selector"][0]["exact"] for target in targets] == ["The mayor said", "Anna Berg claimed"]
