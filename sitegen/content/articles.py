"""Reports: what is known of them."""

import re

from sitegen.content.document import Document
from sitegen.content.entries import refuse_citations
from sitegen.model import Article, Publish, ReportKind, Word

KEYS = (
    "title", "outlet", "url", "archive_url", "kind", "published", "updated", "retrieved", "authors", "credits", "left_out", "language",
    "origin", "derived_from", "sha256", "publish",
)  # fmt: skip
KINDS: tuple[ReportKind, ...] = ("report", "document", "post", "video", "interview")
PUBLISH: tuple[Publish, ...] = ("quotes", "full", "none")


def read(document: Document) -> Article | None:
    fields = document.fields
    fields.expect(KEYS)
    refuse_citations(document)
    title = fields.required("title", "a report")
    article = Article(
        id=document.id,
        file=document.file,
        title=title.text if title else "",
        outlet=fields.text("outlet"),
        url=fields.address("url"),
        archive_url=fields.address("archive_url"),
        kind=fields.choice("kind", KINDS, "report"),
        published=fields.date("published"),
        updated=fields.date("updated"),
        retrieved=fields.date("retrieved"),
        authors=fields.texts("authors"),
        credits=fields.paragraphs("credits"),
        left_out=fields.paragraphs("left_out"),
        language=_language(document),
        origin=fields.text("origin"),
        derived_from=fields.word("derived_from"),
        sha256=_sha256(document),
        publish=fields.choice("publish", PUBLISH, "quotes"),
    )
    return article if title else None


def _language(document: Document) -> str:
    word = document.fields.word("language")
    if word and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", word.text):
        document.tell(word.spot, f"“{word.text}” is no language tag", "for example language: en")
    return word.text if word else ""


def _sha256(document: Document) -> Word | None:
    word = document.fields.word("sha256")
    if word and not re.fullmatch(r"[0-9a-f]{64}", word.text):
        document.tell(
            word.spot, "“sha256” must be 64 hexadecimal digits", "write what `sha256sum` of the capture prints, or take the line out"
        )
        return None
    return word
