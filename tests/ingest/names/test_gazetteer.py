"""Where places are, and which of several that share a name is meant."""

import pytest

from sitegen.ingest.names.gazetteer import locate, same_place


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Bakhmut", "UA", 48.6, 38.0),
        ("Artyomovsk", "UA", 48.6, 38.0),
        ("Kiev", "UA", 50.45, 30.52),
        ("Ankara", "TR", 39.9, 32.9),
        ("Moscow", "RU", 55.75, 37.6),
        ("Sloviansk", "UA", 48.85, 37.6),
        ("Donetsk province", "UA", 48.0, 37.8),
        ("Belarus", "BY", 53.0, 28.0),
        ("the United States", "US", 38.0, -97.0),
        ("Washington", "US", 38.9, -77.0),
        ("Crimea", "UA", 45.0, 34.0),
    ],
)
def test_a_place_is_found_by_any_of_its_names(name: str, country: str, latitude: float, longitude: float) -> None:
    place = locate(name)
    assert place is not None
    assert place.country == country
    assert (place.latitude, place.longitude) == pytest.approx((latitude, longitude), abs=0.6)


@pytest.mark.parametrize(
    ("name", "near", "country"),
    [
        ("Tripoli", ["Beirut"], "LB"),
        ("Tripoli", ["Libya"], "LY"),
        ("Tripoli", [], "LY"),
        ("Donetsk", ["Russia", "Rostov-on-Don"], "RU"),
        ("Donetsk", ["Bakhmut"], "UA"),
        ("Georgia", ["Atlanta", "United States"], "US"),
        ("Georgia", ["Tbilisi"], "GE"),
        ("Paris", ["Dallas"], "US"),
        ("Valencia", ["Caracas"], "VE"),
    ],
)
def test_of_several_places_the_one_by_the_others_is_meant(name: str, near: list[str], country: str) -> None:
    place = locate(name, near=near)
    assert place is not None
    assert place.country == country
    assert place.why


def test_the_reports_country_settles_a_name() -> None:
    for country, code in (("Lebanon", "LB"), ("LY", "LY")):
        place = locate("Tripoli", country=country)
        assert place is not None
        assert place.country == code


@pytest.mark.parametrize("name", ["", " ", "Nowhereville-on-Sea", "the", "123"])
def test_what_is_no_known_place_is_not_located(name: str) -> None:
    assert locate(name) is None


def test_a_city_and_the_province_of_its_name_are_two() -> None:
    assert same_place("Donetsk", "Donetsk province") == ""
    assert same_place("Kyiv", "Kiev")
