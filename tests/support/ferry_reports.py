"""Reports of one ferry accident: a wire report, edited versions of it, and an independent report."""

import re
from pathlib import Path

CASES = Path(__file__).resolve().parents[1] / "cases/origins"
FERRY = {path.stem.removeprefix("ferry-"): path.read_text(encoding="utf-8") for path in sorted(CASES.glob("ferry-*.txt"))}


def reports(**published: str) -> dict[str, str]:
    """Articles and captures of the ferry, by the day of each."""
    files = {f"articles/{name}.md": f"---\ntitle: {name}\npublished: {day}\n---\n" for name, day in published.items()}
    return files | {f"captures/{name}.txt": FERRY[name] for name in published}


def entry_with_accounts(*accounts: tuple[str, str, str]) -> dict[str, str]:
    """An entry with one passage a report: (report, quotation, speaker)."""
    listed = "".join(
        f"  - article: {article}\n    passages:\n      - quote: {quote}\n" + (f"        speaker: {speaker}\n" if speaker else "")
        for article, quote, speaker in accounts
    )
    return {"entries/told.md": f"---\ntitle: Told\ndate: 2023-04-07\naccounts:\n{listed}---\n"}


def first_words(name: str, count: int = 6) -> str:
    return re.sub(r"[,.]$", "", " ".join(FERRY[name].split()[:count]))
