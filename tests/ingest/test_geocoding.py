"""Where a place is, and when nothing is said of it because it isn't certain."""

import pytest

from sitegen.ingest.geocoding import certain_location


@pytest.mark.parametrize(
    ("place", "beside", "latitude", "longitude"),
    [
        ("Ukraine", [], 49.0, 32.0),
        ("Moscow", [], 55.75, 37.6),
        ("Bakhmut", ["Ukraine"], 48.6, 38.0),
        ("Bakhmut", ["Kyiv"], 48.6, 38.0),
        ("Bakhmut", ["Kramatorsk"], 48.6, 38.0),
        ("Tripoli", ["Lebanon"], 34.4, 35.8),
        ("Tripoli", ["Libya"], 32.9, 13.2),
        ("Paris", ["Dallas", "United States"], 33.7, -95.6),
        ("Donetsk", ["Russia", "Rostov-on-Don", "Shakhty"], 48.3, 39.9),
    ],
)
def test_names_in_the_same_report_locate_a_place(place: str, beside: list[str], latitude: float, longitude: float) -> None:
    found = certain_location(place, beside)
    assert found is not None
    assert (found.latitude, found.longitude) == pytest.approx((latitude, longitude), abs=0.6)


@pytest.mark.parametrize(
    ("place", "beside"),
    [
        ("West", ["Russia", "Ukraine"]),
        ("the West", ["Cameroon"]),
        ("South", []),
        ("Bakhmut", []),
        ("Bakhmut", ["Bakhmut"]),
        ("Clinton", ["Ukraine"]),
        ("Valencia", []),
        ("Nowhereville-on-Sea", ["Ukraine"]),
        ("Bakhmutka River", ["Ukraine"]),
        ("", []),
    ],
)
def test_what_is_doubtful_is_left_out(place: str, beside: list[str]) -> None:
    assert certain_location(place, beside) is None


def test_the_sites_coordinates_choose_among_namesakes_without_making_one_certain() -> None:
    karachi = (24.86, 67.01)
    without, by_karachi = (certain_location("Hyderabad", ["India", "Pakistan"], points=points) for points in ([], [karachi]))
    assert without is not None
    assert by_karachi is not None
    assert (without.country, by_karachi.country) == ("IN", "PK")
    assert certain_location("Bakhmut", points=[(48.6, 38.0)]) is None
