"""Markdown to a body: cases in cases/markdown.md, and what holds for any text."""

import re
import time
from pathlib import Path

import html5lib
import pytest
from cases import Case, cases
from conftest import Golden
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markdown import BRIEF_LENGTH, read, shortened
from sitegen.model import Body, Plain, Reference

CASES = Path(__file__).parent / "cases" / "markdown.md"


def shown(text: str) -> str:
    """What is made of a text, as the case file tells it."""
    made, problems = read("case.md", text, 1)
    lines = ["".join(piece if isinstance(piece, str) else opening(piece) for piece in made.body.pieces).rstrip("\n")]
    lines += [f"{name}: {plain(words)}" for name, words in (("brief", made.brief), ("note", made.note)) if words]
    lines += [f"{found.line}:{found.column}: {found.severity}: {found.message}" for found in problems]
    return "\n".join(lines).strip("\n") + "\n"


def opening(reference: Reference) -> str:
    words = f" | {reference.text}" if reference.text else ""
    return f"⟦{reference.kind} {reference.spot.line}:{reference.spot.column} {reference.target}{words}⟧"


def plain(words: Plain) -> str:
    return "".join(piece if isinstance(piece, str) else f"⟦{piece.text or piece.target}⟧" for piece in words)


@pytest.mark.parametrize("case", cases(CASES), ids=str)
def test_a_text_becomes_what_its_case_says(case: Case, golden_case: GoldenCase) -> None:
    golden_case(CASES, case, shown(case.text))
