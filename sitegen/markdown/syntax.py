"""The syntax that both readers of Markdown share: our own references, the addresses a link may have, the HTML of footnotes.

Our Markdown is CommonMark with tables and footnotes, without raw HTML. Two forms are our own: `[[target]]` or
`[[target|words]]` links to an entry or a name, and `[@passage]` cites a passage of the entry.
"""

import re

from sitegen.model import Reference
from sitegen.problems import Spot

NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"control characters and noncharacters, which HTML forbids; shown as �"

REFERENCE = re.compile(r"\[\[\s*(?P<target>[^\[\]|\s][^\[\]|]*)(?:\|(?P<text>[^\[\]]+))?\]\]|\[@(?P<passage>[^\[\]\s]+)\]")
FOOTNOTE_REF = re.compile(r"\[\^([^\[\]\n]+)\]")

EXTERNAL_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
"matches an address that begins with a scheme or a host; any other is one of this site"

PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,3}(?:[/?#][A-Za-z0-9/._~=?#,;+:@$!'-]*)?")
"an address that normalizing does not change"

EXTERNAL_REL = "noopener noreferrer"
"the `rel` of a link to another site"

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALLOWED_SCHEMES = ("http", "https", "mailto")

NOTE_END = "</aside>\n"


def reference(found: re.Match[str], spot: Spot) -> Reference:
    """*found* is a match of `REFERENCE`, or of a pattern that contains it."""
    if found["passage"]:
        return Reference("passage", found["passage"], "", spot)
    return Reference("link", " ".join(found["target"].split()), " ".join((found["text"] or "").split()), spot)


def is_allowed_address(address: str) -> bool:
    """Whether a link may lead there: http, https, mailto, or an address without a scheme."""
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[1].lower() in _ALLOWED_SCHEMES


def footnote_ref(number: int, repeat: int = 0) -> str:
    """The link from the text to footnote *number*, from 1; *repeat* counts the earlier links to the same one."""
    anchor = f"_ref-{number}-{repeat + 1}" if repeat else f"_ref-{number}"
    return f'<sup class="ref" id="{anchor}"><a href="#_note-{number}" role="doc-noteref">{number}</a></sup>'


def note_start(number: int) -> str:
    back = f'<a class="back" href="#_ref-{number}" role="doc-backlink">{number}</a>'
    return f'<aside class="sidenote" id="_note-{number}" role="note">{back} '
