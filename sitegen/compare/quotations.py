"""What a report quotes: the spans between its quotation marks.

A quotation ends at the latest with its paragraph. Single quotation marks are left alone, since an apostrophe looks like one.
"""

import re

from sitegen.text.sentences import Span

_MARK = re.compile(r"[\"“”„«»\n]")
_CLOSES = {'"': '"', "“": '”"', "„": '“”"', "«": "»"}


def quotations(text: str) -> tuple[Span, ...]:
    """The spans of quoted words, in order, without their marks."""
    found: list[Span] = []
    opened, start = "", 0
    for mark in _MARK.finditer(text):
        if opened and (mark[0] == "\n" or mark[0] in _CLOSES[opened]):
            found.append(Span(start, mark.start()))
            opened = ""
        elif not opened and mark[0] in _CLOSES:
            opened, start = mark[0], mark.end()
    return (*found, Span(start, len(text))) if opened else tuple(found)
