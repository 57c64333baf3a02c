"""How well people and places are read in training/wire_held_out.txt, reports of our own that training never reads: strict F1.

python -m training.measure_names
"""

import re
from collections import Counter
from pathlib import Path

from sitegen.ingest.names import tag
from training.wire_sentences import Choice, Names, filled

KINDS = {"PER": "person", "LOC": "place"}


def main() -> None:
    text = (Path(__file__).parent / "wire_held_out.txt").read_text(encoding="utf-8")
    for part in re.split(r"(?m)^# \[", text)[1:]:
        heading, body = part.split("]\n", 1)
        print(f"{heading}: {strict_f1(body):.1f}")


def strict_f1(body: str) -> float:
    names, counts = Names(), Counter[str]()
    for paragraph in filter(None, map(str.strip, body.split("\n\n"))):
        report, entities = filled(paragraph, names, Choice(1))
        wanted = {(start, end, KINDS[kind]) for start, end, kind in entities if kind in KINDS}
        told = {(mention.start, mention.end, mention.kind) for mention in tag(report) if mention.kind in KINDS.values()}
        counts.update(right=len(wanted & told), all=len(wanted) + len(told))
    return 200 * counts["right"] / counts["all"]


if __name__ == "__main__":
    main()
