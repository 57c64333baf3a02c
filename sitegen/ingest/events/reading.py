"""What a report states, clause by clause, each with its date.

A clause takes the date that stands in it, else that of the clause it hangs on, else that of the same deed where the report dates it,
else that of the story that is told, which is the lead's, else the publication's.
"""

import bisect
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sitegen.dates import Date, parse
from sitegen.ingest.events.attachment import folded_from, role
from sitegen.ingest.events.clauses import Clause, clauses
from sitegen.ingest.events.lexicon import AWAITED, CALLING, CLOCKS, MONTHS_AND_DAYS
from sitegen.ingest.events.reads import Kind, Read
from sitegen.ingest.events.story import placed
from sitegen.ingest.events.told import Expression, Told, told
from sitegen.ingest.events.turning import turned
from sitegen.ingest.events.verbs import Verb
from sitegen.ingest.events.words import Words, behind_dateline, words
from sitegen.ingest.timex import dates


@dataclass(frozen=True, slots=True)
class Statement:
    start: int
    "code points into the text, half open; one may lie inside another"
    end: int
    when: Date | None
    "the period that it falls in or lasts; None: not told"
    kind: Kind
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A report's clauses, sentence by sentence, with their dates."""

    words: Words
    headline: tuple[Read, ...]
    "empty: the text has none"
    body: tuple[tuple[Read, ...], ...]
    published: datetime.date
    dates: tuple[Told, ...]


_LONGEST_SENTENCE = 250  # words; what is longer is a list or a table


def statements(text: str, published: datetime.date) -> tuple[Statement, ...]:
    """All that a report states, in its order."""
    found = reading(text, published, dates(text, published))
    read = [*found.headline, *(each for sentence in found.body for each in sentence)]
    return tuple(sorted((_statement(found.words, each) for each in read), key=lambda statement: (statement.start, -statement.end)))


def _statement(found: Words, each: Read) -> Statement:
    clause = each.clause
    return Statement(found.starts[clause.first], found.ends[clause.last - 1], _in_days(each.when), each.kind, each.why)


def _in_days(when: Date | None) -> Date | None:
    """A quarter or half is the interval of its days, as a week is."""
    if when is None or when.shape != "interval" or when.is_approximate or not (when.earliest and when.latest):
        return when
    return parse(f"{when.earliest}/{when.latest}")


def reading(text: str, published: datetime.date, expressions: Sequence[Expression]) -> Reading:
    found = words(text)
    dates = told(found, expressions)
    begins = [date.first for date in dates]
    read: list[list[Read]] = []
    kept: list[Told] = []
    for number, (opening, high) in enumerate(found.sentences):
        low = behind_dateline(found, opening, high)
        inside = dates[bisect.bisect_left(begins, low) : bisect.bisect_left(begins, high)]
        if low < high and not _is_date_line(inside, found, low, high):
            cut = clauses(found, low, high) if high - low <= _LONGEST_SENTENCE else [Clause(low, high, "main", -1, None, False)]
            inside = [_turned(found, cut[_innermost(cut, date)], date, published) for date in inside]
            read.append(_dated(found, number, cut, inside))
            kept += inside
    headline, body = placed(found, published, read)
    return Reading(found, tuple(headline), tuple(map(tuple, body)), published, tuple(kept))


def _is_date_line(inside: list[Told], found: Words, low: int, high: int) -> bool:
    spelled = sum(found.lower[index][0].isalnum() for index in range(low, high))
    covered = sum(date.last - date.first for date in inside)
    return bool(inside) and covered >= spelled - 1 and spelled <= 8


def _dated(found: Words, number: int, cut: list[Clause], dates: list[Told]) -> list[Read]:
    """The clauses of a sentence with the dates that stand in them; what is folded into one follows them all."""
    own: list[list[Told]] = [[] for _ in cut]
    folded: list[Read] = []
    for date in dates:
        place = _innermost(cut, date)
        own[place].append(date)
        opening = folded_from(found, cut[place], date)
        if opening is not None and role(found, cut[place], date) == "folded":
            clause = Clause(opening, date.last, "folded", place, Verb(opening, opening, "participle"), False)
            folded.append(Read(clause, number, date.when, "own", date.why))
    for place, clause in enumerate(cut):
        if not own[place] and (found.lower[clause.first] == "when" or _is_in_which(found, clause)):
            own[place] += [_its_end(found, date) for date in dates if clause.first - 1 <= date.last <= clause.first]
    return [*(_own(found, number, clause, mine) for clause, mine in zip(cut, own, strict=True)), *folded]


def _is_in_which(found: Words, clause: Clause) -> bool:
    """“the attack on Friday, in which eleven died”."""
    return found.lower[clause.first : clause.first + 2] in (["in", "which"], ["during", "which"])


def _its_end(found: Words, date: Told) -> Told:
    """“from 2009 until last month, when …”: the month."""
    _, _, end = date.when.edtf.partition("/")
    is_joined = any(word in ("until", "till", "to", "and") for word in found.lower[date.first : date.last])
    return replace(date, when=parse(end)) if is_joined and end[:1].isdigit() and date.when.shape == "interval" else date


def _turned(found: Words, clause: Clause, date: Told, published: datetime.date) -> Told:
    """A date as its verb's tense has it; what is folded is over: “the law, passed in January, will …”."""
    what = role(found, clause, date)
    if what == "folded":
        opening = folded_from(found, clause, date)
        is_ahead = opening is not None and found.lower[opening] in AWAITED | CALLING
        return date if is_ahead else turned(found, date, Verb(date.first, date.first, "past"), published)
    return turned(found, date, clause.verb, published) if what in ("when", "since", "by") else date


def _innermost(cut: list[Clause], date: Told) -> int:
    around = [place for place, clause in enumerate(cut) if clause.first <= date.first < clause.last]
    return min(around, key=lambda place: cut[place].last - cut[place].first)


_SPANS = {"time": 0, "day": 0, "interval": 1, "set": 1, "month": 2, "season": 3, "year": 4, "decade": 5, "century": 6}


def _own(found: Words, number: int, clause: Clause, dates: list[Told]) -> Read:
    roles = [(role(found, clause, date), date) for date in dates]
    fitting = [date for what, date in roles if what in ("when", "since")]
    deadline = [date for what, date in roles if what == "by"]
    if not fitting and deadline and clause.verb and clause.verb.tense in ("future", "conditional"):
        fitting = deadline
    if not fitting:
        return Read(clause, number, None, "", "")
    verb = clause.verb.head if clause.verb else clause.first
    best = min(
        fitting,
        key=lambda date: (
            _SPANS.get(date.when.shape, 9),
            _is_bracketed(found, clause, date),
            _is_clock(found, date),
            abs(date.first - verb),
        ),
    )
    lasts = any(what == "since" and date is best for what, date in roles)
    return Read(clause, number, best.when, "own", best.why, lasts=lasts, is_clock=_is_clock(found, best))


def _is_bracketed(found: Words, clause: Clause, date: Told) -> bool:
    """“at 2:50 a.m. (2350 GMT on Tuesday)”: the same moment by another clock."""
    before = found.lower[clause.first : date.first]
    return before.count("(") > before.count(")")


def _is_clock(found: Words, date: Told) -> bool:
    """“at 2:50 a.m.”, “midnight”: no day, no month."""
    spelled = found.lower[date.first : date.last]
    return not any(word.removesuffix("'s") in MONTHS_AND_DAYS or (word.isdigit() and len(word) > 2) for word in spelled) and any(
        word in CLOCKS or word.endswith(("am", "pm")) for word in spelled
    )
