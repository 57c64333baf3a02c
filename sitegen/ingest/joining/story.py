"""How rare words and dates are: in English, on the site, and above all among the other events of the reports that are compared.

“Bakhmut” tells a story from others, and tells nothing where each event of the story has it. A day that only one event of each report
has speaks for one event, the day on which all of it happened doesn't.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2

from sitegen.dates import Date, parse
from sitegen.ingest.joining.agreement import agreement
from sitegen.ingest.joining.wording import Stems, Wording
from sitegen.ingest.names.word_lists import lists
from sitegen.text.words import words

WHOLE_BIT = 64
"bits are counted in parts, so that sums are the same in any order"
_MOST_BITS, _MOST_DATE_BITS = 9, 6
_ORDINARY, _RARE, _NUMBER, _SAME_DATE = 1 / 60, 1 / 1000, 1 / 40, 1 / 20
"how often an event of no particular story has a given word of English, any other word, a small number, another event's date"
_MOST_REPORTS = 8
"whose other events are looked at, of each of two tellings: an entry may have hundreds of accounts"
_SITE, _STORY = 40, 4
"how many tellings of a site, or of a story, it takes to outweigh what is expected of them"


@dataclass(frozen=True, slots=True)
class Item:
    """A telling, or what stands, as it is compared."""

    articles: tuple[str, ...]
    when: Date
    wording: Wording
    is_expected: bool
    is_dated_by_publication: bool


class Site:
    """What is at hand: all that stands, and a batch of tellings."""

    def __init__(self, told_of: Callable[[str], Iterable[Item]], counts: Sequence[Counter[str]], tellings: int) -> None:
        """*told_of* a report are its items; *counts*, of how many of all tellings have a stem, are summed."""
        self._told_of = told_of
        self._counts = counts
        self._tellings = tellings
        self._shares: dict[str, float] = {}
        self._bits: dict[str, int] = {}
        self._worths: dict[int, int] = {}
        self._reports: dict[str, _Report] = {}
        self._in_story: dict[tuple[str, int, int], int] = {}

    def share(self, stem: str) -> float:
        """How often it is met on the site."""
        found = self._shares.get(stem)
        if found is None:
            held = sum(counts[stem] for counts in self._counts)
            found = self._shares[stem] = (held + _SITE * _base(stem)) / (self._tellings + _SITE)
        return found

    def bits(self, stem: str) -> int:
        """What it says where nothing of the reports is known."""
        found = self._bits.get(stem)
        if found is None:
            found = self._bits[stem] = in_bits(self.share(stem), _MOST_BITS)
        return found

    def worth(self, wording: Wording) -> int:
        """The bits of all its stems."""
        found = self._worths.get(id(wording))
        if found is None:
            found = self._worths[id(wording)] = sum(map(self.bits, wording.stems))
        return found

    def bits_in_story(self, stem: str, held: int, others: int) -> int:
        """What it says where so many of the other events of the reports have it."""
        key = (stem, held, others)
        found = self._in_story.get(key)
        if found is None:
            found = self._in_story[key] = in_bits((held + _STORY * self.share(stem)) / (others + _STORY), _MOST_BITS)
        return found

    def story(self, one: Item, other: Item) -> "Story":
        told_by = dict.fromkeys((*one.articles[:_MOST_REPORTS], *other.articles[:_MOST_REPORTS]))
        return Story(self, [self._report(article) for article in told_by], (one, other))

    def _report(self, article: str) -> "_Report":
        found = self._reports.get(article)
        if found is None:
            items = tuple(self._told_of(article))
            counts = Counter(stem for item in items for stem in item.wording.stems)
            dates = Counter(item.when.edtf for item in items)
            found = self._reports[article] = _Report(article, len(items), counts, dates)
        return found


@dataclass(frozen=True, slots=True)
class _Report:
    """What is told of one report, on the site or in the batch."""

    id: str
    tellings: int
    counts: Counter[str]
    dates: Counter[str]
    "by their EDTF"


class Story:
    """The other events of the reports that two tellings come from."""

    def __init__(self, site: Site, reports: Sequence[_Report], pair: tuple[Item, Item]) -> None:
        self._site = site
        self._reports = reports
        self._pair = [(item, min(len(item.articles), _MOST_REPORTS)) for item in pair]
        self._others = sum(report.tellings for report in reports) - sum(reports_of for _, reports_of in self._pair)
        self._known: dict[str, int] = {}

    def bits(self, stems: Stems) -> int:
        """What it says that both have the stems."""
        known = self._known
        for stem in stems:
            if stem not in known:
                known[stem] = self._bits(stem)
        return sum(map(known.__getitem__, stems))

    def date_bits(self, one: Date, other: Date) -> int:
        """What it says that their dates agree."""
        held: Counter[str] = Counter()
        for report in self._reports:
            held.update(report.dates)
        for item, reports_of in self._pair:
            held[item.when.edtf] -= reports_of
        same = sum(count for edtf, count in held.items() if count > 0 and _agrees(edtf, one) and _agrees(edtf, other))
        return in_bits((same + _STORY * _SAME_DATE) / (self._others + _STORY), _MOST_DATE_BITS)

    def _bits(self, stem: str) -> int:
        held = 0
        for report in self._reports:
            held += report.counts.get(stem, 0)
        for item, reports_of in self._pair:
            if stem in item.wording.stems:
                held -= reports_of
        return self._site.bits_in_story(stem, held, self._others)


def _agrees(edtf: str, date: Date) -> bool:
    return edtf == date.edtf or bool(agreement(parse(edtf), date))


def in_bits(share: float, most: int) -> int:
    return round(WHOLE_BIT * min(most, max(0.0, -log2(share))))


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(word.stem for word in words(" ".join(lists()["ordinary"])))


@lru_cache(maxsize=65536)
def _base(stem: str) -> float:
    if stem.isdigit():
        return _NUMBER if len(stem) < 3 else _RARE
    return _ORDINARY if stem in _ordinary() else _RARE
