"""Parse entries and drafts: the files in content/entries/ and content/drafts/."""

import re
from dataclasses import replace

from sitegen.content.document import Document
from sitegen.content.frontmatter import Fields
from sitegen.model import STATUSES, Account, Citation, Correction, CorrectionKind, Entry, Image, Passage, Word
from sitegen.problems import did_you_mean
from sitegen.text.spellings import is_device, is_slug, name_key, slug

KEYS = (
    "title", "date", "date_text", "seq", "zone", "status", "people", "places", "location", "tags", "accounts", "corrections",
    "added", "updated", "aliases", "key", "image", "alt", "credit", "graphic",
)  # fmt: skip
ACCOUNT_KEYS = ("article", "passages")
CITATION_KEYS = ("url", "title", "outlet", "published")
PASSAGE_KEYS = ("id", "quote", "prefix", "suffix", "speaker", "note")
CORRECTION_KEYS = ("date", "kind", "text", "was", "now")
MAX_NAMES = 200
"people, places or tags of an entry; the page of each shows all the others"
MAX_ID_BYTES = 200
"bytes; file systems allow 255 in a name"
CORRECTION_KINDS: tuple[CorrectionKind, ...] = ("clarification", "correction", "retraction")


def read(document: Document) -> Entry | None:
    """None if the title or the date is missing or invalid."""
    fields = document.fields
    fields.expect(KEYS)
    title = fields.required("title", "an entry")
    when = fields.required_date("date", "an entry")
    ids: set[str] = set()  # of the passages
    accounts = tuple(account for item in fields.mappings("accounts", "article") if (account := _account(document, item, ids)) is not None)
    if accounts or not fields.has("accounts"):
        _check_citations(document, ids)
    entry = Entry(
        id=document.id,
        file=document.file,
        title=title.text if title else "",
        when=when,  # type: ignore[arg-type]  # an entry without a date is not returned
        date_text=fields.text("date_text"),
        seq=fields.whole("seq"),
        zone=_zone(document),
        status=fields.choice("status", STATUSES, "reported"),
        people=distinct(document, "people"),
        places=distinct(document, "places"),
        tags=distinct(document, "tags"),
        location=_location(document),
        accounts=accounts,
        corrections=tuple(correction for item in fields.mappings("corrections", "date") if (correction := _correction(item)) is not None),
        added=fields.date("added"),
        updated=fields.date("updated"),
        aliases=aliases(document),
        key=fields.flag("key", default=False),
        graphic=fields.flag("graphic", default=False),
        image=_image(document),
        brief=document.text.brief,
        note=document.text.note,
        footnotes=document.text.footnotes,
        references=tuple(dict.fromkeys(ref.target for ref in document.text.body.references if ref.kind == "link")),
    )
    return entry if title and when else None


def read_draft(document: Document) -> Entry | None:
    entry = read(document)
    return replace(entry, is_draft=True) if entry else None


def distinct(document: Document, key: str) -> tuple[Word, ...]:
    """The names in a list; duplicates and invalid names are reported and left out."""
    seen: dict[str, Word] = {}
    words = document.fields.words(key)
    if len(words) > MAX_NAMES:
        hint = f"an entry can have at most {MAX_NAMES}; keep those that readers look for"
        document.add_problem(words[MAX_NAMES].spot, f"“{key}” has {len(words)} names", hint)
        return words[:MAX_NAMES]
    for word in words:
        if not is_name(document, word):
            continue
        if name_key(word.text) in seen:
            document.add_problem(word.spot, f"“{word.text}” is listed twice in “{key}”", "delete one of them")
        else:
            seen[name_key(word.text)] = word
    return tuple(seen.values())


def is_name(document: Document, word: Word) -> bool:
    """Whether an address can be made from a name; reported if not."""
    id = slug(word.text)  # the project's word
    if not id:
        document.add_problem(word.spot, f"“{word.text}” is not a name", "a name needs a letter or a digit")
    elif len(id.encode()) > MAX_ID_BYTES:
        document.add_problem(
            word.spot, f"“{word.text[:40]}…” is too long for a name", f"its address would be longer than {MAX_ID_BYTES} bytes"
        )
        return False
    return id != ""


def aliases(document: Document) -> tuple[Word, ...]:
    """The old ids of a file; invalid ones are reported and left out."""
    words = document.fields.identifiers("aliases")
    for word in words:
        if is_device(word.text):
            document.add_problem(word.spot, f"“{word.text}” can’t be an id: on Windows, it is the name of a device", "delete this alias")
        elif not is_slug(word.text):
            document.add_problem(
                word.spot,
                f"“{word.text}” is not a valid id: use lower-case letters, digits and hyphens",
                "aliases are ids that this file used to have",
            )
    return tuple(word for word in words if is_slug(word.text))


def _zone(document: Document) -> str:
    word = document.fields.identifier("zone")
    if word is None or document.is_zone(word.text):
        return word.text if word else ""
    document.add_problem(word.spot, f"unknown time zone “{word.text}”", "for example, zone: Europe/Kyiv")
    return ""


def _location(document: Document) -> Word | None:
    word = document.fields.word("location")
    places = document.fields.texts("places") if word else ()
    if word and name_key(word.text) not in {name_key(place) for place in places}:
        hint = did_you_mean(word.text, places) or f"add “{word.text}” to places"
        document.add_problem(word.spot, f"the location “{word.text}” is not among the entry’s places", hint)
        return None
    return word


def _account(document: Document, fields: Fields, ids: set[str]) -> Account | Citation | None:
    if not fields.has("article") and not fields.has("url"):
        document.add_problem(
            fields.spot, "an account needs a report", "add article: with a report’s id, or url: for a report that isn’t stored"
        )
        return None
    if fields.has("article"):
        fields.expect(ACCOUNT_KEYS)
        article = fields.identifier("article")
        passages = tuple(passage for item in fields.mappings("passages", "quote") if (passage := _passage(document, item, ids)) is not None)
        return Account(article, passages) if article else None
    fields.expect(CITATION_KEYS)
    return Citation(fields.address("url"), fields.text("title"), fields.text("outlet"), fields.date("published"))


def _passage(document: Document, fields: Fields, ids: set[str]) -> Passage | None:
    """*ids* are those of the passages above; this passage's id is added to them."""
    fields.expect(PASSAGE_KEYS)
    quote = fields.required("quote", "a passage")
    id = fields.identifier("id")  # the project's word
    if id and not is_slug(id.text):
        document.add_problem(
            id.spot,
            f"“{id.text}” is not a valid id: use lower-case letters, digits and hyphens",
            f"for example, id: {slug(id.text) or 'bank'}",
        )
    elif id and id.text in ids:
        document.add_problem(id.spot, f"two passages of this entry have the id “{id.text}”", "give one of them a different id")
    if id:
        ids.add(id.text)
    texts = {key: fields.text(key) for key in PASSAGE_KEYS if key not in ("id", "quote")}
    return Passage(quote, id.text if id else "", **texts) if quote else None


def _check_citations(document: Document, ids: set[str]) -> None:
    """Report each [@citation] without a passage."""
    for reference in document.text.body.references:
        if reference.kind == "passage" and reference.target not in ids:
            hint = did_you_mean(reference.target, ids) or "add this id to one of the entry’s passages"
            document.add_problem(reference.spot, f"no passage of this entry has the id “{reference.target}”", hint)


def refuse_citations(document: Document) -> None:
    """Report each [@citation] in a file that isn't an entry."""
    for reference in document.text.body.references:
        if reference.kind == "passage":
            message = f"“[@{reference.target}]” cites a passage, which works only in an entry"
            document.add_problem(reference.spot, message, "link to the entry that has the passage: [[its-id]]")


def _correction(fields: Fields) -> Correction | None:
    fields.expect(CORRECTION_KEYS)
    date = fields.required_date("date", "a correction")
    text = fields.required("text", "a correction")
    kind = fields.choice("kind", CORRECTION_KINDS, "correction")
    return Correction(date, kind, text.text, fields.text("was"), fields.text("now")) if date and text else None


def _image(document: Document) -> Image | None:
    fields = document.fields
    source = fields.word("image")
    if source is None:
        for key in ("alt", "credit"):
            if fields.has(key):
                document.add_problem(
                    fields.spot_of(key), f"“{key}” is set, but there is no image", "add image: with the name of a file in assets/"
                )
        return None
    if re.match(r"([a-z][a-z0-9+.-]*:|//)", source.text, re.IGNORECASE):
        document.add_problem(source.spot, "images can’t be loaded from other sites", "save it in assets/ and write its name here")
        return None
    if not fields.has("alt"):
        document.add_problem(source.spot, "the image has no alt text", "describe the image in a line “alt: …”")
    return Image(replace(source, text=source.text.removeprefix("/").removeprefix("assets/")), fields.text("alt"), fields.text("credit"))
