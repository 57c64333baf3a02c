"""Candidate pairs among many texts."""

from sitegen.compare.candidates import candidate_pairs
from tests.support.ferry_reports import FERRY


def test_copies_are_candidates_and_other_reports_are_not() -> None:
    names = sorted(FERRY)
    found = [(names[one], names[other]) for one, other in candidate_pairs([FERRY[name] for name in names], [None] * len(names))]
    assert ("paraphrase", "wire") in found
    assert ("short", "wire") in found
    assert not [pair for pair in found if "other" in pair]
