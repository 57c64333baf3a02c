"""Statements that tell one event become one; few are chosen, in the report's order, its lead first."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sitegen.dates import Date, parse
from sitegen.ingest.events.choosing import Chosen, chosen
from sitegen.ingest.events.deeds import stem, stems
from sitegen.ingest.events.lexicon import MONTHS_AND_DAYS, NOT, SAYING
from sitegen.ingest.events.passages import passage
from sitegen.ingest.events.reading import Reading, reading
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.referents import named
from sitegen.ingest.events.speakers import Mention, speaker
from sitegen.ingest.events.story import of_publication
from sitegen.ingest.events.titles import title
from sitegen.ingest.events.told import Expression
from sitegen.ingest.events.words import Words

Status = Literal["reported", "expected"]


@dataclass(frozen=True, slots=True)
class Passage:
    start: int
    "code points into the text, half open"
    end: int
    speaker: str
    "as the text names them; empty: it doesn't"


@dataclass(frozen=True, slots=True)
class Event:
    """What a report tells of one happening: an entry to be drafted."""

    when: Date
    title: str
    status: Status
    people: tuple[str, ...]
    "as spelled, in order"
    places: tuple[str, ...]
    passages: tuple[Passage, ...]
    "at least one; the first tells it"
    why: str
    "how its date was read"
    is_dated_by_publication: bool = False
    "whether its words tell no day"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A chosen statement, with the words quoted."""

    chosen: Chosen
    span: tuple[int, int]
    about: frozenset[str]
    speaker: str
    is_denied: bool
    "whether it tells that something did not happen"


_MOST_PASSAGES = 3
_FEW = 5  # events of a report of ten sentences
_TIMES = frozenset(map(stem, MONTHS_AND_DAYS | SAYING))


def events(
    text: str, published: datetime.date, expressions: Sequence[Expression], names: Sequence[Mention] = (), headline: str = ""
) -> tuple[Event, ...]:
    """The events of a report; *headline* is its title, where the text doesn't begin with it."""
    read = reading(text, published, expressions)
    common = _common(read)
    pieces = [_piece(read, each, names, common) for each in chosen(read, names, headline or text.lstrip())]
    groups: list[list[_Piece]] = []
    for piece in pieces:
        group = next((group for group in groups if _is_same(group, piece)), None)
        if group is not None:
            group.append(piece)
        elif not piece.chosen.only_adds:
            groups.append([piece])
    return tuple(_event(read, group, names, headline) for group in _weightiest(groups, _most(len(read.body))))


def _most(sentences: int) -> int:
    """Of ten sentences five events, of twenty eleven, of forty fifteen; longer reports tell more of the same."""
    return _FEW + (3 * max(0, min(sentences, 20) - 10) + 4) // 5 + max(0, min(sentences, 40) - 20) // 5 + max(0, sentences - 40) // 10


def _weightiest(groups: list[list[_Piece]], most: int) -> list[list[_Piece]]:
    """As many as a report of that length has, in their order; of equal ones those first whose day no other tells."""
    seen: Counter[Date | None] = Counter()
    ranked: list[tuple[int, int, int]] = []
    for number, group in enumerate(groups):
        when = group[0].chosen.read.when
        ranked.append((-max(piece.chosen.weight for piece in group), seen[when], number))
        seen[when] += 1
    return [groups[number] for number in sorted(number for _, _, number in sorted(ranked)[:most])]


def _common(read: Reading) -> frozenset[str]:
    """What so many sentences are about that it tells no event from another; days and months never do."""
    counts = Counter(stem for sentence in read.body for stem in _about(read.words, sentence))
    most = max(3, len(read.body) // 5)
    return frozenset(stem for stem, count in counts.items() if count > most) | _TIMES


def _about(words: Words, sentence: Sequence[Read]) -> set[str]:
    return stems(words, *words.sentences[sentence[0].sentence])


def _piece(read: Reading, each: Chosen, names: Sequence[Mention], common: frozenset[str]) -> _Piece:
    sentence = read.body[each.sentence]
    span = passage(read.words, sentence, each.place)
    who = speaker(read.words, read.body, each.sentence, each.place, names)
    is_denied = any(word in NOT for word in read.words.lower[slice(*span)])
    return _Piece(each, span, frozenset(stems(read.words, *span) - common), who, is_denied)


def _is_same(group: list[_Piece], piece: _Piece) -> bool:
    """The same date, and about the same: words shared, or one said on."""
    if group[0].chosen.read.when != piece.chosen.read.when:
        return False
    last = group[-1]
    if piece.chosen.read.by == "story" and piece.chosen.read.clause.says:
        return False
    if last.chosen.sentence == piece.chosen.sentence:
        links = {last.chosen.read.clause.link, piece.chosen.read.clause.link}
        return bool(last.about & piece.about) or not links.isdisjoint({"joined", "doing"})
    if piece.chosen.goes_on and last.chosen.sentence == piece.chosen.sentence - 1:
        return True
    if piece.is_denied != group[0].is_denied:
        return False
    needed = 2 if piece.chosen.read.by in ("own", "near") else 3
    return any(len(other.about & piece.about) >= needed for other in group)


def _event(read: Reading, group: list[_Piece], names: Sequence[Mention], headline: str) -> Event:
    first, told = group[0], group[0].chosen.read
    headline = _headline(read, headline)
    wording = headline if first.chosen.is_lead else ""
    wording = wording or _title(read, first, names, headline)
    meant = "" if headline and headline in wording else wording
    people = _named(read.words, group[:_MOST_PASSAGES], names, "person", meant)
    places = _named(read.words, group[:_MOST_PASSAGES], names, "place", "")
    status: Status = "expected" if told.kind == "expected" and told.by in ("own", "near") else "reported"
    return Event(
        _entry_date(told, read),
        wording,
        status,
        people,
        places,
        _passages(read.words, group),
        told.why or of_publication(parse(read.published.isoformat())),
        told.is_by_publication or not told.why,
    )


def _title(read: Reading, piece: _Piece, names: Sequence[Mention], headline: str) -> str:
    """One that begins with “He” names whom it means, if the text says."""
    sentence = read.body[piece.chosen.sentence]
    wording = title(read.words, sentence, piece.chosen.place, piece.span, read.dates, names, piece.speaker)
    wording = wording or read.words.text[read.words.starts[piece.span[0]] : read.words.ends[piece.span[1] - 1]]
    return named(read.words, read.body, piece.chosen.sentence, names, wording, "" if piece.chosen.is_lead else headline)


def _headline(read: Reading, headline: str) -> str:
    if headline or not read.headline:
        return headline
    low, high = read.words.sentences[read.headline[0].sentence]
    return read.words.text[read.words.starts[low] : read.words.ends[high - 1]]


def _passages(words: Words, group: list[_Piece]) -> tuple[Passage, ...]:
    """Those of the group, none inside another."""
    found: list[Passage] = []
    for piece in group:
        start, end = words.starts[piece.span[0]], words.ends[piece.span[1] - 1]
        if not any(start < other.end and other.start < end for other in found):
            found.append(Passage(start, end, piece.speaker))
    return tuple(found[:_MOST_PASSAGES])


def _named(words: Words, group: list[_Piece], names: Sequence[Mention], kind: str, title: str) -> tuple[str, ...]:
    """Those quoted, speaking or named by the title, each in its longest spelling: no “Mwangi” beside “Peter Mwangi”."""
    found: dict[str, None] = {}
    for piece in group:
        start, end = words.starts[piece.span[0]], words.ends[piece.span[1] - 1]
        for mention in names:
            spelled = words.text[mention.start : mention.end]
            if mention.kind == kind and (
                start <= mention.start < end or (kind == "person" and (spelled in piece.speaker or _opens(title, spelled)))
            ):
                found.setdefault(" ".join(spelled.split()))
    return tuple(name for name in found if kind != "person" or not any(other.endswith(f" {name}") for other in found))


def _opens(title: str, name: str) -> bool:
    """Whether a title that stood under “she” begins with the name."""
    return title.startswith((f"{name} ", f"{name}’"))


def _entry_date(told: Read, read: Reading) -> Date:
    """A day of a week is one among its days; what began is open at its end."""
    when = told.when or parse(read.published.isoformat())
    if told.lasts and when.begin is not None and when.begin == when.end:
        return parse(f"{when.edtf}/..")
    if when.shape != "interval" or "week" not in told.why.casefold() or not (when.earliest and when.latest):
        return when
    latest = min(when.latest, read.published) if told.kind != "expected" and when.earliest <= read.published else when.latest
    return parse(f"[{when.earliest}..{latest}]")
