"""Limit markup before it is parsed.

Source: HTML Living Standard, section 13.2.5, "Tokenization".

"""

import re

from sitegen.ingest.receive.unreadable import UnreadableError

MAX_ATTRIBUTES = 1000
"of one element; parsing time grows with their square"

_ATTRIBUTE = r"[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?)?"
_TAG = re.compile(rf"<!--.*?(?:-->|\Z)|<([a-z][^\s/>]*+)((?:[\s/]++|=|{_ATTRIBUTE})*+)>?", re.IGNORECASE | re.DOTALL)
_EACH_ATTRIBUTE = re.compile(_ATTRIBUTE)
_RAW_END = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}


def refuse_many_attributes(html: str) -> None:
    """Raises: UnreadableError."""
    position = 0
    while found := _TAG.search(html, position):
        position = found.end()
        if len(found[2] or "") > 2 * MAX_ATTRIBUTES and sum(1 for _ in _EACH_ATTRIBUTE.finditer(found[2])) > MAX_ATTRIBUTES:
            raise UnreadableError(
                f"an element of this page has more than {MAX_ATTRIBUTES:,} attributes", "save the report’s text in a file"
            )
        if raw := _RAW_END.get((found[1] or "").lower()):
            end = raw.search(html, position)
            position = end.end() if end else len(html)
