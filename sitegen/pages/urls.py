"""Addresses. A path is relative to the site (/entries/ID/); an href has the base path and is encoded."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from sitegen.model import Settings
from sitegen.timeline.graph import Name, TermKind

FOLDERS: dict[TermKind, str] = {"person": "people", "place": "places", "tag": "tags"}
_KEPT = "/#?=&;,:@+~%-._!*()'"
_is_encoded = re.compile(f"[A-Za-z0-9{re.escape(_KEPT)}]*").fullmatch

MAX_FRAGMENT = 80
"characters of a quotation in a text fragment; of a longer one only the first and last words are used"


@dataclass(frozen=True, slots=True)
class Urls:
    base_path: str
    "/ or /repo/"
    base_url: str
    "without a trailing slash; empty if the site has none"

    @classmethod
    def of(cls, settings: Settings) -> "Urls":
        return cls(settings.base_path, _encoded(settings.base_url))

    def href(self, path: str) -> str:
        return self.base_path + _encoded(path.removeprefix("/"))

    def file_href(self, path: str) -> str:
        """The href of an asset, whose name may contain special characters such as # and %."""
        return self.base_path + quote(path.removeprefix("/"), errors="surrogateescape")

    def whole(self, path: str) -> str:
        """With the host; empty if the site has no base_url."""
        return f"{self.base_url}/{_encoded(path.removeprefix('/'))}" if self.base_url else ""

    def address(self, path: str) -> str:
        """With the host if the site has a base_url."""
        return self.whole(path) or self.href(path)


def _encoded(text: str) -> str:
    return text if _is_encoded(text) else quote(text, safe=_KEPT, errors="surrogateescape")


def page_of(file: str) -> str:
    """The path of the page that shows the body of a file in content/."""
    folder, id = file.split("/")[1], file.split("/")[-1].removesuffix(".md")
    match folder:
        case "pages":
            return f"/{id}/"
        case "comparisons":
            return compare_path(id)
        case "drafts":
            return entry_path(id)
    return f"/{folder}/{id}/"


def fragment(id: str) -> str:
    """`#ID`, encoded."""
    return f"#{_encoded(id)}"


def entry_path(id: str) -> str:
    return f"/entries/{id}/"


def name_path(name: Name) -> str:
    return f"/{FOLDERS[name.kind]}/{name.id}/"


def article_path(id: str) -> str:
    return f"/articles/{id}/"


def compare_path(pair: str) -> str:
    """*pair* is A...B."""
    return f"/compare/{pair}/"


def years_path(years: str) -> str:
    """*years* is a year, decade or century in EDTF."""
    return f"/{years}/"


def month_path(year: str, month: int) -> str:
    return f"/{year}/{month:02}/"


def years_anchor(years: str) -> str:
    return f"_{years}"


def month_anchor(year: str, month: int) -> str:
    return f"_{year}-{month:02}"


def output_path(address: str) -> str:
    """The file for an address: people/index.html for /people/."""
    return (address + "index.html" if address.endswith("/") else address).removeprefix("/")


def text_fragment(url: str, quote_text: str) -> str:
    """A link that highlights the quotation on the report's original page. Source: WICG, "URL Fragment Text Directives"."""
    if not (url and quote_text):
        return ""
    text = " ".join(quote_text.split())
    words = text.split(" ")

    def encoded(part: str) -> str:
        return quote(part, safe="").replace("-", "%2D")

    if len(text) <= MAX_FRAGMENT or len(words) < 10:
        directive = encoded(text)
    else:
        directive = f"{encoded(' '.join(words[:4]))},{encoded(' '.join(words[-4:]))}"
    return f"{url.partition('#')[0]}#:~:text={directive}"
