"""bench/reading counts its scores as documented."""

from typing import Any

import pytest

from bench.reading import scores

TEXT = "The old bridge in Kramatorsk opened on 5 April 2023."
DAY = {"start": 39, "end": 51, "type": "DATE", "value": "2023-04-05"}


def figures(score: scores.Score) -> dict[str, float]:
    total = sum(score.counts, scores.Counts())
    return {name: figure(total) for name, figure in score.figures.items()}


@pytest.mark.parametrize(
    ("gold", "strict", "relaxed", "value"),
    [
        ([DAY], 100, 100, 100),
        ([DAY | {"value": "2023-04-06"}], 100, 100, 0),
        ([DAY | {"start": 41}], 0, 100, 100),
        ([], 0, 0, 0),
    ],
)
def test_a_date_is_scored_by_its_span_and_its_value(gold: list[dict[str, Any]], strict: float, relaxed: float, value: float) -> None:
    score = scores.dates([{"id": "one", "dct": "2023-04-07", "text": TEXT, "timexes": gold}])
    assert figures(score) == {"strict": strict, "relaxed": relaxed, "value": value}
    assert bool(score.errors) == (value < 100)


@pytest.mark.parametrize(("day", "right"), [("2023-04-05", 100), ("2023-04-07", 0)])
def test_a_mention_is_scored_by_the_statement_that_covers_it(day: str, right: float) -> None:
    found = figures(scores.days([{"id": "one", "dct": "2023-04-07", "text": TEXT, "events": [{"start": 29, "date": day}]}]))
    assert (found["day"], found["published, day"], found["month"]) == (right, 100 - right, 100)


def test_a_name_is_scored_by_its_span_and_kind() -> None:
    place = {"start": 18, "end": 28, "type": "LOC"}
    document = {"id": "one", "text": TEXT, "entities": [place]}
    assert figures(scores.names([document])) == {"person": 0, "place": 100, "both": 100, "both, distinct": 100}
    assert figures(scores.names([document | {"entities": [place | {"type": "PER"}]}]))["both"] == 0
    assert figures(scores.names([document | {"entities": [place | {"type": "FAC"}]}]))["both"] == 0
