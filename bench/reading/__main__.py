"""Print how well reports are read.

Without files, the gold data in bench/reading/gold are used.
"""

import argparse
import json
import sys
from pathlib import Path

from bench.reading import scores

GOLD = Path(__file__).parent / "gold"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("what", choices=("dates", "days", "names"))
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="gold data, as JSON Lines")
    parser.add_argument("--only", default="", choices=("DATE", "TIME", "DURATION", "SET"), help="score dates of this type only")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors too")
    options = parser.parse_args()
    files = options.files or [GOLD / f"{options.what}-wikinews.jsonl"]
    documents = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    match options.what:
        case "dates":
            score = scores.dates(documents, options.only)
        case "days":
            score = scores.days(documents)
        case _:
            score = scores.names(documents)
    for line in score.lines():
        print(line)
    print(f"{len(documents)} documents")
    for error in score.errors[: options.errors]:
        print(*error, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
