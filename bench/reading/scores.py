"""Score temporal expressions, days of events, and names against gold data.

Documents are dictionaries, as in gold/: offsets are code points into `text`, and `dct` is the day of publication.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Document = Mapping[str, Any]
Counts = Counter[str]
Figure = Callable[[Counts], float]
Span = tuple[int, int]

_SAMPLES = 300
_KINDS = {"PER": "person", "LOC": "place"}
_UNITS = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class Score:
    figures: Mapping[str, Figure]
    "by name; each takes the counts of some documents and gives a percentage"
    counts: Sequence[Counts]
    "one for each document"
    errors: Sequence[tuple[str, ...]]
    "document, what is wrong, the words, gold, and what sitegen read"

    def lines(self) -> Iterable[str]:
        total = sum(self.counts, Counter[str]())
        for name, figure in self.figures.items():
            low, high = _interval(self.counts, figure)
            yield f"{name:22} {figure(total):5.1f} [{low:.1f}–{high:.1f}]"


def dates(documents: Iterable[Document], only: str = "") -> Score:
    """F1 of temporal expressions. *only* is a type, such as DATE; expressions of other types then don't count.

    strict: the same span; relaxed: spans overlap, one to one; value: relaxed, with the same TIMEX3 value.
    """
    from sitegen.ingest.timex import tag

    counts, errors = [], []
    for document in documents:
        text, gold = document["text"], [((one["start"], one["end"]), one["type"], one["value"]) for one in document["timexes"]]
        read = [((one.start, one.end), one.type, one.value) for one in tag(text, date.fromisoformat(document["dct"][:10]))]
        read = [one for one in read if not any(_overlap(one[0], (start, end)) > 0 for start, end in document.get("ignore", ()))]
        if only:
            others = [one[0] for one in gold if one[1] != only and one[1] in ("DATE", "TIME")]
            gold = [one for one in gold if one[1] == only]
            read = [one for one in read if one[1] == only and (_meets(one[0], (g[0] for g in gold)) or not _meets(one[0], others))]
        found = Counter({"read": len(read), "gold": len(gold)})
        free_read, free_gold = set(range(len(read))), set(range(len(gold)))
        pairs = [
            (read[i][0] == gold[j][0], read[i][2] == gold[j][2], _overlap(read[i][0], gold[j][0]), i, j)
            for i in free_read
            for j in free_gold
        ]
        for is_exact, is_same, shared, i, j in sorted(pairs, reverse=True):
            if shared > 0 and i in free_read and j in free_gold:
                free_read.discard(i)
                free_gold.discard(j)
                found.update(relaxed=1, strict=is_exact, value=is_same)
                if not is_same:
                    errors.append((document["id"], "value", text[slice(*gold[j][0])], gold[j][2], read[i][2]))
        errors += [(document["id"], "extra", text[slice(*read[i][0])], "", read[i][2]) for i in sorted(free_read)]
        errors += [(document["id"], "missed", text[slice(*gold[j][0])], gold[j][2], "") for j in sorted(free_gold)]
        counts.append(found)
    return Score({name: _f1((name,), ("read",), ("gold",)) for name in ("strict", "relaxed", "value")}, counts, errors)


def days(documents: Iterable[Document]) -> Score:
    """Share of event mentions whose day, month and year are right, by the smallest statement that covers the mention.

    Where no statement does, the day of publication counts; the figures “published” are what that day alone would get.
    """
    from sitegen.ingest.events import statements

    counts, errors = [], []
    for document in documents:
        read = [one for one in statements(document["text"], date.fromisoformat(document["dct"][:10])) if one.when is not None]
        found = Counter[str]()
        for event in document["events"]:
            around = [one for one in read if one.start <= event["start"] < one.end]
            answer = str(min(around, key=lambda one: one.end - one.start).when) if around else document["dct"]
            wanted = [part for part in event["date"][:10].split("-") if "X" not in part]
            found["all"] += 1
            for source, value in (("", answer), ("published, ", document["dct"])):
                given = re.sub(r"[?~%]", "", value.split("/")[0].split("T")[0]).split("-")
                for number, unit in enumerate(_UNITS, 1):
                    found[source + unit] += given[: min(number, len(wanted))] == wanted[:number]
            if answer[:10] != event["date"][:10]:
                words = document["text"][event["start"] : event["start"] + 40].replace("\n", " ")
                errors.append((document["id"], "day", words, event["date"], answer))
        counts.append(found)
    names = [source + unit for source in ("", "published, ") for unit in reversed(_UNITS)]
    return Score({name: _share(name) for name in names}, counts, errors)


def names(documents: Iterable[Document]) -> Score:
    """F1 of people and places: the same span and kind or, for “distinct”, the same set of names in a document.

    A gold facility (FAC) counts neither for nor against.
    """
    from sitegen.ingest.names import tag

    counts, errors = [], []
    for document in documents:
        text, found = document["text"], Counter[str]()
        facilities = [(one["start"], one["end"]) for one in document["entities"] if one["type"] == "FAC"]
        read = [(one.kind, (one.start, one.end)) for one in tag(text) if not _meets((one.start, one.end), facilities)]
        gold = [(_KINDS.get(one["type"], ""), (one["start"], one["end"])) for one in document["entities"]]
        for kind in ("person", "place"):
            of_gold, of_read = ({span for its_kind, span in side if its_kind == kind} for side in (gold, read))
            _count(found, kind, of_gold, of_read)
            _count(found, f"{kind}, distinct", {_key(text, one) for one in of_gold}, {_key(text, one) for one in of_read})
            errors += [(document["id"], "extra", kind, "", text[slice(*one)]) for one in sorted(of_read - of_gold)]
            errors += [(document["id"], "missed", kind, text[slice(*one)], "") for one in sorted(of_gold - of_read)]
        counts.append(found)
    both, distinct = ("person", "place"), ("person, distinct", "place, distinct")
    figures = {"person": both[:1], "place": both[1:], "both": both, "both, distinct": distinct}
    return Score({name: _f1(*(_all(kinds, what) for what in ("right", "read", "gold"))) for name, kinds in figures.items()}, counts, errors)


def _count(found: Counts, kind: str, gold: Collection[object], read: Collection[object]) -> None:
    found.update({f"{kind} right": len({*gold} & {*read}), f"{kind} gold": len(gold), f"{kind} read": len(read)})


def _all(kinds: Iterable[str], what: str) -> tuple[str, ...]:
    return tuple(f"{kind} {what}" for kind in kinds)


def _key(text: str, span: Span) -> str:
    return re.sub(r"['’]s$|[.,;:]+$", "", " ".join(text[slice(*span)].split())).casefold()


def _f1(right: Sequence[str], read: Sequence[str], gold: Sequence[str]) -> Figure:
    def figure(counts: Counts) -> float:
        number, answered, wanted = (sum(counts[name] for name in names) for names in (right, read, gold))
        return 200 * number / (answered + wanted) if answered + wanted else 0.0

    return figure


def _share(name: str) -> Figure:
    return lambda counts: 100 * counts[name] / counts["all"] if counts["all"] else 0.0


def _overlap(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _meets(one: Span, others: Iterable[Span]) -> bool:
    return any(_overlap(one, other) > 0 for other in others)


def _interval(counts: Sequence[Counts], figure: Figure) -> tuple[float, float]:
    """95 % by bootstrap over documents, from a fixed seed."""
    chance = random.Random(0)
    number = len(counts)
    samples = sorted(figure(sum((counts[chance.randrange(number)] for _ in range(number)), Counter[str]())) for _ in range(_SAMPLES))
    return samples[7], samples[-8]
