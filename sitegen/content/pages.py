"""Static pages: about, method."""

from sitegen.content.document import Document
from sitegen.content.entries import refuse_citations
from sitegen.model import StaticPage
from sitegen.problems import Spot

KEYS = ("title",)
TAKEN = (
    "entries",
    "people",
    "places",
    "tags",
    "articles",
    "compare",
    "map",
    "search",
    "corrections",
    "data",
    "assets",
    "feed",
    "404",
    "index",
)


def read(document: Document) -> StaticPage | None:
    document.fields.expect(KEYS)
    refuse_citations(document)
    if document.id in TAKEN or document.id.isdigit():
        document.tell(
            Spot(), f"a page can’t be called “{document.id}”", f"/{document.id}/ is an address of the timeline’s own; rename the file"
        )
    title = document.fields.required("title", "a page")
    return StaticPage(document.id, document.file, title.text, document.text.brief) if title else None
