"""Each quotation stands in its capture, word for word: found, or told. Never re-anchored by a guess.

First the very characters are looked for, then the same with white space, quotation marks and dashes folded.
A quotation that stands there twice wants a prefix or a suffix, which must stand right before and behind it.
Source: W3C Web Annotation Data Model, section 4.2.4, Text Quote Selector.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sitegen.model import Account, Article, Content, Entry, Passage
from sitegen.problems import Problem, Spot, did_you_mean, note, problem

_QUOTATION_MARKS = "\"“”„‟«»″＂'‘’‚‛′‹›＇`"
_DASHES = "-‐‑‒–—―−"
_FOLDED_CHARACTERS = str.maketrans(dict.fromkeys(_QUOTATION_MARKS, "'") | dict.fromkeys(_DASHES, "-"))


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    "code points into the capture"
    end: int


@dataclass(frozen=True, slots=True)
class Missing:
    closest: str
    "the capture's words that are most like the quotation; empty where none are"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    times: int
    "how often it stands there, with its prefix and suffix"


class Folded:
    """A capture's text with white space, quotation marks and dashes folded, and the way back to its offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces: list[str] = []
        self._starts: list[int] = []
        for word in re.finditer(r"\S+", text):
            if pieces:
                pieces.append(" ")
                self._starts.append(word.start() - 1)
            pieces.append(word[0].translate(_FOLDED_CHARACTERS))
            self._starts.extend(range(*word.span()))
        self.folded = "".join(pieces)

    def original(self, start: int, end: int) -> Found:
        return Found(self._starts[start], self._starts[end - 1] + 1)


def fold(text: str) -> str:
    return " ".join(text.translate(_FOLDED_CHARACTERS).split())


def locate(passage: Passage, capture: Folded) -> Found | Missing | Ambiguous:
    """Where the passage stands in the capture."""
    exact = [Found(start, end) for start, end in _places(capture.text, passage.quote.text, passage.prefix, passage.suffix)]
    found = exact or [
        capture.original(start, end)
        for start, end in _places(capture.folded, fold(passage.quote.text), fold(passage.prefix), fold(passage.suffix))
    ]
    if len(found) == 1:
        return found[0]
    return Ambiguous(len(found)) if found else Missing(_closest(fold(passage.quote.text), capture))


def check(content: Content) -> Iterator[Problem]:
    """What is wrong between entries, reports and captures."""
    articles = {article.id: article for article in content.articles}
    yield from _check_articles(content, articles)
    captures = {id: Folded(capture.text) for id, capture in content.captures.items()}
    for entry in content.entries:
        for account in entry.accounts:
            if isinstance(account, Account):
                yield from _check_account(content, entry, account, articles, captures)


def _check_articles(content: Content, articles: dict[str, Article]) -> Iterator[Problem]:
    for id, capture in content.captures.items():
        if id not in articles and id not in content.unread:
            yield note(capture.file, Spot(), "no report belongs to this capture", f"write content/articles/{id}.md")
    for article in articles.values():
        origin = article.derived_from
        if origin and origin.text not in articles and origin.text not in content.unread:
            yield problem(article.file, origin.spot, f"no report has the id “{origin.text}”", did_you_mean(origin.text, articles))
        elif origin and _leads_back(article, articles):
            yield problem(
                article.file, origin.spot, "this report derives from itself", "one of the reports in the circle has no derived_from"
            )
        capture_of_it = content.captures.get(article.id)
        if capture_of_it and article.sha256 and article.sha256.text != capture_of_it.sha256:
            hint = f"restore {capture_of_it.file}, or write sha256: {capture_of_it.sha256} if the change was meant"
            yield problem(article.file, article.sha256.spot, "the capture is not the one that was stored: its fingerprint differs", hint)


def _leads_back(article: Article, articles: dict[str, Article]) -> bool:
    seen = {article.id}
    following = article
    while following.derived_from and following.derived_from.text in articles:
        following = articles[following.derived_from.text]
        if following.id in seen:
            return following.id == article.id
        seen.add(following.id)
    return False


def _check_account(
    content: Content, entry: Entry, account: Account, articles: dict[str, Article], captures: dict[str, Folded]
) -> Iterator[Problem]:
    article = account.article
    if article.text not in articles:
        if article.text not in content.unread:
            hint = did_you_mean(article.text, articles) or f"write content/articles/{article.text}.md, or cite it by url:"
            yield problem(entry.file, article.spot, f"no report has the id “{article.text}”", hint)
        return
    if article.text not in captures:
        if account.passages:
            yield note(
                entry.file,
                article.spot,
                f"the passages of “{article.text}” are not verified here",
                f"content/captures/{article.text}.txt is not there",
            )
        return
    for passage in account.passages:
        place = locate(passage, captures[article.text])
        if isinstance(place, Missing):
            yield problem(entry.file, passage.quote.spot, _missing(passage, article.text), _missing_hint(place))
        elif isinstance(place, Ambiguous):
            message = f"these words stand {place.times} times in {content.captures[article.text].file}"
            yield problem(entry.file, passage.quote.spot, message, "add prefix: or suffix: with the words right before or behind them")


def _missing(passage: Passage, article: str) -> str:
    context = " between this prefix and suffix" if passage.prefix or passage.suffix else ""
    return f"this quotation doesn’t stand in content/captures/{article}.txt{context}"


def _missing_hint(missing: Missing) -> str:
    return f"the closest passage there is “{missing.closest}”" if missing.closest else "quote it word for word"


def _places(text: str, quote: str, prefix: str, suffix: str) -> list[tuple[int, int]]:
    """All spans of *quote* whose neighbours are *prefix* and *suffix*, white space between them apart."""
    spans: list[tuple[int, int]] = []
    start = text.find(quote) if quote else -1
    while start >= 0:
        end = start + len(quote)
        if text[:start].rstrip().endswith(prefix.strip()) and text[end:].lstrip().startswith(suffix.strip()):
            spans.append((start, end))
        start = text.find(quote, start + 1)
    return spans


def _closest(quote: str, capture: Folded) -> str:
    """The run of the capture's words that is most like the quotation, at least half alike."""
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", capture.folded)]
    length = len(quote.split())
    wanted = set(quote.casefold().split())
    best, best_ratio = "", 0.5
    for first in range(max(1, len(words) - length + 1) if words else 0):
        span = words[first : first + length]
        start, end = span[0][0], span[-1][1]
        candidate = capture.folded[start:end]
        if 2 * len(wanted & set(candidate.casefold().split())) < len(wanted):
            continue
        ratio = SequenceMatcher(None, quote, candidate, autojunk=False).ratio()
        if ratio > best_ratio:
            best, best_ratio = candidate, ratio
            place = capture.original(start, end)
            best = " ".join(capture.text[place.start : place.end].split())
    return best
