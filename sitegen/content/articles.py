"""Parse reports: the files in content/articles/."""

import re

from sitegen import dates
from sitegen.content.document import Document
from sitegen.content.entries import refuse_citations
from sitegen.model import Article, Drafted, Publish, ReportKind, Word
from sitegen.text.spellings import is_slug

KEYS = (
    "title", "outlet", "url", "archive_url", "kind", "published", "updated", "retrieved", "authors", "credits", "left_out", "language",
    "origin", "derived_from", "sha256", "publish", "drafted",
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
        derived_from=fields.identifier("derived_from"),
        sha256=_sha256(document),
        publish=fields.choice("publish", PUBLISH, "quotes"),
        drafted=tuple(one for word in fields.words("drafted") if (one := _drafted(document, word)) is not None),
    )
    return article if title else None


def _language(document: Document) -> str:
    word = document.fields.identifier("language")
    if word and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", word.text):
        document.add_problem(word.spot, f"“{word.text}” is not a language tag", "for example, language: en")
    return word.text if word else ""


def _sha256(document: Document) -> Word | None:
    word = document.fields.identifier("sha256")
    if word and not re.fullmatch(r"[0-9a-f]{64}", word.text):
        document.add_problem(
            word.spot, "“sha256” must be 64 hexadecimal digits", "copy what `sha256sum` prints for the capture, or delete the line"
        )
        return None
    return word


def _drafted(document: Document, word: Word) -> Drafted | None:
    """Offsets: “12-80”. The old form begins with an id and a date: “bridge-opens 2023-04-07 12-80”."""
    parts = re.fullmatch(r"(?:(\S+) (\S+) )?(\d{1,9})-(\d{1,9})", word.text)
    if parts and (parts[1] is None or (is_slug(parts[1]) and _is_date(parts[2]))):
        return Drafted(int(parts[3]), int(parts[4]), is_named=parts[1] is not None)
    document.add_problem(word.spot, f"“{word.text}” is not a record of a draft", "`sitegen ingest` writes these; delete the line")
    return None


def _is_date(text: str) -> bool:
    try:
        dates.parse(text)
    except dates.DateError:
        return False
    return True
