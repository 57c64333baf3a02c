"""Find the quotations in a report: the spans between its quotation marks.

A quotation ends no later than its paragraph.
"""

import re
from collections.abc import Iterator

from sitegen.text.sentences import Span

_MARK = re.compile(r"[\"“”„«»\n]")
_CLOSES = {'"': '"', "“": '”"', "„": '“”"', "«": "»"}
_SINGLE_QUOTED = re.compile(r"(?<![\w’'])[‘'‚]((?:[^\W_]|\d)(?:[^\n‘’'‚]|(?<=\w)[’'](?=\w))*)[’'‘](?!\w)")


def quotations(text: str) -> tuple[Span, ...]:
    """The spans of quoted words, in order, without their marks. Single marks don’t count: an apostrophe looks the same."""
    found: list[Span] = []
    opened, start = "", 0
    for mark in _MARK.finditer(text):
        if opened and (mark[0] == "\n" or mark[0] in _CLOSES[opened]):
            found.append(Span(start, mark.start()))
            opened = ""
        elif not opened and mark[0] in _CLOSES:
            opened, start = mark[0], mark.end()
    return (*found, Span(start, len(text))) if opened else tuple(found)


def all_quotations(text: str) -> tuple[Span, ...]:
    """Those in single marks, too: British newsrooms and headlines write ‘very likely’. One inside a double quotation counts as part of it."""
    double = quotations(text)
    return tuple(sorted((*double, *_single_quoted(text, double)), key=lambda span: span.start))


def _single_quoted(text: str, double: tuple[Span, ...]) -> Iterator[Span]:
    for found in _SINGLE_QUOTED.finditer(text):
        if not any(span.start <= found.start() < span.end for span in double):
            yield Span(*found.span(1))
