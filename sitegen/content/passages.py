"""Check that each quotation is in its capture, word for word. A quotation that isn't there is reported, never re-anchored by a guess.

A quotation is searched for exactly as written, then with white space, quotation marks and dashes folded and invisible characters dropped.
Only whole words match. A quotation that occurs more than once needs a prefix or a suffix: the words just before or just after it.
Source: W3C Web Annotation Data Model, section 4.2.4, Text Quote Selector.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from heapq import nlargest
from itertools import accumulate
from posixpath import commonprefix

from sitegen.content.nodes import spot_within
from sitegen.model import Account, Article, Capture, Content, Entry, Passage, Word
from sitegen.problems import Problem, Spot, did_you_mean, note, problem
from sitegen.text.boundaries import is_inside_word, whole_words

_QUOTATION_MARKS = "\"“”„‟«»″＂'‘’‚‛′‹›＇`"
_MARKS_BETWEEN = ",.;:"
_DASHES = "-‐‑‒–—―−"
_MIN_SIMILARITY = 0.6
"similarity, 0 to 1; less similar words are not suggested"
_LENGTH_PENALTY = 0.3
"penalty on the similarity for a difference in length, times that difference as a share of the quotation's words"
_MAX_WORDS_COMPARED = 40
"words of a quotation that are compared; the rest is assumed to follow"
_INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"
"line-break hints and direction marks; joiners are kept, because Persian and Indic words contain them"
_FOLDED_CHARACTERS = str.maketrans(dict.fromkeys(_QUOTATION_MARKS, "'") | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_INVISIBLE, ""))


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    "code points into the capture"
    end: int


@dataclass(frozen=True, slots=True)
class Missing:
    closest: str
    "the words of the capture most similar to the quotation; empty if none are similar enough"
    differs_at: int = 0
    "code points into the quotation: the first difference from these words"


@dataclass(frozen=True, slots=True)
class InsideWord:
    """The quotation occurs, but begins or ends within a word."""

    whole: str
    "the complete words of the capture"
    is_begun: bool
    "True if the first word is cut, False if the last one is"


@dataclass(frozen=True, slots=True)
class OutOfContext:
    before: str
    "the words before the quotation in the capture"
    after: str
    "the words after it"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    times: int
    "number of occurrences with its prefix and suffix"


class Folded:
    """A capture's text with white space, quotation marks and dashes folded, and the offsets in the original text.

    The text is folded on first use: most quotations are found without it.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        return " ".join(self.text.translate(_FOLDED_CHARACTERS).split())

    @cached_property
    def _starts(self) -> list[int]:
        """Offset in the text of each character of the folded text; a space is at the character before the next word."""
        starts: list[int] = []
        for word in re.finditer(r"\S+", self.text):
            seen = [place for place in range(*word.span()) if self.text[place] not in _INVISIBLE]
            if starts and seen:
                starts.append(word.start() - 1)
            starts.extend(seen)
        return starts

    def original(self, start: int, end: int) -> Found:
        return Found(self._starts[start], self._starts[end - 1] + 1)


def fold(text: str) -> str:
    return " ".join(text.translate(_FOLDED_CHARACTERS).split())


def locate(passage: Passage, capture: Folded) -> Found | Missing | InsideWord | OutOfContext | Ambiguous:
    exact = [Found(start, end) for start, end in _places(capture.text, passage.quote.text, passage.prefix, passage.suffix)]
    found = _of_whole_words(exact, capture)
    if not found:
        found = _of_whole_words([capture.original(start, end) for start, end in _folded_places(passage, capture)], capture)
    if len(found) == 1:
        return found[0]
    if found:
        return Ambiguous(len(found))
    quote = fold(passage.quote.text)
    elsewhere = _places(capture.folded, quote, "", "")
    if not elsewhere:
        return _missing(passage.quote.text, _closest(quote, capture))
    whole = [span for span in elsewhere if _of_whole_words([capture.original(*span)], capture)]
    return _out_of_context(passage, capture, whole) if whole else _inside_word(capture.original(*elsewhere[0]), capture)


def _of_whole_words(places: Sequence[Found], capture: Folded) -> list[Found]:
    text = capture.text
    return [place for place in places if not is_inside_word(text, place.start) and not is_inside_word(text, place.end)]


def _inside_word(place: Found, capture: Folded) -> InsideWord:
    start, end = whole_words(capture.text, place.start, place.end)
    return InsideWord(" ".join(capture.text[start:end].split()), start < place.start)


def _missing(quote: str, closest: str) -> Missing:
    """*closest* may begin with a quotation mark of the capture that the quotation leaves out."""
    folded, other = Folded(quote), fold(closest)
    if not folded.folded.startswith("'"):
        other = other.lstrip("'")
    if not other:
        return Missing(closest)
    same = len(commonprefix((folded.folded, other)))
    return Missing(closest, folded.original(same, same + 1).start if same < len(folded.folded) else len(quote.rstrip()) - 1)


@dataclass(slots=True)
class Verified:
    """Accounts that were checked. One is checked again only if it or its report's capture has changed."""

    _accounts: dict[tuple[str, int], tuple[Account, Capture, tuple[Problem, ...]]] = field(default_factory=dict)
    "by the entry's file and the index of the account in it"

    def check(self, content: Content) -> tuple[Problem, ...]:
        """Check quotations and reports against the captures, and references to reports."""
        articles = {article.id: article for article in content.articles}
        problems = list(_check_articles(content, articles))
        folded: dict[str, Folded] = {}
        looked_at: dict[tuple[str, int], tuple[Account, Capture, tuple[Problem, ...]]] = {}
        for entry in content.entries:
            for number, account in enumerate(entry.accounts):
                if not isinstance(account, Account):
                    continue
                capture = content.captures.get(account.article.text)
                if account.article.text not in articles or capture is None:
                    problems += _not_verified(content, entry, account, articles)
                    continue
                known = self._accounts.get((entry.file, number))
                if known is None or known[0] is not account or known[1] is not capture:
                    if account.article.text not in folded:
                        folded[account.article.text] = Folded(capture.text)
                    known = account, capture, tuple(_check_passages(entry, account, capture, folded[account.article.text]))
                looked_at[entry.file, number] = known
                problems += known[2]
        self._accounts = looked_at
        return tuple(problems)


def _check_articles(content: Content, articles: dict[str, Article]) -> Iterator[Problem]:
    for id, capture in content.captures.items():
        if id not in articles and id not in content.unread:
            yield note(capture.file, Spot(), "this capture has no report", f"add content/articles/{id}.md")
    for article in articles.values():
        origin = article.derived_from
        if origin and origin.text not in articles and origin.text not in content.unread:
            hint = did_you_mean(origin.text, articles) or f"add content/articles/{origin.text}.md, or delete the line"
            yield problem(article.file, origin.spot, f"no report has the id “{origin.text}”", hint)
        elif origin and _leads_back(article, articles):
            yield problem(
                article.file, origin.spot, "this report is derived from itself", "delete the derived_from of one of the reports in the loop"
            )
        capture_of_it = content.captures.get(article.id)
        if capture_of_it and article.sha256 and article.sha256.text != capture_of_it.sha256:
            hint = f"restore {capture_of_it.file}, or write sha256: {capture_of_it.sha256} if you meant to change it"
            yield problem(
                article.file, article.sha256.spot, "the capture has changed since it was stored: its fingerprint is different", hint
            )


def _leads_back(article: Article, articles: dict[str, Article]) -> bool:
    seen = {article.id}
    following = article
    while following.derived_from and following.derived_from.text in articles:
        following = articles[following.derived_from.text]
        if following.id in seen:
            return following.id == article.id
        seen.add(following.id)
    return False


def _not_verified(content: Content, entry: Entry, account: Account, articles: dict[str, Article]) -> Iterator[Problem]:
    """Report that the article of an account, or its capture, is missing."""
    article = account.article
    if article.text in content.unread:
        return
    if article.text not in articles:
        hint = did_you_mean(article.text, articles) or f"add content/articles/{article.text}.md, or cite the report by url:"
        yield problem(entry.file, article.spot, f"no report has the id “{article.text}”", hint)
    elif account.passages:
        hint = f"content/captures/{article.text}.txt is missing"
        yield note(entry.file, article.spot, f"can’t check the passages from “{article.text}”", hint)


def _check_passages(entry: Entry, account: Account, capture: Capture, folded: Folded) -> Iterator[Problem]:
    for passage in account.passages:
        match locate(passage, folded):
            case Missing(closest, differs_at):
                hint = f"did you mean “{closest}”?" if closest else "quote the report word for word"
                spot = spot_within(passage.quote, differs_at)
                yield problem(entry.file, spot, f"this quotation is not in {capture.file}", hint)
            case InsideWord() as cut:
                yield inside_word_problem(entry.file, passage.quote, cut, capture)
            case OutOfContext(before, after):
                message = f"this quotation is in {capture.file}, but not {_context(passage)}"
                yield problem(entry.file, passage.quote.spot, message, f"there, it comes after “{before}” and before “{after}”")
            case Ambiguous(times):
                message = f"these words appear {times} times in {capture.file}"
                hint = "add prefix: with the words just before them, or suffix: with the words just after"
                if _context(passage):
                    message = f"these words appear {times} times in {capture.file} {_context(passage)}"
                    hint = "make prefix: or suffix: longer, with more of the words around them"
                yield problem(entry.file, passage.quote.spot, message, hint)


def inside_word_problem(file: str, quote: Word, cut: InsideWord, capture: Capture) -> Problem:
    hint = f"quote whole words: “{cut.whole}”"
    if cut.is_begun:
        return problem(file, quote.spot, f"this quotation starts in the middle of a word in {capture.file}", hint)
    return problem(file, spot_within(quote, len(quote.text) - 1), f"this quotation ends in the middle of a word in {capture.file}", hint)


def _context(passage: Passage) -> str:
    if passage.prefix and passage.suffix:
        return "between this prefix and this suffix"
    return "after this prefix" if passage.prefix else "before this suffix" if passage.suffix else ""


def _out_of_context(passage: Passage, capture: Folded, spans: Sequence[tuple[int, int]]) -> OutOfContext:
    """The context of the occurrence whose context is most similar to the requested one."""
    prefix, suffix = fold(passage.prefix), fold(passage.suffix)

    def likeness(span: tuple[int, int]) -> float:
        before, after = capture.folded[: span[0]].rstrip()[-len(prefix) :], capture.folded[span[1] :].lstrip()[: len(suffix)]
        return SequenceMatcher(None, before, prefix).ratio() * bool(prefix) + SequenceMatcher(None, after, suffix).ratio() * bool(suffix)

    place = capture.original(*max(spans[:50], key=likeness))
    before, after = capture.text[max(0, place.start - 200) : place.start], capture.text[place.end : place.end + 200]
    return OutOfContext(" ".join(before.split()[-5:]), " ".join(after.split()[:5]))


def _places(text: str, quote: str, prefix: str, suffix: str) -> list[tuple[int, int]]:
    """All spans of *quote* between *prefix* and *suffix*, with any white space between them."""
    spans: list[tuple[int, int]] = []
    start = text.find(quote) if quote else -1
    while start >= 0:
        end = start + len(quote)
        if _ends_with(text, start, prefix.strip()) and _goes_on_with(text, end, suffix.strip()):
            spans.append((start, end))
        start = text.find(quote, start + 1)
    return spans


def _folded_places(passage: Passage, capture: Folded) -> list[tuple[int, int]]:
    words = [fold(text) for text in (passage.quote.text, passage.prefix, passage.suffix)]
    return _places(capture.folded, *words) or _places(capture.folded, *(unicodedata.normalize("NFC", text) for text in words))


def _ends_with(text: str, end: int, prefix: str) -> bool:
    while end and text[end - 1].isspace():
        end -= 1
    return text.endswith(prefix, 0, end)


def _goes_on_with(text: str, start: int, suffix: str) -> bool:
    while start < len(text) and text[start].isspace():
        start += 1
    return text.startswith(suffix, start)


def _closest(quote: str, capture: Folded) -> str:
    """The run of the capture's words most similar to the quotation; empty if none is similar enough.

    Only runs that share the most trigrams with the quotation's first words are compared with these letter by letter.
    """
    words = [found.span() for found in re.finditer(r"\S+", capture.folded)]
    if not words:
        return ""
    wanted = quote.split()
    head = " ".join(wanted[:_MAX_WORDS_COMPARED])
    length = min(len(wanted), _MAX_WORDS_COMPARED, len(words))

    def likeness(run: tuple[int, int]) -> float:
        text = capture.folded[words[run[0]][0] : words[run[1] - 1][1]]
        unlike_in_length = abs(run[1] - run[0] - length) / length
        return SequenceMatcher(None, head.casefold(), text.casefold(), autojunk=False).ratio() - _LENGTH_PENALTY * unlike_in_length

    starts = _candidates(head, [capture.folded[start:end] for start, end in words], length)
    start = max(starts, key=lambda start: likeness((start, start + length)))
    nearby = [
        (first, last)
        for first in range(max(0, start - 2), start + 3)
        for last in range(start + length - 2, min(start + length + 2, len(words)) + 1)
        if first < last
    ]
    first, last = max(nearby, key=likeness)
    if likeness((first, last)) < _MIN_SIMILARITY:
        return ""
    last = min(last + len(wanted) - length, len(words))
    place = capture.original(words[first][0], words[last - 1][1])
    closest = " ".join(capture.text[place.start : place.end].split())
    return closest.rstrip(_MARKS_BETWEEN) if wanted[-1][-1] not in _MARKS_BETWEEN else closest


def _candidates(head: str, words: Sequence[str], length: int) -> list[int]:
    """Start indexes of the runs of *length* words that share most trigrams with *head*: at most 12, not close to each other."""
    wanted = _threes(head)
    shared = [0, *accumulate(len(_threes(word) & wanted) for word in words)]
    most = nlargest(20 * length + 20, range(len(words) - length + 1), key=lambda first: shared[first + length] - shared[first])
    apart: list[int] = []
    for first in most:
        if len(apart) < 12 and all(abs(first - other) > length // 2 for other in apart):
            apart.append(first)
    return apart


def _threes(text: str) -> set[str]:
    padded = f" {text.casefold()} "
    return {padded[index : index + 3] for index in range(len(padded) - 2)}
