"""/data/annotations.jsonld: each passage with its note, and editors' notes on two reports.

Source: W3C Web Annotation Data Model and Vocabulary, https://www.w3.org/TR/annotation-model/.
"""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, datetime, time, timedelta

from sitegen.content.passages import Folded
from sitegen.dates import Bound
from sitegen.model import Annotation, Article, Passage, Word
from sitegen.pages import urls
from sitegen.pages.context import RenderContext
from sitegen.pages.indented_json import JsonValue, indented
from sitegen.pages.link_targets import passage_anchor
from sitegen.timeline.graph import LinkedEntry, Report
from sitegen.timeline.quotas import passages, place_of
from sitegen.timeline.report_pairs import ReportPair

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MAX_WORDS_AROUND = 3
"quoted from the report before and after a passage: enough to locate it, too little to republish the report"
MAX_AROUND = 60
"characters"


def annotations_jsonld(context: RenderContext) -> bytes:
    address = context.urls.address("/data/annotations.jsonld")
    items = [*_of_passages(context), *_of_comparisons(context)]
    collection: dict[str, JsonValue] = {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": context.timeline.settings.title,
        "total": len(items),
    }
    if items:  # the model has no empty page
        page = f"{address}#page"
        collection["first"] = {"id": page, "type": "AnnotationPage", "partOf": address, "startIndex": 0, "items": items}
        collection["last"] = page
    return (indented(collection, " ") + "\n").encode()


def _of_passages(context: RenderContext) -> Iterator[dict[str, JsonValue]]:
    """Annotations for all passages shown by published entries."""
    for report in sorted(context.timeline.reports, key=lambda report: report.article.id):
        if report.article.publish == "none":
            continue
        capture = Folded(report.capture.text) if report.capture else None
        for linked, number, passage in passages(report):
            if not linked.entry.is_draft:
                yield _of_passage(context, report, linked, number, passage, capture)


def _of_passage(
    context: RenderContext, report: Report, linked: LinkedEntry, number: int, passage: Passage, capture: Folded | None
) -> dict[str, JsonValue]:
    entry = context.urls.address(urls.entry_path(linked.entry.id))
    bodies: list[dict[str, JsonValue]] = [{"type": "SpecificResource", "source": entry, "purpose": "linking"}]
    if passage.note:
        bodies.append(_textual(context, passage.note, "commenting"))
    if passage.speaker:
        bodies.append(_textual(context, passage.speaker, "identifying"))
    return {
        "id": f"{entry}#{passage_anchor(passage, number)}",
        "type": "Annotation",
        "motivation": "commenting" if passage.note else "linking",
        "body": bodies,
        "target": _target(context, report, passage, capture),
    }


def _of_comparisons(context: RenderContext) -> Iterator[dict[str, JsonValue]]:
    for pair in context.compared.values():
        for number, annotation in enumerate(pair.notes.annotations if pair.notes else (), 1):
            sides = ((pair.a, annotation.a), (pair.b, annotation.b))
            targets = [_of_side(context, report, word) for report, word in sides if word is not None and report.article.publish != "none"]
            if targets:
                yield _of_note(context, pair, number, annotation, targets)


def _of_note(
    context: RenderContext, pair: ReportPair, number: int, annotation: Annotation, targets: list[dict[str, JsonValue]]
) -> dict[str, JsonValue]:
    return {
        "id": f"{context.urls.address(urls.compare_path(pair.id))}#_note-{number}",
        "type": "Annotation",
        "motivation": "commenting",
        "body": [_textual(context, annotation.note, "commenting"), _textual(context, annotation.kind, "tagging")],
        "target": targets,
    }


def _of_side(context: RenderContext, report: Report, word: Word) -> dict[str, JsonValue]:
    return _target(context, report, Passage(word), Folded(report.capture.text) if report.capture else None)


def _textual(context: RenderContext, text: str, purpose: str) -> dict[str, JsonValue]:
    language = context.timeline.settings.language
    return {"type": "TextualBody", "value": text, "format": "text/plain", "language": language, "purpose": purpose}


def _target(context: RenderContext, report: Report, passage: Passage, capture: Folded | None) -> dict[str, JsonValue]:
    article = report.article
    target: dict[str, JsonValue] = {
        "type": "SpecificResource",
        "source": article.url or context.urls.address(urls.article_path(article.id)),
        "selector": list(_selectors(passage, capture)),
    }
    state = _state(article)
    return target | ({"state": state} if len(state) > 1 else {})


def _selectors(passage: Passage, capture: Folded | None) -> Iterator[dict[str, JsonValue]]:
    """Select the passage by its words and, with a capture, by its offsets in code points."""
    place = place_of(passage, capture) if capture else None
    if capture is None or place is None:
        yield {"type": "TextQuoteSelector", "exact": passage.quote.text}
        return
    exact = capture.text[place.start : place.end]
    before, behind = _before(capture.text[: place.start]), _behind(capture.text, place.end)
    yield {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": behind}
    yield {"type": "TextPositionSelector", "start": place.start, "end": place.end}


def _before(text: str) -> str:
    """The last few words, with their whitespace."""
    starts = [found.start() for found in re.finditer(r"\S+", text[-MAX_AROUND:])]
    return text[-MAX_AROUND:][starts[-MAX_WORDS_AROUND:][0] :] if starts else ""


def _behind(text: str, end: int) -> str:
    found = re.match(rf"\s*(?:\S+\s*){{1,{MAX_WORDS_AROUND}}}", text[end : end + MAX_AROUND])
    return found[0].rstrip() if found else ""


def _state(article: Article) -> dict[str, JsonValue]:
    """The time of the report's version: when it was captured, else when it was last updated or published."""
    captured = article.retrieved or article.updated or article.published
    state: dict[str, JsonValue] = {
        "type": "TimeState",
        **(_moments(captured.placed_by) if captured and captured.is_exact and captured.day else {}),
    }
    if article.archive_url:
        state["cached"] = article.archive_url
    return state


def _moments(when: Bound) -> dict[str, str]:
    """An instant in UTC. A day is written as an interval, since the model only has instants."""
    if when.second is None or when.offset is None or not MINYEAR < when.first.year < MAXYEAR:
        return {"sourceDateStart": f"{when.first}T00:00:00Z", "sourceDateEnd": f"{when.first}T23:59:59Z"}
    instant = datetime.combine(when.first, time()) + timedelta(seconds=when.second, minutes=-when.offset)
    return {"sourceDate": f"{instant.isoformat()}Z"}
