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
from sitegen.pages.bodies import passage_anchor
from sitegen.pages.edition import Edition
from sitegen.pages.jsonlines import Value, in_lines
from sitegen.timeline.graph import LinkedEntry, Report
from sitegen.timeline.quotas import passages, place_of
from sitegen.timeline.report_pairs import ReportPair

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
WORDS_AROUND = 3
"of the report, before and behind a passage: enough to find it, too few to read on"
LONGEST_AROUND = 60
"characters"


def annotations_jsonld(edition: Edition) -> bytes:
    address = _address(edition, "/data/annotations.jsonld")
    items = [*_of_passages(edition), *_of_comparisons(edition)]
    collection: dict[str, Value] = {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": edition.timeline.settings.title,
        "total": len(items),
    }
    if items:  # the model knows no empty page
        page = f"{address}#page"
        collection["first"] = {"id": page, "type": "AnnotationPage", "partOf": address, "startIndex": 0, "items": items}
        collection["last"] = page
    return (in_lines(collection, " ") + "\n").encode()


def _of_passages(edition: Edition) -> Iterator[dict[str, Value]]:
    """Every passage that an entry shows; drafts are none."""
    for report in sorted(edition.timeline.reports, key=lambda report: report.article.id):
        if report.article.publish == "none":
            continue
        capture = Folded(report.capture.text) if report.capture else None
        for linked, number, passage in passages(report):
            if not linked.entry.is_draft:
                yield _of_passage(edition, report, linked, number, passage, capture)


def _of_passage(
    edition: Edition, report: Report, linked: LinkedEntry, number: int, passage: Passage, capture: Folded | None
) -> dict[str, Value]:
    entry = _address(edition, urls.entry_path(linked.entry.id))
    bodies: list[dict[str, Value]] = [{"type": "SpecificResource", "source": entry, "purpose": "linking"}]
    if passage.note:
        bodies.append(_textual(edition, passage.note, "commenting"))
    if passage.speaker:
        bodies.append(_textual(edition, passage.speaker, "identifying"))
    return {
        "id": f"{entry}#{passage_anchor(passage, number)}",
        "type": "Annotation",
        "motivation": "commenting" if passage.note else "linking",
        "body": bodies,
        "target": _target(edition, report, passage, capture),
    }


def _of_comparisons(edition: Edition) -> Iterator[dict[str, Value]]:
    for pair in edition.compared.values():
        for number, annotation in enumerate(pair.notes.annotations if pair.notes else (), 1):
            sides = ((pair.a, annotation.a), (pair.b, annotation.b))
            targets = [_of_side(edition, report, word) for report, word in sides if word is not None and report.article.publish != "none"]
            if targets:
                yield _of_note(edition, pair, number, annotation, targets)


def _of_note(edition: Edition, pair: ReportPair, number: int, annotation: Annotation, targets: list[dict[str, Value]]) -> dict[str, Value]:
    return {
        "id": f"{_address(edition, urls.compare_path(pair.id))}#_note-{number}",
        "type": "Annotation",
        "motivation": "commenting",
        "body": [_textual(edition, annotation.note, "commenting"), _textual(edition, annotation.kind, "tagging")],
        "target": targets,
    }


def _of_side(edition: Edition, report: Report, word: Word) -> dict[str, Value]:
    return _target(edition, report, Passage(word), Folded(report.capture.text) if report.capture else None)


def _textual(edition: Edition, text: str, purpose: str) -> dict[str, Value]:
    language = edition.timeline.settings.language
    return {"type": "TextualBody", "value": text, "format": "text/plain", "language": language, "purpose": purpose}


def _target(edition: Edition, report: Report, passage: Passage, capture: Folded | None) -> dict[str, Value]:
    article = report.article
    target: dict[str, Value] = {
        "type": "SpecificResource",
        "source": article.url or _address(edition, urls.article_path(article.id)),
        "selector": list(_selectors(passage, capture)),
    }
    state = _state(article)
    return target | ({"state": state} if len(state) > 1 else {})


def _selectors(passage: Passage, capture: Folded | None) -> Iterator[dict[str, Value]]:
    """By its words, and by its place in the capture, in code points."""
    place = place_of(passage, capture) if capture else None
    if capture is None or place is None:
        yield {"type": "TextQuoteSelector", "exact": passage.quote.text}
        return
    exact = capture.text[place.start : place.end]
    before, behind = _before(capture.text[: place.start]), _behind(capture.text, place.end)
    yield {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": behind}
    yield {"type": "TextPositionSelector", "start": place.start, "end": place.end}


def _before(text: str) -> str:
    """The last few words, as they stand there."""
    starts = [found.start() for found in re.finditer(r"\S+", text[-LONGEST_AROUND:])]
    return text[-LONGEST_AROUND:][starts[-WORDS_AROUND:][0] :] if starts else ""


def _behind(text: str, end: int) -> str:
    found = re.match(rf"\s*(?:\S+\s*){{1,{WORDS_AROUND}}}", text[end : end + LONGEST_AROUND])
    return found[0].rstrip() if found else ""


def _state(article: Article) -> dict[str, Value]:
    """The report as it was when it was captured, or else as it was last published."""
    captured = article.retrieved or article.updated or article.published
    state: dict[str, Value] = {
        "type": "TimeState",
        **(_moments(captured.placed_by) if captured and captured.is_exact and captured.day else {}),
    }
    if article.archive_url:
        state["cached"] = article.archive_url
    return state


def _moments(when: Bound) -> dict[str, str]:
    """The model knows only instants of UTC: a day, which is none, is told by its first and its last second."""
    if when.second is None or when.offset is None or not MINYEAR < when.first.year < MAXYEAR:
        return {"sourceDateStart": f"{when.first}T00:00:00Z", "sourceDateEnd": f"{when.first}T23:59:59Z"}
    instant = datetime.combine(when.first, time()) + timedelta(seconds=when.second, minutes=-when.offset)
    return {"sourceDate": f"{instant.isoformat()}Z"}


def _address(edition: Edition, path: str) -> str:
    return edition.urls.whole(path) or edition.urls.href(path)
