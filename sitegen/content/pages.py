"""Parse static pages, such as about and method: the files in content/pages/."""

import re

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

_DECADE_OR_CENTURY = re.compile("[0-9]{3}x|[0-9]{2}xx")
"the timeline uses /198X/ and /19XX/, which are the same folders on many disks"


def read(document: Document) -> StaticPage | None:
    document.fields.expect(KEYS)
    refuse_citations(document)
    if document.id in TAKEN or document.id.isdigit() or _DECADE_OR_CENTURY.fullmatch(document.id):
        document.add_problem(
            Spot(), f"a page can’t be called “{document.id}”", f"the timeline itself uses the address /{document.id}/; rename the file"
        )
    title = document.fields.required("title", "a page")
    return StaticPage(document.id, document.file, title.text, document.text.brief) if title else None
